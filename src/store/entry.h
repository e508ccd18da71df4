/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entry: what the forms of the grammar say: totals that replace each other, or one more each time. Knows no form:
 * names, keys and data are texts here. */
#ifndef STORE_ENTRY_H
#define STORE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* What an entry is about. */
struct entry_key {
	const char *form;
	int64_t organisation;
	const char *area;              /* code of any length */
	int rt, rw, period;            /* 0: none */
	const char *keyed;             /* further fields of the key, "" none */
};

struct entry_new {
	struct entry_key key;
	int64_t receipt;               /* 0: numbered in its own series */
	const char *series;            /* "" : by its receipt */
	int64_t inbox, person, wall;
	bool replaces;                 /* a total: one in force for the same key becomes history */
	const char *met, *data, *flag; /* data: a JSON object */
};

/* Data of the total in force; the caller frees. -ENOENT: none. */
int entry_current(struct store *store, const struct entry_key *key, char **data) __attribute__((warn_unused_result));
/* The latest number of a field of a form in that place, up to the period (0: any); the organisation's own first.
 * -ENOENT: none. */
int entry_last(struct store *store, const struct entry_key *key, const char *field, long *value)
	__attribute__((warn_unused_result));
/* Calls each() with the name of every other organisation that has an entry in force in the same place and period with
 * the same met, in the order of names. */
int entry_meet(struct store *store, const struct entry_key *key, const char *met,
	       void (*each)(void *ctx, const char *organisation), void *ctx) __attribute__((warn_unused_result));
/* Sum of a field over an area ("" everywhere) and the periods from first to last: totals as in rule 42 and the
 * arithmetic of windows, others added up. *places: in how many there is an entry. */
int entry_sum(struct store *store, const char *form, const char *field, bool replaces, const char *area, int first,
	      int last, long *sum, long *places) __attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* *no: the receipt, or the next number of the series. */
int entry_put(struct store *store, const struct entry_new *entry, int64_t *no) __attribute__((warn_unused_result));
/* Takes the receipt's entry back, if it has one: the one it replaced is in force again (see receipt_cancel). */
int entry_cancel(struct store *store, int64_t receipt) __attribute__((warn_unused_result));

#endif
