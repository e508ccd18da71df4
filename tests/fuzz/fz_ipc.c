/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_ipc: any datagrams from a worker: the supervisor hears them over the real socket, and whoever listens to it
 * answers as the core does. Only the processes are not real. The input: length (2 octets), that many octets, and
 * again; a first octet of FF in front: the frame is there in full size, zeroed behind what is given. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "base/log.h"
#include "base/sms.h"
#include "modem/supervisor_parts.h"

#define FRAMES_MOST 64
#define NOBODY 999999

/* --- no process of ours: nobody is to be hurt --- */

int
process_start(struct process *process)
{
	*process = PROCESS_NONE;
	return -1;
}

void
process_kill(const struct process *process)
{
	(void)process;
}

bool
process_lives(const struct process *process)
{
	return process->pid > 0;
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
	snprintf(how, size, "signal 9");
}

void
process_stop(struct process *process)
{
	if (process->fd >= 0)
		close(process->fd);
	if (process->death >= 0)
		close(process->death);
	*process = PROCESS_NONE;
}

/* --- the core --- */

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
	case MODEM_EVENT_DIALLED:
		MUST(event->dialled.result < MODEM_DIALLED_RESULTS && strnlen(event->dialled.text, USSD_TEXT_SIZE) < USSD_TEXT_SIZE);
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
	(void)!modem_dial(modem, "*888#");
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

	for (int n = 0; n < FRAMES_MOST && size > 2 && modem->worker.fd >= 0; n++) {
		size_t length = next_frame(&data, &size, &f);

		/* The other side asks the same before it believes anything. */
		MUST(!frame_sane(&f, length, FRAME_TO_WORKER) || f.type < FRAME_TYPES);
		if (length > 0 && send(worker, &f, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
			return;
		if (length > 0)
			supervisor_hear(modem);
		while (recv(worker, &f, sizeof f, MSG_DONTWAIT) > 0)
			MUST(frame_sane(&f, sizeof f, FRAME_TO_WORKER) || f.type < FRAME_TYPES);
		if (n % 4 == 0)
			ask_something(modem);
		modem_info(modem, &info);
		MUST(info.state < MODEM_STATES && memchr(info.error, '\0', sizeof info.error));
		MUST(modem->requests.removals_count < 4096 && modem->requests.reads_count < 4096);
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
	modem->worker = (struct process) { .pid = NOBODY, .fd = pair[0], .death = dup(pair[0]) };
	modem->state = MODEM_STARTING;
	modem->requests.under_way = FRAME_SETUP;
	speak(modem, pair[1], data, size);
	close(pair[1]);
	event_get_callback(&modem->death)(-1, 0, modem);
	modem_free(modem);
	return 0;
}
