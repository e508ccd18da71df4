/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duties_meeting: the rules of meetings (60, 62): RAPAT, HADIR, NOTULEN. Pure. */
#include "lang/case_file.h"

#include <stdio.h>
#include <string.h>

#define ATTENDED_MOST 10000

/* Minutes since a beginning that does not matter, to compare moments. */
static long
moment(const struct civil *civil)
{
	return (((civil->year * 12L + civil->month) * 31 + civil->day) * 24 + civil->hour) * 60 + civil->minute;
}

bool
duties_meeting(struct case_file *file)
{
	const struct parse *parse = file->parse;
	struct outcome *out = file->out;
	char date[40], clock[24];

	if (!parse->date_said || !parse->clock_said || parse->venue[0] == '\0')
		return case_reject(file, REJECT_FORMAT);
	if (parse->when_wrong || moment(&parse->when) < moment(&file->who->asker.now))
		return case_reject(file, REJECT_TANGGAL);
	snprintf(date, sizeof date, "%04d-%02d-%02d", parse->when.year, parse->when.month, parse->when.day);
	snprintf(clock, sizeof clock, "%02d:%02d", parse->when.hour, parse->when.minute);
	outcome_text(out, "tgl", date);
	outcome_text(out, "jam", clock);
	outcome_text(out, "tempat", parse->venue);
	if (parse->subject[0] != '\0')
		outcome_text(out, "hal", parse->subject);
	if (parse->partners.text[0] != '\0')
		outcome_text(out, "undang", parse->partners.text);
	if (parse->ticket >= 0)
		case_set_number(file);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_MEETING);
}

bool
duties_attendance(struct case_file *file)
{
	if (file->parse->number < 0 || file->parse->number > ATTENDED_MOST)
		return case_reject(file, REJECT_FORMAT);
	outcome_number(file->out, "jml", file->parse->number);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_ATTENDANCE);
}

bool
duties_minutes(struct case_file *file)
{
	if (file->parse->text == NULL || strlen(file->parse->text) >= OUTCOME_TEXTS_SIZE / 2)
		return case_reject(file, file->parse->text == NULL ? REJECT_FORMAT : REJECT_PANJANG);
	outcome_text(file->out, "teks", file->parse->text);
	return case_accept(file, EXPECT_ACCEPT, EFFECT_MINUTES);
}
