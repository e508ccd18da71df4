/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_lines: the lines of grammars/ cut into pieces. Knows no statement. */
#include "lang/grammar_lines.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define FILE_MAX_BYTES (1u << 20)
#define LINE_MAX_BYTES 1000

void
grammar_fault(struct grammar_faults *faults, const char *file, int line, const char *format, ...)
{
	char what[512], where[24] = "", *longer;
	va_list args;

	faults->count++;
	if (faults->count > GRAMMAR_FAULTS_MAX + 1)
		return;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	if (line > 0)
		snprintf(where, sizeof where, ":%d", line);
	if (faults->count <= GRAMMAR_FAULTS_MAX)
		longer = xasprintf("%s%s%s%s: %s", faults->text != NULL ? faults->text : "",
				   faults->text != NULL ? "\n" : "", file, where, what);
	else
		longer = xasprintf("%s\nand more; these first", faults->text);
	free(faults->text);
	faults->text = longer;
}

static void
add_piece(struct grammar_line *line, enum piece_kind kind, const char *text, size_t length)
{
	line->pieces = xgrow(line->pieces, line->piece_count, sizeof *line->pieces);
	line->pieces[line->piece_count].kind = kind;
	line->pieces[line->piece_count].text = xstrndup(text, length);
	line->piece_count++;
}

static void
clear_pieces(struct grammar_line *line)
{
	for (size_t i = 0; i < line->piece_count; i++)
		free(line->pieces[i].text);
	free(line->pieces);
}

/* false: a quoted text does not end. */
static bool
cut(struct grammar_line *line, const char *c)
{
	while (*c != '\0' && *c != '#') {
		size_t length = 1;

		if (*c == '"') {
			length = strcspn(c + 1, "\"");
			if (c[length + 1] == '\0')
				return false;
			add_piece(line, PIECE_TEXT, c + 1, length);
			length += 2;
		} else if (*c == ',') {
			add_piece(line, PIECE_COMMA, c, 1);
		} else if (*c != ' ' && *c != '\t') {
			length = strcspn(c, " \t,\"#");
			add_piece(line, PIECE_WORD, c, length);
		}
		c += length;
	}
	return true;
}

static bool
has_control(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (((unsigned char)text[i] < ' ' && text[i] != '\t') || text[i] == 0x7F)
			return true;
	return false;
}

static void
read_line(struct grammar_lines *lines, const char *file, int number, const char *text, size_t length,
	  struct grammar_faults *faults)
{
	struct grammar_line line = { .file = file, .number = number };
	char copy[LINE_MAX_BYTES + 1];

	if (length > 0 && text[length - 1] == '\r')
		length--;
	if (length > LINE_MAX_BYTES) {
		grammar_fault(faults, file, number, "the line has %zu bytes, expected at most %d", length,
			      LINE_MAX_BYTES);
		return;
	}
	if (has_control(text, length)) {
		grammar_fault(faults, file, number, "a control character, expected plain text");
		return;
	}
	memcpy(copy, text, length);
	copy[length] = '\0';
	line.indented = copy[0] == ' ' || copy[0] == '\t';
	if (!cut(&line, copy)) {
		grammar_fault(faults, file, number, "a quoted text does not end, expected \" before the end of the line");
	} else if (line.piece_count > 0) {
		lines->lines = xgrow(lines->lines, lines->count, sizeof *lines->lines);
		lines->lines[lines->count++] = line;
		return;
	}
	clear_pieces(&line);
}

static void
cut_lines(struct grammar_lines *lines, const char *file, const char *text, size_t length, struct grammar_faults *faults)
{
	const char *end = text + length;
	int number = 1;

	if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	for (; text < end && faults->count <= GRAMMAR_FAULTS_MAX; number++) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));

		if (stop == NULL)
			stop = end;
		read_line(lines, file, number, text, (size_t)(stop - text), faults);
		text = stop + 1;
	}
}

static void
read_file(struct grammar_lines *lines, const char *file, struct grammar_faults *faults)
{
	FILE *stream = fopen(file, "re");
	char *text;
	size_t length;

	if (stream == NULL && errno == ENOMEM)
		memory_gone();
	if (stream == NULL) {
		grammar_fault(faults, file, 0, "%s, expected a file that can be read", strerror(errno));
		return;
	}
	text = xcalloc(FILE_MAX_BYTES + 1, 1);
	length = fread(text, 1, FILE_MAX_BYTES + 1, stream);
	if (ferror(stream))
		grammar_fault(faults, file, 0, "%s, expected a file that can be read", strerror(errno));
	else if (length > FILE_MAX_BYTES)
		grammar_fault(faults, file, 0, "the file is larger than 1 MiB, expected a grammar");
	else
		cut_lines(lines, file, text, length, faults);
	free(text);
	fclose(stream);
}

static int
is_grammar(const struct dirent *entry)
{
	const char *end = strrchr(entry->d_name, '.');

	return end != NULL && end != entry->d_name && strcmp(end, ".grammar") == 0;
}

/* Not alphasort(3): the order must not depend on the locale. */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

void
grammar_lines_read(struct grammar_lines *lines, const char *dir, struct grammar_faults *faults)
{
	struct dirent **entries = NULL;
	int count = scandir(dir, &entries, is_grammar, by_name);

	if (count < 0 && errno == ENOMEM)
		memory_gone();
	if (count < 0)
		grammar_fault(faults, dir, 0, "%s, expected a directory with grammar files", strerror(errno));
	else if (count == 0)
		grammar_fault(faults, dir, 0, "no file, expected some that end in .grammar");
	for (int i = 0; i < count; i++) {
		char *file = xasprintf("%s/%s", dir, entries[i]->d_name);

		lines->files = xgrow(lines->files, lines->file_count, sizeof *lines->files);
		lines->files[lines->file_count++] = file;
		read_file(lines, file, faults);
		free(entries[i]);
	}
	free(entries);
}

void
grammar_lines_clear(struct grammar_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		clear_pieces(&lines->lines[i]);
	for (size_t i = 0; i < lines->file_count; i++)
		free(lines->files[i]);
	free(lines->lines);
	free(lines->files);
	memset(lines, 0, sizeof *lines);
}
