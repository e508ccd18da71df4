/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casebook: individual cases (KASUS, numbers KS1, KS2, ...), which of them may be the same person, and where they
 * were referred to (RUJUK). A book apart from the counts (rule 29). No names in it. */
#ifndef STORE_CASEBOOK_H
#define STORE_CASEBOOK_H

#include <stdint.h>

struct store;

enum case_state { CASE_OPEN, CASE_REFERRED, CASE_CLOSED };

struct casebook_entry {
	int64_t no;
	enum case_state state;
	char village[14];
	int rt, rw;                    /* 0: none */
	char category[16], list[64];
	char sex;                      /* 'L', 'P', 0: not said */
	int age;                       /* completed years, -1: not said */
	int rest, married;             /* months of a sentence, years of a marriage, -1: not said */
	int64_t organisation, person, wall;
};

/* -ENOENT. */
int casebook_find(struct store *store, int64_t no, struct casebook_entry *out) __attribute__((warn_unused_result));

/* The cases linked with this one, by number: maybe the same (rule 28). each() may ask other rooms. */
int casebook_links(struct store *store, int64_t no, void (*each)(void *ctx, int64_t other), void *ctx)
	__attribute__((warn_unused_result));

/* How many in the area (code of any level, "" for all) came in from <= wall < until; category NULL: any. */
int casebook_count(struct store *store, const char *area, const char *category, int64_t from, int64_t until, int *count)
	__attribute__((warn_unused_result));
/* How many in the area are not closed. */
int casebook_open(struct store *store, const char *area, int *count) __attribute__((warn_unused_result));

/* Done: the case was settled, or referred elsewhere. */
enum referral_state { REFERRAL_MADE, REFERRAL_DONE };
struct referral {
	int64_t id, no;                /* no: of the case */
	enum referral_state state;
	char to[48];                   /* as typed */
	int64_t person, wall;
};
/* The last one of a case. -ENOENT. */
int casebook_referral(struct store *store, int64_t no, struct referral *out) __attribute__((warn_unused_result));
int casebook_referral_find(struct store *store, int64_t id, struct referral *out) __attribute__((warn_unused_result));
/* The first one with an id above `after`, made from <= wall < until, that is not done. -ENOENT. */
int casebook_referral_next(struct store *store, int64_t from, int64_t until, int64_t after, struct referral *out)
	__attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* Draws the next number (*no) and links the case with every one that may be the same: same village, category, list and sex,
 * ages at most a year apart, of another organisation, at most 90 days apart. What neither case says is the same;
 * what only one of them says is not. no, state: not looked at. */
int casebook_put(struct store *store, const struct casebook_entry *entry, int64_t *no)
	__attribute__((warn_unused_result));

/* Refers the case; again to another place too: the earlier referral is then done. -ENOENT: no such case, or closed. */
int casebook_refer(struct store *store, int64_t no, const char *to, int64_t person, int64_t wall)
	__attribute__((warn_unused_result));
/* Closes the case and its referral. -ENOENT: no such case, or closed already. */
int casebook_close(struct store *store, int64_t no) __attribute__((warn_unused_result));

#endif
