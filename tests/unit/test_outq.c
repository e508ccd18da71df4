/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_outq: messages between the outbox and modems that are not there: parts, results, reports, a locked database. */
#include <errno.h>
#include <event2/event.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "gate/outq.h"
#include "modem_fake.h"
#include "store/outbox.h"
#include "store/statement.h"
#include "store/store.h"

#define SITI "+6284010000959"
#define BUDI "+6284010001096"

static char dir[64], path[96];
static struct event_base *base;
static struct store *store;
static struct outq *outq;
static struct modem modems[2];

static int
setup(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/test_outq.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	if (store_open(&store, path, STORE_CREATE) != 0)
		return -1;
	base = event_base_new();
	outq = outq_new(base, store);
	modems[0] = (struct modem){ .name = "modem1" };
	modems[1] = (struct modem){ .name = "modem2" };
	outq_add_modem(outq, &modems[0]);
	outq_add_modem(outq, &modems[1]);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	outq_free(outq);
	event_base_free(base);
	store_close(store);
	unlink(path);
	return rmdir(dir);
}

static void
put(const char *key, const char *dest, size_t length)
{
	char text[SMS_OUT_PARTS_MAX * 153 + 1];

	memset(text, 'x', length);
	text[length] = '\0';
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(outbox_put(store, &(struct outbox_new){.key = key, .class = OUTBOX_ACK, .dest = dest,
								.text = text, .wall = clock_wall()}), 0);
	assert_int_equal(store_commit(store), 0);
	outq_wake(outq);
}

/* Lets the loop do what is due now; gives the longest time that one turn took. */
static int64_t
turn(void)
{
	int64_t longest = 0;

	for (int i = 0; i < 3; i++) {
		int64_t begun = clock_monotonic_ms();

		event_base_loop(base, EVLOOP_NONBLOCK);
		if (clock_monotonic_ms() - begun > longest)
			longest = clock_monotonic_ms() - begun;
	}
	return longest;
}

/* The modem answers what it was given last. */
static void
answer(struct modem *modem, enum modem_sent result, int reference, int cms)
{
	const struct modem_event event = { .type = MODEM_EVENT_SENT, .sent = {
		.id = modem->sent.id, .sequence = modem->sent.sequence, .result = result, .reference = reference, .cms = cms,
		.error = "" } };

	outq_sent(outq, modem, &event);
}

static void
report(struct modem *modem, const char *number, uint8_t reference)
{
	const struct modem_event event = { .type = MODEM_EVENT_REPORT, .report = {
		.number = number, .time = "2026-10-20T09:00:00+07:00", .reference = reference, .status = 0 } };

	outq_report(outq, modem, &event);
}

static struct outbox_counts
counts(void)
{
	struct outbox_counts out;

	outbox_count(store, &out);
	return out;
}

/* A SIM with little left is spared while another can send; alone, it sends. */
static void
a_poor_modem_comes_last(void **state)
{
	char key[16];

	(void)state;
	outq_set_poor(outq, &modems[0], true);
	outq_up(outq, &modems[0]);
	outq_up(outq, &modems[1]);
	turn();
	for (int i = 0; i < 6; i++) {
		snprintf(key, sizeof key, "one%d", i);
		put(key, SITI, 20);
		turn();
		answer(&modems[1], MODEM_SENT_OK, i, 0);
		turn();
	}
	assert_int_equal(modems[0].sends, 0);
	assert_int_equal(modems[1].sends, 6);
	outq_down(outq, &modems[1]);
	put("last", SITI, 20);
	turn();
	assert_int_equal(modems[0].sends, 1);
	answer(&modems[0], MODEM_SENT_OK, 7, 0);
	turn();
	assert_int_equal(counts().sent, 7);
}

static void
parts_go_through_one_modem_one_by_one(void **state)
{
	(void)state;
	outq_up(outq, &modems[0]);
	outq_up(outq, &modems[1]);
	put("long", SITI, 3 * 153);
	turn();
	struct modem *modem = modems[0].sends != 0 ? &modems[0] : &modems[1];
	for (int part = 1; part <= 3; part++) {
		assert_int_equal(modem->sends, part);
		assert_int_equal(modem->sent.sequence, part);
		assert_int_equal(modem->sent.total, 3);
		assert_true(outq_busy(outq));
		answer(modem, MODEM_SENT_OK, part, 0);
		turn();
	}
	assert_int_equal(modems[0].sends + modems[1].sends, 3);
	assert_int_equal(counts().sent, 1);
	for (uint8_t part = 1; part <= 3; part++)
		report(modem, SITI, part);
	turn();
	assert_int_equal(counts().delivered, 1);
}

static void
a_report_that_is_quicker_than_its_result_waits(void **state)
{
	(void)state;
	outq_up(outq, &modems[0]);
	put("old", SITI, 10);
	turn();
	answer(&modems[0], MODEM_SENT_OK, 9, 0);
	put("new", SITI, 10);
	turn();
	assert_int_equal(modems[0].sends, 2);
	report(&modems[0], SITI, 9);
	turn();
	assert_int_equal(counts().delivered, 0);
	answer(&modems[0], MODEM_SENT_OK, 9, 0);
	turn();
	assert_int_equal(counts().delivered, 1);
	assert_int_equal(counts().sent, 1);
	for (int64_t after = 0; outbox_next(store, after, &(struct outbox_row){ 0 }) == 0; after++)
		fail();
}

static void
what_a_dead_modem_had_not_goes_over_another(void **state)
{
	(void)state;
	modems[0].answer = -ENODEV;
	outq_up(outq, &modems[0]);
	put("one", SITI, 10);
	turn();
	assert_int_equal(counts().queued, 1);
	outq_up(outq, &modems[1]);
	for (int i = 0; i < 40 && modems[1].sends == 0; i++) {
		usleep(100000);
		turn();
	}
	assert_int_equal(modems[1].sends, 1);
	answer(&modems[1], MODEM_SENT_UNKNOWN, -1, 0);
	turn();
	assert_int_equal(counts().unknown, 1);
}

static void
the_queue_is_shared(void **state)
{
	char key[16], dest[32];

	(void)state;
	outq_up(outq, &modems[0]);
	outq_up(outq, &modems[1]);
	for (int i = 0; i < 20; i++) {
		snprintf(key, sizeof key, "%d", i);
		snprintf(dest, sizeof dest, "+62840%08d", i);
		put(key, dest, 5);
	}
	turn();
	for (int i = 0; i < 10; i++) {
		answer(&modems[0], MODEM_SENT_OK, i, 0);
		answer(&modems[1], MODEM_SENT_OK, i, 0);
	}
	assert_int_equal(modems[0].sends, 10);
	assert_int_equal(modems[1].sends, 10);
	assert_int_equal(counts().sent, 20);
}

static void
a_locked_database_stops_neither_loop_nor_result(void **state)
{
	sqlite3 *other;
	int64_t longest = 0, until;

	(void)state;
	outq_up(outq, &modems[0]);
	put("one", SITI, 10);
	put("two", BUDI, 10);
	turn();
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	until = clock_monotonic_ms();
	answer(&modems[0], MODEM_SENT_OK, 5, 0);
	assert_true(clock_monotonic_ms() - until < 600);         /* 250, and what a busy machine takes */
	for (until = clock_monotonic_ms() + 3500; clock_monotonic_ms() < until; usleep(10000)) {
		int64_t took;

		report(&modems[0], SITI, 5);
		took = turn();
		longest = took > longest ? took : longest;
	}
	assert_true(longest < 600);
	assert_int_equal(modems[0].sends, 1);
	assert_int_equal(counts().claimed, 1);
	assert_true(outq_busy(outq));
	sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(other);
	for (int i = 0; i < 80 && modems[0].sends < 2; i++) {
		usleep(100000);
		turn();
	}
	assert_int_equal(modems[0].sends, 2);
	assert_int_equal(counts().delivered, 1);
}

static void
a_stop_in_the_middle_leaves_the_rest_for_later(void **state)
{
	(void)state;
	outq_up(outq, &modems[0]);
	put("long", SITI, 2 * 153);
	turn();
	outq_drain(outq);
	answer(&modems[0], MODEM_SENT_OK, 1, 0);
	turn();
	assert_false(outq_busy(outq));
	assert_int_equal(modems[0].sends, 1);
	assert_int_equal(counts().queued, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_poor_modem_comes_last),
		TEST(parts_go_through_one_modem_one_by_one),
		TEST(a_report_that_is_quicker_than_its_result_waits),
		TEST(what_a_dead_modem_had_not_goes_over_another),
		TEST(the_queue_is_shared),
		TEST(a_locked_database_stops_neither_loop_nor_result),
		TEST(a_stop_in_the_middle_leaves_the_rest_for_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
