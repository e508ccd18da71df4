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

/* Up to the third death a slot is tried again at once, then ever later. */
static void
test_deaths(void **state)
{
	struct slots s = { 0 };
	int64_t now = 1000, wait = SLOTS_AGAIN_MS;

	(void)state;
	assert_int_equal(slots_due(&s, now), -1);
	for (int n = 1; n <= SLOTS_DEATHS; n++) {
		assert_int_equal(slots_count_deadly(&s), 0);
		assert_int_equal(slots_died(&s, 4, now), n);
		assert_int_equal(slots_due(&s, now), 4);
	}
	assert_int_equal(slots_count_deadly(&s), 1);
	for (int n = SLOTS_DEATHS + 1; n < 20; n++) {
		slots_died(&s, 4, now);
		assert_int_equal(slots_due(&s, now + wait - 1), -1);
		assert_int_equal(slots_due(&s, now + wait), 4);
		wait = 2 * wait < SLOTS_AGAIN_MOST_MS ? 2 * wait : SLOTS_AGAIN_MOST_MS;
	}
	slots_survived(&s, 4);
	assert_false(slots_suspect(&s, 4));
	assert_int_equal(slots_due(&s, INT64_MAX), -1);
	assert_int_equal(slots_died(&s, 4, now), 1);
	slots_clear(&s);
}

/* One that is read and stays, or is not given, is not asked for again and again. */
static void
test_in_vain(void **state)
{
	struct slots s = { 0 };

	(void)state;
	slots_vain(&s, 4, 1000);
	assert_false(slots_suspect(&s, 4));
	slots_died(&s, 4, 1000);
	slots_died(&s, 9, 1000);
	slots_vain(&s, 4, 1000);
	assert_int_equal(slots_due(&s, 1000), 9);
	slots_survived(&s, 9);
	assert_int_equal(slots_due(&s, 1000), -1);
	assert_int_equal(slots_due(&s, 1000 + SLOTS_AGAIN_MS), 4);
	slots_vain(&s, 4, 100000);
	assert_int_equal(slots_due(&s, 100000 + 2 * SLOTS_AGAIN_MS - 1), -1);
	assert_int_equal(slots_count_deadly(&s), 0);
	slots_clear(&s);
}

static void
test_list_has_an_end(void **state)
{
	struct slots s = { 0 };
	int32_t list[3] = { 0, 0, -7 };

	(void)state;
	for (int32_t slot = 1; slot <= 5; slot++)
		slots_died(&s, slot, 0);
	assert_int_equal(slots_list(&s, list, 2), 2);
	assert_int_equal(list[1], 2);
	assert_int_equal(list[2], -7);
	for (int32_t slot = 1; slot <= 500; slot++)
		slots_died(&s, slot, 0);
	assert_int_equal(s.deaths_count, SLOTS_SUSPECTS);
	assert_true(slots_suspect(&s, 500));
	assert_false(slots_suspect(&s, 1));
	slots_clear(&s);
}

/* Three times in the ordinary way, then in the last one; after that it is hidden ever longer, told once. */
static void
test_stuck(void **state)
{
	static const int64_t waits[] = { 30000, 60000, 120000, 240000, 480000, 600000, 600000 };
	struct slots s = { 0 };
	int64_t now = 1000;

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
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		assert_true(slots_hidden(&s, 3, one, now + waits[i] - 1));
		now += waits[i];
		assert_false(slots_hidden(&s, 3, one, now));
		assert_false(slots_failed(&s, 3, one, true, now));      /* not told again */
	}
	assert_true(slots_hidden(&s, 3, one, now));
	slots_freed(&s, 3, one);
	assert_int_equal(slots_count_stuck(&s), 0);
	assert_false(slots_hidden(&s, 3, one, now));
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

/* What is there again after the modem said that it was gone is not believed any more; another message is. */
static void
test_doubt(void **state)
{
	struct slots s = { 0 };

	(void)state;
	slots_shown(&s, 3, one);
	assert_false(slots_doubted(&s, 3, one));
	slots_freed(&s, 3, one);
	slots_shown(&s, 3, other);
	slots_shown(&s, 3, one);
	assert_false(slots_doubted(&s, 3, one));
	slots_freed(&s, 3, one);
	slots_shown(&s, 4, one);
	assert_false(slots_doubted(&s, 4, one));
	slots_shown(&s, 3, one);
	assert_true(slots_doubted(&s, 3, one));
	assert_false(slots_hidden(&s, 3, one, 0));
	for (int i = 0; i < SLOTS_TRIES; i++)
		assert_false(slots_failed(&s, 3, one, false, 1000));
	assert_true(slots_failed(&s, 3, one, true, 1000));
	assert_true(slots_doubted(&s, 3, one));
	slots_freed(&s, 3, one);
	assert_false(slots_doubted(&s, 3, one));
	slots_clear(&s);
}

/* What stays in its slot is the same message; what comes into the slot later, with the same words, is not. */
static void
test_again(void **state)
{
	struct slots s = { 0 };

	(void)state;
	assert_false(slots_again(&s, 3, one, 1000));
	assert_false(slots_again(&s, 3, one, 2000));
	slots_failed(&s, 3, one, false, 3000);
	assert_true(slots_again(&s, 3, one, 4000));
	assert_false(slots_again(&s, 3, other, 4000));
	assert_false(slots_again(&s, 4, one, 4000));
	for (int64_t now = 4000; now < 24 * 3600000; now += SLOTS_SEEN_MS)
		assert_true(slots_again(&s, 3, one, now));
	/* The modem said that it had failed, and had not. */
	assert_false(slots_again(&s, 3, one, 48 * 3600000));
	slots_freed(&s, 3, one);
	assert_false(slots_again(&s, 3, one, 48 * 3600000 + 1));
	/* Deleted, says the modem: it may be another, until it is there once more. */
	slots_shown(&s, 3, one);
	assert_true(slots_doubted(&s, 3, one));
	assert_false(slots_again(&s, 3, one, 48 * 3600000 + 2));
	assert_true(slots_again(&s, 3, one, 48 * 3600000 + 3));
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
	for (int32_t slot = 0; slot < 5000; slot++)
		slots_freed(&s, slot, one);
	assert_true(s.emptied_count <= 1024);
	slots_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deaths),
		cmocka_unit_test(test_in_vain),
		cmocka_unit_test(test_list_has_an_end),
		cmocka_unit_test(test_stuck),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_doubt),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_bounded),
	};

	return cmocka_run_group_tests_name("slots", tests, NULL, NULL);
}
