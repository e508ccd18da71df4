/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overlap: organisations that report the same people (rules 41, 43). Two overlap if both have a value above 0 in
 * force for the same village, category, unit, list and period, of parts that meet: the whole village meets everything, an
 * RW its RTs, an RT only itself. Reports of the role TKSK are none: they settle. */
#ifndef STORE_OVERLAP_H
#define STORE_OVERLAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct record_key;

/* The others that overlap with a value above 0 of key->organisation for this key (which need not be stored, and is
 * not looked at): each body's name (PSM, PKK, ...) once, in the order of the alphabet. None if the organisation is a
 * TKSK itself. each() may ask other rooms. */
int overlap_find(struct store *store, const struct record_key *key, void (*each)(void *ctx, const char *body),
		 void *ctx) __attribute__((warn_unused_result));

/* Every overlap in the area (code of any level, "" for all) that no settlement closes, by village, category and unit;
 * bodies in the order of the alphabet, with what those of the name that overlap say of the village (rule 34). All borrowed
 * for the call; each() may ask other rooms, but not for overlaps. */
#define OVERLAP_BODIES_MAX 16
struct overlap {
	const char *village, *category, *unit, *list;
	const char *bodies[OVERLAP_BODIES_MAX];
	long values[OVERLAP_BODIES_MAX];
	size_t count;
};
int overlap_list(struct store *store, const char *area, int period,
		 void (*each)(void *ctx, const struct overlap *overlap), void *ctx) __attribute__((warn_unused_result));
/* The same, of those alone that concern an RW: what is said of it, of its RTs and of the whole village. 0 all. */
int overlap_list_rw(struct store *store, const char *area, int period, int rw,
		    void (*each)(void *ctx, const struct overlap *overlap), void *ctx)
	__attribute__((warn_unused_result));

/* Whether the TKSK was told of this overlap, of these very bodies. */
int overlap_told(struct store *store, const struct overlap *overlap, int period, bool *told)
	__attribute__((warn_unused_result));

/* Inside the caller's transaction. */

/* He is told of it now, or it is open still. */
int overlap_tell(struct store *store, const struct overlap *overlap, int period, int64_t wall)
	__attribute__((warn_unused_result));
/* Those of the area and period that were not open at this moment are new if they come again. */
int overlap_forget(struct store *store, const char *area, int period, int64_t wall) __attribute__((warn_unused_result));

#endif
