/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_cms: whose fault a refusal is, and whether it passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cms.h"

static void
causes_have_one_word(void **state)
{
	static const struct { int error; const char *cause; enum cms_hope hope; } wanted[] = {
		{ CMS_OURS, "number", CMS_NEVER }, { 0, "modem", CMS_SOON }, { 1, "number", CMS_NEVER },
		{ 8, "credit", CMS_NEVER }, { 10, "number", CMS_NEVER }, { 21, "network", CMS_SOON },
		{ 28, "number", CMS_NEVER }, { 30, "number", CMS_NEVER }, { 38, "network", CMS_LATER },
		{ 41, "network", CMS_LATER }, { 42, "network", CMS_LATER }, { 47, "network", CMS_LATER },
		{ 50, "credit", CMS_LATER }, { 304, "modem", CMS_SOON }, { 310, "modem", CMS_LATER },
		{ 321, "modem", CMS_SOON }, { 322, "modem", CMS_SOON }, { 331, "network", CMS_LATER },
		{ 332, "network", CMS_LATER }, { 500, "modem", CMS_LATER }, { 512, "network", CMS_LATER },
		{ 70000, "modem", CMS_SOON }, { -7, "modem", CMS_SOON },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		assert_string_equal(cms_cause(wanted[i].error), wanted[i].cause);
		assert_int_equal(cms_hope(wanted[i].error), wanted[i].hope);
	}
}

/* The number of a +CME ERROR is another one: 10 is a missing SIM there, and a barred recipient here. */
static void
errors_of_the_modem_pass(void **state)
{
	static const struct { int cme, cms; } same[] = {
		{ 10, 310 }, { 11, 311 }, { 12, 316 }, { 13, 313 }, { 14, 314 }, { 15, 315 }, { 17, 317 }, { 18, 318 },
		{ 30, 331 }, { 31, 332 }, { 100, 500 }, { 0, 500 }, { 8, 500 }, { 28, 500 }, { -1, 500 }, { 70000, 500 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		assert_int_equal(cms_of_cme(same[i].cme), same[i].cms);
		assert_int_equal(cms_hope(cms_of_cme(same[i].cme)), CMS_LATER);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(causes_have_one_word),
		cmocka_unit_test(errors_of_the_modem_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
