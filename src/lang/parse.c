/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parse: a message to its reading: the verb, then left to right whatever each place can be. Pure. */
#include "lang/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/reader.h"

#define PHRASE_MAX 5

const char *
reading_name(enum reading reading)
{
	static const char *const names[READINGS] = {
		[READ_NOT] = "-", [READ_VERB] = "verb", [READ_FAMILY] = "family", [READ_CATEGORY] = "category",
		[READ_NUMBER] = "number", [READ_UNIT] = "unit", [READ_PLACE] = "place", [READ_PERIOD] = "period",
		[READ_STOP] = "passed over", [READ_LIST_NUMBER] = "list number", [READ_REPEATED] = "repeated",
		[READ_ARGUMENT] = "argument", [READ_ERROR] = "wrong", [READ_UNKNOWN] = "unknown",
	};

	return names[reading];
}

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

static bool
has_event(const struct reader *reader, enum event_kind kind)
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

/* A.N. of a case is "in the name of"; without its dots, and in counts, AN is a category (hard case 6). */
static bool
is_on_behalf(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;

	return parse->verb == VERB_KASUS && at + 1 < parse->count && parse->tokens[at + 1].gap == GAP_DOT &&
	       strcmp(parse->tokens[at].text, "A") == 0 && strcmp(parse->tokens[at + 1].text, "N") == 0;
}

/* Rule 11: names and numbers of persons. */
static size_t
read_personal(struct reader *reader, size_t at)
{
	size_t length;
	int value;

	if (lex_is_identity(reader->parse->tokens, reader->parse->count, at)) {
		reader_problem(reader, REJECT_PRIBADI, at, 1, -1);
		return 1;
	}
	length = reader_phrase(reader, WORD_PERSONAL, at, 3, &value);
	if (length == 0 && is_on_behalf(reader, at))
		length = 2;
	if (length != 0)
		reader_problem(reader, REJECT_PRIBADI, at, length, -1);
	return length;
}

/* 1. ANAK 3 / 2. LANSIA 2: a number that only counts lines (hard case 3). */
static size_t
read_list_number(struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];

	if (token->kind != TOKEN_NUMBER || (token->gap & GAP_LINE) == 0 || (token->next != '.' && token->next != ')'))
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

/* A category stands there and waits for the number behind it. */
static bool
waits_for_number(const struct reader *reader)
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
	       (reader->parse->folded[token->start - 1] == '+' || waits_for_number(reader));
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
	    !(waits_for_number(reader) && number_begins(reader, at + 1)))
		return 0;
	reader_problem(reader, REJECT_TAMBAH, at, 1, -1);
	return 1;
}

static size_t
read_nothing(struct reader *reader, size_t at)
{
	int value;
	size_t length = reader_phrase(reader, WORD_NOTHING, at, 3, &value);

	/* TIDAK ADA LAPORAN says that nobody reported, not that there is nobody. */
	if (length == 0 || reader_phrase(reader, WORD_REFUSED, at, PHRASE_MAX, &value) > length)
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

/* Greetings, polite words; JUMLAH once a report has begun. */
static size_t
read_stop(struct reader *reader, size_t at)
{
	int value;
	size_t length = reader_phrase(reader, WORD_GREETING, at, 3, &value);

	if (length == 0 && (reader_word(reader, WORD_STOP, at) >= 0 || reader_word(reader, WORD_REPORTING, at) >= 0 ||
			    reader_word(reader, WORD_VERB, at) == VERB_JUMLAH))
		length = 1;
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
	category = grammar_category_near(reader->grammar, token->text);
	if (category < 0)
		return 0;
	put_category(reader, at, 1, category, true);
	return 1;
}

static size_t
read_unknown(struct reader *reader, size_t at)
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
	read_personal, read_form, read_list_number, locate_read, individual_read, window_read, period_read, read_estimate,
	read_no_count, read_increment, read_nothing, read_family, read_unit, read_category, locate_read_unmarked,
	read_number, read_change, read_stop,
	read_misspelt, read_unknown,
};

static void
read_body(struct reader *reader, size_t at)
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

/* Whether exactly a category, kecamatan or village begins with the letters. */
static bool
completes(const struct reader *reader, enum word_kind prefix, size_t at)
{
	struct place_answer answer;
	const char *code;
	int value;

	if (prefix == WORD_VILLAGE)
		return locate_exact(reader, at, PLACE_ANY, &code) != 0;
	if (prefix == WORD_DISTRICT) {
		place_find_district(reader->gazetteer, "", reader->parse->tokens[at].text, true, &answer);
		return answer.verdict == PLACE_FOUND;
	}
	return reader_phrase(reader, WORD_CATEGORY, at, PHRASE_MAX, &value) != 0;
}

/* Cuts the token behind `length` letters in two. */
static void
cut_token(struct parse *parse, size_t at, size_t length)
{
	struct token *token = &parse->tokens[at];

	memmove(token + 1, token, (parse->count - at) * sizeof *token);
	parse->count++;
	token->text[length] = '\0';
	token->end = token->start + length;
	token[1].start = token->end;
	token[1].gap = 0;
	memmove(token[1].text, token[1].text + length, strlen(token[1].text + length) + 1);
}

/* DESARAWA, PMKSANAK: an unknown word is cut behind a mark only if the rest is exactly something (step 5). */
static void
unglue(struct reader *reader, size_t at)
{
	static const enum word_kind prefixes[] = { WORD_VILLAGE, WORD_DISTRICT, WORD_FAMILY, WORD_VERB };
	struct parse *parse = reader->parse;
	struct token *token = &parse->tokens[at];
	size_t length, i;
	char head[TOKEN_SIZE];

	if (token->kind != TOKEN_WORD || parse->count == TOKENS_MAX || grammar_known(reader->grammar, token->text) ||
	    (at > 0 && reader_word(reader, WORD_VILLAGE, at - 1) >= 0))
		return;
	for (length = strlen(token->text) - 1; length >= 2 && length < TOKEN_SIZE; length--) {
		memcpy(head, token->text, length);
		head[length] = '\0';
		for (i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
			struct token whole = *token;

			if (grammar_word(reader->grammar, prefixes[i], head) < 0)
				continue;
			cut_token(parse, at, length);
			if (completes(reader, prefixes[i], at + 1))
				return;
			memmove(token, token + 1, (parse->count - at - 1) * sizeof *token);
			parse->count--;
			*token = whole;
		}
	}
}

/* Nothing but words to pass over from the token on. */
static bool
is_end(struct reader *reader, size_t at)
{
	size_t length;

	while (at < reader->parse->count) {
		length = read_stop(reader, at);
		if (length == 0)
			return false;
		at += length;
	}
	return true;
}

/* The first token that is neither polite nor a list number decides (step 6). Returns where the body begins. */
static size_t
read_verb(struct reader *reader)
{
	struct parse *parse = reader->parse;
	bool reporting = false;
	size_t at = 0, length;
	int verb, form;

	for (;; at += length) {
		if (at == parse->count)
			return at;
		verb = reader_word(reader, WORD_VERB, at);
		length = form_head(reader, at, &form);
		/* CEK is a verb, CEK KESEHATAN may be a form. */
		if (length > (verb > VERB_NONE ? 1 : 0)) {
			parse->verb = VERB_FORM;
			parse->said_verb = true;
			return at;
		}
		/* "ya bu, anak 3" is a report; NIHIL is a number until the whole is read. */
		if ((verb == VERB_YA && !is_end(reader, at + 1)) || verb == VERB_NIHIL)
			verb = -1;
		if (verb == VERB_JUMLAH && reporting)
			verb = -1;
		if (verb > VERB_NONE)
			break;
		reporting |= reader_word(reader, WORD_REPORTING, at) >= 0;
		length = read_list_number(reader, at);
		if (length == 0)
			length = read_stop(reader, at);
		if (length == 0)
			return at;
	}
	parse->verb = (enum verb)verb;
	parse->said_verb = true;
	reader_mark(reader, at, 1, READ_VERB);
	return at + 1;
}

/* JUMLH, REKP: a verb that only reads may be misspelt, where nothing else is meant. */
static size_t
read_verb_near(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	enum verb verb;
	const char *code;

	if (at >= parse->count || parse->said_verb || parse->tokens[at].kind != TOKEN_WORD ||
	    grammar_known(reader->grammar, parse->tokens[at].text) ||
	    grammar_category_near(reader->grammar, parse->tokens[at].text) >= 0 ||
	    locate_exact(reader, at, PLACE_ANY, &code) != 0)
		return at;
	verb = grammar_verb_near(reader->grammar, parse->tokens[at].text);
	if (verb == VERB_NONE)
		return at;
	parse->verb = verb;
	parse->said_verb = true;
	reader_mark(reader, at, 1, READ_VERB);
	return at + 1;
}

/* Verbs that act only when nothing else follows (hard case 5). */
static void
read_alone(struct reader *reader, size_t at)
{
	while (at < reader->parse->count) {
		size_t length = read_stop(reader, at);
		at += length != 0 ? length : read_unknown(reader, at);
	}
}

/* NO 12, 12: how many tokens, 0 if there is no number. */
static size_t
read_receipt(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t mark = reader_word(reader, WORD_RECEIPT, at) >= 0 ? 1 : 0, length;
	long number;
	int unit;
	bool nihil;

	if (at + mark >= parse->count)
		return 0;
	length = number_read(reader, at + mark, &number, &unit, &nihil);
	if (length == 0)
		return 0;
	reader_mark(reader, at, mark, READ_ARGUMENT);
	/* More digits than any receipt has is one that nobody has, never the last one. */
	parse->number = number < 0 ? 0 : number;
	return mark + length;
}

/* BATAL, BATAL 12, BATAL NO 12, BATAL ANAK. Whatever else follows means something that is not understood, and
 * nothing is cancelled on a guess. */
static void
read_cancel(struct reader *reader, size_t at)
{
	size_t length;

	while (at < reader->parse->count && (length = read_stop(reader, at)) != 0)
		at += length;
	length = read_receipt(reader, at);
	if (length != 0) {
		read_alone(reader, at + length);
		return;
	}
	if (at == reader->parse->count)
		return;
	read_body(reader, at);
	items_pair(reader);
	if (!has_event(reader, EVENT_CATEGORY))
		reader_note(reader, &reader->parse->unknown, REJECT_KATA, at, 1);
}

/* BANTUAN RALAT: the first verb behind it is the topic. It never stores anything, so the rest does not matter. */
static void
read_help(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;

	for (; at < parse->count; at++) {
		int verb = reader_word(reader, WORD_VERB, at);

		if (parse->topic == VERB_NONE && form_head(reader, at, &parse->topic_form) != 0)
			parse->topic = VERB_FORM;
		if (parse->topic == VERB_NONE && (verb > VERB_NONE || reader_word(reader, WORD_FAMILY, at) >= 0))
			parse->topic = verb > VERB_NONE ? (enum verb)verb : VERB_REPORT;
		reader_mark(reader, at, 1, READ_ARGUMENT);
	}
}

/* KODE, KODE 2. */
static void
read_page(struct reader *reader, size_t at)
{
	size_t length = 0;
	long number;
	int unit;
	bool nihil;

	if (at < reader->parse->count)
		length = number_read(reader, at, &number, &unit, &nihil);
	if (length != 0)
		reader->parse->number = number;
	reader_mark(reader, at, length, READ_ARGUMENT);
	read_alone(reader, at + length);
}

/* Categories as they stand, for verbs that count nothing. */
static void
list_categories(struct reader *reader)
{
	struct parse *parse = reader->parse;
	size_t i;

	for (i = 0; i < reader->event_count && parse->category_count < OUTCOME_ITEMS_MAX; i++)
		if (reader->events[i].kind == EVENT_CATEGORY)
			parse->categories[parse->category_count++] = reader->events[i].category;
}

void
reader_body(struct reader *reader, size_t at)
{
	read_body(reader, at);
}

void
reader_alone(struct reader *reader, size_t at)
{
	read_alone(reader, at);
}

size_t
reader_stop(struct reader *reader, size_t at)
{
	return read_stop(reader, at);
}

size_t
reader_personal(struct reader *reader, size_t at)
{
	return read_personal(reader, at);
}

size_t
reader_unknown(struct reader *reader, size_t at)
{
	return read_unknown(reader, at);
}

/* LAYAN ..., and RALAT LAYAN ...: false if no form begins there. */
static bool
read_as_form(struct reader *reader, size_t at)
{
	size_t length = 0;
	int form;

	while (at < reader->parse->count && form_head(reader, at, &form) == 0 && (length = read_stop(reader, at)) != 0)
		at += length;
	length = at < reader->parse->count ? form_head(reader, at, &form) : 0;
	if (length == 0)
		return false;
	form_read(reader, form, at, length);
	return true;
}

static void
read_arguments(struct reader *reader, size_t at)
{
	switch (reader->parse->verb) {
	case VERB_FORM:
		read_as_form(reader, at);
		break;
	case VERB_REPORT: case VERB_RALAT: case VERB_NIHIL: case VERB_SAH:
		if (reader->parse->verb == VERB_RALAT && read_as_form(reader, at))
			break;
		read_body(reader, at);
		if (reader->parse->form < 0)
			items_pair(reader);
		break;
	case VERB_KASUS:
		read_body(reader, at);
		break;
	case VERB_BATAL:
		read_cancel(reader, at);
		break;
	case VERB_STOP: case VERB_MULAI: case VERB_MENU: case VERB_STATUS: case VERB_LAGI: case VERB_YA:
		read_alone(reader, at);
		break;
	case VERB_BANTUAN:
		read_help(reader, at);
		break;
	case VERB_KODE:
		read_page(reader, at);
		break;
	default:
		command_read(reader, at);
		break;
	}
	list_categories(reader);
}

/* Names and NIK anywhere: the text is blanked whatever is answered. A registration gives the sender's own name. */
static bool
has_personal(const struct reader *reader)
{
	const struct parse *parse = reader->parse;
	size_t at;
	int value;

	if (parse->verb == VERB_DAFTAR)
		return false;
	for (at = 0; at < parse->count; at++)
		if ((parse->readings[at] != READ_PLACE && reader_phrase(reader, WORD_PERSONAL, at, 3, &value) != 0) ||
		    is_on_behalf(reader, at) || lex_is_identity(parse->tokens, parse->count, at))
			return true;
	return false;
}

/* Village senders mean their own village and part (rules 47, 50). */
static void
fill_own_place(struct reader *reader)
{
	struct parse *parse = reader->parse;
	const struct asker *asker = reader->asker;

	if (reader->asks || (asker->scope != SCOPE_VILLAGE && asker->scope != SCOPE_PART))
		return;
	if (!parse->village_said)
		memcpy(parse->village, asker->area, sizeof parse->village - 1);
	if (asker->scope == SCOPE_PART && parse->rw == 0)
		parse->rw = asker->rw;
}

/* A message without letters or digits that asks: help. */
static bool
is_question(const struct parse *parse)
{
	return parse->count == 0 && strchr(parse->folded, '?') != NULL;
}

/* Neither a verb nor a category: then no single word is the trouble (rules 9, 10), and in a letter without numbers
 * a LAGI adds nothing to any count. */
static void
forget_chatter(struct reader *reader)
{
	struct parse *parse = reader->parse;
	enum reject reject = parse->reading.reject;

	if (parse->said_verb || parse->verb != VERB_REPORT || reader->refused || has_event(reader, EVENT_CATEGORY))
		return;
	parse->verb = VERB_NONE;
	if (reject != REJECT_PRIBADI && reject != REJECT_AMBIGU && !has_event(reader, EVENT_NUMBER))
		parse->reading.reject = REJECT_NONE;
}

static void
read_message(struct reader *reader)
{
	struct parse *parse = reader->parse;
	size_t at;

	locate_prepare(reader);
	for (at = 0; at < parse->count; at++)
		unglue(reader, at);
	/* Again: KECLUMBUNG is two words now. */
	locate_prepare(reader);
	at = read_verb(reader);
	at = read_verb_near(reader, at);
	read_arguments(reader, at);
	if (is_question(parse)) {
		parse->verb = VERB_BANTUAN;
		parse->said_verb = true;
	}
	parse->personal = has_personal(reader);
	/* Behind a verb that reads no further a NIK is not met from left to right. */
	if (parse->personal && parse->reading.reject == REJECT_NONE)
		parse->reading = (struct problem){ .reject = REJECT_PRIBADI, .index = -1 };
	fill_own_place(reader);
	forget_chatter(reader);
}

void
parse_text(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct asker *asker,
	   const char *text, struct parse *out)
{
	struct reader *reader = xcalloc(1, sizeof *reader);

	memset(out, 0, sizeof *out);
	out->grammar = grammar;
	out->folded = fold_text(text, &out->offsets);
	out->verb = VERB_REPORT;
	out->family = -1;
	out->number = out->from = -1;
	out->age = out->rest = out->married = -1;
	out->role = out->ticket = -1;
	out->form = out->topic_form = -1;
	out->count = lex_text(out->folded, out->tokens);
	reader->parse = out;
	reader->grammar = grammar;
	reader->gazetteer = gazetteer;
	reader->asker = asker;
	reader->typed = text;
	reader->unit_before = -1;
	out->period = period_default(reader);
	if (out->count > TOKENS_MAX) {
		out->count = 0;
		out->reading = (struct problem){ .reject = REJECT_PANJANG, .index = -1 };
	} else {
		read_message(reader);
	}
	free(reader);
}

void
parse_clear(struct parse *parse)
{
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
		free((char *)parse->values[i].text);
	memset(parse->values, 0, sizeof parse->values);
	free(parse->folded);
	free(parse->offsets);
	parse->folded = NULL;
	parse->offsets = NULL;
}
