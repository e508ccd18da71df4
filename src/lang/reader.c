/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reader: what the parts of the parser share. */
#include "lang/reader.h"

#include <stdio.h>
#include <string.h>

bool
reader_joined(const struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];

	return (token->gap & (GAP_COMMA | GAP_LINE | GAP_PLUS | GAP_BRACKET)) == 0;
}

/* The K of K21 ends no phrase: KT K21 is two categories, not KTK 21. */
static bool
ends_in_code(const struct reader *reader, size_t at, size_t length)
{
	const struct parse *parse = reader->parse;
	size_t next = at + length;

	return length > 1 && reader_word(reader, WORD_CODE, next - 1) >= 0 && next < parse->count &&
	       parse->tokens[next].kind == TOKEN_NUMBER && parse->tokens[next].gap == 0;
}

size_t
reader_phrase(const struct reader *reader, enum word_kind kind, size_t at, size_t most, int *value)
{
	return reader_phrase_in(reader, kind, -1, at, most, value);
}

size_t
reader_phrase_in(const struct reader *reader, enum word_kind kind, int owner, size_t at, size_t most, int *value)
{
	const struct parse *parse = reader->parse;
	char key[TOKEN_SIZE * 2] = "";
	size_t length = 0, found = 0, taken = 0;

	*value = -1;
	while (length < most && at + length < parse->count && (length == 0 || reader_joined(reader, at + length))) {
		const struct token *token = &parse->tokens[at + length];
		size_t letters = strlen(token->text);

		/* KIRA2 is a phrase, ANAK 2 is none: only a glued digit can be part of one. */
		if (token->kind != TOKEN_WORD && (token->kind != TOKEN_NUMBER || token->gap != 0))
			break;
		if (taken + letters >= sizeof key)
			break;
		memcpy(key + taken, token->text, letters + 1);
		taken += letters;
		length++;
		int index = grammar_word_in(reader->grammar, kind, owner, key);
		if (index >= 0 && !ends_in_code(reader, at, length)) {
			*value = index;
			found = length;
		}
	}
	return found;
}

bool
reader_known(const struct reader *reader, size_t at)
{
	static const enum word_kind kinds[] = { WORD_UNDER, WORD_MARK, WORD_PASS };
	const struct grammar *grammar = reader->grammar;
	const char *key = reader->parse->tokens[at].text;
	int form = reader->parse->form;

	if (grammar_known(grammar, key))
		return true;
	for (size_t i = 0; form >= 0 && i < sizeof kinds / sizeof *kinds; i++)
		if (grammar_word_in(grammar, kinds[i], form, key) >= 0)
			return true;
	for (size_t i = 0; form >= 0 && i < grammar->forms[form].field_count; i++)
		if (grammar->forms[form].fields[i].type == FORM_OPTION &&
		    grammar_word_in(grammar, WORD_OPTION, grammar->forms[form].fields[i].choice, key) >= 0)
			return true;
	return false;
}

int
reader_word(const struct reader *reader, enum word_kind kind, size_t at)
{
	const struct parse *parse = reader->parse;

	if (at >= parse->count || parse->tokens[at].kind != TOKEN_WORD)
		return -1;
	return grammar_word(reader->grammar, kind, parse->tokens[at].text);
}

void
reader_span(const struct reader *reader, size_t at, size_t length, char *out, size_t size)
{
	const struct parse *parse = reader->parse;
	size_t start = parse->tokens[at].start;
	size_t end = parse->tokens[at + length - 1].end;

	snprintf(out, size, "%.*s", (int)(end - start), parse->folded + start);
}

void
reader_mark(struct reader *reader, size_t at, size_t length, enum reading reading)
{
	while (length-- != 0)
		reader->parse->readings[at++] = reading;
}

void
reader_note(const struct reader *reader, struct problem *problem, enum reject reject, size_t at, size_t length)
{
	if (problem->reject != REJECT_NONE)
		return;
	problem->reject = reject;
	problem->index = -1;
	problem->at = at;
	problem->length = length;
	reader_span(reader, at, length, problem->word, sizeof problem->word);
}

void
reader_problem(struct reader *reader, enum reject reject, size_t at, size_t length, int index)
{
	struct problem *problem = &reader->parse->reading;

	reader_mark(reader, at, length, READ_ERROR);
	if (problem->reject != REJECT_NONE)
		return;
	reader_note(reader, problem, reject, at, length);
	problem->index = index;
}
