/* SPDX-License-Identifier: GPL-3.0-or-later */
/* at_sms: the message commands in PDU mode (TS 27.005). */
#include "at.h"

#include "network.h"

#include <event2/buffer.h>

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
	struct modem *m = c->modem;
	const struct fault *wrong = fault_strikes(&m->faults, FAULT_WRONG_COUNT);
	int n[6];

	for (int i = 0; i < 3; i++) {
		n[2 * i] = sim_used(&m->sim, m->mem[i]) + (wrong ? wrong->n : 0);
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

/* SIMs and their modems are known to put a message elsewhere between two commands. */
static void
shift(struct modem *m, int n)
{
	if (fault_strikes(&m->faults, FAULT_MOVE))
		sim_move(&m->sim, m->mem[0], n);
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
	int n = at_number(&c->args, 0);
	struct sim_slot *s = sim_slot(&c->modem->sim, c->modem->mem[0], n);
	char hex[2 * SIM_PDU_MAX + 1];

	if (c->op == AT_TEST)
		return ok;
	if (!s)
		return cms(CMS_BAD_MEMORY_INDEX);
	if (!s->used)
		return c->modem->empty_cms ? cms(c->modem->empty_cms) : ok;
	s->seen |= s->literal != NULL;
	if (s->literal) {
		evbuffer_add(c->info, s->literal, strlen(s->literal));
		shift(c->modem, n);
		return (struct at_result){ AT_LITERAL, 0 };
	}
	pdu_to_hex(s->pdu, s->len, hex);
	at_say(c, "+CMGR: %d,,%d\r\n%s", s->seen, length_of(s), hex);
	s->seen = true;
	shift(c->modem, n);
	return ok;
}

/* A literal answer to +CMGR as one of +CMGL: "+CMGR: " becomes "+CMGL: n,", the final line stays away. */
static void
list_literal(struct at_call *c, int n, const char *answer)
{
	const char *head = strstr(answer, "+CMGR: "), *end = strstr(answer, "\r\nOK\r\n");

	if (!head)
		return;
	head += strlen("+CMGR: ");
	while (end > head && end[-1] == '\n')
		end -= 2;
	at_say(c, "+CMGL: %d,%.*s", n, end > head ? (int)(end - head) : (int)strlen(head), head);
}

static void
list_slot(struct at_call *c, int n, struct sim_slot *s)
{
	char hex[2 * SIM_PDU_MAX + 1];

	if (s->literal) {
		list_literal(c, n, s->literal);
	} else {
		pdu_to_hex(s->pdu, s->len, hex);
		at_say(c, "+CMGL: %d,%d,,%d\r\n%s", n, s->seen, length_of(s), hex);
	}
	s->seen = true;
}

/* 3.4.2: 0 unread, 1 read, 4 all; nothing that waits to be sent is ever stored. */
static struct at_result
cmgl(struct at_call *c)
{
	struct modem *m = c->modem;
	int stat = c->op == AT_SET ? at_number(&c->args, 0) : 0, left;
	const struct fault *brief;

	if (c->op == AT_TEST) {
		at_say(c, "+CMGL: (0-4)");
		return ok;
	}
	if (stat < 0 || stat > 4)
		return cms(CMS_NOT_ALLOWED);
	brief = fault_strikes(&m->faults, FAULT_SHORT_LIST);
	left = brief ? sim_used(&m->sim, m->mem[0]) - brief->n : SIM_SLOTS_MAX;
	for (int n = 1; n <= sim_size(&m->sim, m->mem[0]) && left > 0; n++) {
		struct sim_slot *s = sim_slot(&m->sim, m->mem[0], n);

		if (!s->used || (stat != 4 && stat != s->seen))
			continue;
		list_slot(c, n, s);
		left--;
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
			sim_remove(s);
	}
	/* the network hears that there is room again (TS 23.040, 10.3: SM-MEMORY-AVAILABLE) */
	if (!fault_armed(&m->faults, FAULT_NO_SMMA))
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
