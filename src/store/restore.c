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

/* Each number in the books, and when it was given. */
#define BOOKS \
	"SELECT 'receipt' AS series, no, wall FROM receipt UNION ALL SELECT 'registration', no, wall FROM registration" \
	" UNION ALL SELECT 'casebook', no, wall FROM casebook UNION ALL SELECT 'meeting', no, wall FROM meeting" \
	" UNION ALL SELECT 'ticket', no, wall FROM ticket UNION ALL SELECT 'program', no, wall FROM program" \
	" UNION ALL SELECT 'circular', no, wall FROM circular" \
	" UNION ALL SELECT 'entry ' || series, no, wall FROM entry WHERE series <> ''"

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
		error = file_run(store->db, "CREATE TEMP TABLE used AS " BOOKS, NULL);
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
	char *kept = xasprintf("%s.v%d", part, (int)restored->facts.version), *claim = xasprintf("%s.lock", part);
	int64_t days = restored->facts.wall > 0 && wall > restored->facts.wall ? (wall - restored->facts.wall) / 86400 : 0;
	struct store *store;
	int error = store_open(&store, part, STORE_EXISTING);

	if (error == 0) {
		error = tell_database(store, days < 3650 ? days : 3650, restored);
		store_close(store);
	}
	unlink(kept);
	unlink(claim);
	free(kept);
	free(claim);
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

/* --- its numbers --- */

static const char given_sql[] =
	"SELECT series, max(no) FROM (" BOOKS " UNION ALL SELECT series, no, 0 FROM number_floor) GROUP BY series";
static const char above_sql[] =
	"INSERT INTO number_floor (series, no) VALUES (?1, ?2) ON CONFLICT (series) DO UPDATE SET no = max(no, excluded.no)";

static int
pass_on(sqlite3 *old, sqlite3 *db)
{
	sqlite3_stmt *given = NULL, *above = NULL;
	int result = sqlite3_prepare_v2(old, given_sql, -1, &given, NULL), row = SQLITE_DONE;

	if (result == SQLITE_OK)
		result = sqlite3_prepare_v2(db, above_sql, -1, &above, NULL);
	while (result == SQLITE_OK && (row = sqlite3_step(given)) == SQLITE_ROW) {
		sqlite3_bind_value(above, 1, sqlite3_column_value(given, 0));
		sqlite3_bind_value(above, 2, sqlite3_column_value(given, 1));
		(void)sqlite3_step(above);
		result = sqlite3_reset(above);
	}
	sqlite3_finalize(given);
	sqlite3_finalize(above);
	return result == SQLITE_OK && row == SQLITE_DONE ? 0 : -EIO;
}

/* Where the old one is this box's, whole and of this version, it is known which numbers it gave, whatever the clock says: it
 * may be one that was restored from the same backup an hour ago. */
static int
outnumber(const char *database, const char *part, struct restored *restored, char why[BACKUP_WHY_SIZE])
{
	struct backup_facts theirs;
	struct store *store;
	sqlite3 *old = NULL;
	int error, floor = 0;

	if (backup_check(database, &theirs, why) != 0 || strcmp(theirs.box, restored->facts.box) != 0 ||
	    theirs.version != file_newest())
		return 0;
	error = store_open(&store, part, STORE_EXISTING);
	if (error != 0)
		return say(why, error, "the copy cannot be prepared (the log says more)");
	error = store_begin(store);
	if (error == 0 && file_open_still(database, &old) == SQLITE_OK)
		error = pass_on(old, store->db);
	if (error == 0)
		error = file_number(store->db, "SELECT no FROM number_floor WHERE series = 'receipt'", &floor);
	if (error == 0)
		error = store_commit(store);
	restored->last_receipt = floor;
	sqlite3_close(old);
	store_close(store);
	return error != 0 ? say(why, error, "the copy cannot be prepared") : 0;
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
	int error;

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

static bool
is_same(const char *one, const char *other)
{
	struct stat a, b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static int
restore_to(const char *file, const char *database, int64_t wall, struct restored *restored, char why[BACKUP_WHY_SIZE])
{
	char *part = xasprintf("%s" PART, database);
	bool old = access(database, F_OK) == 0;
	int error;

	*restored = (struct restored){ .kept = NULL };
	if (is_same(file, database) || is_same(file, part)) {
		snprintf(why, BACKUP_WHY_SIZE, "%s: the database itself, or half a copy for it, expected a backup", file);
		free(part);
		return -EINVAL;
	}
	error = make_part(file, part, wall, restored, why);
	if (error == 0 && old)
		error = settle_old(database, why);
	if (error == 0 && old)
		error = outnumber(database, part, restored, why);
	if (error == 0 && old)
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

/* Where the database has its place on another disk, and only a link to it here, the disk stays the one it is on. */
int
restore_from(const char *file, const char *database, int64_t wall, struct restored *restored, char why[BACKUP_WHY_SIZE])
{
	char *place = realpath(database, NULL);
	int error = restore_to(file, place != NULL ? place : database, wall, restored, why);

	free(place);
	return error;
}
