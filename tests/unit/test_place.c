/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_place: names as they are typed, against the official list (domain 5.3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "lang/fold.h"
#include "village.h"

#define LUMBUNG "32.07.34"
#define TARUTUNG "12.02.01"

/* "FOUND 2007", "CHOOSE 1002 1004": verdict and the ends of the codes. */
static const char *
answer_text(const struct place_answer *answer)
{
	static const char *const names[] = {
		[PLACE_FOUND] = "FOUND", [PLACE_FUZZY] = "FUZZY", [PLACE_CHOOSE] = "CHOOSE",
		[PLACE_ELSEWHERE] = "ELSEWHERE", [PLACE_UNKNOWN] = "UNKNOWN",
	};
	static char out[200];
	size_t used = (size_t)snprintf(out, sizeof out, "%s", names[answer->verdict]), i;

	for (i = 0; i < answer->count; i++)
		used += (size_t)snprintf(out + used, sizeof out - used, " %s", answer->codes[i] + 9);
	return out;
}

static const char *
found(const char *district, const char *typed, enum place_kind kind, bool exact)
{
	char *folded = fold_text(typed, NULL);
	struct place_answer answer;

	place_find(gazetteer, district, folded, kind, exact, &answer);
	free(folded);
	return answer_text(&answer);
}

static void
finds_villages(void **state)
{
	static const struct { const char *district, *typed, *answer; } cases[] = {
		{ LUMBUNG, "Rawa", "FOUND 2007" }, { LUMBUNG, "lumbung sari", "FOUND 2004" }, { LUMBUNG, "LUMBUNG", "FOUND 2003" },
		{ LUMBUNG, "awi-luar", "FOUND 2005" }, { LUMBUNG, "awi jauh", "FOUND 2005" }, { LUMBUNG, "r a w a", "FOUND 2007" },
		/* the own kecamatan before every other */
		{ LUMBUNG, "cikupa", "FOUND 2001" }, { LUMBUNG, "jelat", "ELSEWHERE 2007" },
		/* one or two edits, by the length of the name; four letters none */
		{ LUMBUNG, "lumbung sri", "FUZZY 2004" }, { LUMBUNG, "ckupa", "FUZZY 2001" }, { LUMBUNG, "sukaraahraja", "FUZZY 2002" },
		{ LUMBUNG, "ckpa", "UNKNOWN 2001 2007" }, { LUMBUNG, "rwa", "UNKNOWN 2007" }, { LUMBUNG, "rawaa", "UNKNOWN 2007" },
		{ LUMBUNG, "jlat", "UNKNOWN" }, { LUMBUNG, "", "UNKNOWN" }, { LUMBUNG, "???", "UNKNOWN" },
		/* numerals are the same however written, and never nearly the same */
		{ TARUTUNG, "hutatoruan 5", "FOUND 1002" }, { TARUTUNG, "hutatoruan v", "FOUND 1002" },
		{ TARUTUNG, "hutatoruan lima", "FOUND 1002" }, { TARUTUNG, "hutatoruanv", "FOUND 1002" },
		{ TARUTUNG, "huta toruan 7", "FOUND 1004" }, { TARUTUNG, "hutatorun 5", "FUZZY 1002" },
		{ TARUTUNG, "hutatoruan", "CHOOSE 1002 1004 2031" }, { TARUTUNG, "kuruk fi", "UNKNOWN" },
		{ TARUTUNG, "tanjung bunga ii", "UNKNOWN 2010" }, { TARUTUNG, "simpang 3", "FOUND 2008" },
		{ TARUTUNG, "simpangtiga", "FOUND 2008" }, { TARUTUNG, "simpangtga", "FUZZY 2008" },
		{ TARUTUNG, "pansurbatu", "FOUND 2015" }, { TARUTUNG, "pansurbatu 2", "FOUND 2016" },
		/* as near to its sibling with a numeral: asked, not guessed */
		{ TARUTUNG, "pansurbatu k", "CHOOSE 2015 2016" }, { TARUTUNG, "pansrbatu", "FUZZY 2015" },
		{ TARUTUNG, "hutatoruan k", "UNKNOWN" },
		/* four letters are never the answer, but they make a longer name as near a question */
		{ TARUTUNG, "peya dua", "FUZZY 2018" }, { TARUTUNG, "tumu", "CHOOSE 2019 2020" },
		{ TARUTUNG, "tumpa", "FUZZY 2020" },
		{ TARUTUNG, "terusan", "CHOOSE 1009 2009" },
		/* above the kecamatan: anywhere, but never nearly */
		{ "", "cikupa", "CHOOSE 2001 2005" }, { "", "jelat", "FOUND 2007" }, { "", "jlat", "UNKNOWN" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *answer = found(cases[i].district, cases[i].typed, PLACE_ANY, false);

		/* What is suggested for a name that is not there does not matter here. */
		if (strncmp(cases[i].answer, "UNKNOWN", 7) == 0 ? strncmp(answer, "UNKNOWN", 7) != 0 :
		    strcmp(answer, cases[i].answer) != 0)
			fail_msg("%s: %s, expected %s", cases[i].typed, answer, cases[i].answer);
	}
}

static void
parts_twins_by_their_mark(void **state)
{
	(void)state;
	assert_string_equal(found(TARUTUNG, "terusan", PLACE_DESA, false), "FOUND 2009");
	assert_string_equal(found(TARUTUNG, "terusan", PLACE_KELURAHAN, false), "FOUND 1009");
	/* A mark alone excludes nobody. */
	assert_string_equal(found(TARUTUNG, "simamora", PLACE_KELURAHAN, false), "FOUND 2021");
}

static void
guesses_nothing_when_exact(void **state)
{
	(void)state;
	assert_string_equal(found(LUMBUNG, "lumbung sri", PLACE_ANY, true), "UNKNOWN");
	assert_string_equal(found(LUMBUNG, "lumbung sari", PLACE_ANY, true), "FOUND 2004");
}

static void
suggests_at_most_two(void **state)
{
	(void)state;
	assert_string_equal(found(LUMBUNG, "rwa", PLACE_ANY, false), "UNKNOWN 2007");
	assert_string_equal(found(LUMBUNG, "zzzzzz", PLACE_ANY, false), "UNKNOWN");
}

static void
finds_kecamatan_and_kabupaten(void **state)
{
	struct place_answer answer;

	(void)state;
	place_find_district(gazetteer, "32.07", "LUMBUNG", true, &answer);
	assert_int_equal(answer.verdict, PLACE_FOUND);
	assert_string_equal(answer.codes[0], "32.07.34");
	place_find_district(gazetteer, "32.07", "BAREGBG", false, &answer);
	assert_int_equal(answer.verdict, PLACE_FUZZY);
	place_find_district(gazetteer, "32.07", "TARUTUNG", false, &answer);
	assert_int_equal(answer.verdict, PLACE_UNKNOWN);
	place_find_regency(gazetteer, "CIAMIS", REGENCY_ANY, &answer);
	assert_int_equal(answer.verdict, PLACE_FOUND);
	assert_string_equal(answer.codes[0], "32.07");
	place_find_regency(gazetteer, "KUDUS", REGENCY_ANY, &answer);
	assert_int_equal(answer.verdict, PLACE_UNKNOWN);
}

static void
names_codes(void **state)
{
	(void)state;
	assert_string_equal(gazetteer_name(gazetteer, "32.07.34.2005"), "Awiluar");
	assert_string_equal(gazetteer_name(gazetteer, "32.07.34"), "Lumbung");
	assert_null(gazetteer_name(gazetteer, "32.07.34.2099"));
	/* An alias of a village that is not there is none. */
	gazetteer_add_alias(gazetteer, "33.19.01.2011", "Perumahan Kudus Permai");
	assert_null(gazetteer_name(gazetteer, "33.19.01.2011"));
}

static void
reads_roman_numerals(void **state)
{
	(void)state;
	assert_int_equal(place_roman("I"), 1);
	assert_int_equal(place_roman("IV"), 4);
	assert_int_equal(place_roman("XXXIX"), 39);
	assert_int_equal(place_roman(""), 0);
	assert_int_equal(place_roman("IIII"), 0);
	assert_int_equal(place_roman("XXXX"), 0);
	assert_int_equal(place_roman("MIX"), 0);
}

static void
counts_edits(void **state)
{
	(void)state;
	assert_int_equal(place_distance("RAWA", "RAWA", 2), 0);
	assert_int_equal(place_distance("RAWA", "RWAA", 2), 1);
	assert_int_equal(place_distance("RAWA", "RAWAN", 2), 1);
	assert_int_equal(place_distance("RAWA", "AWA", 2), 1);
	assert_int_equal(place_distance("RAWA", "CIKUPA", 2), 3);
	assert_int_equal(place_distance("", "", 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_villages), cmocka_unit_test(parts_twins_by_their_mark),
		cmocka_unit_test(guesses_nothing_when_exact), cmocka_unit_test(suggests_at_most_two),
		cmocka_unit_test(finds_kecamatan_and_kabupaten), cmocka_unit_test(names_codes),
		cmocka_unit_test(reads_roman_numerals), cmocka_unit_test(counts_edits),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
