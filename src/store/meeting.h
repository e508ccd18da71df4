/* SPDX-License-Identifier: GPL-3.0-or-later */
/* meeting: meetings that organisations announced, who came and what was decided (RAPAT, HADIR, NOTULEN; rules 60,
 * 62). */
#ifndef STORE_MEETING_H
#define STORE_MEETING_H

#include <stdint.h>

struct store;

struct meeting {
	int64_t no;
	int64_t organisation, person;  /* who announced it */
	char date[11], clock[6];       /* "2026-10-24", "20:00", where it takes place */
	char venue[64], subject[96];   /* subject may be empty */
	int attended;                  /* -1: not said yet */
	int64_t minutes_wall;          /* of the minutes, 0: none yet */
	int64_t wall;                  /* announced */
};

/* The organisation's last announced one. -ENOENT. */
int meeting_last(struct store *store, int64_t organisation, struct meeting *out) __attribute__((warn_unused_result));

/* Its minutes as typed, the caller's. -ENOENT: none yet. */
int meeting_minutes_read(struct store *store, int64_t no, char **text) __attribute__((warn_unused_result));

/* Every meeting of a day, by number: for reminders. each() may ask other rooms. */
int meeting_on(struct store *store, const char *date, void (*each)(void *ctx, const struct meeting *meeting),
	       void *ctx) __attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* Draws the next number (*no). no, attended and minutes_wall are not looked at. -EINVAL: date or clock is none,
 * and the transaction is lost. */
int meeting_put(struct store *store, const struct meeting *meeting, int64_t *no) __attribute__((warn_unused_result));

/* Said again, the later count and the later text stand. -ENOENT: no such meeting. */
int meeting_attend(struct store *store, int64_t no, int attended) __attribute__((warn_unused_result));
int meeting_minutes(struct store *store, int64_t no, const char *text, int64_t wall) __attribute__((warn_unused_result));

#endif
