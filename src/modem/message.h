/* SPDX-License-Identifier: GPL-3.0-or-later */
/* message: what a modem gave, read by us alone: the library's decoder has no say in it. Knows no modem. */
#ifndef MODEM_MESSAGE_H
#define MODEM_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sms.h"
#include "modem/rawat.h"

enum message_kind {
	MESSAGE_PART,      /* a message, or a part of one: part */
	MESSAGE_REPORT,    /* a status report: report */
	MESSAGE_BROKEN,    /* nobody can understand it: raw, wrong */
	MESSAGE_HINT       /* the modem has stored something in part.slot: nothing was read */
};

struct message {
	enum message_kind kind;
	struct sms_part part;      /* of the other kinds only slot */
	struct { char number[SMS_ADDRESS_SIZE], time[SMS_TIME_SIZE]; uint8_t reference, status; } report;
	struct rawat_bytes raw;    /* what it was read from */
	const char *wrong;         /* constant */
	bool foreign;              /* the library cannot read it: it will not delete it either */
};

/* Reads octets as service centre address and TPDU (23.040): PART with its key (sim is the IMSI), REPORT or BROKEN. */
void message_read(const struct rawat_bytes *given, int32_t slot, const char *sim, struct message *out);

#endif
