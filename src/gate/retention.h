/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention: when the database is purged of what may not be kept any longer: once a day, in steps so small that nothing
 * else waits for them, and only when the clock has been believed for an hour without a doubt: what a wrong clock takes
 * away does not come back. Knows the loop; what goes is the store's matter (store/purge). */
#ifndef GATE_RETENTION_H
#define GATE_RETENTION_H

#include <stdbool.h>

struct event_base;
struct retention;
struct store;
struct trust;

/* Days for which each is kept. */
struct retention_days {
	int texts;                     /* texts and PDUs of messages */
	int quarantine;                /* what could not be read */
	int numbers;                   /* of whoever is not registered (any more) */
};

/* Borrowed; both must outlive it. */
struct retention *retention_new(struct event_base *base, struct store *store, const struct trust *trust,
				const struct retention_days *days);
void retention_free(struct retention *retention);

/* After a reload. If they have changed, the next purge does not wait for the next day. */
void retention_set_days(struct retention *retention, const struct retention_days *days);

#endif
