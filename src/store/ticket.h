/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ticket: questions and complaints (TANYA, ADUAN), one series A1, A2, ...; their texts are for the handlers only. */
#ifndef STORE_TICKET_H
#define STORE_TICKET_H

#include <stdint.h>

#include "base/phone.h"

struct store;

enum ticket_state { TICKET_OPEN, TICKET_ANSWERED, TICKET_CLOSED };

struct ticket {
	int64_t no;
	enum ticket_state state;
	char verb[16];                 /* TANYA, ADUAN */
	int64_t person, organisation, wall;
	char phone[PHONE_SIZE];        /* it was asked from, for the answer */
	char handlers[64];             /* roles it went to: "KTKEC,KAB"; "" nobody was there */
	/* Of the organisation; not looked at by ticket_put(). */
	char role[16], body[24], area[14];
	int rw;
};

/* *text and *answer (may be NULL if not wanted; "" without one) are the caller's. -ENOENT. */
int ticket_find(struct store *store, int64_t no, struct ticket *out, char **text, char **answer)
	__attribute__((warn_unused_result));

/* All inside the caller's transaction. */

/* Draws the next number (*no). no and state are not looked at. */
int ticket_put(struct store *store, const struct ticket *ticket, const char *text, int64_t *no)
	__attribute__((warn_unused_result));

/* A later answer takes the place of the earlier. -ENOENT: no such ticket, or closed. */
int ticket_answer(struct store *store, int64_t no, const char *answer, int64_t by, int64_t wall)
	__attribute__((warn_unused_result));
/* Whoever asked says more: it is open again. -ENOENT: no such ticket, or closed. */
int ticket_add(struct store *store, int64_t no, const char *text, int64_t by, int64_t wall)
	__attribute__((warn_unused_result));
/* -ENOENT: no such ticket, or closed already. */
int ticket_close(struct store *store, int64_t no) __attribute__((warn_unused_result));

#endif
