/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_alert: categories of which a large figure is told at once, and the kinds of them that people name. */
#include "lang/grammar_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"

void
grammar_alert_kind(struct category *category, const char *phrase)
{
	category->kinds = xgrow(category->kinds, category->kind_count, sizeof *category->kinds);
	category->kinds[category->kind_count++] = xstrdup(phrase);
}

void
grammar_alert_free(struct category *category)
{
	for (size_t i = 0; i < category->kind_count; i++)
		free(category->kinds[i]);
	free(category->kinds);
	free(category->alert_roles);
}

/* 20 orang */
static bool
take_threshold(struct cursor *cursor, const struct grammar *grammar, struct category *category)
{
	const char *name;
	long most;
	int unit;

	if (!cursor_number(cursor, "a count", 0, 99999, &most))
		return false;
	name = cursor_word(cursor, "a unit of this category");
	unit = name != NULL ? grammar_unit(grammar, name) : -1;
	for (size_t i = 0; i < category->unit_count && unit >= 0; i++)
		if (category->units[i].unit == unit) {
			category->units[i].alert = most;
			return true;
		}
	return name != NULL && cursor_wrong(cursor, "unit %.40s, expected one that stands above in this category", name);
}

/* alert above 20 orang, 5 keluarga to TKSK, KAB */
bool
grammar_alert_line(struct cursor *cursor, const struct grammar *grammar, struct category *category)
{
	if (category->secret)
		return cursor_wrong(cursor, "a secret category, expected no alert: its figures are told to nobody");
	if (!cursor_this(cursor, "above"))
		return false;
	do {
		if (!take_threshold(cursor, grammar, category))
			return false;
	} while (cursor_peek(cursor) != NULL && cursor_peek(cursor)->kind == PIECE_COMMA && cursor->at++ < 100);
	if (!cursor_this(cursor, "to"))
		return false;
	category->alert_roles = grammar_role_list(cursor, grammar, NULL);
	return category->alert_roles != NULL && cursor_end(cursor);
}
