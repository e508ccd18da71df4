/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tally: what the entries of a form come to. */
#include "gate/tally.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/entries.h"
#include "lang/answer.h"
#include "lang/form_ask.h"
#include "store/entry.h"
#include "store/total.h"

#define LIST_MOST 6             /* more do not fit into an answer */

/* A question and who asks it. */
struct tally {
	const struct deed *deed;
	const struct form *form;
	struct entry_question question;
};

/* Categories and options that were named; words of figures only say which of them are asked for. */
static char *
write_filter(const struct deed *deed, const struct form *form)
{
	struct form_value values[FORM_FIELDS_MAX];

	memcpy(values, deed->parse->values, sizeof values);
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
		if (deed->parse->form != deed->outcome->form || i >= form->field_count ||
		    (form->fields[i].type != FORM_CATEGORY && form->fields[i].type != FORM_OPTION))
			values[i].given = false;
	return entries_data(deed->grammar, form, values);
}

/* Whether the figure is asked for: it was named, or none was. */
static bool
is_asked(const struct tally *tally, size_t index)
{
	const struct deed *deed = tally->deed;
	bool any = false;

	if (!form_ask_counts(tally->form, index))
		return false;
	for (size_t i = 0; i < tally->form->field_count && deed->parse->form == deed->outcome->form; i++)
		any = any || (form_ask_counts(tally->form, i) && deed->parse->values[i].given);
	return !any || deed->parse->values[index].given;
}

static bool
has_figures(const struct form *form)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form_ask_counts(form, i))
			return true;
	return false;
}

/* Rule 52, as with counts of reports. */
static long
masked(const struct tally *tally, long value)
{
	const struct deed *deed = tally->deed;
	bool open = deed->outcome->own || deed->grammar->roles[deed->who->role].secrets == SECRETS_OPEN;

	if (open || value < 1 || value > 4 || deed->parse->form != deed->outcome->form)
		return value;
	for (size_t i = 0; i < tally->form->field_count; i++)
		if (tally->form->fields[i].type == FORM_CATEGORY && deed->parse->values[i].given &&
		    deed->grammar->categories[deed->parse->values[i].index].secret)
			return COUNT_MASKED;
	return value;
}

static int
put_coverage(const struct tally *tally, const struct entry_sum *sum)
{
	struct outcome *outcome = tally->deed->outcome;
	struct field *coverage;
	int reported, villages, error;

	if (!tally->form->unique || tally->form->place == FORM_DISTRICT || tally->form->place == FORM_NOWHERE) {
		outcome_number(outcome, "kali", sum->entries);
		return 0;
	}
	error = total_coverage(tally->deed->store, outcome->area, outcome->period, outcome->last, NULL, &reported, &villages);
	if (error != 0)
		return error;
	coverage = outcome_list(outcome, "lapor", FIELD_NUMBERS);
	outcome_list_number(coverage, sum->places);
	outcome_list_number(coverage, villages);
	return 0;
}

/* Needs beside offers, where what they must agree in was said. */
static int
put_besides(const struct tally *tally)
{
	struct outcome *outcome = tally->deed->outcome;
	int error = entries_beside(tally->deed);

	for (size_t i = 0; i < tally->form->beside_count && error == 0; i++)
		if (outcome->beside[i] != NO_VALUE)
			outcome_number(outcome, tally->form->besides[i].name, outcome->beside[i]);
	return error;
}

static int
put_sums(const struct tally *tally)
{
	struct outcome *outcome = tally->deed->outcome;
	struct entry_sum sum = { 0, 0, 0 };
	struct field *figures = NULL;
	int error = 0;

	for (size_t i = 0; i < tally->form->field_count && error == 0; i++) {
		if (!is_asked(tally, i))
			continue;
		error = entry_sum(tally->deed->store, &tally->question, tally->form->fields[i].name, &sum);
		if (error != 0 || sum.entries == 0)
			return error;
		if (figures == NULL)
			figures = outcome_list(outcome, "nilai", FIELD_COUNTS);
		outcome_list_text(outcome, figures, tally->form->fields[i].name);
		figures->numbers[figures->count - 1] = masked(tally, sum.sum);
	}
	if (error == 0)
		error = put_coverage(tally, &sum);
	return error != 0 ? error : put_besides(tally);
}

/* One figure, month by month; months without an entry are left out. */
static int
put_months(const struct tally *tally, size_t index, int first, int last)
{
	struct outcome *outcome = tally->deed->outcome;
	struct entry_question question = tally->question;
	struct field *figures = NULL;
	struct entry_sum sum;
	char name[24];
	int error = 0;

	for (; first <= last && error == 0; first++) {
		question.first = question.last = first;
		error = entry_sum(tally->deed->store, &question, tally->form->fields[index].name, &sum);
		if (error != 0 || sum.entries == 0)
			continue;
		if (figures == NULL)
			figures = outcome_list(outcome, tally->form->fields[index].name, FIELD_COUNTS);
		snprintf(name, sizeof name, "%04d-%02d", first / 12, first % 12 + 1);
		outcome_list_text(outcome, figures, name);
		figures->numbers[figures->count - 1] = masked(tally, sum.sum);
	}
	return error;
}

static int
put_recap(const struct tally *tally)
{
	const struct outcome *outcome = tally->deed->outcome;
	int first = tally->deed->parse->window_said ? outcome->period : outcome->last - TALLY_MONTHS + 1;
	int error = 0;

	for (size_t i = 0; i < tally->form->field_count && error == 0; i++)
		if (is_asked(tally, i))
			error = put_months(tally, i, first, outcome->last);
	return error;
}

/* Of what is counted each time, how often it was. */
static int
put_times(const struct tally *tally)
{
	struct entry_sum sum;
	int error;

	if (tally->form->unique || !tally->form->monthly || tally->deed->outcome->own)
		return 0;
	error = entry_sum(tally->deed->store, &tally->question, tally->form->fields[0].name, &sum);
	if (error == 0 && sum.entries != 0)
		outcome_number(tally->deed->outcome, "kali", sum.entries);
	return error;
}

static bool
is_listed(const struct field *list, const char *line)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], line) == 0)
			return true;
	return false;
}

/* The newest entries in words, each wording once. */
static int
put_list(const struct tally *tally)
{
	const struct deed *deed = tally->deed;
	struct field *list = NULL;
	struct entry entry = { .id = 0 };
	struct form_value values[FORM_FIELDS_MAX];
	char line[REPLY_SIZE];
	bool late = false;
	int error = put_times(tally);

	for (int i = 0; i < LIST_MOST && error == 0; i++) {
		error = entry_newest(deed->store, &tally->question, 0, entry.id, 0, &entry);
		if (error != 0)
			break;
		entries_values(deed->grammar, tally->form, entry.data, NULL, values);
		error = entries_late(deed, &entry, values, &late);
		answer_entry_line(deed->grammar, deed->gazetteer, tally->form, values, &(struct answer_line){
			.no = entry.no, .area = strcmp(entry.area, deed->outcome->area) == 0 ? "" : entry.area,
			.flagged = entry.flag[0] != '\0', .late = late }, line);
		entry_clear(&entry);
		if (list == NULL)
			list = outcome_list(deed->outcome, "isi", FIELD_TEXTS);
		if (line[0] != '\0' && !is_listed(list, line))
			outcome_list_text(deed->outcome, list, line);
	}
	return error == -ENOENT ? 0 : error;
}

int
tally_ask(const struct deed *deed)
{
	const struct outcome *outcome = deed->outcome;
	const struct form *form = &deed->grammar->forms[outcome->form];
	char *filter = write_filter(deed, form);
	struct tally tally = { deed, form, { .form = form->name, .area = outcome->area, .first = outcome->period,
					     .last = outcome->last, .replaces = form->unique, .where = filter,
					     .organisation = outcome->own ? deed->person->organisation : 0 } };
	int error;

	if (outcome->own || !has_figures(form)) {
		/* Own ones are shown whenever they came in. */
		if (outcome->own) {
			tally.question.first = 0;
			tally.question.last = INT_MAX;
		}
		error = put_list(&tally);
	} else {
		error = outcome->verb == VERB_REKAP && form->monthly ? put_recap(&tally) : put_sums(&tally);
	}
	free(filter);
	return error;
}
