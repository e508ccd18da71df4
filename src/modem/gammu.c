/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gammu: one modem through libGammu. Its decoder is not memory-safe, and reads less than we do: it carries the commands
 * and the answers; what a PDU in them says is read by message.h off its log, the only way to it. */
#include "modem/gammu_parts.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xmalloc.h"
#include "modem/line.h"

#define CLEAR_MS 1000

static const char *last_error = "";

int
gammu_errno(GSM_Error error)
{
	if (error == ERR_NONE)
		return 0;
	last_error = GSM_ErrorName(error);
	switch (error) {
	case ERR_EMPTY:
	case ERR_INVALIDLOCATION:
		return -ENOENT;
	case ERR_TIMEOUT:
		return -ETIMEDOUT;
	case ERR_DEVICENOTEXIST:
	case ERR_DEVICENODRIVER:
		return -ENODEV;
	case ERR_DEVICELOCKED:
	case ERR_DEVICEBUSY:
		return -EBUSY;
	case ERR_DEVICEOPENERROR:
	case ERR_DEVICENOTWORK:
	case ERR_DEVICEWRITEERROR:
	case ERR_DEVICEREADERROR:
	case ERR_NOTCONNECTED:
	case ERR_ABORTED:
		return -EIO;
	case ERR_NOTSUPPORTED:
	case ERR_NOTIMPLEMENTED:
	case ERR_SOURCENOTAVAILABLE:
		return -EOPNOTSUPP;
	case ERR_SECURITYERROR:
	case ERR_PERMISSION:
	case ERR_DEVICENOPERMISSION:
	case ERR_NOSIM:
		return -EACCES;
	default:
		return -EBADMSG;
	}
}

const char *
gammu_error(void)
{
	return last_error;
}

bool
gammu_lost(int error)
{
	return error == -ETIMEDOUT || error == -EIO || error == -ENODEV || error == -EBUSY;
}

static bool
between(int value, int least, int most)
{
	return value >= least && value <= most;
}

/* --- what it has received -------------------------------------------------------------------------------- */

/* Off the log. */
static void
read_line(const struct gammu *g, const char *line, int slot, struct message *out)
{
	struct rawat_bytes given;

	rawat_bytes_of(line, &given);
	message_read(&given, slot, g->identity.imsi, out);
}

/* --- callbacks: they may come from inside any call of the library, so they only queue -------------------- */

static void
queue(struct gammu *g, const struct message *notice)
{
	g->notices = xgrow(g->notices, g->notices_count, sizeof *g->notices);
	g->notices[g->notices_count++] = *notice;
}

/* What came directly. The library has no word for one that it cannot read. */
static void
queue_direct(struct gammu *g)
{
	struct message message;

	if (g->direct[0] == '\0')
		return;
	read_line(g, g->direct, MODEM_NO_SLOT, &message);
	g->direct[0] = '\0';
	queue(g, &message);
}

bool
gammu_notice(struct gammu *g, struct message *out)
{
	queue_direct(g);
	if (g->notices_next == g->notices_count) {
		g->notices_next = g->notices_count = 0;
		return false;
	}
	*out = g->notices[g->notices_next++];
	return true;
}

/* +CMTI and +CDSI say where; after +CMT and +CDS, which bring the message itself, Memory is not set. */
void
gammu_on_incoming(GSM_StateMachine *machine, GSM_SMSMessage *sms, void *ctx)
{
	struct gammu *g = ctx;
	struct message notice = { .kind = MESSAGE_HINT };

	(void)machine;
	if (g->direct[0] != '\0') {
		queue_direct(g);
		return;
	}
	notice.part.slot = sms->Location % GAMMU_MEMORY;
	if (sms->Memory == MEM_SR)
		notice.part.slot += 2 * GAMMU_MEMORY;
	else if (sms->Memory != MEM_SM || sms->Location >= GAMMU_MEMORY)
		notice.part.slot += GAMMU_MEMORY;
	if (notice.part.slot > 0)
		queue(g, &notice);
}

void
gammu_on_sent(GSM_StateMachine *machine, int status, int reference, void *ctx)
{
	struct gammu *g = ctx;

	(void)machine;
	g->told = true;
	g->told_status = status;
	g->told_reference = between(reference, 0, 255) ? reference : -1;
}

/* --- what the library logs ------------------------------------------------------------------------------ */

/* Which memory is selected, how slots are counted: the library does not tell. */
static void
remember_command(struct gammu *g)
{
	char memory[3];
	int number, size;

	if (sscanf(g->last, "AT+CPMS=\"%2[A-Z]\"", memory) == 1) {
		memcpy(g->memory, memory, sizeof g->memory);
		if (strcmp(memory, "SM") != 0 && strcmp(memory, "SR") != 0)
			memcpy(g->phone, memory, sizeof g->phone);
	} else if (sscanf(g->last, "+CPMS: %6d,%6d", &number, &size) == 2 && strcmp(g->memory, "SR") == 0) {
		if (between(size, 1, GAMMU_MEMORY - 1) && between(number, 0, size))
			g->reports = (struct gammu_memory) { 2 * GAMMU_MEMORY, number, size };
	} else if (sscanf(g->last, "AT+CMGR=%6d", &number) == 1) {
		g->index = number;
	}
}

/* A reply is logged line by line before it is decoded: 1 "AT+CMGR=1", 2 "+CMGR: 0,,23", 3 "0791...". */
void
gammu_on_log(const char *text, void *ctx)
{
	struct gammu *g = ctx;
	char *end;
	size_t length;

	if (strcmp(text, "Sending SMS") == 0)
		g->pdu_sent = true;
	if (text[0] < '1' || text[0] > '9')
		return;
	strtoul(text, &end, 10);
	length = strlen(end);
	if (length < 3 || length >= sizeof g->last || end[0] != ' ' || end[1] != '"')
		return;
	snprintf(g->last, sizeof g->last, "%.*s", (int)(length - 3), end + 2);
	g->ok |= strcmp(g->last, "OK") == 0;
	if (strcmp(g->last, "ERROR") == 0 || strncmp(g->last, "+CMS ERROR", 10) == 0 ||
	    strncmp(g->last, "+CME ERROR", 10) == 0)
		snprintf(g->refusal, sizeof g->refusal, "%.10s", g->last);
	if (strncmp(g->last, "+CUSD:", 6) == 0)
		memcpy(g->ussd, g->last, sizeof g->ussd);
	remember_command(g);
	if (g->pdu_follows)
		memcpy(g->pdu_follows, g->last, RAWAT_LINE_SIZE);
	g->pdu_follows = NULL;
	if (strncmp(g->last, "+CMGR:", 6) == 0)
		g->pdu_follows = g->stored;
	else if (strncmp(g->last, "+CMT:", 5) == 0 || strncmp(g->last, "+CDS:", 5) == 0)
		g->pdu_follows = g->direct;
}

/* --- receiving ------------------------------------------------------------------------------------------ */

void
gammu_listen(struct gammu *g)
{
	do
		GSM_ReadDevice(g->machine, FALSE);
	while (line_pending());
}

int
gammu_wait(const struct gammu *g, int64_t ms)
{
	struct pollfd tty = { .fd = g->tty, .events = POLLIN };

	if (line_pending())
		return 1;
	if (poll(&tty, 1, ms < 0 ? 0 : (int)ms) < 0)
		return errno == EINTR ? 0 : -errno;
	return tty.revents & (POLLHUP | POLLERR | POLLNVAL) ? -EIO : tty.revents != 0;
}

void
gammu_clear(struct gammu *g)
{
	int64_t end = clock_monotonic_ms() + CLEAR_MS;

	g->ok = false;
	if (write(g->tty, "AT\r", 3) != 3)
		return;
	for (int64_t left = CLEAR_MS; left > 0 && !g->ok; left = end - clock_monotonic_ms()) {
		if (gammu_wait(g, left) < 0)
			return;
		gammu_listen(g);
	}
}

int
gammu_memories(struct gammu *g, struct gammu_memory out[2])
{
	GSM_SMSMemoryStatus status = { 0 };
	int error = gammu_errno(GSM_GetSMSStatus(g->machine, &status));

	g->reports = (struct gammu_memory) { .base = 2 * GAMMU_MEMORY };
	if (error)
		return error;
	out[0] = (struct gammu_memory) { 0, status.SIMUsed, status.SIMSize };
	out[1] = (struct gammu_memory) { GAMMU_MEMORY, status.PhoneUsed, status.PhoneSize };
	for (int i = 0; i < 2; i++)
		if (!between(out[i].size, 0, GAMMU_MEMORY - 1) || !between(out[i].used, 0, out[i].size))
			return -EBADMSG;
	return 0;
}

struct gammu_memory
gammu_reports(const struct gammu *g)
{
	return g->reports;
}

static void
address_slot(GSM_SMSMessage *sms, int slot)
{
	memset(sms, 0, sizeof *sms);
	sms->Location = slot;
	if (slot >= 2 * GAMMU_MEMORY) {
		sms->Location = slot % GAMMU_MEMORY;
		sms->Memory = MEM_SR;
	}
}

int
gammu_fetch(struct gammu *g, int slot, struct message *out)
{
	int error;

	address_slot(&g->multi->SMS[0], slot);
	g->multi->Number = 0;
	g->stored[0] = '\0';
	g->index = -1;
	error = gammu_errno(GSM_GetSMS(g->machine, g->multi));
	if (g->index >= 0)
		g->first_index = g->index == slot % GAMMU_MEMORY - 1 ? 0 : 1;
	if (gammu_lost(error))
		return error;
	/* With a PDU in it a slot is not empty, whatever the library makes of it. */
	if ((error == -ENOENT || error == -EOPNOTSUPP) && g->stored[0] == '\0')
		return error;
	read_line(g, g->stored, slot, out);
	out->foreign = error != 0;
	return out->kind == MESSAGE_BROKEN ? -EBADMSG : 0;
}

int
gammu_delete(struct gammu *g, int slot)
{
	GSM_SMSMessage sms;

	address_slot(&sms, slot);
	return gammu_errno(GSM_DeleteSMS(g->machine, &sms));
}

/* --- past the library: on its own tty, between its calls ------------------------------------------------- */

static struct rawat_slot
raw_slot(const struct gammu *g, int slot)
{
	const char *const names[] = { "SM", g->phone[0] ? g->phone : "ME", "SR" };

	return (struct rawat_slot) {
		.memory = names[slot / GAMMU_MEMORY % 3], .back = g->memory,
		.index = slot % GAMMU_MEMORY - 1 + g->first_index,
	};
}

/* What came between is passed on as the library would have. */
static void
queue_between(struct gammu *g, const struct rawat_answer *a)
{
	for (size_t i = 0; i < a->news_count; i++) {
		const struct rawat_news *news = &a->news[i];
		struct message notice = { .kind = MESSAGE_HINT };

		if (news->memory[0] == '\0') {
			message_read(&news->direct, MODEM_NO_SLOT, g->identity.imsi, &notice);
		} else {
			notice.part.slot = news->slot % GAMMU_MEMORY + 1 - g->first_index;
			notice.part.slot += strcmp(news->memory, "SM") == 0 ? 0 :
			                    strcmp(news->memory, "SR") == 0 ? 2 * GAMMU_MEMORY : GAMMU_MEMORY;
		}
		queue(g, &notice);
	}
}

static int
raw_error(int error)
{
	if (error)
		last_error = error == -ETIMEDOUT ? "TIMEOUT" : error == -EAGAIN ? "refused" : "tty";
	return error;
}

int
gammu_fetch_raw(struct gammu *g, int slot, struct message *out)
{
	const struct rawat_slot where = raw_slot(g, slot);
	struct rawat_answer answer;
	int error = raw_error(rawat_read(g->tty, &where, &answer));

	queue_between(g, &answer);
	if (error)
		return error;
	message_read(&answer.body, slot, g->identity.imsi, out);
	out->foreign = true;
	return out->kind == MESSAGE_BROKEN ? -EBADMSG : 0;
}

int
gammu_clock(struct gammu *g, char time[SMS_TIME_SIZE])
{
	struct rawat_answer answer;
	int error;

	time[0] = '\0';
	if (g->no_clock)
		return 0;
	error = rawat_clock(g->tty, &answer);
	queue_between(g, &answer);
	g->no_clock = error == -EAGAIN;
	if (error && !g->no_clock)
		return raw_error(error);
	memcpy(time, answer.time, SMS_TIME_SIZE);
	return 0;
}

int
gammu_delete_raw(struct gammu *g, int slot)
{
	const struct rawat_slot where = raw_slot(g, slot);
	struct rawat_answer answer;
	int error = raw_error(rawat_delete(g->tty, &where, &answer));

	queue_between(g, &answer);
	return error;
}
