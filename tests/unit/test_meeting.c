/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_meeting: announced meetings, attendance, minutes (rules 60, 62). */
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
#include "store/meeting.h"

#define NOW 1792461600

enum { PSM = 1, KT, TKSK };

static const struct meeting work = {.organisation = KT, .person = KT, .date = "2026-10-24", .clock = "20:00",
				    .venue = "MUSALA", .subject = "KERJA BAKTI", .wall = NOW};

static int
setup(void **state)
{
	(void)state;
	return open_memory(TWO_VILLAGES THREE_PEOPLE);
}

static int64_t
put(struct meeting meeting)
{
	int64_t no = 0;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(meeting_put(store, &meeting, &no), 0);
	assert_int_equal(store_commit(store), 0);
	return no;
}

static struct meeting
last(int64_t organisation)
{
	struct meeting meeting;

	assert_int_equal(meeting_last(store, organisation, &meeting), 0);
	return meeting;
}

static void
the_last_announced_one_is_found(void **state)
{
	struct meeting meeting, earlier = work;

	(void)state;
	assert_int_equal(meeting_last(store, KT, &meeting), -ENOENT);
	assert_int_equal(put(work), 1);
	meeting = last(KT);
	assert_int_equal(meeting.no, 1);
	assert_int_equal(meeting.organisation, KT);
	assert_int_equal(meeting.person, KT);
	assert_string_equal(meeting.date, "2026-10-24");
	assert_string_equal(meeting.clock, "20:00");
	assert_string_equal(meeting.venue, "MUSALA");
	assert_string_equal(meeting.subject, "KERJA BAKTI");
	assert_int_equal(meeting.attended, -1);
	assert_int_equal(meeting.minutes_wall, 0);
	assert_int_equal(meeting.wall, NOW);
	/* Announced last, held first. */
	strcpy(earlier.date, "2026-10-22");
	earlier.subject[0] = '\0';
	assert_int_equal(put(earlier), 2);
	assert_string_equal(last(KT).date, "2026-10-22");
	assert_int_equal(meeting_last(store, PSM, &meeting), -ENOENT);
}

static void
the_latest_that_has_begun_is_found(void **state)
{
	struct meeting meeting, other = work;

	(void)state;
	assert_int_equal(put(work), 1);                 /* 24-10 20:00 */
	strcpy(other.date, "2026-10-22");
	assert_int_equal(put(other), 2);
	strcpy(other.date, "2026-10-30");
	assert_int_equal(put(other), 3);
	assert_int_equal(meeting_begun(store, KT, "2026-10-22", "19:59", &meeting), -ENOENT);
	assert_int_equal(meeting_begun(store, KT, "2026-10-22", "20:00", &meeting), 0);
	assert_int_equal(meeting.no, 2);
	assert_int_equal(meeting_begun(store, KT, "2026-10-29", "09:00", &meeting), 0);
	assert_int_equal(meeting.no, 1);
	assert_int_equal(meeting_begun(store, KT, "2026-11-01", "00:00", &meeting), 0);
	assert_int_equal(meeting.no, 3);
	assert_int_equal(meeting_begun(store, PSM, "2026-11-01", "00:00", &meeting), -ENOENT);
}

static void
attendance_and_minutes_are_kept(void **state)
{
	struct meeting meeting;
	char *text;

	(void)state;
	put(work);
	assert_int_equal(meeting_minutes_read(store, 1, &text), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(meeting_attend(store, 1, 31), 0);
	assert_int_equal(meeting_minutes(store, 1, "KEG: kerja bakti; DANA: kas RW", NOW + 60), 0);
	assert_int_equal(meeting_attend(store, 2, 31), -ENOENT);
	assert_int_equal(meeting_minutes(store, 2, "x", NOW), -ENOENT);
	assert_int_equal(store_commit(store), 0);
	meeting = last(KT);
	assert_int_equal(meeting.attended, 31);
	assert_int_equal(meeting.minutes_wall, NOW + 60);
	assert_int_equal(meeting_minutes_read(store, 1, &text), 0);
	assert_string_equal(text, "KEG: kerja bakti; DANA: kas RW");
	free(text);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(meeting_attend(store, 1, 0), 0);
	assert_int_equal(meeting_minutes(store, 1, "KEG: batal", NOW + 90), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(last(KT).attended, 0);
	assert_int_equal(meeting_minutes_read(store, 1, &text), 0);
	assert_string_equal(text, "KEG: batal");
	free(text);
}

static void
those_of_a_day_are_listed(void **state)
{
	struct meeting other = work, found;

	(void)state;
	put(work);
	strcpy(other.date, "2026-10-25");
	put(other);
	other = work;
	other.organisation = TKSK;
	strcpy(other.venue, "BALAI DESA");
	put(other);
	assert_int_equal(meeting_on(store, "2026-10-24", 0, &found), 0);
	assert_int_equal(found.no, 1);
	assert_string_equal(found.role, "KT");
	assert_string_equal(found.area, "32.07.34.2007");
	assert_int_equal(meeting_on(store, "2026-10-24", 1, &found), 0);
	assert_int_equal(found.no, 3);
	assert_string_equal(found.venue, "BALAI DESA");
	assert_int_equal(meeting_on(store, "2026-10-24", 3, &found), -ENOENT);
	assert_int_equal(meeting_on(store, "2026-10-23", 0, &found), -ENOENT);
	assert_int_equal(meeting_find(store, 2, &found), 0);
	assert_string_equal(found.date, "2026-10-25");
	assert_int_equal(meeting_find(store, 4, &found), -ENOENT);
}

static void
one_that_is_announced_again_is_the_same(void **state)
{
	struct meeting again = work, found;

	(void)state;
	assert_int_equal(meeting_same(store, &again, &found), -ENOENT);
	put(work);
	again.subject[0] = '\0';
	assert_int_equal(meeting_same(store, &again, &found), 0);
	assert_int_equal(found.no, 1);
	strcpy(again.clock, "19:00");
	assert_int_equal(meeting_same(store, &again, &found), -ENOENT);
	again = work;
	again.organisation = TKSK;
	assert_int_equal(meeting_same(store, &again, &found), -ENOENT);
}

static void
one_is_followed_by_a_later_one(void **state)
{
	struct meeting first, found;

	(void)state;
	put(work);
	first = last(KT);
	assert_int_equal(meeting_followed(store, &first), 0);
	assert_int_equal(meeting_minuted(store, KT, &found), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(meeting_minutes(store, 1, "KEG: kerja bakti", NOW), 0);
	assert_int_equal(store_commit(store), 0);
	put(work);
	assert_int_equal(meeting_followed(store, &first), 1);
	assert_int_equal(meeting_minuted(store, KT, &found), 0);
	assert_int_equal(found.no, 1);
}

static void
guests_are_those_invited_who_can_be_reached(void **state)
{
	struct person guest;

	(void)state;
	put(work);
	assert_int_equal(sqlite3_exec(store->db, "INSERT INTO phone (number, person) VALUES ('+6284010000001', 1),"
				      " ('+6284010000003', 3)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(meeting_guest(store, 1, 0, &guest), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(meeting_invite(store, 1, PSM), 0);
	assert_int_equal(meeting_invite(store, 1, PSM), 0);
	assert_int_equal(meeting_invite(store, 1, KT), 0);
	assert_int_equal(meeting_invite(store, 1, TKSK), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(meeting_guest(store, 1, 0, &guest), 0);
	assert_int_equal(guest.id, PSM);
	assert_string_equal(guest.phone, "+6284010000001");
	/* The Karang Taruna has no number. */
	assert_int_equal(meeting_guest(store, 1, PSM, &guest), 0);
	assert_int_equal(guest.id, TKSK);
	assert_int_equal(meeting_guest(store, 1, TKSK, &guest), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_set_reminders(store, "+6284010000003", false), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(meeting_guest(store, 1, PSM, &guest), -ENOENT);
}

static void
days_and_times_exist(void **state)
{
	static const struct { const char *date, *clock; } wrong[] = {
		{"2026-02-30", "20:00"}, {"2026-13-01", "20:00"}, {"26-10-24", "20:00"}, {"", "20:00"},
		{"2026-10-24", "24:00"}, {"2026-10-24", "9:00"}, {"2026-10-24", "20:60"}, {"2026-10-24", ""},
		{"now", "20:00"},
	};
	int64_t no;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct meeting meeting = work;
		strcpy(meeting.date, wrong[i].date);
		strcpy(meeting.clock, wrong[i].clock);
		assert_int_equal(store_begin(store), 0);
		assert_int_equal(meeting_put(store, &meeting, &no), -EINVAL);
		store_rollback(store);
	}
	assert_int_equal(put(work), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_last_announced_one_is_found),
		TEST(the_latest_that_has_begun_is_found),
		TEST(attendance_and_minutes_are_kept),
		TEST(those_of_a_day_are_listed),
		TEST(one_that_is_announced_again_is_the_same),
		TEST(one_is_followed_by_a_later_one),
		TEST(guests_are_those_invited_who_can_be_reached),
		TEST(days_and_times_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
