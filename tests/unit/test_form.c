/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_form: messages read as forms, what is wrong with them, and what they come to with what is on record. */
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

static const char *
value_text(const struct form_field *field, const struct form_value *value)
{
	static char out[200];
	size_t used = 0;

	switch (field->type) {
	case FORM_CATEGORY: return grammar->categories[value->index].code;
	case FORM_OPTION: return grammar->options[value->index].name;
	case FORM_TEXT: return value->text;
	case FORM_FLAG: return "ya";
	case FORM_NUMBERS:
		out[0] = '\0';
		for (size_t i = 0; i < value->count; i++)
			used += (size_t)snprintf(out + used, sizeof out - used, "%s%ld", i != 0 ? "," : "", value->numbers[i]);
		return out;
	default:
		snprintf(out, sizeof out, "%ld", value->number);
		return out;
	}
}

/* "FCU-KBS kbs=15", or the name of what is wrong. */
static const char *
reading(const struct who *who, const char *text)
{
	static char out[500];
	size_t used;

	check(who, text, &parse, &outcome);
	if (outcome.reject != REJECT_NONE) {
		snprintf(out, sizeof out, "%s", outcome.reject == REJECT_ISIAN ? "wrong" : reject_name(outcome.reject));
		return out;
	}
	assert_int_equal(outcome.effect, EFFECT_ENTRY);
	used = (size_t)snprintf(out, sizeof out, "%s", grammar->forms[parse.form].name);
	for (size_t i = 0; i < grammar->forms[parse.form].field_count; i++)
		if (parse.values[i].given)
			used += (size_t)snprintf(out + used, sizeof out - used, " %s=%s",
						 grammar->forms[parse.form].fields[i].name,
						 value_text(&grammar->forms[parse.form].fields[i], &parse.values[i]));
	/* Every token is a part of the reading. */
	for (size_t i = 0; i < parse.count; i++)
		assert_int_not_equal(parse.readings[i], READ_NOT);
	return out;
}

struct example { const char *text, *reading; };

static void
read_all(const struct who *who, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *got = reading(who, examples[i].text);

		if (strcmp(got, examples[i].reading) != 0)
			fail_msg("\"%s\": expected %s, got %s", examples[i].text, examples[i].reading, got);
		parse_clear(&parse);
	}
}
#define READ_ALL(who, examples) read_all(who, examples, sizeof (examples) / sizeof *(examples))

static void
positional_fields(void **state)
{
	static const struct example examples[] = {
		{ "LAYAN LANSIA 5 SEMBAKO RT 2", "LAYAN kat=07 jml=5 jenis=SEMBAKO" },
		{ "layan 5 lansia sembako", "LAYAN kat=07 jml=5 jenis=SEMBAKO" },
		{ "layan sembako utk 5 org lansia", "LAYAN kat=07 jml=5 jenis=SEMBAKO" },
		{ "layan k7 5 sembako", "LAYAN kat=07 jml=5 jenis=SEMBAKO" },
		{ "layan lanjut usia lima paket sembako", "LAYAN kat=07 jml=5 jenis=SEMBAKO" },
		{ "layan lansai 5 sembako", "LAYAN kat=07 jml=5 jenis=SEMBAKO" },
		{ "layan miskin 5 rumah", "LAYAN kat=14 jml=5 jenis=RUMAH" },
		{ "layan rtlh 5 rumah modal", "LAYAN kat=15 jml=5 jenis=MODAL" },
		{ "layan rumah tidak layak huni 5 modal", "LAYAN kat=15 jml=5 jenis=MODAL" },
		{ "ds rawa layan lansia 5 sembako bln 9", "LAYAN kat=07 jml=5 jenis=SEMBAKO" },
		{ "layan lansia 5", "E_FORMAT" }, { "layan lansia sembako", "E_FORMAT" }, { "layan 5 sembako", "E_FORMAT" },
		{ "layan lansia 5 3 sembako", "E_FORMAT" }, { "layan lansia 5 sembako uang", "E_FORMAT" },
		{ "layan psm 5 sembako", "E_FORMAT" }, { "layan lansia 5 kado", "E_FORMAT" },
		{ "layan lansia 5 sembako kado", "E_KATA" }, { "layan lansia 5 sembako nama budi", "E_PRIBADI" },
		{ "layan lansia 5 kk sembako", "E_SATUAN" }, { "layan lansia 3-4 sembako", "E_ANGKA" },
		{ "layan lansia sekitar 5 sembako", "E_ANGKA" }, { "layan lansia 0 sembako", "E_ANGKA" },
		{ "layan lansia 5001 sembako", "E_ANGKA" }, { "layan gepeng 5 sembako", "E_AMBIGU" },
		{ "layan lansia 5 sembako ds cikupa", "E_WILAYAH" }, { "layan lansia 5 sembako bln 12", "E_DEPAN" },
	};
	struct who who = who_is("PSM", &volunteer);

	(void)state;
	READ_ALL(&who, examples);
}

static void
marked_fields(void **state)
{
	static const struct example examples[] = {
		{ "FCU DASAR 9 FUNGSI 7 MANDIRI 4", "FCU-DASAR dasar=9 fungsi=7 mandiri=4" },
		{ "fcu mandiri 4 fungsi 7 dasar 9", "FCU-DASAR dasar=9 fungsi=7 mandiri=4" },
		{ "fcu 9 dasar 7 fungsi 4 mandiri", "FCU-DASAR dasar=9 fungsi=7 mandiri=4" },
		{ "fcu kebutuhan dasar sembilan, fungsi tujuh, mandiri 0", "FCU-DASAR dasar=9 fungsi=7 mandiri=0" },
		{ "fcu dasar 9 fungsi 7 mandiri tidak ada", "FCU-DASAR dasar=9 fungsi=7 mandiri=0" },
		{ "fcu dasar 9 kk fungsi 7 kk mandiri 4 kk", "FCU-DASAR dasar=9 fungsi=7 mandiri=4" },
		{ "fcu dasar 9 fungsi 7", "E_FORMAT" }, { "fcu dasar 9 7 4", "E_FORMAT" }, { "fcu dasar 9 dasar 8", "E_FORMAT" },
		{ "fcu 9 dasar fungsi 7 mandiri 4", "E_FORMAT" }, { "fcu dasar 9 org fungsi 7 mandiri 4", "E_SATUAN" },
		{ "FCU KBS 15 KK", "FCU-KBS kbs=15" }, { "kck kbs dua belas keluarga", "FCU-KBS kbs=12" },
		{ "fcu ds rawa kbs 15", "FCU-KBS kbs=15" }, { "fcu jumlah kbs 15", "FCU-KBS kbs=15" },
		{ "fcu kbs tambah 2", "E_TAMBAH" }, { "fcu kbs +2", "E_TAMBAH" }, { "fcu kbs", "E_FORMAT" },
		{ "FCU BERKAS TERKIRIM BLN 9", "FCU-BERKAS berkas=ya" }, { "FCU GANGGUAN 3 KALI", "FCU-GANGGUAN gangguan=3" },
	};
	struct who who = who_is("FCU", &volunteer);

	(void)state;
	READ_ALL(&who, examples);
}

static void
stages_and_steps(void **state)
{
	static const struct example examples[] = {
		{ "FCU TAHAP 1", "FCU tahap=1" }, { "fcu tahap 2 langkah 1,3", "FCU tahap=2 langkah=1,3" },
		{ "FCU TAHAP 1 LANGKAH 1-5 SELESAI", "FCU tahap=1 langkah=1,2,3,4,5 selesai=ya" },
		{ "fcu thp 1 langkah 1 s/d 3", "FCU tahap=1 langkah=1,2,3" },
		{ "fcu tahap 1 langkah 3, 1 dan 2", "FCU tahap=1 langkah=1,2,3" },
		{ "fcu tahap ii langkah iv", "FCU tahap=2 langkah=4" }, { "kck tahap tiga selesai", "FCU tahap=3 selesai=ya" },
		{ "fcu tahap 8", "wrong" }, { "fcu tahap 0", "wrong" }, { "fcu tahap 1 langkah 6", "wrong" },
		{ "fcu tahap 4 langkah 5", "wrong" }, { "fcu tahap 4 langkah 3-5", "wrong" },
		{ "fcu tahap 1 langkah 5-3", "wrong" }, { "fcu tahap 1 langkah", "E_FORMAT" }, { "fcu langkah 3", "E_FORMAT" },
		{ "fcu", "E_FORMAT" }, { "fcu tahap", "E_FORMAT" }, { "fcu tahap 1-2", "E_ANGKA" },
		{ "fcu tahap 1 bln 9", "E_KATA" }, { "fcu tahap 1 tahap 2", "E_FORMAT" },
	};
	struct who who = who_is("FCU", &volunteer);

	(void)state;
	READ_ALL(&who, examples);
}

static void
texts_to_the_end(void **state)
{
	static const struct example examples[] = {
		{ "SULUH 25 DESA RAWA HAL Gizi Balita & air bersih.", "SULUH peserta=25 hal=Gizi Balita & air bersih." },
		{ "suluh ds rawa 25 org tentang  gizi \n", "SULUH peserta=25 hal=gizi" },
		{ "suluh peserta 25 ds rawa hal: \"gizi\"", "SULUH peserta=25 hal=\"gizi\"" },
		{ "KUNJUNG DESA RAWA HAL MONEV", "KUNJUNG hal=MONEV" },
		{ "kunjung ds rawa hal layan lansia 5 bln 13", "KUNJUNG hal=layan lansia 5 bln 13" },
		{ "SULUH 25 DESA RAWA HAL", "E_FORMAT" }, { "SULUH 25 DESA RAWA GIZI", "E_FORMAT" },
		{ "KUNJUNG HAL MONEV", "E_DESA_PERLU" }, { "KUNJUNG DESA RAWA HAL nama Budi", "E_PRIBADI" },
	};
	struct who who = who_is("TKSK", &tksk);
	char text[300] = "KUNJUNG DESA RAWA HAL ";

	(void)state;
	READ_ALL(&who, examples);
	memset(text + strlen(text), 'x', 161);
	assert_string_equal(reading(&who, text), "E_PANJANG");
	parse_clear(&parse);
}

static void
who_may(void **state)
{
	struct who psm = who_is("PSM", &volunteer), kt = who_is("KT", &volunteer), chief = who_is("TKSK", &tksk);

	(void)state;
	assert_string_equal(reading(&psm, "fcu tahap 1"), "E_IZIN");
	parse_clear(&parse);
	assert_string_equal(reading(&psm, "fcu kbs 3"), "FCU-KBS kbs=3");
	parse_clear(&parse);
	assert_string_equal(reading(&kt, "fcu kbs 3"), "E_IZIN");
	parse_clear(&parse);
	/* The role before what is missing. */
	assert_string_equal(reading(&kt, "butuh"), "E_IZIN");
	parse_clear(&parse);
	assert_string_equal(reading(&chief, "butuh"), "E_FORMAT");
	parse_clear(&parse);
	assert_string_equal(reading(&chief, "fcu kbs 3"), "E_DESA_PERLU");
	parse_clear(&parse);
}

/* The second step, with something on record. */

static void
conclude(const char *text)
{
	struct who who = who_is("FCU", &volunteer);

	check(&who, text, &parse, &outcome);
	assert_int_equal(outcome.effect, EFFECT_ENTRY);
}

static void
on_record(size_t field, long number)
{
	outcome.on_record = true;
	outcome.before[field] = (struct form_value){ .given = true, .number = number, .index = -1, .unit = -1, .from = -1,
						     .outside = -1 };
}

static void
a_total_replaces(void **state)
{
	(void)state;
	conclude("fcu kbs 15");
	on_record(0, 12);
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.effect, EFFECT_ENTRY);
	assert_int_equal(outcome.after[0].number, 15);
	assert_false(outcome.same);
	parse_clear(&parse);
	conclude("fcu kbs 15");
	on_record(0, 15);
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.effect, EFFECT_NOTHING);
	assert_true(outcome.same);
	parse_clear(&parse);
}

static void
steps_come_together(void **state)
{
	(void)state;
	conclude("fcu tahap 2 langkah 4");
	on_record(0, 2);
	outcome.before[1] = (struct form_value){ .given = true, .count = 2, .numbers = { 1, 3 } };
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.after[1].count, 3);
	assert_int_equal(outcome.after[1].numbers[2], 4);
	assert_int_equal(outcome.effect, EFFECT_ENTRY);
	parse_clear(&parse);
	/* The same step again changes nothing (rule 58). */
	conclude("fcu tahap 2 langkah 3");
	on_record(0, 2);
	outcome.before[1] = (struct form_value){ .given = true, .count = 2, .numbers = { 1, 3 } };
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.effect, EFFECT_NOTHING);
	parse_clear(&parse);
	conclude("fcu tahap 3");
	outcome.followed = false;
	rules_conclude(&parse, &outcome);
	assert_string_equal(outcome.flag, "ORDER");
	parse_clear(&parse);
}

static void
numbers_on_record_bound(void **state)
{
	(void)state;
	conclude("fcu dasar 9 fungsi 7 mandiri 4");
	outcome.latest[0] = outcome.latest[1] = outcome.latest[2] = NO_VALUE;
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.effect, EFFECT_ENTRY);
	assert_string_equal(outcome.flag, "UNCHECKED");
	parse_clear(&parse);
	conclude("fcu dasar 9 fungsi 7 mandiri 4");
	outcome.latest[0] = outcome.latest[1] = outcome.latest[2] = 8;
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.reject, REJECT_ANGKA);
	assert_int_equal(outcome.rule, 0);
	parse_clear(&parse);
	conclude("fcu dasar 8 fungsi 7 mandiri 4");
	outcome.latest[0] = outcome.latest[1] = outcome.latest[2] = 8;
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.effect, EFFECT_ENTRY);
	assert_string_equal(outcome.flag, "");
	parse_clear(&parse);
}

static void
corrections(void **state)
{
	(void)state;
	conclude("ralat fcu kbs 16");
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.reject, REJECT_TIDAK_ADA);
	parse_clear(&parse);
	conclude("koreksi fcu dasar 9 jadi 8");
	on_record(0, 9);
	on_record(1, 7);
	on_record(2, 4);
	outcome.latest[0] = outcome.latest[1] = outcome.latest[2] = NO_VALUE;
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.effect, EFFECT_ENTRY);
	assert_int_equal(outcome.after[0].number, 8);
	assert_int_equal(outcome.after[1].number, 7);
	parse_clear(&parse);
	conclude("ralat fcu kbs 14 jadi 16");
	on_record(0, 15);
	rules_conclude(&parse, &outcome);
	assert_int_equal(outcome.reject, REJECT_BEDA);
	parse_clear(&parse);
}

/* Each form's example is a message of that form, for one who may send it. */
static void
examples_are_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < grammar->form_count; i++) {
		const struct form *form = &grammar->forms[i];
		const char *place = strstr(form->example, "{contoh}");
		char text[100];

		snprintf(text, sizeof text, "%.*s%s%s", (int)(place != NULL ? place - form->example : 99), form->example,
			 place != NULL ? "RAWA" : "", place != NULL ? place + strlen("{contoh}") : "");
		parse_text(grammar, gazetteer, &tksk, text, &parse);
		if (parse.form != (int)i || parse.filling.reject != REJECT_NONE || parse.unknown.reject != REJECT_NONE)
			if (strcmp(form->name, "CSR") != 0)     /* its kecamatan lies elsewhere */
				fail_msg("%s: \"%s\" is read as form %d", form->name, form->example, parse.form);
		parse_clear(&parse);
	}
}

/* Whatever is typed, and in whatever order: no token is left out of the reading, and nothing is accepted beside an
 * unknown word. */
static void
any_words_in_any_order(void **state)
{
	static const char *const words[] = {
		"FCU", "LAYAN", "CSR", "SULUH", "KUBE", "BUTUH", "TAHAP", "LANGKAH", "SELESAI", "KBS", "BERKAS", "DASAR",
		"FUNGSI", "MANDIRI", "LANSIA", "5", "3", "1,3", "1-5", "2/1", "II", "SEMBAKO", "RUMAH", "DS", "RAWA", "KEC",
		"LUMBUNG", "RT", "RW", "BLN", "9", "S/D", "DAN", "LALU", "KK", "ORG", "HAL", "XYZ", "RALAT", "JADI", "+2", "TIDAK ADA",
		"K7", "12345678901", "SEKITAR", "27-10-2026", "KAB", ",", "\n", "(5)", "OKT", "GEPENG", "TERKIRIM",
	};
	static const char *const heads[] = {
		"FCU TAHAP 1 LANGKAH 2", "LAYAN LANSIA 5 SEMBAKO", "FCU KBS 15", "SULUH 25 HAL", "KUBE 3", "BUTUH 20 K7 UANG",
		"FCU DASAR 9 FUNGSI 7 MANDIRI 4", "FCU BERKAS", "FCU", "LAYAN", "RALAT KUBE", "KUNJUNG HAL",
	};
	struct who who = who_is("TKSK", &tksk);
	unsigned seed = 58;
	size_t accepted = 0;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		char text[400] = "DS RAWA ";

		strcat(text, heads[(size_t)rand_r(&seed) % (sizeof heads / sizeof *heads)]);
		for (int i = 0, count = rand_r(&seed) % (round % 2 == 0 ? 3 : 12); i < count; i++) {
			strcat(text, " ");
			strcat(text, words[(size_t)rand_r(&seed) % (sizeof words / sizeof *words)]);
		}
		check(&who, text, &parse, &outcome);
		for (size_t i = 0; i < parse.count; i++) {
			if (parse.readings[i] == READ_NOT)
				fail_msg("%s: %s is left out", text, parse.tokens[i].text);
			if (outcome.reject == REJECT_NONE &&
			    (parse.readings[i] == READ_UNKNOWN || parse.readings[i] == READ_ERROR))
				fail_msg("%s: accepted with %s", text, parse.tokens[i].text);
		}
		if (outcome.effect == EFFECT_ENTRY) {
			outcome.latest[0] = outcome.latest[1] = outcome.latest[2] = NO_VALUE;
			rules_conclude(&parse, &outcome);
			accepted++;
		}
		if (parse.form >= 0)
			answer_compose(grammar, gazetteer, &who, &outcome);
		parse_clear(&parse);
	}
	assert_true(accepted > 800);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positional_fields), cmocka_unit_test(marked_fields), cmocka_unit_test(stages_and_steps),
		cmocka_unit_test(texts_to_the_end), cmocka_unit_test(who_may), cmocka_unit_test(a_total_replaces),
		cmocka_unit_test(steps_come_together), cmocka_unit_test(numbers_on_record_bound),
		cmocka_unit_test(corrections), cmocka_unit_test(examples_are_right),
		cmocka_unit_test(any_words_in_any_order),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
