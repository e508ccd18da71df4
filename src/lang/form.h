/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form: what a message says for the fields of a structured report that a grammar file declares. Which forms there are
 * is the grammar's; form.c reads, form_rules.c judges, form_text.c writes. */
#ifndef LANG_FORM_H
#define LANG_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "lang/grammar.h"

struct form_value {
	bool given;
	long number;                    /* count, case; date as 20261027; -1: more digits than anything counted has */
	long from;                      /* RALAT ... 3 JADI 5: 3; -1 */
	int index;                      /* category, option */
	int unit;                       /* typed with the number; -1 */
	size_t count;                   /* of numbers[]: ascending, each once */
	long numbers[FORM_LIST_MAX];
	long outside;                   /* numbers: one that is not in the field's range; -1 */
	const char *text;               /* as typed; whose it is says whoever has the value */
};

/* Numbers, option, text, ... are the same; the way they were typed does not matter. */
bool form_value_equal(const struct form_field *field, const struct form_value *a, const struct form_value *b);

#endif
