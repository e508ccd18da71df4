/* SPDX-License-Identifier: GPL-3.0-or-later */
/* individual: sex, age and the like of a single case: P 72, UMUR 5 THN, 8 BLN, SISA 2 BLN, NIKAH 3 TH. */
#include "lang/reader.h"

/* A number with its unit of time: *months for BLN. Returns its tokens. */
static size_t
read_span(struct reader *reader, size_t at, long *value, bool *months)
{
	size_t taken;
	int unit;
	bool nihil;

	*months = false;
	if (at >= reader->parse->count)
		return 0;
	taken = number_read(reader, at, value, &unit, &nihil);
	if (taken == 0)
		return 0;
	if (reader_word(reader, WORD_YEAR, at + taken) >= 0) {
		taken++;
	} else if (reader_word(reader, WORD_PERIOD, at + taken) >= 0) {
		*months = true;
		taken++;
	}
	return taken;
}

/* The same thing said twice differently, or not at all, is no case that can be stored. */
static size_t
take(struct reader *reader, size_t at, size_t length, long *slot, long value)
{
	reader_mark(reader, at, length, READ_ARGUMENT);
	if (*slot >= 0 && *slot != value)
		reader_problem(reader, REJECT_FORMAT, at, length, -1);
	*slot = value;
	return length;
}

static size_t
read_marked(struct reader *reader, size_t at, enum word_kind mark, long *slot)
{
	size_t taken;
	bool months;
	long value;

	if (reader_word(reader, mark, at) < 0)
		return 0;
	taken = read_span(reader, at + 1, &value, &months);
	if (taken == 0) {
		reader_problem(reader, REJECT_FORMAT, at, 1, -1);
		return 1;
	}
	reader->parse->age_marked |= mark == WORD_AGE;
	return take(reader, at, 1 + taken, slot, mark == WORD_AGE && months ? value / 12 : value);
}

static size_t
read_sex(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t length;
	int sex;

	length = reader_phrase(reader, WORD_SEX, at, 2, &sex);
	if (length == 0)
		return 0;
	reader_mark(reader, at, length, READ_ARGUMENT);
	if (parse->sex != 0 && parse->sex != (char)sex)
		reader_problem(reader, REJECT_FORMAT, at, length, -1);
	parse->sex = (char)sex;
	return length;
}

size_t
individual_read(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	size_t taken;
	bool months;
	long value;

	if (parse->verb != VERB_KASUS)
		return 0;
	taken = read_sex(reader, at);
	if (taken == 0)
		taken = read_marked(reader, at, WORD_AGE, &parse->age);
	if (taken == 0)
		taken = read_marked(reader, at, WORD_REST, &parse->rest);
	if (taken == 0)
		taken = read_marked(reader, at, WORD_MARRIED, &parse->married);
	if (taken != 0 || parse->tokens[at].kind == TOKEN_VILLAGE_CODE)
		return taken;
	taken = read_span(reader, at, &value, &months);
	if (taken == 0)
		return 0;
	parse->age_marked |= months || reader_word(reader, WORD_YEAR, at + taken - 1) >= 0;
	return take(reader, at, taken, &parse->age, months ? value / 12 : value);
}
