/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tell: a text to somebody who did not ask for it: one person, or everybody of an audience. */
#ifndef GATE_TELL_H
#define GATE_TELL_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/reply.h"
#include "store/audience.h"
#include "store/outbox.h"

struct store;
struct grammar;

/* Borrowed for the call. What is told about, and the recipient's number behind it, is the key that is unique for ever:
 * "case:12:+6284...", so that nobody is told the same twice, however often it is tried. inbox: the message that caused
 * it, 0 none. not_before, not_after, hold, urgent: as in outbox_new. body: only organisations of that name (PKK); NULL or ""
 * any. */
struct tell {
	struct store *store;
	const struct grammar *grammar;
	const char *about, *body;
	enum outbox_class class;
	const struct reply_form *form;
	int64_t inbox, wall, not_before, not_after;
	bool hold, urgent;
};

/* Inside the caller's transaction. 0 or -errno. */
int tell_phone(const struct tell *tell, const char *phone) __attribute__((warn_unused_result));
/* The same text to everybody of the audience but the person whose id is `except` (0 nobody). How many, or -errno. */
int tell_audience(const struct tell *tell, const struct audience *audience, int64_t except)
	__attribute__((warn_unused_result));

/* To whoever was told something under a key that begins so, and still is one of us; not to `except`. */
int tell_those_told(const struct tell *tell, const char *prefix, const struct person *except)
	__attribute__((warn_unused_result));

#endif
