/* SPDX-License-Identifier: GPL-3.0-or-later */
/* condition: whether a reminder is to be sent. */
#include "gate/condition.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/entries.h"
#include "gate/figures.h"
#include "gate/stages.h"
#include "lang/credit.h"
#include "lang/form_text.h"
#include "store/activity.h"
#include "store/credit.h"
#include "store/entry.h"
#include "store/overlap.h"
#include "store/submission.h"
#include "store/total.h"

#define DAY 86400

/* --- reports --- */

/* An entry that is about no month counts if it was made in the period or later. */
static int
has_given(const struct question *question)
{
	const struct person *person = question->person;
	const struct reminder *reminder = question->reminder;
	const struct civil begin = { .year = question->first / 12, .month = question->first % 12 + 1, .day = 1 };
	bool given = false;
	int error;

	if (reminder->form < 0)
		error = total_reported(question->store, person->organisation, person->area, question->first, question->last,
				       &given);
	else
		error = entry_any(question->store, question->grammar->forms[reminder->form].name, person->organisation,
				  person->area, question->first, question->last,
				  civil_moment(&begin, grammar_zone(question->grammar, person->area)), &given);
	return error != 0 ? error : given;
}

/* "while FCU 1, 2, 4": a form that is only asked for while another one is in some of its stages. */
static int
is_asked_for(const struct question *question)
{
	const struct form *form = question->reminder->form >= 0 ? &question->grammar->forms[question->reminder->form] : NULL;
	struct stages stages;
	int error;

	if (form == NULL || form->stages_of < 0)
		return 1;
	error = stages_find(question->store, question->grammar, form->stages_of, question->person, question->last, &stages);
	if (error != 0 || stages.begun == 0 || question->last < stages.begun)
		return error;
	for (size_t i = 0; i < form->stage_count; i++)
		if (form->stages[i] == stages.due)
			return 1;
	return 0;
}

static int
ask_missing(const struct question *question, struct reply_form *form)
{
	int asked = is_asked_for(question), given = asked == 1 ? has_given(question) : 0;

	(void)form;
	return asked <= 0 ? asked : given < 0 ? given : !given;
}

static int
ask_given(const struct question *question, struct reply_form *form)
{
	(void)form;
	return has_given(question);
}

static int
count_reports(const struct question *question, int *reported, int *villages)
{
	return total_coverage(question->store, question->area, question->first, question->last, NULL, reported, villages);
}

static int
ask_silent(const struct question *question, struct reply_form *form)
{
	int reported, villages, error = count_reports(question, &reported, &villages);

	(void)form;
	return error != 0 ? error : reported < villages;
}

static int
ask_reported(const struct question *question, struct reply_form *form)
{
	int reported, villages, error = count_reports(question, &reported, &villages);

	(void)form;
	return error != 0 ? error : reported > 0;
}

static int
ask_unsent(const struct question *question, struct reply_form *form)
{
	struct submission submission;
	int error = submission_find(question->store, question->area, question->first, question->last, &submission);

	(void)form;
	return error == -ENOENT ? 1 : error;
}

/* --- overlaps --- */

/* All that are open in the months that still may be reported for; new ones are those that nobody was told of. */
struct overlaps {
	const struct question *question;
	struct figures_list *list;
	int period, count, fresh, error;
	bool mark;
};

static void
on_overlap(void *ctx, const struct overlap *overlap)
{
	struct overlaps *overlaps = ctx;
	const struct question *question = overlaps->question;
	bool told = false;

	if (overlaps->error != 0)
		return;
	overlaps->count++;
	if (overlaps->mark) {
		overlaps->error = overlap_tell(question->store, overlap, overlaps->period, question->wall);
		return;
	}
	overlaps->error = overlap_told(question->store, overlap, overlaps->period, &told);
	if (told || overlaps->error != 0)
		return;
	overlaps->fresh++;
	if (overlaps->list != NULL)
		figures_add_overlap(overlaps->list, question->store, question->grammar, overlap);
}

static int
each_overlap(struct overlaps *overlaps)
{
	const struct question *question = overlaps->question;
	int months = question->grammar->limits[LIMIT_OLDEST_MONTHS], error = 0;

	for (overlaps->period = question->now - months; overlaps->period <= question->now && error == 0; overlaps->period++) {
		error = overlap_list(question->store, question->area, overlaps->period, on_overlap, overlaps);
		if (error == 0)
			error = overlaps->error;
		if (error == 0 && overlaps->mark)
			error = overlap_forget(question->store, question->area, overlaps->period, question->wall);
	}
	return error;
}

static int
ask_overlap(const struct question *question, struct reply_form *form)
{
	struct figures_list list = { .count = 0 };
	struct overlaps overlaps = { .question = question, .list = form != NULL ? &list : NULL };
	int error = each_overlap(&overlaps);

	if (error == 0 && form != NULL) {
		reply_set(form, "baru", "%d", overlaps.fresh);
		figures_set_list(question->grammar, &list, form);
	}
	if (error != 0)
		return error;
	/* Once it is decided, what counts is whether there is still something to be done. */
	return question->mode == QUESTION_AGAIN ? overlaps.count > 0 : overlaps.fresh > 0;
}

static int
told_overlap(const struct question *question)
{
	struct overlaps overlaps = { .question = question, .mark = true };

	return each_overlap(&overlaps);
}

/* --- lists of numbers --- */

/* "No.17: 3,5-8" */
static void
add_incomplete(const struct question *question, const struct entry *entry, struct figures_list *list)
{
	const struct form *form = &question->grammar->forms[question->reminder->form];
	struct form_value values[FORM_FIELDS_MAX];
	char open[REPLY_SIZE], item[REPLY_SIZE];

	entries_values(question->grammar, form, entry->data, NULL, values);
	form_open_numbers(&form->fields[1], &values[1], values, open);
	if (open[0] == '\0')
		return;
	snprintf(item, sizeof item, "%ld: %.60s", values[0].number, open);
	figures_add(question->grammar, list, "pilih", item);
}

/* What nobody has added to for as long as a report may be changed is not asked about any more. */
static int
ask_incomplete(const struct question *question, struct reply_form *form)
{
	const struct entry_question all = {
		.form = question->grammar->forms[question->reminder->form].name, .area = "", .replaces = true,
		.organisation = question->person->organisation, .where = "{}" };
	int64_t since = question->wall - (int64_t)question->grammar->limits[LIMIT_OLDEST_MONTHS] * 31 * DAY;
	struct figures_list list = { .count = 0 };
	struct entry entry = { .id = 0 };
	int error;

	while ((error = entry_newest(question->store, &all, since, entry.id, 0, &entry)) == 0) {
		add_incomplete(question, &entry, &list);
		entry_clear(&entry);
	}
	if (error != -ENOENT)
		return error;
	if (form != NULL)
		figures_set_list(question->grammar, &list, form);
	return list.count != 0;
}

/* --- nothing --- */

static int
ask_idle(const struct question *question, struct reply_form *form)
{
	int64_t last = 0;
	int error = activity_last(question->store, question->person->area, question->person->rw, &last);

	if (error != 0 && error != -ENOENT)
		return error;
	if (form != NULL)
		reply_set(form, "n", "%d", question->reminder->days);
	return last < question->wall - (int64_t)question->reminder->days * DAY;
}

/* --- stages --- */

static void
set_stage(const struct stage_state *state, struct reply_form *form)
{
	if (form == NULL)
		return;
	reply_set(form, "thp", "%d", state->stage);
	reply_set(form, "n", "%d", state->steps);
	reply_set(form, "m", "%d", state->whole);
	reply_set(form, "lkh", "%s", state->open);
}

/* The first of the stages from..until that is not done: 1, with it in *out; 0 none. */
static int
find_undone(const struct question *question, const struct stages *stages, int from, int until, struct stage_state *out)
{
	for (int stage = from; stage <= until; stage++) {
		int error = stages_state(question->store, question->grammar, stages, question->person, stage, out);

		if (error != 0)
			return error;
		if (!out->done)
			return 1;
	}
	return 0;
}

static int
ask_stage(const struct question *question, bool earlier, struct reply_form *form)
{
	struct stages stages;
	struct stage_state state;
	int error = stages_find(question->store, question->grammar, question->reminder->form, question->person,
				question->now, &stages), found;

	if (error != 0 || (earlier && stages.begun == 0))
		return error;
	found = find_undone(question, &stages, earlier ? 1 : stages.due, stages.due, &state);
	if (found == 1)
		set_stage(&state, form);
	return found;
}

static int
ask_due(const struct question *question, struct reply_form *form)
{
	return ask_stage(question, false, form);
}

static int
ask_open(const struct question *question, struct reply_form *form)
{
	return ask_stage(question, true, form);
}

/* --- the SIMs --- */

static int
ask_low(const struct question *question, struct reply_form *form)
{
	struct figures_list list = { .count = 0 };
	struct credit_row row = { .modem = "" };
	char text[REPLY_SIZE];
	int error;

	while ((error = credit_next(question->store, &row, &row)) == 0) {
		if (row.amount == CREDIT_UNKNOWN || row.amount >= row.low)
			continue;
		credit_phrase(question->grammar, row.modem, row.what, row.amount, question->wall - row.wall, text);
		figures_add(question->grammar, &list, "pilih", text);
	}
	if (error != -ENOENT)
		return error;
	if (form != NULL)
		figures_set_list(question->grammar, &list, form);
	return list.count > 0;
}

/* --- all --- */

static int
ask_always(const struct question *question, struct reply_form *form)
{
	(void)question;
	(void)form;
	return 1;
}

static const struct {
	int (*ask)(const struct question *question, struct reply_form *form);
	int (*told)(const struct question *question);
} ROWS[CONDITIONS] = {
	[CONDITION_ALWAYS] = { .ask = ask_always },
	[CONDITION_MISSING] = { .ask = ask_missing },
	[CONDITION_GIVEN] = { .ask = ask_given },
	[CONDITION_SILENT] = { .ask = ask_silent },
	[CONDITION_REPORTED] = { .ask = ask_reported },
	[CONDITION_UNSENT] = { .ask = ask_unsent },
	[CONDITION_LOW] = { .ask = ask_low },
	[CONDITION_OVERLAP] = { .ask = ask_overlap, .told = told_overlap },
	[CONDITION_DUE] = { .ask = ask_due },
	[CONDITION_INCOMPLETE] = { .ask = ask_incomplete },
	[CONDITION_IDLE] = { .ask = ask_idle },
	[CONDITION_OPEN] = { .ask = ask_open },
};

int
condition_ask(const struct question *question, struct reply_form *form)
{
	return ROWS[question->reminder->condition].ask(question, form);
}

int
condition_told(const struct question *question)
{
	return ROWS[question->reminder->condition].told != NULL ? ROWS[question->reminder->condition].told(question) : 0;
}

bool
condition_remembers(enum condition condition)
{
	return ROWS[condition].told != NULL;
}
