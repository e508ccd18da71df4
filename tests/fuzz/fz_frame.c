/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_frame: any datagrams from a worker: the supervisor hears them over the real socket, and whoever listens to it
 * answers as the core does. Only the processes are not real. The input: length (2 octets), that many octets, and
 * again; a first octet of FF in front: the frame is there in full size, zeroed behind what is given. */
#include <signal.h>
#include <sys/types.h>

/* No process of ours: nobody is to be hurt. */
static int fuzz_kill(pid_t pid, int number);
static pid_t fuzz_waitpid(pid_t pid, int *status, int options);
#define kill fuzz_kill
#define waitpid fuzz_waitpid
#include "../../src/modem/supervisor.c"
#undef kill
#undef waitpid

#include "fuzz.h"
#include "base/sms.h"

#define FRAMES_MOST 64
#define NOBODY 999999

static int
fuzz_kill(pid_t pid, int number)
{
	(void)pid, (void)number;
	return 0;
}

static pid_t
fuzz_waitpid(pid_t pid, int *status, int options)
{
	(void)options;
	if (status)
		*status = SIGKILL;
	return pid;
}

/* As the core does: what is stored is to be deleted. */
static void
on_fuzz_event(void *ctx, struct modem *modem, const struct modem_event *event)
{
	(void)ctx;
	switch (event->type) {
	case MODEM_EVENT_PART:
		MUST(sms_part_sane(event->part));
		(void)!modem_delete(modem, event->part->slot, event->part->key);
		break;
	case MODEM_EVENT_BROKEN:
		MUST(event->broken.pdu_length <= SMS_RAW_MAX && strnlen(event->broken.reason, FRAME_ERROR_SIZE) < FRAME_ERROR_SIZE);
		(void)!modem_clear(modem, event->broken.slot, event->broken.key);
		break;
	case MODEM_EVENT_SENT:
		MUST(event->sent.id == 1 && event->sent.result < MODEM_SENT_RESULTS);
		break;
	default:
		break;
	}
}

static void
ask_something(struct modem *modem)
{
	struct sms_out message = { .id = 1, .dest = "+6284000000001", .text = "Halo", .sequence = 1, .total = 1 };

	(void)!modem_send(modem, &message);
	modem_sweep(modem);
}

/* The next datagram of the input. */
static size_t
next_frame(const uint8_t **data, size_t *size, struct frame *out)
{
	size_t length = (size_t)(*data)[0] << 8 | (*data)[1];
	bool whole = (*data)[0] == 0xFF;

	if (whole)
		length = (*data)[1] * 4U;
	*data += 2;
	*size -= 2;
	if (length > *size)
		length = *size;
	if (length > sizeof *out)
		length = sizeof *out;
	memset(out, 0, sizeof *out);
	memcpy(out, *data, length);
	*data += length;
	*size -= length;
	for (size_t body = 4; whole && body <= sizeof *out; body++)
		if (frame_sane(out, body, FRAME_TO_CORE))
			return body;
	return length;
}

static void
speak(struct modem *modem, int worker, const uint8_t *data, size_t size)
{
	struct modem_info info;
	static struct frame f;

	for (int n = 0; n < FRAMES_MOST && size > 2 && modem->fd >= 0; n++) {
		size_t length = next_frame(&data, &size, &f);

		if (length > 0 && send(worker, &f, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
			return;
		if (length > 0)
			receive(modem);
		while (recv(worker, &f, sizeof f, MSG_DONTWAIT) > 0)
			MUST(frame_sane(&f, sizeof f, FRAME_TO_WORKER) || f.type < FRAME_TYPES);
		if (n % 4 == 0)
			ask_something(modem);
		modem_info(modem, &info);
		MUST(info.state < MODEM_STATES && memchr(info.error, '\0', sizeof info.error));
		MUST(modem->removals_count < 4096 && modem->reads_count < 4096);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct event_base *base;
	struct modem_conf conf;
	struct modem *modem;
	int pair[2];

	log_level(2);
	if (!base)
		base = event_base_new();
	modem_conf_default(&conf, "gammu");
	snprintf(conf.device, sizeof conf.device, "/dev/null");
	modem = modem_start(base, &conf, on_fuzz_event, NULL);
	MUST(modem && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, pair) == 0);
	modem->fd = pair[0];
	modem->pid = NOBODY;
	modem->pidfd = dup(pair[0]);
	modem->state = MODEM_STARTING;
	modem->request = FRAME_SETUP;
	event_assign(&modem->io, base, modem->fd, EV_READ | EV_PERSIST, on_readable, modem);
	event_assign(&modem->death, base, modem->pidfd, EV_READ, on_death, modem);
	speak(modem, pair[1], data, size);
	close(pair[1]);
	on_death(-1, 0, modem);
	modem_free(modem);
	return 0;
}
