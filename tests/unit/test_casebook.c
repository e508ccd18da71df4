/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_casebook: cases, which may be the same person, referrals (rules 27 to 29). */
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
#include "store/casebook.h"

#define NOW 1792461600
#define DAY 86400
#define RAWA "32.07.34.2007"
#define CIKUPA "32.07.34.2001"

enum { PSM = 1, KT, TKSK };

static const struct casebook_entry grandmother = {.village = RAWA, .rt = 3, .rw = 1, .category = "07", .list = "pmks-2009", .sex = 'P',
						  .age = 72, .rest = -1, .married = -1, .organisation = PSM,
						  .person = PSM, .wall = NOW};
static const struct casebook_entry family = {.village = RAWA, .category = "22", .list = "pmks-2009", .age = -1, .rest = -1, .married = 3,
					     .organisation = PSM, .person = PSM, .wall = NOW};

static int
setup(void **state)
{
	(void)state;
	return open_memory(TWO_VILLAGES THREE_PEOPLE);
}

static int64_t
put(struct casebook_entry entry)
{
	int64_t no = 0;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_put(store, &entry, &no), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static struct casebook_entry
find(int64_t no)
{
	struct casebook_entry entry;

	assert_int_equal(casebook_find(store, no, &entry), 0);
	return entry;
}

static char told[128];

static void
tell(void *ctx, int64_t other)
{
	size_t used = strlen(told);

	assert_ptr_equal(ctx, &store);
	assert_int_equal(find(other).no, other);
	snprintf(told + used, sizeof told - used, "%d ", (int)other);
}

static const char *
links(int64_t no)
{
	told[0] = '\0';
	assert_int_equal(casebook_links(store, no, tell, &store), 0);
	return told;
}

static void
a_case_is_found_by_its_number(void **state)
{
	struct casebook_entry found;

	(void)state;
	assert_int_equal(casebook_find(store, 1, &found), -ENOENT);
	assert_int_equal(put(grandmother), 1);
	assert_int_equal(put(family), 2);
	found = find(1);
	assert_int_equal(found.no, 1);
	assert_int_equal(found.state, CASE_OPEN);
	assert_string_equal(found.village, RAWA);
	assert_int_equal(found.rt, 3);
	assert_int_equal(found.rw, 1);
	assert_string_equal(found.category, "07");
	assert_int_equal(found.sex, 'P');
	assert_int_equal(found.age, 72);
	assert_int_equal(found.rest, -1);
	assert_int_equal(found.organisation, PSM);
	assert_int_equal(found.person, PSM);
	assert_int_equal(found.wall, NOW);
	found = find(2);
	assert_int_equal(found.sex, 0);
	assert_int_equal(found.age, -1);
	assert_int_equal(found.married, 3);
}

static void
numbers_have_no_gaps(void **state)
{
	int64_t no;

	(void)state;
	put(grandmother);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_put(store, &family, &no), 0);
	assert_int_equal(no, 2);
	store_rollback(store);
	assert_int_equal(put(family), 2);
}

static void
the_same_person_of_another_organisation_is_linked(void **state)
{
	struct casebook_entry again = grandmother;

	(void)state;
	put(grandmother);
	again.organisation = KT;
	again.wall = NOW + 10 * DAY;
	again.rt = again.rw = 0;
	assert_int_equal(put(again), 2);
	assert_string_equal(links(1), "2 ");
	assert_string_equal(links(2), "1 ");
	again.organisation = TKSK;
	again.age = 73;
	put(again);
	assert_string_equal(links(2), "1 3 ");
	assert_string_equal(links(3), "1 2 ");
	assert_string_equal(links(4), "");
	/* The daemon asks at its start, and does not begin its work on a damaged database. */
	assert_int_equal(store_check(store), 0);
}

static void
what_differs_is_not_linked(void **state)
{
	struct casebook_entry others[6];

	(void)state;
	put(grandmother);
	for (int i = 0; i < 6; i++) {
		others[i] = grandmother;
		others[i].organisation = KT;
	}
	others[0].organisation = PSM;
	strcpy(others[1].village, CIKUPA);
	strcpy(others[2].category, "08");
	others[3].sex = 'L';
	others[4].age = 74;
	others[5].wall = NOW + 90 * DAY + 1;
	for (int i = 0; i < 6; i++) {
		put(others[i]);
		assert_string_equal(links(1), "");
	}
}

static void
a_year_and_ninety_days_apart_are_linked(void **state)
{
	struct casebook_entry other = grandmother;

	(void)state;
	put(grandmother);
	other.organisation = KT;
	other.age = 71;
	other.wall = NOW + 90 * DAY;
	assert_string_equal(links(put(other)), "1 ");
	/* A message that was long on its way. */
	other.organisation = TKSK;
	other.wall = NOW - 90 * DAY;
	assert_string_equal(links(put(other)), "1 ");
}

static void
cases_without_age_and_sex_are_the_same_where_both_have_none(void **state)
{
	struct casebook_entry other = family, aged = family;

	(void)state;
	put(family);
	other.organisation = KT;
	assert_string_equal(links(put(other)), "1 ");
	aged.organisation = TKSK;
	aged.age = 30;
	assert_string_equal(links(put(aged)), "");
	aged.age = -1;
	aged.sex = 'P';
	assert_string_equal(links(put(aged)), "");
}

static int
count(const char *area, const char *category, int64_t from, int64_t until)
{
	int result;

	assert_int_equal(casebook_count(store, area, category, from, until, &result), 0);
	return result;
}

static int
open_in(const char *area)
{
	int result;

	assert_int_equal(casebook_open(store, area, &result), 0);
	return result;
}

static void
cases_are_counted_by_area_category_and_time(void **state)
{
	struct casebook_entry other = grandmother;

	(void)state;
	put(grandmother);
	put(family);
	strcpy(other.village, CIKUPA);
	other.wall = NOW + 40 * DAY;
	put(other);
	assert_int_equal(count("32.07.34", NULL, NOW, NOW + 99 * DAY), 3);
	assert_int_equal(count("32.07.34", "07", NOW, NOW + 99 * DAY), 2);
	assert_int_equal(count(RAWA, "07", NOW, NOW + 99 * DAY), 1);
	assert_int_equal(count("", NULL, NOW + 1, NOW + 40 * DAY), 0);
	assert_int_equal(count("", NULL, NOW + 1, NOW + 40 * DAY + 1), 1);
	assert_int_equal(count("32.08", NULL, 0, NOW + 99 * DAY), 0);
	assert_int_equal(open_in("32"), 3);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_close(store, 1), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(open_in("32"), 2);
	assert_int_equal(open_in(CIKUPA), 1);
	assert_int_equal(count("32.07.34", NULL, NOW, NOW + 99 * DAY), 3);
}

static void
refer(int64_t no, const char *to, int64_t wall, int expected)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_refer(store, no, to, TKSK, wall), expected);
	assert_int_equal(store_commit(store), 0);
}

static void
a_referral_comes_up_on_its_day(void **state)
{
	struct referral referral;

	(void)state;
	put(grandmother);
	put(family);
	assert_int_equal(casebook_referral(store, 1, &referral), -ENOENT);
	refer(1, "RSUD", NOW, 0);
	refer(2, "PUSKESMAS", NOW - DAY, 0);
	refer(9, "RSUD", NOW, -ENOENT);
	assert_int_equal(find(1).state, CASE_REFERRED);
	assert_int_equal(casebook_referral(store, 1, &referral), 0);
	assert_int_equal(referral.no, 1);
	assert_int_equal(referral.state, REFERRAL_MADE);
	assert_string_equal(referral.to, "RSUD");
	assert_int_equal(referral.person, TKSK);
	assert_int_equal(referral.wall, NOW);
	assert_int_equal(casebook_referral_next(store, NOW - DAY, NOW, 0, &referral), 0);
	assert_int_equal(referral.no, 2);
	assert_int_equal(casebook_referral_next(store, NOW - DAY, NOW, referral.id, &referral), -ENOENT);
	assert_int_equal(casebook_referral_next(store, NOW, NOW + 1, 0, &referral), 0);
	assert_int_equal(referral.no, 1);
	assert_int_equal(casebook_referral_find(store, referral.id, &referral), 0);
	assert_string_equal(referral.to, "RSUD");
	assert_int_equal(casebook_referral_find(store, 99, &referral), -ENOENT);
	assert_int_equal(casebook_referral_next(store, NOW + 1, NOW + 99 * DAY, 0, &referral), -ENOENT);
}

static void
the_later_referral_takes_over(void **state)
{
	struct referral referral;

	(void)state;
	put(grandmother);
	refer(1, "PUSKESMAS", NOW, 0);
	refer(1, "RSUD", NOW + DAY, 0);
	assert_int_equal(casebook_referral_next(store, NOW, NOW + DAY, 0, &referral), -ENOENT);
	assert_int_equal(casebook_referral_next(store, NOW, NOW + 2 * DAY, 0, &referral), 0);
	assert_string_equal(referral.to, "RSUD");
}

static void
a_closed_case_is_closed(void **state)
{
	struct referral referral;

	(void)state;
	put(grandmother);
	refer(1, "RSUD", NOW, 0);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(casebook_close(store, 1), 0);
	assert_int_equal(casebook_close(store, 1), -ENOENT);
	assert_int_equal(casebook_close(store, 2), -ENOENT);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(find(1).state, CASE_CLOSED);
	assert_int_equal(casebook_referral(store, 1, &referral), 0);
	assert_int_equal(referral.state, REFERRAL_DONE);
	assert_int_equal(casebook_referral_next(store, 0, NOW + 99 * DAY, 0, &referral), -ENOENT);
	refer(1, "RSUD", NOW, -ENOENT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_case_is_found_by_its_number),
		TEST(numbers_have_no_gaps),
		TEST(the_same_person_of_another_organisation_is_linked),
		TEST(what_differs_is_not_linked),
		TEST(a_year_and_ninety_days_apart_are_linked),
		TEST(cases_without_age_and_sex_are_the_same_where_both_have_none),
		TEST(cases_are_counted_by_area_category_and_time),
		TEST(a_referral_comes_up_on_its_day),
		TEST(the_later_referral_takes_over),
		TEST(a_closed_case_is_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
