/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gammu_dial: a USSD code to the network, and its answer, which is read off the library's log by ussd.h. */
#include "modem/gammu_parts.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"

/* The library says OK to whatever AT+CUSD=1 and AT+CUSD=2 were answered with: refusals are read off the log. Both also
 * choose a character set, which a silent modem does not answer. */
static int
present(struct gammu *g, bool on)
{
	int error;

	g->refusal[0] = '\0';
	error = gammu_errno(GSM_SetIncomingUSSD(g->machine, on ? TRUE : FALSE));
	return gammu_lost(error) ? error : 0;
}

/* Until a +CUSD has come or the time is over: 0, -EAGAIN nothing came, -EIO the tty is gone. */
static int
wait_answer(struct gammu *g, uint32_t wait_ms)
{
	int64_t end = clock_monotonic_ms() + wait_ms;

	while (g->ussd[0] == '\0') {
		int64_t left = end - clock_monotonic_ms();
		int ready = left > 0 ? gammu_wait(g, left) : -EAGAIN;

		if (ready < 0)
			return ready;
		gammu_listen(g);
	}
	return 0;
}

static enum modem_dialled
verdict(const struct ussd_answer *answer)
{
	switch (answer->state) {
	case USSD_DONE:
		return MODEM_DIALLED_ANSWERED;
	case USSD_REPLY_WANTED:
		return MODEM_DIALLED_MENU;
	case USSD_TERMINATED:
		return MODEM_DIALLED_ENDED;
	case USSD_NOT_SUPPORTED:
		return MODEM_DIALLED_NOT_SUPPORTED;
	case USSD_TIMEOUT:
		return MODEM_DIALLED_TIMEOUT;
	default:
		return MODEM_DIALLED_REFUSED;
	}
}

/* Some modems refuse AT+CUSD=1 alone and take it with a code. */
static int
dial(struct gammu *g, const char *code, uint32_t wait_ms, struct gammu_dialled *out)
{
	int error = present(g, true);
	bool refused = g->refusal[0] != '\0';
	char number[USSD_CODE_SIZE];

	if (error)
		return error;
	g->ussd[0] = g->refusal[0] = '\0';
	memcpy(number, code, strlen(code) + 1);
	error = gammu_errno(GSM_DialService(g->machine, number));
	if (gammu_lost(error))
		return error;
	if (g->ussd[0] == '\0' && (error || g->refusal[0] != '\0')) {
		out->result = refused ? MODEM_DIALLED_NO_USSD : MODEM_DIALLED_REFUSED;
		out->error = strcmp(g->refusal, "ERROR") == 0 || !error ? "ERROR" : gammu_error();
		return 0;
	}
	error = wait_answer(g, wait_ms);
	if (error)
		return error == -EAGAIN ? 0 : error;
	if (ussd_read(g->ussd, &out->answer))
		out->result = verdict(&out->answer);
	else
		out->result = MODEM_DIALLED_REFUSED, out->error = "+CUSD not understood";
	return 0;
}

int
gammu_dial(struct gammu *g, const char *code, uint32_t wait_ms, struct gammu_dialled *out)
{
	int error;

	memset(out, 0, sizeof *out);
	out->result = MODEM_DIALLED_TIMEOUT;
	out->error = "";
	error = dial(g, code, wait_ms, out);
	if (error)
		out->error = gammu_error();
	/* Ends a session that is open, and what the network sends of its own accord stays with the modem. */
	return error ? error : present(g, false);
}
