/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet: reads CSV and TSV files. */
#include "store/sheet.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/xmalloc.h"

int
sheet_open(struct sheet *sheet, const char *file, char separator, char **error)
{
	*sheet = (struct sheet){.file = file, .separator = separator, .stream = fopen(file, "re")};
	if (sheet->stream == NULL) {
		int reason = errno;
		*error = xasprintf("%s: %s", file, strerror(reason));
		return -reason;
	}
	return 0;
}

void
sheet_close(struct sheet *sheet)
{
	if (sheet->stream != NULL)
		fclose(sheet->stream);
	free(sheet->buffer);
	*sheet = (struct sheet){0};
}

int
sheet_wrong(const struct sheet *sheet, char **error, const char *format, ...)
{
	va_list args;
	char *what = NULL;

	va_start(args, format);
	if (vasprintf(&what, format, args) < 0)
		what = NULL;
	va_end(args);
	*error = xasprintf("%s:%d: %s", sheet->file, sheet->line, what != NULL ? what : "");
	free(what);
	return -EINVAL;
}

static int
valid_utf8(const char *text, size_t length)
{
	utf8proc_int32_t codepoint;
	utf8proc_ssize_t used;

	for (; length > 0; text += used, length -= (size_t)used) {
		used = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &codepoint);
		if (used <= 0 || codepoint == 0)
			return 0;
	}
	return 1;
}

/* Unquotes a cell in place; *text moves behind it. NULL: the closing quote is missing or has something behind it. */
static char *
quoted_cell(char **text, char separator)
{
	char *cell = *text, *to = cell, *from = cell + 1;

	while (*from != '\0' && (*from != '"' || from[1] == '"')) {
		if (*from == '"')
			from++;
		*to++ = *from++;
	}
	if (*from != '"' || (from[1] != separator && from[1] != '\0'))
		return NULL;
	*text = from[1] == '\0' ? NULL : from + 2;
	*to = '\0';
	return cell;
}

static char *
plain_cell(char **text, char separator)
{
	char *cell = *text, *end = strchr(cell, separator);

	*text = end != NULL ? end + 1 : NULL;
	if (end != NULL)
		*end = '\0';
	return cell;
}

static char *
trim(char *cell)
{
	size_t length;

	cell += strspn(cell, " \t");
	length = strlen(cell);
	while (length > 0 && strchr(" \t", cell[length - 1]) != NULL)
		cell[--length] = '\0';
	return cell;
}

static int
split(struct sheet *sheet, char *text, char **error)
{
	sheet->count = 0;
	while (text != NULL) {
		char *cell;

		if (sheet->count == SHEET_CELLS)
			return sheet_wrong(sheet, error, "more than %d columns", SHEET_CELLS);
		cell = *text == '"' ? quoted_cell(&text, sheet->separator) : plain_cell(&text, sheet->separator);
		if (cell == NULL)
			return sheet_wrong(sheet, error,
					   "column %zu: a quote is not closed; expected \"...\" on one line, "
					   "quotes inside doubled", sheet->count + 1);
		sheet->cells[sheet->count++] = trim(cell);
	}
	return 1;
}

int
sheet_read(struct sheet *sheet, char **error)
{
	ssize_t length;

	while ((length = getline(&sheet->buffer, &sheet->room, sheet->stream)) >= 0) {
		char *text = sheet->buffer;

		sheet->line++;
		while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
			text[--length] = '\0';
		if (!valid_utf8(text, (size_t)length))
			return sheet_wrong(sheet, error, "not UTF-8 text; expected a text file in UTF-8");
		if (sheet->line == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0)
			text += 3;
		/* Spreadsheets write an empty row as separators alone. A line that begins with # is a remark. */
		if (*text != '#' && text[strspn(text, sheet->separator == ',' ? " \t," : " \t")] != '\0')
			return split(sheet, text, error);
	}
	if (ferror(sheet->stream)) {
		int reason = errno != 0 ? errno : EIO;
		*error = xasprintf("%s: %s", sheet->file, strerror(reason));
		return -reason;
	}
	return 0;
}

const char *
sheet_cell(const struct sheet *sheet, int column)
{
	return column >= 0 && (size_t)column < sheet->count ? sheet->cells[column] : "";
}
