/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: what the operator's socket answers, and the menu's. */
#include "gate/control.h"

#include <errno.h>
#include <event2/buffer.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/cms.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "gate/balance_say.h"
#include "gate/lines.h"
#include "gate/nightly.h"
#include "gate/proof.h"
#include "gate/remind.h"
#include "gate/trust.h"
#include "modem/supervisor.h"
#include "store/circular.h"
#include "store/health.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/pin.h"
#include "store/purge.h"
#include "store/schedule.h"
#include "store/spend.h"

#define ROWS_MAX 500            /* of a queue that is shown */

struct control {
	struct control_conf conf;
	const struct trust *trust;
	const struct remind *remind;
	struct balance *balance;
	const struct nightly *nightly;
	const struct grammar *grammar;
	struct modem **modems;
	size_t modem_count;
	int64_t since_ms;
	struct lines *office;           /* the operator's */
	struct lines *menu;             /* of the front for USSD gateways; NULL: none is wanted */
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
	if (info.crowded)
		evbuffer_add_printf(out, ", ALARM: at least half of its slots are used");
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
				    " wait, %" PRId64 " numbers had all of their %d\n", spend.held, spend.waiting, spend.full,
				    spend.number_most);
}

/* Who cannot send what he is to send. */
static void
tell_pins(const struct control *control, struct evbuffer *out)
{
	int missing = control->grammar != NULL ? proof_missing(control->conf.store, control->grammar) : 0;
	int locked = pin_count_locked(control->conf.store, clock_wall());

	if (missing > 0)
		evbuffer_add_printf(out, "pins: %d people need one and have none: `kentongan people list nopin`\n", missing);
	if (locked > 0)
		evbuffer_add_printf(out, "pins: %d LOCKED after wrong tries: `kentongan people list locked`\n", locked);
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

static void
tell_clock(const struct trust *trust, struct evbuffer *out)
{
	const char *modem = trust_modem_time(trust);

	if (trust_holds(trust)) {
		evbuffer_add_printf(out, "clock: trusted: %s\n", trust_reason(trust));
		return;
	}
	evbuffer_add_printf(out, "clock: NOT TRUSTED: %s; ", trust_reason(trust));
	if (modem[0] != '\0')
		evbuffer_add_printf(out, "the modem's clock says %s", modem);
	else
		evbuffer_add_printf(out, "no modem tells the time");
	evbuffer_add_printf(out, "; reminders and all that ends by a date wait for proof, reports do not\n");
}

/* The clock, and what the calendar does next. */
static void
tell_calendar(const struct control *control, struct evbuffer *out)
{
	struct remind_info info;
	char name[CALENDAR_PERIOD_SIZE];

	if (control->remind == NULL)
		return;
	tell_clock(control->trust, out);
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

/* Whether it can be written; how long it can go on so. */
static void
tell_database(struct store *store, struct evbuffer *out)
{
	struct health health;
	char age[32];

	health_read(store, &health);
	evbuffer_add_printf(out, "database: %" PRId64 " MB", (health.size + health.log) >> 20);
	if (health.room >= 0)
		evbuffer_add_printf(out, ", room for %" PRId64 " MB%s", health.room >> 20,
				    health.room < HEALTH_ROOM_LEAST ? ": THAT IS LITTLE" : "");
	if (health.log >= HEALTH_LOG_MOST)
		evbuffer_add_printf(out, ", its log has %" PRId64 " MB: ANOTHER PROGRAM READS IT WITHOUT END",
				    health.log >> 20);
	if (health.error != 0)
		evbuffer_add_printf(out, "; CANNOT BE WRITTEN for %s: %s; SMS stay in the SIM",
				    age_text((clock_monotonic_ms() - health.since_ms) / 1000, age),
				    health_words(health.error));
	evbuffer_add_printf(out, "\n");
}

/* What was removed because it may not be kept any longer. */
static void
tell_purge(struct store *store, struct evbuffer *out)
{
	struct purge_counts last;
	char age[32];

	if (purge_last(store, &last) != 0)
		return;
	if (last.wall == 0)
		evbuffer_add_printf(out, "purge: never yet\n");
	else
		evbuffer_add_printf(out, "purge: last %s ago, removed texts %" PRId64 ", quarantine %" PRId64 ", numbers %" PRId64
				    ", leftovers %" PRId64 "\n", age_text(clock_wall() - last.wall, age), last.texts,
				    last.quarantine, last.numbers, last.leftovers);
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
	tell_database(control->conf.store, out);
	tell_spending(control->conf.store, out);
	tell_pins(control, out);
	tell_calendar(control, out);
	tell_purge(control->conf.store, out);
	if (control->nightly != NULL)
		nightly_say(control->nightly, out);
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
	evbuffer_add_printf(out, "  %-12s %s\n", "alarm", info->alarm ? "YES: its slots were not read for too long" :
			    info->crowded ? "YES: at least half of its slots are used" : "none");
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
		evbuffer_add_printf(out, "the database cannot be read: %s\n", health_words(error));
	else if (count == 0)
		evbuffer_add_printf(out, "nothing\n");
}

static void
tell_row(const struct outbox_row *row, struct evbuffer *out)
{
	char masked[PHONE_MASK_SIZE], age[32];
	int64_t wait = row->next - clock_wall();

	evbuffer_add_printf(out, "out=%" PRId64, row->id);
	if (row->inbox != 0)
		evbuffer_add_printf(out, " in=%" PRId64, row->inbox);
	evbuffer_add_printf(out, " %s %s to=%s tries %d", row->class, row->state, phone_mask(row->dest, masked), row->tries);
	if (row->parts > 1)
		evbuffer_add_printf(out, ", %d of %d parts sent", row->parts_sent, row->parts);
	if (row->error != 0)
		evbuffer_add_printf(out, ", refused by %s (%d)", cms_cause(row->error), row->error);
	if (row->held)
		evbuffer_add_printf(out, ", a limit keeps it");
	if (row->next != 0)
		evbuffer_add_printf(out, ", next in %s", age_text(wait > 0 ? wait : 0, age));
	else if (strcmp(row->state, "UNKNOWN") == 0)
		evbuffer_add_printf(out, ", it may have gone out, and is not sent again");
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
	evbuffer_add_printf(out, "%s\n", length == 0 ? "nothing could be had, or it was removed after its days" : "");
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

static void
on_told(void *ctx, const struct balance_told *told)
{
	struct evbuffer *more;

	if (told == NULL) {
		lines_end(ctx);
		return;
	}
	more = evbuffer_new();
	balance_say_told(told, more);
	lines_add(ctx, more);
	evbuffer_free(more);
}

/* Dialling takes seconds: false, and the answer is ended by on_told(). */
static bool
ask_balance(struct control *control, struct lines_client *client, const char *modem, struct evbuffer *out)
{
	struct balance *balance = control->balance;
	int count = balance != NULL ? balance_ask(balance, modem, on_told, client) : 0;

	if (count > 0)
		return false;
	if (count < 0)
		evbuffer_add_printf(out, "error: there is no modem %s\n", modem);
	else if (balance != NULL)
		balance_say_none(balance, modem, out);
	else
		evbuffer_add_printf(out, "error: not possible now\n");
	return true;
}

static void
on_gone(void *ctx, struct lines_client *client)
{
	struct control *control = ctx;

	balance_forget(control->balance, client);
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

/* --- sockets --- */

static bool
on_line(void *ctx, struct lines_client *client, const char *line, struct evbuffer *out)
{
	size_t length = strcspn(line, " "), i = 0;
	const char *rest = line + length + strspn(line + length, " ");

	while (i < COMMANDS && (strlen(commands[i].name) != length || strncmp(commands[i].name, line, length) != 0 ||
				(rest[0] != '\0' && !commands[i].has_rest)))
		i++;
	if (i == COMMANDS)
		evbuffer_add_printf(out, "error: unknown command, expected one that help lists\n");
	else if (commands[i].run == NULL)
		return ask_balance(ctx, client, rest, out);
	else
		commands[i].run(ctx, rest, out);
	return true;
}

/* Whoever stands between the world and us may say this and nothing else. */
static bool
on_menu_line(void *ctx, struct lines_client *client, const char *line, struct evbuffer *out)
{
	struct control *control = ctx;

	(void)client;
	if (strncmp(line, "ussd ", 5) == 0)
		control_ussd(control->conf.on_ussd, control->conf.ctx, line + 5, out);
	else
		evbuffer_add_printf(out, "error: unknown command, expected ussd\n");
	return true;
}

static int
open_sockets(struct control *control, struct event_base *base)
{
	const struct lines_conf office = { .path = control->conf.path, .on_line = on_line, .on_gone = on_gone,
					   .ctx = control };
	const struct lines_conf menu = { .path = control->conf.menu_path, .on_line = on_menu_line,
					 .ctx = control };
	int error = lines_open(&control->office, base, &office);

	if (error == 0 && menu.path != NULL && menu.path[0] != '\0')
		error = lines_open(&control->menu, base, &menu);
	return error;
}

int
control_open(struct control **out, struct event_base *base, const struct control_conf *conf)
{
	struct control *control = xcalloc(1, sizeof *control);
	int error;

	control->conf = *conf;
	control->since_ms = clock_monotonic_ms();
	error = open_sockets(control, base);
	if (error < 0)
		control_close(control);
	else
		*out = control;
	return error;
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
control_set_nightly(struct control *control, const struct nightly *nightly)
{
	control->nightly = nightly;
}

void
control_set_balance(struct control *control, struct balance *balance)
{
	control->balance = balance;
}

void
control_set_grammar(struct control *control, const struct grammar *grammar)
{
	control->grammar = grammar;
}

void
control_close(struct control *control)
{
	if (control == NULL)
		return;
	lines_close(control->menu);
	lines_close(control->office);
	free(control->modems);
	free(control);
}
