/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form: reads a message as a structured report of the grammar: which form, which of its fields, left to right. Knows
 * no form by name. */
#include "lang/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/xmalloc.h"
#include "lang/reader.h"

#define PHRASE_MAX 5
#define EVENTS_MAX 64

/* Marks and numbers in the order in which they stand; they are paired when all are known. */
enum form_event_kind { FORM_MARK, FORM_NUMBER, FORM_CHANGE /* JADI */ };
struct form_event {
	enum form_event_kind kind;
	size_t token, end;              /* from where to where it was read */
	int field;                      /* of a mark */
	long number;
	int unit;                       /* -1: not said */
};

struct filler {
	struct reader *reader;
	const struct grammar *grammar;
	struct parse *parse;
	const struct form *form;
	int index;
	size_t head;                    /* token of the form's first word ... */
	int head_field;                 /* ... and the field that it is a mark of, too; -1 */
	struct form_event events[EVENTS_MAX];
	size_t event_count;
	int unit_before;                /* a unit that stands before its number; -1 */
};

bool
form_value_equal(const struct form_field *field, const struct form_value *a, const struct form_value *b)
{
	if (a->given != b->given || !a->given)
		return a->given == b->given;
	switch (field->type) {
	case FORM_NUMBERS:
		return a->count == b->count && memcmp(a->numbers, b->numbers, a->count * sizeof *a->numbers) == 0;
	case FORM_CATEGORY: case FORM_OPTION:
		return a->index == b->index;
	case FORM_TEXT:
		return strcmp(a->text, b->text) == 0;
	case FORM_FLAG:
		return true;
	default:
		return a->number == b->number;
	}
}

/* Something about the fields is wrong: the first is what the answer explains. */
static void
unfilled(struct filler *filler, int field, size_t at)
{
	struct problem *problem = &filler->parse->filling;

	if (problem->reject != REJECT_NONE)
		return;
	problem->reject = REJECT_FORMAT;
	problem->index = field;
	if (at < filler->parse->count)
		reader_span(filler->reader, at, 1, problem->word, sizeof problem->word);
}

static size_t
mark_at(const struct filler *filler, size_t at, int *field)
{
	return reader_phrase_in(filler->reader, WORD_MARK, filler->index, at, PHRASE_MAX, field);
}

/* First field of that type that has no value yet; -1. */
static int
free_field(const struct filler *filler, enum form_type type)
{
	for (size_t i = 0; i < filler->form->field_count; i++)
		if (filler->form->fields[i].type == type && !filler->form->fields[i].marked &&
		    !filler->parse->values[i].given)
			return (int)i;
	return -1;
}

static int
field_of(const struct filler *filler, enum form_type type)
{
	for (size_t i = 0; i < filler->form->field_count; i++)
		if (filler->form->fields[i].type == type)
			return (int)i;
	return -1;
}

/* Longest phrase that is an option of one of the form's choices. */
static size_t
option_at(const struct filler *filler, size_t at, int *field, int *option)
{
	size_t longest = 0;

	for (size_t i = 0; i < filler->form->field_count; i++) {
		int value;
		size_t length;

		if (filler->form->fields[i].type != FORM_OPTION)
			continue;
		length = reader_phrase_in(filler->reader, WORD_OPTION, filler->form->fields[i].choice, at, PHRASE_MAX, &value);
		if (length > longest) {
			longest = length;
			*field = (int)i;
			*option = value;
		}
	}
	return longest;
}

/* Events. */

static const struct form_event *
last_event(const struct filler *filler)
{
	return filler->event_count != 0 ? &filler->events[filler->event_count - 1] : NULL;
}

static void
put_event(struct filler *filler, enum form_event_kind kind, size_t at, size_t length, int field, long number, int unit)
{
	if (filler->event_count < EVENTS_MAX)
		filler->events[filler->event_count++] =
			(struct form_event){ kind, at, at + length, field, number, unit };
	else
		unfilled(filler, -1, at);
}

/* Values behind a mark. */

static void
add_number(struct form_value *value, const struct form_field *field, long number)
{
	size_t i = 0;

	if (number < field->least || number > field->most) {
		if (value->outside < 0)
			value->outside = number < 0 ? 0 : number;
		return;
	}
	while (i < value->count && value->numbers[i] < number)
		i++;
	if (i < value->count && value->numbers[i] == number)
		return;
	memmove(value->numbers + i + 1, value->numbers + i, (value->count - i) * sizeof *value->numbers);
	value->numbers[i] = number;
	value->count++;
}

static void
add_range(struct form_value *value, const struct form_field *field, long from, long to)
{
	if (from > to || from < field->least || to > field->most) {
		add_number(value, field, from < field->least || from > field->most ? from : field->most + 1);
		if (value->outside > field->most && from <= to)
			value->outside = to;
		return;
	}
	for (; from <= to; from++)
		add_number(value, field, from);
}

/* One element: 3, 1-5, 1,3 (a decimal to the lexer), TIGA. */
static size_t
read_element(struct filler *filler, size_t at, struct form_value *value, const struct form_field *field, long *last)
{
	const struct token *token = &filler->parse->tokens[at];
	int unit;
	bool nihil;
	size_t length;

	*last = token->b;
	switch (token->kind) {
	case TOKEN_RANGE:
		add_range(value, field, token->a, token->b);
		break;
	case TOKEN_DECIMAL: case TOKEN_PAIR:
		add_number(value, field, token->a);
		add_number(value, field, token->b);
		break;
	default:
		length = number_read(filler->reader, at, last, &unit, &nihil);
		if (length == 0 && token->kind == TOKEN_WORD && place_roman(token->text) != 0) {
			*last = place_roman(token->text);
			break;
		}
		if (length != 0)
			add_number(value, field, *last);
		return length;
	}
	if (token->kind == TOKEN_WORD)
		add_number(value, field, *last);
	reader_mark(filler->reader, at, 1, READ_NUMBER);
	return 1;
}

/* Some numbers: 1,3 / 1 2 DAN 4 / 1 S/D 5. Returns how many tokens they take. */
static size_t
read_numbers(struct filler *filler, size_t at, int index)
{
	const struct form_field *field = &filler->form->fields[index];
	struct form_value *value = &filler->parse->values[index];
	size_t taken = 0, length, joint;
	long before = -1, last;
	int estimate, passed;

	while (at + taken < filler->parse->count) {
		joint = before >= 0 ? reader_phrase(filler->reader, WORD_ESTIMATE, at + taken, 3, &estimate) : 0;
		passed = joint == 0 && before >= 0 && reader_word(filler->reader, WORD_STOP, at + taken) >= 0 &&
			 number_begins(filler->reader, at + taken + 1);
		if (at + taken + joint + (size_t)passed >= filler->parse->count)
			break;
		length = read_element(filler, at + taken + joint + (size_t)passed, value, field, &last);
		if (length == 0)
			break;
		if (joint != 0)
			add_range(value, field, before, last);
		reader_mark(filler->reader, at + taken, joint + (size_t)passed, READ_STOP);
		taken += joint + (size_t)passed + length;
		before = last;
	}
	if (value->count == 0 && value->outside < 0)
		unfilled(filler, index, at);
	value->given = true;
	return taken;
}

/* 27-10-2026, 27/10 of this year. */
static size_t
read_date(struct filler *filler, size_t at, int index)
{
	struct form_value *value = &filler->parse->values[index];
	const struct token *token = &filler->parse->tokens[at];
	long year;

	if (at >= filler->parse->count || (token->kind != TOKEN_DATE && token->kind != TOKEN_PAIR)) {
		unfilled(filler, index, at);
		return 0;
	}
	year = token->kind == TOKEN_DATE ? token->c : filler->reader->asker->now.year;
	if (token->a < 1 || token->a > 31 || token->b < 1 || token->b > 12)
		unfilled(filler, index, at);
	value->number = year * 10000 + token->b * 100 + token->a;
	value->given = true;
	reader_mark(filler->reader, at, 1, READ_ARGUMENT);
	return 1;
}

/* A copy of typed text in valid UTF-8 and one line, without blanks at its end; *characters of it. */
static char *
copy_text(const char *typed, long *characters)
{
	size_t length = strlen(typed), used = 0, at = 0, kept = 0;
	char *copy = xcalloc(length + 1, 1);

	*characters = 0;
	while (at < length) {
		int32_t code;
		utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)typed + at,
							  (utf8proc_ssize_t)(length - at), &code);
		bool blank = bytes <= 0 || code <= ' ' || code == 0x7F;

		if (bytes <= 0)
			bytes = 1;
		memcpy(copy + used, blank ? " " : typed + at, blank ? 1 : (size_t)bytes);
		used += blank ? 1 : (size_t)bytes;
		++*characters;
		if (!blank)
			kept = used;
		at += (size_t)bytes;
	}
	*characters -= (long)(used - kept);
	copy[kept] = '\0';
	return copy;
}

/* The rest of the message, as typed. */
static size_t
read_text(struct filler *filler, size_t at, int index)
{
	struct parse *parse = filler->parse;
	struct form_value *value = &parse->values[index];
	const char *typed = filler->reader->typed + parse->offsets[parse->tokens[at - 1].end];
	size_t i, length;

	if (at >= parse->count) {
		unfilled(filler, index, at);
		return 0;
	}
	if (!value->given)
		value->text = copy_text(typed + strspn(typed, " \t\r\n:=.,;-"), &value->number);
	value->given = true;
	for (i = at; i < parse->count; i += length) {
		length = reader_personal(filler->reader, i);
		if (length != 0)
			continue;
		length = 1;
		reader_mark(filler->reader, i, 1, READ_ARGUMENT);
	}
	return parse->count - at;
}

/* TAHAP II: a Roman numeral right behind a mark. */
static size_t
read_roman(struct filler *filler, size_t at)
{
	const struct token *token = &filler->parse->tokens[at];

	if (at >= filler->parse->count || token->kind != TOKEN_WORD || place_roman(token->text) == 0)
		return 0;
	reader_mark(filler->reader, at, 1, READ_NUMBER);
	put_event(filler, FORM_NUMBER, at, 1, -1, place_roman(token->text), -1);
	return 1;
}

/* What a place in the message can be. Each returns the tokens that it took, 0: none of its business. */

static size_t
step_personal(struct filler *filler, size_t at)
{
	return reader_personal(filler->reader, at);
}

/* A question may name the fields that it asks for; nothing stands behind their words. */
static size_t
ask_field(struct filler *filler, int index, size_t length)
{
	filler->parse->values[index].given = true;
	return length;
}

static size_t
step_mark(struct filler *filler, size_t at)
{
	int index, category, field, option;
	size_t length = mark_at(filler, at, &index);

	if (length == 0 || option_at(filler, at, &field, &option) > length ||
	    (field_of(filler, FORM_CATEGORY) >= 0 &&
	     reader_phrase(filler->reader, WORD_CATEGORY, at, PHRASE_MAX, &category) > length))
		return 0;
	reader_mark(filler->reader, at, length, READ_ARGUMENT);
	if (filler->reader->asks)
		return ask_field(filler, index, length);
	switch (filler->form->fields[index].type) {
	case FORM_NUMBERS: return length + read_numbers(filler, at + length, index);
	case FORM_DATE: return length + read_date(filler, at + length, index);
	case FORM_TEXT: return length + read_text(filler, at + length, index);
	case FORM_FLAG:
		filler->parse->values[index].given = true;
		return length;
	default:
		put_event(filler, FORM_MARK, at, length, index, 0, -1);
		return length + read_roman(filler, at + length);
	}
}

static size_t
step_place(struct filler *filler, size_t at)
{
	struct reader *reader = filler->reader;
	bool above = reader_word(reader, WORD_DISTRICT, at) >= 0 || reader_word(reader, WORD_REGENCY, at) >= 0 ||
		     filler->parse->tokens[at].kind == TOKEN_DISTRICT_CODE;
	bool part = reader_word(reader, WORD_RT, at) >= 0 || reader_word(reader, WORD_RW, at) >= 0;

	if (filler->reader->asks)
		return locate_read(reader, at);
	if (filler->form->place == FORM_NOWHERE || (filler->form->place == FORM_DISTRICT && !above) ||
	    (filler->form->place == FORM_VILLAGE && part))
		return 0;
	return locate_read(reader, at);
}

static size_t
step_period(struct filler *filler, size_t at)
{
	size_t length = window_read(filler->reader, at);

	if (length != 0)
		return length;
	return filler->form->monthly || filler->reader->asks ? period_read(filler->reader, at) : 0;
}

static size_t
step_date(struct filler *filler, size_t at)
{
	int index = free_field(filler, FORM_DATE);
	enum token_kind kind = filler->parse->tokens[at].kind;

	return index >= 0 && (kind == TOKEN_DATE || kind == TOKEN_PAIR) ? read_date(filler, at, index) : 0;
}

/* <5, ~5, 5%: a sign that the number is none. */
static bool
has_estimate_sign(const struct filler *filler, size_t at)
{
	const struct parse *parse = filler->parse;
	size_t i = at != 0 ? parse->tokens[at - 1].end : 0;

	if (!number_begins(filler->reader, at))
		return false;
	for (; i < parse->tokens[at].start; i++)
		if (strchr("<>~", parse->folded[i]) != NULL && (i == 0 || strchr("-=", parse->folded[i - 1]) == NULL))
			return true;
	return parse->tokens[at].next == '%';
}

/* SEKITAR 5, 3-4, 3,5: nobody counted (rule 17, hard case 4). */
static size_t
step_estimate(struct filler *filler, size_t at)
{
	const struct token *token = &filler->parse->tokens[at];
	const struct form_event *last = last_event(filler);
	int value;
	size_t length = reader_phrase(filler->reader, WORD_ESTIMATE, at, 3, &value);
	bool beside = number_begins(filler->reader, at + length) || (last != NULL && last->kind == FORM_NUMBER);

	if (length == 0 || !beside || reader_phrase(filler->reader, WORD_CATEGORY, at, 1, &value) != 0)
		length = token->kind == TOKEN_DECIMAL || token->kind == TOKEN_RANGE || token->kind == TOKEN_PAIR ||
			 has_estimate_sign(filler, at);
	if (length != 0)
		reader_problem(filler->reader, REJECT_ANGKA, at, length, -1);
	return length;
}

/* +2, TAMBAH 2 where totals are reported (rule 12). */
static size_t
step_increment(struct filler *filler, size_t at)
{
	const struct token *token = &filler->parse->tokens[at];
	bool plus = token->kind == TOKEN_NUMBER && token->start > 0 && filler->parse->folded[token->start - 1] == '+';

	if (!filler->form->unique || (!plus && reader_word(filler->reader, WORD_INCREMENT, at) < 0) ||
	    (!plus && reader_word(filler->reader, WORD_STOP, at) >= 0))
		return 0;
	reader_problem(filler->reader, REJECT_TAMBAH, at, 1, -1);
	return 1;
}

static size_t
step_nothing(struct filler *filler, size_t at)
{
	int value;
	size_t length = reader_phrase(filler->reader, WORD_NOTHING, at, 3, &value);

	if (length == 0)
		return 0;
	if (filler->reader->asks)
		reader_problem(filler->reader, REJECT_FORMAT, at, length, -1);
	reader_mark(filler->reader, at, length, READ_NUMBER);
	put_event(filler, FORM_NUMBER, at, length, -1, 0, -1);
	return length;
}

static size_t
step_number(struct filler *filler, size_t at)
{
	long number;
	int unit;
	bool nihil;
	size_t length = number_read(filler->reader, at, &number, &unit, &nihil);

	if (length == 0)
		return 0;
	/* Lapor atau tanya? */
	if (filler->reader->asks)
		reader_problem(filler->reader, REJECT_FORMAT, at, length, -1);
	put_event(filler, FORM_NUMBER, at, length, -1, number, unit >= 0 ? unit : filler->unit_before);
	filler->unit_before = -1;
	return length;
}

/* Whether a word that is both means the option: 5 RUMAH is a kind of help unless another one follows. */
static bool
is_option_here(const struct filler *filler, size_t at)
{
	int field, option;

	if (option_at(filler, at, &field, &option) == 0 || filler->parse->values[field].given)
		return false;
	for (size_t i = at + 1; i < filler->parse->count; i++)
		if (option_at(filler, i, &field, &option) != 0)
			return false;
	return true;
}

static size_t
step_unit(struct filler *filler, size_t at)
{
	struct form_event *last = filler->event_count != 0 ? &filler->events[filler->event_count - 1] : NULL;
	int unit = reader_word(filler->reader, WORD_UNIT, at), category;
	bool behind = last != NULL && last->kind == FORM_NUMBER && last->end == at;

	if (unit < 0 || is_option_here(filler, at) ||
	    reader_phrase(filler->reader, WORD_CATEGORY, at, PHRASE_MAX, &category) > 1)
		return 0;
	if (behind && (last->unit < 0 || last->unit == unit)) {
		last->unit = unit;
		last->end = at + 1;
	} else if (number_begins(filler->reader, at + 1)) {
		filler->unit_before = unit;
	} else {
		return 0;
	}
	reader_mark(filler->reader, at, 1, READ_UNIT);
	return 1;
}

static void
set_index(struct filler *filler, int field, int index, size_t at)
{
	struct form_value *value = &filler->parse->values[field];

	if (value->given && value->index != index)
		unfilled(filler, field, at);
	value->given = true;
	value->index = index;
}

static void
set_category(struct filler *filler, int field, int category, size_t at, size_t length)
{
	int family = filler->form->fields[field].family;

	reader_mark(filler->reader, at, length, READ_CATEGORY);
	if (family >= 0 && filler->grammar->categories[category].family != family)
		unfilled(filler, field, at);
	set_index(filler, field, category, at);
}

/* The longest phrase decides, as in reports: KORBAN BENCANA ALAM is a category, KORBAN alone is a question. */
static size_t
step_category(struct filler *filler, size_t at)
{
	int field = field_of(filler, FORM_CATEGORY), category, ambiguity, refused, other, option;
	size_t named, unclear;

	if (field < 0)
		return 0;
	named = reader_phrase(filler->reader, WORD_CATEGORY, at, PHRASE_MAX, &category);
	unclear = reader_phrase(filler->reader, WORD_AMBIGUOUS, at, PHRASE_MAX, &ambiguity);
	if (reader_phrase(filler->reader, WORD_REFUSED, at, PHRASE_MAX, &refused) > (named > unclear ? named : unclear))
		return 0;
	if (named == 0 && unclear == 0)
		named = reader_code(filler->reader, at, &category);
	if (named == 0 && unclear == 0)
		return 0;
	if (option_at(filler, at, &other, &option) >= (named > unclear ? named : unclear))
		return 0;
	if (unclear > named) {
		reader_problem(filler->reader, REJECT_AMBIGU, at, unclear, ambiguity);
		return unclear;
	}
	set_category(filler, field, category, at, named);
	return named;
}

static size_t
step_option(struct filler *filler, size_t at)
{
	int field, option;
	size_t length = option_at(filler, at, &field, &option);

	if (length == 0)
		return 0;
	reader_mark(filler->reader, at, length, READ_ARGUMENT);
	set_index(filler, field, option, at);
	return length;
}

/* A kecamatan without a mark: CSR 50 SEMBAKO PAHAE JAE. */
static size_t
read_district_name(struct filler *filler, size_t at)
{
	struct parse *parse = filler->parse;
	struct place_answer answer;
	char name[PLACE_NAME_SIZE * 2], within[6];
	size_t most = 1;

	snprintf(within, sizeof within, "%.5s", filler->reader->asker->area);
	while (most < PLACE_TOKENS_MAX && at + most < parse->count && reader_joined(filler->reader, at + most))
		most++;
	for (; most > 0; most--) {
		reader_span(filler->reader, at, most, name, sizeof name);
		place_find_district(filler->reader->gazetteer, within, name, true, &answer);
		if (answer.verdict == PLACE_FOUND)
			break;
	}
	if (most == 0)
		return 0;
	if (parse->district[0] != '\0' && strcmp(parse->district, answer.codes[0]) != 0)
		reader_note(filler->reader, &parse->placing, REJECT_TEMPAT, at, most);
	snprintf(parse->district, sizeof parse->district, "%s", answer.codes[0]);
	reader_mark(filler->reader, at, most, READ_PLACE);
	return most;
}

static size_t
step_unmarked(struct filler *filler, size_t at)
{
	if (filler->parse->tokens[at].kind != TOKEN_WORD)
		return 0;
	if (filler->reader->asks)
		return locate_read_unmarked(filler->reader, at);
	switch (filler->form->place) {
	case FORM_VILLAGE: case FORM_PART: return locate_read_unmarked(filler->reader, at);
	case FORM_DISTRICT: return read_district_name(filler, at);
	case FORM_NOWHERE: break;
	}
	return 0;
}

/* JADI in a correction. */
static size_t
step_change(struct filler *filler, size_t at)
{
	if (filler->parse->verb != VERB_RALAT || reader_word(filler->reader, WORD_TO, at) < 0)
		return 0;
	reader_mark(filler->reader, at, 1, READ_ARGUMENT);
	put_event(filler, FORM_CHANGE, at, 1, -1, 0, -1);
	return 1;
}

static size_t
step_pass(struct filler *filler, size_t at)
{
	int value;
	size_t length = reader_phrase_in(filler->reader, WORD_PASS, filler->index, at, PHRASE_MAX, &value);

	if (length == 0)
		return reader_stop(filler->reader, at);
	reader_mark(filler->reader, at, length, READ_STOP);
	return length;
}

static size_t
step_misspelt(struct filler *filler, size_t at)
{
	int field = field_of(filler, FORM_CATEGORY), category;

	if (field < 0 || filler->parse->tokens[at].kind != TOKEN_WORD || reader_known(filler->reader, at))
		return 0;
	category = reader_category_near(filler->reader, at);
	if (category < 0)
		return 0;
	set_category(filler, field, category, at, 1);
	return 1;
}

static size_t
step_unknown(struct filler *filler, size_t at)
{
	return reader_unknown(filler->reader, at);
}

static size_t (*const steps[])(struct filler *, size_t) = {
	step_personal, step_mark, step_place, step_period, step_date, step_estimate, step_increment, step_nothing,
	step_unit, step_category, step_option, step_unmarked, step_number, step_change, step_pass, step_misspelt,
	step_unknown,
};

static void
read_fields(struct filler *filler, size_t at)
{
	while (at < filler->parse->count) {
		size_t i = 0, length;

		if (filler->parse->readings[at] != READ_NOT) {
			at++;
			continue;
		}
		while ((length = steps[i](filler, at)) == 0)
			i++;
		at += length;
	}
}

/* Pairing marks and numbers. */

static void
assign(struct filler *filler, int field, const struct form_event *event)
{
	struct form_value *value = &filler->parse->values[field];

	if (value->given && value->number != event->number)
		unfilled(filler, field, event->token);
	value->given = true;
	value->number = event->number;
	value->unit = event->unit;
}

/* 40 DITIMBANG 3 PENDEK: each number right before its mark, and nothing else could take one. A form's own word that
 * is a mark, too, must not be left out, or TIMBANG 40 PENDEK would say that 40 are small. */
static bool
is_number_first(const struct filler *filler)
{
	bool head = filler->head_field < 0;

	if (filler->event_count == 0 || filler->event_count % 2 != 0 || free_field(filler, FORM_COUNT) >= 0)
		return false;
	for (size_t i = 0; i < filler->event_count; i += 2) {
		const struct form_event *number = &filler->events[i], *mark = &filler->events[i + 1];

		if (number->kind != FORM_NUMBER || mark->kind != FORM_MARK || mark->token != number->end)
			return false;
		head = head || mark->field == filler->head_field;
	}
	return head;
}

/* PENDEK 3 JADI 5: the number behind is meant, the one before should be on record. */
static void
change(struct filler *filler, size_t *i, int pending, int last)
{
	const struct form_event *event = &filler->events[*i];

	if (*i + 1 >= filler->event_count || filler->events[*i + 1].kind != FORM_NUMBER || (pending < 0 && last < 0)) {
		unfilled(filler, -1, event->token);
		return;
	}
	if (pending >= 0)
		return;
	filler->parse->values[last].from = filler->parse->values[last].number;
	filler->parse->values[last].number = filler->events[++*i].number;
}

static void
pair_marks_first(struct filler *filler)
{
	int pending = -1, last = -1;

	/* STUNTING 3 DITIMBANG 40: the form's word is its number's mark. */
	if (filler->head_field >= 0 && filler->event_count != 0 && filler->events[0].kind == FORM_NUMBER &&
	    free_field(filler, FORM_COUNT) < 0)
		pending = filler->head_field;
	for (size_t i = 0; i < filler->event_count; i++) {
		const struct form_event *event = &filler->events[i];

		if (event->kind == FORM_CHANGE) {
			change(filler, &i, pending, last);
		} else if (event->kind == FORM_MARK) {
			if (pending >= 0)
				unfilled(filler, pending, event->token);
			pending = event->field;
		} else {
			last = pending >= 0 ? pending : free_field(filler, FORM_COUNT);
			if (last < 0)
				unfilled(filler, -1, event->token);
			else
				assign(filler, last, event);
			pending = -1;
		}
	}
	if (pending >= 0)
		unfilled(filler, pending, filler->parse->count);
}

static void
pair(struct filler *filler)
{
	if (!is_number_first(filler)) {
		pair_marks_first(filler);
		return;
	}
	for (size_t i = 0; i < filler->event_count; i += 2)
		assign(filler, filler->events[i + 1].field, &filler->events[i]);
}

/* A word that nobody knows where a word of a choice or a text is missing: then the form needs explaining. A correction
 * names only what changes, a cancellation what it is about, a question nothing. */
static void
check_missing(struct filler *filler)
{
	struct parse *parse = filler->parse;
	bool correction = parse->verb == VERB_RALAT, partial = correction || parse->verb == VERB_BATAL, any = false;

	if (filler->reader->asks)
		return;

	for (size_t i = 0; i < filler->form->field_count; i++) {
		const struct form_field *field = &filler->form->fields[i];
		bool said = parse->values[i].given;

		any = any || (said && !filler->form->keyed[i]);
		if (said || field->optional || (partial && !filler->form->keyed[i]))
			continue;
		unfilled(filler, (int)i, parse->count);
		if (field->type == FORM_OPTION || field->type == FORM_TEXT)
			parse->unknown.reject = REJECT_NONE;
	}
	if (correction && !any)
		unfilled(filler, -1, parse->count);
}

size_t
form_head(const struct reader *reader, size_t at, int *form)
{
	return reader_phrase(reader, WORD_FORM, at, PHRASE_MAX, form);
}

/* The form under this one whose words come before any mark of its own: FCU DESA RAWA KBS 15. */
static size_t
find_under(const struct reader *reader, int *form, size_t at, size_t *where)
{
	const struct parse *parse = reader->parse;
	int under, field;
	size_t length;

	for (; at < parse->count; at++) {
		length = reader_phrase_in(reader, WORD_UNDER, *form, at, PHRASE_MAX, &under);
		if (length != 0) {
			*form = under;
			*where = at;
			return length;
		}
		if (reader_phrase_in(reader, WORD_MARK, *form, at, PHRASE_MAX, &field) != 0)
			return 0;
	}
	return 0;
}

void
form_read(struct reader *reader, int form, size_t at, size_t length)
{
	struct filler *filler = xcalloc(1, sizeof *filler);
	struct parse *parse = reader->parse;
	size_t where = at, below = find_under(reader, &form, at + length, &where);
	int field;

	*filler = (struct filler){ .reader = reader, .grammar = reader->grammar, .parse = parse,
				   .form = &reader->grammar->forms[form], .index = form, .head = at, .head_field = -1,
				   .unit_before = -1 };
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
		parse->values[i] = (struct form_value){ .from = -1, .unit = -1, .index = -1, .outside = -1 };
	parse->form = form;
	reader_mark(reader, at, length, READ_VERB);
	/* A word under another that is a mark, too, is read as the mark: FCU DASAR 9. */
	if (below != 0 && mark_at(filler, where, &field) == 0)
		reader_mark(reader, where, below, READ_VERB);
	if (below == 0 && mark_at(filler, at, &field) == length && filler->form->fields[field].type == FORM_COUNT)
		filler->head_field = field;
	/* The words of the form end names: KEC PAHAE JAE SEMBAKO. */
	locate_prepare(reader);
	read_fields(filler, at + length);
	pair(filler);
	check_missing(filler);
	free(filler);
}
