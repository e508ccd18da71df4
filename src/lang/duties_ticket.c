/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duties_ticket: the rules of questions and complaints (TANYA, ADUAN, JAWAB), and of looking at or closing whatever
 * has a number of its own: KS12, A7. Pure. */
#include "lang/case_file.h"

#include <string.h>

void
case_set_number(struct case_file *file)
{
	static const char *const names[] = { [SERIES_CASE] = "ks", [SERIES_COMPLAINT] = "tiket",
					     [SERIES_PROGRAM] = "program" };
	const struct parse *parse = file->parse;

	file->out->series = parse->ticket;
	file->out->number = parse->ticket_number;
	outcome_number(file->out, names[parse->ticket], parse->ticket_number);
}

static bool
set_text(struct case_file *file)
{
	const char *text = file->parse->text;

	if (text == NULL || strlen(text) >= OUTCOME_TEXTS_SIZE / 2)
		return case_reject(file, text == NULL ? REJECT_FORMAT : REJECT_PANJANG);
	outcome_text(file->out, "teks", text);
	return true;
}

bool
duties_ticket(struct case_file *file)
{
	return set_text(file) && case_accept(file, EXPECT_ACCEPT, EFFECT_TICKET);
}

bool
duties_ticket_text(struct case_file *file)
{
	if (file->parse->ticket != SERIES_COMPLAINT)
		return case_reject(file, REJECT_FORMAT);
	case_set_number(file);
	return set_text(file) && case_accept(file, EXPECT_ACCEPT, EFFECT_TICKET_TEXT);
}

bool
duties_close(struct case_file *file)
{
	if (file->parse->ticket != SERIES_COMPLAINT && file->parse->ticket != SERIES_CASE)
		return case_reject(file, REJECT_FORMAT);
	case_set_number(file);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_CLOSE);
}

bool
duties_look(struct case_file *file)
{
	case_set_number(file);
	file->out->shown = "CEK";
	return case_accept(file, EXPECT_QUERY, EFFECT_LOOK);
}

bool
duties_referral(struct case_file *file)
{
	if (file->parse->ticket != SERIES_CASE || file->parse->name[0] == '\0')
		return case_reject(file, REJECT_FORMAT);
	case_set_number(file);
	outcome_text(file->out, "ke", file->parse->name);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_REFER);
}
