/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people: what the files of kentongan people have in common: people.c has the table and the small ones, people_list.c
 * the list, people_pin.c PINs, people_post.c add and move, people_subject.c what somebody may ask about himself. */
#ifndef CTL_PEOPLE_H
#define CTL_PEOPLE_H

#include "ctl/ctl.h"
#include "gate/admission.h"
#include "store/people.h"
#include "store/pin.h"

struct role;

/* One change, or one list. */
struct clerk {
	const struct call *call;
	struct ctl_room *room;
	struct admission admission;
	const char **words;             /* after the name of what is to be done */
	int count;
	FILE *out;                      /* what is printed when all is read, or the change on the disk */
	char pin[PIN_MOST + 1];         /* from standard input; "" none was asked for */
};

/* What each does gives: 0, -errno of the store, or an exit status, of which it has said why. Nothing of a change that did
 * not give 0 stays. */

/* Somebody by P17 or one of his numbers. EXIT_FAILED and said: nobody is. */
int people_designated(const struct clerk *clerk, const char *word, struct person_entry *out);
/* An area by its code, or by a name that is one area's only, with what is above behind a comma: Rawa, Lumbung. level: the
 * length its code must have, -1 any; role: for the complaint, may be NULL. EXIT_USAGE and said: it is none. */
int people_area(const struct clerk *clerk, const char *word, int level, const char *role, char out[14]);
/* "P8 (+62812****678#a1b2)"; the static text lasts until the next call. */
const char *people_label(const struct clerk *clerk, const struct person *person);
/* "PSM Rawa, Lumbung, Kabupaten Ciamis": what somebody is, likewise. */
const char *people_post(const struct clerk *clerk, const struct person *person);
/* Whether nobody else holds the role in the person's area, if it is single. EXIT_FAILED and said: somebody does; whoever is
 * ACTIVE may replace him. */
int people_is_free(const struct clerk *clerk, const struct role *role, const struct person *person);

int people_list(const struct clerk *clerk);
int people_add(const struct clerk *clerk);
int people_move(const struct clerk *clerk);
/* Reads the PIN that `people pin WHO -` asks for, before anything is changed: whoever types slowly must not hold up the
 * daemon. 0, or EXIT_USAGE and said. */
int people_read_pin(struct clerk *clerk);
int people_pin(const struct clerk *clerk);
/* Of a line of the list: of somebody who needs one and has none, whose is locked, else "". NULL: the store is at fault, and
 * has said so. */
#define PEOPLE_NO_PIN ", no PIN"
#define PEOPLE_PIN_LOCKED ", PIN locked"
const char *people_pin_note(const struct clerk *clerk, const struct person *person);
int people_extract(const struct clerk *clerk);
int people_forget(const struct clerk *clerk);

#endif
