/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circular: one text to many people (UMUM, invitations), written to the outbox a few at a time. Knows no texts and no
 * roles: they are words here. */
#ifndef STORE_CIRCULAR_H
#define STORE_CIRCULAR_H

#include <stdbool.h>
#include <stdint.h>

struct store;

#define CIRCULAR_TEXT_SIZE 1024

struct circular {
	int64_t no;
	char kind[16];                 /* begins the keys of its messages, for ever: "umum" */
	int64_t inbox, person;         /* the message that caused it, 0 none; its sender, who does not get it */
	char area[14], roles[128];     /* as in an audience; roles "": everybody */
	int rw;
	char text[CIRCULAR_TEXT_SIZE];
	int64_t wall, not_after;
	bool hold;                     /* recorded, never sent (try) */
	int recipients;                /* how many there were when it was put */
	int64_t reached;               /* id of the last person that was looked at */
	int queued;                    /* messages written */
	bool done;
};

/* The first behind a number that is not done, to go on with. -ENOENT. */
int circular_open(struct store *store, int64_t after, struct circular *out) __attribute__((warn_unused_result));

/* How far one is, for the operator. */
struct circular_progress {
	int64_t no, wall;
	char kind[16], area[14], roles[128];
	int recipients, queued;
	bool done;
	int waiting, sent, failed;     /* of its messages: QUEUED or CLAIMED; SENT, DELIVERED or UNKNOWN; all others */
};
/* The first behind a number that is not done, or of which messages wait still. -ENOENT. */
int circular_progress(struct store *store, int64_t after, struct circular_progress *out)
	__attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* Draws the next number (*no). no, reached, queued and done are not looked at. */
int circular_put(struct store *store, const struct circular *circular, int64_t *no) __attribute__((warn_unused_result));
/* It has come so far. */
int circular_move(struct store *store, int64_t no, int64_t reached, int queued, bool done)
	__attribute__((warn_unused_result));

#endif
