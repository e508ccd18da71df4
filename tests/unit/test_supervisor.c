/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_supervisor: the core's side of a modem against a worker that this test plays itself: deadlines, deaths, slots that
 * workers die of, and the alarm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "modem/frame.h"
#include "modem/process.h"
#include "modem/supervisor.h"

#define PATIENCE_MS 20000

static struct event_base *base;
static struct modem *modem;
static struct modem_conf conf;
static struct frame f;                  /* the request that was taken last */
static int theirs = -1;                 /* the worker's end */
static int kills, starts;

static struct {
	int events[MODEM_EVENTS];
	enum modem_sent sent;
	enum modem_deleted deleted;
	bool stuck, again;
	uint8_t key[SMS_KEY_SIZE];
	enum modem_dialled dialled;
	char text[64];
} heard;

/* --- a process that dies when it is killed, or the test says so --- */

static uint64_t one = 1;
static bool immortal;
static int death = -1;         /* what tells of it; borrowed */
static pid_t hook;              /* the operator's program, a real one, which was to die */

/* Instead of libc's. */
int
kill(pid_t pid, int number)
{
	hook = -pid;
	return immortal ? 0 : (int)syscall(SYS_kill, pid, number);
}

int
process_start(struct process *process)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair), 0);
	theirs = pair[1];
	starts++;
	*process = (struct process) { .pid = 4711, .fd = pair[0], .death = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) };
	death = process->death;
	return 0;
}

void
process_kill(const struct process *process)
{
	if (process->pid == 0)
		return;
	kills++;
	if (immortal)
		return;
	assert_int_equal(write(process->death, &one, sizeof one), sizeof one);
}

bool
process_lives(const struct process *process)
{
	uint64_t dead;
	bool is = process->pid > 0 && read(process->death, &dead, sizeof dead) < 0;

	if (process->pid > 0 && !is)
		assert_int_equal(write(process->death, &dead, sizeof dead), sizeof dead);
	return is;
}

void
process_hang_up(struct process *process)
{
	close(process->fd);
	process->fd = -1;
}

void
process_bury(struct process *process, char *how, size_t size)
{
	process->pid = 0;
	close(process->death);
	process->death = -1;
	if (theirs >= 0)
		close(theirs);
	theirs = -1;
	snprintf(how, size, "signal 9");
}

void
process_stop(struct process *process)
{
	char how[32];

	if (process->pid > 0)
		process_bury(process, how, sizeof how);
	if (process->fd >= 0)
		close(process->fd);
	*process = PROCESS_NONE;
}

/* --- the worker's part --- */

static void
turn(void)
{
	event_base_loop(base, EVLOOP_NONBLOCK);
	usleep(500);
}

/* The next request that the core makes of the worker: its type. */
static uint32_t
asked(void)
{
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;

	while (clock_monotonic_ms() < end) {
		if (theirs >= 0 && frame_receive(theirs, FRAME_TO_WORKER, &f) == 1)
			return f.type;
		turn();
	}
	fail_msg("nothing was asked");
	return 0;
}

static bool
is_idle(void)
{
	int64_t end = clock_monotonic_ms() + 50;

	while (clock_monotonic_ms() < end) {
		if (frame_receive(theirs, FRAME_TO_WORKER, &f) == 1)
			return false;
		turn();
	}
	return true;
}

static void
say(const struct frame *frame)
{
	assert_int_equal(frame_send(theirs, frame), 0);
	for (int i = 0; i < 10; i++)
		turn();
}

static void
say_slot(enum frame_type type, int32_t slot)
{
	struct frame out;

	frame_clear(&out, type);
	out.slot = slot;
	say(&out);
}

static void
say_found(int32_t slot, enum frame_slot found)
{
	struct frame out;

	frame_clear(&out, FRAME_READ_DONE);
	out.read_done.slot = slot;
	out.read_done.found = found;
	say(&out);
}

static void
say_part(int32_t slot)
{
	struct frame out;

	frame_clear(&out, FRAME_PART);
	out.part = (struct sms_part) { .slot = slot, .sender = "+6284010000959", .class = -1, .sequence = 1, .total = 1 };
	say(&out);
}

static void
say_closing(enum frame_type type)
{
	struct frame out;

	frame_clear(&out, type);
	say(&out);
}

static void
say_deleted(int32_t slot, enum modem_deleted result)
{
	struct frame out;

	frame_clear(&out, FRAME_DELETED);
	out.deleted.slot = slot;
	out.deleted.result = result;
	say(&out);
}

static void
die(void)
{
	struct modem_info info;
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;

	shutdown(theirs, SHUT_RDWR);
	do {
		turn();
		modem_info(modem, &info);
	} while (info.state != MODEM_DOWN && clock_monotonic_ms() < end);
	assert_int_equal(info.state, MODEM_DOWN);
}

static void
come_up(void)
{
	assert_int_equal(asked(), FRAME_SETUP);
	say_closing(FRAME_READY);
}

/* Up, swept, and asked for its state. */
static void
come_to_rest(void)
{
	come_up();
	assert_int_equal(asked(), FRAME_SWEEP);
	say_closing(FRAME_SWEPT);
	assert_int_equal(asked(), FRAME_STATUS);
	say_closing(FRAME_SIGNAL);
}

static struct modem_info
now(void)
{
	struct modem_info info;

	modem_info(modem, &info);
	return info;
}

/* --- the core's part --- */

static void
on_event(void *ctx, struct modem *m, const struct modem_event *event)
{
	(void)ctx, (void)m;
	heard.events[event->type]++;
	if (event->type == MODEM_EVENT_SENT)
		heard.sent = event->sent.result;
	if (event->type == MODEM_EVENT_DIALLED) {
		heard.dialled = event->dialled.result;
		snprintf(heard.text, sizeof heard.text, "%s", event->dialled.text);
	}
	if (event->type == MODEM_EVENT_DELETED) {
		heard.deleted = event->deleted.result;
		heard.stuck = event->deleted.stuck;
	}
	if (event->type == MODEM_EVENT_PART) {
		memcpy(heard.key, event->part->key, sizeof heard.key);
		heard.again = event->part->again;
	}
}

static int
setup(void **state)
{
	(void)state;
	base = event_base_new();
	modem_conf_default(&conf, "gammu");
	snprintf(conf.device, sizeof conf.device, "/dev/null");
	conf.backoff_first = conf.backoff_most = 1;
	memset(&heard, 0, sizeof heard);
	kills = starts = 0;
	immortal = false;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	immortal = false;
	modem_free(modem);
	if (theirs >= 0)
		close(theirs);
	theirs = -1;
	event_base_free(base);
	return 0;
}

static void
start(void)
{
	modem = modem_start(base, &conf, on_event, NULL);
}

static const struct sms_out message = { .id = 7, .dest = "+6284010000959", .text = "Halo", .sequence = 1, .total = 1 };

/* --- the tests --- */

static void
test_alarm(void **state)
{
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;

	(void)state;
	conf.alarm_after = 30;
	start();
	come_up();
	assert_int_equal(asked(), FRAME_SWEEP);
	assert_false(now().alarm && now().swept_mono_ms > 0);
	while (!now().alarm && clock_monotonic_ms() < end)
		turn();
	assert_true(now().alarm);
	assert_int_equal(now().swept_mono_ms, 0);
	say_closing(FRAME_SWEPT);
	assert_true(now().swept_mono_ms > 0);
	end = clock_monotonic_ms() + PATIENCE_MS;
	while (!now().alarm && clock_monotonic_ms() < end)      /* and again, when no other follows */
		turn();
	assert_true(now().alarm);
}

/* An answer alone is none: the slots must have been read. */
static void
test_no_alarm(void **state)
{
	(void)state;
	start();
	come_to_rest();
	assert_false(now().alarm);
	assert_true(now().swept_mono_ms > 0 && now().success_mono_ms >= now().swept_mono_ms);
	assert_int_equal(now().state, MODEM_UP);
	assert_int_equal(heard.events[MODEM_EVENT_UP], 1);
}

static void
test_deadline(void **state)
{
	(void)state;
	conf.deadline.send = 20;
	start();
	come_to_rest();
	assert_int_equal(modem_send(modem, &message), 0);
	assert_int_equal(modem_send(modem, &message), -EBUSY);
	assert_int_equal(asked(), FRAME_SEND);
	assert_int_equal(f.send.message.id, 7);
	assert_int_equal(asked(), FRAME_SETUP);                 /* of another one */
	assert_int_equal(starts, 2);
	assert_true(kills > 0);
	assert_int_equal(heard.events[MODEM_EVENT_SENT], 1);
	assert_int_equal(heard.sent, MODEM_SENT_UNKNOWN);
	assert_int_equal(heard.events[MODEM_EVENT_DOWN], 1);
	assert_int_equal(now().failures, 1);
	assert_int_equal(now().restarts, 1);
}

static void
test_message_that_waited(void **state)
{
	(void)state;
	start();
	come_up();
	assert_int_equal(asked(), FRAME_SWEEP);
	assert_int_equal(modem_send(modem, &message), 0);
	die();
	assert_int_equal(heard.sent, MODEM_SENT_NOT);
	assert_int_equal(modem_send(modem, &message), -ENODEV);
}

/* Each code that was taken is answered for once. */
static void
test_dialling(void **state)
{
	struct frame out;

	(void)state;
	conf.deadline.dial = 20;
	start();
	assert_int_equal(modem_dial(modem, "*888#"), -ENODEV);
	come_to_rest();
	assert_int_equal(modem_dial(modem, "888"), -EINVAL);
	assert_int_equal(modem_dial(modem, "*888#"), 0);
	assert_int_equal(modem_dial(modem, "*888#"), -EBUSY);
	assert_int_equal(asked(), FRAME_DIAL);
	assert_string_equal(f.dial.code, "*888#");
	frame_clear(&out, FRAME_DIALLED);
	strcpy(out.dialled.text, "Pulsa Rp25.000");
	say(&out);
	assert_int_equal(heard.events[MODEM_EVENT_DIALLED], 1);
	assert_int_equal(heard.dialled, MODEM_DIALLED_ANSWERED);
	assert_string_equal(heard.text, "Pulsa Rp25.000");
	assert_int_equal(modem_dial(modem, "*888#"), 0);
	assert_int_equal(asked(), FRAME_DIAL);
	assert_int_equal(asked(), FRAME_SETUP);                 /* of another one: this one did not answer in time */
	assert_int_equal(heard.events[MODEM_EVENT_DIALLED], 2);
	assert_int_equal(heard.dialled, MODEM_DIALLED_DOWN);
	say_closing(FRAME_READY);
	assert_int_equal(asked(), FRAME_SWEEP);
	assert_int_equal(modem_dial(modem, "*888#"), 0);
	die();                                                  /* while it waited */
	assert_int_equal(heard.events[MODEM_EVENT_DIALLED], 3);
	assert_int_equal(heard.dialled, MODEM_DIALLED_DOWN);
}

static void
test_what_was_not_asked(void **state)
{
	(void)state;
	start();
	come_to_rest();
	say_closing(FRAME_SWEPT);
	assert_int_equal(asked(), FRAME_SETUP);
	assert_true(kills > 0);
	assert_string_equal(now().error, "SWEPT: was not asked for");
}

/* It hangs in a driver, where no signal reaches it: nobody else is started beside it. */
static void
test_undead(void **state)
{
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;

	(void)state;
	conf.deadline.send = 20;
	start();
	come_to_rest();
	immortal = true;
	assert_int_equal(modem_send(modem, &message), 0);
	while (now().state != MODEM_HUNG && clock_monotonic_ms() < end)
		turn();
	assert_int_equal(now().state, MODEM_HUNG);
	for (int i = 0; i < 50; i++)
		turn();
	assert_true(now().undead);
	assert_int_equal(starts, 1);
	assert_int_equal(write(death, &one, sizeof one), sizeof one);
	assert_false(now().undead);
	assert_int_equal(asked(), FRAME_SEND);
	assert_int_equal(asked(), FRAME_SETUP);
	assert_int_equal(starts, 2);
}

static bool
comes_to_be(enum modem_state state)
{
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;

	while (now().state != state && clock_monotonic_ms() < end)
		turn();
	return now().state == state;
}

/* The same after it has said itself that it cannot go on, as when the modem was unplugged. */
static void
test_undead_after_failing(void **state)
{
	struct frame out;

	(void)state;
	start();
	come_to_rest();
	immortal = true;
	frame_clear(&out, FRAME_FAILED);
	strcpy(out.failed.stage, "read");
	strcpy(out.failed.error, "DEVICEREADERROR");
	say(&out);
	assert_int_equal(now().state, MODEM_DOWN);
	assert_true(kills > 0);
	assert_true(now().undead);
	assert_int_equal(write(death, &one, sizeof one), sizeof one);
	assert_false(now().undead);
	assert_int_equal(asked(), FRAME_SETUP);
	assert_int_equal(starts, 2);
}

/* And after one whose end closed its socket, but not the device: nobody waits for what it will never say. */
static void
test_undead_without_a_word(void **state)
{
	(void)state;
	start();
	come_to_rest();
	immortal = true;
	shutdown(theirs, SHUT_RDWR);
	assert_true(comes_to_be(MODEM_HUNG));
	assert_true(now().undead);
	assert_int_equal(heard.events[MODEM_EVENT_DOWN], 1);
	assert_int_equal(write(death, &one, sizeof one), sizeof one);
	assert_int_equal(asked(), FRAME_SETUP);
	assert_int_equal(starts, 2);
}

/* The operator's program hangs in the kernel, too. */
static void
test_undead_hook(void **state)
{
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;

	(void)state;
	strcpy(conf.recover, "/bin/sleep");
	strcpy(conf.name, "1000");                              /* its arguments, */
	strcpy(conf.device, "0");                               /* and no device that is there */
	conf.recover_after = 1;
	conf.recover_deadline = 20;
	immortal = true;
	start();
	while (!now().undead && clock_monotonic_ms() < end)
		turn();
	assert_int_equal(now().state, MODEM_DOWN);
	assert_int_equal(now().stage, MODEM_STAGE_RECOVER);
	assert_true(now().undead);
	immortal = false;
	assert_int_equal(kill(-hook, SIGKILL), 0);
	end = clock_monotonic_ms() + PATIENCE_MS;
	while (now().stage == MODEM_STAGE_RECOVER && clock_monotonic_ms() < end)
		turn();
	assert_false(now().undead);
	assert_int_not_equal(now().stage, MODEM_STAGE_RECOVER); /* it goes on */
}

/* A worker that dies at a slot: the next one passes over it, does everything else, and reads it last. */
static void
test_suspect(void **state)
{
	(void)state;
	start();
	come_up();
	assert_int_equal(asked(), FRAME_SWEEP);
	say_slot(FRAME_READING, 5);
	die();
	assert_int_equal(now().failures, 0);                    /* it says nothing about the modem */
	assert_int_equal(asked(), FRAME_SETUP);
	assert_int_equal(f.setup.avoided_count, 1);
	assert_int_equal(f.setup.avoided[0], 5);
	say_closing(FRAME_READY);
	say_slot(FRAME_HINT, 5);
	assert_int_equal(asked(), FRAME_SWEEP);
	say_part(6);
	assert_int_equal(modem_delete(modem, 6, heard.key), 0);
	assert_int_equal(modem_send(modem, &message), 0);
	say_closing(FRAME_SWEPT);
	assert_int_equal(asked(), FRAME_DELETE);
	say_deleted(6, MODEM_DELETED_FREED);
	assert_int_equal(asked(), FRAME_SEND);
	f.type = FRAME_SENT;
	frame_clear(&f, FRAME_SENT);
	f.sent.id = 7;
	f.sent.sequence = 1;
	say(&f);
	assert_int_equal(heard.sent, MODEM_SENT_OK);
	assert_int_equal(asked(), FRAME_STATUS);
	say_closing(FRAME_SIGNAL);
	assert_int_equal(asked(), FRAME_READ);
	assert_int_equal(f.slot, 5);
	say_slot(FRAME_READING, 5);
	say_found(5, FRAME_SLOT_EMPTY);
	assert_int_equal(asked(), FRAME_SWEEP);                 /* those behind it may have been passed over */
	die();
	assert_int_equal(asked(), FRAME_SETUP);
	assert_int_equal(f.setup.avoided_count, 0);
}

/* One that is there and stays is not asked for again at once, nor forgotten. */
static void
test_suspect_that_stays(void **state)
{
	(void)state;
	start();
	for (int deaths = 1; deaths <= 3; deaths++) {
		come_up();
		assert_int_equal(asked(), FRAME_SWEEP);
		if (deaths == 1) {
			say_slot(FRAME_READING, 5);
			die();
			continue;
		}
		say_closing(FRAME_SWEPT);
		assert_int_equal(asked(), FRAME_STATUS);
		say_closing(FRAME_SIGNAL);
		assert_int_equal(asked(), FRAME_READ);
		say_slot(FRAME_READING, 5);
		if (deaths == 2)
			die();
	}
	say_part(5);
	say_found(5, FRAME_SLOT_READ);
	assert_int_equal(heard.events[MODEM_EVENT_PART], 1);
	assert_true(is_idle());
	assert_int_equal(modem_delete(modem, 5, heard.key), 0);
	assert_int_equal(asked(), FRAME_DELETE);
	say_deleted(5, MODEM_DELETED_FREED);
	die();
	assert_int_equal(asked(), FRAME_SETUP);
	assert_int_equal(f.setup.avoided_count, 0);
	assert_int_equal(now().slots_deadly, 0);
}

/* OK to every delete, and the message is there again: verified from then on, past the library in the end, then left. */
static void
test_delete_that_lies(void **state)
{
	int deletes = 0;

	(void)state;
	start();
	come_to_rest();
	while (!heard.stuck && deletes < 10) {
		modem_sweep(modem);
		assert_int_equal(asked(), FRAME_SWEEP);
		say_part(3);
		say_closing(FRAME_SWEPT);
		assert_int_equal(heard.again, deletes > 1);
		assert_int_equal(modem_delete(modem, 3, heard.key), 0);
		assert_int_equal(asked(), FRAME_DELETE);
		assert_int_equal(f.remove.verify, deletes > 0);
		say_deleted(3, f.remove.verify ? MODEM_DELETED_FAILED : MODEM_DELETED_FREED);
		deletes++;
	}
	assert_int_equal(f.remove.raw, 1);
	assert_int_equal(deletes, 5);
	assert_int_equal(now().slots_stuck, 1);
	modem_sweep(modem);
	assert_int_equal(asked(), FRAME_SWEEP);
	say_part(3);
	assert_int_equal(heard.events[MODEM_EVENT_PART], deletes);      /* nobody hears of it again so soon */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_alarm, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_alarm, setup, teardown),
		cmocka_unit_test_setup_teardown(test_deadline, setup, teardown),
		cmocka_unit_test_setup_teardown(test_undead, setup, teardown),
		cmocka_unit_test_setup_teardown(test_undead_after_failing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_undead_without_a_word, setup, teardown),
		cmocka_unit_test_setup_teardown(test_undead_hook, setup, teardown),
		cmocka_unit_test_setup_teardown(test_message_that_waited, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dialling, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_was_not_asked, setup, teardown),
		cmocka_unit_test_setup_teardown(test_suspect, setup, teardown),
		cmocka_unit_test_setup_teardown(test_suspect_that_stays, setup, teardown),
		cmocka_unit_test_setup_teardown(test_delete_that_lies, setup, teardown),
	};

	log_level(0);
	return cmocka_run_group_tests_name("supervisor", tests, NULL, NULL);
}
