/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer: the one reply to an outcome: which text, with which values. The texts are the grammar's. */
#ifndef LANG_ANSWER_H
#define LANG_ANSWER_H

#include "lang/outcome.h"
#include "lang/rules.h"

/* Fills outcome->reply; {no} is left out where a receipt will be drawn. */
void answer_compose(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
		    struct outcome *outcome);

/* The question whether `offered` was meant instead of the word (folded; "" if it must not be repeated), or of the
 * numbers if those were unclear. */
void answer_offer(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
		  struct outcome *offered, const char *word, bool numbers, struct reply_form *out);

#endif
