/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rules: what a reading means for this sender (domain section 4), in the order in which one message's errors are
 * named. They do not act: they fill an outcome. Pure; what the store knows comes in between two steps. */
#ifndef LANG_RULES_H
#define LANG_RULES_H

#include "lang/outcome.h"
#include "lang/parse.h"

enum standing { STANDING_STRANGER, STANDING_WAITING, STANDING_ACTIVE };

struct who {
	enum standing standing;
	int role;                       /* index into the grammar's roles; -1 for strangers and waiting ones */
	struct asker asker;
};

/* First step: everything that needs no stored value. Leaves a rejection, or what is to be done with the items'
 * `old` still NO_VALUE. characters: length of the text as typed. */
void rules_check(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
		 const struct parse *parse, size_t characters, struct outcome *out);

/* Second step, after the store has filled items[].old of a report, or cancels (0: no such receipt) of a BATAL:
 * rules 31, 32, 35, 37, 38. May turn the outcome into a rejection. */
void rules_conclude(const struct parse *parse, struct outcome *out);

/* Turns the outcome into "there is nothing of the kind" (E_TIDAK_ADA). */
void rules_forget(struct outcome *out);

#endif
