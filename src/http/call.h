/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call: one callback of an operator's USSD gateway as a value, whichever gateway it came from. Knows no HTTP. */
#ifndef HTTP_CALL_H
#define HTTP_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/phone.h"

#define CALL_SESSION_SIZE 65    /* letters, digits, . _ : - */
#define CALL_INPUT_SIZE 200     /* USSD carries 182 characters */
#define CALL_TEXT_SIZE 512      /* a screen, UTF-8 */

/* What a gateway tells of its subscriber's input: everything since the session began, joined by *, or the last alone. */
enum call_style { CALL_WHOLE, CALL_LAST };

struct call {
	char session[CALL_SESSION_SIZE];
	char phone[PHONE_SIZE];
	enum call_style style;
	bool begins;                    /* CALL_LAST: there is no input yet */
	bool over;                      /* the subscriber has hung up: nobody reads an answer */
	char input[CALL_INPUT_SIZE];    /* printable ASCII */
};

struct answer {
	bool end;                       /* the session is over with this screen */
	char text[CALL_TEXT_SIZE];
};

/* Sets a member from what a gateway sent. false: not fit to be one; NULL is none. */
bool call_set_session(struct call *call, const char *value) __attribute__((warn_unused_result));
bool call_set_phone(struct call *call, const char *value) __attribute__((warn_unused_result));
bool call_set_input(struct call *call, const char *value) __attribute__((warn_unused_result));

#endif
