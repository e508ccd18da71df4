/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gammu: one modem through libGammu. Its decoder is not memory-safe, and reads less than we do: it carries the commands
 * and the answers; what a PDU in them says is read by message.h off its log, the only way to it. */
#include "modem/gammu.h"

#include <errno.h>
#include <gammu.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "modem/line.h"
#include "modem/pdu.h"
#include "modem/rawat.h"

#define REPLIES 1               /* with more, a lost OK makes the library repeat the command */
#define NAME_SIZE 256           /* the library writes names without being told a size */
#define LINE_SIZE RAWAT_LINE_SIZE
#define CLEAR_MS 1000
#define SELECT_FDS 1024         /* the library uses select(): its tty is below this */

struct gammu {
	GSM_StateMachine *machine;
	GSM_MultiSMSMessage *multi;         /* 260 kB: once, not on the stack */
	GSM_SMSC smsc;
	struct gammu_identity identity;
	int tty;
	struct message *notices;
	size_t notices_count, notices_next;

	/* From the log. */
	char *pdu_follows;                  /* where the next line belongs */
	char stored[LINE_SIZE];             /* the PDU of the last +CMGR */
	char direct[LINE_SIZE];             /* the PDU of a +CMT or +CDS */
	char last[LINE_SIZE];               /* the last line of a reply */
	char memory[3], phone[3];           /* selected last; what it calls its own beside SM and SR */
	int index;                          /* of the last +CMGR */
	bool ok;                            /* an OK has come */
	bool pdu_sent;                      /* a SUBMIT is on its way to the modem */

	int first_index;                    /* 0 or 1: what it calls its first slot */

	bool told;                          /* the send callback has come, with: */
	int told_status, told_reference;
};

static const char *last_error = "";

/* The only place where success of the library is told from failure: its ERR_NONE is 1. */
static int
errno_of(GSM_Error error)
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
static void
on_incoming(GSM_StateMachine *machine, GSM_SMSMessage *sms, void *ctx)
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

static void
on_sent(GSM_StateMachine *machine, int status, int reference, void *ctx)
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
	int number;

	if (sscanf(g->last, "AT+CPMS=\"%2[A-Z]\"", memory) == 1) {
		memcpy(g->memory, memory, sizeof g->memory);
		if (strcmp(memory, "SM") != 0 && strcmp(memory, "SR") != 0)
			memcpy(g->phone, memory, sizeof g->phone);
	} else if (sscanf(g->last, "AT+CMGR=%6d", &number) == 1) {
		g->index = number;
	}
}

/* A reply is logged line by line before it is decoded: 1 "AT+CMGR=1", 2 "+CMGR: 0,,23", 3 "0791...". */
static void
on_log(const char *text, void *ctx)
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
	remember_command(g);
	if (g->pdu_follows)
		memcpy(g->pdu_follows, g->last, LINE_SIZE);
	g->pdu_follows = NULL;
	if (strncmp(g->last, "+CMGR:", 6) == 0)
		g->pdu_follows = g->stored;
	else if (strncmp(g->last, "+CMT:", 5) == 0 || strncmp(g->last, "+CDS:", 5) == 0)
		g->pdu_follows = g->direct;
}

/* --- opening -------------------------------------------------------------------------------------------- */

static int
set_features(GSM_Config *config, const char *features)
{
	char text[MODEM_FEATURES_SIZE], *save = NULL;
	int count = 0;

	snprintf(text, sizeof text, "%s", features);
	for (char *word = strtok_r(text, ", \t", &save); word; word = strtok_r(NULL, ", \t", &save)) {
		GSM_Feature feature = GSM_FeatureFromString(strncmp(word, "F_", 2) == 0 ? word + 2 : word);

		if (feature == 0 || count == GSM_MAX_PHONE_FEATURES)
			return errno_of(ERR_BADFEATURE);
		config->PhoneFeatures[count++] = feature;
	}
	config->PhoneFeatures[count] = 0;
	return 0;
}

static int
configure(struct gammu *g, const struct modem_conf *conf)
{
	GSM_Config *config = GSM_GetConfig(g->machine, 0);

	free(config->Device);
	free(config->Connection);
	config->Device = xstrdup(conf->device);
	config->Connection = xstrdup(conf->connection);
	snprintf(config->Model, sizeof config->Model, "%s", strcmp(conf->model, "auto") == 0 ? "" : conf->model);
	snprintf(config->DebugLevel, sizeof config->DebugLevel, "textall");
	config->UseGlobalDebugFile = FALSE;
	for (int i = 0; i < MODEM_CNMI; i++)
		config->CNMIParams[i] = conf->cnmi[i];
	GSM_SetConfigNum(g->machine, 1);
	return set_features(config, conf->features);
}

static int
find_tty(const char *device)
{
	struct stat wanted, found;

	if (stat(device, &wanted) != 0)
		return -1;
	for (int fd = 3; fd < SELECT_FDS; fd++)
		if (fstat(fd, &found) == 0 && S_ISCHR(found.st_mode) && found.st_rdev == wanted.st_rdev)
			return fd;
	return -1;
}

/* A number that a modem may decorate with blanks or quotes. */
static void
digits_of(const char *text, char out[MODEM_ID_SIZE])
{
	size_t length = 0;

	for (; *text && length < MODEM_ID_SIZE - 1; text++)
		if (*text >= '0' && *text <= '9')
			out[length++] = *text;
	out[length] = '\0';
}

static void
name_of(int error, const char *text, char out[MODEM_NETWORK_SIZE])
{
	size_t length = 0;

	for (; !error && *text && length < MODEM_NETWORK_SIZE - 1; text++)
		if (*text >= ' ' && *text < 0x7F)
			out[length++] = *text;
	out[length] = '\0';
}

/* The dedupe key needs the IMSI: a modem that could say it but does not now must not go on without. */
static int
identify(struct gammu *g)
{
	char text[NAME_SIZE] = "";
	int error = errno_of(GSM_GetSIMIMSI(g->machine, text));

	if (error && error != -EOPNOTSUPP)
		return error;
	digits_of(error ? "" : text, g->identity.imsi);
	text[0] = '\0';
	error = errno_of(GSM_GetIMEI(g->machine, text));
	digits_of(error ? "" : text, g->identity.imei);
	text[0] = '\0';
	error = errno_of(GSM_GetManufacturer(g->machine, text));
	name_of(error, text, g->identity.manufacturer);
	text[0] = '\0';
	error = errno_of(GSM_GetModel(g->machine, text));
	name_of(error, text, g->identity.model);
	return 0;
}

static int
find_smsc(struct gammu *g, const char *given)
{
	memset(&g->smsc, 0, sizeof g->smsc);
	g->smsc.Location = 1;
	if (*given) {
		DecodeUTF8(g->smsc.Number, given, strlen(given));
		return 0;
	}
	return errno_of(GSM_GetSMSC(g->machine, &g->smsc));
}

static int
connect_modem(struct gammu *g, const struct modem_conf *conf, const char **stage)
{
	int error;

	*stage = "features";
	error = configure(g, conf);
	if (error)
		return error;
	*stage = "open";
	error = errno_of(GSM_InitConnection_Log(g->machine, REPLIES, on_log, g));
	if (error)
		return error;
	*stage = "tty";
	g->tty = find_tty(conf->device);
	if (g->tty < 0)
		return errno_of(ERR_DEVICENOTEXIST);
	GSM_SetSendSMSStatusCallback(g->machine, on_sent, g);
	GSM_SetIncomingSMSCallback(g->machine, on_incoming, g);
	*stage = "imsi";
	error = identify(g);
	if (error)
		return error;
	*stage = "notifications";
	error = errno_of(GSM_SetIncomingSMS(g->machine, TRUE));
	if (gammu_lost(error))
		return error;
	if (error)      /* later notifications are heard all the same, if an init string enables them */
		log_warn("the modem does not offer notifications (%s): messages come with the sweeps", gammu_error());
	*stage = "smsc";
	error = find_smsc(g, conf->smsc);
	if (gammu_lost(error))
		return error;
	if (error)
		log_warn("the SIM has no SMSC number (%s): set smsc, or nothing can be sent", gammu_error());
	return 0;
}

int
gammu_open(const struct modem_conf *conf, struct gammu **out, const char **stage)
{
	struct gammu *g = xcalloc(1, sizeof *g);
	int error;

	GSM_InitLocales(NULL);
	g->tty = -1;
	g->first_index = 1;
	g->multi = xcalloc(1, sizeof *g->multi);
	g->machine = GSM_AllocStateMachine();
	if (!g->machine)
		abort();
	error = connect_modem(g, conf, stage);
	if (error) {
		gammu_close(g);
		return error;
	}
	*out = g;
	return 0;
}

void
gammu_close(struct gammu *g)
{
	if (!g)
		return;
	if (GSM_IsConnected(g->machine))
		GSM_TerminateConnection(g->machine);
	GSM_FreeStateMachine(g->machine);
	free(g->multi);
	free(g->notices);
	free(g);
}

int
gammu_tty(const struct gammu *g)
{
	return g->tty;
}

const struct gammu_identity *
gammu_identity(const struct gammu *g)
{
	return &g->identity;
}

/* --- receiving ------------------------------------------------------------------------------------------ */

void
gammu_listen(struct gammu *g)
{
	do
		GSM_ReadDevice(g->machine, FALSE);
	while (line_pending());
}

/* Whether there is something to read, after that many ms at most. Negative: the tty is gone. */
static int
wait_tty(const struct gammu *g, int64_t ms)
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
		if (wait_tty(g, left) < 0)
			return;
		gammu_listen(g);
	}
}

int
gammu_memories(struct gammu *g, struct gammu_memory out[2])
{
	GSM_SMSMemoryStatus status = { 0 };
	int error = errno_of(GSM_GetSMSStatus(g->machine, &status));

	if (error)
		return error;
	out[0] = (struct gammu_memory) { 0, status.SIMUsed, status.SIMSize };
	out[1] = (struct gammu_memory) { GAMMU_MEMORY, status.PhoneUsed, status.PhoneSize };
	for (int i = 0; i < 2; i++)
		if (!between(out[i].size, 0, GAMMU_MEMORY - 1) || !between(out[i].used, 0, out[i].size))
			return -EBADMSG;
	return 0;
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
	error = errno_of(GSM_GetSMS(g->machine, g->multi));
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
	return errno_of(GSM_DeleteSMS(g->machine, &sms));
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
gammu_delete_raw(struct gammu *g, int slot)
{
	const struct rawat_slot where = raw_slot(g, slot);
	struct rawat_answer answer;
	int error = raw_error(rawat_delete(g->tty, &where, &answer));

	queue_between(g, &answer);
	return error;
}

/* --- sending -------------------------------------------------------------------------------------------- */

/* TP-VP, relative (23.040 9.2.3.12.1), rounded up. */
static int
validity_of(int minutes)
{
	const int hour = 60, day = 24 * hour, week = 7 * day;

	if (minutes <= 0 || minutes > 63 * week)
		return SMS_VALID_Max_Time;
	if (minutes <= 12 * hour)
		return (minutes + 4) / 5 - 1;
	if (minutes <= day)
		return 143 + (minutes - 12 * hour + 29) / 30;
	if (minutes <= 30 * day)
		return 166 + (minutes + day - 1) / day;
	return 192 + (minutes + week - 1) / week;
}

/* Says which part of how many it is (23.040 9.2.3.24.1). */
static void
number_part(GSM_UDHHeader *header, const struct sms_out *message)
{
	header->Type = UDH_ConcatenatedMessages;
	header->ID8bit = message->reference;
	header->PartNumber = message->sequence;
	header->AllParts = message->total;
	GSM_EncodeUDHHeader(NULL, header);
}

/* Text to one SUBMIT in g->multi->SMS[0]. */
static const char *
compose(struct gammu *g, const struct sms_out *message)
{
	static GSM_MultiPartSMSInfo info;
	static unsigned char text[2 * (sizeof message->text + 1)];
	GSM_SMSMessage *sms = &g->multi->SMS[0];

	GSM_ClearMultiPartSMSInfo(&info);
	info.EntriesNum = 1;
	info.Class = -1;
	info.Entries[0].ID = message->total > 1 ? SMS_ConcatenatedTextLong : SMS_ConcatenatedAutoTextLong;
	info.UnicodeCoding = message->ucs2;
	info.Entries[0].Buffer = text;
	DecodeUTF8(text, message->text, strlen(message->text));
	memset(g->multi, 0, sizeof *g->multi);
	if (errno_of(GSM_EncodeMultiPartSMS(NULL, &info, g->multi)) != 0)
		return gammu_error();
	if (g->multi->Number != 1)
		return "more than one part";
	if (message->total > 1)
		number_part(&sms->UDH, message);
	sms->PDU = message->report ? SMS_Status_Report : SMS_Submit;
	sms->SMSC = g->smsc;
	sms->SMSC.Location = 0;
	sms->SMSC.Validity.Format = SMS_Validity_RelativeFormat;
	sms->SMSC.Validity.Relative = (GSM_ValidityPeriod)validity_of(message->validity_minutes);
	DecodeUTF8(sms->Number, message->dest, strlen(message->dest));
	return NULL;
}

/* Until the callback has come or the time is over. 0, -ETIMEDOUT, -EIO. */
static int
wait_told(struct gammu *g, uint32_t wait_ms)
{
	int64_t end = clock_monotonic_ms() + wait_ms;

	while (!g->told) {
		int64_t left = end - clock_monotonic_ms();
		int ready = left > 0 ? wait_tty(g, left) : -ETIMEDOUT;

		if (ready < 0)
			return ready;
		gammu_listen(g);
	}
	return 0;
}

/* A word from the modem is final, but -1 with another last line than ERROR: a reply nobody understood. */
static void
verdict(const struct gammu *g, struct gammu_sent *out)
{
	if (g->told_status == 0) {
		out->result = MODEM_SENT_OK;
		out->reference = g->told_reference;
	} else if (g->told_status > 0) {
		out->result = MODEM_SENT_REFUSED;
		out->cms = between(g->told_status, 1, 65535) ? g->told_status : 0;
		out->error = "CMS";
	} else {
		out->result = strcmp(g->last, "ERROR") == 0 || !g->pdu_sent ? MODEM_SENT_REFUSED : MODEM_SENT_UNKNOWN;
		out->error = "ERROR";
	}
}

void
gammu_send(struct gammu *g, const struct sms_out *message, uint32_t wait_ms, struct gammu_sent *out)
{
	int error;

	*out = (struct gammu_sent) { .result = MODEM_SENT_REFUSED, .reference = -1, .error = "" };
	out->error = compose(g, message);
	if (out->error)
		return;
	out->error = "";
	g->told = g->pdu_sent = false;
	g->last[0] = '\0';
	error = errno_of(GSM_SendSMS(g->machine, &g->multi->SMS[0]));
	if (!error)
		error = wait_told(g, wait_ms);
	if (g->told) {
		verdict(g, out);
		return;
	}
	/* Before the text was written nothing can have gone out; after it nobody knows. */
	out->result = g->pdu_sent ? MODEM_SENT_UNKNOWN : gammu_lost(error) ? MODEM_SENT_NOT : MODEM_SENT_REFUSED;
	out->error = error == -ETIMEDOUT ? "TIMEOUT" : gammu_error();
}

/* --- status --------------------------------------------------------------------------------------------- */

/* Big-endian UTF-16 of the library, fit for a line on a terminal. */
static void
utf8_of(const unsigned char *utf16, size_t most, char *out, size_t size)
{
	uint16_t units[GSM_MAX_NUMBER_LENGTH];
	size_t count;

	for (count = 0; count < most && count < GSM_MAX_NUMBER_LENGTH; count++) {
		uint16_t unit = (uint16_t)(utf16[2 * count] << 8 | utf16[2 * count + 1]);

		if (unit == 0)
			break;
		units[count] = unit < ' ' || (unit >= 0x7F && unit < 0xA0) ? '?' : unit;
	}
	sms_text(units, count, out, size);
}

int
gammu_status(struct gammu *g, int *dbm, char network[MODEM_NETWORK_SIZE])
{
	GSM_SignalQuality signal = { 0 };
	GSM_NetworkInfo info;
	int error = errno_of(GSM_GetSignalQuality(g->machine, &signal));

	*dbm = !error && between(signal.SignalStrength, -150, -1) ? signal.SignalStrength : MODEM_SIGNAL_UNKNOWN;
	network[0] = '\0';
	if (gammu_lost(error))
		return error;
	memset(&info, 0, sizeof info);
	error = errno_of(GSM_GetNetworkInfo(g->machine, &info));
	if (gammu_lost(error))
		return error;
	if (!error && (info.State == GSM_HomeNetwork || info.State == GSM_RoamingNetwork)) {
		utf8_of(info.NetworkName, sizeof info.NetworkName / 2, network, MODEM_NETWORK_SIZE);
		if (network[0] == '\0')
			name_of(0, info.NetworkCode, network);
	}
	return 0;
}
