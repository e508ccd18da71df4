/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_answer: the one reply: which text it is, and what it must never say (domain 3.9, rule 53). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/sms.h"
#include "lang/offer.h"
#include "lang/pages.h"
#include "village.h"

static char reply[REPLY_SIZE];

/* The reply to a text where every value in force is old. */
static const char *
reply_to(const struct who *who, const char *text, long old)
{
	static struct parse parse;
	static struct outcome outcome;
	size_t i;

	check(who, text, &parse, &outcome);
	for (i = 0; i < outcome.item_count; i++)
		outcome.items[i].old = old;
	if (outcome.effect == EFFECT_CANCEL)
		outcome.cancels = 7;
	rules_conclude(&parse, &outcome);
	answer_compose(grammar, gazetteer, who, &outcome);
	if (outcome.effect == EFFECT_RECORD)
		reply_set(&outcome.reply, "no", "%d", 12);
	reply_write(grammar, &outcome.reply, reply);
	parse_clear(&parse);
	assert_in_range(sms_septets(reply), 1, 160);
	return reply;
}

static void
answers_reports(void **state)
{
	static const struct { const char *text; long old; const char *reply; } cases[] = {
		{ "anak 3", NO_VALUE, "Terima kasih. No.12 Rawa OKT 2026: ANAK 3. Ini angka TOTAL. Salah? balas BATAL 12" },
		{ "anak 3 lnsia 2 rt 2 rw 1", NO_VALUE,
		  "Terima kasih. No.12 Rawa RT 2 RW 1 OKT 2026: ANAK 3, LANSIA 2. Ini angka TOTAL. Salah? balas BATAL 12" },
		{ "banjir 4 kk", NO_VALUE,
		  "Terima kasih. No.12 Rawa OKT 2026: BENALAM 4 keluarga. Ini angka TOTAL. Salah? balas BATAL 12" },
		{ "anak 5", 3, "No.12 Rawa OKT 2026: ANAK diganti dari 3 menjadi 5. Yang dikirim harus TOTAL, bukan tambahan. "
		  "Salah? BATAL 12" },
		{ "anak 3", 3, "Laporan Rawa OKT 2026 sudah tercatat dengan angka yang sama. Tidak ada perubahan. Terima kasih." },
		{ "ralat anak 3 jadi 5", 3, "Ralat No.12 Rawa OKT 2026: ANAK 3 menjadi 5. Terima kasih." },
		{ "psks nihil", NO_VALUE, "Terima kasih. No.12 Rawa OKT 2026: PSKS NIHIL tercatat. Salah? balas BATAL 12" },
		{ "batal", 0, "Laporan No.7 dibatalkan. Angka sebelumnya berlaku lagi. Kirim ulang bila perlu." },
		{ "batal anak", 3, "Rawa OKT 2026: ANAK 3 dibatalkan. Angka sebelumnya, bila ada, berlaku lagi. Terima kasih." },
		{ "banjir 6000 kk", NO_VALUE,
		  "Angka untuk BENALAM tidak wajar. Pakai angka bulat 0 sampai 5000, bukan kisaran. BELUM disimpan. "
		  "Contoh: BENALAM 3 DESA Rawa" },
		{ "anaak 3 lansia 2", NO_VALUE, "Kata 'ANAAK' tidak dikenal, laporan BELUM disimpan. Mungkin ANAK? "
		  "Contoh: PMKS ANAK 3 LANSIA 2 DESA Rawa" },
		/* A known word in the wrong place is not offered as itself. */
		{ "stop anak", NO_VALUE, "Kata 'ANAK' tidak dikenal, laporan BELUM disimpan. Contoh: STOP. Kata: KODE" },
	};
	struct who who = who_is("PSM", &volunteer);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(reply_to(&who, cases[i].text, cases[i].old), cases[i].reply);
}

static void
cuts_a_long_list(void **state)
{
	struct who who = who_is("PSM", &volunteer);

	(void)state;
	reply_to(&who, "anak 3 lansia 2 rtlh 5 miskin 12 cacat 4 wrse 5 kt 1 psm 4 du 7", NO_VALUE);
	assert_non_null(strstr(reply, "ANAK 3, LANSIA 2"));
	assert_non_null(strstr(reply, ", dll."));
}

/* A village of the TKSK's kecamatan. */
#define REPORT "PMKS ANAK 3 LANSIA 2 DESA Cikupa"

static void
asks_about_places(void **state)
{
	static const struct { const char *text, *reply; } cases[] = {
		{ "anak 3 ds rwa", "Desa 'RWA' tidak ada di Lumbung. Mungkin Rawa? BELUM disimpan. Contoh: " REPORT },
		{ "anak 3 ds xyzzy", "Desa 'XYZZY' tidak ada di Lumbung. Periksa ejaan atau kode 4 angka. BELUM disimpan. Contoh: "
		  REPORT },
		{ "anak 3 ds lumbung sri", "Terima kasih. No.12 dibaca Ds Lumbungsari OKT 2026: ANAK 3. Bila keliru balas BATAL 12" },
		{ "anak 3 ds jelat", "Jelat (Baregbeg) bukan wilayah tugas Anda, BELUM disimpan. Contoh: " REPORT },
		{ "anak 3 dusun cikupa", "Dusun, kampung, blok tidak dipakai. Mohon sebut desa/kelurahan di Lumbung. BELUM "
		  "disimpan. Contoh: " REPORT },
		{ "anak 3 kec xyz", "Kecamatan 'XYZ' tidak ditemukan. Mohon periksa ejaannya. BELUM disimpan. Contoh: " REPORT },
		/* No row of digits is repeated. */
		{ "anak 3 32.07.34.2099", "Nama desa itu tidak ditemukan di Lumbung. Periksa ejaan atau kode 4 angka. BELUM "
		  "disimpan. Contoh: " REPORT },
	};
	struct who who = who_is("TKSK", &tksk);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(reply_to(&who, cases[i].text, NO_VALUE), cases[i].reply);
}

/* Whatever is said of them, well or badly typed, the reply has the number alone. */
static void
never_names_a_secret(void **state)
{
	static const char *const texts[] = {
		"odha 2", "hiv 2", "hiv/aids 2 orang", "anak 3 odha 2", "odha", "odha 600", "odha 2 kk", "odha 2 hiv 3", "odha 2,5",
		"odha sekitar 2", "odha odha", "ralat odha 2 jadi 4", "ralat odha 3 jadi 4", "ralat odha 5", "tidak ada odha",
		"anak 3 odah 2", "anak 3 odhaa", "anak 3 napsa 2", "anak 3 narkobaa 2", "anak 3 kekersan 2", "anak 3 wtss 1",
		"anak 3 tunasusla 2", "anak 3 penderitahiv 2", "anak 3 ds napsa", "anak 3 ds rawa napsa", "anak 3 ds lumbung-odah",
		"anak 3 kec narkoba", "anak 3 kec narkobaa", "anak 3 kab napsa", "stop odha", "batal odha", "napza2 anak 3", "k21 2",
		"mantan napi 2", "ts 3", "kdrt 2", "odha 2 ds cikupa", "odha 2 bln 12", "psks odha 2",
	};
	static const char *const words[] = {
		"ODHA", "ODAH", "HIV", "AIDS", "NAPZA", "NAPSA", "NARKOBA", "KEKERAS", "KEKERSAN", "KDRT", "WTS", "SUSILA",
		"SUSLA", "NAPI", "BWBLK", " TS",
	};
	struct who who = who_is("PSM", &volunteer);
	size_t i, j;
	long old;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof *texts; i++)
		for (old = NO_VALUE; old <= 3; old++) {
			reply_to(&who, texts[i], old);
			for (j = 0; j < sizeof words / sizeof *words; j++)
				if (strcasestr(reply, words[j]) != NULL)
					fail_msg("%s: %s", texts[i], reply);
		}
	assert_string_equal(reply_to(&who, "odha 2", NO_VALUE), "Terima kasih. No.12 Rawa OKT 2026: kode 21=2 tercatat. "
			    "Data ini dirahasiakan. Salah? balas BATAL 12");
}

static void
helps(void **state)
{
	static const struct asker nobody = { .area = "", .scope = SCOPE_NONE, .now = { 2026, 10, 20, 9, 0 } };
	struct who who = who_is("PSM", &volunteer), stranger = { STANDING_STRANGER, -1, nobody };

	(void)state;
	assert_memory_equal(reply_to(&who, "info", NO_VALUE), "Lapor: PMKS", 11);
	assert_memory_equal(reply_to(&who, "?", NO_VALUE), "Lapor: PMKS", 11);
	assert_memory_equal(reply_to(&who, "bantuan kasus", NO_VALUE), "Format: KASUS", 13);
	assert_memory_equal(reply_to(&who, "kode", NO_VALUE), "1 BALITA", 8);
	assert_memory_equal(reply_to(&who, "kode 2", NO_VALUE), "13 NAPZA", 8);
	assert_memory_equal(reply_to(&stranger, "info", NO_VALUE), "Layanan laporan", 15);
	assert_memory_equal(reply_to(&stranger, "anak 3", NO_VALUE), "Nomor Anda belum terdaftar", 26);
}

/* Fills a list of so many villages into an outcome; the text of the first page is in reply[]. */
static void
fill_list(struct outcome *outcome, size_t count, const char *item)
{
	struct who who = who_is("TKSK", &tksk);
	struct answer answer = { grammar, gazetteer, &who, outcome };
	struct page_list list = { 0 };

	memset(outcome, 0, sizeof *outcome);
	reply_start(&outcome->reply, "JWB_BELUM");
	reply_set(&outcome->reply, "wil", "Lumbung");
	reply_set(&outcome->reply, "per", "OKT 2026");
	reply_set(&outcome->reply, "jml", "%zu", count);
	reply_set(&outcome->reply, "tot", "%zu", count);
	for (size_t i = 0; i < count; i++)
		pages_add(&list, false, "%s %03zu", item, i);
	pages_fill(&answer, &list, ", ", "BELUM");
	reply_write(grammar, &outcome->reply, reply);
	assert_in_range(sms_septets(reply), 1, 160);
	for (size_t i = 0; i < outcome->page_count; i++)
		assert_in_range(sms_septets(outcome->pages[i]), 1, 160);
}

/* Of a list that is too long for all pages the last one says how many are left out: with those named they are all. */
static void
counts_what_no_page_holds(void **state)
{
	static struct outcome outcome;
	size_t named = 0, left;
	const char *end;

	(void)state;
	fill_list(&outcome, 300, "Desa Nomor");
	assert_int_equal(outcome.page_count, PAGES_MAX);
	for (const char *c = reply; (c = strstr(c, "Desa Nomor")) != NULL; c++)
		named++;
	for (size_t i = 0; i < PAGES_MAX; i++)
		for (const char *c = outcome.pages[i]; (c = strstr(c, "Desa Nomor")) != NULL; c++)
			named++;
	end = strstr(outcome.pages[PAGES_MAX - 1], "dan ");
	assert_non_null(end);
	assert_int_equal(sscanf(end, "dan %zu lagi", &left), 1);
	assert_int_equal(named + left, 300);
}

/* What fills an SMS by itself is cut, as nothing else is. */
static void
cuts_what_is_too_long_for_a_page(void **state)
{
	static struct outcome outcome;
	char item[160];

	(void)state;
	memset(item, 'A', sizeof item - 1);
	item[sizeof item - 1] = '\0';
	fill_list(&outcome, 2, item);
	assert_int_equal(outcome.page_count, 1);
	assert_non_null(strstr(reply, "AAAA"));
	assert_non_null(strstr(outcome.pages[0], "AAAA"));
}

/* Two readings that would store the same are one offer. */
static void
knows_the_same_offer(void **state)
{
	static struct outcome a, b;
	int form = grammar_form(grammar, "SULUH");

	(void)state;
	assert_true(form >= 0);
	memset(&a, 0, sizeof a);
	a.effect = EFFECT_RECORD;
	a.period = OCTOBER;
	a.items[a.item_count++] = (struct outcome_item){ .category = 1, .unit = 0, .value = 3 };
	outcome_copy(&a, &b);
	assert_true(offer_same(grammar, &a, &b));
	b.items[0].value = 4;
	assert_false(offer_same(grammar, &a, &b));
	b.items[0].value = 3;
	b.period--;
	assert_false(offer_same(grammar, &a, &b));
	a.effect = EFFECT_ENTRY;
	a.form = form;
	a.item_count = 0;
	a.after[0] = (struct form_value){ .given = true, .number = 25 };
	outcome_copy(&a, &b);
	assert_true(offer_same(grammar, &a, &b));
	b.after[0].number = 26;
	assert_false(offer_same(grammar, &a, &b));
	b.after[0].number = 25;
	snprintf(b.area, sizeof b.area, "32.07.34.2007");
	assert_false(offer_same(grammar, &a, &b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_reports), cmocka_unit_test(cuts_a_long_list), cmocka_unit_test(asks_about_places),
		cmocka_unit_test(never_names_a_secret), cmocka_unit_test(helps),
		cmocka_unit_test(counts_what_no_page_holds), cmocka_unit_test(cuts_what_is_too_long_for_a_page),
		cmocka_unit_test(knows_the_same_offer),
	};

	return cmocka_run_group_tests(tests, village_set_up, village_tear_down);
}
