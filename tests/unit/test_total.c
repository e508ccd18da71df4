/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_total: figures of villages and areas, and who has not reported (rules 34, 36, 42; tier arithmetic). */
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
#include "store/settlement.h"
#include "store/total.h"

#define NOW 1792461600
#define JULY (2026 * 12 + 6)
#define AUGUST (JULY + 1)
#define SEPTEMBER (JULY + 2)
#define OCTOBER (JULY + 3)
#define DECEMBER (JULY + 5)
#define RAWA "32.07.34.2007"
#define CIKUPA "32.07.34.2001"
#define SUKAMULYA "32.07.32.2009"
#define GARUNG "33.19.01.2011"

/* Organisations; each has the person of the same number. */
enum { TKSK = 1, PSM, KT, PKK, PSM_CIKUPA, PSM_SUKAMULYA, PSM_GARUNG };

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34'),"
		" ('32.07.34.2001', 'Cikupa', '32.07.34'), ('32.07.32', 'Baregbeg', '32.07'),"
		" ('32.07.32.2009', 'Sukamulya', '32.07.32'), ('33', 'Jawa Tengah', ''), ('33.19', 'Kudus', '33'),"
		" ('33.19.01', 'Kaliwungu', '33.19'), ('33.19.01.2011', 'Garung Lor', '33.19.01');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('TKSK', 'TKSK', '32.07.34', 0),"
		" ('PSM', 'PSM', '32.07.34.2007', 0), ('KT', 'KT', '32.07.34.2007', 0), ('KPS', 'PKK', '32.07.34.2007', 1),"
		" ('PSM', 'PSM', '32.07.34.2001', 0), ('PSM', 'PSM', '32.07.32.2009', 0),"
		" ('PSM', 'PSM', '33.19.01.2011', 0);"
		EACH_A_PERSON);
}

static struct record_key
key_of(int organisation, const char *village, int period)
{
	return (struct record_key){.organisation = organisation, .village = village, .category = "07",
				   .list = "pmks-2009", .unit = "orang", .period = period};
}

static int64_t
put(struct record_key key, long value)
{
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, key.organisation, key.organisation, NOW, &no), 0);
	assert_int_equal(record_put(store, no, &key, value, ""), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static int64_t
put_part(int organisation, int rw, int rt, long value)
{
	struct record_key key = key_of(organisation, RAWA, OCTOBER);

	key.rw = rw;
	key.rt = rt;
	return put(key, value);
}

static void
cancel(int64_t no)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_cancel(store, no, 1, NOW, NULL, NULL), 0);
	assert_int_equal(store_commit(store), 0);
}

static void
settle(const char *village, int period, long value)
{
	struct record_key key = key_of(0, village, period);

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(settlement_put(store, &key, value, TKSK, NOW), 0);
	assert_int_equal(store_commit(store), 0);
}

/* Of Rawa in October; -1 unknown. */
static long
of_rawa(void)
{
	struct record_key key = key_of(0, RAWA, OCTOBER);
	long value = 0;
	int error = total_village(store, &key, &value);

	if (error == -ENOENT)
		return -1;
	assert_int_equal(error, 0);
	return value;
}

static long
of_area(const char *area, int first, int last)
{
	long value;
	bool any;

	assert_int_equal(total_area(store, area, first, last, "pmks-2009", "07", "orang", &value, &any), 0);
	if (!any)
		assert_int_equal(value, 0);
	return any ? value : -1;
}

/* "1/2" */
static const char *
coverage(const char *area, int first, int last, const char *family)
{
	static char text[32];
	int reported, villages;

	assert_int_equal(total_coverage(store, area, first, last, family, &reported, &villages), 0);
	snprintf(text, sizeof text, "%d/%d", reported, villages);
	return text;
}

static char told[256];

static void
tell(void *ctx, const char *village)
{
	size_t used = strlen(told);

	assert_ptr_equal(ctx, &store);
	snprintf(told + used, sizeof told - used, "%s ", village);
}

static const char *
missing(const char *area, int first, int last, const char *family)
{
	told[0] = '\0';
	assert_int_equal(total_missing(store, area, first, last, family, tell, &store), 0);
	return told;
}

static void
nothing_known_is_not_zero(void **state)
{
	(void)state;
	assert_int_equal(of_rawa(), -1);
	assert_int_equal(of_area("32", JULY, DECEMBER), -1);
	put_part(PSM, 0, 0, 0);
	assert_int_equal(of_rawa(), 0);
	assert_int_equal(of_area("32", JULY, DECEMBER), 0);
}

static void
parts_add_up(void **state)
{
	(void)state;
	put_part(PSM, 1, 0, 3);
	put_part(PSM, 2, 0, 4);
	put_part(PSM, 3, 2, 5);
	put_part(PSM, 3, 1, 6);
	assert_int_equal(of_rawa(), 18);
}

static void
an_rw_wins_over_the_rts_inside_it(void **state)
{
	(void)state;
	put_part(PSM, 1, 1, 3);
	put_part(PSM, 1, 2, 4);
	put_part(PSM, 2, 1, 5);
	assert_int_equal(of_rawa(), 12);
	int64_t rw = put_part(PSM, 1, 0, 6);
	assert_int_equal(of_rawa(), 11);
	put_part(PSM, 1, 3, 50);
	assert_int_equal(of_rawa(), 11);
	cancel(rw);
	assert_int_equal(of_rawa(), 62);
	/* Also with 0. */
	put_part(PSM, 1, 0, 0);
	assert_int_equal(of_rawa(), 5);
}

static void
an_rt_of_an_unnamed_rw_adds_up(void **state)
{
	(void)state;
	put_part(PSM, 0, 2, 3);
	put_part(PSM, 0, 3, 4);
	put_part(PSM, 2, 0, 5);
	assert_int_equal(of_rawa(), 12);
}

static void
the_whole_village_wins_over_its_parts(void **state)
{
	(void)state;
	put_part(PSM, 1, 0, 30);
	put_part(PSM, 2, 1, 40);
	int64_t whole = put_part(PSM, 0, 0, 7);
	assert_int_equal(of_rawa(), 7);
	cancel(whole);
	assert_int_equal(of_rawa(), 70);
	put_part(PSM, 0, 0, 0);
	assert_int_equal(of_rawa(), 0);
}

static void
of_several_organisations_the_largest_counts_and_not_the_sum(void **state)
{
	(void)state;
	put_part(PSM, 0, 0, 6);
	put_part(KT, 0, 0, 9);
	assert_int_equal(of_rawa(), 9);
	/* Parts are an organisation's own: one's RW does not hide another's RT. */
	put_part(PKK, 1, 0, 2);
	assert_int_equal(of_rawa(), 9);
	put_part(KT, 0, 0, 1);
	put_part(PSM, 0, 0, 1);
	assert_int_equal(of_rawa(), 2);
	put_part(PKK, 2, 0, 2);
	assert_int_equal(of_rawa(), 4);
}

static void
the_tksks_own_report_wins_over_all(void **state)
{
	(void)state;
	put_part(PSM, 0, 0, 6);
	put_part(KT, 0, 0, 9);
	int64_t own = put_part(TKSK, 0, 0, 5);
	assert_int_equal(of_rawa(), 5);
	put_part(KT, 0, 0, 12);
	assert_int_equal(of_rawa(), 5);
	put_part(TKSK, 0, 0, 0);
	assert_int_equal(of_rawa(), 0);
	cancel(own + 2);
	assert_int_equal(of_rawa(), 5);
	cancel(own);
	assert_int_equal(of_rawa(), 12);
	/* Rule 34 holds for the TKSK too. */
	put_part(TKSK, 1, 0, 2);
	put_part(TKSK, 2, 0, 1);
	assert_int_equal(of_rawa(), 3);
}

static void
a_settlement_wins_over_the_tksks_report(void **state)
{
	struct record_key key = key_of(0, RAWA, OCTOBER);

	(void)state;
	put_part(PSM, 0, 0, 6);
	put_part(TKSK, 0, 0, 5);
	settle(RAWA, OCTOBER, 8);
	assert_int_equal(of_rawa(), 8);
	settle(RAWA, OCTOBER, 0);
	assert_int_equal(of_rawa(), 0);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(settlement_reopen(store, &key, NOW), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(of_rawa(), 5);
	/* Known even if nobody reported. */
	settle(CIKUPA, OCTOBER, 3);
	assert_int_equal(of_area(CIKUPA, OCTOBER, OCTOBER), 3);
}

static void
categories_and_units_are_apart(void **state)
{
	struct record_key key = key_of(PSM, RAWA, OCTOBER);
	long value;
	bool any;

	(void)state;
	key.category = "17";
	key.unit = "komunitas";
	put(key, 1);
	key.unit = "keluarga";
	put(key, 40);
	assert_int_equal(of_rawa(), -1);
	assert_int_equal(total_area(store, "32.07", JULY, DECEMBER, "pmks-2009", "17", "komunitas", &value, &any), 0);
	assert_int_equal(value, 1);
	assert_int_equal(total_area(store, "32.07", JULY, DECEMBER, "pmks-2009", "17", "keluarga", &value, &any), 0);
	assert_int_equal(value, 40);
	assert_int_equal(total_area(store, "32.07", JULY, DECEMBER, "pmks-2009", "17", "orang", &value, &any), 0);
	assert_false(any);
}

static void
an_area_is_the_sum_of_its_villages(void **state)
{
	(void)state;
	put(key_of(PSM, RAWA, OCTOBER), 3);
	put(key_of(KT, RAWA, OCTOBER), 4);
	put(key_of(PSM_CIKUPA, CIKUPA, OCTOBER), 10);
	put(key_of(PSM_SUKAMULYA, SUKAMULYA, OCTOBER), 100);
	put(key_of(PSM_GARUNG, GARUNG, OCTOBER), 1000);
	assert_int_equal(of_area(RAWA, OCTOBER, OCTOBER), 4);
	assert_int_equal(of_area("32.07.34", OCTOBER, OCTOBER), 14);
	assert_int_equal(of_area("32.07", OCTOBER, OCTOBER), 114);
	assert_int_equal(of_area("32", OCTOBER, OCTOBER), 114);
	assert_int_equal(of_area("", OCTOBER, OCTOBER), 1114);
	assert_int_equal(of_area("32.07.3", OCTOBER, OCTOBER), -1);
	assert_int_equal(of_area("32.07", SEPTEMBER, SEPTEMBER), -1);
}

static void
a_window_counts_each_villages_last_reported_month(void **state)
{
	(void)state;
	put(key_of(PSM, RAWA, JULY), 3);
	put(key_of(PSM, RAWA, SEPTEMBER), 5);
	put(key_of(PSM_CIKUPA, CIKUPA, JULY), 10);
	put(key_of(PSM_CIKUPA, CIKUPA, AUGUST), 20);
	put(key_of(PSM_SUKAMULYA, SUKAMULYA, OCTOBER), 100);
	/* Quarter 3: Rawa in September, Cikupa in August, Sukamulya not at all. Never a sum over months. */
	assert_int_equal(of_area("32.07", JULY, SEPTEMBER), 25);
	assert_int_equal(of_area("32.07", SEPTEMBER, SEPTEMBER), 5);
	assert_int_equal(of_area("32.07", JULY, DECEMBER), 125);
	assert_int_equal(of_area("32.07", JULY - 6, DECEMBER), 125);
	assert_int_equal(of_area("32.07", JULY - 6, JULY - 1), -1);
	/* Nothing is carried on into a month without a report. */
	assert_int_equal(of_area("32.07", OCTOBER, OCTOBER), 100);
	assert_int_equal(of_area("32.07", OCTOBER + 1, OCTOBER + 1), -1);
}

static void
only_spans_of_the_calendar_are_kept(void **state)
{
	int reported, villages;
	long value;
	bool any;

	(void)state;
	put(key_of(PSM, RAWA, JULY), 3);
	assert_int_equal(total_area(store, "32.07", JULY, AUGUST, "pmks-2009", "07", "orang", &value, &any), -EINVAL);
	assert_int_equal(total_area(store, RAWA, AUGUST, OCTOBER, "pmks-2009", "07", "orang", &value, &any), -EINVAL);
	assert_int_equal(total_coverage(store, "32.07", JULY, OCTOBER, NULL, &reported, &villages), -EINVAL);
	assert_int_equal(total_missing(store, "32.07", JULY + 1, DECEMBER + 1, NULL, tell, &store), -EINVAL);
}

static void
within_a_window_the_last_month_is_valued_by_itself(void **state)
{
	(void)state;
	put(key_of(KT, RAWA, AUGUST), 50);
	put(key_of(TKSK, RAWA, JULY), 40);
	put(key_of(PSM, RAWA, SEPTEMBER), 5);
	settle(RAWA, JULY, 30);
	assert_int_equal(of_area(RAWA, JULY, SEPTEMBER), 5);
	assert_int_equal(of_area(RAWA, AUGUST, AUGUST), 50);
	assert_int_equal(of_area(RAWA, JULY, JULY), 30);
	/* Taking the last one back leads to the month before. */
	cancel(3);
	assert_int_equal(of_area(RAWA, JULY, SEPTEMBER), 50);
	settle(RAWA, SEPTEMBER, 6);
	assert_int_equal(of_area(RAWA, JULY, SEPTEMBER), 6);
}

static void
nihil_is_a_report_of_zero(void **state)
{
	(void)state;
	put(key_of(PSM, RAWA, JULY), 3);
	put(key_of(PSM, RAWA, AUGUST), 0);
	assert_int_equal(of_area("32.07.34", JULY, SEPTEMBER), 0);
	assert_string_equal(coverage("32.07.34", AUGUST, AUGUST, NULL), "1/2");
	assert_string_equal(missing("32.07.34", AUGUST, AUGUST, NULL), CIKUPA " ");
}

static void
coverage_counts_villages_with_a_report_in_force(void **state)
{
	(void)state;
	assert_string_equal(coverage("32.07", JULY, DECEMBER, NULL), "0/3");
	put(key_of(PSM, RAWA, SEPTEMBER), 3);
	put(key_of(KT, RAWA, SEPTEMBER), 3);
	int64_t cikupa = put(key_of(PSM_CIKUPA, CIKUPA, OCTOBER), 1);
	assert_string_equal(coverage("32.07", JULY, DECEMBER, NULL), "2/3");
	assert_string_equal(coverage("32.07", SEPTEMBER, SEPTEMBER, NULL), "1/3");
	assert_string_equal(coverage("32.07", AUGUST, AUGUST, NULL), "0/3");
	assert_string_equal(coverage("32.07.34", JULY, DECEMBER, NULL), "2/2");
	assert_string_equal(coverage(RAWA, OCTOBER, OCTOBER, NULL), "0/1");
	assert_string_equal(coverage("", JULY, DECEMBER, NULL), "2/4");
	assert_string_equal(missing("", JULY, DECEMBER, NULL), SUKAMULYA " " GARUNG " ");
	assert_string_equal(missing("32.07.34", OCTOBER, OCTOBER, NULL), RAWA " ");
	cancel(cikupa);
	assert_string_equal(coverage("32.07", JULY, DECEMBER, NULL), "1/3");
	assert_string_equal(missing("32.07.34", OCTOBER, OCTOBER, NULL), CIKUPA " " RAWA " ");
	/* The TKSK's word is no report. */
	settle(CIKUPA, OCTOBER, 5);
	assert_string_equal(coverage("32.07", JULY, DECEMBER, NULL), "1/3");
}

static void
coverage_can_be_of_a_family(void **state)
{
	struct record_key rawa = key_of(PSM, RAWA, OCTOBER), cikupa = key_of(PSM_CIKUPA, CIKUPA, OCTOBER);

	(void)state;
	rawa.family = "PMKS";
	put(rawa, 3);
	cikupa.category = "P2";
	cikupa.unit = "organisasi";
	cikupa.family = "PSKS";
	int64_t no = put(cikupa, 0);
	assert_string_equal(coverage("32.07", OCTOBER, OCTOBER, NULL), "2/3");
	assert_string_equal(coverage("32.07", OCTOBER, OCTOBER, "PMKS"), "1/3");
	assert_string_equal(coverage("32.07", OCTOBER, OCTOBER, "PSKS"), "1/3");
	assert_string_equal(coverage("32.07", JULY, SEPTEMBER, "PSKS"), "0/3");
	assert_string_equal(coverage(CIKUPA, OCTOBER, OCTOBER, "PSKS"), "1/1");
	assert_string_equal(coverage(CIKUPA, OCTOBER, OCTOBER, "PMKS"), "0/1");
	assert_string_equal(coverage("32.07", OCTOBER, OCTOBER, "X"), "0/3");
	assert_string_equal(missing("32.07", OCTOBER, OCTOBER, "PMKS"), SUKAMULYA " " CIKUPA " ");
	assert_string_equal(missing("32.07", OCTOBER, OCTOBER, "PSKS"), SUKAMULYA " " RAWA " ");
	/* Who takes it back need not know the family. */
	cancel(no);
	assert_string_equal(coverage("32.07", OCTOBER, OCTOBER, "PSKS"), "0/3");
	assert_string_equal(coverage("32.07", JULY, DECEMBER, NULL), "1/3");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_known_is_not_zero),
		TEST(parts_add_up),
		TEST(an_rw_wins_over_the_rts_inside_it),
		TEST(an_rt_of_an_unnamed_rw_adds_up),
		TEST(the_whole_village_wins_over_its_parts),
		TEST(of_several_organisations_the_largest_counts_and_not_the_sum),
		TEST(the_tksks_own_report_wins_over_all),
		TEST(a_settlement_wins_over_the_tksks_report),
		TEST(categories_and_units_are_apart),
		TEST(an_area_is_the_sum_of_its_villages),
		TEST(a_window_counts_each_villages_last_reported_month),
		TEST(only_spans_of_the_calendar_are_kept),
		TEST(within_a_window_the_last_month_is_valued_by_itself),
		TEST(nihil_is_a_report_of_zero),
		TEST(coverage_counts_villages_with_a_report_in_force),
		TEST(coverage_can_be_of_a_family),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
