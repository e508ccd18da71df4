/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pace: the usleep() that shared libraries call is the executable's own, and it knows its pace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include "base/clock.h"
#include "modem/pace.h"

static int times_gone;

static void
on_gone(void)
{
	times_gone++;
}

/* What the loader gives to a library that asks for usleep, libGammu among them. */
static void
test_libraries_get_ours(void **state)
{
	union { void *object; int (*function)(useconds_t); } found = { .object = dlsym(RTLD_DEFAULT, "usleep") };
	struct link_map *map = NULL;
	Dl_info info;

	(void)state;
	assert_true(found.function == usleep);
	assert_int_not_equal(dladdr1(found.object, &info, (void **)&map, RTLD_DL_LINKMAP), 0);
	assert_string_equal(map->l_name, "");           /* the main program */
}

static void
test_pace(void **state)
{
	int64_t begin;

	(void)state;
	pace_set(MODEM_PACE_USB);
	begin = clock_monotonic_ms();
	assert_int_equal(usleep(500000), 0);
	assert_in_range(clock_monotonic_ms() - begin, 0, 200);
	pace_set(MODEM_PACE_STOCK);
	begin = clock_monotonic_ms();
	assert_int_equal(usleep(50000), 0);
	assert_in_range(clock_monotonic_ms() - begin, 49, 5000);
}

static void
test_hangup_is_seen_while_sleeping(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	pace_watch(ends[0], on_gone);
	usleep(1000);
	assert_int_equal(times_gone, 0);
	close(ends[1]);
	usleep(1000);
	assert_int_equal(times_gone, 1);
	pace_watch(-1, NULL);
	usleep(1000);
	assert_int_equal(times_gone, 1);
	close(ends[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_libraries_get_ours),
		cmocka_unit_test(test_pace),
		cmocka_unit_test(test_hangup_is_seen_while_sleeping),
	};

	return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
