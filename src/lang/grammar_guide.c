/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_guide: the statements of the printed guide. Knows how they are written; guide.c sees whether its examples
 * are understood. */
#include "lang/grammar_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"
#include "lang/place.h"

#define TEXT_MAX 400

static const char *const TEXTS[GUIDE_TEXTS] = {
	[GUIDE_TITLE] = "title", [GUIDE_SEND_TO] = "send-to", [GUIDE_INTRO] = "intro", [GUIDE_WRITE] = "write",
	[GUIDE_MEANS] = "means", [GUIDE_CATEGORIES] = "categories", [GUIDE_SECRET] = "secret", [GUIDE_PIN] = "pin",
	[GUIDE_FOOT] = "foot",
};

static const char *
take_text(struct cursor *cursor, const char *expected)
{
	const char *text = cursor_take(cursor, PIECE_TEXT, expected);

	if (text == NULL)
		return NULL;
	if (text[0] != '\0' && strlen(text) <= TEXT_MAX)
		return text;
	cursor_wrong(cursor, "a text of %zu letters, expected 1 to %d", strlen(text), TEXT_MAX);
	return NULL;
}

bool
grammar_guide_line(struct cursor *cursor, struct grammar *grammar)
{
	const char *example = take_text(cursor, "an example message in quotes"), *text;

	if (example == NULL || (text = take_text(cursor, "what it means in quotes")) == NULL || !cursor_end(cursor))
		return false;
	grammar->guide = xgrow(grammar->guide, grammar->guide_count, sizeof *grammar->guide);
	grammar->guide[grammar->guide_count++] = (struct guide_line){
		.where = xasprintf("%s:%d", cursor->line->file, cursor->line->number),
		.example = xstrdup(example), .text = xstrdup(text) };
	return true;
}

bool
grammar_guide_text(struct cursor *cursor, struct grammar *grammar)
{
	const char *name = cursor_word(cursor, "the name of a text of the guide"), *text;
	size_t i = 0;

	if (name == NULL)
		return false;
	while (i < GUIDE_TEXTS && strcmp(TEXTS[i], name) != 0)
		i++;
	if (i == GUIDE_TEXTS)
		return cursor_wrong(cursor, "the guide has no text %.40s, expected title, send-to, intro, write, means, "
				    "categories, secret or foot", name);
	if ((text = take_text(cursor, "the text in quotes")) == NULL || !cursor_end(cursor))
		return false;
	if (grammar->guide_texts[i] != NULL)
		return cursor_wrong(cursor, "a second text %s of the guide, expected it once", name);
	grammar->guide_texts[i] = xstrdup(text);
	return true;
}

bool
grammar_guide_place(struct cursor *cursor, struct grammar *grammar)
{
	static const char *const expected[GUIDE_PLACES] = {
		"the name of a village in quotes", "the name of its kecamatan in quotes", "the name of its kabupaten in quotes",
	};

	if (grammar->guide_places[0] != NULL)
		return cursor_wrong(cursor, "a second place of the guide, expected one");
	for (size_t i = 0; i < GUIDE_PLACES; i++) {
		const char *name = take_text(cursor, expected[i]);

		if (name == NULL)
			return false;
		if (strlen(name) >= PLACE_NAME_SIZE)
			return cursor_wrong(cursor, "a name of %zu letters, expected less than %d", strlen(name),
					    PLACE_NAME_SIZE);
		free(grammar->guide_places[i]);
		grammar->guide_places[i] = xstrdup(name);
	}
	return cursor_end(cursor);
}

void
grammar_guide_free(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->guide_count; i++) {
		free(grammar->guide[i].where);
		free(grammar->guide[i].example);
		free(grammar->guide[i].text);
	}
	free(grammar->guide);
	for (size_t i = 0; i < GUIDE_TEXTS; i++)
		free(grammar->guide_texts[i]);
	for (size_t i = 0; i < GUIDE_PLACES; i++)
		free(grammar->guide_places[i]);
}
