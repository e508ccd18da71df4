/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_period: the month a report is about, and months that nobody can tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "village.h"

#define NONE (-1)

/* The month of "anak 3 TEXT" as year * 100 + month; NONE if it is refused while reading. */
static int
month_of(const char *text, struct civil now)
{
	struct asker asker = volunteer;
	struct parse *parse = calloc(1, sizeof *parse);
	char report[200];
	int month;

	asker.now = now;
	snprintf(report, sizeof report, "anak 3 %s", text);
	read_as(&asker, report, parse);
	month = parse->reading.reject == REJECT_PERIODE || parse->dating.reject == REJECT_PERIODE ? NONE :
		parse->period / 12 * 100 + parse->period % 12 + 1;
	if (month != NONE)
		assert_string_equal(items_of(parse), "02=3");
	parse_clear(parse);
	free(parse);
	return month;
}

static void
reads_months(void **state)
{
	static const struct { const char *text; int month; } cases[] = {
		{ "bln 9", 202609 }, { "bulan sembilan", 202609 }, { "periode 9", 202609 }, { "bln sept", 202609 },
		{ "bln 9 2026", 202609 }, { "sept", 202609 }, { "okt 2026", 202610 }, { "okt26", 202610 }, { "okt 25", 202510 },
		{ "bln 9 thn 2026", 202609 }, { "10/2026", 202610 }, { "2026-09", 202609 }, { "9-2026", 202609 },
		{ "bln ini", 202610 }, { "bln lalu", 202609 }, { "bulan kemarin", 202609 }, { "bulan yg lalu", 202609 },
		{ "bulan yang lalu", 202609 }, { "25-10-2026", 202610 }, { "tgl 20 okt", 202610 }, { "tgl 1/9/2026", 202609 },
		/* twice the same is once */
		{ "bln 9 sept", 202609 },
		/* without a year: begun this year, else recent last year, else to come */
		{ "bln 1", 202601 }, { "bln 11", 202611 }, { "des", 202612 },
		/* refused */
		{ "bln", NONE }, { "bln 0", NONE }, { "bln 13", NONE }, { "13/2026", NONE }, { "bln depan", NONE }, { "20/10", NONE },
		{ "10/26", NONE }, { "32-10-2026", NONE }, { "tgl 20", NONE }, { "bln 9 bln 10", NONE }, { "sept-okt", NONE },
		{ "bln 9/10", NONE }, { "bln 9,10", NONE }, { "thn 2026", NONE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		int month = month_of(cases[i].text, (struct civil){ 2026, 10, 20, 9, 0 });

		if (month != cases[i].month)
			fail_msg("%s: %d, expected %d", cases[i].text, month, cases[i].month);
	}
}

static void
turns_with_the_year(void **state)
{
	(void)state;
	assert_int_equal(month_of("bln 12", (struct civil){ 2027, 1, 20, 9, 0 }), 202612);
	assert_int_equal(month_of("bln lalu", (struct civil){ 2027, 1, 20, 9, 0 }), 202612);
	assert_int_equal(month_of("bln 8", (struct civil){ 2027, 2, 20, 9, 0 }), 202608);
	assert_int_equal(month_of("bln 7", (struct civil){ 2027, 2, 20, 9, 0 }), 202707);
}

/* The first five days belong to the month before. */
static void
supplies_the_month(void **state)
{
	(void)state;
	assert_int_equal(month_of("", (struct civil){ 2026, 10, 5, 23, 59 }), 202609);
	assert_int_equal(month_of("", (struct civil){ 2026, 10, 6, 0, 0 }), 202610);
	assert_int_equal(month_of("", (struct civil){ 2027, 1, 5, 9, 0 }), 202612);
}

/* A count is not a year, nor a year a count. */
static void
takes_no_count_for_a_year(void **state)
{
	static const struct { const char *text, *items; bool whole; } cases[] = {
		{ "okt 26 anak 3", "02=3", true }, { "anak bln 9 3", "02=3", true }, { "anak okt 26", "", false },
		{ "lansia 3 sept 26 orang", "07=3", false }, { "anak 3 2026", "02=3", false }, { "anak okt 24", "02=24", true },
	};
	struct parse *parse = calloc(1, sizeof *parse);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_as(&volunteer, cases[i].text, parse);
		assert_string_equal(items_of(parse), cases[i].items);
		assert_int_equal(parse->counting.reject == REJECT_NONE, cases[i].whole);
		parse_clear(parse);
	}
	free(parse);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_months), cmocka_unit_test(turns_with_the_year), cmocka_unit_test(supplies_the_month),
		cmocka_unit_test(takes_no_count_for_a_year),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
