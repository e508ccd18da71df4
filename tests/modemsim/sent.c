/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sent: what the modems sent, put together to whole messages. */
#include "sent.h"

#include "texts.h"
#include "utf16.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	KEPT    = 65536,	/* whole messages */
	PENDING = 256		/* incomplete ones */
};

static struct sent_message *whole[KEPT];	/* seq s is at s % KEPT */
static struct sent_message *pending[PENDING];
static size_t pendings;
static uint64_t newest, newest_part;

static void *
checked(void *p)
{
	if (!p)
		abort();
	return p;
}

static void
free_message(struct sent_message *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->parts_n; i++) {
		free(m->parts[i].units);
		free(m->parts[i].hex);
	}
	free(m->parts);
	free(m->text);
	free(m);
}

static void
forget_pending(size_t i)
{
	memmove(pending + i, pending + i + 1, (--pendings - i) * sizeof *pending);
}

/* The message a part belongs to (TS 23.040, 9.2.3.24.1: same sender, recipient, reference and total). */
static struct sent_message *
find_pending(int modem, const struct pdu_submit *s)
{
	for (size_t i = 0; i < pendings; i++) {
		struct sent_message *m = pending[i];

		if (m->modem == modem && m->ref_bits == s->ref_bits && m->ref == s->ref && m->total == s->total
		    && !strcmp(m->to, s->to))
			return m;
	}
	return NULL;
}

static struct sent_message *
begin(int modem, const struct pdu_submit *s)
{
	struct sent_message *m = checked(calloc(1, sizeof *m));

	m->modem = modem;
	snprintf(m->to, sizeof m->to, "%s", s->to);
	m->ref_bits = s->ref_bits;
	m->ref = s->ref;
	m->total = s->total;
	m->message_class = s->message_class;
	m->validity_min = s->validity_min;
	if (pendings == PENDING) {
		free_message(pending[0]);
		forget_pending(0);
	}
	pending[pendings++] = m;
	return m;
}

static void
add_part(struct sent_message *m, const struct pdu_submit *s, uint8_t mr, double time, const char *hex)
{
	struct sent_part *p;

	m->parts = checked(realloc(m->parts, (m->parts_n + 1) * sizeof *m->parts));
	p = &m->parts[m->parts_n++];
	*p = (struct sent_part){ .id = ++newest_part, .number = s->part, .mr = mr, .wants_report = s->wants_report,
		.time = time, .alphabet = s->alphabet, .count = s->count };
	p->units = checked(malloc((s->count + 1) * sizeof *p->units));
	memcpy(p->units, s->units, s->count * sizeof *p->units);
	p->hex = checked(strdup(hex));
}

static const struct sent_part *
part_numbered(const struct sent_message *m, int number)
{
	for (size_t i = 0; i < m->parts_n; i++) {
		if (m->parts[i].number == number)
			return &m->parts[i];
	}
	return NULL;
}

static char *
hex_of(const uint16_t *octets, size_t n)
{
	char *out = checked(malloc(2 * n + 1));

	*out = 0;
	for (size_t i = 0; i < n; i++)
		sprintf(out + 2 * i, "%02X", octets[i] & 0xFF);
	return out;
}

/* Joined as UTF-16 first: a surrogate pair may lie across two parts. NULL while a part is missing. */
static char *
joined(const struct sent_message *m)
{
	uint16_t *units = checked(malloc(m->total * PDU_UNITS_MAX * sizeof *units));
	size_t n = 0;
	bool data = false;
	char *text;

	for (int i = 1; i <= m->total; i++) {
		const struct sent_part *p = part_numbered(m, i);

		if (!p) {
			free(units);
			return NULL;
		}
		memcpy(units + n, p->units, p->count * sizeof *units);
		n += p->count;
		data |= p->alphabet == PDU_8BIT || p->alphabet == PDU_COMPRESSED;
	}
	text = data ? hex_of(units, n) : utf16_to_utf8(units, n);
	free(units);
	return text;
}

const struct sent_message *
sent_add(int modem, const struct pdu_submit *s, uint8_t mr, double time, const char *hex)
{
	struct sent_message *m = s->ref_bits ? find_pending(modem, s) : NULL;

	if (!m)
		m = begin(modem, s);
	add_part(m, s, mr, time, hex);
	m->text = joined(m);
	if (!m->text)
		return m;
	for (size_t i = 0; i < pendings; i++) {
		if (pending[i] == m)
			forget_pending(i);
	}
	texts_note(m->text);
	m->time = time;
	m->seq = ++newest;
	free_message(whole[newest % KEPT]);
	whole[newest % KEPT] = m;
	return m;
}

static bool
acknowledge_in(struct sent_message *m, uint64_t id)
{
	for (size_t i = 0; m && i < m->parts_n; i++) {
		if (m->parts[i].id == id)
			return m->parts[i].acknowledged = true;
	}
	return false;
}

void
sent_acknowledge(uint64_t id)
{
	uint64_t oldest = newest > KEPT ? newest - KEPT : 0;

	for (size_t i = 0; i < pendings; i++) {
		if (acknowledge_in(pending[i], id))
			return;
	}
	for (uint64_t seq = newest; seq > oldest; seq--) {
		if (acknowledge_in(whole[seq % KEPT], id))
			return;
	}
}

bool
sent_is_acknowledged(const struct sent_message *m)
{
	for (size_t i = 0; i < m->parts_n; i++) {
		if (!m->parts[i].acknowledged)
			return false;
	}
	return true;
}

/* By recipient and text, then by age. */
static int
compare(const void *a, const void *b)
{
	const struct sent_message *m = *(struct sent_message *const *)a, *n = *(struct sent_message *const *)b;
	int order = strcmp(m->to, n->to);

	if (!order)
		order = strcmp(m->text, n->text);
	return order ? order : (m->seq > n->seq) - (m->seq < n->seq);
}

void
sent_repeats(void (*each)(void *arg, const struct sent_message *m, int times, int acknowledged), void *arg)
{
	struct sent_message **all = checked(malloc(KEPT * sizeof *all));
	size_t n = 0;

	for (int i = 0; i < KEPT; i++) {
		if (whole[i])
			all[n++] = whole[i];
	}
	qsort(all, n, sizeof *all, compare);
	for (size_t i = 0, next; i < n; i = next) {
		int acknowledged = 0;

		for (next = i; next < n && !strcmp(all[i]->to, all[next]->to) && !strcmp(all[i]->text, all[next]->text); next++)
			acknowledged += sent_is_acknowledged(all[next]);
		each(arg, all[i], (int)(next - i), acknowledged);
	}
	free(all);
}

uint64_t
sent_total(void)
{
	return newest;
}

const struct sent_message *
sent_after(uint64_t seq)
{
	if (newest > KEPT && seq < newest - KEPT)
		seq = newest - KEPT;
	return seq < newest ? whole[(seq + 1) % KEPT] : NULL;
}

const struct sent_message *
sent_incomplete(size_t n)
{
	return n < pendings ? pending[n] : NULL;
}

void
sent_clear(void)
{
	for (int i = 0; i < KEPT; i++) {
		free_message(whole[i]);
		whole[i] = NULL;
	}
	while (pendings)
		free_message(pending[--pendings]);
	newest = 0;
}
