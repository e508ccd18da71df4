/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_lines: the lines of grammars/ cut into pieces, and a list of what is wrong with them.
 * Knows what a quoted text and a comment are; knows no statement. */
#ifndef LANG_GRAMMAR_LINES_H
#define LANG_GRAMMAR_LINES_H

#include <stdbool.h>
#include <stddef.h>

enum piece_kind { PIECE_WORD, PIECE_TEXT /* was in quotes */, PIECE_COMMA };
struct piece { enum piece_kind kind; char *text; };

struct grammar_line {
	const char *file;               /* as opened */
	int number;
	bool indented;
	size_t piece_count;             /* at least one */
	struct piece *pieces;
};

struct grammar_lines {
	struct grammar_line *lines;     size_t count;
	char **files;                   size_t file_count;
};

#define GRAMMAR_FAULTS_MAX 20           /* more at once help nobody */

struct grammar_faults { char *text; size_t count; };

/* Adds "file:line: ..." (line 0: "file: ..."); after the last one that is shown, "and more". */
void grammar_fault(struct grammar_faults *faults, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds every line of every *.grammar file in dir, in the order of their names; lines that cannot be read are
 * faults and left out. */
void grammar_lines_read(struct grammar_lines *lines, const char *dir, struct grammar_faults *faults);
void grammar_lines_clear(struct grammar_lines *lines);

#endif
