/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock: the only reader of time. Knows no calendar of the domain.
 *
 * Built with TEST_CLOCK (tests only) the wall clock is the number of seconds that stands in the file named by the
 * environment variable KENTONGAN_TEST_CLOCK; timers look often, and it counts as synchronised unless the file says
 * "unproven" behind the number. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/time.h>

/* Seconds since 1970-01-01 UTC by the box's clock, right or wrong, but not before the floor. */
int64_t clock_wall(void);

/* The same without a floor: what the system says. */
int64_t clock_system(void);

/* From now on clock_wall() goes on from here while the system is behind; 0: no floor. */
void clock_set_floor(int64_t wall);

/* Whether the system's clock is set by network time. */
bool clock_synchronised(void);

/* Milliseconds that never run backwards; only differences mean something. */
int64_t clock_monotonic_ms(void);

/* How long a timer sleeps that is due in so many seconds by the wall clock: never more than a minute, as that may jump. */
struct timeval clock_nap(int64_t seconds);

#endif
