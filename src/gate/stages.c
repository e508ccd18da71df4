/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stages: how far an organisation is with a form whose stages are due month by month. */
#include "gate/stages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "gate/entries.h"
#include "store/entry.h"
#include "store/people.h"

/* As entries are keyed by the stage alone ("tahap=2"). */
static void
write_keyed(const struct form *form, long stage, char out[64])
{
	snprintf(out, 64, "%.40s=%ld", form->fields[form->due].name, stage);
}

int
stages_find(struct store *store, const struct grammar *grammar, int form, const struct person *person, int month,
	    struct stages *out)
{
	const struct form_field *field = &grammar->forms[form].fields[grammar->forms[form].due];
	char keyed[64];
	struct civil day;
	int64_t wall;
	int error;

	*out = (struct stages){ .form = &grammar->forms[form], .due = 1 };
	write_keyed(out->form, 1, keyed);
	error = entry_begun(store, out->form->name, person->organisation, person->area, keyed, &wall);
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	day = civil_at(wall, grammar_zone(grammar, person->area));
	out->begun = day.year * 12 + day.month - 1;
	if (month > out->begun)
		out->due = month - out->begun < field->most ? month - out->begun + 1 : (int)field->most;
	return 0;
}

/* The field whose numbers are the steps of a stage; NULL: the form has none. */
static const struct form_field *
steps_of(const struct form *form)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FORM_NUMBERS && form->fields[i].bound_by == form->due)
			return &form->fields[i];
	return NULL;
}

static bool
is_in(const struct form_value *value, long number)
{
	for (size_t i = 0; i < value->count; i++)
		if (value->numbers[i] == number)
			return true;
	return false;
}

static void
count_steps(const struct form_field *field, const struct form_value *value, struct stage_state *out)
{
	size_t used = 0;

	out->whole = (size_t)out->stage <= field->bound_count ? (int)field->bounds[out->stage - 1] : (int)field->most;
	for (int step = 1; step <= out->whole && used < sizeof out->open; step++) {
		if (is_in(value, step))
			out->steps++;
		else
			used += (size_t)snprintf(out->open + used, sizeof out->open - used, "%s%d", used != 0 ? "," : "", step);
	}
	out->done = out->done || (out->whole != 0 && out->steps == out->whole);
}

static void
take_values(const struct form *form, const struct form_value values[FORM_FIELDS_MAX], struct stage_state *out)
{
	const struct form_field *steps = steps_of(form);

	for (size_t i = 0; i < form->field_count; i++)
		out->done = out->done || (form->fields[i].type == FORM_FLAG && values[i].given);
	if (steps != NULL)
		count_steps(steps, &values[steps - form->fields], out);
}

int
stages_state(struct store *store, const struct grammar *grammar, const struct stages *stages,
	     const struct person *person, int stage, struct stage_state *out)
{
	const struct form *form = stages->form;
	struct form_value values[FORM_FIELDS_MAX] = { 0 };
	char where[64];
	const struct entry_question question = { .form = form->name, .area = person->area, .replaces = form->unique,
						 .organisation = person->organisation, .where = where };
	struct entry entry;
	int error;

	*out = (struct stage_state){ .stage = stage };
	snprintf(where, sizeof where, "{\"%.40s\":%d}", form->fields[form->due].name, stage);
	error = entry_newest(store, &question, 0, 0, 0, &entry);
	if (error != 0 && error != -ENOENT)
		return error;
	if (error == 0) {
		entries_values(grammar, form, entry.data, NULL, values);
		entry_clear(&entry);
	}
	take_values(form, values, out);
	return 0;
}
