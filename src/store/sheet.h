/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet: reads CSV and TSV files as spreadsheets write them: quotes (RFC 4180), CRLF, a byte order mark. Knows no
 * meaning of columns. Private to this room. */
#ifndef STORE_SHEET_H
#define STORE_SHEET_H

#include <stddef.h>
#include <stdio.h>

#define SHEET_CELLS 32

struct sheet {
	const char *file;              /* borrowed */
	FILE *stream;
	char separator;
	int line;
	char *buffer;
	size_t room;
	char *cells[SHEET_CELLS];      /* of the line read last, in buffer; blanks around them are gone */
	size_t count;
};

/* 0 or -errno, *error (the caller's) then says it. */
int sheet_open(struct sheet *sheet, const char *file, char separator, char **error) __attribute__((warn_unused_result));
void sheet_close(struct sheet *sheet);

/* The next line that is neither empty nor a remark (#): 1; 0 at the end; -errno and *error. */
int sheet_read(struct sheet *sheet, char **error) __attribute__((warn_unused_result));

/* Sets *error to "file:line: ..." and returns -EINVAL. */
int sheet_wrong(const struct sheet *sheet, char **error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A cell, "" beyond the last one: spreadsheets drop empty cells at the end. */
const char *sheet_cell(const struct sheet *sheet, int column);

#endif
