/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup: copies of the database. One read transaction holds the snapshot that is copied: nobody's writing begins the copy
 * anew, however much there is, and what the snapshot holds can be counted. */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xmalloc.h"
#include "store/backup_name.h"
#include "store/file.h"
#include "store/statement.h"

#define PAGES_A_STEP 50
#define PAUSE_US 2000           /* between steps: the card is there for the messages first */
#define SYNC_EVERY 5            /* steps: 1 MB. More at once would hold up whoever waits for the card */
#define TOO_LONG_MS 1800000     /* so long the database's log cannot be emptied */
#define PATIENCE_MS 5000        /* with somebody who recovers or closes the database just now */
#define SPARE (16 << 20)        /* bytes that must stay free where the database itself lives */
#define MAGIC "SQLite format 3"
#define OURS_EXPECTED "expected a file that `kentongan backup` has made"

/* --- saying why --- */

static int say(char why[BACKUP_WHY_SIZE], int error, const char *format, ...) __attribute__((format(printf, 3, 4)));

static int
say(char why[BACKUP_WHY_SIZE], int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, BACKUP_WHY_SIZE, format, args);
	va_end(args);
	return error;
}

static int
say_errno(char why[BACKUP_WHY_SIZE], int error, const char *what)
{
	return say(why, error, "%s: %s", what, strerror(-error));
}

static int
say_sqlite(char why[BACKUP_WHY_SIZE], sqlite3 *db, int result, const char *what)
{
	int error = db != NULL ? statement_errno(db, result) : -ENOMEM;

	if (error == -ENOSPC)
		return say_errno(why, error, what);
	return say(why, error, "%s: %s", what, db != NULL ? sqlite3_errmsg(db) : "out of memory");
}

/* --- what a database holds --- */

static const char facts_sql[] =
	"SELECT (SELECT user_version FROM pragma_user_version), (SELECT page_count FROM pragma_page_count),"
	" (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),"
	" (SELECT count(*) FROM sms_in), (SELECT ifnull(max(id), 0) FROM sms_in),"
	" (SELECT count(*) FROM receipt), (SELECT ifnull(max(no), 0) FROM receipt), (SELECT count(*) FROM record),"
	" (SELECT count(*) FROM person WHERE state = 'ACTIVE'), (SELECT ifnull(max(id), 0) FROM outq),"
	" (SELECT count(*) FROM outq WHERE state IN ('QUEUED', 'CLAIMED')), high_water, box_key FROM box";

static void
take_facts(sqlite3_stmt *statement, struct backup_facts *facts)
{
	int64_t *const numbers[] = {
		&facts->version, &facts->pages, &facts->size, &facts->received, &facts->last_received, &facts->receipts,
		&facts->last_receipt, &facts->values, &facts->people, &facts->last_out, &facts->waiting, &facts->wall,
	};
	const int count = sizeof numbers / sizeof *numbers;

	for (int i = 0; i < count; i++)
		*numbers[i] = sqlite3_column_int64(statement, i);
	if (sqlite3_column_bytes(statement, count) == 16)
		backup_box(sqlite3_column_blob(statement, count), facts->box);
}

static int
read_facts(sqlite3 *db, const char *file, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
{
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, facts_sql, -1, &statement, NULL), error = 0;

	memset(facts, 0, sizeof *facts);
	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	if (result == SQLITE_ROW)
		take_facts(statement, facts);
	if (result == SQLITE_DONE || (result == SQLITE_ROW && facts->box[0] == '\0'))
		error = say(why, -EBADMSG, "%s: the box's own row is missing, " OURS_EXPECTED, file);
	else if (result != SQLITE_ROW)
		error = say_sqlite(why, db, result, file);
	sqlite3_finalize(statement);
	return error;
}

/* --- copying --- */

/* What was written goes to the disk now. SQLite itself would do it at the end, all at once. */
static int
sync_now(sqlite3 *copy)
{
	sqlite3_file *file;
	int result = sqlite3_file_control(copy, "main", SQLITE_FCNTL_FILE_POINTER, &file);

	return result != SQLITE_OK ? result : file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

static int
copy_steps(sqlite3 *from, sqlite3 *copy)
{
	int64_t begun = clock_monotonic_ms();
	sqlite3_backup *backup = sqlite3_backup_init(copy, "main", from, "main");
	int result = SQLITE_OK, synced = SQLITE_OK;

	if (backup == NULL)
		return sqlite3_errcode(copy);
	for (int step = 1; result == SQLITE_OK && synced == SQLITE_OK; step++) {
		result = sqlite3_backup_step(backup, PAGES_A_STEP);
		if (result != SQLITE_OK)
			break;
		if (step % SYNC_EVERY == 0)
			synced = sync_now(copy);
		if (clock_monotonic_ms() - begun > TOO_LONG_MS)
			synced = SQLITE_INTERRUPT;
		usleep(PAUSE_US);
	}
	result = sqlite3_backup_finish(backup);
	return result != SQLITE_OK ? result : synced;
}

/* No journal, as half a copy is thrown away. At the end the copy is no database with a log any more, so that it can be
 * read where nothing may be written. */
static int
copy_into(sqlite3 *from, const char *part, char why[BACKUP_WHY_SIZE])
{
	sqlite3 *copy = NULL;
	int result = sqlite3_open_v2(part, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), error = 0;

	if (result == SQLITE_OK)
		result = sqlite3_exec(copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL; PRAGMA cache_size = 100;"
				      " PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
	if (result == SQLITE_OK)
		result = copy_steps(from, copy);
	if (result == SQLITE_OK)
		result = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	if (result != SQLITE_OK)
		error = say_sqlite(why, copy, result, part);
	sqlite3_close(copy);
	return error;
}

/* Whether the disk has room for so many bytes. If the database lives there, too, it shall not be short of it. */
static int
find_room(const char *database, const char *to, int64_t size, char why[BACKUP_WHY_SIZE])
{
	char *folder = file_folder(to);
	struct stat ours, theirs;
	struct statvfs disk;
	int error = 0;

	if (statvfs(folder, &disk) != 0)
		error = say_errno(why, -errno, folder);
	else if (stat(database, &ours) == 0 && stat(folder, &theirs) == 0 && ours.st_dev == theirs.st_dev)
		size += SPARE;
	if (error == 0 && (uint64_t)size / disk.f_frsize >= disk.f_bavail)
		error = say(why, -ENOSPC, "%s: %" PRIu64 " MB are free, expected %" PRId64, folder,
			    (uint64_t)disk.f_bavail * disk.f_frsize >> 20, (size >> 20) + 1);
	free(folder);
	return error;
}

/* A snapshot of the database: from now on it is as it was. */
static int
open_snapshot(const char *database, sqlite3 **db, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
{
	int result = sqlite3_open_v2(database, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), version, error;

	if (result == SQLITE_OK) {
		sqlite3_extended_result_codes(*db, 1);
		sqlite3_busy_timeout(*db, PATIENCE_MS);
		result = sqlite3_exec(*db, "BEGIN", NULL, NULL, NULL);
	}
	if (result != SQLITE_OK)
		return say_sqlite(why, *db, result, database);
	error = file_version(*db, &version);
	if (error == 0 && version != 0)
		return read_facts(*db, database, facts, why);
	if (error == 0 || error == -EMEDIUMTYPE)
		return say(why, -EBADMSG, "%s: no database of this program", database);
	if (error == -ENOTSUP)
		return say(why, error, "%s: version %d, this program knows %d", database, version, file_newest());
	return say_errno(why, error, database);
}

/* --- looking at one --- */

/* The disk is asked, not the memory. */
static void
forget_pages(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
}

/* Whether there is something beside the file without which it is not whole. */
static bool
is_in_use(const char *file)
{
	static const char *const ends[] = { "-wal", "-journal" };
	struct stat info;
	bool found = false;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char *beside = xasprintf("%s%s", file, ends[i]);

		found |= stat(beside, &info) == 0 && info.st_size > 0;
		free(beside);
	}
	return found;
}

static int
look_at_file(const char *file, char why[BACKUP_WHY_SIZE])
{
	char head[sizeof MAGIC] = "";
	FILE *stream = fopen(file, "re");
	struct stat info;
	int error = 0;

	if (stream == NULL || fstat(fileno(stream), &info) != 0)
		error = say_errno(why, -errno, file);
	else if (!S_ISREG(info.st_mode) || fread(head, 1, sizeof head, stream) != sizeof head ||
		 memcmp(head, MAGIC, sizeof head) != 0)
		error = say(why, -EBADMSG, "%s: no database, " OURS_EXPECTED, file);
	else if (is_in_use(file))
		error = say(why, -EBADMSG, "%s: a database in use, as the log beside it says, expected a backup; "
			    "`kentongan -d %s backup FILE` makes one of it", file, file);
	if (stream != NULL)
		fclose(stream);
	return error;
}

static int
check_pages(sqlite3 *db, const char *file, char why[BACKUP_WHY_SIZE])
{
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &statement, NULL), error = 0;
	const char *verdict;

	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	verdict = result == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : sqlite3_errmsg(db);
	if (result != SQLITE_ROW || verdict == NULL || strcmp(verdict, "ok") != 0)
		error = say(why, -EBADMSG, "%s: damaged: %s", file, verdict != NULL ? verdict : "unreadable");
	sqlite3_finalize(statement);
	return error;
}

static int
check_open(sqlite3 *db, const char *file, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
{
	int version, error;

	(void)sqlite3_exec(db, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL,
			   NULL);
	error = file_version(db, &version);
	if (error == -ENOTSUP)
		return say(why, error, "%s: version %d, expected at most %d: a newer program has made it", file, version,
			   file_newest());
	if (error == -EMEDIUMTYPE || (error == 0 && version == 0))
		return say(why, -EBADMSG, "%s: another program's database, " OURS_EXPECTED, file);
	if (error != 0)
		return say(why, -EBADMSG, "%s: damaged: %s", file, sqlite3_errmsg(db));
	error = check_pages(db, file, why);
	return error != 0 ? error : read_facts(db, file, facts, why);
}

int
backup_check(const char *file, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
{
	sqlite3 *db = NULL;
	int error = look_at_file(file, why), result;

	if (error != 0)
		return error;
	forget_pages(file);
	result = file_open_still(file, &db);
	if (result == SQLITE_OK)
		sqlite3_extended_result_codes(db, 1);
	error = result != SQLITE_OK ? say_sqlite(why, db, result, file) : check_open(db, file, facts, why);
	sqlite3_close(db);
	return error;
}

/* --- writing one --- */

static void
remove_part(const char *part)
{
	char *journal = xasprintf("%s-journal", part);

	unlink(part);
	unlink(journal);
	free(journal);
}

/* A snapshot into a file that is nobody's yet, and whether that holds what the snapshot does. */
static int
write_part(sqlite3 *db, const char *database, const char *part, const struct backup_facts *facts,
	   char why[BACKUP_WHY_SIZE])
{
	struct backup_facts found;
	int error = find_room(database, part, facts->size, why);

	if (error == 0) {
		error = file_make_new(part);
		if (error != 0)
			say_errno(why, error, part);
	}
	if (error == 0)
		error = copy_into(db, part, why);
	if (error == 0)
		error = backup_check(part, &found, why);
	if (error == 0 && memcmp(facts, &found, sizeof found) != 0)
		error = say(why, -EBADMSG, "%s: holds %" PRId64 " messages and %" PRId64 " receipts, expected %" PRId64
			    " and %" PRId64, part, found.received, found.receipts, facts->received, facts->receipts);
	return error;
}

static int
write_snapshot(sqlite3 *db, const char *database, const char *to, const struct backup_facts *facts,
	       char why[BACKUP_WHY_SIZE])
{
	char *part = xasprintf("%s" BACKUP_PART, to);
	int error;

	remove_part(part);
	error = write_part(db, database, part, facts, why);
	if (error == 0 && rename(part, to) != 0)
		error = say_errno(why, -errno, to);
	if (error == 0) {
		error = file_sync_folder(to);
		if (error != 0)
			say_errno(why, error, to);
	}
	if (error != 0)
		remove_part(part);
	free(part);
	return error;
}

int
backup_write(const char *database, const char *to, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
{
	struct backup_facts held;
	sqlite3 *db = NULL;
	int error = open_snapshot(database, &db, &held, why);

	if (error == 0)
		error = write_snapshot(db, database, to, &held, why);
	sqlite3_close(db);
	if (error == 0 && facts != NULL)
		*facts = held;
	return error;
}

/* *path is the caller's, NULL after an error. */
static int
write_dated(sqlite3 *db, const char *database, const char *folder, int64_t wall, char **path,
	    const struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
{
	char name[BACKUP_NAME_SIZE];
	int error;

	backup_name(facts->box, wall, name);
	*path = xasprintf("%s/%s", folder, name);
	error = write_snapshot(db, database, *path, facts, why);
	if (error != 0) {
		free(*path);
		*path = NULL;
	}
	return error;
}

int
backup_write_dated(const char *database, const char *folder, int64_t wall, char **path, struct backup_facts *facts,
		   char why[BACKUP_WHY_SIZE])
{
	sqlite3 *db = NULL;
	int error = open_snapshot(database, &db, facts, why);

	*path = NULL;
	if (error == 0)
		error = write_dated(db, database, folder, wall, path, facts, why);
	sqlite3_close(db);
	return error;
}

/* --- a folder of them --- */

int
backup_make_folder(const char *folder, char why[BACKUP_WHY_SIZE])
{
	struct stat info;

	if (mkdir(folder, 0700) == 0)
		return file_settle_folder(folder) != 0 ? say_errno(why, -EIO, folder) : 0;
	if (errno != EEXIST)
		return say_errno(why, -errno, folder);
	if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode))
		return say(why, -ENOTDIR, "%s: no folder", folder);
	return 0;
}

int
backup_find_place(const char *database, const struct backup_place *place, char why[BACKUP_WHY_SIZE])
{
	char *home = file_folder(database);
	struct stat there, ours, root;
	int error = 0;

	if (place->separate && (stat(place->folder, &there) != 0 || !S_ISDIR(there.st_mode)))
		error = say(why, -ENODEV, "%s: not there", place->folder);
	else if (place->separate && (stat(home, &ours) != 0 || stat("/", &root) != 0 || there.st_dev == ours.st_dev ||
				     there.st_dev == root.st_dev))
		error = say(why, -ENODEV, "%s: nothing is mounted there", place->folder);
	free(home);
	return error;
}

int
backup_tonight(const char *database, const char *source, const struct backup_place *place, int64_t wall,
	       char why[BACKUP_WHY_SIZE])
{
	struct backup_facts facts;
	char *path = NULL;
	sqlite3 *db = NULL;
	int error = backup_find_place(database, place, why);

	if (error == 0 && !place->separate)
		error = backup_make_folder(place->folder, why);
	if (error == 0)
		error = open_snapshot(source, &db, &facts, why);
	/* What is left of one that died takes the room that this one needs. */
	if (error == 0)
		backup_remove_parts(place->folder, facts.box);
	if (error == 0)
		error = write_dated(db, database, place->folder, wall, &path, &facts, why);
	sqlite3_close(db);
	if (error == 0)
		backup_remove_older(place->folder, facts.box, wall, (int64_t)place->keep_days * 86400);
	free(path);
	return error;
}
