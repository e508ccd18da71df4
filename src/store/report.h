/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: what an organisation has reported (STATUS). Only reads. */
#ifndef STORE_REPORT_H
#define STORE_REPORT_H

#include <stdint.h>

#include "store/record.h"

struct store;

/* Each value in force that the organisation, which belongs to the area, reported for the month, with its receipt; by
 * village, part and category. The key is borrowed for the call; each() may not ask the store. */
int report_each(struct store *store, int64_t organisation, const char *area, int period,
		void (*each)(void *ctx, const struct record_key *key, long value, int64_t receipt), void *ctx)
	__attribute__((warn_unused_result));

/* The last month from `first` to `last` that it has a value in force for, with the newest receipt of that month.
 * -ENOENT: none. */
int report_last(struct store *store, int64_t organisation, const char *area, int first, int last, int *period,
		int64_t *receipt) __attribute__((warn_unused_result));

#endif
