/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_parse: verbs, what every token is read as, places in a message, and words that stop a report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "village.h"

static struct parse parse;

/* "verb category number": what the tokens were read as. */
static const char *
readings_of(const struct asker *asker, const char *text)
{
	static char out[400];
	size_t used = 0, i;

	read_as(asker, text, &parse);
	out[0] = '\0';
	for (i = 0; i < parse.count && used < sizeof out - 20; i++)
		used += (size_t)snprintf(out + used, sizeof out - used, "%s%s", i != 0 ? " " : "",
					 reading_name(parse.readings[i]));
	parse_clear(&parse);
	return out;
}

static void
reads_every_token(void **state)
{
	static const struct { const char *text, *readings; } cases[] = {
		{ "PMKS ANAK 3 DESA RAWA", "family category number place place" },
		{ "lapor bu, anak terlantar ada tiga org", "passed over passed over category category passed over number unit" },
		{ "selamat pagi anak 3", "passed over passed over category number" },
		{ "anak 3 bln 9", "category number period period" }, { "K07 5", "category category number" },
		{ "pmks kode 21 3", "family category category number" }, { "anak-anak 3", "repeated category number" },
		{ "4 (empat) anak", "number repeated category" }, { "1. anak 3", "list number category number" },
		{ "ralat anak 3 jadi 5", "verb category number argument number" }, { "batal no 12", "verb argument number" },
		{ "anak 3 rt/rw 02/01", "category number place place place" }, { "anak 3 sakit", "category number unknown" },
		{ "anak +2", "category wrong" }, { "lnsia 3", "category number" },
		/* KT K21 is no KTK 21 */
		{ "kt k21 2", "category category category number" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(readings_of(&volunteer, cases[i].text), cases[i].readings);
}

static void
finds_the_verb(void **state)
{
	static const struct { const char *text; enum verb verb; } cases[] = {
		{ "anak 3", VERB_REPORT }, { "PMKS anak 3", VERB_REPORT }, { "ppks anak 3", VERB_REPORT },
		{ "bu, ralat anak 3", VERB_RALAT }, { "koreksi anak 3", VERB_RALAT }, { "batalkan", VERB_BATAL },
		{ "ya", VERB_YA }, { "ya bu anak 3", VERB_REPORT }, { "jumlah anak", VERB_JUMLAH },
		{ "lapor jumlah anak 3", VERB_REPORT }, { "jumlh anak", VERB_JUMLAH }, { "rekp", VERB_REKAP },
		{ "ralta anak 3", VERB_REPORT }, { "?", VERB_BANTUAN }, { "info", VERB_BANTUAN }, { "stop", VERB_STOP },
		{ "selamat pagi pak", VERB_NONE }, { "p", VERB_NONE }, { "", VERB_NONE }, { "besok ada rapat", VERB_NONE },
		{ "\xf0\x9f\x98\x80", VERB_NONE }, { "\xff\xfe", VERB_NONE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_as(&volunteer, cases[i].text, &parse);
		if (parse.verb != cases[i].verb)
			fail_msg("%s: %s", cases[i].text, verb_name(parse.verb));
		parse_clear(&parse);
	}
}

/* DESARAWA, PMKSANAK: cut only where the rest is exactly something. */
static void
cuts_glued_words(void **state)
{
	(void)state;
	assert_string_equal(readings_of(&tksk, "pmksanak3desarawa"), "family category number place place");
	assert_string_equal(readings_of(&tksk, "anak3 desalumbungsari"), "category number place place");
	/* Cikupa is a village of another kecamatan, too. */
	assert_string_equal(readings_of(&tksk, "anak3 dscikupa"), "category number place place");
	assert_string_equal(readings_of(&tksk, "anak 3 desaxyz"), "category number unknown");
	assert_string_equal(readings_of(&tksk, "desarawaanak 3"), "unknown number");
}

static void
finds_the_place(void **state)
{
	static const struct { const struct asker *asker; const char *text, *village; int rt, rw; enum reject reject; } cases[] = {
		{ &tksk, "anak 3 desa rawa", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 rawa", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "rawa: anak 3", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 desa 2007", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 32.07.34.2007", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 ds rawa kec lumbung kab ciamis", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 ds rawa lumbung ciamis", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 ds rawa lansia 2 ds rawa", "32.07.34.2007", 0, 0, REJECT_NONE },
		/* misspelt, but never a shorter name instead */
		{ &tksk, "anak 3 ds lumbung sri", "32.07.34.2004", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 ds lumbung xyz", "", 0, 0, REJECT_DESA },
		{ &tksk, "anak 3 ds rawa lnsia 2", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &tksk, "anak 3 lumbung rawa", "32.07.34.2003", 0, 0, REJECT_TEMPAT },
		{ &tksk, "anak 3 ds rawa ds cikupa", "32.07.34.2007", 0, 0, REJECT_TEMPAT },
		{ &tksk, "anak 3 dusun cikupa", "", 0, 0, REJECT_DESA },
		{ &tksk, "anak 3 ds jelat", "", 0, 0, REJECT_WILAYAH },
		{ &tksk, "anak 3", "", 0, 0, REJECT_NONE },
		/* a volunteer means the own village */
		{ &volunteer, "anak 3", "32.07.34.2007", 0, 0, REJECT_NONE },
		{ &volunteer, "anak 3 ds cikupa", "32.07.34.2001", 0, 0, REJECT_NONE },
		/* numerals are the name's; words can be names */
		{ &tarutung, "lansia 3 hutatoruan 5", "12.02.01.1002", 0, 0, REJECT_NONE },
		{ &tarutung, "lansia hutatoruan v 3", "12.02.01.1002", 0, 0, REJECT_NONE },
		{ &tarutung, "lansia 3 ds hutatoruan", "", 0, 0, REJECT_DESA_PILIH },
		{ &tarutung, "lansia 3 ds hutatoruan 2", "", 0, 0, REJECT_DESA },
		{ &tarutung, "ds pansurbatu 2 lansia 3", "12.02.01.2016", 0, 0, REJECT_NONE },
		{ &tarutung, "ds pansurbatu 3 lansia", "12.02.01.2015", 0, 0, REJECT_NONE },
		{ &tarutung, "selamat pagi anak 3 desa selamat", "12.02.01.2013", 0, 0, REJECT_NONE },
		{ &tarutung, "anak 3 ds sibulan bulan bln 9", "12.02.01.2014", 0, 0, REJECT_NONE },
		{ &tarutung, "anak 3 desa kelurahan", "12.02.01.2017", 0, 0, REJECT_NONE },
		{ &tarutung, "lansia 3 kel terusan", "12.02.01.1009", 0, 0, REJECT_NONE },
		/* parts */
		{ &volunteer, "anak 3 rt 2 rw 1", "32.07.34.2007", 2, 1, REJECT_NONE },
		{ &volunteer, "anak 3 rt02/01", "32.07.34.2007", 2, 1, REJECT_NONE },
		{ &volunteer, "anak 3 rt/rw 02/01", "32.07.34.2007", 2, 1, REJECT_NONE },
		{ &volunteer, "anak 3 rw/rt 01/02", "32.07.34.2007", 2, 1, REJECT_NONE },
		{ &volunteer, "anak 3 rw IV", "32.07.34.2007", 0, 4, REJECT_NONE },
		{ &volunteer, "anak 3 rt 2 rt 3", "32.07.34.2007", 2, 0, REJECT_TEMPAT },
		{ &volunteer, "anak 3 rt 2,3", "32.07.34.2007", 0, 0, REJECT_TEMPAT },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_as(cases[i].asker, cases[i].text, &parse);
		if (parse.placing.reject != cases[i].reject || strcmp(parse.village, cases[i].village) != 0)
			fail_msg("%s: %s %s", cases[i].text, parse.village, reject_name(parse.placing.reject));
		if (cases[i].reject == REJECT_NONE) {
			assert_int_equal(parse.rt, cases[i].rt);
			assert_int_equal(parse.rw, cases[i].rw);
		}
		parse_clear(&parse);
	}
}

/* The first error from left to right; the first unknown word. */
static void
names_what_is_wrong(void **state)
{
	static const struct { const char *text; enum reject reading; const char *unknown; } cases[] = {
		{ "anak tambah 2", REJECT_TAMBAH, "" }, { "anak +2", REJECT_TAMBAH, "" }, { "anak +dua", REJECT_TAMBAH, "" },
		{ "anak + 2", REJECT_TAMBAH, "" }, { "anak plus 2", REJECT_TAMBAH, "" }, { "anak 3 lagi", REJECT_TAMBAH, "" },
		{ "anak 3 + lansia 2", REJECT_NONE, "" }, { "anak 3 plus lansia 2", REJECT_NONE, "" },
		{ "keluarga kurang mampu 3", REJECT_NONE, "KELUARGA" },
		{ "anak 2-3", REJECT_ANGKA, "" }, { "anak 2 sd 3", REJECT_ANGKA, "" }, { "anak 3,5", REJECT_ANGKA, "" },
		{ "anak sekitar 3", REJECT_ANGKA, "" }, { "anak 3/4", REJECT_ANGKA, "" }, { "anak <5", REJECT_ANGKA, "" },
		{ "anak >5", REJECT_ANGKA, "" }, { "anak ~5", REJECT_ANGKA, "" }, { "anak \xc2\xb1 5", REJECT_ANGKA, "" },
		{ "anak 5%", REJECT_ANGKA, "" }, { "anak => 5", REJECT_NONE, "" }, { "anak -> 5", REJECT_NONE, "" },
		{ "20an lansia", REJECT_ANGKA, "" }, { "an 20", REJECT_NONE, "" }, { "20 an", REJECT_NONE, "" },
		{ "20/10 anak 3", REJECT_PERIODE, "" }, { "3/4 anak", REJECT_ANGKA, "" },
		{ "gepeng 2", REJECT_AMBIGU, "" }, { "kbs 2", REJECT_AMBIGU, "" }, { "pmks kbs 2", REJECT_NONE, "" },
		{ "xyz anak tambah 2", REJECT_TAMBAH, "XYZ" }, { "gepeng 2 nama budi", REJECT_AMBIGU, "BUDI" },
		{ "anak yatim 3", REJECT_NONE, "YATIM" }, { "anak 3\xc2\xb2", REJECT_NONE, "Q" }, { "anak 3 rt", REJECT_FORMAT, "" },
		{ "anak 3 kec xyz", REJECT_KEC, "" }, { "anak 3 kab kudus", REJECT_KAB, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_as(&volunteer, cases[i].text, &parse);
		if (parse.reading.reject != cases[i].reading || strcmp(parse.unknown.word, cases[i].unknown) != 0)
			fail_msg("%s: %s, unknown %s", cases[i].text, reject_name(parse.reading.reject), parse.unknown.word);
		parse_clear(&parse);
	}
}

/* Rule 11: refused or not, the text is to be forgotten. */
static void
notices_personal_data(void **state)
{
	static const struct { const char *text; enum reject reading; } cases[] = {
		{ "lansia 2 nama siti", REJECT_PRIBADI }, { "lansia 3207341234567890", REJECT_PRIBADI },
		{ "lansia 3207.3412.3456.7890", REJECT_PRIBADI }, { "lansia 32O7341234567890", REJECT_PRIBADI },
		{ "status 3207 3412 3456 7890", REJECT_PRIBADI }, { "anak tambah 2 nama budi", REJECT_TAMBAH },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_as(&volunteer, cases[i].text, &parse);
		assert_true(parse.personal);
		assert_int_equal(parse.reading.reject, cases[i].reading);
		parse_clear(&parse);
	}
	read_as(&volunteer, "daftar psm budi nama desa rawa", &parse);
	assert_false(parse.personal);
	parse_clear(&parse);
}

/* Hard case 5: these act alone or not at all. */
static void
cancels_nothing_on_a_guess(void **state)
{
	static const struct { const char *text; long number; bool whole; } cases[] = {
		{ "batal", -1, true }, { "batal ya bu", -1, true }, { "batal 12", 12, true }, { "batal no. 12", 12, true },
		{ "batalkan laporan nomor dua, terima kasih", 2, true },
		/* a receipt that nobody has, not the last one */
		{ "batal 12345678901", 0, true }, { "batal 0", 0, true },
		{ "batal 1 2", 1, false }, { "batal 3 anak", 3, false }, { "batal anak", -1, false }, { "batal bln 9", -1, false },
		{ "batal desa rawa", -1, false }, { "batal rt 2", -1, false }, { "batal semua", -1, false }, { "batal 1,2", -1, false },
		{ "stop dulu", -1, false }, { "kode anak 3", -1, false }, { "kode 2", 2, true }, { "status anak", -1, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool whole;

		read_as(&volunteer, cases[i].text, &parse);
		whole = parse.unknown.reject == REJECT_NONE && parse.reading.reject == REJECT_NONE &&
			parse.counting.reject == REJECT_NONE;
		if (whole != cases[i].whole || parse.number != cases[i].number)
			fail_msg("%s: number %ld%s", cases[i].text, parse.number, whole ? "" : ", and more");
		parse_clear(&parse);
	}
}

/* As many tokens as fit, and one more; marks with nothing behind them to the very end. */
static void
bears_any_length(void **state)
{
	static char text[4000];
	size_t i;

	(void)state;
	for (i = 0; i < TOKENS_MAX + 1; i++)
		memcpy(text + i * 3, "DS ", 4);
	read_as(&tksk, text, &parse);
	assert_int_equal(parse.reading.reject, REJECT_PANJANG);
	parse_clear(&parse);
	text[TOKENS_MAX * 3 - 1] = '\0';
	read_as(&tksk, text, &parse);
	assert_int_equal(parse.count, TOKENS_MAX);
	parse_clear(&parse);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_token), cmocka_unit_test(finds_the_verb), cmocka_unit_test(cuts_glued_words),
		cmocka_unit_test(finds_the_place), cmocka_unit_test(names_what_is_wrong),
		cmocka_unit_test(notices_personal_data), cmocka_unit_test(cancels_nothing_on_a_guess),
		cmocka_unit_test(bears_any_length),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
