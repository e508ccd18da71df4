/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu: the door for menus that are no SMS: an operator's USSD gateway, `kentongan ussd`. One answer comes in, one screen
 * goes back. What is sent at the end takes the way of an SMS of that text: the same rules, the same transaction; only the
 * answer is shown instead of sent. Knows no loop.
 *
 * On the control socket (control_ussd.c) a call is a line:
 *
 *     ussd SESSION PHONE HOW [INPUT]
 *
 * SESSION  1 to 72 of letters, digits and . _ : -  Unique among all doors: at:ATUid_1.
 * PHONE    the caller's number as people write it.
 * HOW      all    INPUT is everything typed since the session began, * between: "", 1, 1*7. (Africa's Talking)
 *          N      INPUT is the Nth thing typed; 0 begins. (Hubtel: Sequence - 1)
 *          next   INPUT is what was typed now; "" begins anew.
 *          end    he hung up.
 * INPUT    the rest of the line.
 *
 * and the answer a line, too, then "." as behind every command:
 *
 *     CON text   it goes on
 *     END text   it is over
 *     error: ... what is wrong with the line, or "not now: ..." if the store cannot be had
 *
 * A line feed in text is \n, a backslash \\. text has plain letters (GSM-7) and at most 160 characters.
 *
 * The same call once more (all: the same INPUT; N: the same N) gets the same answer and stores nothing again. A session is
 * kept ten minutes (limit menu-minutes) after the last answer. */
#ifndef GATE_MENU_H
#define GATE_MENU_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/menu.h"

#define MENU_SESSION_SIZE 73
#define MENU_INPUT_MAX 1000             /* bytes: all that is typed in ten minutes */
#define MENU_NUMBER_MAX 10000

struct desk;

enum menu_how { MENU_ALL, MENU_NUMBERED, MENU_NEXT, MENU_HUNG_UP };

/* Borrowed strings. */
struct menu_call {
	const char *session, *phone, *input;
	enum menu_how how;
	long number;                    /* of MENU_NUMBERED */
	int64_t wall;
};

struct menu_shown {
	bool over;
	char text[MENU_TEXT_SIZE];
};

/* Whether it is a name for a session. */
bool menu_is_session(const char *session);

/* In a transaction of its own. 0, -EINVAL (no such session name, number or length), or -errno and nothing happened. */
int menu_call(struct desk *desk, const struct menu_call *call, struct menu_shown *out) __attribute__((warn_unused_result));

#endif
