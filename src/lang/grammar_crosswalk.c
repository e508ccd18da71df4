/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_crosswalk: what the categories of one list became in another. A category that the second list does not
 * continue is said to be broken: figures of both never stand in one series. Knows no syntax. */
#include "lang/grammar_read.h"

#include <string.h>

#include "base/xmalloc.h"

#define FAULT(notes, line, ...) grammar_fault((notes)->faults, (line)->file, (line)->number, __VA_ARGS__)

/* A list that is not known is a fault of the crosswalk's first line. */
static bool
knows_list(const struct grammar *grammar, struct grammar_notes *notes, const struct crosswalk_note *walk,
	   const char *name)
{
	for (size_t i = 0; i < grammar->list_count; i++)
		if (strcmp(grammar->lists[i].name, name) == 0)
			return true;
	FAULT(notes, walk->line, "list %.40s is not known, expected one that has a \"list\" statement", name);
	return false;
}

static int
find_category(const struct grammar *grammar, struct grammar_notes *notes, const struct crossing_note *note,
	      const char *list, const char *code)
{
	int category = grammar_category_in(grammar, list, code);

	if (category < 0)
		FAULT(notes, note->line, "category %.40s is not in list %s, expected one that is", code, list);
	return category;
}

static const struct crossing *
find_crossing(const struct grammar *grammar, int from, int into)
{
	for (size_t i = 0; i < grammar->crossing_count; i++)
		if (grammar->crossings[i].from == from && grammar->crossings[i].into == into)
			return &grammar->crossings[i];
	return NULL;
}

/* People and families are no series together. */
static bool
same_unit(const struct grammar *grammar, const struct crossing *crossing)
{
	const struct category *from = &grammar->categories[crossing->from], *to = &grammar->categories[crossing->to];

	return from->unit_count == 0 || to->unit_count == 0 || from->units[0].unit == to->units[0].unit;
}

static void
add_crossing(struct grammar *grammar, struct grammar_notes *notes, const struct crosswalk_note *walk, int into,
	     const struct crossing_note *note)
{
	struct crossing crossing = { .into = into, .to = -1, .broken = note->broken };

	crossing.from = find_category(grammar, notes, note, walk->from, note->from);
	if (note->to != NULL)
		crossing.to = find_category(grammar, notes, note, walk->into, note->to);
	if (crossing.from < 0 || (note->to != NULL && crossing.to < 0))
		return;
	if (find_crossing(grammar, crossing.from, into) != NULL) {
		FAULT(notes, note->line, "category %s stands twice in this crosswalk, expected it once", note->from);
		return;
	}
	if (crossing.to >= 0 && !crossing.broken && !same_unit(grammar, &crossing))
		FAULT(notes, note->line, "%s and %s are not counted in the same unit, expected \"broken\" behind them",
		      note->from, note->to);
	grammar->crossings = xgrow(grammar->crossings, grammar->crossing_count, sizeof *grammar->crossings);
	grammar->crossings[grammar->crossing_count++] = crossing;
}

static void
find_forgotten(const struct grammar *grammar, struct grammar_notes *notes, const struct crosswalk_note *walk, int into)
{
	for (size_t i = 0; i < grammar->category_count; i++) {
		const struct category *category = &grammar->categories[i];

		if (category->list >= 0 && strcmp(grammar->lists[category->list].name, walk->from) == 0 &&
		    find_crossing(grammar, (int)i, into) == NULL)
			FAULT(notes, walk->line, "nothing says what became of category %s, expected a line such as "
			      "\"%s -> 01\" or \"%s broken\"", category->code, category->code, category->code);
	}
}

static void
walk_across(struct grammar *grammar, struct grammar_notes *notes, size_t index)
{
	const struct crosswalk_note *walk = &notes->crosswalks[index];
	int into = 0;

	if (!knows_list(grammar, notes, walk, walk->from) || !knows_list(grammar, notes, walk, walk->into))
		return;
	if (strcmp(walk->from, walk->into) == 0) {
		FAULT(notes, walk->line, "a crosswalk from a list into itself, expected another list");
		return;
	}
	while (strcmp(grammar->lists[into].name, walk->into) != 0)
		into++;
	for (size_t i = 0; i < notes->crossing_count; i++)
		if (notes->crossings[i].crosswalk == index)
			add_crossing(grammar, notes, walk, into, &notes->crossings[i]);
	find_forgotten(grammar, notes, walk, into);
}

void
grammar_crosswalk(struct grammar *grammar, struct grammar_notes *notes)
{
	for (size_t i = 0; i < notes->crosswalk_count; i++)
		walk_across(grammar, notes, i);
}
