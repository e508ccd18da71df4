/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_program: the answers about programmes. */
#include "lang/answer_parts.h"

#include <stdio.h>
#include <string.h>

static void
start(struct answer *answer, const char *id)
{
	reply_start(&answer->outcome->reply, id);
}

static void
set_stage(struct answer *answer, long stage)
{
	reply_set(&answer->outcome->reply, "thp", "%ld", stage);
	reply_set(&answer->outcome->reply, "judul", "%s", answer->grammar->stages[stage - 1].title);
}

static void
set_name(struct answer *answer)
{
	reply_set(&answer->outcome->reply, "nama", "%s", outcome_field(answer->outcome, "nama")->text);
}

/* {lkh}: the stages between that nobody spoke of. */
static void
set_skipped(struct answer *answer, long from, long to)
{
	char list[32] = "";
	size_t used = 0;

	for (long stage = from + 1; stage < to; stage++)
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%ld", used != 0 ? "," : "", stage);
	reply_set(&answer->outcome->reply, "lkh", "%s", list);
}

static void
answer_stage(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	long stage = outcome_field(outcome, "tahap")->number, from = outcome_field(outcome, "dari")->number;
	bool last = stage == (long)answer->grammar->stage_count;

	/* Begun again: it is where it is. */
	if (outcome->series < 0)
		stage = from;
	start(answer, outcome->same ? "OK_PROGRAM_SAMA" : last ? "OK_PROGRAM_SELESAI" : stage < from ? "OK_PROGRAM_MUNDUR" :
	      stage > from + 1 ? "OK_PROGRAM_LONCAT" : "OK_PROGRAM_TAHAP");
	reply_set(&answer->outcome->reply, "prog", "%ld", outcome->number);
	set_name(answer);
	set_stage(answer, stage);
	set_skipped(answer, from, stage);
	reply_set(&answer->outcome->reply, "n", "%ld", stage + 1);
}

/* In which stage it is, and since when. */
static void
answer_look(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	char state[REPLY_SIZE];
	struct reply_form form;

	reply_start(&form, outcome->state);
	reply_write(answer->grammar, &form, state);
	start(answer, "JWB_PROGRAM");
	reply_set(&answer->outcome->reply, "prog", "%ld", outcome->number);
	set_name(answer);
	set_stage(answer, outcome_field(outcome, "dari")->number);
	reply_set(&answer->outcome->reply, "hal", "%s", state);
	reply_set(&answer->outcome->reply, "tgl", "%s", outcome_field(outcome, "sejak")->text);
}

bool
answer_program(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;

	if (outcome->effect == EFFECT_LOOK && outcome->series == SERIES_PROGRAM) {
		answer_look(answer);
	} else if (outcome->verb != VERB_PROGRAM) {
		return false;
	} else if (outcome->series == SERIES_PROGRAM || outcome->same) {
		answer_stage(answer);
	} else {
		start(answer, "OK_PROGRAM");            /* {prog} comes when it is drawn */
		set_name(answer);
		set_stage(answer, 1);
	}
	return true;
}
