/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_words: a sorted table of words, and how near a mistyped one is to another. */
#include "lang/grammar_words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/place.h"

#define SHORT_WORD 7            /* up to so many letters one edit is a typing error, in longer ones two */

char *
grammar_words_key(const char *phrase)
{
	char *key = fold_text(phrase, NULL);
	size_t used = 0;
	bool letters = false, strange = false;

	for (const char *c = key; *c != '\0'; c++) {
		if (isalnum((unsigned char)*c))
			key[used++] = *c;
		else if (strchr(" -/.", *c) == NULL)
			strange = true;
		letters = letters || isalpha((unsigned char)*c);
	}
	key[used] = '\0';
	if (strange || !letters || used > GRAMMAR_WORD_MAX) {
		free(key);
		return NULL;
	}
	return key;
}

void
grammar_words_add(struct word_table *table, const struct word *word)
{
	table->words = xgrow(table->words, table->count, sizeof *table->words);
	table->words[table->count] = *word;
	table->words[table->count].key = xstrdup(word->key);
	table->words[table->count].order = table->count;
	table->count++;
}

void
grammar_words_add_near(struct near_word **words, size_t *count, const char *key, int value)
{
	*words = xgrow(*words, *count, sizeof **words);
	(*words)[*count].key = xstrdup(key);
	(*words)[*count].value = value;
	++*count;
}

static int
compare(enum word_kind kind, const char *key, const struct word *word)
{
	if (kind != word->kind)
		return kind < word->kind ? -1 : 1;
	return strcmp(key, word->key);
}

/* Equals of qsort(3) have no order of their own: the one that was declared first comes first. */
static int
compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int order = compare(x->kind, x->key, y);

	if (order == 0)
		order = (x->order > y->order) - (x->order < y->order);
	return order;
}

void
grammar_words_sort(struct word_table *table)
{
	if (table->count > 1)
		qsort(table->words, table->count, sizeof *table->words, compare_words);
}

const struct word *
grammar_words_find(const struct word_table *table, enum word_kind kind, const char *key)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(kind, key, &table->words[middle]) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < table->count && compare(kind, key, &table->words[low]) == 0)
		return &table->words[low];
	return NULL;
}

int
grammar_words_near(const struct near_word *words, size_t count, const char *key)
{
	int found = -1;

	for (size_t i = 0; i < count; i++) {
		int most = strlen(words[i].key) <= SHORT_WORD ? 1 : 2;

		if (place_distance(key, words[i].key, most) > most || words[i].value == found)
			continue;
		if (found >= 0)
			return -1;
		found = words[i].value;
	}
	return found;
}

void
grammar_words_suggest(char out[80], const char *typed, const char *candidate, int *best)
{
	int distance = place_distance(typed, candidate, 2);

	if (distance <= 2 && distance < *best) {
		*best = distance;
		snprintf(out, 80, " (did you mean %.50s?)", candidate);
	}
}

static void
free_near(struct near_word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(words[i].key);
	free(words);
}

void
grammar_words_free(struct word_table *table)
{
	if (table == NULL)
		return;
	for (size_t i = 0; i < table->count; i++)
		free(table->words[i].key);
	free(table->words);
	free_near(table->categories, table->category_count);
	free_near(table->verbs, table->verb_count);
	free_near(table->secrets, table->secret_count);
	free(table);
}
