/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_requests: what a worker is asked, in which order, and that nothing starves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "modem/requests.h"

static const uint8_t one[SMS_KEY_SIZE] = { 1 }, other[SMS_KEY_SIZE] = { 2 };
static struct requests requests;
static struct slots slots;
static struct frame f;

static int
teardown(void **state)
{
	(void)state;
	requests_clear(&requests);
	slots_clear(&slots);
	return 0;
}

/* Takes the next as the worker would, and ends it; its type, 0 none. */
static uint32_t
next(void)
{
	if (!requests_next(&requests, &slots, 1000, &f))
		return 0;
	requests_given(&requests, &f);
	assert_int_equal(requests.under_way, f.type);
	requests.under_way = REQUESTS_NONE;
	requests.send_given = requests.dial_given = false;
	return f.type;
}

static void
put_message(void)
{
	const struct sms_out message = { .id = 1 };

	requests_send(&requests, &message);
}

static void
test_order(void **state)
{
	(void)state;
	assert_int_equal(next(), 0);
	slots_died(&slots, 9, 0);
	requests_dial(&requests, "*888#");
	requests_status(&requests);
	requests_sweep(&requests);
	put_message();
	requests_read(&requests, 4);
	requests_read(&requests, 4);
	requests_remove(&requests, FRAME_DELETE, 3, one);
	requests_remove(&requests, FRAME_DELETE, 3, one);
	requests_remove(&requests, FRAME_CLEAR, 3, other);
	assert_int_equal(next(), FRAME_DELETE);
	assert_int_equal(requests.removing.slot, 3);
	assert_int_equal(next(), FRAME_CLEAR);
	assert_memory_equal(requests.removing.key, other, sizeof other);
	assert_int_equal(next(), FRAME_READ);
	assert_int_equal(f.slot, 4);
	assert_int_equal(next(), FRAME_SEND);
	assert_int_equal(next(), FRAME_SWEEP);
	assert_int_equal(next(), FRAME_STATUS);
	assert_int_equal(next(), FRAME_DIAL);
	assert_string_equal(f.dial.code, "*888#");
	assert_int_equal(next(), FRAME_READ);           /* the suspect, when nothing can wait for it */
	assert_int_equal(f.slot, 9);
	slots_vain(&slots, 9, 1000);
	assert_int_equal(next(), 0);
}

/* A queue without end holds up a sweep, a suspect slot or a code to dial for one period. */
static void
test_nothing_starves(void **state)
{
	(void)state;
	slots_died(&slots, 9, 0);
	requests_sweep(&requests);
	requests_dial(&requests, "*888#");
	put_message();
	assert_int_equal(next(), FRAME_SEND);
	put_message();
	requests_period(&requests);
	assert_int_equal(next(), FRAME_SWEEP);
	assert_int_equal(next(), FRAME_READ);
	assert_int_equal(f.slot, 9);
	assert_int_equal(next(), FRAME_DIAL);
	assert_int_equal(next(), FRAME_SEND);
}

/* A modem that announces without end holds up a message for a few slots. */
static void
test_hints_without_end(void **state)
{
	int reads = 0;

	(void)state;
	put_message();
	for (int32_t slot = 1; slot < 200; slot++)
		requests_read(&requests, slot);
	while (next() == FRAME_READ)
		reads++;
	assert_int_equal(f.type, FRAME_SEND);
	assert_in_range(reads, 1, 16);
	while (next() == FRAME_READ)
		reads++;
	assert_int_equal(f.type, FRAME_SWEEP);          /* what found no room */
	assert_in_range(reads, 16, 100);
}

static void
test_death(void **state)
{
	(void)state;
	requests_remove(&requests, FRAME_DELETE, 3, one);
	requests_read(&requests, 4);
	requests_period(&requests);
	requests_status(&requests);
	put_message();
	requests_dial(&requests, "*888#");
	requests_forget(&requests);
	assert_true(requests.send_waits && requests.dial_waits);
	requests.dial_waits = false;            /* as is done when it is answered for */
	assert_int_equal(next(), FRAME_SEND);
	assert_int_equal(next(), 0);
}

/* How a slot is to be emptied depends on what went before. */
static void
test_ways_to_remove(void **state)
{
	(void)state;
	requests_remove(&requests, FRAME_DELETE, 3, one);
	assert_true(requests_next(&requests, &slots, 0, &f));
	assert_int_equal(f.remove.raw, 0);
	assert_int_equal(f.remove.verify, 0);
	slots_freed(&slots, 3, one);
	slots_shown(&slots, 3, one);
	for (int i = 0; i < SLOTS_TRIES; i++)
		slots_failed(&slots, 3, one, false, 0);
	assert_true(requests_next(&requests, &slots, 0, &f));
	assert_int_equal(f.remove.raw, 1);
	assert_int_equal(f.remove.verify, 1);
	assert_memory_equal(f.remove.key, one, sizeof one);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_order, teardown),
		cmocka_unit_test_teardown(test_nothing_starves, teardown),
		cmocka_unit_test_teardown(test_hints_without_end, teardown),
		cmocka_unit_test_teardown(test_death, teardown),
		cmocka_unit_test_teardown(test_ways_to_remove, teardown),
	};

	return cmocka_run_group_tests_name("requests", tests, NULL, NULL);
}
