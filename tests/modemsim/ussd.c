/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ussd: +CUSD and a small service behind it. */
#include "ussd.h"

#include "at.h"
#include "pdu.h"
#include "utf16.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NETWORK_MS = 50,	/* from OK to +CUSD */
	TEXT = 183,		/* octets of a USSD string (TS 23.038, 5) */
	DONE = 0, REPLY_WANTED = 1, NOT_SUPPORTED = 4	/* <m> */
};

struct ussd {
	struct modem *modem;
	struct event *due;
	bool          in_menu;
	int           m;		/* of the answer under way */
	char          text[TEXT + 1];
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
	u->m = m;
	u->in_menu = m == REPLY_WANTED;
	snprintf(u->text, sizeof u->text, "%s", text);
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
}

/* The text in the character set of +CSCS: UCS2 is hex. */
static void
say_answer(struct ussd *u)
{
	uint16_t units[TEXT];
	char hex[4 * TEXT + 1] = "";
	int n;

	if (!*u->text) {
		at_urc(u->modem, "+CUSD: %d", u->m);
		return;
	}
	if (!at_is_ucs2(u->modem)) {
		at_urc(u->modem, "+CUSD: %d,\"%s\",15", u->m, u->text);
		return;
	}
	n = utf16_from_utf8(u->text, units, TEXT);
	for (int i = 0; i < n; i++)
		sprintf(hex + 4 * i, "%04X", units[i]);
	at_urc(u->modem, "+CUSD: %d,\"%s\",72", u->m, hex);
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

static struct at_result
cusd(struct at_call *c)
{
	static const struct at_result ok = { AT_OK, 0 }, error = { AT_ERROR, 0 };
	static const struct timeval soon = { 0, NETWORK_MS * 1000 };
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
	event_add(u->due, &soon);
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
