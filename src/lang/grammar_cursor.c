/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_cursor: the pieces of a grammar's line, one after the other. Knows no statement. */
#include "lang/grammar_cursor.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
cursor_wrong(struct cursor *cursor, const char *format, ...)
{
	char what[400];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	grammar_fault(cursor->faults, cursor->line->file, cursor->line->number, "%s", what);
	return false;
}

const struct piece *
cursor_peek(const struct cursor *cursor)
{
	return cursor->at < cursor->line->piece_count ? &cursor->line->pieces[cursor->at] : NULL;
}

const char *
cursor_take(struct cursor *cursor, enum piece_kind kind, const char *expected)
{
	const struct piece *piece = cursor_peek(cursor);

	if (piece == NULL) {
		cursor_wrong(cursor, "the line ends, expected %s", expected);
		return NULL;
	}
	if (piece->kind != kind) {
		cursor_wrong(cursor, piece->kind == PIECE_TEXT ? "\"%.40s\" in quotes, expected %s" :
			     "%.40s, expected %s", piece->text, expected);
		return NULL;
	}
	cursor->at++;
	return piece->text;
}

const char *
cursor_word(struct cursor *cursor, const char *expected)
{
	return cursor_take(cursor, PIECE_WORD, expected);
}

bool
cursor_skip(struct cursor *cursor, const char *word)
{
	const struct piece *piece = cursor_peek(cursor);

	if (piece == NULL || piece->kind != PIECE_WORD || strcmp(piece->text, word) != 0)
		return false;
	cursor->at++;
	return true;
}

bool
cursor_this(struct cursor *cursor, const char *word)
{
	const struct piece *piece = cursor_peek(cursor);

	return cursor_skip(cursor, word) ||
	       cursor_wrong(cursor, "%.40s, expected \"%s\"", piece != NULL ? piece->text : "the line ends", word);
}

bool
cursor_to_number(const char *word, long least, long most, long *out)
{
	char *end;

	if (!isdigit((unsigned char)word[0]) || strlen(word) > 9)
		return false;
	*out = strtol(word, &end, 10);
	return *end == '\0' && *out >= least && *out <= most;
}

bool
cursor_number(struct cursor *cursor, const char *what, long least, long most, long *out)
{
	const char *word = cursor_word(cursor, what);

	if (word == NULL)
		return false;
	if (!cursor_to_number(word, least, most, out))
		return cursor_wrong(cursor, "%.40s, expected %s from %ld to %ld", word, what, least, most);
	return true;
}

bool
cursor_range(struct cursor *cursor, const char *what, long most, long *from, long *to)
{
	char expected[60], low[16];
	const char *range, *dots;

	snprintf(expected, sizeof expected, "%s such as 5..18", what);
	range = cursor_word(cursor, expected);
	if (range == NULL)
		return false;
	dots = strstr(range, "..");
	if (dots == NULL || (size_t)(dots - range) >= sizeof low)
		return cursor_wrong(cursor, "%.40s, expected %s", range, expected);
	snprintf(low, sizeof low, "%.*s", (int)(dots - range), range);
	if (!cursor_to_number(low, 0, most, from) || !cursor_to_number(dots + 2, 0, most, to) || *from > *to)
		return cursor_wrong(cursor, "%.40s, expected %s from 0 to %ld, the smaller first", range, what, most);
	return true;
}

bool
cursor_end(struct cursor *cursor)
{
	const struct piece *piece = cursor_peek(cursor);

	if (piece != NULL)
		return cursor_wrong(cursor, "%.40s is too much, expected the end of the line", piece->text);
	return true;
}

bool
cursor_phrase(struct cursor *cursor, char *out, size_t size)
{
	size_t used = 0;
	const struct piece *piece = cursor_peek(cursor);

	out[0] = '\0';
	if (piece == NULL)
		return false;
	for (; piece != NULL && piece->kind != PIECE_COMMA; piece = cursor_peek(cursor)) {
		const char *word = cursor_word(cursor, "a word without quotes");

		if (word == NULL)
			return false;
		used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? " " : "", word);
		if (used >= size)
			return cursor_wrong(cursor, "a phrase longer than %zu letters", size - 1);
	}
	if (used == 0)
		return cursor_wrong(cursor, "nothing before the comma, expected a word");
	if (piece != NULL)
		cursor->at++;
	return true;
}
