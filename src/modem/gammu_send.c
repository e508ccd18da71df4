/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gammu_send: a text to a SUBMIT, over to the modem, and what became of it. */
#include "modem/gammu_parts.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/cms.h"

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
	if (gammu_errno(GSM_EncodeMultiPartSMS(NULL, &info, g->multi)) != 0)
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
		int ready = left > 0 ? gammu_wait(g, left) : -ETIMEDOUT;

		if (ready < 0)
			return ready;
		gammu_listen(g);
	}
	return 0;
}

/* A word from the modem is final, but -1 without an ERROR: a reply nobody understood. */
static void
verdict(const struct gammu *g, struct gammu_sent *out)
{
	if (g->told_status == 0) {
		out->result = MODEM_SENT_OK;
		out->reference = g->told_reference;
	} else if (g->told_status > 0) {
		out->result = MODEM_SENT_REFUSED;
		out->cms = g->told_status <= 65535 ? g->told_status : 0;
		if (strcmp(g->refusal, "+CME ERROR") == 0)      /* the library does not tell which it was */
			out->cms = cms_of_cme(g->told_status);
		out->error = "CMS";
	} else {
		out->result = strcmp(g->refusal, "ERROR") == 0 || !g->pdu_sent ? MODEM_SENT_REFUSED : MODEM_SENT_UNKNOWN;
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
	g->refusal[0] = '\0';
	error = gammu_errno(GSM_SendSMS(g->machine, &g->multi->SMS[0]));
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
