/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proof: that a message is its sender's own: the PIN is taken out before anything else is done with the message, and asked
 * for before it takes effect, by whichever door it came: an SMS, YA, the menu, a USSD gateway. */
#ifndef GATE_PROOF_H
#define GATE_PROOF_H

#include <stdbool.h>

struct grammar;
struct matter;
struct store;

/* First of all, before the sender is known: matter->text is the message without its PIN, and no PIN is in the inbox any
 * more when the transaction is committed. Nothing is taken out where no role of the grammar needs a PIN, or the sender is
 * registered in one that needs none, and has none. Needs matter->inbox. */
int proof_hear(struct matter *matter) __attribute__((warn_unused_result));

/* After desk_read(), when what was read is what shall be done: refuses it where the sender's PIN is needed and was not
 * given, is wrong or locked. A wrong one is counted, once a message. */
int proof_demand(struct matter *matter) __attribute__((warn_unused_result));

/* Whether what was read needs the PIN. */
bool proof_needed(const struct matter *matter);

/* Whether an answer to the menu has a PIN in it, which must not be kept with it. */
bool proof_in(const struct matter *matter, const char *text);

/* Whether a message of which parts never came may have one in it. */
bool proof_in_unread(const struct grammar *grammar, const char *text);

/* How many people need a PIN and have none; -errno. */
int proof_missing(struct store *store, const struct grammar *grammar) __attribute__((warn_unused_result));

/* Overwrites the PIN. */
void proof_forget(struct matter *matter);

#endif
