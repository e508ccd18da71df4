/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_form_check: what no single line of a form can show: fields and words that cannot be told from each other, names
 * that stand elsewhere, what is missing. */
#include "lang/grammar_form_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lang/form_text.h"

struct whole {
	struct grammar *grammar;
	struct grammar_notes *notes;
	struct form *form;
	int index;
	const struct form_note *note;
};

static void __attribute__((format(printf, 3, 0)))
fault_text(const struct whole *whole, const struct grammar_line *where, const char *format, va_list args)
{
	char what[400];

	if (where == NULL)
		where = whole->note->line;
	vsnprintf(what, sizeof what, format, args);
	grammar_fault(whole->notes->faults, where->file, where->number, "%s", what);
}

/* Of the statement, of which there is but one; LINES: of the form. */
static void __attribute__((format(printf, 3, 4)))
fault(const struct whole *whole, enum form_line line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_text(whole, line < LINES ? whole->note->lines[line] : NULL, format, args);
	va_end(args);
}

static void __attribute__((format(printf, 3, 4)))
fault_at(const struct whole *whole, const struct grammar_line *where, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_text(whole, where, format, args);
	va_end(args);
}

static void
check_lines(const struct whole *whole)
{
	for (unsigned i = 0; i < LINES; i++) {
		bool must;
		const char *name = grammar_form_line_name((enum form_line)i, &must);

		if (must && (whole->note->seen & 1u << i) == 0)
			fault(whole, LINES, "nothing says \"%s\" below this \"form\", expected it", name);
	}
}

static void
check_under(struct whole *whole)
{
	const struct form *form = whole->form;
	const struct form *above = form->under >= 0 ? &whole->grammar->forms[form->under] : NULL;

	if (above != NULL && above->under >= 0)
		fault(whole, LINE_UNDER, "form %s stands under another itself, expected one that does not", above->name);
	for (size_t i = 0; above != NULL && above->who != NULL && i < whole->grammar->role_count; i++)
		if (above->who[i])
			grammar_form_allow(whole->grammar, whole->index, (int)i);
	if (whole->form->who == NULL)
		fault(whole, LINES, "nobody may send form %s, expected a line \"who\" with roles", form->name);
}

static void
check_field(const struct whole *whole, size_t index)
{
	const struct form_field *field = &whole->form->fields[index];
	enum form_type type = field->type;

	if (field->marked && (type == FORM_CATEGORY || type == FORM_OPTION))
		fault_at(whole, whole->note->fields[index], "field %s is known by its value, expected no words", field->name);
	if (!field->marked && type != FORM_CATEGORY && type != FORM_OPTION && type != FORM_COUNT && type != FORM_DATE)
		fault_at(whole, whole->note->fields[index], "field %s has no words, expected \"words\" with some", field->name);
	if (type == FORM_TEXT && index + 1 != whole->form->field_count)
		fault_at(whole, whole->note->fields[index], "field %s reaches to the end of the message, expected it to be the last", field->name);
	if (type == FORM_NUMBERS && field->most - field->least >= FORM_LIST_MAX)
		fault_at(whole, whole->note->fields[index], "field %s has %ld numbers, expected at most %d", field->name,
		      field->most - field->least + 1, FORM_LIST_MAX);
	if (field->collected && (!whole->form->unique || (type != FORM_NUMBERS && type != FORM_FLAG)))
		fault_at(whole, whole->note->fields[index], "field %s cannot be collected, expected that of numbers or a flag in a form with "
		      "\"unique\"", field->name);
	for (size_t i = 0; i < index; i++)
		if ((type == FORM_CATEGORY && whole->form->fields[i].type == FORM_CATEGORY) ||
		    (type == FORM_OPTION && whole->form->fields[i].choice == field->choice))
			fault_at(whole, whole->note->fields[index], "fields %s and %s cannot be told from each other, expected one of them",
			      whole->form->fields[i].name, field->name);
}

static void
check_bounds(const struct whole *whole, const struct form_field *field)
{
	const struct form_field *by = field->bound_by >= 0 ? &whole->form->fields[field->bound_by] : NULL;

	if (by == NULL)
		return;
	if (by->type != FORM_COUNT || by->least != 1 || by->most != (long)field->bound_count)
		fault(whole, LINE_BOUND, "%s has %zu bounds, expected one for each number from 1 of a field of type count",
		      field->name, field->bound_count);
}

/* FORM.field, with the form by its name; false: there is none. */
static bool
find_field(const struct whole *whole, const char *name, int *form, int *field)
{
	const char *dot = strchr(name, '.');
	char of[40];

	*field = -1;
	snprintf(of, sizeof of, "%.*s", (int)(dot != NULL ? dot - name : 0), name);
	*form = grammar_form(whole->grammar, of);
	if (*form >= 0)
		*field = grammar_form_field(&whole->grammar->forms[*form], dot + 1);
	return *field >= 0 && whole->grammar->forms[*form].fields[*field].type == FORM_COUNT;
}

/* last FCU-KBS.kbs */
static void
resolve_last(struct whole *whole, size_t rule)
{
	const char *name = whole->note->last[rule];
	struct form_rule *r = &whole->form->rules[rule];

	if (name == NULL)
		return;
	if (!find_field(whole, name, &r->last_form, &r->last_field))
		fault_at(whole, whole->note->rules[rule], "last %.40s, expected FORM.field with a form and its field of type count", name);
	else if (grammar_form_field(whole->form, strchr(name, '.') + 1) >= 0)
		fault_at(whole, whole->note->rules[rule], "last %.40s has the name of a field of this form, expected another", name);
}

/* A field that both forms have, of a kind that can be compared. */
static void
resolve_agreement(struct whole *whole, struct form_beside *beside, const char *name)
{
	const struct form *form = whole->form, *other = &whole->grammar->forms[beside->form];
	int own = grammar_form_field(form, name), theirs = grammar_form_field(other, name);

	if (own < 0 || theirs < 0 || form->fields[own].type != other->fields[theirs].type ||
	    (form->fields[own].type != FORM_OPTION && form->fields[own].type != FORM_CATEGORY)) {
		fault(whole, LINE_BESIDE, "by %.40s, expected a category or choice that this form and %s both have", name,
		      other->name);
		return;
	}
	beside->own[beside->count] = own;
	beside->other[beside->count++] = theirs;
}

static void
resolve_besides(struct whole *whole)
{
	for (size_t i = 0; i < whole->form->beside_count; i++) {
		struct form_beside *beside = &whole->form->besides[i];
		const char *name = whole->note->besides[i].field;

		if (!find_field(whole, name, &beside->form, &beside->field)) {
			fault(whole, LINE_BESIDE, "%.40s, expected FORM.field with a form and its field of type count", name);
			beside->form = whole->index;
			beside->field = 0;
			continue;
		}
		for (size_t k = 0; k < whole->note->besides[i].count; k++)
			resolve_agreement(whole, beside, whole->note->besides[i].by[k]);
	}
}

static void
check_due(const struct whole *whole)
{
	const struct form *form = whole->form;

	if (form->due >= 0 && (!form->keyed[form->due] || form->fields[form->due].type != FORM_COUNT || form->monthly))
		fault(whole, LINE_DUE, "%s, expected a field of type count behind \"unique organisation by\" in a form with "
		      "\"period none\"", form->fields[form->due].name);
	if (form->stages_of >= 0 && (whole->grammar->forms[form->stages_of].due < 0 || !form->monthly))
		fault(whole, LINE_WHILE, "%s, expected a form that has a line \"due\", and \"period month\" in this one",
		      whole->grammar->forms[form->stages_of].name);
	for (size_t i = 0; i < form->tell_count; i++)
		if (form->tells[i].overlap && !form->meets) {
			fault(whole, LINE_TELLS, "overlaps are told, expected a line \"overlap\" that says what they are");
			return;
		}
}

static void
check_rules(struct whole *whole)
{
	for (size_t i = 0; i < whole->form->rule_count; i++) {
		const struct form_rule *rule = &whole->form->rules[i];

		resolve_last(whole, i);
		if (whole->form->fields[rule->field].type != FORM_COUNT ||
		    (rule->other >= 0 && whole->form->fields[rule->other].type != FORM_COUNT))
			fault_at(whole, whole->note->rules[i], "a rule compares numbers, expected fields of type count");
	}
}

/* if selesai: a field of its own, or the last one of another form. */
static void
resolve_ifs(struct whole *whole)
{
	struct form *form = whole->form;

	for (size_t i = 0; i < form->answer_count; i++) {
		if (whole->note->ifs[i] == NULL)
			continue;
		form->answers[i].field = form_known(whole->grammar, form, whole->note->ifs[i]);
		if (form->answers[i].field < 0)
			fault_at(whole, whole->note->answers[i], "if %.40s, expected the name of a field", whole->note->ifs[i]);
	}
	if (form->answer_count > 0 && whole->note->ifs[form->answer_count - 1] != NULL)
		fault(whole, LINE_ANSWER, "the last answer has an \"if\", expected one for all other messages");
}

static void
check_key(const struct whole *whole)
{
	const struct form *form = whole->form;

	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *field = &form->fields[i];
		bool plain = field->type == FORM_COUNT || field->type == FORM_CATEGORY || field->type == FORM_OPTION;

		if (form->keyed[i] && (!plain || field->optional))
			fault(whole, LINE_UNIQUE, "%s, expected fields of type count, category or choice that are not optional",
			      field->name);
		if (form->met[i] && (!plain || field->optional))
			fault(whole, LINE_OVERLAP, "%s, expected fields of type count, category or choice that are not "
			      "optional", field->name);
	}
	if (form->follows >= 0 && (!form->keyed[form->follows] || form->fields[form->follows].type != FORM_COUNT))
		fault(whole, LINE_FOLLOWS, "%s, expected a field of type count behind \"unique organisation by\"",
		      form->fields[form->follows].name);
	if (form->series != NULL && form->unique)
		fault(whole, LINE_SERIES, "numbers of its own and \"unique\", expected one of them");
}

/* Without a "result" everything is shown. */
static void
fill_result(struct whole *whole)
{
	struct form *form = whole->form;

	if (whole->note->lines[LINE_RESULT] != NULL)
		return;
	for (size_t i = 0; i < form->field_count; i++)
		form->shown[i] = true;
	form->shows_place = form->place != FORM_NOWHERE;
	form->shows_part = form->place == FORM_PART;
	form->shows_period = form->monthly;
	form->shows_changes = form->unique;
}

/* Words. */

static void
move_under(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->words->count; i++) {
		struct word *word = &grammar->words->words[i];

		if (word->kind == WORD_FORM && grammar->forms[word->value].under >= 0)
			word->kind = WORD_UNDER;
	}
	grammar_words_sort(grammar->words);
}

static bool
has_type(const struct form *form, enum form_type type)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == type)
			return true;
	return false;
}

static bool
has_choice(const struct form *form, int choice)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FORM_OPTION && form->fields[i].choice == choice)
			return true;
	return false;
}

/* Kinds that are read only behind certain verbs. */
static bool
is_elsewhere(enum word_kind kind)
{
	switch (kind) {
	case WORD_SEX: case WORD_AGE: case WORD_REST: case WORD_MARRIED: case WORD_QUARTER: case WORD_SEMESTER:
	case WORD_CLOCK: case WORD_AT: case WORD_SUBJECT: case WORD_ALL: case WORD_ROLE: case WORD_BODY: case WORD_TICKET:
		return true;
	default:
		return false;
	}
}

/* Kinds that a mark or an option may share its word with: they are not read where it stands. */
static bool
may_share(const struct grammar *grammar, enum word_kind kind, const struct form *form)
{
	(void)grammar;
	switch (kind) {
	case WORD_VERB: case WORD_UNIT: case WORD_STOP: case WORD_AMBIGUOUS: case WORD_TO: case WORD_GREETING:
	case WORD_RECEIPT: case WORD_CODE: case WORD_REFUSED: case WORD_REPORTING: case WORD_FAMILY:
		return true;
	case WORD_CATEGORY:
		return form == NULL || !has_type(form, FORM_CATEGORY);
	default:
		return is_elsewhere(kind) || (kind >= WORD_FORM && kind != WORD_OPTION);
	}
}

static void
fault_word(const struct whole *whole, const struct word *word, const char *what)
{
	grammar_fault(whole->notes->faults, word->line->file, word->line->number,
		      "%s is %s already, expected a word with no other meaning", word->key, what);
}

static const char *
kind_text(enum word_kind kind)
{
	switch (kind) {
	case WORD_CATEGORY: return "a word of a category";
	case WORD_VERB: return "a word of a verb";
	case WORD_FAMILY: return "a word of a family";
	case WORD_NUMERAL: return "a number";
	case WORD_STOP: return "a word to pass over";
	case WORD_UNIT: return "a unit";
	case WORD_OPTION: return "a word of a choice";
	default: return "a word of another kind";
	}
}

/* A form's first words decide what a message is: nothing else may begin with them. */
static void
check_first_words(const struct whole *whole, const struct word *word)
{
	for (int kind = 0; kind < WORD_FORM; kind++) {
		if (is_elsewhere((enum word_kind)kind) ||
		    grammar_words_find(whole->grammar->words, (enum word_kind)kind, word->key) == NULL)
			continue;
		fault_word(whole, word, kind_text((enum word_kind)kind));
		return;
	}
}

static void
check_mark(const struct whole *whole, const struct word *word, const struct form *form)
{
	for (int kind = 0; kind < WORD_KINDS; kind++) {
		const struct word *other = grammar_words_find(whole->grammar->words, (enum word_kind)kind, word->key);

		if (other == NULL || kind == (int)word->kind || may_share(whole->grammar, (enum word_kind)kind, form))
			continue;
		if (kind == WORD_OPTION && (form == NULL || !has_choice(form, whole->grammar->options[other->value].choice)))
			continue;
		fault_word(whole, word, kind_text((enum word_kind)kind));
		return;
	}
}

static void
check_words(struct whole *whole)
{
	const struct grammar *grammar = whole->grammar;

	for (size_t i = 0; i < grammar->words->count; i++) {
		const struct word *word = &grammar->words->words[i];

		if (word->kind == WORD_FORM)
			check_first_words(whole, word);
		else if (word->kind == WORD_MARK)
			check_mark(whole, word, &grammar->forms[word->value % FORMS_MAX]);
		else if (word->kind == WORD_UNDER)
			check_mark(whole, word, &grammar->forms[word->value]);
		else if (word->kind == WORD_OPTION)
			check_mark(whole, word, NULL);
	}
}

void
grammar_form_check(struct grammar *grammar, struct grammar_notes *notes)
{
	struct whole whole = { .grammar = grammar, .notes = notes };

	move_under(grammar);
	check_words(&whole);
	for (size_t i = 0; i < grammar->form_count; i++) {
		whole.form = &grammar->forms[i];
		whole.index = (int)i;
		whole.note = &notes->forms[i];
		check_lines(&whole);
		check_under(&whole);
		for (size_t field = 0; field < whole.form->field_count; field++) {
			check_field(&whole, field);
			check_bounds(&whole, &whole.form->fields[field]);
		}
		check_rules(&whole);
		resolve_ifs(&whole);
		resolve_besides(&whole);
		check_due(&whole);
		check_key(&whole);
		fill_result(&whole);
	}
}
