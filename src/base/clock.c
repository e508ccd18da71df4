/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock: the only reader of time. */
#include "base/clock.h"

#include <time.h>

int64_t
clock_wall(void)
{
	return time(NULL);
}

int64_t
clock_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct civil
clock_civil(int64_t wall, int east_seconds)
{
	time_t shifted = (time_t)(wall + east_seconds);
	struct tm tm;

	gmtime_r(&shifted, &tm);
	return (struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min };
}

int64_t
clock_moment(const struct civil *civil, int east_seconds)
{
	struct tm tm = { .tm_year = civil->year - 1900, .tm_mon = civil->month - 1, .tm_mday = civil->day,
			 .tm_hour = civil->hour, .tm_min = civil->minute };

	return (int64_t)timegm(&tm) - east_seconds;
}
