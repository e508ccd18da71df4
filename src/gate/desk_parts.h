/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk_parts: what the desk (desk.c) and the menu (menu.c) share: a message, or an answer to the menu, while it is on the
 * desk. All of it inside one transaction. */
#ifndef GATE_DESK_PARTS_H
#define GATE_DESK_PARTS_H

#include <regex.h>

#include "base/phone.h"
#include "gate/deeds.h"
#include "gate/desk.h"
#include "lang/pin.h"
#include "lang/rules.h"
#include "store/people.h"

struct atlas;
struct visit;

struct desk {
	struct store *store;
	const struct grammar *grammar;
	struct desk_conf conf;
	regex_t destinations;
	struct atlas *atlas;
};

struct matter {
	struct desk *desk;
	const struct desk_message *message;
	struct desk_answer *answer;
	int64_t inbox;
	const char *text;               /* of the message, without its PIN (proof.h) */
	struct pin_reading pin;
	bool proven;                    /* the PIN was right */
	char phone[PHONE_SIZE];
	struct person person;
	struct who who;
	const struct gazetteer *gazetteer;
	int64_t wall;                   /* time of the message, */
	bool timed;                     /* which nothing speaks against */
	bool ignore;                    /* rules 1 and 2: not even read */
	bool echo;                      /* why: our own words */
	struct visit *menu;             /* it is part of one; NULL */
};

/* Who sends it, where and when. */
int desk_identify(struct matter *matter) __attribute__((warn_unused_result));
/* Reads a text of the sender up to its outcome, values of the store included, into matter->answer. */
int desk_read(struct matter *matter, const char *text) __attribute__((warn_unused_result));
/* Chooses the answer to what was read. */
void desk_compose(struct matter *matter);
/* Does what the outcome says; proof_demand() has seen it. */
int desk_apply(struct matter *matter) __attribute__((warn_unused_result));
/* Writes the answer, when its numbers are drawn, into matter->answer->reply; keeps the pages that follow. */
int desk_write(struct matter *matter) __attribute__((warn_unused_result));
/* The row of the inbox is at its end. */
int desk_end(struct matter *matter) __attribute__((warn_unused_result));

/* menu.c, for messages: whether the text is an answer to the sender's menu, or ends it (then it is a message like any
 * other). If *taken, matter->answer is read and composed, and matter->menu says whose. */
int menu_hear(struct matter *matter, bool *taken) __attribute__((warn_unused_result));
/* The message asked for the menu: its first screen is the answer. */
int menu_begin(struct matter *matter) __attribute__((warn_unused_result));
/* The answer is written: what can be done next is put below it, and all is kept. */
int menu_said(struct matter *matter) __attribute__((warn_unused_result));
void menu_leave(struct matter *matter);

#endif
