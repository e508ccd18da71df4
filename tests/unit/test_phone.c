/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_phone: numbers of subscribers in a text of somebody else's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/phone.h"

static void
assert_hidden(const char *text, const char *expected)
{
	char copy[128];

	strcpy(copy, text);
	phone_hide(copy);
	assert_string_equal(copy, expected);
}

static void
numbers_are_hidden(void **state)
{
	(void)state;
	assert_hidden("Nomor 084000001234 aktif", "Nomor *********234 aktif");
	assert_hidden("+6284000001234", "+**********234");
	assert_hidden("0840-0000-1234.", "****-****-*234.");
	assert_hidden("+62 840-0000-1234", "+** ***-****-*234");
	assert_hidden("62 840 0000 1234 dan 123456789", "** *** **** *234 dan ******789");
}

static void
amounts_and_dates_stay(void **state)
{
	static const char *const texts[] = {
		"Pulsa Rp25.000 s/d 31-12-2026 23:59", "Rp12345678", "Kuota 1.250.000 SMS, 08-11-2026", "*888#", "", "0812", "62 8",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_hidden(texts[i], texts[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_hidden),
		cmocka_unit_test(amounts_and_dates_stay),
	};

	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
