/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock_fake: a clock that stands where a test puts it, instead of base/clock. One test program includes it once. */
#ifndef UNIT_CLOCK_FAKE_H
#define UNIT_CLOCK_FAKE_H

#include <time.h>

#include "base/clock.h"

static int64_t fake_wall, fake_floor, fake_ms;
static bool fake_synchronised = true;

int64_t
clock_system(void)
{
	return fake_wall;
}

int64_t
clock_wall(void)
{
	return fake_wall < fake_floor ? fake_floor : fake_wall;
}

void
clock_set_floor(int64_t wall)
{
	fake_floor = wall;
}

bool
clock_synchronised(void)
{
	return fake_synchronised;
}

int64_t
clock_monotonic_ms(void)
{
	return fake_ms;
}

struct timeval
clock_nap(int64_t seconds)
{
	return (struct timeval){ .tv_sec = seconds < 0 ? 0 : seconds > 60 ? 60 : seconds };
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

#endif
