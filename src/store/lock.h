/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lock: periods closed by a kabupaten: nothing in them changes any more (rule 39). */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

struct store;

/* Inside the caller's transaction. Closes the period (year * 12 + month - 1) for the area and everything below it.
 * Closing again changes nothing: the first one stays on record. */
int lock_put(struct store *store, const char *area, int period, int64_t person, int64_t wall)
	__attribute__((warn_unused_result));

/* Whether the period is closed for the village (or any other area): for itself or for anything above it. */
int lock_find(struct store *store, const char *village, int period, bool *closed) __attribute__((warn_unused_result));

#endif
