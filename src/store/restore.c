/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restore: a backup in the place of the database. What may not happen: that a log (-wal) of the old one lies beside the new
 * one, as SQLite would write it into that. */
#include "store/restore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/xmalloc.h"
#include "store/file.h"
#include "store/statement.h"
#include "store/store.h"

#pragma GCC diagnostic ignored "-Woverlength-strings"
static const char restored_sql[] =
#include "restored.inc"
	;

#define PART ".restored"

static const char *const besides[] = { "-wal", "-shm", "-journal" };
#define BESIDES (sizeof besides / sizeof *besides)

static int
say(char why[BACKUP_WHY_SIZE], int error, const char *what)
{
	snprintf(why, BACKUP_WHY_SIZE, "%s: %s", what, strerror(-error));
	return error;
}

/* --- the copy --- */

static void
remove_all(const char *path)
{
	unlink(path);
	for (size_t i = 0; i < BESIDES; i++) {
		char *beside = xasprintf("%s%s", path, besides[i]);

		unlink(beside);
		free(beside);
	}
}

static int
tell_database(struct store *store, int64_t days, struct restored *restored)
{
	int before = 0, after = 0, floor = 0, error = store_begin(store);

	if (error != 0)
		return error;
	error = file_number(store->db, "SELECT count(*) FROM outq WHERE state IN ('QUEUED', 'CLAIMED')", &before);
	if (error == 0)
		error = file_run_with(store->db, "CREATE TEMP TABLE gap AS SELECT ?1 AS days", days);
	if (error == 0)
		error = file_run(store->db, restored_sql, NULL);
	if (error == 0)
		error = file_number(store->db, "SELECT count(*) FROM outq WHERE state IN ('QUEUED', 'CLAIMED')", &after);
	if (error == 0)
		error = file_number(store->db, "SELECT no FROM number_floor WHERE series = 'receipt'", &floor);
	restored->held = before - after;
	restored->last_receipt = floor;
	if (error == 0)
		return store_commit(store);
	store_rollback(store);
	return error;
}

/* Brings the copy to the present version and tells it of the time since. What this version's opening keeps of an older one
 * is not needed: the backup itself is that. */
static int
prepare(const char *part, int64_t wall, struct restored *restored)
{
	char *kept = xasprintf("%s.v%d", part, (int)restored->facts.version);
	int64_t days = restored->facts.wall > 0 && wall > restored->facts.wall ? (wall - restored->facts.wall) / 86400 : 0;
	struct store *store;
	int error = store_open(&store, part, STORE_EXISTING);

	if (error == 0) {
		error = tell_database(store, days < 3650 ? days : 3650, restored);
		store_close(store);
	}
	unlink(kept);
	free(kept);
	return error;
}

static int
make_part(const char *file, const char *part, int64_t wall, struct restored *restored, char why[BACKUP_WHY_SIZE])
{
	struct backup_facts after;
	int error = backup_check(file, &restored->facts, why);

	if (error != 0)
		return error;
	remove_all(part);
	error = backup_write(file, part, NULL, why);
	if (error != 0)
		return error;
	error = prepare(part, wall, restored);
	if (error != 0)
		return say(why, error, "the copy cannot be prepared (the log says more)");
	error = backup_check(part, &after, why);
	if (error == 0 && (after.received != restored->facts.received || after.receipts != restored->facts.receipts ||
			   after.values != restored->facts.values || after.people != restored->facts.people))
		error = say(why, -EBADMSG, "the copy does not hold what the backup does");
	return error;
}

/* --- the place --- */

/* What is in the old one's log goes into it, so that one file is all. A damaged one cannot do that; -EBUSY. */
static int
settle_old(const char *database, char why[BACKUP_WHY_SIZE])
{
	sqlite3 *db = NULL;
	int result = sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (result == SQLITE_OK) {
		sqlite3_busy_timeout(db, STORE_PATIENCE_MS);
		result = sqlite3_exec(db, "BEGIN IMMEDIATE; COMMIT", NULL, NULL, NULL);
		if (result == SQLITE_OK)
			result = sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	}
	/* SQLite would throw away the log of what it cannot read; somebody else may get something out of it. */
	if (result != SQLITE_OK && db != NULL)
		sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(db);
	if ((result & 0xff) != SQLITE_BUSY)
		return 0;
	snprintf(why, BACKUP_WHY_SIZE, "%s: in use by another program, expected none; nothing was changed", database);
	return -EBUSY;
}

/* Its log goes with it. Where there still is one the database was damaged, or its program died: without the log it is of
 * no use, so that it does not matter that somebody may pull the plug between the two. */
static int
move_beside(const char *database, const char *kept)
{
	int error = 0;

	for (size_t i = 0; i < BESIDES && error == 0; i++) {
		char *from = xasprintf("%s%s", database, besides[i]), *to = xasprintf("%s%s", kept, besides[i]);

		if (rename(from, to) != 0 && errno != ENOENT)
			error = -errno;
		free(from);
		free(to);
	}
	return error != 0 ? error : file_sync_folder(database);
}

static char *
dated(const char *database, int64_t wall)
{
	const struct civil civil = civil_at(wall, 0);

	return xasprintf("%s.before-%04d%02d%02dT%02d%02d%02dZ", database, civil.year, civil.month, civil.day, civil.hour,
			 civil.minute, (int)(wall % 60));
}

/* A second name for the old one: the place is never empty. */
static int
keep_old(const char *database, int64_t wall, char **kept, char why[BACKUP_WHY_SIZE])
{
	int error = settle_old(database, why);

	if (error != 0)
		return error;
	do {
		free(*kept);
		*kept = dated(database, wall++);
	} while ((error = link(database, *kept) == 0 ? 0 : -errno) == -EEXIST);
	/* A file system without second names. */
	if (error == -EPERM || error == -EOPNOTSUPP)
		error = rename(database, *kept) == 0 ? 0 : -errno;
	if (error != 0)
		return say(why, error, *kept);
	error = move_beside(database, *kept);
	return error != 0 ? say(why, error, database) : 0;
}

int
restore_from(const char *file, const char *database, int64_t wall, struct restored *restored, char why[BACKUP_WHY_SIZE])
{
	char *part = xasprintf("%s" PART, database);
	int error;

	*restored = (struct restored){ .kept = NULL };
	error = make_part(file, part, wall, restored, why);
	if (error == 0 && access(database, F_OK) == 0)
		error = keep_old(database, wall, &restored->kept, why);
	if (error == 0 && rename(part, database) != 0)
		error = say(why, -errno, database);
	if (error == 0) {
		error = file_sync_folder(database);
		if (error != 0)
			say(why, error, database);
	}
	if (error != 0)
		remove_all(part);
	free(part);
	return error;
}
