/* SPDX-License-Identifier: GPL-3.0-or-later */
/* body: what a message says, left to right: whatever each place can be (domain 3.1 step 7). */
#include "lang/reader.h"

#include <string.h>

#define PHRASE_MAX 5

static const struct reader_event *
last_event(const struct reader *reader)
{
	return reader->event_count != 0 ? &reader->events[reader->event_count - 1] : NULL;
}

static void
put_event(struct reader *reader, const struct reader_event *event)
{
	if (reader->event_count < TOKENS_MAX)
		reader->events[reader->event_count++] = *event;
}

bool
reader_has(const struct reader *reader, enum event_kind kind)
{
	size_t i;

	for (i = 0; i < reader->event_count; i++)
		if (reader->events[i].kind == kind)
			return true;
	return false;
}

static bool
is_number_first(const struct reader *reader)
{
	size_t i = 0;

	while (i < reader->event_count && reader->events[i].kind == EVENT_NOTHING)
		i++;
	return i < reader->event_count && reader->events[i].kind == EVENT_NUMBER;
}

bool
reader_on_behalf(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	bool named = at + 2 < parse->count && parse->tokens[at + 2].kind == TOKEN_WORD;

	/* Who signs an invitation or an answer for his chief writes it, too. */
	return (parse->verb == VERB_KASUS || (named && (parse->verb == VERB_REPORT || parse->verb == VERB_TANYA ||
							parse->verb == VERB_ADUAN))) &&
	       at + 1 < parse->count && parse->tokens[at + 1].gap == GAP_DOT &&
	       strcmp(parse->tokens[at].text, "A") == 0 && strcmp(parse->tokens[at + 1].text, "N") == 0;
}

/* Rule 11: names and numbers of persons. */
size_t
reader_personal(struct reader *reader, size_t at)
{
	size_t length;
	int value;

	if (lex_is_identity(reader->parse->tokens, reader->parse->count, at)) {
		reader_problem(reader, REJECT_PRIBADI, at, 1, -1);
		return 1;
	}
	length = reader_phrase(reader, WORD_PERSONAL, at, 3, &value);
	if (length == 0 && reader_on_behalf(reader, at))
		length = 2;
	if (length != 0)
		reader_problem(reader, REJECT_PRIBADI, at, length, -1);
	return length;
}

/* 1. ANAK 3 / 2. LANSIA 2: a number that only counts lines (hard case 3). */
size_t
reader_list_number(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	const struct token *token = &parse->tokens[at];
	size_t before;

	if (token->kind != TOKEN_NUMBER || (token->gap & GAP_LINE) == 0 || (token->next != '.' && token->next != ')'))
		return 0;
	/* +2. and ~5) say something about the number; a bullet or a bracket does not. */
	for (before = at != 0 ? parse->tokens[at - 1].end : 0; before < token->start; before++)
		if (strchr("+<>~=%", parse->folded[before]) != NULL)
			return 0;
	reader_mark(reader, at, 1, READ_LIST_NUMBER);
	return 1;
}

static size_t
read_family(struct reader *reader, size_t at)
{
	int family = reader_word(reader, WORD_FAMILY, at);

	if (family < 0)
		return 0;
	reader->both_families |= reader->parse->family >= 0 && reader->parse->family != family;
	reader->parse->family = family;
	reader->parse->said_verb = true;
	reader_mark(reader, at, 1, READ_FAMILY);
	return 1;
}

bool
reader_waits(const struct reader *reader)
{
	const struct reader_event *last = last_event(reader);

	return last != NULL && last->kind == EVENT_CATEGORY && !is_number_first(reader);
}

/* <5, ~5, 5%; but the > of an arrow (anak => 5) only separates. */
static bool
has_estimate_sign(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t i = at != 0 ? parse->tokens[at - 1].end : 0;

	if (!number_begins(reader, at))
		return false;
	for (; i < parse->tokens[at].start; i++)
		if (parse->folded[i] == '<' || parse->folded[i] == '~' ||
		    (parse->folded[i] == '>' && (i == 0 || strchr("-=", parse->folded[i - 1]) == NULL)))
			return true;
	return parse->tokens[at].next == '%';
}

/* KIRA KIRA, SEKITAR, S/D. 20AN is about twenty; AN elsewhere is a category. */
static size_t
estimate_length(const struct reader *reader, size_t at)
{
	const struct reader_event *last = last_event(reader);
	int value;
	size_t length = reader_phrase(reader, WORD_ESTIMATE, at, 3, &value);

	if (length != 0 && reader_word(reader, WORD_CATEGORY, at) >= 0)
		return at != 0 && reader->parse->tokens[at].gap == 0 && last != NULL && last->kind == EVENT_NUMBER ?
		       length : 0;
	if (length == 0 || number_begins(reader, at + length) || (last != NULL && last->kind == EVENT_NUMBER) ||
	    reader_phrase(reader, WORD_CATEGORY, at + length, PHRASE_MAX, &value) != 0)
		return length;
	return 0;
}

/* Nobody counted (hard case 4). */
static size_t
read_estimate(struct reader *reader, size_t at)
{
	const struct reader_event *last = last_event(reader);
	size_t length = has_estimate_sign(reader, at) ? 1 : estimate_length(reader, at);

	if (length == 0)
		return 0;
	reader_problem(reader, REJECT_ANGKA, at, length, last != NULL ? last->category : -1);
	return length;
}

/* Decimals, ranges and 3/4 where a count belongs. */
static size_t
read_no_count(struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];
	const struct reader_event *last = last_event(reader);
	int value;
	size_t next;
	bool counted;

	if (token->kind != TOKEN_DECIMAL && token->kind != TOKEN_RANGE && token->kind != TOKEN_PAIR)
		return 0;
	/* 20/10 ANAK 3 is a date in front of a report. */
	next = reader_phrase(reader, WORD_CATEGORY, at + 1, PHRASE_MAX, &value);
	counted = (last != NULL && last->kind == EVENT_CATEGORY) ||
		  (next != 0 && !number_begins(reader, at + 1 + next));
	reader_problem(reader, token->kind == TOKEN_PAIR && !counted ? REJECT_PERIODE : REJECT_ANGKA, at, 1,
		       last != NULL && last->kind == EVENT_CATEGORY ? last->category : -1);
	return 1;
}

/* +2, +DUA; and + 2 where a number must follow, since there it cannot stand between two items. */
static bool
has_plus(const struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];

	return (token->gap & GAP_PLUS) != 0 && number_begins(reader, at) &&
	       (reader->parse->folded[token->start - 1] == '+' || reader_waits(reader));
}

/* Rule 12: TAMBAH 2, +2. A phrase like KURANG MAMPU is none, nor a PLUS between two items. */
static size_t
read_increment(struct reader *reader, size_t at)
{
	int value;

	if (has_plus(reader, at)) {
		reader_problem(reader, REJECT_TAMBAH, at, 1, -1);
		return 1;
	}
	if (reader_word(reader, WORD_INCREMENT, at) < 0 ||
	    reader_phrase(reader, WORD_REFUSED, at, PHRASE_MAX, &value) != 0)
		return 0;
	if (reader_word(reader, WORD_STOP, at) >= 0 &&
	    !(reader_waits(reader) && number_begins(reader, at + 1)))
		return 0;
	reader_problem(reader, REJECT_TAMBAH, at, 1, -1);
	return 1;
}

static size_t
read_nothing(struct reader *reader, size_t at)
{
	int value;
	size_t length = reader_phrase(reader, WORD_NOTHING, at, 3, &value);

	if (length == 0)
		return 0;
	if (reader->asks)
		reader_problem(reader, REJECT_FORMAT, at, length, -1);
	reader_mark(reader, at, length, READ_NUMBER);
	put_event(reader, &(struct reader_event){ .kind = EVENT_NOTHING, .token = at, .category = -1, .unit = -1 });
	return length;
}

/* A unit right behind a number, or between a category and its number. KELUARGA RENTAN and the like win over the
 * unit; one word that is both is a unit where the number has its category already (hard case 16). */
static size_t
read_unit(struct reader *reader, size_t at)
{
	struct reader_event *last = reader->event_count != 0 ? &reader->events[reader->event_count - 1] : NULL;
	int unit = reader_word(reader, WORD_UNIT, at), value;
	size_t phrase = reader_phrase(reader, WORD_CATEGORY, at, PHRASE_MAX, &value);

	if (unit < 0 || last == NULL || phrase > 1)
		return 0;
	if (last->kind == EVENT_CATEGORY && phrase == 0 && number_begins(reader, at + 1)) {
		reader->unit_before = unit;
	} else if (last->kind == EVENT_NUMBER && (last->unit < 0 || last->unit == unit)) {
		/* 3 PERUSAHAAN; PSM 2 PERUSAHAAN 3. */
		if (phrase == 1 && is_number_first(reader) &&
		    reader_phrase(reader, WORD_CATEGORY, at + 1, PHRASE_MAX, &value) == 0)
			return 0;
		if (phrase == 1 && !is_number_first(reader) && number_begins(reader, at + 1) &&
		    reader_joined(reader, at + 1))
			return 0;
		last->unit = unit;
	} else {
		return 0;
	}
	reader_mark(reader, at, 1, READ_UNIT);
	return 1;
}

static void
put_category(struct reader *reader, size_t at, size_t length, int category, bool fuzzy)
{
	reader_mark(reader, at, length, READ_CATEGORY);
	put_event(reader, &(struct reader_event){ .kind = EVENT_CATEGORY, .token = at, .length = length,
						  .category = category, .fuzzy = fuzzy, .unit = -1 });
}

/* K7, K 07: a category by its number. */
size_t
reader_code(const struct reader *reader, size_t at, int *category)
{
	const struct parse *parse = reader->parse;
	char code[8];

	if (reader_word(reader, WORD_CODE, at) < 0 || at + 1 >= parse->count ||
	    parse->tokens[at + 1].kind != TOKEN_NUMBER || !reader_joined(reader, at + 1) ||
	    parse->tokens[at + 1].a < 0 || parse->tokens[at + 1].a > 99)
		return 0;
	code[0] = (char)('0' + parse->tokens[at + 1].a / 10);
	code[1] = (char)('0' + parse->tokens[at + 1].a % 10);
	code[2] = '\0';
	*category = grammar_category(reader->grammar, code);
	return *category >= 0 ? 2 : 0;
}

/* ANAK-ANAK, anak anak: a plural of one category word. */
static bool
is_repeated(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;

	return at + 1 < parse->count && parse->tokens[at].kind == TOKEN_WORD &&
	       (parse->tokens[at + 1].gap & ~(unsigned)(GAP_BLANK | GAP_HYPHEN)) == 0 &&
	       strcmp(parse->tokens[at].text, parse->tokens[at + 1].text) == 0 &&
	       reader_word(reader, WORD_CATEGORY, at) >= 0;
}

static void
take_ambiguous(struct reader *reader, size_t at, size_t length, int index)
{
	const struct ambiguity *ambiguity = &reader->grammar->ambiguities[index];

	if (ambiguity->unless_family >= 0 && ambiguity->unless_family == reader->parse->family)
		put_category(reader, at, length, ambiguity->category, false);
	else
		reader_problem(reader, REJECT_AMBIGU, at, length, index);
}

/* The longest phrase decides: KORBAN BENCANA ALAM is a category, KORBAN alone is a question. */
static size_t
read_category(struct reader *reader, size_t at)
{
	int category, ambiguity, refused;
	size_t named, unclear, other;

	if (is_repeated(reader, at)) {
		reader_mark(reader, at, 1, READ_REPEATED);
		return 1;
	}
	named = reader_phrase(reader, WORD_CATEGORY, at, PHRASE_MAX, &category);
	unclear = reader_phrase(reader, WORD_AMBIGUOUS, at, PHRASE_MAX, &ambiguity);
	other = reader_phrase(reader, WORD_REFUSED, at, PHRASE_MAX, &refused);
	if (other > named && other > unclear) {
		reader_note(reader, &reader->parse->unknown, REJECT_KATA, at, other);
		reader_mark(reader, at, other, READ_UNKNOWN);
		reader->refused = true;
		return other;
	}
	if (unclear > named) {
		take_ambiguous(reader, at, unclear, ambiguity);
		return unclear;
	}
	if (named == 0)
		named = reader_code(reader, at, &category);
	if (named == 0)
		return 0;
	put_category(reader, at, named, category, false);
	return named;
}

static size_t
read_number(struct reader *reader, size_t at)
{
	struct reader_event event = { .kind = EVENT_NUMBER, .token = at, .category = -1 };
	size_t length = number_read(reader, at, &event.number, &event.unit, &event.nihil);

	if (length == 0)
		return 0;
	if (reader->asks)
		reader_problem(reader, REJECT_FORMAT, at, length, -1);
	if (event.unit < 0)
		event.unit = reader->unit_before;
	reader->unit_before = -1;
	put_event(reader, &event);
	return length;
}

/* JADI and BUKAN in a correction. */
static size_t
read_change(struct reader *reader, size_t at)
{
	bool to = reader_word(reader, WORD_TO, at) >= 0;

	if (reader->parse->verb != VERB_RALAT || (!to && reader_word(reader, WORD_DENIAL, at) < 0))
		return 0;
	reader_mark(reader, at, 1, READ_ARGUMENT);
	put_event(reader, &(struct reader_event){ .kind = to ? EVENT_TO : EVENT_NOT, .token = at, .category = -1,
						  .unit = -1 });
	return 1;
}

/* Greetings, polite words; BERAPA and CEK once more in a question, but in a report they would ask for its number. */
size_t
reader_stop(struct reader *reader, size_t at)
{
	int value;
	size_t length = reader_phrase(reader, WORD_GREETING, at, 3, &value);

	if (length == 0 && (reader_word(reader, WORD_STOP, at) >= 0 || reader_word(reader, WORD_REPORTING, at) >= 0 ||
			    (reader->asks && (reader_word(reader, WORD_VERB, at) == VERB_JUMLAH ||
					      reader_word(reader, WORD_ALL, at) >= 0))))
		length = 1;
	if (length == 0 && reader->asks)
		length = reader_phrase(reader, WORD_ASKING, at, 2, &value);
	reader_mark(reader, at, length, READ_STOP);
	return length;
}

static size_t
read_misspelt(struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];
	int category;

	if (token->kind != TOKEN_WORD || grammar_known(reader->grammar, token->text))
		return 0;
	category = reader_category_near(reader, at);
	if (category < 0)
		return 0;
	put_category(reader, at, 1, category, true);
	return 1;
}

size_t
reader_unknown(struct reader *reader, size_t at)
{
	reader_note(reader, &reader->parse->unknown, REJECT_KATA, at, 1);
	reader_mark(reader, at, 1, READ_UNKNOWN);
	return 1;
}

/* A form may stand behind its place or month, as PMKS may: DESA RAWA LAYAN LANSIA 5 SEMBAKO. */
static size_t
read_form(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	bool report = parse->verb == VERB_REPORT && !parse->said_verb;
	size_t length;
	int form;

	if ((!report && parse->verb != VERB_RALAT) || reader->event_count != 0 || parse->unknown.reject != REJECT_NONE)
		return 0;
	length = form_head(reader, at, &form);
	if (length == 0)
		return 0;
	if (report)
		parse->verb = VERB_FORM;
	parse->said_verb = true;
	form_read(reader, form, at, length);
	return parse->count - at;
}

/* What a place in a report can be, in this order (domain 3.1 step 7). */
static size_t (*const steps[])(struct reader *, size_t) = {
	reader_personal, sender_read, read_form, reader_list_number, locate_read, individual_read, window_read, period_read, read_estimate,
	read_no_count, read_increment, read_nothing, read_family, read_unit, read_category, locate_read_unmarked,
	read_number, read_change, reader_stop,
	read_misspelt, reader_unknown,
};

void
reader_body(struct reader *reader, size_t at)
{
	while (at < reader->parse->count) {
		size_t i = 0, length;

		if (reader->parse->readings[at] != READ_NOT) {
			at++;
			continue;
		}
		while ((length = steps[i](reader, at)) == 0)
			i++;
		at += length;
	}
}
