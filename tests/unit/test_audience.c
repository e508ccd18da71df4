/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_audience: whom a text goes to. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "memory_store.h"
#include "store/audience.h"

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'),"
		" ('32.07.34.2007', 'Rawa', '32.07.34'), ('32.07.34.2003', 'Lumbung', '32.07.34');"
		"INSERT INTO organisation (id, role, body, area, rw) VALUES (1, 'PSM', 'PSM', '32.07.34.2007', 0),"
		" (2, 'KPS', 'PKK', '32.07.34.2007', 4), (3, 'TKSK', 'TKSK', '32.07.34', 0), (4, 'KAB', 'KAB', '32.07', 0),"
		" (5, 'KT', 'KT', '32.07.34.2003', 0), (6, 'PUSAT', 'PUSAT', '', 0);"
		"INSERT INTO person (id, state, organisation) VALUES (1, 'ACTIVE', 1), (2, 'ACTIVE', 2), (3, 'ACTIVE', 3),"
		" (4, 'ACTIVE', 4), (5, 'ACTIVE', 5), (6, 'ACTIVE', 6), (7, 'BLOCKED', 1), (8, 'WAITING', NULL),"
		" (9, 'ACTIVE', 1);"
		"INSERT INTO phone (number, person) VALUES ('+628401', 1), ('+628400', 1), ('+628402', 2), ('+628403', 3),"
		" ('+628404', 4), ('+628405', 5), ('+628406', 6), ('+628407', 7), ('+628408', 8);"
		"INSERT INTO optout VALUES ('+628402');");
}

/* Their ids in order, "1 2 3"; the count must agree. */
static void
expect(const char *area, const char *roles, int rw, bool above, bool willing, const char *ids)
{
	const struct audience audience = { .area = area, .roles = roles, .rw = rw, .above = above, .willing = willing };
	struct person person = { .id = 0 };
	char found[64] = "";
	int count = 0, error;

	while ((error = audience_next(store, &audience, person.id, &person)) == 0) {
		snprintf(found + strlen(found), sizeof found - strlen(found), "%s%d", count ? " " : "", (int)person.id);
		count++;
	}
	assert_int_equal(error, -ENOENT);
	assert_string_equal(found, ids);
	assert_int_equal(audience_count(store, &audience), count);
}

/* Blocked people, people who wait and people without a phone are never among them. */
static void
test_who_is_in_an_area(void **state)
{
	(void)state;
	expect("32.07.34.2007", NULL, 0, false, false, "1 2");
	expect("32.07.34", NULL, 0, false, false, "1 2 3 5");
	expect("32.07.34", "PSM,KT", 0, false, false, "1 5");
	expect("32.07.34", "PS", 0, false, false, "");
	expect("", NULL, 0, false, false, "1 2 3 4 5 6");
	expect("32.07.34", NULL, 0, false, true, "1 3 5");
	expect("32.07.34.2007", NULL, 4, false, false, "1 2");
	expect("32.07.34.2007", NULL, 5, false, false, "1");
	expect("33", NULL, 0, false, false, "");
}

static void
test_who_is_above_an_area(void **state)
{
	(void)state;
	expect("32.07.34.2007", "TKSK,KAB,PUSAT", 0, true, false, "3 4 6");
	expect("32.07.34", NULL, 0, true, false, "3 4 6");
	expect("32.07", "TKSK", 0, true, false, "");
}

static void
test_the_number_written_from_last(void **state)
{
	const struct audience audience = { .area = "32.07.34.2007", .roles = "PSM" };
	struct person person;

	(void)state;
	assert_int_equal(audience_next(store, &audience, 0, &person), 0);
	assert_string_equal(person.phone, "+628400");
	assert_int_equal(sqlite3_exec(store->db, "INSERT INTO sms_in (sim, modem, sender, scts, rx_wall, state) VALUES"
				      " ('', '', '+628401', '', 1, 'DONE')", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(audience_next(store, &audience, 0, &person), 0);
	assert_string_equal(person.phone, "+628401");
	assert_string_equal(person.role, "PSM");
	assert_string_equal(person.area, "32.07.34.2007");
	assert_true(person.reminders);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_who_is_in_an_area, setup, teardown),
		cmocka_unit_test_setup_teardown(test_who_is_above_an_area, setup, teardown),
		cmocka_unit_test_setup_teardown(test_the_number_written_from_last, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
