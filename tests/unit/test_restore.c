/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_restore: a backup in the database's place: what it must not do again, which numbers it must not give again, and that
 * nothing of the database that was there gets into it. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/backup.h"
#include "store/circular.h"
#include "store/hold.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/record.h"
#include "store/restore.h"
#include "store/schedule.h"
#include "store/statement.h"
#include "store/store.h"

#define NIGHT 1792461600        /* 2026-10-20 02:00 UTC */
#define DAY 86400
#define NUMBER "+6284010000959"

static char dir[64], path[96], file[96], why[BACKUP_WHY_SIZE];
static struct restored restored;

static int
make_dir(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/test_restore.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	snprintf(file, sizeof file, "%s/backup.db", dir);
	restored = (struct restored){ .kept = NULL };
	return 0;
}

static int
remove_dir(void **state)
{
	char command[128];

	(void)state;
	free(restored.kept);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

static void
execute(struct store *store, const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
}

static void
expect(struct store *store, const char *sql, const char *value)
{
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(statement, 0), value);
	sqlite3_finalize(statement);
}

static struct store *
open_box(void)
{
	struct store *store;

	assert_int_equal(store_open(&store, path, STORE_CREATE), 0);
	return store;
}

/* A village with an organisation and its reporter. */
static struct store *
make_box(void)
{
	struct store *store = open_box();

	execute(store, "INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('PSM', 'PSM', '32.07.34.2007', 0);"
		"INSERT INTO person (state, organisation) VALUES ('ACTIVE', 1)");
	return store;
}

static int64_t
receive(struct store *store, int number)
{
	struct sms_part part = {.slot = 1, .class = -1, .sequence = 1, .total = 1, .units_length = 3,
				.units = {'A', 'B', 'C'}, .sender = NUMBER, .time = "2026-10-20T09:00:00+07:00"};
	enum inbox_take what;
	int64_t id;

	memcpy(part.key, &number, sizeof number);
	assert_int_equal(inbox_take(store, &part, "510100000000001", "modem1", NIGHT, &what, &id), 0);
	return id;
}

static void
put(struct store *store, const char *key, enum outbox_class class, int64_t inbox)
{
	const struct outbox_new message = {.key = key, .class = class, .dest = NUMBER, .text = key, .inbox = inbox,
					   .wall = NIGHT};

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(outbox_put(store, &message), 0);
	assert_int_equal(store_commit(store), 0);
}

static int64_t
draw(struct store *store, int64_t wall)
{
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, 1, 1, wall, &no), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static void
expect_state(struct store *store, const char *key, const char *state)
{
	char sql[128];

	snprintf(sql, sizeof sql, "SELECT state FROM outq WHERE okey = '%s'", key);
	expect(store, sql, state);
}

static struct store *
go_back(int64_t wall)
{
	int error = restore_from(file, path, wall, &restored, why);

	if (error != 0)
		fail_msg("%s", why);
	return open_box();
}

/* --- what is not done again --- */

static void
what_was_to_be_sent_is_not_sent_again(void **state)
{
	struct store *store = make_box();
	struct outbox_message message;
	int64_t next;

	(void)state;
	put(store, "rem:1", OUTBOX_REMINDER, 0);
	put(store, "ans:1", OUTBOX_ANSWER, 0);
	put(store, "ack:1", OUTBOX_ACK, 0);
	put(store, "note:1", OUTBOX_NOTICE, 0);
	put(store, "alert:1", OUTBOX_ALERT, 0);
	put(store, "ans:2", OUTBOX_ANSWER, 0);
	put(store, "done:1", OUTBOX_ANSWER, 0);
	execute(store, "UPDATE outq SET state = 'CLAIMED', next_at = NULL WHERE okey = 'ans:2';"
		"UPDATE out_part SET state = 'CLAIMED' WHERE outq = 6;"
		"UPDATE outq SET state = 'DELIVERED', next_at = NULL WHERE okey = 'done:1';"
		"UPDATE out_part SET state = 'DELIVERED' WHERE outq = 7");
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	store = go_back(NIGHT + DAY);
	assert_int_equal(restored.held, 5);
	assert_int_equal(outbox_recover(store, NIGHT + DAY), 0);
	assert_int_equal(outbox_settle(store, NIGHT + DAY), 0);
	assert_int_equal(outbox_claim(store, "gammu", NIGHT + DAY, &message, &next), 0);
	assert_string_equal(message.sms.text, "alert:1");
	assert_int_equal(outbox_sent(store, message.sms.id, 1, NIGHT + DAY, NULL), 0);
	assert_int_equal(outbox_claim(store, "gammu", NIGHT + DAY + 3600, &message, &next), -ENOENT);
	expect_state(store, "rem:1", "UNKNOWN");
	expect_state(store, "ans:2", "UNKNOWN");
	expect_state(store, "ack:1", "UNKNOWN");
	expect_state(store, "note:1", "UNKNOWN");
	expect_state(store, "done:1", "DELIVERED");
	expect(store, "SELECT count(*) FROM out_part JOIN outq ON id = outq WHERE out_part.state <> outq.state", "0");
	store_close(store);
}

/* It was received and not yet read: what it reports is nowhere else, what it asks was answered. */
static void
what_was_still_to_be_read_is_read_and_told_nobody_twice(void **state)
{
	struct store *store = make_box();
	int64_t old, new;

	(void)state;
	old = receive(store, 1);
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	store = go_back(NIGHT + 600);
	expect(store, "SELECT state FROM sms_in WHERE id = 1", "NEW");
	new = receive(store, 2);
	assert_true(new > old + 100);
	put(store, "ans:old", OUTBOX_ANSWER, old);
	put(store, "note:old", OUTBOX_NOTICE, old);
	put(store, "ack:old", OUTBOX_ACK, old);
	put(store, "alert:old", OUTBOX_ALERT, old);
	put(store, "ans:new", OUTBOX_ANSWER, new);
	expect_state(store, "ans:old", "BLOCKED");
	expect_state(store, "note:old", "BLOCKED");
	expect_state(store, "ack:old", "QUEUED");
	expect_state(store, "alert:old", "QUEUED");
	expect_state(store, "ans:new", "QUEUED");
	/* The network delivers the same once more: it is in the backup. */
	assert_int_equal(receive(store, 1), old);
	store_close(store);
}

static void
broadcasts_and_the_calendar_begin_anew(void **state)
{
	const struct circular circular = { .kind = "umum", .person = 1, .area = "32.07.34", .text = "Rakor", .wall = NIGHT,
					   .not_after = NIGHT + 9 * DAY, .recipients = 40 };
	struct store *store = make_box();
	struct circular open;
	int64_t no;

	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(circular_put(store, &circular, &no), 0);
	assert_int_equal(circular_move(store, no, 3, 3, false), 0);
	assert_int_equal(schedule_set_mark(store, NIGHT), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	store = go_back(NIGHT + DAY);
	assert_int_equal(circular_open(store, 0, &open), -ENOENT);
	assert_int_equal(schedule_mark(store), 0);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(circular_put(store, &circular, &no), 0);
	assert_true(no > 100);
	assert_int_equal(store_commit(store), 0);
	store_close(store);
}

/* --- numbers --- */

static void
numbers_are_not_given_again(void **state)
{
	struct store *store = make_box();
	int64_t last = 0, first_again, second_again;

	(void)state;
	/* Ten a day for 40 days. */
	for (int i = 0; i < 400; i++)
		last = draw(store, NIGHT - 40 * DAY + i * (DAY / 10));
	assert_int_equal(last, 400);
	assert_int_equal(store_clock_set(store, NIGHT), 0);
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	/* What a month gives after the backup. */
	for (int i = 0; i < 300; i++)
		last = draw(store, NIGHT + i * (DAY / 10));
	store_close(store);
	store = go_back(NIGHT + 30 * DAY);
	first_again = draw(store, NIGHT + 30 * DAY);
	assert_true(first_again > last);
	assert_int_equal(first_again, restored.last_receipt + 1);
	assert_int_equal(draw(store, NIGHT + 30 * DAY), first_again + 1);
	for (int i = 0; i < 100; i++)
		last = draw(store, NIGHT + 30 * DAY + i * (DAY / 10));
	store_close(store);
	free(restored.kept);
	/* The same old backup once more, ten days later. */
	store = go_back(NIGHT + 40 * DAY);
	second_again = draw(store, NIGHT + 40 * DAY);
	assert_true(second_again > last);
	store_close(store);
	free(restored.kept);
	/* A clock that nobody has set. */
	store = go_back(100);
	assert_true(draw(store, 100) > second_again);
	store_close(store);
	free(restored.kept);
	assert_int_equal(unlink(path), 0);
	store = go_back(100);
	assert_true(draw(store, 100) > 400 + 300);
	store_close(store);
}

/* On a bad day somebody restores, goes on, and restores once more, with a clock that stands still. */
static void
a_second_restore_knows_what_came_after_the_first(void **state)
{
	struct store *store = make_box();
	int64_t last = draw(store, NIGHT);

	(void)state;
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	store = go_back(NIGHT);
	for (int i = 0; i < 150; i++)
		last = draw(store, NIGHT);
	execute(store, "INSERT INTO meeting (no, organisation, person, day, clock, venue, subject, wall) VALUES"
		" (1234, 1, 1, '2026-10-21', '09:00', 'Balai desa', '', 1)");
	store_close(store);
	free(restored.kept);
	store = go_back(NIGHT);
	assert_int_equal(draw(store, NIGHT), last + 1);
	assert_int_equal(restored.last_receipt, last);
	expect(store, "SELECT no FROM number_floor WHERE series = 'meeting'", "1234");
	execute(store, "INSERT INTO receipt (no, verb, person, organisation, wall) VALUES (90000, 'LAPOR', 1, 1, 1);"
		"UPDATE box SET box_key = randomblob(16)");
	store_close(store);
	free(restored.kept);
	/* Another box's numbers are not this one's. */
	store = go_back(NIGHT);
	assert_true(draw(store, NIGHT) < 90000);
	store_close(store);
}

/* Else its messages would be taken for sent, and numbers left out, for nothing. */
static void
the_database_is_no_backup_of_itself(void **state)
{
	struct store *store = make_box();
	char part[128];

	(void)state;
	store_close(store);
	assert_int_equal(restore_from(path, path, NIGHT, &restored, why), -EINVAL);
	assert_non_null(strstr(why, "expected a backup"));
	assert_null(restored.kept);
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	snprintf(part, sizeof part, "%s.restored", path);
	assert_int_equal(rename(file, part), 0);
	assert_int_equal(restore_from(part, path, NIGHT, &restored, why), -EINVAL);
	assert_int_equal(access(part, F_OK), 0);
}

static void
a_fresh_database_begins_with_one(void **state)
{
	struct store *store = make_box();

	(void)state;
	assert_int_equal(draw(store, NIGHT), 1);
	assert_int_equal(draw(store, NIGHT), 2);
	store_close(store);
}

/* --- the database that was there --- */

/* Killed with a full log: what is in that belongs to the old database, and must never get into the new one. */
static void
the_old_log_stays_with_the_old_one(void **state)
{
	struct store *store = make_box();
	char log[128];
	struct stat info;
	pid_t child;

	(void)state;
	receive(store, 1);
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	child = fork();
	if (child == 0) {
		store = open_box();
		execute(store, "PRAGMA wal_autocheckpoint = 0");
		for (int i = 2; i < 200; i++)
			receive(store, i);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	snprintf(log, sizeof log, "%s-wal", path);
	assert_int_equal(stat(log, &info), 0);
	assert_true(info.st_size > 100000);

	store = go_back(NIGHT + DAY);
	expect(store, "SELECT count(*) FROM sms_in", "1");
	expect(store, "PRAGMA integrity_check", "ok");
	store_close(store);
	assert_int_equal(store_open(&store, restored.kept, STORE_EXISTING), 0);
	expect(store, "SELECT count(*) FROM sms_in", "199");
	expect(store, "PRAGMA integrity_check", "ok");
	store_close(store);
}

/* The same where the old one cannot take its log any more. */
static void
a_damaged_one_takes_its_log_along(void **state)
{
	struct store *store = make_box();
	char log[160];
	FILE *stream;

	(void)state;
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	stream = fopen(path, "w");
	assert_non_null(stream);
	for (int i = 0; i < 500; i++)
		fputs("noise, and nothing but noise\n", stream);
	fclose(stream);
	snprintf(log, sizeof log, "%s-wal", path);
	stream = fopen(log, "w");
	assert_non_null(stream);
	fputs("a log of that", stream);
	fclose(stream);
	store = go_back(NIGHT);
	expect(store, "SELECT count(*) FROM person", "1");
	store_close(store);
	snprintf(log, sizeof log, "%s-wal", restored.kept);
	assert_int_equal(access(log, F_OK), 0);
}

static void
a_box_without_a_database_gets_one(void **state)
{
	struct store *store = make_box();

	(void)state;
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	assert_int_equal(unlink(path), 0);
	store = go_back(NIGHT);
	expect(store, "SELECT count(*) FROM person", "1");
	assert_null(restored.kept);
	store_close(store);
}

/* As where the card has only a link to a disk. */
static void
a_link_to_the_database_stays_one(void **state)
{
	struct store *store = make_box();
	char other[96];
	struct stat info;

	(void)state;
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	snprintf(other, sizeof other, "%s/disk", dir);
	assert_int_equal(mkdir(other, 0700), 0);
	snprintf(other, sizeof other, "%s/disk/box.db", dir);
	assert_int_equal(rename(path, other), 0);
	assert_int_equal(symlink("disk/box.db", path), 0);
	store = go_back(NIGHT);
	expect(store, "SELECT count(*) FROM number_floor WHERE series = 'receipt'", "1");
	store_close(store);
	assert_int_equal(lstat(path, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	assert_non_null(strstr(restored.kept, "/disk/box.db.before-"));
}

static void
twice_in_a_second_keeps_both(void **state)
{
	struct store *store = make_box();
	char *first;

	(void)state;
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	store_close(store);
	store_close(go_back(NIGHT));
	first = restored.kept;
	store_close(go_back(NIGHT));
	assert_string_not_equal(first, restored.kept);
	assert_int_equal(access(first, F_OK), 0);
	assert_int_equal(access(restored.kept, F_OK), 0);
	free(first);
}

static void
an_older_version_is_brought_up(void **state)
{
	FILE *dump = fopen("tests/upgrade/v1-states.sql", "r");
	char *sql = calloc(1, 1 << 20);
	struct store *store;
	sqlite3 *db;

	(void)state;
	assert_non_null(dump);
	assert_true(fread(sql, 1, (1 << 20) - 1, dump) > 0);
	fclose(dump);
	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	free(sql);
	store = go_back(NIGHT);
	assert_int_equal(restored.facts.version, 1);
	expect(store, "SELECT count(*) FROM outq WHERE state = 'QUEUED' AND class <> 'alert'", "0");
	expect(store, "SELECT count(*) FROM sms_in", "5");
	store_close(store);
	snprintf(why, sizeof why, "%s.restored.v1", path);
	assert_int_not_equal(access(why, F_OK), 0);
	snprintf(why, sizeof why, "%s.restored.lock", path);
	assert_int_not_equal(access(why, F_OK), 0);
}

static void
nothing_is_touched_while_somebody_works_with_it(void **state)
{
	struct store *store = make_box();

	(void)state;
	assert_int_equal(backup_write(path, file, NULL, why), 0);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(restore_from(file, path, NIGHT, &restored, why), -EBUSY);
	assert_non_null(strstr(why, "in use by another program"));
	store_rollback(store);
	execute(store, "DELETE FROM person");
	store_close(store);
	store = open_box();
	expect(store, "SELECT count(*) FROM person", "0");
	store_close(store);
}

static void
a_database_is_held_by_one(void **state)
{
	int held = hold_database(path), again;

	(void)state;
	assert_true(held >= 0);
	again = hold_database(path);
	assert_int_equal(again, -EWOULDBLOCK);
	close(held);
	again = hold_database(path);
	assert_true(again >= 0);
	close(again);
}

/* Whoever names it by a link and whoever names it by its place mean the same. */
static void
a_database_is_held_by_any_of_its_names(void **state)
{
	char other[112];
	int held, again;

	(void)state;
	store_close(make_box());
	snprintf(other, sizeof other, "%s.link", path);
	assert_int_equal(symlink(path, other), 0);
	held = hold_database(other);
	assert_true(held >= 0);
	again = hold_database(path);
	assert_int_equal(again, -EWOULDBLOCK);
	close(held);
	held = hold_database(path);
	assert_true(held >= 0);
	again = hold_database(other);
	assert_int_equal(again, -EWOULDBLOCK);
	close(held);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_to_be_sent_is_not_sent_again),
		TEST(what_was_still_to_be_read_is_read_and_told_nobody_twice),
		TEST(broadcasts_and_the_calendar_begin_anew),
		TEST(numbers_are_not_given_again),
		TEST(a_second_restore_knows_what_came_after_the_first),
		TEST(the_database_is_no_backup_of_itself),
		TEST(a_fresh_database_begins_with_one),
		TEST(the_old_log_stays_with_the_old_one),
		TEST(a_damaged_one_takes_its_log_along),
		TEST(a_box_without_a_database_gets_one),
		TEST(a_link_to_the_database_stays_one),
		TEST(twice_in_a_second_keeps_both),
		TEST(an_older_version_is_brought_up),
		TEST(nothing_is_touched_while_somebody_works_with_it),
		TEST(a_database_is_held_by_one),
		TEST(a_database_is_held_by_any_of_its_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
