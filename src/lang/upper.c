/* SPDX-License-Identifier: GPL-3.0-or-later */
/* upper: what lies above a kecamatan: KAB CIAMIS, KOTA BANDUNG, PROV JAWA BARAT, INDONESIA; in questions also the names
 * alone. */
#include "lang/reader.h"

#include <stdio.h>
#include <string.h>

/* The longest name from the token on that is a kabupaten or kota; its length, 0 none. */
static size_t
find_regency(const struct reader *reader, size_t at, enum place_regency kind, struct place_answer *out)
{
	char name[PLACE_NAME_SIZE * 2];
	size_t length;

	for (length = locate_reach(reader, at); length > 0; length--) {
		reader_span(reader, at, length, name, sizeof name);
		place_find_regency(reader->gazetteer, name, kind, out);
		if (out->count != 0)
			return length;
	}
	return 0;
}

static size_t
find_province(const struct reader *reader, size_t at, const char **code)
{
	char name[PLACE_NAME_SIZE * 2];
	size_t length;

	for (length = locate_reach(reader, at); length > 0; length--) {
		reader_span(reader, at, length, name, sizeof name);
		*code = place_find_province(reader->gazetteer, name);
		if (*code != NULL)
			return length;
	}
	return 0;
}

/* KOTA KUDUS is a kecamatan's whole name where no kota is called so. Its length, with the mark; 0 it is none. */
static size_t
find_district_with_mark(const struct reader *reader, size_t at, struct place_answer *out)
{
	char name[PLACE_NAME_SIZE * 2], within[6];
	size_t length;

	snprintf(within, sizeof within, "%.5s", reader->asker->area);
	for (length = locate_reach(reader, at); length > 1; length--) {
		reader_span(reader, at, length, name, sizeof name);
		place_find_district(reader->gazetteer, within, name, true, out);
		if (out->verdict == PLACE_FOUND)
			return length;
	}
	return 0;
}

/* Whether the code is of the asker's own area, of something in it or above it. */
static bool
is_on_the_way(const struct reader *reader, const char *code)
{
	size_t own = strlen(reader->asker->area), length = strlen(code);

	return strncmp(reader->asker->area, code, own < length ? own : length) == 0;
}

/* Two different ones are one too many. `into` has room for a code. */
static size_t
take(struct reader *reader, size_t at, size_t length, const char *code, char *into)
{
	const struct parse *parse = reader->parse;

	reader_mark(reader, at, length, READ_PLACE);
	if (into[0] != '\0' && strcmp(into, code) != 0)
		reader_note(reader, &reader->parse->placing, REJECT_TEMPAT, at, length);
	snprintf(into, PLACE_CODE_SIZE, "%s", code);
	if (parse->province[0] != '\0' && parse->regency[0] != '\0' && strncmp(parse->regency, parse->province, 2) != 0)
		reader_note(reader, &reader->parse->placing, REJECT_TEMPAT, at, length);
	if (!is_on_the_way(reader, code))
		reader_note(reader, &reader->parse->placing, REJECT_WILAYAH, at, length);
	return length;
}

/* SE KABUPATEN: without a name, the own one. */
static size_t
take_own(struct reader *reader, size_t at, size_t length, char *into)
{
	char code[PLACE_CODE_SIZE];

	snprintf(code, sizeof code, "%.*s", (int)length, reader->asker->area);
	return take(reader, at, 1, code, into);
}

static size_t
read_regency(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	int kind = reader_word(reader, WORD_REGENCY, at);
	struct place_answer answer, district;
	size_t length, with_mark;

	if (kind < 0)
		return 0;
	length = find_regency(reader, at + 1, (enum place_regency)kind, &answer);
	with_mark = reader->asks && kind == REGENCY_KOTA && (length == 0 || answer.codes[0][3] < '7') ?
		    find_district_with_mark(reader, at, &district) : 0;
	if (with_mark != 0)
		return take(reader, at, with_mark, district.codes[0], parse->district);
	if (length != 0)
		return take(reader, at, 1 + length, answer.codes[0], parse->regency);
	length = locate_run(reader, at + 1);
	if (length == 0 && reader->asks && strlen(reader->asker->area) >= 5)
		return take_own(reader, at, 5, parse->regency);
	reader_problem(reader, REJECT_KAB, length != 0 ? at + 1 : at, length != 0 ? length : 1, -1);
	reader_mark(reader, at, 1, READ_PLACE);
	return 1 + length;
}

static size_t
read_province(struct reader *reader, size_t at)
{
	struct parse *parse = reader->parse;
	const char *code;
	size_t length;

	if (reader_word(reader, WORD_PROVINCE, at) < 0)
		return 0;
	length = find_province(reader, at + 1, &code);
	if (length != 0)
		return take(reader, at, 1 + length, code, parse->province);
	if (locate_run(reader, at + 1) == 0 && reader->asks && strlen(reader->asker->area) >= 2)
		return take_own(reader, at, 2, parse->province);
	if (!reader->asks)
		return 0;
	reader_problem(reader, REJECT_KAB, at, 1, -1);
	return 1;
}

static size_t
read_country(struct reader *reader, size_t at)
{
	int value;
	size_t length = reader->asks ? reader_phrase(reader, WORD_COUNTRY, at, 2, &value) : 0;

	if (length == 0)
		return 0;
	reader->parse->country = true;
	if (reader->asker->area[0] != '\0')
		reader_note(reader, &reader->parse->placing, REJECT_WILAYAH, at, length);
	reader_mark(reader, at, length, READ_PLACE);
	return length;
}

size_t
upper_read(struct reader *reader, size_t at)
{
	size_t taken = read_regency(reader, at);

	if (taken == 0)
		taken = read_province(reader, at);
	return taken != 0 ? taken : read_country(reader, at);
}

size_t
upper_read_unmarked(struct reader *reader, size_t at)
{
	struct place_answer answer;
	const char *code;
	size_t length;

	if (!reader->asks || reader_known(reader, at))
		return 0;
	length = find_regency(reader, at, REGENCY_ANY, &answer);
	if (length != 0 && answer.verdict == PLACE_CHOOSE) {
		reader_problem(reader, REJECT_KAB, at, length, -1);
		return length;
	}
	if (length != 0)
		return take(reader, at, length, answer.codes[0], reader->parse->regency);
	length = find_province(reader, at, &code);
	return length != 0 ? take(reader, at, length, code, reader->parse->province) : 0;
}

void
upper_prepare(struct reader *reader)
{
	struct place_answer answer;

	for (size_t at = 0; at < reader->parse->count; at++) {
		int kind = reader_word(reader, WORD_REGENCY, at);

		if (kind >= 0 && find_regency(reader, at + 1, (enum place_regency)kind, &answer) != 0 &&
		    is_on_the_way(reader, answer.codes[0]))
			snprintf(reader->regency, sizeof reader->regency, "%s", answer.codes[0]);
	}
}
