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
#include "modem/frame.h"
#include "modem/gammu.h"
#include "modem/line.h"
#include "modem/pace.h"
#include "modem/rawat.h"
#include "modem/sandbox.h"

#define REPORTS_MOST 1000
#define NETWORK_SHARE 3         /* of the time for dialling; the rest is for the modem to begin and end the session */

struct worker {
	int core;                       /* the socket */
	bool heard;                     /* the modem has said something since the last request */
	struct modem_conf conf;
	struct gammu *gammu;            /* NULL before SETUP */
	int32_t avoided[FRAME_AVOIDED]; /* slots that workers died of: read past libGammu, and only when asked */
	uint32_t avoided_count;
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
end(const char *stage, const char *error, bool blame)
{
	struct frame f;

	frame_clear(&f, FRAME_FAILED);
	snprintf(f.failed.stage, sizeof f.failed.stage, "%s", stage);
	snprintf(f.failed.error, sizeof f.failed.error, "%s", error);
	f.failed.blame = blame;
	tell(&f);
	_exit(EXIT_FAILURE);
}

static _Noreturn void
fail(const char *stage, const char *error)
{
	end(stage, error, false);
}

/* A modem that falls silent over a slot may do so each time. */
static _Noreturn void
fail_slot(const char *stage, int error)
{
	end(stage, gammu_error(), error == -ETIMEDOUT);
}

static void
on_gone(void)
{
	fail("tty", "unplugged");
}

/* A device that goes away meanwhile, or comes back as another one, is for the next worker. */
static void
reset(void)
{
	int error = rawat_reset(&self.conf);

	log_warn("reset (AT+CFUN): %s", error ? strerror(-error) : "the modem answers again");
	if (error)
		fail("reset", strerror(-error));
}

static void
tell_ready(void)
{
	const struct gammu_identity *id = gammu_identity(self.gammu);
	struct frame f;

	frame_clear(&f, FRAME_READY);
	memcpy(f.ready.imei, id->imei, sizeof f.ready.imei);
	memcpy(f.ready.imsi, id->imsi, sizeof f.ready.imsi);
	memcpy(f.ready.manufacturer, id->manufacturer, sizeof f.ready.manufacturer);
	memcpy(f.ready.model, id->model, sizeof f.ready.model);
	tell(&f);
}

static void
setup(const struct frame *f)
{
	const char *stage = "init";
	int error;

	self.conf = f->setup.conf;
	memcpy(self.avoided, f->setup.avoided, sizeof self.avoided);
	self.avoided_count = f->setup.avoided_count;
	log_name(self.conf.name);
	pace_set((enum modem_pace)self.conf.pace);
	error = sandbox_enter(&(struct sandbox_conf) { .device = self.conf.device, .socket = self.core });
	if (error)
		fail("sandbox", strerror(-error));
	if (f->setup.reset)
		reset();
	error = rawat_init(&self.conf);
	if (error)
		fail(stage, strerror(-error));
	line_watch(self.conf.device);
	if (gammu_open(&self.conf, &self.gammu, &stage) != 0)
		fail(stage, gammu_error());
	pace_watch(gammu_tty(self.gammu), on_gone);
	tell_ready();
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
tell_message(const struct message *message)
{
	struct frame f;

	if (message->kind == MESSAGE_HINT) {
		tell_slot(FRAME_HINT, message->part.slot);
	} else if (message->kind == MESSAGE_PART) {
		frame_clear(&f, FRAME_PART);
		f.part = message->part;
		tell(&f);
	} else if (message->kind == MESSAGE_REPORT) {
		frame_clear(&f, FRAME_REPORT);
		memcpy(f.report.number, message->report.number, sizeof f.report.number);
		memcpy(f.report.time, message->report.time, sizeof f.report.time);
		f.report.reference = message->report.reference;
		f.report.status = message->report.status;
		tell(&f);
	} else {
		frame_clear(&f, FRAME_BROKEN);
		f.broken.slot = message->part.slot;
		snprintf(f.broken.reason, sizeof f.broken.reason, "%s", message->wrong);
		f.broken.length = (uint32_t)message->raw.length;
		memcpy(f.broken.raw, message->raw.bytes, message->raw.length);
		tell(&f);
	}
}

/* --- slots ---------------------------------------------------------------------------------------------- */

static bool
is_avoided(int32_t slot)
{
	for (uint32_t i = 0; i < self.avoided_count; i++)
		if (self.avoided[i] == slot)
			return true;
	return false;
}

/* What was there is gone: the next message in that slot is one like others. */
static void
avoid_no_more(int32_t slot)
{
	for (uint32_t i = 0; i < self.avoided_count; i++)
		if (self.avoided[i] == slot)
			self.avoided[i--] = self.avoided[--self.avoided_count];
}

static int
fetch_once(int32_t slot, struct message *message, bool raw)
{
	self.heard |= raw;              /* half a line that we read is no beginning for the library */
	return raw ? gammu_fetch_raw(self.gammu, slot, message) : gammu_fetch(self.gammu, slot, message);
}

/* What the library cannot read it will not delete. */
static int
delete_once(int32_t slot, bool raw)
{
	self.heard |= raw;
	return raw ? gammu_delete_raw(self.gammu, slot) : gammu_delete(self.gammu, slot);
}

/* A status report is not worth a second way through the core: told, then deleted at once. */
static void
drop_report(int32_t slot, bool raw)
{
	int error = delete_once(slot, raw);

	if (error && !raw && !gammu_lost(error))
		error = delete_once(slot, true);
	if (gammu_lost(error))
		fail_slot("delete", error);
	if (error)
		log_debug("status report in slot %d cannot be deleted: %s", (int)slot, gammu_error());
}

/* 0, -EBADMSG and then message is BROKEN, or another error. The line may be at fault: two tries; and where there was
 * no PDU at all it may have been so both times. */
static int
fetch(int32_t slot, struct message *message)
{
	bool raw = is_avoided(slot);
	int error = fetch_once(slot, message, raw);

	if (error == -EBADMSG)
		error = fetch_once(slot, message, raw);
	if (error == -EBADMSG && !raw && (message->raw.length == 0 || message->raw.characters))
		error = fetch_once(slot, message, true);
	if (error == -ENOENT)
		avoid_no_more(slot);
	return error;
}

/* 0; -EBADMSG told as BROKEN; -EAGAIN something is there, but the modem does not give it; -ENOENT, -EOPNOTSUPP...
 * nothing. It does not come back when the connection is lost. */
static int
read_slot(int32_t slot)
{
	struct message message;
	int error;

	tell_slot(FRAME_READING, slot);
	error = fetch(slot, &message);
	if (gammu_lost(error))
		fail_slot("read", error);
	if (error && error != -EBADMSG)
		return error;
	tell_message(&message);
	if (message.kind == MESSAGE_REPORT)
		drop_report(slot, message.foreign);
	return error;
}

static void
read_one(int32_t slot)
{
	struct frame f;
	int error = read_slot(slot);

	frame_clear(&f, FRAME_READ_DONE);
	f.read_done.slot = slot;
	f.read_done.found = error == 0 ? FRAME_SLOT_READ :
	                    error == -EBADMSG || error == -EAGAIN ? FRAME_SLOT_UNREADABLE : FRAME_SLOT_EMPTY;
	tell(&f);
}

/* An avoided slot counts as one with a message: the core asks for it when nothing is left that it could hold up. */
static void
sweep_memory(const struct gammu_memory *memory, struct frame *f)
{
	int seen = 0, refused = 0;

	for (int n = 1; n <= memory->size && seen < memory->used; n++) {
		bool avoided = is_avoided(memory->base + n);
		int error = avoided ? 0 : read_slot(memory->base + n);

		seen += error == 0 || error == -EBADMSG;
		refused += error == -EAGAIN;
		f->swept.read += error == 0 && !avoided;
		f->swept.unreadable += error == -EBADMSG;
	}
	/* Some modems refuse empty slots so, too. One that counts messages and gives none is out of order. */
	f->swept.unreadable += refused < memory->used - seen ? refused : memory->used - seen;
	if (seen == 0 && refused > 0 && memory->used > 0)
		snprintf(f->swept.error, sizeof f->swept.error, "no slot can be read");
}

/* The library counts no reports. But the modem does, when it is turned to their memory for the first of them. */
static void
sweep_reports(void)
{
	struct gammu_memory reports;
	int seen = 0, n = 0, error;

	do {
		n++;
		error = read_slot(2 * GAMMU_MEMORY + n);
		seen += error == 0 || error == -EBADMSG;
		reports = gammu_reports(self.gammu);
		if (reports.size == 0 && error)
			return;
	} while ((error == 0 || error == -EBADMSG || error == -ENOENT || error == -EAGAIN) && n < REPORTS_MOST &&
	         (reports.size == 0 || (n < reports.size && seen < reports.used)));
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
	if (!error || error == -EBADMSG)
		sweep_reports();
	tell(&f);
}

/* Of a PART or something BROKEN. */
static bool
has_key(const struct message *message, const uint8_t key[SMS_KEY_SIZE])
{
	uint8_t found[SMS_KEY_SIZE];

	if (message->kind == MESSAGE_PART)
		return memcmp(message->part.key, key, SMS_KEY_SIZE) == 0;
	sms_raw_key(message->raw.bytes, message->raw.length, gammu_identity(self.gammu)->imsi, found);
	return message->kind == MESSAGE_BROKEN && memcmp(found, key, SMS_KEY_SIZE) == 0;
}

/* The message of that key, or nothing, is deleted: slots are reused. */
static enum modem_deleted
delete_message(int32_t slot, const uint8_t key[SMS_KEY_SIZE], bool raw)
{
	struct message message;
	int error;

	tell_slot(FRAME_READING, slot);
	error = fetch(slot, &message);
	if (error == -ENOENT)
		return MODEM_DELETED_FREED;
	if (gammu_lost(error))
		fail_slot("delete", error);
	if (error && error != -EBADMSG)
		return MODEM_DELETED_FAILED;
	if (message.kind != MESSAGE_PART || !has_key(&message, key))
		return MODEM_DELETED_OTHER;
	error = delete_once(slot, raw || message.foreign);
	if (gammu_lost(error))
		fail_slot("delete", error);
	return error ? MODEM_DELETED_FAILED : MODEM_DELETED_FREED;
}

/* The same past libGammu. */
static enum modem_deleted
clear_message(int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct message message;
	int error;

	tell_slot(FRAME_READING, slot);
	error = fetch_once(slot, &message, true);
	if (!error)
		return MODEM_DELETED_OTHER;
	if (error == -EBADMSG) {
		if (!has_key(&message, key))
			return MODEM_DELETED_OTHER;
		error = delete_once(slot, true);
	}
	if (gammu_lost(error))
		fail_slot("clear", error);
	return !error || error == -ENOENT ? MODEM_DELETED_FREED : MODEM_DELETED_FAILED;
}

/* There are modems that say OK and delete nothing. */
static bool
is_still_there(int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct message message;
	int error = fetch_once(slot, &message, true);

	if (gammu_lost(error))
		fail_slot("verify", error);
	return (!error || error == -EBADMSG) && has_key(&message, key);
}

static void
delete_one(const struct frame *request)
{
	int32_t slot = request->remove.slot;
	const uint8_t *key = request->remove.key;
	bool clear = request->type == FRAME_CLEAR;
	struct frame f;

	frame_clear(&f, clear ? FRAME_CLEARED : FRAME_DELETED);
	f.deleted.slot = slot;
	f.deleted.result = clear ? clear_message(slot, key) : delete_message(slot, key, request->remove.raw);
	if (f.deleted.result == MODEM_DELETED_FREED && request->remove.verify && is_still_there(slot, key))
		f.deleted.result = MODEM_DELETED_FAILED;
	if (f.deleted.result != MODEM_DELETED_FAILED)
		avoid_no_more(slot);
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
	if (f.signal.network[0] != '\0' && gammu_clock(self.gammu, f.signal.time) != 0)
		fail("clock", gammu_error());
	f.signal.dbm = dbm;
	tell(&f);
}

/* Whatever came of it, the core hears it before a connection that is of no use any more ends. */
static void
dial(const char *code)
{
	struct gammu_dialled dialled;
	struct frame f;
	int error = gammu_dial(self.gammu, code, self.conf.deadline.dial / NETWORK_SHARE, &dialled);

	frame_clear(&f, FRAME_DIALLED);
	f.dialled.result = dialled.result;
	memcpy(f.dialled.text, dialled.answer.text, sizeof f.dialled.text);
	snprintf(f.dialled.error, sizeof f.dialled.error, "%s", dialled.error);
	tell(&f);
	if (error)
		fail("dial", gammu_error());
}

static void
serve(const struct frame *f)
{
	if ((f->type == FRAME_SETUP) == (self.gammu != NULL) && f->type != FRAME_STOP)
		fail("request", "out of order");
	switch ((enum frame_type)f->type) {
	case FRAME_SETUP:
		setup(f);
		break;
	case FRAME_SWEEP:
		sweep();
		break;
	case FRAME_READ:
		read_one(f->slot);
		break;
	case FRAME_DELETE:
	case FRAME_CLEAR:
		delete_one(f);
		break;
	case FRAME_SEND:
		send_one(&f->send.message, (enum modem_pace)f->send.pace);
		break;
	case FRAME_STATUS:
		status();
		break;
	case FRAME_DIAL:
		dial(f->dial.code);
		break;
	default:        /* STOP: the tty gets its old settings back */
		gammu_close(self.gammu);
		exit(EXIT_SUCCESS);
	}
}

static void
tell_notices(void)
{
	struct message notice;

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

	if (poll(fds, 2, line_pending() ? 0 : -1) < 0)
		return;
	if (fds[1].revents & (POLLHUP | POLLERR | POLLNVAL))
		on_gone();
	if (fds[1].revents || (self.gammu && line_pending())) {
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
