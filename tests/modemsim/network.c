/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network: the service centre behind all modems. */
#include "network.h"

#include "at.h"
#include "dialogue.h"
#include "later.h"
#include "sent.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	QUEUE_MAX = 20000,	/* letters that wait for one modem */
	CMS_NO_NETWORK = 331, CMS_BAD_PDU = 304
};

struct letter {
	struct letter     *next;
	struct modem      *to;
	bool               is_report;
	struct network_way way;
	size_t             len;
	uint8_t            pdu[SIM_PDU_MAX];
};

struct report {
	struct report    *next;
	struct modem     *to;
	struct event     *timer;
	struct pdu_report content;
	char              recipient[PDU_ADDR_MAX];
};

struct stamp
network_now(const struct network *net)
{
	return (struct stamp){ net->clock_file ? net->clock_stands : time(NULL) + net->clock_offset, STAMP_WIB };
}

/* Whoever reads the file at that moment finds the old time or the new one. */
static int
write_clock(const char *path, int64_t epoch)
{
	char unfinished[4096];
	FILE *f;
	int r = 0;

	snprintf(unfinished, sizeof unfinished, "%s.new", path);
	f = fopen(unfinished, "w");
	if (!f)
		return -errno;
	fprintf(f, "%lld\n", (long long)epoch);
	if (fclose(f) || rename(unfinished, path))
		r = -errno;
	return r;
}

int
network_set_clock(struct network *net, int64_t epoch)
{
	net->clock_offset = epoch - time(NULL);
	net->clock_stands = epoch;
	return net->clock_file ? write_clock(net->clock_file, epoch) : 0;
}

bool
network_registered(const struct modem *m)
{
	return (m->registration == 1 || m->registration == 5) && !fault_armed(&m->faults, FAULT_NO_SIM);
}

static void
changed(struct network *net)
{
	if (net->on_change)
		net->on_change(net->change_arg);
}

/* ---- to a modem ---- */

/* The PDU itself goes to the line (+CMT, +CDS: TS 27.005, 3.4.1); its length does not count the centre's address. */
static struct network_place
show(struct modem *m, const struct letter *l, const char *code)
{
	int smsc = pdu_smsc_length(l->pdu, l->len);
	char hex[2 * SIM_PDU_MAX + 1];

	pdu_to_hex(l->pdu, l->len, hex);
	at_urc(m, "%s%d\r\n%s", code, (int)l->len - (smsc < 0 ? 0 : smsc), hex);
	return (struct network_place){ .what = NETWORK_SHOWN };
}

static void
on_announcement(struct modem *m, const void *line, size_t len)
{
	at_urc(m, "%.*s", (int)len, (const char *)line);
}

void
network_announce(struct modem *m, const char *code, enum sim_memory mem, int slot)
{
	const struct fault *wrong, *late;
	char line[64];
	int n;

	if (fault_strikes(&m->faults, FAULT_NO_CMTI))
		return;
	wrong = fault_strikes(&m->faults, FAULT_WRONG_CMTI);
	late = fault_strikes(&m->faults, FAULT_LATE_CMTI);
	n = snprintf(line, sizeof line, "%s\"%s\",%d", code, sim_name(mem), slot + (wrong ? wrong->n : 0));
	if (late)
		later(m, late->ms, on_announcement, line, (size_t)n);
	else
		at_urc(m, "%s", line);
}

static struct network_place
store(struct modem *m, const struct letter *l, enum sim_memory mem, const char *code)
{
	bool full = fault_strikes(&m->faults, FAULT_FULL);
	int slot = full ? 0 : sim_store(&m->sim, mem, l->way.slot, l->pdu, l->len);

	if (!slot) {
		if (fault_strikes(&m->faults, FAULT_SMMEMFULL))
			at_urc(m, "^SMMEMFULL: \"%s\"", sim_name(mem));
		return (struct network_place){ .what = NETWORK_WAITING };
	}
	if (code)
		network_announce(m, code, mem, slot);
	return (struct network_place){ NETWORK_STORED, mem, slot };
}

/* TS 27.005, 3.4.1, <ds>: 1 to the line, 2 into memory with +CDSI; 0: nobody asked for it. */
static struct network_place
hand_report(struct modem *m, const struct letter *l)
{
	if (m->cnmi[3] == 1 || fault_strikes(&m->faults, FAULT_CDS))
		return show(m, l, "+CDS: ");
	if (m->cnmi[3] == 2)
		return store(m, l, SIM_SR, "+CDSI: ");
	return (struct network_place){ .what = NETWORK_LOST };
}

/* TS 27.005, 3.4.1, <mt>: 1 and 3 into memory with +CMTI, 2 to the line; 0 into memory in silence. */
static struct network_place
hand_message(struct modem *m, const struct letter *l)
{
	enum sim_memory mem = l->way.mem >= 0 ? (enum sim_memory)l->way.mem : m->mem[2];
	bool tell = !l->way.quiet && m->cnmi[1] != 0;

	if (l->way.direct || (m->cnmi[1] == 2 && !l->way.quiet) || fault_strikes(&m->faults, FAULT_CMT))
		return show(m, l, "+CMT: ,");
	if (fault_strikes(&m->faults, FAULT_TO_ME))
		mem = SIM_ME;
	if (fault_strikes(&m->faults, FAULT_BOTH))
		show(m, l, "+CMT: ,");
	return store(m, l, mem, tell ? "+CMTI: " : NULL);
}

static struct network_place
hand(const struct letter *l)
{
	if (!network_registered(l->to))
		return (struct network_place){ .what = NETWORK_WAITING };
	return l->is_report ? hand_report(l->to, l) : hand_message(l->to, l);
}

/* Behind what already waits for this modem, so that the order stays. False when the network keeps no more. */
static bool
keep(const struct letter *l)
{
	struct modem *m = l->to;
	int kind = l->is_report;
	struct letter *copy;

	if (m->waiting_n[kind] >= QUEUE_MAX)
		return false;
	copy = malloc(sizeof *copy);
	if (!copy)
		abort();
	*copy = *l;
	copy->next = NULL;
	if (m->waiting[kind])
		m->last[kind]->next = copy;
	else
		m->waiting[kind] = copy;
	m->last[kind] = copy;
	m->waiting_n[kind]++;
	return true;
}

static void
drop_first(struct modem *m, int kind)
{
	struct letter *l = m->waiting[kind];

	m->waiting[kind] = l->next;
	m->waiting_n[kind]--;
	free(l);
}

static struct network_place
post(struct letter *l)
{
	struct network_place place = { .what = NETWORK_WAITING };

	if (!l->to->waiting[l->is_report])
		place = hand(l);
	if (place.what == NETWORK_WAITING && !keep(l))
		place.what = NETWORK_LOST;
	return place;
}

struct network_place
network_deliver(struct modem *m, const uint8_t *pdu, size_t len, const struct network_way *way)
{
	struct letter l = { .to = m, .way = *way, .len = len < SIM_PDU_MAX ? len : SIM_PDU_MAX };

	memcpy(l.pdu, pdu, l.len);
	return post(&l);
}

void
network_pump(struct modem *m)
{
	for (int kind = 0; kind < 2; kind++) {
		while (m->waiting[kind] && hand(m->waiting[kind]).what != NETWORK_WAITING)
			drop_first(m, kind);
	}
	changed(m->net);
}

int
network_waiting(const struct modem *m)
{
	return m->waiting_n[0];
}

/* ---- status reports ---- */

static void
forget_report(struct report *r)
{
	struct report **at = &r->to->net->due;

	while (*at != r)
		at = &(*at)->next;
	*at = r->next;
	event_free(r->timer);
	free(r);
}

static void
on_report_due(evutil_socket_t fd, short what, void *arg)
{
	struct report *r = arg;
	struct letter l = { .to = r->to, .is_report = true, .way = { .mem = -1 } };
	int len;

	(void)fd;
	(void)what;
	r->content.done = network_now(r->to->net);
	len = pdu_encode_report(&r->content, l.pdu);
	if (len > 0) {
		l.len = (size_t)len;
		post(&l);
	}
	forget_report(r);
}

static struct report *
new_report(struct modem *m, const char *to, uint8_t mr, uint8_t status, int delay_ms)
{
	struct report *r = calloc(1, sizeof *r);
	struct timeval tv = { delay_ms / 1000, delay_ms % 1000 * 1000 };

	if (!r)
		abort();
	r->to = m;
	strncpy(r->recipient, to, sizeof r->recipient - 1);
	r->content = (struct pdu_report){ .smsc = m->smsc, .mr = mr, .to = r->recipient,
		.sent = network_now(m->net), .status = status };
	r->next = m->net->due;
	m->net->due = r;
	r->timer = event_new(m->net->base, -1, 0, on_report_due, r);
	if (!r->timer)
		abort();
	event_add(r->timer, &tv);
	return r;
}

void
network_report(struct modem *m, const char *to, uint8_t mr, uint8_t status, int delay_ms)
{
	new_report(m, to, mr, status, delay_ms);
}

/* Before the answer to +CMGS that will tell the reference. */
static void
report_early(struct modem *m, const char *to, uint8_t mr, uint8_t status)
{
	at_overtake(m, true);
	on_report_due(-1, 0, new_report(m, to, mr, status, 0));
	at_overtake(m, false);
}

/* The report that a message asked for, or what the faults make of it. */
static void
report_by_itself(struct modem *m, const char *to, uint8_t mr)
{
	const struct network *net = m->net;
	const struct fault *other = fault_strikes(&m->faults, FAULT_REPORT_STATUS);
	uint8_t status = (uint8_t)(other ? other->n : net->report_status);

	if (fault_strikes(&m->faults, FAULT_NO_REPORT))
		return;
	if (fault_strikes(&m->faults, FAULT_EARLY_REPORT))
		report_early(m, to, mr, status);
	else
		network_report(m, to, mr, status, net->report_delay_ms);
	if (fault_strikes(&m->faults, FAULT_DOUBLE_REPORT))
		network_report(m, to, mr, status, net->report_delay_ms);
}

/* ---- from a modem ---- */

/* Same subscriber, whether dialled as +62... or 0... */
static bool
same_number(const char *a, const char *b)
{
	a += *a == '+' ? 3 : *a == '0';
	b += *b == '+' ? 3 : *b == '0';
	return !strcmp(a, b);
}

static struct modem *
modem_numbered(struct network *net, const char *number)
{
	if (strlen(number) < 8)
		return NULL;
	for (int i = 0; i < net->count; i++) {
		if (same_number(net->modems[i].number, number))
			return &net->modems[i];
	}
	return NULL;
}

/* The service centre changes addresses and time and leaves the user data as it is. */
static void
forward(const struct modem *from, struct modem *to, const struct pdu_submit *s)
{
	const struct network_way way = { .mem = -1 };
	struct pdu_deliver d = { .smsc = to->smsc, .from = from->number, .time = network_now(from->net),
		.pid = s->pid, .body = &s->body };
	uint8_t pdu[PDU_OUT_MAX];
	int len = pdu_encode_deliver(&d, pdu);

	if (len > 0)
		network_deliver(to, pdu, (size_t)len, &way);
}

int
network_submit(struct modem *m, const uint8_t *tpdu, size_t len, const char *hex)
{
	struct network *net = m->net;
	const struct sent_message *sent;
	struct pdu_submit s;
	struct modem *to;
	uint8_t mr;

	if (!network_registered(m))
		return -CMS_NO_NETWORK;
	if (pdu_decode_submit(tpdu, len, &s) < 0)
		return -CMS_BAD_PDU;
	mr = m->mr++;
	sent = sent_add(m->index, &s, mr, dialogue_time(), hex);
	m->submitted = sent->parts[sent->parts_n - 1].id;
	to = modem_numbered(net, s.to);
	if (to)
		forward(m, to, &s);
	if (s.wants_report && net->reports)
		report_by_itself(m, s.to, mr);
	changed(net);
	return mr;
}

void
network_clear(struct network *net)
{
	for (int i = 0; i < net->count; i++) {
		for (int kind = 0; kind < 2; kind++) {
			while (net->modems[i].waiting[kind])
				drop_first(&net->modems[i], kind);
		}
	}
	while (net->due)
		forget_report(net->due);
}
