/* SPDX-License-Identifier: GPL-3.0-or-later */
/* condition: whether a reminder is to be sent. A condition is a row in condition.c. */
#ifndef GATE_CONDITION_H
#define GATE_CONDITION_H

#include "gate/subject.h"

/* PLAN: now it is decided; what the condition must remember, it may write. LOOK: nothing comes of it (a dry run). AGAIN:
 * it was decided, and is to be sent now. */
enum question_mode { QUESTION_PLAN, QUESTION_LOOK, QUESTION_AGAIN };

struct question {
	struct store *store;
	const struct grammar *grammar;
	const struct reminder *reminder;
	enum question_mode mode;
	int first, last;                /* months; 0, 0: no period */
	int now;                        /* the present month there */
	int64_t wall;
	const char *area;               /* the subject's, or the recipient's own */
	const struct person *person;    /* NULL unless the condition is personal or the subject is SUBJECT_OWN */
	const struct subject *subject;
};

/* 1 it is to be sent, 0 not, or -errno. If it is and form is not NULL: sets the placeholders that are its own. */
int condition_ask(const struct question *question, struct reply_form *form) __attribute__((warn_unused_result));

/* Everybody was told whom it was about: what must be remembered of that. Inside the caller's transaction, in the mode
 * PLAN only, once for a subject (or person, of SUBJECT_OWN), also if the answer was no. */
int condition_told(const struct question *question) __attribute__((warn_unused_result));

/* Whether it remembers what was told (condition_told() does something): asked later about the same, it says no. */
bool condition_remembers(enum condition condition);

#endif
