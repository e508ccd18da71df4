/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reply: how long texts can get, and how their values are filled in. Runs in the repository's directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "shipped_grammar.h"
#include "lang/reply.h"

/* What the specification gives as the longest possible length of texts that stand as they were given. Errors say more
 * than there: that nothing was stored, and an example with the sender's own village. */
static const struct { const char *id; int worst; } STATED[] = {
	{ "OK_LAPOR", 153 }, { "OK_LAPOR_FUZZY", 151 }, { "OK_LAPOR_RAHASIA", 132 }, { "OK_GANTI", 151 },
	{ "OK_SAMA", 115 }, { "OK_TUMPANG", 145 }, { "OK_NIHIL", 111 }, { "OK_RALAT", 96 }, { "OK_BATAL", 84 },
	{ "OK_KASUS", 140 }, { "OK_KASUS_RAHASIA", 113 }, { "OK_SAH", 75 }, { "OK_KUNCI", 95 },
	{ "OK_DAFTAR", 151 }, { "OK_DAFTAR_SETUJU", 159 }, { "OK_DAFTAR_TOLAK", 100 }, { "MINTA_SETUJU", 144 },
	{ "OK_STOP", 106 }, { "OK_MULAI", 51 }, { "OK_SIAR", 98 }, { "OK_RAPAT", 144 }, { "UNDANGAN", 144 },
	{ "OK_HADIR", 122 }, { "OK_NOTULEN", 75 }, { "OK_FCU", 112 }, { "OK_FCU_SELESAI", 101 },
	{ "OK_FCU_KBS", 87 }, { "OK_FCU_BERKAS", 85 }, { "OK_FCU_INDIKATOR", 124 }, { "OK_LAYAN", 99 },
	{ "OK_LAYAN_TUMPANG", 140 }, { "OK_CSR", 151 }, { "OK_RUJUK", 96 }, { "JWB_REKAP_KOSONG", 111 },
	{ "JWB_BELUM_LENGKAP", 95 }, { "JWB_KASUS", 99 }, { "INGAT_1", 150 }, { "INGAT_2", 144 },
	{ "INGAT_KBS", 112 }, { "TERUS_TKSK", 94 }, { "E_TUNGGU", 92 }, { "E_SUDAH", 105 },
	{ "E_RAHASIA", 87 }, { "E_TIDAK_ADA", 94 }, { "BANTU_UMUM", 124 }, { "BANTU_TAMU", 130 },
	{ "BANTU_KODE1", 134 }, { "BANTU_KODE2", 122 }, { "E_TAWAR", 152 },
};

/* Where we know better: {jml} and {tot} have five digits instead of three, since a province has thousands of
 * villages and a cut number is a wrong one; two sums of the specification do not add up. */
static const struct { const char *id; int more; } DIFFERENT[] = {
	{ "OK_SIAR", 14 }, { "OK_RAPAT", 2 }, { "OK_HADIR", 2 }, { "OK_NOTULEN", 2 }, { "INGAT_2", 5 },
	{ "E_TAWAR", 6 },
	/* An organisation's whole name. */
	{ "UNDANGAN", 12 },
	/* Texts of forms: the bounds of a field tell its width. */
	{ "OK_FCU", -8 }, { "OK_FCU_KBS", -2 }, { "OK_FCU_INDIKATOR", -8 }, { "OK_LAYAN", -2 }, { "OK_CSR", -1 },
	{ "OK_LAYAN_TUMPANG", -1 },
	/* A village of the sender's instead of RAWA. */
	{ "BANTU_UMUM", 11 },
};

static void
test_worst_cases_are_as_stated(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof STATED / sizeof STATED[0]; i++) {
		int reply = grammar_reply(grammar, STATED[i].id), expected = STATED[i].worst;

		for (size_t j = 0; j < sizeof DIFFERENT / sizeof DIFFERENT[0]; j++)
			if (strcmp(DIFFERENT[j].id, STATED[i].id) == 0)
				expected += DIFFERENT[j].more;
		assert_true(reply >= 0);
		if (grammar->replies[reply].worst != expected)
			fail_msg("%s: %d, stated %d", STATED[i].id, grammar->replies[reply].worst, expected);
	}
}

static void
test_every_required_reply_fits_one_sms(void **state)
{
	const char *id;

	(void)state;
	for (size_t i = 0; (id = reply_required(i)) != NULL; i++) {
		int reply = grammar_reply(grammar, id);

		assert_true(reply >= 0);
		assert_in_range(grammar->replies[reply].worst, 1, 160);
		assert_non_null(reply_placeholders(id));
	}
	assert_null(reply_placeholders("E_AMBIGU_KBS"));
	assert_null(reply_placeholders("OK"));
	assert_int_equal(reply_width("desa"), 24);
	assert_int_equal(reply_width("des"), 0);
}

/* Nothing that the sender could type would be right, or nothing was to be stored. */
static bool
is_about_no_message(const char *id)
{
	static const char *const IDS[] = { "E_SUDAH", "E_TUNGGU", "E_RAHASIA", "E_SEBAGIAN", "E_KUNCI",
					   "E_WILAYAH_TANYA", "E_DEPAN_TANYA", "E_PIN_SALAH", "E_PIN_KUNCI", "E_PIN_BELUM",
					   "E_PIN_MENU" };

	for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++)
		if (strcmp(IDS[i], id) == 0)
			return true;
	return strncmp(id, "E_TIDAK_ADA", 11) == 0 || strncmp(id, "E_UMUR_DAFTAR", 13) == 0;
}

static bool
says_that_nothing_was_stored(const char *text)
{
	static const char *const WORDS[] = {
		"BELUM disimpan", "belum disimpan", "tidak disimpan", "BELUM dibatalkan", "Tidak ada perubahan", "ditolak",
		"{simpan}", "tidak diralat",
	};

	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		if (strstr(text, WORDS[i]) != NULL)
			return true;
	return false;
}

/* An example, or a list of what can be meant; a format is one. */
static bool
shows_something(const char *id, const char *text)
{
	static const char *const SIGNS[] = { "ontoh", "Yang bisa", "Balas ", "{ketik}", "{pilih}", "BANTUAN" };

	for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
		if (strstr(text, SIGNS[i]) != NULL)
			return true;
	return strncmp(id, "E_FORMAT", 8) == 0;
}

/* Answers teach: every error says that nothing was stored and shows something right, and a text whose id ends in _TUTUP
 * does not repeat the word. */
static void
test_errors_teach(void **state)
{
	const char *id;

	(void)state;
	for (size_t i = 0; (id = reply_required(i)) != NULL; i++) {
		const char *text = grammar->replies[grammar_reply(grammar, id)].text;

		if (strncmp(id, "E_", 2) != 0)
			continue;
		if (strstr(id, "_TUTUP") != NULL && strcmp(id, "E_FORMAT_TUTUP") != 0)
			assert_null(strstr(text, "{kata}"));
		if (is_about_no_message(id))
			continue;
		if (!says_that_nothing_was_stored(text))
			fail_msg("%s does not say that nothing was stored: %s", id, text);
		if (!shows_something(id, text))
			fail_msg("%s shows nothing that is right: %s", id, text);
	}
}

static void
test_values_are_filled_in(void **state)
{
	struct reply_form form;
	char out[REPLY_SIZE];
	size_t length;

	(void)state;
	reply_start(&form, "OK_LAPOR");
	reply_set(&form, "desa", "%s", "Rawa");
	reply_set(&form, "per", "%s %d", "OKT", 2026);
	reply_set(&form, "isi", "%s", "ANAK 3, LANSIA 2");
	reply_set(&form, "no", "%d", 1);
	reply_set(&form, "no", "%d", 12);               /* the last one counts */
	length = reply_write(grammar, &form, out);
	assert_int_equal(length, strlen(out));
	assert_string_equal(out, "Terima kasih. No.12 Rawa OKT 2026: ANAK 3, LANSIA 2. Ini angka TOTAL. Salah? "
				 "balas BATAL 12");
}

static void
test_values_are_cut_and_made_plain(void **state)
{
	struct reply_form form;
	char out[REPLY_SIZE];

	(void)state;
	reply_start(&form, "E_KATA_POLOS");
	reply_set(&form, "ketik", "%s", "PMKS ANAK 3");
	reply_set(&form, "kata", "%s", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	reply_write(grammar, &form, out);
	assert_non_null(strstr(out, "'ABCDEFGHIJKLMNO'"));
	reply_set(&form, "kata", "%s", "a[b]{c}^\xE2\x82\xAC\xC3\xA9\n");
	reply_write(grammar, &form, out);
	assert_non_null(strstr(out, "'a?b?\?c?\?\?\?\?'"));
	reply_set(&form, "kata", "%s", "Regapu\xE2\x80\x99u");
	reply_write(grammar, &form, out);
	assert_non_null(strstr(out, "'Regapu'u'"));
	reply_set(&form, "kata", "%s", "");
	reply_write(grammar, &form, out);
	assert_non_null(strstr(out, "''"));
}

static void
test_longest_values_stay_within_the_worst_case(void **state)
{
	static const char wide[] = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
	static const char *const common[] = { "contoh", "ketik", "cara", "besok", "bln", "simpan" };
	const char *id;

	(void)state;
	for (size_t i = 0; (id = reply_required(i)) != NULL; i++) {
		char names[160], *rest = names, *name, out[REPLY_SIZE];
		struct reply_form form;

		reply_start(&form, id);
		snprintf(names, sizeof names, "%s", reply_placeholders(id));
		while ((name = strsep(&rest, " ")) != NULL)
			if (name[0] != '\0')
				reply_set(&form, name, "%s", wide);
		for (size_t k = 0; k < sizeof common / sizeof common[0]; k++) {
			assert_true(reply_common(common[k]));
			reply_set(&form, common[k], "%s", wide);
		}
		assert_int_equal(reply_write(grammar, &form, out), grammar->replies[grammar_reply(grammar, id)].worst);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worst_cases_are_as_stated),
		cmocka_unit_test(test_every_required_reply_fits_one_sms),
		cmocka_unit_test(test_errors_teach),
		cmocka_unit_test(test_values_are_filled_in),
		cmocka_unit_test(test_values_are_cut_and_made_plain),
		cmocka_unit_test(test_longest_values_stay_within_the_worst_case),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
