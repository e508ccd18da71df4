/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar: what the shipped files say, and what the loader says about broken ones. Each case is a copy of
 * grammars/ with one place changed. Runs in the repository's directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "grammar_copy.h"
#include "lang/grammar.h"
#include "lang/place.h"

#define CATEGORIES "30-categories-pmks-2009.grammar"
#define NEW_LIST "31-categories-ppks-2012.grammar"

static struct grammar *real;

static int
set_up(void **state)
{
	char *error;

	(void)state;
	real = grammar_load("grammars", NULL, &error);
	if (real == NULL)
		fprintf(stderr, "%s\n", error);
	free(error);
	return real != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	grammar_free(real);
	return 0;
}

static void
test_lines_that_cannot_be_read(void **state)
{
	static char overlong[1300];

	(void)state;
	assert_fault("50-roles.grammar", "role PSM", "rolle PSM", 0,
		     "rolle is no statement (did you mean role?), expected one such as category, words, verb, role, form, "
		     "limit or reply");
	assert_fault("50-roles.grammar", "role PSM", "\"role\" PSM", 0, "role is no statement");
	assert_fault("50-roles.grammar", "Masyarakat\"", "Masyarakat", 0,
		     "a quoted text does not end, expected \" before the end of the line");
	assert_fault("50-roles.grammar", "role PSM", "role\aPSM", 0, "a control character, expected plain text");
	memset(overlong, 'A', 1200);
	strcpy(overlong + 1200, ", ADALAH");
	assert_fault("10-words.grammar", "ADALAH", overlong, 0, "the line has 1");
	assert_fault("60-limits.grammar", "limit late-day", "    limit late-day", 0,
		     "limit has blanks before it but no statement above, expected one");
}

static void
test_pieces_that_do_not_belong(void **state)
{
	(void)state;
	assert_fault("50-roles.grammar", "role PSM \"Pekerja Sosial Masyarakat\"", "role PSM", 0,
		     "the line ends, expected the title of the role in quotes");
	assert_fault("50-roles.grammar", "role PSM", "role \"PSM\"", 0, "\"PSM\" in quotes, expected the name of the role");
	assert_fault("50-roles.grammar", "scope village", "scope village x", 0, "x is too much, expected the end of the line");
	assert_fault("50-roles.grammar", "scope village", "scop village", 0,
		     "scop cannot stand below \"role\", expected scope, may");
	assert_fault("50-roles.grammar", "scope village", "scope village\n    scope part", 1,
		     "scope stands twice below this \"role\", expected it once");
	assert_fault("50-roles.grammar", "scope village\n    words PSM", "words PSM", -1,
		     "nothing says \"scope\" below this \"role\", expected it");
}

static void
test_words(void **state)
{
	(void)state;
	assert_fault("10-words.grammar", "words stop", "words stopp", 0,
		     "there is no kind of words \"stopp\" (did you mean stop?), expected stop, increment, estimate, desa or "
		     "another that the program knows");
	assert_fault("10-words.grammar", "ADA, ADALAH", "ADA,, ADALAH", 0, "nothing before the comma, expected a word");
	assert_fault("10-words.grammar", "ADA, ADALAH", "ADA, \"ADALAH\"", 0,
		     "\"ADALAH\" in quotes, expected a word without quotes");
	assert_fault("10-words.grammar", "ADA, ADALAH", "ADA, 123", 0,
		     "\"123\", expected letters, and at most digits and - / . between them");
	assert_fault("10-words.grammar", "ADA, ADALAH", "ADA, A;B", 0, "\"A;B\", expected letters");
	assert_fault("10-words.grammar", "ADA, ADALAH", "A B C D E F", 0, "\"A B C D E F\" has 6 words, expected at most 5");
	assert_fault("10-words.grammar", "month 3 ", "month 13 ", 0, "13, expected a month from 1 to 12");
	assert_fault("10-words.grammar", "words this\n", "words last\n", ANYWHERE,
		     "there are no words of that kind, expected a \"words this\" with some");
}

static void
test_alerts(void **state)
{
	(void)state;
	assert_fault(CATEGORIES, "alert     above 20 orang", "alert     over 20 orang", 0, "over, expected \"above\"");
	assert_fault(CATEGORIES, "20 orang, 5 keluarga", "20 orang, 5 kelompok", 0,
		     "unit kelompok, expected one that stands above in this category");
	assert_fault(CATEGORIES, "keluarga to TKSK, KAB", "keluarga to TKSK, KABB", 0,
		     "role KABB is not known, expected one that has a \"role\" statement");
}

static void
test_one_word_with_two_meanings(void **state)
{
	(void)state;
	assert_fault(CATEGORIES, "also      AN,", "also      AT, AN,", 0,
		     "AT means category 02 already at " CATEGORIES ":48, expected one meaning");
	assert_fault(CATEGORIES, "PMBS, PEKERJA", "PMBS, anak  Jalan-an, PEKERJA", 0, "ANAKJALANAN means category 04 already at ");
	assert_fault(CATEGORIES, "ambiguous GEPENG", "ambiguous TUNAWISMA", 0,
		     "TUNAWISMA means category 11 already at ");
	assert_fault("10-words.grammar", "SEPT, SEPTEMBER", "SEPT, AGT", 0,
		     "AGT means month 8 already at 10-words.grammar:");
	assert_fault("40-verbs.grammar", "words TOLAK", "words TOLAK, ACC", 0,
		     "ACC means verb SETUJU already at 40-verbs.grammar:");
	assert_fault("20-numbers.grammar", "value 4     OPAT", "value 5     OPAT, SATU", 0, "SATU means number 1 already at ");
	assert_fault("20-numbers.grammar", "words KOMUNITAS", "words KOMUNITAS, ORG", 0, "ORG means unit orang already at ");
}

/* PITU is 7 in Javanese and in Batak: these do not meet. In one place they would. */
static void
test_tongues_meet_only_where_both_are_spoken(void **state)
{
	char *error;
	struct grammar *grammar;

	(void)state;
	copy_grammars();
	replace("20-numbers.grammar", "value 7     PITU\n", "value 9     PITU\n");
	grammar = grammar_load(copied, NULL, &error);
	remove_copy();
	assert_non_null(grammar);
	assert_int_equal(grammar->numerals[grammar_numeral(grammar, "PITU", "12.02.01")].value, 9);
	assert_int_equal(grammar->numerals[grammar_numeral(grammar, "PITU", "33.19.01")].value, 7);
	grammar_free(grammar);

	copy_grammars();
	replace("20-numbers.grammar", "value 7     PITU\n", "value 9     PITU\n");
	replace("20-numbers.grammar", "spoken 12.02 ", "spoken 12.02, 33 ");
	assert_null(grammar_load(copied, NULL, &error));
	remove_copy();
	assert_non_null(strstr(error, "PITU means number 7 already at "));
	free(error);
}

static void
test_numbers_and_units(void **state)
{
	(void)state;
	assert_fault("20-numbers.grammar", "value 3     TIGA", "value tiga  TIGA", 0, "tiga, expected a value from 0 to 9999");
	assert_fault("20-numbers.grammar", "value 3     TIGA", "value 3", 0, "the line ends, expected words");
	assert_fault("20-numbers.grammar", "times 10    PULUH", "times 5     PULUH", 0, "5, expected a factor from 10 to 1000");
	assert_fault("20-numbers.grammar", "counted 1 orang  SE", "counted 1 orng SE", 0,
		     "unit orng is not known, expected one that has a \"unit\" statement (did you mean orang?)");
	assert_fault("20-numbers.grammar", "spoken 32.07 ", "spoken Ciamis ", 0,
		     "Ciamis, expected codes of areas such as 32 or 32.07, or \"everywhere\"");
	assert_fault("20-numbers.grammar", "    spoken 32.07 ", "    # ", -1,
		     "nothing says \"spoken\" below this \"tongue\", expected it");
	assert_fault("20-numbers.grammar", "unit komunitas", "unit orang", 0, "unit orang stands already at 20-numbers.grammar:");
	assert_fault("20-numbers.grammar", "unit komunitas", "unit komunitasadat", 0,
		     "unit komunitasadat has 13 letters, expected at most 10");
}

static void
test_categories(void **state)
{
	(void)state;
	assert_fault(CATEGORIES, "category 02 ANAK", "category 01 ANAK", 0,
		     "code 01 stands already at " CATEGORIES ":");
	assert_fault(CATEGORIES, "category 02 ANAK", "category 2 ANAK", 0,
		     "code 2, expected two or three digits, the first may be a capital letter");
	assert_fault(CATEGORIES, "category 02 ANAK", "category 02 anak", 0,
		     "keyword anak, expected one word of at most 10 capital letters");
	assert_fault(CATEGORIES, "category 02 ANAK", "category 02 ANAKTERLANTAR", 0,
		     "keyword ANAKTERLANTAR, expected one word of at most 10 capital letters");
	assert_fault(CATEGORIES, "family    PSKS", "family    PSK", 0,
		     "family PSK is not known, expected one that has a \"family\" statement (did you mean PSKS?)");
	assert_fault(CATEGORIES, "list      pmks-2009", "list      pmks-2008", 0, "list pmks-2008 is not known, expected one");
	assert_fault(CATEGORIES, "unit      orang max 500", "unit      jiwa max 500", 0, "unit jiwa is not known, expected one");
	assert_fault(CATEGORIES, "unit      orang max 500", "unit      orang", 0, "the line ends, expected \"max\"");
	assert_fault(CATEGORIES, "unit      orang max 500", "unit      orang max 0", 0,
		     "0, expected the largest count from 1 to 99999");
	assert_fault(CATEGORIES, "unit      orang max 500\n", "unit      orang max 500\n    unit orang max 3\n", 1,
		     "the unit stands twice in this category, expected it once");
	assert_fault(CATEGORIES, "category 22 RENTAN \"Keluarga Rentan\"", "category 22 RENTAN \"\"\ncategory 23 RENTANA \"x\"", 0,
		     "nothing says \"unit\" below this \"category\", expected it");
	assert_fault(CATEGORIES, "unit      rumah as keluarga", "unit      rumah as orang", -5,
		     "rumah is read as orang, in which category 15 is not counted; expected \"unit orang max ...\"");
	assert_fault(CATEGORIES, "age       5..18", "age       5-18", 0, "5-18, expected ages such as 5..18");
	assert_fault(CATEGORIES, "age       5..18", "age       18..5", 0,
		     "18..5, expected ages from 0 to 120, the smaller first");
	assert_fault(CATEGORIES, "sex       P", "sex       W", 0, "W, expected P (perempuan) or L (laki-laki)");
}

static void
test_typing_errors_are_forgiven_with_care(void **state)
{
	(void)state;
	assert_fault(CATEGORIES, "also      NARKOBA,", "fuzzy NARKOBA\n    also      NARKOBA,", 0,
		     "fuzzy NARKOBA in a secret category, expected its words to be typed exactly");
	assert_fault(CATEGORIES, "fuzzy     LANSIA", "fuzzy     LUT", 0, "fuzzy LUT is too short, expected at least 6 letters");
	assert_fault(CATEGORIES, "fuzzy     LANSIA", "fuzzy     MIGRAN", 0,
		     "fuzzy MIGRAN is no word of this category, expected one of its words");
	assert_fault("40-verbs.grammar", "words RALAT, RALT, KOREKSI, REVISI", "words RALAT\n    fuzzy RALAT", 1,
		     "verb RALAT changes something, so its words must be typed exactly; expected fuzzy only in JUMLAH, REKAP, "
		     "BELUM, STATUS, BANTUAN");
}

static void
test_ambiguous_words(void **state)
{
	(void)state;
	assert_fault(CATEGORIES, "reply     E_AMBIGU_KBS", "reply     E_AMBIGU_KBX", 0,
		     "reply E_AMBIGU_KBX is not known, expected one that has a \"reply\" statement (did you mean E_AMBIGU_KBS?)");
	assert_fault(CATEGORIES, "after     PMKS means 19", "after     PMKS means 99", -3,
		     "category 99 is not in list pmks-2009, expected one that is");
	assert_fault(CATEGORIES, "after     PMKS means 19", "after     PMKS is 19", 0, "is, expected \"means\"");
	assert_fault(CATEGORIES, "ambiguous GEPENG", "ambiguous", 0, "the line ends, expected a word");
}

static void
test_lists(void **state)
{
	char *error;

	(void)state;
	assert_fault(CATEGORIES, "default-list pmks-2009", "", ANYWHERE,
		     "no default-list, expected a line such as \"default-list pmks-2009\"");
	assert_fault(CATEGORIES, "default-list pmks-2009", "default-list pmks-2008", 0,
		     "list pmks-2008 is not known, expected one that has a \"list\" statement");
	assert_fault(CATEGORIES, "default-list pmks-2009", "default-list pmks-2009\ndefault-list pmks-2009", 1,
		     "default-list stands already at " CATEGORIES ":");
	assert_null(grammar_load("grammars", "pmks-1999", &error));
	assert_string_equal(error, "grammars: list pmks-1999 was asked for, expected one that has a \"list\" statement");
	free(error);
}

static void
test_what_belongs_to_a_list(void **state)
{
	(void)state;
	assert_fault(CATEGORIES, "codes     BANTU_KODE1, BANTU_KODE2", "# none", -1,
		     "nothing says \"codes\" below this \"list\", expected it");
	assert_fault(CATEGORIES, "BANTU_KODE2", "BANTU_KODE9", 0,
		     "reply BANTU_KODE9 is not known, expected one that has a \"reply\" statement (did you mean BANTU_KODE");
	assert_fault("70-replies.grammar", "reply BANTU_KODE2 ", "reply BANTU_KODE2 \"x\"\nreply BANTU_KODE3 ", 1,
		     "nothing ever sends reply BANTU_KODE3, expected one that the program knows, an ambiguous word asks, a "
		     "form answers, a reminder sends or a list shows");
	assert_fault(CATEGORIES, "also      LUT, LANJUT USIA,", "also      LUT, ABH, LANJUT USIA,", 0,
		     "ABH means another meaning already at " CATEGORIES ":");
	assert_fault(CATEGORIES, "refused   ABH", "rejected  ABH", 0,
		     "rejected cannot stand below \"list\", expected codes, refused");
	assert_fault(CATEGORIES, "rest      0..3", "rest      3", 0, "3, expected months such as 5..18");
	assert_fault(CATEGORIES, "rest      0..3", "rest      3..0", 0,
		     "3..0, expected months from 0 to 999, the smaller first");
	assert_fault(CATEGORIES, "married   0..5", "married   0..500", 0,
		     "0..500, expected years from 0 to 120, the smaller first");
	assert_fault("50-roles.grammar", "age 25..50", "age 25", 0, "25, expected ages such as 5..18");
}

static void
test_crosswalks(void **state)
{
	(void)state;
	assert_fault(NEW_LIST, "crosswalk pmks-2009 ppks-2012", "crosswalk pmks-2009", 0,
		     "the line ends, expected the name of another list");
	assert_fault(NEW_LIST, "crosswalk pmks-2009 ppks-2012", "crosswalk pmks-2009 ppks-2013", 0,
		     "list ppks-2013 is not known, expected one that has a \"list\" statement");
	assert_fault(NEW_LIST, "crosswalk pmks-2009 ppks-2012", "crosswalk pmks-2009 pmks-2009", 0,
		     "a crosswalk from a list into itself, expected another list");
	assert_fault(NEW_LIST, "    P5 -> P12\n", "    P5 -> P12\ncrosswalk pmks-2009 ppks-2012\n    01 -> 01\n", 1,
		     "crosswalk pmks-2009 ppks-2012 stands already at " NEW_LIST ":");
	assert_fault(NEW_LIST, "    08 -> 09\n", "    08 -> 29\n", 0, "category 29 is not in list ppks-2012, expected one that is");
	assert_fault(NEW_LIST, "    08 -> 09\n", "    28 -> 09\n", 0, "category 28 is not in list pmks-2009, expected one that is");
	assert_fault(NEW_LIST, "    08 -> 09\n", "    08 -> 09\n    08 -> 10\n", 1,
		     "category 08 stands twice in this crosswalk, expected it once");
	assert_fault(NEW_LIST, "    08 -> 09\n", "", -8,
		     "nothing says what became of category 08, expected a line such as \"08 -> 01\" or \"08 broken\"");
	assert_fault(NEW_LIST, "    08 -> 09\n", "    08 -> 24\n", 0,
		     "08 and 24 are not counted in the same unit, expected \"broken\" behind them");
	assert_fault(NEW_LIST, "    08 -> 09\n", "    08 = 09\n", 0, "=, expected \"->\"");
	assert_fault(NEW_LIST, "    08 -> 09\n", "    08 -> 09 maybe\n", 0, "maybe, expected \"broken\"");
	assert_fault(NEW_LIST, "    08 -> 09\n", "    08 ->\n", 0, "the line ends, expected the code of a category");
}

static void
test_verbs_and_roles(void **state)
{
	(void)state;
	assert_fault("40-verbs.grammar", "verb TOLAK", "verb TOLAX", 0,
		     "there is no verb TOLAX (did you mean TOLAK?), expected LAPOR, RALAT, BATAL or another that the program knows");
	assert_fault("40-verbs.grammar", "verb TOLAK", "verb LAPOR", 0,
		     "verb LAPOR has no words of its own, expected the words of a family");
	assert_fault("40-verbs.grammar", "verb TOLAK\n    words TOLAK\n    help  \"TOLAK 17\"\n", "", ANYWHERE,
		     "verb TOLAK has no words, expected a \"verb TOLAK\" with some");
	assert_fault("40-verbs.grammar", "help  \"SETUJU 17\"", "help  \"SETUJU {no}\"", 0,
		     "{no} in an example, expected {contoh}, {kec}, {besok} or {bln}");
	assert_fault("40-verbs.grammar", "help  \"SETUJU 17\"", "help  \"SETUJU [17]\"", 0,
		     "the example has \"[17]\", expected plain letters and marks");
	assert_fault("40-verbs.grammar", "help  \"SETUJU 17\"",
		     "help  \"SETUJU 17 {contoh} {contoh} {contoh} {contoh}\"", 0, "the example has 73 letters, expected 1 to 60");
	assert_fault("50-roles.grammar", "may LAPOR, KASUS", "may LAPOR, KASSUS", 0, "there is no verb KASSUS (did you mean KASUS?)");
	assert_fault("50-roles.grammar", "    approvers TKSK, KAB\n", "    approvers CAMAT, KAB\n", -4,
		     "approver CAMAT of role PSM may not SETUJU and TOLAK, expected one that may");
	assert_fault("50-roles.grammar", "    approvers TKSK, KAB\n", "    approvers TKKS\n", 0,
		     "role TKKS is not known, expected one that has a \"role\" statement (did you mean TKSK?)");
	assert_fault("50-roles.grammar", "scope village", "scope desa", 0,
		     "scope desa, expected none, part, village, kecamatan, kabupaten, province or country");
	assert_fault("50-roles.grammar", "role KT ", "role PSM ", 0, "role PSM stands already at 50-roles.grammar:");
	assert_fault("50-roles.grammar", "role KT ", "role KARTARUNA ", 0, "role KARTARUNA has 9 letters, expected at most 6");
	assert_fault("50-roles.grammar", "everyone ", "waiting ", 4,
		     "waiting waiting stands already at 50-roles.grammar:");
}

static void
test_limits_zones_aliases(void **state)
{
	(void)state;
	assert_fault("60-limits.grammar", "limit late-day ", "limit late-days ", 0,
		     "there is no limit late-days (did you mean late-day?), expected one that the program knows");
	assert_fault("60-limits.grammar", "late-day          5 ", "late-day          31 ", 0, "31, expected a number from 0 to 27");
	assert_fault("60-limits.grammar", "limit repeats ", "# ", ANYWHERE,
		     "limit repeats is not set, expected a line \"limit repeats ...\"");
	assert_fault("60-limits.grammar", "limit repeats ", "limit text ", 0, "3, expected a number from 160 to 2448");
	assert_fault("60-limits.grammar", "zone WITA +8", "zone WITA 8", 0, "8, expected hours before Greenwich such as +7");
	assert_fault("60-limits.grammar", "provinces others", "provinces 11", ANYWHERE,
		     "0 zones are for all other provinces, expected one with \"provinces others\"");
	assert_fault("60-limits.grammar", "provinces 81, 82", "provinces 81, 51", -1,
		     "province 51 is in zone WITA already, expected it in one");
	assert_fault("60-limits.grammar", "provinces 81, 82", "provinces Maluku", 0,
		     "Maluku, expected codes of provinces such as 32");
	assert_fault("80-villages.grammar", "alias 12.02.14.2006", "alias 12.02.1", 0,
		     "12.02.1, expected the code of a village such as 32.07.34.2007, or of an area such as 32.07");
	assert_fault("80-villages.grammar", "\"Simpang Bolon\"", "Simpang Bolon", 0,
		     "Simpang, expected another name of the place in quotes");
	assert_fault("80-villages.grammar", "\"Simpang Bolon\"", "\"Simpang Bolon\" \"X\"", 0, "\"X\" in quotes, expected a comma");
	assert_fault("80-villages.grammar", "\"Simpang Bolon\"", "\"\"", 0, "a name of 0 letters, expected 1 to 63");
}

static void
test_replies(void **state)
{
	(void)state;
	assert_fault("70-replies.grammar", "reply OK_LAPOR  ", "reply OK_LAPR ", 0,
		     "nothing ever sends reply OK_LAPR (did you mean OK_LAPOR?), expected one that the program knows, an "
		     "ambiguous word asks, a form answers, a reminder sends or a list shows");
	assert_fault("70-replies.grammar", "reply OK_LAPOR  ", "reply OK_LAPR ", ANYWHERE,
		     "reply OK_LAPOR is missing, expected a line \"reply OK_LAPOR \"...\"\"");
	assert_fault("70-replies.grammar", "reply OK_LAPOR_FUZZY ", "reply OK_LAPOR ", 0,
		     "reply OK_LAPOR stands already at 70-replies.grammar:");
	assert_fault("77-menu.grammar", "\"Kesos {wil}\"", "\"Kesejahteraan sosial {wil}, silakan pilih\"", 0,
		     "reply MENU_UTAMA may get 147 characters long with all entries, expected at most 141");
	assert_fault("77-menu.grammar", "\"Laki-laki\"", "\"Laki-laki, atau siapa pun yang bukan perempuan\"", 0,
		     "reply MENU_LAKI may get 46 characters long, expected at most 39");
	assert_fault("77-menu.grammar", "\"Pilihan tidak ada.\"", "\"Pilihan itu tidak ada, mohon pilih yang lain.\"", -19,
		     "reply MENU_KIRIM may get 128 characters long, MENU_SALAH above it, expected at most 114");
	assert_fault("70-replies.grammar", "Ini angka TOTAL.", "Ini angka TOTAL, bukan tambahan.", 0,
		     "reply OK_LAPOR may get 169 characters long, expected at most 160: take 9 away");
	assert_fault("70-replies.grammar", "{isi}. Ini angka", "{kec}. Ini angka", 0,
		     "{kec} has no value in this reply, expected no desa per isi");
	assert_fault("70-replies.grammar", "{isi}. Ini angka", "{isi. Ini angka", 0,
		     "{ without a name and }, expected a placeholder such as {desa}");
	assert_fault("70-replies.grammar", "Ini angka TOTAL.", "Ini angka [TOTAL].", 0,
		     "the text has a [, which makes an SMS longer; expected plain letters and marks");
	assert_fault("70-replies.grammar", "Ini angka TOTAL.", "Ini angka \xE2\x80\x9CTOTAL\xE2\x80\x9D.", 0, "the text has \"\xE2\x80\x9C");
	assert_fault("70-replies.grammar", "KBS punya dua arti,", "{kata} punya dua arti,", 0,
		     "{kata} has no value in this reply, expected no placeholder at all");
	assert_fault("70-replies.grammar", "\"{desa} {per}: {kat} disahkan {n}. Terima kasih.\"", "\"\"", 0,
		     "the text is empty, expected something to say");
}

/* Names may stand anywhere; what was left out as faulty is not complained about again. */
static void
test_many_faults_come_at_once_but_not_too_many(void **state)
{
	char *error, *c;
	size_t lines = 1;

	(void)state;
	copy_grammars();
	replace("40-verbs.grammar", "verb TOLAK", "verb TOLAX");
	replace("60-limits.grammar", "limit text", "limit txt");
	assert_null(grammar_load(copied, NULL, &error));
	remove_copy();
	strip_dir(error);
	assert_non_null(strstr(error, "40-verbs.grammar:"));
	assert_non_null(strstr(error, "\n60-limits.grammar:"));
	assert_null(strstr(error, "DIR:"));
	free(error);

	copy_grammars();
	memset(bytes, 0, sizeof bytes);
	for (int i = 0; i < 5000; i++)
		strcpy(bytes + 4 * (size_t)i, "xyz\n");
	write_bytes("99.grammar", bytes, strlen(bytes));
	assert_null(grammar_load(copied, NULL, &error));
	remove_copy();
	for (c = error; *c != '\0'; c++)
		lines += *c == '\n';
	assert_int_equal(lines, 21);
	assert_non_null(strstr(error, "\nand more; these first"));
	free(error);
}

static void
test_directories(void **state)
{
	char *error;

	(void)state;
	assert_null(grammar_load("/nowhere", NULL, &error));
	assert_non_null(strstr(error, "/nowhere: No such file or directory, expected a directory with grammar files"));
	free(error);
	assert_null(grammar_load("src/lang", NULL, &error));
	assert_non_null(strstr(error, "src/lang: no file, expected some that end in .grammar"));
	free(error);
}

/* Officers use other editors than we do. */
static void
test_line_ends_byte_order_marks_and_case(void **state)
{
	char *error, *crlf = malloc(sizeof bytes);
	struct grammar *grammar;
	size_t length, used = 3;
	char path[300];

	(void)state;
	copy_grammars();
	snprintf(path, sizeof path, "%s/10-words.grammar", copied);
	replace("10-words.grammar", "ADA, ADALAH", "ada, Adalah,  ter  dapat");
	length = read_bytes(path, bytes, sizeof bytes);
	memcpy(crlf, "\xEF\xBB\xBF", 3);
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\n')
			crlf[used++] = '\r';
		crlf[used++] = bytes[i];
	}
	write_bytes("10-words.grammar", crlf, used);
	grammar = grammar_load(copied, NULL, &error);
	if (grammar == NULL)
		fail_msg("%s", error);
	assert_int_equal(grammar_word(grammar, WORD_STOP, "ADALAH"), 0);
	assert_int_equal(grammar_word(grammar, WORD_STOP, "TERDAPAT"), 0);
	grammar_free(grammar);

	crlf[10] = '\0';
	write_bytes("10-words.grammar", crlf, used);
	assert_null(grammar_load(copied, NULL, &error));
	strip_dir(error);
	assert_int_equal(strncmp(error, "10-words.grammar:1: a control character, expected plain text", 60), 0);
	free(error);
	free(crlf);
	remove_copy();
}

/* The same words in another list are no conflict; only the list in force is understood. */
static void
test_another_list_is_another_file(void **state)
{
	static const char other[] =
		"list pmks-2012 \"26 kategori\"\n    codes BANTU_KODE2\n"
		"category 02 ABH \"Anak yang Berhadapan dengan Hukum\"\n"
		"    family PMKS\n    list pmks-2012\n    also NAKAL, GEPENG\n    unit orang max 500\n    age 6..18\n"
		"list pmks-2030 \"Kelak\"\n    codes BANTU_KODE1\n    refused PKH\n";
	struct grammar *grammar;
	char *error;

	(void)state;
	copy_grammars();
	write_bytes("32-categories.grammar", other, strlen(other));
	grammar = grammar_load(copied, NULL, &error);
	assert_non_null(grammar);
	assert_int_equal(grammar_word(grammar, WORD_CATEGORY, "NAKAL"), grammar_category(grammar, "03"));
	assert_int_equal(grammar_word(grammar, WORD_CATEGORY, "ABH"), -1);
	assert_true(grammar_word(grammar, WORD_AMBIGUOUS, "GEPENG") >= 0);
	grammar_free(grammar);
	grammar = grammar_load(copied, "pmks-2012", &error);
	assert_non_null(grammar);
	assert_int_equal(grammar_word(grammar, WORD_CATEGORY, "NAKAL"), grammar_category(grammar, "02"));
	assert_int_equal(grammar_word(grammar, WORD_CATEGORY, "LANSIA"), -1);
	assert_int_equal(grammar_word(grammar, WORD_AMBIGUOUS, "GEPENG"), -1);
	assert_int_equal(grammar_category_near(grammar, "LANSIS"), -1);
	assert_int_equal(grammar_category(grammar, "07"), -1);
	grammar_free(grammar);
	remove_copy();
}

/* Whatever stands in the files, it is an answer and never a crash. */
static void
test_broken_bytes(void **state)
{
	static const char strange[] = "\"#,\n \t\r{}\xC3\x00zA1";
	char path[300], *error;
	unsigned seed = 20261020;

	(void)state;
	for (int round = 0; round < 60; round++) {
		static const char *const files[] = {
			"10-words.grammar", "20-numbers.grammar", CATEGORIES, "50-roles.grammar", "70-replies.grammar",
		};
		const char *file = files[round % 5];
		struct grammar *grammar;
		size_t length;

		copy_grammars();
		snprintf(path, sizeof path, "%s/%s", copied, file);
		length = read_bytes(path, bytes, sizeof bytes);
		for (int i = 0; i <= round; i++) {
			seed = seed * 1103515245u + 12345u;
			bytes[(seed >> 8) % length] = strange[(seed >> 4) % (sizeof strange - 1)];
		}
		write_bytes(file, bytes, length - seed % 40);
		grammar = grammar_load(copied, NULL, &error);
		assert_true((grammar == NULL) == (error != NULL));
		grammar_free(grammar);
		free(error);
		remove_copy();
	}
}

/* What the shipped files say. */

static const struct category *
category(const char *key)
{
	int index = grammar_word(real, WORD_CATEGORY, key);

	assert_true(index >= 0);
	return &real->categories[index];
}

static void
test_shipped_categories(void **state)
{
	size_t problems = 0, helpers = 0;

	(void)state;
	for (size_t i = 0; i < real->category_count; i++) {
		const struct category *c = &real->categories[i];

		if (c->list != real->active_list)
			continue;
		problems += strcmp(real->families[c->family].name, "PMKS") == 0;
		helpers += strcmp(real->families[c->family].name, "PSKS") == 0;
		assert_int_equal(grammar_word(real, WORD_CATEGORY, c->keyword), (int)i);
	}
	assert_int_equal(problems, 22);
	assert_int_equal(helpers, 5);
	assert_string_equal(category("LANJUTUSIA")->code, "07");
	assert_int_equal(category("LANSIA")->age_min, 60);
	assert_string_equal(category("DUUKS")->code, "P5");
	assert_string_equal(category("KELUARGABERUMAHTIDAKLAYAKHUNI")->code, "15");
	assert_int_equal(category("WRSE")->sex, 'P');
	assert_int_equal(category("MISKIN")->age_min, -1);
	assert_true(category("ODHA")->secret && category("ODHA")->specific && !category("LANSIA")->secret);
	assert_true(category("BWBLK")->rest.least == 0 && category("BWBLK")->rest.most == 3);
	assert_true(category("RENTAN")->married.least == 0 && category("RENTAN")->married.most == 5);
	assert_true(category("BWBLK")->married.most == -1 && category("LANSIA")->rest.most == -1);
	assert_int_equal(category("KAT")->unit_count, 3);
	assert_int_equal(category("KAT")->units[1].max, 2000);
	assert_int_equal(category("KAT")->reads_unit, grammar_unit(real, "kelompok"));
	assert_int_equal(category("RTLH")->reads_as, grammar_unit(real, "keluarga"));
	assert_int_equal(category("PENGUNGSI")->units[1].unit, grammar_unit(real, "keluarga"));
}

/* The second list: ages of the regulation, what is secret, and what became of the first one's categories. */
static void
test_shipped_second_list(void **state)
{
	static const struct { const char *word, *code; int youngest, oldest; bool secret; } stated[] = {
		{ "BALITA", "01", 0, 5, false }, { "ANAK", "02", 6, 18, false }, { "ABH", "03", 6, 18, false },
		{ "ANJAL", "04", 5, 18, false }, { "ANAKCACAT", "05", 0, 17, false }, { "AKTK", "06", 0, 17, true },
		{ "AMPK", "07", 6, 18, true }, { "JOMPO", "08", 60, 120, false }, { "CACAT", "09", 0, 120, false },
		{ "WTS", "10", 0, 120, true }, { "TUNAWISMA", "11", 0, 120, false }, { "PGMS", "12", 0, 120, false },
		{ "PEMULUNG", "13", 0, 120, false }, { "MINORITAS", "14", 0, 120, true }, { "BWBLK", "15", 0, 120, true },
		{ "HIV", "16", 0, 120, true }, { "NARKOBA", "17", 0, 120, true }, { "TPPO", "18", 0, 120, true },
		{ "KDRT", "19", 0, 120, true }, { "PMBS", "20", 0, 120, false }, { "GEMPA", "21", 0, 120, false },
		{ "KERUSUHAN", "22", 0, 120, false }, { "WRSE", "23", 18, 59, false }, { "GAKIN", "24", -1, -1, false },
		{ "KBSP", "25", -1, -1, false }, { "KAT", "26", -1, -1, false }, { "LK3", "P6", -1, -1, false },
		{ "TKSK", "P11", -1, -1, false }, { "PERUSAHAAN", "P12", -1, -1, false },
	};
	struct grammar *grammar;
	size_t problems = 0, helpers = 0;
	char *error;

	(void)state;
	grammar = grammar_load("grammars", "ppks-2012", &error);
	assert_non_null(grammar);
	for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
		int index = grammar_word(grammar, WORD_CATEGORY, stated[i].word);
		const struct category *c = &grammar->categories[index];

		assert_int_equal(index, grammar_category(grammar, stated[i].code));
		assert_int_equal(index, grammar_category_in(grammar, "ppks-2012", stated[i].code));
		if (c->age_min != stated[i].youngest || c->age_max != stated[i].oldest || c->secret != stated[i].secret)
			fail_msg("%s: ages %d to %d, secret %d", stated[i].word, c->age_min, c->age_max, c->secret);
	}
	for (size_t i = 0; i < grammar->category_count; i++) {
		problems += grammar->categories[i].list == grammar->active_list && grammar->categories[i].family == 0;
		helpers += grammar->categories[i].list == grammar->active_list && grammar->categories[i].family == 1;
	}
	assert_int_equal(problems, 26);
	assert_int_equal(helpers, 12);
	assert_int_equal(grammar_word(grammar, WORD_REFUSED, "ABH"), -1);
	assert_true(grammar_word(grammar, WORD_REFUSED, "ANAKNAKAL") > 0 && grammar_word(real, WORD_REFUSED, "ABH") > 0);
	assert_int_equal(grammar_word(real, WORD_REFUSED, "ANAKNAKAL"), -1);
	assert_int_equal(grammar_category_near(grammar, "PEMULNG"), grammar_category(grammar, "13"));
	assert_int_equal(grammar_category_near(real, "PEMULNG"), -1);
	assert_int_equal(grammar->lists[grammar->active_list].page_count, 3);
	assert_false(grammar_near_secret(grammar, "ANAK"));
	assert_true(grammar_near_secret(grammar, "TRAFIKNG") && grammar_near_secret(grammar, "AMPKS"));
	grammar_free(grammar);
}

static void
test_shipped_crosswalk(void **state)
{
	const struct crossing *crossing;
	struct grammar *grammar;
	char *error;

	(void)state;
	grammar = grammar_load("grammars", "ppks-2012", &error);
	assert_non_null(grammar);
	crossing = grammar_crossing(grammar, "pmks-2009", "08");
	assert_int_equal(crossing->to, grammar_category(grammar, "09"));
	assert_int_equal(crossing->from, grammar_category_in(grammar, "pmks-2009", "08"));
	assert_false(crossing->broken);
	crossing = grammar_crossing(grammar, "pmks-2009", "03");
	assert_true(crossing->broken && crossing->to == grammar_category(grammar, "03"));
	crossing = grammar_crossing(grammar, "pmks-2009", "22");
	assert_true(crossing->broken && crossing->to == -1);
	assert_int_equal(grammar_crossing(grammar, "pmks-2009", "P5")->to, grammar_category(grammar, "P12"));
	assert_null(grammar_crossing(grammar, "ppks-2012", "08"));
	assert_null(grammar_crossing(grammar, "pmks-1999", "08"));
	assert_null(grammar_crossing(real, "pmks-2009", "08"));
	assert_int_equal(grammar_category_in(grammar, "pmks-2009", "26"), -1);
	grammar_free(grammar);
}

static void
test_shipped_words(void **state)
{
	const struct ambiguity *kbs = &real->ambiguities[grammar_word(real, WORD_AMBIGUOUS, "KBS")];

	(void)state;
	assert_string_equal(real->families[kbs->unless_family].name, "PMKS");
	assert_string_equal(real->categories[kbs->category].code, "19");
	assert_string_equal(real->replies[kbs->reply].id, "E_AMBIGU_KBS");
	assert_int_equal(grammar_word(real, WORD_CATEGORY, "KBS"), -1);
	assert_int_equal(grammar_word(real, WORD_VERB, "KOREKSI"), VERB_RALAT);
	assert_int_equal(grammar_word(real, WORD_VERB, "KOREKS"), -1);
	assert_int_equal(grammar_word(real, WORD_VERB, "YA"), VERB_YA);
	assert_int_equal(grammar_word(real, WORD_STOP, "YA"), 0);
	assert_int_equal(grammar_word(real, WORD_MONTH, "PEBRUARI"), 2);
	assert_string_equal(real->month_names[2], "FEB");
	assert_int_equal(grammar_word(real, WORD_VILLAGE, "KEL"), PLACE_KELURAHAN);
	assert_int_equal(grammar_word(real, WORD_UNIT, "KEL"), grammar_unit(real, "keluarga"));
	assert_int_equal(grammar_word(real, WORD_ESTIMATE, "KIRA2"), 0);
	assert_int_equal(grammar_word(real, WORD_ESTIMATE, "SD"), 0);
	assert_int_equal(grammar_word(real, WORD_NOTHING, "TIDAKADA"), 0);
	assert_int_equal(grammar_word(real, WORD_GREETING, "SELAMATPAGI"), 0);
	assert_true(grammar_known(real, "TUJUH") && !grammar_known(real, "XYZAB"));
}

/* Words that would change what somebody says must never be passed over. */
static void
test_no_meaning_is_passed_over(void **state)
{
	static const char *const telling[] = {
		"TIDAK", "TDK", "BELUM", "BUKAN", "KURANG", "LEBIH", "SETENGAH", "SEMUA", "TAMBAH", "LAGI", "BARU",
		"SEKITAR", "BANSOS", "YATIM", "ABH", "PEMULUNG", "NIK", "BULAN", "LALU",
	};

	(void)state;
	for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
		assert_int_equal(grammar_word(real, WORD_STOP, telling[i]), -1);
	for (size_t i = 0; i < real->category_count; i++)
		assert_int_equal(grammar_word(real, WORD_STOP, real->categories[i].keyword), -1);
}

static void
test_numerals_by_place(void **state)
{
	(void)state;
	assert_int_equal(real->numerals[grammar_numeral(real, "TIGA", "94.03.01")].value, 3);
	assert_int_equal(real->numerals[grammar_numeral(real, "HIJI", "32.07.34.2007")].value, 1);
	assert_int_equal(grammar_numeral(real, "HIJI", "33.19.01"), -1);
	assert_int_equal(grammar_numeral(real, "HIJI", "32"), -1);
	assert_int_equal(real->numerals[grammar_numeral(real, "OPAT", "12.02")].value, 4);
	assert_int_equal(grammar_numeral(real, "OPAT", "33.19.01"), -1);
	assert_int_equal(real->numerals[grammar_numeral(real, "BELAS", "")].kind, NUMERAL_TEEN);
	assert_int_equal(real->numerals[grammar_numeral(real, "RB", "")].value, 1000);
	assert_int_equal(real->numerals[grammar_numeral(real, "SEORANG", "")].unit, grammar_unit(real, "orang"));
	assert_int_equal(real->numerals[grammar_numeral(real, "KOSONG", "")].value, 0);
}

static void
test_near_categories(void **state)
{
	(void)state;
	assert_int_equal(grammar_category_near(real, "LANSIS"), grammar_category(real, "07"));
	assert_int_equal(grammar_category_near(real, "BALTIA"), grammar_category(real, "01"));
	assert_int_equal(grammar_category_near(real, "PENGMIS"), grammar_category(real, "10"));
	assert_int_equal(grammar_category_near(real, "GELANDANGN"), grammar_category(real, "11"));
	assert_int_equal(grammar_category_near(real, "MISKN"), grammar_category(real, "14"));
	assert_int_equal(grammar_category_near(real, "LANSS"), -1);             /* two edits in a short word */
	assert_int_equal(grammar_category_near(real, "ANAX"), -1);              /* too short to guess */
	assert_int_equal(grammar_category_near(real, "NARKOBAA"), -1);          /* secret */
	assert_int_equal(grammar_category_near(real, "LANSIA"), -1);            /* no error at all */
}

static void
test_near_verbs(void **state)
{
	(void)state;
	assert_int_equal(grammar_verb_near(real, "JUMLH"), VERB_JUMLAH);
	assert_int_equal(grammar_verb_near(real, "BELUN"), VERB_BELUM);
	assert_int_equal(grammar_verb_near(real, "BNATUAN"), VERB_BANTUAN);
	assert_int_equal(grammar_verb_near(real, "REKP"), VERB_REKAP);
	assert_int_equal(grammar_verb_near(real, "RALAY"), VERB_NONE);          /* writes */
	assert_int_equal(grammar_verb_near(real, "BTL"), VERB_NONE);
}

static void
test_secrets_are_not_echoed(void **state)
{
	static const char *const telling[] = {
		"ODHA", "ODAH", "ODHAA", "OHDAX", "NAPZAA", "NARKBA", "KEKRSAN", "TUNASUSLA", "SUSILA", "TUNA", "NAPI", "MANTAN",
		"PENGIDAPHIV", "HIVAIDS", "PENYALAHGUNAN",
	};
	static const char *const plain[] = { "XYZAB", "ABH", "KORBAN", "ORANG", "WARGA", "RAWAA", "NAPITUPULU", "LANSIS", "DIMANA" };

	(void)state;
	for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
		if (!grammar_near_secret(real, telling[i]))
			fail_msg("%s shows a secret category", telling[i]);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (grammar_near_secret(real, plain[i]))
			fail_msg("%s shows nothing", plain[i]);
}

static void
test_shipped_roles(void **state)
{
	const struct role *psm = &real->roles[grammar_role(real, "PSM")];
	const struct role *tksk = &real->roles[grammar_role(real, "TKSK")];
	const struct role *camat = &real->roles[grammar_role(real, "CAMAT")];
	const struct role *du = &real->roles[grammar_role(real, "DU")];

	(void)state;
	assert_int_equal(psm->scope, SCOPE_VILLAGE);
	assert_true(psm->may[VERB_REPORT] && psm->may[VERB_BANTUAN] && psm->may[VERB_STATUS]);
	assert_false(psm->may[VERB_UMUM] || psm->may[VERB_RAPAT] || psm->may[VERB_BELUM] || psm->may[VERB_SAH]);
	assert_true(tksk->may[VERB_SAH] && tksk->may[VERB_SETUJU] && tksk->may[VERB_REPORT] && !tksk->may[VERB_KUNCI]);
	assert_true(tksk->age.least == 25 && tksk->age.most == 50 && psm->age.most == -1);
	assert_true(camat->may[VERB_REKAP] && !camat->may[VERB_REPORT]);
	assert_true(!du->may[VERB_JUMLAH] && !du->may[VERB_REPORT]);
	assert_true(real->stranger_may[VERB_DAFTAR] && !real->stranger_may[VERB_KODE] && !real->stranger_may[VERB_BATAL]);
	assert_true(real->waiting_may[VERB_BATAL] && !real->waiting_may[VERB_REPORT] && !real->waiting_may[VERB_DAFTAR]);
	assert_int_equal(grammar_role(real, "PRESIDEN"), -1);
}

static void
test_shipped_limits_and_zones(void **state)
{
	(void)state;
	assert_int_equal(real->limits[LIMIT_LATE_DAY], 5);
	assert_int_equal(real->limits[LIMIT_TEXT], 459);
	assert_int_equal(grammar_zone(real, "32.07.34"), 7 * 3600);
	assert_int_equal(grammar_zone(real, "62"), 7 * 3600);
	assert_int_equal(grammar_zone(real, "73.01"), 8 * 3600);
	assert_int_equal(grammar_zone(real, "94.03.01.2001"), 9 * 3600);
	assert_int_equal(grammar_zone(real, ""), 7 * 3600);
	assert_int_equal(real->alias_count, 21);
	assert_string_equal(real->aliases[0].code, "12.02.14.2006");
	for (int verb = VERB_REPORT; verb < VERB_FORM; verb++)
		assert_true(strlen(verb_name((enum verb)verb)) > 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_that_cannot_be_read),
		cmocka_unit_test(test_pieces_that_do_not_belong),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_alerts), cmocka_unit_test(test_one_word_with_two_meanings),
		cmocka_unit_test(test_tongues_meet_only_where_both_are_spoken),
		cmocka_unit_test(test_numbers_and_units),
		cmocka_unit_test(test_categories),
		cmocka_unit_test(test_typing_errors_are_forgiven_with_care),
		cmocka_unit_test(test_ambiguous_words),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_what_belongs_to_a_list),
		cmocka_unit_test(test_crosswalks),
		cmocka_unit_test(test_verbs_and_roles),
		cmocka_unit_test(test_limits_zones_aliases),
		cmocka_unit_test(test_replies),
		cmocka_unit_test(test_many_faults_come_at_once_but_not_too_many),
		cmocka_unit_test(test_directories),
		cmocka_unit_test(test_line_ends_byte_order_marks_and_case),
		cmocka_unit_test(test_another_list_is_another_file),
		cmocka_unit_test(test_broken_bytes),
		cmocka_unit_test(test_shipped_categories),
		cmocka_unit_test(test_shipped_second_list),
		cmocka_unit_test(test_shipped_crosswalk),
		cmocka_unit_test(test_shipped_words),
		cmocka_unit_test(test_no_meaning_is_passed_over),
		cmocka_unit_test(test_numerals_by_place),
		cmocka_unit_test(test_near_categories),
		cmocka_unit_test(test_near_verbs),
		cmocka_unit_test(test_secrets_are_not_echoed),
		cmocka_unit_test(test_shipped_roles),
		cmocka_unit_test(test_shipped_limits_and_zones),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
