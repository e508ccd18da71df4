/* SPDX-License-Identifier: GPL-3.0-or-later */
/* case_file: what the rules (rules.c) and those of the other verbs (duties.c) share while they look at one reading. */
#ifndef LANG_CASE_FILE_H
#define LANG_CASE_FILE_H

#include "lang/rules.h"

/* A rule returns false when it has settled the outcome. */
struct case_file {
	const struct grammar *grammar;
	const struct gazetteer *gazetteer;
	const struct who *who;
	const struct parse *parse;
	size_t characters;
	struct outcome *out;
};

/* All return false. */
bool case_accept(struct case_file *file, enum expect expect, enum effect effect);
/* Read and allowed, but the effect is not built. */
bool case_not_served(struct case_file *file);
bool case_reject(struct case_file *file, enum reject why);
bool case_reject_word(struct case_file *file, enum reject why, const char *word);
bool case_reject_category(struct case_file *file, enum reject why, int category);
bool case_reject_area(struct case_file *file, const char *code);

/* Rules 46, 47, 49, 50: the village of the message, in the sender's area. */
bool case_check_place(struct case_file *file);

/* Rules of single verbs. duties_ticket.c: questions, complaints, and whatever has a number of its own. */
bool duties_ticket(struct case_file *file);
bool duties_ticket_text(struct case_file *file);
bool duties_close(struct case_file *file);
bool duties_look(struct case_file *file);

/* duties.c: what the verbs that are no report ask for. true: it goes on like a report (SAH). */
bool duties_check(struct case_file *file);
/* After the store was asked (rules_conclude): what it could not find. */
void duties_conclude(const struct parse *parse, struct outcome *out);

#endif
