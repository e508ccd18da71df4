/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_remind: the calendar worked off on a small box: who gets what, and that nobody gets it twice, whatever the clock
 * does and however often the daemon is started. */
#include <errno.h>
#include <event2/event.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clock_fake.h"
#include "gate/outq.h"
#include "gate/remind.h"
#include "gate/trust.h"
#include "store/casebook.h"
#include "store/entry.h"
#include "store/meeting.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/program.h"
#include "store/record.h"
#include "store/settlement.h"
#include "store/schedule.h"
#include "store/submission.h"
#include "store/statement.h"
#include "store/store.h"

static struct event_base *base;
static struct store *store;
static struct grammar *grammar;
static struct outq *outq;
static struct trust *trust;
static struct remind *remind;

static int64_t
at(int year, int month, int day, int hour, int minute)
{
	return civil_moment(&(struct civil){ year, month, day, hour, minute }, 7 * 3600);
}

static void
execute(const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(store->db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %s", sql, error);
}

static void
start(void)
{
	outq = outq_new(base, store);
	trust = trust_new(base, store);
	remind = remind_new(base, store, grammar, outq, trust);
}

static void
stop(void)
{
	remind_free(remind);
	trust_free(trust);
	outq_free(outq);
}

/* Lets the loop run until nothing is under way. */
static void
settle(void)
{
	struct remind_info info;

	remind_wake(remind);
	do {
		for (int i = 0; i < 3; i++)
			event_base_loop(base, EVLOOP_NONBLOCK);
		remind_info(remind, &info);
		if (info.errands != 0)
			event_base_loop(base, EVLOOP_ONCE);
	} while (info.errands != 0);
}

static void
go_to(int64_t wall)
{
	fake_ms += (wall > fake_wall ? wall - fake_wall : 0) * 1000;
	fake_wall = wall;
	settle();
}

/* Two kecamatan of Ciamis with two villages each; one in Papua. */
static int
setup(void **state)
{
	char *error;

	(void)state;
	base = event_base_new();
	grammar = grammar_load("grammars", NULL, &error);
	fake_wall = at(2026, 10, 20, 9, 0);
	fake_floor = fake_ms = 0;
	fake_synchronised = true;
	if (grammar == NULL || store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	execute("INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Kabupaten Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.32', 'Baregbeg', '32.07'),"
		" ('32.07.34.2007', 'Rawa', '32.07.34'), ('32.07.34.2003', 'Lumbung', '32.07.34'),"
		" ('32.07.32.2007', 'Jelat', '32.07.32'), ('32.07.32.2001', 'Saguling', '32.07.32'),"
		" ('91', 'Papua', ''), ('91.03', 'Jayapura', '91'), ('91.03.01', 'Sentani', '91.03'),"
		" ('91.03.01.2001', 'Sereh', '91.03.01');"
		"INSERT INTO organisation (id, role, body, area, rw) VALUES (1, 'PSM', 'PSM', '32.07.34.2007', 0),"
		" (2, 'KPS', 'PKK', '32.07.34.2007', 4), (3, 'TKSK', 'TKSK', '32.07.34', 0), (4, 'KAB', 'KAB', '32.07', 0),"
		" (5, 'KT', 'KT', '32.07.34.2003', 0), (6, 'PSM', 'PSM', '91.03.01.2001', 0);"
		"INSERT INTO person (id, state, organisation, name) VALUES (1, 'ACTIVE', 1, 'Sari'), (2, 'ACTIVE', 2, ''),"
		" (3, 'ACTIVE', 3, 'Wawan'), (4, 'ACTIVE', 4, 'Endah'), (5, 'ACTIVE', 5, 'Dedi'), (6, 'ACTIVE', 6, 'Yosef');"
		"INSERT INTO phone (number, person) VALUES ('+628400000001', 1), ('+628400000002', 2), ('+628400000003', 3),"
		" ('+628400000004', 4), ('+628400000005', 5), ('+628400000006', 6), ('+628400000011', 1);");
	start();
	settle();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	stop();
	store_close(store);
	grammar_free(grammar);
	event_base_free(base);
	return 0;
}

/* The keys under which something waits or went, by key, a blank between. */
static void
expect_keys(const char *like, const char *expected)
{
	char sql[300], keys[2000] = "";
	sqlite3_stmt *statement;

	snprintf(sql, sizeof sql, "SELECT okey FROM outq WHERE okey LIKE '%s' ORDER BY okey", like);
	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		snprintf(keys + strlen(keys), sizeof keys - strlen(keys), "%s%s", keys[0] != '\0' ? " " : "",
			 (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	assert_string_equal(keys, expected);
}

static void
expect_text(const char *key, const char *expected)
{
	char sql[300], body[700] = "(nothing)";
	sqlite3_stmt *statement;

	snprintf(sql, sizeof sql, "SELECT body FROM outq WHERE okey = '%s'", key);
	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	if (sqlite3_step(statement) == SQLITE_ROW)
		snprintf(body, sizeof body, "%s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	assert_string_equal(body, expected);
}

static int64_t
number(const char *sql)
{
	sqlite3_stmt *statement;
	int64_t result;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	result = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return result;
}

/* A report of an organisation for its village. */
static void
report(int organisation, const char *village, int period, const char *category, int value)
{
	struct record_key key = { .organisation = organisation, .village = village, .category = category, .unit = "orang",
				  .list = "pmks-2009", .family = "PMKS", .period = period };
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, organisation, organisation, 0, &no), 0);
	assert_int_equal(record_put(store, no, &key, value, ""), 0);
	assert_int_equal(store_commit(store), 0);
}

#define OCTOBER (2026 * 12 + 9)

static void
what_comes_on_the_25th(void **state)
{
	(void)state;
	report(5, "32.07.34.2003", OCTOBER, "02", 3);
	go_to(at(2026, 10, 25, 7, 59));
	expect_keys("rem:LAPOR-1%", "rem:LAPOR-1:2026-10:6");          /* it is morning in Papua since two hours */
	go_to(at(2026, 10, 25, 8, 0));
	expect_keys("rem:LAPOR-1%", "rem:LAPOR-1:2026-10:1 rem:LAPOR-1:2026-10:2 rem:LAPOR-1:2026-10:6");
	expect_text("rem:LAPOR-1:2026-10:1", "Yth. Sari, mohon lapor OKT 2026 Rawa sebelum 05-11-2026. Contoh: PMKS ANAK 3 LANSIA 2. "
		    "Bila kosong: PMKS NIHIL");
	expect_text("rem:LAPOR-1:2026-10:2", "Yth. Bapak/Ibu, mohon lapor OKT 2026 Rawa RW 4 sebelum 05-11-2026. Contoh: PMKS ANAK 3 "
		    "LANSIA 2. Bila kosong: PMKS NIHIL");
	assert_int_equal(number("SELECT count(*) FROM outq WHERE class = 'reminder' AND state = 'QUEUED'"), 3);
	/* One after the other; stale three days after eight o'clock. */
	assert_int_equal(number("SELECT count(DISTINCT next_at) FROM outq"), 3);
	assert_int_equal(number("SELECT max(next_at) - min(next_at) FROM outq WHERE dest <> '+628400000006'"), 4);
	assert_int_equal(number("SELECT max(not_after) FROM outq"), at(2026, 10, 28, 8, 0));
}

static void
a_new_box_has_no_past(void **state)
{
	(void)state;
	expect_keys("%", "");
	assert_int_equal(schedule_mark(store), at(2026, 10, 20, 9, 0));
}

static void
nobody_twice_after_a_restart(void **state)
{
	(void)state;
	go_to(at(2026, 10, 25, 9, 0));
	assert_int_equal(number("SELECT count(*) FROM outq"), 4);
	/* As if it had died before the mark was moved. */
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(schedule_set_mark(store, at(2026, 10, 24, 0, 0)), 0);
	assert_int_equal(store_commit(store), 0);
	stop();
	start();
	settle();
	assert_int_equal(number("SELECT count(*) FROM outq"), 4);
	assert_int_equal(number("SELECT queued FROM schedule WHERE name = 'LAPOR-1'"), 4);
}

static void
a_box_that_was_off_catches_up_while_it_makes_sense(void **state)
{
	(void)state;
	stop();
	fake_wall = at(2026, 10, 27, 12, 0);
	start();
	settle();
	assert_int_equal(number("SELECT count(*) FROM outq"), 4);
	stop();
	fake_wall = at(2026, 11, 15, 12, 0);
	start();
	settle();
	/* LAPOR-2, TERIMA-KASIH, TKSK, DAFTAR-TKSK, DAFTAR-KAB, two of FCU and three copies in three zones; and what looks daily. */
	assert_int_equal(number("SELECT count(*) FROM outq"), 4);
	assert_int_equal(number("SELECT sum(dropped) FROM schedule WHERE dropped <= 3"), 30);
	settle();
	assert_int_equal(number("SELECT sum(dropped) FROM schedule WHERE dropped <= 3"), 30);
}

static void
stop_and_mulai(void **state)
{
	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_set_reminders(store, "+628400000011", false), 0);
	assert_int_equal(store_commit(store), 0);
	go_to(at(2026, 10, 25, 8, 0));
	expect_keys("rem:LAPOR-1:%:1", "");
	/* What waits already is dropped too. */
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_set_reminders(store, "+628400000002", false), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(number("SELECT state = 'EXPIRED' FROM outq WHERE okey = 'rem:LAPOR-1:2026-10:2'"), 1);
	/* MULAI from his other number. */
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_set_reminders(store, "+628400000001", true), 0);
	assert_int_equal(store_commit(store), 0);
	go_to(at(2026, 11, 3, 8, 0));
	expect_keys("rem:LAPOR-2:%:1", "rem:LAPOR-2:2026-10:1");
	expect_keys("rem:LAPOR-2:%:2", "");
}

/* What a modem would get at that moment: the key, "" nothing. */
static const char *
claimed(int64_t wall)
{
	static char key[128];
	struct outbox_message message;
	int64_t next;
	int error;

	fake_wall = wall;
	error = outbox_claim(store, "m", wall, &message, &next);
	if (error == -ENOENT)
		return "";
	assert_int_equal(error, 0);
	statement_bind(store, SQL_OUTBOX_KEY, ":id", message.sms.id);
	assert_int_equal(statement_row(store, SQL_OUTBOX_KEY), 1);
	statement_text(store, SQL_OUTBOX_KEY, 0, key, sizeof key);
	statement_end(store, SQL_OUTBOX_KEY);
	assert_int_equal(outbox_sent(store, message.sms.id, 1, wall, NULL), 0);
	return key;
}

static void
looked_at_again_when_it_is_sent(void **state)
{
	int64_t eight = at(2026, 10, 25, 8, 0);

	(void)state;
	go_to(eight);
	report(1, "32.07.34.2007", OCTOBER, "02", 3);
	assert_string_equal(claimed(eight + 60), "rem:LAPOR-1:2026-10:6");
	assert_string_equal(claimed(eight + 60), "rem:LAPOR-1:2026-10:2");
	assert_string_equal(claimed(eight + 60), "rem:LAPOR-1:2026-10:5");
	assert_string_equal(claimed(eight + 60), "");
	assert_int_equal(number("SELECT state = 'EXPIRED' FROM outq WHERE okey = 'rem:LAPOR-1:2026-10:1'"), 1);
}

static void
an_answer_goes_before_reminders_and_is_never_held_by_one(void **state)
{
	const struct outbox_new answer = { .key = "ack:1", .class = OUTBOX_ACK, .dest = "+628400000001", .text = "Terima kasih",
					   .wall = at(2026, 10, 25, 8, 0) + 1 };

	(void)state;
	go_to(at(2026, 10, 25, 8, 0));
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(outbox_put(store, &answer), 0);
	assert_int_equal(store_commit(store), 0);
	assert_string_equal(claimed(at(2026, 10, 25, 8, 0) + 1), "ack:1");
	assert_string_equal(claimed(at(2026, 10, 25, 8, 0) + 1), "rem:LAPOR-1:2026-10:6");
}

static void
not_in_the_night(void **state)
{
	(void)state;
	go_to(at(2026, 10, 25, 8, 0));
	assert_string_equal(claimed(at(2026, 10, 25, 20, 0)), "");
	assert_string_equal(claimed(at(2026, 10, 26, 6, 59)), "rem:LAPOR-1:2026-10:6");        /* Papua */
	assert_string_equal(claimed(at(2026, 10, 26, 6, 59)), "");
	assert_string_equal(claimed(at(2026, 10, 26, 7, 0)), "rem:LAPOR-1:2026-10:1");
	assert_string_equal(claimed(at(2026, 10, 26, 7, 1)), "rem:LAPOR-1:2026-10:2");
	/* Three days are over. */
	assert_string_equal(claimed(at(2026, 10, 28, 8, 1)), "");
	assert_int_equal(number("SELECT count(*) FROM outq WHERE state = 'EXPIRED'"), 1);
}

static void
thanks_numbers_and_lists(void **state)
{
	(void)state;
	report(1, "32.07.34.2007", OCTOBER, "02", 3);
	report(1, "32.07.34.2007", OCTOBER, "07", 12);
	report(1, "32.07.34.2007", OCTOBER, "21", 2);
	report(2, "32.07.34.2007", OCTOBER, "02", 5);
	report(5, "32.07.34.2003", OCTOBER, "02", 0);
	execute("INSERT INTO casebook (state, village, rt, rw, category, organisation, person, wall)"
		" VALUES ('OPEN', '32.07.34.2007', 0, 0, '07', 1, 1, 0)");
	go_to(at(2026, 11, 3, 9, 0));
	go_to(at(2026, 11, 7, 9, 0));
	expect_text("rem:TERIMA-KASIH:2026-10:1", "Terima kasih, Sari. Laporan Rawa OKT 2026 kami terima: ANAK 3, LANSIA 12, kode 21=2. "
		    "Keliru? RALAT");
	expect_text("rem:TERIMA-KASIH:2026-10:5", "Terima kasih, Dedi. Laporan Lumbung OKT 2026 kami terima: NIHIL. Keliru? RALAT");
	expect_keys("rem:TERIMA-KASIH:%:6", "");
	expect_text("rem:TKSK:2026-10:3", "TKSK Lumbung: 0 dari 2 desa belum lapor OKT 2026. Tumpang tindih 1, kasus 1 (BELUM, TUMPANG). "
		    "Batas 08-11-2026: KIRIM BLN 10");
	expect_keys("rem:DAFTAR-TKSK:%", "");
	expect_text("rem:DAFTAR-KAB:2026-10:4", "Belum lapor OKT 2026 (2 dari 4 desa Kabupaten Ciamis): Baregbeg 2. Mohon diingatkan.");
	expect_keys("rem:LAPOR-2:%", "rem:LAPOR-2:2026-10:6");
}

static void
submit(const char *summary)
{
	struct submission submission = { .area = "32.07.34", .first = OCTOBER, .last = OCTOBER, .person = 3, .wall = fake_wall };
	int64_t no;

	snprintf(submission.summary, sizeof submission.summary, "%s", summary);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(submission_put(store, &submission, &no), 0);
	assert_int_equal(store_commit(store), 0);
}

/* What is sent up goes to those above at once, each time; then nobody is reminded of it. */
static void
what_is_sent_up(void **state)
{
	(void)state;
	report(1, "32.07.34.2007", OCTOBER, "02", 3);
	report(1, "32.07.34.2007", OCTOBER, "07", 12);
	report(1, "32.07.34.2007", OCTOBER, "21", 9);
	go_to(at(2026, 11, 2, 10, 0));
	submit("a");
	settle();
	expect_keys("rem:KIRIM:%", "rem:KIRIM:2026-10:1:4");
	expect_text("rem:KIRIM:2026-10:1:4", "Laporan TKSK Lumbung OKT 2026: LANSIA 12, ANAK 3. Lapor 1/2 desa, tumpang tindih 0, "
		    "kasus 0.");
	stop();
	start();
	settle();
	submit("b");
	settle();
	expect_keys("rem:KIRIM:%", "rem:KIRIM:2026-10:1:4 rem:KIRIM:2026-10:2:4");
	go_to(at(2026, 11, 6, 9, 0));
	expect_keys("rem:TKSK:%", "");
	go_to(at(2026, 11, 9, 9, 0));
	/* Baregbeg and Sentani have nobody to send; who is above hears of it. */
	expect_keys("rem:TEMBUSAN-KEC:%", "");
	execute("INSERT INTO organisation (id, role, body, area, rw) VALUES (7, 'PSM', 'PSM', '32.07.32.2007', 0);"
		"INSERT INTO person (id, state, organisation) VALUES (7, 'ACTIVE', 7);"
		"INSERT INTO phone (number, person) VALUES ('+628400000007', 7)");
	go_to(at(2026, 12, 9, 9, 0));
	expect_keys("rem:TEMBUSAN-KEC:%", "rem:TEMBUSAN-KEC:2026-11:32.07.32:4 rem:TEMBUSAN-KEC:2026-11:32.07.34:4");
	expect_text("rem:TEMBUSAN-KEC:2026-11:32.07.32:4", "TKSK Baregbeg belum mengirim NOV 2026. Data sementara: belum ada data. "
		    "Lapor 0/2 desa.");
}

/* One notice a day of those that are new; settled and open again, it is new. */
/* The TKSK's word on a figure of Rawa; -1: taken back, as after a new report. */
static void
decide(const char *category, int period, long value)
{
	const struct record_key key = { .village = "32.07.34.2007", .category = category, .unit = "orang",
					.list = "pmks-2009", .family = "PMKS", .period = period };

	assert_int_equal(store_begin(store), 0);
	if (value >= 0)
		assert_int_equal(settlement_put(store, &key, value, 3, 0), 0);
	else
		assert_int_equal(settlement_reopen(store, &key, 1), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
overlaps_once_each(void **state)
{
	(void)state;
	report(1, "32.07.34.2007", OCTOBER, "02", 3);
	report(2, "32.07.34.2007", OCTOBER, "02", 5);
	go_to(at(2026, 10, 20, 16, 0));
	expect_text("rem:TUMPANG:2026-10-20:32.07.34:3", "Tumpang tindih baru Lumbung (1): Rawa ANAK. Putuskan: SAH kategori angka DESA "
		    "nama");
	go_to(at(2026, 10, 21, 16, 0));
	report(1, "32.07.34.2007", OCTOBER, "07", 3);
	report(2, "32.07.34.2007", OCTOBER, "07", 5);
	report(1, "32.07.34.2007", OCTOBER - 1, "21", 3);
	report(2, "32.07.34.2007", OCTOBER - 1, "21", 5);
	go_to(at(2026, 10, 22, 16, 0));
	expect_keys("rem:TUMPANG:%", "rem:TUMPANG:2026-10-20:32.07.34:3 rem:TUMPANG:2026-10-22:32.07.34:3");
	expect_text("rem:TUMPANG:2026-10-22:32.07.34:3", "Tumpang tindih baru Lumbung (2): Rawa kode 21, Rawa LANSIA. Putuskan: SAH "
		    "kategori angka DESA nama");
	decide("02", OCTOBER, 4);
	go_to(at(2026, 10, 23, 16, 0));
	decide("02", OCTOBER, -1);
	go_to(at(2026, 10, 24, 15, 0));
	expect_keys("rem:TUMPANG:2026-10-23%", "");
	go_to(at(2026, 10, 24, 16, 0));
	expect_text("rem:TUMPANG:2026-10-24:32.07.34:3", "Tumpang tindih baru Lumbung (1): Rawa ANAK. Putuskan: SAH kategori angka DESA "
		    "nama");
	/* Settled before it could be sent: it is not sent. */
	decide("02", OCTOBER, 5);
	decide("07", OCTOBER, 5);
	decide("21", OCTOBER - 1, 5);
	assert_string_equal(claimed(at(2026, 10, 24, 16, 1)), "");
}

/* RAPAT of an organisation by its first person (they have one number here), and who is invited. */
static int64_t
meet(int organisation, const char *date, const char *clock, const int *guests)
{
	struct meeting meeting = { .organisation = organisation, .person = organisation, .attended = -1, .wall = fake_wall };
	int64_t no;

	snprintf(meeting.date, sizeof meeting.date, "%s", date);
	snprintf(meeting.clock, sizeof meeting.clock, "%s", clock);
	snprintf(meeting.venue, sizeof meeting.venue, "BALAI DESA");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(meeting_put(store, &meeting, &no), 0);
	for (; *guests != 0; guests++)
		assert_int_equal(meeting_invite(store, no, *guests), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static void
the_day_before_a_meeting(void **state)
{
	(void)state;
	meet(5, "2026-10-24", "13:00", (const int[]){ 1, 2, 3, 0 });
	meet(6, "2026-10-24", "09:00", (const int[]){ 6, 0 });
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_set_reminders(store, "+628400000002", false), 0);
	assert_int_equal(store_commit(store), 0);
	go_to(at(2026, 10, 23, 16, 59));
	/* In Papua it is 18.59. */
	expect_keys("rem:RAPAT:%", "rem:RAPAT:2026-10-23:2:6");
	go_to(at(2026, 10, 23, 17, 0));
	expect_keys("rem:RAPAT:%", "rem:RAPAT:2026-10-23:1:1 rem:RAPAT:2026-10-23:1:3 rem:RAPAT:2026-10-23:2:6");
	expect_text("rem:RAPAT:2026-10-23:1:1", "Pengingat: rapat KT Lumbung besok 24-10-2026 pukul 13:00 di BALAI DESA. Mohon "
		    "hadir.");
	/* Not in the night, and not when the day has come: what could not go out by five in the morning is dropped. */
	assert_string_equal(claimed(at(2026, 10, 23, 21, 0)), "");
	assert_string_equal(claimed(at(2026, 10, 24, 7, 0)), "");
	assert_int_equal(number("SELECT count(*) FROM outq WHERE state = 'EXPIRED'"), 3);
	go_to(at(2026, 10, 25, 0, 0));
	expect_keys("rem:RAPAT:2026-10-24%", "");
}

static void
thirty_days_after_a_meeting_another_is_proposed(void **state)
{
	(void)state;
	meet(5, "2026-10-21", "13:00", (const int[]){ 1, 0 });
	meet(1, "2026-10-21", "09:00", (const int[]){ 3, 0 });
	go_to(at(2026, 10, 22, 8, 0));
	meet(1, "2026-11-10", "09:00", (const int[]){ 3, 0 });
	go_to(at(2026, 11, 20, 7, 59));
	expect_keys("rem:RAPAT-LANJUTAN:%", "");
	go_to(at(2026, 11, 20, 8, 0));
	/* To who called it, unless he has called another. */
	expect_keys("rem:RAPAT-LANJUTAN:%", "rem:RAPAT-LANJUTAN:2026-11-20:1:5");
	expect_text("rem:RAPAT-LANJUTAN:2026-11-20:1:5", "Rapat KT Lumbung tgl 21-10-2026 sudah lewat sebulan. Usul rapat lanjutan: "
		    "RAPAT tgl JAM jam DI tempat HAL LANJUTAN");
	meet(5, "2026-11-25", "13:00", (const int[]){ 1, 0 });
	assert_string_equal(claimed(at(2026, 11, 20, 8, 5)), "");
}

/* A case of Rawa, referred now. */
static void
refer(const char *category, const char *to)
{
	struct casebook_entry entry = { .village = "32.07.34.2007", .list = "pmks-2009", .sex = 'P', .age = 72, .rest = -1,
					.married = -1, .organisation = 1, .person = 1, .wall = fake_wall };
	int64_t no;

	snprintf(entry.category, sizeof entry.category, "%s", category);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_put(store, &entry, &no), 0);
	assert_int_equal(casebook_refer(store, no, to, 3, fake_wall), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
seven_days_after_a_referral_the_tksk_is_asked(void **state)
{
	(void)state;
	refer("07", "RSUD");
	refer("21", "KLINIK");
	refer("02", "PANTI");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_close(store, 3), 0);
	assert_int_equal(store_commit(store), 0);
	go_to(at(2026, 10, 27, 7, 59));
	expect_keys("rem:RUJUKAN:%", "");
	go_to(at(2026, 10, 27, 8, 0));
	expect_keys("rem:RUJUKAN:%", "rem:RUJUKAN:2026-10-27:1:3 rem:RUJUKAN:2026-10-27:2:3");
	expect_text("rem:RUJUKAN:2026-10-27:1:3", "Kasus KS1 dirujuk ke RSUD 7 hari lalu. Bagaimana hasilnya? Selesai: TUTUP KS1. "
		    "Pindah: RUJUK KS1 tempat");
	expect_text("rem:RUJUKAN:2026-10-27:2:3", "Kasus KS2 dirujuk 7 hari lalu. Bagaimana hasilnya? Selesai: TUTUP KS2. "
		    "Pindah: RUJUK KS2 tempat");
	/* Settled in the meantime: he is not asked. */
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_close(store, 1), 0);
	assert_int_equal(store_commit(store), 0);
	while (claimed(at(2026, 10, 27, 8, 10))[0] != '\0')
		;
	assert_int_equal(number("SELECT count(*) FROM outq WHERE okey = 'rem:RUJUKAN:2026-10-27:1:3' AND state = 'EXPIRED'"), 1);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE okey = 'rem:RUJUKAN:2026-10-27:2:3' AND state = 'SENT'"), 1);
	go_to(at(2026, 11, 10, 8, 0));
	expect_keys("rem:RUJUKAN:2026-11%", "");
}

static void
a_programme_that_does_not_move(void **state)
{
	const struct program garden = { .organisation = 5, .person = 5, .name = "KEBUN SAYUR", .wall = fake_wall };
	int64_t no;

	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(program_put(store, &garden, &no), 0);
	assert_int_equal(program_put(store, &(struct program){ .organisation = 5, .person = 5, .name = "BAZAR", .wall = fake_wall },
				     &no), 0);
	assert_int_equal(program_move(store, 2, 6, true, "", 5, fake_wall), 0);
	assert_int_equal(store_commit(store), 0);
	go_to(at(2026, 11, 19, 7, 59));
	expect_keys("rem:PROGRAM:%", "");
	go_to(at(2026, 11, 19, 8, 0));
	expect_keys("rem:PROGRAM:%", "rem:PROGRAM:2026-11-19:1-1:5");
	expect_text("rem:PROGRAM:2026-11-19:1-1:5", "Program P1 KEBUN SAYUR masih di tahap 1 Pendataan. Sudah maju? Balas PROGRAM 1 "
		    "TAHAP 2. Terima kasih.");
	/* Monthly; from the day on which it moved. */
	go_to(at(2026, 12, 19, 8, 0));
	expect_keys("rem:PROGRAM:2026-12%", "rem:PROGRAM:2026-12-19:1-1:5");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(program_move(store, 1, 2, false, "", 5, fake_wall), 0);
	assert_int_equal(store_commit(store), 0);
	fake_wall += 60;
	assert_int_equal(number("SELECT count(*) FROM outq WHERE okey LIKE 'rem:PROGRAM:%' AND state = 'QUEUED'"), 2);
	for (const char *key; (key = claimed(fake_wall))[0] != '\0'; )
		assert_false(strncmp(key, "rem:PROGRAM:2026-12", 19) == 0);
	go_to(at(2027, 1, 18, 8, 0));
	expect_text("rem:PROGRAM:2027-01-18:1-2:5", "Program P1 KEBUN SAYUR masih di tahap 2 Perencanaan. Sudah maju? Balas PROGRAM 1 "
		    "TAHAP 3. Terima kasih.");
}

/* A facilitator of a Family Care Unit in Rawa, and what he sends. */
static void
add_facilitator(void)
{
	execute("INSERT INTO organisation (id, role, body, area, rw) VALUES (7, 'FCU', 'FCU', '32.07.34.2007', 0);"
		"INSERT INTO person (id, state, organisation, name) VALUES (7, 'ACTIVE', 7, 'Lia');"
		"INSERT INTO phone (number, person) VALUES ('+628400000007', 7)");
}

static void
send_stage(const char *keyed, const char *data)
{
	struct entry_new entry = {
		.key = { .form = "FCU", .organisation = 7, .area = "32.07.34.2007", .keyed = keyed }, .series = "FCU",
		.person = 7, .wall = fake_wall, .replaces = true, .met = "", .data = data, .flag = "" };
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(entry_put(store, &entry, &no), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
send_files(int period)
{
	struct entry_new entry = {
		.key = { .form = "FCU-BERKAS", .organisation = 7, .area = "32.07.34.2007", .period = period, .keyed = "" },
		.series = "B", .person = 7, .wall = fake_wall, .replaces = true, .met = "", .data = "{\"berkas\":true}", .flag = "" };
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(entry_put(store, &entry, &no), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
a_family_care_unit_hears_which_stage_is_due(void **state)
{
	(void)state;
	add_facilitator();
	send_stage("tahap=1", "{\"langkah\":[1,3],\"tahap\":1}");
	go_to(at(2026, 11, 1, 8, 30));
	expect_text("rem:FCU:2026-11:7", "FCU Rawa: tahap 2 bulan ini, 0 dari 5 langkah selesai. Kirim: FCU TAHAP 2 LANGKAH n");
	/* Steps that are open: of the first stage that has some. */
	go_to(at(2026, 11, 15, 8, 0));
	expect_text("rem:FCU-LANGKAH:2026-11:7", "FCU Rawa: tahap 1 baru 2 dari 5 langkah, belum: 2,4,5. Sudah? Balas FCU TAHAP 1 "
		    "LANGKAH n. Daftar: BANTUAN FCU 1");
	send_stage("tahap=1", "{\"langkah\":[1,2,3,4,5],\"tahap\":1}");
	send_stage("tahap=2", "{\"selesai\":true,\"tahap\":2}");
	go_to(at(2026, 12, 1, 8, 30));
	expect_text("rem:FCU:2026-12:7", "FCU Rawa: tahap 3 bulan ini, 0 dari 5 langkah selesai. Kirim: FCU TAHAP 3 LANGKAH n");
	/* Done before its month: nothing to be said. */
	send_stage("tahap=3", "{\"selesai\":true,\"tahap\":3}");
	go_to(at(2026, 12, 15, 8, 0));
	expect_keys("rem:FCU-LANGKAH:2026-12:%", "");
	send_stage("tahap=4", "{\"selesai\":true,\"tahap\":4}");
	go_to(at(2027, 1, 1, 8, 30));
	expect_keys("rem:FCU:2027-01:%", "");
	/* The seven months are over: the last one, until it is done. */
	go_to(at(2027, 7, 1, 8, 30));
	expect_text("rem:FCU:2027-07:7", "FCU Rawa: tahap 7 bulan ini, 0 dari 4 langkah selesai. Kirim: FCU TAHAP 7 LANGKAH n");
	for (int stage = 5; stage <= 7; stage++) {
		char keyed[24], data[48];

		snprintf(keyed, sizeof keyed, "tahap=%d", stage);
		snprintf(data, sizeof data, "{\"selesai\":true,\"tahap\":%d}", stage);
		send_stage(keyed, data);
	}
	go_to(at(2027, 8, 15, 8, 30));
	expect_keys("rem:FCU:2027-08:%", "");
	expect_keys("rem:FCU-LANGKAH:2027-08:%", "");
}

static void
files_are_asked_for_in_the_months_of_some_stages(void **state)
{
	(void)state;
	add_facilitator();
	go_to(at(2026, 10, 25, 8, 0));
	expect_keys("rem:FCU-BERKAS:%", "");
	/* A unit that has not begun is told to. */
	go_to(at(2026, 11, 1, 8, 30));
	expect_text("rem:FCU:2026-11:7", "FCU Rawa: tahap 1 bulan ini, 0 dari 5 langkah selesai. Kirim: FCU TAHAP 1 LANGKAH n");
	send_stage("tahap=1", "{\"langkah\":[1],\"tahap\":1}");
	for (int month = 10; month < 18; month++)
		go_to(at(2026 + month / 12, month % 12 + 1, 25, 8, 0));
	expect_keys("rem:FCU-BERKAS:%", "rem:FCU-BERKAS:2026-11:7 rem:FCU-BERKAS:2026-12:7 rem:FCU-BERKAS:2027-02:7");
	expect_text("rem:FCU-BERKAS:2026-11:7", "FCU Rawa: berkas laporan NOV 2026 belum ditandai terkirim. Bila sudah dikirim, balas "
		    "FCU BERKAS. Terima kasih.");
}

static void
files_that_were_sent_are_not_asked_for(void **state)
{
	(void)state;
	add_facilitator();
	send_stage("tahap=1", "{\"langkah\":[1],\"tahap\":1}");
	send_files(OCTOBER);
	go_to(at(2026, 10, 25, 8, 0));
	expect_keys("rem:FCU-BERKAS:%", "");
	/* Sent while the question waited. */
	go_to(at(2026, 11, 25, 8, 0));
	expect_keys("rem:FCU-BERKAS:%", "rem:FCU-BERKAS:2026-11:7");
	send_files(OCTOBER + 1);
	while (claimed(at(2026, 11, 25, 8, 10))[0] != '\0')
		;
	assert_int_equal(number("SELECT state = 'EXPIRED' FROM outq WHERE okey = 'rem:FCU-BERKAS:2026-11:7'"), 1);
}

static void
no_reminder_while_the_time_is_not_proven(void **state)
{
	(void)state;
	fake_synchronised = false;
	stop();
	start();
	assert_false(trust_holds(trust));
	go_to(at(2026, 10, 25, 9, 0));
	expect_keys("%", "");
	/* A message that may have waited for us proves nothing, nor does an old one; one of now does. */
	fake_ms = 1000;
	stop();
	start();
	trust_message(trust, "2026-10-25T09:00:00+07:00");
	assert_false(trust_holds(trust));
	fake_ms += 100000;
	fake_wall += 100;
	trust_message(trust, "2026-10-25T08:00:00+07:00");
	assert_false(trust_holds(trust));
	trust_message(trust, "2026-10-25T09:02:00+07:00");
	assert_true(trust_holds(trust));
	settle();
	assert_int_equal(number("SELECT count(*) FROM outq"), 4);
	/* One from the future: the clock is behind. What waits, waits. */
	trust_message(trust, "2026-10-25T09:20:00+07:00");
	assert_false(trust_holds(trust));
	assert_string_equal(claimed(at(2026, 10, 25, 9, 10)), "");
	assert_string_equal(claimed(at(2026, 12, 25, 9, 10)), "");
	assert_int_equal(number("SELECT count(*) FROM outq WHERE state = 'QUEUED'"), 4);
}

/* What a modem says of the time is proof when it agrees, whenever that is; when it does not, it is nothing. */
static void
a_modem_proves_the_time(void **state)
{
	static const char *const no_proof[] = {
		"", "rubbish", "1980-01-06T00:00:07+00:00", "2026-10-25T08:54:00+07:00", "2026-10-25T09:06:00+07:00",
		"2026-10-25T09:00:00+00:00",    /* of a modem whose zone is none */
	};

	(void)state;
	fake_synchronised = false;
	stop();
	start();
	go_to(at(2026, 10, 25, 9, 0));
	for (size_t i = 0; i < sizeof no_proof / sizeof *no_proof; i++) {
		trust_modem(trust, no_proof[i]);
		assert_false(trust_holds(trust));
		assert_string_equal(trust_modem_time(trust), no_proof[i]);
	}
	trust_modem(trust, "2026-10-25T09:04:00+07:00");
	assert_true(trust_holds(trust));
	assert_string_equal(trust_reason(trust), "the network's time on a modem agrees");
	settle();
	assert_int_equal(number("SELECT count(*) FROM outq"), 4);
	/* One that was never set does not take it back. A jump does, before anything is done by the new time. */
	trust_modem(trust, "1980-01-06T00:00:07+00:00");
	assert_true(trust_holds(trust));
	fake_wall = at(2026, 11, 25, 9, 0);
	assert_false(trust_holds(trust));
	settle();
	assert_int_equal(number("SELECT count(*) FROM outq"), 4);
}

/* Both were never set, or both have gone on from where the power was cut. */
static void
two_wrong_clocks_prove_nothing(void **state)
{
	(void)state;
	stop();
	fake_synchronised = false;
	fake_wall = 100;
	start();
	trust_modem(trust, "1970-01-01T00:01:40+00:00");
	assert_false(trust_holds(trust));
	fake_ms += 100000;
	trust_message(trust, "1970-01-01T00:01:40+00:00");
	assert_false(trust_holds(trust));
	/* The mark is 2026-10-20. */
	go_to(at(2026, 10, 19, 9, 0));
	trust_modem(trust, "2026-10-19T09:00:00+07:00");
	assert_false(trust_holds(trust));
}

static void
time_goes_on_from_the_last_one_known(void **state)
{
	(void)state;
	stop();
	assert_int_equal(store_clock(store), at(2026, 10, 20, 9, 0));
	fake_synchronised = false;
	fake_wall = 1000;
	start();
	assert_false(trust_holds(trust));
	assert_int_equal(clock_wall(), at(2026, 10, 20, 9, 0));
	fake_synchronised = true;
	fake_wall = at(2026, 10, 19, 9, 0);
	stop();
	start();
	/* The network knows better than our mark. */
	assert_true(trust_holds(trust));
	assert_int_equal(clock_wall(), at(2026, 10, 19, 9, 0));
	assert_int_equal(store_clock(store), at(2026, 10, 19, 9, 0));
}

/* Each person gets what he gets once, however the clock jumps between October and January. */
static void
a_thousand_jumps(void **state)
{
	const char *seed = getenv("PROPERTY_SEED");

	(void)state;
	srand(seed != NULL ? (unsigned)atoi(seed) : 1);
	grammar->limits[LIMIT_PACE] = 0;
	for (int i = 0; i < 1000; i++) {
		int64_t wall = at(2026, 10, 1, 0, 0) + (int64_t)(rand() % (110 * 24)) * 3600;

		if (i % 100 == 99) {
			stop();
			start();
		}
		go_to(wall);
	}
	/* And then time passes as it should. */
	for (int64_t wall = at(2026, 10, 1, 0, 0); wall < at(2027, 1, 19, 0, 0); wall += 6 * 3600)
		go_to(wall);
	assert_int_equal(number("SELECT count(*) - count(DISTINCT okey) FROM outq"), 0);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE okey LIKE 'rem:LAPOR-1:2026-11:%'"), 4);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE okey LIKE 'rem:LAPOR-2:2026-11:%'"), 4);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE okey LIKE 'rem:TKSK:2026-11:%'"), 1);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE okey LIKE 'rem:TRIWULAN:2026-TW4:%'"), 1);
	assert_int_equal(number("SELECT max(n) FROM (SELECT count(*) AS n FROM outq GROUP BY dest, body)"), 1);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	static const struct CMUnitTest tests[] = {
		TEST(a_new_box_has_no_past), TEST(what_comes_on_the_25th), TEST(nobody_twice_after_a_restart),
		TEST(a_box_that_was_off_catches_up_while_it_makes_sense), TEST(stop_and_mulai),
		TEST(looked_at_again_when_it_is_sent), TEST(an_answer_goes_before_reminders_and_is_never_held_by_one),
		TEST(not_in_the_night), TEST(thanks_numbers_and_lists), TEST(what_is_sent_up), TEST(overlaps_once_each),
		TEST(the_day_before_a_meeting), TEST(thirty_days_after_a_meeting_another_is_proposed),
		TEST(seven_days_after_a_referral_the_tksk_is_asked), TEST(a_programme_that_does_not_move),
		TEST(a_family_care_unit_hears_which_stage_is_due), TEST(files_are_asked_for_in_the_months_of_some_stages),
		TEST(files_that_were_sent_are_not_asked_for),
		TEST(no_reminder_while_the_time_is_not_proven), TEST(a_modem_proves_the_time),
		TEST(two_wrong_clocks_prove_nothing),
		TEST(time_goes_on_from_the_last_one_known), TEST(a_thousand_jumps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
