/* SPDX-License-Identifier: GPL-3.0-or-later */
/* modemsim: AT modems on ptys and the network behind them, in one process and one loop; with -s the client of it. */
#include "at.h"
#include "client.h"
#include "control.h"
#include "dialogue.h"
#include "later.h"
#include "network.h"
#include "sent.h"
#include "texts.h"
#include "ussd.h"
#include "wire.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct options {
	const char *dir, *log, *socket, *clock, *texts;
	const char *number;		/* of the first modem; the others count on */
	int         count, modem;
	int         sizes[SIM_MEMORIES];
};

static const char usage[] =
	"modemsim -d DIR [-n COUNT] [-l FILE] [-p NUMBER] [-S SLOTS] [-M SLOTS] [-t FILE] [-T FILE]\n"
	"    modems at DIR/modem0, DIR/modem1 ..., control socket DIR/control; prints ready\n"
	"    -l the dialogue with a time on each line; -p number of the first modem; -S, -M size of SM and ME\n"
	"    -t the clock stands still where \"set clock\" puts it, and is kept in the file (seconds since 1970)\n"
	"    -T a list of all texts of messages, to the modems and from them\n"
	"modemsim -s SOCKET [-m MODEM] COMMAND\n";

/* ---- modems ---- */

/* The check digit of an IMEI (TS 23.003, 6.2.1: Luhn). */
static char
luhn(const char *digits)
{
	int sum = 0;

	for (int i = 0; digits[i]; i++) {
		int d = digits[i] - '0';

		sum += i % 2 ? d * 2 / 10 + d * 2 % 10 : d;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

static void
set_identity(struct modem *m, const char *first)
{
	snprintf(m->number, sizeof m->number, "+%llu", strtoull(first + (*first == '+'), NULL, 10) + (unsigned)m->index);
	snprintf(m->smsc, sizeof m->smsc, "+6281100000");
	snprintf(m->imei, sizeof m->imei, "49015420%06u", (323751u + (unsigned)m->index) % 1000000);
	m->imei[14] = luhn(m->imei);
	snprintf(m->imsi, sizeof m->imsi, "51010%010u", (1u + (unsigned)m->index) % 1000000);
}

static int
modem_open(struct modem *m, struct network *net, const struct options *o)
{
	char path[4096];

	*m = (struct modem){ .index = m->index, .net = net, .signal = 21, .registration = 1,
		.empty_cms = 321, .has_sr = true };
	m->line.index = m->index;
	set_identity(m, o->number);
	sim_open(&m->sim, o->sizes);
	m->at = at_new(m, net->base);
	m->ussd = ussd_new(m, net->base);
	snprintf(path, sizeof path, "%s/modem%d", o->dir, m->index);
	fault_seed(&m->faults, (uint32_t)m->index + 1);
	return wire_open(m, path);
}

static void
modem_close(struct modem *m)
{
	wire_close(m);
	ussd_free(m->ussd);
	at_free(m->at);
	sim_close(&m->sim);
}

/* ---- the loop ---- */

static void
on_signal(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	event_base_loopbreak(arg);
}

static int
run_loop(struct network *net, const char *dir)
{
	struct event *term = evsignal_new(net->base, SIGTERM, on_signal, net->base);
	struct event *intr = evsignal_new(net->base, SIGINT, on_signal, net->base);
	struct control *control;
	char path[4096];

	if (!term || !intr)
		abort();
	snprintf(path, sizeof path, "%s/control", dir);
	control = control_open(net->base, net, path);
	if (!control)
		perror(path);
	else {
		event_add(term, NULL);
		event_add(intr, NULL);
		puts("ready");
		fflush(stdout);
		event_base_dispatch(net->base);
		control_close(control);
	}
	event_free(term);
	event_free(intr);
	return control ? 0 : 1;
}

static int
serve(const struct options *o)
{
	static struct modem modems[NETWORK_MODEMS_MAX];
	struct network net = { .base = event_base_new(), .modems = modems, .report_delay_ms = 50, .reports = true,
		.clock_file = o->clock };
	int status = 0, r;

	if (!net.base)
		abort();
	signal(SIGPIPE, SIG_IGN);
	if (o->clock && network_set_clock(&net, time(NULL)) < 0) {
		perror(o->clock);
		status = 1;
	}
	for (; net.count < o->count && !status; net.count++) {
		modems[net.count].index = net.count;
		r = modem_open(&modems[net.count], &net, o);
		if (r < 0) {
			fprintf(stderr, "modemsim: %s/modem%d: %s\n", o->dir, net.count, strerror(-r));
			status = 1;
		}
	}
	if (!status)
		status = run_loop(&net, o->dir);
	network_clear(&net);
	later_clear();
	while (net.count)
		modem_close(&modems[--net.count]);
	sent_clear();
	event_base_free(net.base);
	return status;
}

/* ---- options ---- */

static int
slots(const char *arg)
{
	int n = atoi(arg);

	return n < 1 || n > SIM_SLOTS_MAX ? 0 : n;
}

/* False for wrong usage. */
static bool
read_options(int argc, char **argv, struct options *o)
{
	int c;

	while ((c = getopt(argc, argv, "+d:n:l:p:s:m:S:M:t:T:")) != -1) {
		switch (c) {
		case 'd': o->dir = optarg; break;
		case 'n': o->count = atoi(optarg); break;
		case 'l': o->log = optarg; break;
		case 'p': o->number = optarg; break;
		case 's': o->socket = optarg; break;
		case 'm': o->modem = atoi(optarg); break;
		case 'S': o->sizes[SIM_SM] = slots(optarg); break;
		case 'M': o->sizes[SIM_ME] = slots(optarg); break;
		case 't': o->clock = optarg; break;
		case 'T': o->texts = optarg; break;
		default: return false;
		}
	}
	if (o->socket)
		return true;
	return o->dir && optind == argc && o->count >= 1 && o->count <= NETWORK_MODEMS_MAX
		&& o->sizes[SIM_SM] && o->sizes[SIM_ME];
}

int
main(int argc, char **argv)
{
	struct options o = { .number = "+6284099990000", .count = 1, .modem = -1, .sizes = { 30, 100, 30 } };
	int r;

	if (!read_options(argc, argv, &o)) {
		fprintf(stderr, "%s%s", usage, client_usage);
		return 2;
	}
	if (o.socket)
		return client_run(o.socket, o.modem, argc - optind, argv + optind);
	r = dialogue_open(o.log, o.count);
	if (r < 0) {
		fprintf(stderr, "modemsim: %s: %s\n", o.log, strerror(-r));
		return 1;
	}
	r = texts_open(o.texts);
	if (r < 0)
		fprintf(stderr, "modemsim: %s: %s\n", o.texts, strerror(-r));
	r = r < 0 ? 1 : serve(&o);
	texts_close();
	dialogue_close();
	return r;
}
