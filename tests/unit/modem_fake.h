/* SPDX-License-Identifier: GPL-3.0-or-later */
/* modem_fake: modems that only remember what they were asked. It stands in for modem/supervisor.c: included in one
 * source file, it is linked instead. */
#ifndef UNIT_MODEM_FAKE_H
#define UNIT_MODEM_FAKE_H

#include <string.h>

#include "modem/supervisor.h"

struct modem {
	const char *name;
	int answer;                     /* of modem_send() */
	struct sms_out sent;            /* the last message */
	int sends, deletes, clears, sweeps;
	char dialled[USSD_CODE_SIZE];   /* the last code */
	int dials, dial_answer;         /* dial_answer: of modem_dial() */
	bool down;
	bool alarm;                     /* and how many are stuck: for modem_info() */
	int stuck;
};

const char *
modem_name(const struct modem *modem)
{
	return modem->name;
}

void
modem_info(const struct modem *modem, struct modem_info *out)
{
	*out = (struct modem_info){ .name = modem->name, .state = modem->down ? MODEM_DOWN : MODEM_UP, .imsi = "510100000000001",
					.alarm = modem->alarm, .slots_stuck = modem->stuck };
}

int
modem_send(struct modem *modem, const struct sms_out *message)
{
	if (modem->answer != 0)
		return modem->answer;
	modem->sent = *message;
	modem->sends++;
	return 0;
}

int
modem_delete(struct modem *modem, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	(void)slot;
	(void)key;
	modem->deletes++;
	return 0;
}

int
modem_clear(struct modem *modem, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	(void)slot;
	(void)key;
	modem->clears++;
	return 0;
}

void
modem_sweep(struct modem *modem)
{
	modem->sweeps++;
}

int
modem_dial(struct modem *modem, const char *code)
{
	if (modem->dial_answer != 0)
		return modem->dial_answer;
	strcpy(modem->dialled, code);
	modem->dials++;
	return 0;
}

const char *
modem_dialled_name(enum modem_dialled result)
{
	return result == MODEM_DIALLED_ANSWERED ? "ANSWERED" : result == MODEM_DIALLED_TIMEOUT ? "TIMEOUT" : "DIALLED";
}

const char *
modem_state_name(enum modem_state state)
{
	return state == MODEM_UP ? "UP" : "STATE";
}

const char *
modem_stage_name(enum modem_stage stage)
{
	(void)stage;
	return "stage";
}

const char *
modem_sent_name(enum modem_sent result)
{
	(void)result;
	return "RESULT";
}

#endif
