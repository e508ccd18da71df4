/* SPDX-License-Identifier: GPL-3.0-or-later */
/* errand: an occasion of the calendar on its way to its people, a few at a time. Knows no loop and queues nothing: who
 * asks decides what becomes of each text. Keys hold the reminder, the period, the subject and the person, so that nobody
 * gets the same twice, however often an errand is begun anew. */
#ifndef GATE_ERRAND_H
#define GATE_ERRAND_H

#include "gate/condition.h"
#include "store/outbox.h"

struct errand {
	struct occasion occasion;
	struct subject subject;
	int64_t person;                 /* the last one that was looked at */
	bool begun, holds;              /* the subject is there; it is to be told of */
	struct reply_form form;         /* with the placeholders of the subject */
};

void errand_start(struct errand *errand, const struct occasion *occasion);

/* One text to one person. */
struct delivery {
	const struct person *person;
	const struct subject *subject;
	const struct reminder *reminder;
	const struct reply_form *form;
	const char *key;
};
/* 0 or -errno, which ends the going. */
typedef int errand_each(void *ctx, const struct delivery *delivery);

struct errand_place {
	struct store *store;
	const struct grammar *grammar;
	enum question_mode mode;        /* PLAN: inside the caller's transaction */
	int64_t wall;
};

/* Looks at `most` people or subjects, and calls each() for every person who is to get the text. 1: there may be more; 0:
 * it is over; -errno: the errand is where it was before, as is the store if the caller's transaction is taken back. */
int errand_go(const struct errand_place *place, struct errand *errand, int most, errand_each *each, void *ctx)
	__attribute__((warn_unused_result));

/* Whether a text that was queued under this key is still wanted at that number: 1, 0 or -errno. A key of another kind, or
 * of a reminder that the grammar does not know any more, is wanted. */
int errand_wanted(const struct errand_place *place, const char *key, const char *phone) __attribute__((warn_unused_result));

#endif
