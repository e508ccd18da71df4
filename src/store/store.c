/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store: the database file: opening, settings, versions, transactions. Knows no table but its own row. */
#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "store/backup.h"
#include "store/file.h"
#include "store/health.h"
#include "store/hold.h"
#include "store/spend.h"
#include "store/statement.h"

#define APPLICATION_ID 0x4b544e47       /* "KTNG", set by schema.sql */
#define IN_MEMORY ":memory:"
#define WAL_MUCH (8 << 20)             /* SQLite itself empties it at 4 MB, if it can */

#pragma GCC diagnostic ignored "-Woverlength-strings"
static const char schema[] =
#include "schema.inc"
	;

static const char to_version_2[] =
#include "to_version_2.inc"
	;
static const char to_version_3[] =
#include "to_version_3.inc"
	;
static const char to_version_4[] =
#include "to_version_4.inc"
	;
static const char to_version_5[] =
#include "to_version_5.inc"
	;
static const char to_version_6[] =
#include "to_version_6.inc"
	;
static const char to_version_7[] =
#include "to_version_7.inc"
	;
static const char to_version_8[] =
#include "to_version_8.inc"
	;
static const char to_version_9[] =
#include "to_version_9.inc"
	;
static const char to_version_10[] =
#include "to_version_10.inc"
	;
static const char to_version_11[] =
#include "to_version_11.inc"
	;
static const char to_version_12[] =
#include "to_version_12.inc"
	;
static const char to_version_13[] =
#include "to_version_13.inc"
	;
static const char to_version_14[] =
#include "to_version_14.inc"
	;
static const char to_version_15[] =
#include "to_version_15.inc"
	;
static const char to_version_16[] =
#include "to_version_16.inc"
	;
static const char to_version_17[] =
#include "to_version_17.inc"
	;
static const char to_version_18[] =
#include "to_version_18.inc"
	;
static const char to_version_19[] =
#include "to_version_19.inc"
	;
static const char to_version_20[] =
#include "to_version_20.inc"
	;
static const char to_version_21[] =
#include "to_version_21.inc"
	;
static const char to_version_22[] =
#include "to_version_22.inc"
	;

/* From nothing to this version in one step; migrations[n] leads from version n to n + 1. Each sets user_version. */
static const char *const migrations[] = {
	NULL, to_version_2, to_version_3, to_version_4, to_version_5, to_version_6, to_version_7,
	to_version_8, to_version_9, to_version_10, to_version_11, to_version_12, to_version_13, to_version_14,
	to_version_15, to_version_16, to_version_17, to_version_18, to_version_19, to_version_20, to_version_21, to_version_22,
};
#define VERSION ((int)(sizeof migrations / sizeof *migrations))

/* SQLite ignores what it does not know, so each is read back. The order matters: the first two must come before
 * the first page is written. memory: what a database without a file says instead, NULL the same. */
static const struct setting {
	const char *set, *get, *value, *memory;
} settings[] = {
	{"PRAGMA page_size = 4096", "PRAGMA page_size", "4096", NULL},
	{"PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA auto_vacuum", "2", NULL},
	{"PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal", "memory"},
	{"PRAGMA synchronous = FULL", "PRAGMA synchronous", "2", NULL},
	{"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1", NULL},
	{"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2", NULL},
	{"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0", NULL},
	{"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1", NULL},
	{"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1", NULL},
	{"PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0", ""},
	{"PRAGMA journal_size_limit = 4194304", "PRAGMA journal_size_limit", "4194304", NULL},
	{"PRAGMA wal_autocheckpoint = 1000", "PRAGMA wal_autocheckpoint", "1000", NULL},
};

/* 1 it is as wanted, 0 it is not, or -errno. */
static int
is_set(sqlite3 *db, const struct setting *setting, bool memory, bool aloud)
{
	const char *want = memory && setting->memory != NULL ? setting->memory : setting->value;
	char *got;
	int error = file_run(db, setting->get, &got);

	if (error == 0) {
		error = strcmp(got, want) == 0;
		if (error == 0 && aloud)
			log_error("database: %s is '%s', not '%s'", setting->get, got, want);
		free(got);
	}
	return error;
}

/* What the file knows already is not written again: that would wait for whoever is writing. */
static int
settle(sqlite3 *db, const struct setting *setting, bool memory)
{
	int set = is_set(db, setting, memory, false), error = set < 0 ? set : 0;

	if (set != 0)
		return error;
	error = file_run(db, setting->set, NULL);
	set = error == 0 ? is_set(db, setting, memory, true) : 0;
	return error != 0 ? error : set < 0 ? set : set == 1 ? 0 : -ENOTSUP;
}

static int
configure(sqlite3 *db, bool memory)
{
	/* A double-quoted word is never a string: a misspelt column fails at the start. */
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		int error = settle(db, &settings[i], memory);

		if (error != 0)
			return error;
	}
	return 0;
}

int
file_newest(void)
{
	return VERSION;
}

int
file_version(sqlite3 *db, int *version)
{
	int application, tables;
	int error = file_number(db, "PRAGMA user_version", version);

	if (error == 0)
		error = file_number(db, "PRAGMA application_id", &application);
	if (error == 0)
		error = file_number(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (error != 0)
		return error;
	if (tables == 0 && *version == 0)
		return 0;
	if (application != APPLICATION_ID)
		return -EMEDIUMTYPE;
	return *version > VERSION ? -ENOTSUP : 0;
}

/* Nothing is written before the file is known to be ours. */
static int
recognise(sqlite3 *db, int *version)
{
	int error;

	*version = 0;
	error = file_version(db, version);
	if (error == -EMEDIUMTYPE) {
		log_error("database: this file belongs to another program");
		error = -EBADMSG;
	}
	if (error == -ENOTSUP)
		log_error("database: version %d was written by a newer program; this one knows %d", *version, VERSION);
	return error;
}

static int
draw_box_key(sqlite3 *db)
{
	unsigned char key[16];
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, "INSERT INTO box (one, box_key) VALUES (1, :key)", -1, &statement, NULL);

	randombytes_buf(key, sizeof key);
	if (result == SQLITE_OK)
		result = sqlite3_bind_blob(statement, 1, key, sizeof key, SQLITE_STATIC);
	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	sqlite3_finalize(statement);
	return result == SQLITE_DONE ? 0 : statement_error(db, result, "drawing the box key");
}

/* The file as it is, as FILE.vN beside it. */
static int
back_up(const char *path, int version)
{
	char *copy = xasprintf("%s.v%d", path, version), why[BACKUP_WHY_SIZE];
	int error = backup_write(path, copy, NULL, why);

	if (error == 0)
		log_info("database: version %d is kept as %s", version, copy);
	else
		log_error("database: %s cannot be written: %s", copy, why);
	free(copy);
	return error;
}

/* What follows its version, up to ours, in the caller's transaction. */
static int
take_steps(sqlite3 *db, int version)
{
	int error = 0;

	if (version == 0) {
		error = file_run(db, schema, NULL);
		if (error == 0)
			error = draw_box_key(db);
	}
	for (int step = version; error == 0 && step != 0 && step < VERSION; step++)
		error = file_run(db, migrations[step], NULL);
	if (error == 0)
		error = file_number(db, "PRAGMA user_version", &version);
	assert(error != 0 || version == VERSION);
	return error;
}

/* The copy is made under the lock, so that it is what the migration began with; and all steps are one transaction: a
 * program that stops between them would leave what neither the old one nor the new one can use. */
static int
migrate_locked(sqlite3 *db, const char *path)
{
	int version, error = file_run(db, "BEGIN IMMEDIATE", NULL);

	if (error != 0)
		return error;
	error = file_number(db, "PRAGMA user_version", &version);
	/* Somebody else may have done it between the look and the lock. */
	if (error == 0 && version < VERSION) {
		if (version > 0)
			error = back_up(path, version);
		if (error == 0)
			error = take_steps(db, version);
	}
	if (error == 0)
		error = file_run(db, "COMMIT", NULL);
	if (error != 0 && !sqlite3_get_autocommit(db) && file_run(db, "ROLLBACK", NULL) != 0)
		log_error("database: a migration could not be taken back");
	return error;
}

static void
tell_failed(sqlite3 *db, int version, int error)
{
	int pages = 0;

	log_error("database: version %d could not be made version %d: %s; it is as it was", version, VERSION, strerror(-error));
	/* The copy, the log of the change, and what it adds. */
	if (error == -ENOSPC && file_number(db, "PRAGMA page_count", &pages) == 0)
		log_error("database: expected about %d MB of room beside it", pages / 256 * 3 + 2);
}

static int
migrate(sqlite3 *db, const char *path, int version, bool claimed)
{
	int claim = -1, error;

	if (version == VERSION)
		return 0;
	/* A daemon of that version would go on with tables that are no longer what it knows. */
	if (version > 0 && !claimed) {
		claim = hold_database(path);
		if (claim == -EWOULDBLOCK) {
			log_error("database: version %d is in use; end the kentongand of that version before it becomes version %d",
				  version, VERSION);
			return -EBUSY;
		}
		if (claim < 0)
			return claim;
	}
	error = migrate_locked(db, path);
	if (error != 0 && version > 0)
		tell_failed(db, version, error);
	if (claim >= 0)
		close(claim);
	return error;
}

static int
open_file(sqlite3 **db, const char *path)
{
	int result = sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (result != SQLITE_OK)
		return statement_error(*db, result, path);
	sqlite3_extended_result_codes(*db, 1);
	sqlite3_busy_timeout(*db, STORE_PATIENCE_MS);
	/* SQLite opens what it may not write for reading, and says so only here. */
	if (sqlite3_db_readonly(*db, "main") == 1) {
		log_error("database: %s may not be written", path);
		return -EACCES;
	}
	return 0;
}

static int
read_box_key(struct store *store)
{
	size_t size;
	int row = statement_row(store, SQL_BOX_KEY);

	if (row <= 0)
		return row == 0 ? -EBADMSG : row;
	const void *key = statement_blob(store, SQL_BOX_KEY, 0, &size);
	if (size == sizeof store->box_key)
		memcpy(store->box_key, key, size);
	store->reborn = statement_int(store, SQL_BOX_KEY, 1);
	statement_end(store, SQL_BOX_KEY);
	return size == sizeof store->box_key ? 0 : -EBADMSG;
}

int
store_open(struct store **out, const char *path, enum store_mode mode)
{
	struct store *store = xcalloc(1, sizeof *store);
	bool memory = strcmp(path, IN_MEMORY) == 0;
	int error = 0, version = 0;

	*out = NULL;
	if (mode != STORE_EXISTING && !memory)
		error = file_make(path);
	if (error == 0)
		error = open_file(&store->db, path);
	if (error == 0)
		error = recognise(store->db, &version);
	if (error == 0)
		error = configure(store->db, memory);
	if (error == 0)
		error = migrate(store->db, path, version, mode == STORE_SERVE);
	if (error == 0)
		error = statement_prepare(store);
	if (error == 0)
		error = read_box_key(store);
	if (error != 0) {
		store_close(store);
		return error;
	}
	*out = store;
	return 0;
}

int
store_check(struct store *store)
{
	char *verdict;
	int error = file_run(store->db, "PRAGMA quick_check(1)", &verdict);

	/* That of SQLite 3.40 takes a key for NULL whose columns stand in another order than its table's: the slow one
	 * knows better. */
	if (error == 0 && strcmp(verdict, "ok") != 0) {
		free(verdict);
		error = file_run(store->db, "PRAGMA integrity_check(1)", &verdict);
	}
	if (error != 0)
		return error;
	if (strcmp(verdict, "ok") != 0) {
		log_error("database: damaged: %s", verdict);
		error = -EBADMSG;
	}
	free(verdict);
	return error;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	if (store->db != NULL && store->statements[SQL_ROLLBACK] != NULL)
		store_rollback(store);
	statement_finalize(store);
	spend_free(store);
	int result = sqlite3_close(store->db);
	assert(result == SQLITE_OK);
	free(store);
}

int
store_checkpoint(struct store *store)
{
	int result;

	sqlite3_busy_timeout(store->db, 0);
	result = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	if (!store->impatient)
		sqlite3_busy_timeout(store->db, STORE_PATIENCE_MS);
	if ((result & 0xff) == SQLITE_BUSY || (result & 0xff) == SQLITE_LOCKED)
		return 1;
	return result == SQLITE_OK ? 0 : statement_error(store->db, result, "emptying the log");
}

void
store_tend(struct store *store)
{
	int changes = sqlite3_total_changes(store->db);
	struct health health;

	assert(sqlite3_get_autocommit(store->db));
	health_read(store, &health);
	if (health.log > 0 && (changes == store->changes || health.log >= WAL_MUCH))
		(void)store_checkpoint(store);
	store->changes = changes;
	health_watch(store);
}

int
store_begin(struct store *store)
{
	assert(sqlite3_get_autocommit(store->db) && "a transaction is open");
	/* What is in the log already needs no room there once it is in the database. */
	if (store->full) {
		store->full = false;
		(void)store_checkpoint(store);
	}
	int error = statement_run(store, SQL_BEGIN);
	store->failed = 0;
	store->begun = sqlite3_total_changes(store->db);
	return error < 0 ? error : 0;
}

int
store_begin_reading(struct store *store)
{
	assert(sqlite3_get_autocommit(store->db) && "a transaction is open");
	int error = statement_run(store, SQL_BEGIN_READING);
	store->failed = 0;
	return error < 0 ? error : 0;
}

int
store_commit(struct store *store)
{
	int error = store->failed;

	/* SQLite itself takes a transaction back after some errors; then there is nothing left to commit. */
	if (error == 0) {
		assert(!sqlite3_get_autocommit(store->db) && "no transaction is open");
		error = statement_run(store, SQL_COMMIT);
	}
	if (error >= 0) {
		health_note_commit(store);
		return 0;
	}
	store_rollback(store);
	return error;
}

void
store_rollback(struct store *store)
{
	if (!sqlite3_get_autocommit(store->db) && statement_run(store, SQL_ROLLBACK) < 0)
		log_error("database: a transaction could not be taken back");
	store->failed = 0;
}

bool
store_ask_only(struct store *store, bool only)
{
	bool before = store->ask_only;

	store->ask_only = only;
	return before;
}

int
store_try(struct store *store)
{
	int64_t wall = store_clock(store);
	int error = store_begin(store);

	if (error < 0)
		return error;
	/* SQLite does not write a page for a row that is the same as before. */
	error = store_clock_set(store, wall + 1);
	if (error >= 0)
		error = store_clock_set(store, wall);
	if (error >= 0)
		return store_commit(store);
	store_rollback(store);
	return error;
}

bool
store_time(struct store *store, const char *iso8601, int64_t *wall, int *east)
{
	statement_bind_text(store, SQL_TIME, ":time", iso8601);
	statement_bind_text(store, SQL_TIME, ":date",
			    "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]");
	if (statement_row(store, SQL_TIME) != 1)
		return false;
	*wall = statement_int(store, SQL_TIME, 0);
	if (east != NULL)
		*east = (int)statement_int(store, SQL_TIME, 1);
	statement_end(store, SQL_TIME);
	return true;
}

int64_t
store_clock(struct store *store)
{
	int64_t wall = 0;

	if (statement_number(store, SQL_CLOCK, &wall) != 0)
		return 0;
	return wall;
}

int
store_clock_set(struct store *store, int64_t wall)
{
	statement_bind(store, SQL_CLOCK_SET, ":wall", wall);
	return statement_change(store, SQL_CLOCK_SET);
}

void
store_box_key(struct store *store, unsigned char key[16])
{
	memcpy(key, store->box_key, sizeof store->box_key);
}
