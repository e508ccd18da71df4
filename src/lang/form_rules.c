/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_rules: what is wrong with the values of a form, and what they come to. Knows no form by name. */
#include "lang/form_rules.h"

#include <stdio.h>
#include <string.h>

static bool
reject(struct outcome *out, enum reject why, int field)
{
	outcome_refuse(out, why);
	out->field = field;
	return false;
}

/* An impossible number: the field's own reply, or the general one. */
static bool
reject_number(const struct form *form, struct outcome *out, size_t field, long number)
{
	snprintf(out->word, sizeof out->word, "%ld", number);
	return reject(out, form->fields[field].wrong >= 0 ? REJECT_ISIAN : REJECT_ANGKA, (int)field);
}

/* Whether the category is counted in the unit, or reads it as another. */
static bool
counted_in(const struct category *category, int unit)
{
	for (size_t i = 0; i < category->unit_count; i++)
		if (category->units[i].unit == unit)
			return true;
	return category->reads_unit == unit;
}

/* Rule 19: the units of the field, or those of the category that it counts. */
static bool
check_unit(const struct parse *parse, struct outcome *out, size_t index)
{
	const struct form *form = &parse->grammar->forms[parse->form];
	const struct form_field *field = &form->fields[index];
	int unit = parse->values[index].unit;

	if (unit < 0)
		return true;
	for (size_t i = 0; i < field->unit_count; i++)
		if (field->units[i] == unit)
			return true;
	for (size_t i = 0; field->unit_count == 0 && i < form->field_count; i++) {
		if (form->fields[i].type != FORM_CATEGORY || !parse->values[i].given)
			continue;
		if (counted_in(&parse->grammar->categories[parse->values[i].index], unit))
			return true;
		out->category = parse->values[i].index;
	}
	return field->unit_count == 0 && out->category < 0 ? true : reject(out, REJECT_SATUAN, (int)index);
}

/* The largest number of a field, where another one may decide. */
static long
largest(const struct form_field *field, const struct form_value *values)
{
	const struct form_value *by = field->bound_by >= 0 ? &values[field->bound_by] : NULL;

	if (by != NULL && by->given && by->number >= 1 && by->number <= (long)field->bound_count)
		return field->bounds[by->number - 1];
	return field->most;
}

static bool
check_value(const struct parse *parse, struct outcome *out, size_t index)
{
	const struct form *form = &parse->grammar->forms[parse->form];
	const struct form_field *field = &form->fields[index];
	const struct form_value *value = &parse->values[index];
	long most = largest(field, parse->values);

	if (!value->given)
		return true;
	switch (field->type) {
	case FORM_COUNT: case FORM_CASE:
		if (value->number < field->least || value->number > most)
			return reject_number(form, out, index, value->number);
		return check_unit(parse, out, index);
	case FORM_NUMBERS:
		if (value->outside >= 0)
			return reject_number(form, out, index, value->outside);
		if (value->count != 0 && value->numbers[value->count - 1] > most)
			return reject_number(form, out, index, value->numbers[value->count - 1]);
		return true;
	case FORM_TEXT:
		return value->number <= field->most && value->number >= field->least ? true :
		       reject(out, REJECT_PANJANG, (int)index);
	default:
		return true;
	}
}

static bool
holds(enum form_relation relation, long left, long right)
{
	switch (relation) {
	case FORM_AT_MOST: return left <= right;
	case FORM_LESS: return left < right;
	case FORM_EQUAL: return left == right;
	}
	return true;
}

/* Rules between the fields in values[], and with what is on record where `last` says so. */
static bool
check_rules(const struct form *form, const struct form_value *values, struct outcome *out, bool last)
{
	for (size_t i = 0; i < form->rule_count; i++) {
		const struct form_rule *rule = &form->rules[i];
		bool own = rule->other >= 0;

		if (!values[rule->field].given || (own && !values[rule->other].given) ||
		    (!own && (!last || out->latest[i] == NO_VALUE)))
			continue;
		if (holds(rule->relation, values[rule->field].number, own ? values[rule->other].number : out->latest[i]))
			continue;
		memcpy(out->after, values, sizeof out->after);
		out->rule = (int)i;
		return reject(out, REJECT_ANGKA, rule->field);
	}
	return true;
}

bool
form_check(const struct parse *parse, struct outcome *out)
{
	const struct form *form = &parse->grammar->forms[parse->form];

	if (parse->filling.reject != REJECT_NONE)
		return reject(out, REJECT_FORMAT, parse->filling.index);
	for (size_t i = 0; i < form->field_count; i++)
		if (!check_value(parse, out, i))
			return false;
	return check_rules(form, parse->values, out, false);
}

/* What was said and what is on record: steps done so far come together; a correction keeps what it does not name. */
static void
merge(const struct parse *parse, struct outcome *out, const struct form_field *field, size_t index)
{
	const struct form_value *said = &parse->values[index], *old = &out->before[index];
	struct form_value *after = &out->after[index];
	bool correction = parse->verb == VERB_RALAT;

	*after = *said;
	if (!out->on_record || !old->given)
		return;
	if (!said->given && (correction || field->collected)) {
		*after = *old;
		return;
	}
	if (correction || !field->collected)
		return;
	for (size_t i = 0; i < old->count && after->count < FORM_LIST_MAX; i++) {
		size_t at = 0;

		while (at < after->count && after->numbers[at] < old->numbers[i])
			at++;
		if (at < after->count && after->numbers[at] == old->numbers[i])
			continue;
		memmove(after->numbers + at + 1, after->numbers + at, (after->count - at) * sizeof *after->numbers);
		after->numbers[at] = old->numbers[i];
		after->count++;
	}
}

/* Rule 37: a correction needs something to correct, and the old number as it is on record. */
static bool
check_correction(const struct parse *parse, const struct form *form, struct outcome *out)
{
	if (parse->verb != VERB_RALAT)
		return true;
	if (!out->on_record)
		return reject(out, REJECT_TIDAK_ADA, -1);
	for (size_t i = 0; i < form->field_count; i++)
		if (parse->values[i].from >= 0 &&
		    (!out->before[i].given || out->before[i].number != parse->values[i].from)) {
			out->said = parse->values[i].from;
			return reject(out, REJECT_BEDA, (int)i);
		}
	return true;
}

static void
show_field(const struct grammar *grammar, const struct form_field *field, const struct form_value *value,
	   struct outcome *out)
{
	struct field *list;
	char date[40];

	switch (field->type) {
	case FORM_CATEGORY:
		outcome_text(out, field->name, grammar->categories[value->index].code);
		break;
	case FORM_OPTION:
		outcome_text(out, field->name, grammar->options[value->index].name);
		break;
	case FORM_TEXT:
		outcome_text(out, field->name, value->text);
		break;
	case FORM_FLAG:
		outcome_true(out, field->name);
		break;
	case FORM_DATE:
		snprintf(date, sizeof date, "%04ld-%02ld-%02ld", value->number / 10000, value->number / 100 % 100,
			 value->number % 100);
		outcome_text(out, field->name, date);
		break;
	case FORM_NUMBERS:
		list = outcome_list(out, field->name, FIELD_NUMBERS);
		for (size_t i = 0; i < value->count; i++)
			outcome_list_number(list, value->numbers[i]);
		break;
	default:
		outcome_number(out, field->name, value->number);
		break;
	}
}

static void
show(const struct parse *parse, const struct form *form, struct outcome *out)
{
	char period[24];

	for (size_t i = 0; i < form->field_count; i++)
		if (form->shown[i] && parse->values[i].given)
			show_field(parse->grammar, &form->fields[i], &parse->values[i], out);
	if (form->shows_place && form->place != FORM_NOWHERE)
		outcome_text(out, form->place == FORM_DISTRICT ? "area" : "desa", out->area);
	if (form->shows_part && out->rw != 0)
		outcome_number(out, "rw", out->rw);
	if (form->shows_part && out->rt != 0)
		outcome_number(out, "rt", out->rt);
	if (form->shows_period && form->monthly) {
		snprintf(period, sizeof period, "%04d-%02d", out->period / 12, out->period % 12 + 1);
		outcome_text(out, "per", period);
	}
}

static const char *
flag_of(const struct form *form, const struct outcome *out)
{
	for (size_t i = 0; i < form->rule_count; i++)
		if (form->rules[i].other < 0 && out->latest[i] == NO_VALUE)
			return "UNCHECKED";
	return out->followed ? "" : "ORDER";
}

void
form_conclude(const struct parse *parse, struct outcome *out)
{
	const struct form *form = &parse->grammar->forms[parse->form];
	bool same = out->on_record;

	if (!check_correction(parse, form, out))
		return;
	for (size_t i = 0; i < form->field_count; i++) {
		merge(parse, out, &form->fields[i], i);
		out->told[i] = parse->values[i].given;
		same = same && form_value_equal(&form->fields[i], &out->after[i], &out->before[i]);
	}
	if (!check_rules(form, out->after, out, true))
		return;
	out->flag = flag_of(form, out);
	show(parse, form, out);
	out->same = same;
	if (same)
		out->effect = EFFECT_NOTHING;
}
