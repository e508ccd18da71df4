/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base: dying, growing, time. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger.h"

void
die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("ledger: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(EXIT_FAILURE);
}

void *
grow(void *array, size_t count, size_t size)
{
	/* The room doubles whenever the count is a power of two. */
	if ((count & (count - 1)) != 0)
		return array;
	array = realloc(array, (count == 0 ? 1 : count * 2) * size);
	if (array == NULL)
		die("no memory");
	return array;
}

struct date
date_of(int64_t time)
{
	time_t there = time + WIB;
	struct tm tm;

	gmtime_r(&there, &tm);
	return (struct date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec };
}

int64_t
time_of(int year, int month, int day, int hour, int minute)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute };

	return (int64_t)timegm(&tm) - WIB;
}

int
month_of(int64_t time)
{
	struct date date = date_of(time);

	return date.year * 12 + date.month - 1;
}

void
time_write(int64_t time, char out[32])
{
	struct date date = date_of(time);

	snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d", date.year % 10000, date.month % 100, date.day % 100,
		 date.hour % 100, date.minute % 100, date.second % 100);
}

int64_t
time_read(const char *text)
{
	struct date date;

	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &date.year, &date.month, &date.day, &date.hour, &date.minute,
		   &date.second) != 6)
		die("'%s' is no time, expected one like 2026-11-01T06:00:00", text);
	return time_of(date.year, date.month, date.day, date.hour, date.minute) + date.second;
}
