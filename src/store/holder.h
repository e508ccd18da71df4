/* SPDX-License-Identifier: GPL-3.0-or-later */
/* holder: whether areas have somebody active of a role: the TKSK of each kecamatan (001-48). Only reads. */
#ifndef STORE_HOLDER_H
#define STORE_HOLDER_H

#include <stddef.h>

#include "store/people.h"

struct store;

/* For each area right below `area` (a code of 2, 5, 8 or 13 characters, "" the country), or for the area itself where
 * it is of that level: how many areas whose codes are `length` characters long lie in it, and how many of them have at
 * least one active person of the role who has a number. By code, borrowed for the call; each() may not ask the store. */
int holder_count(struct store *store, const char *role, const char *area, size_t length,
		 void (*each)(void *ctx, const char *code, long held, long all), void *ctx)
	__attribute__((warn_unused_result));

/* Organisations of the role in the area that somebody active with a number belongs to. */
int holder_organisations(struct store *store, const char *role, const char *area, long *count)
	__attribute__((warn_unused_result));

/* Which they are, by RW and name: each PKK, TAKMIR, ... of a village, or of one RW in it (0: of all). body is borrowed for
 * the call; each() may not ask the store. */
int holder_bodies(struct store *store, const char *role, const char *area, int rw,
		  void (*each)(void *ctx, const char *body, int rw), void *ctx) __attribute__((warn_unused_result));

/* The first role by name behind `after` ("" the first of all) that somebody active with a number has; -ENOENT none. */
int holder_role(struct store *store, const char *after, char role[PEOPLE_ROLE_SIZE]) __attribute__((warn_unused_result));

#endif
