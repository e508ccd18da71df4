/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_record: totals that replace each other, their history, receipts and taking back. */
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
#include "store/record.h"

#define NOW 1792461600
#define OCTOBER (2026 * 12 + 9)
#define SITI 1
#define BUDI 2

static const struct record_key anak = {.organisation = 1, .village = "32.07.34.2007", .category = "02", .list = "pmks-2009", .unit = "orang",
				       .period = OCTOBER};
static const struct record_key lansia = {.organisation = 1, .village = "32.07.34.2007", .category = "07",
					 .list = "pmks-2009", .unit = "orang", .period = OCTOBER};

/* Siti and Budi are of organisation 1; organisation 2 is another one in the same village. */
static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34'),"
		" ('32.07.34.2003', 'Lumbung', '32.07.34');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('PSM', 'PSM', '32.07.34.2007', 0),"
		" ('KT', 'KT', '32.07.34.2007', 0);"
		"INSERT INTO person (state, organisation) VALUES ('ACTIVE', 1), ('ACTIVE', 1), ('ACTIVE', 2);");
}

/* One report of up to two values, committed. A negative value is none. */
static int64_t
report(int64_t person, long anak_value, long lansia_value)
{
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, person, 1, NOW, &no), 0);
	if (anak_value >= 0)
		assert_int_equal(record_put(store, no, &anak, anak_value, "ANAK"), 0);
	if (lansia_value >= 0)
		assert_int_equal(record_put(store, no, &lansia, lansia_value, "JOMPO"), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static long
current(struct record_key key)
{
	long value = 0;
	int error = record_current(store, &key, &value);

	if (error == -ENOENT)
		return -1;
	assert_int_equal(error, 0);
	return value;
}

/* What a cancelling told, as "02 orang 3, 07 orang -1, ". */
static char told[256];

static void
tell(void *ctx, const struct record_key *key, long now)
{
	size_t used = strlen(told);
	long value;

	snprintf(told + used, sizeof told - used, "%s %s %ld, ", key->category, key->unit, now);
	/* The store may be asked meanwhile. */
	assert_int_not_equal(record_current(store, ctx, &value), -EIO);
}

static void
cancel(int64_t no, const char *expected)
{
	told[0] = '\0';
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_cancel(store, no, SITI, NOW + 60, tell, (void *)&anak), 0);
	assert_int_equal(store_commit(store), 0);
	assert_string_equal(told, expected);
}

static int
count(const char *condition)
{
	char sql[128];
	sqlite3_stmt *statement;
	int result;

	snprintf(sql, sizeof sql, "SELECT count(*) FROM record WHERE %s", condition);
	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	result = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return result;
}

static void
a_later_total_replaces_the_earlier_one(void **state)
{
	(void)state;
	assert_int_equal(current(anak), -1);
	report(SITI, 3, -1);
	assert_int_equal(current(anak), 3);
	report(BUDI, 5, -1);
	assert_int_equal(current(anak), 5);
	assert_int_equal(count("state = 'SUPERSEDED' AND value = 3"), 1);
	report(SITI, 0, -1);
	assert_int_equal(current(anak), 0);
}

static void
keys_differ_in_every_part(void **state)
{
	struct record_key others[8];

	(void)state;
	for (int i = 0; i < 8; i++)
		others[i] = anak;
	others[1].organisation = 2;
	others[2].village = "32.07.34.2003";
	others[3].rt = 1;
	others[4].rw = 1;
	others[5].category = "03";
	others[6].unit = "keluarga";
	others[7].period = OCTOBER - 1;
	for (int i = 0; i < 8; i++) {
		int64_t no;
		assert_int_equal(store_begin(store), 0);
		assert_int_equal(receipt_draw(store, "LAPOR", 0, SITI, 1, NOW, &no), 0);
		assert_int_equal(record_put(store, no, &others[i], 10 + i, ""), 0);
		assert_int_equal(store_commit(store), 0);
	}
	for (int i = 0; i < 8; i++)
		assert_int_equal(current(others[i]), 10 + i);
}

static void
receipts_have_no_gaps(void **state)
{
	int64_t no;

	(void)state;
	assert_int_equal(report(SITI, 3, -1), 1);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, SITI, 1, NOW, &no), 0);
	assert_int_equal(no, 2);
	assert_int_equal(record_put(store, no, &anak, 99, ""), 0);
	store_rollback(store);
	assert_int_equal(current(anak), 3);
	assert_int_equal(report(SITI, 4, -1), 2);
	cancel(2, "02 orang 3, ");
	assert_int_equal(report(SITI, 5, -1), 3);
}

static void
taking_back_returns_the_value_before(void **state)
{
	(void)state;
	report(SITI, 3, 2);
	report(SITI, 5, -1);
	cancel(2, "02 orang 3, ");
	assert_int_equal(current(anak), 3);
	assert_int_equal(current(lansia), 2);
	cancel(1, "02 orang -1, 07 orang -1, ");
	assert_int_equal(current(anak), -1);
	assert_int_equal(count("state = 'CANCELLED'"), 3);
	report(SITI, 8, -1);
	assert_int_equal(current(anak), 8);
	cancel(3, "02 orang -1, ");
}

static void
taking_back_a_replaced_report_leaves_the_later_one(void **state)
{
	(void)state;
	report(SITI, 3, -1);
	report(SITI, 5, -1);
	report(SITI, 7, -1);
	cancel(2, "02 orang 7, ");
	assert_int_equal(current(anak), 7);
	/* And what was taken back does not return later. */
	cancel(3, "02 orang 3, ");
	assert_int_equal(current(anak), 3);
	cancel(1, "02 orang -1, ");
}

static void
taking_back_can_be_taken_back_itself(void **state)
{
	(void)state;
	report(SITI, 3, -1);
	report(SITI, 5, -1);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_cancel(store, 2, SITI, NOW, NULL, NULL), 0);
	store_rollback(store);
	assert_int_equal(current(anak), 5);
}

static void
a_receipt_is_cancelled_once(void **state)
{
	(void)state;
	report(SITI, 3, -1);
	cancel(1, "02 orang -1, ");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_cancel(store, 1, SITI, NOW, NULL, NULL), -ENOENT);
	assert_int_equal(receipt_cancel(store, 77, SITI, NOW, NULL, NULL), -ENOENT);
	store_rollback(store);
}

static void
a_receipt_without_values_can_be_cancelled(void **state)
{
	(void)state;
	report(SITI, -1, -1);
	cancel(1, "");
}

static void
receipts_are_found_by_number_and_by_person(void **state)
{
	struct receipt receipt;
	struct record_key part = anak;
	int64_t no;

	(void)state;
	assert_int_equal(receipt_find(store, 0, SITI, &receipt), -ENOENT);
	report(SITI, 3, -1);
	part.rt = 2;
	part.rw = 1;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "RALAT", 0, SITI, 1, NOW + 5, &no), 0);
	assert_int_equal(record_put(store, no, &part, 4, "ANAK"), 0);
	assert_int_equal(receipt_draw(store, "BATAL", 0, SITI, 1, NOW + 6, &no), 0);
	assert_int_equal(store_commit(store), 0);
	report(BUDI, 9, -1);

	assert_int_equal(receipt_find(store, 0, SITI, &receipt), 0);
	assert_int_equal(receipt.no, 2);
	assert_int_equal(receipt.person, SITI);
	assert_int_equal(receipt.organisation, 1);
	assert_int_equal(receipt.wall, NOW + 5);
	assert_string_equal(receipt.verb, "RALAT");
	assert_int_equal(receipt.cancelled, 0);
	assert_int_equal(receipt.period, OCTOBER);
	assert_string_equal(receipt.village, "32.07.34.2007");
	assert_int_equal(receipt.rt, 2);
	assert_int_equal(receipt.rw, 1);
	cancel(2, "02 orang -1, ");
	assert_int_equal(receipt_find(store, 0, SITI, &receipt), 0);
	assert_int_equal(receipt.no, 1);
	assert_int_equal(receipt_find(store, 2, 0, &receipt), 0);
	assert_int_equal(receipt.cancelled, 1);
	assert_int_equal(receipt_find(store, 4, 0, &receipt), 0);
	assert_int_equal(receipt.person, BUDI);
	assert_int_equal(receipt_find(store, 5, 0, &receipt), -ENOENT);
}

static void
figures_need_a_known_village_and_organisation(void **state)
{
	struct record_key nowhere = anak;
	int64_t no;

	(void)state;
	nowhere.village = "32.07.34.2999";
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, SITI, 1, NOW, &no), 0);
	assert_int_equal(record_put(store, no, &nowhere, 3, ""), -EINVAL);
	assert_int_equal(store_commit(store), -EINVAL);
	assert_int_equal(report(SITI, 3, -1), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static void
one_figure_is_taken_back(void **state)
{
	int64_t first, second, no = 0;
	long now = -2;

	(void)state;
	first = report(SITI, 3, 2);
	second = report(BUDI, 5, -1);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(record_take_back(store, &anak, SITI, NOW, &no, &now), 0);
	assert_int_equal(no, second);
	assert_int_equal(now, 3);
	/* Its receipt held nothing else: it is cancelled, and no last one any more. */
	assert_int_equal(receipt_cancel(store, second, SITI, NOW, NULL, NULL), -ENOENT);
	assert_int_equal(record_take_back(store, &anak, SITI, NOW, &no, &now), 0);
	assert_int_equal(no, first);
	assert_int_equal(now, -1);
	assert_int_equal(record_take_back(store, &anak, SITI, NOW, &no, &now), -ENOENT);
	/* The rest of the first receipt is in force, and is all that goes with its number. */
	assert_int_equal(record_current(store, &lansia, &now), 0);
	assert_int_equal(now, 2);
	assert_int_equal(receipt_cancel(store, first, SITI, NOW, NULL, NULL), 0);
	assert_int_equal(record_current(store, &lansia, &now), -ENOENT);
	assert_int_equal(store_commit(store), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_later_total_replaces_the_earlier_one),
		TEST(keys_differ_in_every_part),
		TEST(receipts_have_no_gaps),
		TEST(taking_back_returns_the_value_before),
		TEST(taking_back_a_replaced_report_leaves_the_later_one),
		TEST(taking_back_can_be_taken_back_itself),
		TEST(a_receipt_is_cancelled_once),
		TEST(a_receipt_without_values_can_be_cancelled),
		TEST(receipts_are_found_by_number_and_by_person),
		TEST(figures_need_a_known_village_and_organisation),
		cmocka_unit_test_setup_teardown(one_figure_is_taken_back, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
