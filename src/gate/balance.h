/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balance: asks the networks what the SIMs of the modems have left: on a schedule, and when an operator wants to know it
 * now. Only codes that are configured are dialled. Knows the loop; how an answer reads is the grammar's business, what is
 * known of it the store's. */
#ifndef GATE_BALANCE_H
#define GATE_BALANCE_H

#include <stddef.h>
#include <stdint.h>

#include "lang/grammar.h"
#include "modem/supervisor.h"

struct event_base;
struct outq;
struct store;
struct balance;

/* All borrowed; they must outlive the balance, except the grammar (balance_set_grammar). The outq is told of SIMs that
 * have less than they should. */
struct balance *balance_new(struct event_base *base, struct store *store, const struct grammar *grammar,
			    struct outq *outq);
void balance_free(struct balance *balance);
void balance_set_grammar(struct balance *balance, const struct grammar *grammar);

/* Every modem once, when it is started, with its configuration; then balance_ready(). */
void balance_add_modem(struct balance *balance, struct modem *modem, const struct modem_conf *conf);
/* All modems are there: what is known of others is forgotten. */
void balance_ready(struct balance *balance);

/* What the modems say: events of type UP and DIALLED. */
void balance_up(struct balance *balance);
void balance_dialled(struct balance *balance, struct modem *modem, const struct modem_event *event);

/* What came of one code. Borrowed for the call. */
struct balance_told {
	const char *modem;
	enum credit what;
	enum modem_dialled result;
	const char *text;               /* numbers of subscribers masked; "" none */
	const char *error;              /* "" */
	int64_t amount;                 /* CREDIT_UNKNOWN: the text could not be read */
	const struct operator *by;      /* whose pattern it was */
};
/* For each code, then once with NULL. Called from the event loop, never from inside balance_ask(). */
typedef void (*balance_told_fn)(void *ctx, const struct balance_told *told);

/* Dials all codes of the modem of that name ("" of all) now. How many; 0: none is configured; -ENOENT: no such modem. */
int balance_ask(struct balance *balance, const char *modem, balance_told_fn told, void *ctx)
	__attribute__((warn_unused_result));
/* Whoever asked with that ctx does not want to hear it any more. */
void balance_forget(struct balance *balance, const void *ctx);

/* The code that the modem's network is said to have, for an operator who has not configured any; NULL: not known. */
const char *balance_hint(const struct balance *balance, const char *modem, const char **operator);

#endif
