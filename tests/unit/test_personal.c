/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_personal: marks of a person in texts that nobody reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/grammar.h"
#include "lang/personal.h"
#include "shipped_grammar.h"

static void
numbers_of_sixteen_digits(void **state)
{
	static const char *const marks[] = {
		"3207123456789012", "anak 3207-1234.5678 9012 x", "32O7123456789O12", "x3207123456789012345",
		"3207\357\274\221\357\274\222\357\274\223456789012",     /* full width */
	};
	static const char *const none[] = { "", "320712345678901", "3207, 123456789012", "32071234\n56789012", "anak 3 lansia 2",
					    "081234567890", "OOOOOOOOOOOOOOOOO" };

	(void)state;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		assert_true(personal_number(marks[i]));
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(personal_number(none[i]));
}

static void
words_before_a_name(void **state)
{
	static const char *const marks[] = { "nama x", "x, NM. y", "a.n. x NIK", "no ktp 1", "x atas-nama y", "3nama" };
	static const char *const none[] = { "", "namanyadia", "panama", "anak 3", "atas", "n a m a" };

	(void)state;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (!personal_text(grammar, marks[i]))
			fail_msg("%s", marks[i]);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (personal_text(grammar, none[i]))
			fail_msg("%s", none[i]);
}

/* However long: a reader would have stopped. */
static void
behind_very_many_words(void **state)
{
	char text[4000] = "";

	(void)state;
	for (int i = 0; i < 900; i++)
		strcat(text, "x 1 ");
	assert_false(personal_text(grammar, text));
	strcat(text, "nik");
	assert_true(personal_text(grammar, text));
	assert_false(personal_number(text));
	strcat(text, " 3207123456789012");
	assert_true(personal_number(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_sixteen_digits), cmocka_unit_test(words_before_a_name),
		cmocka_unit_test(behind_very_many_words),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
