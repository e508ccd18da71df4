/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orders: what the control socket can ask for and set. */
#include "orders.h"

#include "at.h"
#include "dialogue.h"
#include "sent.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef json_t *order_run(struct network *net, struct modem *m, json_t *order);

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

static json_t *
done(void)
{
	return json_pack("{s:b}", "ok", 1);
}

/* ---- members of an order ---- */

static const char *
string_of(json_t *o, const char *key, const char *fallback)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : fallback;
}

static int
number_of(json_t *o, const char *key, int fallback)
{
	json_t *v = json_object_get(o, key);

	return json_is_number(v) ? (int)json_number_value(v) : fallback;
}

static bool
flag_of(json_t *o, const char *key, bool fallback)
{
	json_t *v = json_object_get(o, key);

	return json_is_boolean(v) ? json_is_true(v) : fallback;
}

struct modem *
orders_modem(struct network *net, json_t *order)
{
	int n = number_of(order, "modem", 0);

	return n >= 0 && n < net->count ? &net->modems[n] : NULL;
}

/* ---- messages to a modem ---- */

/* False for a memory or slot that does not exist: the message would wait for it for ever. */
static bool
read_way(const struct modem *m, json_t *o, struct network_way *way)
{
	const char *mem = string_of(o, "mem", NULL);
	enum sim_memory there;

	*way = (struct network_way){
		.quiet = !flag_of(o, "notify", true),
		.direct = flag_of(o, "direct", false),
		.mem = mem ? sim_memory_of(mem) : -1,
		.slot = number_of(o, "slot", 0),
	};
	there = way->mem >= 0 ? (enum sim_memory)way->mem : m->mem[2];
	return (!mem || way->mem >= 0) && way->slot >= 0 && way->slot <= sim_size(&m->sim, there);
}

static json_t *
place_json(struct network_place p)
{
	switch (p.what) {
	case NETWORK_STORED:
		return json_pack("{s:s, s:i}", "mem", sim_name(p.mem), "slot", p.slot);
	case NETWORK_SHOWN:
		return json_pack("{s:b}", "shown", 1);
	case NETWORK_WAITING:
		return json_pack("{s:b}", "waiting", 1);
	default:
		return json_pack("{s:b}", "lost", 1);
	}
}

static json_t *
placed(json_t *parts, const struct modem *m)
{
	return json_pack("{s:b, s:o, s:i}", "ok", 1, "parts", parts, "waiting", network_waiting(m));
}

/* The parts of one text, encoded first: either all of them are delivered or none. */
static json_t *
deliver_parts(struct modem *m, const struct network_way *way, struct pdu_deliver *d,
	      const struct pdu_body *bodies, int n)
{
	uint8_t (*pdus)[PDU_OUT_MAX] = malloc((size_t)n * sizeof *pdus);
	int *lengths = malloc((size_t)n * sizeof *lengths);
	json_t *parts = json_array();

	if (!pdus || !lengths || !parts)
		abort();
	for (int i = 0; i < n; i++) {
		d->body = &bodies[i];
		d->more = i + 1 < n;
		lengths[i] = pdu_encode_deliver(d, pdus[i]);
		if (lengths[i] < 0) {
			json_decref(parts);
			parts = NULL;
			break;
		}
	}
	for (int i = 0; parts && i < n; i++)
		json_array_append_new(parts, place_json(network_deliver(m, pdus[i], (size_t)lengths[i], way)));
	m->net->ref += n > 1;
	free(pdus);
	free(lengths);
	return parts ? placed(parts, m) : orders_error("bad sender \"%s\"", d->from);
}

static json_t *
order_sms(struct network *net, struct modem *m, json_t *o)
{
	const struct pdu_split how = { .ref = (uint8_t)number_of(o, "ref", net->ref),
		.message_class = number_of(o, "class", -1), .force_ucs2 = flag_of(o, "ucs2", false),
		.split_surrogates = flag_of(o, "split_surrogates", false) };
	struct pdu_deliver d = { .smsc = string_of(o, "smsc", m->smsc), .from = string_of(o, "from", ""),
		.time = network_now(net), .pid = (uint8_t)number_of(o, "pid", 0) };
	const char *time = string_of(o, "time", NULL);
	struct network_way way;
	struct pdu_body *bodies;
	json_t *answer;
	int n;

	if (!read_way(m, o, &way))
		return orders_error("no such memory or slot");
	if (time && stamp_parse(time, &d.time) < 0)
		return orders_error("bad time \"%s\"", time);
	bodies = calloc(PDU_PARTS_MAX, sizeof *bodies);
	if (!bodies)
		abort();
	n = pdu_split(string_of(o, "text", ""), &how, bodies);
	answer = n < 0 ? orders_error("text cannot be encoded: %s", strerror(-n))
		: deliver_parts(m, &way, &d, bodies, n);
	free(bodies);
	return answer;
}

static json_t *
order_pdu(struct network *net, struct modem *m, json_t *o)
{
	struct network_way way;
	uint8_t pdu[SIM_PDU_MAX];
	int len = pdu_from_hex(string_of(o, "hex", ""), pdu, sizeof pdu);

	(void)net;
	if (!read_way(m, o, &way))
		return orders_error("no such memory or slot");
	if (len <= 0)
		return orders_error("hex: not 1 to %d octets", SIM_PDU_MAX);
	return placed(json_pack("[o]", place_json(network_deliver(m, pdu, (size_t)len, &way))), m);
}

static json_t *
order_urc(struct network *net, struct modem *m, json_t *o)
{
	(void)net;
	at_urc(m, "%s", string_of(o, "text", ""));
	return done();
}

/* ---- messages from the modems ---- */

static json_t *
part_json(const struct sent_part *p)
{
	return json_pack("{s:i, s:i, s:b, s:f, s:s}", "part", p->number, "mr", p->mr,
			 "report", p->wants_report, "time", p->time, "pdu", p->hex);
}

static json_t *
message_json(const struct sent_message *s)
{
	json_t *parts = json_array(), *o;

	for (size_t i = 0; i < s->parts_n; i++)
		json_array_append_new(parts, part_json(&s->parts[i]));
	o = json_pack("{s:I, s:i, s:s, s:i, s:i, s:i, s:o}", "seq", (json_int_t)s->seq, "modem", s->modem, "to", s->to,
		      "total", s->total, "class", s->message_class, "validity_min", s->validity_min, "parts", parts);
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
	uint64_t since = (uint64_t)number_of(o, "since", 0);
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

static json_t *
order_report(struct network *net, struct modem *m, json_t *o)
{
	int seq = number_of(o, "seq", 0), part = number_of(o, "part", 0);
	const struct sent_message *s = seq > 0 ? sent_after((uint64_t)seq - 1) : NULL;

	(void)m;
	if (!s || s->seq != (uint64_t)seq)
		return orders_error("no message %d", seq);
	for (size_t i = 0; i < s->parts_n; i++) {
		if (!part || s->parts[i].number == part)
			network_report(&net->modems[s->modem], s->to, s->parts[i].mr,
				       (uint8_t)number_of(o, "status", net->report_status), number_of(o, "delay_ms", 0));
	}
	return done();
}

/* ---- memories ---- */

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
			pdu_to_hex(s->pdu, s->len, hex);
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
	sent_clear();
	dialogue_clear();
	for (int i = 0; i < net->count; i++) {
		sim_clear(&net->modems[i].sim);
		at_clear_stats(&net->modems[i]);
	}
	return done();
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
	net->clock_offset += s.epoch - network_now(net).epoch;
	return done();
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
	const char *key = string_of(o, "key", "");
	json_t *value = json_object_get(o, "value");
	int most, number = json_is_integer(value) ? (int)json_integer_value(value) : json_is_true(value);
	int *where = number_setting(net, m, key, &most);

	if (where) {
		if (!json_is_integer(value) || number < 0 || number > most)
			return orders_error("%s: a number from 0 to %d is wanted", key, most);
		*where = number;
		if (where == &m->registration)
			announce_registration(m);
		return done();
	}
	if (!strcmp(key, "clock"))
		return set_clock(net, value);
	if (!strcmp(key, "smsc") && json_is_string(value))
		snprintf(m->smsc, sizeof m->smsc, "%s", json_string_value(value));
	else if (!strcmp(key, "reports"))
		net->reports = number;
	else if (!strcmp(key, "sr"))
		m->has_sr = number;
	else
		return orders_error("no setting \"%s\"", key);
	return done();
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
	dialogue_last(number_of(o, "lines", 100), add_line, lines);
	return json_pack("{s:b, s:o}", "ok", 1, "log", lines);
}

static json_t *
order_info(struct network *net, struct modem *m, json_t *o)
{
	(void)o;
	return json_pack("{s:b, s:i, s:i, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:[iiiii]}", "ok", 1, "modems", net->count,
			 "modem", m->index, "device", m->line.link, "number", m->number, "imei", m->imei, "imsi", m->imsi,
			 "smsc", m->smsc, "signal", m->signal, "registration", m->registration,
			 "cnmi", m->cnmi[0], m->cnmi[1], m->cnmi[2], m->cnmi[3], m->cnmi[4]);
}

static const struct {
	const char *name;
	order_run  *run;
} orders[] = {
	{ "sms", order_sms }, { "pdu", order_pdu }, { "urc", order_urc }, { "sent", order_sent },
	{ "report", order_report }, { "slots", order_slots }, { "clear", order_clear }, { "set", order_set },
	{ "stats", order_stats }, { "log", order_log }, { "info", order_info },
};

json_t *
orders_run(struct network *net, json_t *order)
{
	const char *name = string_of(order, "cmd", "");
	struct modem *m = orders_modem(net, order);

	if (!m)
		return orders_error("no such modem");
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		if (!strcmp(orders[i].name, name))
			return orders[i].run(net, m, order);
	}
	return orders_error("no command \"%s\"", name);
}
