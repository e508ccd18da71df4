/* SPDX-License-Identifier: GPL-3.0-or-later */
/* purge: takes out of the database what may not be kept any longer: texts, PDUs, numbers of strangers, names of whoever
 * left, and what is over and of no use. What is a record (figures, cases, meetings, tickets) stays as it is, with the
 * person's id; so do the keys by which a message is known, for ever. Knows no clock: whoever calls it can believe his. */
#ifndef STORE_PURGE_H
#define STORE_PURGE_H

#include <stdbool.h>
#include <stdint.h>

struct store;

/* Moments: what is older than each goes. */
struct purge_before {
	int64_t texts;                 /* of messages, their PDUs, names in requests that were decided */
	int64_t quarantine;            /* what could not be read */
	int64_t numbers;               /* that are nobody's any more: a hash takes their place */
	int64_t leftovers;             /* half-done dialogues and the like */
};

/* What went: messages and circulars; rows in quarantine; numbers of messages, tickets and requests; the rest. */
struct purge_counts { int64_t wall, texts, quarantine, numbers, leftovers; };

/* A purge under way. Its caller sets it up by purge_begin(); the rest is the room's own. */
struct purge {
	struct purge_before before;
	struct purge_counts counts;
	int stage;
	int64_t latest;                /* what is later was written by a clock that ran ahead */
	int64_t at, whole, young;      /* in the stage: last row seen, last of those that are done with, rows too young in a row */
	int64_t done[4];               /* as far as earlier ones came */
	int64_t freed;                 /* how often a number was given up when it began */
};

/* 0 or -errno. */
int purge_begin(struct store *store, struct purge *purge, const struct purge_before *before)
	__attribute__((warn_unused_result));

/* A small transaction of it. 1: there is more to do; 0: it is at its end, which the database knows now, wall being the
 * time; -errno: nothing of this step was done, and it may be tried again. */
int purge_step(struct store *store, struct purge *purge, int64_t wall) __attribute__((warn_unused_result));

/* Gives some of the empty pages back to the file system. 1: there are more; 0; -errno. */
int purge_shrink(struct store *store) __attribute__((warn_unused_result));

/* Builds the indices anew that had numbers in them, so that none is left in a page's unused rest. May take a second
 * where there are very many messages. */
int purge_reindex(struct store *store) __attribute__((warn_unused_result));

/* What the last one removed; wall 0: there was none yet. */
int purge_last(struct store *store, struct purge_counts *out) __attribute__((warn_unused_result));

#endif
