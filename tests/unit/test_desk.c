/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_desk: one message from text to database and answer, in one transaction; times frozen at October 2026. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shipped_grammar.h"
#include "gate/desk.h"
#include "store/inbox.h"
#include "store/record.h"
#include "store/statement.h"
#include "store/store.h"

#define NOW 1792461600          /* 2026-10-20 09:00 in Ciamis */
#define HOUR 3600
#define OCTOBER (2026 * 12 + 9)
#define SITI "+628111000001"    /* PSM of Rawa */
#define BUDI "+628111000002"    /* PSM of Rawa, too */
#define KARTAR "+628111000003"  /* Karang Taruna of Rawa */
#define WAIT "+628111000004"
#define BLOCKED "+628111000005"
#define OWN "+628111000006"
#define STRANGER "+628111000007"
#define PAPUA "+6284010000008"

static struct store *store;
static struct desk *desk;
static struct desk_answer *answer;

static const struct desk_conf conf = { .own_numbers = "08111000006", .destinations = DESK_DESTINATIONS };

static int
load_grammar(void **state)
{
	answer = calloc(1, sizeof *answer);
	return load_shipped(state);
}

static int
free_grammar(void **state)
{
	free(answer);
	return free_shipped(state);
}

static int
set_up(void **state)
{
	(void)state;
	if (store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	desk = desk_new(store, grammar, &conf);
	return sqlite3_exec(store->db,
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Kabupaten Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34'),"
		" ('32.07.34.2003', 'Lumbung', '32.07.34');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('PSM', 'PSM', '32.07.34.2007', 0),"
		" ('KT', 'KT', '32.07.34.2007', 0);"
		"INSERT INTO person (state, organisation, area) VALUES ('ACTIVE', 1, NULL), ('ACTIVE', 1, NULL),"
		" ('ACTIVE', 2, NULL), ('WAITING', NULL, '32.07.34.2007'), ('BLOCKED', NULL, NULL);"
		"INSERT INTO phone (number, person) VALUES ('" SITI "', 1), ('" BUDI "', 2), ('" KARTAR "', 3),"
		" ('" WAIT "', 4), ('" BLOCKED "', 5);",
		NULL, NULL, NULL);
}

static int
tear_down(void **state)
{
	(void)state;
	desk_free(desk);
	store_close(store);
	return 0;
}

/* Hands a text in, as `kentongan try` does; gives the reply. */
static const char *
hand_in_at(const char *sender, const char *text, const char *time, int64_t received, bool dry)
{
	struct desk_message message = { .sender = sender, .text = text, .time = time, .received = received, .dry = dry };

	assert_int_equal(desk_handle(desk, &message, answer), 0);
	parse_clear(&answer->parse);
	return answer->reply;
}

static const char *
hand_in(const char *sender, const char *text)
{
	return hand_in_at(sender, text, "", NOW, false);
}

static long
number(const char *sql)
{
	sqlite3_stmt *statement;
	long value;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	value = sqlite3_step(statement) == SQLITE_ROW ? (long)sqlite3_column_int64(statement, 0) : -1;
	sqlite3_finalize(statement);
	return value;
}

/* The volunteers' value in force in Rawa, -1 none. */
static long
in_force(const char *category, const char *unit, int period)
{
	const struct record_key key = { .organisation = 1, .village = "32.07.34.2007", .category = category, .list = "pmks-2009", .unit = unit,
					.period = period };
	long value = -1;
	int error = record_current(store, &key, &value);

	assert_true(error == 0 || error == -ENOENT);
	return error == 0 ? value : -1;
}

static void
stores_a_report(void **state)
{
	(void)state;
	assert_string_equal(hand_in(SITI, "anak 3 lansia 2"),
			    "Terima kasih. No.1 Rawa OKT 2026: ANAK 3, LANSIA 2. Ini angka TOTAL. Salah? balas BATAL 1");
	assert_int_equal(answer->outcome.expect, EXPECT_ACCEPT);
	assert_int_equal(in_force("02", "orang", OCTOBER), 3);
	assert_int_equal(in_force("07", "orang", OCTOBER), 2);
	assert_int_equal(number("SELECT count(*) FROM outq"), 1);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE state = 'DONE'"), 1);
}

static void
stores_nothing_of_a_refused_one(void **state)
{
	static const char *const texts[] = {
		"anak 3 sakit", "anak 3 lansia", "anak +3", "anak 3 kk", "anak 3 ds lumbung", "anak 3 bln 12", "ralat anak 3",
		"batal", "umum halo", "anak 3 nama siti",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof *texts; i++) {
		hand_in(SITI, texts[i]);
		assert_int_equal(answer->outcome.expect, EXPECT_REJECT);
		assert_true(answer->reply[0] != '\0');
	}
	assert_int_equal(in_force("02", "orang", OCTOBER), -1);
	assert_int_equal(number("SELECT count(*) FROM receipt"), 0);
}

/* A report belongs to the organisation: another phone of it replaces, another organisation's stands beside. */
static void
replaces_the_organisations_value(void **state)
{
	(void)state;
	hand_in(SITI, "anak 3");
	assert_string_equal(hand_in(BUDI, "anak 5"), "No.2 Rawa OKT 2026: ANAK diganti dari 3 menjadi 5. Yang dikirim harus "
			    "TOTAL, bukan tambahan. Salah? BATAL 2");
	hand_in(KARTAR, "anak 9");
	assert_int_equal(in_force("02", "orang", OCTOBER), 5);
	hand_in(BUDI, "anak 5");
	assert_true(answer->outcome.same);
	assert_int_equal(number("SELECT count(*) FROM receipt"), 3);
}

static void
cancels(void **state)
{
	(void)state;
	hand_in(SITI, "anak 3");
	hand_in(SITI, "anak 5");
	/* Not on a guess. */
	hand_in(SITI, "batal anak 4");
	hand_in(SITI, "batal bln 9");
	hand_in(SITI, "batal 12345678901");
	hand_in(SITI, "batal 2 1");
	assert_int_equal(in_force("02", "orang", OCTOBER), 5);
	/* Not somebody else's. */
	hand_in(KARTAR, "batal 2");
	assert_int_equal(answer->outcome.reject, REJECT_TIDAK_ADA);
	hand_in(SITI, "batal");
	assert_int_equal(answer->outcome.cancels, 2);
	assert_int_equal(in_force("02", "orang", OCTOBER), 3);
	/* The organisation's by its number; without a number only a day long, and only the own. */
	hand_in(BUDI, "batal");
	assert_int_equal(answer->outcome.reject, REJECT_TIDAK_ADA);
	hand_in_at(SITI, "batal", "", NOW + 25 * HOUR, false);
	assert_int_equal(answer->outcome.reject, REJECT_TIDAK_ADA);
	hand_in_at(BUDI, "batal 1", "", NOW + 25 * HOUR, false);
	assert_int_equal(answer->outcome.expect, EXPECT_ACCEPT);
	assert_int_equal(in_force("02", "orang", OCTOBER), -1);
}

/* The names of the kabupaten that are served are kept from message to message. */
static void
a_new_kabupaten_is_known_at_once(void **state)
{
	(void)state;
	assert_int_equal(sqlite3_exec(store->db,
		"INSERT INTO area (code, name, parent) VALUES ('33', 'Jawa Tengah', ''), ('33.19', 'Kabupaten Kudus', '33'),"
		" ('33.19.01', 'Kaliwungu', '33.19'), ('33.19.01.2011', 'Garung Lor', '33.19.01');", NULL, NULL, NULL),
		SQLITE_OK);
	hand_in(STRANGER, "daftar psm rina ds garung lor kec kaliwungu");
	assert_int_equal(answer->outcome.expect, EXPECT_REJECT);
	assert_int_equal(sqlite3_exec(store->db,
		"INSERT INTO organisation (role, body, area, rw) VALUES ('KAB', 'KAB', '33.19', 0)", NULL, NULL, NULL),
		SQLITE_OK);
	hand_in(STRANGER, "daftar psm rina ds garung lor kec kaliwungu");
	assert_int_equal(answer->outcome.expect, EXPECT_REGISTER);
	assert_string_equal(answer->outcome.area, "33.19.01.2011");
}

/* Half past eleven in the evening of 5 November in Java is the 6th in Papua, and a report is no longer of the month
 * before. */
static void
a_day_is_the_senders(void **state)
{
	static const char time[] = "2026-11-05T23:30:00+07:00";
	const int64_t received = NOW + 16 * 86400 + 14 * HOUR + 1800;

	(void)state;
	assert_int_equal(sqlite3_exec(store->db,
		"INSERT INTO area (code, name, parent) VALUES ('91', 'Papua', ''), ('91.71', 'Kota Jayapura', '91'),"
		" ('91.71.01', 'Jayapura Utara', '91.71'), ('91.71.01.1001', 'Gurabesi', '91.71.01');"
		"INSERT INTO organisation (id, role, body, area, rw) VALUES (9, 'PSM', 'PSM', '91.71.01.1001', 0);"
		"INSERT INTO person (id, state, organisation) VALUES (9, 'ACTIVE', 9);"
		"INSERT INTO phone (number, person) VALUES ('" PAPUA "', 9);", NULL, NULL, NULL), SQLITE_OK);
	hand_in_at(SITI, "anak 3", time, received, false);
	assert_int_equal(answer->outcome.period, OCTOBER);
	hand_in_at(PAPUA, "anak 3", time, received, false);
	assert_int_equal(answer->outcome.period, OCTOBER + 1);
}

static void
corrects(void **state)
{
	(void)state;
	hand_in(SITI, "anak 3");
	hand_in(SITI, "ralat anak 4 jadi 5");
	assert_int_equal(answer->outcome.reject, REJECT_BEDA);
	hand_in(SITI, "ralat anak bukan 3 tapi 5");
	assert_int_equal(in_force("02", "orang", OCTOBER), 5);
	hand_in(SITI, "ralat lansia 5");
	assert_int_equal(answer->outcome.reject, REJECT_TIDAK_ADA);
}

static void
takes_nil(void **state)
{
	(void)state;
	hand_in(SITI, "psks nihil");
	assert_int_equal(in_force("P5", "perusahaan", OCTOBER), 0);
	assert_int_equal(in_force("02", "orang", OCTOBER), -1);
	/* Families, not persons, were flooded; but that is not nothing. */
	hand_in(SITI, "banjir 12 kk");
	hand_in(SITI, "pmks nihil");
	assert_int_equal(answer->outcome.reject, REJECT_NIHIL);
	hand_in(SITI, "banjir 0 kk");
	/* Nor is the village without anybody while one of its parts is not; the parts without that one are. */
	hand_in(SITI, "lansia 2 rt 3 rw 1");
	hand_in(SITI, "pmks nihil");
	assert_int_equal(answer->outcome.reject, REJECT_NIHIL);
	hand_in(SITI, "pmks nihil rw 1");
	assert_int_equal(answer->outcome.reject, REJECT_NIHIL);
	hand_in(SITI, "pmks nihil rw 2");
	assert_int_equal(answer->outcome.expect, EXPECT_ACCEPT);
	hand_in(SITI, "lansia 0 rt 3 rw 1");
	hand_in(SITI, "pmks nihil");
	assert_int_equal(answer->outcome.expect, EXPECT_ACCEPT);
	assert_int_equal(in_force("21", "orang", OCTOBER), 0);
}

/* The month is that of the network's time, where it can be believed. */
static void
believes_a_sane_time(void **state)
{
	static const struct { const char *time; const char *month; } cases[] = {
		{ "", "OKT 2026" }, { "2026-10-20T08:59:00+07:00", "OKT 2026" },
		{ "2026-10-05T23:59:00+07:00", "OKT 2026" },            /* too long ago for the network to be right */
		{ "2026-10-20T09:30:00+07:00", "OKT 2026" }, { "1970-01-01T00:00:00+00:00", "OKT 2026" }, { "gestern", "OKT 2026" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_non_null(strstr(hand_in_at(SITI, "anak 3", cases[i].time, NOW, true), cases[i].month));
	/* The box was off over the fifth. */
	assert_non_null(strstr(hand_in_at(SITI, "anak 3", "2026-11-05T12:00:00+07:00", NOW + 18 * 24 * HOUR, true), "OKT 2026"));
	assert_non_null(strstr(hand_in_at(SITI, "anak 3", "", NOW + 18 * 24 * HOUR, true), "NOV 2026"));
}

static void
says_nothing_to_some(void **state)
{
	static const char *const senders[] = { BLOCKED, OWN, "TELKOMSEL", "3636", "+62811", "" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof senders / sizeof *senders; i++) {
		assert_string_equal(hand_in(senders[i], "info"), "");
		assert_int_equal(answer->outcome.expect, EXPECT_IGNORE);
	}
	assert_int_equal(number("SELECT count(*) FROM outq"), 0);
}

static void
answers_strangers_sparingly(void **state)
{
	(void)state;
	assert_memory_equal(hand_in(STRANGER, "anak 3"), "Nomor Anda belum terdaftar", 26);
	assert_string_equal(hand_in(STRANGER, "lansia 2"), "");
	assert_true(answer->outcome.silent);
	assert_memory_equal(hand_in(STRANGER, "info"), "Layanan laporan", 15);
	assert_memory_equal(hand_in(WAIT, "anak 3"), "Pendaftaran Anda masih menunggu", 31);
	hand_in(STRANGER, "stop");
	assert_int_equal(number("SELECT count(*) FROM optout"), 1);
}

static void
stops_answering_the_same_text(void **state)
{
	(void)state;
	hand_in(SITI, "halo");
	hand_in(SITI, "halo");
	assert_string_equal(hand_in(SITI, "halo"), "");
	assert_true(answer->outcome.silent);
	assert_string_not_equal(hand_in(SITI, "anak 3"), "");
}

static void
forgets_personal_data(void **state)
{
	(void)state;
	hand_in(SITI, "lansia 2 nama siti");
	hand_in(SITI, "lansia 32O7341234567890");
	hand_in(SITI, "anak 3");
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE body LIKE '%siti%' OR body LIKE '%32O7%'"), 0);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE body = 'anak 3'"), 1);
}

static void
leaves_nothing_of_a_dry_run(void **state)
{
	(void)state;
	assert_non_null(strstr(hand_in_at(SITI, "anak 3", "", NOW, true), "No.1 Rawa"));
	assert_int_equal(in_force("02", "orang", OCTOBER), -1);
	assert_int_equal(number("SELECT count(*) FROM sms_in"), 0);
	assert_int_equal(number("SELECT count(*) FROM outq"), 0);
	assert_non_null(strstr(hand_in(SITI, "anak 3"), "No.1 Rawa"));
}

static void
refuses_a_wrong_expression(void **state)
{
	static const struct desk_conf wrong = { .own_numbers = "", .destinations = "(" };

	(void)state;
	assert_null(desk_new(store, grammar, &wrong));
}

static int
ask_again(int64_t inbox, const char *sender, int64_t wall)
{
	int asked;

	assert_int_equal(store_begin(store), 0);
	asked = desk_ask_again(desk, inbox, sender, wall);
	assert_int_equal(store_commit(store), 0);
	return asked;
}

static void
an_incomplete_message_is_asked_for_once_a_day(void **state)
{
	int64_t ids[4];

	(void)state;
	assert_int_equal(store_begin(store), 0);
	for (int i = 0; i < 4; i++)
		assert_int_equal(inbox_insert(store, SITI, "", NOW, "x", &ids[i]), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(ask_again(ids[0], SITI, NOW), 1);
	assert_int_equal(ask_again(ids[1], "08111000001", NOW + 23 * HOUR), 0);
	assert_int_equal(ask_again(ids[2], SITI, NOW + 25 * HOUR), 1);
	assert_int_equal(ask_again(ids[3], STRANGER, NOW), 1);
	assert_int_equal(ask_again(ids[3], BLOCKED, NOW), 0);
	assert_int_equal(ask_again(ids[3], OWN, NOW), 0);
	assert_int_equal(ask_again(ids[3], "TELKOMSEL", NOW), 0);
	assert_int_equal(ask_again(ids[3], "1234", NOW), 0);
	assert_int_equal(ask_again(ids[3], "+15550001111", NOW), 0);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE body = 'SMS panjang Anda baru tiba sebagian, BELUM"
				" disimpan. Mohon kirim ulang seluruhnya.'"), 3);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE dest = '" STRANGER "'"), 1);
}

/* The clock was a year ahead for some days, and was set right: what was written meanwhile is of no hour that counts. */
#define AHEAD (NOW + 365 * 24 * HOUR)

static void
a_clock_that_ran_ahead_silences_nobody(void **state)
{
	char text[24];

	(void)state;
	for (int i = 1; i <= 20; i++) {
		snprintf(text, sizeof text, "anak %d", i);
		assert_string_not_equal(hand_in_at(SITI, text, "", AHEAD, false), "");
	}
	assert_string_equal(hand_in_at(SITI, "anak 21", "", AHEAD, false), "");
	assert_string_not_equal(hand_in(SITI, "anak 22"), "");
	/* A minute is nothing that was set right. */
	for (int i = 1; i < 20; i++) {
		snprintf(text, sizeof text, "lansia %d", i);
		assert_string_not_equal(hand_in(SITI, text), "");
	}
	assert_string_equal(hand_in_at(SITI, "lansia 20", "", NOW - 60, false), "");
}

static void
a_clock_that_ran_ahead_mutes_no_text_for_a_year(void **state)
{
	(void)state;
	for (int i = 1; i < 4; i++)
		hand_in_at(SITI, "halo", "", AHEAD, false);
	assert_int_equal(number("SELECT count(*) FROM mute"), 1);
	assert_string_equal(hand_in_at(SITI, "halo", "", AHEAD - 60, false), "");
	assert_string_not_equal(hand_in(SITI, "halo"), "");
	/* And whoever is muted next sweeps it out. */
	for (int i = 1; i < 4; i++)
		hand_in(BUDI, "halo");
	assert_int_equal(number("SELECT count(*) FROM mute"), 1);
}

static void
what_was_begun_by_a_clock_that_ran_ahead_is_over(void **state)
{
	(void)state;
	hand_in_at(SITI, "menu", "", AHEAD, false);
	hand_in_at(SITI, "1", "", AHEAD, false);
	assert_int_equal(number("SELECT count(*) FROM session"), 1);
	hand_in(SITI, "1");
	assert_int_equal(answer->outcome.expect, EXPECT_REJECT);
	assert_non_null(strstr(hand_in_at(SITI, "kumpul anak 3", "", AHEAD, false), "Balas YA"));
	hand_in(SITI, "ya");
	assert_int_equal(answer->outcome.expect, EXPECT_REJECT);
	assert_int_equal(number("SELECT count(*) FROM receipt"), 0);
	/* The second page of an answer. */
	assert_int_equal(sqlite3_exec(store->db, "INSERT INTO page VALUES ('" SITI "', 2, 'sambungan', 1824000000)", NULL,
				      NULL, NULL), SQLITE_OK);
	assert_string_equal(hand_in_at(SITI, "lagi", "", 1824000000, true), "sambungan");
	assert_string_not_equal(hand_in(SITI, "lagi"), "sambungan");
}

/* 08 is the disabled of one list and the old of the other: neither replaces, corrects or takes back the other's. */
static void
keeps_the_lists_of_two_times_apart(void **state)
{
	struct grammar *other;
	char *error;

	(void)state;
	other = grammar_load("grammars", "ppks-2012", &error);
	assert_non_null(other);
	assert_string_equal(hand_in(SITI, "cacat 5"),
			    "Terima kasih. No.1 Rawa OKT 2026: DISABEL 5. Ini angka TOTAL. Salah? balas BATAL 1");
	assert_int_equal(hand_in(KARTAR, "kasus lansia l 72") != NULL, true);
	desk_set_grammar(desk, other);
	assert_string_equal(hand_in(SITI, "lansia 3"),
			    "Terima kasih. No.2 Rawa OKT 2026: LANSIA 3. Ini angka TOTAL. Salah? balas BATAL 2");
	assert_int_equal(number("SELECT count(*) FROM record WHERE state = 'CURRENT' AND category = '08'"), 2);
	assert_int_equal(number("SELECT value FROM record WHERE list = 'ppks-2012' AND category = '08'"), 3);
	assert_int_equal(number("SELECT value FROM record WHERE list = 'pmks-2009' AND category = '08'"), 5);
	/* The old list's organisation does not overlap with the new one's. */
	hand_in(KARTAR, "lansia 4");
	assert_non_null(strstr(answer->reply, "PSM juga melapor"));
	hand_in(KARTAR, "disabel 4");
	assert_null(strstr(answer->reply, "juga melapor"));
	hand_in(SITI, "ralat disabel 6");
	assert_int_equal(answer->outcome.reject, REJECT_TIDAK_ADA);
	hand_in(SITI, "jumlah lansia");
	assert_non_null(strstr(answer->reply, "LANSIA 4*."));
	/* The other list's case is still what it was, not category 07 of this one, which is secret. */
	assert_non_null(strstr(hand_in(KARTAR, "cek ks1"), "LANSIA"));
	hand_in(SITI, "batal 1");
	assert_int_equal(answer->outcome.effect, EFFECT_CANCEL);
	assert_int_equal(number("SELECT count(*) FROM record WHERE state = 'CURRENT' AND list = 'pmks-2009'"), 0);
	assert_int_equal(number("SELECT value FROM record WHERE state = 'CURRENT' AND organisation = 1"), 3);
	desk_set_grammar(desk, grammar);
	hand_in(SITI, "jumlah cacat");
	assert_null(strstr(answer->reply, "DISABEL 3"));
	grammar_free(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(stores_a_report), TEST(stores_nothing_of_a_refused_one), TEST(replaces_the_organisations_value),
		TEST(cancels), TEST(corrects), TEST(takes_nil), TEST(believes_a_sane_time), TEST(says_nothing_to_some),
		TEST(answers_strangers_sparingly), TEST(stops_answering_the_same_text), TEST(forgets_personal_data),
		TEST(leaves_nothing_of_a_dry_run), TEST(refuses_a_wrong_expression),
		TEST(an_incomplete_message_is_asked_for_once_a_day), TEST(a_new_kabupaten_is_known_at_once),
		TEST(a_day_is_the_senders),
		TEST(a_clock_that_ran_ahead_silences_nobody), TEST(a_clock_that_ran_ahead_mutes_no_text_for_a_year),
		TEST(what_was_begun_by_a_clock_that_ran_ahead_is_over),
		TEST(keeps_the_lists_of_two_times_apart),
	};

	return cmocka_run_group_tests(tests, load_grammar, free_grammar);
}
