/* SPDX-License-Identifier: GPL-3.0-or-later */
/* meeting: meetings that organisations announced, who was invited, who came and what was decided (RAPAT, HADIR, NOTULEN;
 * rules 60, 62). */
#ifndef STORE_MEETING_H
#define STORE_MEETING_H

#include <stdint.h>

#include "store/people.h"

struct store;

struct meeting {
	int64_t no;
	int64_t organisation, person;  /* who announced it */
	char date[11], clock[6];       /* "2026-10-24", "20:00", where it takes place */
	char venue[64], subject[96];   /* subject may be empty */
	int attended;                  /* -1: not said yet */
	int64_t minutes_wall;          /* of the minutes, 0: none yet */
	int64_t wall;                  /* announced */
	int64_t program;               /* it goes on with, 0 none */
	/* Of the organisation; not looked at by meeting_put(). */
	char role[16], body[24], area[14];
	int rw;
};

/* -ENOENT. */
int meeting_find(struct store *store, int64_t no, struct meeting *out) __attribute__((warn_unused_result));

/* The organisation's last announced one. -ENOENT. */
int meeting_last(struct store *store, int64_t organisation, struct meeting *out) __attribute__((warn_unused_result));

/* The organisation's latest one that has begun by that date and clock. -ENOENT. */
int meeting_begun(struct store *store, int64_t organisation, const char *date, const char *clock, struct meeting *out)
	__attribute__((warn_unused_result));

/* The organisation's last one that has minutes. -ENOENT. */
int meeting_minuted(struct store *store, int64_t organisation, struct meeting *out) __attribute__((warn_unused_result));

/* The organisation's own at that date, clock and venue. -ENOENT. */
int meeting_same(struct store *store, const struct meeting *meeting, struct meeting *out)
	__attribute__((warn_unused_result));

/* Its minutes as typed, the caller's. -ENOENT: none yet. */
int meeting_minutes_read(struct store *store, int64_t no, char **text) __attribute__((warn_unused_result));

/* The first one of that day with a number above `after`. -ENOENT. */
int meeting_on(struct store *store, const char *date, int64_t after, struct meeting *out)
	__attribute__((warn_unused_result));
/* Whether the organisation announced another one after it: 1, 0, or -errno. */
int meeting_followed(struct store *store, const struct meeting *meeting) __attribute__((warn_unused_result));

/* The first of those invited whose id is above `after`: active, with a number, and not stopped. -ENOENT. */
int meeting_guest(struct store *store, int64_t no, int64_t after, struct person *out)
	__attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* Draws the next number (*no). no, attended and minutes_wall are not looked at. -EINVAL: date or clock is none,
 * and the transaction is lost. */
int meeting_put(struct store *store, const struct meeting *meeting, int64_t *no) __attribute__((warn_unused_result));

/* Twice is once. */
int meeting_invite(struct store *store, int64_t no, int64_t person) __attribute__((warn_unused_result));

/* Said again, the later count and the later text stand. -ENOENT: no such meeting. */
int meeting_attend(struct store *store, int64_t no, int attended) __attribute__((warn_unused_result));
int meeting_minutes(struct store *store, int64_t no, const char *text, int64_t wall) __attribute__((warn_unused_result));

#endif
