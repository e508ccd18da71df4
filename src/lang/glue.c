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
cut_token(struct parse *parse, size_t at, size_t length)
{
	struct token *token = &parse->tokens[at];

	memmove(token + 1, token, (parse->count - at) * sizeof *token);
	parse->count++;
	token->text[length] = '\0';
	token->end = token->start + length;
	token[1].start = token->end;
	token[1].gap = 0;
	memmove(token[1].text, token[1].text + length, strlen(token[1].text + length) + 1);
}

/* DESARAWA, PMKSANAK: an unknown word is cut behind a mark only if the rest is exactly something (step 5). */
void
reader_unglue(struct reader *reader, size_t at)
{
	static const enum word_kind prefixes[] = { WORD_VILLAGE, WORD_DISTRICT, WORD_FAMILY, WORD_VERB };
	struct parse *parse = reader->parse;
	struct token *token = &parse->tokens[at];
	size_t length, i;
	char head[TOKEN_SIZE];

	if (token->kind != TOKEN_WORD || parse->count == TOKENS_MAX || grammar_known(reader->grammar, token->text) ||
	    (at > 0 && reader_word(reader, WORD_VILLAGE, at - 1) >= 0))
		return;
	for (length = strlen(token->text) - 1; length >= 2 && length < TOKEN_SIZE; length--) {
		memcpy(head, token->text, length);
		head[length] = '\0';
		for (i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
			struct token whole = *token;

			if (grammar_word(reader->grammar, prefixes[i], head) < 0)
				continue;
			cut_token(parse, at, length);
			if (completes(reader, prefixes[i], at + 1))
				return;
			memmove(token, token + 1, (parse->count - at - 1) * sizeof *token);
			parse->count--;
			*token = whole;
		}
	}
}
