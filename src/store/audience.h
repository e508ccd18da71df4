/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience: whom a text goes to: active people by role and area. Only reads. */
#ifndef STORE_AUDIENCE_H
#define STORE_AUDIENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "store/people.h"

struct store;

/* area is a code of 2, 5, 8 or 13 characters, "" the whole country. roles are words separated by commas ("PSM,KT"), names
 * of organisations among them ("PKK"); NULL everybody. above: whose own area contains the area (or is it), else whose own
 * area lies in it (or is it). rw not 0: of the village's people only those of that RW, and those of no RW in particular.
 * willing: nobody who has said STOP from any of his numbers. Borrowed strings. */
struct audience {
	const char *area, *roles;
	int rw;
	bool above, willing;
};

/* The first of them whose id is above `after`, everything of him but with one number: the one he wrote from last, else
 * the smallest. 0, -ENOENT there is no more, or -errno. Other rooms may be asked and changed in between. */
int audience_next(struct store *store, const struct audience *audience, int64_t after, struct person *out)
	__attribute__((warn_unused_result));
/* Somebody by his id, with his number as above. -ENOENT: he is not active, or has none. */
int audience_person(struct store *store, int64_t id, struct person *out) __attribute__((warn_unused_result));
/* The first member of the organisation whose id is above `after`, likewise. */
int audience_member(struct store *store, int64_t organisation, int64_t after, struct person *out)
	__attribute__((warn_unused_result));
/* How many they are, or -errno. */
int audience_count(struct store *store, const struct audience *audience) __attribute__((warn_unused_result));
/* The first area behind the code `after` ("" the first) whose code has `length` characters and in which somebody active is
 * registered. -ENOENT: no more. */
int audience_area(struct store *store, int length, const char *after, char area[14]) __attribute__((warn_unused_result));

#endif
