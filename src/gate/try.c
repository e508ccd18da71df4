/* SPDX-License-Identifier: GPL-3.0-or-later */
/* try: what the gateway would make of a text, shown to a person or as one line of JSON. */
#include "gate/try.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/sms.h"
#include "base/xmalloc.h"
#include "gate/desk.h"
#include "store/store.h"

static json_t *
json_period(int period)
{
	char text[16];

	snprintf(text, sizeof text, "%04d-%02d", period / 12, period % 12 + 1);
	return json_string(text);
}

/* [["02", 3, "orang"], ...] */
static json_t *
json_items(const struct grammar *grammar, const struct outcome *outcome)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < outcome->item_count; i++)
		json_array_append_new(list, json_pack("[sIs]", grammar->categories[outcome->items[i].category].code,
						      (json_int_t)outcome->items[i].value,
						      grammar->units[outcome->items[i].unit].name));
	return list;
}

/* [["02", 3, 5], ...]: values that differ from those before. */
static json_t *
json_changes(const struct grammar *grammar, const struct outcome *outcome)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < outcome->item_count; i++)
		if (outcome->items[i].old != NO_VALUE && outcome->items[i].old != outcome->items[i].value)
			json_array_append_new(list, json_pack("[sII]",
							      grammar->categories[outcome->items[i].category].code,
							      (json_int_t)outcome->items[i].old,
							      (json_int_t)outcome->items[i].value));
	return list;
}

/* [["14", 12], ["07", null]]: what is in force after a cancellation. */
static json_t *
json_returned(const struct grammar *grammar, const struct outcome *outcome)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < outcome->item_count; i++) {
		const struct outcome_item *item = &outcome->items[i];

		json_array_append_new(list, json_pack("[so]", item->category >= 0 ?
						      grammar->categories[item->category].code : "",
						      item->value == NO_VALUE ? json_null() : json_integer(item->value)));
	}
	return list;
}

static json_t *
json_counts(const struct field *field)
{
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < field->count; i++)
		json_object_set_new(object, field->items[i], field->numbers[i] == COUNT_MASKED ? json_string("<5") :
				    json_integer(field->numbers[i]));
	return object;
}

static json_t *
json_field(const struct field *field)
{
	json_t *list;
	size_t i;

	switch (field->kind) {
	case FIELD_NUMBER: return json_integer(field->number);
	case FIELD_TEXT: return json_string(field->text);
	case FIELD_TRUE: return json_true();
	case FIELD_COUNTS: return json_counts(field);
	case FIELD_NUMBERS: case FIELD_TEXTS: break;
	}
	list = json_array();
	for (i = 0; i < field->count; i++)
		json_array_append_new(list, field->kind == FIELD_NUMBERS ? json_integer(field->numbers[i]) :
						    json_string(field->items[i]));
	return list;
}

/* {"02": 3, "21": "<5"}: categories in their first unit; of one that is asked for and not known 0. */
static json_t *
json_nilai(const struct grammar *grammar, const struct outcome *outcome)
{
	json_t *object = json_object();
	char text[24];
	size_t i;

	for (i = 0; i < outcome->line_count; i++) {
		const struct outcome_line *line = &outcome->lines[i];
		const struct category *category = &grammar->categories[line->category];
		long number = line->number == NO_VALUE ? 0 : line->number;

		if (line->unit != category->units[0].unit)
			continue;
		snprintf(text, sizeof text, "%c%ld", line->sign == COUNT_BELOW ? '<' : '>', number);
		json_object_set_new(object, category->code, line->sign == COUNT_EXACT ? json_integer(number) : json_string(text));
	}
	return object;
}

static json_t *
json_villages(const struct outcome *outcome)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < outcome->line_count; i++)
		if (strlen(outcome->lines[i].code) == 13)
			json_array_append_new(list, json_string(outcome->lines[i].code));
	return list;
}

/* [["32.07.34.2007", "07", ["KT", "PSM"]]] */
static json_t *
json_overlaps(const struct grammar *grammar, const struct outcome *outcome)
{
	json_t *list = json_array(), *bodies = NULL;
	size_t i;

	for (i = 0; i < outcome->line_count; i++) {
		const struct outcome_line *line = &outcome->lines[i];
		bool first = i == 0 || strcmp(line[-1].code, line->code) != 0 || line[-1].category != line->category ||
			     line[-1].unit != line->unit || line[-1].period != line->period;

		/* Above the kecamatan: how many in each area. */
		if (line->category < 0) {
			json_array_append_new(list, json_pack("[si]", line->code, (int)line->number));
			continue;
		}
		if (first) {
			bodies = json_array();
			json_array_append_new(list, json_pack("[sso]", line->code, grammar->categories[line->category].code,
							      bodies));
		}
		json_array_append_new(bodies, json_string(line->body));
	}
	return list;
}

/* What the store said to a question, where there is anything on record. */
static void
put_answer(const struct grammar *grammar, const struct outcome *outcome, json_t *result)
{
	if (!outcome->known || outcome->role >= 0 || outcome->form >= 0)
		return;
	switch (outcome->verb) {
	case VERB_JUMLAH: case VERB_REKAP:
		json_object_set_new(result, "nilai", json_nilai(grammar, outcome));
		json_object_set_new(result, "lapor", json_pack("[II]", (json_int_t)outcome->reported, (json_int_t)outcome->whole));
		break;
	case VERB_BELUM:
		/* Of very many only how many there are in each area. */
		if (outcome->whole - outcome->reported <= OUTCOME_LINES_MAX / 2)
			json_object_set_new(result, "desa", json_villages(outcome));
		break;
	case VERB_TUMPANG: json_object_set_new(result, "kasus", json_overlaps(grammar, outcome)); break;
	default: break;
	}
}

static void
put_fields(const struct outcome *outcome, json_t *result)
{
	size_t i;

	for (i = 0; i < outcome->field_count; i++)
		if (!outcome->fields[i].kept)
			json_object_set_new(result, outcome->fields[i].name, json_field(&outcome->fields[i]));
}

static void
put_report(const struct grammar *grammar, const struct outcome *outcome, json_t *result)
{
	json_t *changes;

	json_object_set_new(result, "desa", json_string(outcome->village));
	json_object_set_new(result, "per", json_period(outcome->period));
	if (outcome->verb == VERB_NIHIL)
		return;
	json_object_set_new(result, "isi", json_items(grammar, outcome));
	if (outcome->rt != 0)
		json_object_set_new(result, "rt", json_integer(outcome->rt));
	if (outcome->rw != 0)
		json_object_set_new(result, "rw", json_integer(outcome->rw));
	changes = json_changes(grammar, outcome);
	if (json_array_size(changes) != 0)
		json_object_set(result, "ganti", changes);
	json_decref(changes);
	if (outcome->same)
		json_object_set_new(result, "sama", json_true());
	put_fields(outcome, result);
}

/* A field of a form may name its own error. */
static const char *
error_name(const struct grammar *grammar, const struct outcome *outcome)
{
	if (outcome->reject != REJECT_ISIAN)
		return reject_name(outcome->reject);
	return grammar->replies[grammar->forms[outcome->form].fields[outcome->field].wrong].id;
}

static void
put_reject(const struct grammar *grammar, const struct outcome *outcome, json_t *result)
{
	json_t *codes = json_array();
	size_t i;

	json_object_set_new(result, "err", json_string(error_name(grammar, outcome)));
	if (outcome->reject == REJECT_DESA_PILIH) {
		for (i = 0; i < outcome->code_count; i++)
			json_array_append_new(codes, json_string(outcome->codes[i]));
		json_object_set(result, "arg", codes);
	} else if (outcome->arg[0] != '\0') {
		json_object_set_new(result, "arg", json_string(outcome->arg));
	}
	json_decref(codes);
}

/* [["kbs", 12, 15]]: numbers that differ from those before. */
static json_t *
json_form_changes(const struct form *form, const struct outcome *outcome)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < form->field_count && outcome->on_record; i++)
		if (form->fields[i].type == FORM_COUNT && outcome->before[i].given && outcome->after[i].given &&
		    outcome->before[i].number != outcome->after[i].number)
			json_array_append_new(list, json_pack("[sII]", form->fields[i].name,
							      (json_int_t)outcome->before[i].number,
							      (json_int_t)outcome->after[i].number));
	return list;
}

static void
put_entry(const struct grammar *grammar, const struct outcome *outcome, json_t *result)
{
	const struct form *form = &grammar->forms[outcome->form];
	json_t *changes;

	put_fields(outcome, result);
	if (outcome->verb == VERB_RALAT)
		json_object_set_new(result, "form", json_string(form->name));
	if (!form->shows_changes)
		return;
	changes = json_form_changes(form, outcome);
	if (json_array_size(changes) != 0)
		json_object_set(result, "ganti", changes);
	json_decref(changes);
	if (outcome->same)
		json_object_set_new(result, "sama", json_true());
}

static void
put_accept(const struct grammar *grammar, const struct outcome *outcome, json_t *result)
{
	json_object_set_new(result, "cmd", json_string(outcome->shown != NULL ? outcome->shown : verb_name(outcome->verb)));
	if (outcome->verb == VERB_BATAL) {
		json_object_set_new(result, "no", json_integer(outcome->cancels));
		json_object_set_new(result, "isi", json_returned(grammar, outcome));
		put_fields(outcome, result);
		return;
	}
	if (outcome->form >= 0) {
		put_entry(grammar, outcome, result);
		return;
	}
	if (outcome->verb != VERB_REPORT && outcome->verb != VERB_RALAT && outcome->verb != VERB_NIHIL &&
	    outcome->verb != VERB_SAH) {
		put_fields(outcome, result);
		return;
	}
	if (outcome->verb == VERB_NIHIL)
		json_object_set_new(result, "fam", json_string(grammar->families[outcome->family].name));
	put_report(grammar, outcome, result);
}

/* The normalised outcome (domain 6). */
static json_t *
json_outcome(const struct grammar *grammar, const struct outcome *outcome)
{
	json_t *result = json_object();

	if (outcome->expect == EXPECT_REJECT) {
		put_reject(grammar, outcome, result);
	} else if (outcome->expect == EXPECT_ACCEPT) {
		put_accept(grammar, outcome, result);
	} else if (outcome->expect != EXPECT_IGNORE) {
		json_object_set_new(result, "cmd", json_string(outcome->shown != NULL ? outcome->shown : verb_name(outcome->verb)));
		put_fields(outcome, result);
		put_answer(grammar, outcome, result);
		if (outcome->topic != VERB_NONE)
			json_object_set_new(result, "topik", json_string(outcome->topic == VERB_FORM ?
					    grammar_form_verb(grammar, outcome->topic_form) : verb_name(outcome->topic)));
	}
	return result;
}

/* With what is offered instead of a rejected message. */
static json_t *
json_result(const struct grammar *grammar, const struct desk_answer *answer)
{
	json_t *result = json_outcome(grammar, &answer->outcome);

	if (answer->offers)
		json_object_set_new(result, "tawar", json_outcome(grammar, &answer->offered));
	return result;
}

static void
print_json(const struct grammar *grammar, const struct desk_answer *answer, FILE *out)
{
	json_t *line = json_object(), *replies = json_array();
	char *text;

	json_object_set_new(line, "expect", json_string(expect_name(answer->outcome.expect)));
	json_object_set_new(line, "result", json_result(grammar, answer));
	if (answer->reply[0] != '\0')
		json_array_append_new(replies, json_string(answer->reply));
	json_object_set_new(line, "reply", replies);
	text = json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER);
	fprintf(out, "%s\n", text);
	free(text);
	json_decref(line);
}

/* What each token was read as, tokens of one reading together. */
static void
print_reading(const struct parse *parse, FILE *out)
{
	size_t at = 0, end;

	while (at < parse->count) {
		for (end = at + 1; end < parse->count && parse->readings[end] == parse->readings[at]; )
			end++;
		fprintf(out, "  %-12s %.*s\n", reading_name(parse->readings[at]),
			(int)(parse->tokens[end - 1].end - parse->tokens[at].start),
			parse->folded + parse->tokens[at].start);
		at = end;
	}
}

static void
print_person(const struct grammar *grammar, const struct desk_answer *answer, FILE *out)
{
	json_t *result = json_result(grammar, answer);
	char *text = json_dumps(result, JSON_PRESERVE_ORDER);

	fprintf(out, "read as\n");
	print_reading(&answer->parse, out);
	fprintf(out, "outcome\n  %s %s\n", expect_name(answer->outcome.expect), text);
	if (answer->reply[0] != '\0')
		fprintf(out, "reply (%d of 160 characters)\n  %s\n", sms_septets(answer->reply), answer->reply);
	else
		fprintf(out, "no reply\n");
	free(text);
	json_decref(result);
}

int
try_run(struct store *store, const struct grammar *grammar, const struct desk_conf *conf,
	const struct try_options *options, const char *from, const char *text, FILE *out)
{
	struct desk_message message = { .sender = from, .text = text, .time = options->at != NULL ? options->at : "",
					.received = clock_wall(), .dry = !options->commit, .hold = true };
	struct desk_answer *answer;
	struct desk *desk;
	int error;

	if (options->at != NULL && !store_time(store, options->at, &message.received, NULL))
		return -EINVAL;
	desk = desk_new(store, grammar, conf);
	if (desk == NULL)
		return -EINVAL;
	answer = xcalloc(1, sizeof *answer);
	error = desk_handle(desk, &message, answer);
	if (error == 0 && options->json)
		print_json(grammar, answer, out);
	else if (error == 0)
		print_person(grammar, answer, out);
	parse_clear(&answer->parse);
	free(answer);
	desk_free(desk);
	return error;
}
