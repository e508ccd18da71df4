/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program: programmes, their stages, and which of them stand still. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "memory_store.h"
#include "store/program.h"

#define NOW 1792461600
#define DAY 86400

enum { KT = 1, TKSK };

static const struct program fair = {.organisation = KT, .person = KT, .name = "BAZAR MURAH", .partners = "PKK",
				    .wall = NOW};

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('KT', 'KT', '32.07.34.2007', 0),"
		" ('TKSK', 'TKSK', '32.07.34', 0);"
		EACH_A_PERSON);
}

static int64_t
put(const struct program *program)
{
	int64_t no = 0;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(program_put(store, program, &no), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static int
move(int64_t no, int stage, bool closes, int64_t wall)
{
	int error;

	assert_int_equal(store_begin(store), 0);
	error = program_move(store, no, stage, closes, "", KT, wall);
	assert_int_equal(store_commit(store), 0);
	return error;
}

static long
stages(void)
{
	sqlite3_stmt *count;
	long value;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT count(*) FROM program_stage", -1, &count, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(count), SQLITE_ROW);
	value = (long)sqlite3_column_int64(count, 0);
	sqlite3_finalize(count);
	return value;
}

static void
one_begins_in_its_first_stage(void **state)
{
	struct program found;

	(void)state;
	assert_int_equal(program_find(store, 1, &found), -ENOENT);
	assert_int_equal(put(&fair), 1);
	assert_int_equal(program_find(store, 1, &found), 0);
	assert_int_equal(found.no, 1);
	assert_int_equal(found.organisation, KT);
	assert_string_equal(found.name, "BAZAR MURAH");
	assert_string_equal(found.partners, "PKK");
	assert_int_equal(found.stage, 1);
	assert_false(found.closed);
	assert_int_equal(found.moved, NOW);
	assert_string_equal(found.role, "KT");
	assert_string_equal(found.area, "32.07.34.2007");
	assert_int_equal(stages(), 1);
}

static void
it_moves_until_it_is_closed(void **state)
{
	struct program found;

	(void)state;
	put(&fair);
	assert_int_equal(move(2, 2, false, NOW + DAY), -ENOENT);
	assert_int_equal(move(1, 3, false, NOW + DAY), 0);
	assert_int_equal(move(1, 2, false, NOW + 2 * DAY), 0);
	assert_int_equal(program_find(store, 1, &found), 0);
	assert_int_equal(found.stage, 2);
	assert_int_equal(found.moved, NOW + 2 * DAY);
	assert_int_equal(move(1, 6, true, NOW + 3 * DAY), 0);
	assert_int_equal(move(1, 6, true, NOW + 4 * DAY), -ENOENT);
	assert_int_equal(program_find(store, 1, &found), 0);
	assert_true(found.closed);
	assert_int_equal(stages(), 4);
}

static void
an_open_one_is_found_by_its_name(void **state)
{
	struct program found;

	(void)state;
	put(&fair);
	assert_int_equal(program_named(store, KT, "BAZAR MURAH", &found), 0);
	assert_int_equal(found.no, 1);
	assert_int_equal(program_named(store, TKSK, "BAZAR MURAH", &found), -ENOENT);
	assert_int_equal(program_named(store, KT, "BAZAR", &found), -ENOENT);
	assert_int_equal(move(1, 6, true, NOW), 0);
	assert_int_equal(program_named(store, KT, "BAZAR MURAH", &found), -ENOENT);
}

static void
one_that_does_not_move_is_stalled(void **state)
{
	struct program found;

	(void)state;
	put(&fair);
	put(&fair);
	put(&fair);
	assert_int_equal(move(2, 2, false, NOW + 10 * DAY), 0);
	assert_int_equal(move(3, 6, true, NOW), 0);
	assert_int_equal(program_stalled(store, NOW, 0, &found), -ENOENT);
	assert_int_equal(program_stalled(store, NOW + DAY, 0, &found), 0);
	assert_int_equal(found.no, 1);
	assert_int_equal(program_stalled(store, NOW + DAY, 1, &found), -ENOENT);
	assert_int_equal(program_stalled(store, NOW + 11 * DAY, 1, &found), 0);
	assert_int_equal(found.no, 2);
	assert_int_equal(program_stalled(store, NOW + 11 * DAY, 2, &found), -ENOENT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_begins_in_its_first_stage), TEST(it_moves_until_it_is_closed),
		TEST(an_open_one_is_found_by_its_name), TEST(one_that_does_not_move_is_stalled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
