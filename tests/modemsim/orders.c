/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orders: what the control socket can ask for and set. */
#include "orders.h"

#include "at.h"
#include "dialogue.h"
#include "journal.h"
#include "order.h"
#include "sent.h"
#include "wire.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_t *
orders_error(const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return json_pack("{s:b, s:s}", "ok", 0, "error", text);
}

json_t *
order_done(void)
{
	return json_pack("{s:b}", "ok", 1);
}

/* ---- members of an order ---- */

const char *
order_string(json_t *o, const char *key, const char *fallback)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : fallback;
}

int
order_number(json_t *o, const char *key, int fallback)
{
	json_t *v = json_object_get(o, key);
	double n = json_number_value(v);

	return json_is_number(v) && n >= INT_MIN && n <= INT_MAX ? (int)n : fallback;
}

bool
order_flag(json_t *o, const char *key, bool fallback)
{
	json_t *v = json_object_get(o, key);

	return json_is_boolean(v) ? json_is_true(v) : fallback;
}

struct modem *
orders_modem(struct network *net, json_t *order)
{
	int n = order_number(order, "modem", 0);

	return n >= 0 && n < net->count ? &net->modems[n] : NULL;
}

/* ---- messages from the modems ---- */

static json_t *
order_urc(struct network *net, struct modem *m, json_t *o)
{
	(void)net;
	at_urc(m, "%s", order_string(o, "text", ""));
	return order_done();
}

static json_t *
part_json(const struct sent_part *p)
{
	return json_pack("{s:i, s:i, s:b, s:b, s:f, s:s}", "part", p->number, "mr", p->mr, "report", p->wants_report,
			 "acknowledged", p->acknowledged, "time", p->time, "pdu", p->hex);
}

static json_t *
message_json(const struct sent_message *s)
{
	json_t *parts = json_array(), *o;

	for (size_t i = 0; i < s->parts_n; i++)
		json_array_append_new(parts, part_json(&s->parts[i]));
	o = json_pack("{s:I, s:i, s:s, s:i, s:i, s:i, s:b, s:o}", "seq", (json_int_t)s->seq, "modem", s->modem, "to", s->to,
		      "total", s->total, "class", s->message_class, "validity_min", s->validity_min,
		      "acknowledged", sent_is_acknowledged(s), "parts", parts);
	if (s->ref_bits)
		json_object_set_new(o, "ref", json_integer(s->ref));
	if (s->text) {
		json_object_set_new(o, "text", json_string(s->text));
		json_object_set_new(o, "time", json_real(s->time));
	}
	return o;
}

static json_t *
order_sent(struct network *net, struct modem *m, json_t *o)
{
	uint64_t since = (uint64_t)order_number(o, "since", 0);
	json_t *sent = json_array(), *incomplete = json_array();
	const struct sent_message *s;

	(void)net;
	(void)m;
	for (s = sent_after(since); s; s = sent_after(s->seq))
		json_array_append_new(sent, message_json(s));
	for (size_t i = 0; (s = sent_incomplete(i)); i++)
		json_array_append_new(incomplete, message_json(s));
	return json_pack("{s:b, s:I, s:o, s:o}", "ok", 1, "total", (json_int_t)sent_total(),
			 "sent", sent, "incomplete", incomplete);
}

static void
add_repeat(void *arg, const struct sent_message *m, int times, int acknowledged)
{
	json_array_append_new(arg, json_pack("{s:s, s:s, s:I, s:i, s:i}", "to", m->to, "text", m->text, "seq",
					     (json_int_t)m->seq, "times", times, "acknowledged", acknowledged));
}

static json_t *
order_repeats(struct network *net, struct modem *m, json_t *o)
{
	json_t *all = json_array(), *repeats = json_array(), *one;
	int extra = 0, least = order_flag(o, "all", false) ? 1 : 2;
	size_t i;

	(void)net;
	(void)m;
	sent_repeats(add_repeat, all);
	json_array_foreach(all, i, one) {
		int times = order_number(one, "times", 1);

		extra += times - 1;
		if (times >= least)
			json_array_append(repeats, one);
	}
	json_decref(all);
	return json_pack("{s:b, s:i, s:o}", "ok", 1, "extra", extra, "repeats", repeats);
}

static json_t *
order_report(struct network *net, struct modem *m, json_t *o)
{
	int seq = order_number(o, "seq", 0), part = order_number(o, "part", 0);
	const struct sent_message *s = seq > 0 ? sent_after((uint64_t)seq - 1) : NULL;

	(void)m;
	if (!s || s->seq != (uint64_t)seq)
		return orders_error("no message %d", seq);
	for (size_t i = 0; i < s->parts_n; i++) {
		if (!part || s->parts[i].number == part)
			network_report(&net->modems[s->modem], s->to, s->parts[i].mr,
				       (uint8_t)order_number(o, "status", net->report_status), order_number(o, "delay_ms", 0));
	}
	return order_done();
}

/* ---- memories ---- */

/* What reading the slot shows as its PDU. */
static void
write_pdu(const struct sim_slot *s, char hex[2 * SIM_PDU_MAX + 1])
{
	const char *head = s->literal ? strstr(s->literal, "+CMGR") : NULL, *line = head ? strchr(head, '\n') : NULL;

	if (!s->literal)
		pdu_to_hex(s->pdu, s->len, hex);
	else
		snprintf(hex, 2 * SIM_PDU_MAX + 1, "%.*s", line ? (int)strcspn(line + 1, "\r\n") : 0, line ? line + 1 : "");
}

static json_t *
order_slots(struct network *net, struct modem *m, json_t *o)
{
	json_t *slots = json_array(), *used = json_object();

	(void)net;
	(void)o;
	for (int mem = 0; mem < SIM_MEMORIES; mem++) {
		for (int n = 1; n <= sim_size(&m->sim, mem); n++) {
			const struct sim_slot *s = sim_slot(&m->sim, mem, n);
			char hex[2 * SIM_PDU_MAX + 1];

			if (!s->used)
				continue;
			write_pdu(s, hex);
			json_array_append_new(slots, json_pack("{s:s, s:i, s:i, s:s}", "mem", sim_name(mem), "slot", n,
							       "state", s->seen ? 1 : 0, "pdu", hex));
		}
		json_object_set_new(used, sim_name(mem), json_integer(sim_used(&m->sim, mem)));
	}
	return json_pack("{s:b, s:o, s:o, s:i}", "ok", 1, "slots", slots, "used", used, "waiting", network_waiting(m));
}

static json_t *
order_clear(struct network *net, struct modem *m, json_t *o)
{
	(void)m;
	(void)o;
	network_clear(net);
	orders_forget_late_parts();
	sent_clear();
	journal_clear();
	dialogue_clear();
	for (int i = 0; i < net->count; i++) {
		sim_clear(&net->modems[i].sim);
		at_clear_stats(&net->modems[i]);
	}
	return order_done();
}

/* ---- settings ---- */

static void
announce_registration(struct modem *m)
{
	/* TS 27.007, 7.2: n = 2 adds the place where there is one */
	if (m->creg == 2 && network_registered(m))
		at_urc(m, "+CREG: %d,\"1A2B\",\"00C3D4E5\"", m->registration);
	else if (m->creg)
		at_urc(m, "+CREG: %d", m->registration);
	if (network_registered(m))
		network_pump(m);
}

static json_t *
set_clock(struct network *net, json_t *value)
{
	struct stamp s;

	if (!json_is_string(value) || stamp_parse(json_string_value(value), &s) < 0)
		return orders_error("clock: bad time");
	if (network_set_clock(net, s.epoch) < 0)
		return orders_error("clock: the file cannot be written");
	return order_done();
}

/* The numeric settings: where they are and what they may be. */
static int *
number_setting(struct network *net, struct modem *m, const char *key, int *most)
{
	const struct {
		const char *key;
		int        *where, most;
	} settings[] = {
		{ "signal", &m->signal, 99 }, { "registration", &m->registration, 5 },
		{ "latency_ms", &m->latency_ms, 600000 }, { "send_ms", &m->send_ms, 600000 },
		{ "empty_cms", &m->empty_cms, 999 },
		{ "report_delay_ms", &net->report_delay_ms, 600000 }, { "report_status", &net->report_status, 255 },
	};

	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		if (!strcmp(settings[i].key, key)) {
			*most = settings[i].most;
			return settings[i].where;
		}
	}
	return NULL;
}

static json_t *
order_set(struct network *net, struct modem *m, json_t *o)
{
	const char *key = order_string(o, "key", "");
	json_t *value = json_object_get(o, "value");
	int most, number = json_is_integer(value) ? (int)json_integer_value(value) : json_is_true(value);
	int *where = number_setting(net, m, key, &most);

	if (where) {
		if (!json_is_integer(value) || number < 0 || number > most)
			return orders_error("%s: a number from 0 to %d is wanted", key, most);
		*where = number;
		if (where == &m->registration)
			announce_registration(m);
		return order_done();
	}
	if (!strcmp(key, "clock"))
		return set_clock(net, value);
	if (!strcmp(key, "smsc") && json_is_string(value))
		snprintf(m->smsc, sizeof m->smsc, "%s", json_string_value(value));
	else if (!strcmp(key, "cclk") && json_is_string(value))
		snprintf(m->cclk, sizeof m->cclk, "%s", json_string_value(value));
	else if (!strcmp(key, "reports"))
		net->reports = number;
	else if (!strcmp(key, "sr"))
		m->has_sr = number;
	else
		return orders_error("no setting \"%s\"", key);
	return order_done();
}

/* ---- what happened ---- */

static void
add_count(void *arg, const char *name, unsigned long n)
{
	json_object_set_new(arg, name, json_integer((json_int_t)n));
}

static json_t *
order_stats(struct network *net, struct modem *m, json_t *o)
{
	json_t *stats = json_object();

	(void)net;
	(void)o;
	at_stats(m, add_count, stats);
	return json_pack("{s:b, s:o}", "ok", 1, "stats", stats);
}

static void
add_line(void *arg, const char *line)
{
	json_array_append_new(arg, json_string(line));
}

static json_t *
order_log(struct network *net, struct modem *m, json_t *o)
{
	json_t *lines = json_array();

	(void)net;
	(void)m;
	dialogue_last(order_number(o, "lines", 100), add_line, lines);
	return json_pack("{s:b, s:o}", "ok", 1, "log", lines);
}

static json_t *
order_commands(struct network *net, struct modem *m, json_t *o)
{
	uint64_t since = (uint64_t)order_number(o, "since", 0);
	bool faulty = order_flag(o, "faulty", false), one = json_object_get(o, "modem");
	json_t *list = json_array();
	const struct journal_entry *e;

	(void)net;
	for (e = journal_after(since); e; e = journal_after(e->n)) {
		if ((faulty && !*e->faults) || (one && e->modem != m->index))
			continue;
		json_array_append_new(list, json_pack("{s:I, s:i, s:f, s:s, s:s, s:s}", "n", (json_int_t)e->n, "modem",
						      e->modem, "time", e->time, "command", e->line, "fault", e->faults,
						      "final", e->final));
	}
	return json_pack("{s:b, s:I, s:o}", "ok", 1, "total", (json_int_t)journal_total(), "commands", list);
}

static json_t *
order_info(struct network *net, struct modem *m, json_t *o)
{
	(void)o;
	return json_pack("{s:b, s:i, s:i, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:b, s:b, s:[iiiii]}", "ok", 1,
			 "modems", net->count,
			 "modem", m->index, "device", wire_path(m), "number", m->number, "imei", m->imei, "imsi", m->imsi,
			 "smsc", m->smsc, "signal", m->signal, "registration", m->registration,
			 "plugged", wire_is_in(m), "dead", at_is_dead(m),
			 "cnmi", m->cnmi[0], m->cnmi[1], m->cnmi[2], m->cnmi[3], m->cnmi[4]);
}

static const struct order general_orders[] = {
	{ "urc", order_urc }, { "sent", order_sent }, { "repeats", order_repeats }, { "report", order_report },
	{ "slots", order_slots }, { "clear", order_clear }, { "set", order_set }, { "stats", order_stats },
	{ "log", order_log }, { "commands", order_commands }, { "info", order_info },
	{ NULL, NULL }
};

static const struct order *
find(const char *name)
{
	static const struct order *const tables[] = { general_orders, sms_orders, fault_orders, ussd_orders };

	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
		for (const struct order *o = tables[t]; o->name; o++) {
			if (!strcmp(o->name, name))
				return o;
		}
	}
	return NULL;
}

json_t *
orders_run(struct network *net, json_t *order)
{
	const struct order *o = find(order_string(order, "cmd", ""));
	struct modem *m = orders_modem(net, order);

	if (!m)
		return orders_error("no such modem");
	return o ? o->run(net, m, order) : orders_error("no command \"%s\"", order_string(order, "cmd", ""));
}
