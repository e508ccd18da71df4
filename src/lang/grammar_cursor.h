/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_cursor: the pieces of a grammar's line, one after the other. What does not fit is a fault of that line.
 * Knows no statement. Between grammar_read and grammar_form only. */
#ifndef LANG_GRAMMAR_CURSOR_H
#define LANG_GRAMMAR_CURSOR_H

#include "lang/grammar_lines.h"

struct cursor {
	struct grammar_faults *faults;
	const struct grammar_line *line;
	size_t at;                              /* its next piece */
};

/* Notes a fault of the line; false, so that it can be returned. */
bool cursor_wrong(struct cursor *cursor, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The next piece, NULL at the end of the line. */
const struct piece *cursor_peek(const struct cursor *cursor);
/* Takes the next piece if it is of that kind; NULL: it is not, a fault. expected ends the sentence "..., expected". */
const char *cursor_take(struct cursor *cursor, enum piece_kind kind, const char *expected);
const char *cursor_word(struct cursor *cursor, const char *expected);
/* Takes the next piece if it is that word, and says nothing if it is not. */
bool cursor_skip(struct cursor *cursor, const char *word);
bool cursor_this(struct cursor *cursor, const char *word);
bool cursor_number(struct cursor *cursor, const char *what, long least, long most, long *out);
/* 5..18, the smaller first. what: "ages". */
bool cursor_range(struct cursor *cursor, const char *what, long most, long *from, long *to);
bool cursor_end(struct cursor *cursor);
/* The next words up to a comma as one phrase in out; false: a fault, or nothing left (*out == '\0'). A comma at
 * the end is no fault: the list goes on in the next line. */
bool cursor_phrase(struct cursor *cursor, char *out, size_t size);

/* Digits only, within the bounds. */
bool cursor_to_number(const char *word, long least, long most, long *out);

#endif
