/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program: programmes of organisations (PROGRAM; numbers P1, P2, ...) and the stages they went through. Knows no names
 * of stages and no rights: those are the grammar's and the rules'. */
#ifndef STORE_PROGRAM_H
#define STORE_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

struct store;

struct program {
	int64_t no, organisation, person;      /* whose, and who began it */
	char name[48], partners[96];           /* partners as typed, may be empty */
	int stage;                             /* it is in, from 1 */
	bool closed;
	int64_t moved, wall;                   /* into that stage; begun */
	/* Of the organisation; not looked at by program_put(). */
	char role[16], body[24], area[14];
	int rw;
};

/* -ENOENT. */
int program_find(struct store *store, int64_t no, struct program *out) __attribute__((warn_unused_result));

/* The organisation's one of that name that is not closed. -ENOENT. */
int program_named(struct store *store, int64_t organisation, const char *name, struct program *out)
	__attribute__((warn_unused_result));

/* The first one with a number above `after` that is not closed and did not move since `before`. -ENOENT. */
int program_stalled(struct store *store, int64_t before, int64_t after, struct program *out)
	__attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* Draws the next number (*no); it begins in stage 1. stage, closed and moved are not looked at. */
int program_put(struct store *store, const struct program *program, int64_t *no) __attribute__((warn_unused_result));

/* Into another stage, with a remark ("" none); closes: it was the last. -ENOENT: no such programme, or closed. */
int program_move(struct store *store, int64_t no, int stage, bool closes, const char *remark, int64_t person,
		 int64_t wall) __attribute__((warn_unused_result));

#endif
