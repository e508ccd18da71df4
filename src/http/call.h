/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call: one callback of an operator's USSD gateway as a value, whichever gateway it came from. Knows no HTTP. */
#ifndef HTTP_CALL_H
#define HTTP_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/phone.h"

#define CALL_SESSION_SIZE 61    /* letters, digits, . _ : -; the door's name comes before it */
#define CALL_INPUT_SIZE 1001    /* USSD carries 182 characters, some gateways say all of a session each time */
#define CALL_NUMBER_MOST 10000  /* as many as the core counts */
#define CALL_TEXT_SIZE 512      /* a screen, UTF-8 */

/* What a gateway tells of its subscriber: all that was typed since the session began, joined by *; the nth thing typed; the
 * last, without its number; that he hung up. */
enum call_how { CALL_ALL, CALL_NUMBERED, CALL_NEXT, CALL_END };

struct call {
	char session[CALL_SESSION_SIZE];
	char phone[PHONE_SIZE];
	enum call_how how;
	long number;                    /* of CALL_NUMBERED; 0: the session begins */
	char input[CALL_INPUT_SIZE];    /* printable ASCII */
};

struct answer {
	bool end;                       /* the session is over with this screen */
	char text[CALL_TEXT_SIZE];
};

/* Sets a member from what a gateway sent. false: not fit to be one; NULL is none. */
bool call_set_session(struct call *call, const char *value) __attribute__((warn_unused_result));
bool call_set_phone(struct call *call, const char *value) __attribute__((warn_unused_result));
/* The number counts from 1. */
bool call_set_number(struct call *call, const char *value) __attribute__((warn_unused_result));
bool call_set_input(struct call *call, const char *value) __attribute__((warn_unused_result));

#endif
