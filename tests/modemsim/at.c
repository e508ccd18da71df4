/* SPDX-License-Identifier: GPL-3.0-or-later */
/* at: the command interpreter of one modem. */
#include "at.h"

#include "dialogue.h"
#include "distort.h"
#include "journal.h"
#include "sent.h"

#include <ctype.h>
#include <event2/buffer.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	COMMAND_MAX = 1024,	/* a command line, or the hex of one message */
	INPUT_MAX = 16 * 1024,	/* typed ahead while an answer is on its way */
	URC_MAX   = 8 * 1024,	/* unsolicited codes held back meanwhile */
	NAME_SIZE = 24,
	NAMES     = 128,
	CTRL_Z = 0x1A, ESC = 0x1B
};

struct at {
	struct modem    *modem;
	struct evbuffer *input, *answer, *urcs;
	struct event    *due, *revival;
	bool             busy;		/* a command is executing or its answer is delayed */
	bool             prompted;	/* bytes are data of +CMGS */
	bool             data_follows;	/* the answer under way is the prompt */
	bool             dead;		/* hangs: neither takes nor answers anything */
	bool             overtake;
	bool             echo;
	int              cmee;
	char             charset[8];
	char             line[COMMAND_MAX + 1];
	size_t           len;
	struct fault_plan plan;		/* what strikes the command being executed */
	struct {
		char          name[NAME_SIZE];
		unsigned long n;
	} seen[NAMES];
};

/* ---- answers ---- */

static void
put(struct at *at, const char *text)
{
	pty_write(&at->modem->line, text, strlen(text));
}

static void
put_buffer(struct at *at, struct evbuffer *b)
{
	size_t n = evbuffer_get_length(b);

	if (n)
		pty_write(&at->modem->line, (const char *)evbuffer_pullup(b, -1), n);
	evbuffer_drain(b, n);
}

/* A message counts as acknowledged when its reference and an OK leave unharmed (27.005, 3.5.1). */
static void
acknowledge(struct at *at)
{
	uint64_t part = at->modem->submitted;
	struct evbuffer_ptr mr, end;

	if (!part)
		return;
	at->modem->submitted = 0;
	mr = evbuffer_search(at->answer, "\n+CMGS: ", 8, NULL);
	end = evbuffer_search(at->answer, "\nOK", 3, NULL);
	if (mr.pos >= 0 && end.pos > mr.pos)
		sent_acknowledge(part);
}

/* The answer is complete: it goes out, then what had to wait for it. */
static void
release(struct at *at)
{
	acknowledge(at);
	put_buffer(at, at->answer);
	at->busy = false;
	at->prompted = at->data_follows;
	at->data_follows = false;
	if (!at->prompted)
		put_buffer(at, at->urcs);
}

static void read_on(struct at *at);

static void
on_due(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	release(arg);
	read_on(arg);
}

static void
add_final(struct at *at, struct evbuffer *out, struct at_result r)
{
	switch (r.final) {
	case AT_OK:
		evbuffer_add_printf(out, "\r\nOK\r\n");
		break;
	case AT_CMS:
		/* 27.005 gives +CMS no switch; what modems do under CMEE=0 differs */
		evbuffer_add_printf(out, "\r\n+CMS ERROR: %d\r\n", r.code);
		break;
	case AT_CME:
		if (at->cmee) {
			evbuffer_add_printf(out, "\r\n+CME ERROR: %d\r\n", r.code);
			break;
		}
		/* fall through */
	case AT_ERROR:
		evbuffer_add_printf(out, "\r\nERROR\r\n");
		break;
	case AT_PROMPT:
		evbuffer_add_printf(out, "\r\n> ");
		break;
	case AT_LITERAL:
		break;
	}
}

/* From now on nothing is taken and nothing answered; the answer under way is lost. */
static void
die(struct at *at, int ms)
{
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	at->dead = true;
	evbuffer_drain(at->input, evbuffer_get_length(at->input));
	evbuffer_drain(at->answer, evbuffer_get_length(at->answer));
	if (ms > 0)
		event_add(at->revival, &tv);
}

static void
note(struct at *at, const char *name, struct evbuffer *final)
{
	char faults[128];

	fault_print(&at->plan, faults, sizeof faults);
	if (*faults)
		dialogue_note(at->modem->index, '!', faults, strlen(faults));
	journal_add(at->modem->index, dialogue_time(), strcmp(name, "PDU") ? "" : "PDU ", at->line, faults,
		    (const char *)evbuffer_pullup(final, -1), evbuffer_get_length(final));
}

static int
delay_of(const struct at *at, const char *name, struct at_result r)
{
	bool sent = r.final != AT_PROMPT && (!strcmp(name, "+CMGS") || !strcmp(name, "PDU"));
	const struct fault *late = fault_planned(&at->plan, FAULT_DELAY);

	return at->modem->latency_ms + (sent ? at->modem->send_ms : 0) + (late ? late->ms : 0);
}

/* Every answer to every command passes here, with the command's name (PDU for the data of +CMGS) and before any byte
 * of it is sent: the one place where an answer is changed, delayed or lost. Takes what is in info. */
static void
answer(struct at *at, const char *name, struct evbuffer *info, struct at_result r)
{
	const struct fault *hang = fault_planned(&at->plan, FAULT_HANG);
	int delay = delay_of(at, name, r);
	struct timeval tv = { delay / 1000, delay % 1000 * 1000 };
	struct evbuffer *final = evbuffer_new();

	if (!final)
		abort();
	add_final(at, final, r);
	note(at, name, final);
	distort(&at->modem->faults, &at->plan, info, final, at->answer);
	at->plan.n = 0;
	at->data_follows = r.final == AT_PROMPT;
	if (hang)
		die(at, hang->ms);
	else if (delay)
		event_add(at->due, &tv);
	else
		release(at);
	evbuffer_free(final);
}

void
at_say(struct at_call *c, const char *format, ...)
{
	va_list args;

	/* V.250, 5.7.1: CR LF before the first line, one after each */
	if (!evbuffer_get_length(c->info))
		evbuffer_add(c->info, "\r\n", 2);
	va_start(args, format);
	evbuffer_add_vprintf(c->info, format, args);
	va_end(args);
	evbuffer_add(c->info, "\r\n", 2);
}

void
at_urc(struct modem *m, const char *format, ...)
{
	struct at *at = m->at;
	va_list args;

	if (evbuffer_get_length(at->urcs) > URC_MAX || pty_is_unread(&m->line))
		return;
	evbuffer_add(at->urcs, "\r\n", 2);
	va_start(args, format);
	evbuffer_add_vprintf(at->urcs, format, args);
	va_end(args);
	evbuffer_add(at->urcs, "\r\n", 2);
	if (at->overtake || (!at->busy && !at->prompted))
		put_buffer(at, at->urcs);
}

void
at_overtake(struct modem *m, bool on)
{
	m->at->overtake = on;
}

/* ---- parameters ---- */

int
at_number(const char **args, int fallback)
{
	char *end;
	long n = strtol(*args, &end, 10);
	int value = end == *args || n < -1000000 || n > 1000000 ? fallback : (int)n;

	*args = end + strcspn(end, ",");
	*args += **args == ',';
	return value;
}

void
at_string(const char **args, char *out, size_t size)
{
	const char *p = *args;
	bool quoted = *p == '"';
	size_t n;

	p += quoted;
	n = strcspn(p, quoted ? "\"" : ",");
	snprintf(out, size, "%.*s", (int)n, p);
	p += n;
	p += strcspn(p, ",");
	*args = p + (*p == ',');
}

/* ---- commands ---- */

static const struct at_command *
find(const char *name)
{
	static const struct at_command *const tables[] = { at_general_commands, at_sms_commands, ussd_commands };

	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
		for (const struct at_command *c = tables[t]; c->name; c++) {
			if (!strcmp(c->name, name))
				return c;
		}
	}
	return NULL;
}

static void
count(struct at *at, const char *name)
{
	for (int i = 0; i < NAMES; i++) {
		if (!*at->seen[i].name)
			snprintf(at->seen[i].name, NAME_SIZE, "%s", name);
		if (!strcmp(at->seen[i].name, name)) {
			at->seen[i].n++;
			return;
		}
	}
}

/* The name at the start of a command: a sign and what belongs to it, or a basic command's letter (V.250, 5.4.1).
 * Returns its length. */
static size_t
read_name(const char *p, char name[NAME_SIZE])
{
	size_t n = 0, max = NAME_SIZE - 1;

	if (strchr("+^$*#%", *p) && *p) {
		for (n = 1; n < max && (isalnum((unsigned char)p[n]) || strchr("-_", p[n])) && p[n]; n++)
			continue;
	} else if (*p) {
		n = *p == '&' && p[1] ? 2 : 1;
	}
	for (size_t i = 0; i < n; i++)
		name[i] = (char)toupper((unsigned char)p[i]);
	name[n] = 0;
	return n;
}

/* Splits off =, ? and =?; a basic command's digits count as its parameter. */
static void
read_operation(struct at_call *c, const char *p)
{
	c->args = p;
	if (*p == '?')
		c->op = AT_READ;
	else if (*p == '=' && p[1] == '?')
		c->op = AT_TEST;
	else if (*p == '=' || isdigit((unsigned char)*p))
		c->op = AT_SET;
	else
		c->op = AT_RUN;
	if (*p == '=')
		c->args++;
}

/* E0V1 without a separator (V.250, 5.2.1): the length of one basic command. */
static size_t
basic_length(const char *p, size_t name)
{
	return name + strspn(p + name, "0123456789=?");
}

/* Up to the separator of extended commands, outside quotes (V.250, 5.4.3). */
static size_t
extended_length(const char *p)
{
	bool quoted = false;
	size_t n;

	for (n = 0; p[n] && (quoted || p[n] != ';'); n++)
		quoted ^= p[n] == '"';
	return n;
}

/* ---- faults ---- */

/* Without a card (TS 27.007, 9.2.1: 10; TS 27.005, 3.2.5: 310). */
static bool
refused_without_card(const char *name, struct at_result *r)
{
	static const struct {
		const char *name;
		struct at_result r;
	} refusals[] = {
		{ "+CPIN", { AT_CME, 10 } }, { "+CIMI", { AT_CME, 10 } }, { "+CNUM", { AT_CME, 10 } },
		{ "+COPS", { AT_CME, 10 } }, { "+CUSD", { AT_CME, 10 } }, { "+CPMS", { AT_CMS, 310 } },
		{ "+CMGR", { AT_CMS, 310 } }, { "+CMGL", { AT_CMS, 310 } }, { "+CMGD", { AT_CMS, 310 } },
		{ "+CMGS", { AT_CMS, 310 } }, { "+CSCA", { AT_CMS, 310 } }, { "+CNMI", { AT_CMS, 310 } },
	};

	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		if (!strcmp(refusals[i].name, name)) {
			*r = refusals[i].r;
			return true;
		}
	}
	return false;
}

/* A command answered by another final line than its own; false for the other faults. */
static bool
final_of(const struct fault *f, struct at_result *r)
{
	switch (f->kind) {
	case FAULT_ERROR:
		*r = (struct at_result){ AT_ERROR, 0 };
		return true;
	case FAULT_CME:
		*r = (struct at_result){ AT_CME, f->n };
		return true;
	case FAULT_CMS:
		*r = (struct at_result){ AT_CMS, f->n };
		return true;
	case FAULT_OK:
		*r = (struct at_result){ AT_OK, 0 };
		return true;
	default:
		return false;
	}
}

/* Carries a command out as far as the faults that strike it let it; name is what they know it by. */
static struct at_result
carry_out(struct at *at, const char *name, at_handler *run, struct at_call *c)
{
	struct at_result r = { AT_OK, 0 }, other = r;
	int first = at->plan.n;
	bool runs = true, replaced = false;

	if (fault_armed(&at->modem->faults, FAULT_NO_SIM) && refused_without_card(name, &r))
		return r;
	fault_plan(&at->modem->faults, name, &at->plan);
	for (int i = first; i < at->plan.n; i++) {
		const struct fault *f = &at->plan.hit[i];
		bool other_final = final_of(f, &other);

		replaced |= other_final;
		runs &= f->run < 0 ? !other_final : f->run;
	}
	if (runs)
		r = run(c);
	if (!replaced)
		return r;
	evbuffer_drain(c->info, evbuffer_get_length(c->info));
	return other;
}

/* An unknown command is plain ERROR whatever CMEE says: +CME ERROR: 100 also exists, ERROR is the more common. */
static struct at_result
unknown(struct at_call *c)
{
	(void)c;
	return (struct at_result){ AT_ERROR, 0 };
}

static struct at_result
nothing(struct at_call *c)
{
	(void)c;
	return (struct at_result){ AT_OK, 0 };
}

static struct at_result
send_data(struct at_call *c)
{
	return at_sms_data(c, c->args);
}

/* ---- lines ---- */

/* One command of a line, cut out in place. Returns where the next one starts. */
static char *
run_one(struct at *at, char *p, struct at_call *c, char name[NAME_SIZE], struct at_result *r)
{
	size_t n = read_name(p, name);
	bool basic = n && isalpha((unsigned char)name[n - 1]) && (n == 1 || *p == '&') && *name != 'D';
	size_t len = basic ? basic_length(p, n) : extended_length(p);
	const struct at_command *cmd = find(name);
	char cut = p[len];

	p[len] = 0;
	c->name = name;
	read_operation(c, p + n);
	count(at, name);
	*r = carry_out(at, name, cmd ? cmd->run : unknown, c);
	p[len] = cut;
	p += len;
	while (*p == ';' || *p == ' ')
		p++;
	return p;
}

/* A whole line: the first command that fails ends it (V.250, 5.2.3). */
static void
run_line(struct at *at, char *p)
{
	char name[NAME_SIZE] = "";
	struct evbuffer *info = evbuffer_new();
	struct at_call c = { .modem = at->modem, .name = name, .info = info };
	struct at_result r = { AT_OK, 0 };

	if (!info)
		abort();
	at->busy = true;
	if (!*p) {
		count(at, "AT");
		r = carry_out(at, "AT", nothing, &c);
	}
	while (*p && r.final == AT_OK)
		p = run_one(at, p, &c, name, &r);
	answer(at, name, info, r);
	evbuffer_free(info);
}

/* ---- input ---- */

static bool
echoes(struct at *at)
{
	return at->echo && !fault_strikes(&at->modem->faults, FAULT_NO_ECHO);
}

static void
end_data(struct at *at, bool cancelled)
{
	struct evbuffer *info = evbuffer_new();
	struct at_call c = { .modem = at->modem, .name = "+CMGS", .op = AT_SET, .args = at->line, .info = info };
	struct at_result r = { AT_OK, 0 };

	if (!info)
		abort();
	at->line[at->len] = 0;
	at->len = 0;
	at->prompted = false;
	at->busy = true;
	if (!cancelled)
		r = carry_out(at, "PDU", send_data, &c);
	answer(at, cancelled ? c.name : "PDU", info, r);
	evbuffer_free(info);
}

static void
take_data(struct at *at, char b)
{
	if (b == CTRL_Z || b == ESC) {
		end_data(at, b == ESC);
	} else if (at->len < COMMAND_MAX) {
		at->line[at->len++] = b;
		if (echoes(at))
			pty_write(&at->modem->line, &b, 1);
	}
}

/* Lines that do not start with AT are noise between commands, as for a modem that looks for the letters (V.250, 5.2.1). */
static void
end_line(struct at *at)
{
	char *p = at->line;

	at->line[at->len] = 0;
	at->len = 0;
	while (*p && (unsigned char)*p <= ' ')
		p++;
	p[strcspn(p, "\x1b")] = 0;
	if (strncasecmp(p, "AT", 2))
		return;
	if (echoes(at)) {
		put(at, p);
		put(at, "\r");
	}
	run_line(at, p + 2);
}

static void
take_byte(struct at *at, char b)
{
	if (at->prompted)
		take_data(at, b);
	else if (b == '\r')
		end_line(at);
	else if (b != '\n' && b && at->len < COMMAND_MAX)
		at->line[at->len++] = b;
}

/* Commands run one after the other: what comes while an answer is delayed stays in the input. */
static void
read_on(struct at *at)
{
	char b;

	while (!at->busy && evbuffer_remove(at->input, &b, 1) == 1)
		take_byte(at, b);
}

void
at_input(void *modem, const char *bytes, size_t len)
{
	struct at *at = ((struct modem *)modem)->at;

	if (!at->dead && evbuffer_get_length(at->input) + len <= INPUT_MAX)
		evbuffer_add(at->input, bytes, len);
	read_on(at);
}

/* ---- life ---- */

void
at_hang_up(struct modem *m)
{
	struct at *at = m->at;

	event_del(at->due);
	m->submitted = 0;
	evbuffer_drain(at->input, evbuffer_get_length(at->input));
	evbuffer_drain(at->answer, evbuffer_get_length(at->answer));
	evbuffer_drain(at->urcs, evbuffer_get_length(at->urcs));
	at->len = 0;
	at->busy = at->dead;
	at->prompted = at->data_follows = false;
}

void
at_revive(struct modem *m)
{
	struct at *at = m->at;

	if (!at->dead)
		return;
	event_del(at->revival);
	m->submitted = 0;
	at->dead = at->busy = at->prompted = at->data_follows = false;
	at->len = 0;
	put_buffer(at, at->urcs);
}

bool
at_is_dead(const struct modem *m)
{
	return m->at->dead;
}

static void
on_revival(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	at_revive(((struct at *)arg)->modem);
}

static void
set_factory_state(struct at *at)
{
	struct modem *m = at->modem;

	at->echo = true;
	at->cmee = 0;
	snprintf(at->charset, sizeof at->charset, "GSM");
	memset(m->cnmi, 0, sizeof m->cnmi);
	memset(m->mem, 0, sizeof m->mem);	/* SM */
	m->creg = m->cgreg = m->cops_format = m->announced = 0;
}

void
at_reset(struct modem *m)
{
	at_hang_up(m);
	at_revive(m);
	set_factory_state(m->at);
	fault_heal_by_reset(&m->faults);
}

/* ---- state ---- */

bool
at_is_ucs2(const struct modem *m)
{
	return !strcmp(m->at->charset, "UCS2");
}

void
at_set_charset(struct modem *m, const char *name)
{
	snprintf(m->at->charset, sizeof m->at->charset, "%s", name);
}

const char *
at_charset(const struct modem *m)
{
	return m->at->charset;
}

void
at_set_errors(struct modem *m, int cmee)
{
	m->at->cmee = cmee;
}

int
at_errors(const struct modem *m)
{
	return m->at->cmee;
}

void
at_set_echo(struct modem *m, bool on)
{
	m->at->echo = on;
}

void
at_stats(const struct modem *m, void (*each)(void *arg, const char *name, unsigned long n), void *arg)
{
	for (int i = 0; i < NAMES && *m->at->seen[i].name; i++)
		each(arg, m->at->seen[i].name, m->at->seen[i].n);
}

void
at_clear_stats(struct modem *m)
{
	memset(m->at->seen, 0, sizeof m->at->seen);
}

struct at *
at_new(struct modem *m, struct event_base *base)
{
	struct at *at = calloc(1, sizeof *at);

	if (!at)
		abort();
	at->modem = m;
	m->at = at;
	set_factory_state(at);
	at->input = evbuffer_new();
	at->answer = evbuffer_new();
	at->urcs = evbuffer_new();
	at->due = event_new(base, -1, 0, on_due, at);
	at->revival = event_new(base, -1, 0, on_revival, at);
	if (!at->input || !at->answer || !at->urcs || !at->due || !at->revival)
		abort();
	return at;
}

void
at_free(struct at *at)
{
	event_free(at->due);
	event_free(at->revival);
	evbuffer_free(at->input);
	evbuffer_free(at->answer);
	evbuffer_free(at->urcs);
	free(at);
}
