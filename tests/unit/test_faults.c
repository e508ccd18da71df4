/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_faults: the disk fails at its n-th call, once or for a while, for every n: what was acknowledged is there, what
 * was not can be done again, and the database is whole. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/inbox.h"
#include "store/outbox.h"
#include "store/statement.h"
#include "store/store.h"

#define NOW 1792461600

/* --- a file system on top of SQLite's own --- */

enum call { CALL_READ, CALL_WRITE, CALL_SYNC, CALLS };

static struct {
	sqlite3_vfs *real;
	enum call call;
	int at, times, result;          /* fails from the at-th call on, so many times */
	int met;
} disk;

struct shim {
	sqlite3_file base;
	sqlite3_file *real;
};

static int
fault(enum call call)
{
	if (call != disk.call || disk.times == 0)
		return SQLITE_OK;
	disk.met++;
	return disk.met >= disk.at && disk.met < disk.at + disk.times ? disk.result : SQLITE_OK;
}

static sqlite3_file *
real_of(sqlite3_file *file)
{
	return ((struct shim *)file)->real;
}

static int
shim_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int
shim_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 at)
{
	int result = fault(CALL_READ);

	return result != SQLITE_OK ? SQLITE_IOERR_READ : real_of(file)->pMethods->xRead(real_of(file), to, amount, at);
}

static int
shim_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 at)
{
	int result = fault(CALL_WRITE);

	/* Half of it may have got there. */
	if (result != SQLITE_OK)
		(void)real_of(file)->pMethods->xWrite(real_of(file), from, amount / 2, at);
	return result != SQLITE_OK ? result : real_of(file)->pMethods->xWrite(real_of(file), from, amount, at);
}

static int
shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int
shim_sync(sqlite3_file *file, int flags)
{
	int result = fault(CALL_SYNC);

	return result != SQLITE_OK ? SQLITE_IOERR_FSYNC : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int
shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int
shim_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int
shim_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int
shim_reserved(sqlite3_file *file, int *out)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int
shim_control(sqlite3_file *file, int what, void *arg)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), what, arg);
}

static int
shim_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
shim_device(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int
shim_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int
shim_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void
shim_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
shim_unmap(sqlite3_file *file, int delete)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), delete);
}

static const sqlite3_io_methods methods = {
	2, shim_close, shim_read, shim_write, shim_truncate, shim_sync, shim_size, shim_lock, shim_unlock, shim_reserved,
	shim_control, shim_sector, shim_device, shim_map, shim_shm_lock, shim_barrier, shim_unmap, NULL, NULL,
};

static int
shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct shim *shim = (struct shim *)file;
	int result;

	(void)vfs;
	shim->real = (sqlite3_file *)(shim + 1);
	result = disk.real->xOpen(disk.real, name, shim->real, flags, out_flags);
	shim->base.pMethods = shim->real->pMethods != NULL ? &methods : NULL;
	return result;
}

static sqlite3_vfs failing;

static int
mount(void **state)
{
	(void)state;
	disk.real = sqlite3_vfs_find(NULL);
	failing = *disk.real;
	failing.zName = "failing";
	failing.szOsFile += (int)sizeof(struct shim);
	failing.xOpen = shim_open;
	return sqlite3_vfs_register(&failing, 1);
}

/* --- one SMS and its answer, again and again until it is done --- */

static char dir[64], path[96];

static int
make_dir(void **state)
{
	(void)state;
	disk.times = 0;
	strcpy(dir, "/tmp/test_faults.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	return 0;
}

static int
remove_dir(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static int
take(struct store *store, int64_t *id)
{
	struct sms_part part = {.slot = 1, .class = -1, .sequence = 1, .total = 1, .units_length = 3,
				.units = {'A', 'B', 'C'}, .sender = "+6281234567890",
				.time = "2026-10-20T09:00:00+07:00", .key = "0123456789abcde"};
	enum inbox_take what;

	return inbox_take(store, &part, "510100000000001", "modem1", NOW, &what, id);
}

static int
answer(struct store *store, int64_t id)
{
	int error = store_begin(store);

	if (error == 0)
		error = outbox_put(store, &(struct outbox_new){.key = "ack:1", .class = OUTBOX_ACK, .inbox = id, .wall = NOW,
							       .dest = "+6281234567890", .text = "halo"});
	if (error == 0)
		error = inbox_end(store, id, INBOX_DONE, false);
	if (error == 0)
		return store_commit(store);
	store_rollback(store);
	return error;
}

/* Steps in their order; one that fails is done again, and -ENOENT says that it was done. Gives how many failed. */
static int
do_all(struct store *store)
{
	struct outbox_message message = {.inbox = 0};
	int failures = 0, error;
	int64_t id = 0, next;

	while ((error = take(store, &id)) != 0)
		assert_true(++failures < 100);
	while ((error = answer(store, id)) != 0 && error != -ENOENT)
		assert_true(++failures < 100);
	while ((error = outbox_claim(store, "modem1", NOW, &message, &next)) != 0 && error != -ENOENT)
		assert_true(++failures < 100);
	/* A claim that failed at its very end may be on the disk or not: it must never be taken for granted. */
	if (error == -ENOENT) {
		assert_true(failures > 0);
		while (outbox_recover(store, NOW) < 0)
			assert_true(++failures < 100);
		return failures;
	}
	while ((error = outbox_sent(store, message.sms.id, 1, NOW, NULL)) != 0 && error != -ENOENT)
		assert_true(++failures < 100);
	return failures;
}

static int64_t
number(struct store *store, const char *sql)
{
	sqlite3_stmt *statement;
	int64_t value;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

/* false: the fault was never met, n is past the end. */
static bool
survives(enum call call, int result, int at, int times)
{
	struct store *store;
	bool met;

	disk.times = 0;
	assert_int_equal(store_open(&store, path, STORE_CREATE), 0);
	disk.call = call;
	disk.result = result;
	disk.at = at;
	disk.met = 0;
	disk.times = times;
	do_all(store);
	met = disk.met >= at;
	disk.times = 0;
	store_close(store);
	assert_int_equal(store_open(&store, path, STORE_EXISTING), 0);
	assert_int_equal(store_check(store), 0);
	assert_int_equal(number(store, "SELECT count(*) FROM sms_in WHERE state = 'DONE'"), 1);
	assert_int_equal(number(store, "SELECT count(*) FROM sms_in"), 1);
	assert_int_equal(number(store, "SELECT count(*) FROM outq"), 1);
	assert_int_equal(number(store, "SELECT count(*) FROM outq JOIN out_part ON outq = id AND out_part.state = outq.state"
				" WHERE outq.state IN ('SENT', 'UNKNOWN')"), 1);
	store_close(store);
	unlink(path);
	return met;
}

static void
each_call_fails(enum call call, int result)
{
	static const int times[] = {1, 7};
	int n = 1;

	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		for (n = 1; survives(call, result, n, times[i]); n++)
			assert_true(n < 1000);
	assert_true(call == CALL_READ || n > 4);
}

static void
writes_may_fail(void **state)
{
	(void)state;
	each_call_fails(CALL_WRITE, SQLITE_IOERR_WRITE);
}

static void
the_disk_may_be_full(void **state)
{
	(void)state;
	each_call_fails(CALL_WRITE, SQLITE_FULL);
}

static void
syncs_may_fail(void **state)
{
	(void)state;
	each_call_fails(CALL_SYNC, SQLITE_IOERR_FSYNC);
}

static void
reads_may_fail(void **state)
{
	(void)state;
	each_call_fails(CALL_READ, SQLITE_IOERR_READ);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_may_fail),
		TEST(the_disk_may_be_full),
		TEST(syncs_may_fail),
		TEST(reads_may_fail),
	};

	return cmocka_run_group_tests(tests, mount, NULL);
}
