/* SPDX-License-Identifier: GPL-3.0-or-later */
/* at_general: the commands that are not about messages (ITU-T V.250, TS 27.007). */
#include "at.h"

#include "network.h"
#include "wire.h"

#include <stdio.h>
#include <string.h>

static const struct at_result ok = { AT_OK, 0 }, error = { AT_ERROR, 0 };

enum { CME_BAD_PARAMETER = 50 };

/* ---- V.250 ---- */

/* Settings that change nothing here: Z, &F, Q0, V1, X4, S0=0, &D2, H, I ... */
static struct at_result
agree(struct at_call *c)
{
	(void)c;
	return ok;
}

static struct at_result
echo(struct at_call *c)
{
	at_set_echo(c->modem, c->op == AT_SET && *c->args == '1');
	return ok;
}

/* ---- identity (27.007, 5) ---- */

static struct at_result
say_or_ok(struct at_call *c, const char *text)
{
	if (c->op == AT_SET || c->op == AT_READ)
		return error;
	if (c->op == AT_RUN)
		at_say(c, "%s", text);
	return ok;
}

static struct at_result
cgmi(struct at_call *c)
{
	return say_or_ok(c, "EmuCorp");
}

static struct at_result
cgmm(struct at_call *c)
{
	return say_or_ok(c, "EMU100");
}

static struct at_result
cgmr(struct at_call *c)
{
	return say_or_ok(c, "1.0.0");
}

static struct at_result
cgsn(struct at_call *c)
{
	return say_or_ok(c, c->modem->imei);
}

static struct at_result
cimi(struct at_call *c)
{
	return say_or_ok(c, c->modem->imsi);
}

static struct at_result
cnum(struct at_call *c)
{
	if (c->op == AT_RUN)
		at_say(c, "+CNUM: \"\",\"%s\",145", c->modem->number);
	return ok;
}

/* ---- equipment (27.007, 8 and 9) ---- */

static struct at_result
cmee(struct at_call *c)
{
	int n = at_number(&c->args, 0);

	if (c->op == AT_READ)
		at_say(c, "+CMEE: %d", at_errors(c->modem));
	else if (c->op == AT_TEST)
		at_say(c, "+CMEE: (0-1)");
	else if (n < 0 || n > 1)
		return error;
	else
		at_set_errors(c->modem, n);
	return ok;
}

static struct at_result
cscs(struct at_call *c)
{
	char name[8];

	if (c->op == AT_READ) {
		at_say(c, "+CSCS: \"%s\"", at_charset(c->modem));
		return ok;
	}
	if (c->op == AT_TEST) {
		at_say(c, "+CSCS: (\"GSM\",\"IRA\",\"UCS2\")");
		return ok;
	}
	at_string(&c->args, name, sizeof name);
	if (strcmp(name, "GSM") && strcmp(name, "IRA") && strcmp(name, "UCS2"))
		return (struct at_result){ AT_CME, CME_BAD_PARAMETER };
	at_set_charset(c->modem, name);
	return ok;
}

static struct at_result
cfun(struct at_call *c)
{
	/* 27.007, 8.2: ,1 resets the modem; the simulated one forgets the faults that a reset ends, nothing else */
	if (c->op == AT_SET && !strcmp(c->args, "1,1") && fault_heal_by_reset(&c->modem->faults))
		wire_obey(c->modem);
	if (c->op == AT_READ)
		at_say(c, "+CFUN: 1");
	else if (c->op == AT_TEST)
		at_say(c, "+CFUN: (0,1),(0,1)");
	return ok;
}

static struct at_result
cpin(struct at_call *c)
{
	if (c->op == AT_READ)
		at_say(c, "+CPIN: READY");
	return c->op == AT_SET ? error : ok;
}

static struct at_result
cbc(struct at_call *c)
{
	if (c->op == AT_RUN)
		at_say(c, "+CBC: 0,95");
	return ok;
}

static struct at_result
csq(struct at_call *c)
{
	if (c->op == AT_RUN)
		at_say(c, "+CSQ: %d,0", c->modem->signal);
	else if (c->op == AT_TEST)
		at_say(c, "+CSQ: (0-31,99),(0-7,99)");
	return ok;
}

static struct at_result
cclk(struct at_call *c)
{
	char text[32];

	if (c->op == AT_READ) {
		stamp_print_cclk(network_now(c->modem->net), text);
		at_say(c, "+CCLK: \"%s\"", *c->modem->cclk ? c->modem->cclk : text);
	}
	return ok;
}

/* ---- network (27.007, 7 and 10.1) ---- */

static struct at_result
registration(struct at_call *c, int *mode)
{
	if (c->op == AT_TEST)
		at_say(c, "%s: (0-2)", c->name);
	else if (c->op == AT_SET)
		*mode = at_number(&c->args, 0);
	else if (c->op == AT_READ && *mode == 2 && network_registered(c->modem))
		at_say(c, "%s: 2,%d,\"1A2B\",\"00C3D4E5\"", c->name, c->modem->registration);
	else if (c->op == AT_READ)
		at_say(c, "%s: %d,%d", c->name, *mode, c->modem->registration);
	return ok;
}

static struct at_result
creg(struct at_call *c)
{
	return registration(c, &c->modem->creg);
}

static struct at_result
cgreg(struct at_call *c)
{
	return registration(c, &c->modem->cgreg);
}

static struct at_result
cgatt(struct at_call *c)
{
	if (c->op == AT_READ)
		at_say(c, "+CGATT: %d", network_registered(c->modem));
	return ok;
}

/* Mode 3 only chooses the format of the operator's name: 0 long, 2 numeric. */
static struct at_result
cops(struct at_call *c)
{
	int mode;

	if (c->op == AT_SET) {
		mode = at_number(&c->args, 0);
		if (mode == 3)
			c->modem->cops_format = at_number(&c->args, 0);
	} else if (c->op == AT_TEST) {
		at_say(c, "+COPS: (2,\"TELKOMSEL\",\"TSEL\",\"51010\"),,(0-4),(0-2)");
	} else if (c->op == AT_READ && !network_registered(c->modem)) {
		at_say(c, "+COPS: 0");
	} else if (c->op == AT_READ) {
		at_say(c, "+COPS: 0,%d,\"%s\"", c->modem->cops_format,
		       c->modem->cops_format == 2 ? "51010" : "TELKOMSEL");
	}
	return ok;
}

/* ---- calls (27.007, 6 and 7): the gateway hangs up and wants to see who rang ---- */

static struct at_result
supplementary(struct at_call *c)
{
	if (c->op == AT_READ)
		at_say(c, "%s: 0", c->name);
	else if (c->op == AT_TEST)
		at_say(c, "%s: (0,1)", c->name);
	return ok;
}

const struct at_command at_general_commands[] = {
	{ "E", echo },
	{ "A", agree }, { "H", agree }, { "I", agree }, { "Q", agree }, { "S", agree }, { "V", agree },
	{ "X", agree }, { "Z", agree }, { "&C", agree }, { "&D", agree }, { "&F", agree }, { "&K", agree },
	{ "&W", agree },
	{ "+CGMI", cgmi }, { "+GMI", cgmi }, { "+CGMM", cgmm }, { "+GMM", cgmm }, { "+CGMR", cgmr }, { "+GMR", cgmr },
	{ "+CGSN", cgsn }, { "+GSN", cgsn }, { "+CIMI", cimi }, { "+CNUM", cnum },
	{ "+CMEE", cmee }, { "+CSCS", cscs }, { "+CFUN", cfun }, { "+CPIN", cpin }, { "+CBC", cbc }, { "+CSQ", csq },
	{ "+CCLK", cclk },
	{ "+CREG", creg }, { "+CGREG", cgreg }, { "+CGATT", cgatt }, { "+COPS", cops },
	{ "+CHUP", agree }, { "+CLIP", supplementary }, { "+CRC", supplementary }, { "+CCWA", supplementary },
	{ NULL, NULL }
};
