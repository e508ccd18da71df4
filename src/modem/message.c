/* SPDX-License-Identifier: GPL-3.0-or-later */
/* message: from the octets of a checked PDU to a value. The same octets give the same value, by whatever way they were
 * had: so a message that is read once through the library and once past it is one message. */
#include "modem/message.h"

#include <stdio.h>
#include <string.h>

#include "base/gsm7.h"
#include "modem/pdu.h"

#define TON_INTERNATIONAL 1
#define TON_LETTERS 5

/* Fit for a line on a terminal. */
static void
line_of(const uint16_t *units, size_t count, char *out, size_t size)
{
	uint16_t printable[SMS_UNITS_MAX];

	for (size_t i = 0; i < count; i++)
		printable[i] = units[i] < ' ' || (units[i] >= 0x7F && units[i] < 0xA0) ? '?' : units[i];
	sms_text(printable, count, out, size);
}

/* 23.040 9.1.2.5: letters, or digits with a filler behind the last odd one. A reserved type counts as unknown. */
static void
address_of(const struct pdu *pdu, char out[SMS_ADDRESS_SIZE])
{
	static const char digits[] = "0123456789*#abc";
	uint16_t letters[SMS_UNITS_MAX];
	size_t length = 0;

	if (pdu->ton == TON_LETTERS) {
		line_of(letters, gsm7_unpack(pdu->address, 0, pdu->address_length * 4U / 7, letters), out, SMS_ADDRESS_SIZE);
		return;
	}
	if (pdu->ton == TON_INTERNATIONAL && pdu->address_length > 0)
		out[length++] = '+';
	for (size_t i = 0; i < pdu->address_length; i++) {
		uint8_t digit = pdu->address[i / 2] >> (i % 2 ? 4 : 0) & 0x0F;

		if (digit < sizeof digits - 1)
			out[length++] = digits[digit];
	}
	out[length] = '\0';
}

/* Two decimal digits, the lower one first; -1: something else. */
static int
swapped(uint8_t octet)
{
	return (octet & 0x0F) <= 9 && octet >> 4 <= 9 ? (octet & 0x0F) * 10 + (octet >> 4) : -1;
}

static bool
between(int value, int least, int most)
{
	return value >= least && value <= most;
}

static int
days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && year % 4 == 0);
}

/* 23.040 9.2.3.11. A time that does not exist is none: the message is as good without. */
static void
time_of(const uint8_t stamp[7], char out[SMS_TIME_SIZE])
{
	int year = swapped(stamp[0]), month = swapped(stamp[1]), day = swapped(stamp[2]);
	int hour = swapped(stamp[3]), minute = swapped(stamp[4]), second = swapped(stamp[5]);
	int quarters = swapped(stamp[6] & ~0x08);       /* bit 3 is its sign */

	out[0] = '\0';
	year += year < 90 ? 2000 : 1900;
	if (swapped(stamp[0]) < 0 || !between(month, 1, 12) || !between(day, 1, days_of(year, month)) ||
	    !between(hour, 0, 23) || !between(minute, 0, 59) || !between(second, 0, 59) || !between(quarters, 0, 79))
		return;
	snprintf(out, SMS_TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u%c%02u:%02u", (unsigned)year % 10000U,
	         (unsigned)month % 100U, (unsigned)day % 100U, (unsigned)hour % 100U, (unsigned)minute % 100U,
	         (unsigned)second % 100U, stamp[6] & 0x08 && quarters > 0 ? '-' : '+', (unsigned)quarters / 4 % 100U,
	         (unsigned)quarters % 4 * 15);
}

static void
text_of(const struct pdu *pdu, struct sms_part *part)
{
	size_t step = pdu->coding == SMS_8BIT ? 1 : 2, count = pdu->text_length / step;
	const uint8_t *from = pdu->text;

	if (pdu->coding == SMS_GSM7) {
		part->units_length = (uint16_t)gsm7_unpack(from, pdu->fill, pdu->text_length, part->units);
		return;
	}
	for (size_t i = 0; i < count; i++)
		part->units[i] = step == 1 ? from[i] : (uint16_t)(from[2 * i] << 8 | from[2 * i + 1]);
	part->units_length = (uint16_t)count;
}

static void
part_of(const struct pdu *pdu, const char *sim, struct sms_part *part)
{
	address_of(pdu, part->sender);
	time_of(pdu->time, part->time);
	part->ton = pdu->ton;
	part->pid = pdu->pid;
	part->dcs = pdu->dcs;
	part->class = pdu->class;
	part->coding = pdu->coding;
	part->udh_length = pdu->udh_length;
	if (pdu->udh_length > 0)
		memcpy(part->udh, pdu->udh, pdu->udh_length);
	part->reference_bits = pdu->reference_bits;
	part->reference = pdu->concat_reference;
	part->sequence = pdu->sequence;
	part->total = pdu->total;
	text_of(pdu, part);
	sms_key(part, sim, part->key);
}

/* NULL, or why it cannot be understood. */
static const char *
understand(const struct rawat_bytes *given, const char *sim, struct message *out)
{
	struct pdu pdu;
	const char *wrong;

	if (given->length == 0)
		return "no PDU";
	if (given->characters)
		return "not hexadecimal";
	wrong = pdu_read(given->bytes, given->length, &pdu);
	if (wrong)
		return wrong;
	if (pdu.type == PDU_SUBMIT)
		return "a draft, not received";
	if (pdu.type == PDU_REPORT) {
		out->kind = MESSAGE_REPORT;
		address_of(&pdu, out->report.number);
		time_of(pdu.time, out->report.time);
		out->report.reference = pdu.reference;
		out->report.status = pdu.status;
		return NULL;
	}
	out->kind = MESSAGE_PART;
	if (pdu.length > sizeof out->part.pdu)
		return "too long";
	out->part.pdu_length = (uint16_t)pdu.length;
	memcpy(out->part.pdu, given->bytes, pdu.length);
	part_of(&pdu, sim, &out->part);
	return sms_part_sane(&out->part) ? NULL : "fields contradict each other";
}

void
message_read(const struct rawat_bytes *given, int32_t slot, const char *sim, struct message *out)
{
	memset(out, 0, sizeof *out);
	out->raw = *given;
	out->wrong = understand(given, sim, out);
	if (out->wrong) {
		memset(&out->part, 0, sizeof out->part);
		out->kind = MESSAGE_BROKEN;
	}
	out->part.slot = slot;
}
