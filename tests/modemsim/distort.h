/* SPDX-License-Identifier: GPL-3.0-or-later */
/* distort: how the faults of a plan change the bytes of one answer. Pure: chance comes from the fault table. */
#ifndef DISTORT_H
#define DISTORT_H

#include "fault.h"

struct evbuffer;

/* Adds to out what is left of an answer, given as its information lines and its final line, each with its CR LF:
 * mute and hang leave nothing, no-info and no-final one of the two, crlf changes line ends (V.250, 6.2.1), garbage
 * and notify put bytes or a whole unsolicited line before, between, inside or after, half cuts the answer off. */
void distort(struct fault_table *t, const struct fault_plan *plan, struct evbuffer *info, struct evbuffer *final,
	     struct evbuffer *out);

/* n bytes of noise. */
void distort_noise(struct fault_table *t, char *out, size_t n);

#endif
