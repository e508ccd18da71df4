/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock_fake: a clock that stands where a test puts it, instead of base/clock. One test program includes it once. */
#ifndef UNIT_CLOCK_FAKE_H
#define UNIT_CLOCK_FAKE_H

#include "base/clock.h"

static int64_t fake_wall, fake_floor, fake_ms, fake_nap = 60;
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
	return (struct timeval){ .tv_sec = seconds < 0 ? 0 : seconds > fake_nap ? fake_nap : seconds };
}

#endif
