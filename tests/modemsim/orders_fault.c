/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orders_fault: what the control socket tells the modems and their network to do wrong. */
#include "order.h"

#include "at.h"
#include "later.h"
#include "wire.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MS_MAX = 24 * 3600 * 1000 };

static const char *const wheres[] = {
	[FAULT_AFTER] = "after", [FAULT_BEFORE] = "before", [FAULT_BETWEEN] = "between", [FAULT_INSIDE] = "inside",
};
enum { WHERES = sizeof wheres / sizeof *wheres };

/* What may have changed when faults come or go. */
static void
obey(struct modem *m)
{
	wire_obey(m);
	if (!fault_armed(&m->faults, FAULT_HANG))
		at_revive(m);
	network_pump(m);
}

/* ---- arming ---- */

static int
where_of(const char *name)
{
	for (int i = 0; i < WHERES; i++) {
		if (!strcmp(wheres[i], name))
			return i;
	}
	return -1;
}

/* The members beside kind, each of which has a default. */
static void
read_fault(json_t *o, struct fault *f)
{
	const char *command = order_string(o, "command", NULL);
	json_t *run = json_object_get(o, "run");

	if (command)
		fault_set_command(f, command);
	f->at = (unsigned)order_number(o, "at", 0);
	f->times = (unsigned)order_number(o, "times", 0);
	f->percent = order_number(o, "percent", 100);
	f->run = json_is_boolean(run) ? json_is_true(run) : -1;
	f->n = order_number(o, "n", order_number(o, "code", f->n));
	f->ms = order_number(o, "ms", f->ms);
	f->ms = f->ms < 0 ? 0 : f->ms > MS_MAX ? MS_MAX : f->ms;
	f->until_reset = !strcmp(order_string(o, "until", ""), "reset");
	snprintf(f->text, sizeof f->text, "%s", order_string(o, "text", ""));
}

/* A member that is not one, or makes no sense with the kind: a test that asks for another fault than it gets lies.
 * Returns NULL, or the error. */
static json_t *
check_fault(json_t *o, enum fault_kind kind)
{
	static const struct {
		const char *key;
		bool        command, occasion;	/* only for kinds that strike commands; that strike at occasions */
	} members[] = {
		{ "cmd", false, false }, { "modem", false, false }, { "kind", false, false }, { "n", false, false },
		{ "code", false, false }, { "ms", false, false }, { "text", false, false }, { "for_ms", false, false },
		{ "until", false, false }, { "at", false, true }, { "times", false, true }, { "percent", false, true },
		{ "command", true, false }, { "run", true, false }, { "where", true, false },
	};
	const char *key;
	json_t *value;

	json_object_foreach(o, key, value) {
		bool known = false;

		for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
			if (!strcmp(members[i].key, key))
				known = (!members[i].command || fault_takes_command(kind))
					&& (!members[i].occasion || !fault_lasts(kind));
		}
		if (!known)
			return orders_error("fault %s: no member \"%s\"", fault_name(kind), key);
	}
	return NULL;
}

static void
on_over(struct modem *m, const void *data, size_t len)
{
	int id;

	(void)len;
	memcpy(&id, data, sizeof id);
	if (fault_heal(&m->faults, id))
		obey(m);
}

static json_t *
order_fault(struct network *net, struct modem *m, json_t *o)
{
	const char *kind = order_string(o, "kind", "");
	struct fault f = fault_named(kind);
	int where = where_of(order_string(o, "where", "after")), for_ms = order_number(o, "for_ms", 0), id;
	json_t *error;

	(void)net;
	if (f.id < 0)
		return orders_error("no fault \"%s\"", kind);
	if (where < 0)
		return orders_error("where: before, between, inside or after");
	error = check_fault(o, f.kind);
	if (error)
		return error;
	read_fault(o, &f);
	f.where = (enum fault_where)where;
	id = fault_arm(&m->faults, f);
	if (id < 0)
		return orders_error("more than %d faults", FAULT_RULES_MAX);
	if (for_ms > 0)
		later(m, for_ms, on_over, &id, sizeof id);
	wire_obey(m);
	return json_pack("{s:b, s:i, s:I}", "ok", 1, "fault", id, "seed", (json_int_t)m->faults.seed);
}

/* The modems an order is about: the one named, or all. */
static bool
is_meant(json_t *o, const struct modem *m)
{
	return !json_object_get(o, "modem") || order_number(o, "modem", 0) == m->index;
}

static json_t *
order_heal(struct network *net, struct modem *m, json_t *o)
{
	int healed = 0;

	(void)m;
	for (int i = 0; i < net->count; i++) {
		if (!is_meant(o, &net->modems[i]))
			continue;
		healed += fault_heal(&net->modems[i].faults, order_number(o, "fault", 0));
		obey(&net->modems[i]);
	}
	return json_pack("{s:b, s:i}", "ok", 1, "healed", healed);
}

/* Without a seed one of the clock: the answer tells it. */
static json_t *
order_seed(struct network *net, struct modem *m, json_t *o)
{
	uint32_t seed = (uint32_t)order_number(o, "seed", (int)(time(NULL) & 0x7FFFFFFF));

	(void)m;
	for (int i = 0; i < net->count; i++) {
		if (is_meant(o, &net->modems[i]))
			fault_seed(&net->modems[i].faults, seed + (uint32_t)i);
	}
	return json_pack("{s:b, s:I}", "ok", 1, "seed", (json_int_t)seed);
}

/* ---- what is armed ---- */

static json_t *
fault_json(const struct modem *m, const struct fault *f)
{
	return json_pack("{s:i, s:i, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:s, s:s, s:i, s:i}", "modem", m->index,
			 "fault", f->id, "kind", fault_name(f->kind), "command", f->command, "at", (int)f->at, "times",
			 (int)f->times, "percent", f->percent, "n", f->n, "ms", f->ms, "where", wheres[f->where],
			 "text", f->text, "met", (int)f->met, "struck", (int)f->struck);
}

static json_t *
order_faults(struct network *net, struct modem *m, json_t *o)
{
	json_t *list = json_array();

	for (int i = 0; i < net->count; i++) {
		const struct modem *one = &net->modems[i];

		for (int k = 0; is_meant(o, one) && k < one->faults.rules; k++)
			json_array_append_new(list, fault_json(one, &one->faults.rule[k]));
	}
	return json_pack("{s:b, s:I, s:o}", "ok", 1, "seed", (json_int_t)m->faults.seed, "faults", list);
}

static json_t *
order_fault_kinds(struct network *net, struct modem *m, json_t *o)
{
	json_t *list = json_array();
	const char *name;

	(void)net;
	(void)m;
	(void)o;
	for (size_t i = 0; (name = fault_listed(i)); i++)
		json_array_append_new(list, json_string(name));
	return json_pack("{s:b, s:o}", "ok", 1, "kinds", list);
}

/* ---- plug and power ---- */

static json_t *
unplug(struct modem *m, json_t *o, bool reset)
{
	int r = wire_unplug(m, order_number(o, "ms", -1), order_string(o, "link", NULL));

	if (r < 0)
		return orders_error("link: not a free name");
	if (reset) {
		at_reset(m);
		wire_obey(m);
	}
	return order_done();
}

static json_t *
order_unplug(struct network *net, struct modem *m, json_t *o)
{
	(void)net;
	return unplug(m, o, order_flag(o, "reset", false));
}

static json_t *
order_plug(struct network *net, struct modem *m, json_t *o)
{
	int r = wire_plug(m);

	(void)net;
	(void)o;
	return r < 0 ? orders_error("%s", strerror(-r)) : order_done();
}

/* Without a time the line stays, as that of a serial modem does. */
static json_t *
order_power_cycle(struct network *net, struct modem *m, json_t *o)
{
	(void)net;
	if (json_object_get(o, "ms") || json_object_get(o, "link"))
		return unplug(m, o, true);
	at_reset(m);
	wire_obey(m);
	return order_done();
}

/* The modem tells the network that there is room. */
static json_t *
order_smma(struct network *net, struct modem *m, json_t *o)
{
	(void)net;
	(void)o;
	network_pump(m);
	return order_done();
}

const struct order fault_orders[] = {
	{ "fault", order_fault }, { "faults", order_faults }, { "fault-kinds", order_fault_kinds }, { "heal", order_heal },
	{ "seed", order_seed }, { "unplug", order_unplug }, { "plug", order_plug }, { "power-cycle", order_power_cycle },
	{ "smma", order_smma },
	{ NULL, NULL }
};
