/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker: the process that owns one modem. Waits for the core and the tty together, does one request at a
 * time, holds no deadlines: the core does, and kills. */
#include "modem/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "modem/frame.h"
#include "modem/gammu.h"
#include "modem/pace.h"
#include "modem/rawat.h"
#include "modem/sandbox.h"

struct worker {
	int core;                       /* the socket */
	bool heard;                     /* the modem has said something since the last request */
	struct modem_conf conf;
	struct gammu *gammu;            /* NULL before SETUP */
	int32_t *unreadable;            /* slots of which the log knows already */
	size_t unreadable_count;
};

static struct worker self;

/* Without the core there is nothing to do and nobody to tell. */
static void
tell(const struct frame *frame)
{
	if (frame_send(self.core, frame) != 0)
		_exit(EXIT_FAILURE);
}

/* The last word. At once: freeing a library whose modem is gone can only hang. */
static _Noreturn void
fail(const char *stage, const char *error)
{
	struct frame f;

	frame_clear(&f, FRAME_FAILED);
	snprintf(f.failed.stage, sizeof f.failed.stage, "%s", stage);
	snprintf(f.failed.error, sizeof f.failed.error, "%s", error);
	tell(&f);
	_exit(EXIT_FAILURE);
}

static void
on_gone(void)
{
	fail("tty", "unplugged");
}

static void
setup(const struct modem_conf *conf)
{
	struct frame f;
	const struct gammu_identity *id;
	const char *stage = "init";
	int error;

	self.conf = *conf;
	log_name(self.conf.name);
	pace_set((enum modem_pace)conf->pace);
	error = sandbox_enter(&(struct sandbox_conf) { .device = self.conf.device, .socket = self.core });
	if (error)
		fail("sandbox", strerror(-error));
	error = rawat_init(&self.conf);
	if (error)
		fail(stage, strerror(-error));
	if (gammu_open(&self.conf, &self.gammu, &stage) != 0)
		fail(stage, gammu_error());
	pace_watch(gammu_tty(self.gammu), on_gone);
	id = gammu_identity(self.gammu);
	frame_clear(&f, FRAME_READY);
	memcpy(f.ready.imei, id->imei, sizeof f.ready.imei);
	memcpy(f.ready.imsi, id->imsi, sizeof f.ready.imsi);
	memcpy(f.ready.manufacturer, id->manufacturer, sizeof f.ready.manufacturer);
	memcpy(f.ready.model, id->model, sizeof f.ready.model);
	tell(&f);
}

static void
tell_slot(enum frame_type type, int32_t slot)
{
	struct frame f;

	frame_clear(&f, type);
	f.slot = slot;
	tell(&f);
}

static void
tell_message(const struct gammu_message *message)
{
	struct frame f;

	if (message->kind == GAMMU_HINT) {
		tell_slot(FRAME_HINT, message->part.slot);
	} else if (message->kind == GAMMU_PART) {
		frame_clear(&f, FRAME_PART);
		f.part = message->part;
		tell(&f);
	} else if (message->kind == GAMMU_REPORT) {
		frame_clear(&f, FRAME_REPORT);
		memcpy(f.report.number, message->report.number, sizeof f.report.number);
		memcpy(f.report.time, message->report.time, sizeof f.report.time);
		f.report.reference = message->report.reference;
		f.report.status = message->report.status;
		tell(&f);
	}
}

/* One line in the log a slot, not one a sweep. */
static void
log_unreadable(int32_t slot, const char *why)
{
	for (size_t i = 0; i < self.unreadable_count; i++)
		if (self.unreadable[i] == slot)
			return;
	self.unreadable = xgrow(self.unreadable, self.unreadable_count, sizeof *self.unreadable);
	self.unreadable[self.unreadable_count++] = slot;
	log_warn("slot %d cannot be read: %s; it stays there", (int)slot, why);
}

/* A status report is not worth a second way through the core: told, then deleted at once. */
static void
drop_report(int32_t slot)
{
	int error = gammu_delete(self.gammu, slot);

	if (gammu_lost(error))
		fail("delete", gammu_error());
	if (error)
		log_warn("status report in slot %d cannot be deleted: %s", (int)slot, gammu_error());
}

/* 0, -ENOENT, -EBADMSG, -EOPNOTSUPP; otherwise it does not come back. */
static int
read_slot(int32_t slot)
{
	struct gammu_message message;
	const char *wrong;
	int error;

	tell_slot(FRAME_READING, slot);
	error = gammu_fetch(self.gammu, slot, &message, &wrong);
	if (gammu_lost(error))
		fail("read", gammu_error());
	if (error == -EBADMSG)
		log_unreadable(slot, wrong);
	if (error)
		return error;
	tell_message(&message);
	if (message.kind == GAMMU_REPORT)
		drop_report(slot);
	return 0;
}

static void
read_one(int32_t slot)
{
	struct frame f;
	int error = read_slot(slot);

	frame_clear(&f, FRAME_READ_DONE);
	f.read_done.slot = slot;
	f.read_done.found = error == 0 ? FRAME_SLOT_READ : error == -EBADMSG ? FRAME_SLOT_UNREADABLE : FRAME_SLOT_EMPTY;
	tell(&f);
}

static void
sweep_memory(const struct gammu_memory *memory, struct frame *f)
{
	int seen = 0;

	for (int n = 1; n <= memory->size && seen < memory->used; n++) {
		int error = read_slot(memory->base + n);

		seen += error == 0 || error == -EBADMSG;
		f->swept.read += error == 0;
		f->swept.unreadable += error == -EBADMSG;
	}
}

static void
sweep(void)
{
	struct frame f;
	struct gammu_memory memories[2];
	int error = gammu_memories(self.gammu, memories);

	if (gammu_lost(error))
		fail("memories", gammu_error());
	frame_clear(&f, FRAME_SWEPT);
	if (error)
		snprintf(f.swept.error, sizeof f.swept.error, "%s", gammu_error());
	for (int i = 0; i < FRAME_MEMORIES && !error; i++) {
		f.swept.used[i] = memories[i].used;
		f.swept.size[i] = memories[i].size;
		sweep_memory(&memories[i], &f);
	}
	/* No count exists for the reports' memory; it fills from its beginning and we empty it at once. */
	for (int n = 1; n < GAMMU_MEMORY && !error; n++)
		error = read_slot(2 * GAMMU_MEMORY + n);
	tell(&f);
}

/* The message of that key, or nothing, is deleted: slots are reused. */
static enum modem_deleted
delete_message(int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct gammu_message message;
	const char *wrong;
	int error;

	tell_slot(FRAME_READING, slot);
	error = gammu_fetch(self.gammu, slot, &message, &wrong);
	if (error == -ENOENT)
		return MODEM_DELETED_FREED;
	if (gammu_lost(error))
		fail("delete", gammu_error());
	if (error == -EBADMSG)
		return MODEM_DELETED_OTHER;
	if (error)
		return MODEM_DELETED_FAILED;
	if (message.kind != GAMMU_PART || memcmp(message.part.key, key, SMS_KEY_SIZE) != 0)
		return MODEM_DELETED_OTHER;
	error = gammu_delete(self.gammu, slot);
	if (gammu_lost(error))
		fail("delete", gammu_error());
	return error ? MODEM_DELETED_FAILED : MODEM_DELETED_FREED;
}

static void
delete_one(int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct frame f;

	frame_clear(&f, FRAME_DELETED);
	f.deleted.slot = slot;
	f.deleted.result = delete_message(slot, key);
	tell(&f);
}

static void
send_one(const struct sms_out *message, enum modem_pace pace)
{
	struct frame f;
	struct gammu_sent sent;

	pace_set(pace);
	gammu_send(self.gammu, message, self.conf.send_wait, &sent);
	frame_clear(&f, FRAME_SENT);
	f.sent.id = message->id;
	f.sent.sequence = message->sequence;
	f.sent.result = sent.result;
	f.sent.reference = sent.reference;
	f.sent.cms = sent.cms;
	snprintf(f.sent.error, sizeof f.sent.error, "%s", sent.error);
	tell(&f);
	if (sent.result == MODEM_SENT_UNKNOWN || sent.result == MODEM_SENT_NOT)
		fail("send", sent.error);
}

static void
status(void)
{
	struct frame f;
	int dbm;

	frame_clear(&f, FRAME_SIGNAL);
	if (gammu_status(self.gammu, &dbm, f.signal.network) != 0)
		fail("status", gammu_error());
	f.signal.dbm = dbm;
	tell(&f);
}

static void
serve(const struct frame *f)
{
	if ((f->type == FRAME_SETUP) == (self.gammu != NULL) && f->type != FRAME_STOP)
		fail("request", "out of order");
	switch ((enum frame_type)f->type) {
	case FRAME_SETUP:
		setup(&f->setup.conf);
		break;
	case FRAME_SWEEP:
		sweep();
		break;
	case FRAME_READ:
		read_one(f->slot);
		break;
	case FRAME_DELETE:
		delete_one(f->remove.slot, f->remove.key);
		break;
	case FRAME_SEND:
		send_one(&f->send.message, (enum modem_pace)f->send.pace);
		break;
	case FRAME_STATUS:
		status();
		break;
	default:        /* STOP: the tty gets its old settings back */
		gammu_close(self.gammu);
		exit(EXIT_SUCCESS);
	}
}

static void
tell_notices(void)
{
	struct gammu_message notice;

	while (self.gammu && gammu_notice(self.gammu, &notice))
		tell_message(&notice);
}

/* One turn: sleeps until the core or the modem has something to say. */
static void
turn(void)
{
	struct pollfd fds[2] = {
		{ .fd = self.core, .events = POLLIN },
		{ .fd = self.gammu ? gammu_tty(self.gammu) : -1, .events = POLLIN },
	};
	struct frame f;
	int got;

	if (poll(fds, 2, -1) < 0)
		return;
	if (fds[1].revents & (POLLHUP | POLLERR | POLLNVAL))
		on_gone();
	if (fds[1].revents) {
		gammu_listen(self.gammu);
		self.heard = true;
	}
	if (!fds[0].revents)
		return;
	got = frame_receive(self.core, FRAME_TO_WORKER, &f);
	if (got == 0)
		_exit(EXIT_SUCCESS);
	if (got < 0)
		fail("request", strerror(-got));
	if (self.heard)
		gammu_clear(self.gammu);
	self.heard = false;
	serve(&f);
}

int
worker_main(int fd)
{
	static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };

	/* Ends with the core and not before it (a signal to the whole group would cut a send in two); and nobody
	 * may look into it: it holds messages. */
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0);
	log_name("modem");
	self.core = fd;
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
		log_error("this is not for people: the gateway starts it (descriptor %d: %s)", fd, strerror(errno));
		return EXIT_FAILURE;
	}
	for (;;) {
		turn();
		tell_notices();
	}
}
