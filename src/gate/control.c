/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: the operator's socket. Bounded in clients, line length, time and output, so that whoever may write to it
 * cannot hold the daemon. */
#include "gate/control.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/cms.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "gate/balance_say.h"
#include "gate/remind.h"
#include "gate/trust.h"
#include "modem/supervisor.h"
#include "store/circular.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/schedule.h"
#include "store/spend.h"

#define CLIENTS_MAX 16
#define LINE_MAX_BYTES 4096
#define IDLE_SECONDS 10
#define ROWS_MAX 500            /* of a queue that is shown */
#define OUTPUT_MAX 65536        /* a client that does not read is not answered further */

struct client {
	struct control *control;        /* NULL: the place is free */
	struct bufferevent *stream;
	bool leaving;                   /* gets what is left to say, then it goes */
	bool waiting;                   /* for the networks: nothing more is read from it until they have answered */
	bool ended;                     /* it will not say any more */
};

struct control {
	struct control_conf conf;
	char *path;
	const struct trust *trust;
	const struct remind *remind;
	struct balance *balance;
	struct modem **modems;
	size_t modem_count;
	struct evconnlistener *listener;
	int64_t since_ms;
	struct client clients[CLIENTS_MAX];
};

/* --- commands --- */

static void
tell_modem(struct store *store, const struct modem *modem, struct evbuffer *out)
{
	struct modem_info info;
	char age[32];

	modem_info(modem, &info);
	evbuffer_add_printf(out, "modem %s: %s", info.name, modem_state_name(info.state));
	if (info.alarm)
		evbuffer_add_printf(out, ", ALARM: its slots were not read for too long");
	if (info.signal_dbm != MODEM_SIGNAL_UNKNOWN)
		evbuffer_add_printf(out, ", signal %d dBm", info.signal_dbm);
	evbuffer_add_printf(out, ", network %s", info.network[0] != '\0' ? info.network : "unknown");
	evbuffer_add_printf(out, ", SIM %d of %d slots used", info.slots_used, info.slots_size);
	if (info.slots_unreadable > 0)
		evbuffer_add_printf(out, " (%d unreadable)", info.slots_unreadable);
	if (info.slots_stuck > 0)
		evbuffer_add_printf(out, " (%d stuck)", info.slots_stuck);
	if (info.success_mono_ms == 0)
		evbuffer_add_printf(out, ", never answered");
	else
		evbuffer_add_printf(out, ", last answer %s ago",
				    age_text((clock_monotonic_ms() - info.success_mono_ms) / 1000, age));
	evbuffer_add_printf(out, ", restarts %u", info.restarts);
	balance_say_short(store, info.name, clock_wall(), out);
	if (info.error[0] != '\0')
		evbuffer_add_printf(out, ", last error %s", info.error);
	evbuffer_add_printf(out, "\n");
}

static const char *
most_text(int most, char out[24])
{
	if (most == SPEND_UNLIMITED)
		snprintf(out, 24, "no limit");
	else
		snprintf(out, 24, "%d", most);
	return out;
}

/* What was paid for, and whether a limit stands in the way of anything: never silently. */
static void
tell_spending(struct store *store, struct evbuffer *out)
{
	struct spend_counts spend;
	char day[24], strangers[24], month[24];

	spend_count(store, clock_wall(), &spend);
	evbuffer_add_printf(out, "spent: today %" PRId64 " of %s SMS (strangers %" PRId64 " of %s), this month %" PRId64
			    " of %s\n", spend.day, most_text(spend.day_most, day), spend.strangers,
			    most_text(spend.strangers_most, strangers), spend.month,
			    most_text(spend.month_most, month));
	if (spend.held > 0 || spend.waiting > 0)
		evbuffer_add_printf(out, "limits: REACHED, stopped %" PRId64 " messages today, %" PRId64
				    " wait, %" PRId64 " numbers had their %d\n", spend.held, spend.waiting, spend.full,
				    spend.number_most);
}

/* What was over before it could be worked off. */
static void
tell_dropped(const struct control *control, struct evbuffer *out)
{
	struct schedule_count count = { .name = "" };

	while (schedule_next(control->conf.store, count.name, &count) == 0)
		if (count.dropped != 0)
			evbuffer_add_printf(out, "calendar: %s dropped %" PRId64 " times: it was over\n", count.name,
					    count.dropped);
}

/* How far broadcasts are that are not at their end. */
static void
tell_circulars(const struct control *control, struct evbuffer *out)
{
	struct circular_progress one = { .no = 0 };

	while (circular_progress(control->conf.store, one.no, &one) == 0)
		evbuffer_add_printf(out, "%s %" PRId64 ": area %s, roles %s, %d recipients, %d queued%s, %d waiting, %d sent, %d "
				    "dropped or failed\n", one.kind, one.no, one.area[0] != '\0' ? one.area : "all",
				    one.roles[0] != '\0' ? one.roles : "all", one.recipients, one.queued,
				    one.done ? "" : " so far", one.waiting, one.sent, one.failed);
}

/* The clock, and what the calendar does next. */
static void
tell_calendar(const struct control *control, struct evbuffer *out)
{
	struct remind_info info;
	char name[CALENDAR_PERIOD_SIZE];

	if (control->remind == NULL)
		return;
	evbuffer_add_printf(out, "clock: %s: %s\n", trust_holds(control->trust) ? "trusted" : "NOT TRUSTED, no reminders",
			    trust_reason(control->trust));
	remind_info(control->remind, &info);
	evbuffer_add_printf(out, "calendar: %zu under way", info.errands);
	if (info.next) {
		calendar_occasion_name(&info.occasion, name);
		evbuffer_add_printf(out, ", next %s %s on %04d-%02d-%02d %02d:%02d %s", info.occasion.reminder->name, name,
				    info.occasion.day.year, info.occasion.day.month, info.occasion.day.day,
				    info.occasion.day.hour, info.occasion.day.minute, info.occasion.zone->name);
	}
	evbuffer_add_printf(out, "\n");
	tell_dropped(control, out);
	tell_circulars(control, out);
}

static void
run_status(struct control *control, const char *rest, struct evbuffer *out)
{
	struct inbox_counts in;
	struct outbox_counts sent;
	char age[32];

	(void)rest;
	inbox_count(control->conf.store, &in);
	outbox_count(control->conf.store, &sent);
	evbuffer_add_printf(out, "core: up %s\n", age_text((clock_monotonic_ms() - control->since_ms) / 1000, age));
	evbuffer_add_printf(out, "inbox: new %" PRId64 ", waiting for parts %" PRId64 ", incomplete %" PRId64
			    ", done %" PRId64 ", rejected %" PRId64 ", quarantine %" PRId64 "\n",
			    in.new_rows, in.waiting, in.partial, in.done, in.rejected, in.quarantine);
	evbuffer_add_printf(out, "outbox: queued %" PRId64 ", claimed %" PRId64 ", sent %" PRId64 ", delivered %" PRId64
			    ", unknown %" PRId64 ", failed %" PRId64 ", expired %" PRId64 ", blocked %" PRId64 "\n",
			    sent.queued, sent.claimed, sent.sent, sent.delivered, sent.unknown, sent.failed, sent.expired,
			    sent.blocked);
	tell_spending(control->conf.store, out);
	tell_calendar(control, out);
	for (size_t i = 0; i < control->modem_count; i++)
		tell_modem(control->conf.store, control->modems[i], out);
}

static void
tell_memory(struct evbuffer *out, const char *name, int used, int size)
{
	if (size > 0)
		evbuffer_add_printf(out, "  %-12s %d of %d slots used\n", name, used, size);
	else
		evbuffer_add_printf(out, "  %-12s unknown\n", name);
}

static void
tell_since(struct evbuffer *out, const char *name, int64_t mono_ms)
{
	char age[32];

	if (mono_ms == 0)
		evbuffer_add_printf(out, "  %-12s never\n", name);
	else
		evbuffer_add_printf(out, "  %-12s %s ago\n", name, age_text((clock_monotonic_ms() - mono_ms) / 1000, age));
}

static const char *
or_unknown(const char *text)
{
	return text[0] != '\0' ? text : "unknown";
}

/* What it is and what it sees. */
static void
tell_identity(const struct modem_info *info, struct evbuffer *out)
{
	evbuffer_add_printf(out, "modem %s\n  %-12s %s\n", info->name, "state", modem_state_name(info->state));
	if (info->signal_dbm != MODEM_SIGNAL_UNKNOWN)
		evbuffer_add_printf(out, "  %-12s %d dBm\n", "signal", info->signal_dbm);
	else
		evbuffer_add_printf(out, "  %-12s unknown\n", "signal");
	evbuffer_add_printf(out, "  %-12s %s\n", "network", or_unknown(info->network));
	evbuffer_add_printf(out, "  %-12s %s %s\n", "model", or_unknown(info->manufacturer), info->model);
	evbuffer_add_printf(out, "  %-12s %s\n  %-12s %s\n", "IMEI", or_unknown(info->imei), "IMSI",
			    or_unknown(info->imsi));
	tell_memory(out, "SIM", info->sim_used, info->sim_size);
	if (info->phone_size > 0)
		tell_memory(out, "memory", info->phone_used, info->phone_size);
}

/* How it fares. */
static void
tell_health(const struct modem_info *info, int quarantine, struct evbuffer *out)
{
	tell_since(out, "last answer", info->success_mono_ms);
	tell_since(out, "last sweep", info->swept_mono_ms);
	evbuffer_add_printf(out, "  %-12s %u\n", "restarts", info->restarts);
	evbuffer_add_printf(out, "  %-12s %u in a row, last start by %s\n", "failures", info->failures,
			    modem_stage_name(info->stage));
	evbuffer_add_printf(out, "  %-12s %d unreadable, %d stuck, %d deadly\n", "slots", info->slots_unreadable,
			    info->slots_stuck, info->slots_deadly);
	evbuffer_add_printf(out, "  %-12s %d\n", "quarantine", quarantine);
	evbuffer_add_printf(out, "  %-12s %s\n", "alarm", info->alarm ? "YES: its slots were not read for too long" : "none");
	evbuffer_add_printf(out, "  %-12s %s\n", "last error", info->error[0] != '\0' ? info->error : "none");
}

static void
run_modem(struct control *control, const char *rest, struct evbuffer *out)
{
	struct modem_info info;

	(void)rest;
	for (size_t i = 0; i < control->modem_count; i++) {
		modem_info(control->modems[i], &info);
		tell_identity(&info, out);
		balance_say_rows(control->conf.store, info.name, clock_wall(), out);
		tell_health(&info, inbox_quarantine_of(control->conf.store, info.name), out);
	}
}

/* --- lists --- */

/* What ends a list of rows, of which error tells why no more came. */
static void
tell_end(int error, int count, struct evbuffer *out)
{
	if (error == 0)
		evbuffer_add_printf(out, "only the first %d\n", ROWS_MAX);
	else if (error != -ENOENT)
		evbuffer_add_printf(out, "the database cannot be read: %s\n", strerror(-error));
	else if (count == 0)
		evbuffer_add_printf(out, "nothing\n");
}

static void
tell_row(const struct outbox_row *row, struct evbuffer *out)
{
	char masked[PHONE_MASK_SIZE], age[32];
	int64_t wait = row->next - clock_wall();

	evbuffer_add_printf(out, "out=%" PRId64 " in=%" PRId64 " %s %s to=%s tries %d", row->id, row->inbox, row->class,
			    row->state, phone_mask(row->dest, masked), row->tries);
	if (row->parts > 1)
		evbuffer_add_printf(out, ", %d of %d parts sent", row->parts_sent, row->parts);
	if (row->error != 0)
		evbuffer_add_printf(out, ", refused by %s (%d)", cms_cause(row->error), row->error);
	if (row->next != 0)
		evbuffer_add_printf(out, ", next in %s", age_text(wait > 0 ? wait : 0, age));
	evbuffer_add_printf(out, "\n");
}

static void
run_queue(struct control *control, const char *rest, struct evbuffer *out)
{
	struct outbox_row row = { .id = 0 };
	int count = 0, error = 0;

	(void)rest;
	while (count < ROWS_MAX && (error = outbox_next(control->conf.store, row.id, &row)) == 0) {
		tell_row(&row, out);
		count++;
	}
	tell_end(error, count, out);
}

static const char *
time_text(int64_t wall, char out[32])
{
	struct civil civil = civil_at(wall, 0);

	snprintf(out, 32, "%04d-%02d-%02dT%02d:%02dZ", civil.year, civil.month, civil.day, civil.hour, civil.minute);
	return out;
}

static void
run_partial(struct control *control, const char *rest, struct evbuffer *out)
{
	struct inbox_partial row = { .id = 0 };
	char masked[PHONE_MASK_SIZE], time[32];
	int count = 0, error = 0;

	(void)rest;
	while (count < ROWS_MAX && (error = inbox_next_partial(control->conf.store, row.id, &row)) == 0) {
		evbuffer_add_printf(out, "in=%" PRId64 " %s modem=%s from=%s %d of %d parts\n", row.id,
				    time_text(row.wall, time), row.modem, phone_mask(row.sender, masked), row.parts,
				    row.total);
		count++;
	}
	tell_end(error, count, out);
}

/* The octets themselves: they hold numbers and text, so only this one shows them. */
static void
show_quarantined(struct control *control, const char *word, struct evbuffer *out)
{
	uint8_t raw[SMS_RAW_MAX];
	char *rest;
	long long id = strtoll(word, &rest, 10);
	int length = *word != '\0' && *rest == '\0' ? inbox_raw(control->conf.store, id, raw, sizeof raw) : -ENOENT;

	if (length < 0) {
		evbuffer_add_printf(out, "error: %s is not in quarantine\n", word);
		return;
	}
	for (int i = 0; i < length; i++)
		evbuffer_add_printf(out, "%02X", raw[i]);
	evbuffer_add_printf(out, "%s\n", length == 0 ? "nothing could be had" : "");
}

static void
run_quarantine(struct control *control, const char *rest, struct evbuffer *out)
{
	struct inbox_quarantined row = { .id = 0 };
	int count = 0, error = 0;
	char time[32];

	if (strncmp(rest, "show ", 5) == 0) {
		show_quarantined(control, rest + 5, out);
		return;
	}
	if (rest[0] != '\0') {
		evbuffer_add_printf(out, "error: expected show and a number\n");
		return;
	}
	while (count < ROWS_MAX && (error = inbox_next_quarantined(control->conf.store, row.id, &row)) == 0) {
		evbuffer_add_printf(out, "in=%" PRId64 " %s modem=%s slot %d, %d octets: %s\n", row.id,
				    time_text(row.wall, time), row.modem, row.slot, row.length, row.reason);
		count++;
	}
	tell_end(error, count, out);
}

static void
request(struct control *control, enum control_request what, struct evbuffer *out)
{
	char *error = NULL;

	if (control->conf.on_request(control->conf.ctx, what, &error) == 0)
		evbuffer_add_printf(out, "ok\n");
	else
		evbuffer_add_printf(out, "error: %s\n", error != NULL ? error : "not possible now");
	free(error);
}

static void
run_reload(struct control *control, const char *rest, struct evbuffer *out)
{
	(void)rest;
	request(control, CONTROL_RELOAD, out);
}

static void
run_stop(struct control *control, const char *rest, struct evbuffer *out)
{
	(void)rest;
	request(control, CONTROL_STOP, out);
}

static void
run_ussd(struct control *control, const char *rest, struct evbuffer *out)
{
	control_ussd(control->conf.on_ussd, control->conf.ctx, rest, out);
}

/* --- what takes its time --- */

static void resume(struct client *client);

static void
on_told(void *ctx, const struct balance_told *told)
{
	struct client *client = ctx;
	struct evbuffer *out = bufferevent_get_output(client->stream);

	if (told != NULL) {
		balance_say_told(told, out);
		return;
	}
	evbuffer_add_printf(out, ".\n");
	resume(client);
}

/* Dialling takes seconds; the answer is ended by on_told(). */
static void
ask_balance(struct client *client, const char *modem, struct evbuffer *out)
{
	struct balance *balance = client->control->balance;
	int count = balance != NULL ? balance_ask(balance, modem, on_told, client) : 0;

	client->waiting = count > 0;
	if (count > 0)
		bufferevent_set_timeouts(client->stream, NULL, NULL);
	else if (count < 0)
		evbuffer_add_printf(out, "error: there is no modem %s\n", modem);
	else if (balance != NULL)
		balance_say_none(balance, modem, out);
	else
		evbuffer_add_printf(out, "error: not possible now\n");
}

static void run_help(struct control *control, const char *rest, struct evbuffer *out);

static const struct command {
	const char *name;
	void (*run)(struct control *control, const char *rest, struct evbuffer *out);
	bool has_rest;                  /* words after the name */
	const char *help;
} commands[] = {
	{ "status", run_status, false, "how the core and each modem are" },
	{ "modem", run_modem, false, "all about each modem" },
	{ "balance", NULL, true, "dial the codes of the modem of that name, or of all, and show the answers" },
	{ "queue", run_queue, false, "messages to send that are not settled" },
	{ "partial", run_partial, false, "received messages of which parts never came" },
	{ "quarantine", run_quarantine, true, "what could not be read; show N: its octets" },
	{ "ussd", run_ussd, true, "an answer to the menu: SESSION PHONE all|N|next|end INPUT" },
	{ "reload", run_reload, false, "read configuration and grammar again" },
	{ "stop", run_stop, false, "end the daemon" },
	{ "help", run_help, false, "this list" },
};
#define COMMANDS (sizeof commands / sizeof commands[0])

static void
run_help(struct control *control, const char *rest, struct evbuffer *out)
{
	(void)control;
	(void)rest;
	for (size_t i = 0; i < COMMANDS; i++)
		evbuffer_add_printf(out, "%-10s %s\n", commands[i].name, commands[i].help);
}

/* --- clients --- */

static void
hang_up(struct client *client)
{
	if (client->waiting)
		balance_forget(client->control->balance, client);
	bufferevent_free(client->stream);
	*client = (struct client) { 0 };
}

/* Reads no more from it; it goes when all is said. */
static void
leave(struct client *client)
{
	client->leaving = true;
	bufferevent_disable(client->stream, EV_READ);
}

static void
answer(struct client *client, const char *line)
{
	struct evbuffer *out = bufferevent_get_output(client->stream);
	size_t length = strcspn(line, " "), i = 0;
	const char *rest = line + length + strspn(line + length, " ");

	while (i < COMMANDS && (strlen(commands[i].name) != length || strncmp(commands[i].name, line, length) != 0 ||
				(rest[0] != '\0' && !commands[i].has_rest)))
		i++;
	if (i == COMMANDS)
		evbuffer_add_printf(out, "error: unknown command, expected one that help lists\n");
	else if (commands[i].run == NULL)
		ask_balance(client, rest, out);
	else
		commands[i].run(client->control, rest, out);
	if (!client->waiting)
		evbuffer_add_printf(out, ".\n");
}

static void
read_lines(struct client *client)
{
	struct evbuffer *in = bufferevent_get_input(client->stream);
	struct evbuffer *out = bufferevent_get_output(client->stream);
	char *line;

	while (!client->waiting && evbuffer_get_length(out) < OUTPUT_MAX &&
	       (line = evbuffer_readln(in, NULL, EVBUFFER_EOL_CRLF)) != NULL) {
		answer(client, line);
		free(line);
	}
	if (!client->waiting && evbuffer_get_length(in) >= LINE_MAX_BYTES &&
	    evbuffer_search_eol(in, NULL, NULL, EVBUFFER_EOL_CRLF).pos < 0) {
		evbuffer_add_printf(out, "error: line too long\n.\n");
		leave(client);
	}
}

/* The networks have answered; it goes on when that is written. */
static void
resume(struct client *client)
{
	const struct timeval idle = { .tv_sec = IDLE_SECONDS };

	client->waiting = false;
	bufferevent_set_timeouts(client->stream, &idle, &idle);
	if (client->ended)
		leave(client);
}

static void
on_read(struct bufferevent *stream, void *arg)
{
	(void)stream;
	read_lines(arg);
}

/* All that was to say is said. */
static void
on_written(struct bufferevent *stream, void *arg)
{
	struct client *client = arg;

	(void)stream;
	if (client->leaving)
		hang_up(client);
	else
		read_lines(client);
}

static void
on_stream_event(struct bufferevent *stream, short what, void *arg)
{
	struct client *client = arg;

	(void)stream;
	/* Whoever has only shut down its own direction still gets its answers. */
	client->ended = (what & BEV_EVENT_EOF) != 0;
	if (client->ended && client->waiting)
		return;
	if ((what & BEV_EVENT_EOF) && evbuffer_get_length(bufferevent_get_output(client->stream)) > 0) {
		leave(client);
		return;
	}
	hang_up(client);
}

static struct client *
free_place(struct control *control)
{
	for (size_t i = 0; i < CLIENTS_MAX; i++)
		if (control->clients[i].control == NULL)
			return &control->clients[i];
	return NULL;
}

static void
take_client(struct control *control, evutil_socket_t fd)
{
	static const char busy[] = "error: too many clients\n.\n";
	const struct timeval idle = { .tv_sec = IDLE_SECONDS };
	struct client *client = free_place(control);
	struct event_base *base = evconnlistener_get_base(control->listener);

	if (client == NULL) {
		(void)send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
		close(fd);
		return;
	}
	client->stream = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
	if (client->stream == NULL) {
		close(fd);
		return;
	}
	client->control = control;
	bufferevent_setcb(client->stream, on_read, on_written, on_stream_event, client);
	bufferevent_setwatermark(client->stream, EV_READ, 0, LINE_MAX_BYTES);
	bufferevent_set_timeouts(client->stream, &idle, &idle);
	bufferevent_enable(client->stream, EV_READ | EV_WRITE);
}

static void
on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int length, void *arg)
{
	(void)listener;
	(void)address;
	(void)length;
	take_client(arg, fd);
}

/* --- the socket --- */

static int
set_address(struct sockaddr_un *address, const char *path)
{
	*address = (struct sockaddr_un) { .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof address->sun_path)
		return -ENAMETOOLONG;
	memcpy(address->sun_path, path, strlen(path));
	return 0;
}

/* A socket that nobody answers on is left from a daemon that was killed. */
static bool
answers(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool up = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;

	if (fd >= 0)
		close(fd);
	return up;
}

/* A stream socket bound at path, or -errno. */
static int
bind_socket(const char *path)
{
	struct sockaddr_un address;
	struct stat there;
	int fd, error = set_address(&address, path);

	if (error < 0)
		return error;
	if (answers(&address))
		return -EADDRINUSE;
	if (lstat(path, &there) == 0 && !S_ISSOCK(there.st_mode))
		return -EEXIST;
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 || chmod(path, 0660) != 0) {
		error = -errno;
		close(fd);
		return error;
	}
	return fd;
}

int
control_open(struct control **out, struct event_base *base, const struct control_conf *conf)
{
	struct control *control;
	int fd = bind_socket(conf->path);

	if (fd == -EADDRINUSE)
		log_error("%s: another kentongand answers there", conf->path);
	else if (fd < 0)
		log_error("%s: the control socket cannot be made: %s", conf->path, strerror(-fd));
	if (fd < 0)
		return fd;
	control = xcalloc(1, sizeof *control);
	control->conf = *conf;
	control->path = xstrdup(conf->path);
	control->since_ms = clock_monotonic_ms();
	control->listener = evconnlistener_new(base, on_accept, control, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
					       CLIENTS_MAX, fd);
	if (control->listener == NULL) {
		close(fd);
		free(control->path);
		free(control);
		return -ENOMEM;
	}
	*out = control;
	return 0;
}

void
control_add_modem(struct control *control, struct modem *modem)
{
	control->modems = xgrow(control->modems, control->modem_count, sizeof *control->modems);
	control->modems[control->modem_count++] = modem;
}

void
control_set_calendar(struct control *control, const struct trust *trust, const struct remind *remind)
{
	control->trust = trust;
	control->remind = remind;
}

void
control_set_balance(struct control *control, struct balance *balance)
{
	control->balance = balance;
}

/* The answer to `stop` may not have left yet, and the loop runs no more. A bufferevent keeps the front of its output
 * frozen between its own writes (libevent, bufferevent_sock.c). */
static void
say_last(const struct client *client)
{
	struct evbuffer *out = bufferevent_get_output(client->stream);

	evbuffer_unfreeze(out, 1);
	while (evbuffer_write(out, bufferevent_getfd(client->stream)) > 0)
		;
}

void
control_close(struct control *control)
{
	if (control == NULL)
		return;
	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		if (control->clients[i].control == NULL)
			continue;
		say_last(&control->clients[i]);
		hang_up(&control->clients[i]);
	}
	evconnlistener_free(control->listener);
	unlink(control->path);
	free(control->modems);
	free(control->path);
	free(control);
}
