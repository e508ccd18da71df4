/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_settlement: the TKSK's word on a figure, and how a later report takes it away (rules 42, 44). */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "memory_store.h"
#include "store/overlap.h"
#include "store/record.h"
#include "store/settlement.h"

#define NOW 1792461600
#define OCTOBER (2026 * 12 + 9)
#define TKSK 1

static const struct record_key lansia = {.village = "33.19.01.2011", .category = "07", .list = "pmks-2009", .unit = "orang",
					 .period = OCTOBER};

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('33', 'Jawa Tengah', ''), ('33.19', 'Kudus', '33'),"
		" ('33.19.01', 'Kaliwungu', '33.19'), ('33.19.01.2011', 'Garung Lor', '33.19.01'),"
		" ('33.19.01.2010', 'Garung Kidul', '33.19.01');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('TKSK', 'TKSK', '33.19.01', 0);"
		"INSERT INTO person (state, organisation) VALUES ('ACTIVE', 1);");
}

static void
put(const struct record_key *key, long value)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(settlement_put(store, key, value, TKSK, NOW), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
reopen(const struct record_key *key)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(settlement_reopen(store, key, NOW + 60), 0);
	assert_int_equal(store_commit(store), 0);
}

static long
settled(struct record_key key)
{
	long value = 0;
	int error = settlement_find(store, &key, &value);

	if (error == -ENOENT)
		return -1;
	assert_int_equal(error, 0);
	return value;
}

/* The history as "9 SUPERSEDED, 8 CURRENT". */
static void
expect_history(const char *expected)
{
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT group_concat(value || ' ' || state, ', ')"
					    " FROM (SELECT * FROM settlement ORDER BY id)", -1, &statement, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(statement, 0), expected);
	sqlite3_finalize(statement);
}

static void
a_settled_value_is_found(void **state)
{
	(void)state;
	assert_int_equal(settled(lansia), -1);
	put(&lansia, 9);
	assert_int_equal(settled(lansia), 9);
	put(&lansia, 0);
	assert_int_equal(settled(lansia), 0);
	expect_history("9 SUPERSEDED, 0 CURRENT");
}

static void
it_is_of_one_village_category_unit_and_period(void **state)
{
	struct record_key others[4] = {lansia, lansia, lansia, lansia};
	struct record_key part = lansia;

	(void)state;
	others[0].village = "33.19.01.2010";
	others[1].category = "08";
	others[2].unit = "keluarga";
	others[3].period = OCTOBER - 1;
	put(&lansia, 9);
	for (int i = 0; i < 4; i++)
		assert_int_equal(settled(others[i]), -1);
	for (int i = 0; i < 4; i++)
		put(&others[i], i);
	reopen(&others[2]);
	assert_int_equal(settled(others[1]), 1);
	assert_int_equal(settled(others[2]), -1);
	assert_int_equal(settled(lansia), 9);
	/* Whose report of which part brings it up makes no difference. */
	part.rw = 4;
	part.rt = 2;
	part.organisation = 77;
	assert_int_equal(settled(part), 9);
	reopen(&part);
	assert_int_equal(settled(lansia), -1);
}

static void
a_reopened_one_stays_as_history_and_can_be_settled_again(void **state)
{
	(void)state;
	put(&lansia, 9);
	reopen(&lansia);
	assert_int_equal(settled(lansia), -1);
	put(&lansia, 11);
	assert_int_equal(settled(lansia), 11);
	expect_history("9 REOPENED, 11 CURRENT");
	reopen(&lansia);
	put(&lansia, 12);
	expect_history("9 REOPENED, 11 REOPENED, 12 CURRENT");
}

static void
reopening_nothing_changes_nothing(void **state)
{
	(void)state;
	reopen(&lansia);
	assert_int_equal(settled(lansia), -1);
	put(&lansia, 9);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(settlement_reopen(store, &lansia, NOW), 0);
	store_rollback(store);
	assert_int_equal(settled(lansia), 9);
}

static bool
is_told(const struct overlap *overlap)
{
	bool told;

	assert_int_equal(overlap_told(store, overlap, OCTOBER, &told), 0);
	return told;
}

/* The TKSK has had the day's notice and settled: if it is open again, however soon, he must hear of it. */
static void
what_was_settled_is_news_again(void **state)
{
	const struct overlap overlap = {.village = lansia.village, .category = "07", .unit = "orang", .list = "pmks-2009",
					.bodies = {"KT", "PSM"}, .count = 2};
	struct overlap other = overlap;

	(void)state;
	other.category = "08";
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(overlap_tell(store, &overlap, OCTOBER, NOW), 0);
	assert_int_equal(overlap_tell(store, &other, OCTOBER, NOW), 0);
	assert_int_equal(store_commit(store), 0);
	put(&lansia, 9);
	reopen(&lansia);
	assert_false(is_told(&overlap));
	assert_true(is_told(&other));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_settled_value_is_found),
		TEST(it_is_of_one_village_category_unit_and_period),
		TEST(a_reopened_one_stays_as_history_and_can_be_settled_again),
		TEST(reopening_nothing_changes_nothing),
		TEST(what_was_settled_is_news_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
