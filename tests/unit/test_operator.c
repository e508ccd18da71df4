/* SPDX-License-Identifier: GPL-3.0-or-later */
/* operator: the amount in what a network answers. Runs in the repository's directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shipped_grammar.h"
#include "lang/operator.h"

static void
numbers_are_read_as_they_are_written(void **state)
{
	static const struct { const char *text; int64_t value; } cases[] = {
		{ "Rp25000", 25000 }, { "Rp25.000", 25000 }, { "Rp25,000", 25000 }, { "Rp 25.000,00", 25000 },
		{ "Rp25,000.00", 25000 }, { "Rp25000.00", 25000 }, { "Rp. 1.234.567", 1234567 }, { "Rp25.000,-", 25000 },
		{ "Rp25.000. Aktif", 25000 }, { "Rp0", 0 }, { "RP:5", 5 }, { "rp = 12", 12 }, { "Rp25.0000", 25 },
		{ "Rp999999999999", 999999999999 }, { "Rp1234567890123", -1 }, { "Rp", -1 }, { "Rp-5", -1 }, { "", -1 },
		{ "Grp5 Rp6", 6 }, { "Rp limit", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(operator_match("Rp{n}", cases[i].text), cases[i].value);
}

static void
patterns_are_found(void **state)
{
	(void)state;
	assert_int_equal(operator_match("Pulsa Rp{n}", "Sisa PULSA: Rp 25.000 aktif s/d 31-12-2026"), 25000);
	assert_int_equal(operator_match("Pulsa ... Rp{n}", "Kuota Rp1. Pulsa utama Anda sebesar Rp7.500"), 7500);
	assert_int_equal(operator_match("{n} SMS", "Sisa 1.250 SMS s/d 31-12-2026"), 1250);
	assert_int_equal(operator_match("{n} SMS", "Bonus 25SMS"), 25);
	assert_int_equal(operator_match("SMS {n}", "Kuota SMS: 100"), 100);
	assert_int_equal(operator_match("Pulsa Rp{n}", "Pulsaku Rp5"), -1);
	assert_int_equal(operator_match("Pulsa ... Rp{n}", "Pulsa 1234567890123456789012345678901234567890123456789012345678901"
					" Rp5"), -1);
}

static void
patterns_are_checked(void **state)
{
	(void)state;
	assert_null(operator_pattern_check("Pulsa Rp{n}"));
	assert_null(operator_pattern_check("{n} SMS"));
	assert_non_null(operator_pattern_check("Pulsa"));
	assert_non_null(operator_pattern_check("{n}"));
	assert_non_null(operator_pattern_check("{n} dari {n}"));
	assert_non_null(operator_pattern_check("... Rp{n}"));
	assert_non_null(operator_pattern_check("a ... b ... c ... {n}"));
}

/* Whatever a hostile network sends, it does not take long. */
static void
long_texts_are_read_in_time(void **state)
{
	char text[600];

	(void)state;
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_int_equal(operator_match("a ... a ... ab{n}", text), -1);
	memset(text, ' ', sizeof text - 1);
	assert_int_equal(operator_match("  a ...  ... {n} b", text), -1);
}

static void
the_sim_says_whose_it_is(void **state)
{
	const struct operator *telkomsel = operator_of(grammar, "510100000000001"), *by;

	(void)state;
	assert_non_null(telkomsel);
	assert_string_equal(telkomsel->name, "TELKOMSEL");
	assert_true(telkomsel->unverified);
	assert_null(operator_of(grammar, "001010000000001"));
	assert_null(operator_of(grammar, ""));
	assert_int_equal(operator_read(grammar, telkomsel, CREDIT_BALANCE, "Pulsa Rp25.000 aktif s/d 31-12-2026", &by), 25000);
	assert_ptr_equal(by, telkomsel);
	assert_int_equal(operator_read(grammar, telkomsel, CREDIT_BALANCE, "IDR 3.000", &by), 3000);
	assert_string_equal(by->name, "UMUM");
	assert_int_equal(operator_read(grammar, NULL, CREDIT_QUOTA, "Kuota SMS 100", &by), 100);
	assert_int_equal(operator_read(grammar, telkomsel, CREDIT_BALANCE, "Maaf, coba lagi nanti.", &by), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_as_they_are_written),
		cmocka_unit_test(patterns_are_found),
		cmocka_unit_test(patterns_are_checked),
		cmocka_unit_test(long_texts_are_read_in_time),
		cmocka_unit_test(the_sim_says_whose_it_is),
	};

	return cmocka_run_group_tests_name("operator", tests, load_shipped, free_shipped);
}
