/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window: the months that a question is about: a quarter, a semester, a year, or one month as in reports. */
#include "lang/reader.h"

#include <stdio.h>

/* A year behind TW n or SMT n; without one the most recent window that has begun. */
static size_t
read_year(const struct reader *reader, size_t at, int *year)
{
	const struct parse *parse = reader->parse;
	size_t mark = reader_word(reader, WORD_YEAR, at) >= 0 ? 1 : 0;

	if (at + mark >= parse->count || parse->tokens[at + mark].kind != TOKEN_NUMBER ||
	    parse->tokens[at + mark].a < 2000 || parse->tokens[at + mark].a > 2099)
		return 0;
	*year = (int)parse->tokens[at + mark].a;
	return mark + 1;
}

/* part 0: the whole year; kind is what stands before the part in the window's name. */
static size_t
take(struct reader *reader, size_t at, size_t length, int from, int months, const char *kind, int part)
{
	struct parse *parse = reader->parse;

	reader_mark(reader, at, length, READ_PERIOD);
	if (parse->window_said && (parse->first != from || parse->last != from + months - 1)) {
		reader_note(reader, &parse->dating, REJECT_PERIODE, at, length);
		return length;
	}
	parse->window_said = parse->period_said = true;
	parse->first = parse->period = from;
	parse->last = from + months - 1;
	if (part == 0)
		snprintf(parse->window, sizeof parse->window, "%04d", from / 12);
	else
		snprintf(parse->window, sizeof parse->window, "%04d-%s%d", from / 12, kind, part);
	return length;
}

/* TW INI, SMT LALU. */
static size_t
read_nearby(struct reader *reader, size_t at, int parts, const char *kind)
{
	int months = 12 / parts, month = reader->asker->now.year * 12 + reader->asker->now.month - 1, value;
	size_t length = reader_phrase(reader, WORD_LAST, at + 1, 2, &value);

	if (length != 0)
		month -= months;
	else if (reader_word(reader, WORD_THIS, at + 1) >= 0)
		length = 1;
	if (length == 0)
		return 0;
	return take(reader, at, 1 + length, month - month % months, months, kind, month % 12 / months + 1);
}

/* TW 1..4, SMT 1..2. */
static size_t
read_part(struct reader *reader, size_t at, int parts, const char *kind)
{
	int months = 12 / parts, year = reader->asker->now.year, unit;
	size_t taken, more;
	bool nihil;
	long part;

	more = read_nearby(reader, at, parts, kind);
	if (more != 0)
		return more;
	if (at + 1 < reader->parse->count && place_roman(reader->parse->tokens[at + 1].text) != 0) {
		part = place_roman(reader->parse->tokens[at + 1].text);
		taken = 1;
	} else {
		taken = at + 1 < reader->parse->count ? number_read(reader, at + 1, &part, &unit, &nihil) : 0;
	}
	if (taken == 0 || part < 1 || part > parts) {
		reader_problem(reader, REJECT_PERIODE, at, 1 + taken, -1);
		return 1 + taken;
	}
	more = read_year(reader, at + 1 + taken, &year);
	if (more == 0 && (part - 1) * months + 1 > reader->asker->now.month)
		year--;
	return take(reader, at, 1 + taken + more, year * 12 + (int)(part - 1) * months, months, kind, (int)part);
}

size_t
window_read(struct reader *reader, size_t at)
{
	int year = reader->asker->now.year;
	size_t taken;

	if (!reader->asks)
		return 0;
	if (reader_word(reader, WORD_QUARTER, at) >= 0)
		return read_part(reader, at, 4, "TW");
	if (reader_word(reader, WORD_SEMESTER, at) >= 0)
		return read_part(reader, at, 2, "S");
	if (reader_word(reader, WORD_YEAR, at) >= 0) {
		taken = 1 + read_year(reader, at + 1, &year);
		if (taken == 1 && reader_word(reader, WORD_LAST, at + 1) >= 0) {
			year--;
			taken = 2;
		} else if (taken == 1 && reader_word(reader, WORD_THIS, at + 1) >= 0) {
			taken = 2;
		}
		return take(reader, at, taken, year * 12, 12, "", 0);
	}
	return 0;
}
