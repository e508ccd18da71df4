/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_recovery: when a modem is tried again, and what is done before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <event2/event.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "modem/recovery.h"

static struct event_base *base;
static struct modem_conf conf;
static struct recovery recovery;
static uint32_t wait;

static void
on_end(void *ctx, bool success, const char *how)
{
	(void)ctx, (void)success, (void)how;
}

static void
put_device(void)
{
	int fd = open(conf.device, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	close(fd);
}

static int
setup(void **state)
{
	(void)state;
	base = event_base_new();
	modem_conf_default(&conf, "gammu");
	snprintf(conf.device, sizeof conf.device, "recovery.device");
	conf.recover_after = 3;
	unlink(conf.device);
	recovery_begin(&recovery, &conf, base, on_end, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	recovery_clear(&recovery);
	event_base_free(base);
	unlink(conf.device);
	return 0;
}

/* Twice as long each time, with a look at the device every second. */
static void
test_backoff(void **state)
{
	int64_t now = 1000000;

	(void)state;
	assert_true(recovery_due(&recovery, now, &wait));
	assert_int_equal(recovery_later(&recovery, now), 200);
	assert_false(recovery_due(&recovery, now, &wait));
	assert_int_equal(wait, 200);
	for (uint32_t backoff = 400; backoff < 30000; backoff *= 2) {
		assert_int_equal(recovery_later(&recovery, now), backoff < 1000 ? backoff : 1000);
		assert_false(recovery_due(&recovery, now + backoff - 1, &wait));
		assert_true(recovery_due(&recovery, now + backoff, &wait));
	}
	for (int i = 0; i < 3; i++)
		recovery_later(&recovery, now);
	assert_false(recovery_due(&recovery, now + 29999, &wait));
	assert_true(recovery_due(&recovery, now + 30000, &wait));
	recovery_over(&recovery);
	assert_int_equal(recovery_later(&recovery, now), 200);
}

/* A device that has come is tried at once, and needs no reset. */
static void
test_replug(void **state)
{
	int64_t now = 1000000;

	(void)state;
	for (int i = 0; i < 12; i++)
		recovery_later(&recovery, now);
	assert_false(recovery_due(&recovery, now, &wait));
	recovery.failures = 3;
	put_device();
	assert_true(recovery_due(&recovery, now, &wait));
	assert_true(recovery.device.there);
	assert_int_equal(recovery_stage(&recovery, now), MODEM_STAGE_RESTART);
	assert_int_equal(recovery_later(&recovery, now), 200);
	unlink(conf.device);
	assert_true(recovery_due(&recovery, now, &wait));
	assert_false(recovery.device.there);
}

static void
test_stages(void **state)
{
	int64_t now = 1000000;

	(void)state;
	put_device();
	assert_true(recovery_due(&recovery, now, &wait));
	for (unsigned n = 1; n <= 7; n++) {
		recovery.failures = n;
		assert_int_equal(recovery_stage(&recovery, now), n % 3 ? MODEM_STAGE_RESTART : MODEM_STAGE_RESET);
		assert_int_equal(recovery_stage(&recovery, now), MODEM_STAGE_RESTART);    /* not twice for the same */
	}
	snprintf(conf.recover, sizeof conf.recover, "/bin/true");
	recovery.failures = 9;
	assert_int_equal(recovery_stage(&recovery, now), MODEM_STAGE_RECOVER);
	assert_true(recovery_due(&recovery, now, &wait));       /* at once when it has ended */
	recovery.failures = 12;
	assert_int_equal(recovery_stage(&recovery, now + 1000), MODEM_STAGE_RESET);       /* not so soon again */
	event_base_loop(base, EVLOOP_ONCE);
	recovery.failures = 15;
	assert_int_equal(recovery_stage(&recovery, now + conf.recover_every), MODEM_STAGE_RECOVER);
	event_base_loop(base, EVLOOP_ONCE);
	snprintf(conf.recover, sizeof conf.recover, "/does/not/exist");
	recovery.failures = 18;
	assert_true(recovery_stage(&recovery, now + 2 * conf.recover_every) != MODEM_STAGE_RESET);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_backoff, setup, teardown),
		cmocka_unit_test_setup_teardown(test_replug, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stages, setup, teardown),
	};

	log_level(0);
	return cmocka_run_group_tests_name("recovery", tests, NULL, NULL);
}
