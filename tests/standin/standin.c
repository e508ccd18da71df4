/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standin: worker_main() without libGammu: the same frames, a SIM and a network made of files (standin.h). Linked
 * instead of src/modem/worker.c, so that the product has no test code in it. */
#include "standin.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "modem/frame.h"
#include "modem/supervisor.h"
#include "modem/worker.h"

#define NEWS_MS 2               /* how often the network has a look */
#define STEP_US 1500            /* each step takes up to so long, so that a kill finds the place between two */
#define NOBODY (-1)

static struct {
	int core, in, journal;
	bool ready, hasty;              /* hasty: STANDIN_HASTY is set */
	char name[MODEM_NAME_SIZE], folder[MODEM_DEVICE_SIZE], imsi[FRAME_ID_SIZE];
	bool *freed;                    /* of the messages of `in` */
	size_t count, arrived;          /* known of them; put on the SIM */
	long slots[STANDIN_SLOTS];      /* index of the message in it, or NOBODY */
	unsigned sent;
} self;

static _Noreturn void
die(const char *what)
{
	log_error("standin: %s: %s", what, strerror(errno));
	_exit(EXIT_FAILURE);
}

static void
tell(const struct frame *frame)
{
	if (frame_send(self.core, frame) != 0)
		_exit(EXIT_FAILURE);
}

static void
take_time(void)
{
	const struct timespec moment = { .tv_nsec = rand() % STEP_US * 1000L };

	if (!self.hasty)
		nanosleep(&moment, NULL);
}

/* --- the files --- */

static int
open_file(const char *name, int flags)
{
	char path[MODEM_DEVICE_SIZE + 16];
	int fd;

	snprintf(path, sizeof path, "%s/%s", self.folder, name);
	fd = open(path, flags | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		die(path);
	return fd;
}

/* One write: a kill finds it done or not done. */
static void
note(const char *line)
{
	size_t length = strlen(line);

	if (write(self.journal, line, length) != (ssize_t)length)
		die("journal");
}

static struct sms_part
part_of(long index, int32_t slot)
{
	struct sms_part part;

	if (pread(self.in, &part, sizeof part, (off_t)index * (off_t)sizeof part) != sizeof part)
		die("in");
	part.slot = slot;
	sms_key(&part, self.imsi, part.key);
	return part;
}

static size_t
slot_of(size_t index)
{
	return index % STANDIN_SLOTS;
}

/* The network puts what fits on the SIM, in order; what does not fit waits there. */
static void
deliver(void)
{
	struct stat in;
	struct frame f;
	size_t count;

	if (fstat(self.in, &in) != 0)
		die("in");
	count = (size_t)in.st_size / sizeof(struct sms_part);
	if (count > self.count) {
		self.freed = xrealloc(self.freed, count, sizeof *self.freed);
		memset(self.freed + self.count, 0, (count - self.count) * sizeof *self.freed);
		self.count = count;
	}
	for (; self.arrived < self.count; self.arrived++) {
		if (self.freed[self.arrived])
			continue;
		if (self.slots[slot_of(self.arrived)] != NOBODY)
			return;
		self.slots[slot_of(self.arrived)] = (long)self.arrived;
		frame_clear(&f, FRAME_HINT);
		f.slot = (int32_t)slot_of(self.arrived) + 1;
		if (self.ready)
			tell(&f);
	}
}

static void
remember(const char *line)
{
	unsigned long index;

	if (strncmp(line, "sent ", 5) == 0) {
		self.sent++;
	} else if (sscanf(line, "freed %lu", &index) == 1) {
		if (index >= self.count) {
			self.freed = xrealloc(self.freed, index + 1, sizeof *self.freed);
			memset(self.freed + self.count, 0, (index + 1 - self.count) * sizeof *self.freed);
			self.count = index + 1;
		}
		self.freed[index] = true;
	}
}

/* All that happened in the lives before. */
static void
replay(void)
{
	int fd = open_file("journal", O_RDONLY);
	FILE *file = fdopen(fd, "r");
	char *line = NULL;
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0)
		remember(line);
	free(line);
	if (file)
		fclose(file);
	for (size_t i = 0; i < STANDIN_SLOTS; i++)
		self.slots[i] = NOBODY;
	deliver();
}

/* --- requests --- */

static void
setup(const char *folder)
{
	size_t length = strlen(folder);
	char pid[16];
	struct frame f;
	int fd;

	snprintf(self.folder, sizeof self.folder, "%s", folder);
	snprintf(self.imsi, sizeof self.imsi, "51010100000000%c", folder[length - 1]);
	self.in = open_file("in", O_RDONLY);
	self.journal = open_file("journal", O_WRONLY | O_APPEND);
	fd = open_file("pid", O_WRONLY | O_TRUNC);
	snprintf(pid, sizeof pid, "%d\n", (int)getpid());
	if (write(fd, pid, strlen(pid)) < 0)
		die("pid");
	close(fd);
	replay();
	self.ready = true;
	frame_clear(&f, FRAME_READY);
	memcpy(f.ready.imsi, self.imsi, sizeof f.ready.imsi);
	snprintf(f.ready.manufacturer, sizeof f.ready.manufacturer, "standin");
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

/* Whether something is in it. */
static bool
read_slot(int32_t slot)
{
	long index = slot >= 1 && slot <= STANDIN_SLOTS ? self.slots[slot - 1] : NOBODY;
	struct frame f;

	tell_slot(FRAME_READING, slot);
	if (index == NOBODY)
		return false;
	take_time();
	frame_clear(&f, FRAME_PART);
	f.part = part_of(index, slot);
	log_info("read %ld", index);
	tell(&f);
	return true;
}

static void
read_one(int32_t slot)
{
	struct frame f;

	frame_clear(&f, FRAME_READ_DONE);
	f.read_done.slot = slot;
	f.read_done.found = read_slot(slot) ? FRAME_SLOT_READ : FRAME_SLOT_EMPTY;
	tell(&f);
}

static void
sweep(void)
{
	struct frame f;

	frame_clear(&f, FRAME_SWEPT);
	f.swept.size[0] = STANDIN_SLOTS;
	for (int32_t slot = 1; slot <= STANDIN_SLOTS; slot++)
		if (self.slots[slot - 1] != NOBODY)
			f.swept.read += read_slot(slot);
	f.swept.used[0] = f.swept.read;
	tell(&f);
}

static enum modem_deleted
delete_message(int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	long index = slot >= 1 && slot <= STANDIN_SLOTS ? self.slots[slot - 1] : NOBODY;
	struct sms_part part;
	char line[32];

	if (index == NOBODY)
		return MODEM_DELETED_FREED;
	part = part_of(index, slot);
	if (memcmp(part.key, key, SMS_KEY_SIZE) != 0)
		return MODEM_DELETED_OTHER;
	take_time();
	snprintf(line, sizeof line, "freed %ld\n", index);
	note(line);
	log_info("freed %ld", index);
	self.freed[index] = true;
	self.slots[slot - 1] = NOBODY;
	take_time();
	return MODEM_DELETED_FREED;
}

static void
delete_one(enum frame_type type, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct frame f;

	frame_clear(&f, type);
	f.deleted.slot = slot;
	f.deleted.result = delete_message(slot, key);
	tell(&f);
}

/* The network takes it; its line is in the journal from then on. */
static unsigned
transmit(const struct sms_out *message)
{
	char line[sizeof message->text * 2 + sizeof message->dest + 64];
	unsigned reference = self.sent++ & 0xFF;
	int length = snprintf(line, sizeof line, "sent %u %d %d %d %s ", reference, message->sequence, message->total,
	                      message->reference, message->dest);

	for (const char *at = message->text; *at; at++) {
		if (*at == '\n' || *at == '\\')
			line[length++] = '\\';
		line[length++] = *at == '\n' ? 'n' : *at;
	}
	line[length++] = '\n';
	line[length] = '\0';
	note(line);
	return reference;
}

static void
report(const struct sms_out *message, unsigned reference)
{
	struct frame f;

	if (!message->report)
		return;
	frame_clear(&f, FRAME_REPORT);
	snprintf(f.report.number, sizeof f.report.number, "%s", message->dest);
	f.report.reference = reference;
	tell(&f);
}

static void
send_one(const struct sms_out *message)
{
	bool hasty = rand() % 4 == 0;   /* its report comes before the modem's own word */
	unsigned reference;
	struct frame f;

	log_info("asked to send");
	take_time();
	reference = transmit(message);
	log_info("transmitted");
	take_time();
	if (hasty)
		report(message, reference);
	frame_clear(&f, FRAME_SENT);
	f.sent.id = message->id;
	f.sent.sequence = message->sequence;
	f.sent.result = MODEM_SENT_OK;
	f.sent.reference = (int32_t)reference;
	tell(&f);
	if (!hasty)
		report(message, reference);
}

/* It knows the time, as otherwise what nobody asked for would wait. */
static void
status(void)
{
	time_t now = time(NULL);
	struct frame f;

	frame_clear(&f, FRAME_SIGNAL);
	f.signal.dbm = -70;
	strftime(f.signal.time, sizeof f.signal.time, "%Y-%m-%dT%H:%M:%S+00:00", gmtime(&now));
	tell(&f);
}

static void
serve(const struct frame *f)
{
	switch ((enum frame_type)f->type) {
	case FRAME_SETUP:
		memcpy(self.name, f->setup.conf.name, sizeof self.name);
		log_name(self.name);
		setup(f->setup.conf.device);
		break;
	case FRAME_SWEEP:
		sweep();
		break;
	case FRAME_READ:
		read_one(f->slot);
		break;
	case FRAME_DELETE:
		delete_one(FRAME_DELETED, f->remove.slot, f->remove.key);
		break;
	case FRAME_CLEAR:
		delete_one(FRAME_CLEARED, f->remove.slot, f->remove.key);
		break;
	case FRAME_SEND:
		send_one(&f->send.message);
		break;
	case FRAME_STATUS:
		status();
		break;
	default:
		exit(EXIT_SUCCESS);
	}
}

int
worker_main(int fd)
{
	static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	struct pollfd core = { .fd = fd, .events = POLLIN };
	struct frame f;

	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	srand((unsigned)getpid() * 7919U);
	self.hasty = getenv("STANDIN_HASTY") != NULL;
	self.core = fd;
	for (;;) {
		int got = poll(&core, 1, self.ready ? NEWS_MS : -1) > 0 ? frame_receive(fd, FRAME_TO_WORKER, &f) : -EAGAIN;

		if (got == 0 || (got < 0 && got != -EAGAIN))
			_exit(EXIT_FAILURE);
		if (got == 1)
			serve(&f);
		if (self.ready)
			deliver();
	}
}
