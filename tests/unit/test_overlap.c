/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_overlap: organisations that report the same people (rules 41, 43, 44). */
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
#define GARUNG "33.19.01.2011"
#define MIJEN "33.19.01.2012"
#define PATI "33.18.01.2001"

/* Organisations; each has the person of the same number. */
enum { TKSK = 1, PSM, KT, PKK, TAKMIR, KT_MIJEN, PSM_PATI, KT_PATI, ORGANISATIONS };

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('33', 'Jawa Tengah', ''), ('33.19', 'Kudus', '33'),"
		" ('33.19.01', 'Kaliwungu', '33.19'), ('33.19.01.2011', 'Garung Lor', '33.19.01'),"
		" ('33.19.01.2012', 'Mijen', '33.19.01'),"
		" ('33.18', 'Pati', '33'), ('33.18.01', 'Sukolilo', '33.18'), ('33.18.01.2001', 'Pakem', '33.18.01');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('TKSK', 'TKSK', '33.19.01', 0),"
		" ('PSM', 'PSM', '33.19.01.2011', 0), ('KT', 'KT', '33.19.01.2011', 0), ('KPS', 'PKK', '33.19.01.2011', 4),"
		" ('KPS', 'TAKMIR', '33.19.01.2011', 4), ('KT', 'KT', '33.19.01.2012', 0),"
		" ('PSM', 'PSM', '33.18.01.2001', 0), ('KT', 'KT', '33.18.01.2001', 0);"
		EACH_A_PERSON);
}

static struct record_key
key_of(int organisation, const char *village, int rw, int rt)
{
	return (struct record_key){.organisation = organisation, .village = village, .rw = rw, .rt = rt,
				   .category = "07", .list = "pmks-2009", .unit = "orang", .period = OCTOBER};
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

static char told[512];

static void
tell_body(void *ctx, const char *body)
{
	size_t used = strlen(told);

	assert_ptr_equal(ctx, &store);
	snprintf(told + used, sizeof told - used, "%s ", body);
}

static const char *
met_by(struct record_key key)
{
	told[0] = '\0';
	assert_int_equal(overlap_find(store, &key, tell_body, &store), 0);
	return told;
}

static void
tell_overlap(void *ctx, const struct overlap *overlap)
{
	size_t used = strlen(told);
	long value;

	used += (size_t)snprintf(told + used, sizeof told - used, "%s %s %s:", overlap->village, overlap->category,
				 overlap->unit);
	for (size_t i = 0; i < overlap->count; i++)
		used += (size_t)snprintf(told + used, sizeof told - used, " %s", overlap->bodies[i]);
	snprintf(told + used, sizeof told - used, "\n");
	/* Other rooms may be asked meanwhile. */
	struct record_key key = key_of(PSM, GARUNG, 0, 0);
	assert_int_not_equal(record_current(store, &key, &value), -EIO);
	(void)ctx;
}

static const char *
list(const char *area, int period)
{
	told[0] = '\0';
	assert_int_equal(overlap_list(store, area, period, tell_overlap, NULL), 0);
	return told;
}

static void
a_second_organisation_meets_the_first(void **state)
{
	(void)state;
	assert_string_equal(met_by(key_of(PKK, GARUNG, 4, 0)), "");
	put(key_of(PKK, GARUNG, 4, 0), 6);
	assert_string_equal(met_by(key_of(TAKMIR, GARUNG, 4, 0)), "PKK ");
	put(key_of(TAKMIR, GARUNG, 4, 0), 9);
	put(key_of(PSM, GARUNG, 0, 0), 9);
	assert_string_equal(met_by(key_of(PKK, GARUNG, 4, 0)), "PSM TAKMIR ");
	assert_string_equal(met_by(key_of(PSM, GARUNG, 0, 0)), "PKK TAKMIR ");
	/* A body with two parts is named once. */
	put(key_of(PKK, GARUNG, 0, 0), 7);
	assert_string_equal(met_by(key_of(PSM, GARUNG, 0, 0)), "PKK TAKMIR ");
}

static void
only_the_same_key_meets(void **state)
{
	struct record_key others[4];

	(void)state;
	put(key_of(PSM, GARUNG, 0, 0), 5);
	for (int i = 0; i < 4; i++)
		others[i] = key_of(KT, GARUNG, 0, 0);
	others[0].village = MIJEN;
	others[1].category = "08";
	others[2].unit = "keluarga";
	others[3].period = OCTOBER + 1;
	for (int i = 0; i < 4; i++)
		assert_string_equal(met_by(others[i]), "");
	assert_string_equal(met_by(key_of(KT, GARUNG, 0, 0)), "PSM ");
	assert_string_equal(met_by(key_of(PSM, GARUNG, 0, 0)), "");
}

static void
parts_meet_where_they_share_people(void **state)
{
	static const struct { int rw, rt, other_rw, other_rt; bool meet; } cases[] = {
		{0, 0, 0, 0, true},  {0, 0, 4, 0, true},  {0, 0, 4, 2, true},  {4, 0, 4, 0, true},
		{4, 0, 4, 2, true},  {4, 2, 4, 2, true},  {4, 0, 3, 0, false}, {4, 0, 3, 2, false},
		{4, 2, 4, 1, false}, {4, 2, 3, 2, false}, {0, 2, 0, 2, true},  {0, 2, 0, 3, false},
		{0, 2, 4, 0, false}, {0, 2, 0, 0, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t no = put(key_of(PSM, GARUNG, cases[i].rw, cases[i].rt), 5);
		const char *expected = cases[i].meet ? "PSM " : "";

		assert_string_equal(met_by(key_of(KT, GARUNG, cases[i].other_rw, cases[i].other_rt)), expected);
		assert_int_equal(store_begin(store), 0);
		assert_int_equal(receipt_cancel(store, no, PSM, NOW, NULL, NULL), 0);
		assert_int_equal(store_commit(store), 0);
		/* And the other way round. */
		no = put(key_of(PSM, GARUNG, cases[i].other_rw, cases[i].other_rt), 5);
		assert_string_equal(met_by(key_of(KT, GARUNG, cases[i].rw, cases[i].rt)), expected);
		/* The list says the same. */
		int64_t second = put(key_of(KT, GARUNG, cases[i].rw, cases[i].rt), 3);
		assert_string_equal(list("33", OCTOBER), cases[i].meet ? GARUNG " 07 orang: KT PSM\n" : "");
		assert_int_equal(store_begin(store), 0);
		assert_int_equal(receipt_cancel(store, no, PSM, NOW, NULL, NULL), 0);
		assert_int_equal(receipt_cancel(store, second, KT, NOW, NULL, NULL), 0);
		assert_int_equal(store_commit(store), 0);
	}
}

static void
zeros_and_what_was_taken_back_do_not_meet(void **state)
{
	(void)state;
	put(key_of(PSM, GARUNG, 0, 0), 0);
	assert_string_equal(met_by(key_of(KT, GARUNG, 0, 0)), "");
	put(key_of(KT, GARUNG, 0, 0), 4);
	assert_string_equal(list("", OCTOBER), "");
	put(key_of(PSM, GARUNG, 0, 0), 5);
	assert_string_equal(met_by(key_of(KT, GARUNG, 0, 0)), "PSM ");
	put(key_of(PSM, GARUNG, 0, 0), 0);
	assert_string_equal(met_by(key_of(KT, GARUNG, 0, 0)), "");
	assert_string_equal(list("", OCTOBER), "");
}

static void
the_tksk_overlaps_with_nobody(void **state)
{
	(void)state;
	put(key_of(TKSK, GARUNG, 0, 0), 5);
	assert_string_equal(met_by(key_of(KT, GARUNG, 0, 0)), "");
	put(key_of(KT, GARUNG, 0, 0), 4);
	assert_string_equal(met_by(key_of(TKSK, GARUNG, 0, 0)), "");
	assert_string_equal(list("33.19.01", OCTOBER), "");
	put(key_of(PSM, GARUNG, 0, 0), 4);
	assert_string_equal(list("33.19.01", OCTOBER), GARUNG " 07 orang: KT PSM\n");
}

static void
open_ones_are_listed_by_area_and_period(void **state)
{
	struct record_key families = key_of(KT, GARUNG, 0, 0), old = families;

	(void)state;
	put(key_of(PSM_PATI, PATI, 0, 0), 1);
	put(key_of(KT_PATI, PATI, 0, 0), 2);
	put(key_of(PKK, GARUNG, 4, 0), 6);
	put(key_of(TAKMIR, GARUNG, 4, 0), 9);
	families.category = "14";
	families.unit = "keluarga";
	put(families, 3);
	families.organisation = PSM;
	put(families, 3);
	old.period = OCTOBER - 1;
	put(old, 3);
	old.organisation = PSM;
	put(old, 5);
	put(key_of(KT_MIJEN, MIJEN, 0, 0), 3);
	assert_string_equal(list("33.19.01", OCTOBER),
			    GARUNG " 07 orang: PKK TAKMIR\n" GARUNG " 14 keluarga: KT PSM\n");
	assert_string_equal(list(MIJEN, OCTOBER), "");
	assert_string_equal(list(PATI, OCTOBER), PATI " 07 orang: KT PSM\n");
	assert_string_equal(list("33.1", OCTOBER), "");
	assert_string_equal(list("", OCTOBER), PATI " 07 orang: KT PSM\n" GARUNG " 07 orang: PKK TAKMIR\n"
					       GARUNG " 14 keluarga: KT PSM\n");
	assert_string_equal(list("33.19", OCTOBER - 1), GARUNG " 07 orang: KT PSM\n");
}

static void
who_meets_nobody_is_not_named(void **state)
{
	(void)state;
	put(key_of(PKK, GARUNG, 4, 1), 6);
	put(key_of(TAKMIR, GARUNG, 4, 0), 9);
	put(key_of(KT, GARUNG, 3, 0), 9);
	assert_string_equal(list("33.19", OCTOBER), GARUNG " 07 orang: PKK TAKMIR\n");
	assert_string_equal(met_by(key_of(KT, GARUNG, 3, 0)), "");
}

static void
settling_closes_and_a_later_report_reopens(void **state)
{
	struct record_key key = key_of(0, GARUNG, 0, 0);

	(void)state;
	put(key_of(PKK, GARUNG, 4, 0), 6);
	put(key_of(TAKMIR, GARUNG, 4, 0), 9);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(settlement_put(store, &key, 9, TKSK, NOW), 0);
	assert_string_equal(list("33.19", OCTOBER), "");
	assert_int_equal(settlement_reopen(store, &key, NOW), 0);
	assert_string_equal(list("33.19", OCTOBER), GARUNG " 07 orang: PKK TAKMIR\n");
	assert_int_equal(store_commit(store), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_second_organisation_meets_the_first),
		TEST(only_the_same_key_meets),
		TEST(parts_meet_where_they_share_people),
		TEST(zeros_and_what_was_taken_back_do_not_meet),
		TEST(the_tksk_overlaps_with_nobody),
		TEST(open_ones_are_listed_by_area_and_period),
		TEST(who_meets_nobody_is_not_named),
		TEST(settling_closes_and_a_later_report_reopens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
