/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store: the database file: opening, settings, versions, transactions. Knows no table but its own row. */
#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "store/statement.h"

#define APPLICATION_ID 0x4b544e47       /* "KTNG", set by schema.sql */
#define IN_MEMORY ":memory:"

#pragma GCC diagnostic ignored "-Woverlength-strings"
static const char schema[] =
#include "schema.inc"
	;

/* migrations[n] leads from version n to n + 1 and ends with PRAGMA user_version. */
static const char *const migrations[] = {
	schema,
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

/* Runs fixed SQL that is needed once; *value (may be NULL, else the caller's) is the first column of its last row,
 * "" without one. */
static int
run(sqlite3 *db, const char *text, char **value)
{
	int result = SQLITE_OK;
	sqlite3_stmt *statement;

	if (value != NULL)
		*value = xstrdup("");
	for (; result == SQLITE_OK && *text != '\0'; sqlite3_finalize(statement)) {
		result = sqlite3_prepare_v2(db, text, -1, &statement, &text);
		if (result != SQLITE_OK || statement == NULL)
			continue;
		while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
			const char *column = (const char *)sqlite3_column_text(statement, 0);
			if (value == NULL)
				continue;
			free(*value);
			*value = xstrdup(column != NULL ? column : "");
		}
		if (result == SQLITE_DONE)
			result = SQLITE_OK;
	}
	if (result == SQLITE_OK)
		return 0;
	if (value != NULL) {
		free(*value);
		*value = NULL;
	}
	return statement_error(db, result, "setting up");
}

static int
run_number(sqlite3 *db, const char *text, int *number)
{
	char *value;
	int error = run(db, text, &value);

	if (error == 0)
		*number = atoi(value);
	free(value);
	return error;
}

static int
configure(sqlite3 *db, bool memory)
{
	/* A double-quoted word is never a string: a misspelt column fails at the start. */
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		const struct setting *setting = &settings[i];
		const char *want = memory && setting->memory != NULL ? setting->memory : setting->value;
		char *got;
		int error = run(db, setting->set, NULL);

		if (error == 0)
			error = run(db, setting->get, &got);
		if (error != 0)
			return error;
		if (strcmp(got, want) != 0) {
			log_error("database: %s is '%s', not '%s'", setting->get, got, want);
			error = -ENOTSUP;
		}
		free(got);
		if (error != 0)
			return error;
	}
	return 0;
}

/* Nothing is written before the file is known to be ours. */
static int
recognise(sqlite3 *db, int *version)
{
	int application, tables;
	int error = run_number(db, "PRAGMA user_version", version);

	if (error == 0)
		error = run_number(db, "PRAGMA application_id", &application);
	if (error == 0)
		error = run_number(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (error != 0)
		return error;
	if (tables == 0 && *version == 0)
		return 0;
	if (application != APPLICATION_ID) {
		log_error("database: this file belongs to another program");
		return -EBADMSG;
	}
	if (*version > VERSION) {
		log_error("database: version %d was written by a newer program; this one knows %d", *version, VERSION);
		return -ENOTSUP;
	}
	return 0;
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

/* One step in one transaction. Somebody else may have made it between the look and the lock. */
static int
migrate_once(sqlite3 *db, int from)
{
	int version;
	int error = run(db, "BEGIN IMMEDIATE", NULL);

	if (error != 0)
		return error;
	error = run_number(db, "PRAGMA user_version", &version);
	if (error == 0 && version == from) {
		error = run(db, migrations[from], NULL);
		if (error == 0 && from == 0)
			error = draw_box_key(db);
		if (error == 0)
			error = run_number(db, "PRAGMA user_version", &version);
		assert(error != 0 || version == from + 1);
	}
	if (error == 0)
		error = run(db, "COMMIT", NULL);
	if (error != 0 && !sqlite3_get_autocommit(db) && run(db, "ROLLBACK", NULL) != 0)
		log_error("database: a migration could not be taken back");
	return error;
}

static int
migrate(sqlite3 *db, int version)
{
	int error = 0;

	for (; error == 0 && version < VERSION; version++)
		error = migrate_once(db, version);
	return error;
}

/* SQLite would make the file readable to all; the files beside it (-wal, -shm) take its mode. */
static int
make_file(const char *path)
{
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0 && errno != EEXIST) {
		int error = -errno;
		log_error("database: %s: %s", path, strerror(errno));
		return error;
	}
	if (fd >= 0)
		close(fd);
	return 0;
}

static int
open_file(sqlite3 **db, const char *path)
{
	int result = sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (result != SQLITE_OK)
		return statement_error(*db, result, path);
	sqlite3_extended_result_codes(*db, 1);
	sqlite3_busy_timeout(*db, 250);
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
	if (mode == STORE_CREATE && !memory)
		error = make_file(path);
	if (error == 0)
		error = open_file(&store->db, path);
	if (error == 0)
		error = recognise(store->db, &version);
	if (error == 0)
		error = configure(store->db, memory);
	if (error == 0)
		error = migrate(store->db, version);
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
	int error = run(store->db, "PRAGMA quick_check(1)", &verdict);

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
	int result = sqlite3_close(store->db);
	assert(result == SQLITE_OK);
	free(store);
}

int
store_begin(struct store *store)
{
	assert(sqlite3_get_autocommit(store->db) && "a transaction is open");
	int error = statement_run(store, SQL_BEGIN);
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
	if (error >= 0)
		return 0;
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
store_clock_raise(struct store *store, int64_t wall)
{
	statement_bind(store, SQL_CLOCK_RAISE, ":wall", wall);
	int changed = statement_run(store, SQL_CLOCK_RAISE);
	return changed < 0 ? changed : 0;
}

void
store_box_key(struct store *store, unsigned char key[16])
{
	memcpy(key, store->box_key, sizeof store->box_key);
}
