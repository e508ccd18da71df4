/* SPDX-License-Identifier: GPL-3.0-or-later */
/* at_sms: the message commands in PDU mode (TS 27.005). */
#include "at.h"

#include "network.h"

#include <stdio.h>
#include <string.h>

static const struct at_result ok = { AT_OK, 0 }, error = { AT_ERROR, 0 };

/* TS 27.005, 3.2.5 */
enum { CMS_NOT_ALLOWED = 302, CMS_BAD_PDU = 304, CMS_BAD_MEMORY_INDEX = 321 };

static struct at_result
cms(int code)
{
	return (struct at_result){ AT_CMS, code };
}

/* ---- settings ---- */

static struct at_result
cmgf(struct at_call *c)
{
	if (c->op == AT_READ)
		at_say(c, "+CMGF: 0");
	else if (c->op == AT_TEST)
		at_say(c, "+CMGF: (0)");
	else
		return at_number(&c->args, 0) ? error : ok;	/* there is no text mode */
	return ok;
}

static struct at_result
csms(struct at_call *c)
{
	if (c->op == AT_READ)
		at_say(c, "+CSMS: 0,1,1,1");
	else if (c->op == AT_TEST)
		at_say(c, "+CSMS: (0)");
	else
		at_say(c, "+CSMS: 1,1,1");
	return ok;
}

static struct at_result
cmms(struct at_call *c)
{
	if (c->op == AT_READ)
		at_say(c, "+CMMS: 0");
	else if (c->op == AT_TEST)
		at_say(c, "+CMMS: (0-2)");
	return ok;
}

static struct at_result
csca(struct at_call *c)
{
	struct modem *m = c->modem;

	if (c->op == AT_READ)
		at_say(c, "+CSCA: \"%s\",%d", m->smsc, *m->smsc == '+' ? 145 : 129);
	else if (c->op == AT_SET)
		at_string(&c->args, m->smsc, sizeof m->smsc);
	return ok;
}

static struct at_result
cnmi(struct at_call *c)
{
	int *cnmi = c->modem->cnmi, most[5] = { 2, 3, 2, c->modem->has_sr ? 2 : 1, 1 }, wanted[5];

	if (c->op == AT_READ) {
		at_say(c, "+CNMI: %d,%d,%d,%d,%d", cnmi[0], cnmi[1], cnmi[2], cnmi[3], cnmi[4]);
		return ok;
	}
	if (c->op == AT_TEST) {
		at_say(c, "+CNMI: (0-2),(0-3),(0,2),(%s),(0,1)", c->modem->has_sr ? "0-2" : "0,1");
		return ok;
	}
	for (int i = 0; i < 5; i++) {
		wanted[i] = at_number(&c->args, cnmi[i]);
		if (wanted[i] < 0 || wanted[i] > most[i] || (i == 2 && wanted[i] == 1))
			return cms(CMS_NOT_ALLOWED);
	}
	memcpy(cnmi, wanted, sizeof wanted);
	return ok;
}

/* ---- memories ---- */

static void
say_memories(struct at_call *c)
{
	const struct modem *m = c->modem;
	int n[6];

	for (int i = 0; i < 3; i++) {
		n[2 * i] = sim_used(&m->sim, m->mem[i]);
		n[2 * i + 1] = sim_size(&m->sim, m->mem[i]);
	}
	if (c->op == AT_READ)
		at_say(c, "+CPMS: \"%s\",%d,%d,\"%s\",%d,%d,\"%s\",%d,%d", sim_name(m->mem[0]), n[0], n[1],
		       sim_name(m->mem[1]), n[2], n[3], sim_name(m->mem[2]), n[4], n[5]);
	else
		at_say(c, "+CPMS: %d,%d,%d,%d,%d,%d", n[0], n[1], n[2], n[3], n[4], n[5]);
}

static struct at_result
cpms(struct at_call *c)
{
	struct modem *m = c->modem;
	enum sim_memory mem[3] = { m->mem[0], m->mem[1], m->mem[2] };

	if (c->op == AT_TEST) {
		at_say(c, "+CPMS: (\"SM\",\"ME\"%s),(\"SM\",\"ME\"),(\"SM\",\"ME\")", m->has_sr ? ",\"SR\"" : "");
		return ok;
	}
	for (int i = 0; c->op == AT_SET && *c->args; i++) {
		char name[8];
		int found;

		at_string(&c->args, name, sizeof name);
		found = sim_memory_of(name);
		/* only reading and deleting knows the memory of reports */
		if (i > 2 || found < 0 || (found == SIM_SR && (i > 0 || !m->has_sr)))
			return cms(CMS_NOT_ALLOWED);
		mem[i] = (enum sim_memory)found;
	}
	memcpy(m->mem, mem, sizeof mem);
	say_memories(c);
	return ok;
}

/* The TPDU's length, as every answer with a PDU says it. */
static int
length_of(const struct sim_slot *s)
{
	int smsc = pdu_smsc_length(s->pdu, s->len);

	return s->len - (smsc < 0 ? 0 : smsc);
}

/* 3.4.3: <stat>,,<length>, and the PDU; reading marks it read. */
static struct at_result
cmgr(struct at_call *c)
{
	struct sim_slot *s = sim_slot(&c->modem->sim, c->modem->mem[0], at_number(&c->args, 0));
	char hex[2 * SIM_PDU_MAX + 1];

	if (c->op == AT_TEST)
		return ok;
	if (!s)
		return cms(CMS_BAD_MEMORY_INDEX);
	if (!s->used)
		return c->modem->empty_cms ? cms(c->modem->empty_cms) : ok;
	pdu_to_hex(s->pdu, s->len, hex);
	at_say(c, "+CMGR: %d,,%d\r\n%s", s->seen, length_of(s), hex);
	s->seen = true;
	return ok;
}

/* 3.4.2: 0 unread, 1 read, 4 all; nothing that waits to be sent is ever stored. */
static struct at_result
cmgl(struct at_call *c)
{
	struct modem *m = c->modem;
	int stat = c->op == AT_SET ? at_number(&c->args, 0) : 0;
	char hex[2 * SIM_PDU_MAX + 1];

	if (c->op == AT_TEST) {
		at_say(c, "+CMGL: (0-4)");
		return ok;
	}
	if (stat < 0 || stat > 4)
		return cms(CMS_NOT_ALLOWED);
	for (int n = 1; n <= sim_size(&m->sim, m->mem[0]); n++) {
		struct sim_slot *s = sim_slot(&m->sim, m->mem[0], n);

		if (!s->used || (stat != 4 && stat != s->seen))
			continue;
		pdu_to_hex(s->pdu, s->len, hex);
		at_say(c, "+CMGL: %d,%d,,%d\r\n%s", n, s->seen, length_of(s), hex);
		s->seen = true;
	}
	return ok;
}

/* 3.5.4: without a flag the one slot, with 1 or 2 all that were read, with 4 all. */
static struct at_result
cmgd(struct at_call *c)
{
	struct modem *m = c->modem;
	int index = at_number(&c->args, 0), flag = at_number(&c->args, 0);

	if (c->op == AT_TEST) {
		at_say(c, "+CMGD: (1-%d),(0-4)", sim_size(&m->sim, m->mem[0]));
		return ok;
	}
	if (flag < 0 || flag > 4 || (!flag && !sim_slot(&m->sim, m->mem[0], index)))
		return cms(CMS_BAD_MEMORY_INDEX);
	for (int n = 1; n <= sim_size(&m->sim, m->mem[0]); n++) {
		struct sim_slot *s = sim_slot(&m->sim, m->mem[0], n);

		if (flag ? flag == 4 || s->seen : n == index)
			s->used = false;
	}
	network_pump(m);
	return ok;
}

/* ---- sending ---- */

/* 3.5.1 and 4.3: <length> octets are announced, the service centre's address not counted. */
static struct at_result
cmgs(struct at_call *c)
{
	if (c->op == AT_TEST)
		return ok;
	c->modem->announced = c->op == AT_SET ? at_number(&c->args, 0) : 0;
	if (c->modem->announced < 8 || c->modem->announced > 164)
		return cms(CMS_BAD_PDU);
	return (struct at_result){ AT_PROMPT, 0 };
}

struct at_result
at_sms_data(struct at_call *c, const char *data)
{
	uint8_t pdu[SIM_PDU_MAX];
	char hex[2 * SIM_PDU_MAX + 1];
	size_t n = 0;
	int len, smsc, mr;

	/* line ends inside the data are not part of it */
	for (; *data && n < sizeof hex - 1; data++) {
		if (*data != '\r' && *data != '\n')
			hex[n++] = *data;
	}
	hex[n] = 0;
	len = pdu_from_hex(hex, pdu, sizeof pdu);
	smsc = len > 0 ? pdu_smsc_length(pdu, (size_t)len) : -1;
	if (smsc < 0 || len - smsc != c->modem->announced)
		return cms(CMS_BAD_PDU);
	mr = network_submit(c->modem, pdu + smsc, (size_t)(len - smsc), hex);
	if (mr < 0)
		return cms(-mr);
	at_say(c, "+CMGS: %d", mr);
	return ok;
}

/* +CNMA: nothing is lost here without it. */
static struct at_result
agree(struct at_call *c)
{
	(void)c;
	return ok;
}

const struct at_command at_sms_commands[] = {
	{ "+CMGF", cmgf }, { "+CSMS", csms }, { "+CMMS", cmms }, { "+CSCA", csca }, { "+CNMI", cnmi },
	{ "+CPMS", cpms }, { "+CMGR", cmgr }, { "+CMGL", cmgl }, { "+CMGD", cmgd }, { "+CMGS", cmgs },
	{ "+CNMA", agree },
	{ NULL, NULL }
};
