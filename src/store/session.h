/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session: where somebody is in a menu, from one answer to the next. Kept here so that a restart in between changes
 * nothing. */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

struct store;

#define SESSION_SHOWN_SIZE 161
#define SESSION_INPUTS_SIZE 1024

struct session {
	char *state;            /* what was chosen (lang/menu); freed by session_clear() */
	char shown[SESSION_SHOWN_SIZE];         /* the screen that waits for an answer, or was the last */
	char inputs[SESSION_INPUTS_SIZE];       /* all that was typed, where a door says it each time */
	int steps;              /* how many answers were taken */
	bool over;              /* kept only for a door that asks again */
	int64_t wall;           /* of the last answer */
};

/* All inside the caller's transaction. phone is normalised; id is the door's name for the session. */

/* -ENOENT: none, or nothing was heard of it since then, or only after `until` by a clock that ran ahead. */
int session_find(struct store *store, const char *phone, const char *id, int64_t since, int64_t until,
		 struct session *out) __attribute__((warn_unused_result));
void session_clear(struct session *session);
/* Instead of what was kept of it before. Whatever was not touched since `stale` is forgotten with it. */
int session_put(struct store *store, const char *phone, const char *id, const struct session *session, int64_t stale)
	__attribute__((warn_unused_result));
/* Harmless without one. */
int session_forget(struct store *store, const char *phone, const char *id) __attribute__((warn_unused_result));

#endif
