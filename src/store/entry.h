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
/* Whether the organisation has an entry of the form in force in the area, about a month of the window, or, of a form that
 * is about no month, made since then. */
int entry_any(struct store *store, const char *form, int64_t organisation, const char *area, int first, int last,
	      int64_t since, bool *any) __attribute__((warn_unused_result));
/* The latest number of a field of a form in that place, up to the period (0: any); the organisation's own first.
 * -ENOENT: none. */
int entry_last(struct store *store, const struct entry_key *key, const char *field, long *value)
	__attribute__((warn_unused_result));
/* When the organisation first made an entry with that key in the area, whatever became of it but being taken back.
 * -ENOENT. */
int entry_begun(struct store *store, const char *form, int64_t organisation, const char *area, const char *keyed,
		int64_t *wall) __attribute__((warn_unused_result));
/* Calls each() with the id and name of every other organisation that has an entry in force in the same place and period with
 * the same met, in the order of names. */
int entry_meet(struct store *store, const struct entry_key *key, const char *met,
	       void (*each)(void *ctx, int64_t organisation, const char *name), void *ctx) __attribute__((warn_unused_result));

/* Entries in force that somebody asks about. */
struct entry_question {
	const char *form, *area;       /* the area and what lies in it, "" everywhere */
	int first, last;               /* months, both included; entries about no month are always meant */
	bool replaces;                 /* they are totals */
	int64_t organisation;          /* 0: anybody's */
	bool above;                    /* also what is about an area that contains this one */
	const char *where;             /* a JSON object, "{}" all: fields that must have these values, in any case of letters */
};

struct entry_sum {
	long sum;
	long places, entries;          /* in how many places, and how many altogether */
};

/* Sum of a field: totals as in rule 42 and the arithmetic of windows, others added up. A field that nobody has: 0. */
int entry_sum(struct store *store, const struct entry_question *question, const char *field, struct entry_sum *out)
	__attribute__((warn_unused_result));

/* One entry as it is on record. entry_clear() it. */
struct entry {
	int64_t id, no, receipt;       /* receipt 0: numbered in its own series */
	char area[14];
	int rt, rw, period;
	char *data;
	char flag[12];
	int64_t wall, organisation, person;
};
void entry_clear(struct entry *entry);

/* The newest that the question means and that came in since then, before the one with the id `before` (0: the newest of
 * all), and with the number no (0: any). -ENOENT. */
int entry_newest(struct store *store, const struct entry_question *question, int64_t since, int64_t before, int64_t no,
		 struct entry *out) __attribute__((warn_unused_result));
/* The total in force for the key. -ENOENT. */
int entry_total(struct store *store, const struct entry_key *key, struct entry *out) __attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* *no: the receipt, or the next number of the series. */
int entry_put(struct store *store, const struct entry_new *entry, int64_t *no) __attribute__((warn_unused_result));
/* Takes an entry in force back, as entry_cancel() does; for those without a receipt. */
int entry_take_back(struct store *store, int64_t id) __attribute__((warn_unused_result));
/* Takes the receipt's entry back, if it has one: the one it replaced is in force again (see receipt_cancel). */
int entry_cancel(struct store *store, int64_t receipt) __attribute__((warn_unused_result));

#endif
