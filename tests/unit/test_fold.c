/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fold: what a phone can send, and what is left of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lang/fold.h"

static void
assert_folds(const char *text, const char *expected)
{
	char *folded = fold_text(text, NULL);

	assert_string_equal(folded, expected);
	assert_true(strlen(folded) <= strlen(text));
	free(folded);
}

static void
test_plain(void **state)
{
	(void)state;
	assert_folds("", "");
	assert_folds("pmks Anak 3, desa RAWA!", "PMKS ANAK 3, DESA RAWA!");
	assert_folds("a\tb\x01" "c\x7F", "A B C ");
}

static void
test_line_breaks_stay(void **state)
{
	(void)state;
	assert_folds("anak 3\nlansia 2", "ANAK 3\nLANSIA 2");
	assert_folds("anak 3\r\nlansia 2\rmiskin 1", "ANAK 3\nLANSIA 2\nMISKIN 1");
	assert_folds("anak\xE2\x80\xA8lansia", "ANAK\nLANSIA");        /* U+2028 */
}

static void
test_accents_and_marks_are_dropped(void **state)
{
	(void)state;
	assert_folds("Désa Râwà", "DESA RAWA");
	assert_folds("De\xCC\x81sa", "DESA");                          /* e, U+0301 */
	assert_folds("a\xCC\x80\xCC\x81\xCC\x82", "A");
	assert_folds("\xCC\x81", "");
	assert_folds("Łódź ñandú ß ø æ", "LODZ NANDU SS O AE");
}

static void
test_turkish_i(void **state)
{
	(void)state;
	assert_folds("mıskin", "MISKIN");
	assert_folds("MİSKİN", "MISKIN");
}

static void
test_quotes_and_dashes(void **state)
{
	(void)state;
	assert_folds("Regapu\xE2\x80\x99u", "REGAPUU");
	assert_folds("du'en \xE2\x80\x98x\xE2\x80\x99 `y`", "DUEN X Y");
	assert_folds("\xE2\x80\x9Crawa\xE2\x80\x9D", "\"RAWA\"");
	assert_folds("1\xE2\x80\x93" "5 a\xE2\x80\x94" "b", "1-5 A-B");
	assert_folds("rawa\xE2\x80\xA6", "RAWA...");
}

static void
test_blanks(void **state)
{
	(void)state;
	assert_folds("anak\xC2\xA0" "3", "ANAK 3");                     /* no-break space */
	assert_folds("anak\xE2\x80\x8A" "3\xE3\x80\x80x", "ANAK 3 X");  /* hair space, ideographic space */
}

static void
test_invisible_characters_vanish(void **state)
{
	(void)state;
	assert_folds("an\xE2\x80\x8B" "ak", "ANAK");                    /* zero-width space */
	assert_folds("an\xE2\x80\x8D" "ak\xEF\xBB\xBF", "ANAK");        /* joiner, byte order mark */
	assert_folds("an\xC2\xAD" "ak \xE2\x80\x8F" "3", "ANAK 3");     /* soft hyphen, right-to-left mark */
}

static void
test_full_width(void **state)
{
	(void)state;
	assert_folds("ＰＭＫＳ　ａｎａｋ　３", "PMKS ANAK 3");
}

static void
test_other_characters_become_blanks(void **state)
{
	(void)state;
	assert_folds("anak 3 \xF0\x9F\x99\x8F\xF0\x9F\x8F\xBD.", "ANAK 3   .");  /* emoji with skin tone */
	assert_folds("анак", "    ");
	assert_folds("3\xEF\xB8\x8F\xE2\x83\xA3", "3");                 /* keycap 3 */
	assert_folds("\xEF\xB7\xBA", " ");                              /* 18 letters in one character */
}

static void
test_digits_of_other_keyboards(void **state)
{
	(void)state;
	assert_folds("anak ٣٥", "ANAK 35");
	assert_folds("① m²", "1 M2");
}

/* 3 and a half must not become 31/2. */
static void
test_fractions_are_no_numbers(void **state)
{
	(void)state;
	assert_folds("anak 3½", "ANAK 3QQ");
	assert_folds("⅓", "QQ");
}

static void
test_invalid_bytes_become_blanks(void **state)
{
	(void)state;
	assert_folds("a\xFF" "b", "A B");
	assert_folds("a\xC3", "A ");                                    /* cut in the middle */
	assert_folds("\xE2\x80", "  ");
	assert_folds("\xC0\x80", "  ");                                 /* overlong NUL */
	assert_folds("\xED\xA0\x80", "   ");                            /* lone surrogate */
	assert_folds("\xF4\x90\x80\x80", "    ");                       /* beyond Unicode */
}

static void
test_offsets_point_into_the_text(void **state)
{
	/* d at 0, e with accent at 1, s at 3, blank at 4, zero-width space at 5, apostrophe at 8, a at 9, end */
	static const size_t expected[] = { 0, 1, 3, 4, 9, 10 };
	size_t *offsets;
	char *folded = fold_text("d\xC3\xA9s \xE2\x80\x8B'a", &offsets);

	(void)state;
	assert_string_equal(folded, "DES A");
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		assert_int_equal(offsets[i], expected[i]);
	free(folded);
	free(offsets);
}

static void
test_every_code_point_stays_short_and_ascii(void **state)
{
	(void)state;
	for (uint32_t code = 0x80; code < 0x30000; code++) {
		char text[5] = { 0 };
		char *folded;

		if (code < 0x800) {
			text[0] = (char)(0xC0 | code >> 6);
			text[1] = (char)(0x80 | (code & 0x3F));
		} else if (code < 0x10000) {
			text[0] = (char)(0xE0 | code >> 12);
			text[1] = (char)(0x80 | (code >> 6 & 0x3F));
			text[2] = (char)(0x80 | (code & 0x3F));
		} else {
			text[0] = (char)(0xF0 | code >> 18);
			text[1] = (char)(0x80 | (code >> 12 & 0x3F));
			text[2] = (char)(0x80 | (code >> 6 & 0x3F));
			text[3] = (char)(0x80 | (code & 0x3F));
		}
		folded = fold_text(text, NULL);
		assert_true(strlen(folded) <= strlen(text));
		for (const char *c = folded; *c != '\0'; c++)
			assert_true(*c == '\n' || (*c >= ' ' && *c < 0x7F && !(*c >= 'a' && *c <= 'z')));
		free(folded);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_line_breaks_stay),
		cmocka_unit_test(test_accents_and_marks_are_dropped),
		cmocka_unit_test(test_turkish_i),
		cmocka_unit_test(test_quotes_and_dashes),
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_invisible_characters_vanish),
		cmocka_unit_test(test_full_width),
		cmocka_unit_test(test_other_characters_become_blanks),
		cmocka_unit_test(test_digits_of_other_keyboards),
		cmocka_unit_test(test_fractions_are_no_numbers),
		cmocka_unit_test(test_invalid_bytes_become_blanks),
		cmocka_unit_test(test_offsets_point_into_the_text),
		cmocka_unit_test(test_every_code_point_stays_short_and_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
