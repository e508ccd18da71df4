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

#include "base/cms.h"
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

/* The network took it; what is missing of it goes later. */
static int
sent(int64_t id, int reference, int64_t wall)
{
	return outbox_sent(store, id, reference, wall, NULL);
}

static int
report_at(const char *modem, const char *dest, int reference, int status, const char *time, int64_t wall)
{
	return outbox_report(store, &(struct outbox_report){modem, dest, time, reference, status}, wall);
}

static int
report(const char *dest, int reference, int status, int64_t wall)
{
	return report_at("modem1", dest, reference, status, "2026-10-20T09:01:00+07:00", wall);
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
	assert_int_equal(sent(message.sms.id, 17, NOW + 3), 0);
	assert_int_equal(sent(message.sms.id, 17, NOW + 3), -ENOENT);
	assert_int_equal(report(SITI, 17, 0, NOW + 8), 0);
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
	assert_int_equal(sent(claim(NOW, "ack:71"), 1, NOW), 0);
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
	assert_int_equal(outbox_since(store, SITI, NOW, NOW + 60), 1);
}

static void
the_earliest_due_goes_first(void **state)
{
	(void)state;
	put((struct outbox_new){.key = "later", .class = OUTBOX_NOTICE, .dest = SITI, .text = "later", .wall = NOW + 1,
				.not_before = NOW + 50});
	put_class("first", OUTBOX_NOTICE, SITI, NOW);
	put_class("second", OUTBOX_NOTICE, BUDI, NOW);
	claim(NOW, "first");
	claim(NOW, "second");
	assert_int_equal(expect_none(NOW), NOW + 50);
}

static void
what_is_urgent_goes_before_whatever_waits(void **state)
{
	int64_t first;

	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW - 100);
	first = claim(NOW, "ack:1");
	put_class("ack:2", OUTBOX_ACK, BUDI, NOW - 50);
	put_class("ack:3", OUTBOX_ACK, SITI, NOW - 50);
	put((struct outbox_new){.key = "siaga:1", .class = OUTBOX_ALERT, .dest = SITI, .text = "siaga:1", .wall = NOW, .urgent = true});
	put((struct outbox_new){.key = "siaga:2", .class = OUTBOX_ALERT, .dest = SITI, .text = "siaga:2", .wall = NOW, .urgent = true,
		.hold = true});
	/* Not while another is on its way to the same number; then before an older one. */
	assert_int_equal(sent(claim(NOW, "ack:2"), 1, NOW), 0);
	expect_none(NOW);
	assert_int_equal(sent(first, 2, NOW), 0);
	assert_int_equal(sent(claim(NOW, "siaga:1"), 3, NOW), 0);
	claim(NOW, "ack:3");
	assert_int_equal(counts().blocked, 1);
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
	assert_int_equal(sent(id, 1, NOW + 6), 0);
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

/* The times at which a message goes out that is always refused so. */
static int
refuse_always(int error, int64_t times[], int most)
{
	struct outbox_message message;
	int64_t next = NOW, wall = NOW;
	int count = 0;

	put_class("ack", OUTBOX_ACK, SITI, NOW);
	while (next != 0 && count < most) {
		wall = next;
		assert_int_equal(outbox_claim(store, "modem1", wall, &message, &next), 0);
		times[count++] = wall - NOW;
		assert_int_equal(outbox_refused(store, message.sms.id, error, wall), 0);
		assert_int_equal(outbox_refused(store, message.sms.id, error, wall), -ENOENT);
		next = expect_none(wall);
	}
	assert_int_equal(counts().failed, 1);
	return count;
}

static void
a_refusal_is_tried_again_according_to_its_cause(void **state)
{
	static const int never[] = {1, 8, 10, 28, 30, CMS_OURS}, later[] = {38, 41, 42, 47, 331, 332, 500, 512};
	int64_t times[64];

	(void)state;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		assert_int_equal(refuse_always(never[i], times, 64), 1);
		teardown(state);
		setup(state);
	}
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		int count = refuse_always(later[i], times, 64);

		assert_int_equal(times[1], 30);
		assert_int_equal(times[2], 150);
		assert_int_equal(times[3], 420);
		for (int j = 1; j < count; j++)
			assert_in_range(times[j] - times[j - 1], 30, 6 * 3600);
		assert_in_range(times[count - 1], 66 * 3600, 72 * 3600);
		teardown(state);
		setup(state);
	}
	assert_int_equal(refuse_always(304, times, 64), 3);
}

static void
one_bad_number_stops_nobody_and_keeps_its_order(void **state)
{
	struct outbox_row row = {.id = 0};
	int64_t id;

	(void)state;
	put_class("siti 1", OUTBOX_ACK, SITI, NOW);
	put_class("siti 2", OUTBOX_ACK, SITI, NOW + 1);
	put_class("siti 3", OUTBOX_ACK, SITI, NOW + 1);
	put_class("budi 1", OUTBOX_ACK, BUDI, NOW + 2);
	put_class("budi 2", OUTBOX_ACK, BUDI, NOW + 3);
	id = claim(NOW + 5, "siti 1");
	assert_int_equal(outbox_refused(store, id, 38, NOW + 5), 0);
	assert_int_equal(sent(claim(NOW + 5, "budi 1"), 1, NOW + 5), 0);
	assert_int_equal(sent(claim(NOW + 5, "budi 2"), 2, NOW + 5), 0);
	assert_int_equal(expect_none(NOW + 5), NOW + 35);
	assert_int_equal(outbox_next(store, 0, &row), 0);
	assert_int_equal(row.error, 38);
	assert_int_equal(row.next, NOW + 35);
	assert_string_equal(cms_cause(row.error), "network");
	assert_int_equal(sent(claim(NOW + 35, "siti 1"), 3, NOW + 35), 0);
	assert_int_equal(sent(claim(NOW + 35, "siti 2"), 4, NOW + 35), 0);
	assert_int_equal(sent(claim(NOW + 35, "siti 3"), 5, NOW + 35), 0);
}

static void
what_waits_behind_becomes_stale(void **state)
{
	(void)state;
	put_class("ack", OUTBOX_ACK, SITI, NOW);
	put((struct outbox_new){.key = "ans", .class = OUTBOX_ANSWER, .dest = SITI, .text = "ans", .wall = NOW,
				.not_after = NOW + 20});
	assert_int_equal(outbox_refused(store, claim(NOW, "ack"), 38, NOW), 0);
	claim(NOW + 30, "ack");
	assert_int_equal(counts().expired, 1);
}

static void
a_clock_that_is_set_back_strands_nothing(void **state)
{
	(void)state;
	put_class("fresh", OUTBOX_ACK, SITI, NOW);
	put_class("refused", OUTBOX_ACK, BUDI, NOW);
	assert_int_equal(sent(claim(NOW - 3600, "fresh"), 1, NOW - 3600), 0);
	assert_int_equal(outbox_refused(store, claim(NOW, "refused"), 38, NOW), 0);
	expect_none(NOW + 1);
	assert_int_equal(outbox_unknown(store, claim(NOW - 86400, "refused"), NOW - 86400), 0);
	assert_int_equal(outbox_settle(store, NOW - 86399), 0);
	assert_int_equal(outbox_settle(store, NOW - 30 * 86400), 1);
	claim(NOW - 30 * 86400, "refused");
}

static void
what_is_to_go_later_waits_for_its_time(void **state)
{
	(void)state;
	put((struct outbox_new){.key = "a", .class = OUTBOX_REMINDER, .dest = SITI, .text = "a", .wall = NOW,
				.not_before = NOW + 86400});
	assert_int_equal(expect_none(NOW), NOW + 86400);
	claim(NOW + 86400, "a");
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
	assert_int_equal(sent(claim(wall, "ack:1"), 1, wall), 0);
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
	assert_int_equal(sent(claim(NOW, "sent"), 1, NOW), 0);
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
	assert_int_equal(report(SITI, 44, 0, NOW + 60), 0);
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
	assert_int_equal(report(SITI, 44, 0, NOW + 121), 0);
	expect_none(NOW + 121);
	assert_int_equal(counts().delivered, 1);
}

static void
a_message_never_sent_takes_no_report(void **state)
{
	(void)state;
	put_class("ack:1", OUTBOX_ACK, SITI, NOW);
	assert_int_equal(report(SITI, 44, 0, NOW), -ENOENT);
	claim(NOW, "ack:1");
	assert_int_equal(report(SITI, 44, 0, NOW), -ENOENT);
	assert_int_equal(counts().claimed, 1);
}

static void
reports_find_their_message(void **state)
{
	(void)state;
	put_class("a", OUTBOX_ACK, SITI, NOW);
	put_class("b", OUTBOX_ACK, BUDI, NOW);
	assert_int_equal(sent(claim(NOW, "a"), 9, NOW), 0);
	assert_int_equal(sent(claim(NOW, "b"), 9, NOW), 0);
	assert_int_equal(report(BUDI, 8, 0, NOW), -ENOENT);
	assert_int_equal(report("+6281111111111", 9, 0, NOW), -ENOENT);
	/* Networks report under another spelling of the number. */
	assert_int_equal(report("084010001096", 9, 0x46, NOW + 9), 0);
	assert_int_equal(counts().failed, 1);
	assert_int_equal(counts().sent, 1);
	/* Still trying is no end. */
	assert_int_equal(report(SITI, 9, 0x30, NOW + 9), 0);
	assert_int_equal(report(SITI, 9, 0x85, NOW + 9), 0);
	assert_int_equal(counts().sent, 1);
	assert_int_equal(report(SITI, 9, 1, NOW + 20), 0);
	assert_int_equal(counts().delivered, 1);
}

static void
a_reference_that_came_round_means_the_newest(void **state)
{
	int64_t old, new;

	(void)state;
	put_class("old", OUTBOX_ACK, SITI, NOW);
	old = claim(NOW, "old");
	assert_int_equal(sent(old, 9, NOW), 0);
	put_class("new", OUTBOX_ACK, SITI, NOW + 100);
	new = claim(NOW + 100, "new");
	assert_int_equal(sent(new, 9, NOW + 100), 0);
	assert_int_equal(report(SITI, 9, 0, NOW + 110), 0);
	assert_int_equal(counts().sent, 1);
	/* The same report again stays with the same message. */
	assert_int_equal(report(SITI, 9, 0, NOW + 111), 0);
	assert_int_equal(counts().sent, 1);
	/* Weeks later it is nobody's. */
	assert_int_equal(report(SITI, 9, 0, NOW + 30 * 86400), -ENOENT);
}

static void
an_undelivered_alert_is_sent_again(void **state)
{
	int64_t id;

	(void)state;
	put_class("alert", OUTBOX_ALERT, SITI, NOW);
	id = claim(NOW, "alert");
	assert_int_equal(sent(id, 1, NOW), 0);
	assert_int_equal(report(SITI, 1, 0x41, NOW + 10), 0);
	assert_int_equal(expect_none(NOW + 10), NOW + 40);
	claim(NOW + 40, "alert");
	assert_int_equal(sent(id, 2, NOW + 40), 0);
	assert_int_equal(report(SITI, 2, 0x41, NOW + 50), 0);
	claim(NOW + 1000, "alert");
	assert_int_equal(sent(id, 3, NOW + 1000), 0);
	assert_int_equal(report(SITI, 3, 0x41, NOW + 1001), 0);
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
	assert_int_equal(outbox_since(store, SITI, NOW, NOW + 60), 3);
	assert_int_equal(outbox_since(store, SITI, NOW + 1, NOW + 60), 2);
	assert_int_equal(outbox_since(store, SITI, NOW + 21, NOW + 60), 0);
	assert_int_equal(outbox_since(store, SITI, NOW, NOW + 19), 2);
	assert_int_equal(outbox_since_like(store, SITI, "ack:", NOW, NOW + 60), 2);
	assert_int_equal(outbox_since_like(store, SITI, "stranger:", NOW, NOW + 60), 1);
	assert_int_equal(outbox_since_like(store, BUDI, "stranger:", NOW, NOW + 60), 0);
}

static void
a_question_to_the_queue_writes_nothing(void **state)
{
	(void)state;
	put((struct outbox_new){.key = "later", .class = OUTBOX_ACK, .dest = SITI, .text = "x", .wall = NOW,
				.not_before = NOW + 100});
	int before = sqlite3_total_changes(store->db);
	expect_none(NOW);
	assert_int_equal(outbox_settle(store, NOW), 0);
	assert_int_equal(sqlite3_total_changes(store->db), before);
}

/* --- several parts --- */

static char long_text[SMS_OUT_PARTS_MAX * 153 + 2];

static int64_t
put_long(const char *key, enum outbox_class class, const char *dest, size_t parts)
{
	memset(long_text, 'x', sizeof long_text);
	for (size_t i = 0; i < parts; i++)
		long_text[i * 153] = (char)('A' + i);
	long_text[parts * 153] = '\0';
	put((struct outbox_new){.key = key, .class = class, .dest = dest, .text = long_text, .wall = NOW});
	return sqlite3_last_insert_rowid(store->db);
}

/* Claims, and demands that it is this part. */
static struct outbox_message
claim_part(const char *modem, int64_t wall, int sequence, int total, int reference)
{
	struct outbox_message message;
	int64_t next;

	assert_int_equal(outbox_claim(store, modem, wall, &message, &next), 0);
	assert_int_equal(message.sms.sequence, sequence);
	assert_int_equal(message.sms.total, total);
	assert_int_equal(message.sms.reference, reference);
	assert_int_equal(message.sms.text[0], 'A' + sequence - 1);
	return message;
}

static void
parts_follow_one_another(void **state)
{
	struct outbox_message message, more;
	int64_t next;

	(void)state;
	put_long("long", OUTBOX_ACK, SITI, 3);
	put_class("behind", OUTBOX_ACK, SITI, NOW);
	message = claim_part("modem1", NOW, 1, 3, 1);
	for (int part = 1; part < 3; part++) {
		assert_int_equal(outbox_sent(store, message.sms.id, part, NOW, &more), 1);
		assert_int_equal(more.sms.id, message.sms.id);
		assert_int_equal(more.sms.sequence, part + 1);
		assert_int_equal(more.sms.reference, 1);
		assert_int_equal(counts().claimed, 1);
		assert_int_equal(outbox_claim(store, "modem2", NOW, &more, &next), -ENOENT);
	}
	assert_int_equal(outbox_sent(store, message.sms.id, 3, NOW, &more), 0);
	assert_int_equal(counts().sent, 1);
	assert_int_equal(report(SITI, 2, 0, NOW), 0);
	assert_int_equal(report(SITI, 1, 0, NOW), 0);
	assert_int_equal(counts().delivered, 0);
	assert_int_equal(report(SITI, 3, 0, NOW), 0);
	assert_int_equal(counts().delivered, 1);
	claim(NOW, "behind");
}

static void
ten_parts_are_the_most(void **state)
{
	char text[SMS_OUT_PARTS_MAX * 153 + 2];

	(void)state;
	put_long("ten", OUTBOX_ANSWER, SITI, 10);
	claim_part("modem1", NOW, 1, 10, 1);
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(outbox_put(store, &(struct outbox_new){.key = "x", .dest = SITI, .text = text}), -EMSGSIZE);
	assert_int_equal(outbox_put(store, &(struct outbox_new){.key = "x", .dest = SITI, .text = ""}), -EMSGSIZE);
	assert_int_equal(outbox_put(store, &(struct outbox_new){.key = "x", .dest = SITI, .text = "\xff"}), -EMSGSIZE);
	store_rollback(store);
}

static void
references_are_counted_by_recipient(void **state)
{
	char key[24];

	(void)state;
	for (int i = 1; i <= 258; i++) {
		snprintf(key, sizeof key, "siti %d", i);
		put_long(key, OUTBOX_NOTICE, SITI, 2);
		struct outbox_message message = claim_part("modem1", NOW, 1, 2, i & 0xff);
		assert_int_equal(outbox_sent(store, message.sms.id, 1, NOW, &message), 1);
		assert_int_equal(outbox_sent(store, message.sms.id, 2, NOW, &message), 0);
	}
	put_long("budi", OUTBOX_NOTICE, BUDI, 2);
	claim_part("modem1", NOW, 1, 2, 1);
}

/* Kills the core at part 2 of 4 and gives what is sent after it, as "134". */
static void
after_a_crash(enum outbox_class class, const char *expected)
{
	struct outbox_message message;
	int64_t wall = NOW + 5, next;
	char order[16] = "";

	put_long("long", class, SITI, 4);
	message = claim_part("modem1", NOW, 1, 4, 1);
	assert_int_equal(outbox_sent(store, message.sms.id, 7, NOW, &message), 1);
	assert_int_equal(outbox_recover(store, wall), 1);
	assert_int_equal(counts().unknown, 1);
	expect_none(wall + 119);
	wall += 120;
	assert_int_equal(outbox_settle(store, wall), 1);
	assert_int_equal(outbox_claim(store, "modem1", wall, &message, &next), 0);
	do {
		assert_int_equal(message.sms.reference, 1);
		order[strlen(order)] = (char)('0' + message.sms.sequence);
		next = outbox_sent(store, message.sms.id, 10 + message.sms.sequence, wall, &message);
	} while (next == 1);
	assert_int_equal(next, 0);
	assert_string_equal(order, expected);
	expect_none(wall + 100000);
}

static void
after_a_crash_only_what_is_missing_is_sent(void **state)
{
	after_a_crash(OUTBOX_ACK, "234");
	assert_int_equal(counts().sent, 1);
	teardown(state);
	setup(state);
	after_a_crash(OUTBOX_ANSWER, "34");
	assert_int_equal(counts().unknown, 1);
	teardown(state);
	setup(state);
	/* A late report tells that part 2 did go out. */
	put_long("long", OUTBOX_ACK, SITI, 2);
	struct outbox_message message = claim_part("modem1", NOW, 1, 2, 1);
	assert_int_equal(outbox_sent(store, message.sms.id, 7, NOW, &message), 1);
	assert_int_equal(outbox_recover(store, NOW), 1);
	assert_int_equal(report(SITI, 8, 0x30, NOW + 60), 0);
	assert_int_equal(counts().sent, 1);
	assert_int_equal(outbox_settle(store, NOW + 1000), 0);
	expect_none(NOW + 1000);
}

static void
a_part_of_unknown_fate_goes_once_more_at_most(void **state)
{
	struct outbox_message message;
	int64_t wall = NOW;
	int times[4] = {0};
	int64_t next;

	(void)state;
	put_long("long", OUTBOX_ACK, SITI, 3);
	while (outbox_claim(store, "modem1", wall, &message, &next) == 0) {
		times[message.sms.sequence]++;
		assert_int_equal(outbox_unknown(store, message.sms.id, wall), 0);
		wall += 120;
		assert_in_range(outbox_settle(store, wall), 0, 1);
	}
	assert_int_equal(times[1], 2);
	assert_int_equal(times[2], 2);
	assert_int_equal(times[3], 2);
	assert_int_equal(counts().unknown, 1);
}

static void
a_refused_part_ends_or_delays_the_rest(void **state)
{
	struct outbox_message message;

	(void)state;
	put_long("long", OUTBOX_ACK, SITI, 3);
	message = claim_part("modem1", NOW, 1, 3, 1);
	assert_int_equal(outbox_sent(store, message.sms.id, 1, NOW, &message), 1);
	assert_int_equal(outbox_refused(store, message.sms.id, 42, NOW), 0);
	assert_int_equal(expect_none(NOW), NOW + 30);
	message = claim_part("modem1", NOW + 30, 2, 3, 1);
	/* What has arrived does not hurry what waits. */
	assert_int_equal(outbox_refused(store, message.sms.id, 42, NOW + 30), 0);
	assert_int_equal(report(SITI, 1, 0, NOW + 31), 0);
	assert_int_equal(expect_none(NOW + 31), NOW + 150);
	message = claim_part("modem1", NOW + 150, 2, 3, 1);
	assert_int_equal(outbox_refused(store, message.sms.id, 28, NOW + 150), 0);
	assert_int_equal(counts().failed, 1);
	assert_int_equal(expect_none(NOW + 1000000), 0);
}

static void
parts_stay_with_their_modem_for_a_while(void **state)
{
	struct outbox_message message, more;
	int64_t next;

	(void)state;
	put_long("long", OUTBOX_ACK, SITI, 2);
	message = claim_part("modem1", NOW, 1, 2, 1);
	assert_int_equal(outbox_unclaim(store, message.sms.id, NOW), 0);
	/* Nothing of it has gone out: any modem will do. */
	message = claim_part("modem2", NOW + 2, 1, 2, 1);
	assert_int_equal(sent(message.sms.id, 1, NOW + 2), 0);
	assert_int_equal(outbox_claim(store, "modem1", NOW + 3, &more, &next), -ENOENT);
	assert_int_equal(outbox_claim(store, "modem1", NOW + 600, &more, &next), -ENOENT);
	claim_part("modem1", NOW + 603, 2, 2, 1);
}

static void
a_dead_modem_leaves_its_queue_to_the_others(void **state)
{
	struct outbox_message message;
	int64_t next;

	(void)state;
	put_class("a", OUTBOX_ANSWER, SITI, NOW);
	put_class("b", OUTBOX_ANSWER, BUDI, NOW);
	assert_int_equal(outbox_claim(store, "modem1", NOW, &message, &next), 0);
	assert_int_equal(outbox_unknown(store, message.sms.id, NOW), 0);
	assert_int_equal(outbox_claim(store, "modem2", NOW, &message, &next), 0);
	assert_string_equal(message.sms.text, "b");
	assert_int_equal(counts().unknown, 1);
}

/* --- reports --- */

static void
two_modems_count_references_on_their_own(void **state)
{
	struct outbox_message message;
	int64_t next;

	(void)state;
	put_class("one", OUTBOX_ACK, SITI, NOW);
	assert_int_equal(outbox_claim(store, "modem1", NOW, &message, &next), 0);
	assert_int_equal(sent(message.sms.id, 9, NOW), 0);
	put_class("two", OUTBOX_ACK, SITI, NOW);
	assert_int_equal(outbox_claim(store, "modem2", NOW, &message, &next), 0);
	assert_int_equal(sent(message.sms.id, 9, NOW), 0);
	assert_int_equal(report_at("modem1", SITI, 9, 0x41, "", NOW + 5), 0);
	assert_int_equal(report_at("modem2", SITI, 9, 0, "", NOW + 5), 0);
	assert_int_equal(counts().failed, 1);
	assert_int_equal(counts().delivered, 1);
	for (int64_t after = 0; outbox_next(store, after, &(struct outbox_row){0}) == 0; after++)
		fail();
}

static void
a_reference_that_came_round_settles_both(void **state)
{
	(void)state;
	put_class("old", OUTBOX_ACK, SITI, NOW);
	assert_int_equal(sent(claim(NOW, "old"), 9, NOW), 0);
	put_class("new", OUTBOX_ACK, SITI, NOW + 100);
	assert_int_equal(sent(claim(NOW + 100, "new"), 9, NOW + 100), 0);
	assert_int_equal(report_at("modem1", SITI, 9, 0, "2026-10-20T09:00:10+07:00", NOW + 200), 0);
	assert_int_equal(report_at("modem1", SITI, 9, 0, "2026-10-20T09:00:10+07:00", NOW + 201), 0);
	assert_int_equal(counts().delivered, 1);
	assert_int_equal(report_at("modem1", SITI, 9, 0, "2026-10-20T09:00:12+07:00", NOW + 202), 0);
	assert_int_equal(counts().delivered, 2);
	/* A third one belongs to what is under way and has no result yet, if to anything. */
	put_class("third", OUTBOX_ACK, SITI, NOW + 300);
	int64_t id = claim(NOW + 300, "third");
	assert_int_equal(report_at("modem1", SITI, 9, 0, "2026-10-20T09:00:14+07:00", NOW + 301), -ENOENT);
	assert_int_equal(sent(id, 9, NOW + 301), 0);
	assert_int_equal(report_at("modem1", SITI, 9, 0, "2026-10-20T09:00:14+07:00", NOW + 301), 0);
	assert_int_equal(counts().delivered, 3);
}

static void
an_alert_without_a_report_is_sent_three_times(void **state)
{
	struct outbox_message message;
	int64_t wall = NOW, next;
	int times = 0;

	(void)state;
	put_class("alert", OUTBOX_ALERT, SITI, NOW);
	while (outbox_claim(store, "modem1", wall, &message, &next) == 0) {
		assert_int_equal(message.sms.validity_minutes, 360);
		assert_int_equal(sent(message.sms.id, ++times, wall), 0);
		assert_int_equal(outbox_settle(store, wall + 6 * 3600 - 1), 0);
		wall += 6 * 3600;
		assert_in_range(outbox_settle(store, wall), 0, 1);
	}
	assert_int_equal(times, 3);
	assert_int_equal(counts().sent, 1);
	assert_int_equal(report(SITI, 3, 0, wall), 0);
	assert_int_equal(counts().delivered, 1);
}

static void
no_alert_is_sent_again_when_it_arrived_or_is_stale(void **state)
{
	(void)state;
	put_class("a", OUTBOX_ALERT, SITI, NOW);
	assert_int_equal(sent(claim(NOW, "a"), 1, NOW), 0);
	assert_int_equal(report(SITI, 1, 0, NOW + 60), 0);
	put((struct outbox_new){.key = "b", .class = OUTBOX_ALERT, .dest = BUDI, .text = "b", .wall = NOW,
				.not_after = NOW + 3600});
	assert_int_equal(sent(claim(NOW, "b"), 1, NOW), 0);
	assert_int_equal(outbox_settle(store, NOW + 7 * 3600), 0);
	expect_none(NOW + 7 * 3600);
	assert_int_equal(counts().sent, 1);
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
		TEST(what_is_urgent_goes_before_whatever_waits),
		TEST(a_recipient_gets_one_at_a_time),
		TEST(stale_answers_are_not_sent),
		TEST(a_refusal_is_tried_again_according_to_its_cause),
		TEST(one_bad_number_stops_nobody_and_keeps_its_order),
		TEST(what_waits_behind_becomes_stale),
		TEST(a_clock_that_is_set_back_strands_nothing),
		TEST(what_is_to_go_later_waits_for_its_time),
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
		TEST(parts_follow_one_another),
		TEST(ten_parts_are_the_most),
		TEST(references_are_counted_by_recipient),
		TEST(after_a_crash_only_what_is_missing_is_sent),
		TEST(a_part_of_unknown_fate_goes_once_more_at_most),
		TEST(a_refused_part_ends_or_delays_the_rest),
		TEST(parts_stay_with_their_modem_for_a_while),
		TEST(a_dead_modem_leaves_its_queue_to_the_others),
		TEST(two_modems_count_references_on_their_own),
		TEST(a_reference_that_came_round_settles_both),
		TEST(an_alert_without_a_report_is_sent_three_times),
		TEST(no_alert_is_sent_again_when_it_arrived_or_is_stale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
