/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_number: digits and number words, in the tongues of a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "lang/fold.h"
#include "lang/reader.h"
#include "village.h"

struct reading_of { size_t tokens; long value; int unit; bool nihil; };

/* What number_read() makes of the beginning of a text. */
static struct reading_of
number_of(const char *area, const char *text)
{
	static struct parse parse;
	static struct reader reader;
	struct asker asker = volunteer;
	struct reading_of out = { 0, -1, -1, false };

	asker.area = area;
	memset(&parse, 0, sizeof parse);
	memset(&reader, 0, sizeof reader);
	parse.folded = fold_text(text, NULL);
	parse.count = lex_text(parse.folded, parse.tokens);
	reader.parse = &parse;
	reader.grammar = grammar;
	reader.gazetteer = gazetteer;
	reader.asker = &asker;
	out.tokens = number_read(&reader, 0, &out.value, &out.unit, &out.nihil);
	assert_int_equal(number_begins(&reader, 0), out.tokens != 0);
	parse_clear(&parse);
	return out;
}

static void
reads_numbers(void **state)
{
	static const struct { const char *area, *text; size_t tokens; long value; } cases[] = {
		{ "", "3", 1, 3 }, { "", "1O", 1, 10 }, { "", "1.200", 1, 1200 }, { "", "nol", 1, 0 },
		{ "", "sebelas", 1, 11 }, { "", "tiga belas", 2, 13 }, { "", "dua puluh", 2, 20 },
		{ "", "dua puluh lima", 3, 25 }, { "", "duapuluhlima", 1, 25 }, { "", "dua-puluh lima", 3, 25 },
		{ "", "seratus", 1, 100 }, { "", "dua ratus tiga puluh empat", 5, 234 },
		{ "", "seribu dua ratus", 3, 1200 }, { "", "tiga ribu", 2, 3000 },
		{ "", "sembilan ribu sembilan ratus sembilan puluh sembilan", 7, 9999 },
		/* digits with words */
		{ "", "2 ribu", 2, 2000 }, { "", "2rb", 2, 2000 }, { "", "3 puluh", 2, 30 }, { "", "3 puluh lima", 3, 35 },
		{ "", "2 ribu lima ratus", 4, 2500 }, { "", "4 belas", 2, 14 },
		/* said twice */
		{ "", "4 (empat)", 2, 4 }, { "", "empat (4)", 2, 4 }, { "", "25 (dua puluh lima)", 4, 25 },
		/* only where it is spoken */
		{ "32.07.34", "tilu", 1, 3 }, { "32.07.34", "opat puluh", 2, 40 }, { "33.19.01", "selikur", 1, 21 },
		{ "33.19.01", "rong puluh telu", 3, 23 }, { "33.19.01", "seket loro", 2, 52 },
		{ "33.19.01", "patang atus", 2, 400 }, { "12.02.01", "sampulu", 1, 10 }, { "12.02.01", "dua pulu", 2, 20 },
		{ "33.19.01", "lima likur", 2, 25 }, { "33.19.01", "limolas", 1, 15 }, { "33.19.01", "satus sekawan", 2, 104 },
		{ "32.07.34", "tilu likur", 2, 23 }, { "12.02.01", "sampulu lima", 2, 15 }, { "12.02.01", "dua pulu sada", 3, 21 },
		{ "12.02.01", "saratus sampulu tolu", 3, 113 },
		{ "", "lima likur", 1, 5 }, { "", "sepuluh lima", 1, 10 },
		{ "33.19.01", "tilu", 0, -1 }, { "32.07.34", "selikur", 0, -1 }, { "", "sia", 0, -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reading_of got = number_of(cases[i].area, cases[i].text);

		assert_int_equal(got.tokens, cases[i].tokens);
		if (got.tokens != 0)
			assert_int_equal(got.value, cases[i].value);
	}
}

/* What does not join stays outside, and then the report has a number too many. */
static void
takes_no_more_than_one_number(void **state)
{
	static const struct { const char *text; size_t tokens; long value; } cases[] = {
		{ "dua lima", 1, 2 }, { "dua, lima", 1, 2 }, { "dua puluh lima belas", 2, 20 }, { "dua\npuluh", 1, 2 },
		{ "4 (lima)", 1, 4 }, { "3 puluh dua puluh", 2, 30 }, { "3 puluh sepuluh", 2, 30 }, { "2 ratus ribu", 2, 200 },
		{ "1.200 ribu", 1, 1200 },
		/* a glued word is read whole or not at all */
		{ "puluh", 0, -1 }, { "duapuluhx", 0, -1 }, { "limalima", 0, -1 }, { "3 belaslima", 1, 3 },
		{ "3 belasribu", 1, 3 }, { "2 ribulimaratustujuhribu", 1, 2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reading_of got = number_of("", cases[i].text);

		assert_int_equal(got.tokens, cases[i].tokens);
		if (got.tokens != 0)
			assert_int_equal(got.value, cases[i].value);
	}
}

static void
brings_unit_and_nothing(void **state)
{
	(void)state;
	assert_int_equal(number_of("", "seorang").unit, grammar_unit(grammar, "orang"));
	assert_int_equal(number_of("", "satu").unit, -1);
	assert_true(number_of("", "nihil").nihil);
	assert_true(number_of("", "kosong").nihil);
	assert_false(number_of("", "nol").nihil);
	assert_false(number_of("", "0").nihil);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_numbers), cmocka_unit_test(takes_no_more_than_one_number),
		cmocka_unit_test(brings_unit_and_nothing),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
