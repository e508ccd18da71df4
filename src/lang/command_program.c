/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_program: what stands behind the verbs about things that have numbers of their own: programmes (PROGRAM),
 * tickets (JAWAB, TUTUP), cases (RUJUK). */
#include "lang/reader.h"

/* JAWAB A7 text; the letter may be left out, as there is but one thing to be answered. */
void
command_ticket_text(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t taken = command_ticket(reader, at);

	if (taken == 0 && at < parse->count && parse->tokens[at].kind == TOKEN_NUMBER) {
		parse->ticket = SERIES_COMPLAINT;
		parse->ticket_number = parse->tokens[at].a;
		taken = 1;
	}
	parse->text = command_text(reader, at + taken);
	command_mark_all(reader, at);
}

/* --- programmes --- */

/* Organisations of ours are told from others; what only joins them is neither. */
void
command_partners(struct reader *reader, size_t at, size_t end)
{
	struct parse *parse = reader->parse;
	struct partners *partners = &parse->partners;
	size_t length;
	int role;

	if (at < end)
		reader_span(reader, at, end - at, partners->text, sizeof partners->text);
	for (; at < end; at += length) {
		char *body = partners->count < PARTNERS_MAX ? partners->ours[partners->count].body : NULL;

		length = reader_phrase(reader, WORD_ROLE, at, 3, &role);
		if (length == 0 && (length = reader_phrase(reader, WORD_BODY, at, 2, &role)) != 0 && body != NULL)
			reader_span(reader, at, length, body, sizeof partners->ours[0].body);
		if (length != 0 && body != NULL)
			partners->ours[partners->count++].role = role;
		if (length == 0) {
			length = 1;
			partners->outside |= parse->tokens[at].kind == TOKEN_WORD &&
					     reader_word(reader, WORD_STOP, at) < 0 &&
					     reader_word(reader, WORD_PARTNER, at) < 0;
		}
	}
}

/* PROGRAM BARU name [DENGAN others]. */
static void
read_new_program(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t length = 0;

	parse->begins = true;
	while (at + length < parse->count && reader_word(reader, WORD_PARTNER, at + length) < 0)
		length++;
	if (length != 0)
		reader_span(reader, at, length, parse->name, sizeof parse->name);
	command_partners(reader, at + length + 1, parse->count);
}

/* PROGRAM 12 SUDAH SELESAI, and nothing else: the last stage. */
static bool
is_finished(const struct reader *reader, size_t at)
{
	bool finished = false;

	for (; at < reader->parse->count; at++) {
		if (reader_word(reader, WORD_FINISH, at) >= 0)
			finished = true;
		else if (reader_word(reader, WORD_STOP, at) < 0)
			return false;
	}
	return finished;
}

/* PROGRAM P12 TAHAP 2 [text]; the letter may be left out. */
static void
read_stage(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t taken = command_ticket(reader, at);
	int unit;
	bool nihil;

	if (taken == 0 && reader_word(reader, WORD_RECEIPT, at) >= 0)
		at++;
	if (taken == 0 && at < parse->count && parse->tokens[at].kind == TOKEN_NUMBER) {
		parse->ticket = SERIES_PROGRAM;
		parse->ticket_number = parse->tokens[at].a;
		taken = 1;
	}
	at += taken;
	if (taken != 0 && is_finished(reader, at))
		parse->number = (long)reader->grammar->stage_count;
	if (reader_word(reader, WORD_STAGE, at) < 0)
		return;
	at++;
	at += at < parse->count ? number_read(reader, at, &parse->number, &unit, &nihil) : 0;
	parse->text = command_text(reader, at);
}

void
command_program(struct reader *reader, size_t at)
{
	if (reader_word(reader, WORD_NEW, at) >= 0)
		read_new_program(reader, at + 1);
	else
		read_stage(reader, at);
	command_mark_all(reader, at);
}

/* TUTUP KS12, TUTUP A7. */
void
command_closing(struct reader *reader, size_t at)
{
	reader_alone(reader, at + command_ticket(reader, at));
}

/* --- cases --- */

/* RUJUK KS12 RSUD, RUJUK KS12 ke RSUD. */
void
command_referral(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;

	at += command_ticket(reader, at);
	while (reader_word(reader, WORD_STOP, at) >= 0 || reader_word(reader, WORD_TO, at) >= 0)
		at++;
	if (at < parse->count)
		reader_span(reader, at, parse->count - at, parse->name, sizeof parse->name);
	command_mark_all(reader, at);
}
