/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entries: between a form's outcome and the store. Knows JSON, which neither of them does. */
#include "gate/entries.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "store/entry.h"
#include "store/record.h"
#include "store/registration.h"

#define KEYED_SIZE 200

/* A field as the store keeps it: codes and names, since indexes change with the grammar. */

static json_t *
to_json(const struct grammar *grammar, const struct form_field *field, const struct form_value *value)
{
	json_t *list;

	switch (field->type) {
	case FORM_CATEGORY: return json_string(grammar->categories[value->index].code);
	case FORM_OPTION: return json_string(grammar->options[value->index].name);
	case FORM_TEXT: return json_string(value->text);
	case FORM_FLAG: return json_true();
	case FORM_NUMBERS: break;
	default: return json_integer(value->number);
	}
	list = json_array();
	for (size_t i = 0; i < value->count; i++)
		json_array_append_new(list, json_integer(value->numbers[i]));
	return list;
}

static int
find_option(const struct grammar *grammar, int choice, const char *name)
{
	for (size_t i = 0; i < grammar->option_count; i++)
		if (grammar->options[i].choice == choice && strcmp(grammar->options[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* What cannot be understood any more is taken as not given. */
static void
from_json(const struct grammar *grammar, const struct form_field *field, const json_t *data, struct outcome *outcome,
	  struct form_value *value)
{
	const json_t *json = json_object_get(data, field->name);
	const char *text = json_string_value(json), *list = json_string_value(json_object_get(data, "list"));
	size_t i;
	json_t *number;

	*value = (struct form_value){ .given = json != NULL, .from = -1, .unit = -1, .index = -1, .outside = -1 };
	switch (field->type) {
	case FORM_CATEGORY:
		value->index = text != NULL && list != NULL ? grammar_category_in(grammar, list, text) : -1;
		value->given = value->index >= 0;
		break;
	case FORM_OPTION:
		value->index = text != NULL ? find_option(grammar, field->choice, text) : -1;
		value->given = value->index >= 0;
		break;
	case FORM_TEXT:
		value->given = text != NULL && outcome != NULL;
		if (value->given)
			value->text = outcome_keep(outcome, text);
		break;
	case FORM_NUMBERS:
		json_array_foreach(json, i, number)
			if (value->count < FORM_LIST_MAX)
				value->numbers[value->count++] = (long)json_integer_value(number);
		break;
	default:
		value->number = (long)json_integer_value(json);
		break;
	}
}

/* A code means something else in another category list. */
static void
write_key_value(const struct grammar *grammar, const struct form_field *field, const struct form_value *value,
		char out[KEYED_SIZE])
{
	const struct category *category;

	if (field->type == FORM_COUNT) {
		snprintf(out, KEYED_SIZE, "%ld", value->number);
	} else if (field->type == FORM_CATEGORY) {
		category = &grammar->categories[value->index];
		snprintf(out, KEYED_SIZE, "%s/%s", grammar->lists[category->list].name, category->code);
	} else {
		snprintf(out, KEYED_SIZE, "%s", grammar->options[value->index].name);
	}
}

/* "tahap=2": some fields in words. */
static void
write_some(const struct grammar *grammar, const struct form *form, const struct form_value *values,
	   const bool some[FORM_FIELDS_MAX], char out[KEYED_SIZE])
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < form->field_count && used < KEYED_SIZE; i++) {
		const struct form_field *field = &form->fields[i];
		char value[KEYED_SIZE];

		if (!some[i])
			continue;
		write_key_value(grammar, field, &values[i], value);
		used += (size_t)snprintf(out + used, KEYED_SIZE - used, "%s%s=%s", used != 0 ? " " : "", field->name, value);
	}
}

static struct entry_key
key_of(const struct form *form, const struct deed *deed, const struct outcome *outcome, const char *keyed)
{
	return (struct entry_key){ .form = form->name, .organisation = deed->person->organisation, .area = outcome->area,
				   .rt = outcome->rt, .rw = outcome->rw, .period = outcome->period, .keyed = keyed };
}

void
entries_values(const struct grammar *grammar, const struct form *form, const char *data, struct outcome *outcome,
	       struct form_value values[FORM_FIELDS_MAX])
{
	json_t *json = json_loads(data, 0, NULL);

	for (size_t i = 0; i < form->field_count; i++)
		from_json(grammar, &form->fields[i], json, outcome, &values[i]);
	json_decref(json);
}

void
entries_read(const struct deed *deed, const char *data)
{
	struct outcome *outcome = deed->outcome;

	entries_values(deed->grammar, &deed->grammar->forms[outcome->form], data, outcome, outcome->before);
	outcome->on_record = true;
}

static int
find_before(const struct deed *deed, const struct form *form, const struct entry_key *key)
{
	char *data = NULL;
	int error = form->unique ? entry_current(deed->store, key, &data) : -ENOENT;

	if (error != 0)
		return error == -ENOENT ? 0 : error;
	entries_read(deed, data);
	free(data);
	return 0;
}

int
entries_total(const struct deed *deed, struct entry *out)
{
	const struct form *form = &deed->grammar->forms[deed->outcome->form];
	char keyed[KEYED_SIZE];
	struct entry_key key = key_of(form, deed, deed->outcome, keyed);

	write_some(deed->grammar, form, deed->parse->values, form->keyed, keyed);
	return entry_total(deed->store, &key, out);
}

/* What rules compare with. */
static int
find_last(struct store *store, const struct grammar *grammar, const struct form *form, struct entry_key key,
	  struct outcome *outcome)
{
	for (size_t i = 0; i < form->rule_count; i++) {
		const struct form_rule *rule = &form->rules[i];
		int error;

		outcome->latest[i] = NO_VALUE;
		if (rule->other >= 0)
			continue;
		key.form = grammar->forms[rule->last_form].name;
		error = entry_last(store, &key, grammar->forms[rule->last_form].fields[rule->last_field].name,
				   &outcome->latest[i]);
		if (error != 0 && error != -ENOENT)
			return error;
	}
	return 0;
}

/* Stage 3 is expected behind stage 2. */
static int
find_previous(const struct deed *deed, const struct form *form)
{
	struct form_value values[FORM_FIELDS_MAX];
	char keyed[KEYED_SIZE], *data = NULL;
	struct entry_key key;
	int error;

	memcpy(values, deed->parse->values, sizeof values);
	if (form->follows < 0 || values[form->follows].number <= form->fields[form->follows].least)
		return 0;
	values[form->follows].number--;
	write_some(deed->grammar, form, values, form->keyed, keyed);
	key = key_of(form, deed, deed->outcome, keyed);
	error = entry_current(deed->store, &key, &data);
	free(data);
	deed->outcome->followed = error == 0;
	return error == -ENOENT ? 0 : error;
}

static void
on_met(void *ctx, int64_t organisation, const char *name)
{
	struct outcome *outcome = ctx;
	struct field *others;

	if (!outcome->meets)
		outcome_list(outcome, "tumpang", FIELD_TEXTS);
	outcome->meets = true;
	others = &outcome->fields[outcome->field_count - 1];
	if (others->count == FIELD_LIST_MAX)
		return;
	outcome->met[others->count] = organisation;
	outcome_list_text(outcome, others, name);
}

/* Whether somebody of the sender's area asked to be registered under each number that must be one of a request. */
static int
find_registered(const struct deed *deed, const struct form *form)
{
	const char *area = deed->person->area;
	struct outcome *outcome = deed->outcome;

	for (size_t i = 0; i < form->field_count && outcome->found == FOUND_YES; i++) {
		const struct form_field *field = &form->fields[i];
		const struct form_value *value = &deed->parse->values[i];
		struct registration request;
		int error;

		if (field->registered < 0 || !value->given)
			continue;
		error = registration_find(deed->store, value->number, &request);
		if (error != 0 && error != -ENOENT)
			return error;
		if (error == 0 && strcmp(request.role, deed->grammar->roles[field->registered].name) == 0 &&
		    strncmp(request.area, area, strlen(area)) == 0)
			continue;
		outcome->found = FOUND_NOT;
		outcome->field = (int)i;
		snprintf(outcome->word, sizeof outcome->word, "%ld", value->number);
	}
	return 0;
}

int
entries_find(const struct deed *deed)
{
	const struct grammar *grammar = deed->grammar;
	struct outcome *outcome = deed->outcome;
	const struct form *form = &grammar->forms[outcome->form];
	char keyed[KEYED_SIZE], met[KEYED_SIZE];
	struct entry_key key = key_of(form, deed, outcome, keyed);
	int error;

	write_some(grammar, form, deed->parse->values, form->keyed, keyed);
	error = find_registered(deed, form);
	if (error == 0)
		error = find_before(deed, form, &key);
	if (error == 0)
		error = entries_beside(deed);
	if (error == 0)
		error = find_last(deed->store, grammar, form, key, outcome);
	if (error == 0)
		error = find_previous(deed, form);
	if (error != 0 || !form->meets)
		return error;
	write_some(grammar, form, deed->parse->values, form->met, met);
	return entry_meet(deed->store, &key, met, on_met, outcome);
}

char *
entries_data(const struct grammar *grammar, const struct form *form, const struct form_value *values)
{
	json_t *data = json_object();
	char *text;

	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_value *value = &values[i];

		if (!value->given)
			continue;
		json_object_set_new(data, form->fields[i].name, to_json(grammar, &form->fields[i], value));
		/* The code of a category means something in its list only. */
		if (form->fields[i].type == FORM_CATEGORY)
			json_object_set_new(data, "list",
					    json_string(grammar->lists[grammar->categories[value->index].list].name));
	}
	text = json_dumps(data, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(data);
	return text;
}

int
entries_apply(const struct deed *deed)
{
	const struct grammar *grammar = deed->grammar;
	struct outcome *outcome = deed->outcome;
	const struct form *form = &grammar->forms[outcome->form];
	char keyed[KEYED_SIZE], met[KEYED_SIZE];
	char *data = entries_data(grammar, form, outcome->after);
	int64_t receipt = 0, no = 0;
	int error = 0;

	write_some(grammar, form, deed->parse->values, form->keyed, keyed);
	write_some(grammar, form, deed->parse->values, form->met, met);
	if (form->series == NULL)
		error = receipt_draw(deed->store, outcome->verb == VERB_RALAT ? verb_name(VERB_RALAT) :
				     grammar_form_verb(grammar, outcome->form), deed->inbox, deed->person->id,
				     deed->person->organisation, deed->wall, &receipt);
	if (error == 0)
		error = entry_put(deed->store, &(struct entry_new){
			.key = key_of(form, deed, outcome, keyed), .receipt = receipt,
			.series = form->series != NULL ? form->series : "", .inbox = deed->inbox,
			.person = deed->person->id, .wall = deed->wall, .replaces = form->unique, .met = met, .data = data,
			.flag = outcome->flag }, &no);
	free(data);
	if (error != 0)
		return error;
	reply_set(&outcome->reply, "no", "%lld", (long long)no);
	return entries_tell(deed, no);
}

static int
month_of(const struct deed *deed, int64_t wall, const char *area)
{
	struct civil civil = civil_at(wall, grammar_zone(deed->grammar, area));

	return civil.year * 12 + civil.month - 1;
}

int
entries_late(const struct deed *deed, const struct entry *entry, const struct form_value *values, bool *late)
{
	const struct form *form = &deed->grammar->forms[deed->outcome->form];
	struct form_value first[FORM_FIELDS_MAX];
	char keyed[KEYED_SIZE];
	int64_t begun;
	int error;

	*late = false;
	if (form->due < 0)
		return 0;
	memcpy(first, values, sizeof first);
	first[form->due].number = 1;
	write_some(deed->grammar, form, first, form->keyed, keyed);
	error = entry_begun(deed->store, form->name, entry->organisation, entry->area, keyed, &begun);
	if (error == 0)
		*late = month_of(deed, entry->wall, entry->area) >
			month_of(deed, begun, entry->area) + values[form->due].number - 1;
	return error == -ENOENT ? 0 : error;
}
