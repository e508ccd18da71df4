/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_outbox: nothing is queued twice, and no message goes out more often than its class allows. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/outbox.h"
#include "store/statement.h"
#include "store/store.h"

#define NOW 1792461600
#define SITI "+6284010000959"
#define BUDI "+6284010001096"

static struct store *store;

static int
setup(void **state)
{
	(void)state;
	return store_open(&store, ":memory:", STORE_CREATE);
}

static int
teardown(void **state)
{
	(void)state;
	store_close(store);
	return 0;
}

static void
put(const struct outbox_new message)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(outbox_put(store, &message), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
put_class(const char *key, enum outbox_class class, const char *dest, int64_t wall)
{
	put((struct outbox_new){.key = key, .class = class, .dest = dest, .text = key, .wall = wall});
}

/* Claims and says which text that was; "" nothing. */
static int64_t
claim(int64_t wall, const char *text)
{
	struct outbox_message message;
	int64_t next;

	assert_int_equal(outbox_claim(store, "modem1", wall, &message, &next), 0);
	assert_string_equal(message.sms.text, text);
	return message.sms.id;
}

static int64_t
expect_none(int64_t wall)
{
	struct outbox_message message;
	int64_t next;

	assert_int_equal(outbox_claim(store, "modem1", wall, &message, &next), -ENOENT);
	return next;
}

static struct outbox_counts
counts(void)
{
	struct outbox_counts out;

	outbox_count(store, &out);
	return out;
}

static void
a_message_goes_its_way(void **state)
{
	struct outbox_message message;
	int64_t next;

	(void)state;
	assert_int_equal(expect_none(NOW), 0);
	put_class("ack:71", OUTBOX_ACK, SITI, NOW);
	assert_int_equal(outbox_claim(store, "modem1", NOW, &message, &next), 0);
	assert_string_equal(message.sms.dest, SITI);
	assert_string_equal(message.sms.text, "ack:71");
	assert_true(message.sms.report);
	assert_int_equal(message.sms.validity_minutes, 0);
	assert_int_equal(message.class, OUTBOX_ACK);
	assert_int_equal(counts().claimed, 1);
	assert_int_equal(outbox_sent(store, message.sms.id, 17, NOW + 3), 0);
	assert_int_equal(outbox_sent(store, message.sms.id, 17, NOW + 3), -ENOENT);
	assert_int_equal(outbox_report(store, SITI, 17, 0, NOW + 8), 0);
	assert_int_equal(counts().delivered, 1);
	assert_int_equal(expect_none(NOW + 1000000), 0);
}

static void
a_key_is_queued_once_for_ever(void **state)
{
	(void)state;
	put_class("ack:71", OUTBOX_ACK, SITI, NOW);
	put_class("ack:71", OUTBOX_ACK, SITI, NOW + 5);
	assert_int_equal(counts().queued, 1);
	assert_int_equal(outbox_sent(store, claim(NOW, "ack:71"), 1, NOW), 0);
	put_class("ack:71", OUTBOX_ACK, SITI, NOW + 9);
	expect_none(NOW + 10);
}

static void
what_is_held_never_goes_out(void **state)
{
	(void)state;
	put((struct outbox_new){.key = "ack:1", .dest = SITI, .text = "x", .wall = NOW, .hold = true});
	assert_int_equal(counts().blocked, 1);
	assert_int_equal(expect_none(NOW + 100), 0);
	assert_int_equal(outbox_since(store, SITI, NOW), 1);
}

static void
the_earliest_due_goes_first(void **state)
{
	(void)state;
	put_class("later", OUTBOX_NOTICE, SITI, NOW + 50);
	put_class("first", OUTBOX_NOTICE, SITI, NOW);
	put_class("second", OUTBOX_NOTICE, BUDI, NOW);
	claim(NOW, "first");
	claim(NOW, "second");
	assert_int_equal(expect_none(NOW), NOW + 50);
}

static void
a_recipient_gets_one_at_a_time(void **state)
{
	int64_t id;

	(void)state;
	put_class("one", OUTBOX_ACK, SITI, NOW);
	put_class("two", OUTBOX_ACK, SITI, NOW + 1);
	put_class("other", OUTBOX_ACK, BUDI, NOW + 2);
	id = claim(NOW + 5, "one");
	claim(NOW + 5, "other");
	expect_none(NOW + 5);
	assert_int_equal(outbox_sent(store, id, 1, NOW + 6), 0);
	claim(NOW + 6, "two");
}

static void
stale_answers_are_not_sent(void **state)
{
	struct outbox_message message;
	int64_t next;

	(void)state;
	put((struct outbox_new){.key = "ans:1", .class = OUTBOX_ANSWER, .dest = SITI, .text = "ans:1", .wall = NOW,
				.not_after = NOW + 3600});
	put((struct outbox_new){.key = "ans:2", .class = OUTBOX_ANSWER, .dest = BUDI, .text = "ans:2", .wall = NOW,
				.not_after = NOW + 3600});
	assert_int_equal(outbox_claim(store, "modem1", NOW + 600, &message, &next), 0);
	/* The network gives up at the same time. */
	assert_int_equal(message.sms.validity_minutes, 50);
	assert_false(message.sms.report);
	expect_none(NOW + 3601);
	assert_int_equal(counts().expired, 1);
	assert_int_equal(counts().claimed, 1);
}

static void
a_refusal_is_tried_again_later_and_later_three_times(void **state)
{
	int64_t id;

	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW);
	put_class("ack:2", OUTBOX_ACK, BUDI, NOW);
	id = claim(NOW, "ack:1");
	assert_int_equal(outbox_refused(store, id, 38, NOW), 0);
	claim(NOW, "ack:2");
	assert_int_equal(expect_none(NOW), NOW + 30);
	claim(NOW + 30, "ack:1");
	assert_int_equal(outbox_refused(store, id, 38, NOW + 30), 0);
	assert_int_equal(expect_none(NOW + 31), NOW + 30 + 120);
	claim(NOW + 150, "ack:1");
	assert_int_equal(outbox_refused(store, id, 38, NOW + 150), 0);
	assert_int_equal(outbox_refused(store, id, 38, NOW + 150), -ENOENT);
	assert_int_equal(counts().failed, 1);
	assert_int_equal(expect_none(NOW + 1000000), 0);
}

static void
a_modem_that_is_not_there_costs_no_try(void **state)
{
	int64_t wall = NOW;

	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(outbox_unclaim(store, claim(wall, "ack:1"), wall), 0);
		wall = expect_none(wall);
		assert_true(wall > NOW);
	}
	assert_int_equal(outbox_sent(store, claim(wall, "ack:1"), 1, wall), 0);
}

/* How often a message of the class goes out if every try ends in the unknown. */
static int
times_sent(enum outbox_class class, bool crash)
{
	struct outbox_message message;
	int64_t next, wall = NOW;
	int times = 0;

	put_class("key", class, SITI, wall);
	while (outbox_claim(store, "modem1", wall, &message, &next) == 0) {
		times++;
		if (crash)
			assert_int_equal(outbox_recover(store, wall), 1);
		else
			assert_int_equal(outbox_unknown(store, message.sms.id, wall), 0);
		assert_int_equal(counts().unknown, 1);
		assert_int_equal(outbox_settle(store, wall + 119), 0);
		wall += 120;
		assert_in_range(outbox_settle(store, wall), 0, 1);
		assert_int_equal(outbox_settle(store, wall), 0);
	}
	assert_int_equal(counts().unknown, 1);
	return times;
}

static void
each_class_has_its_own_risk(void **state)
{
	static const int most[] = {[OUTBOX_ACK] = 2, [OUTBOX_ANSWER] = 1, [OUTBOX_REMINDER] = 1, [OUTBOX_ALERT] = 3,
				   [OUTBOX_NOTICE] = 1};

	for (int class = 0; class < OUTBOX_CLASSES; class++) {
		for (int crash = 0; crash < 2; crash++) {
			assert_int_equal(times_sent(class, crash), most[class]);
			teardown(state);
			assert_int_equal(setup(state), 0);
		}
	}
}

static void
a_claim_is_on_the_disk_before_anything_is_sent(void **state)
{
	char dir[] = "/tmp/test_outbox.XXXXXX", path[64];
	struct outbox_message message;
	int64_t next;
	pid_t child;

	teardown(state);
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/box.db", dir);
	child = fork();
	if (child == 0) {
		assert_int_equal(store_open(&store, path, STORE_CREATE), 0);
		put_class("ack:1", OUTBOX_ACK, SITI, NOW);
		claim(NOW, "ack:1");
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(store_open(&store, path, STORE_EXISTING), 0);
	assert_int_equal(counts().claimed, 1);
	assert_int_equal(outbox_recover(store, NOW + 5), 1);
	assert_int_equal(outbox_claim(store, "modem1", NOW + 5, &message, &next), -ENOENT);
	assert_int_equal(outbox_settle(store, NOW + 125), 1);
	assert_int_equal(outbox_claim(store, "modem1", NOW + 125, &message, &next), 0);
	assert_string_equal(message.sms.text, "ack:1");
	store_close(store);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
	assert_int_equal(setup(state), 0);
}

static void
recovery_touches_only_what_was_claimed(void **state)
{
	(void)state;
	put_class("sent", OUTBOX_ACK, BUDI, NOW);
	put_class("one", OUTBOX_ANSWER, SITI, NOW + 1);
	put_class("two", OUTBOX_ACK, SITI, NOW + 2);
	assert_int_equal(outbox_sent(store, claim(NOW, "sent"), 1, NOW), 0);
	claim(NOW + 5, "one");
	assert_int_equal(outbox_recover(store, NOW + 5), 1);
	assert_int_equal(outbox_recover(store, NOW + 5), 0);
	assert_int_equal(counts().unknown, 1);
	assert_int_equal(counts().sent, 1);
	assert_int_equal(counts().queued, 1);
	claim(NOW + 5, "two");
}

static void
a_late_report_settles_the_unknown(void **state)
{
	int64_t id;

	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW);
	id = claim(NOW, "ack:1");
	assert_int_equal(outbox_unknown(store, id, NOW), 0);
	assert_int_equal(outbox_report(store, SITI, 44, 0, NOW + 60), 0);
	assert_int_equal(counts().delivered, 1);
	assert_int_equal(outbox_settle(store, NOW + 1000), 0);
	expect_none(NOW + 1000);
}

static void
a_report_even_stops_the_second_sending(void **state)
{
	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW);
	assert_int_equal(outbox_unknown(store, claim(NOW, "ack:1"), NOW), 0);
	assert_int_equal(outbox_settle(store, NOW + 120), 1);
	assert_int_equal(outbox_report(store, SITI, 44, 0, NOW + 121), 0);
	expect_none(NOW + 121);
	assert_int_equal(counts().delivered, 1);
}

static void
a_message_never_sent_takes_no_report(void **state)
{
	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW);
	assert_int_equal(outbox_report(store, SITI, 44, 0, NOW), -ENOENT);
	claim(NOW, "ack:1");
	assert_int_equal(outbox_report(store, SITI, 44, 0, NOW), -ENOENT);
	assert_int_equal(counts().claimed, 1);
}

static void
reports_find_their_message(void **state)
{
	(void)state;
	put_class("a", OUTBOX_ACK, SITI, NOW);
	put_class("b", OUTBOX_ACK, BUDI, NOW);
	assert_int_equal(outbox_sent(store, claim(NOW, "a"), 9, NOW), 0);
	assert_int_equal(outbox_sent(store, claim(NOW, "b"), 9, NOW), 0);
	assert_int_equal(outbox_report(store, BUDI, 8, 0, NOW), -ENOENT);
	assert_int_equal(outbox_report(store, "+6281111111111", 9, 0, NOW), -ENOENT);
	/* Networks report under another spelling of the number. */
	assert_int_equal(outbox_report(store, "084010001096", 9, 0x46, NOW + 9), 0);
	assert_int_equal(counts().failed, 1);
	assert_int_equal(counts().sent, 1);
	/* Still trying is no end. */
	assert_int_equal(outbox_report(store, SITI, 9, 0x30, NOW + 9), 0);
	assert_int_equal(outbox_report(store, SITI, 9, 0x85, NOW + 9), 0);
	assert_int_equal(counts().sent, 1);
	assert_int_equal(outbox_report(store, SITI, 9, 1, NOW + 20), 0);
	assert_int_equal(counts().delivered, 1);
}

static void
a_reference_that_came_round_means_the_newest(void **state)
{
	int64_t old, new;

	(void)state;
	put_class("old", OUTBOX_ACK, SITI, NOW);
	old = claim(NOW, "old");
	assert_int_equal(outbox_sent(store, old, 9, NOW), 0);
	put_class("new", OUTBOX_ACK, SITI, NOW + 100);
	new = claim(NOW + 100, "new");
	assert_int_equal(outbox_sent(store, new, 9, NOW + 100), 0);
	assert_int_equal(outbox_report(store, SITI, 9, 0, NOW + 110), 0);
	assert_int_equal(counts().sent, 1);
	/* The same report again stays with the same message. */
	assert_int_equal(outbox_report(store, SITI, 9, 0, NOW + 111), 0);
	assert_int_equal(counts().sent, 1);
	/* Weeks later it is nobody's. */
	assert_int_equal(outbox_report(store, SITI, 9, 0, NOW + 30 * 86400), -ENOENT);
}

static void
an_undelivered_alert_is_sent_again(void **state)
{
	int64_t id;

	(void)state;
	put_class("alert", OUTBOX_ALERT, SITI, NOW);
	id = claim(NOW, "alert");
	assert_int_equal(outbox_sent(store, id, 1, NOW), 0);
	assert_int_equal(outbox_report(store, SITI, 1, 0x41, NOW + 10), 0);
	assert_int_equal(expect_none(NOW + 10), NOW + 40);
	claim(NOW + 40, "alert");
	assert_int_equal(outbox_sent(store, id, 2, NOW + 40), 0);
	assert_int_equal(outbox_report(store, SITI, 2, 0x41, NOW + 50), 0);
	claim(NOW + 1000, "alert");
	assert_int_equal(outbox_sent(store, id, 3, NOW + 1000), 0);
	assert_int_equal(outbox_report(store, SITI, 3, 0x41, NOW + 1001), 0);
	assert_int_equal(counts().failed, 1);
}

static void
recent_messages_are_counted_by_recipient_and_kind(void **state)
{
	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW);
	put_class("ack:2", OUTBOX_ACK, SITI, NOW + 10);
	put_class("stranger:2026-10-20", OUTBOX_ANSWER, SITI, NOW + 20);
	put_class("ack:3", OUTBOX_ACK, BUDI, NOW + 30);
	assert_int_equal(outbox_since(store, SITI, NOW), 3);
	assert_int_equal(outbox_since(store, SITI, NOW + 1), 2);
	assert_int_equal(outbox_since(store, SITI, NOW + 21), 0);
	assert_int_equal(outbox_since_like(store, SITI, "ack:", NOW), 2);
	assert_int_equal(outbox_since_like(store, SITI, "stranger:", NOW), 1);
	assert_int_equal(outbox_since_like(store, BUDI, "stranger:", NOW), 0);
}

static void
a_question_to_the_queue_writes_nothing(void **state)
{
	(void)state;
	put_class("later", OUTBOX_ACK, SITI, NOW + 100);
	int before = sqlite3_total_changes(store->db);
	expect_none(NOW);
	assert_int_equal(outbox_settle(store, NOW), 0);
	assert_int_equal(sqlite3_total_changes(store->db), before);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_message_goes_its_way),
		TEST(a_key_is_queued_once_for_ever),
		TEST(what_is_held_never_goes_out),
		TEST(the_earliest_due_goes_first),
		TEST(a_recipient_gets_one_at_a_time),
		TEST(stale_answers_are_not_sent),
		TEST(a_refusal_is_tried_again_later_and_later_three_times),
		TEST(a_modem_that_is_not_there_costs_no_try),
		TEST(each_class_has_its_own_risk),
		TEST(a_claim_is_on_the_disk_before_anything_is_sent),
		TEST(recovery_touches_only_what_was_claimed),
		TEST(a_late_report_settles_the_unknown),
		TEST(a_report_even_stops_the_second_sending),
		TEST(a_message_never_sent_takes_no_report),
		TEST(reports_find_their_message),
		TEST(a_reference_that_came_round_means_the_newest),
		TEST(an_undelivered_alert_is_sent_again),
		TEST(recent_messages_are_counted_by_recipient_and_kind),
		TEST(a_question_to_the_queue_writes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
