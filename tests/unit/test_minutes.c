/* SPDX-License-Identifier: GPL-3.0-or-later */
/* minutes: their parts, what is missing of them, two texts as one. Runs in the repository's directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "shipped_grammar.h"
#include "lang/minutes.h"

static void
assert_missing(const char *text, const char *expected)
{
	char missing[128];

	minutes_missing(grammar, text, missing, sizeof missing);
	assert_string_equal(missing, expected);
}

static void
assert_merges(const char *earlier, const char *later, const char *expected)
{
	char *whole = minutes_merge(grammar, earlier, later);

	assert_string_equal(whole, expected);
	free(whole);
}

static void
what_is_missing_is_named(void **state)
{
	(void)state;
	assert_missing("KEG: bazar; KOOR: pak Adi; DANA: kas; PIHAK: PKK; CARA: giliran; LAIN: -", "");
	assert_missing("kegiatan: bazar; biaya: kas", "KOOR, PIHAK, CARA, LAIN");
	assert_missing("KEG = bazar", "KOOR, DANA, PIHAK, CARA, LAIN");
	assert_missing("HASIL: jadi; DUKUNG: warga", "MASALAH, LANGKAH");
	assert_missing("tindak lanjut: rapat lagi", "HASIL, DUKUNG, MASALAH");
	assert_missing("NAMA: kebun; TUJUAN: pangan; SASARAN: KBS; KEG: tanam; TIM: 5; KALENDER: nov", "");
	assert_missing("PUTUSAN: ketua baru", "");
	assert_missing("sepakat kerja bakti, jam 7.00", "");
	assert_missing("", "");
}

/* A word is a label only before a colon, and once. */
static void
other_words_are_text(void **state)
{
	(void)state;
	assert_missing("dana kas: cukup", "");
	assert_missing("KEG: bazar, jam: 8.00", "KOOR, DANA, PIHAK, CARA, LAIN");
	assert_merges("", "KEG: satu; KEG: dua", "KEG: satu; KEG: dua");
	assert_merges("KEG: satu; KEG: dua", "DANA: kas", "KEG: satu; KEG: dua; DANA: kas");
}

static void
what_is_said_later_is_added(void **state)
{
	(void)state;
	assert_merges("KEG: bazar; KOOR: pak Adi", "dana: kas RW.", "KEG: bazar; KOOR: pak Adi; DANA: kas RW");
	assert_merges("KEG: bazar; DANA: kas", "Kegiatan: pasar murah", "KEG: pasar murah; DANA: kas");
	assert_merges("KEG: bazar", "DANA:", "KEG: bazar; DANA: -");
	/* Nothing of either kind is lost; of two that are free texts the later stands. */
	assert_merges("KEG: bazar", "sudah selesai", "KEG: bazar; sudah selesai");
	assert_merges("KEG: bazar", "HASIL: laku", "KEG: bazar; HASIL: laku");
	assert_merges("sepakat", "batal", "batal");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_missing_is_named), cmocka_unit_test(other_words_are_text),
		cmocka_unit_test(what_is_said_later_is_added),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
