/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_sample: the examples that answers show ("help"): what may stand in them, and how long they get. */
#include "lang/grammar_read.h"

#include <stdio.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"
#include "lang/reply.h"

/* Characters at the most; 0: a fault. */
static size_t
measure(struct cursor *cursor, const char *sample)
{
	static const char *const holes[] = { "contoh", "kec", "besok", "bln" };
	size_t length = 0;

	for (const char *c = sample; *c != '\0'; c++, length++) {
		size_t hole = 0, end;

		if (*c != '{' && !reply_basic(*c))
			return cursor_wrong(cursor, "the example has \"%.4s\", expected plain letters and marks", c);
		if (*c != '{')
			continue;
		end = strcspn(c, "}");
		while (hole < sizeof holes / sizeof *holes && (strlen(holes[hole]) != end - 1 || strncmp(holes[hole], c + 1, end - 1) != 0))
			hole++;
		if (c[end] == '\0' || hole == sizeof holes / sizeof *holes)
			return cursor_wrong(cursor, "%.*s in an example, expected {contoh}, {kec}, {besok} or {bln}",
					    (int)(c[end] != '\0' ? end + 1 : end), c);
		length += reply_width(holes[hole]) - 1;
		c += end;
	}
	if (length == 0 || length > reply_width("ketik"))
		return cursor_wrong(cursor, "the example has %zu letters, expected 1 to %zu", length, reply_width("ketik"));
	return length;
}

char *
grammar_read_sample(struct cursor *cursor)
{
	const char *sample = cursor_take(cursor, PIECE_TEXT, "an example in quotes");

	if (sample == NULL || measure(cursor, sample) == 0 || !cursor_end(cursor))
		return NULL;
	return xstrdup(sample);
}
