/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glue: words that were typed without a blank between them are cut apart, where only one cut makes sense. */
#include "lang/reader.h"

#include <string.h>

#define PHRASE_MAX 5

/* Whether exactly a category, kecamatan or village begins with the letters. */
static bool
completes(const struct reader *reader, enum word_kind prefix, size_t at)
{
	struct place_answer answer;
	const char *code;
	int value;

	if (prefix == WORD_VILLAGE)
		return locate_exact(reader, at, PLACE_ANY, &code) != 0;
	if (prefix == WORD_DISTRICT) {
		place_find_district(reader->gazetteer, "", reader->parse->tokens[at].text, true, &answer);
		return answer.verdict == PLACE_FOUND;
	}
	return reader_phrase(reader, WORD_CATEGORY, at, PHRASE_MAX, &value) != 0;
}

/* Cuts the token behind `length` letters in two. */
static void
cut_token(struct reader *reader, size_t at, size_t length)
{
	struct parse *parse = reader->parse;
	struct token *token = &parse->tokens[at];

	memmove(token + 1, token, (parse->count - at) * sizeof *token);
	parse->count++;
	token->text[length] = '\0';
	token->end = token->start + length;
	token[1].start = token->end;
	token[1].gap = 0;
	memmove(token[1].text, token[1].text + length, strlen(token[1].text + length) + 1);
	token->next = token[1].text[0];
	locate_forget(reader);
}

static void
join_token(struct reader *reader, size_t at, const struct token *whole)
{
	struct parse *parse = reader->parse;

	memmove(&parse->tokens[at], &parse->tokens[at + 1], (parse->count - at - 1) * sizeof *whole);
	parse->count--;
	parse->tokens[at] = *whole;
	locate_forget(reader);
}

/* Whether the token is the end of a village's exact name. */
static bool
ends_village(const struct reader *reader, size_t at)
{
	const char *code;
	size_t i;

	for (i = 0; i < PLACE_TOKENS_MAX && i <= at; i++)
		if (locate_exact(reader, at - i, PLACE_ANY, &code) == i + 1)
			return true;
	return false;
}

static bool
number_follows(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;

	return at + 1 < parse->count && (parse->tokens[at + 1].kind == TOKEN_PAIR || number_begins(reader, at + 1) ||
					 (parse->tokens[at + 1].kind == TOKEN_WORD &&
					  place_roman(parse->tokens[at + 1].text) != 0));
}

/* How many letters of the token stand before a word of that kind at its end; 0: none does. */
static size_t
letters_before(const struct reader *reader, size_t at, enum word_kind kind)
{
	const char *text = reader->parse->tokens[at].text;
	size_t length;

	for (length = 2; length < strlen(text); length++)
		if (grammar_word(reader->grammar, kind, text + length) >= 0)
			return length;
	return 0;
}

bool
reader_ends_in_part(const struct reader *reader, size_t at)
{
	return reader->parse->tokens[at].kind == TOKEN_WORD && number_follows(reader, at) &&
	       (letters_before(reader, at, WORD_RT) != 0 || letters_before(reader, at, WORD_RW) != 0);
}

int
reader_category_near(const struct reader *reader, size_t at)
{
	return reader_ends_in_part(reader, at) ? -1 :
	       grammar_category_near(reader->grammar, reader->parse->tokens[at].text);
}

/* LANSIART 2, RAWART 2, PENGUNGSIKK 3: RT, RW or a unit glued to the end of a word, a number behind it. */
static bool
cut_end(struct reader *reader, size_t at)
{
	static const enum word_kind ends[] = { WORD_RT, WORD_RW, WORD_UNIT };
	struct parse *parse = reader->parse;
	struct token whole = parse->tokens[at];
	size_t i, length;

	for (i = 0; i < sizeof ends / sizeof *ends && number_follows(reader, at); i++) {
		length = letters_before(reader, at, ends[i]);
		if (length == 0)
			continue;
		cut_token(reader, at, length);
		if (grammar_known(reader->grammar, parse->tokens[at].text) || ends_village(reader, at))
			return true;
		join_token(reader, at, &whole);
	}
	return false;
}

/* DESARAWA, PMKSANAK, and 12 KKMISKIN: a word is cut behind a mark only if the rest is exactly something (step 5). */
static void
cut_begin(struct reader *reader, size_t at)
{
	static const enum word_kind prefixes[] = { WORD_VILLAGE, WORD_DISTRICT, WORD_FAMILY, WORD_VERB, WORD_UNIT };
	struct parse *parse = reader->parse;
	struct token whole = parse->tokens[at];
	bool counted = at > 0 && parse->tokens[at - 1].kind == TOKEN_NUMBER;
	size_t length, i;
	char head[TOKEN_SIZE];

	for (length = strlen(whole.text) - 1; length >= 2 && length < TOKEN_SIZE; length--) {
		memcpy(head, whole.text, length);
		head[length] = '\0';
		for (i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
			if (grammar_word(reader->grammar, prefixes[i], head) < 0 || (prefixes[i] == WORD_UNIT && !counted))
				continue;
			cut_token(reader, at, length);
			if (completes(reader, prefixes[i], at + 1))
				return;
			join_token(reader, at, &whole);
		}
	}
}

void
reader_unglue(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	const struct token *token = &parse->tokens[at];

	if (token->kind != TOKEN_WORD || parse->count == TOKENS_MAX || grammar_known(reader->grammar, token->text) ||
	    cut_end(reader, at))
		return;
	if (at == 0 || reader_word(reader, WORD_VILLAGE, at - 1) < 0)
		cut_begin(reader, at);
}
