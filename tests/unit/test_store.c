/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_store: the database file from the outside: settings, versions, other people's files, locks, a full disk. */
#include <errno.h>
#include <fcntl.h>
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

#include "base/clock.h"
#include "store/health.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/statement.h"
#include "store/hold.h"
#include "store/store.h"

static char dir[64], path[96];

static int
make_dir(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/test_store.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	return 0;
}

static int
remove_dir(void **state)
{
	static const char *const names[] = {"box.db", "box.db.lock", "box.db-wal", "box.db-shm", "box.db.v1",
					    "box.db.v1-wal", "box.db.v1-shm", "box.db.v1.part", "box.db.v1.part-journal"};
	char file[128];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(file, sizeof file, "%s/%s", dir, names[i]);
		unlink(file);
	}
	return rmdir(dir);
}

static struct store *
open_store(enum store_mode mode)
{
	struct store *store;

	assert_int_equal(store_open(&store, path, mode), 0);
	return store;
}

static bool
beside(const char *suffix)
{
	char file[128];

	snprintf(file, sizeof file, "%s%s", path, suffix);
	return access(file, F_OK) == 0;
}

/* What ails it: a negative errno, 0 nothing. */
static int
ailment(struct store *store)
{
	struct health health;

	health_read(store, &health);
	assert_true(health.size > 0 && health.room > 0);
	return health.error;
}

static void
put(struct store *store, const char *key)
{
	const struct outbox_new message = {.key = key, .class = OUTBOX_ACK, .dest = "+6281234567890", .text = "halo",
					   .wall = 1000};

	assert_int_equal(outbox_put(store, &message), 0);
}

static int64_t
queued(struct store *store)
{
	struct outbox_counts counts;

	outbox_count(store, &counts);
	return counts.queued;
}

static int
take_numbered(struct store *store, int number)
{
	struct sms_part part = {.slot = 1, .class = -1, .sequence = 1, .total = 1, .units_length = 3,
				.units = {'A', 'B', 'C'}, .sender = "+6281234567890",
				.time = "2026-10-20T09:00:00+07:00"};
	enum inbox_take what;
	int64_t id;

	memcpy(part.key, &number, sizeof number);
	return inbox_take(store, &part, "510100000000001", "modem1", 1000, &what, &id);
}

static int64_t
to_read(struct store *store)
{
	struct inbox_counts counts;

	inbox_count(store, &counts);
	return counts.new_rows;
}

/* As the watchdog sees it: what does not pass by itself, until something is written again. */
static void
what_fails_is_told_until_a_write_works(void **state)
{
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	assert_false(health_failing(store));
	assert_int_equal(sqlite3_exec(store->db, "PRAGMA query_only = ON", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(store_try(store), -EACCES);
	assert_int_equal(ailment(store), -EACCES);
	assert_true(health_failing(store));
	assert_int_equal(sqlite3_exec(store->db, "PRAGMA query_only = OFF", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(store_commit(store), 0);
	assert_true(health_failing(store));
	assert_int_equal(store_try(store), 0);
	assert_int_equal(ailment(store), 0);
	/* What a message did wrong is no trouble of the file. */
	health_note(store, -EINVAL);
	assert_int_equal(ailment(store), 0);
	/* Nor is there room because nothing was written. */
	health_note(store, -ENOSPC);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(ailment(store), -ENOSPC);
	assert_int_equal(store_try(store), 0);
	assert_int_equal(ailment(store), 0);
	/* Nor does what passes by itself hide what does not. */
	health_note(store, -ENOSPC);
	assert_false(health_failing(store));
	health_note(store, -EIO);
	health_note(store, -EBUSY);
	assert_int_equal(ailment(store), -EIO);
	assert_true(health_failing(store));
	store_close(store);
}

/* The text of one value, asked on any connection. */
static void
expect(sqlite3 *db, const char *sql, const char *value)
{
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(statement, 0), value);
	sqlite3_finalize(statement);
}

static void
execute(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
a_new_file_is_private_and_leaves_nothing_beside_it(void **state)
{
	struct stat info;
	mode_t mask = umask(0);
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	umask(mask);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_true(beside("-wal"));
	store_close(store);
	assert_false(beside("-wal"));
	assert_false(beside("-shm"));
	store_close(NULL);
}

static void
settings_hold(void **state)
{
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	for (int again = 0; again < 2; again++) {
		expect(store->db, "PRAGMA journal_mode", "wal");
		expect(store->db, "PRAGMA synchronous", "2");
		expect(store->db, "PRAGMA foreign_keys", "1");
		expect(store->db, "PRAGMA temp_store", "2");
		expect(store->db, "PRAGMA trusted_schema", "0");
		expect(store->db, "PRAGMA cell_size_check", "1");
		expect(store->db, "PRAGMA secure_delete", "1");
		expect(store->db, "PRAGMA auto_vacuum", "2");
		expect(store->db, "PRAGMA mmap_size", "0");
		expect(store->db, "PRAGMA journal_size_limit", "4194304");
		expect(store->db, "PRAGMA wal_autocheckpoint", "1000");
		expect(store->db, "PRAGMA busy_timeout", "250");
		expect(store->db, "PRAGMA page_size", "4096");
		expect(store->db, "PRAGMA user_version", "22");
		store_close(store);
		store = open_store(STORE_EXISTING);
	}
	assert_int_equal(store_check(store), 0);
	store_close(store);
}

static void
the_box_key_is_drawn_once(void **state)
{
	unsigned char first[16], again[16], other[16];
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	store_box_key(store, first);
	store_close(store);
	store = open_store(STORE_CREATE);
	store_box_key(store, again);
	store_close(store);
	assert_memory_equal(first, again, sizeof first);
	assert_int_equal(store_open(&store, ":memory:", STORE_CREATE), 0);
	store_box_key(store, other);
	store_close(store);
	assert_memory_not_equal(first, other, sizeof first);
}

static void
a_missing_file_is_not_made_when_it_must_exist(void **state)
{
	struct store *store;

	(void)state;
	assert_int_equal(store_open(&store, path, STORE_EXISTING), -ENOENT);
	assert_null(store);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(store_open(&store, "/nowhere/at/all/box.db", STORE_CREATE), -ENOENT);
}

static void
a_start_that_died_before_the_schema_is_repeated(void **state)
{
	int fd = open(path, O_CREAT | O_WRONLY, 0600);
	struct store *store;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	store = open_store(STORE_CREATE);
	assert_int_equal(store_begin(store), 0);
	put(store, "ack:1");
	assert_int_equal(store_commit(store), 0);
	store_close(store);
}

static void
another_programs_file_is_left_alone(void **state)
{
	struct store *store;
	sqlite3 *db;
	FILE *file;

	(void)state;
	execute("CREATE TABLE recipes (name TEXT)");
	assert_int_equal(store_open(&store, path, STORE_CREATE), -EBADMSG);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	expect(db, "SELECT count(*) FROM sqlite_schema", "1");
	expect(db, "PRAGMA journal_mode", "delete");
	sqlite3_close(db);
	unlink(path);

	file = fopen(path, "w");
	for (int i = 0; i < 500; i++)
		fputs("this is a letter to the regent\n", file);
	fclose(file);
	assert_int_equal(store_open(&store, path, STORE_CREATE), -EBADMSG);
}

static void
a_newer_programs_file_is_refused(void **state)
{
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	store_close(store);
	execute("PRAGMA user_version = 1000");
	assert_int_equal(store_open(&store, path, STORE_EXISTING), -ENOTSUP);
}

static void
a_damaged_file_is_noticed(void **state)
{
	struct store *store = open_store(STORE_CREATE);
	char noise[4096];
	int fd;

	(void)state;
	for (int i = 0; i < 500; i++)
		assert_int_equal(take_numbered(store, i), 0);
	store_close(store);
	memset(noise, 0x5a, sizeof noise);
	fd = open(path, O_WRONLY);
	assert_int_equal(pwrite(fd, noise, sizeof noise, lseek(fd, 0, SEEK_END) - 2 * 4096), sizeof noise);
	close(fd);
	store = open_store(STORE_EXISTING);
	assert_int_equal(store_check(store), -EBADMSG);
	store_close(store);
}

static void
a_transaction_is_all_or_nothing(void **state)
{
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	store_rollback(store);
	assert_int_equal(store_begin(store), 0);
	put(store, "ack:1");
	store_rollback(store);
	assert_int_equal(queued(store), 0);

	/* A caller that overlooks a failed statement does not commit the half. */
	const struct outbox_new broken = {.key = "", .class = OUTBOX_ACK, .dest = "+6281234567890", .text = "halo"};
	assert_int_equal(store_begin(store), 0);
	put(store, "ack:2");
	assert_int_equal(outbox_put(store, &broken), -EINVAL);
	assert_int_equal(store_commit(store), -EINVAL);
	assert_int_equal(queued(store), 0);

	assert_int_equal(store_begin(store), 0);
	put(store, "ack:3");
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(queued(store), 1);
	store_close(store);
}

static void
what_was_committed_survives_a_kill(void **state)
{
	pid_t child = fork();
	struct store *store;
	int status;

	(void)state;
	if (child == 0) {
		if (store_open(&store, path, STORE_CREATE) != 0)
			_exit(1);
		for (int i = 0; i < 10; i++)
			if (take_numbered(store, i) != 0)
				_exit(2);
		if (store_begin(store) != 0)
			_exit(3);
		put(store, "ack:1");
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	store = open_store(STORE_EXISTING);
	assert_int_equal(to_read(store), 10);
	assert_int_equal(queued(store), 0);
	store_close(store);
}

static void
another_writer_means_come_back_later(void **state)
{
	struct store *store = open_store(STORE_CREATE);
	sqlite3 *other;
	int64_t begun, waited;

	(void)state;
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	begun = clock_monotonic_ms();
	assert_int_equal(store_begin(store), -EBUSY);
	waited = clock_monotonic_ms() - begun;
	assert_true(waited >= 200 && waited < 2000);
	assert_int_equal(take_numbered(store, 1), -EBUSY);
	assert_int_equal(inbox_try(store, 1), -EBUSY);
	assert_int_equal(outbox_recover(store, 1000), -EBUSY);
	assert_int_equal(to_read(store), 0);
	assert_int_equal(ailment(store), -EBUSY);

	sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
	assert_int_equal(take_numbered(store, 1), 0);
	assert_int_equal(ailment(store), 0);
	assert_int_equal(to_read(store), 1);
	sqlite3_close(other);
	store_close(store);
}

static void
a_reader_does_not_stop_the_writer(void **state)
{
	struct store *store = open_store(STORE_CREATE), *reader = open_store(STORE_EXISTING);

	(void)state;
	assert_int_equal(store_begin(store), 0);
	put(store, "ack:1");
	assert_int_equal(queued(reader), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(queued(reader), 1);
	store_close(store);
	assert_true(beside("-wal"));
	store_close(reader);
	assert_false(beside("-wal"));
}

/* Whoever only wants to look, as kentongan(1) does, is not kept out by a daemon that is at work. */
static void
a_writer_does_not_stop_an_opening(void **state)
{
	struct store *writer = open_store(STORE_CREATE), *other;

	(void)state;
	assert_int_equal(store_begin(writer), 0);
	put(writer, "ack:1");
	other = open_store(STORE_EXISTING);
	assert_int_equal(queued(other), 0);
	store_close(other);
	assert_int_equal(store_commit(writer), 0);
	store_close(writer);
}

static void
a_full_disk_keeps_what_there_is_and_goes_on_when_there_is_room(void **state)
{
	struct store *store = open_store(STORE_CREATE);
	int taken = 0, error;

	(void)state;
	sqlite3_exec(store->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL);
	while ((error = take_numbered(store, taken)) == 0)
		assert_true(++taken < 100000);
	assert_int_equal(error, -ENOSPC);
	assert_true(taken > 10);
	assert_int_equal(take_numbered(store, taken), -ENOSPC);
	assert_int_equal(to_read(store), taken);
	assert_int_equal(store_check(store), 0);
	assert_int_equal(ailment(store), -ENOSPC);

	sqlite3_exec(store->db, "PRAGMA max_page_count = 1000000", NULL, NULL, NULL);
	assert_int_equal(take_numbered(store, taken), 0);
	assert_int_equal(ailment(store), 0);
	assert_int_equal(to_read(store), taken + 1);
	store_close(store);
}

static void
times_have_a_zone(void **state)
{
	struct store *store = open_store(STORE_CREATE);
	int64_t wall;
	int east;

	(void)state;
	assert_true(store_time(store, "2026-10-20T09:00:00+07:00", &wall, &east));
	assert_int_equal(wall, 1792461600);
	assert_int_equal(east, 7 * 3600);
	assert_true(store_time(store, "2026-10-20T02:00:00Z", &wall, &east));
	assert_int_equal(wall, 1792461600);
	assert_int_equal(east, 0);
	assert_true(store_time(store, "2026-10-19T21:30:00-04:30", &wall, &east));
	assert_int_equal(wall, 1792461600);
	assert_int_equal(east, -(4 * 3600 + 1800));
	assert_true(store_time(store, "2028-02-29T00:00:00+09:00", &wall, NULL));
	static const char *const no_times[] = {
		"", "now", "2026", "12:00", "2026-10-20", "2026-10-20T09:00:00", "2026-10-20 09:00:00+07:00",
		"2026-02-31T09:00:00+07:00", "2027-02-29T09:00:00+07:00", "2026-13-01T09:00:00+07:00",
		"2026-10-20T25:00:00+07:00", "2026-10-20T09:61:00+07:00", "2026-10-20T09:00:00+07:00x", "2461334.5",
	};
	for (size_t i = 0; i < sizeof no_times / sizeof *no_times; i++)
		assert_false(store_time(store, no_times[i], &wall, &east));
	store_close(store);
}

static void
the_clock_mark_stays(void **state)
{
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	assert_int_equal(store_clock(store), 0);
	assert_int_equal(store_clock_set(store, 7), 0);
	assert_int_equal(store_clock_set(store, 1792461600), 0);
	store_close(store);
	store = open_store(STORE_EXISTING);
	assert_int_equal(store_clock(store), 1792461600);
	store_close(store);
}

/* --- earlier versions --- */

static char *
read_file(const char *name)
{
	FILE *file = fopen(name, "r");
	char *text = calloc(1, 1 << 20);

	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
	fclose(file);
	return text;
}

static void
make_version_1(void)
{
	char *dump = read_file("tests/upgrade/v1-states.sql");

	execute(dump);
	free(dump);
}

static void
version_1_keeps_its_messages(void **state)
{
	const struct outbox_report report = {"gammu", "+6284010000959", "", 18, 0};
	struct outbox_counts counts;
	struct outbox_message message;
	struct store *store;
	int64_t next;

	(void)state;
	make_version_1();
	store = open_store(STORE_EXISTING);
	expect(store->db, "SELECT group_concat(state) FROM (SELECT state FROM outq ORDER BY id)",
	       "DELIVERED,SENT,QUEUED,UNKNOWN,CLAIMED,FAILED,EXPIRED,BLOCKED,UNKNOWN");
	expect(store->db, "SELECT count(*) FROM outq JOIN out_part ON outq = id WHERE out_part.state <> outq.state", "2");
	expect(store->db, "SELECT count(*) FROM sms_in", "5");
	expect(store->db, "SELECT seq FROM sqlite_sequence WHERE name = 'outq'", "9");
	assert_int_equal(outbox_recover(store, 1792462000), 1);
	assert_int_equal(outbox_report(store, &report, 1792462000), 0);
	assert_int_equal(outbox_claim(store, "gammu", 1792462070, &message, &next), 0);
	assert_string_equal(message.sms.text, "menunggu");
	assert_int_equal(outbox_refused(store, message.sms.id, 38, 1792462070), 0);
	assert_int_equal(outbox_settle(store, 1792462120), 2);
	outbox_count(store, &counts);
	assert_int_equal(counts.delivered, 2);
	assert_int_equal(counts.queued, 3);
	assert_int_equal(counts.unknown, 1);
	store_close(store);
}

static void
the_file_is_kept_before_it_is_changed(void **state)
{
	char kept[128];
	struct store *store;
	struct stat info;
	sqlite3 *db;

	(void)state;
	make_version_1();
	store = open_store(STORE_EXISTING);
	snprintf(kept, sizeof kept, "%s.v1", path);
	assert_int_equal(stat(kept, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(sqlite3_open_v2(kept, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	expect(db, "PRAGMA user_version", "1");
	expect(db, "SELECT count(mr) FROM outq", "2");
	expect(db, "PRAGMA integrity_check", "ok");
	sqlite3_close(db);
	assert_false(beside(".v1.part"));
	assert_false(beside(".v1-journal"));
	store_close(store);
}

static void
without_a_copy_nothing_is_changed(void **state)
{
	char kept[128], inside[140];
	struct store *store;
	sqlite3 *db;

	(void)state;
	make_version_1();
	/* A folder that is not empty is in the way. */
	snprintf(kept, sizeof kept, "%s.v1", path);
	snprintf(inside, sizeof inside, "%s/x", kept);
	assert_int_equal(mkdir(kept, 0700), 0);
	assert_int_equal(mkdir(inside, 0700), 0);
	assert_int_not_equal(store_open(&store, path, STORE_EXISTING), 0);
	assert_null(store);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	expect(db, "PRAGMA user_version", "1");
	sqlite3_close(db);
	assert_int_equal(rmdir(inside), 0);
	assert_int_equal(rmdir(kept), 0);
}

static void
what_a_daemon_works_on_is_not_changed(void **state)
{
	struct store *store;
	sqlite3 *db;
	int claim;

	(void)state;
	make_version_1();
	claim = hold_database(path);
	assert_true(claim >= 0);
	assert_int_equal(hold_database(path), -EWOULDBLOCK);
	assert_int_equal(store_open(&store, path, STORE_EXISTING), -EBUSY);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	expect(db, "PRAGMA user_version", "1");
	sqlite3_close(db);
	assert_false(beside(".v1"));
	/* The daemon itself may, and then it is no more to be changed for the others. */
	store = open_store(STORE_SERVE);
	store_close(store);
	store = open_store(STORE_EXISTING);
	store_close(store);
	close(claim);
}

/* --- the log of the database --- */

static void
an_idle_log_is_emptied(void **state)
{
	struct store *store = open_store(STORE_CREATE), *reader;
	struct stat wal;
	char name[128];

	(void)state;
	snprintf(name, sizeof name, "%s-wal", path);
	for (int i = 0; i < 20; i++)
		assert_int_equal(take_numbered(store, i), 0);
	store_tend(store);
	assert_int_equal(stat(name, &wal), 0);
	assert_true(wal.st_size > 0);
	/* Nobody is waited for. */
	reader = open_store(STORE_EXISTING);
	assert_int_equal(sqlite3_exec(reader->db, "BEGIN; SELECT count(*) FROM sms_in", NULL, NULL, NULL), SQLITE_OK);
	int64_t begun = clock_monotonic_ms();
	store_tend(store);
	assert_true(clock_monotonic_ms() - begun < 200);
	assert_int_equal(sqlite3_exec(reader->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	store_close(reader);
	store_tend(store);
	assert_int_equal(stat(name, &wal), 0);
	assert_int_equal(wal.st_size, 0);
	expect(store->db, "PRAGMA busy_timeout", "250");
	assert_int_equal(to_read(store), 20);
	store_close(store);
}

static void
a_reader_without_end_is_told_of(void **state)
{
	struct store *store = open_store(STORE_CREATE), *reader = open_store(STORE_EXISTING);
	struct stat wal;
	char name[128];

	(void)state;
	snprintf(name, sizeof name, "%s-wal", path);
	assert_int_equal(sqlite3_exec(reader->db, "BEGIN; SELECT count(*) FROM sms_in", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_exec(store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	for (int i = 0; i == 0 || (stat(name, &wal) == 0 && wal.st_size < (16 << 20)); i++) {
		assert_false(store->wal_alarm);
		assert_int_equal(take_numbered(store, i), 0);
	}
	store_tend(store);
	assert_true(store->wal_alarm);
	assert_int_equal(sqlite3_exec(reader->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	store_tend(store);
	assert_false(store->wal_alarm);
	store_close(reader);
	store_close(store);
}

static void
a_lock_is_waited_for_once(void **state)
{
	struct store *store = open_store(STORE_CREATE);
	sqlite3 *other;
	int64_t begun;

	(void)state;
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(store_begin(store), -EBUSY);
	begun = clock_monotonic_ms();
	for (int i = 0; i < 50; i++)
		assert_int_equal(take_numbered(store, 1), -EBUSY);
	assert_true(clock_monotonic_ms() - begun < 250);
	assert_int_equal(to_read(store), 0);
	sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
	assert_int_equal(take_numbered(store, 1), 0);
	expect(store->db, "PRAGMA busy_timeout", "250");
	sqlite3_close(other);
	store_close(store);
}

/* A statement in the wrong place, or SQL that somebody has texted, were there ever a way for it. */
static void
while_it_is_only_asked_nothing_is_written(void **state)
{
	struct store *store = open_store(STORE_CREATE);

	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(store_clock_set(store, 7), 0);
	assert_false(store_ask_only(store, true));
	assert_int_equal(store_clock(store), 7);
	assert_int_equal(store_clock_set(store, 8), -EPERM);
	assert_true(store_ask_only(store, false));
	assert_int_equal(store_commit(store), -EPERM);
	assert_int_equal(store_clock(store), 0);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(store_clock_set(store, 9), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(store_clock(store), 9);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_file_is_private_and_leaves_nothing_beside_it),
		TEST(settings_hold),
		TEST(what_fails_is_told_until_a_write_works),
		TEST(the_box_key_is_drawn_once),
		TEST(a_missing_file_is_not_made_when_it_must_exist),
		TEST(a_start_that_died_before_the_schema_is_repeated),
		TEST(another_programs_file_is_left_alone),
		TEST(a_newer_programs_file_is_refused),
		TEST(a_damaged_file_is_noticed),
		TEST(a_transaction_is_all_or_nothing),
		TEST(what_was_committed_survives_a_kill),
		TEST(another_writer_means_come_back_later),
		TEST(a_reader_does_not_stop_the_writer),
		TEST(a_writer_does_not_stop_an_opening),
		TEST(a_full_disk_keeps_what_there_is_and_goes_on_when_there_is_room),
		TEST(times_have_a_zone),
		TEST(version_1_keeps_its_messages),
		TEST(the_file_is_kept_before_it_is_changed),
		TEST(without_a_copy_nothing_is_changed),
		TEST(what_a_daemon_works_on_is_not_changed),
		TEST(an_idle_log_is_emptied),
		TEST(a_reader_without_end_is_told_of),
		TEST(a_lock_is_waited_for_once),
		TEST(the_clock_mark_stays),
		TEST(while_it_is_only_asked_nothing_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
