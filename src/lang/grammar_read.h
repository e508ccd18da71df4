/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_read: the statements of grammars/ become a struct grammar; grammar_check looks at the whole of it.
 * Between the two and grammar.c only. */
#ifndef LANG_GRAMMAR_READ_H
#define LANG_GRAMMAR_READ_H

#include "lang/grammar.h"
#include "lang/grammar_lines.h"
#include "lang/grammar_words.h"

/* What a grammar does not keep, but its checks need. Strings and lines belong to the lines that were read. */
struct grammar_notes {
	struct grammar_faults *faults;
	const struct grammar_line **category_lines;     /* by index; likewise below */
	const struct grammar_line **ambiguity_lines;
	const struct grammar_line **reply_lines;
	const struct grammar_line **zone_lines;
	int *ambiguity_lists;                           /* -1: in every list */
	const char **ambiguity_means;                   /* code of a category; NULL none */
	bool limits[LIMITS];                            /* set */
	const struct grammar_line *default_line;
	struct word_table fuzzy;                        /* words of categories and verbs that bear a typing error */
	struct word_table parts;                        /* single words of the categories' phrases */
};

/* Fills grammar from the lines; what cannot be understood is a fault and left out. */
void grammar_read(struct grammar *grammar, const struct grammar_lines *lines, struct grammar_notes *notes);
const char *grammar_limit_name(enum limit limit);
/* "stop" for the words of a "words stop"; NULL: words of that kind stand in other statements. */
const char *grammar_class_name(enum word_kind kind);
void grammar_notes_clear(struct grammar_notes *notes);

/* Finds what no single line can show, chooses the list (NULL: the default) and prepares the words for asking. */
void grammar_check(struct grammar *grammar, const char *dir, const char *list, struct grammar_notes *notes);

#endif
