/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number: digits and number words to a value: 25, DUA PULUH LIMA, DUAPULUHLIMA, SELAWE, 2 RIBU, 4 (EMPAT). */
#include "lang/reader.h"

#include <string.h>

#define PARTS_MAX 24

/* Number words in a row, some of them glued together in one token. */
struct part { const struct numeral *numeral; size_t token; };
struct parts { struct part part[PARTS_MAX]; size_t count; };

/* Splits a token into number words: DUAPULUHLIMA. All of it or nothing. */
static bool
split_word(const struct reader *reader, const char *word, size_t token, struct parts *parts)
{
	size_t length = strlen(word), before = parts->count;
	char head[TOKEN_SIZE];

	if (length == 0)
		return true;
	if (parts->count == PARTS_MAX)
		return false;
	for (; length >= 2; length--) {
		memcpy(head, word, length);
		head[length] = '\0';
		int index = grammar_numeral(reader->grammar, head, reader->asker->area);
		if (index < 0)
			continue;
		parts->part[parts->count++] = (struct part){ &reader->grammar->numerals[index], token };
		if (split_word(reader, word + length, token, parts))
			return true;
		parts->count = before;
	}
	return false;
}

static void
collect(const struct reader *reader, size_t at, struct parts *parts)
{
	const struct parse *parse = reader->parse;
	size_t first = at;

	parts->count = 0;
	while (at < parse->count && parse->tokens[at].kind == TOKEN_WORD &&
	       (at == first || reader_joined(reader, at)) && split_word(reader, parse->tokens[at].text, at, parts))
		at++;
}

static bool
is_times(const struct parts *parts, size_t i, int factor)
{
	return i < parts->count && parts->part[i].numeral->kind == NUMERAL_TIMES &&
	       parts->part[i].numeral->value == factor;
}

/* A plain value in that range, or -1. */
static int
value_at(const struct parts *parts, size_t i, int least, int most)
{
	const struct numeral *numeral;

	if (i >= parts->count)
		return -1;
	numeral = parts->part[i].numeral;
	return numeral->kind == NUMERAL_VALUE && numeral->value >= least && numeral->value <= most ? numeral->value : -1;
}

/* A unit digit that is not itself multiplied by what follows. */
static int
unit_at(const struct parts *parts, size_t i)
{
	bool multiplied = i + 1 < parts->count && parts->part[i + 1].numeral->kind != NUMERAL_VALUE &&
			  parts->part[i + 1].numeral->value != 1000;

	return multiplied ? -1 : value_at(parts, i, 1, 9);
}

/* 1 to 99: how many parts it takes. */
static size_t
read_tens(const struct parts *parts, size_t i, long *value)
{
	int v = value_at(parts, i, 0, 99);
	size_t taken = 1;

	if (v < 0)
		return 0;
	if (v >= 1 && v <= 9 && i + 1 < parts->count && parts->part[i + 1].numeral->kind == NUMERAL_TEEN) {
		*value = v + parts->part[i + 1].numeral->value;
		return 2;
	}
	if (v >= 1 && v <= 9 && is_times(parts, i + 1, 10)) {
		v *= 10;
		taken = 2;
	}
	if ((v >= 20 || parts->part[i].numeral->leads) && v % 10 == 0 && unit_at(parts, i + taken) > 0)
		v += unit_at(parts, i + taken++);
	*value = v;
	return taken;
}

/* 1 to 999. */
static size_t
read_hundreds(const struct parts *parts, size_t i, long *value)
{
	long hundreds = 0, rest;
	size_t taken = 0, more;

	if (value_at(parts, i, 100, 100) == 100) {
		hundreds = 100;
		taken = 1;
	} else if (value_at(parts, i, 1, 9) > 0 && is_times(parts, i + 1, 100)) {
		hundreds = value_at(parts, i, 1, 9) * 100L;
		taken = 2;
	}
	more = read_tens(parts, i + taken, &rest);
	if (more == 0 || (taken != 0 && rest == 0)) {
		*value = hundreds;
		return taken;
	}
	*value = hundreds + rest;
	return taken + more;
}

/* 0 to 999,999. */
static size_t
read_words(const struct parts *parts, size_t i, long *value)
{
	long head = 0, rest;
	size_t taken, more;

	if (value_at(parts, i, 1000, 1000) == 1000) {
		head = 1000;
		taken = 1;
	} else {
		taken = read_hundreds(parts, i, &head);
		if (taken == 0 || head == 0 || !is_times(parts, i + taken, 1000)) {
			*value = head;
			return taken;
		}
		head *= 1000;
		taken++;
	}
	more = read_hundreds(parts, i + taken, &rest);
	*value = head + (more != 0 ? rest : 0);
	return taken + more;
}

/* Whether a token ends behind so many parts: a glued word is read whole or not at all. */
static bool
ends_token(const struct parts *parts, size_t taken)
{
	return taken == parts->count || parts->part[taken].token != parts->part[taken - 1].token;
}

/* What may follow digits with PULUH, RATUS or RIBU, less than these: 3 PULUH LIMA, but not 3 PULUH DUA PULUH. */
static size_t
read_rest(const struct parts *parts, int factor, long *rest)
{
	size_t taken;

	if (factor == 1000)
		taken = read_hundreds(parts, 1, rest);
	else if (factor == 100)
		taken = read_tens(parts, 1, rest);
	else
		taken = unit_at(parts, 1) > 0 ? 1 : 0;
	if (taken == 0)
		*rest = 0;
	else if (factor == 10)
		*rest = unit_at(parts, 1);
	return taken;
}

/* Number words from a token on. */
static size_t
words_read(const struct reader *reader, size_t at, long *value, int *unit, bool *nihil)
{
	struct parts parts;
	size_t taken;

	collect(reader, at, &parts);
	taken = read_words(&parts, 0, value);
	if (taken == 0 || !ends_token(&parts, taken))
		return 0;
	*unit = parts.part[0].numeral->unit;
	*nihil = *value == 0 && reader_word(reader, WORD_VERB, at) == VERB_NIHIL;
	return parts.part[taken - 1].token - at + 1;
}

static size_t multiply(const struct reader *reader, size_t at, long *value);

/* Digits that are multiplied by less: the 2 RATUS of 1 RIBU 2 RATUS. A bare number is another one. */
static size_t
multiplied_rest(const struct reader *reader, size_t at, long factor, long *value)
{
	const struct parse *parse = reader->parse;
	size_t taken;
	long rest;

	if (at >= parse->count || parse->tokens[at].kind != TOKEN_NUMBER || !reader_joined(reader, at))
		return 0;
	rest = parse->tokens[at].a;
	taken = multiply(reader, at + 1, &rest);
	if (taken == 0 || rest >= factor)
		return 0;
	*value += rest;
	return 1 + taken;
}

/* 2 RB, 3 PULUH, 2 RIBU LIMA RATUS. */
static size_t
multiply(const struct reader *reader, size_t at, long *value)
{
	struct parts parts;
	long rest = 0;
	size_t taken;

	if (at >= reader->parse->count || !reader_joined(reader, at) || *value < 1 || *value > 999)
		return 0;
	collect(reader, at, &parts);
	if (parts.count == 0 || parts.part[0].numeral->kind == NUMERAL_VALUE)
		return 0;
	if (parts.part[0].numeral->kind == NUMERAL_TEEN) {
		if (*value > 9 || !ends_token(&parts, 1))
			return 0;
		*value += parts.part[0].numeral->value;
		return 1;
	}
	taken = 1 + read_rest(&parts, parts.part[0].numeral->value, &rest);
	if (!ends_token(&parts, taken))
		return 0;
	*value = *value * parts.part[0].numeral->value + rest;
	taken = parts.part[taken - 1].token - at + 1;
	return rest != 0 ? taken : taken + multiplied_rest(reader, at + taken, parts.part[0].numeral->value, value);
}

static size_t
plain_read(const struct reader *reader, size_t at, long *value, int *unit, bool *nihil)
{
	const struct token *token = &reader->parse->tokens[at];

	*unit = -1;
	*nihil = false;
	if (token->kind == TOKEN_WORD)
		return words_read(reader, at, value, unit, nihil);
	if (token->kind != TOKEN_NUMBER)
		return 0;
	*value = token->a;
	return 1 + multiply(reader, at + 1, value);
}

bool
number_begins(const struct reader *reader, size_t at)
{
	long value;
	int unit;
	bool nihil;

	return at < reader->parse->count && plain_read(reader, at, &value, &unit, &nihil) != 0;
}

/* Whether the bracket that a repetition stands in ends soon behind it: (EMPAT), (EMPAT ORANG). */
static bool
is_closed(const struct reader *reader, size_t at)
{
	const char *behind = reader->parse->folded + reader->parse->tokens[at].end;
	size_t length = strcspn(behind, "()\n0123456789");

	return length <= 12 && behind[length] == ')';
}

size_t
number_read(struct reader *reader, size_t at, long *value, int *unit, bool *nihil)
{
	size_t taken = plain_read(reader, at, value, unit, nihil);
	size_t next = at + taken, repeated;
	long again;
	int other_unit;
	bool other_nihil;

	if (taken == 0)
		return 0;
	reader_mark(reader, at, taken, READ_NUMBER);
	if (next < reader->parse->count && (reader->parse->tokens[next].gap & GAP_BRACKET) != 0) {
		repeated = plain_read(reader, next, &again, &other_unit, &other_nihil);
		if (repeated != 0 && again == *value && is_closed(reader, next + repeated - 1)) {
			reader_mark(reader, next, repeated, READ_REPEATED);
			taken += repeated;
		}
	}
	return taken;
}
