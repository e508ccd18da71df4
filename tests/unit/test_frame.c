/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_frame: the core survives any bytes, and believes none that are not in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "modem/frame.h"
#include "modem/supervisor.h"

static int
open_pair(void **state)
{
	static int pair[2];

	*state = pair;
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair);
}

static int
close_pair(void **state)
{
	int *pair = *state;

	close(pair[0]);
	close(pair[1]);
	return 0;
}

static void
part_frame(struct frame *f)
{
	frame_clear(f, FRAME_PART);
	f->part.sequence = f->part.total = 1;
	f->part.class = -1;
	strcpy(f->part.sender, "+628123456789");
}

static void
test_crosses_whole(void **state)
{
	int *pair = *state;
	struct frame f, got;

	part_frame(&f);
	assert_int_equal(frame_send(pair[0], &f), 0);
	assert_int_equal(frame_receive(pair[1], FRAME_TO_CORE, &got), 1);
	assert_memory_equal(&f.part, &got.part, sizeof f.part);
	assert_int_equal(frame_receive(pair[1], FRAME_TO_CORE, &got), -EAGAIN);
}

static void
test_each_type_has_one_direction(void **state)
{
	int *pair = *state;
	struct frame f, got;

	frame_clear(&f, FRAME_SWEEP);
	assert_int_equal(frame_send(pair[0], &f), 0);
	assert_int_equal(frame_receive(pair[1], FRAME_TO_CORE, &got), -EBADMSG);
	assert_int_equal(frame_send(pair[0], &f), 0);
	assert_int_equal(frame_receive(pair[1], FRAME_TO_WORKER, &got), 1);
}

static void
test_length_must_fit(void **state)
{
	int *pair = *state;
	static char bytes[2 * sizeof(struct frame)];
	struct frame f, got;

	frame_clear(&f, FRAME_HINT);
	f.slot = 5;
	memcpy(bytes, &f, sizeof f);
	for (size_t length = 1; length <= 64; length++) {
		bool fits = length == offsetof(struct frame, slot) + sizeof f.slot;

		assert_int_equal(send(pair[0], bytes, length, 0), length);
		assert_int_equal(frame_receive(pair[1], FRAME_TO_CORE, &got), fits ? 1 : -EBADMSG);
	}
	assert_int_equal(send(pair[0], bytes, sizeof bytes, 0), sizeof bytes);
	assert_int_equal(frame_receive(pair[1], FRAME_TO_CORE, &got), -EBADMSG);
}

static void
test_end_is_seen(void **state)
{
	int *pair = *state;
	struct frame got;

	shutdown(pair[0], SHUT_RDWR);
	assert_int_equal(frame_receive(pair[1], FRAME_TO_CORE, &got), 0);
}

static bool
believed(const struct frame *f, enum frame_to to)
{
	static const size_t head = offsetof(struct frame, slot);
	size_t bodies[FRAME_TYPES] = {
		[FRAME_SETUP] = sizeof f->setup, [FRAME_READ] = sizeof f->slot, [FRAME_DELETE] = sizeof f->remove,
		[FRAME_CLEAR] = sizeof f->remove, [FRAME_BROKEN] = sizeof f->broken, [FRAME_CLEARED] = sizeof f->deleted,
		[FRAME_SEND] = sizeof f->send, [FRAME_READY] = sizeof f->ready, [FRAME_HINT] = sizeof f->slot,
		[FRAME_READING] = sizeof f->slot, [FRAME_PART] = sizeof f->part, [FRAME_SWEPT] = sizeof f->swept,
		[FRAME_READ_DONE] = sizeof f->read_done, [FRAME_DELETED] = sizeof f->deleted,
		[FRAME_SENT] = sizeof f->sent, [FRAME_REPORT] = sizeof f->report, [FRAME_SIGNAL] = sizeof f->signal,
		[FRAME_FAILED] = sizeof f->failed, [FRAME_DIAL] = sizeof f->dial, [FRAME_DIALLED] = sizeof f->dialled,
	};

	return frame_sane(f, head + bodies[f->type], to);
}

/* The least that is in order. */
static void
minimal(struct frame *f, enum frame_type type)
{
	frame_clear(f, type);
	if (type == FRAME_SEND)
		f->send.message.sequence = f->send.message.total = 1;
	if (type == FRAME_DIAL)
		strcpy(f->dial.code, "*888#");
	if (type == FRAME_SETUP) {
		modem_conf_default(&f->setup.conf, "gammu");
		strcpy(f->setup.conf.device, "/dev/ttyUSB0");
	}
}

#define ASSERT_REFUSED(kind, to, change) \
	do { \
		struct frame f; \
		minimal(&f, kind); \
		assert_true(believed(&f, to)); \
		change; \
		assert_false(believed(&f, to)); \
	} while (0)

static void
test_fields_are_checked(void **state)
{
	(void)state;
	ASSERT_REFUSED(FRAME_HINT, FRAME_TO_CORE, f.slot = -1);
	ASSERT_REFUSED(FRAME_READING, FRAME_TO_CORE, f.slot = INT32_MAX);
	ASSERT_REFUSED(FRAME_READY, FRAME_TO_CORE, memset(f.ready.imei, '1', sizeof f.ready.imei));
	ASSERT_REFUSED(FRAME_READY, FRAME_TO_CORE, strcpy(f.ready.imsi, "51o"));
	ASSERT_REFUSED(FRAME_READY, FRAME_TO_CORE, strcpy(f.ready.model, "a\033[2J"));
	ASSERT_REFUSED(FRAME_SWEPT, FRAME_TO_CORE, f.swept.unreadable = -1);
	ASSERT_REFUSED(FRAME_SWEPT, FRAME_TO_CORE, memset(f.swept.error, 'x', sizeof f.swept.error));
	ASSERT_REFUSED(FRAME_READ_DONE, FRAME_TO_CORE, f.read_done.found = FRAME_SLOT_RESULTS);
	ASSERT_REFUSED(FRAME_DELETED, FRAME_TO_CORE, f.deleted.result = MODEM_DELETED_RESULTS);
	ASSERT_REFUSED(FRAME_SENT, FRAME_TO_CORE, f.sent.result = MODEM_SENT_RESULTS);
	ASSERT_REFUSED(FRAME_SENT, FRAME_TO_CORE, f.sent.reference = 256);
	ASSERT_REFUSED(FRAME_SENT, FRAME_TO_CORE, f.sent.cms = -1);
	ASSERT_REFUSED(FRAME_REPORT, FRAME_TO_CORE, f.report.status = 256);
	ASSERT_REFUSED(FRAME_REPORT, FRAME_TO_CORE, memset(f.report.number, '1', sizeof f.report.number));
	ASSERT_REFUSED(FRAME_SIGNAL, FRAME_TO_CORE, f.signal.dbm = 1);
	ASSERT_REFUSED(FRAME_SIGNAL, FRAME_TO_CORE, memset(f.signal.time, '1', sizeof f.signal.time));
	ASSERT_REFUSED(FRAME_FAILED, FRAME_TO_CORE, strcpy(f.failed.error, "two\nlines"));
	ASSERT_REFUSED(FRAME_SWEPT, FRAME_TO_CORE, f.swept.used[1] = 1);
	ASSERT_REFUSED(FRAME_SWEPT, FRAME_TO_CORE, f.swept.size[0] = -1);
	ASSERT_REFUSED(FRAME_BROKEN, FRAME_TO_CORE, f.broken.slot = -2);
	ASSERT_REFUSED(FRAME_BROKEN, FRAME_TO_CORE, f.broken.length = SMS_RAW_MAX + 1);
	ASSERT_REFUSED(FRAME_BROKEN, FRAME_TO_CORE, strcpy(f.broken.reason, "\033[2J"));
	ASSERT_REFUSED(FRAME_BROKEN, FRAME_TO_CORE, memset(f.broken.reason, 'x', sizeof f.broken.reason));
	ASSERT_REFUSED(FRAME_CLEARED, FRAME_TO_CORE, f.deleted.result = MODEM_DELETED_RESULTS);
	ASSERT_REFUSED(FRAME_SENT, FRAME_TO_CORE, f.sent.sequence = SMS_OUT_PARTS_MAX + 1);
	ASSERT_REFUSED(FRAME_FAILED, FRAME_TO_CORE, f.failed.blame = 2);
	ASSERT_REFUSED(FRAME_DIALLED, FRAME_TO_CORE, f.dialled.result = MODEM_DIALLED_RESULTS);
	ASSERT_REFUSED(FRAME_DIALLED, FRAME_TO_CORE, strcpy(f.dialled.text, "Pulsa\n"));
	ASSERT_REFUSED(FRAME_DIALLED, FRAME_TO_CORE, strcpy(f.dialled.text, "Pulsa \xc3"));
	ASSERT_REFUSED(FRAME_DIALLED, FRAME_TO_CORE, memset(f.dialled.text, 'x', sizeof f.dialled.text));
	ASSERT_REFUSED(FRAME_DIAL, FRAME_TO_WORKER, strcpy(f.dial.code, "+628400001234"));
	ASSERT_REFUSED(FRAME_DIAL, FRAME_TO_WORKER, strcpy(f.dial.code, "*888#\rATD"));
	ASSERT_REFUSED(FRAME_DIAL, FRAME_TO_WORKER, memset(f.dial.code, '*', sizeof f.dial.code));
	ASSERT_REFUSED(FRAME_CLEAR, FRAME_TO_WORKER, f.remove.slot = -1);
	ASSERT_REFUSED(FRAME_DELETE, FRAME_TO_WORKER, f.remove.raw = 2);
	ASSERT_REFUSED(FRAME_DELETE, FRAME_TO_WORKER, f.remove.verify = 2);
	ASSERT_REFUSED(FRAME_SETUP, FRAME_TO_WORKER, f.setup.reset = 2);
	ASSERT_REFUSED(FRAME_SETUP, FRAME_TO_WORKER, f.setup.avoided_count = FRAME_AVOIDED + 1);
	ASSERT_REFUSED(FRAME_SETUP, FRAME_TO_WORKER, (f.setup.avoided_count = 1, f.setup.avoided[0] = -1));
	ASSERT_REFUSED(FRAME_SETUP, FRAME_TO_WORKER, strcpy(f.setup.conf.recover, "sh -c reboot"));
	ASSERT_REFUSED(FRAME_SEND, FRAME_TO_WORKER, f.send.message.sequence = 2);
	ASSERT_REFUSED(FRAME_SEND, FRAME_TO_WORKER, f.send.message.sequence = 0);
	ASSERT_REFUSED(FRAME_SEND, FRAME_TO_WORKER, f.send.message.total = SMS_OUT_PARTS_MAX + 1);
	ASSERT_REFUSED(FRAME_SEND, FRAME_TO_WORKER, memset(&f.send.message.ucs2, 2, 1));
	ASSERT_REFUSED(FRAME_SEND, FRAME_TO_WORKER, memset(&f.send.message.report, 2, 1));
	ASSERT_REFUSED(FRAME_SEND, FRAME_TO_WORKER, f.send.pace = MODEM_PACES);
	ASSERT_REFUSED(FRAME_SEND, FRAME_TO_WORKER,
	               memset(f.send.message.text, 'x', sizeof f.send.message.text));
}

static void
test_part_must_be_sane(void **state)
{
	struct frame f;

	(void)state;
	part_frame(&f);
	assert_true(believed(&f, FRAME_TO_CORE));
	f.part.units_length = 161;
	assert_false(believed(&f, FRAME_TO_CORE));
}

static void
test_any_bytes(void **state)
{
	struct frame f;
	unsigned char *bytes = (unsigned char *)&f;

	(void)state;
	srandom(1);
	for (int n = 0; n < 20000; n++) {
		for (size_t i = 0; i < sizeof f; i++)
			bytes[i] = (unsigned char)(random() >> 4);
		f.type = (uint32_t)(random() % (FRAME_TYPES + 2));
		for (int to = FRAME_TO_WORKER; to <= FRAME_TO_CORE; to++) {
			bool sane = frame_sane(&f, (size_t)(random() % (long)(sizeof f + 1)), (enum frame_to)to);

			(void)sane;
		}
		if (f.type < FRAME_TYPES)
			(void)believed(&f, FRAME_TO_CORE);
	}
}

static void
test_names(void **state)
{
	(void)state;
	for (uint32_t type = FRAME_SETUP; type < FRAME_TYPES; type++)
		assert_string_not_equal(frame_name(type), "?");
	assert_string_equal(frame_name(0), "?");
	assert_string_equal(frame_name(FRAME_TYPES), "?");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_crosses_whole, open_pair, close_pair),
		cmocka_unit_test_setup_teardown(test_each_type_has_one_direction, open_pair, close_pair),
		cmocka_unit_test_setup_teardown(test_length_must_fit, open_pair, close_pair),
		cmocka_unit_test_setup_teardown(test_end_is_seen, open_pair, close_pair),
		cmocka_unit_test(test_fields_are_checked),
		cmocka_unit_test(test_part_must_be_sane),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
