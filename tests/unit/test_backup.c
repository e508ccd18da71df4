/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_backup: copies of a database: while it is written, on a full disk, on a bad one, cut off at every write; and which of
 * them are kept. */
#include <dirent.h>
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
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "store/backup.h"
#include "store/backup_name.h"
#include "store/inbox.h"
#include "store/restore.h"
#include "store/statement.h"
#include "store/store.h"

#define NIGHT 1792461600        /* 2026-10-20 02:00 UTC */
#define DAY 86400

static char dir[64], path[96], folder[96], why[BACKUP_WHY_SIZE];

/* --- somebody who is quick: a file that is there when room is looked for --- */

static const char *planted;
static int planted_fd;

int
statvfs(const char *restrict name, struct statvfs *restrict out)
{
	int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), result = fstatvfs(fd, out);

	close(fd);
	if (planted != NULL)
		planted_fd = open(planted, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
	planted = NULL;
	return result;
}

/* --- a disk with faults: what is written to a copy goes through here --- */

enum fault { FAULT_NONE, FAULT_FULL, FAULT_TORN, FAULT_KILL };
static struct { enum fault fault; int at, writes; } disk;
static const sqlite3_io_methods *true_methods;
static sqlite3_io_methods our_methods;
static sqlite3_vfs our_vfs;

static int
write_faulty(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
	char *noise;
	int result;

	if (++disk.writes < disk.at || disk.fault == FAULT_NONE)
		return true_methods->xWrite(file, data, size, offset);
	if (disk.fault == FAULT_FULL)
		return SQLITE_FULL;
	if (disk.fault == FAULT_KILL)
		raise(SIGKILL);
	if (disk.writes > disk.at)
		return true_methods->xWrite(file, data, size, offset);
	noise = calloc(1, (size_t)size);
	result = true_methods->xWrite(file, noise, size, offset);
	free(noise);
	return result;
}

static int
open_faulty(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out)
{
	sqlite3_vfs *below = vfs->pAppData;
	int result = below->xOpen(below, name, file, flags, out);

	if (result != SQLITE_OK || name == NULL || strlen(name) < 5 || strcmp(name + strlen(name) - 5, ".part") != 0)
		return result;
	true_methods = file->pMethods;
	our_methods = *true_methods;
	our_methods.xWrite = write_faulty;
	file->pMethods = &our_methods;
	return result;
}

static void
set_fault(enum fault fault, int at)
{
	disk.fault = fault;
	disk.at = at;
	disk.writes = 0;
}

/* --- a box --- */

static void
take_numbered(struct store *store, int number)
{
	struct sms_part part = {.slot = 1, .class = -1, .sequence = 1, .total = 1, .units_length = 3,
				.units = {'A', 'B', 'C'}, .sender = "+6281234567890",
				.time = "2026-10-20T09:00:00+07:00"};
	enum inbox_take what;
	int64_t id;
	int error;

	memcpy(part.key, &number, sizeof number);
	do
		error = inbox_take(store, &part, "510100000000001", "modem1", 1000, &what, &id);
	while (error == -EBUSY);
	assert_int_equal(error, 0);
}

static int
make_box(void **state)
{
	struct store *store;

	(void)state;
	strcpy(dir, "/tmp/test_backup.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	snprintf(folder, sizeof folder, "%s/nights", dir);
	assert_int_equal(store_open(&store, path, STORE_CREATE), 0);
	assert_int_equal(sqlite3_exec(store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
	for (int i = 0; i < 400; i++)
		take_numbered(store, i);
	store_close(store);
	set_fault(FAULT_NONE, 0);
	return 0;
}

static void
remove_all(const char *where)
{
	DIR *listing = opendir(where);
	const struct dirent *entry;
	char name[400];

	while (listing != NULL && (entry = readdir(listing)) != NULL) {
		snprintf(name, sizeof name, "%s/%s", where, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && unlink(name) != 0)
			remove_all(name);
	}
	if (listing != NULL)
		closedir(listing);
	rmdir(where);
}

static int
remove_box(void **state)
{
	(void)state;
	remove_all(dir);
	return access(dir, F_OK) == 0 ? -1 : 0;
}

static char *
in_dir(const char *name)
{
	static char paths[8][200];
	static int next;
	char *out = paths[next++ % 8];

	snprintf(out, sizeof paths[0], "%s/%s", dir, name);
	return out;
}

static bool
is_there(const char *name)
{
	return access(in_dir(name), F_OK) == 0;
}

static int
count_files(const char *where)
{
	DIR *listing = opendir(where);
	const struct dirent *entry;
	int count = 0;

	while (listing != NULL && (entry = readdir(listing)) != NULL)
		count += entry->d_name[0] != '.';
	if (listing != NULL)
		closedir(listing);
	return count;
}

static void
expect(const char *file, const char *sql, const char *value)
{
	sqlite3_stmt *statement;
	sqlite3 *db;

	assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(statement, 0), value);
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

/* --- copying --- */

static void
a_copy_holds_everything_and_is_alone(void **state)
{
	char *copy = in_dir("copy.db");
	struct backup_facts facts, found;
	struct stat info;

	(void)state;
	assert_int_equal(backup_write(path, copy, &facts, why), 0);
	assert_int_equal(facts.received, 400);
	assert_int_equal(facts.last_received, 400);
	assert_int_equal(backup_check(copy, &found, why), 0);
	assert_memory_equal(&facts, &found, sizeof found);
	assert_int_equal(stat(copy, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(info.st_size, facts.size);
	expect(copy, "PRAGMA journal_mode", "delete");
	expect(copy, "PRAGMA integrity_check", "ok");
	assert_int_equal(count_files(dir), 2);
}

/* Somebody writes as fast as he can: the copy is of one moment, it comes to its end, and nobody waits for it. */
static void
writers_go_on_meanwhile(void **state)
{
	struct backup_facts facts, before;
	struct store *store;
	int ready[2], status;
	int64_t slowest;
	char *copy = in_dir("copy.db");
	pid_t child;

	(void)state;
	assert_int_equal(backup_write(path, copy, &before, why), 0);
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		int64_t worst = 0;

		if (store_open(&store, path, STORE_EXISTING) != 0)
			_exit(1);
		(void)sqlite3_exec(store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
		for (int i = 1000; i < 3000; i++) {
			int64_t begun = clock_monotonic_ms(), took;

			take_numbered(store, i);
			took = clock_monotonic_ms() - begun;
			worst = took > worst ? took : worst;
			if (i == 1050 && write(ready[1], "x", 1) != 1)
				_exit(1);
			usleep(100);
		}
		if (write(ready[1], &worst, sizeof worst) != sizeof worst)
			_exit(1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], why, 1), 1);
	for (int copies = 0; copies < 3; copies++) {
		int64_t last = before.received;

		assert_int_equal(backup_write(path, copy, &facts, why), 0);
		assert_true(facts.received > last);
		assert_int_equal(facts.received, facts.last_received);
		before = facts;
	}
	assert_int_equal(read(ready[0], &slowest, sizeof slowest), sizeof slowest);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(slowest < 2000);
	close(ready[0]);
	close(ready[1]);
	assert_int_equal(backup_write(path, copy, &facts, why), 0);
	assert_int_equal(facts.received, 2400);
}

static void
what_is_only_in_the_log_is_copied_too(void **state)
{
	struct backup_facts facts;
	struct store *store;

	(void)state;
	assert_int_equal(store_open(&store, path, STORE_EXISTING), 0);
	assert_int_equal(sqlite3_exec(store->db, "PRAGMA wal_autocheckpoint = 0", NULL, NULL, NULL), SQLITE_OK);
	take_numbered(store, 7777);
	assert_int_equal(backup_write(path, in_dir("copy.db"), &facts, why), 0);
	assert_int_equal(facts.received, 401);
	store_close(store);
}

static void
a_full_disk_leaves_nothing(void **state)
{
	char *copy = in_dir("copy.db");
	struct backup_facts first, facts;

	(void)state;
	assert_int_equal(backup_write(path, copy, &first, why), 0);
	for (int at = 1; at < 60; at += 7) {
		set_fault(FAULT_FULL, at);
		assert_int_equal(backup_write(path, copy, NULL, why), -ENOSPC);
		assert_non_null(strstr(why, "No space left"));
		assert_int_equal(count_files(dir), 2);
	}
	set_fault(FAULT_NONE, 0);
	assert_int_equal(backup_check(copy, &facts, why), 0);
	assert_memory_equal(&first, &facts, sizeof facts);
}

static void
a_bad_disk_is_noticed(void **state)
{
	int noticed = 0, tries = 0, error;

	(void)state;
	for (int at = 1; at < 40; at += 3, tries++) {
		set_fault(FAULT_TORN, at);
		error = backup_write(path, in_dir("copy.db"), NULL, why);
		/* What was written again later is no fault; nothing that is one gets the name. */
		if (error == 0) {
			expect(in_dir("copy.db"), "SELECT count(*) FROM sms_in WHERE sender = '+6281234567890'", "400");
			expect(in_dir("copy.db"), "PRAGMA integrity_check", "ok");
			unlink(in_dir("copy.db"));
			continue;
		}
		assert_int_equal(error, -EBADMSG);
		assert_int_equal(count_files(dir), 1);
		noticed++;
	}
	assert_true(noticed > tries / 2);
}

/* The power fails at any write: no file gets the final name that is not whole, and what is left is removed later. */
static void
a_cut_leaves_no_half_copy(void **state)
{
	const struct backup_place place = { .folder = folder, .keep_days = 3 };
	struct backup_file newest;
	struct backup_facts facts;
	char file[160];
	int cuts = 0, status = 1;

	(void)state;
	assert_int_equal(backup_write(path, in_dir("copy.db"), &facts, why), 0);
	for (int at = 1; status != 0; at += 5, cuts++) {
		pid_t child = fork();

		if (child == 0) {
			set_fault(FAULT_KILL, at);
			_exit(-backup_tonight(path, path, &place, NIGHT + cuts * 60, why));
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status) || status == 0);
		if (status != 0)
			assert_int_equal(backup_newest(folder, facts.box, NIGHT + DAY, &newest), -ENOENT);
		assert_true(at < 5000);
	}
	assert_true(cuts > 5);
	assert_int_equal(count_files(folder), 1);
	assert_int_equal(backup_newest(folder, facts.box, NIGHT + DAY, &newest), 0);
	snprintf(file, sizeof file, "%s/%s", folder, newest.name);
	assert_int_equal(backup_check(file, &facts, why), 0);
	assert_int_equal(facts.received, 400);
}

static void
a_restore_on_a_full_disk_touches_nothing(void **state)
{
	struct restored restored;
	struct backup_facts facts;
	struct store *store;
	char *copy = in_dir("copy.db");

	(void)state;
	assert_int_equal(backup_write(path, copy, NULL, why), 0);
	assert_int_equal(store_open(&store, path, STORE_EXISTING), 0);
	take_numbered(store, 7777);
	store_close(store);
	for (int at = 1; at < 60; at += 20) {
		set_fault(FAULT_FULL, at);
		assert_int_equal(restore_from(copy, path, NIGHT, &restored, why), -ENOSPC);
		assert_null(restored.kept);
		assert_int_equal(count_files(dir), 2);
		assert_int_equal(backup_check(path, &facts, why), 0);
		assert_int_equal(facts.received, 401);
	}
}

/* --- looking at one --- */

static void
write_text(const char *file, const char *text)
{
	FILE *stream = fopen(file, "w");

	assert_non_null(stream);
	fputs(text, stream);
	fclose(stream);
}

static void
execute(const char *file, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
what_is_no_backup_is_refused(void **state)
{
	struct backup_facts facts;
	char *odd = in_dir("50% of #1?.db");

	(void)state;
	assert_int_equal(backup_check(in_dir("nothing"), &facts, why), -ENOENT);
	assert_int_equal(backup_check(dir, &facts, why), -EBADMSG);
	write_text(in_dir("letter"), "a letter to the regent, not too short to be looked at\n");
	assert_int_equal(backup_check(in_dir("letter"), &facts, why), -EBADMSG);
	assert_non_null(strstr(why, "expected a file that `kentongan backup` has made"));
	execute(in_dir("recipes.db"), "CREATE TABLE recipe (name TEXT); PRAGMA user_version = 3");
	assert_int_equal(backup_check(in_dir("recipes.db"), &facts, why), -EBADMSG);
	assert_non_null(strstr(why, "another program's"));
	assert_int_equal(backup_write(in_dir("recipes.db"), in_dir("copy.db"), NULL, why), -EBADMSG);

	assert_int_equal(backup_write(path, odd, NULL, why), 0);
	assert_int_equal(backup_check(odd, &facts, why), 0);
	execute(odd, "PRAGMA user_version = 1000");
	assert_int_equal(backup_check(odd, &facts, why), -ENOTSUP);
	assert_non_null(strstr(why, "version 1000, expected at most "));
	execute(odd, "PRAGMA user_version = 20; DELETE FROM box");
	assert_int_equal(backup_check(odd, &facts, why), -EBADMSG);

	assert_int_equal(backup_write(path, in_dir("used.db"), NULL, why), 0);
	write_text(in_dir("used.db-wal"), "what was written last");
	assert_int_equal(backup_check(in_dir("used.db"), &facts, why), -EBADMSG);
	assert_non_null(strstr(why, "in use"));
}

/* --- a folder of them --- */

static void
put_file(const char *box, int64_t wall, const char *end)
{
	char name[BACKUP_NAME_SIZE], file[200];

	backup_name(box, wall, name);
	snprintf(file, sizeof file, "%s/%s%s", folder, name, end);
	write_text(file, "x");
}

static bool
has_file(const char *box, int64_t wall, const char *end)
{
	char name[BACKUP_NAME_SIZE], file[200];

	backup_name(box, wall, name);
	snprintf(file, sizeof file, "%s/%s%s", folder, name, end);
	return access(file, F_OK) == 0;
}

static void
names_sort_by_date(void **state)
{
	char one[BACKUP_NAME_SIZE], other[BACKUP_NAME_SIZE];

	(void)state;
	backup_name("a1b2c3", NIGHT, one);
	assert_string_equal(one, "kentongan-20261020T020000Z-a1b2c3.db");
	for (int64_t wall = NIGHT + 1; wall < NIGHT + 500 * (int64_t)DAY; wall += 7 * DAY + 3601) {
		backup_name("000000", wall, other);
		assert_true(strcmp(one, other) < 0);
		strcpy(one, other);
	}
}

static void
days_are_kept_and_nothing_else_is_touched(void **state)
{
	const struct backup_place place = { .folder = folder, .keep_days = 3 };
	struct backup_file newest;
	struct backup_facts facts;
	char link_name[200];

	(void)state;
	assert_int_equal(backup_write(path, in_dir("copy.db"), &facts, why), 0);
	assert_int_equal(backup_tonight(path, path, &place, NIGHT, why), 0);
	for (int day = 1; day < 9; day++)
		put_file(facts.box, NIGHT - day * DAY, "");
	put_file(facts.box, NIGHT - 40 * DAY, ".part");
	put_file(facts.box, NIGHT + 90 * DAY, "");
	put_file("ffffff", NIGHT - 400 * DAY, "");
	put_file("ffffff", NIGHT - 400 * DAY, ".part");
	put_file(facts.box, NIGHT - 400 * DAY, ".txt");
	snprintf(link_name, sizeof link_name, "%s/kentongan-20200101T000000Z-%s.db", folder, facts.box);
	assert_int_equal(symlink("../box.db", link_name), 0);

	assert_int_equal(backup_tonight(path, path, &place, NIGHT + DAY, why), 0);
	assert_true(has_file(facts.box, NIGHT + DAY, ""));
	for (int day = 0; day < 9; day++)
		assert_int_equal(has_file(facts.box, NIGHT - day * DAY, ""), day < 3);
	assert_false(has_file(facts.box, NIGHT - 40 * DAY, ".part"));
	assert_true(has_file(facts.box, NIGHT + 90 * DAY, ""));
	assert_true(has_file("ffffff", NIGHT - 400 * DAY, ""));
	assert_true(has_file("ffffff", NIGHT - 400 * DAY, ".part"));
	assert_true(has_file(facts.box, NIGHT - 400 * DAY, ".txt"));
	assert_int_equal(access(link_name, F_OK), 0);
	assert_int_equal(backup_newest(folder, facts.box, NIGHT + 2 * DAY, &newest), 0);
	assert_int_equal(newest.wall, NIGHT + DAY);
	assert_int_equal(newest.size, facts.size);
}

/* In a folder of all, as /tmp, somebody may be quicker with the name: nothing goes into what is his. */
static void
a_file_of_somebody_else_gets_nothing(void **state)
{
	struct stat info;

	(void)state;
	planted = in_dir("copy.db.part");
	assert_int_equal(backup_write(path, in_dir("copy.db"), NULL, why), -EEXIST);
	assert_non_null(strstr(why, "copy.db.part"));
	assert_int_equal(fstat(planted_fd, &info), 0);
	assert_int_equal(info.st_size, 0);
	assert_int_not_equal(access(in_dir("copy.db"), F_OK), 0);
	close(planted_fd);
	assert_int_equal(backup_write(path, in_dir("copy.db"), NULL, why), 0);
}

/* Not even opened. */
static void
a_copy_of_a_copy_does_not_read_the_database(void **state)
{
	const struct backup_place place = { .folder = folder, .keep_days = 3 };
	struct backup_facts facts;
	char copied[200];

	(void)state;
	snprintf(copied, sizeof copied, "%s", in_dir("copy.db"));
	assert_int_equal(backup_write(path, copied, &facts, why), 0);
	assert_int_equal(rename(path, in_dir("away.db")), 0);
	assert_int_equal(backup_tonight(path, copied, &place, NIGHT, why), 0);
	assert_true(has_file(facts.box, NIGHT, ""));
	assert_int_equal(access(path, F_OK), -1);
}

/* A night that fails removes nothing; and the last one stays for ever. */
static void
the_last_good_one_stays(void **state)
{
	const struct backup_place place = { .folder = folder, .keep_days = 3 };
	struct backup_facts facts;

	(void)state;
	assert_int_equal(backup_write(path, in_dir("copy.db"), &facts, why), 0);
	assert_int_equal(backup_tonight(path, path, &place, NIGHT, why), 0);
	assert_int_equal(backup_tonight(path, path, &place, NIGHT + 60, why), 0);
	set_fault(FAULT_FULL, 20);
	assert_int_equal(backup_tonight(path, path, &place, NIGHT + 90 * DAY, why), -ENOSPC);
	assert_int_equal(count_files(folder), 2);
	backup_remove_older(folder, facts.box, NIGHT + 90 * DAY, DAY);
	assert_false(has_file(facts.box, NIGHT, ""));
	assert_true(has_file(facts.box, NIGHT + 60, ""));
}

static void
a_stick_that_is_not_there_costs_nothing(void **state)
{
	struct backup_place stick = { .folder = folder, .separate = true, .keep_days = 3 };
	char other[] = "/dev/shm/test_backup.XXXXXX";
	struct stat here, there;

	(void)state;
	assert_int_equal(backup_tonight(path, path, &stick, NIGHT, why), -ENODEV);
	assert_non_null(strstr(why, "not there"));
	assert_false(is_there("nights"));
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(backup_tonight(path, path, &stick, NIGHT, why), -ENODEV);
	assert_non_null(strstr(why, "nothing is mounted"));
	assert_int_equal(count_files(folder), 0);

	/* Another file system, where there is one. */
	if (mkdtemp(other) == NULL)
		return;
	stick.folder = other;
	assert_int_equal(stat(dir, &here), 0);
	assert_int_equal(stat(other, &there), 0);
	if (here.st_dev != there.st_dev) {
		assert_int_equal(backup_tonight(path, path, &stick, NIGHT, why), 0);
		assert_int_equal(count_files(other), 1);
	}
	remove_all(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_box, remove_box)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_copy_holds_everything_and_is_alone),
		TEST(writers_go_on_meanwhile),
		TEST(what_is_only_in_the_log_is_copied_too),
		TEST(a_full_disk_leaves_nothing),
		TEST(a_restore_on_a_full_disk_touches_nothing),
		TEST(a_bad_disk_is_noticed),
		TEST(a_cut_leaves_no_half_copy),
		TEST(what_is_no_backup_is_refused),
		TEST(a_file_of_somebody_else_gets_nothing),
		TEST(names_sort_by_date),
		TEST(days_are_kept_and_nothing_else_is_touched),
		TEST(a_copy_of_a_copy_does_not_read_the_database),
		TEST(the_last_good_one_stays),
		TEST(a_stick_that_is_not_there_costs_nothing),
	};

	our_vfs = *sqlite3_vfs_find(NULL);
	our_vfs.pAppData = sqlite3_vfs_find(NULL);
	our_vfs.zName = "faulty";
	our_vfs.xOpen = open_faulty;
	if (sqlite3_vfs_register(&our_vfs, 1) != SQLITE_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
