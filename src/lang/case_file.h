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
bool case_reject_category(struct case_file *file, enum reject why, int category);
bool case_reject_area(struct case_file *file, const char *code);

/* Rules 46, 47, 49, 50: the village of the message, in the sender's area. */
bool case_check_place(struct case_file *file);

/* Questions (rules 51, 40, 52): the area and the months asked for into the outcome, and into its fields; who may see
 * counts of a category. */
bool case_check_area(struct case_file *file);
bool case_check_window(struct case_file *file);
bool case_check_secret(struct case_file *file, int category);
void case_put_window(struct case_file *file);

/* form_ask.c: JUMLAH and REKAP of a form; always settles the outcome. */
bool form_ask_check(struct case_file *file);

/* cancel.c: what BATAL means. true: figures or an entry, whose key goes on like that of a report. */
bool cancel_check(struct case_file *file);
/* The items of a BATAL with categories: each in all its units, unless a number was said. Always true. */
bool cancel_fill(struct case_file *file);
/* After the store was asked: what is not there, or is not as it was said. */
void cancel_conclude(const struct parse *parse, struct outcome *out);

/* Rules of single verbs. duties_ticket.c: questions, complaints, and whatever has a number of its own. */
bool duties_ticket(struct case_file *file);
bool duties_ticket_text(struct case_file *file);
bool duties_close(struct case_file *file);
bool duties_look(struct case_file *file);
bool duties_referral(struct case_file *file);
/* The number that the message is about (KS12, A7, P3) into the outcome. */
void case_set_number(struct case_file *file);
/* duties_meeting.c */
bool duties_meeting(struct case_file *file);
bool duties_attendance(struct case_file *file);
bool duties_minutes(struct case_file *file);
/* duties_program.c: PROGRAM. */
bool duties_program(struct case_file *file);

/* duties.c: what the verbs that are no report ask for. true: it goes on like a report (SAH). */
bool duties_check(struct case_file *file);
/* After the store was asked (rules_conclude): what it could not find. */
void duties_conclude(struct outcome *out);

#endif
