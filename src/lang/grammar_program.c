/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_program: what stands below "stage": who is told of a programme that gets there. */
#include "lang/grammar_read.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_cursor.h"

bool
grammar_stage_declare(struct cursor *cursor, struct grammar *grammar, const char *title)
{
	if (grammar->stage_count == STAGES_MAX)
		return cursor_wrong(cursor, "one stage too many, expected at most %d", STAGES_MAX);
	grammar->stages = xgrow(grammar->stages, grammar->stage_count, sizeof *grammar->stages);
	grammar->stages[grammar->stage_count++] = (struct stage){ .title = xstrdup(title) };
	return true;
}

void
grammar_stage_free(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->stage_count; i++) {
		for (size_t j = 0; j < grammar->stages[i].tell_count; j++)
			free(grammar->stages[i].tells[j].roles);
		free(grammar->stages[i].title);
	}
	free(grammar->stages);
}

/* KTKEC, KAB up to the word that ends them, as "KTKEC,KAB"; the caller's. NULL: a fault. */
char *
grammar_role_list(struct cursor *cursor, const struct grammar *grammar, const char *end)
{
	char *list = NULL;

	do {
		const char *name = cursor_word(cursor, "the name of a role");
		char *longer;

		if (name == NULL || grammar_role(grammar, name) < 0) {
			if (name != NULL)
				cursor_wrong(cursor, "role %.40s is not known, expected one that has a \"role\" statement",
					     name);
			free(list);
			return NULL;
		}
		longer = list != NULL ? xasprintf("%s,%s", list, name) : xstrdup(name);
		free(list);
		list = longer;
	} while (cursor_peek(cursor) != NULL && cursor_peek(cursor)->kind == PIECE_COMMA &&
		 cursor_take(cursor, PIECE_COMMA, "a comma") != NULL);
	if (end != NULL && !cursor_this(cursor, end)) {
		free(list);
		return NULL;
	}
	return list;
}

/* tells KTKEC, KAB send REPLY */
bool
grammar_stage_tells(struct cursor *cursor, struct grammar *grammar, int index)
{
	struct stage *stage = &grammar->stages[index];
	struct stage_tell *tell = &stage->tells[stage->tell_count];
	char *roles = grammar_role_list(cursor, grammar, "send");
	const char *id = roles != NULL ? cursor_word(cursor, "the name of a reply") : NULL;
	int reply = id != NULL ? grammar_reply(grammar, id) : -1;

	if (stage->tell_count == STAGE_TELLS_MAX && id != NULL) {
		cursor_wrong(cursor, "one \"tells\" too many, expected at most %d", STAGE_TELLS_MAX);
		reply = -1;
	} else if (id != NULL && reply < 0) {
		cursor_wrong(cursor, "reply %.40s is not known, expected one that has a \"reply\" statement", id);
	}
	if (reply < 0 || !cursor_end(cursor)) {
		free(roles);
		return false;
	}
	*tell = (struct stage_tell){ roles, reply };
	stage->tell_count++;
	return true;
}
