/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orders_sms: messages to a modem: whole texts and their parts in any order and number, PDUs good and broken, answers
 * as recorded from real modems. */
#include "order.h"

#include "at.h"
#include "broken.h"
#include "later.h"
#include "texts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES_MAX = 20000, COPIES_MAX = 100, DELAY_MAX = 3600 * 1000, DUMP_MAX = 16 * 1024 };

/* One PDU on its way. */
struct piece {
	struct network_way way;
	int     message, part;	/* from 0, from 1 */
	int     delay_ms;
	size_t  len;
	uint8_t pdu[SIM_PDU_MAX];
};

struct pieces {
	struct piece *at;
	int           n;
	bool          plain;	/* each part once and in order, as if nobody had asked for more */
};

static struct piece *
add_piece(struct pieces *p)
{
	struct piece *more;

	if (p->n == PIECES_MAX)
		return NULL;
	more = realloc(p->at, ((size_t)p->n + 1) * sizeof *more);
	if (!more)
		abort();
	p->at = more;
	p->at[p->n] = (struct piece){ .len = 0 };
	return &p->at[p->n++];
}

/* ---- members ---- */

/* False for a memory or slot that does not exist: the message would wait for it for ever. */
static bool
read_way(const struct modem *m, json_t *o, struct network_way *way)
{
	const char *mem = order_string(o, "mem", NULL);
	enum sim_memory there;

	*way = (struct network_way){
		.quiet = !order_flag(o, "notify", true),
		.direct = order_flag(o, "direct", false),
		.mem = mem ? sim_memory_of(mem) : -1,
		.slot = order_number(o, "slot", 0),
	};
	there = way->mem >= 0 ? (enum sim_memory)way->mem : m->mem[2];
	return (!mem || way->mem >= 0) && way->slot >= 0 && way->slot <= sim_size(&m->sim, there);
}

static bool
read_elements(json_t *o, const char *key, struct pdu_elements *e)
{
	int n = pdu_from_hex(order_string(o, key, ""), e->octets, sizeof e->octets);

	e->len = (uint8_t)(n > 0 ? n : 0);
	return n >= 0;
}

/* Whether this part is among those wanted: "only" is how many of the first, or a list. */
static bool
is_wanted(json_t *o, int part)
{
	json_t *only = json_object_get(o, "only"), *one;
	size_t i;

	if (json_is_integer(only))
		return part <= json_integer_value(only);
	if (!json_is_array(only))
		return true;
	json_array_foreach(only, i, one) {
		if (json_integer_value(one) == part)
			return true;
	}
	return false;
}

static int
delay_of(json_t *o, int part)
{
	json_t *list = json_object_get(o, "delays");
	json_t *one = json_array_get(list, (size_t)part - 1);
	int ms = json_is_integer(one) ? (int)json_integer_value(one) : order_number(o, "delay_ms", 0);

	return ms < 0 ? 0 : ms > DELAY_MAX ? DELAY_MAX : ms;
}

/* ---- one message ---- */

struct message {
	json_t            *order;
	int                index;
	struct network_way way;
	struct pdu_split   how;
	struct pdu_deliver deliver;
};

/* Returns NULL, or the error. */
static json_t *
read_message(const struct modem *m, json_t *o, struct message *msg)
{
	const char *time = order_string(o, "time", NULL);

	msg->order = o;
	msg->how = (struct pdu_split){ .ref = (uint16_t)order_number(o, "ref", m->net->ref),
		.ref16 = order_flag(o, "ref16", false), .message_class = order_number(o, "class", -1),
		.force_ucs2 = order_flag(o, "ucs2", false), .split_surrogates = order_flag(o, "split_surrogates", false) };
	msg->deliver = (struct pdu_deliver){ .smsc = order_string(o, "smsc", m->smsc), .from = order_string(o, "from", ""),
		.time = network_now(m->net), .pid = (uint8_t)order_number(o, "pid", 0) };
	if (!read_way(m, o, &msg->way))
		return orders_error("no such memory or slot");
	if (time && stamp_parse(time, &msg->deliver.time) < 0)
		return orders_error("bad time \"%s\"", time);
	if (!read_elements(o, "udh_before", &msg->how.before) || !read_elements(o, "udh_after", &msg->how.after))
		return orders_error("udh_before, udh_after: hex of at most %d octets", PDU_ELEMENTS_MAX);
	return NULL;
}

static json_t *
add_part(struct pieces *pieces, struct message *msg, const struct pdu_body *body, int part, bool more)
{
	uint8_t pdu[PDU_OUT_MAX];
	struct piece *p;
	int len;

	msg->deliver.body = body;
	msg->deliver.more = more;
	len = pdu_encode_deliver(&msg->deliver, pdu);
	if (len < 0)
		return orders_error("bad sender \"%s\"", msg->deliver.from);
	p = add_piece(pieces);
	if (!p)
		return orders_error("more than %d parts", PIECES_MAX);
	p->way = msg->way;
	p->message = msg->index;
	p->part = part;
	p->delay_ms = delay_of(msg->order, part);
	p->len = (size_t)len;
	memcpy(p->pdu, pdu, (size_t)len);
	return NULL;
}

/* "repeat": the same part of the same reference again, its text taken from another message as long as this one. */
static json_t *
add_repeat(struct pieces *pieces, struct message *msg, struct pdu_body *bodies, int n)
{
	int part = order_number(msg->order, "repeat", 0);
	const char *text = order_string(msg->order, "repeat_text", "");
	int others;

	if (!part)
		return NULL;
	if (part < 1 || part > n)
		return orders_error("repeat: no part %d", part);
	pieces->plain = false;
	others = pdu_split(text, &msg->how, bodies);
	if (others != n)
		return orders_error("repeat_text: must have %d parts too", n);
	return add_part(pieces, msg, &bodies[part - 1], part, part < n);
}

/* Adds the wanted parts of a text, all of them encoded before any is delivered. Returns NULL, or the error. */
static json_t *
add_message(struct pieces *pieces, struct modem *m, json_t *o, int index)
{
	struct message msg = { .index = index };
	struct pdu_body *bodies = calloc(PDU_PARTS_MAX, sizeof *bodies);
	json_t *error = read_message(m, o, &msg);
	int n = 0;

	if (!bodies)
		abort();
	if (!error) {
		n = pdu_split(order_string(o, "text", ""), &msg.how, bodies);
		if (n < 0)
			error = orders_error("text cannot be encoded: %s", strerror(-n));
	}
	texts_note(order_string(o, "text", ""));
	for (int i = 1; !error && i <= n; i++) {
		if (is_wanted(o, i))
			error = add_part(pieces, &msg, &bodies[i - 1], i, i < n);
	}
	pieces->plain &= !json_object_get(o, "only") && !json_object_get(o, "delays") && !json_object_get(o, "delay_ms");
	if (!error)
		error = add_repeat(pieces, &msg, bodies, n);
	m->net->ref += n > 1;
	free(bodies);
	return error;
}

/* ---- number and order ---- */

/* The same SMS more than once: byte by byte the same, as a centre does it that misses the acknowledgement. */
static bool
copy_pieces(struct pieces *p, struct modem *m, int wanted)
{
	const struct fault *f = wanted ? NULL : fault_strikes(&m->faults, FAULT_COPIES);
	struct pieces all = { .plain = p->plain };
	int most = f ? f->n : wanted;

	if (most > COPIES_MAX)
		most = COPIES_MAX;
	if (!f && most <= 1)
		return true;
	for (int i = 0; i < p->n; i++) {
		int copies = f && !strcmp(f->text, "random") ? 1 + (int)fault_random(&m->faults, (uint32_t)most) : most;

		for (copies = copies > 1 ? copies : 1; copies > 0; copies--) {
			struct piece *copy = add_piece(&all);

			if (!copy) {
				free(all.at);
				return false;
			}
			*copy = p->at[i];
		}
	}
	free(p->at);
	*p = all;
	p->plain = false;
	return true;
}

static void
swap(struct piece *a, struct piece *b)
{
	struct piece t = *a;

	*a = *b;
	*b = t;
}

static void
shuffle(struct pieces *p, struct modem *m)
{
	for (int i = p->n - 1; i > 0; i--)
		swap(&p->at[i], &p->at[fault_random(&m->faults, (uint32_t)i + 1)]);
}

static void
reverse(struct pieces *p, struct modem *m)
{
	(void)m;
	for (int i = 0; i < p->n / 2; i++)
		swap(&p->at[i], &p->at[p->n - 1 - i]);
}

/* First the first parts of all messages, then the second ones ... */
static int
by_part(const void *a, const void *b)
{
	const struct piece *p = a, *q = b;

	return p->part != q->part ? p->part - q->part : p->message - q->message;
}

static void
interleave(struct pieces *p, struct modem *m)
{
	(void)m;
	qsort(p->at, (size_t)p->n, sizeof *p->at, by_part);
}

/* False for an order that does not exist. */
static bool
arrange(struct pieces *p, struct modem *m, const char *wanted)
{
	static const struct {
		const char *name;
		void      (*run)(struct pieces *p, struct modem *m);
	} ways[] = { { "shuffle", shuffle }, { "reverse", reverse }, { "interleave", interleave }, { "as-is", NULL } };

	if (!*wanted && !fault_strikes(&m->faults, FAULT_SHUFFLE))
		return true;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		if (strcmp(ways[i].name, *wanted ? wanted : "shuffle"))
			continue;
		p->plain &= !ways[i].run;
		if (ways[i].run)
			ways[i].run(p, m);
		return true;
	}
	return false;
}

/* ---- delivery ---- */

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

static void
on_late_piece(struct modem *m, const void *data, size_t len)
{
	const struct piece *p = data;

	(void)len;
	network_deliver(m, p->pdu, p->len, &p->way);
	network_pump(m);	/* who waits for an empty modem looks again */
}

int
orders_late_parts(const struct modem *m)
{
	return later_count(m, on_late_piece);
}

void
orders_forget_late_parts(void)
{
	later_forget(on_late_piece);
}

static json_t *
deliver(struct modem *m, const struct piece *p)
{
	if (!p->delay_ms)
		return place_json(network_deliver(m, p->pdu, p->len, &p->way));
	later(m, p->delay_ms, on_late_piece, p, sizeof *p);
	return json_pack("{s:i}", "late_ms", p->delay_ms);
}

static json_t *
deliver_all(struct modem *m, const struct pieces *p)
{
	json_t *parts = json_array(), *one;

	for (int i = 0; i < p->n; i++) {
		one = deliver(m, &p->at[i]);
		if (!p->plain) {
			json_object_set_new(one, "part", json_integer(p->at[i].part));
			json_object_set_new(one, "message", json_integer(p->at[i].message));
		}
		json_array_append_new(parts, one);
	}
	return placed(parts, m);
}

/* Takes what was gathered, or an error, to the answer. */
static json_t *
send_off(struct modem *m, struct pieces *p, json_t *o, json_t *error)
{
	json_t *answer = error;

	if (!answer && !copy_pieces(p, m, order_number(o, "copies", 0)))
		answer = orders_error("more than %d parts", PIECES_MAX);
	if (!answer && !arrange(p, m, order_string(o, "order", "")))
		answer = orders_error("no order \"%s\"", order_string(o, "order", ""));
	if (!answer)
		answer = deliver_all(m, p);
	free(p->at);
	return answer;
}

static json_t *
order_sms(struct network *net, struct modem *m, json_t *o)
{
	struct pieces pieces = { .plain = true };
	json_t *error = add_message(&pieces, m, o, 0);

	(void)net;
	return send_off(m, &pieces, o, error);
}

static json_t *
order_batch(struct network *net, struct modem *m, json_t *o)
{
	struct pieces pieces = { .plain = false };
	json_t *one, *error = NULL;
	size_t i;

	(void)net;
	json_array_foreach(json_object_get(o, "messages"), i, one) {
		if (!error)
			error = add_message(&pieces, m, one, (int)i);
	}
	return send_off(m, &pieces, o, error);
}

/* ---- PDUs ---- */

/* An answer that no PDU gives goes straight into its slot. */
static json_t *
put_literal(struct modem *m, const struct network_way *way, const char *answer)
{
	enum sim_memory mem = way->mem >= 0 ? (enum sim_memory)way->mem : m->mem[2];
	int slot = sim_store_literal(&m->sim, mem, way->slot, answer);

	if (!slot)
		return orders_error("slot taken or memory full");
	if (!way->quiet && m->cnmi[1] != 0)
		network_announce(m, "+CMTI: ", mem, slot);
	return placed(json_pack("[{s:s, s:i}]", "mem", sim_name(mem), "slot", slot), m);
}

static json_t *
deliver_broken(struct modem *m, json_t *o, const struct network_way *way)
{
	struct broken_base base = { .smsc = m->smsc, .from = order_string(o, "from", "+6284010000959"),
		.text = order_string(o, "text", "Lapor 7"), .time = network_now(m->net) };
	const char *name = order_string(o, "broken", ""), *time = order_string(o, "time", NULL);
	struct broken_pdu b;
	char answer[sizeof b.line + 64];
	json_t *result;
	int r;

	if (time && stamp_parse(time, &base.time) < 0)
		return orders_error("bad time \"%s\"", time);
	r = broken_build(name, order_number(o, "variant", -1), &base, &b);
	if (r < 0)
		return orders_error("broken \"%s\": %s", name, r == -ENOENT ? "no such class" : strerror(-r));
	snprintf(answer, sizeof answer, "\r\n+CMGR: %d,,%d\r\n%s\r\n\r\nOK\r\n", b.stat, b.announced, b.line);
	result = b.literal ? put_literal(m, way, answer)
		: placed(json_pack("[o]", place_json(network_deliver(m, b.pdu, b.len, way))), m);
	json_object_set_new(result, "pdu", json_string(b.line));
	return result;
}

static json_t *
order_pdu(struct network *net, struct modem *m, json_t *o)
{
	struct pieces pieces = { .plain = true };
	struct network_way way;
	struct piece *p;
	int len;

	(void)net;
	if (!read_way(m, o, &way))
		return orders_error("no such memory or slot");
	if (json_object_get(o, "broken"))
		return deliver_broken(m, o, &way);
	p = add_piece(&pieces);
	p->way = way;
	p->part = 1;
	p->delay_ms = delay_of(o, 1);
	len = pdu_from_hex(order_string(o, "hex", ""), p->pdu, sizeof p->pdu);
	p->len = (size_t)(len > 0 ? len : 0);
	return send_off(m, &pieces, o, len > 0 ? NULL : orders_error("hex: not 1 to %d octets", SIM_PDU_MAX));
}

static json_t *
order_broken_classes(struct network *net, struct modem *m, json_t *o)
{
	json_t *list = json_array();
	const struct broken_class *c;

	(void)net;
	(void)m;
	(void)o;
	for (size_t i = 0; (c = broken_class(i)); i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:i}", "name", c->name, "what", c->what, "variants",
						      c->variants));
	return json_pack("{s:b, s:o}", "ok", 1, "classes", list);
}

/* ---- recorded answers ---- */

/* The file as a string with CR LF at each line's end, or NULL. */
static char *
read_lines(const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = malloc(2 * DUMP_MAX), *out = text;
	int c, before = 0;

	if (!text)
		abort();
	for (int i = 0; f && i < DUMP_MAX - 1 && (c = fgetc(f)) != EOF; i++) {
		if (c == '\n' && before != '\r')
			*out++ = '\r';
		if (c)
			*out++ = (char)c;
		before = c;
	}
	*out = 0;
	if (f && !ferror(f)) {
		fclose(f);
		return text;
	}
	if (f)
		fclose(f);
	free(text);
	return NULL;
}

static json_t *
dump_text(struct modem *m, const struct network_way *way, const char *text)
{
	const char *start = text;
	char answer[2 * DUMP_MAX + 2];

	if (!strncasecmp(text, "AT", 2)) {
		start = strstr(text, "\r\n");
		start = start ? start + 2 : "";
	}
	snprintf(answer, sizeof answer, "\r\n%s", start);
	if (strstr(start, "+CMGR"))
		return put_literal(m, way, answer);
	/* something that came by itself, as +CUSD */
	at_urc(m, "%.*s", (int)strcspn(start, "\r\n"), start);
	return order_done();
}

static json_t *
order_dump(struct network *net, struct modem *m, json_t *o)
{
	const char *file = order_string(o, "file", NULL), *given = order_string(o, "text", NULL);
	struct network_way way;
	char *text = NULL;
	json_t *answer;

	(void)net;
	if (!read_way(m, o, &way))
		return orders_error("no such memory or slot");
	if (file)
		text = read_lines(file);
	if (!text && !given)
		return orders_error("file \"%s\" cannot be read", file ? file : "");
	answer = dump_text(m, &way, text ? text : given);
	free(text);
	return answer;
}

const struct order sms_orders[] = {
	{ "sms", order_sms }, { "batch", order_batch }, { "pdu", order_pdu }, { "broken-classes", order_broken_classes },
	{ "dump", order_dump },
	{ NULL, NULL }
};
