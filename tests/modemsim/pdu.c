/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdu: the short message transfer layer (TS 23.040), the network's side of it. */
#include "pdu.h"

#include "gsm7.h"
#include "utf16.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	MTI_DELIVER = 0x00, MTI_SUBMIT = 0x01, MTI_REPORT = 0x02,	/* 9.2.3.1, towards the mobile and from it */
	NO_MORE = 0x04,							/* TP-MMS, 9.2.3.2 */
	UDHI = 0x40,							/* 9.2.3.23 */
	SRR = 0x20,							/* 9.2.3.5 */
	TOA_INTERNATIONAL = 0x91, TOA_NATIONAL = 0xA1, TOA_ALPHANUMERIC = 0xD0,	/* 9.1.2.5 */
	TEXT_MAX = PDU_PARTS_MAX * 153
};

/* ---- addresses (9.1.2.5) ---- */

static const char semi_octets[] = "0123456789*#abc";

/* BCD digits, low half first, filled with F. Returns the octets, or -EINVAL. */
static int
put_digits(const char *digits, uint8_t *out)
{
	size_t n = strlen(digits);

	for (size_t i = 0; i < n; i++) {
		const char *at = strchr(semi_octets, digits[i]);

		if (!at)
			return -EINVAL;
		if (i % 2)
			out[i / 2] = (uint8_t)((out[i / 2] & 0x0F) | (at - semi_octets) << 4);
		else
			out[i / 2] = (uint8_t)(0xF0 | (at - semi_octets));
	}
	return (int)(n + 1) / 2;
}

static int
put_alphanumeric(const char *name, uint8_t *out)
{
	uint16_t units[11];
	uint8_t septets[22];
	size_t n = 0;
	int count = utf16_from_utf8(name, units, 11);

	for (int i = 0; i < count; i++) {
		int step = gsm7_encode(units[i], septets + n);

		if (!step)
			return -EINVAL;
		n += (size_t)step;
	}
	if (count <= 0 || n > 11)
		return -EINVAL;
	memset(out, 0, 12);
	out[0] = (uint8_t)((n * 7 + 3) / 4);	/* the length counts useful semi-octets */
	out[1] = TOA_ALPHANUMERIC;
	return 2 + (int)septets_pack(septets, n, 0, out + 2);
}

/* An address field: length in semi-octets, type, value; at most 12 octets. */
static int
put_address(const char *number, uint8_t *out)
{
	bool plus = *number == '+';
	const char *digits = number + plus;
	size_t n = strlen(digits);
	bool dialable = !digits[strspn(digits, "0123456789*#")];
	int len;

	if (!plus && !dialable)
		return put_alphanumeric(number, out);
	if (!dialable || !n || n > 20)
		return -EINVAL;
	out[0] = (uint8_t)n;
	out[1] = plus ? TOA_INTERNATIONAL : TOA_NATIONAL;
	len = put_digits(digits, out + 2);
	return len < 0 ? len : len + 2;
}

/* The service centre's address: here the length counts octets, type included (TS 24.011, 8.2.5.1). */
static int
put_smsc(const char *number, uint8_t *out)
{
	bool plus = *number == '+';
	int len;

	if (!number[plus] || strlen(number + plus) > 20)
		return -EINVAL;
	len = put_digits(number + plus, out + 2);
	if (len < 0)
		return len;
	out[0] = (uint8_t)(len + 1);
	out[1] = plus ? TOA_INTERNATIONAL : 0x81;
	return len + 2;
}

/* ---- user data ---- */

struct septets {
	uint8_t *at;
	size_t   n;
};

/* The whole text in septets, or n = 0 when some character has no place in the alphabet. */
static struct septets
all_septets(const uint16_t *units, size_t n)
{
	struct septets s = { malloc(2 * n + 1), 0 };

	if (!s.at)
		abort();
	for (size_t i = 0; i < n; i++) {
		int step = gsm7_encode(units[i], s.at + s.n);

		if (!step) {
			s.n = 0;
			return s;
		}
		s.n += (size_t)step;
	}
	return s;
}

static uint8_t
dcs_of(bool ucs2, int message_class)
{
	/* TS 23.038, 4: bit 4 says that bits 1..0 are a class */
	return (uint8_t)((ucs2 ? 0x08 : 0) | (message_class >= 0 ? 0x10 | (message_class & 3) : 0));
}

static size_t
put_elements(struct pdu_body *b, size_t at, const struct pdu_elements *e)
{
	memcpy(b->ud + at, e->octets, e->len);
	return at + e->len;
}

/* The header of one part (9.2.3.24), concatenation (9.2.3.24.1 and .8) only for long texts; its octets, 0 for none.
 * The total is not known yet. */
static size_t
put_header(struct pdu_body *b, const struct pdu_split *how, bool is_long, size_t part)
{
	const uint8_t narrow[] = { 0x00, 3, (uint8_t)how->ref, 0, (uint8_t)part };
	const uint8_t wide[] = { 0x08, 4, (uint8_t)(how->ref >> 8), (uint8_t)how->ref, 0, (uint8_t)part };
	size_t n = put_elements(b, 1, &how->before);

	if (is_long && how->ref16) {
		memcpy(b->ud + n, wide, sizeof wide);
		n += sizeof wide;
	} else if (is_long) {
		memcpy(b->ud + n, narrow, sizeof narrow);
		n += sizeof narrow;
	}
	n = put_elements(b, n, &how->after);
	b->ud[0] = (uint8_t)(n - 1);
	b->udhi = n > 1;
	return n > 1 ? n : 0;
}

/* Octets of that header. */
static size_t
header_length(const struct pdu_split *how, bool is_long)
{
	size_t n = how->before.len + how->after.len + (is_long ? 5u + how->ref16 : 0);

	return n ? n + 1 : 0;
}

/* Septets a header takes, filling bits included. */
static size_t
septets_of(size_t octets)
{
	return (octets * 8 + 6) / 7;
}

static void
set_total(struct pdu_body *b, const struct pdu_split *how, size_t total)
{
	b->ud[1 + how->before.len + (how->ref16 ? 4 : 3)] = (uint8_t)total;
}

static int
split_gsm7(const struct septets *s, const struct pdu_split *how, struct pdu_body *parts)
{
	bool is_long = s->n > 160 - septets_of(header_length(how, false));
	size_t header = septets_of(header_length(how, is_long)), room = 160 - header, at = 0;
	int count = 0;

	do {
		size_t take = s->n - at < room ? s->n - at : room;
		struct pdu_body *b;

		if (count == PDU_PARTS_MAX)
			return -E2BIG;
		if (at + take < s->n && s->at[at + take - 1] == 0x1B)
			take--;		/* an escape stays with its character */
		b = &parts[count++];
		*b = (struct pdu_body){ .dcs = dcs_of(false, how->message_class) };
		put_header(b, how, is_long, (size_t)count);
		b->udl = (uint8_t)(take + header);
		b->len = (uint8_t)septets_pack(s->at + at, take, header * 7, b->ud);
		at += take;
	} while (at < s->n);
	for (int i = 0; is_long && i < count; i++)
		set_total(&parts[i], how, (size_t)count);
	return count;
}

static int
split_ucs2(const uint16_t *units, size_t n, const struct pdu_split *how, struct pdu_body *parts)
{
	bool is_long = n > (PDU_UD_MAX - header_length(how, false)) / 2;
	size_t room = (PDU_UD_MAX - header_length(how, is_long)) / 2, at = 0;
	int count = 0;

	do {
		size_t take = n - at < room ? n - at : room;
		struct pdu_body *b;

		if (count == PDU_PARTS_MAX)
			return -E2BIG;
		if (at + take < n && !how->split_surrogates && (units[at + take - 1] & 0xFC00) == 0xD800)
			take--;
		b = &parts[count++];
		*b = (struct pdu_body){ .dcs = dcs_of(true, how->message_class) };
		b->len = (uint8_t)put_header(b, how, is_long, (size_t)count);
		for (size_t i = 0; i < take; i++) {
			b->ud[b->len++] = (uint8_t)(units[at + i] >> 8);
			b->ud[b->len++] = (uint8_t)units[at + i];
		}
		b->udl = b->len;
		at += take;
	} while (at < n);
	for (int i = 0; is_long && i < count; i++)
		set_total(&parts[i], how, (size_t)count);
	return count;
}

int
pdu_split(const char *utf8, const struct pdu_split *how, struct pdu_body parts[PDU_PARTS_MAX])
{
	uint16_t *units = malloc(TEXT_MAX * sizeof *units);
	struct septets s = { NULL, 0 };
	int n, count;

	if (!units)
		abort();
	n = count = utf16_from_utf8(utf8, units, TEXT_MAX);
	if (n < 0)
		goto out;
	s = all_septets(units, (size_t)n);
	if ((s.n || !n) && !how->force_ucs2)
		count = split_gsm7(&s, how, parts);
	else
		count = split_ucs2(units, (size_t)n, how, parts);
out:
	free(s.at);
	free(units);
	return count;
}

/* ---- towards the mobile ---- */

int
pdu_encode_deliver(const struct pdu_deliver *d, uint8_t out[PDU_OUT_MAX])
{
	int n = put_smsc(d->smsc, out), len;

	if (n < 0)
		return n;
	out[n++] = (uint8_t)(MTI_DELIVER | (d->more ? 0 : NO_MORE) | (d->body->udhi ? UDHI : 0));
	len = put_address(d->from, out + n);
	if (len < 0)
		return len;
	n += len;
	out[n++] = d->pid;
	out[n++] = d->body->dcs;
	stamp_encode(d->time, out + n);
	n += 7;
	out[n++] = d->body->udl;
	memcpy(out + n, d->body->ud, d->body->len);
	return n + d->body->len;
}

int
pdu_encode_report(const struct pdu_report *r, uint8_t out[PDU_OUT_MAX])
{
	int n = put_smsc(r->smsc, out), len;

	if (n < 0)
		return n;
	out[n++] = MTI_REPORT | NO_MORE;
	out[n++] = r->mr;
	len = put_address(r->to, out + n);
	if (len < 0)
		return len;
	n += len;
	stamp_encode(r->sent, out + n);
	stamp_encode(r->done, out + n + 7);
	n += 14;
	out[n++] = r->status;
	return n;
}

/* ---- from the mobile ---- */

struct cursor {
	const uint8_t *p, *end;
	bool           bad;
};

/* The next n octets, or a pointer to zeros and the mark when there are fewer: checked once at the end. */
static const uint8_t *
take_octets(struct cursor *c, size_t n)
{
	static const uint8_t zeros[256];
	const uint8_t *p = c->p;

	if ((size_t)(c->end - c->p) < n) {
		c->bad = true;
		return zeros;
	}
	c->p += n;
	return p;
}

static uint8_t
take_octet(struct cursor *c)
{
	return *take_octets(c, 1);
}

static void
take_address(struct cursor *c, char out[PDU_ADDR_MAX])
{
	uint8_t digits = take_octet(c), toa = take_octet(c);
	const uint8_t *bcd;
	size_t n = 0;

	if (!digits || digits > 20 || (toa & 0x70) == (TOA_ALPHANUMERIC & 0x70)) {
		c->bad = true;	/* a subscriber cannot send to letters */
		return;
	}
	bcd = take_octets(c, (digits + 1u) / 2);
	if ((toa & 0x70) == 0x10)
		out[n++] = '+';
	for (unsigned i = 0; i < digits; i++) {
		unsigned half = i % 2 ? bcd[i / 2] >> 4 : bcd[i / 2] & 0x0F;

		if (half == 0x0F)
			c->bad = true;
		else
			out[n++] = semi_octets[half];
	}
	out[n] = 0;
}

/* 9.2.3.12.1 */
static int
minutes_of(uint8_t vp)
{
	if (vp <= 143)
		return (vp + 1) * 5;
	if (vp <= 167)
		return 12 * 60 + (vp - 143) * 30;
	if (vp <= 196)
		return (vp - 166) * 24 * 60;
	return (vp - 192) * 7 * 24 * 60;
}

static int
take_validity(struct cursor *c, uint8_t first)
{
	switch (first >> 3 & 3) {	/* TP-VPF, 9.2.3.3 */
	case 0:
		return -1;
	case 2:
		return minutes_of(take_octet(c));
	default:
		take_octets(c, 7);
		return -1;
	}
}

/* TS 23.038, 4 */
static void
read_dcs(struct pdu_submit *s)
{
	static const enum pdu_alphabet general[] = { PDU_GSM7, PDU_8BIT, PDU_UCS2, PDU_GSM7 };
	uint8_t dcs = s->body.dcs;

	s->message_class = -1;
	s->alphabet = PDU_GSM7;
	if (dcs < 0x80) {
		s->alphabet = dcs & 0x20 ? PDU_COMPRESSED : general[dcs >> 2 & 3];
		if (dcs & 0x10)
			s->message_class = dcs & 3;
	} else if (dcs >> 4 == 0x0F) {
		s->alphabet = dcs & 4 ? PDU_8BIT : PDU_GSM7;
		s->message_class = dcs & 3;
	} else if (dcs >> 4 == 0x0E) {
		s->alphabet = PDU_UCS2;
	}
}

/* Walks the information elements (9.2.3.24); true if their lengths add up. */
static bool
read_header(struct pdu_submit *s)
{
	const uint8_t *ud = s->body.ud;
	size_t end = ud[0] + 1u, at = 1;

	if (!s->body.len || end > s->body.len)
		return false;
	while (at + 2 <= end) {
		uint8_t id = ud[at], len = ud[at + 1];
		const uint8_t *v = ud + at + 2;

		at += 2u + len;
		if (at > end)
			return false;
		if ((id == 0x00 && len == 3) || (id == 0x08 && len == 4)) {
			s->ref_bits = id ? 16 : 8;
			s->ref = id ? (uint16_t)(v[0] << 8 | v[1]) : v[0];
			s->total = v[len - 2];
			s->part = v[len - 1];
		}
	}
	return at == end && (!s->ref_bits || (s->part && s->part <= s->total));
}

/* The characters behind the header of so many octets; false when the lengths do not fit each other. */
static bool
read_text(struct pdu_submit *s, size_t header)
{
	const struct pdu_body *b = &s->body;
	uint8_t septets[PDU_UNITS_MAX];
	size_t fill = (header * 8 + 6) / 7;

	switch (s->alphabet) {
	case PDU_GSM7:
		if (fill > b->udl)
			return false;
		septets_unpack(b->ud, fill * 7, b->udl - fill, septets);
		s->count = gsm7_decode(septets, b->udl - fill, s->units);
		return true;
	case PDU_UCS2:
		if ((b->len - header) % 2)
			return false;
		for (size_t i = header; i < b->len; i += 2)
			s->units[s->count++] = (uint16_t)(b->ud[i] << 8 | b->ud[i + 1]);
		return true;
	default:
		for (size_t i = header; i < b->len; i++)
			s->units[s->count++] = b->ud[i];
		return true;
	}
}

static bool
take_body(struct cursor *c, struct pdu_submit *s)
{
	struct pdu_body *b = &s->body;
	size_t header;

	b->udl = take_octet(c);
	if (c->bad || b->udl > (s->alphabet == PDU_GSM7 ? 160 : PDU_UD_MAX))
		return false;
	b->len = (uint8_t)(s->alphabet == PDU_GSM7 ? (b->udl * 7 + 7) / 8 : b->udl);
	memcpy(b->ud, take_octets(c, b->len), b->len);
	if (c->bad || c->p != c->end)
		return false;
	if (b->udhi && !read_header(s))
		return false;
	header = b->udhi ? b->ud[0] + 1u : 0;
	return read_text(s, header);
}

int
pdu_decode_submit(const uint8_t *tpdu, size_t len, struct pdu_submit *s)
{
	struct cursor c = { tpdu, tpdu + len, false };
	uint8_t first = take_octet(&c);

	*s = (struct pdu_submit){ .total = 1, .part = 1, .validity_min = -1 };
	if ((first & 3) != MTI_SUBMIT)
		return -EBADMSG;
	s->wants_report = first & SRR;
	s->body.udhi = first & UDHI;
	take_octet(&c);		/* TP-MR: the modem sets its own */
	take_address(&c, s->to);
	s->pid = take_octet(&c);
	s->body.dcs = take_octet(&c);
	s->validity_min = take_validity(&c, first);
	read_dcs(s);
	return take_body(&c, s) && !c.bad ? 0 : -EBADMSG;
}

int
pdu_smsc_length(const uint8_t *pdu, size_t len)
{
	if (!len || pdu[0] + 1u > len)
		return -EBADMSG;
	return pdu[0] + 1;
}

/* ---- hex ---- */

static int
nibble(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = c ? strchr(digits, toupper((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

int
pdu_from_hex(const char *hex, uint8_t *out, size_t max)
{
	size_t n = strlen(hex);

	if (n % 2)
		return -EINVAL;
	if (n / 2 > max)
		return -E2BIG;
	for (size_t i = 0; i < n; i += 2) {
		int high = nibble(hex[i]), low = nibble(hex[i + 1]);

		if (high < 0 || low < 0)
			return -EINVAL;
		out[i / 2] = (uint8_t)(high << 4 | low);
	}
	return (int)(n / 2);
}

void
pdu_to_hex(const uint8_t *pdu, size_t len, char *out)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[pdu[i] >> 4];
		*out++ = digits[pdu[i] & 0x0F];
	}
	*out = 0;
}
