/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_spend: no way of sending passes a limit; what registered people need is left for them; nothing is silent. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cms.h"
#include "store/outbox.h"
#include "store/spend.h"
#include "store/statement.h"
#include "store/store.h"

#define NOW 1792461600          /* 2026-10-20 09:00 in western Indonesia */
#define HOUR 3600
#define MIDNIGHT (NOW + 15 * HOUR)
#define NOVEMBER (MIDNIGHT + 11 * 86400)
#define SITI "+6284010000959"
#define BUDI "+6284010001096"
#define RINA "+6284055500001"   /* not registered */
#define OWN "+6284099990000"

static struct store *store;
static struct spend_rules rules;

static int
setup(void **state)
{
	(void)state;
	if (store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	rules = (struct spend_rules){.number_day = 5, .day = 20, .month = 100, .strangers_day = 3, .reserve = 20,
				     .east = 7 * HOUR, .own_numbers = "084099990000",
				     .destinations = "^\\+628[1-9][0-9]{7,10}$"};
	if (spend_set_rules(store, &rules, NOW) != 0)
		return -1;
	return sqlite3_exec(store->db,
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', '');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('PROV', 'PROV', '32', 0);"
		"INSERT INTO person (state, organisation) VALUES ('ACTIVE', 1), ('ACTIVE', 1), ('ACTIVE', 1);"
		"INSERT INTO phone (number, person) VALUES ('" SITI "', 1), ('" BUDI "', 2), ('" OWN "', 3);"
		"INSERT INTO sms_in (sim, modem, sender, scts, rx_wall, state) VALUES ('', '', '084055500001', '', 1, 'DONE'),"
		" ('', '', '" SITI "', '', 1, 'DONE')", NULL, NULL, NULL);
}

static int
teardown(void **state)
{
	(void)state;
	store_close(store);
	return 0;
}

static int64_t
number(const char *sql)
{
	sqlite3_stmt *statement;
	int64_t value;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
	sqlite3_finalize(statement);
	return value;
}

static void
put_text(enum outbox_class class, const char *dest, int64_t inbox, const char *text, int64_t wall)
{
	static int keys;
	char key[24];

	snprintf(key, sizeof key, "ack:%d", ++keys);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(outbox_put(store, &(struct outbox_new){.key = key, .class = class, .dest = dest, .text = text,
								.inbox = inbox, .wall = wall}), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
put(enum outbox_class class, const char *dest, int64_t wall)
{
	put_text(class, dest, 0, "terima kasih", wall);
}

/* Sends all that may be sent; how many parts went out. */
static int
send_all(int64_t wall)
{
	struct outbox_message message;
	int64_t next;
	int count = 0, more;

	while (outbox_claim(store, "gammu", wall, &message, &next) == 0)
		for (more = 1; more == 1; count++)
			more = outbox_sent(store, message.sms.id, count & 0xff, wall, &message);
	return count;
}

static struct spend_counts
counts(int64_t wall)
{
	struct spend_counts out;

	spend_count(store, wall, &out);
	return out;
}

static void
a_number_gets_no_more_than_its_share(void **state)
{
	(void)state;
	for (int i = 0; i < 9; i++)
		put(OUTBOX_ACK, SITI, NOW);
	assert_int_equal(send_all(NOW), 5);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE state = 'QUEUED' AND held = 1"), 4);
	assert_int_equal(counts(NOW).waiting, 4);
	assert_int_equal(counts(NOW).full, 1);
	assert_int_equal(counts(NOW).held, 4);
	/* Another is not kept waiting by it, and the rest goes when the day is over, not a second before. */
	put(OUTBOX_ACK, BUDI, NOW);
	assert_int_equal(send_all(NOW), 1);
	assert_int_equal(send_all(MIDNIGHT - 1), 0);
	assert_int_equal(send_all(MIDNIGHT), 4);
	assert_int_equal(counts(MIDNIGHT).day, 4);
	assert_int_equal(counts(MIDNIGHT).month, 10);
}

static void
the_day_and_the_month_have_an_end(void **state)
{
	char phone[24];
	int sent = 0;

	(void)state;
	rules.strangers_day = 1000;
	rules.reserve = 0;
	assert_int_equal(spend_set_rules(store, &rules, NOW), 0);
	for (int day = 0; day < 12; day++) {
		for (int i = 0; i < 30; i++) {
			snprintf(phone, sizeof phone, "+62840777%05d", i);
			put(OUTBOX_ACK, phone, NOW + day * 86400);
		}
		int today = send_all(NOW + day * 86400);
		assert_int_equal(today, day < 5 ? 20 : 0);
		sent += today;
	}
	assert_int_equal(sent, 100);
	assert_int_equal(counts(NOW).month, 100);
	put(OUTBOX_ACK, SITI, NOVEMBER - 1);
	assert_int_equal(send_all(NOVEMBER - 1), 0);
	assert_int_equal(send_all(NOVEMBER), 1);
}

/* A wrong clock begins a day of its own; today's counts stand when it is right again. */
static void
a_clock_that_nobody_believes_forgets_no_day(void **state)
{
	(void)state;
	for (int i = 0; i < 6; i++)
		put(OUTBOX_ACK, SITI, NOW);
	assert_int_equal(send_all(NOW), 5);
	outbox_set_doubt(store, true);
	put(OUTBOX_ACK, BUDI, NOW + 100 * 86400);
	assert_int_equal(send_all(NOW + 100 * 86400), 2);
	outbox_set_doubt(store, false);
	put(OUTBOX_ACK, SITI, NOW);
	assert_int_equal(send_all(NOW), 0);
	assert_int_equal(counts(NOW).day, 5);
	/* One that is believed forgets what is long over. */
	put(OUTBOX_ACK, BUDI, NOW + 101 * 86400);
	send_all(NOW + 101 * 86400);
	assert_int_equal(counts(NOW).day, 0);
}

/* Reminders, broadcasts and strangers may want as much as they like. */
static void
the_reserve_is_for_registered_people(void **state)
{
	char phone[24];

	(void)state;
	assert_int_equal(sqlite3_exec(store->db,
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
		" INSERT INTO phone (number, person) SELECT format('+62840888%05d', i), 1 FROM n", NULL, NULL, NULL),
		SQLITE_OK);
	for (int i = 1; i <= 40; i++) {
		snprintf(phone, sizeof phone, "+62840888%05d", i);
		put(i % 2 == 0 ? OUTBOX_REMINDER : OUTBOX_NOTICE, phone, NOW);
	}
	assert_int_equal(send_all(NOW), 16);
	for (int i = 0; i < 9; i++)
		put_text(OUTBOX_ANSWER, i % 2 == 0 ? SITI : BUDI, 2, "jawaban", NOW);
	assert_int_equal(send_all(NOW), 4);
	assert_int_equal(counts(NOW).day, 20);
	assert_int_equal(counts(NOW).open, 16);
}

static void
strangers_have_a_pool_and_no_queue(void **state)
{
	char phone[24];

	(void)state;
	for (int i = 0; i < 50; i++) {
		snprintf(phone, sizeof phone, "+62840777%05d", i);
		put(OUTBOX_ACK, phone, NOW);
		assert_true(number("SELECT count(*) FROM outq WHERE state = 'QUEUED'") <= 3);
		if (i % 5 == 0)
			send_all(NOW);
	}
	assert_int_equal(counts(NOW).strangers, 3);
	assert_int_equal(counts(NOW).held, 47);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE state = 'BLOCKED'"), 47);
	put(OUTBOX_ACK, RINA, MIDNIGHT);
	assert_int_equal(send_all(MIDNIGHT), 1);
}

/* Else a crowd of pretended applicants would use up the approver's messages. */
static void
what_a_stranger_causes_is_the_strangers(void **state)
{
	(void)state;
	put_text(OUTBOX_ALERT, SITI, 1, "pendaftar", NOW);
	put_text(OUTBOX_ALERT, SITI, 2, "kasus", NOW);
	put(OUTBOX_ACK, RINA, NOW);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE purse = 'strangers'"), 2);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE purse = 'reserved'"), 1);
	for (int i = 0; i < 9; i++)
		put_text(OUTBOX_ALERT, SITI, 1, "pendaftar", NOW);
	send_all(NOW);
	assert_int_equal(counts(NOW).strangers, 3);
	put_text(OUTBOX_ACK, SITI, 2, "terima kasih", NOW);
	assert_int_equal(send_all(NOW), 1);
}

/* A message of several parts goes as a whole or waits as a whole. */
static void
every_part_costs(void **state)
{
	char text[400];

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	put_text(OUTBOX_ANSWER, SITI, 2, text, NOW);
	assert_int_equal(send_all(NOW), 3);
	put_text(OUTBOX_ANSWER, SITI, 2, text, NOW);
	assert_int_equal(send_all(NOW), 0);
	assert_int_equal(counts(NOW).day, 3);
	put_text(OUTBOX_ANSWER, SITI, 2, "pendek", NOW);
	assert_int_equal(send_all(NOW), 1);
	assert_int_equal(send_all(MIDNIGHT), 3);
}

static void
what_did_not_go_out_costs_nothing(void **state)
{
	struct outbox_message message;
	int64_t next;

	(void)state;
	put(OUTBOX_ACK, SITI, NOW);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(outbox_claim(store, "gammu", NOW + 3 * i, &message, &next), 0);
		assert_int_equal(counts(NOW).day, 1);
		assert_int_equal(outbox_unclaim(store, message.sms.id, NOW + 3 * i), 0);
	}
	assert_int_equal(counts(NOW).day, 0);
	assert_int_equal(outbox_claim(store, "gammu", NOW + HOUR, &message, &next), 0);
	assert_int_equal(outbox_refused(store, message.sms.id, 38, NOW + HOUR), 0);
	assert_int_equal(counts(NOW).day, 0);
	/* Taken at midnight, refused in the morning: the day that paid gets it back. */
	assert_int_equal(outbox_claim(store, "gammu", MIDNIGHT - 1, &message, &next), 0);
	assert_int_equal(outbox_refused(store, message.sms.id, 38, MIDNIGHT + 1), 0);
	assert_int_equal(counts(NOW).day, 0);
	assert_int_equal(counts(MIDNIGHT).day, 0);
	/* Nobody knows whether this one went out, so it did. */
	assert_int_equal(outbox_claim(store, "gammu", MIDNIGHT + HOUR, &message, &next), 0);
	assert_int_equal(outbox_unknown(store, message.sms.id, MIDNIGHT + HOUR), 0);
	assert_int_equal(outbox_settle(store, MIDNIGHT + HOUR + 120), 1);
	assert_int_equal(send_all(MIDNIGHT + HOUR + 120), 1);
	assert_int_equal(counts(MIDNIGHT).day, 2);
}

/* Rule 2, T4: whoever put it there. */
static void
some_numbers_are_never_written_to(void **state)
{
	static const char *const never[] = {OWN, "+14155550100", "+62211234567", "+62809123456", "3636", "TELKOMSEL"};

	(void)state;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		put(OUTBOX_ALERT, never[i], NOW);
	assert_int_equal(sqlite3_exec(store->db, "UPDATE person SET state = 'BLOCKED' WHERE id = 2", NULL, NULL, NULL),
			 SQLITE_OK);
	put(OUTBOX_NOTICE, BUDI, NOW);
	assert_int_equal(send_all(NOW), 0);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE state <> 'BLOCKED'"), 0);
	assert_int_equal(counts(NOW).day, 0);
	assert_int_equal(send_all(MIDNIGHT), 0);
}

static void
stale_messages_do_not_wait_for_the_next_day(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		put(OUTBOX_ACK, SITI, NOW);
	assert_int_equal(send_all(NOW), 5);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(outbox_put(store, &(struct outbox_new){.key = "ans:stale", .class = OUTBOX_ANSWER, .dest = SITI,
				.text = "jawaban", .inbox = 2, .wall = NOW, .not_after = NOW + HOUR}), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(send_all(NOW), 0);
	assert_int_equal(send_all(MIDNIGHT), 0);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE state = 'EXPIRED'"), 1);
}

static void
another_limit_counts_at_once(void **state)
{
	(void)state;
	for (int i = 0; i < 9; i++)
		put(OUTBOX_ACK, SITI, NOW);
	assert_int_equal(send_all(NOW), 5);
	rules.number_day = 7;
	assert_int_equal(spend_set_rules(store, &rules, NOW), 0);
	assert_int_equal(send_all(NOW), 2);
	/* Lower than what was spent. */
	rules.number_day = 2;
	assert_int_equal(spend_set_rules(store, &rules, NOW), 0);
	assert_int_equal(send_all(NOW), 0);
	assert_int_equal(number("SELECT parts FROM spend WHERE scope = '" SITI "'"), 7);
	rules.destinations = "(";
	assert_int_equal(spend_set_rules(store, &rules, NOW), -EINVAL);
}

/* Even a statement that forgets to look cannot pass a limit. */
static void
the_database_itself_refuses(void **state)
{
	(void)state;
	put(OUTBOX_ACK, SITI, NOW);
	assert_int_equal(send_all(NOW), 1);
	assert_int_equal(sqlite3_exec(store->db, "UPDATE spend SET parts = most", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(store->db, "UPDATE spend SET parts = parts + 1 WHERE scope = 'all'", NULL, NULL,
				      NULL) & 0xff, SQLITE_CONSTRAINT);
}

/* All sorts of messages to all sorts of people, results good and bad, days going by: no count is ever above its limit,
 * and the counts are what went out. */
static void
no_limit_is_ever_passed(void **state)
{
	static const enum outbox_class classes[] = {OUTBOX_ACK, OUTBOX_ANSWER, OUTBOX_REMINDER, OUTBOX_ALERT, OUTBOX_NOTICE};
	unsigned seed = 1;
	int64_t wall = NOW;
	int out = 0;

	(void)state;
	rules.month = 40;
	assert_int_equal(spend_set_rules(store, &rules, NOW), 0);
	for (int i = 0; i < 1500; i++) {
		struct outbox_message message;
		char phone[24];
		int64_t next;

		seed = seed * 1103515245 + 12345;
		unsigned dice = seed >> 16;
		snprintf(phone, sizeof phone, dice % 3 == 0 ? SITI : dice % 3 == 1 ? BUDI : "+62840777%05u", dice % 7);
		if (dice % 4 != 0)
			put_text(classes[dice / 8 % 5], phone, dice / 64 % 3, "teks", wall);
		if (outbox_claim(store, "gammu", wall, &message, &next) == 0) {
			int result = (int)(dice / 128 % 4);
			int error = result == 0 ? outbox_unclaim(store, message.sms.id, wall)
				  : result == 1 ? outbox_refused(store, message.sms.id, 38, wall)
				  : result == 2 ? outbox_unknown(store, message.sms.id, wall)
				  : outbox_sent(store, message.sms.id, 1, wall, NULL);
			assert_int_equal(error, 0);
			out += result >= 2;
		}
		if (dice % 9 == 0)
			assert_true(outbox_settle(store, wall) >= 0);
		wall += dice % 3200;
		assert_int_equal(number("SELECT count(*) FROM spend WHERE parts > most"), 0);
	}
	assert_int_equal(number("SELECT sum(parts) FROM spend WHERE length(span) = 7 AND scope = 'all'"), out);
	assert_true(out > 40);
	assert_true(number("SELECT count(*) FROM spend WHERE parts = most AND scope = 'all'") > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_number_gets_no_more_than_its_share),
		TEST(the_day_and_the_month_have_an_end),
		TEST(a_clock_that_nobody_believes_forgets_no_day),
		TEST(the_reserve_is_for_registered_people),
		TEST(strangers_have_a_pool_and_no_queue),
		TEST(what_a_stranger_causes_is_the_strangers),
		TEST(every_part_costs),
		TEST(what_did_not_go_out_costs_nothing),
		TEST(some_numbers_are_never_written_to),
		TEST(stale_messages_do_not_wait_for_the_next_day),
		TEST(another_limit_counts_at_once),
		TEST(the_database_itself_refuses),
		TEST(no_limit_is_ever_passed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
