/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_dossier: what is told of one person, and taken away, is his alone: not another's whose number ends like his. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/xmalloc.h"
#include "store/dossier.h"
#include "store/people.h"
#include "memory_store.h"

/* The last nine digits are the same. */
#define HIS "8401134567890"
#define ANOTHERS "8402134567890"

/* All that a number leads to. :P the person, :N the digits, :T the text, which is whose it is. */
static const char rows_of_one[] =
	"INSERT INTO phone (number, person) VALUES ('+62:N', :P);"
	"INSERT INTO optout VALUES ('+62:N');"
	"INSERT INTO sms_in (sim, modem, sender, scts, body, rx_wall, state) VALUES"
	" ('s', 'm', '+62:N', '', ':T whole', 1, 'DONE'), ('s', 'm', '62:N', '', ':T bare', 2, 'DONE'),"
	" ('s', 'm', '0:N', '', ':T local', 3, 'DONE'), ('s', 'm', '+62:N', '', ':T new', 4, 'NEW');"
	"INSERT INTO outq (okey, class, dest, body, inbox, created, state, next_at) SELECT state || ':+62:N', 'notice',"
	" '+62:N', ':T ' || state, (SELECT max(id) FROM sms_in), 5, state, 6 FROM (SELECT 'QUEUED' AS state UNION SELECT 'SENT');"
	"INSERT INTO registration (no, state, phone, role, body, name, area, rw, wall) VALUES (:P, 'WAITING', '+62:N', 'PSM', 'PSM',"
	" ':T', '32.07.34.2007', 0, 1);"
	"INSERT INTO outq (okey, class, dest, body, created, state, next_at) VALUES ('approve::P:+628400000000', 'notice',"
	" '+628400000000', ':T asks', 5, 'QUEUED', 6);"
	"INSERT INTO receipt (verb, person, organisation, wall) VALUES ('LAPOR', :P, :P, 1);"
	"UPDATE receipt SET inbox = (SELECT id FROM sms_in WHERE sender = '0:N') WHERE person = :P;"
	"INSERT INTO ticket (no, state, verb, person, organisation, phone, body, wall) VALUES (:P, 'OPEN', 'TANYA', :P, :P,"
	" '+62:N', 'a question', 1);"
	"INSERT INTO offer VALUES ('+62:N', ':T offered', '', 1);"
	"INSERT INTO page VALUES ('+62:N', 2, ':T paged', 1);"
	"INSERT INTO session VALUES ('+62:N', 'x', '1', '', ':T typed', 1, 0, 1);"
	"INSERT INTO mute VALUES ('+62:N', zeroblob(16), 9);"
	"INSERT INTO spend (span, scope, parts, most) VALUES ('2026-10-20', '+62:N', 1, 9), ('2026-10-20', 'open +62:N', 1, 9);"
	"INSERT OR IGNORE INTO out_reference VALUES (substr(':N', -9), 7);";

/* Each row as text; what belongs to one of them names him somewhere. */
static const char everything[] =
	"SELECT group_concat(line, char(10)) FROM ("
	" SELECT 'phone ' || number || ' ' || person AS line FROM phone UNION ALL SELECT 'optout ' || number FROM optout"
	" UNION ALL SELECT 'in ' || sender || ' ' || body || ' ' || state || ifnull(reason, '') FROM sms_in"
	" UNION ALL SELECT 'out ' || okey || ' ' || dest || ' ' || body || ' ' || state FROM outq"
	" UNION ALL SELECT 'request ' || phone || ' ' || name || ' ' || state FROM registration"
	" UNION ALL SELECT 'ticket ' || phone FROM ticket UNION ALL SELECT 'offer ' || phone || ' ' || text FROM offer"
	" UNION ALL SELECT 'page ' || phone || ' ' || text FROM page UNION ALL SELECT 'menu ' || phone || inputs FROM session"
	" UNION ALL SELECT 'mute ' || number FROM mute UNION ALL SELECT 'spend ' || scope FROM spend"
	" UNION ALL SELECT 'name ' || name FROM person) WHERE line LIKE :like";

static void
execute(const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(store->db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %s", sql, error);
}

static void
add_rows(int person, const char *digits, const char *text)
{
	char *sql = xcalloc(1, 8 * sizeof rows_of_one);
	size_t used = 0;

	for (const char *at = rows_of_one; *at != '\0'; at++) {
		char id[2] = { (char)('0' + person), '\0' };
		const char *value = at[0] != ':' ? NULL : at[1] == 'P' ? id : at[1] == 'N' ? digits : at[1] == 'T' ? text : NULL;

		if (value != NULL)
			used += (size_t)sprintf(sql + used, "%s", value);
		else
			sql[used++] = *at;
		at += value != NULL;
	}
	execute(sql);
	free(sql);
}

/* The caller's. */
static char *
lines_with(const char *like)
{
	sqlite3_stmt *statement;
	char *lines;

	assert_int_equal(sqlite3_prepare_v2(store->db, everything, -1, &statement, NULL), SQLITE_OK);
	sqlite3_bind_text(statement, 1, like, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	lines = xstrdup(sqlite3_column_type(statement, 0) != SQLITE_NULL ? (const char *)sqlite3_column_text(statement, 0) : "");
	sqlite3_finalize(statement);
	return lines;
}

static int64_t
number_of(const char *sql)
{
	sqlite3_stmt *statement;
	int64_t number;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

static int
setup(void **state)
{
	(void)state;
	if (open_memory(TWO_VILLAGES THREE_PEOPLE "UPDATE person SET name = CASE id WHEN 1 THEN 'KENARI' ELSE 'PERKUTUT' END") != 0)
		return -1;
	add_rows(1, HIS, "KENARI");
	add_rows(2, ANOTHERS, "PERKUTUT");
	return 0;
}

static void
forget(const struct dossier *dossier, struct dossier_counts *counts)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(dossier_forget(store, dossier, 100, counts), 0);
	assert_int_equal(store_commit(store), 0);
}

/* --- tests --- */

static void
forgetting_one_leaves_the_other(void **state)
{
	const struct dossier him = { .person = 1, .phone = "+62" HIS };
	char *before = lines_with("%" ANOTHERS "%"), *named = lines_with("%PERKUTUT%"), *after, *still;
	struct dossier_counts counts;

	(void)state;
	assert_non_null(strstr(before, "PERKUTUT new NEW"));
	assert_non_null(strstr(before, "PERKUTUT QUEUED QUEUED"));
	forget(&him, &counts);
	after = lines_with("%" ANOTHERS "%");
	still = lines_with("%PERKUTUT%");
	assert_string_equal(after, before);
	assert_string_equal(still, named);
	/* The reference of messages in parts is that of all with this end. */
	assert_int_equal(number_of("SELECT count(*) FROM out_reference"), 1);
	assert_int_equal(counts.numbers, 1);
	free(before);
	free(named);
	free(after);
	free(still);
}

static void
all_spellings_of_his_number_go(void **state)
{
	const struct dossier him = { .person = 1, .phone = "+62" HIS }, another = { .person = 2, .phone = "+62" ANOTHERS };
	struct dossier_counts counts;
	char *left;

	(void)state;
	forget(&him, &counts);
	left = lines_with("%" HIS "%");
	assert_string_equal(left, "");
	free(left);
	left = lines_with("%KENARI%");
	assert_string_equal(left, "");
	free(left);
	assert_int_equal(counts.messages, 6);
	assert_int_equal(counts.dropped, 2);
	forget(&another, &counts);
	assert_int_equal(number_of("SELECT count(*) FROM out_reference"), 0);
}

static void
collect(void *ctx, const char *part, const char *json)
{
	char **all = ctx, *longer = xasprintf("%s%s: %s\n", *all, part, json);

	free(*all);
	*all = longer;
}

static void
telling_one_tells_nothing_of_the_other(void **state)
{
	const struct dossier him = { .person = 1, .phone = "+62" HIS };
	static const char *const known[] = { "KENARI whole", "KENARI bare", "KENARI local", "KENARI new", "KENARI QUEUED",
					     "KENARI SENT", "KENARI offered", "KENARI paged", "KENARI typed", "stopped", "requests" };
	char *all = xstrdup("");

	(void)state;
	assert_int_equal(dossier_tell(store, &him, collect, &all), 0);
	assert_null(strstr(all, ANOTHERS));
	assert_null(strstr(all, "PERKUTUT"));
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strstr(all, known[i]) == NULL)
			fail_msg("'%s' is not told in %s", known[i], all);
	free(all);
}

/* A number that he wrote from before is his, unless another has just that one now. */
static void
a_former_number_is_told_by_all_its_digits(void **state)
{
	const struct dossier him = { .person = 1, .phone = "+62840999000111" };
	char *all = xstrdup("");

	(void)state;
	execute("UPDATE phone SET number = '+62840999000111' WHERE person = 1");
	assert_int_equal(dossier_tell(store, &him, collect, &all), 0);
	assert_non_null(strstr(all, "KENARI whole"));
	free(all);
	execute("UPDATE phone SET number = '+62" HIS "' WHERE person = 2");
	all = xstrdup("");
	assert_int_equal(dossier_tell(store, &him, collect, &all), 0);
	assert_null(strstr(all, "KENARI whole"));
	free(all);
}

/* What waits for the other goes to him, whoever says STOP. */
static void
a_stop_drops_only_what_waits_for_him(void **state)
{
	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_set_reminders(store, "+62" HIS, false), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(number_of("SELECT count(*) FROM outq WHERE okey = 'QUEUED:+62" HIS "' AND state = 'EXPIRED'"), 1);
	assert_int_equal(number_of("SELECT count(*) FROM outq WHERE okey = 'QUEUED:+62" ANOTHERS "' AND state = 'QUEUED'"), 1);
}

/* --- sweeping --- */

#define MANY "4000"              /* messages of 2 kB, a page each: 16 MB */
static char dir[64];

static int
setup_file(void **state)
{
	char *path;
	int error;

	(void)state;
	strcpy(dir, "/tmp/test_dossier.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	path = xasprintf("%s/box.db", dir);
	error = store_open(&store, path, STORE_CREATE);
	free(path);
	return error;
}

static int
teardown_file(void **state)
{
	char *command = xasprintf("rm -rf %s", dir);
	int status;

	teardown(state);
	status = system(command);
	free(command);
	return status;
}

/* A box of 512 MB sweeps a database that is larger than its memory. */
static void
a_sweep_does_not_hold_the_database_in_memory(void **state)
{
	(void)state;
	execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " MANY ") INSERT INTO sms_in"
		" (sim, modem, sender, scts, body, rx_wall, state) SELECT 's', 'm', '+62840', '', hex(randomblob(1000)), i, 'DONE'"
		" FROM n");
	assert_int_equal(store_checkpoint(store), 0);
	assert_true(number_of("SELECT page_count FROM pragma_page_count") > 3900);
	sqlite3_memory_highwater(1);
	assert_int_equal(dossier_sweep(store), 0);
	assert_in_range(sqlite3_memory_highwater(1), 1, 10 << 20);
	assert_int_equal(number_of("SELECT count(*) FROM sms_in WHERE length(body) = 2000"), atoi(MANY));
	/* Other work that needs room for a moment has it in memory again. */
	assert_int_equal(number_of("PRAGMA temp_store"), 2);
	assert_null(sqlite3_temp_directory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(forgetting_one_leaves_the_other, setup, teardown),
		cmocka_unit_test_setup_teardown(all_spellings_of_his_number_go, setup, teardown),
		cmocka_unit_test_setup_teardown(telling_one_tells_nothing_of_the_other, setup, teardown),
		cmocka_unit_test_setup_teardown(a_former_number_is_told_by_all_its_digits, setup, teardown),
		cmocka_unit_test_setup_teardown(a_stop_drops_only_what_waits_for_him, setup, teardown),
		cmocka_unit_test_setup_teardown(a_sweep_does_not_hold_the_database_in_memory, setup_file, teardown_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
