/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_words: a sorted table of words, and how near a mistyped one is to another.
 * Knows no statement and no file; the loader fills it, grammar.c asks it. */
#ifndef LANG_GRAMMAR_WORDS_H
#define LANG_GRAMMAR_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "lang/grammar.h"

#define GRAMMAR_WORD_MAX 60             /* letters of a phrase without its blanks */

struct grammar_line;

struct word {
	char *key;
	enum word_kind kind;
	int value;
	size_t order;                   /* of adding */
	const struct grammar_line *line; /* only while loading */
};

/* A word that a mistyped one may mean. */
struct near_word { char *key; int value; };

struct word_table {
	struct word *words;             size_t count;
	struct near_word *categories;   size_t category_count;
	struct near_word *verbs;        size_t verb_count;
	struct near_word *secrets;      size_t secret_count;    /* value: edits within which it shows through */
};

/* The key of a phrase: folded, letters and digits only. The caller's; NULL: it has other characters than those,
 * blanks and - / . ' or is empty, too long or only digits. */
char *grammar_words_key(const char *phrase);

void grammar_words_add(struct word_table *table, const struct word *word);
void grammar_words_add_near(struct near_word **words, size_t *count, const char *key, int value);
/* By kind and key, in the order of adding where these are equal. */
void grammar_words_sort(struct word_table *table);
/* The first of that kind and key; others may follow it in the table. NULL: none. */
const struct word *grammar_words_find(const struct word_table *table, enum word_kind kind, const char *key);
/* The one value that key is near to: one edit from a word of up to 7 letters, two from 8; -1: none or several. */
int grammar_words_near(const struct near_word *words, size_t count, const char *key);
/* Writes " (did you mean CANDIDATE?)" if it is nearer to what was typed than *best, beginning with INT_MAX. */
void grammar_words_suggest(char out[80], const char *typed, const char *candidate, int *best);
void grammar_words_free(struct word_table *table);

#endif
