/* SPDX-License-Identifier: GPL-3.0-or-later */
/* relay: what is left of a text that is passed on. Runs in the repository's directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/sms.h"
#include "shipped_grammar.h"
#include "lang/lex.h"
#include "lang/relay.h"

static void
assert_relays(const char *text, const char *expected)
{
	char *relayed = relay_text(grammar, text);

	assert_string_equal(relayed, expected);
	assert_int_equal(sms_septets(relayed), (int)strlen(relayed));
	free(relayed);
}

static void
stays_as_it_was_typed(void **state)
{
	(void)state;
	assert_relays("Rakor Kamis, jam 09.30 di Balai Desa?", "Rakor Kamis, jam 09.30 di Balai Desa?");
	assert_relays("", "");
	assert_relays("apa itu SEMBAKO, ada berapa lansia?", "apa itu SEMBAKO, ada berapa lansia?");
}

static void
never_needs_more_room_than_its_letters(void **state)
{
	(void)state;
	assert_relays("tgl 5 \xE2\x80\x9Cjangan\xE2\x80\x9D lupa \xF0\x9F\x98\x80", "tgl 5 \"jangan\" lupa");
	assert_relays("  Caf\xC3\xA9 emas\r\n\r\nbaris dua ", "Cafe emas baris dua");
	assert_relays("[a] {b} c|d c~d ^", "(a) (b) c/d c-d -");
	assert_relays("\xFF\xFE", "");
}

static void
names_no_secret_category(void **state)
{
	(void)state;
	assert_relays("ada Odha di RT 3", "ada kode 21 di RT 3");
	assert_relays("korban tindak kekerasan 2 orang, hiv/aids", "kode 06 2 orang, kode 21");
	assert_relays("soal narkobaa lagi", "soal ... lagi");
	assert_relays("narkoba", "kode 13");
}

static void
shows_nothing_of_what_it_cannot_read(void **state)
{
	char text[2 * TOKENS_MAX + 3];

	(void)state;
	for (size_t i = 0; i < sizeof text - 1; i++)
		text[i] = i % 2 == 0 ? 'a' : ' ';
	text[sizeof text - 1] = '\0';
	assert_relays(text, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stays_as_it_was_typed), cmocka_unit_test(never_needs_more_room_than_its_letters),
		cmocka_unit_test(names_no_secret_category), cmocka_unit_test(shows_nothing_of_what_it_cannot_read),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
