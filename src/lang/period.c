/* SPDX-License-Identifier: GPL-3.0-or-later */
/* period: the month that a message is about: BLN 9, BULAN LALU, OKT 2026, OKT26, 10/2026, 2026-09, TGL 20 OKT. */
#include "lang/reader.h"

#include <string.h>

static int
months_of(int year, int month)
{
	return year * 12 + month - 1;
}

static int
this_month(const struct reader *reader)
{
	return months_of(reader->asker->now.year, reader->asker->now.month);
}

int
parse_usual_period(const struct grammar *grammar, const struct civil *now)
{
	return months_of(now->year, now->month) - (now->day <= grammar->limits[LIMIT_LATE_DAY] ? 1 : 0);
}

/* A month without a year: this year's if it has begun; else last year's if that is recent; else it is to come. */
static int
without_year(const struct reader *reader, int month)
{
	int now = this_month(reader);
	int candidate = months_of(reader->asker->now.year, month);

	/* Questions look back as far as it takes; KUNCI must not close a year ago what is yet to come. */
	if (candidate > now && reader->asks && reader->parse->verb != VERB_KUNCI)
		return candidate - 12;
	if (candidate > now && now - (candidate - 12) <= reader->grammar->limits[LIMIT_OLDEST_MONTHS])
		return candidate - 12;
	return candidate;
}

/* A year behind a month: 2026, TAHUN 2026, or 26 where that is this year or the last. Returns its tokens. */
static size_t
read_year(const struct reader *reader, size_t at, int *year)
{
	const struct parse *parse = reader->parse;
	size_t taken = 0;
	long value;

	if (reader_word(reader, WORD_YEAR, at) >= 0)
		taken++;
	if (at + taken >= parse->count || parse->tokens[at + taken].kind != TOKEN_NUMBER ||
	    !reader_joined(reader, at + taken))
		return 0;
	value = parse->tokens[at + taken].a;
	if (strlen(parse->tokens[at + taken].text) == 2) {
		/* SEPT 26 ORANG: those are people. */
		if (parse->tokens[at + taken].gap != 0 && reader_word(reader, WORD_UNIT, at + taken + 1) >= 0 &&
		    reader_joined(reader, at + taken + 1))
			return 0;
		value += reader->asker->now.year / 100 * 100;
		if (value != reader->asker->now.year && value != reader->asker->now.year - 1)
			return 0;
	}
	if (value < 2000 || value > 2099)
		return 0;
	*year = (int)value;
	return taken + 1;
}

/* Takes the period over; another one than before is one too many. */
static size_t
take(struct reader *reader, size_t at, size_t length, int period)
{
	struct parse *parse = reader->parse;

	reader_mark(reader, at, length, READ_PERIOD);
	if (parse->period_said && parse->period != period) {
		reader_note(reader, &parse->dating, REJECT_PERIODE, at, length);
		return length;
	}
	parse->period = period;
	parse->period_said = true;
	return length;
}

static size_t
wrong(struct reader *reader, size_t at, size_t length)
{
	reader_problem(reader, REJECT_PERIODE, at, length, -1);
	return length;
}

/* A month known, maybe a year behind it. */
static size_t
take_month(struct reader *reader, size_t at, size_t length, long month)
{
	int year;
	size_t more;

	if (month < 1 || month > 12)
		return wrong(reader, at, length);
	more = read_year(reader, at + length, &year);
	if (more != 0)
		return take(reader, at, length + more, months_of(year, (int)month));
	return take(reader, at, length, without_year(reader, (int)month));
}

static size_t
take_month_year(struct reader *reader, size_t at, size_t length, long month, long year)
{
	if (month < 1 || month > 12 || year < 2000 || year > 2099)
		return wrong(reader, at, length);
	return take(reader, at, length, months_of((int)year, (int)month));
}

/* Tokens that carry the month themselves: 10/2026, 25-10-2026. */
static size_t
read_shape(struct reader *reader, size_t at, size_t before)
{
	const struct token *token = &reader->parse->tokens[at + before];

	if (token->kind == TOKEN_MONTH_YEAR)
		return take_month_year(reader, at, before + 1, token->a, token->b);
	if (token->kind == TOKEN_DATE)
		return token->a < 1 || token->a > 31 ? wrong(reader, at, before + 1) :
		       take_month_year(reader, at, before + 1, token->b, token->c);
	return 0;
}

/* What stands behind BLN. */
static size_t
read_after_mark(struct reader *reader, size_t at)
{
	size_t next = at + 1, taken;
	long number;
	int unit, month;
	bool nihil;

	if (next >= reader->parse->count)
		return wrong(reader, at, 1);
	if (reader_word(reader, WORD_THIS, next) >= 0)
		return take(reader, at, 2, this_month(reader));
	taken = reader_phrase(reader, WORD_LAST, next, 2, &month);
	if (taken != 0)
		return take(reader, at, 1 + taken, this_month(reader) - 1);
	month = reader_word(reader, WORD_MONTH, next);
	if (month > 0)
		return take_month(reader, at, 2, month);
	taken = read_shape(reader, at, 1);
	if (taken != 0)
		return taken;
	taken = number_read(reader, next, &number, &unit, &nihil);
	if (taken != 0)
		return take_month(reader, at, 1 + taken, number);
	return wrong(reader, at, reader->parse->tokens[next].kind == TOKEN_WORD ? 1 : 2);
}

/* TGL 20 OKT 2026, TGL 25-10-2026: its month. */
static size_t
read_after_date_mark(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t taken;
	int month;

	if (at + 1 >= parse->count)
		return wrong(reader, at, 1);
	taken = read_shape(reader, at, 1);
	if (taken != 0)
		return taken;
	month = parse->tokens[at + 1].kind == TOKEN_NUMBER ? reader_word(reader, WORD_MONTH, at + 2) : -1;
	if (month > 0 && parse->tokens[at + 1].a >= 1 && parse->tokens[at + 1].a <= 31)
		return take_month(reader, at, 3, month);
	return wrong(reader, at, parse->tokens[at + 1].kind == TOKEN_WORD ? 1 : 2);
}

/* 20 OKTOBER 2026 without a mark is a date where no category waits for its number: LANSIA 20 OKTOBER 2026 counts. */
static size_t
read_full_date(struct reader *reader, size_t at)
{
	const struct token *token = &reader->parse->tokens[at];
	int month = token->kind == TOKEN_NUMBER && token->a >= 1 && token->a <= 31 && strlen(token->text) <= 2 ?
		    reader_word(reader, WORD_MONTH, at + 1) : -1;

	if (month < 1 || reader_waits(reader) || at + 2 >= reader->parse->count || token[2].kind != TOKEN_NUMBER ||
	    strlen(token[2].text) != 4 || !reader_joined(reader, at + 1) || !reader_joined(reader, at + 2))
		return 0;
	return take_month(reader, at, 2, month);
}

size_t
period_read(struct reader *reader, size_t at)
{
	size_t length;
	int month;

	if (reader_word(reader, WORD_PERIOD, at) >= 0)
		return read_after_mark(reader, at);
	if (reader_word(reader, WORD_DATE, at) >= 0)
		return read_after_date_mark(reader, at);
	if (reader_word(reader, WORD_YEAR, at) >= 0)
		return wrong(reader, at, 1);
	month = reader_word(reader, WORD_MONTH, at);
	if (month > 0)
		return take_month(reader, at, 1, month);
	length = read_full_date(reader, at);
	return length != 0 ? length : read_shape(reader, at, 0);
}
