/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_upgrade: databases as earlier versions left them (tests/upgrade) become those of this one: as it was beside it,
 * every row with its meaning, tables as in a fresh one, sums as a recount finds them, the same answers. */
#include <assert.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/desk.h"
#include "gate/try.h"
#include "shipped_grammar.h"
#include "store/figure.h"
#include "store/record.h"
#include "store/statement.h"
#include "store/store.h"

#define FOLDER "tests/upgrade"
#define DUMPS 64

static char dir[64], path[96];

/* --- SQL --- */

static void
execute(sqlite3 *db, const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %.200s", error, sql);
}

/* The rows of a query, a line each; the caller's. */
static char *
rows(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	int result;

	assert_non_null(out);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sqlite3_errmsg(db), sql);
	while ((result = sqlite3_step(statement)) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			const char *value = (const char *)sqlite3_column_text(statement, i);
			fprintf(out, "%s%c", value != NULL ? value : "NULL", i + 1 < sqlite3_column_count(statement) ? '|' : '\n');
		}
	if (result != SQLITE_DONE)
		fail_msg("%s: %s", sqlite3_errmsg(db), sql);
	sqlite3_finalize(statement);
	fclose(out);
	return text;
}

static void
expect(sqlite3 *db, const char *sql, const char *expected)
{
	char *got = rows(db, sql);

	got[strcspn(got, "\n")] = '\0';
	if (strcmp(got, expected) != 0)
		fail_msg("%s: expected %s, got %s", sql, expected, got);
	free(got);
}

static void __attribute__((format(printf, 3, 4)))
expect_of(sqlite3 *db, const char *expected, const char *format, ...)
{
	char *sql;
	va_list arguments;

	va_start(arguments, format);
	assert_true(vasprintf(&sql, format, arguments) > 0);
	va_end(arguments);
	expect(db, sql, expected);
	free(sql);
}

static char *
file_name(const char *name)
{
	char *file;

	assert_true(asprintf(&file, "%s/%s", dir, name) > 0);
	return file;
}

static sqlite3 *
open_plain(const char *name)
{
	char *file = file_name(name);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	execute(db, "PRAGMA synchronous = OFF");
	free(file);
	return db;
}

/* --- the databases --- */

struct dump {
	char name[256];
	int version;
	char *sql;
};
static struct dump dumps[DUMPS];
static size_t dump_count;

static char *
read_text(const char *name)
{
	FILE *file = fopen(name, "r");
	char *text = calloc(1, 1 << 20);

	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
	fclose(file);
	return text;
}

static void
find_dumps(void)
{
	DIR *folder = opendir(FOLDER);
	struct dirent *entry;
	char file[320];

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		struct dump *dump = &dumps[dump_count];
		size_t length = strlen(entry->d_name);

		if (sscanf(entry->d_name, "v%d", &dump->version) != 1 || length < 4 || strcmp(entry->d_name + length - 4, ".sql") != 0)
			continue;
		snprintf(dump->name, sizeof dump->name, "%s", entry->d_name);
		snprintf(file, sizeof file, FOLDER "/%s", entry->d_name);
		dump->sql = read_text(file);
		dump_count++;
		assert(dump_count < DUMPS);
	}
	if (folder != NULL)
		closedir(folder);
}

/* As that version's program left it: with a log to be written ahead. */
static void
make_old(const struct dump *dump, const char *name)
{
	sqlite3 *db = open_plain(name);

	execute(db, dump->sql);
	execute(db, "PRAGMA journal_mode = WAL");
	sqlite3_close(db);
}

static int
make_dir(void **state)
{
	(void)state;
	/* In memory if there is such a place: what a power cut would leave is another test's. */
	strcpy(dir, access("/dev/shm", W_OK) == 0 ? "/dev/shm/test_upgrade.XXXXXX" : "/tmp/test_upgrade.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	return 0;
}

static int
remove_dir(void **state)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	char file[512];

	(void)state;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		snprintf(file, sizeof file, "%s/%s", dir, entry->d_name);
		unlink(file);
	}
	if (folder != NULL)
		closedir(folder);
	return rmdir(dir);
}

/* --- what must be the same --- */

/* SQL without comments, quotes and blanks: ALTER TABLE writes them otherwise than a person. */
static void
strip(char *sql)
{
	char *to = sql;

	for (; *sql != '\0'; sql++) {
		if (sql[0] == '-' && sql[1] == '-')
			sql += strcspn(sql, "\n");
		if (*sql != '\0' && strchr(" \t\n\"", *sql) == NULL)
			*to++ = *sql;
	}
	*to = '\0';
}

static char *
schema_of(sqlite3 *db)
{
	char *text = rows(db, "SELECT type || ' ' || name || ': ' || sql || x'0a' FROM sqlite_schema WHERE sql IS NOT NULL"
			  " ORDER BY type, name");

	strip(text);
	return text;
}

/* Columns that went elsewhere, and what is empty if nothing of them was lost. */
static const struct move { const char *table, *column, *lost; } moves[] = {
#define OF_THE_ONE_PART(column) { "outq", #column, "SELECT o.id FROM old.outq AS o LEFT JOIN out_part AS p ON p.outq = o.id AND p.part = 1" \
	" WHERE p." #column " IS NOT o." #column }
	OF_THE_ONE_PART(resends), OF_THE_ONE_PART(mr), OF_THE_ONE_PART(error), OF_THE_ONE_PART(status),
	/* Of one that was being sent it was known as claimed_at. */
	{ "outq", "sent_at", "SELECT o.id FROM old.outq AS o LEFT JOIN out_part AS p ON p.outq = o.id AND p.part = 1"
	  " WHERE o.sent_at IS NOT NULL AND p.sent_at IS NOT o.sent_at" },
};

/* Columns of which the meaning is written otherwise, up to a version, and what they are now. */
static const struct rewritten { const char *table, *column; int until; const char *now; } rewrites[] = {
	/* A code belongs to a list since version 6. */
	{ "entry", "met", 5, "ifnull(replace(met, 'kat=', 'kat=' || json_extract(data, '$.list') || '/'), met)" },
	{ "entry", "keyed", 5, "ifnull(replace(keyed, 'kat=', 'kat=' || json_extract(data, '$.list') || '/'), keyed)" },
};

static const char *
expression_of(const char *table, const char *column, int version)
{
	for (size_t i = 0; i < sizeof rewrites / sizeof *rewrites; i++)
		if (strcmp(rewrites[i].table, table) == 0 && strcmp(rewrites[i].column, column) == 0 && version <= rewrites[i].until)
			return rewrites[i].now;
	return column;
}

static void
expect_moved(sqlite3 *db, const char *table, const char *column)
{
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (strcmp(moves[i].table, table) == 0 && strcmp(moves[i].column, column) == 0) {
			char *lost = rows(db, moves[i].lost);

			if (*lost != '\0')
				fail_msg("%s.%s was lost of %s", table, column, lost);
			free(lost);
			return;
		}
	fail_msg("%s.%s is gone: say here where it went", table, column);
}

/* Of the main database, old is attached. What is not in old may be new; the rows of old are all there, none twice. */
static void
expect_rows(sqlite3 *db, const char *table, int version)
{
	char columns[2048] = "", before[4096] = "", sql[512], *names, *name, *rest;
	bool own = strcmp(table, "sqlite_sequence") == 0;

	snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s', 'old') ORDER BY cid", table);
	names = rest = rows(db, sql);
	while ((name = strsep(&rest, "\n")) != NULL && *name != '\0') {
		char *there;

		snprintf(sql, sizeof sql, "SELECT count(*) FROM pragma_table_info('%s', 'main') WHERE name = '%s'", table, name);
		there = rows(db, sql);
		if (*there == '0') {
			expect_moved(db, table, name);
		} else {
			snprintf(columns + strlen(columns), sizeof columns - strlen(columns), "%s%s", *columns != '\0' ? ", " : "", name);
			snprintf(before + strlen(before), sizeof before - strlen(before), "%s%s", *before != '\0' ? ", " : "",
				 expression_of(table, name, version));
		}
		free(there);
	}
	free(names);
	if (*columns == '\0')
		fail_msg("nothing of %s is there any more", table);
	expect_of(db, "0", "SELECT count(*) FROM (SELECT %s FROM old.%s EXCEPT SELECT %s FROM main.%s)", before, table, columns, table);
	expect_of(db, "1", "SELECT (SELECT count(*) FROM main.%s) %s (SELECT count(*) FROM old.%s)", table, own ? ">=" : "=", table);
}

static void
attach(sqlite3 *db, const char *name)
{
	char *file = file_name(name), *sql;

	assert_true(asprintf(&sql, "ATTACH '%s' AS old", file) > 0);
	execute(db, sql);
	free(sql);
	free(file);
}

static void
every_row_is_there(const char *name, int version)
{
	sqlite3 *db = open_plain(name);
	char *tables, *rest, *table;
	int count = 0;

	attach(db, "old.db");
	tables = rest = rows(db, "SELECT name FROM old.sqlite_schema WHERE type = 'table'");
	while ((table = strsep(&rest, "\n")) != NULL && *table != '\0') {
		expect_rows(db, table, version);
		count++;
	}
	assert_true(count > 10);
	free(tables);
	sqlite3_close(db);
}

static void
is_kept_as_it_was(int version)
{
	char kept[32], number[12], *before, *after;
	sqlite3 *db;

	snprintf(kept, sizeof kept, "box.db.v%d", version);
	snprintf(number, sizeof number, "%d", version);
	db = open_plain(kept);
	expect(db, "PRAGMA user_version", number);
	expect(db, "PRAGMA integrity_check", "ok");
	attach(db, "old.db");
	before = rows(db, "SELECT type, name, sql FROM old.sqlite_schema ORDER BY 1, 2");
	after = rows(db, "SELECT type, name, sql FROM main.sqlite_schema ORDER BY 1, 2");
	assert_string_equal(before, after);
	free(before);
	free(after);
	sqlite3_close(db);
	/* Without the conversions: this one is not converted. */
	every_row_is_there(kept, 1 << 20);
}

/* --- what is kept ready --- */

static char *
kept_ready(sqlite3 *db)
{
	return rows(db, "SELECT 'figure', village, list, category, unit, period, value, open, reports,"
		    " CASE reports WHEN 0 THEN '' ELSE family END FROM figure"
		    " UNION ALL SELECT 'sum', area, first, months, list, category, unit, value, villages,"
		    " open || ' ' || small || ' ' || bottom || ' ' || vague FROM area_sum"
		    " UNION ALL SELECT 'presence', village, family, period, reports, '', '', '', '', '' FROM presence"
		    " UNION ALL SELECT 'turnout', area, first, months, family, villages, '', '', '', '' FROM turnout"
		    " ORDER BY 1, 2, 3, 4, 5, 6, 7");
}

/* Each figure is worked out again from the reports, one after the other. */
static void
recount(struct store *store)
{
	sqlite3_stmt *keys;

	execute(store->db, "DELETE FROM figure; DELETE FROM area_sum; DELETE FROM presence; DELETE FROM turnout");
	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT village, list, category, unit, period FROM record WHERE state = 'CURRENT'"
		" UNION SELECT village, list, category, unit, period FROM settlement WHERE state = 'CURRENT'", -1, &keys, NULL), SQLITE_OK);
	assert_int_equal(store_begin(store), 0);
	while (sqlite3_step(keys) == SQLITE_ROW) {
		const char *text[4];

		for (int i = 0; i < 4; i++)
			text[i] = (const char *)sqlite3_column_text(keys, i);
		struct record_key key = { .village = text[0], .list = text[1], .category = text[2], .unit = text[3],
					  .family = text[2][0] == 'P' ? "PSKS" : "PMKS", .period = sqlite3_column_int(keys, 4) };
		assert_int_equal(figure_refresh(store, &key), 0);
	}
	sqlite3_finalize(keys);
	assert_int_equal(store_commit(store), 0);
}

static void
sums_are_as_a_recount_finds(struct store *store)
{
	char *before = kept_ready(store->db), *after;

	recount(store);
	after = kept_ready(store->db);
	assert_string_equal(before, after);
	free(before);
	free(after);
	expect(store->db, "SELECT count(*) FROM area WHERE villages <> (SELECT count(*) FROM area AS v WHERE length(v.code) = 13"
	       " AND v.code LIKE area.code || '%')", "0");
	expect(store->db, "SELECT count(*) FROM organisation AS o WHERE manned <> EXISTS (SELECT 1 FROM person AS p"
	       " JOIN phone AS f ON f.person = p.id WHERE p.organisation = o.id AND p.state = 'ACTIVE')", "0");
}

/* --- what it answers --- */

/* Version 12 marks what is provisional: it is the same figure. */
static void
without_marks(char *text)
{
	char *mark, *to = text;

	mark = strstr(text, " *Sementara");
	if (mark != NULL)
		*mark = '\0';
	for (; *text != '\0'; text++)
		if (*text != '*')
			*to++ = *text;
	*to = '\0';
}

static char *
answer(struct store *store, const char *from, const char *text)
{
	const struct desk_conf conf = { .own_numbers = "", .destinations = DESK_DESTINATIONS };
	const struct try_options options = { .at = "2026-10-25T10:00:00+07:00" };
	char *said = NULL, *reply;
	size_t size = 0;
	FILE *out = open_memstream(&said, &size);

	assert_int_equal(try_run(store, grammar, &conf, &options, from, text, out), 0);
	fclose(out);
	reply = strstr(said, "\nreply (");
	assert_non_null(reply);
	reply += strcspn(reply + 1, "\n") + 4;
	reply[strcspn(reply, "\n")] = '\0';
	reply = strdup(reply);
	free(said);
	return reply;
}

/* Returns how many it was asked. */
static int
answers_are_the_same(struct store *store, const char *sql)
{
	int asked = 0;

	for (const char *line = sql; (line = strstr(line, "-- asked\t")) != NULL; line++, asked++) {
		char from[24], text[64], before[321], *after;

		assert_int_equal(sscanf(line, "-- asked\t%23[^\t]\t%63[^\t]\t%320[^\n]", from, text, before), 3);
		after = answer(store, from, text);
		without_marks(before);
		without_marks(after);
		assert_string_equal(after, before);
		free(after);
	}
	return asked;
}

/* --- the tests --- */

static char *fresh_schema;
static int newest;

static int
look_at_a_fresh_one(void **state)
{
	struct store *fresh;
	char *text;

	assert_int_equal(store_open(&fresh, ":memory:", STORE_CREATE), 0);
	text = rows(fresh->db, "PRAGMA user_version");
	newest = atoi(text);
	free(text);
	fresh_schema = schema_of(fresh->db);
	store_close(fresh);
	return load_shipped(state);
}

static int
free_all(void **state)
{
	free(fresh_schema);
	for (size_t i = 0; i < dump_count; i++)
		free(dumps[i].sql);
	return free_shipped(state);
}

static void
is_as_a_fresh_one(struct store *store)
{
	char *got = schema_of(store->db);

	assert_string_equal(got, fresh_schema);
	free(got);
	expect(store->db, "PRAGMA integrity_check", "ok");
	expect(store->db, "SELECT count(*) FROM pragma_foreign_key_check", "0");
	assert_int_equal(store_check(store), 0);
}

static void
becomes_this_version(void **state)
{
	const struct dump *dump = *state;
	struct store *store;
	char kept[32], *file;
	int asked;

	/* That of today's own waits for the next one. */
	if (dump->version == newest)
		skip();
	make_old(dump, "old.db");
	make_old(dump, "box.db");
	assert_int_equal(store_open(&store, path, STORE_EXISTING), 0);
	is_as_a_fresh_one(store);
	is_kept_as_it_was(dump->version);
	every_row_is_there("box.db", dump->version);
	asked = answers_are_the_same(store, dump->sql);
	/* From then on they could be asked. */
	assert_true(asked >= 6 || dump->version < 3);
	sums_are_as_a_recount_finds(store);
	store_close(store);
	/* Once is enough. */
	snprintf(kept, sizeof kept, "box.db.v%d", dump->version);
	file = file_name(kept);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(store_open(&store, path, STORE_EXISTING), 0);
	store_close(store);
	assert_int_equal(access(file, F_OK), -1);
	free(file);
}

static void
each_version_left_a_database(void **state)
{
	(void)state;
	for (int version = 1; version < newest; version++) {
		char name[24];
		size_t i = 0;

		snprintf(name, sizeof name, "v%d.sql", version);
		while (i < dump_count && strcmp(dumps[i].name, name) != 0)
			i++;
		if (i == dump_count)
			fail_msg(FOLDER "/%s is not there; " FOLDER "/README says how to make it", name);
	}
}

int
main(void)
{
	struct CMUnitTest tests[DUMPS + 1] = { cmocka_unit_test(each_version_left_a_database) };

	find_dumps();
	for (size_t i = 0; i < dump_count; i++)
		tests[i + 1] = (struct CMUnitTest){ dumps[i].name, becomes_this_version, make_dir, remove_dir, &dumps[i] };
	return _cmocka_run_group_tests("upgrades", tests, dump_count + 1, look_at_a_fresh_one, free_all);
}
