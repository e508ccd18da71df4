/* SPDX-License-Identifier: GPL-3.0-or-later */
/* client: the other end of the control socket, for shell scripts. */
#include "client.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

const char client_usage[] =
	"  sms FROM TEXT [TIME]      a message to the modem; prints where its parts are, or waiting\n"
	"  pdu HEX                   a raw PDU, service centre address first\n"
	"  sent [SINCE]              seq, modem, recipient, text of the messages sent\n"
	"  wait-sent COUNT SECONDS   until so many messages were sent in all\n"
	"  wait-empty SECONDS        until no message is left in a slot or waits (of all modems without -m)\n"
	"  slots                     memory, slot, state, PDU\n"
	"  ussd CODE TEXT            what the network answers to a code\n"
	"  set KEY VALUE             signal, registration, latency_ms, send_ms, report_delay_ms, ...\n"
	"  stats | log [LINES] | info | clear\n"
	"  fault KIND [COMMAND]      hang, mute, error, garbage, copies, no-cmti ...; prints its number\n"
	"  faults | fault-kinds | heal [FAULT] | seed [SEED]\n"
	"  broken CLASS              a broken PDU; prints its place | broken-classes\n"
	"  dump FILE                 a recorded answer to AT+CMGR into a slot\n"
	"  unplug [SECONDS] | plug | power-cycle [SECONDS] | smma\n"
	"  commands [SINCE]          number, modem, command, final line, faults of the AT commands\n"
	"  repeats                   times, acknowledged, recipient, text of what was sent more than once\n"
	"  raw JSON                  any order as it is\n"
	"sms, pdu, fault, broken, ussd, dump, unplug, power-cycle, commands, repeats take more members as KEY=VALUE behind\n"
	"these; tests/modemsim/README lists them\n";

/* ---- the connection ---- */

static FILE *
dial(const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	FILE *f;

	if (fd < 0 || strlen(path) >= sizeof addr.sun_path) {
		fprintf(stderr, "modemsim: %s: too long\n", path);
		return NULL;
	}
	strcpy(addr.sun_path, path);
	f = connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0 ? NULL : fdopen(fd, "r+");
	if (!f) {
		perror(path);
		close(fd);
	}
	return f;
}

/* Sends the order, which it takes, and reads the answer; NULL with a message if there is none. */
static json_t *
ask(const char *socket, json_t *order)
{
	FILE *f = dial(socket);
	json_t *answer = NULL;
	json_error_t e;
	char *line = NULL;
	size_t size = 0;

	if (f && !json_dumpf(order, f, JSON_COMPACT) && fputc('\n', f) != EOF && !fflush(f) && getline(&line, &size, f) > 0)
		answer = json_loads(line, 0, &e);
	else if (f)
		fprintf(stderr, "modemsim: no answer\n");
	if (f)
		fclose(f);
	free(line);
	json_decref(order);
	return answer;
}

/* ---- printing ---- */

static const char *
text_of(json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static long long
number_of(json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static void
print_escaped(const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '\n': fputs("\\n", stdout); break;
		case '\r': fputs("\\r", stdout); break;
		case '\t': fputs("\\t", stdout); break;
		case '\\': fputs("\\\\", stdout); break;
		default: putchar(*s);
		}
	}
	putchar('\n');
}

static void
print_places(json_t *answer)
{
	json_t *p;
	size_t i;

	json_array_foreach(json_object_get(answer, "parts"), i, p) {
		if (json_object_get(p, "slot"))
			printf("%s\t%lld\n", text_of(p, "mem"), number_of(p, "slot"));
		else
			puts(json_object_get(p, "waiting") ? "waiting" : json_object_get(p, "shown") ? "shown"
			     : json_object_get(p, "late_ms") ? "late" : "lost");
	}
}

static void
print_sent(json_t *answer)
{
	json_t *m;
	size_t i;

	json_array_foreach(json_object_get(answer, "sent"), i, m) {
		printf("%lld\t%lld\t%s\t", number_of(m, "seq"), number_of(m, "modem"), text_of(m, "to"));
		print_escaped(text_of(m, "text"));
	}
}

static void
print_slots(json_t *answer)
{
	json_t *s;
	size_t i;

	json_array_foreach(json_object_get(answer, "slots"), i, s)
		printf("%s\t%lld\t%lld\t%s\n", text_of(s, "mem"), number_of(s, "slot"), number_of(s, "state"),
		       text_of(s, "pdu"));
}

static void
print_stats(json_t *answer)
{
	const char *name;
	json_t *n;

	json_object_foreach(json_object_get(answer, "stats"), name, n)
		printf("%s\t%lld\n", name, json_integer_value(n));
}

static void
print_log(json_t *answer)
{
	json_t *line;
	size_t i;

	json_array_foreach(json_object_get(answer, "log"), i, line)
		puts(json_string_value(line));
}

static void
print_fault(json_t *answer)
{
	printf("%lld\n", number_of(answer, "fault"));
}

static void
print_seed(json_t *answer)
{
	printf("%lld\n", number_of(answer, "seed"));
}

static void
print_faults(json_t *answer)
{
	json_t *f;
	size_t i;

	json_array_foreach(json_object_get(answer, "faults"), i, f)
		printf("%lld\t%lld\t%s\t%s\t%lld\t%lld\n", number_of(f, "fault"), number_of(f, "modem"),
		       text_of(f, "kind"), text_of(f, "command"), number_of(f, "met"), number_of(f, "struck"));
}

static void
print_kinds(json_t *answer)
{
	json_t *k;
	size_t i;

	json_array_foreach(json_object_get(answer, "kinds"), i, k)
		puts(json_string_value(k));
}

static void
print_classes(json_t *answer)
{
	json_t *c;
	size_t i;

	json_array_foreach(json_object_get(answer, "classes"), i, c)
		printf("%s\t%lld\t%s\n", text_of(c, "name"), number_of(c, "variants"), text_of(c, "what"));
}

static void
print_commands(json_t *answer)
{
	json_t *c;
	size_t i;

	json_array_foreach(json_object_get(answer, "commands"), i, c)
		printf("%lld\t%lld\t%s\t%s\t%s\n", number_of(c, "n"), number_of(c, "modem"), text_of(c, "command"),
		       text_of(c, "final"), text_of(c, "fault"));
}

static void
print_repeats(json_t *answer)
{
	json_t *r;
	size_t i;

	json_array_foreach(json_object_get(answer, "repeats"), i, r) {
		printf("%lld\t%lld\t%s\t", number_of(r, "times"), number_of(r, "acknowledged"), text_of(r, "to"));
		print_escaped(text_of(r, "text"));
	}
}

static void
print_nothing(json_t *answer)
{
	(void)answer;
}

static void
print_all(json_t *answer)
{
	json_dumpf(answer, stdout, JSON_COMPACT);
	putchar('\n');
}

/* ---- commands ---- */

/* A word from the command line: a number or true or false where it reads so. */
static json_t *
word(const char *s)
{
	json_t *v = json_loads(s, JSON_DECODE_ANY, NULL);

	if (json_is_number(v) || json_is_boolean(v))
		return v;
	json_decref(v);
	return json_string(s);
}

/* The members after "cmd": a key for each argument; '*' plain text, '#' a number, '~' seconds to milliseconds,
 * '@' a file, '?' whatever it reads as. Those from least on may be missing; where more is allowed, KEY=VALUE follows. */
static const struct command {
	const char *name;
	int         least, most;
	const char *keys[3];
	void      (*print)(json_t *answer);
	bool        more;
	const char *cmd;	/* if it is another word */
} commands[] = {
	{ "sms", 2, 3, { "*from", "*text", "*time" }, print_places, true, NULL },
	{ "pdu", 1, 1, { "*hex" }, print_places, true, NULL },
	{ "broken", 1, 1, { "*broken" }, print_places, true, "pdu" },
	{ "broken-classes", 0, 0, { NULL }, print_classes, false, NULL },
	{ "dump", 1, 1, { "@file" }, print_places, true, NULL },
	{ "fault", 1, 2, { "*kind", "*command" }, print_fault, true, NULL },
	{ "faults", 0, 0, { NULL }, print_faults, false, NULL },
	{ "fault-kinds", 0, 0, { NULL }, print_kinds, false, NULL },
	{ "heal", 0, 1, { "#fault" }, print_nothing, false, NULL },
	{ "seed", 0, 1, { "#seed" }, print_seed, false, NULL },
	{ "unplug", 0, 1, { "~ms" }, print_nothing, true, NULL },
	{ "plug", 0, 0, { NULL }, print_nothing, false, NULL },
	{ "power-cycle", 0, 1, { "~ms" }, print_nothing, true, NULL },
	{ "smma", 0, 0, { NULL }, print_nothing, false, NULL },
	{ "commands", 0, 1, { "#since" }, print_commands, true, NULL },
	{ "repeats", 0, 0, { NULL }, print_repeats, true, NULL },
	{ "sent", 0, 1, { "#since" }, print_sent, false, NULL },
	{ "wait-sent", 2, 2, { "#count", "~timeout_ms" }, print_nothing, false, NULL },
	{ "wait-empty", 1, 1, { "~timeout_ms" }, print_nothing, false, NULL },
	{ "slots", 0, 0, { NULL }, print_slots, false, NULL },
	{ "ussd", 2, 2, { "*code", "*text" }, print_nothing, true, NULL },
	{ "set", 2, 2, { "*key", "?value" }, print_nothing, false, NULL },
	{ "stats", 0, 0, { NULL }, print_stats, false, NULL },
	{ "log", 0, 1, { "#lines" }, print_log, false, NULL },
	{ "info", 0, 0, { NULL }, print_all, false, NULL },
	{ "clear", 0, 0, { NULL }, print_nothing, false, NULL },
	{ "raw", 1, 1, { NULL }, print_all, false, NULL },
};

static const struct command *
find(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	}
	return NULL;
}

/* KEY=VALUE: the length of KEY, or 0. */
static size_t
key_length(const char *arg)
{
	size_t n = strspn(arg, "abcdefghijklmnopqrstuvwxyz_0123456789");

	return arg[n] == '=' ? n : 0;
}

/* How many of the arguments go by their place; those behind are members. */
static int
placed_args(const struct command *c, int args, char **arg)
{
	int n = 0;

	while (n < args && (n < c->least || !c->more || !key_length(arg[n])))
		n++;
	return n;
}

static json_t *
file_name(const char *arg)
{
	char *path = realpath(arg, NULL);
	json_t *v = json_string(path ? path : arg);

	free(path);
	return v;
}

static json_t *
value_of(char kind, const char *arg)
{
	switch (kind) {
	case '#':
		return json_integer(atoll(arg));
	case '@':	/* the simulator may have another current folder */
		return file_name(arg);
	case '~':
		return json_integer((json_int_t)(atof(arg) * 1000));
	case '?':
		return word(arg);
	default:
		return json_string(arg);
	}
}

/* Members that are strings even if they read like numbers. */
static bool
is_text(const char *key)
{
	static const char *const texts[] = { "text", "hex", "command", "from", "time", "link", "file", "repeat_text",
		"udh_before", "udh_after" };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (!strcmp(texts[i], key))
			return true;
	}
	return false;
}

static int
set_member(json_t *order, const char *arg)
{
	char key[32];
	size_t n = key_length(arg);
	json_t *list;

	if (!n || n >= sizeof key)
		return -1;
	snprintf(key, sizeof key, "%.*s", (int)n, arg);
	list = arg[n + 1] == '[' ? json_loads(arg + n + 1, 0, NULL) : NULL;
	if (list)
		return json_object_set_new(order, key, list);
	return json_object_set_new(order, key, is_text(key) ? json_string(arg + n + 1) : word(arg + n + 1));
}

/* NULL for wrong usage, or text that is not UTF-8. */
static json_t *
order_of(const struct command *c, int modem, int args, char **arg)
{
	bool raw = !strcmp(c->name, "raw");
	int n = placed_args(c, args, arg), r = 0;
	json_t *order;

	if (n < c->least || n > c->most)
		return NULL;
	order = raw ? json_loads(arg[0], 0, NULL) : json_pack("{s:s}", "cmd", c->cmd ? c->cmd : c->name);
	if (modem >= 0 && !json_object_get(order, "modem"))
		json_object_set_new(order, "modem", json_integer(modem));
	for (int i = 0; !raw && i < n && !r; i++)
		r = json_object_set_new(order, c->keys[i] + 1, value_of(*c->keys[i], arg[i]));
	for (int i = n; i < args && !r; i++)
		r = set_member(order, arg[i]);
	if (!r)
		return order;
	json_decref(order);
	return NULL;
}

int
client_run(const char *socket, int modem, int argc, char **argv)
{
	const struct command *c = argc ? find(argv[0]) : NULL;
	json_t *order = c ? order_of(c, modem, argc - 1, argv + 1) : NULL, *answer;
	int status;

	if (!order) {
		fprintf(stderr, "modemsim: wrong command or arguments; commands:\n%s", client_usage);
		return 2;
	}
	answer = ask(socket, order);
	if (!answer)
		return 1;
	status = json_is_true(json_object_get(answer, "ok")) ? 0 : 1;
	if (status && c->print != print_all)
		fprintf(stderr, "modemsim: %s\n",
			json_object_get(answer, "error") ? text_of(answer, "error") : "timed out");
	else
		c->print(answer);
	json_decref(answer);
	return status;
}
