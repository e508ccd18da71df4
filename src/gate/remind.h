/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remind: works the calendar off: occasions that are due become messages to send, a few at a time so that ordinary
 * messages are not held up, one after the other so that they do not all go at once. Knows the loop; whom and whether are
 * the errand's business. */
#ifndef GATE_REMIND_H
#define GATE_REMIND_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/calendar.h"

struct event_base;
struct store;
struct outq;
struct trust;
struct remind;

/* All borrowed; they must outlive the remind, except the grammar (remind_set_grammar). From now on the outbox asks here
 * before a reminder or notice is sent. */
struct remind *remind_new(struct event_base *base, struct store *store, const struct grammar *grammar,
			  struct outq *outq, struct trust *trust);
void remind_free(struct remind *remind);

/* After a reload; what was under way is planned anew. */
void remind_set_grammar(struct remind *remind, const struct grammar *grammar);

/* Something came up that people may have to be told of (a KIRIM), or the clock is right again: looks soon. */
void remind_wake(struct remind *remind);

/* How it stands, for the operator. */
struct remind_info {
	size_t errands;                 /* occasions under way */
	bool next;                      /* there is a next occasion: */
	struct occasion occasion;
};
void remind_info(const struct remind *remind, struct remind_info *out);

#endif
