/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_entry: entries of forms: totals that replace each other, others that add up, overlaps, taking back, sums. */
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
#include "store/entry.h"
#include "store/record.h"

#define NOW 1792461600
#define OCTOBER (2026 * 12 + 9)
#define RAWA "32.07.34.2007"
#define CIKUPA "32.07.34.2001"

/* Organisations 1 and 2 report for Rawa, 3 for Cikupa; person n is of organisation n. */
static int
setup(void **state)
{
	(void)state;
	return open_memory(
		TWO_VILLAGES
		"INSERT INTO organisation (role, body, area, rw) VALUES ('PSM', 'PSM', '32.07.34.2007', 0),"
		" ('KPS', 'TAKMIR', '32.07.34.2007', 1), ('PSM', 'PSM', '32.07.34.2001', 0);"
		"INSERT INTO person (state, organisation) VALUES ('ACTIVE', 1), ('ACTIVE', 2), ('ACTIVE', 3);");
}

static struct entry_key
key(int64_t organisation, const char *area, int rw, int period)
{
	return (struct entry_key){ .form = "KUBE", .organisation = organisation, .area = area, .rw = rw, .period = period,
				   .keyed = "" };
}

/* One entry with its receipt, committed. */
static int64_t
put(struct entry_key about, bool replaces, const char *met, const char *data)
{
	struct entry_new entry = { .key = about, .series = "", .person = about.organisation, .wall = NOW,
				   .replaces = replaces, .met = met, .data = data, .flag = "" };
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "KUBE", 0, about.organisation, about.organisation, NOW, &entry.receipt), 0);
	assert_int_equal(entry_put(store, &entry, &no), 0);
	assert_int_equal(no, entry.receipt);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static void
assert_current(struct entry_key about, const char *expected)
{
	char *data = NULL;
	int error = entry_current(store, &about, &data);

	if (expected == NULL) {
		assert_int_equal(error, -ENOENT);
		return;
	}
	assert_int_equal(error, 0);
	assert_string_equal(data, expected);
	free(data);
}

static void
cancel(int64_t no)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_cancel(store, no, 1, NOW, NULL, NULL), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
a_later_total_replaces(void **state)
{
	struct entry_key rawa = key(1, RAWA, 0, OCTOBER);

	(void)state;
	assert_current(rawa, NULL);
	put(rawa, true, "", "{\"kube\":3}");
	put(rawa, true, "", "{\"kube\":4}");
	assert_current(rawa, "{\"kube\":4}");
	/* Another organisation, part, month, key: another total. */
	put(key(2, RAWA, 0, OCTOBER), true, "", "{\"kube\":9}");
	put(key(1, RAWA, 2, OCTOBER), true, "", "{\"kube\":8}");
	put(key(1, RAWA, 0, OCTOBER - 1), true, "", "{\"kube\":7}");
	rawa.keyed = "tahap=2";
	put(rawa, true, "", "{\"kube\":6}");
	rawa.keyed = "";
	assert_current(rawa, "{\"kube\":4}");
}

static void
what_is_taken_back_returns(void **state)
{
	struct entry_key rawa = key(1, RAWA, 0, OCTOBER);
	struct receipt receipt;
	int64_t first, second, third;

	(void)state;
	first = put(rawa, true, "", "{\"kube\":1}");
	second = put(rawa, true, "", "{\"kube\":2}");
	third = put(rawa, true, "", "{\"kube\":3}");
	assert_int_equal(receipt_find(store, 0, 1, &receipt), 0);
	assert_int_equal(receipt.no, third);
	assert_string_equal(receipt.form, "KUBE");
	assert_string_equal(receipt.village, RAWA);
	assert_int_equal(receipt.period, OCTOBER);
	/* The middle one is struck out: it never returns. */
	cancel(second);
	assert_current(rawa, "{\"kube\":3}");
	cancel(third);
	assert_current(rawa, "{\"kube\":1}");
	cancel(first);
	assert_current(rawa, NULL);
}

static void
on_met(void *ctx, int64_t organisation, const char *name)
{
	assert_true(organisation > 0);
	strcat(ctx, name);
	strcat(ctx, ";");
}

static void
overlaps_are_seen(void **state)
{
	struct entry_key mine = key(1, RAWA, 4, OCTOBER), theirs = key(2, RAWA, 4, OCTOBER);
	char names[100] = "";
	int64_t no;

	(void)state;
	no = put(theirs, false, "kat=01 jenis=OBAT", "{}");
	put(theirs, false, "kat=01 jenis=UANG", "{}");
	assert_int_equal(entry_meet(store, &mine, "kat=01 jenis=OBAT", on_met, names), 0);
	assert_string_equal(names, "TAKMIR;");
	/* Not one's own, not another part or month, not what was taken back. */
	names[0] = '\0';
	assert_int_equal(entry_meet(store, &theirs, "kat=01 jenis=OBAT", on_met, names), 0);
	mine.rw = 5;
	assert_int_equal(entry_meet(store, &mine, "kat=01 jenis=OBAT", on_met, names), 0);
	mine.rw = 4;
	mine.period--;
	assert_int_equal(entry_meet(store, &mine, "kat=01 jenis=OBAT", on_met, names), 0);
	mine.period++;
	cancel(no);
	assert_int_equal(entry_meet(store, &mine, "kat=01 jenis=OBAT", on_met, names), 0);
	assert_string_equal(names, "");
}

static void
the_latest_number(void **state)
{
	struct entry_key asked = key(1, RAWA, 0, OCTOBER);
	long value;

	(void)state;
	assert_int_equal(entry_last(store, &asked, "kube", &value), -ENOENT);
	put(key(2, RAWA, 0, OCTOBER), true, "", "{\"kube\":9}");
	assert_int_equal(entry_last(store, &asked, "kube", &value), 0);
	assert_int_equal(value, 9);
	put(key(1, RAWA, 0, OCTOBER - 2), true, "", "{\"kube\":5}");
	put(key(1, RAWA, 0, OCTOBER + 1), true, "", "{\"kube\":7}");
	assert_int_equal(entry_last(store, &asked, "kube", &value), 0);
	assert_int_equal(value, 5);
	assert_int_equal(entry_last(store, &asked, "lain", &value), -ENOENT);
}

static void
assert_sum(bool replaces, const char *area, int first, int last, long expected, long expected_places)
{
	struct entry_question question = { .form = "KUBE", .area = area, .first = first, .last = last,
					   .replaces = replaces, .where = "{}" };
	struct entry_sum sum;

	assert_int_equal(entry_sum(store, &question, "kube", &sum), 0);
	assert_int_equal(sum.sum, expected);
	assert_int_equal(sum.places, expected_places);
}

static void
totals_are_summed_over_villages(void **state)
{
	(void)state;
	assert_sum(true, "32.07.34", OCTOBER, OCTOBER, 0, 0);
	put(key(1, RAWA, 0, OCTOBER), true, "", "{\"kube\":3}");
	/* Two sources of one village: the larger. */
	put(key(2, RAWA, 0, OCTOBER), true, "", "{\"kube\":5}");
	put(key(3, CIKUPA, 0, OCTOBER), true, "", "{\"kube\":2}");
	assert_sum(true, "32.07.34", OCTOBER, OCTOBER, 7, 2);
	assert_sum(true, RAWA, OCTOBER, OCTOBER, 5, 1);
	assert_sum(true, "", OCTOBER, OCTOBER, 7, 2);
	assert_sum(true, "33", OCTOBER, OCTOBER, 0, 0);
	/* Parts of one organisation add up, the whole wins over them. */
	put(key(3, CIKUPA, 1, OCTOBER), true, "", "{\"kube\":9}");
	assert_sum(true, CIKUPA, OCTOBER, OCTOBER, 2, 1);
	put(key(3, CIKUPA, 1, OCTOBER + 1), true, "", "{\"kube\":4}");
	put(key(3, CIKUPA, 2, OCTOBER + 1), true, "", "{\"kube\":6}");
	assert_sum(true, CIKUPA, OCTOBER + 1, OCTOBER + 1, 10, 1);
	/* A quarter: the last month that was reported, never a sum over months. */
	assert_sum(true, "32.07.34", OCTOBER, OCTOBER + 2, 15, 2);
}

static void
others_are_added_up(void **state)
{
	int64_t no;

	(void)state;
	put(key(1, RAWA, 0, OCTOBER), false, "", "{\"kube\":3}");
	no = put(key(1, RAWA, 0, OCTOBER), false, "", "{\"kube\":4}");
	put(key(3, CIKUPA, 0, OCTOBER + 1), false, "", "{\"kube\":5}");
	assert_sum(false, "32.07.34", OCTOBER, OCTOBER + 2, 12, 2);
	assert_sum(false, RAWA, OCTOBER, OCTOBER, 7, 1);
	cancel(no);
	assert_sum(false, RAWA, OCTOBER, OCTOBER, 3, 1);
}

static void
a_series_has_numbers_of_its_own(void **state)
{
	struct entry_new entry = { .key = key(1, "32.07", 0, 0), .series = "CSR", .person = 1, .wall = NOW, .met = "",
				   .data = "{}", .flag = "" };
	int64_t no;

	(void)state;
	put(key(1, RAWA, 0, OCTOBER), false, "", "{}");
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(entry_put(store, &entry, &no), 0);
	assert_int_equal(no, 1);
	assert_int_equal(entry_put(store, &entry, &no), 0);
	assert_int_equal(no, 2);
	assert_int_equal(store_commit(store), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_later_total_replaces, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_taken_back_returns, setup, teardown),
		cmocka_unit_test_setup_teardown(overlaps_are_seen, setup, teardown),
		cmocka_unit_test_setup_teardown(the_latest_number, setup, teardown),
		cmocka_unit_test_setup_teardown(totals_are_summed_over_villages, setup, teardown),
		cmocka_unit_test_setup_teardown(others_are_added_up, setup, teardown),
		cmocka_unit_test_setup_teardown(a_series_has_numbers_of_its_own, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
