/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_purge: what may not be kept any longer is nowhere in the files of the database, byte by byte; what is a record, or
 * young, or somebody's, stays. */
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

#include "base/phone.h"
#include "base/xmalloc.h"
#include "store/people.h"
#include "store/purge.h"
#include "store/statement.h"
#include "store/store.h"

#define MESSAGES 1200           /* one every hour: fifty days */
#define BEGIN 1790000000
#define HOUR 3600
#define AT(message) (BEGIN + (int64_t)(message) * HOUR)

static char dir[64], path[96];
static struct store *store;

static void
execute(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void
execute(const char *format, ...)
{
	char sql[2048], *error = NULL;
	va_list args;

	va_start(args, format);
	vsnprintf(sql, sizeof sql, format, args);
	va_end(args);
	if (sqlite3_exec(store->db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %s", sql, error);
}

static int64_t
number(const char *sql)
{
	sqlite3_stmt *statement;
	int64_t value;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

/* A canary is these letters, five digits, and these. Marks the numbers of those that are in one file. */
static void
mark(const char *suffix, const char *letters, const char *rest, bool seen[MESSAGES])
{
	char file[128], *bytes, *at;
	FILE *stream;
	size_t size;

	snprintf(file, sizeof file, "%s%s", path, suffix);
	stream = fopen(file, "r");
	if (stream == NULL)
		return;
	fseek(stream, 0, SEEK_END);
	size = (size_t)ftell(stream);
	rewind(stream);
	at = bytes = xcalloc(size + 64, 1);
	assert_int_equal(fread(bytes, 1, size, stream), size);
	fclose(stream);
	while ((at = memmem(at, size - (size_t)(at - bytes), letters, strlen(letters))) != NULL) {
		char digits[6] = "";

		at += strlen(letters);
		memcpy(digits, at, 5);
		if (strspn(digits, "0123456789") == 5 && memcmp(at + 5, rest, strlen(rest)) == 0 && atoi(digits) < MESSAGES)
			seen[atoi(digits)] = true;
	}
	free(bytes);
}

/* How many of the canaries first to last - 1 are anywhere in the files; format has their number as %05d. */
static int
found(const char *format, int first, int last)
{
	bool seen[MESSAGES] = { false };
	char letters[32];
	int count = 0;

	snprintf(letters, sizeof letters, "%.*s", (int)strcspn(format, "%"), format);
	format = strchr(format, '%') + strlen("%05d");
	mark("", letters, format, seen);
	mark("-wal", letters, format, seen);
	mark("-shm", letters, format, seen);
	for (int i = first; i < last; i++)
		count += seen[i];
	return count;
}

#define TEXT "kenari %05d akhir"
#define PDU "pdu %05d akhir"
#define REPLY "jawab %05d akhir"
#define STRANGER "+628405%05d99"

static int
setup(void **state)
{
	static const unsigned char key[16] = { 7 };

	(void)state;
	strcpy(dir, "/tmp/test_purge.XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/box.db", dir);
	phone_mask_key(key);
	return store_open(&store, path, STORE_CREATE);
}

static int
teardown(void **state)
{
	static const char *const suffixes[] = { "", "-wal", "-shm" };
	char file[128];

	(void)state;
	store_close(store);
	for (size_t s = 0; s < sizeof suffixes / sizeof *suffixes; s++) {
		snprintf(file, sizeof file, "%s%s", path, suffixes[s]);
		unlink(file);
	}
	return rmdir(dir);
}

static unsigned seed;

static int
draw(int below)
{
	seed = seed * 1103515245 + 12345;
	return (int)((seed >> 16) % (unsigned)below);
}

/* Each message of a number of its own, with an answer. They are finished in any order, long after others came behind
 * them, as in a burst: rows grow in the middle of a page, and SQLite moves those around them. */
static void
live(void)
{
	seed = 7;
	execute("BEGIN");
	for (int i = 0; i < MESSAGES; i++) {
		execute("INSERT INTO sms_in (dkey, sim, modem, sender, scts, udh, raw, body, rx_wall, state) VALUES"
			" (randomblob(16), '', 'gammu', '" STRANGER "', '', x'00', CAST('" PDU "' AS BLOB),"
			" '" TEXT "' || substr(hex(zeroblob(500)), 1, %d), %lld, 'NEW')", i, i, i, draw(4) * draw(300),
			(long long)AT(i));
		execute("INSERT INTO outq (okey, class, dest, body, inbox, created, state, next_at) VALUES ('ack:%d:" STRANGER "',"
			" 'ack', '" STRANGER "', '" REPLY "', %d, %lld, 'QUEUED', 1)", i, i, i, i, i + 1, (long long)AT(i));
		execute("INSERT INTO out_part (outq, part, state) VALUES (%d, 1, 'SENT')", i + 1);
		while (draw(2) == 0) {
			int64_t id = i + 1 - draw(30);

			execute("UPDATE sms_in SET state = 'DONE', verb = substr(hex(zeroblob(50)), 1, %d) WHERE id = %lld", draw(90),
				(long long)id);
			execute("UPDATE outq SET state = 'DELIVERED', next_at = NULL, modem = substr(hex(zeroblob(50)), 1, %d)"
				" WHERE id = %lld", draw(90), (long long)id);
		}
	}
	execute("UPDATE sms_in SET state = 'DONE'");
	execute("UPDATE outq SET state = 'DELIVERED', next_at = NULL");
	execute("COMMIT");
	assert_int_equal(store_checkpoint(store), 0);
}

/* Everything before message `texts`, and numbers before message `numbers`; gives the counts. */
static struct purge_counts
purge_before(int texts, int numbers)
{
	const struct purge_before before = { .texts = AT(texts), .quarantine = AT(texts), .numbers = AT(numbers),
					     .leftovers = AT(MESSAGES) };
	struct purge_counts counts;
	struct purge purge;
	int result;

	assert_int_equal(purge_begin(store, &purge, &before), 0);
	while ((result = purge_step(store, &purge, AT(MESSAGES))) == 1)
		;
	assert_int_equal(result, 0);
	assert_int_equal(purge_reindex(store), 0);
	while ((result = purge_shrink(store)) == 1)
		;
	assert_int_equal(result, 0);
	assert_int_equal(store_checkpoint(store), 0);
	assert_int_equal(purge_last(store, &counts), 0);
	return counts;
}

static void
old_texts_are_nowhere(void **state)
{
	struct purge_counts counts;

	(void)state;
	live();
	assert_int_equal(found(TEXT, 0, MESSAGES), MESSAGES);
	assert_int_equal(found(PDU, 0, MESSAGES), MESSAGES);
	assert_int_equal(found(REPLY, 0, MESSAGES), MESSAGES);
	counts = purge_before(700, 0);
	assert_int_equal(counts.texts, 1400);
	assert_int_equal(counts.wall, AT(MESSAGES));
	assert_int_equal(found(TEXT, 0, 700), 0);
	assert_int_equal(found(PDU, 0, 700), 0);
	assert_int_equal(found(REPLY, 0, 700), 0);
	assert_int_equal(found(TEXT, 700, MESSAGES), MESSAGES - 700);
	assert_int_equal(found(REPLY, 700, MESSAGES), MESSAGES - 700);
	/* A day at a time from there on, few messages each. */
	for (int i = 700; i < 760; i += 3)
		assert_int_equal(purge_before(i, 0).texts, i == 700 ? 0 : 6);
	assert_int_equal(found(TEXT, 0, 757), 0);
	assert_int_equal(found(TEXT, 757, MESSAGES), MESSAGES - 757);
}

static void
rows_stay_as_they_are_but_for_their_text(void **state)
{
	(void)state;
	live();
	execute("CREATE TEMP TABLE a AS SELECT id, dkey, sender, rx_wall, state, verb, said FROM sms_in;"
		"CREATE TEMP TABLE b AS SELECT id, okey, dest, inbox, created, state FROM outq");
	purge_before(MESSAGES, 0);
	assert_int_equal(number("SELECT count(*) FROM (SELECT * FROM a EXCEPT"
				" SELECT id, dkey, sender, rx_wall, state, verb, said FROM sms_in)"), 0);
	assert_int_equal(number("SELECT count(*) FROM (SELECT * FROM b EXCEPT SELECT id, okey, dest, inbox, created, state FROM outq)"),
			 0);
	assert_int_equal(number("SELECT count(*) FROM sms_in"), MESSAGES);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE body <> '' OR raw IS NOT NULL OR udh IS NOT NULL"), 0);
	assert_int_equal(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
	assert_int_equal(number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

static void
what_is_under_way_stays(void **state)
{
	(void)state;
	live();
	execute("UPDATE sms_in SET state = 'NEW' WHERE id = 5; UPDATE sms_in SET state = 'PART' WHERE id = 6;"
		"UPDATE outq SET state = 'QUEUED', next_at = 1 WHERE id = 7; UPDATE outq SET state = 'UNKNOWN', next_at = 1 WHERE id = 8");
	purge_before(MESSAGES, MESSAGES);
	assert_int_equal(number("SELECT group_concat(id) = '5,6' FROM sms_in WHERE body <> ''"), 1);
	assert_int_equal(number("SELECT group_concat(id) = '5,6' FROM sms_in WHERE sender LIKE '+%'"), 1);
	assert_int_equal(number("SELECT group_concat(id) = '7,8' FROM outq WHERE body <> ''"), 1);
	/* Later they are done, and go, though everything behind them went before. */
	execute("UPDATE sms_in SET state = 'DONE'; UPDATE outq SET state = 'SENT', next_at = NULL");
	assert_int_equal(purge_before(MESSAGES, MESSAGES).texts, 4);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE body <> '' OR sender LIKE '+%'"), 0);
}

/* More of them than rows are looked at in vain. When they came nobody knows, but before those that came behind them. */
static void
rows_of_a_clock_that_ran_ahead_keep_nothing_else(void **state)
{
	(void)state;
	live();
	execute("UPDATE sms_in SET rx_wall = rx_wall + 365 * 86400 WHERE id BETWEEN 21 AND 1120 OR id > 1160;"
		"UPDATE outq SET created = created + 365 * 86400 WHERE id BETWEEN 21 AND 1120 OR id > 1160");
	/* Behind these is nothing old yet. */
	assert_int_equal(purge_before(1120, 1120).texts, 40);
	assert_int_equal(purge_before(1130, 1130).texts, 2 * 1110);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE id <= 1130 AND (body <> '' OR sender LIKE '+%')"), 0);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE id <= 1130 AND (body <> '' OR dest LIKE '+%')"), 0);
	/* And nothing at all behind these. */
	assert_int_equal(purge_before(MESSAGES, MESSAGES).texts, 2 * 30);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE body <> ''"), MESSAGES - 1160);
	assert_int_equal(number("SELECT count(*) FROM outq WHERE body <> ''"), MESSAGES - 1160);
}

static void
what_was_begun_by_a_clock_that_ran_ahead_is_over(void **state)
{
	(void)state;
	execute("INSERT INTO offer VALUES ('+62840777000055', 'anak 3', 'x', %lld); INSERT INTO page VALUES ('+62840777000066', 2,"
		" 'x', %lld); INSERT INTO session VALUES ('+62840777000088', 'sms', '', 'x', '', 1, 0, %lld);"
		"INSERT INTO mute VALUES ('+62840777000077', zeroblob(16), %lld), ('+62840777000099', zeroblob(16), %lld)",
		(long long)AT(MESSAGES + 1), (long long)AT(MESSAGES + 1), (long long)AT(MESSAGES + 1),
		(long long)AT(MESSAGES + 25), (long long)AT(MESSAGES + 24));
	purge_before(0, 0);
	assert_int_equal(number("SELECT (SELECT count(*) FROM offer) + (SELECT count(*) FROM page) + (SELECT count(*) FROM session)"),
			 0);
	assert_int_equal(number("SELECT count(*) = 1 AND max(number) = '+62840777000099' FROM mute"), 1);
}

static void
numbers_that_are_nobodys_become_hashes(void **state)
{
	struct person person = { .state = PERSON_ACTIVE, .role = "PSM", .body = "PSM", .area = "32.07.34.2007" };
	char phone[PHONE_SIZE], hash[PHONE_HASH_SIZE], sql[256];

	(void)state;
	live();
	execute("INSERT INTO area (code, name, parent) VALUES ('32', 'J', ''), ('32.07', 'C', '32'), ('32.07.34', 'L', '32.07'),"
		" ('32.07.34.2007', 'R', '32.07.34')");
	snprintf(person.phone, sizeof person.phone, STRANGER, 3);
	execute("BEGIN");
	assert_int_equal(people_put(store, &person), 0);
	execute("COMMIT");
	/* The same number, spelt otherwise. */
	execute("UPDATE sms_in SET sender = '0' || substr(sender, 4) WHERE id = 11");
	assert_int_equal(found(STRANGER, 0, 500), 500);
	assert_int_equal(purge_before(500, 500).numbers, 998);
	assert_int_equal(found(STRANGER, 0, 500), 1);
	assert_int_equal(found(STRANGER, 3, 4), 1);
	assert_int_equal(found("08405%05d99", 0, 500), 0);
	assert_int_equal(found(STRANGER, 500, MESSAGES), MESSAGES - 500);
	snprintf(phone, sizeof phone, STRANGER, 10);
	phone_hash(phone, hash);
	snprintf(sql, sizeof sql, "SELECT sender = '%s' AND dest = '%s' AND okey = 'ack:10:%s' FROM sms_in JOIN outq USING (id)"
		 " WHERE id = 11", hash, hash, hash);
	assert_int_equal(number(sql), 1);
	/* Who gives his number up is as everybody else from then on. */
	execute("BEGIN");
	assert_int_equal(people_retire(store, person.phone), 0);
	execute("COMMIT");
	assert_int_equal(purge_before(500, 500).numbers, 2);
	assert_int_equal(found(STRANGER, 0, 500), 0);
	assert_int_equal(purge_before(500, 500).numbers, 0);
}

static void
quarantine_goes_sooner(void **state)
{
	const struct purge_before before = { .texts = AT(0), .quarantine = AT(600), .numbers = AT(0), .leftovers = AT(0) };
	struct purge purge;
	int result;

	(void)state;
	live();
	execute("UPDATE sms_in SET state = 'QUARANTINE', reason = 'x' WHERE id IN (100, 700)");
	assert_int_equal(purge_begin(store, &purge, &before), 0);
	while ((result = purge_step(store, &purge, AT(MESSAGES))) == 1)
		;
	assert_int_equal(result, 0);
	assert_int_equal(store_checkpoint(store), 0);
	assert_int_equal(purge.counts.quarantine, 1);
	assert_int_equal(purge.counts.texts, 0);
	assert_int_equal(found(TEXT, 99, 100), 0);
	assert_int_equal(found(PDU, 99, 100), 0);
	assert_int_equal(found(TEXT, 0, MESSAGES), MESSAGES - 1);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE state = 'QUARANTINE'"), 2);
}

static void
what_is_over_goes_and_records_stay(void **state)
{
	(void)state;
	execute("INSERT INTO area (code, name, parent) VALUES ('32', 'J', '');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('PROV', 'PROV', '32', 0);"
		"INSERT INTO person (state, name, organisation) VALUES ('ACTIVE', 'Aminah', 1), ('ACTIVE', 'Budiman', 1);"
		"INSERT INTO phone (number, person) VALUES ('+62840777000011', 1);"
		"INSERT INTO registration (state, phone, role, body, name, area, rw, wall, ended) VALUES"
		" ('APPROVED', '+62840777000011', 'PSM', 'PSM', 'Aminah Dua', '32', 0, 1, 2),"
		" ('REFUSED', '+62840777000022', 'PSM', 'PSM', 'Cecep', '32', 0, 1, 2),"
		" ('WAITING', '+62840777000033', 'PSM', 'PSM', 'Dadang', '32', 0, 1, NULL);"
		"INSERT INTO ticket (state, verb, person, organisation, phone, body, wall) VALUES"
		" ('CLOSED', 'TANYA', 2, 1, '+62840777000044', 'kapan rapat', 1), ('OPEN', 'TANYA', 1, 1, '+62840777000011', 'x', 1);"
		"INSERT INTO offer VALUES ('+62840777000055', 'anak 3', 'x', 1); INSERT INTO page VALUES ('+62840777000066', 2, 'x', 1);"
		"INSERT INTO mute VALUES ('+62840777000077', zeroblob(16), 1);"
		"INSERT INTO session VALUES ('+62840777000088', 'sms', '', 'x', '', 1, 0, 1);"
		"INSERT INTO out_reference VALUES ('777000099', 1);"
		"INSERT INTO circular (kind, person, area, roles, rw, body, wall, not_after, hold, recipients, done) VALUES"
		" ('umum', 1, '32', '', 0, 'rapat kamis', 1, 2, 0, 1, 1), ('umum', 1, '32', '', 0, 'belum selesai', 1, 2, 0, 1, 0)");
	assert_int_equal(purge_before(0, 0).texts, 1);
	assert_int_equal(number("SELECT group_concat(name) = 'Aminah,' FROM person"), 1);
	assert_int_equal(number("SELECT group_concat(name) = ',,Dadang' FROM registration"), 1);
	assert_int_equal(number("SELECT (SELECT count(*) FROM offer) + (SELECT count(*) FROM page) + (SELECT count(*) FROM mute)"
				" + (SELECT count(*) FROM session) + (SELECT count(*) FROM out_reference)"), 0);
	assert_int_equal(number("SELECT group_concat(body) = 'kapan rapat,x' FROM ticket"), 1);
	assert_int_equal(number("SELECT group_concat(body) = ',belum selesai' FROM circular"), 1);
	assert_int_equal(number("SELECT count(*) FROM registration WHERE phone LIKE '#%' AND no = 2"), 1);
	assert_int_equal(number("SELECT count(*) FROM registration WHERE phone LIKE '+%'"), 2);
	assert_int_equal(number("SELECT count(*) FROM ticket WHERE phone LIKE '#%' AND no = 1"), 1);
	assert_int_equal(number("SELECT count(*) FROM ticket WHERE phone LIKE '+%' AND no = 2"), 1);
}

/* Somebody else has the lock in the middle of it: nothing is lost of what it still has to do. */
static void
a_lock_only_delays_it(void **state)
{
	const struct purge_before before = { .texts = AT(700) };
	struct purge purge;
	sqlite3 *other;
	int result, busy = 0;

	(void)state;
	live();
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(purge_begin(store, &purge, &before), 0);
	assert_int_equal(purge_step(store, &purge, AT(MESSAGES)), 1);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	while ((result = purge_step(store, &purge, AT(MESSAGES))) != 0) {
		if (result == -EBUSY && ++busy == 3)
			assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	}
	sqlite3_close(other);
	assert_int_equal(busy, 3);
	assert_int_equal(purge.counts.texts, 1400);
	assert_int_equal(number("SELECT count(*) FROM sms_in WHERE body <> ''"), MESSAGES - 700);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(old_texts_are_nowhere), TEST(rows_stay_as_they_are_but_for_their_text), TEST(what_is_under_way_stays),
		TEST(rows_of_a_clock_that_ran_ahead_keep_nothing_else), TEST(what_was_begun_by_a_clock_that_ran_ahead_is_over),
		TEST(numbers_that_are_nobodys_become_hashes),
		TEST(quarantine_goes_sooner), TEST(what_is_over_goes_and_records_stay), TEST(a_lock_only_delays_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
