/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_grammar_form: forms as files declare them, and what the loader says about broken ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "grammar_copy.h"

#define KUBE "90-kube.grammar"
#define FCU "90-fcu.grammar"
#define LAYAN "90-layan.grammar"

/* A further file in the copy; the loader must say exactly `what` for its line, or nothing (NULL). */
static void
assert_form(const char *text, int line, const char *what)
{
	char expected[700], *error, *found;
	struct grammar *grammar;

	copy_grammars();
	write_bytes("95-test.grammar", text, strlen(text));
	grammar = grammar_load(copied, NULL, &error);
	remove_copy();
	if (what == NULL) {
		if (grammar == NULL)
			fail_msg("%s", error);
		grammar_free(grammar);
		return;
	}
	assert_null(grammar);
	strip_dir(error);
	snprintf(expected, sizeof expected, "95-test.grammar:%d: %s", line, what);
	found = strstr(error, expected);
	if (found == NULL || (found != error && found[-1] != '\n'))
		fail_msg("expected\n%s\ngot\n%s", expected, error);
	free(error);
}

#define HEAD "form UJI \"Uji coba\"\n    words UJI\n    who PSM\n"
#define TAIL "    place village\n    period month\n    answer OK_UJI\n    help \"UJI 3\"\nreply OK_UJI \"No.{no} {desa}: {jml}\"\n"
#define JML "    field jml count 0..50 \"jumlah\"\n"

static void
a_form_needs_little(void **state)
{
	(void)state;
	assert_form(HEAD JML TAIL, 0, NULL);
	assert_form("form UJI \"Uji\"\n    who PSM\n" JML TAIL, 1, "nothing says \"words\" below this \"form\", expected it");
	assert_form("form UJI \"Uji\"\n    words UJI\n" JML TAIL, 1,
		    "nobody may send form UJI, expected a line \"who\" with roles");
	assert_form(HEAD TAIL, 1, "nothing says \"field\" below this \"form\", expected it");
	assert_form(HEAD JML "    place village\n", 1, "nothing says \"period\" below this \"form\", expected it");
	assert_form(HEAD "    plase village\n" JML TAIL, 4,
		    "plase cannot stand below \"form\" (did you mean place?), expected words, who, field, rule, place, "
		    "period, unique, answer, result, help or another that forms know");
	assert_form(HEAD JML "    place village\n" TAIL, 6, "place stands twice below this \"form\", expected it once");
	assert_form("form uji \"Uji\"\n", 1, "form uji, expected at most 16 capital letters, and - between them");
	assert_form("form RALAT \"Uji\"\n", 1, "form RALAT has the name of a verb, expected another");
	assert_form("form KUBE \"Uji\"\n", 1, "form KUBE stands already at " KUBE ":4, expected it once");
}

static void
fields(void **state)
{
	(void)state;
	assert_form(HEAD "    field jml cont 0..5 \"x\"\n" TAIL, 4,
		    "type cont (did you mean count?), expected count, numbers, category, choice, text, flag, case or date");
	assert_form(HEAD "    field jml count 5..0 \"x\"\n" TAIL, 4,
		    "5..0, expected bounds from 0 to 99999, the smaller first");
	assert_form(HEAD "    field jml count 0..5\n" TAIL, 4, "the line ends, expected what the field is in quotes");
	assert_form(HEAD "    field desa count 0..5 \"x\"\n" TAIL, 4,
		    "field desa has a name that every form uses, expected another");
	assert_form(HEAD "    field Jml count 0..5 \"x\"\n" TAIL, 4, "field Jml, expected at most 9 small letters");
	assert_form(HEAD JML JML TAIL, 5, "field jml stands twice in this form, expected it once");
	assert_form(HEAD "    field jml count 0..5 \"x\" unit orangg\n" TAIL, 4,
		    "unit orangg is not known, expected one that has a \"unit\" statement");
	assert_form(HEAD "    field jml count 0..5 \"x\" optionall\n" TAIL, 4,
		    "optionall, expected optional, collected, unit, wrong, registered or words");
	assert_form(HEAD JML "    field jenis choice jeniss \"x\"\n" TAIL, 5,
		    "choice jeniss is not known, expected one that has a \"choice\" statement (did you mean jenis?)");
	assert_form(HEAD "    field kat category \"x\" words KATEGORI\n" JML TAIL, 4,
		    "field kat is known by its value, expected no words");
	assert_form(HEAD "    field hal text 1..50 \"x\" words HAL\n" JML TAIL, 4,
		    "field hal reaches to the end of the message, expected it to be the last");
	assert_form(HEAD JML "    field hal text 1..50 \"x\"\n" TAIL, 5,
		    "field hal has no words, expected \"words\" with some");
	assert_form(HEAD JML "    field a category \"x\"\n    field b category \"x\"\n" TAIL, 6,
		    "fields a and b cannot be told from each other, expected one of them");
	assert_form(HEAD JML "    field a numbers 1..5 \"x\" collected words A1\n" TAIL, 5,
		    "field a cannot be collected, expected that of numbers or a flag in a form with \"unique\"");
}

static void
rules_between_fields(void **state)
{
	(void)state;
	assert_form(HEAD JML "    field lain count 0..50 \"y\"\n    rule lain <= jml\n" TAIL, 0, NULL);
	assert_form(HEAD JML "    rule jnl <= jml\n" TAIL, 5,
		    "there is no field jnl (did you mean jml?), expected one that stands above");
	assert_form(HEAD JML "    rule jml => jml\n" TAIL, 5, "=>, expected <=, < or =");
	assert_form(HEAD JML "    rule jml <= last FCU-KBS.kbs\n" TAIL, 0, NULL);
	assert_form(HEAD JML "    rule jml <= last FCU-KBS.kb\n" TAIL, 5,
		    "last FCU-KBS.kb, expected FORM.field with a form and its field of type count");
	assert_form(HEAD JML "    field f flag \"x\" words ADAKAH\n    rule f <= jml\n" TAIL, 6,
		    "a rule compares numbers, expected fields of type count");
	assert_fault(FCU, "bound langkah by tahap 5 5 5 4 5 4 4", "bound langkah by tahap 5 5 5 4 5 4", 0,
		     "langkah has 6 bounds, expected one for each number from 1 of a field of type count");
	assert_fault(FCU, "5 5 5 4 5 4 4", "5 5 5 4 5 4 9", 0, "9, expected a bound from 1 to 5");
}

#define TERUS "reply TERUS_UJI \"{lembaga} {org} {no} {jml} {lain}\"\n"

static void
who_is_told_and_what_stands_beside(void **state)
{
	(void)state;
	assert_form(HEAD JML "    field jenis choice jenis \"x\"\n    overlap jenis answer OK_UJI\n"
		    "    tells TKSK, KAB send TERUS_UJI\n    tells others TERUS_UJI on overlap\n"
		    "    beside lain BUTUH.jml \"kebutuhan\" by jenis\n" TAIL TERUS, 0, NULL);
	assert_form(HEAD JML "    tells TKSKK TERUS_UJI\n" TAIL TERUS, 5,
		    "role TKSKK is not known, expected one that has a \"role\" statement (did you mean TKSK?)");
	assert_form(HEAD JML "    tells TKSK send TERUS_UJJ\n" TAIL TERUS, 5,
		    "reply TERUS_UJJ is not known, expected one that has a \"reply\" statement (did you mean TERUS_UJI?)");
	assert_form(HEAD JML "    tells others TERUS_UJI\n" TAIL "reply TERUS_UJI \"x\"\n", 5,
		    "overlaps are told, expected a line \"overlap\" that says what they are");
	assert_form(HEAD JML "    beside lain BUTUH.jmlh \"kebutuhan\"\n" TAIL, 5,
		    "BUTUH.jmlh, expected FORM.field with a form and its field of type count");
	assert_form(HEAD JML "    beside lain BUTUH.jml \"kebutuhan\" by jml\n" TAIL, 5,
		    "by jml, expected a category or choice that this form and BUTUH both have");
	assert_form(HEAD JML "    due jml month\n" TAIL, 5,
		    "jml, expected a field of type count behind \"unique organisation by\" in a form with \"period none\"");
	assert_fault(FCU, "while FCU 1", "while FCU-KBS 1", 0,
		     "FCU-KBS, expected a form that has a line \"due\", and \"period month\" in this one");
	assert_fault(FCU, "while FCU 1", "while FCV 1", 0, "form FCV is not known, expected one that has a \"form\" statement");
	assert_fault(FCU, "while FCU 1,", "while FCU 0,", 0, "0, expected stages from 1 to 99");
	assert_fault(FCU, "for tahap 1, 2, 4", "for tahap 1, 2, 9", 0, "9, expected a number of the field from 1 to 7");
	assert_fault(FCU, "pages BANTU_FCU1,", "pages BANTU_FCU0,", 0, "reply BANTU_FCU0 is not known, expected one");
	/* Whoever is answered knows who he is. */
	assert_form(HEAD JML "    place village\n    period month\n    answer OK_UJI\n    help \"UJI 3\"\n"
		    "reply OK_UJI \"{lembaga}: {jml}\"\n", 9, "{lembaga} has no value in this reply, expected jml desa wil per "
		    "no judul ketik contoh");
}

static void
words_of_forms(void **state)
{
	(void)state;
	assert_form("form UJI \"Uji\"\n    words LAYAN\n    who PSM\n" JML TAIL, 2,
		    "LAYAN means form LAYAN already at " LAYAN ":5, expected one meaning");
	assert_form("form UJI \"Uji\"\n    words LANSIA\n    who PSM\n" JML TAIL, 2,
		    "LANSIA is a word of a category already, expected a word with no other meaning");
	assert_form("form UJI \"Uji\"\n    words JML\n    who PSM\n" JML TAIL, 2,
		    "JML is a word of a verb already, expected a word with no other meaning");
	assert_form("form UJI \"Uji\"\n    words DATA\n    who PSM\n" JML TAIL, 2,
		    "DATA is a word to pass over already, expected a word with no other meaning");
	assert_form(HEAD "    field jml count 0..50 \"x\" words DESA\n" TAIL, 4,
		    "DESA is a word of another kind already, expected a word with no other meaning");
	assert_form(HEAD "    field jml count 0..50 \"x\" words LIMA\n" TAIL, 4,
		    "LIMA is a number already, expected a word with no other meaning");
	assert_form(HEAD "    field kat category \"k\"\n    field jml count 0..50 \"x\" words ANAK\n" TAIL, 5,
		    "ANAK is a word of a category already, expected a word with no other meaning");
	/* Without a category nothing else could be meant. */
	assert_form(HEAD "    field jml count 0..50 \"x\" words ANAK\n" TAIL, 0, NULL);
	assert_form(HEAD "    field jml count 0..50 \"x\" words SATUAN\n    field lain count 0..50 \"y\" words SATUAN\n" TAIL, 5,
		    "SATUAN means field jml already at 95-test.grammar:4, expected one meaning");
	/* The same mark in another form, the same option in another choice. */
	assert_form(HEAD "    field jml count 0..50 \"x\" words TAHAP\n" TAIL, 0, NULL);
	assert_form("choice lain\n    option SEMBAKO\n", 0, NULL);
	assert_form("choice jenis\n", 1, "choice jenis stands already at 85-choices.grammar:4, expected it once");
	assert_form("choice lain\n    opsi SEMBAKO\n", 2, "opsi cannot stand below \"choice\", expected option");
	assert_fault(FCU, "words DASAR, FUNGSI, MANDIRI", "words KBS, FUNGSI, MANDIRI", 0, "KBS means form FCU-KBS already");
}

static void
texts_of_forms(void **state)
{
	(void)state;
	assert_fault(KUBE, "{kube} kelompok", "{kubes} kelompok", 0,
		     "{kubes} has no value in this reply, expected kube desa wil per no judul ketik contoh");
	assert_fault(KUBE, "Ini angka TOTAL. Salah? balas", "Ini angka TOTAL, bukan tambahan, dan semua kelompok yang masih "
		     "berjalan di desa itu. Salah? Mohon balas", 0, "reply OK_KUBE may get ");
	assert_fault(KUBE, "answer OK_KUBE", "answer OK_KUBA", 0,
		     "reply OK_KUBA is not known, expected one that has a \"reply\" statement (did you mean OK_KUBE?)");
	assert_fault(KUBE, "reply OK_KUBE", "reply OK_LEBIH \"x\"\nreply OK_KUBE", 0, "nothing ever sends reply OK_LEBIH");
	assert_fault(KUBE, "help \"KUBE 3", "help \"KUBE 3 KELOMPOK YANG MASIH BERJALAN SAMPAI HARI INI DI DALAM WILAYAH", 0,
		     "the example has ");
	assert_fault(FCU, "    answer OK_FCU_MULAI\n", "", -1,
		     "the last answer has an \"if\", expected one for all other messages");
	assert_fault(FCU, "if selesai for", "if seleasi for", 0, "if seleasi, expected the name of a field");
	/* A text is never repeated. */
	assert_fault("90-kunjung.grammar", "{per} dicatat", "{per} {hal} dicatat", 0, "{hal} has no value in this reply");
}

static void
keys_and_places(void **state)
{
	(void)state;
	assert_form(HEAD JML "    unique organization\n" TAIL, 5, "organization, expected \"organisation\"");
	assert_form(HEAD JML "    unique organisation by jml\n" TAIL, 0, NULL);
	assert_form(HEAD "    field jml count 0..50 \"x\" optional\n    unique organisation by jml\n" TAIL, 5,
		    "jml, expected fields of type count, category or choice that are not optional");
	assert_form(HEAD JML "    series UJI\n    unique organisation\n" TAIL, 5,
		    "numbers of its own and \"unique\", expected one of them");
	assert_form(HEAD JML "    follows jml\n" TAIL, 5,
		    "jml, expected a field of type count behind \"unique organisation by\"");
	assert_form(HEAD JML "    place desa\n", 5, "desa, expected village, part, kecamatan or none");
	assert_form(HEAD JML "    period week\n", 5, "week, expected \"none\"");
	assert_form(HEAD JML "    tells TKSK OK_UJII\n" TAIL, 5, "reply OK_UJII is not known");
	assert_form(HEAD JML "    tells TKSS OK_UJI\n" TAIL, 5,
		    "role TKSS is not known, expected one that has a \"role\" statement (did you mean TKSK?)");
	assert_form(HEAD JML "    result jml, desaa\n" TAIL, 5, "there is no field desaa, expected one that stands above");
	assert_fault(FCU, "    under FCU\n    words KBS", "    under FCU-DASAR\n    words KBS", 0,
		     "form FCU-DASAR stands under another itself, expected one that does not");
	assert_fault(LAYAN, "overlap kat, jenis answer", "overlap kat, jenis reply", 0,
		     "there is no field reply, expected one that stands above");
}

static void
shipped_forms(void **state)
{
	static const char *const names[] = {
		"LAYAN", "CSR", "BUTUH", "SULUH", "KUNJUNG", "KUBE", "FCU", "FCU-KBS", "FCU-DASAR", "FCU-BERKAS",
		"FCU-GANGGUAN", "CALON", "CALON-PENGALAMAN",
	};
	char *error;
	struct grammar *grammar = grammar_load("grammars", NULL, &error);
	const struct form *kbs;

	(void)state;
	assert_non_null(grammar);
	assert_int_equal(grammar->form_count, sizeof names / sizeof *names);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_true(grammar_form(grammar, names[i]) >= 0);
	kbs = &grammar->forms[grammar_form(grammar, "FCU-KBS")];
	assert_string_equal(grammar_form_verb(grammar, grammar_form(grammar, "FCU-KBS")), "FCU");
	/* By the role's own "may FCU", and by the form's "who". */
	assert_true(kbs->who[grammar_role(grammar, "FCU")] && kbs->who[grammar_role(grammar, "TKSK")]);
	assert_true(kbs->who[grammar_role(grammar, "PSM")] && !kbs->who[grammar_role(grammar, "KT")]);
	assert_false(grammar->forms[grammar_form(grammar, "FCU")].who[grammar_role(grammar, "PSM")]);
	assert_true(grammar->forms[grammar_form(grammar, "CSR")].who[grammar_role(grammar, "DU")]);
	grammar_free(grammar);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_needs_little), cmocka_unit_test(fields), cmocka_unit_test(rules_between_fields),
		cmocka_unit_test(who_is_told_and_what_stands_beside),
		cmocka_unit_test(words_of_forms), cmocka_unit_test(texts_of_forms), cmocka_unit_test(keys_and_places),
		cmocka_unit_test(shipped_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
