/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record: reported values: monthly snapshots with history, and the receipts that they came in (rules 30-38). */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include <stddef.h>
#include <stdint.h>

struct store;

/* What one value is about. A later value of the same key replaces the earlier one, which stays as history. */
struct record_key {
	int64_t organisation;
	const char *village;           /* 13-character code */
	int rt, rw;                    /* 0: not a part */
	const char *category, *unit;   /* "07", "orang" */
	const char *list;              /* category list that it is checked against: a code of another is another key */
	const char *family;            /* of the category in its list, for the turnout; no part of the key, may be NULL */
	int period;                    /* year * 12 + month - 1 */
};

/* The value in force. -ENOENT: none. */
int record_current(struct store *store, const struct record_key *key, long *value) __attribute__((warn_unused_result));

/* The largest value in force of the key in any unit, of the whole and of the parts inside it; 0 if there is none. */
int record_largest(struct store *store, const struct record_key *key, long *value) __attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* Draws the next receipt number of the one series (1, 2, 3, ... no gaps on a fresh database). */
int receipt_draw(struct store *store, const char *verb, int64_t inbox, int64_t person, int64_t organisation,
		 int64_t wall, int64_t *no) __attribute__((warn_unused_result));

/* Puts a value under the receipt; one in force for the same key becomes history. word: the category
 * word as typed (sub-kind of a disaster). */
int record_put(struct store *store, int64_t receipt, const struct record_key *key, long value, const char *word)
	__attribute__((warn_unused_result));

/* A receipt of the organisation. */
struct receipt {
	int64_t no, person, organisation, wall;
	char verb[16];
	int cancelled;
	int period;                    /* of its values */
	char village[14];              /* or another place, of a form's entry */
	int rt, rw;
	char form[24];                 /* of its entry; "" it holds values */
};
/* no 0: the person's last one that is neither cancelled nor itself a cancellation (verb BATAL). -ENOENT. */
int receipt_find(struct store *store, int64_t no, int64_t person, struct receipt *out) __attribute__((warn_unused_result));

/* Takes back every value of the receipt: for one in force, the one it replaced is in force again; one that was
 * replaced since is struck out of the history, so that it never returns. For each value calls each() (may be NULL)
 * with its key and the value now in force (-1 none). Where that is another than before, a settlement is no longer in force
 * (store/settlement.h). The entry of a form is taken back likewise. by: the person.
 * -ENOENT: no such receipt, or cancelled already. */
int receipt_cancel(struct store *store, int64_t no, int64_t by, int64_t wall,
		   void (*each)(void *ctx, const struct record_key *key, long now), void *ctx)
	__attribute__((warn_unused_result));

/* Takes back the one value in force for the key, likewise: what it replaced is in force again (*now, -1 none). The
 * receipt that it came in (*no) is cancelled with its last value. -ENOENT: nothing is in force. */
int record_take_back(struct store *store, const struct record_key *key, int64_t by, int64_t wall, int64_t *no, long *now)
	__attribute__((warn_unused_result));

#endif
