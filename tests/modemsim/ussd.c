/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ussd: +CUSD and a small service behind it. */
#include "ussd.h"

#include "at.h"
#include "gsm7.h"
#include "order.h"
#include "pdu.h"
#include "texts.h"
#include "utf16.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NETWORK_MS = 50,	/* from OK to +CUSD */
	TEXT = 183,		/* octets of a USSD string (TS 23.038, 5) */
	CODE = 32,
	DONE = 0, REPLY_WANTED = 1, NOT_SUPPORTED = 4	/* <m> */
};

/* How the text is written: in the character set of +CSCS, or in one that the modem likes better. */
enum form { BY_CHARSET, PLAIN, UCS2, PACKED, OCTETS, FORMS };
static const char *const forms[FORMS] = { "charset", "plain", "ucs2", "packed", "octets" };

/* What the operator of the network answers to a code, as an order has set it. */
struct answer {
	char      code[CODE];	/* "" none is set */
	char      text[4 * TEXT];
	int       m, dcs;
	enum form form;
	int       ms;		/* from OK to +CUSD; -1 before OK */
	bool      silent;	/* OK, and nothing more */
};

struct ussd {
	struct modem *modem;
	struct event *due;
	bool          in_menu;
	struct answer now;		/* under way */
	struct answer set;
};

static const struct {
	const char *dialled;
	bool        in_menu;	/* an answer to the menu, not a code */
	int         m;
	const char *text;
} service[] = {
	{ "*888#", false, DONE, "Pulsa Rp25.000 aktif s/d 31-12-2026" },
	{ "*123#", false, REPLY_WANTED, "Menu: 1 Kuota 2 Paket 0 Keluar" },
	{ "1", true, DONE, "Kuota SMS 100" },
	{ "2", true, REPLY_WANTED, "Paket: 1 Harian 0 Keluar" },
	{ "0", true, DONE, "Terima kasih" },
};

static void
set_answer(struct ussd *u, int m, const char *text)
{
	u->now = (struct answer){ .m = m, .dcs = -1, .ms = NETWORK_MS };
	snprintf(u->now.text, sizeof u->now.text, "%s", text);
}

static void
serve(struct ussd *u, const char *dialled)
{
	bool in_menu = u->in_menu;

	set_answer(u, in_menu ? DONE : NOT_SUPPORTED, in_menu ? "Pilihan tidak dikenal" : "");
	for (size_t i = 0; i < sizeof service / sizeof *service; i++) {
		if (service[i].in_menu == in_menu && !strcmp(service[i].dialled, dialled))
			set_answer(u, service[i].m, service[i].text);
	}
	if (!in_menu && !strcmp(dialled, "*808#"))
		set_answer(u, DONE, u->modem->number);
	if (*u->set.code && !strcmp(u->set.code, dialled))
		u->now = u->set;
	u->in_menu = u->now.m == REPLY_WANTED;
}

static void
write_units(const uint16_t *units, int n, bool octets, char *hex)
{
	*hex = '\0';
	for (int i = 0; i < n; i++)
		hex += sprintf(hex, octets ? "%02X" : "%04X", units[i] & (octets ? 0xFFu : 0xFFFFu));
}

static void
write_packed(const uint16_t *units, int n, char *hex)
{
	uint8_t septets[2 * TEXT], octets[2 * TEXT] = { 0 };
	size_t count = 0;

	for (int i = 0; i < n; i++)
		count += (size_t)gsm7_encode(units[i], septets + count);
	pdu_to_hex(octets, septets_pack(septets, count, 0, octets), hex);
}

/* "+CUSD: 0,"text",15"; the charset UCS2 is hexadecimal. */
static void
write_answer(const struct ussd *u, char *out, size_t size)
{
	const struct answer *a = &u->now;
	enum form form = a->form != BY_CHARSET ? a->form : at_is_ucs2(u->modem) ? UCS2 : PLAIN;
	uint16_t units[TEXT];
	char text[8 * TEXT + 1];
	int n = utf16_from_utf8(a->text, units, TEXT);

	texts_note(a->text);
	snprintf(text, sizeof text, "%s", a->text);
	if (form == UCS2 || form == OCTETS)
		write_units(units, n, form == OCTETS, text);
	else if (form == PACKED)
		write_packed(units, n, text);
	if (*a->text)
		snprintf(out, size, "+CUSD: %d,\"%s\",%d", a->m, text, a->dcs >= 0 ? a->dcs : form == UCS2 ? 72 : 15);
	else
		snprintf(out, size, "+CUSD: %d", a->m);
}

static void
say_answer(struct ussd *u)
{
	char line[9 * TEXT];

	write_answer(u, line, sizeof line);
	at_urc(u->modem, "%s", line);
}

static void
on_due(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	say_answer(arg);
}

/* What the terminal dialled, as UTF-8; false if it is no string of its character set. */
static bool
read_string(const struct modem *m, const char *raw, char out[TEXT + 1])
{
	uint8_t octets[2 * TEXT];
	uint16_t units[TEXT];
	char *text;
	int n;

	if (!at_is_ucs2(m)) {
		snprintf(out, TEXT + 1, "%.*s", TEXT, raw);
		return true;
	}
	n = pdu_from_hex(raw, octets, sizeof octets);
	if (n < 0 || n % 2)
		return false;
	for (int i = 0; i < n; i += 2)
		units[i / 2] = (uint16_t)(octets[i] << 8 | octets[i + 1]);
	text = utf16_to_utf8(units, (size_t)n / 2);
	snprintf(out, TEXT + 1, "%.*s", TEXT, text);
	free(text);
	return true;
}

static void
answer_in_time(struct at_call *c, struct ussd *u)
{
	struct timeval later = { u->now.ms / 1000, u->now.ms % 1000 * 1000 };
	char line[9 * TEXT];

	if (u->now.silent)
		return;
	if (u->now.ms >= 0) {
		event_add(u->due, &later);
		return;
	}
	write_answer(u, line, sizeof line);
	at_say(c, "%s", line);
}

static struct at_result
cusd(struct at_call *c)
{
	static const struct at_result ok = { AT_OK, 0 }, error = { AT_ERROR, 0 };
	struct ussd *u = c->modem->ussd;
	char raw[4 * TEXT + 1], dialled[TEXT + 1];
	int n;

	if (c->op == AT_READ)
		at_say(c, "+CUSD: 1");
	else if (c->op == AT_TEST)
		at_say(c, "+CUSD: (0-2)");
	if (c->op != AT_SET)
		return ok;
	n = at_number(&c->args, 0);
	at_string(&c->args, raw, sizeof raw);
	if (n == 2) {
		u->in_menu = false;
		event_del(u->due);
	}
	if (n == 2 || !*raw)
		return ok;
	if (!read_string(c->modem, raw, dialled))
		return error;
	serve(u, dialled);
	answer_in_time(c, u);
	return ok;
}

struct ussd *
ussd_new(struct modem *m, struct event_base *base)
{
	struct ussd *u = calloc(1, sizeof *u);

	if (!u)
		abort();
	u->modem = m;
	u->due = event_new(base, -1, 0, on_due, u);
	if (!u->due)
		abort();
	return u;
}

void
ussd_free(struct ussd *u)
{
	event_free(u->due);
	free(u);
}

const struct at_command ussd_commands[] = {
	{ "+CUSD", cusd },
	{ NULL, NULL }
};

/* ---- orders ---- */

static json_t *
order_ussd(struct network *net, struct modem *m, json_t *o)
{
	struct answer a = { .m = order_number(o, "m", DONE), .dcs = order_number(o, "dcs", -1),
			    .ms = order_number(o, "ms", NETWORK_MS), .silent = order_flag(o, "silent", false) };
	const char *form = order_string(o, "form", forms[BY_CHARSET]);

	(void)net;
	while (a.form < FORMS && strcmp(forms[a.form], form))
		a.form++;
	if (a.form == FORMS)
		return orders_error("no form \"%s\"", form);
	snprintf(a.code, sizeof a.code, "%s", order_string(o, "code", ""));
	snprintf(a.text, sizeof a.text, "%s", order_string(o, "text", ""));
	m->ussd->set = a;
	return order_done();
}

const struct order ussd_orders[] = {
	{ "ussd", order_ussd },
	{ NULL, NULL }
};
