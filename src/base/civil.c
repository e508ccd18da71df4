/* SPDX-License-Identifier: GPL-3.0-or-later */
/* civil: dates and times as people say them. */
#include "base/civil.h"

#include <time.h>

struct civil
civil_at(int64_t wall, int east_seconds)
{
	time_t shifted = (time_t)(wall + east_seconds);
	struct tm tm;

	gmtime_r(&shifted, &tm);
	return (struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min };
}

int64_t
civil_moment(const struct civil *civil, int east_seconds)
{
	struct tm tm = { .tm_year = civil->year - 1900, .tm_mon = civil->month - 1, .tm_mday = civil->day,
			 .tm_hour = civil->hour, .tm_min = civil->minute };

	return (int64_t)timegm(&tm) - east_seconds;
}
