/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_items: which number belongs to which category (rule 13, hard cases 2, 4, 8, 14, 15, 16). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "village.h"

static struct parse parse;

/* Reads as the volunteer and compares the items; unclear: the category that needs a number, NULL none, "" unknown. */
static void
expect_items(const char *text, const char *items, const char *unclear)
{
	bool failed;

	read_as(&volunteer, text, &parse);
	failed = parse.counting.reject != REJECT_NONE;
	if (failed != (unclear != NULL) || (!failed && strcmp(items_of(&parse), items) != 0))
		fail_msg("%s: %s%s, expected %s", text, items_of(&parse), failed ? ", unclear" : "", items);
	if (failed && unclear[0] != '\0')
		assert_string_equal(grammar->categories[parse.counting.index].code, unclear);
	parse_clear(&parse);
}

static void
pairs_in_either_order(void **state)
{
	static const struct { const char *text, *items; } cases[] = {
		{ "anak 3 lansia 2", "02=3 07=2" }, { "3 anak 2 lansia", "02=3 07=2" }, { "anak\n3\nlansia\n2", "02=3 07=2" },
		{ "ada 3 orang anak dan 2 orang lansia", "02=3orang 07=2orang" }, { "anak: 3 org, lansia: 2 org", "02=3orang 07=2orang" },
		{ "miskin kk 12", "14=12keluarga" }, { "miskin kk tigapuluhlima", "14=35keluarga" },
		{ "12 keluarga miskin", "14=12" }, { "miskin 12 keluarga rentan 3", "14=12 22=3" }, { "seorang lansia", "07=1orang" },
		/* a place or month between does not break the pair */
		{ "lansia di rt 2 ada 4", "07=4" }, { "lansia bln 9 4", "07=4" },
		/* a unit wins over a category of one word that has no number */
		{ "du 3 perusahaan", "P5=3perusahaan" }, { "3 perusahaan", "P5=3" }, { "psm 2 perusahaan 3", "P1=2 P5=3" },
		/* list numbers count nothing */
		{ "1. anak 3\n2. lansia 4", "02=3 07=4" }, { "1) 3 anak\n2) 4 lansia", "02=3 07=4" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_items(cases[i].text, cases[i].items, NULL);
}

static void
wants_one_number_each(void **state)
{
	static const struct { const char *text, *unclear; } cases[] = {
		{ "anak", "02" }, { "anak lansia 5", "02" }, { "anak 3 lansia", "07" }, { "3 anak lansia", "07" },
		{ "anak 3 2 lansia", "02" }, { "3 anak 2", "" }, { "anak 3 4", "02" }, { "anak 4 (lima)", "02" }, { "3 4 anak", "" },
		{ "anak 3, 2007", "02" }, { "1. anak\n2. lansia", "02" }, { "3. anak", "02" }, { "anak dua lima", "02" },
		{ "anak 3 puluh dua puluh", "02" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_items(cases[i].text, "", cases[i].unclear);
}

static void
takes_no_plural_for_a_count(void **state)
{
	(void)state;
	expect_items("anak2 jalanan 4", "", "02");
	expect_items("anak2 lansia 3", "", "02");
	expect_items("anak2 dan lansia 3", "", "02");
	expect_items("anak2 5 orang", "", "02");
	expect_items("anak2 lansia3", "02=2 07=3", NULL);
	expect_items("anak2, lansia 3", "02=2 07=3", NULL);
	expect_items("anak-anak 3", "02=3", NULL);
	expect_items("anak anak jalanan 3", "04=3", NULL);
}

static void
takes_nothing_for_zero(void **state)
{
	(void)state;
	expect_items("tidak ada anak", "02=0", NULL);
	expect_items("anak tdk ada", "02=0", NULL);
	expect_items("anak 3 lansia tidak ada", "02=3 07=0", NULL);
	expect_items("tidak ada anak, lansia 3", "02=0 07=3", NULL);
	expect_items("nihil anak", "02=0", NULL);
	expect_items("anak 0", "02=0", NULL);
	expect_items("tidak ada anak 3", "", "");
}

static void
knows_when_all_is_nil(void **state)
{
	static const struct { const char *text; enum verb verb; int family; } cases[] = {
		{ "nihil", VERB_NIHIL, -1 }, { "pmks nihil", VERB_NIHIL, 0 }, { "tidak ada psks", VERB_NIHIL, 1 },
		{ "kosong", VERB_NIHIL, -1 }, { "pmks nol", VERB_REPORT, 0 }, { "anak nihil", VERB_REPORT, -1 },
		{ "nihil 3", VERB_NONE, -1 },
		/* One answer cannot say both; nor is one of them meant alone. */
		{ "pmks dan psks nihil", VERB_REPORT, 1 }, { "pmks nihil psks nihil", VERB_REPORT, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_as(&volunteer, cases[i].text, &parse);
		assert_int_equal(parse.verb, cases[i].verb);
		assert_int_equal(parse.family, cases[i].family);
		parse_clear(&parse);
	}
}

static void
reads_a_change(void **state)
{
	static const struct { const char *text, *items; long from; } cases[] = {
		{ "ralat anak 5", "02=5", -1 }, { "ralat anak jadi 5", "02=5", -1 }, { "ralat anak 3 jadi 5", "02=5", 3 },
		{ "ralat anak dari 3 ke 5", "02=5", 3 }, { "ralat anak 3 orang jadi 5 orang", "02=5orang", 3 },
		{ "ralat anak bukan 3 tapi 5", "02=5", 3 }, { "ralat anak 3 jadi 5 lansia 2", "02=5 07=2", 3 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		expect_items(cases[i].text, cases[i].items, NULL);
		assert_int_equal(parse.from, cases[i].from);
	}
	/* A denial does not say what is true instead. */
	expect_items("ralat anak bukan 3", "", "02");
	expect_items("ralat anak 5 bukan 3", "", "");
	expect_items("ralat anak 3 jadi 5 jadi 6", "", "");
	expect_items("ralat lansia 2 anak 3 jadi 5", "", "");
	expect_items("ralat anak 12345678901 jadi 5", "", "");
	expect_items("ralat 3 jadi 5 anak", "", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_in_either_order), cmocka_unit_test(wants_one_number_each),
		cmocka_unit_test(takes_no_plural_for_a_count), cmocka_unit_test(takes_nothing_for_zero),
		cmocka_unit_test(knows_when_all_is_nil), cmocka_unit_test(reads_a_change),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
