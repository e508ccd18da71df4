/* SPDX-License-Identifier: GPL-3.0-or-later */
/* invitation: RAPAT [roles] date JAM time [DI] place [HAL text], or the place first. */
#include "lang/reader.h"

#include <string.h>

static size_t
take_date(struct reader *reader, size_t at, size_t length, long day, long month, long year)
{
	static const int days[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct parse *parse = reader->parse;

	reader_mark(reader, at, length, READ_ARGUMENT);
	if (month < 1 || month > 12 || day < 1 || day > days[month] ||
	    (month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0))))
		parse->when_wrong = true;
	parse->date_said = true;
	parse->when.day = (int)day;
	parse->when.month = (int)month;
	parse->when.year = (int)year;
	return length;
}

/* 27/10, 25-10-2026, 1 NOV, 1 NOVEMBER 2026. Without a year it is this one. */
static size_t
read_date(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t mark = reader_word(reader, WORD_DATE, at) >= 0 ? 1 : 0;
	long year = reader->asker->now.year;
	const struct token *token;
	int month;

	if (at + mark >= parse->count)
		return 0;
	token = &parse->tokens[at + mark];
	if (token->kind == TOKEN_DATE)
		return take_date(reader, at, mark + 1, token->a, token->b, token->c);
	if (token->kind == TOKEN_PAIR || token->kind == TOKEN_RANGE)
		return take_date(reader, at, mark + 1, token->a, token->b, year);
	month = token->kind == TOKEN_NUMBER ? reader_word(reader, WORD_MONTH, at + mark + 1) : -1;
	if (month < 1)
		return 0;
	if (at + mark + 2 < parse->count && parse->tokens[at + mark + 2].kind == TOKEN_NUMBER &&
	    parse->tokens[at + mark + 2].a >= 2000)
		return take_date(reader, at, mark + 3, token->a, month, parse->tokens[at + mark + 2].a);
	return take_date(reader, at, mark + 2, token->a, month, year);
}

/* JAM 8 MALAM: an hour of the twelve on the dial. An hour that the part of the day does not have is wrong. */
static size_t
read_daypart(struct reader *reader, size_t at, long *hour)
{
	int part = reader_word(reader, WORD_DAYPART, at);

	if (part < 0)
		return 0;
	reader_mark(reader, at, 1, READ_ARGUMENT);
	if (*hour >= 13 || part == 0)
		return 1;
	if (part == 12 && *hour >= 10)
		return 1;
	if (*hour > 11 || (part == 12 && *hour > 4))
		reader->parse->when_wrong = true;
	else
		*hour += 12;
	return 1;
}

/* An hour and its minutes: 13.00, 13, 13 30. Returns its tokens. */
static size_t
read_time(const struct reader *reader, size_t at, bool marked, long *hour, long *minute)
{
	const struct parse *parse = reader->parse;
	const struct token *token = at < parse->count ? &parse->tokens[at] : NULL;

	if (token == NULL || (token->kind != TOKEN_DECIMAL && (!marked || token->kind != TOKEN_NUMBER)))
		return 0;
	*hour = token->a;
	*minute = token->kind == TOKEN_DECIMAL ? token->b : 0;
	if (token->kind == TOKEN_DECIMAL || at + 1 >= parse->count || token[1].kind != TOKEN_NUMBER ||
	    strlen(token[1].text) != 2)
		return 1;
	*minute = token[1].a;
	return 2;
}

static bool
is_time(long hour, long minute)
{
	return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
}

static size_t
read_zone(struct reader *reader, size_t at)
{
	size_t length = reader_word(reader, WORD_ZONE, at) >= 0 ? 1 : 0;

	reader_mark(reader, at, length, READ_ARGUMENT);
	return length;
}

/* S/D SELESAI, - SELESAI, S/D 15.00, -15.00: when it ends is understood, and not kept. */
static size_t
read_until(struct reader *reader, size_t at, long begin)
{
	struct parse *parse = reader->parse;
	int value;
	size_t length = reader_phrase(reader, WORD_ESTIMATE, at, 3, &value), mark, taken;
	long hour, minute;

	if (at >= parse->count || (length == 0 && (parse->tokens[at].gap & GAP_HYPHEN) == 0))
		return 0;
	if (reader_word(reader, WORD_FINISH, at + length) >= 0) {
		reader_mark(reader, at, length + 1, READ_STOP);
		return length + 1;
	}
	mark = reader_word(reader, WORD_CLOCK, at + length) >= 0 ? 1 : 0;
	taken = read_time(reader, at + length + mark, true, &hour, &minute);
	if (taken == 0)
		return 0;
	length += mark + taken;
	reader_mark(reader, at, length, READ_STOP);
	length += read_daypart(reader, at + length, &hour);
	if (!is_time(hour, minute) || hour * 60 + minute <= begin)
		parse->when_wrong = true;
	return length;
}

/* JAM 13.00, PUKUL 20, 19.30, JAM 13 30, JAM 1 SIANG WIB, JAM 9 S/D SELESAI. */
static size_t
read_clock(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t mark = reader_word(reader, WORD_CLOCK, at) >= 0 ? 1 : 0, taken, end;
	long hour, minute;

	taken = read_time(reader, at + mark, mark != 0, &hour, &minute);
	reader_mark(reader, at, mark + taken, READ_ARGUMENT);
	if (taken == 0)
		return mark;
	end = at + mark + taken;
	end += read_daypart(reader, end, &hour);
	end += read_zone(reader, end);
	end += read_until(reader, end, hour * 60 + minute);
	end += read_zone(reader, end);
	/* 13.00 15.00: one time too many. */
	if (!is_time(hour, minute) || (end < parse->count && (parse->tokens[end].kind == TOKEN_DECIMAL ||
							      parse->tokens[end].kind == TOKEN_NUMBER)))
		parse->when_wrong = true;
	parse->clock_said = true;
	parse->when.hour = (int)hour;
	parse->when.minute = (int)minute;
	return end - at;
}

/* HARI SENIN, and little words before a date. */
static size_t
read_weekday(struct reader *reader, size_t at, int *weekday)
{
	size_t mark = reader_word(reader, WORD_DAY, at) >= 0 ? 1 : 0;
	int day = reader_word(reader, WORD_WEEKDAY, at + mark);

	if (day < 0)
		return 0;
	*weekday = day;
	reader_mark(reader, at, mark + 1, READ_ARGUMENT);
	return mark + 1;
}

/* 1 for Monday .. 7 for Sunday (Sakamoto). */
static int
weekday_of(const struct civil *date)
{
	static const int shifts[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
	int year = date->year - (date->month < 3);
	int sunday_first = (year + year / 4 - year / 100 + year / 400 + shifts[date->month - 1] + date->day) % 7;

	return sunday_first == 0 ? 7 : sunday_first;
}

/* Whether the place, which has begun before the date, ends there. */
static bool
ends_venue(const struct reader *reader, size_t at)
{
	return reader_word(reader, WORD_DATE, at) >= 0 || reader_word(reader, WORD_CLOCK, at) >= 0 ||
	       reader_word(reader, WORD_SUBJECT, at) >= 0 || reader_word(reader, WORD_DAY, at) >= 0 ||
	       reader_word(reader, WORD_WEEKDAY, at) >= 0;
}

/* DI BALAI DESA in front of TGL, JAM or HARI. */
static size_t
read_venue_first(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t length = 1;

	if (reader_word(reader, WORD_AT, at) < 0 || parse->venue[0] != '\0')
		return 0;
	while (at + length < parse->count && !ends_venue(reader, at + length))
		length++;
	if (length == 1 || at + length == parse->count)
		return 0;
	reader_span(reader, at + 1, length - 1, parse->venue, sizeof parse->venue);
	reader_mark(reader, at, length, READ_ARGUMENT);
	return length;
}

/* Whether a token goes on in the same word as the one before: the S of P4S. */
static bool
goes_on(const struct parse *parse, size_t at)
{
	return at < parse->count && parse->tokens[at].start == parse->tokens[at - 1].end;
}

/* HAL LANJUTAN P12: which programme it goes on with. */
static void
read_continued(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t taken;

	for (; at < parse->count && parse->ticket != SERIES_PROGRAM; at++) {
		parse->ticket = -1;
		taken = command_ticket(reader, at);
		if (taken != 0 && goes_on(parse, at + taken))
			parse->ticket = -1;
	}
	if (parse->ticket != SERIES_PROGRAM)
		parse->ticket = -1;
}

static void
read_subject(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;

	reader_mark(reader, at, parse->count - at, READ_ARGUMENT);
	if (at + 1 < parse->count)
		reader_span(reader, at + 1, parse->count - at - 1, parse->subject, sizeof parse->subject);
	read_continued(reader, at + 1);
}

/* The place up to HAL, unless it was said before, then the subject up to the end. */
static void
read_agenda(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t length = 0, passed;

	if (parse->venue[0] != '\0') {
		while (at < parse->count && (passed = reader_stop(reader, at)) != 0)
			at += passed;
		if (at < parse->count && reader_word(reader, WORD_SUBJECT, at) < 0)
			reader_problem(reader, REJECT_FORMAT, at, 1, -1);
	} else {
		if (reader_word(reader, WORD_AT, at) >= 0)
			reader_mark(reader, at++, 1, READ_ARGUMENT);
		while (at + length < parse->count && reader_word(reader, WORD_SUBJECT, at + length) < 0)
			length++;
		if (length != 0)
			reader_span(reader, at, length, parse->venue, sizeof parse->venue);
		reader_mark(reader, at, length, READ_ARGUMENT);
	}
	if (at + length < parse->count)
		read_subject(reader, at + length);
}

/* RAPAT TKSK, DU DAN KADES 27/10 ...: who is invited, if it is said; then only those. */
static size_t
read_guests(struct reader *reader, size_t at)
{
	const struct parse *parse = reader->parse;
	size_t begin = at, length;
	int role;

	for (; at < parse->count; at += length) {
		length = reader_phrase(reader, WORD_ROLE, at, 3, &role);
		if (length == 0)
			length = reader_phrase(reader, WORD_BODY, at, 2, &role);
		if (length == 0)
			length = at > begin || reader_word(reader, WORD_PARTNER, at) >= 0 ? reader_stop(reader, at) : 0;
		if (length == 0)
			length = reader_word(reader, WORD_PARTNER, at) >= 0;
		if (length == 0)
			break;
	}
	command_partners(reader, begin, at);
	reader_mark(reader, begin, at - begin, READ_ARGUMENT);
	return at - begin;
}

void
invitation_read(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	int weekday = 0;
	size_t taken;

	at += read_guests(reader, at);
	while (at < parse->count && (!parse->date_said || !parse->clock_said)) {
		taken = parse->date_said ? 0 : read_date(reader, at);
		if (taken == 0 && !parse->clock_said)
			taken = read_clock(reader, at);
		if (taken == 0)
			taken = read_weekday(reader, at, &weekday);
		if (taken == 0)
			taken = read_venue_first(reader, at);
		if (taken == 0 && reader_word(reader, WORD_VERB, at) == VERB_RAPAT) {
			reader_mark(reader, at, 1, READ_STOP);
			taken = 1;              /* UNDANGAN RAPAT */
		}
		if (taken == 0 && reader_word(reader, WORD_AT, at) < 0)
			taken = reader_stop(reader, at);
		if (taken == 0)
			break;
		at += taken;
	}
	if (weekday != 0 && parse->date_said && !parse->when_wrong && weekday != weekday_of(&parse->when))
		parse->when_wrong = true;
	if (at < parse->count)
		read_agenda(reader, at);
}
