/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_meeting: the answers about meetings. */
#include "lang/answer_parts.h"

#include <stdio.h>
#include <string.h>

static const char *
text_of(const struct answer *answer, const char *name)
{
	const struct field *field = outcome_field(answer->outcome, name);

	return field != NULL && field->text != NULL ? field->text : "";
}

/* {tgl}: 24-10-2026 as people write it. */
void
answer_date(struct answer *answer)
{
	const char *date = text_of(answer, "tgl");

	if (strlen(date) == 10)
		reply_set(&answer->outcome->reply, "tgl", "%.2s-%.2s-%.4s", date + 8, date + 5, date);
	else
		reply_set(&answer->outcome->reply, "tgl", "%s", date);
}

static void
set_guests(struct answer *answer)
{
	const struct field *guests = outcome_field(answer->outcome, "tamu");

	reply_set(&answer->outcome->reply, "jml", "%ld", guests != NULL ? guests->number : 0);
}

/* Meetings that belong in the first week of the month may be held later, but it is said. */
static bool
is_late(const struct answer *answer)
{
	const struct bounds *routine = &answer->grammar->roles[answer->who->role].routine;
	int day = 0;

	(void)sscanf(text_of(answer, "tgl"), "%*4d-%*2d-%2d", &day);
	return routine->most >= 0 && (day < routine->least || day > routine->most);
}

static void
answer_new(struct answer *answer)
{
	const struct field *guests = outcome_field(answer->outcome, "tamu");
	bool alone = guests == NULL || guests->number == 0;

	reply_start(&answer->outcome->reply, answer->outcome->same ? "OK_RAPAT_SAMA" : is_late(answer) ? "OK_RAPAT_LUAR" :
		    alone ? "OK_RAPAT_CATAT" : "OK_RAPAT");
	answer_date(answer);
	set_guests(answer);
	reply_set(&answer->outcome->reply, "jam", "%s", text_of(answer, "jam"));
	reply_set(&answer->outcome->reply, "tempat", "%s", text_of(answer, "tempat"));
}

static void
answer_minutes(struct answer *answer)
{
	const char *missing = text_of(answer, "kurang");

	reply_start(&answer->outcome->reply, answer->outcome->same ? "OK_NOTULEN_SAMA" : missing[0] != '\0' ?
		    "OK_NOTULEN_KURANG" : "OK_NOTULEN");
	answer_date(answer);
	set_guests(answer);
	reply_set(&answer->outcome->reply, "pilih", "%s", missing);
}

bool
answer_meeting(struct answer *answer)
{
	switch (answer->outcome->verb) {
	case VERB_RAPAT:
		answer_new(answer);
		return true;
	case VERB_NOTULEN:
		answer_minutes(answer);
		return true;
	case VERB_HADIR:
		reply_start(&answer->outcome->reply, "OK_HADIR");
		reply_set(&answer->outcome->reply, "jml", "%ld", outcome_field(answer->outcome, "jml")->number);
		answer_date(answer);
		return true;
	default:
		return false;
	}
}
