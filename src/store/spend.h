/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spend: what sending costs, and its limits (reliability: T2 to T4). It is counted in parts, each an SMS that is paid
 * for, by the day and month where the box is. The count is raised in the very transaction that claims a part, and a
 * CHECK stands behind it: there is no way to send that passes a limit. */
#ifndef STORE_SPEND_H
#define STORE_SPEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Limits in SMS. What nobody asked for (reminders, broadcasts) and what strangers cause leaves `reserve` percent of
 * number_day, day and month to the answers and alerts of registered people. Strings are copied; destinations is an
 * extended regular expression, "" for any number; own_numbers have commas between. */
struct spend_rules {
	int number_day, day, month, strangers_day, reserve;
	int east;                       /* seconds east of Greenwich: where a day ends */
	const char *own_numbers, *destinations;
};
#define SPEND_UNLIMITED INT32_MAX

/* Until then there are no limits (tests, offline commands). -EINVAL: the regular expression is wrong. What had to wait
 * for a limit is looked at anew. Outside a transaction. */
int spend_set_rules(struct store *store, const struct spend_rules *rules, int64_t wall)
	__attribute__((warn_unused_result));

/* Who pays for a message. */
enum spend_purse {
	SPEND_RESERVED,         /* answers to registered people, alerts */
	SPEND_OPEN,             /* what nobody asked for */
	SPEND_STRANGERS,        /* what goes to somebody who is not registered, or was caused by one */
	SPEND_PURSES
};
const char *spend_purse_name(enum spend_purse purse);
enum spend_purse spend_purse_of(const char *name);

/* All from here on inside the caller's transaction. */

/* The purse of a message to dest that the message `inbox` caused (0 none), -errno; unasked: a reminder or notice. */
int spend_purse_for(struct store *store, const char *dest, int64_t inbox, bool unasked);

/* Whether one more message for strangers, of so many parts, finds the day's pool used up, by what is queued
 * already too: it is no use to keep it, and that is noted as a limit that stopped a message. 1, 0 or -errno. */
int spend_pool_is_empty(struct store *store, int parts, int64_t wall);

/* One part for dest; `missing` parts of its message are still to be sent, and there must be room for all of them. 0: it
 * is paid for. -EDQUOT: a limit stands against it, until *until. -EPERM: this number is never written to (not a
 * destination, the box's own, blocked). */
int spend_take(struct store *store, const char *dest, enum spend_purse purse, int missing, int64_t wall, int64_t *until)
	__attribute__((warn_unused_result));
/* The part that was paid for at `wall` did not go out. */
int spend_give_back(struct store *store, const char *dest, enum spend_purse purse, int64_t wall)
	__attribute__((warn_unused_result));

/* What `kentongan status` tells; limits not set are SPEND_UNLIMITED. */
struct spend_counts {
	int64_t day, open, strangers, month;    /* SMS sent */
	int day_most, open_most, strangers_most, month_most, number_most;
	int64_t held;                           /* times that a limit stopped a message today */
	int64_t waiting;                        /* messages that wait for one now */
	int64_t full;                           /* numbers that had theirs today */
};
void spend_count(struct store *store, int64_t wall, struct spend_counts *out);

/* With the store. */
void spend_free(struct store *store);

#endif
