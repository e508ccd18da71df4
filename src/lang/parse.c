/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parse: a message to its reading: the verb, then what stands behind it. Pure. */
#include "lang/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/personal.h"
#include "lang/reader.h"

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

/* Nothing but words to pass over from the token on. */
static bool
is_end(struct reader *reader, size_t at)
{
	size_t length;

	while (at < reader->parse->count) {
		length = reader_stop(reader, at);
		if (length == 0)
			return false;
		at += length;
	}
	return true;
}

/* MAU LAPOR: passed over as one phrase, but a report follows. */
static bool
is_about_to_report(const struct reader *reader, size_t at)
{
	int value;

	return reader_phrase(reader, WORD_GREETING, at, 3, &value) == 2 && reader_word(reader, WORD_REPORTING, at + 1) >= 0;
}

/* Whether the verb only reads, and what is behind it with it. */
static bool
is_reading(int verb)
{
	return verb == VERB_JUMLAH || verb == VERB_REKAP || verb == VERB_BELUM || verb == VERB_TUMPANG || verb == VERB_STATUS;
}

/* SIAPA YG BELUM LAPOR, BERAPA DESA YG BELUM LAPOR, CEK REKAP: words that ask, up to the verb that says what for. How
 * many tokens they are; 0: no such verb comes. */
static size_t
asking_length(struct reader *reader, size_t at)
{
	size_t begin = at, length;
	bool wished = false;            /* by a word that is no verb itself */
	int value, verb;

	while (at < reader->parse->count && reader_word(reader, WORD_REPORTING, at) < 0) {
		length = reader_phrase(reader, WORD_ASKING, at, 2, &value);
		verb = reader_word(reader, WORD_VERB, at);
		if (is_reading(verb) && (verb != VERB_JUMLAH || wished))
			return at - begin;
		wished = wished || (length != 0 && verb <= VERB_NONE);
		if (length == 0 && (reader_word(reader, WORD_STOP, at) >= 0 ||
				    (at > begin && reader_word(reader, WORD_VILLAGE, at) >= 0)))
			length = 1;
		if (length == 0)
			return 0;
		at += length;
	}
	return 0;
}

/* MINTA DATA LANSIA: a wish, what is wished for, and no number: how many tokens the wish has. 0: no such thing. */
static size_t
wish_length(struct reader *reader, size_t at)
{
	size_t begin = at, data;
	int value;

	at += reader_phrase(reader, WORD_ASKING, at, 2, &value);
	for (data = at; at > begin && reader_word(reader, WORD_STOP, at) >= 0 && reader_word(reader, WORD_REPORTING, at) < 0;)
		at++;
	if (at == data || at == begin || reader_word(reader, WORD_CATEGORY, at) < 0)
		return 0;
	for (data = at; data < reader->parse->count; data++)
		if (reader->parse->tokens[data].kind == TOKEN_NUMBER && reader_word(reader, WORD_PERIOD, data - 1) < 0 &&
		    reader_word(reader, WORD_QUARTER, data - 1) < 0 && reader_word(reader, WORD_SEMESTER, data - 1) < 0 &&
		    reader_word(reader, WORD_YEAR, data - 1) < 0)
			return 0;
	return at - begin;
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
		length = asking_length(reader, at);
		if (length != 0) {
			reader_mark(reader, at, length, READ_STOP);
			continue;
		}
		length = reporting ? 0 : wish_length(reader, at);
		if (length != 0) {
			parse->verb = VERB_JUMLAH;
			parse->said_verb = true;
			reader_mark(reader, at, length, READ_STOP);
			return at + length;
		}
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
		reporting |= reader_word(reader, WORD_REPORTING, at) >= 0 || is_about_to_report(reader, at);
		length = sender_read(reader, at);
		if (length == 0)
			length = reader_list_number(reader, at);
		if (length == 0)
			length = reader_stop(reader, at);
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
void
reader_alone(struct reader *reader, size_t at)
{
	while (at < reader->parse->count) {
		size_t length = reader_stop(reader, at);
		at += length != 0 ? length : reader_unknown(reader, at);
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

/* BATAL CSR 3, BATAL KUBE NO 12, BATAL STUNTING BLN 9: false if no form begins there. */
static bool
read_cancelled_form(struct reader *reader, size_t at)
{
	int form;
	size_t length = form_head(reader, at, &form), number = 0;

	if (length == 0)
		return false;
	if (reader->grammar->forms[form].series != NULL || reader_word(reader, WORD_RECEIPT, at + length) >= 0)
		number = read_receipt(reader, at + length);
	if (number == 0) {
		form_read(reader, form, at, length);
		return true;
	}
	reader->parse->form = form;
	reader_mark(reader, at, length, READ_VERB);
	reader_alone(reader, at + length + number);
	return true;
}

/* BATAL, BATAL 12, BATAL NO 12, BATAL ANAK, BATAL KUBE. Whatever else follows means something that is not understood,
 * and nothing is cancelled on a guess. */
static void
read_cancel(struct reader *reader, size_t at)
{
	size_t length;
	int form;

	while (at < reader->parse->count && form_head(reader, at, &form) == 0 && (length = reader_stop(reader, at)) != 0)
		at += length;
	length = read_receipt(reader, at);
	if (length != 0) {
		reader_alone(reader, at + length);
		return;
	}
	if (at == reader->parse->count || read_cancelled_form(reader, at))
		return;
	reader_body(reader, at);
	items_pair(reader);
	if (!reader_has(reader, EVENT_CATEGORY))
		reader_note(reader, &reader->parse->unknown, REJECT_KATA, at, 1);
}

/* BANTUAN FCU 2: the second page about it. */
static void
read_help_page(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	long number;
	int unit;
	bool nihil;

	if (parse->topic == VERB_FORM && parse->number < 0 && number_read(reader, at, &number, &unit, &nihil) != 0)
		parse->number = number;
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
		read_help_page(reader, at);
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
	reader_alone(reader, at + length);
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

/* CSR CEK, FCU KBS CEK DESA RAWA: a word that asks, behind the words of the form, with at most a place or a month
 * behind it. Where a number follows it is a little word: FCU JUMLAH KBS 15. */
static bool
is_asked_back(struct reader *reader, int form, size_t at)
{
	int under, verb;

	if (reader_phrase_in(reader, WORD_UNDER, form, at, 1, &under) == 1)
		at++;
	verb = reader_word(reader, WORD_VERB, at);
	return (verb == VERB_JUMLAH || verb == VERB_REKAP) &&
	       (is_end(reader, at + 1) || reader_word(reader, WORD_VILLAGE, at + 1) >= 0 ||
		reader_word(reader, WORD_DISTRICT, at + 1) >= 0 || reader_word(reader, WORD_PERIOD, at + 1) >= 0 ||
		reader_word(reader, WORD_MONTH, at + 1) > 0);
}

/* LAYAN ..., and RALAT LAYAN ...: false if no form begins there. */
static bool
read_as_form(struct reader *reader, size_t at)
{
	size_t length = 0;
	int form;

	while (at < reader->parse->count && form_head(reader, at, &form) == 0 && (length = reader_stop(reader, at)) != 0)
		at += length;
	length = at < reader->parse->count ? form_head(reader, at, &form) : 0;
	if (length == 0)
		return false;
	if (reader->parse->verb == VERB_FORM && is_asked_back(reader, form, at + length)) {
		reader->parse->verb = VERB_JUMLAH;
		command_ask_form(reader, form, at, length);
	} else {
		form_read(reader, form, at, length);
	}
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
		reader_body(reader, at);
		if (reader->parse->form < 0)
			items_pair(reader);
		break;
	case VERB_KASUS:
		reader_body(reader, at);
		break;
	case VERB_BATAL:
		read_cancel(reader, at);
		break;
	case VERB_STOP: case VERB_MULAI: case VERB_MENU: case VERB_STATUS: case VERB_LAGI: case VERB_YA:
		reader_alone(reader, at);
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

/* A coordinator's own text to many ("siapkan nama peserta, bawa KTP") speaks of names without giving any. */
static bool
is_own_text(enum verb verb)
{
	return verb == VERB_UMUM || verb == VERB_RAPAT || verb == VERB_NOTULEN;
}

static bool
is_passed_on(enum verb verb)
{
	return is_own_text(verb) || verb == VERB_TANYA || verb == VERB_ADUAN || verb == VERB_JAWAB;
}

/* Names and NIK anywhere: the text is blanked whatever is answered. A registration gives the sender's own name, and needs
 * no NIK either. */
static bool
has_personal(const struct reader *reader)
{
	const struct parse *parse = reader->parse;
	bool words = !is_own_text(parse->verb) && parse->verb != VERB_DAFTAR;
	size_t at;
	int value;

	for (at = 0; at < parse->count; at++)
		if ((words && parse->readings[at] != READ_PLACE && reader_phrase(reader, WORD_PERSONAL, at, 3, &value) != 0) ||
		    reader_on_behalf(reader, at) || lex_is_identity(parse->tokens, parse->count, at))
			return true;
	/* What begins like a village's code is none in a text that is passed on as it stands: 32.07.34.1203.900001. */
	return is_passed_on(parse->verb) && personal_number(parse->folded);
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

	if (parse->said_verb || parse->verb != VERB_REPORT || reader->refused || reader_has(reader, EVENT_CATEGORY))
		return;
	parse->verb = VERB_NONE;
	if (reject != REJECT_PRIBADI && reject != REJECT_AMBIGU && !reader_has(reader, EVENT_NUMBER))
		parse->reading.reject = REJECT_NONE;
}

static void
read_message(struct reader *reader)
{
	struct parse *parse = reader->parse;
	size_t at;

	locate_prepare(reader);
	for (at = 0; at < parse->count; at++)
		reader_unglue(reader, at);
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
	reader->exact = xcalloc(TOKENS_MAX, sizeof *reader->exact);
	reader->parse = out;
	reader->grammar = grammar;
	reader->gazetteer = gazetteer;
	reader->asker = asker;
	reader->typed = text;
	reader->unit_before = -1;
	out->period = parse_usual_period(grammar, &asker->now);
	if (out->count > TOKENS_MAX) {
		out->count = 0;
		out->reading = (struct problem){ .reject = REJECT_PANJANG, .index = -1 };
	} else {
		read_message(reader);
	}
	free(reader->exact);
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
