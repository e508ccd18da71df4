/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame: sends, receives and checks the values between core and worker. Believes nothing it receives. */
#include "modem/frame.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "modem/supervisor.h"

#define MOST_SLOTS 1000000
#define HEAD offsetof(struct frame, slot)
#define BODY(member) (HEAD + sizeof(((struct frame *)0)->member))

static const struct {
	const char *name;
	enum frame_to to;
	size_t size;
} shapes[FRAME_TYPES] = {
	[FRAME_SETUP] = { "SETUP", FRAME_TO_WORKER, BODY(setup) },
	[FRAME_SWEEP] = { "SWEEP", FRAME_TO_WORKER, HEAD },
	[FRAME_READ] = { "READ", FRAME_TO_WORKER, BODY(slot) },
	[FRAME_DELETE] = { "DELETE", FRAME_TO_WORKER, BODY(remove) },
	[FRAME_SEND] = { "SEND", FRAME_TO_WORKER, BODY(send) },
	[FRAME_CLEAR] = { "CLEAR", FRAME_TO_WORKER, BODY(remove) },
	[FRAME_STATUS] = { "STATUS", FRAME_TO_WORKER, HEAD },
	[FRAME_DIAL] = { "DIAL", FRAME_TO_WORKER, BODY(dial) },
	[FRAME_STOP] = { "STOP", FRAME_TO_WORKER, HEAD },
	[FRAME_READY] = { "READY", FRAME_TO_CORE, BODY(ready) },
	[FRAME_HINT] = { "HINT", FRAME_TO_CORE, BODY(slot) },
	[FRAME_READING] = { "READING", FRAME_TO_CORE, BODY(slot) },
	[FRAME_PART] = { "PART", FRAME_TO_CORE, BODY(part) },
	[FRAME_BROKEN] = { "BROKEN", FRAME_TO_CORE, BODY(broken) },
	[FRAME_SWEPT] = { "SWEPT", FRAME_TO_CORE, BODY(swept) },
	[FRAME_READ_DONE] = { "READ_DONE", FRAME_TO_CORE, BODY(read_done) },
	[FRAME_DELETED] = { "DELETED", FRAME_TO_CORE, BODY(deleted) },
	[FRAME_CLEARED] = { "CLEARED", FRAME_TO_CORE, BODY(deleted) },
	[FRAME_SENT] = { "SENT", FRAME_TO_CORE, BODY(sent) },
	[FRAME_REPORT] = { "REPORT", FRAME_TO_CORE, BODY(report) },
	[FRAME_SIGNAL] = { "SIGNAL", FRAME_TO_CORE, BODY(signal) },
	[FRAME_DIALLED] = { "DIALLED", FRAME_TO_CORE, BODY(dialled) },
	[FRAME_FAILED] = { "FAILED", FRAME_TO_CORE, BODY(failed) },
};

static bool
known(uint32_t type)
{
	return type < FRAME_TYPES && shapes[type].name;
}

const char *
frame_name(uint32_t type)
{
	return known(type) ? shapes[type].name : "?";
}

void
frame_clear(struct frame *frame, enum frame_type type)
{
	memset(frame, 0, sizeof *frame);
	frame->type = type;
}

int
frame_send(int fd, const struct frame *frame)
{
	ssize_t sent;

	do
		sent = send(fd, frame, shapes[frame->type].size, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

/* Ends within its array and can be shown on a terminal or in a log as it is. */
static bool
string_sane(const char *text, size_t size)
{
	const char *end = memchr(text, '\0', size);

	if (!end)
		return false;
	for (; text < end; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			return false;
	return true;
}

#define STRING_SANE(array) string_sane((array), sizeof(array))

static bool
between(int64_t value, int64_t least, int64_t most)
{
	return value >= least && value <= most;
}

static bool
conf_sane(const struct modem_conf *conf)
{
	for (int i = 0; i < MODEM_INITS; i++)
		if (!STRING_SANE(conf->init[i]))
			return false;
	for (int i = 0; i < MODEM_CREDITS; i++)
		if (!STRING_SANE(conf->credit[i].code))
			return false;
	for (int i = 0; i < MODEM_CNMI; i++)
		if (!between(conf->cnmi[i], -1, 9))
			return false;
	return STRING_SANE(conf->name) && STRING_SANE(conf->device) && STRING_SANE(conf->connection) &&
	       STRING_SANE(conf->model) && STRING_SANE(conf->features) && STRING_SANE(conf->smsc) &&
	       STRING_SANE(conf->recover) && modem_conf_check(conf) == NULL;
}

static bool
setup_sane(const struct frame *f)
{
	if (f->setup.reset > 1 || f->setup.avoided_count > FRAME_AVOIDED)
		return false;
	for (uint32_t i = 0; i < f->setup.avoided_count; i++)
		if (!between(f->setup.avoided[i], 0, MOST_SLOTS))
			return false;
	return conf_sane(&f->setup.conf);
}

static bool
send_sane(const struct frame *f)
{
	const struct sms_out *out = &f->send.message;
	unsigned char report, ucs2;

	/* A bool of another value than 0 or 1 must not even be read as one. */
	memcpy(&report, &out->report, sizeof report);
	memcpy(&ucs2, &out->ucs2, sizeof ucs2);
	return report <= 1 && ucs2 <= 1 && out->sequence >= 1 && out->sequence <= out->total &&
	       out->total <= SMS_OUT_PARTS_MAX && f->send.pace < MODEM_PACES && STRING_SANE(out->dest) &&
	       memchr(out->text, '\0', sizeof out->text) && out->validity_minutes >= 0;
}

static bool
digits_sane(const char *text, size_t size)
{
	return string_sane(text, size) && text[strspn(text, "0123456789")] == '\0';
}

static bool
ready_sane(const struct frame *f)
{
	return digits_sane(f->ready.imei, sizeof f->ready.imei) && digits_sane(f->ready.imsi, sizeof f->ready.imsi) &&
	       STRING_SANE(f->ready.manufacturer) && STRING_SANE(f->ready.model);
}

static bool
swept_sane(const struct frame *f)
{
	for (int i = 0; i < FRAME_MEMORIES; i++)
		if (!between(f->swept.size[i], 0, MOST_SLOTS) || !between(f->swept.used[i], 0, f->swept.size[i]))
			return false;
	return between(f->swept.read, 0, MOST_SLOTS) && between(f->swept.unreadable, 0, MOST_SLOTS) &&
	       STRING_SANE(f->swept.error);
}

static bool
body_sane(const struct frame *f)
{
	switch ((enum frame_type)f->type) {
	case FRAME_SETUP:
		return setup_sane(f);
	case FRAME_READ:
	case FRAME_HINT:
	case FRAME_READING:
		return between(f->slot, 0, MOST_SLOTS);
	case FRAME_DELETE:
	case FRAME_CLEAR:
		return between(f->remove.slot, 0, MOST_SLOTS) && f->remove.raw <= 1 &&
		       f->remove.verify <= 1;
	case FRAME_SEND:
		return send_sane(f);
	case FRAME_READY:
		return ready_sane(f);
	case FRAME_PART:
		return sms_part_sane(&f->part);
	case FRAME_SWEPT:
		return swept_sane(f);
	case FRAME_BROKEN:
		return between(f->broken.slot, MODEM_NO_SLOT, MOST_SLOTS) && f->broken.length <= sizeof f->broken.raw &&
		       STRING_SANE(f->broken.reason);
	case FRAME_READ_DONE:
		return between(f->read_done.slot, 0, MOST_SLOTS) && f->read_done.found < FRAME_SLOT_RESULTS;
	case FRAME_DELETED:
	case FRAME_CLEARED:
		return between(f->deleted.slot, 0, MOST_SLOTS) && f->deleted.result < MODEM_DELETED_RESULTS;
	case FRAME_SENT:
		return f->sent.result < MODEM_SENT_RESULTS && f->sent.sequence <= SMS_OUT_PARTS_MAX &&
		       between(f->sent.reference, -1, 255) && between(f->sent.cms, 0, 65535) && STRING_SANE(f->sent.error);
	case FRAME_REPORT:
		return STRING_SANE(f->report.number) && STRING_SANE(f->report.time) && f->report.reference <= 255 &&
		       f->report.status <= 255;
	case FRAME_SIGNAL:
		return between(f->signal.dbm, -200, 0) && STRING_SANE(f->signal.network) &&
		       STRING_SANE(f->signal.time);
	case FRAME_DIAL:
		return STRING_SANE(f->dial.code) && ussd_code_sane(f->dial.code);
	case FRAME_DIALLED:
		return f->dialled.result < MODEM_DIALLED_RESULTS && STRING_SANE(f->dialled.text) &&
		       sms_units(f->dialled.text) >= 0 && STRING_SANE(f->dialled.error);
	case FRAME_FAILED:
		return STRING_SANE(f->failed.stage) && STRING_SANE(f->failed.error) && f->failed.blame <= 1;
	default:
		return true;
	}
}

bool
frame_sane(const struct frame *frame, size_t length, enum frame_to to)
{
	return length >= HEAD && known(frame->type) && shapes[frame->type].to == to &&
	       length == shapes[frame->type].size && body_sane(frame);
}

int
frame_receive(int fd, enum frame_to to, struct frame *frame)
{
	ssize_t got;

	memset(frame, 0, sizeof *frame);
	do
		got = recv(fd, frame, sizeof *frame, MSG_TRUNC);   /* the true length, also of one too long */
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return errno == ECONNRESET ? 0 : -errno;
	if (got == 0)
		return 0;
	return frame_sane(frame, (size_t)got, to) ? 1 : -EBADMSG;
}
