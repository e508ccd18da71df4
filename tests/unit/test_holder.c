/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_holder: how many areas have somebody of a role, after whatever happened to people and numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "memory_store.h"
#include "store/holder.h"

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('33', 'Jawa Tengah', ''),"
		" ('32.07', 'Kabupaten Ciamis', '32'), ('33.19', 'Kabupaten Kudus', '33'), ('32.07.32', 'Baregbeg', '32.07'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('33.19.01', 'Kaliwungu', '33.19'), ('32.07.34.2003', 'Lumbung', '32.07.34'),"
		" ('32.07.34.2007', 'Rawa', '32.07.34'), ('33.19.01.2011', 'Garung Lor', '33.19.01');"
		"INSERT INTO organisation (id, role, body, area, rw) VALUES (1, 'TKSK', 'TKSK', '32.07.34', 0),"
		" (2, 'TKSK', 'TKSK', '33.19.01', 0), (3, 'KPS', 'PKK', '33.19.01.2011', 4), (4, 'KPS', 'TAKMIR', '33.19.01.2011', 4);"
		"INSERT INTO person (id, state, organisation) VALUES (1, 'ACTIVE', 1), (2, 'ACTIVE', 2), (3, 'ACTIVE', 3), (4, 'ACTIVE', 4);"
		"INSERT INTO phone (number, person) VALUES ('+628401', 1), ('+628402', 2), ('+628403', 3), ('+628404', 4);");
}

static void
change(const char *sql)
{
	assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void
on_area(void *ctx, const char *code, long held, long all)
{
	char *list = ctx;

	snprintf(list + strlen(list), 200 - strlen(list), "%s%s %ld/%ld", list[0] != '\0' ? ", " : "", code, held, all);
}

static void
expect(const char *role, const char *area, size_t length, const char *wanted)
{
	char list[200] = "";

	assert_int_equal(holder_count(store, role, area, length, on_area, list), 0);
	assert_string_equal(list, wanted);
}

static void
areas_right_below_are_counted(void **state)
{
	(void)state;
	expect("TKSK", "", 8, "32 1/2, 33 1/1");
	expect("TKSK", "32", 8, "32.07 1/2");
	expect("TKSK", "32.07", 8, "32.07.32 0/1, 32.07.34 1/1");
	expect("TKSK", "32.07.34", 8, "32.07.34 1/1");
	expect("KPS", "", 13, "32 0/2, 33 1/1");
	expect("KPS", "33.19.01", 13, "33.19.01.2011 1/1");
	expect("KAB", "", 5, "32 0/1, 33 0/1");
	expect("PUSAT", "", 0, " 0/1");
}

static void
several_in_one_area_are_one_area(void **state)
{
	long count;

	(void)state;
	assert_int_equal(holder_organisations(store, "KPS", "33", &count), 0);
	assert_int_equal(count, 2);
	expect("KPS", "33", 13, "33.19 1/1");
}

static void
who_cannot_be_reached_does_not_count(void **state)
{
	(void)state;
	change("DELETE FROM phone WHERE person = 1");
	expect("TKSK", "32.07", 8, "32.07.32 0/1, 32.07.34 0/1");
	change("INSERT INTO phone (number, person) VALUES ('+628411', 1), ('+628412', 1); DELETE FROM phone WHERE number = '+628411'");
	expect("TKSK", "32.07", 8, "32.07.32 0/1, 32.07.34 1/1");
	change("UPDATE person SET state = 'BLOCKED' WHERE id = 1");
	expect("TKSK", "32.07", 8, "32.07.32 0/1, 32.07.34 0/1");
	change("UPDATE person SET state = 'ACTIVE' WHERE id = 1");
	expect("TKSK", "32.07", 8, "32.07.32 0/1, 32.07.34 1/1");
	/* Moved to another area; the number goes to somebody else. */
	change("INSERT INTO organisation (id, role, body, area, rw) VALUES (5, 'TKSK', 'TKSK', '32.07.32', 0);"
	       "UPDATE person SET organisation = 5 WHERE id = 1");
	expect("TKSK", "32.07", 8, "32.07.32 1/1, 32.07.34 0/1");
	change("UPDATE phone SET person = 2 WHERE person = 1");
	expect("TKSK", "", 8, "32 0/2, 33 1/1");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(areas_right_below_are_counted), TEST(several_in_one_area_are_one_area),
		TEST(who_cannot_be_reached_does_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
