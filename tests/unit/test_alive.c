/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_alive: what a sign of life stands on, and what is excused. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <event2/event.h>

#include "base/log.h"
#include "clock_fake.h"
#include "gate/alive.h"
#include "modem/supervisor.h"
#include "store/health.h"
#include "store/store.h"

#define WITHIN_MS 2
#define MINUTE 60000
#define LONG 40                 /* minutes: more than any patience */

struct modem {
	struct modem_info info;
};

static struct modem modems[2];
static struct { bool failing; int error, tries; } file;
static struct event_base *base;
static struct alive *alive;
static int signs;

const char *
modem_name(const struct modem *modem)
{
	(void)modem;
	return "gammu";
}

void
modem_info(const struct modem *modem, struct modem_info *out)
{
	*out = modem->info;
}

bool
health_failing(const struct store *store)
{
	(void)store;
	return file.failing;
}

int
store_try(struct store *store)
{
	(void)store;
	file.tries++;
	file.failing = file.error != 0;
	return file.error;
}

static void
on_sign(void *ctx)
{
	assert_ptr_equal(ctx, &signs);
	signs++;
}

/* One look, a minute later. Whether a sign was given. */
static bool
lives(void)
{
	int before = signs;

	fake_ms += MINUTE;
	event_base_loop(base, EVLOOP_ONCE);
	return signs > before;
}

static int
setup(void **state)
{
	static const struct modem_conf conf = { .sweep_every = MINUTE, .backoff_most = MINUTE, .deadline = { .sweep = MINUTE } };

	(void)state;
	log_level(0);
	base = event_base_new();
	signs = 0;
	file.failing = false;
	file.error = file.tries = 0;
	fake_ms = 1000000;
	for (size_t i = 0; i < 2; i++)
		modems[i].info = (struct modem_info){ .state = MODEM_UP };
	alive = alive_new(base, NULL, WITHIN_MS, on_sign, &signs);
	for (size_t i = 0; i < 2; i++)
		alive_add_modem(alive, &modems[i], &conf);
	return base == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	alive_free(alive);
	event_base_free(base);
	return 0;
}

static void
sweeps_are_progress(void **state)
{
	(void)state;
	for (int i = 0; i < LONG; i++) {
		modems[0].info.success_mono_ms = modems[1].info.success_mono_ms = fake_ms;
		assert_true(lives());
	}
	assert_int_equal(file.tries, 0);
}

/* One of two is enough, and it is no matter which. */
static void
a_supervisor_that_stands_still(void **state)
{
	int minutes = 0;

	(void)state;
	for (; minutes < LONG; minutes++) {
		modems[0].info.success_mono_ms = fake_ms;
		if (!lives())
			break;
	}
	assert_in_range(minutes, 3, 5);         /* its conf's times, and half a minute */
	for (int i = 0; i < LONG; i++) {
		modems[0].info.success_mono_ms = fake_ms;
		assert_false(lives());
	}
	modems[1].info.success_mono_ms = fake_ms;
	assert_true(lives());
}

static void
an_unplugged_modem_is_excused(void **state)
{
	(void)state;
	modems[0].info.state = modems[1].info.state = MODEM_DOWN;
	for (int i = 0; i < LONG; i++) {
		if (i % 2 == 0) {
			modems[0].info.restarts++;
			modems[1].info.restarts++;
		}
		assert_true(lives());
	}
}

/* Each is killed and comes again. */
static void
silent_modems_are_excused(void **state)
{
	static const enum modem_state states[] = { MODEM_STARTING, MODEM_UP, MODEM_HUNG, MODEM_DOWN };

	(void)state;
	for (int i = 0; i < LONG; i++) {
		modems[0].info.state = modems[1].info.state = states[i % 4];
		assert_true(lives());
	}
}

static void
a_worker_that_cannot_die_is_excused(void **state)
{
	(void)state;
	modems[0].info.state = MODEM_HUNG;
	modems[0].info.undead = true;
	for (int i = 0; i < LONG; i++) {
		modems[1].info.success_mono_ms = fake_ms;
		assert_true(lives());
	}
	modems[0].info.undead = false;          /* dead at last: now the supervisor must go on */
	for (int i = 0; i < 10; i++) {
		modems[1].info.success_mono_ms = fake_ms;
		(void)lives();
	}
	assert_false(lives());
}

static void
move_modems(void)
{
	modems[0].info.restarts++;
	modems[1].info.restarts++;
}

static void
a_file_that_cannot_be_written(void **state)
{
	static const int errors[] = { -EIO, -EBADMSG, -EACCES, -EROFS };

	(void)state;
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		move_modems();
		assert_true(lives());
		file.failing = true;
		file.error = errors[i];
		for (int j = 0; j < LONG; j++) {
			move_modems();
			assert_false(lives());
		}
		assert_true(file.tries >= LONG);
		file.error = 0;
	}
	move_modems();
	assert_true(lives());
}

static void
a_failure_that_has_passed(void **state)
{
	(void)state;
	file.failing = true;
	assert_true(lives());
	assert_int_equal(file.tries, 1);
	assert_true(lives());
	assert_int_equal(file.tries, 1);
}

/* Something else holds the lock or has filled the disk: it is tried, and the daemon lives. */
static void
others_are_excused(void **state)
{
	static const int errors[] = { -EBUSY, -ENOSPC };

	(void)state;
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		file.failing = true;
		file.error = errors[i];
		for (int j = 0; j < LONG; j++) {
			move_modems();
			assert_true(lives());
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sweeps_are_progress, setup, teardown),
		cmocka_unit_test_setup_teardown(a_supervisor_that_stands_still, setup, teardown),
		cmocka_unit_test_setup_teardown(an_unplugged_modem_is_excused, setup, teardown),
		cmocka_unit_test_setup_teardown(silent_modems_are_excused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_worker_that_cannot_die_is_excused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_file_that_cannot_be_written, setup, teardown),
		cmocka_unit_test_setup_teardown(a_failure_that_has_passed, setup, teardown),
		cmocka_unit_test_setup_teardown(others_are_excused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
