/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stages: how far an organisation is with a form whose stages are due month by month ("due" of the form). */
#ifndef GATE_STAGES_H
#define GATE_STAGES_H

#include <stdbool.h>

#include "lang/grammar.h"

struct store;
struct person;

struct stages {
	const struct form *form;
	int begun;                      /* month in which the first stage was reported; 0: none was */
	int due;                        /* stage that is due in the month, from 1; the last one once all are */
};

/* Of the person's organisation in that month. 0 or -errno. */
int stages_find(struct store *store, const struct grammar *grammar, int form, const struct person *person, int month,
		struct stages *out) __attribute__((warn_unused_result));

struct stage_state {
	int stage;
	bool done;                      /* said to be, or all its steps are */
	int steps, whole;               /* done, of so many; 0 of 0 where the form knows no steps */
	char open[2 * FORM_LIST_MAX];   /* "2,4,5" */
};

/* How far one stage is. 0 or -errno. */
int stages_state(struct store *store, const struct grammar *grammar, const struct stages *stages,
		 const struct person *person, int stage, struct stage_state *out) __attribute__((warn_unused_result));

#endif
