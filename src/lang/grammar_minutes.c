/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_minutes: what stands below "minutes": the parts that minutes of that kind have. */
#include "lang/grammar_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"

#define NAME_MOST 12

bool
grammar_minutes_declare(struct cursor *cursor, struct grammar *grammar, const char *name, const char *title)
{
	if (grammar->minutes_count == MINUTES_MAX)
		return cursor_wrong(cursor, "one kind of minutes too many, expected at most %d", MINUTES_MAX);
	grammar->minutes = xgrow(grammar->minutes, grammar->minutes_count, sizeof *grammar->minutes);
	grammar->minutes[grammar->minutes_count++] =
		(struct minutes){ .name = xstrdup(name), .title = xstrdup(title), .partners = -1 };
	return true;
}

void
grammar_minutes_free(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->minutes_count; i++) {
		for (size_t j = 0; j < grammar->minutes[i].part_count; j++)
			free(grammar->minutes[i].parts[j]);
		free(grammar->minutes[i].name);
		free(grammar->minutes[i].title);
	}
	free(grammar->minutes);
}

/* part KEG words KEG, KEGIATAN */
bool
grammar_minutes_part(struct cursor *cursor, struct grammar *grammar, int index)
{
	struct minutes *minutes = &grammar->minutes[index];
	const char *name = cursor_word(cursor, "the name of the part");
	char phrase[128];

	if (name == NULL || !cursor_this(cursor, "words"))
		return false;
	if (strlen(name) > NAME_MOST)
		return cursor_wrong(cursor, "part %.40s, expected at most %d letters", name, NAME_MOST);
	if (minutes->part_count == MINUTES_PARTS_MAX)
		return cursor_wrong(cursor, "one part too many, expected at most %d", MINUTES_PARTS_MAX);
	if (cursor_peek(cursor) == NULL)
		return cursor_wrong(cursor, "the line ends, expected words");
	while (cursor_peek(cursor) != NULL)
		if (!cursor_phrase(cursor, phrase, sizeof phrase) ||
		    !grammar_read_word(cursor, grammar->words, WORD_PART,
				       (int)minutes->part_count * MINUTES_MAX + index, phrase))
			return false;
	minutes->parts[minutes->part_count++] = xstrdup(name);
	return true;
}

/* partners PIHAK: that part stands above */
bool
grammar_minutes_partners(struct cursor *cursor, struct grammar *grammar, int index)
{
	struct minutes *minutes = &grammar->minutes[index];
	const char *name = cursor_word(cursor, "the name of a part");

	if (name == NULL || !cursor_end(cursor))
		return false;
	for (size_t i = 0; i < minutes->part_count; i++)
		if (strcmp(minutes->parts[i], name) == 0)
			minutes->partners = (int)i;
	return minutes->partners >= 0 ||
	       cursor_wrong(cursor, "there is no part %.40s above, expected one of these minutes", name);
}
