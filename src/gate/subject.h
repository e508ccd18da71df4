/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject: the things that reminders are about, one after the other. A kind of thing is a row in subject.c: how to go
 * through them, to find one again, what it says in a text, and who hears of it if the calendar does not say. */
#ifndef GATE_SUBJECT_H
#define GATE_SUBJECT_H

#include "lang/calendar.h"
#include "store/people.h"

struct store;

struct subject {
	enum subject_kind kind;
	int64_t number;                 /* of things that have one */
	char name[20];                  /* what keys know it by, for ever: "32.07.34", "17"; "" of SUBJECT_OWN */
	char area[14];                  /* it is about; of SUBJECT_OWN: "" */
	int first, last;                /* its own period; 0, 0: the occasion's */
	int64_t wall;                   /* when a thing came up that comes up by itself */
};

/* The next one behind *subject at that occasion; *subject begins as {0} but for kind. A dated one is there on its day:
 * the occasion's, so many days ahead as the reminder says. -ENOENT: no more. */
int subject_next(struct store *store, const struct occasion *occasion, struct subject *subject)
	__attribute__((warn_unused_result));
/* The one of that kind and name. -ENOENT. */
int subject_find(struct store *store, enum subject_kind kind, const char *name, struct subject *out)
	__attribute__((warn_unused_result));
/* The number of the last thing of a kind that comes up by itself, 0 none; or -errno. */
int64_t subject_last(struct store *store, enum subject_kind kind);

/* Sets the placeholders that are its own. 0 or -errno. */
int subject_fill(struct store *store, const struct grammar *grammar, const struct subject *subject,
		 struct reply_form *form) __attribute__((warn_unused_result));

/* Whom the reminder goes to: the next active person behind `after` (by id), willing to get it. Of roles whose own area
 * contains the subject's; without a subject everybody of them; or whoever the subject invites. -ENOENT: no more. */
int subject_person(struct store *store, const struct reminder *reminder, const struct subject *subject, int64_t after,
		   struct person *out) __attribute__((warn_unused_result));

#endif
