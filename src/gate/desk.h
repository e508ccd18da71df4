/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk: one message from its text to the applied outcome: read, facts, rules, one transaction. Knows no loop and
 * no modem, so that the daemon, `kentongan try` and the tests run the very same. */
#ifndef GATE_DESK_H
#define GATE_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/outcome.h"
#include "lang/parse.h"
#include "lang/reply.h"

struct store;
struct grammar;
struct desk;

/* What the office decided for this box; borrowed strings. */
struct desk_conf {
	const char *own_numbers;        /* comma-separated: this SIM's own numbers, never answered */
	const char *destinations;       /* extended regular expression: numbers that may be answered */
};
#define DESK_DESTINATIONS "^\\+628[1-9][0-9]{7,10}$"

/* store, grammar and conf are borrowed and must outlive the desk. NULL: the regular expression is wrong (logged). */
struct desk *desk_new(struct store *store, const struct grammar *grammar, const struct desk_conf *conf);
void desk_free(struct desk *desk);
/* After a reload; forgets everything that was kept of the old one. */
void desk_set_grammar(struct desk *desk, const struct grammar *grammar);

struct desk_message {
	int64_t inbox;                  /* row in state NEW; 0: not in the inbox yet (try) */
	const char *sender, *text;      /* as received */
	const char *time;               /* network time, ISO 8601; "" unknown */
	int64_t received;               /* box's time, seconds */
	bool dry;                       /* take everything back afterwards */
	bool hold;                      /* what it sends is recorded, but never goes out (try --commit) */
};

struct desk_answer {
	struct parse parse;
	struct outcome outcome;
	char reply[REPLY_SIZE];         /* "" : silence */
	bool offers;                    /* the rejection asks whether `offered` was meant */
	struct outcome offered;
};

/* 0: read and applied (or taken back); the inbox row has its end state, the answer is in the outbox.
 * -errno: nothing happened, the row is as it was: try again later. */
int desk_handle(struct desk *desk, const struct desk_message *message, struct desk_answer *out)
	__attribute__((warn_unused_result));

/* Up to `most` messages that were stored and will not be read: the text of each in which there is a mark of a person is
 * blanked. In a transaction of its own. Gives how many there were, or -errno. */
int desk_look_through(struct desk *desk, int most);

/* Inside the caller's transaction: asks the sender of a message of which parts never came (its first row is inbox) to
 * send it again, once a day and only if he may be answered. 1: queued, 0: not, or -errno. */
int desk_ask_again(struct desk *desk, int64_t inbox, const char *sender, int64_t wall)
	__attribute__((warn_unused_result));

#endif
