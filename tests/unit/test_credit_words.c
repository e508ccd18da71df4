/* SPDX-License-Identifier: GPL-3.0-or-later */
/* credit_words: what a SIM has left, as it is told. Runs in the repository's directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shipped_grammar.h"
#include "lang/credit.h"

static void
assert_phrase(enum credit what, int64_t amount, int64_t age, const char *expected)
{
	char text[REPLY_SIZE];

	credit_phrase(grammar, "gammu1", what, amount, age, text);
	assert_string_equal(text, expected);
}

static void
amounts_are_told(void **state)
{
	(void)state;
	assert_phrase(CREDIT_BALANCE, 25000, 3 * 3600, "gammu1 Rp25.000 (3 jam lalu)");
	assert_phrase(CREDIT_BALANCE, 0, 59, "gammu1 Rp0 (0 menit lalu)");
	assert_phrase(CREDIT_BALANCE, 999, 7199, "gammu1 Rp999 (119 menit lalu)");
	assert_phrase(CREDIT_BALANCE, 1234567, 2 * 86400, "gammu1 Rp1.234.567 (2 hari lalu)");
	assert_phrase(CREDIT_QUOTA, 1250, 47 * 3600, "gammu1 1.250 SMS (47 jam lalu)");
}

static void
what_is_not_known_is_said(void **state)
{
	(void)state;
	assert_phrase(CREDIT_BALANCE, -1, 0, "gammu1 pulsa belum diketahui");
	assert_phrase(CREDIT_QUOTA, -1, 0, "gammu1 kuota SMS belum diketahui");
}

/* A clock that was set back. */
static void
an_age_is_never_negative(void **state)
{
	(void)state;
	assert_phrase(CREDIT_QUOTA, 5, -100, "gammu1 5 SMS (0 menit lalu)");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_told), cmocka_unit_test(what_is_not_known_is_said),
		cmocka_unit_test(an_age_is_never_negative),
	};

	return cmocka_run_group_tests_name("credit_words", tests, load_shipped, free_shipped);
}
