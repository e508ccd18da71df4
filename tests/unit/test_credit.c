/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_credit: what SIMs have left: what was known stays until something else is. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "memory_store.h"
#include "store/credit.h"

#define NOW 1792461600

static int
setup(void **state)
{
	(void)state;
	if (open_memory("") != 0 || store_begin(store) != 0)
		return -1;
	assert_int_equal(credit_watch(store, "gammu", CREDIT_BALANCE, 10000), 0);
	assert_int_equal(credit_watch(store, "gammu", CREDIT_QUOTA, 50), 0);
	assert_int_equal(credit_watch(store, "gammu1", CREDIT_BALANCE, 0), 0);
	return store_commit(store);
}

static struct credit_row
find(const char *modem, enum credit what)
{
	struct credit_row row;

	assert_int_equal(credit_find(store, modem, what, &row), 0);
	return row;
}

static void
tell(const char *result, int64_t amount, int64_t wall)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(credit_dial(store, "gammu", CREDIT_BALANCE, wall), 0);
	assert_string_equal(find("gammu", CREDIT_BALANCE).result, "");
	assert_int_equal(credit_tell(store, "gammu", CREDIT_BALANCE, result, "Pulsa", amount, wall + 1), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
nothing_is_known_at_first(void **state)
{
	struct credit_row row = find("gammu", CREDIT_BALANCE);

	(void)state;
	assert_int_equal(row.amount, CREDIT_UNKNOWN);
	assert_int_equal(row.wall, 0);
	assert_int_equal(row.dialled, 0);
	assert_int_equal(row.low, 10000);
	assert_int_equal(credit_find(store, "gammu1", CREDIT_QUOTA, &row), -ENOENT);
}

static void
the_last_amount_stays(void **state)
{
	struct credit_row row;

	(void)state;
	tell("ANSWERED", 25000, NOW);
	tell("TIMEOUT", CREDIT_UNKNOWN, NOW + 100);
	row = find("gammu", CREDIT_BALANCE);
	assert_int_equal(row.amount, 25000);
	assert_int_equal(row.wall, NOW + 1);
	assert_int_equal(row.dialled, NOW + 100);
	assert_string_equal(row.result, "TIMEOUT");
	tell("ENDED", 0, NOW + 200);
	row = find("gammu", CREDIT_BALANCE);
	assert_int_equal(row.amount, 0);
	assert_int_equal(row.wall, NOW + 201);
}

static void
watching_again_changes_only_the_threshold(void **state)
{
	(void)state;
	tell("ANSWERED", 25000, NOW);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(credit_watch(store, "gammu", CREDIT_BALANCE, 30000), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(find("gammu", CREDIT_BALANCE).amount, 25000);
	assert_int_equal(find("gammu", CREDIT_BALANCE).low, 30000);
}

static void
rows_come_by_modem(void **state)
{
	struct credit_row row = { .modem = "" };

	(void)state;
	assert_int_equal(credit_next(store, &row, &row), 0);
	assert_string_equal(row.modem, "gammu");
	assert_int_equal(row.what, CREDIT_BALANCE);
	assert_int_equal(credit_next(store, &row, &row), 0);
	assert_int_equal(row.what, CREDIT_QUOTA);
	assert_int_equal(credit_next(store, &row, &row), 0);
	assert_string_equal(row.modem, "gammu1");
	assert_int_equal(credit_next(store, &row, &row), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(credit_forget(store, "gammu", CREDIT_BALANCE), 0);
	assert_int_equal(credit_forget(store, "gammu", CREDIT_BALANCE), -ENOENT);
	assert_int_equal(credit_dial(store, "gammu", CREDIT_BALANCE, NOW), -ENOENT);
	store_rollback(store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_known_at_first, setup, teardown),
		cmocka_unit_test_setup_teardown(the_last_amount_stays, setup, teardown),
		cmocka_unit_test_setup_teardown(watching_again_changes_only_the_threshold, setup, teardown),
		cmocka_unit_test_setup_teardown(rows_come_by_modem, setup, teardown),
	};

	return cmocka_run_group_tests_name("credit", tests, NULL, NULL);
}
