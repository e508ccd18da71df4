/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settlement: the TKSK's word (SAH) on a village's figure that several organisations reported (rules 42, 44). */
#ifndef STORE_SETTLEMENT_H
#define STORE_SETTLEMENT_H

#include <stdint.h>

struct store;
struct record_key;

/* Of a key only village, category, unit, list and period are looked at: a settlement is of the whole village. */

/* The settled value in force. -ENOENT: none, or it was reopened. */
int settlement_find(struct store *store, const struct record_key *key, long *value) __attribute__((warn_unused_result));

/* Inside the caller's transaction. */

/* Settles; an earlier settlement of the same becomes history. */
int settlement_put(struct store *store, const struct record_key *key, long value, int64_t person, int64_t wall)
	__attribute__((warn_unused_result));

/* To be called when a report of anybody changed a value of the key (not when it is the same again), also by RALAT;
 * receipt_cancel() and record_take_back() do it themselves: the settlement is no longer in force, the overlap is open
 * again. Without a settlement it changes nothing. */
int settlement_reopen(struct store *store, const struct record_key *key, int64_t wall)
	__attribute__((warn_unused_result));

#endif
