/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject_doors: how subject.c gets at a kind of thing. Private to the subjects' files. */
#ifndef GATE_SUBJECT_DOORS_H
#define GATE_SUBJECT_DOORS_H

#include "gate/subject.h"

/* One kind of thing. NULL: it has nothing of the sort. */
struct subject_door {
	int (*next)(struct store *store, const struct occasion *occasion, struct subject *subject);
	int (*find)(struct store *store, const char *name, struct subject *out);
	int64_t (*last)(struct store *store);
	int (*fill)(struct store *store, const struct grammar *grammar, const struct subject *subject,
		    struct reply_form *form);
	int (*invited)(struct store *store, const struct subject *subject, int64_t after, struct person *out);
};

/* subject_work.c */
extern const struct subject_door SUBJECT_MEETINGS, SUBJECT_MEETINGS_HELD, SUBJECT_REFERRALS, SUBJECT_PROGRAMS;

#endif
