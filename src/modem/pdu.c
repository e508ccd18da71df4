/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdu: strict reader of stored TPDUs. Every length is checked before it is used. */
#include "modem/pdu.h"

#include <string.h>

#include "base/sms.h"

#define SMSC_MAX 11             /* type and 10 octets of digits */
#define ADDRESS_MAX 20          /* semi-octets, 23.040 9.1.2.5 */
#define TIME_OCTETS 7
#define OCTETS_MAX 140
#define SEPTETS_MAX 160

struct reader {
	const uint8_t *at, *end;
	bool broken;
};

static const uint8_t *
take(struct reader *r, size_t count)
{
	const uint8_t *here = r->at;
	static const uint8_t none[OCTETS_MAX];

	if (r->broken || (size_t)(r->end - r->at) < count) {
		r->broken = true;
		return none;
	}
	r->at += count;
	return here;
}

static uint8_t
octet(struct reader *r)
{
	return *take(r, 1);
}

static const char *
address(struct reader *r, struct pdu *p)
{
	uint8_t length = octet(r), type = octet(r);

	if (length > ADDRESS_MAX)
		return "address too long";
	p->address = take(r, (length + 1U) / 2);
	p->address_length = length;
	p->ton = type >> 4 & 7;
	return r->broken ? "address cut off" : NULL;
}

/* 23.038 4. Compressed text is refused; reserved groups are read as the default alphabet, as it says. */
static const char *
alphabet(struct pdu *p)
{
	static const uint8_t of[] = { SMS_GSM7, SMS_8BIT, SMS_UCS2, SMS_GSM7 };
	uint8_t group = p->dcs >> 4;

	p->coding = SMS_GSM7;
	p->class = -1;
	if (group < 8) {
		if (group & 2)
			return "compressed";
		p->coding = of[p->dcs >> 2 & 3];
		if (group & 1)
			p->class = p->dcs & 3;
	} else if (group == 14) {
		p->coding = SMS_UCS2;
	} else if (group == 15) {
		p->coding = p->dcs & 4 ? SMS_8BIT : SMS_GSM7;
		p->class = p->dcs & 3;
	}
	return NULL;
}

static void
concatenation(struct pdu *p, uint8_t iei, const uint8_t *data, uint8_t length)
{
	uint8_t total, sequence;

	if (!(iei == 0x00 && length == 3) && !(iei == 0x08 && length == 4))
		return;
	total = data[length - 2];
	sequence = data[length - 1];
	if (sequence == 0 || sequence > total)          /* 23.040 9.2.3.24.1: the element is ignored */
		return;
	p->reference_bits = iei == 0x08 ? 16 : 8;
	p->concat_reference = iei == 0x08 ? (uint16_t)(data[0] << 8 | data[1]) : data[0];
	p->total = total;
	p->sequence = sequence;
}

static const char *
header(struct pdu *p, const uint8_t *data, uint8_t octets)
{
	struct reader r;

	if (octets == 0 || data[0] + 1U > octets)
		return "header longer than the text";
	p->udh = data;
	p->udh_length = (uint8_t)(data[0] + 1);
	r = (struct reader) { .at = data + 1, .end = data + p->udh_length };
	while (r.at < r.end) {
		uint8_t iei = octet(&r), length = octet(&r);
		const uint8_t *element = take(&r, length);

		if (r.broken)
			return "header element cut off";
		concatenation(p, iei, element, length);
	}
	return NULL;
}

static const char *
user_data(struct reader *r, struct pdu *p, bool with_header)
{
	uint8_t length = octet(r), used = 0, octets;
	const uint8_t *data;
	const char *wrong;

	if (length > (p->coding == SMS_GSM7 ? SEPTETS_MAX : OCTETS_MAX))
		return "text too long";
	octets = p->coding == SMS_GSM7 ? (uint8_t)((length * 7 + 7) / 8) : length;
	data = take(r, octets);
	if (r->broken)
		return "text cut off";
	if (with_header) {
		wrong = header(p, data, octets);
		if (wrong)
			return wrong;
		used = p->coding == SMS_GSM7 ? (uint8_t)((p->udh_length * 8 + 6) / 7) : p->udh_length;
		if (used > length)
			return "header longer than the text";
	}
	p->text = data + p->udh_length;
	p->fill = p->coding == SMS_GSM7 ? (uint8_t)(used * 7 - p->udh_length * 8) : 0;
	p->text_length = (uint8_t)(length - used);
	/* Half a character at the end is no reason to refuse those before it. */
	if (p->coding == SMS_UCS2)
		p->text_length &= (uint8_t)~1U;
	return NULL;
}

static const char *
deliver(struct reader *r, struct pdu *p, uint8_t first)
{
	const char *wrong = address(r, p);

	if (wrong)
		return wrong;
	p->pid = octet(r);
	p->dcs = octet(r);
	p->time = take(r, TIME_OCTETS);
	if (r->broken)
		return "cut off";
	wrong = alphabet(p);
	return wrong ? wrong : user_data(r, p, first & 0x40);
}

static const char *
report(struct reader *r, struct pdu *p)
{
	const char *wrong;

	p->reference = octet(r);
	wrong = address(r, p);
	if (wrong)
		return wrong;
	take(r, TIME_OCTETS);
	p->time = take(r, TIME_OCTETS);
	p->status = octet(r);
	r->end = r->broken ? r->end : r->at;            /* optional fields may follow: not read */
	return r->broken ? "cut off" : NULL;
}

/* Some modems fill the slot up. Anything else there means that the text is longer than it says, and a number in it
 * may be cut. */
static bool
padding(const struct reader *r)
{
	for (const uint8_t *at = r->at; at < r->end; at++)
		if (*at != *r->at || (*at != 0xFF && *at != 0x00))
			return false;
	return true;
}

const char *
pdu_read(const uint8_t *bytes, size_t length, struct pdu *out)
{
	struct reader r = { .at = bytes, .end = bytes + length };
	const char *wrong = NULL;
	uint8_t smsc, first;

	*out = (struct pdu) { .class = -1, .sequence = 1, .total = 1 };
	smsc = octet(&r);
	if (smsc > SMSC_MAX)
		return "SMSC too long";
	take(&r, smsc);
	first = octet(&r);
	if (r.broken)
		return "cut off";
	switch (first & 3) {
	case 0:
		out->type = PDU_DELIVER;
		wrong = deliver(&r, out, first);
		break;
	case 1:
		out->type = PDU_SUBMIT;
		r.at = r.end;
		break;
	case 2:
		out->type = PDU_REPORT;
		wrong = report(&r, out);
		break;
	default:
		return "reserved type";
	}
	out->length = (size_t)(r.at - bytes);
	if (!wrong && !padding(&r))
		return "more than the text";
	return wrong;
}

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
pdu_unhex(const char *hex, uint8_t *out, size_t size, size_t *length)
{
	size_t digits = strlen(hex);

	if (digits == 0 || digits % 2 || digits / 2 > size)
		return false;
	for (size_t i = 0; i < digits; i += 2) {
		int high = digit(hex[i]), low = digit(hex[i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i / 2] = (uint8_t)(high << 4 | low);
	}
	*length = digits / 2;
	return true;
}
