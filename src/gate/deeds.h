/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds: what the store must say before the rules conclude, and what an outcome changes in it, for the verbs beside
 * plain reports: locks, overlaps, settlements, cases, registrations, meetings, counts. Part of the desk. */
#ifndef GATE_DEEDS_H
#define GATE_DEEDS_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/outcome.h"
#include "lang/parse.h"
#include "lang/rules.h"
#include "store/people.h"
#include "store/record.h"

struct store;

struct deed {
	struct store *store;
	const struct grammar *grammar;
	const struct gazetteer *gazetteer;
	const struct who *who;
	const struct person *person;
	const char *phone;              /* the sender's */
	const struct parse *parse;
	struct outcome *outcome;
	int64_t inbox, wall, received;  /* time of the message, of its arrival */
	bool hold;                      /* nothing of it goes out (try) */
};

/* The key of an item for the sender's organisation, and where and when the outcome is about. Borrows from the deed. */
struct record_key deeds_key(const struct deed *deed, const struct outcome_item *item);

/* Before rules_conclude(): is the period locked, who else reported, is there such a request or meeting, what are the
 * counts. Fills the outcome. 0 or -errno. */
int deeds_ask(const struct deed *deed) __attribute__((warn_unused_result));

/* Applies the effect, inside the caller's transaction; draws numbers into the reply and the fields. 0 or -errno. */
int deeds_do(const struct deed *deed) __attribute__((warn_unused_result));

/* Tells at once of figures above the threshold of their category ("alert"), and of those that fell from there; once per
 * receipt. Inside the caller's transaction, after EFFECT_RECORD was applied. 0 or -errno. */
int deeds_alert(const struct deed *deed, int64_t receipt) __attribute__((warn_unused_result));

#endif
