/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command: what stands behind the verbs that are no report: questions, people, texts. */
#include "lang/reader.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void
command_mark_all(struct reader *reader, size_t at)
{
	reader_mark(reader, at, reader->parse->count - at, READ_ARGUMENT);
}

/* The text from a token on as it was typed; NULL if nothing is left. Whoever wants less of it cuts it. */
const char *
command_text(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;

	return at < parse->count ? reader->typed + parse->offsets[parse->tokens[at].start] : NULL;
}

/* --- questions --- */

/* A question that names no months is about the current one. */
static void
fill_window(struct parse *parse)
{
	if (parse->window_said)
		return;
	parse->first = parse->last = parse->period;
	snprintf(parse->window, sizeof parse->window, "%04d-%02d", parse->period / 12, parse->period % 12 + 1);
}

void
command_ask_form(struct reader *reader, int form, size_t at, size_t length)
{
	reader->asks = true;
	form_read(reader, form, at, length);
	fill_window(reader->parse);
}

/* JUMLAH LAYAN LANSIA, REKAP FCU: false if no form begins there. */
static bool
read_form_question(struct reader *reader, size_t at)
{
	size_t length;
	int form;

	while (at < reader->parse->count && form_head(reader, at, &form) == 0 && (length = reader_stop(reader, at)) != 0)
		at += length;
	length = form_head(reader, at, &form);
	if (length != 0)
		command_ask_form(reader, form, at, length);
	return length != 0;
}

/* JUMLAH PMKS, JUMLAH SEMUA: no category, but a whole family. */
static bool
is_about_all(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;

	if (parse->form >= 0 || parse->role_said || parse->ticket >= 0 || reader_has(reader, EVENT_CATEGORY))
		return false;
	for (; at < parse->count && parse->family < 0; at++)
		if (reader_word(reader, WORD_ALL, at) >= 0)
			return true;
	return parse->family >= 0;
}

/* BERAPA DESA YANG SUDAH LAPOR: nothing that is counted but the villages themselves. */
static bool
is_about_reports(const struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	bool villages = false, reports = false;

	if (parse->form >= 0 || parse->role_said || parse->ticket >= 0 || reader_has(reader, EVENT_CATEGORY))
		return false;
	for (; at < parse->count; at++) {
		villages = villages || reader_word(reader, WORD_VILLAGE, at) >= 0 || reader_word(reader, WORD_DISTRICT, at) >= 0;
		reports = reports || reader_word(reader, WORD_REPORTING, at) >= 0;
	}
	return villages && reports;
}

/* BELUM TKSK: whose villages they are; BELUM counts them by kecamatan anyway. Where the list begins. */
static size_t
pass_role(struct reader *reader, size_t at)
{
	int role = reader_word(reader, WORD_ROLE, at);

	if (role < 0 || reader->grammar->roles[role].scope != SCOPE_DISTRICT)
		return at;
	reader_mark(reader, at, 1, READ_ARGUMENT);
	return at + 1;
}

/* JUMLAH, REKAP, BELUM, TUMPANG, KIRIM, KUNCI: categories or a form, a place, a window. */
static void
read_question(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	bool forms = parse->verb == VERB_JUMLAH || parse->verb == VERB_REKAP;

	reader->asks = true;
	if (parse->verb == VERB_BELUM)
		at = pass_role(reader, at);
	if (!forms || !read_form_question(reader, at))
		reader_body(reader, at);
	if (parse->verb == VERB_JUMLAH && is_about_all(reader, at))
		parse->verb = VERB_REKAP;
	if (parse->verb == VERB_JUMLAH && is_about_reports(reader, at))
		parse->verb = VERB_BELUM;
	fill_window(parse);
}

/* KS12, A7, P3. */
size_t
command_ticket(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	int ticket = reader_word(reader, WORD_TICKET, at);

	if (ticket < 0 || at + 1 >= parse->count || parse->tokens[at + 1].kind != TOKEN_NUMBER ||
	    !reader_joined(reader, at + 1))
		return 0;
	parse->ticket = ticket;
	parse->ticket_number = parse->tokens[at + 1].a;
	reader_mark(reader, at, 2, READ_ARGUMENT);
	return 2;
}

/* PROGRAM 1, PROG NO P1: what CEK P1 says. 0: no number follows. */
static size_t
read_checked_program(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t taken = 1 + (reader_word(reader, WORD_RECEIPT, at + 1) >= 0), ticket;

	if (reader_word(reader, WORD_VERB, at) != VERB_PROGRAM || at + taken >= parse->count)
		return 0;
	ticket = command_ticket(reader, at + taken);
	if (ticket == 0 && parse->tokens[at + taken].kind == TOKEN_NUMBER) {
		parse->ticket = SERIES_PROGRAM;
		parse->ticket_number = parse->tokens[at + taken].a;
		ticket = 1;
	}
	if (ticket == 0)
		return 0;
	reader_mark(reader, at, taken + ticket, READ_ARGUMENT);
	return taken + ticket;
}

/* CEK KS12, CEK PROGRAM 1, CEK TKSK; otherwise a question like JUMLAH. */
static void
read_check(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t taken = command_ticket(reader, at);
	int role, form;

	if (taken == 0)
		taken = read_checked_program(reader, at);
	role = taken == 0 ? reader_word(reader, WORD_ROLE, at) : -1;

	if (role >= 0 && reader_word(reader, WORD_CATEGORY, at) < 0 && form_head(reader, at, &form) == 0) {
		parse->role = role;
		parse->role_said = true;
		reader_mark(reader, at, 1, READ_ARGUMENT);
		taken = 1;
	}
	if (parse->ticket >= 0)
		reader_alone(reader, at + taken);
	else
		read_question(reader, at + taken);
}

/* --- people --- */

/* The role behind DAFTAR or UMUM, or an organisation that shares one. */
static size_t
read_role(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	int role, body;
	size_t length = reader_phrase(reader, WORD_ROLE, at, 3, &role);

	if (length == 0 && (length = reader_phrase(reader, WORD_BODY, at, 2, &body)) != 0) {
		role = body;
		reader_span(reader, at, length, parse->body, sizeof parse->body);
	}
	if (length == 0)
		return 0;
	parse->role = role;
	parse->role_said = true;
	reader_mark(reader, at, length, READ_ARGUMENT);
	return length;
}

/* DESA, KEC, UMUR, RW end a name. */
static bool
ends_name(const struct reader *reader, size_t at)
{
	static const enum word_kind ends[] = { WORD_VILLAGE, WORD_DISTRICT, WORD_REGENCY, WORD_AGE, WORD_RW, WORD_RT };
	size_t i;

	if (reader->parse->tokens[at].kind != TOKEN_WORD)
		return true;
	for (i = 0; i < sizeof ends / sizeof *ends; i++)
		if (reader_word(reader, ends[i], at) >= 0)
			return true;
	return false;
}

static void
read_age(struct reader *reader, size_t at, long *age)
{
	int unit;
	bool nihil;

	if (at < reader->parse->count && number_read(reader, at, age, &unit, &nihil) == 0)
		*age = -1;
}

/* DESA RAWA KEC LUMBUNG CIAMIS: the kabupaten without a mark. */
static size_t
read_above(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	const char *code = parse->village[0] != '\0' ? parse->village : parse->district;
	size_t length = code[0] != '\0' ? locate_above(reader, at, code) : 0;

	reader_mark(reader, at, length, READ_PLACE);
	return length;
}

/* DAFTAR role name [DESA name] KEC name [UMUR n] [RW n]. */
static void
read_registration(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t length = 0, taken;

	at += read_role(reader, at);
	while (at + length < parse->count && !ends_name(reader, at + length))
		length++;
	if (length != 0 && parse->role_said) {
		reader_span(reader, at, length, parse->name, sizeof parse->name);
		reader_mark(reader, at, length, READ_ARGUMENT);
	}
	for (at += length; at < parse->count; at += taken) {
		taken = locate_read(reader, at);
		if (taken == 0 && reader_word(reader, WORD_AGE, at) >= 0) {
			read_age(reader, at + 1, &parse->age);
			reader_mark(reader, at, 1, READ_ARGUMENT);
			taken = at + 1 < parse->count && parse->age >= 0 ? 2 : 1;
		}
		if (taken == 0)
			taken = read_above(reader, at);
		if (taken == 0)
			taken = reader_stop(reader, at);
		if (taken == 0)
			taken = reader_unknown(reader, at);
	}
}

/* SETUJU 17, TOLAK NO 17, HADIR 31 ORANG. */
static void
read_number(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t taken = 0;
	int unit;
	bool nihil;

	while (at < parse->count && (taken = reader_stop(reader, at)) != 0)
		at += taken;
	if (reader_word(reader, WORD_RECEIPT, at) >= 0)
		reader_mark(reader, at++, 1, READ_ARGUMENT);
	taken = 0;
	if (at < parse->count)
		taken = number_read(reader, at, &parse->number, &unit, &nihil);
	at += taken;
	if (parse->verb == VERB_HADIR && at < parse->count && reader_word(reader, WORD_UNIT, at) >= 0)
		reader_mark(reader, at++, 1, READ_UNIT);
	reader_alone(reader, at);
}

/* --- texts --- */

/*
 * KEC LUMBUNG:, DESA RAWA KEC LUMBUNG:, KAB CIAMIS:, PROV JAWA BARAT: tokens of a place with a colon behind it.
 * Without the colon they are text, and nothing is taken.
 */
static size_t
read_audience_place(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	struct reader before = *reader;
	struct parse was = *parse;
	size_t taken = 0, more = 1;

	while (more != 0 && at + taken < parse->count) {
		const char *end;

		more = 0;
		if (reader_word(reader, WORD_VILLAGE, at + taken) >= 0 || reader_word(reader, WORD_DISTRICT, at + taken) >= 0)
			more = locate_read(reader, at + taken);
		if (more == 0)
			more = upper_read(reader, at + taken);
		taken += more;
		end = more != 0 ? parse->folded + parse->tokens[at + taken - 1].end : "";
		/* "UMUM KAB: rapat" is for the role. */
		if (end[strspn(end, " ")] == ':' && taken > 1)
			return taken;
	}
	*reader = before;
	*parse = was;
	return 0;
}

static bool
is_place_mark(const struct reader *reader, size_t at)
{
	return reader_word(reader, WORD_VILLAGE, at) >= 0 || reader_word(reader, WORD_DISTRICT, at) >= 0 ||
	       reader_word(reader, WORD_REGENCY, at) >= 0;
}

/* Whether a colon stands behind one of the tokens from there on, as behind a name. */
static bool
ends_audience(const struct parse *parse, size_t at)
{
	for (size_t i = at; i < parse->count && i < at + PLACE_TOKENS_MAX; i++) {
		const char *end = parse->folded + parse->tokens[i].end;

		if (end[strspn(end, " ")] == ':')
			return true;
	}
	return false;
}

/* KEC LUMBUNG DAN KEC RANCAH, KEC LUMBUNG DAN RANCAH: how many tokens the first place and what joins them has; 0: one
 * place alone, or none. */
static size_t
joined_places(struct reader *reader, size_t at)
{
	struct reader before = *reader;
	struct parse was = *reader->parse;
	bool district = reader_word(reader, WORD_DISTRICT, at) >= 0;
	size_t taken = is_place_mark(reader, at) ? locate_read(reader, at) : 0;

	*reader = before;
	*reader->parse = was;
	if (taken < 2)
		return 0;
	if (reader_word(reader, WORD_JOINING, at + taken) < 0)
		return district && reader_word(reader, WORD_DISTRICT, at + taken) >= 0 ? taken : 0;
	taken++;
	return is_place_mark(reader, at + taken) || ends_audience(reader->parse, at + taken) ? taken : 0;
}

/* UMUM PSM DAN KT ..., UMUM PSM, KT ...: one role or all of them. */
static size_t
read_audience_role(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t taken;
	int role;

	if (reader_word(reader, WORD_ALL, at) >= 0) {
		reader_mark(reader, at, 1, READ_ARGUMENT);
		return 1;
	}
	taken = read_role(reader, at);
	at += taken;
	if (taken != 0 && at + 1 < parse->count && reader_word(reader, WORD_STOP, at) >= 0 &&
	    reader_phrase(reader, WORD_ROLE, at + 1, 3, &role) != 0)
		reader_problem(reader, REJECT_FORMAT, at, 2, -1);
	if (taken != 0 && at < parse->count && parse->folded[parse->tokens[at - 1].end] == ',' &&
	    reader_phrase(reader, WORD_ROLE, at, 3, &role) != 0)
		reader_problem(reader, REJECT_FORMAT, at, 1, -1);
	return taken;
}

/* Where the text begins behind "TKSK KAB CIAMIS:" */
static size_t
read_audience(struct reader *reader, size_t at)
{
	size_t place = read_audience_place(reader, at);

	if (place != 0)
		return at + place;
	at += read_audience_role(reader, at);
	place = read_audience_place(reader, at);
	if (place == 0 && joined_places(reader, at) != 0)
		reader_problem(reader, REJECT_TEMPAT, at, joined_places(reader, at), -1);
	/* "UMUM kec lumbung rapat" is all text, but for nobody outside Lumbung. */
	if (place == 0 && reader_word(reader, WORD_DISTRICT, at) >= 0)
		locate_read(reader, at);
	return at + place;
}

static void
read_broadcast(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;

	at = read_audience(reader, at);
	parse->text = command_text(reader, at);
	command_mark_all(reader, at);
}

static void
read_text(struct reader *reader, size_t at)
{
	reader->parse->text = command_text(reader, at);
	command_mark_all(reader, at);
}

void
command_read(struct reader *reader, size_t at)
{
	static void (*const readers[VERBS])(struct reader *, size_t) = {
		[VERB_JUMLAH] = read_check, [VERB_REKAP] = read_question, [VERB_BELUM] = read_question,
		[VERB_TUMPANG] = read_question, [VERB_KIRIM] = read_question, [VERB_KUNCI] = read_question,
		[VERB_DAFTAR] = read_registration, [VERB_SETUJU] = read_number, [VERB_TOLAK] = read_number,
		[VERB_HADIR] = read_number, [VERB_UMUM] = read_broadcast, [VERB_NOTULEN] = command_minutes,
		[VERB_TANYA] = read_text, [VERB_ADUAN] = read_text, [VERB_RAPAT] = invitation_read,
		[VERB_RUJUK] = command_referral, [VERB_JAWAB] = command_ticket_text, [VERB_TUTUP] = command_closing,
		[VERB_PROGRAM] = command_program,
	};

	if (readers[reader->parse->verb] != NULL)
		readers[reader->parse->verb](reader, at);
	else
		command_mark_all(reader, at);
}
