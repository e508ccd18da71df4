/* SPDX-License-Identifier: GPL-3.0-or-later */
/* civil: dates and times as people say them, in the zone where they are. Reads no clock. */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include <stdint.h>

/* A civil date and time somewhere. */
struct civil {
	int year, month, day;    /* 2026, 1..12, 1..31 */
	int hour, minute;        /* 0..23, 0..59 */
};

/* What a wall clock east_seconds east of Greenwich shows at that time. */
struct civil civil_at(int64_t wall, int east_seconds);

/* When it shows that; a 32nd of January is the 1st of February. */
int64_t civil_moment(const struct civil *civil, int east_seconds);

#endif
