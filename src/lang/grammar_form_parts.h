/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_form_parts: what reading a form's lines (grammar_form.c) and looking at the whole of it (grammar_form_check.c)
 * share. */
#ifndef LANG_GRAMMAR_FORM_PARTS_H
#define LANG_GRAMMAR_FORM_PARTS_H

#include "lang/grammar_read.h"

enum form_line {
	LINE_WORDS, LINE_UNDER, LINE_WHO, LINE_FIELD, LINE_BOUND, LINE_RULE, LINE_PLACE, LINE_PERIOD, LINE_UNIQUE,
	LINE_OVERLAP, LINE_FOLLOWS, LINE_SERIES, LINE_ANSWER, LINE_FORMAT, LINE_RESULT, LINE_PASS, LINE_TELLS, LINE_BESIDE, LINE_DUE, LINE_WHILE, LINE_PAGES,
	LINE_HELP,
	LINES
};

/* The name of a statement below "form"; must: there has to be one. */
const char *grammar_form_line_name(enum form_line line, bool *must);

#endif
