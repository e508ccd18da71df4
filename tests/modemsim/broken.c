/* SPDX-License-Identifier: GPL-3.0-or-later */
/* broken: one class each of the PDUs that a gateway meets and must survive. */
#include "broken.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HAS_HEADER = 0x40, MTI = 0x03, TEXT_8BIT = 0x04, CBM_OCTETS = 88 };

/* A good SMS-DELIVER and where its fields start, to be spoilt. */
struct draft {
	struct broken_pdu        *out;
	const struct broken_base *base;
	int                       variant;	/* from 0 */
	size_t                    tpdu, oa, pid, dcs, scts, udl, ud;
};

static uint8_t *
at(struct draft *d, size_t field)
{
	return d->out->pdu + field;
}

static int
draft(struct draft *d)
{
	const struct pdu_split how = { .message_class = -1 };
	struct pdu_deliver m = { .smsc = d->base->smsc, .from = d->base->from, .time = d->base->time };
	struct pdu_body *bodies = calloc(PDU_PARTS_MAX, sizeof *bodies);
	uint8_t pdu[PDU_OUT_MAX];
	int n, len = -EINVAL;

	if (!bodies)
		abort();
	n = pdu_split(d->base->text, &how, bodies);
	m.body = bodies;
	if (n == 1)
		len = pdu_encode_deliver(&m, pdu);
	free(bodies);
	if (len < 0)
		return -EINVAL;
	memcpy(d->out->pdu, pdu, (size_t)len);
	d->out->len = (size_t)len;
	d->tpdu = pdu[0] + 1u;
	d->oa = d->tpdu + 1;
	d->pid = d->oa + 2 + (pdu[d->oa] + 1u) / 2;
	d->dcs = d->pid + 1;
	d->scts = d->dcs + 1;
	d->udl = d->scts + 7;
	d->ud = d->udl + 1;
	return 0;
}

/* Other user data; udl is what TP-UDL says, n what there is. */
static void
set_data(struct draft *d, uint8_t first, uint8_t dcs, uint8_t udl, const void *bytes, size_t n)
{
	*at(d, d->tpdu) |= first;
	*at(d, d->dcs) = dcs;
	*at(d, d->udl) = udl;
	memcpy(at(d, d->ud), bytes, n);
	d->out->len = d->ud + n;
}

/* A header and some 8-bit text behind it. */
static void
set_header(struct draft *d, const char *header, size_t n)
{
	char data[64];

	memcpy(data, header, n);
	memcpy(data + n, "Lapor", 5);
	set_data(d, HAS_HEADER, TEXT_8BIT, (uint8_t)(n + 5), data, n + 5);
}

/* Another originating address, length octet and type first. */
static void
set_sender(struct draft *d, const char *address, size_t n)
{
	size_t tail = d->out->len - d->pid;

	memmove(at(d, d->oa + n), at(d, d->pid), tail);
	memcpy(at(d, d->oa), address, n);
	d->out->len = d->oa + n + tail;
}

/* ---- classes ---- */

static void
truncated(struct draft *d)
{
	d->out->len = (size_t)d->variant;
}

static void
type3(struct draft *d)
{
	*at(d, d->tpdu) |= MTI;
}

static void
compressed(struct draft *d)
{
	*at(d, d->dcs) = 0x20;
}

static void
number_type(struct draft *d)
{
	/* plan 15 and type 7 are reserved, bit 8 is always 1 (9.1.2.5) */
	static const uint8_t types[] = { 0x9F, 0xF1, 0xFF, 0x11 };

	*at(d, d->oa + 1) = types[d->variant];
}

static void
time_stamp(struct draft *d)
{
	static const uint8_t stamps[][7] = {
		{ 0x62, 0x51, 0x20, 0x90, 0x00, 0x00, 0x82 },	/* month 15 */
		{ 0x62, 0xAF, 0xBE, 0xCD, 0xDC, 0xEB, 0xFA },	/* A to F */
		{ 0x62, 0x20, 0x13, 0x42, 0x06, 0x06, 0x82 },	/* 31 February, 24:60:60 */
		{ 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 },
		{ 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF },
	};

	memcpy(at(d, d->scts), stamps[d->variant], 7);
}

static void
header_over_data(struct draft *d)
{
	set_data(d, HAS_HEADER, TEXT_8BIT, 4, "\x0A\x00\x03\x01", 4);
}

static void
element_over_header(struct draft *d)
{
	set_header(d, "\x05\x00\x20\x01\x02\x01", 6);
}

static void
data_missing(struct draft *d)
{
	*at(d, d->udl) = (uint8_t)(*at(d, d->udl) + 20);
}

static void
data_255(struct draft *d)
{
	*at(d, d->udl) = 255;
}

static void
data_none(struct draft *d)
{
	*at(d, d->udl) = 0;
	d->out->len = d->ud;
}

static void
data_unsaid(struct draft *d)
{
	d->out->len = d->udl;
}

static void
address_255(struct draft *d)
{
	*at(d, d->oa) = 255;
}

/* One digit fewer than there is: the half octet left over should be F. */
static void
address_odd(struct draft *d)
{
	set_sender(d, "\x0B\x91\x26\x48\x10\x00\x90\x95", 8);
}

static void
address_22(struct draft *d)
{
	set_sender(d, "\x16\x91\x26\x48\x10\x00\x90\x95\x26\x48\x10\x00\x90", 13);
}

static void
sender_letters(struct draft *d)
{
	/* a@b_c$ in six septets (TS 23.038, 6.1.2.1) */
	set_sender(d, "\x0B\xD0\x61\x80\x38\x32\x16\x00", 8);
}

static void
sender_20(struct draft *d)
{
	set_sender(d, "\x14\x91\x26\x48\x10\x00\x90\x95\x26\x48\x10\x00", 12);
}

static void
sender_none(struct draft *d)
{
	static const char *const types[] = { "\0\x81", "\0\x91", "\0\xD0" };

	set_sender(d, types[d->variant], 2);
}

static void
binary(struct draft *d)
{
	set_data(d, 0, TEXT_8BIT, 8, "\x00\xFF\x80\x41\x0D\x0A\x1A\x1B", 8);
}

static void
flash(struct draft *d)
{
	static const uint8_t schemes[] = { 0x10, 0xF0 };

	*at(d, d->dcs) = schemes[d->variant];
}

static void
silent(struct draft *d)
{
	*at(d, d->pid) = 0x40;
}

static void
replace(struct draft *d)
{
	*at(d, d->pid) = (uint8_t)(0x41 + d->variant);
}

static void
waiting(struct draft *d)
{
	/* TS 23.038, 4: discard, store, store as UCS-2 (which keeps this text's octets: an even number of them) */
	static const uint8_t schemes[] = { 0xC8, 0xD8, 0xE8 };

	if (d->variant == 2)
		set_data(d, 0, schemes[2], 4, "\x00O\x00k", 4);
	else
		*at(d, d->dcs) = schemes[d->variant];
}

static void
waiting_header(struct draft *d)
{
	set_header(d, "\x04\x01\x02\x00\x05", 5);
}

static void
wap_push(struct draft *d)
{
	/* ports 2948 from 9200 (9.2.3.24.4) */
	set_header(d, "\x06\x05\x04\x0B\x84\x23\xF0", 7);
}

static void
concat(struct draft *d)
{
	/* 9.2.3.24.1: such an element is to be ignored, all but the last, which is part 1 of 255 */
	static const char *const headers[] = {
		"\x05\x00\x03\x4D\x00\x01", "\x05\x00\x03\x4D\x02\x00", "\x05\x00\x03\x4D\x02\x03", "\x05\x00\x03\x4D\xFF\x01",
	};

	set_header(d, headers[d->variant], 6);
}

static void
scheme_reserved(struct draft *d)
{
	static const uint8_t schemes[] = { 0x80, 0x90, 0xA0, 0xB0, 0x0C };

	*at(d, d->dcs) = schemes[d->variant];
}

/* A message of our own, stored unsent (stat 2) or sent (3). */
static void
submit(struct draft *d)
{
	static const uint8_t tpdu[] = { 0x11, 0x00, 0x0C, 0x91, 0x26, 0x48, 0x10, 0x00, 0x90, 0x95, 0x00, 0x00, 0xFF,
		0x05, 0xC8, 0x32, 0x9B, 0xFD, 0x06 };

	memcpy(at(d, d->tpdu), tpdu, sizeof tpdu);
	d->out->len = d->tpdu + sizeof tpdu;
	d->out->stat = 2 + d->variant;
	d->out->literal = true;
}

static void
report(struct draft *d)
{
	const struct pdu_report r = { .smsc = d->base->smsc, .mr = 7, .to = "+6284010000959", .sent = d->base->time,
		.done = d->base->time };
	uint8_t pdu[PDU_OUT_MAX];
	int n = pdu_encode_report(&r, pdu);

	if (n < 0)
		abort();
	memcpy(d->out->pdu, pdu, (size_t)n);
	d->out->len = (size_t)n;
}

/* A page of a cell broadcast (TS 23.041, 9.4.1.2): serial number, message, scheme, page 1 of 1, text; no centre. */
static void
broadcast(struct draft *d)
{
	static const uint8_t head[] = { 0x00, 0x10, 0x00, 0x32, 0x01, 0x11, 0xC8, 0x32, 0x9B, 0xFD, 0x06 };

	memset(d->out->pdu, 0x0D, CBM_OCTETS);
	memcpy(d->out->pdu, head, sizeof head);
	d->out->len = CBM_OCTETS;
	d->out->announced = CBM_OCTETS;
	d->out->literal = true;
}

/* ---- the lines of the answer ---- */

static void
line_empty(struct broken_pdu *out, int variant)
{
	(void)variant;
	*out->line = 0;
}

static void
line_odd(struct broken_pdu *out, int variant)
{
	(void)variant;
	out->line[strlen(out->line) - 1] = 0;
}

static void
line_foreign(struct broken_pdu *out, int variant)
{
	(void)variant;
	memcpy(out->line + strlen(out->line) / 2, "g=", 2);
}

static void
length_wrong(struct broken_pdu *out, int variant)
{
	const int lengths[] = { out->announced + 5, out->announced - 5, 0, 999 };

	out->announced = lengths[variant];
}

static void
write_lines(struct broken_pdu *out)
{
	int smsc = pdu_smsc_length(out->pdu, out->len);

	pdu_to_hex(out->pdu, out->len, out->line);
	if (out->announced < 0)
		out->announced = (int)out->len - (smsc < 0 ? 0 : smsc);
}

/* ---- the table ---- */

static const struct kind {
	struct broken_class class;
	void              (*spoil)(struct draft *d);			/* the PDU */
	void              (*spoil_lines)(struct broken_pdu *out, int variant);	/* how the answer tells it */
} classes[] = {
	{ { "truncated", "ends after so many octets", 0 }, truncated, NULL },
	{ { "type3", "reserved message type", 1 }, type3, NULL },
	{ { "compressed", "compressed text", 1 }, compressed, NULL },
	{ { "number-type", "reserved number plan, type, both; bit 8 missing", 4 }, number_type, NULL },
	{ { "time", "month 15; A to F; 31 February 24:60:60; zeros; F", 5 }, time_stamp, NULL },
	{ { "header-over-data", "UDHL beyond UDL", 1 }, header_over_data, NULL },
	{ { "element-over-header", "an element beyond UDHL", 1 }, element_over_header, NULL },
	{ { "data-missing", "UDL beyond the octets there are", 1 }, data_missing, NULL },
	{ { "data-255", "UDL 255", 1 }, data_255, NULL },
	{ { "data-none", "no text", 1 }, data_none, NULL },
	{ { "data-unsaid", "ends before UDL", 1 }, data_unsaid, NULL },
	{ { "address-255", "sender of 255 digits", 1 }, address_255, NULL },
	{ { "address-odd", "odd count of digits without the filler", 1 }, address_odd, NULL },
	{ { "address-22", "sender of 22 digits that are there", 1 }, address_22, NULL },
	{ { "sender-letters", "sender a@b_c$", 1 }, sender_letters, NULL },
	{ { "sender-20", "sender of 20 digits, the most allowed", 1 }, sender_20, NULL },
	{ { "sender-none", "sender of no digits: unknown, international, letters", 3 }, sender_none, NULL },
	{ { "line-empty", "an empty PDU line", 1 }, NULL, line_empty },
	{ { "line-odd", "the last hex digit missing", 1 }, NULL, line_odd },
	{ { "line-foreign", "characters that are not hex", 1 }, NULL, line_foreign },
	{ { "length-wrong", "<length> of +CMGR 5 too many, 5 too few, 0, 999", 4 }, NULL, length_wrong },
	{ { "binary", "8-bit data", 1 }, binary, NULL },
	{ { "flash", "class 0 in two coding groups", 2 }, flash, NULL },
	{ { "silent", "PID 0x40", 1 }, silent, NULL },
	{ { "replace", "PID 0x41 to 0x47", 7 }, replace, NULL },
	{ { "waiting", "message waiting by DCS: discard, store, UCS-2", 3 }, waiting, NULL },
	{ { "waiting-header", "message waiting by header", 1 }, waiting_header, NULL },
	{ { "wap-push", "8-bit data to port 2948", 1 }, wap_push, NULL },
	{ { "concat", "part 1 of 0, part 0 of 2, part 3 of 2, part 1 of 255", 4 }, concat, NULL },
	{ { "scheme-reserved", "reserved DCS 0x80, 0x90, 0xA0, 0xB0, 0x0C", 5 }, scheme_reserved, NULL },
	{ { "submit", "an SMS-SUBMIT, unsent and sent", 2 }, submit, NULL },
	{ { "report", "an SMS-STATUS-REPORT", 1 }, report, NULL },
	{ { "broadcast", "a cell broadcast page", 1 }, broadcast, NULL },
};

const struct broken_class *
broken_class(size_t n)
{
	return n < sizeof classes / sizeof *classes ? &classes[n].class : NULL;
}

static const struct kind *
find(const char *name)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (!strcmp(classes[i].class.name, name))
			return &classes[i];
	}
	return NULL;
}

int
broken_build(const char *name, int variant, const struct broken_base *base, struct broken_pdu *out)
{
	const struct kind *k = find(name);
	struct draft d = { .out = out, .base = base };
	int last, r;

	*out = (struct broken_pdu){ .announced = -1 };
	if (!k)
		return -ENOENT;
	r = draft(&d);
	if (r < 0)
		return r;
	/* truncated: any length that is not the whole */
	last = k->class.variants ? k->class.variants - 1 : (int)out->len - 1;
	if (variant < -1 || variant > last || (k->spoil == truncated && !variant))
		return -ERANGE;
	d.variant = variant >= 0 ? variant : k->spoil == truncated ? (int)out->len - 4 : 0;
	if (k->spoil)
		k->spoil(&d);
	write_lines(out);
	if (k->spoil_lines) {
		k->spoil_lines(out, d.variant);
		out->literal = true;
	}
	return 0;
}
