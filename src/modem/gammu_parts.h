/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gammu_parts: what the files of gammu.h share, and nobody else: gammu.c (what comes from the modem), gammu_open.c (the
 * connection, who is at its other end), gammu_send.c, gammu_dial.c. */
#ifndef MODEM_GAMMU_PARTS_H
#define MODEM_GAMMU_PARTS_H

#include <gammu.h>
#include <stdbool.h>

#include "modem/gammu.h"

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
	char stored[RAWAT_LINE_SIZE];             /* the PDU of the last +CMGR */
	char direct[RAWAT_LINE_SIZE];             /* the PDU of a +CMT or +CDS */
	char ussd[RAWAT_LINE_SIZE];               /* the last +CUSD */
	char last[RAWAT_LINE_SIZE];               /* the last line of a reply */
	char refusal[12];                   /* its beginning, if that was an error: others may follow */
	char memory[3], phone[3];           /* selected last; what it calls its own beside SM and SR */
	int index;                          /* of the last +CMGR */
	struct gammu_memory reports;
	bool ok;                            /* an OK has come */
	bool pdu_sent;                      /* a SUBMIT is on its way to the modem */

	bool no_clock;                      /* it does not know +CCLK */
	int first_index;                    /* 0 or 1: what it calls its first slot */

	bool told;                          /* the send callback has come, with: */
	int told_status, told_reference;
};

/* The only place where success of the library is told from failure: its ERR_NONE is 1. 0 or -errno; what the library
 * called it is kept for gammu_error(). */
int gammu_errno(GSM_Error error);

/* Callbacks of the library: they may come from inside any call of it. */
void gammu_on_log(const char *text, void *gammu);
void gammu_on_incoming(GSM_StateMachine *machine, GSM_SMSMessage *sms, void *gammu);
void gammu_on_sent(GSM_StateMachine *machine, int status, int reference, void *gammu);

/* Whether there is something to read, after that many ms at most. Negative: the tty is gone. */
int gammu_wait(const struct gammu *gammu, int64_t ms);

#endif
