/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ussd: what a modem says of a session with the network (+CUSD, 3GPP TS 27.007 7.15) as a value, whichever way it has
 * written the text. Knows no modem; believes nothing. */
#ifndef MODEM_USSD_H
#define MODEM_USSD_H

#include <stdbool.h>

#define USSD_CODE_SIZE 32
#define USSD_UNITS_MAX 200      /* the network sends at most 182 characters (23.038 5) */
#define USSD_TEXT_SIZE (3 * USSD_UNITS_MAX + 1)

/* <m> of +CUSD. */
enum ussd_state {
	USSD_DONE, USSD_REPLY_WANTED, USSD_TERMINATED, USSD_OTHER_CLIENT, USSD_NOT_SUPPORTED, USSD_TIMEOUT,
	USSD_STATES
};

struct ussd_answer {
	enum ussd_state state;
	char text[USSD_TEXT_SIZE];      /* UTF-8 of one line: no control characters, no blanks at its ends; "" none */
};

/* Reads a line "+CUSD: m[,"text"[,dcs]]". Modems write the text as itself, as hexadecimal UCS-2 or as hexadecimal packed
 * septets, and not all of them as the dcs says. false: it is no such line. */
__attribute__((warn_unused_result))
bool ussd_read(const char *line, struct ussd_answer *out);

/* Whether it can be dialled: *, # and digits, with a * or # before the rest; nothing else ever reaches a modem. */
__attribute__((warn_unused_result))
bool ussd_code_sane(const char *code);

#endif
