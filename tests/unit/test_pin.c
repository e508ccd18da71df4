/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pin: a PIN is found where people write it, and taken out of the message; and what the grammar says of PINs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grammar_copy.h"
#include "shipped_grammar.h"
#include "lang/pin.h"

static void
is_found_and_taken_out(void **state)
{
	static const struct { const char *typed, *digits, *left, *shown; } rows[] = {
		{ "UMUM Rakor Kamis jam 9 PIN 4829", "4829", "UMUM Rakor Kamis jam 9", "UMUM Rakor Kamis jam 9 PIN ****" },
		{ "umum rakor jam 9. pin 4829.", "4829", "umum rakor jam 9.", "umum rakor jam 9. PIN ****" },
		{ "SETUJU 17 pin:4829", "4829", "SETUJU 17", "SETUJU 17 PIN ****" },
		{ "SETUJU 17 PIN=4829", "4829", "SETUJU 17", "SETUJU 17 PIN ****" },
		{ "SETUJU 17PIN4829", "4829", "SETUJU 17", "SETUJU 17 PIN ****" },
		{ "setuju 17, PIN#4829", "4829", "setuju 17", "setuju 17 PIN ****" },
		{ "SAH LANSIA 9 DESA RAWA PIN 48 29", "4829", "SAH LANSIA 9 DESA RAWA", "SAH LANSIA 9 DESA RAWA PIN ****" },
		{ "KUNCI BLN 8\nPIN 4.829", "4829", "KUNCI BLN 8", "KUNCI BLN 8 PIN ****" },
		{ "KUNCI BLN 8 (pin saya 48-29)", "4829", "KUNCI BLN 8", "KUNCI BLN 8 PIN ****" },
		{ "KUNCI BLN 8 PIN 482O", "4820", "KUNCI BLN 8", "KUNCI BLN 8 PIN ****" },
		{ "UMUM rapat PIN 482913 terima kasih", "482913", "UMUM rapat terima kasih", "UMUM rapat PIN **** terima kasih" },
		{ "PIN 4829 UMUM rapat jam 9", "4829", "UMUM rapat jam 9", "PIN **** UMUM rapat jam 9" },
		/* Full-width digits, and text that ASCII does not have. */
		{ "UMUM caf\u00e9 \u2013 jam 9 PIN \uff14\uff18\uff12\uff19", "4829", "UMUM caf\u00e9 \u2013 jam 9",
		  "UMUM caf\u00e9 \u2013 jam 9 PIN ****" },
		/* Typed twice it is passed on neither time. */
		{ "SETUJU 17 PIN 4829 PIN 4829", "4829", "SETUJU 17", "SETUJU 17 PIN ****" },
		{ "PIN 4829 SETUJU 17 PIN 4829", "4829", "SETUJU 17", "PIN **** SETUJU 17" },
		{ "UMUM PIN 4829 rapat PIN 4829", "4829", "UMUM rapat", "UMUM PIN **** rapat" },
		{ "UMUM pin saya 48 29 untuk rapat jam 9 PIN 4829", "4829", "UMUM untuk rapat jam 9", "UMUM PIN **** untuk rapat jam 9" },
		{ "UMUM zoom PIN 1357 jam 9 PIN 4829", "4829", "UMUM zoom PIN 1357 jam 9", "UMUM zoom PIN 1357 jam 9 PIN ****" },
		{ "UMUM rapat PIN \"4829\"!", "4829", "UMUM rapat", "UMUM rapat PIN ****" },
		/* No PIN is so short or so long, but it was meant as one. */
		{ "SETUJU 17 PIN 4", "4", "SETUJU 17", "SETUJU 17 PIN ****" },
		{ "PIN 4829", "4829", "", "PIN ****" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pin_reading reading;

		pin_read(grammar, rows[i].typed, &reading);
		if (reading.said != PIN_GIVEN)
			fail_msg("no PIN in: %s", rows[i].typed);
		assert_string_equal(reading.digits, rows[i].digits);
		assert_string_equal(reading.text, rows[i].left);
		assert_string_equal(reading.shown, rows[i].shown);
		pin_forget(&reading);
		assert_string_equal(reading.digits, "");
	}
}

static void
an_example_is_no_pin_but_goes_out_of_the_text(void **state)
{
	static const char *const rows[] = {
		"SETUJU 17 PIN ****", "SETUJU 17 PIN: ____", "SETUJU 17 PIN XXXX", "SETUJU 17 PIN 0000", "SETUJU 17 PIN****",
		"SETUJU 17 PIN 3207341234567890",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pin_reading reading;

		pin_read(grammar, rows[i], &reading);
		assert_int_equal(reading.said, PIN_BLANK);
		assert_string_equal(reading.text, "SETUJU 17");
		assert_string_equal(reading.digits, "");
		pin_forget(&reading);
	}
}

/* Counts, years, codes and talk about PINs stay what they are. */
static void
nothing_else_is_taken_for_one(void **state)
{
	static const char *const rows[] = {
		"SAH LANSIA 9 DESA RAWA 4829", "REKAP 2026", "SETUJU 17", "UMUM kode masuk 4829", "UMUM jangan lupa PIN",
		"UMUM PIN 4829 untuk masuk ruang rapat Kamis", "UMUM pakai PIN masing-masing", "anak 3 lansia 2", "", "PIN",
		"LAMPIN 12", "UMUM PINTU 4829", "desa 2007", "PIN ATM 4829 hilang",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pin_reading reading;

		pin_read(grammar, rows[i], &reading);
		if (reading.said != PIN_NOT)
			fail_msg("a PIN was found in: %s", rows[i]);
		assert_null(reading.text);
		pin_forget(&reading);
	}
}

/* More words than the parser reads at all. */
static void
is_found_at_the_end_of_any_length(void **state)
{
	static char text[4000];
	struct pin_reading reading;
	size_t used = 0;

	(void)state;
	while (used < 2400)
		used += (size_t)snprintf(text + used, sizeof text - used, "a 1 ");
	strcat(text, "PIN 4829");
	pin_read(grammar, text, &reading);
	assert_int_equal(reading.said, PIN_GIVEN);
	assert_null(strstr(reading.text, "4829"));
	assert_null(strstr(reading.shown, "4829"));
	assert_int_equal(strlen(reading.text), 2399);
	pin_forget(&reading);
}

/* Whatever comes: what is left is no longer than it was, and has no PIN behind its word any more. */
static void
any_bytes_are_read(void **state)
{
	static const char *const pieces[] = { "PIN", "pin", " ", "4829", "**", "XX", "O", ":", "-", "\n", "tks", "UMUM", "saya",
					      "\xff", "\xe2\x80", "\u00e9", "\uff14", "0", "(", ".", "#", "a" };
	unsigned seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[200] = "";
		struct pin_reading reading, again;

		for (int n = 0; n < 12; n++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		pin_read(grammar, text, &reading);
		if (reading.said != PIN_NOT) {
			assert_true(strlen(reading.text) <= strlen(text));
			assert_true((reading.said == PIN_GIVEN) == (reading.digits[0] != '\0'));
			pin_read(grammar, reading.text, &again);
			if (again.said != PIN_NOT)
				fail_msg("of \"%s\" stays \"%s\"", text, reading.text);
			pin_forget(&again);
		}
		pin_forget(&reading);
	}
}

static void
the_shipped_grammar_asks_nobody(void **state)
{
	(void)state;
	assert_false(pin_in_force(grammar));
	for (size_t i = 0; i < grammar->role_count; i++)
		for (int verb = 0; verb < VERBS; verb++)
			assert_false(pin_needed(grammar, (int)i, (enum verb)verb, -1));
	assert_false(pin_needed(grammar, -1, VERB_UMUM, -1));
}

#define TKSK_MAY "    may SAH, SETUJU, TOLAK, UMUM, RUJUK, BUTUH, SULUH, KUNJUNG, KIRIM\n"

static void
a_role_names_its_verbs_and_forms(void **state)
{
	struct grammar *strict;
	char *error;
	int tksk, psm, suluh;

	(void)state;
	copy_grammars();
	replace("50-roles.grammar", TKSK_MAY, TKSK_MAY "    pin UMUM, SAH\n    pin SULUH\n");
	strict = grammar_load(copied, NULL, &error);
	remove_copy();
	assert_non_null(strict);
	tksk = grammar_role(strict, "TKSK");
	psm = grammar_role(strict, "PSM");
	suluh = grammar_form(strict, "SULUH");
	assert_true(pin_in_force(strict));
	assert_true(pin_needed_by(strict, tksk));
	assert_false(pin_needed_by(strict, psm));
	assert_true(pin_needed(strict, tksk, VERB_UMUM, -1));
	assert_true(pin_needed(strict, tksk, VERB_SAH, -1));
	assert_false(pin_needed(strict, tksk, VERB_SETUJU, -1));
	assert_true(pin_needed(strict, tksk, VERB_FORM, suluh));
	assert_true(pin_needed(strict, tksk, VERB_BATAL, suluh));
	assert_false(pin_needed(strict, tksk, VERB_JUMLAH, suluh));
	assert_false(pin_needed(strict, psm, VERB_FORM, suluh));
	grammar_free(strict);
}

static void
mistakes_are_named(void **state)
{
	(void)state;
	assert_fault("50-roles.grammar", TKSK_MAY, TKSK_MAY "    pin UMUM, KUNCI\n", 1,
		     "role TKSK may not send KUNCI at all, expected what stands behind its \"may\"");
	assert_fault("50-roles.grammar", TKSK_MAY, TKSK_MAY "    pin CSR\n", 1,
		     "role TKSK may not send CSR at all, expected what stands behind its \"may\"");
	assert_fault("50-roles.grammar", TKSK_MAY, TKSK_MAY "    pin UMUMM\n", 1,
		     "there is no verb UMUMM (did you mean UMUM?), expected LAPOR, RALAT");
	assert_fault("50-roles.grammar", TKSK_MAY, TKSK_MAY "    pin STOP\n", 1,
		     "STOP must do without a PIN, expected a verb like UMUM or a form");
	assert_fault("50-roles.grammar", TKSK_MAY, TKSK_MAY "    pin\n", 1, "the line ends, expected words");
	assert_fault("55-pin.grammar", "limit pin-tries         5", "limit pin-tries         0", 0, "0, expected a number from 1 to 20");
	assert_fault("55-pin.grammar", "    PIN\n", "", ANYWHERE, "there are no words of that kind, expected a \"words pin\" with some");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_found_and_taken_out),
		cmocka_unit_test(an_example_is_no_pin_but_goes_out_of_the_text),
		cmocka_unit_test(nothing_else_is_taken_for_one),
		cmocka_unit_test(is_found_at_the_end_of_any_length),
		cmocka_unit_test(any_bytes_are_read),
		cmocka_unit_test(the_shipped_grammar_asks_nobody),
		cmocka_unit_test(a_role_names_its_verbs_and_forms),
		cmocka_unit_test(mistakes_are_named),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
