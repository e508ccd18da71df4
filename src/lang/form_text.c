/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_text: what the texts of a form may be filled with. Knows no message. */
#include "lang/form_text.h"

#include <stdio.h>
#include <string.h>

#include "lang/outcome.h"

#define LIST_WIDTH 9            /* 1,2,3,4,5 or 1-5 */
#define SUM_WIDTH 7

static size_t
digits(long number)
{
	return (size_t)snprintf(NULL, 0, "%ld", number);
}

static size_t
option_width(const struct grammar *grammar, int choice)
{
	size_t most = 0;

	for (size_t i = 0; i < grammar->option_count; i++)
		if (grammar->options[i].choice == choice && strlen(grammar->options[i].name) > most)
			most = strlen(grammar->options[i].name);
	return most;
}

static size_t
field_width(const struct grammar *grammar, const struct form_field *field)
{
	switch (field->type) {
	case FORM_COUNT: case FORM_CASE: return digits(field->most);
	case FORM_NUMBERS: return LIST_WIDTH;
	case FORM_CATEGORY: return reply_width("kat");
	case FORM_OPTION: return option_width(grammar, field->choice);
	case FORM_DATE: return reply_width("tgl");
	/* A text is not repeated: it may hold what must not be said. */
	case FORM_TEXT: case FORM_FLAG: case FORM_TYPES: break;
	}
	return 0;
}

/* What every form offers beside its fields. */
static bool
is_common(const struct form *form, const char *name)
{
	if (strcmp(name, "desa") == 0)
		return form->place == FORM_VILLAGE || form->place == FORM_PART;
	if (strcmp(name, "per") == 0)
		return form->monthly;
	if (strcmp(name, "org") == 0)
		return form->meets;
	return strcmp(name, "no") == 0 || strcmp(name, "wil") == 0 || strcmp(name, "judul") == 0 || reply_common(name);
}

/* {langkah_n}, {langkah_m}, {langkah_k}: the field, -1. */
static int
counted_field(const struct form *form, const char *name, char *which)
{
	size_t length = strlen(name);
	char field[16];
	int index;

	if (length < 3 || length >= sizeof field || name[length - 2] != '_' || strchr("nmk", name[length - 1]) == NULL)
		return -1;
	snprintf(field, sizeof field, "%.*s", (int)(length - 2), name);
	*which = name[length - 1];
	index = grammar_form_field(form, field);
	return index >= 0 && form->fields[index].type == FORM_NUMBERS ? index : -1;
}

int
form_known(const struct grammar *grammar, const struct form *form, const char *name)
{
	int field = grammar_form_field(form, name);

	for (size_t i = 0; field < 0 && i < form->rule_count; i++) {
		const struct form_rule *rule = &form->rules[i];

		if (rule->last_field >= 0 &&
		    strcmp(grammar->forms[rule->last_form].fields[rule->last_field].name, name) == 0)
			field = FORM_FIELDS_MAX + (int)i;
	}
	for (size_t i = 0; field < 0 && i < form->beside_count; i++)
		if (strcmp(form->besides[i].name, name) == 0)
			field = FORM_KNOWN_BESIDE + (int)i;
	return field;
}

size_t
form_width(const struct grammar *grammar, const struct form *form, const char *placeholder)
{
	int known = form_known(grammar, form, placeholder);
	char which;

	if (known >= FORM_KNOWN_BESIDE)
		return SUM_WIDTH;
	if (known >= FORM_FIELDS_MAX) {
		const struct form_rule *rule = &form->rules[known - FORM_FIELDS_MAX];

		return field_width(grammar, &grammar->forms[rule->last_form].fields[rule->last_field]);
	}
	if (known >= 0)
		return field_width(grammar, &form->fields[known]);
	known = counted_field(form, placeholder, &which);
	if (known >= 0)
		return which == 'k' ? field_width(grammar, &form->fields[known]) : digits(form->fields[known].most);
	return is_common(form, placeholder) ? reply_width(placeholder) : 0;
}

void
form_placeholders(const struct form *form, char *out, size_t size)
{
	static const char *const COMMON[] = { "desa", "wil", "per", "org", "no", "judul", "ketik", "contoh" };
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < form->field_count && used < size; i++)
		if (form->fields[i].type != FORM_FLAG && form->fields[i].type != FORM_TEXT)
			used += (size_t)snprintf(out + used, size - used, "%s ", form->fields[i].name);
	for (size_t i = 0; i < sizeof COMMON / sizeof COMMON[0] && used < size; i++)
		if (is_common(form, COMMON[i]))
			used += (size_t)snprintf(out + used, size - used, "%s ", COMMON[i]);
	if (used > 0 && used < size)
		out[used - 1] = '\0';
}

/* 1,3 or, where that is shorter, 1-5. */
static void
write_numbers(const struct form_value *value, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	if (value->count > 2 && value->numbers[value->count - 1] - value->numbers[0] == (long)value->count - 1) {
		snprintf(out, size, "%ld-%ld", value->numbers[0], value->numbers[value->count - 1]);
		return;
	}
	for (size_t i = 0; i < value->count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%ld", i != 0 ? "," : "", value->numbers[i]);
}

/* How many numbers there can be: as many as the field that bounds it says. */
static long
all_of(const struct form_field *field, const struct form_value *values)
{
	const struct form_value *by = field->bound_by >= 0 ? &values[field->bound_by] : NULL;

	if (by != NULL && by->given && by->number >= 1 && by->number <= (long)field->bound_count)
		return field->bounds[by->number - 1] - field->least + 1;
	return field->most - field->least + 1;
}

void
form_open_numbers(const struct form_field *field, const struct form_value *value, const struct form_value *values,
		  char out[REPLY_SIZE])
{
	struct form_value open = { .given = true };
	long all = all_of(field, values);

	for (long number = field->least; number < field->least + all && open.count < FORM_LIST_MAX; number++) {
		size_t i = 0;

		while (i < value->count && value->numbers[i] != number)
			i++;
		if (i == value->count)
			open.numbers[open.count++] = number;
	}
	write_numbers(&open, out, REPLY_SIZE);
}

static void
write_field(const struct grammar *grammar, const struct form_field *field, const struct form_value *value, char *out)
{
	switch (field->type) {
	case FORM_NUMBERS:
		write_numbers(value, out, REPLY_SIZE);
		break;
	case FORM_OPTION:
		snprintf(out, REPLY_SIZE, "%s", value->given ? grammar->options[value->index].name : "-");
		break;
	case FORM_DATE:
		snprintf(out, REPLY_SIZE, "%02ld-%02ld-%04ld", value->number % 100, value->number / 100 % 100,
			 value->number / 10000);
		break;
	default:
		snprintf(out, REPLY_SIZE, value->given ? "%ld" : "-", value->number);
		break;
	}
}

void
form_value_write(const struct grammar *grammar, const struct form_field *field, const struct form_value *value,
		 void (*category)(void *ctx, int index, char out[REPLY_SIZE]), void *ctx, char out[REPLY_SIZE])
{
	if (field->type == FORM_CATEGORY && value->given)
		category(ctx, value->index, out);
	else
		write_field(grammar, field, value, out);
}

bool
form_write(const struct grammar *grammar, const struct outcome *outcome, const char *placeholder,
	   void (*category)(void *ctx, int index, char out[REPLY_SIZE]), void *ctx, char out[REPLY_SIZE])
{
	const struct form *form = &grammar->forms[outcome->form];
	int known = form_known(grammar, form, placeholder);
	char which;

	if (known >= FORM_KNOWN_BESIDE) {
		snprintf(out, REPLY_SIZE, "%ld", outcome->beside[known - FORM_KNOWN_BESIDE]);
		return true;
	}
	if (known >= FORM_FIELDS_MAX) {
		long last = outcome->latest[known - FORM_FIELDS_MAX];

		snprintf(out, REPLY_SIZE, last != NO_VALUE ? "%ld" : "-", last);
		return true;
	}
	if (known >= 0) {
		form_value_write(grammar, &form->fields[known], &outcome->after[known], category, ctx, out);
		return true;
	}
	known = counted_field(form, placeholder, &which);
	if (known < 0)
		return false;
	if (which == 'k') {
		form_open_numbers(&form->fields[known], &outcome->after[known], outcome->after, out);
		if (out[0] == '\0')
			snprintf(out, REPLY_SIZE, "-");
		return true;
	}
	snprintf(out, REPLY_SIZE, "%ld", which == 'm' ? all_of(&form->fields[known], outcome->after) :
		 (long)outcome->after[known].count);
	return true;
}
