/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure: what a village has of a category in a month, kept ready, and with it the sums and the turnout of all areas
 * above it. Private to this room. */
#ifndef STORE_FIGURE_H
#define STORE_FIGURE_H

#include <stdbool.h>

struct store;
struct record_key;

/* Of one village, category, unit, list and month. */
struct figure {
	bool known;                    /* reported or settled */
	bool open;                     /* provisional: organisations overlap and nobody has settled it */
	long value;                    /* rule 42 */
	int reports;                   /* values in force */
};

/* Inside the caller's transaction: to be called whenever a value of the key or its settlement has changed. Of the key all
 * but organisation, rw and rt are looked at. What did not change costs two look-ups. */
int figure_refresh(struct store *store, const struct record_key *key) __attribute__((warn_unused_result));

#endif
