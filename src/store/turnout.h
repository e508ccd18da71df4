/* SPDX-License-Identifier: GPL-3.0-or-later */
/* turnout: how many villages of an area have reported in a span of the calendar, at all and by family. Private to this
 * room. */
#ifndef STORE_TURNOUT_H
#define STORE_TURNOUT_H

struct store;
struct record_key;

/* Inside the caller's transaction: in the key's village and month so many more values (less, if negative) of the family
 * ("" none) are in force. */
int turnout_shift(struct store *store, const struct record_key *key, const char *family, int more)
	__attribute__((warn_unused_result));

#endif
