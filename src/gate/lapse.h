/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lapse: what is over when its time is over, without a message that would bring it up: requests to be registered that
 * nobody decided. Knows the loop; does nothing while the clock cannot be believed. */
#ifndef GATE_LAPSE_H
#define GATE_LAPSE_H

struct event_base;
struct grammar;
struct lapse;
struct outq;
struct store;
struct trust;

/* All borrowed; they must outlive the lapse, except the grammar (lapse_set_grammar). */
struct lapse *lapse_new(struct event_base *base, struct store *store, const struct grammar *grammar, struct outq *outq,
			const struct trust *trust);
void lapse_free(struct lapse *lapse);
/* After a reload. */
void lapse_set_grammar(struct lapse *lapse, const struct grammar *grammar);

#endif
