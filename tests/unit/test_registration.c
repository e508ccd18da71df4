/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_registration: requests to be admitted: numbers, decisions, time, replacement (rules 54, 55). */
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
#include "store/people.h"
#include "store/record.h"
#include "store/registration.h"

#define NOW 1792461600
#define DAY 86400
#define RINA "+6284010005617"
#define DEDI "+6284010005754"
#define OLD_TKSK "+6284010000000"
#define LUMBUNG "32.07.34"
#define CIKUPA "32.07.34.2001"

static int
setup(void **state)
{
	(void)state;
	return open_memory(
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2001', 'Cikupa', '32.07.34'),"
		" ('32.07.01', 'Ciamis', '32.07');"
		"INSERT INTO organisation (role, body, area, rw) VALUES ('TKSK', 'TKSK', '32.07.34', 0),"
		" ('TKSK', 'TKSK', '32.07.01', 0);"
		"INSERT INTO person (state, name, organisation) VALUES ('ACTIVE', 'WATI', 1), ('ACTIVE', 'ASEP', 2);"
		"INSERT INTO phone (number, person) VALUES ('+6284010000000', 1), ('+6284010000137', 2);");
}

static int
try_ask(const char *phone, const char *role, const char *area, int64_t wall, int64_t *no)
{
	struct registration request = {.name = "RINA", .age = 34, .wall = wall};
	int error;

	snprintf(request.phone, sizeof request.phone, "%s", phone);
	snprintf(request.role, sizeof request.role, "%s", role);
	snprintf(request.area, sizeof request.area, "%s", area);
	assert_int_equal(store_begin(store), 0);
	error = registration_put(store, &request, no);
	if (error == 0)
		assert_int_equal(store_commit(store), 0);
	else
		store_rollback(store);
	return error;
}

static int64_t
ask(const char *phone, const char *role, const char *area, int64_t wall)
{
	int64_t no = 0;

	assert_int_equal(try_ask(phone, role, area, wall, &no), 0);
	return no;
}

static int
decide(int64_t no, bool approved, int64_t wall)
{
	int error;

	assert_int_equal(store_begin(store), 0);
	error = registration_decide(store, no, approved, 1, wall);
	if (error == 0)
		assert_int_equal(store_commit(store), 0);
	else
		store_rollback(store);
	return error;
}

static void
expire(int64_t wall)
{
	struct registration request;
	int error;

	assert_int_equal(store_begin(store), 0);
	while ((error = registration_oldest(store, &request)) == 0 && wall - request.wall > 14 * DAY)
		assert_int_equal(registration_expire(store, &request, wall), 0);
	assert_true(error == 0 || error == -ENOENT);
	assert_int_equal(store_commit(store), 0);
}

static void
execute(const char *sql)
{
	assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static struct person
who(const char *phone)
{
	struct person person;

	assert_int_equal(people_find(store, phone, &person), 0);
	return person;
}

static enum registration_state
state_of(int64_t no)
{
	struct registration found;

	assert_int_equal(registration_find(store, no, &found), 0);
	return found.state;
}

static void
whoever_asks_waits(void **state)
{
	struct registration found;
	struct person person;

	(void)state;
	assert_int_equal(registration_waiting(store, RINA, &found), -ENOENT);
	assert_int_equal(registration_find(store, 1, &found), -ENOENT);
	assert_int_equal(ask(RINA, "PSM", CIKUPA, NOW), 1);
	person = who(RINA);
	assert_int_equal(person.state, PERSON_WAITING);
	assert_string_equal(person.area, CIKUPA);
	assert_string_equal(person.name, "RINA");
	assert_int_equal(registration_waiting(store, RINA, &found), 0);
	assert_int_equal(found.no, 1);
	assert_int_equal(registration_find(store, 1, &found), 0);
	assert_int_equal(found.state, REGISTRATION_WAITING);
	assert_string_equal(found.phone, RINA);
	assert_string_equal(found.role, "PSM");
	assert_string_equal(found.body, "PSM");
	assert_string_equal(found.name, "RINA");
	assert_string_equal(found.area, CIKUPA);
	assert_int_equal(found.rw, 0);
	assert_int_equal(found.age, 34);
	assert_int_equal(found.wall, NOW);
}

static void
numbers_have_no_gaps(void **state)
{
	int64_t no;

	(void)state;
	assert_int_equal(ask(RINA, "PSM", CIKUPA, NOW), 1);
	assert_int_equal(try_ask(RINA, "PSM", CIKUPA, NOW, &no), -EEXIST);
	assert_int_equal(try_ask(OLD_TKSK, "PSM", CIKUPA, NOW, &no), -EEXIST);
	assert_int_equal(ask(DEDI, "KT", CIKUPA, NOW), 2);
	assert_int_equal(decide(1, false, NOW), 0);
	assert_int_equal(ask(RINA, "PSM", CIKUPA, NOW), 3);
}

static void
who_is_on_the_offices_list_to_wait_has_no_number(void **state)
{
	struct registration found;
	struct person person = {.state = PERSON_WAITING, .phone = RINA, .area = CIKUPA};
	int64_t no;

	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_put(store, &person), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(registration_waiting(store, RINA, &found), -ENOENT);
	assert_int_equal(try_ask(RINA, "PSM", CIKUPA, NOW, &no), -EEXIST);
	assert_int_equal(ask(DEDI, "PSM", CIKUPA, NOW), 1);
}

static void
approved_is_active_in_the_organisation(void **state)
{
	struct person rina, dedi;

	(void)state;
	ask(RINA, "PSM", CIKUPA, NOW);
	ask(DEDI, "PSM", CIKUPA, NOW);
	assert_int_equal(decide(1, true, NOW + 60), 0);
	assert_int_equal(decide(2, true, NOW + 60), 0);
	rina = who(RINA);
	dedi = who(DEDI);
	assert_int_equal(rina.state, PERSON_ACTIVE);
	assert_string_equal(rina.role, "PSM");
	assert_string_equal(rina.body, "PSM");
	assert_string_equal(rina.area, CIKUPA);
	assert_string_equal(rina.name, "RINA");
	assert_int_not_equal(rina.id, dedi.id);
	assert_int_equal(rina.organisation, dedi.organisation);
	assert_int_equal(state_of(1), REGISTRATION_APPROVED);
}

static void
a_part_and_a_body_are_kept(void **state)
{
	struct registration request = {.phone = RINA, .role = "KPS", .body = "PKK", .name = "RINA", .area = CIKUPA,
				       .rw = 4, .wall = NOW};
	struct person person;
	int64_t no;

	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(registration_put(store, &request, &no), 0);
	assert_int_equal(registration_decide(store, no, true, 1, NOW), 0);
	assert_int_equal(store_commit(store), 0);
	person = who(RINA);
	assert_string_equal(person.role, "KPS");
	assert_string_equal(person.body, "PKK");
	assert_int_equal(person.rw, 4);
}

static void
refused_is_a_stranger_again(void **state)
{
	(void)state;
	ask(RINA, "PSM", CIKUPA, NOW);
	assert_int_equal(decide(1, false, NOW + 60), 0);
	assert_int_equal(who(RINA).state, PERSON_NONE);
	assert_int_equal(state_of(1), REGISTRATION_REFUSED);
	assert_int_equal(ask(RINA, "PSM", CIKUPA, NOW + 120), 2);
	assert_int_equal(who(RINA).state, PERSON_WAITING);
}

static void
a_request_is_decided_once(void **state)
{
	(void)state;
	assert_int_equal(decide(1, true, NOW), -ENOENT);
	ask(RINA, "PSM", CIKUPA, NOW);
	ask(DEDI, "PSM", CIKUPA, NOW);
	assert_int_equal(decide(1, true, NOW), 0);
	assert_int_equal(decide(1, false, NOW), -ENOENT);
	assert_int_equal(decide(1, true, NOW), -ENOENT);
	assert_int_equal(who(RINA).state, PERSON_ACTIVE);
	assert_int_equal(decide(2, false, NOW), 0);
	assert_int_equal(decide(2, true, NOW), -ENOENT);
	assert_int_equal(who(DEDI).state, PERSON_NONE);
}

static void
a_request_waits_fourteen_days(void **state)
{
	(void)state;
	ask(RINA, "PSM", CIKUPA, NOW);
	ask(DEDI, "PSM", CIKUPA, NOW + DAY);
	expire(NOW + 14 * DAY);
	assert_int_equal(who(RINA).state, PERSON_WAITING);
	expire(NOW + 14 * DAY + 1);
	assert_int_equal(who(RINA).state, PERSON_NONE);
	assert_int_equal(state_of(1), REGISTRATION_EXPIRED);
	assert_int_equal(who(DEDI).state, PERSON_WAITING);
	assert_int_equal(decide(1, true, NOW), -ENOENT);
	assert_int_equal(decide(2, true, NOW + 15 * DAY), 0);
	expire(NOW + 99 * DAY);
	assert_int_equal(who(DEDI).state, PERSON_ACTIVE);
	assert_int_equal(state_of(2), REGISTRATION_APPROVED);
	assert_int_equal(ask(RINA, "PSM", CIKUPA, NOW + 99 * DAY), 3);
}

static void
the_sender_may_take_it_back(void **state)
{
	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(registration_withdraw(store, RINA, NOW), -ENOENT);
	assert_int_equal(registration_withdraw(store, OLD_TKSK, NOW), -ENOENT);
	store_rollback(store);
	ask(RINA, "PSM", CIKUPA, NOW);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(registration_withdraw(store, RINA, NOW), 0);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(who(RINA).state, PERSON_NONE);
	assert_int_equal(state_of(1), REGISTRATION_WITHDRAWN);
	assert_int_equal(decide(1, true, NOW), -ENOENT);
}

static void
the_offices_list_goes_before_a_request(void **state)
{
	struct person active = {.state = PERSON_ACTIVE, .phone = RINA, .role = "KT", .body = "KT", .area = CIKUPA};

	(void)state;
	ask(RINA, "PSM", CIKUPA, NOW);
	ask(DEDI, "PSM", CIKUPA, NOW);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_put(store, &active), 0);
	assert_int_equal(store_commit(store), 0);
	execute("UPDATE person SET state = 'BLOCKED' WHERE id = (SELECT person FROM phone WHERE number = '" DEDI "')");
	assert_int_equal(decide(1, false, NOW), -ENOENT);
	assert_int_equal(decide(2, true, NOW), -ENOENT);
	expire(NOW + 15 * DAY);
	assert_string_equal(who(RINA).role, "KT");
	assert_int_equal(who(DEDI).state, PERSON_BLOCKED);
}

static void
a_request_left_over_does_not_stand_in_the_way(void **state)
{
	(void)state;
	ask(RINA, "PSM", CIKUPA, NOW);
	execute("DELETE FROM phone WHERE number = '" RINA "'");
	assert_int_equal(ask(RINA, "KT", CIKUPA, NOW + 60), 2);
	assert_int_equal(state_of(1), REGISTRATION_EXPIRED);
	assert_int_equal(decide(2, true, NOW + 60), 0);
	assert_string_equal(who(RINA).role, "KT");
}

static void
retire(const char *phone)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_retire(store, phone), 0);
	assert_int_equal(people_retire(store, phone), -ENOENT);
	assert_int_equal(store_commit(store), 0);
}

static void
a_successor_has_the_organisations_figures(void **state)
{
	struct record_key key = {.organisation = 1, .village = CIKUPA, .category = "07", .list = "pmks-2009", .unit = "orang",
				 .period = 2026 * 12};
	struct person holder;
	int64_t no;
	long value;

	(void)state;
	assert_int_equal(registration_holder(store, "TKSK", LUMBUNG, &holder), 0);
	assert_string_equal(holder.name, "WATI");
	assert_string_equal(holder.phone, OLD_TKSK);
	assert_int_equal(registration_holder(store, "KAB", LUMBUNG, &holder), -ENOENT);
	assert_int_equal(registration_holder(store, "TKSK", "32.07", &holder), -ENOENT);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, 1, 1, NOW, &no), 0);
	assert_int_equal(record_put(store, no, &key, 5, ""), 0);
	assert_int_equal(store_commit(store), 0);

	ask(RINA, "TKSK", LUMBUNG, NOW);
	assert_int_equal(registration_holder(store, "TKSK", LUMBUNG, &holder), 0);
	assert_string_equal(holder.phone, OLD_TKSK);
	retire(OLD_TKSK);
	assert_int_equal(decide(1, true, NOW), 0);
	assert_int_equal(registration_holder(store, "TKSK", LUMBUNG, &holder), 0);
	assert_string_equal(holder.phone, RINA);
	assert_int_equal(holder.organisation, 1);
	assert_int_equal(who(OLD_TKSK).state, PERSON_NONE);
	assert_int_equal(who("+6284010000137").state, PERSON_ACTIVE);
	assert_int_equal(record_current(store, &key, &value), 0);
	assert_int_equal(value, 5);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(whoever_asks_waits),
		TEST(numbers_have_no_gaps),
		TEST(who_is_on_the_offices_list_to_wait_has_no_number),
		TEST(approved_is_active_in_the_organisation),
		TEST(a_part_and_a_body_are_kept),
		TEST(refused_is_a_stranger_again),
		TEST(a_request_is_decided_once),
		TEST(a_request_waits_fourteen_days),
		TEST(the_sender_may_take_it_back),
		TEST(the_offices_list_goes_before_a_request),
		TEST(a_request_left_over_does_not_stand_in_the_way),
		TEST(a_successor_has_the_organisations_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
