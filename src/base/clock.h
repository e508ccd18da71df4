/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock: the only reader of time. Knows no calendar of the domain. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Seconds since 1970-01-01 UTC by the box's clock, right or wrong. */
int64_t clock_wall(void);

/* Milliseconds that never run backwards; only differences mean something. */
int64_t clock_monotonic_ms(void);

/* A civil date and time somewhere. */
struct civil {
	int year, month, day;    /* 2026, 1..12, 1..31 */
	int hour, minute;        /* 0..23, 0..59 */
};

/* What a wall clock east_seconds east of Greenwich shows at that time. */
struct civil clock_civil(int64_t wall, int east_seconds);

/* When it shows that; a 32nd of January is the 1st of February. */
int64_t clock_moment(const struct civil *civil, int east_seconds);

#endif
