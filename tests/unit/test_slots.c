/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_slots: deaths and messages that will not leave, by slot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "modem/slots.h"

static const uint8_t one[SMS_KEY_SIZE] = { 1 }, other[SMS_KEY_SIZE] = { 2 };

static void
test_three_deaths(void **state)
{
	struct slots s = { 0 };
	int32_t list[2];

	(void)state;
	assert_int_equal(slots_died(&s, 1, true), 1);
	assert_int_equal(slots_died(&s, 100001, true), 1);
	assert_int_equal(slots_died(&s, 1, true), 2);
	assert_false(slots_deadly(&s, 1));
	assert_int_equal(slots_died(&s, 1, true), 3);
	assert_true(slots_deadly(&s, 1));
	assert_false(slots_deadly(&s, 100001));
	assert_int_equal(slots_list_deadly(&s, list, 2), 1);
	assert_int_equal(list[0], 1);
	slots_survived(&s, 1);
	slots_survived(&s, 77);
	assert_int_equal(slots_list_deadly(&s, NULL, 0), 0);
	assert_int_equal(slots_died(&s, 1, true), 1);
	slots_clear(&s);
}

static void
test_a_success_between_counts(void **state)
{
	struct slots s = { 0 };

	(void)state;
	for (int i = 0; i < 10; i++) {
		slots_died(&s, 4, true);
		slots_died(&s, 4, true);
		assert_false(slots_deadly(&s, 4));
		slots_survived(&s, 4);
	}
	slots_clear(&s);
}

/* A modem that hung three times at one message gets another chance with it. */
static void
test_hangs_are_doubtful(void **state)
{
	struct slots s = { 0 };

	(void)state;
	for (int i = 0; i < SLOTS_DEATHS; i++)
		slots_died(&s, 4, false);
	assert_true(slots_deadly(&s, 4));
	assert_true(slots_doubtful(&s, 4));
	slots_died(&s, 4, true);
	assert_false(slots_doubtful(&s, 4));
	slots_survived(&s, 4);
	for (int i = 0; i < SLOTS_HANGS; i++)
		slots_died(&s, 4, false);
	assert_false(slots_doubtful(&s, 4));
	slots_clear(&s);
}

static void
test_list_has_an_end(void **state)
{
	struct slots s = { 0 };
	int32_t list[3] = { 0, 0, -7 };

	(void)state;
	for (int32_t slot = 1; slot <= 5; slot++)
		for (int i = 0; i < SLOTS_DEATHS; i++)
			slots_died(&s, slot, true);
	assert_int_equal(slots_list_deadly(&s, list, 2), 5);
	assert_int_equal(list[2], -7);
	slots_clear(&s);
}

/* Three times in the ordinary way, then in the last one; after that it is hidden for ten minutes, told once. */
static void
test_stuck(void **state)
{
	struct slots s = { 0 };

	(void)state;
	for (int i = 0; i < SLOTS_TRIES; i++) {
		assert_false(slots_tried(&s, 3, one));
		assert_false(slots_failed(&s, 3, one, false, 1000));
		assert_false(slots_hidden(&s, 3, one, 1000));
	}
	assert_true(slots_tried(&s, 3, one));
	assert_true(slots_failed(&s, 3, one, true, 1000));
	assert_int_equal(slots_count_stuck(&s), 1);
	assert_true(slots_hidden(&s, 3, one, 1001));
	assert_false(slots_hidden(&s, 3, other, 1001));
	assert_false(slots_hidden(&s, 4, one, 1001));
	assert_false(slots_hidden(&s, 3, one, 1000 + SLOTS_STUCK_MS));
	assert_false(slots_failed(&s, 3, one, true, 2000000));          /* not told again */
	assert_true(slots_hidden(&s, 3, one, 2000001));
	slots_freed(&s, 3, one);
	assert_int_equal(slots_count_stuck(&s), 0);
	assert_false(slots_hidden(&s, 3, one, 2000001));
	slots_clear(&s);
}

static void
test_new(void **state)
{
	struct slots s = { 0 };

	(void)state;
	assert_true(slots_new(&s, 3, one));
	assert_false(slots_new(&s, 3, one));
	assert_true(slots_new(&s, 3, other));
	slots_freed(&s, 3, one);
	assert_true(slots_new(&s, 3, one));
	slots_clear(&s);
}

/* A modem that shows something else each time fills no memory. */
static void
test_bounded(void **state)
{
	struct slots s = { 0 };
	uint8_t key[SMS_KEY_SIZE] = { 0 };

	(void)state;
	for (uint32_t n = 0; n < 5000; n++) {
		memcpy(key, &n, sizeof n);
		assert_true(slots_new(&s, 1, key));
	}
	assert_true(s.troubles_count <= 1024);
	assert_false(slots_new(&s, 1, key));
	slots_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_three_deaths),
		cmocka_unit_test(test_a_success_between_counts),
		cmocka_unit_test(test_hangs_are_doubtful),
		cmocka_unit_test(test_list_has_an_end),
		cmocka_unit_test(test_stuck),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_bounded),
	};

	return cmocka_run_group_tests_name("slots", tests, NULL, NULL);
}
