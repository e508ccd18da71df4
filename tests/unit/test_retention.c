/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_retention: when the database is purged, and when not: what a wrong clock takes away does not come back. Its clock
 * runs thirty thousand times as fast as ours. */
#include <errno.h>
#include <event2/event.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "gate/retention.h"
#include "gate/trust.h"
#include "store/purge.h"
#include "store/statement.h"
#include "store/store.h"

#define SPEED 30000
#define DAY 86400
#define HOUR 3600
#define YEAR (366 * (int64_t)DAY)
#define BEGIN 1792460000

static struct event_base *base;
static struct store *store;
static struct trust *trust;
static struct retention *retention;
static int64_t set_off;         /* seconds by which somebody has set the clock */
static bool synchronised;

/* --- the clock --- */

int64_t
clock_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000) * SPEED / 1000;
}

int64_t
clock_system(void)
{
	static int64_t first;

	if (first == 0)
		first = clock_monotonic_ms();
	return BEGIN + set_off + (clock_monotonic_ms() - first) / 1000;
}

int64_t
clock_wall(void)
{
	return clock_system();
}

void
clock_set_floor(int64_t wall)
{
	(void)wall;
}

bool
clock_synchronised(void)
{
	return synchronised;
}

struct timeval
clock_nap(int64_t seconds)
{
	return (struct timeval){ .tv_usec = seconds * 1000000 / SPEED };
}

/* --- the box --- */

static const struct retention_days usual = { .texts = 90, .quarantine = 30, .numbers = 365 };

/* An old text, and one of today. */
static int
setup(void **state)
{
	char sql[512];

	(void)state;
	set_off = 0;
	synchronised = true;
	base = event_base_new();
	snprintf(sql, sizeof sql, "INSERT INTO sms_in (sim, modem, sender, scts, body, rx_wall, state) VALUES"
		 " ('', '', '+62840', '', 'tua', %lld, 'DONE'), ('', '', '+62840', '', 'muda', %lld, 'DONE')",
		 (long long)clock_wall() - 91 * DAY, (long long)clock_wall());
	if (base == NULL || store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	retention_free(retention);
	trust_free(trust);
	store_close(store);
	event_base_free(base);
	return 0;
}

static void
start(void)
{
	trust = trust_new(base, store);
	retention = retention_new(base, store, trust, &usual);
}

static int
texts(void)
{
	sqlite3_stmt *statement;
	int count;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT count(*) FROM sms_in WHERE body <> ''", -1, &statement, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	count = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return count;
}

/* Until so many texts are left, at most so many seconds; gives the seconds that it took. */
static int64_t
run(int left, int64_t seconds)
{
	int64_t begin = clock_monotonic_ms();

	while (texts() > left && clock_monotonic_ms() - begin < seconds * 1000)
		event_base_loop(base, EVLOOP_ONCE);
	return (clock_monotonic_ms() - begin) / 1000;
}

#define LONG (500 * HOUR)       /* 60 of our seconds, if the machine is busy */

static void
what_is_old_goes_after_a_quiet_hour(void **state)
{
	struct purge_counts last;

	(void)state;
	start();
	assert_true(run(1, LONG) >= HOUR);
	assert_int_equal(texts(), 1);
	while (purge_last(store, &last) == 0 && last.wall == 0)
		event_base_loop(base, EVLOOP_ONCE);
	assert_int_equal(last.texts, 1);
	assert_int_equal(last.numbers, 0);
}

static void
nothing_goes_while_the_clock_is_doubted(void **state)
{
	(void)state;
	synchronised = false;
	start();
	run(1, 4 * HOUR);
	assert_int_equal(texts(), 2);
}

static void
nothing_goes_when_the_clock_jumps_without_proof(void **state)
{
	(void)state;
	start();
	run(0, 10 * 60);
	/* Somebody sets it: the kernel says that it is not synchronised any more. */
	synchronised = false;
	set_off += YEAR;
	run(0, 4 * HOUR);
	assert_int_equal(texts(), 2);
	/* It is put right, and somebody vouches for it. */
	synchronised = true;
	set_off -= YEAR;
	run(1, LONG);
	assert_int_equal(texts(), 1);
	run(0, 3 * HOUR);
	assert_int_equal(texts(), 1);
}

static void
a_jump_that_is_vouched_for_is_slept_over(void **state)
{
	(void)state;
	start();
	run(0, 30 * 60);
	set_off += YEAR;
	assert_true(run(0, LONG) >= HOUR);
	assert_int_equal(texts(), 0);
}

/* A mark of synchronisation that is left over after the clock was set, and then put right within the hour. */
static void
a_jump_that_is_taken_back_takes_nothing(void **state)
{
	(void)state;
	start();
	run(0, 30 * 60);
	set_off += YEAR;
	run(0, 20 * 60);
	set_off -= YEAR;
	run(1, LONG);
	run(0, 3 * HOUR);
	assert_int_equal(texts(), 1);
}

static void
new_days_do_not_wait_for_tomorrow(void **state)
{
	struct retention_days shorter = usual;
	struct purge_counts last;

	(void)state;
	start();
	run(1, LONG);
	while (purge_last(store, &last) == 0 && last.wall == 0)
		event_base_loop(base, EVLOOP_ONCE);
	set_off += 20 * DAY;
	shorter.texts = 14;
	retention_set_days(retention, &shorter);
	run(0, LONG);
	assert_int_equal(texts(), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_old_goes_after_a_quiet_hour), TEST(nothing_goes_while_the_clock_is_doubted),
		TEST(nothing_goes_when_the_clock_jumps_without_proof), TEST(a_jump_that_is_vouched_for_is_slept_over),
		TEST(a_jump_that_is_taken_back_takes_nothing), TEST(new_days_do_not_wait_for_tomorrow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
