/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circulate: writes the messages of circulars (UMUM, invitations), a few people at a time, paced as reminders are. Knows
 * no loop. */
#ifndef GATE_CIRCULATE_H
#define GATE_CIRCULATE_H

#include "gate/pace.h"

struct store;

/* Inside the caller's transaction: goes on with the oldest circular that is not done, over at most `most` people. 1: there
 * may be more to do; 0: all are done; or -errno. *pace may have moved even then. */
int circulate(struct store *store, const struct grammar *grammar, struct pace *pace, int64_t wall, int most)
	__attribute__((warn_unused_result));

#endif
