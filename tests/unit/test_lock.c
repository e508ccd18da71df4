/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lock: periods closed by a kabupaten (rule 39). */
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
#include "store/lock.h"

#define NOW 1792461600
#define AUGUST (2026 * 12 + 7)

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('33', 'Jawa Tengah', ''), ('33.19', 'Kudus', '33'),"
		" ('33.19.01', 'Kaliwungu', '33.19'), ('33.19.01.2011', 'Garung Lor', '33.19.01'),"
		" ('33.18', 'Pati', '33'), ('33.18.01', 'Sukolilo', '33.18'), ('33.18.01.2001', 'Pakem', '33.18.01');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('KAB', 'KAB', '33.19', 0);"
		"INSERT INTO person (state, organisation) VALUES ('ACTIVE', 1), ('ACTIVE', 1);");
}

static void
put(const char *area, int period, int64_t person, int64_t wall)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(lock_put(store, area, period, person, wall), 0);
	assert_int_equal(store_commit(store), 0);
}

static bool
closed(const char *village, int period)
{
	bool result;

	assert_int_equal(lock_find(store, village, period, &result), 0);
	return result;
}

static void
a_period_is_closed_for_all_villages_of_the_kabupaten(void **state)
{
	(void)state;
	assert_false(closed("33.19.01.2011", AUGUST));
	put("33.19", AUGUST, 1, NOW);
	assert_true(closed("33.19.01.2011", AUGUST));
	assert_true(closed("33.19.01", AUGUST));
	assert_true(closed("33.19", AUGUST));
}

static void
neither_other_areas_nor_other_periods_are_closed(void **state)
{
	(void)state;
	put("33.19", AUGUST, 1, NOW);
	assert_false(closed("33.18.01.2001", AUGUST));
	assert_false(closed("33", AUGUST));
	assert_false(closed("33.19.01.2011", AUGUST + 1));
	assert_false(closed("33.19.01.2011", AUGUST - 1));
}

static void
any_level_can_be_closed(void **state)
{
	(void)state;
	put("33.19.01.2011", AUGUST, 1, NOW);
	put("33", AUGUST + 1, 1, NOW);
	put("", AUGUST + 2, 1, NOW);
	assert_true(closed("33.19.01.2011", AUGUST));
	assert_false(closed("33.19.01", AUGUST));
	assert_true(closed("33.18.01.2001", AUGUST + 1));
	assert_true(closed("33.18.01.2001", AUGUST + 2));
}

static void
closing_twice_keeps_the_first(void **state)
{
	char *row = NULL;
	sqlite3_stmt *statement;

	(void)state;
	put("33.19", AUGUST, 1, NOW);
	put("33.19", AUGUST, 2, NOW + 60);
	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT group_concat(person || ' ' || wall) FROM period_lock", -1,
					    &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	row = sqlite3_mprintf("%s", sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	assert_string_equal(row, "1 1792461600");
	sqlite3_free(row);
}

static void
a_lock_can_be_rolled_back(void **state)
{
	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(lock_put(store, "33.19", AUGUST, 1, NOW), 0);
	store_rollback(store);
	assert_false(closed("33.19.01.2011", AUGUST));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_period_is_closed_for_all_villages_of_the_kabupaten),
		TEST(neither_other_areas_nor_other_periods_are_closed),
		TEST(any_level_can_be_closed),
		TEST(closing_twice_keeps_the_first),
		TEST(a_lock_can_be_rolled_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
