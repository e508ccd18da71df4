/* SPDX-License-Identifier: GPL-3.0-or-later */
/* offer: what a message with a mistake may have meant, as corrected texts that are read again like any message. If
 * exactly one of them can be stored it is offered, and YA stores it (domain 3.1, "Offers"). Pure. */
#ifndef LANG_OFFER_H
#define LANG_OFFER_H

#include "lang/outcome.h"
#include "lang/parse.h"

#define OFFER_CANDIDATES 3
#define OFFER_SIZE 512

/* Fills texts with up to OFFER_CANDIDATES readings of a rejected message and returns how many: unknown words dropped,
 * the one near category or village in the place of a word, numbers that only count items dropped. None for
 * personal data, increments, words near to a secret, words that mean something else or turn the message around, and
 * names of other places. */
size_t offer_candidates(const struct parse *parse, const struct gazetteer *gazetteer, const struct asker *asker,
			const struct outcome *rejected, char texts[OFFER_CANDIDATES][OFFER_SIZE]);

/* Whether an outcome may be offered: a report or a form that changes something, holds nothing secret, and can be said in
 * one question. */
bool offer_allowed(const struct grammar *grammar, const struct outcome *outcome);

/* Whether two readings would store the same. */
bool offer_same(const struct grammar *grammar, const struct outcome *a, const struct outcome *b);

#endif
