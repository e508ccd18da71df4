/* SPDX-License-Identifier: GPL-3.0-or-later */
/* minutes: the parts of minutes, KEG: ...; KOOR: ...; and what is missing of them. Pure. */
#ifndef LANG_MINUTES_H
#define LANG_MINUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "lang/grammar.h"
#include "lang/lex.h"

/* Where the parts stand among the tokens of a text: label from `label`, what it says from `first` up to `end`. */
struct minutes_cut {
	int set;                        /* of the grammar's: the one that most labels belong to; -1 there are none */
	size_t count;
	struct { int part; size_t label, first, end; } parts[MINUTES_PARTS_MAX];
};

/* The tokens from `at` on. */
void minutes_cut(const struct grammar *grammar, const char *folded, const struct token *tokens, size_t at, size_t count,
		 struct minutes_cut *out);
/* Whether the part is there. */
bool minutes_has(const struct minutes_cut *cut, int part);

/* Two texts as one: what the later says of a part takes the place of the earlier; parts come in the order of the set. A
 * text without parts, or of another set, stands behind the earlier. The caller's. */
char *minutes_merge(const struct grammar *grammar, const char *earlier, const char *later);
/* "DANA, PIHAK": parts of the set that a text does not have; "" also if it has none at all. */
void minutes_missing(const struct grammar *grammar, const char *text, char *out, size_t size);

#endif
