/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_form: what stands below "form" and "choice". Knows how a structured report is declared; grammar_form_check.c
 * looks at the whole of it. */
#include "lang/grammar_read.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/form_text.h"
#include "lang/grammar_cursor.h"
#include "lang/grammar_form_parts.h"
#include "lang/reply.h"

#define FIELD_NAME_MAX 9                /* with _n behind it, it is a placeholder */
#define COUNT_MOST 99999
#define TEXT_MOST 200                   /* characters */

/* One form while its lines are read. */
struct block {
	struct cursor *cursor;
	struct grammar *grammar;
	struct form *form;
	int index;
	struct form_note *note;
};

void
grammar_form_declare(struct grammar *grammar, struct grammar_notes *notes, const struct grammar_line *line,
		     const char *name, const char *title)
{
	notes->forms = xgrow(notes->forms, grammar->form_count, sizeof *notes->forms);
	notes->forms[grammar->form_count] = (struct form_note){ .line = line };
	grammar->forms = xgrow(grammar->forms, grammar->form_count, sizeof *grammar->forms);
	grammar->forms[grammar->form_count++] = (struct form){
		.name = xstrdup(name), .title = xstrdup(title), .example = xstrdup(""), .under = -1,
		.meets_reply = -1, .follows = -1, .format = -1, .due = -1, .stages_of = -1,
	};
}

void
grammar_form_allow(struct grammar *grammar, int form, int role)
{
	if (grammar->forms[form].who == NULL)
		grammar->forms[form].who = xcalloc(grammar->role_count, sizeof *grammar->forms[form].who);
	grammar->forms[form].who[role] = true;
}

/* Words of the form to the end of the line. */
static bool
take_words(struct block *block, enum word_kind kind, int value)
{
	char phrase[128];

	if (cursor_peek(block->cursor) == NULL)
		return cursor_wrong(block->cursor, "the line ends, expected words");
	while (cursor_peek(block->cursor) != NULL)
		if (!cursor_phrase(block->cursor, phrase, sizeof phrase) ||
		    !grammar_read_word(block->cursor, block->grammar->words, kind, value, phrase))
			return false;
	return true;
}

/* The next name of a list; commas between them may be left out. NULL at the end, or a fault. */
static const char *
next_name(struct block *block)
{
	const struct piece *piece = cursor_peek(block->cursor);

	while (piece != NULL && piece->kind == PIECE_COMMA) {
		block->cursor->at++;
		piece = cursor_peek(block->cursor);
	}
	return piece != NULL ? cursor_word(block->cursor, "a name") : NULL;
}

static int
take_field(struct block *block, const char *name)
{
	int field = name != NULL ? grammar_form_field(block->form, name) : -1;
	char hint[80] = "";
	int best = INT_MAX;

	if (field >= 0 || name == NULL)
		return field;
	for (size_t i = 0; i < block->form->field_count; i++)
		grammar_words_suggest(hint, name, block->form->fields[i].name, &best);
	cursor_wrong(block->cursor, "there is no field %.40s%s, expected one that stands above", name, hint);
	return -1;
}

/* Names of fields to the end of the line, or to the word that ends them. */
static bool
take_fields(struct block *block, bool listed[FORM_FIELDS_MAX], const char *until)
{
	const struct piece *piece;
	int field;

	do {
		field = take_field(block, cursor_word(block->cursor, "the name of a field"));
		if (field < 0)
			return false;
		listed[field] = true;
		piece = cursor_peek(block->cursor);
		if (piece != NULL && piece->kind == PIECE_COMMA)
			block->cursor->at++;
		piece = cursor_peek(block->cursor);
	} while (piece != NULL && (until == NULL || strcmp(piece->text, until) != 0));
	return true;
}

static int
take_reply(struct block *block)
{
	const char *id = cursor_word(block->cursor, "the name of a reply");
	int reply = id != NULL ? grammar_reply(block->grammar, id) : -1;
	char hint[80] = "";
	int best = INT_MAX;

	if (id == NULL || reply >= 0)
		return reply;
	for (size_t i = 0; i < block->grammar->reply_count; i++)
		grammar_words_suggest(hint, id, block->grammar->replies[i].id, &best);
	cursor_wrong(block->cursor, "reply %.40s is not known, expected one that has a \"reply\" statement%s", id, hint);
	return -1;
}

static int
take_role(struct block *block, const char *name)
{
	int role = grammar_role(block->grammar, name);
	char hint[80] = "";
	int best = INT_MAX;

	if (role >= 0)
		return role;
	for (size_t i = 0; i < block->grammar->role_count; i++)
		grammar_words_suggest(hint, name, block->grammar->roles[i].name, &best);
	cursor_wrong(block->cursor, "role %.40s is not known, expected one that has a \"role\" statement%s", name, hint);
	return -1;
}

/* Fields. */

static bool
type_number(struct block *block, struct form_field *field)
{
	return cursor_range(block->cursor, "bounds", field->type == FORM_TEXT ? TEXT_MOST : COUNT_MOST, &field->least,
			    &field->most);
}

static bool
type_category(struct block *block, struct form_field *field)
{
	const struct piece *piece = cursor_peek(block->cursor);

	if (piece == NULL || piece->kind != PIECE_WORD)
		return true;
	for (size_t i = 0; i < block->grammar->family_count; i++)
		if (strcmp(block->grammar->families[i].name, piece->text) == 0)
			field->family = (int)i;
	if (field->family < 0)
		return cursor_wrong(block->cursor, "%.40s, expected the name of a family, or the title in quotes",
				    piece->text);
	block->cursor->at++;
	return true;
}

static bool
type_option(struct block *block, struct form_field *field)
{
	const char *name = cursor_word(block->cursor, "the name of a choice");
	char hint[80] = "";
	int best = INT_MAX;

	if (name == NULL)
		return false;
	for (size_t i = 0; i < block->grammar->choice_count; i++) {
		grammar_words_suggest(hint, name, block->grammar->choices[i].name, &best);
		if (strcmp(block->grammar->choices[i].name, name) == 0)
			field->choice = (int)i;
	}
	if (field->choice < 0)
		return cursor_wrong(block->cursor, "choice %.40s is not known, expected one that has a \"choice\" "
				    "statement%s", name, hint);
	return true;
}

static bool
type_plain(struct block *block, struct form_field *field)
{
	(void)block;
	field->optional = field->type == FORM_FLAG;
	field->most = field->type == FORM_CASE ? COUNT_MOST : 0;
	return true;
}

static const struct { const char *name; bool (*read)(struct block *, struct form_field *); } TYPES[FORM_TYPES] = {
	[FORM_COUNT] = { "count", type_number }, [FORM_NUMBERS] = { "numbers", type_number },
	[FORM_CATEGORY] = { "category", type_category }, [FORM_OPTION] = { "choice", type_option },
	[FORM_TEXT] = { "text", type_number }, [FORM_FLAG] = { "flag", type_plain },
	[FORM_CASE] = { "case", type_plain }, [FORM_DATE] = { "date", type_plain },
};

static bool
take_type(struct block *block, struct form_field *field)
{
	const char *name = cursor_word(block->cursor, "the type of the field");
	char hint[80] = "";
	int best = INT_MAX;

	if (name == NULL)
		return false;
	for (int type = 0; type < FORM_TYPES; type++) {
		grammar_words_suggest(hint, name, TYPES[type].name, &best);
		if (strcmp(TYPES[type].name, name) == 0) {
			field->type = (enum form_type)type;
			return TYPES[type].read(block, field);
		}
	}
	return cursor_wrong(block->cursor, "type %.40s%s, expected count, numbers, category, choice, text, flag, case or "
			    "date", name, hint);
}

static bool
take_unit(struct block *block, struct form_field *field)
{
	const char *name = cursor_word(block->cursor, "the name of a unit");
	int unit = name != NULL ? grammar_unit(block->grammar, name) : -1;

	if (name == NULL)
		return false;
	if (unit < 0)
		return cursor_wrong(block->cursor, "unit %.40s is not known, expected one that has a \"unit\" statement",
				    name);
	if (field->unit_count == sizeof field->units / sizeof field->units[0])
		return cursor_wrong(block->cursor, "one unit too many, expected at most %zu", field->unit_count);
	field->units[field->unit_count++] = unit;
	return true;
}

/* registered TKSK E_TIDAK_ADA_CALON */
static bool
take_registered(struct block *block, struct form_field *field)
{
	const char *name = cursor_word(block->cursor, "the name of a role");

	if (field->type != FORM_COUNT)
		return cursor_wrong(block->cursor, "a field that is no number cannot be registered, expected type count");
	field->registered = name != NULL ? take_role(block, name) : -1;
	field->unregistered = field->registered >= 0 ? take_reply(block) : -1;
	return field->unregistered >= 0;
}

/* What stands behind the title. */
static bool
take_details(struct block *block, struct form_field *field)
{
	while (cursor_peek(block->cursor) != NULL) {
		if (cursor_skip(block->cursor, "optional")) {
			field->optional = true;
		} else if (cursor_skip(block->cursor, "collected")) {
			field->collected = true;
		} else if (cursor_skip(block->cursor, "unit")) {
			if (!take_unit(block, field))
				return false;
		} else if (cursor_skip(block->cursor, "wrong")) {
			field->wrong = take_reply(block);
			if (field->wrong < 0)
				return false;
		} else if (cursor_skip(block->cursor, "registered")) {
			if (!take_registered(block, field))
				return false;
		} else if (cursor_skip(block->cursor, "words")) {
			field->marked = true;
			return take_words(block, WORD_MARK, (int)block->form->field_count * FORMS_MAX + block->index);
		} else {
			return cursor_wrong(block->cursor, "%.40s, expected optional, collected, unit, wrong, registered or "
					    "words",
					    cursor_peek(block->cursor)->text);
		}
	}
	return true;
}

/* Names that results and texts have anyway. */
static bool
is_reserved(const char *name)
{
	static const char *const RESERVED[] = {
		"cmd", "form", "area", "desa", "kec", "wil", "rt", "rw", "per", "no", "org", "judul", "ketik", "contoh", "ganti",
		"tumpang", "err", "arg", "lembaga", "peran", "isi", "list", "nilai", "lapor", "kali",
	};

	for (size_t i = 0; i < sizeof RESERVED / sizeof RESERVED[0]; i++)
		if (strcmp(RESERVED[i], name) == 0)
			return true;
	return false;
}

static bool
check_name(struct block *block, const char *name)
{
	if (strlen(name) > FIELD_NAME_MAX || strspn(name, "abcdefghijklmnopqrstuvwxyz") != strlen(name))
		return cursor_wrong(block->cursor, "field %.40s, expected at most %d small letters", name, FIELD_NAME_MAX);
	if (is_reserved(name))
		return cursor_wrong(block->cursor, "field %s has a name that every form uses, expected another", name);
	if (grammar_form_field(block->form, name) >= 0)
		return cursor_wrong(block->cursor, "field %s stands twice in this form, expected it once", name);
	if (block->form->field_count == FORM_FIELDS_MAX)
		return cursor_wrong(block->cursor, "one field too many, expected at most %d", FORM_FIELDS_MAX);
	return true;
}

/* field stunting count 0..5000 "balita stunting" words STUNTING, PENDEK */
static bool
form_field(struct block *block)
{
	struct form_field field = { .family = -1, .choice = -1, .bound_by = -1, .wrong = -1, .registered = -1,
				    .unregistered = -1 };
	const char *name = cursor_word(block->cursor, "the name of the field"), *title;

	if (name == NULL || !check_name(block, name) || !take_type(block, &field) ||
	    (title = cursor_take(block->cursor, PIECE_TEXT, "what the field is in quotes")) == NULL)
		return false;
	if (strlen(title) > reply_width("isian"))
		return cursor_wrong(block->cursor, "\"%.60s\" has %zu letters, expected at most %zu", title, strlen(title),
				    reply_width("isian"));
	if (!take_details(block, &field))
		return false;
	field.name = xstrdup(name);
	field.title = xstrdup(title);
	block->note->fields[block->form->field_count] = block->cursor->line;
	block->form->fields[block->form->field_count++] = field;
	return true;
}

/* bound langkah by tahap 5 5 5 4 5 4 4 */
static bool
form_bound(struct block *block)
{
	int field = take_field(block, cursor_word(block->cursor, "the name of a field"));
	struct form_field *f;
	long most;

	if (field < 0 || !cursor_this(block->cursor, "by"))
		return false;
	f = &block->form->fields[field];
	f->bound_by = take_field(block, cursor_word(block->cursor, "the name of a field"));
	if (f->bound_by < 0)
		return false;
	for (f->bound_count = 0; cursor_peek(block->cursor) != NULL; f->bounds[f->bound_count++] = most) {
		if (f->bound_count == FORM_LIST_MAX)
			return cursor_wrong(block->cursor, "one bound too many, expected at most %d", FORM_LIST_MAX);
		if (!cursor_number(block->cursor, "a bound", f->least, f->most, &most))
			return false;
	}
	return true;
}

static bool
take_relation(struct block *block, enum form_relation *out)
{
	static const char *const SIGNS[] = { [FORM_AT_MOST] = "<=", [FORM_LESS] = "<", [FORM_EQUAL] = "=" };
	const char *sign = cursor_word(block->cursor, "<=, < or =");

	for (int i = FORM_AT_MOST; sign != NULL && i <= FORM_EQUAL; i++) {
		*out = (enum form_relation)i;
		if (strcmp(SIGNS[i], sign) == 0)
			return true;
	}
	return sign != NULL && cursor_wrong(block->cursor, "%.40s, expected <=, < or =", sign);
}

/* rule stunting <= ditimbang / rule dasar <= last FCU-KBS.kbs */
static bool
form_rule(struct block *block)
{
	struct form *form = block->form;
	struct form_rule rule = { .other = -1, .last_form = -1, .last_field = -1 };

	if (form->rule_count == FORM_RULES_MAX)
		return cursor_wrong(block->cursor, "one rule too many, expected at most %d", FORM_RULES_MAX);
	rule.field = take_field(block, cursor_word(block->cursor, "the name of a field"));
	if (rule.field < 0 || !take_relation(block, &rule.relation))
		return false;
	if (cursor_skip(block->cursor, "last")) {
		block->note->last[form->rule_count] = cursor_word(block->cursor, "a field such as FCU-KBS.kbs");
		if (block->note->last[form->rule_count] == NULL)
			return false;
	} else {
		rule.other = take_field(block, cursor_word(block->cursor, "the name of a field or \"last\""));
		if (rule.other < 0)
			return false;
	}
	block->note->rules[form->rule_count] = block->cursor->line;
	form->rules[form->rule_count++] = rule;
	return cursor_end(block->cursor);
}

/* The other statements. */

static bool
form_words(struct block *block)
{
	/* Whether they stand under another form is known when all lines are read. */
	return take_words(block, WORD_FORM, block->index);
}

static bool
form_under(struct block *block)
{
	const char *name = cursor_word(block->cursor, "the name of a form");

	if (name == NULL)
		return false;
	block->form->under = grammar_form(block->grammar, name);
	if (block->form->under < 0 || block->form->under == block->index)
		return cursor_wrong(block->cursor, "form %.40s is not known, expected another that has a \"form\" statement",
				    name);
	return cursor_end(block->cursor);
}

static bool
form_who(struct block *block)
{
	const char *name;
	int role;

	if (cursor_peek(block->cursor) == NULL)
		return cursor_wrong(block->cursor, "the line ends, expected names of roles");
	while ((name = next_name(block)) != NULL) {
		role = take_role(block, name);
		if (role < 0)
			return false;
		grammar_form_allow(block->grammar, block->index, role);
	}
	return true;
}

static bool
form_place(struct block *block)
{
	static const char *const PLACES[] = {
		[FORM_NOWHERE] = "none", [FORM_VILLAGE] = "village", [FORM_PART] = "part", [FORM_DISTRICT] = "kecamatan",
	};
	const char *name = cursor_word(block->cursor, "village, part, kecamatan or none");

	for (int place = FORM_NOWHERE; name != NULL && place <= FORM_DISTRICT; place++) {
		if (strcmp(PLACES[place], name) != 0)
			continue;
		block->form->place = (enum form_place)place;
		block->form->place_optional = cursor_skip(block->cursor, "optional");
		block->form->place_above = cursor_skip(block->cursor, "above");
		return cursor_end(block->cursor);
	}
	return name != NULL && cursor_wrong(block->cursor, "%.40s, expected village, part, kecamatan or none", name);
}

static bool
form_period(struct block *block)
{
	block->form->monthly = cursor_skip(block->cursor, "month");
	return (block->form->monthly || cursor_this(block->cursor, "none")) && cursor_end(block->cursor);
}

/* unique organisation / unique organisation by tahap */
static bool
form_unique(struct block *block)
{
	block->form->unique = true;
	if (!cursor_this(block->cursor, "organisation"))
		return false;
	return !cursor_skip(block->cursor, "by") || take_fields(block, block->form->keyed, NULL);
}

/* overlap kat jenis answer OK_LAYAN_TUMPANG */
static bool
form_overlap(struct block *block)
{
	block->form->meets = true;
	if (!take_fields(block, block->form->met, "answer") || !cursor_this(block->cursor, "answer"))
		return false;
	block->form->meets_reply = take_reply(block);
	return block->form->meets_reply >= 0 && cursor_end(block->cursor);
}

static bool
form_follows(struct block *block)
{
	block->form->follows = take_field(block, cursor_word(block->cursor, "the name of a field"));
	return block->form->follows >= 0 && cursor_end(block->cursor);
}

static bool
form_series(struct block *block)
{
	const char *name = cursor_word(block->cursor, "the name of the series of numbers");

	if (name == NULL)
		return false;
	block->form->series = xstrdup(name);
	return cursor_end(block->cursor);
}

/* for tahap 1, 2, 4 */
static bool
take_values(struct block *block, size_t answer)
{
	struct form *form = block->form;
	int field = take_field(block, cursor_word(block->cursor, "the name of a field"));
	size_t count = 0;

	if (field < 0)
		return false;
	form->answers[answer].by = field;
	while (cursor_peek(block->cursor) != NULL) {
		if (count == FORM_LIST_MAX)
			return cursor_wrong(block->cursor, "one number too many, expected at most %d", FORM_LIST_MAX);
		if (!cursor_number(block->cursor, "a number of the field", form->fields[field].least,
				   form->fields[field].most, &form->answers[answer].values[count]))
			return false;
		form->answers[answer].value_count = ++count;
		if (cursor_peek(block->cursor) != NULL && cursor_peek(block->cursor)->kind == PIECE_COMMA)
			block->cursor->at++;
	}
	return count != 0 || cursor_wrong(block->cursor, "the line ends, expected numbers of the field");
}

/* answer OK_FCU_SELESAI if selesai for tahap 1, 2, 4 */
static bool
form_answer(struct block *block)
{
	struct form *form = block->form;
	int reply = take_reply(block);

	if (reply < 0)
		return false;
	if (form->answer_count == sizeof form->answers / sizeof form->answers[0])
		return cursor_wrong(block->cursor, "one answer too many, expected at most %zu", form->answer_count);
	block->note->answers[form->answer_count] = block->cursor->line;
	form->answers[form->answer_count].reply = reply;
	form->answers[form->answer_count].field = form->answers[form->answer_count].by = -1;
	if (cursor_skip(block->cursor, "if")) {
		block->note->ifs[form->answer_count] = cursor_word(block->cursor, "the name of a field");
		if (block->note->ifs[form->answer_count] == NULL ||
		    (cursor_skip(block->cursor, "for") && !take_values(block, form->answer_count)))
			return false;
	}
	form->answer_count++;
	return cursor_end(block->cursor);
}

static bool
form_format(struct block *block)
{
	block->form->format = take_reply(block);
	return block->form->format >= 0 && cursor_end(block->cursor);
}

/* result kat jml jenis desa rw rt */
static bool
form_result(struct block *block)
{
	struct form *form = block->form;
	const char *name;
	int field;

	while ((name = next_name(block)) != NULL) {
		if (strcmp(name, "desa") == 0 || strcmp(name, "area") == 0) {
			form->shows_place = true;
		} else if (strcmp(name, "rt") == 0 || strcmp(name, "rw") == 0) {
			form->shows_part = true;
		} else if (strcmp(name, "per") == 0) {
			form->shows_period = true;
		} else if (strcmp(name, "ganti") == 0) {
			form->shows_changes = true;
		} else {
			field = take_field(block, name);
			if (field < 0)
				return false;
			form->shown[field] = true;
		}
	}
	return true;
}

static bool
form_pass(struct block *block)
{
	return take_words(block, WORD_PASS, block->index);
}

/* TKSK, KAB: roles up to the reply; `others` are those whom it overlaps with (-1). */
static bool
take_told(struct block *block, int roles[FORM_TELLS_MAX], size_t *count)
{
	for (*count = 0;;) {
		const char *name = cursor_word(block->cursor, "the name of a role");
		bool others = name != NULL && strcmp(name, "others") == 0;
		int role = name == NULL || others ? -1 : take_role(block, name);

		if (name == NULL || (role < 0 && !others))
			return false;
		if (*count == FORM_TELLS_MAX)
			return cursor_wrong(block->cursor, "one to tell too many, expected at most %d", FORM_TELLS_MAX);
		roles[(*count)++] = role;
		if (cursor_peek(block->cursor) == NULL || cursor_peek(block->cursor)->kind != PIECE_COMMA)
			break;
		block->cursor->at++;
	}
	cursor_skip(block->cursor, "send");
	return true;
}

/* tells TKSK, KAB send TERUS_BUTUH / tells others send TERUS_TUMPANG on overlap */
static bool
form_tells(struct block *block)
{
	struct form *form = block->form;
	int roles[FORM_TELLS_MAX], reply;
	size_t count;
	bool overlap;

	if (!take_told(block, roles, &count))
		return false;
	reply = take_reply(block);
	if (reply < 0)
		return false;
	overlap = cursor_skip(block->cursor, "on");
	if (overlap && !cursor_this(block->cursor, "overlap"))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (form->tell_count == FORM_TELLS_MAX)
			return cursor_wrong(block->cursor, "one to tell too many, expected at most %d", FORM_TELLS_MAX);
		form->tells[form->tell_count].role = roles[i];
		form->tells[form->tell_count].reply = reply;
		form->tells[form->tell_count++].overlap = overlap || roles[i] < 0;
	}
	return cursor_end(block->cursor);
}

/* beside butuh BUTUH.jml "kebutuhan" by jenis */
static bool
form_beside(struct block *block)
{
	struct form *form = block->form;
	size_t index = form->beside_count;
	const char *name = cursor_word(block->cursor, "a name for the sum"), *field, *title;

	if (name == NULL || !check_name(block, name))
		return false;
	if (index == FORM_BESIDES_MAX)
		return cursor_wrong(block->cursor, "one sum too many, expected at most %d", FORM_BESIDES_MAX);
	field = cursor_word(block->cursor, "a field such as BUTUH.jml");
	title = field != NULL ? cursor_take(block->cursor, PIECE_TEXT, "what the sum is in quotes") : NULL;
	if (title == NULL)
		return false;
	if (strlen(title) > reply_width("isian"))
		return cursor_wrong(block->cursor, "\"%.60s\" has %zu letters, expected at most %zu", title, strlen(title),
				    reply_width("isian"));
	block->note->besides[index].field = field;
	if (cursor_skip(block->cursor, "by"))
		while ((field = next_name(block)) != NULL && block->note->besides[index].count < FORM_FIELDS_MAX)
			block->note->besides[index].by[block->note->besides[index].count++] = field;
	form->besides[form->beside_count++] = (struct form_beside){ .name = xstrdup(name), .title = xstrdup(title) };
	return cursor_end(block->cursor);
}

/* due tahap month */
static bool
form_due(struct block *block)
{
	block->form->due = take_field(block, cursor_word(block->cursor, "the name of a field"));
	return block->form->due >= 0 && cursor_this(block->cursor, "month") && cursor_end(block->cursor);
}

/* while FCU 1, 2, 4 */
static bool
form_while(struct block *block)
{
	struct form *form = block->form;
	const char *name = cursor_word(block->cursor, "the name of a form");

	if (name == NULL)
		return false;
	form->stages_of = grammar_form(block->grammar, name);
	if (form->stages_of < 0)
		return cursor_wrong(block->cursor, "form %.40s is not known, expected one that has a \"form\" statement", name);
	do {
		if (form->stage_count == FORM_LIST_MAX)
			return cursor_wrong(block->cursor, "one stage too many, expected at most %d", FORM_LIST_MAX);
		if (!cursor_number(block->cursor, "stages", 1, 99, &form->stages[form->stage_count++]))
			return false;
	} while (cursor_peek(block->cursor) != NULL && cursor_peek(block->cursor)->kind == PIECE_COMMA &&
		 block->cursor->at++ < 100);
	return cursor_end(block->cursor);
}

/* pages BANTU_FCU1, BANTU_FCU2 */
static bool
form_pages(struct block *block)
{
	struct form *form = block->form;

	do {
		int reply = take_reply(block);

		if (reply < 0)
			return false;
		form->pages = xgrow(form->pages, form->page_count, sizeof *form->pages);
		form->pages[form->page_count++] = reply;
	} while (cursor_peek(block->cursor) != NULL && cursor_peek(block->cursor)->kind == PIECE_COMMA &&
		 block->cursor->at++ < 100);
	return cursor_end(block->cursor);
}

static bool
form_help(struct block *block)
{
	char *example = grammar_read_sample(block->cursor);

	if (example == NULL)
		return false;
	free(block->form->example);
	block->form->example = example;
	return true;
}

#define MANY 1u
#define MUST 2u

static const struct { const char *name; bool (*read)(struct block *); unsigned flags; } FORM_LINES[LINES] = {
	[LINE_WORDS] = { "words", form_words, MANY | MUST }, [LINE_UNDER] = { "under", form_under, 0 },
	[LINE_WHO] = { "who", form_who, MANY }, [LINE_FIELD] = { "field", form_field, MANY | MUST },
	[LINE_BOUND] = { "bound", form_bound, MANY }, [LINE_RULE] = { "rule", form_rule, MANY },
	[LINE_PLACE] = { "place", form_place, MUST }, [LINE_PERIOD] = { "period", form_period, MUST },
	[LINE_UNIQUE] = { "unique", form_unique, 0 }, [LINE_OVERLAP] = { "overlap", form_overlap, 0 },
	[LINE_FOLLOWS] = { "follows", form_follows, 0 }, [LINE_SERIES] = { "series", form_series, 0 },
	[LINE_ANSWER] = { "answer", form_answer, MANY | MUST }, [LINE_FORMAT] = { "format", form_format, 0 },
	[LINE_RESULT] = { "result", form_result, MANY }, [LINE_PASS] = { "pass", form_pass, MANY },
	[LINE_TELLS] = { "tells", form_tells, MANY }, [LINE_BESIDE] = { "beside", form_beside, MANY },
	[LINE_DUE] = { "due", form_due, 0 }, [LINE_WHILE] = { "while", form_while, 0 },
	[LINE_PAGES] = { "pages", form_pages, MANY },
	[LINE_HELP] = { "help", form_help, MUST },
};

const char *
grammar_form_line_name(enum form_line line, bool *must)
{
	*must = (FORM_LINES[line].flags & MUST) != 0;
	return FORM_LINES[line].name;
}

void
grammar_form_line(struct cursor *cursor, struct grammar *grammar, struct grammar_notes *notes, int form)
{
	struct block block = { cursor, grammar, &grammar->forms[form], form, &notes->forms[form] };
	const char *name = cursor->line->pieces[0].text;
	char hint[80] = "";
	int best = INT_MAX;

	for (unsigned i = 0; i < LINES; i++) {
		grammar_words_suggest(hint, name, FORM_LINES[i].name, &best);
		if (strcmp(FORM_LINES[i].name, name) != 0)
			continue;
		if ((FORM_LINES[i].flags & MANY) == 0 && (block.note->seen & 1u << i) != 0) {
			cursor_wrong(cursor, "%s stands twice below this \"form\", expected it once", name);
			return;
		}
		block.note->seen |= 1u << i;
		block.note->lines[i] = cursor->line;
		cursor->at = 1;
		FORM_LINES[i].read(&block);
		return;
	}
	cursor_wrong(cursor, "%.40s cannot stand below \"form\"%s, expected words, who, field, rule, place, period, unique, "
		     "answer, result, help or another that forms know", name, hint);
}

/* option SEMBAKO, BERAS */
void
grammar_form_option(struct cursor *cursor, struct grammar *grammar, int choice)
{
	const char *name = cursor->line->pieces[0].text;
	char phrase[128];

	if (strcmp(name, "option") != 0) {
		cursor_wrong(cursor, "%.40s cannot stand below \"choice\", expected option", name);
		return;
	}
	cursor->at = 1;
	if (!cursor_phrase(cursor, phrase, sizeof phrase)) {
		if (phrase[0] == '\0' && cursor_peek(cursor) == NULL)
			cursor_wrong(cursor, "the line ends, expected words");
		return;
	}
	if (strlen(phrase) > reply_width("jenis")) {
		cursor_wrong(cursor, "option %.40s has %zu letters, expected at most %zu", phrase, strlen(phrase),
			     reply_width("jenis"));
		return;
	}
	grammar->options = xgrow(grammar->options, grammar->option_count, sizeof *grammar->options);
	grammar->options[grammar->option_count++] = (struct choice_option){ xstrdup(phrase), choice };
	do {
		if (!grammar_read_word(cursor, grammar->words, WORD_OPTION, (int)grammar->option_count - 1, phrase))
			return;
	} while (cursor_phrase(cursor, phrase, sizeof phrase));
}
