/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duties_program: the rules of programmes (PROGRAM). Stages may be reported late or again; nobody's leave is needed.
 * Pure. */
#include "lang/case_file.h"

#include <string.h>

static bool
check_new(struct case_file *file)
{
	const struct parse *parse = file->parse;

	if (parse->name[0] == '\0')
		return case_reject(file, REJECT_FORMAT);
	outcome_text(file->out, "nama", parse->name);
	if (parse->partners.text[0] != '\0')
		outcome_text(file->out, "pihak", parse->partners.text);
	outcome_number(file->out, "tahap", 1);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_PROGRAM);
}

bool
duties_program(struct case_file *file)
{
	const struct parse *parse = file->parse;

	if (parse->begins)
		return check_new(file);
	if (parse->ticket != SERIES_PROGRAM || parse->number < 1 || parse->number > (long)file->grammar->stage_count)
		return case_reject(file, REJECT_FORMAT);
	if (parse->text != NULL && strlen(parse->text) >= OUTCOME_TEXTS_SIZE / 2)
		return case_reject(file, REJECT_PANJANG);
	case_set_number(file);
	outcome_number(file->out, "tahap", parse->number);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_STAGE);
}
