/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_operator: what stands below "operator": whose SIMs, which code, and how its answers read. */
#include "lang/grammar_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"
#include "lang/operator.h"

#define CODE_MOST 31

void
grammar_operator_declare(struct grammar *grammar, const char *name)
{
	grammar->operators = xgrow(grammar->operators, grammar->operator_count, sizeof *grammar->operators);
	grammar->operators[grammar->operator_count++] = (struct operator){ .name = xstrdup(name) };
}

void
grammar_operator_free(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->operator_count; i++) {
		struct operator *operator = &grammar->operators[i];

		free(operator->name);
		for (size_t j = 0; j < operator->sim_count; j++)
			free(operator->sims[j]);
		for (int credit = 0; credit < CREDITS; credit++) {
			free(operator->codes[credit]);
			for (size_t j = 0; j < operator->pattern_counts[credit]; j++)
				free(operator->patterns[credit][j]);
		}
	}
	free(grammar->operators);
}

/* Behind a comma, or at the end of the line: *more. */
static bool
take_comma(struct cursor *cursor, bool *more)
{
	*more = cursor_peek(cursor) != NULL;
	return !*more || cursor_take(cursor, PIECE_COMMA, "a comma") != NULL;
}

/* sims 51001, 51021 */
bool
grammar_operator_sims(struct cursor *cursor, struct grammar *grammar, int index)
{
	struct operator *operator = &grammar->operators[index];
	bool more = true;

	while (more) {
		const char *digits = cursor_word(cursor, "the digits that an IMSI begins with");

		if (digits == NULL)
			return false;
		if (strlen(digits) < 5 || strlen(digits) > 6 || digits[strspn(digits, "0123456789")] != '\0')
			return cursor_wrong(cursor, "%.40s, expected the five or six digits of a country and network", digits);
		if (operator->sim_count == OPERATOR_SIMS_MAX)
			return cursor_wrong(cursor, "one too many, expected at most %d", OPERATOR_SIMS_MAX);
		operator->sims[operator->sim_count++] = xstrdup(digits);
		if (!take_comma(cursor, &more))
			return false;
	}
	return true;
}

/* balance "Pulsa Rp{n}", "Sisa Rp{n}" */
bool
grammar_operator_patterns(struct cursor *cursor, struct grammar *grammar, int index, enum credit credit)
{
	struct operator *operator = &grammar->operators[index];
	bool more = true;

	while (more) {
		const char *pattern = cursor_take(cursor, PIECE_TEXT, "a pattern in quotes"), *wrong;

		if (pattern == NULL)
			return false;
		if ((wrong = operator_pattern_check(pattern)) != NULL)
			return cursor_wrong(cursor, "the pattern %s", wrong);
		if (operator->pattern_counts[credit] == OPERATOR_PATTERNS_MAX)
			return cursor_wrong(cursor, "one pattern too many, expected at most %d", OPERATOR_PATTERNS_MAX);
		operator->patterns[credit][operator->pattern_counts[credit]++] = xstrdup(pattern);
		if (!take_comma(cursor, &more))
			return false;
	}
	return true;
}

/* balance-code "*888#" */
bool
grammar_operator_code(struct cursor *cursor, struct grammar *grammar, int index, enum credit credit)
{
	const char *code = cursor_take(cursor, PIECE_TEXT, "a code in quotes");

	if (code == NULL)
		return false;
	if (strlen(code) < 2 || strlen(code) > CODE_MOST || code[strspn(code, "*#0123456789")] != '\0')
		return cursor_wrong(cursor, "%.40s, expected a code of *, # and digits such as *888#", code);
	grammar->operators[index].codes[credit] = xstrdup(code);
	return cursor_end(cursor);
}
