/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer: the one reply to an outcome: which text, with which values. The texts are the grammar's. */
#ifndef LANG_ANSWER_H
#define LANG_ANSWER_H

#include "lang/outcome.h"
#include "lang/rules.h"

/* A message of a form in a few words, without its texts: "LANSIA 5 SEMBAKO"; a secret category by its code. */
void answer_summary(const struct grammar *grammar, const struct form *form, const struct form_value *values,
		    char out[REPLY_SIZE]);
/* The same as one of a list. */
struct answer_line { long long no; const char *area /* "" as asked */; bool flagged, late; };
void answer_entry_line(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct form *form,
		       const struct form_value *values, const struct answer_line *about, char out[REPLY_SIZE]);

/* Fills outcome->reply; {no} is left out where a receipt will be drawn. */
void answer_compose(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
		    struct outcome *outcome);

/* A text of a form for somebody else, with everything but {no} and {lembaga}. */
void answer_told(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
		 struct outcome *outcome, int reply, struct reply_form *out);
/* What is offered of a form: "LAYAN LANSIA 5 SEMBAKO". */
void answer_offered(const struct grammar *grammar, const struct outcome *offered, char out[REPLY_SIZE]);
/* The question whether `offered` was meant instead of the word (folded; "" if it must not be repeated), or of the
 * numbers if those were unclear. */
void answer_offer(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
		  struct outcome *offered, const char *word, bool numbers, struct reply_form *out);

#endif
