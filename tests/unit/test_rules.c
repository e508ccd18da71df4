/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_rules: what a reading means for its sender, and which of several errors is named (domain section 4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "village.h"

static struct parse parse;
static struct outcome outcome;

static enum reject
verdict(const struct who *who, const char *text)
{
	check(who, text, &parse, &outcome);
	parse_clear(&parse);
	return outcome.reject;
}

struct judgement { const char *text; enum reject reject; };

static void
judge(const struct who *who, const struct judgement *cases, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		enum reject reject = verdict(who, cases[i].text);

		if (reject != cases[i].reject)
			fail_msg("%s: %s, expected %s", cases[i].text, reject_name(reject), reject_name(cases[i].reject));
		assert_int_equal(outcome.expect == EXPECT_REJECT, reject != REJECT_NONE);
		if (reject != REJECT_NONE)
			assert_int_equal(outcome.effect, EFFECT_NOTHING);
	}
}
#define JUDGE(who, cases) judge(who, cases, sizeof (cases) / sizeof *(cases))

static void
judges_a_volunteer(void **state)
{
	static const struct judgement cases[] = {
		{ "anak 3", REJECT_NONE }, { "pmks nihil", REJECT_NONE }, { "ralat anak 3", REJECT_NONE }, { "batal", REJECT_NONE },
		{ "stop", REJECT_NONE }, { "info", REJECT_NONE }, { "kode", REJECT_NONE },
		/* role */
		{ "umum rakor", REJECT_IZIN }, { "belum", REJECT_IZIN }, { "sah anak 3", REJECT_IZIN },
		/* items */
		{ "anak 1000", REJECT_NONE }, { "anak 1001", REJECT_ANGKA }, { "anak 12345678901", REJECT_ANGKA },
		{ "anak 3 kk", REJECT_SATUAN }, { "rtlh 3 rumah", REJECT_NONE }, { "anak 3 rumah", REJECT_SATUAN },
		{ "banjir 12 kk", REJECT_NONE }, { "banjir 6000 kk", REJECT_ANGKA }, { "banjir 6000", REJECT_NONE },
		{ "kat 3 kelompok", REJECT_NONE }, { "kat 3 kk kat 9 orang", REJECT_NONE },
		{ "anak 3 anak terlantar 3", REJECT_GANDA }, { "anak 3 k2 4", REJECT_GANDA }, { "hiv 2 odha 3", REJECT_GANDA },
		{ "rtlh 3 rumah rtlh 3 kk", REJECT_GANDA },
		/* place and month */
		{ "anak 3 ds rawa", REJECT_NONE }, { "anak 3 ds cikupa", REJECT_WILAYAH }, { "anak 3 ds xyz", REJECT_DESA },
		{ "anak 3 kec baregbeg", REJECT_WILAYAH }, { "anak 3 bln 4", REJECT_NONE }, { "anak 3 bln 3", REJECT_LAMA },
		{ "anak 3 bln 11", REJECT_DEPAN }, { "anak 3 bln 9 bln 10", REJECT_PERIODE },
		{ "jumlah anak", REJECT_NONE }, { "kasus lansia l 72", REJECT_NONE },
		{ "batal anak", REJECT_NONE }, { "batal anak 3 lansia", REJECT_JUMLAH }, { "batal lansia 3 kk", REJECT_SATUAN },
		{ "batal anak ds cikupa", REJECT_WILAYAH }, { "batal anak bln 11", REJECT_DEPAN },
	};
	struct who who = who_is("PSM", &volunteer);

	(void)state;
	JUDGE(&who, cases);
}

/* Length, registration, left to right, unknown words, role, pairs, items, place, month (section 4, beginning). */
static void
names_the_first_error(void **state)
{
	static const struct judgement cases[] = {
		{ "anak tambah 2 nama budi", REJECT_TAMBAH }, { "nama budi anak tambah 2", REJECT_PRIBADI },
		{ "xyz anak tambah 2", REJECT_TAMBAH }, { "gepeng 2 xyz", REJECT_AMBIGU }, { "bln 13 anak", REJECT_PERIODE },
		{ "xyz 3", REJECT_PERINTAH }, { "anak xyz", REJECT_KATA }, { "anak 3 kk lansia", REJECT_JUMLAH },
		{ "anak 3 kk ds cikupa", REJECT_SATUAN }, { "anak 5000 bln 12", REJECT_ANGKA },
		{ "anak 3 ds rawa, anak 2 ds cikupa", REJECT_GANDA }, { "anak 3 ds rawa lansia 2 ds cikupa", REJECT_TEMPAT },
		{ "anak 3 ds cikupa bln 12", REJECT_WILAYAH },
	};
	static const struct judgement camat[] = {
		{ "anak", REJECT_IZIN }, { "anak 3", REJECT_IZIN }, { "anak xyz", REJECT_KATA }, { "nihil", REJECT_IZIN },
	};
	struct who who = who_is("PSM", &volunteer), above = who_is("CAMAT", &tksk);

	(void)state;
	JUDGE(&who, cases);
	JUDGE(&above, camat);
}

static void
judges_others(void **state)
{
	static const struct judgement for_tksk[] = {
		{ "anak 3", REJECT_DESA_PERLU }, { "nihil", REJECT_DESA_PERLU }, { "anak 3 ds rawa", REJECT_NONE },
		{ "anak 3 ds jelat", REJECT_WILAYAH }, { "anak 3 ds jelat kec lumbung", REJECT_DESA },
		{ "anak 3 ds jelat kec baregbeg", REJECT_WILAYAH }, { "anak 3 32.07.32.2007", REJECT_WILAYAH },
		{ "anak 3 32.07.34.2099", REJECT_DESA }, { "belum", REJECT_NONE },
	};
	static const struct judgement for_part[] = {
		{ "lansia 4", REJECT_NONE }, { "lansia 4 rt 3", REJECT_NONE }, { "lansia 4 rw I", REJECT_NONE },
		{ "lansia 4 rw 2", REJECT_WILAYAH },
	};
	static const struct judgement for_stranger[] = {
		{ "anak 3", REJECT_DAFTAR }, { "halo", REJECT_DAFTAR }, { "kode", REJECT_DAFTAR }, { "stop", REJECT_NONE },
		{ "info", REJECT_NONE }, { "?", REJECT_NONE },
	};
	static const struct judgement for_waiting[] = {
		{ "anak 3", REJECT_TUNGGU }, { "status", REJECT_TUNGGU }, { "batal", REJECT_NONE }, { "mulai", REJECT_NONE },
	};
	static const struct asker part = { .area = "32.07.34.2007", .scope = SCOPE_PART, .rw = 1, .now = { 2026, 10, 20, 9, 0 } };
	static const struct asker nobody = { .area = "", .scope = SCOPE_NONE, .now = { 2026, 10, 20, 9, 0 } };
	struct who who = who_is("TKSK", &tksk), kps = who_is("KPS", &part);
	struct who stranger = { STANDING_STRANGER, -1, nobody }, waiting = { STANDING_WAITING, -1, nobody };

	(void)state;
	JUDGE(&who, for_tksk);
	JUDGE(&kps, for_part);
	JUDGE(&stranger, for_stranger);
	JUDGE(&waiting, for_waiting);
	verdict(&kps, "lansia 4");
	assert_int_equal(outcome.rw, 1);
}

static void
bounds_the_length(void **state)
{
	struct who who = who_is("PSM", &volunteer);

	(void)state;
	read_as(&volunteer, "anak 3", &parse);
	rules_check(grammar, gazetteer, &who, &parse, 459, &outcome);
	assert_int_equal(outcome.reject, REJECT_NONE);
	rules_check(grammar, gazetteer, &who, &parse, 460, &outcome);
	assert_int_equal(outcome.reject, REJECT_PANJANG);
	parse_clear(&parse);
}

static void
fills_the_outcome(void **state)
{
	struct who who = who_is("PSM", &volunteer);

	(void)state;
	assert_int_equal(verdict(&who, "banjir 12 kk anak 3 rt 2"), REJECT_NONE);
	assert_int_equal(outcome.effect, EFFECT_RECORD);
	assert_string_equal(outcome.village, "32.07.34.2007");
	assert_int_equal(outcome.period, OCTOBER);
	assert_int_equal(outcome.rt, 2);
	assert_int_equal(outcome.item_count, 2);
	assert_string_equal(outcome.items[0].word, "BANJIR");
	assert_string_equal(grammar->units[outcome.items[0].unit].name, "keluarga");
	assert_int_equal(outcome.items[1].old, NO_VALUE);
	assert_int_equal(verdict(&who, "psks nihil"), REJECT_NONE);
	assert_int_equal(outcome.item_count, 5);
	assert_int_equal(verdict(&who, "pmks nihil"), REJECT_NONE);
	assert_int_equal(outcome.item_count, 22);
	assert_int_equal(verdict(&who, "banjir 6000 kk"), REJECT_ANGKA);
	assert_int_equal(outcome.most, 5000);
	verdict(&who, "lansia 2 nama siti");
	assert_true(outcome.forget);
}

/* Second step: the values in force are known. */
static enum reject
conclude(const char *text, long old)
{
	struct who who = who_is("PSM", &volunteer);
	size_t i;

	check(&who, text, &parse, &outcome);
	for (i = 0; i < outcome.item_count; i++)
		outcome.items[i].old = old;
	rules_conclude(&parse, &outcome);
	parse_clear(&parse);
	return outcome.reject;
}

static void
concludes_from_stored_values(void **state)
{
	static const struct { const char *text; long old; enum reject reject; enum effect effect; bool same; } cases[] = {
		{ "anak 3", NO_VALUE, REJECT_NONE, EFFECT_RECORD, false }, { "anak 3", 5, REJECT_NONE, EFFECT_RECORD, false },
		{ "anak 3", 3, REJECT_NONE, EFFECT_NOTHING, true }, { "anak 0", 0, REJECT_NONE, EFFECT_NOTHING, true },
		{ "anak 0", NO_VALUE, REJECT_NONE, EFFECT_RECORD, false },
		{ "ralat anak 3", NO_VALUE, REJECT_TIDAK_ADA, EFFECT_NOTHING, false },
		{ "ralat anak 3", 5, REJECT_NONE, EFFECT_RECORD, false },
		{ "ralat anak 5 jadi 3", 5, REJECT_NONE, EFFECT_RECORD, false },
		{ "ralat anak 4 jadi 3", 5, REJECT_BEDA, EFFECT_NOTHING, false },
		{ "nihil", NO_VALUE, REJECT_NONE, EFFECT_RECORD, false }, { "nihil", 0, REJECT_NONE, EFFECT_NOTHING, true },
		{ "nihil", 2, REJECT_NIHIL, EFFECT_NOTHING, false }, { "batal", 0, REJECT_TIDAK_ADA, EFFECT_NOTHING, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (conclude(cases[i].text, cases[i].old) != cases[i].reject)
			fail_msg("%s: %s", cases[i].text, reject_name(outcome.reject));
		assert_int_equal(outcome.effect, cases[i].effect);
		assert_int_equal(outcome.same, cases[i].same);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges_a_volunteer), cmocka_unit_test(names_the_first_error), cmocka_unit_test(judges_others),
		cmocka_unit_test(bounds_the_length), cmocka_unit_test(fills_the_outcome),
		cmocka_unit_test(concludes_from_stored_values),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
