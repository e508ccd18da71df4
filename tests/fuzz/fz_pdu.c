/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_pdu: a PDU as a modem might store it: the reader believes nothing and points nowhere else, and what it gives is in order.
 * What it takes for right is given to libGammu too, whose own process may die of it and no other. */
#include <string.h>

#include "fuzz.h"
#include "base/sms.h"
#include "library.h"
#include "modem/message.h"
#include "modem/pdu.h"

static void
look_at(const uint8_t *bytes, size_t length, const struct pdu *pdu)
{
	const uint8_t *end = bytes + length;

	MUST(pdu->length <= length);
	if (pdu->type != PDU_DELIVER)
		return;
	MUST(pdu->coding <= SMS_8BIT);
	MUST(pdu->total >= 1 && pdu->sequence >= 1 && pdu->sequence <= pdu->total);
	MUST(pdu->reference_bits == 0 || pdu->reference_bits == 8 || pdu->reference_bits == 16);
	if (pdu->udh_length > 0)
		MUST(pdu->udh >= bytes && pdu->udh + pdu->udh_length <= end && pdu->udh[0] == pdu->udh_length - 1);
	if (pdu->text_length > 0 && pdu->coding != SMS_GSM7)
		MUST(pdu->text >= bytes && pdu->text + pdu->text_length <= end);
	if (pdu->text_length > 0 && pdu->coding == SMS_GSM7)
		MUST(pdu->text >= bytes && pdu->text + (pdu->fill + pdu->text_length * 7 + 7) / 8 <= end);
	MUST(pdu->coding != SMS_GSM7 || pdu->text_length <= SMS_UNITS_MAX);
}

/* The value that becomes of it is in order, too. */
static void
read_message(const uint8_t *bytes, size_t length)
{
	struct rawat_bytes given = { .length = length < SMS_RAW_MAX ? length : SMS_RAW_MAX };
	static struct message message;

	memcpy(given.bytes, bytes, given.length);
	message_read(&given, 1, "510100000000001", &message);
	MUST(message.part.slot == 1);
	if (message.kind == MESSAGE_PART)
		MUST(sms_part_sane(&message.part) && message.part.pdu_length > 0);
	else if (message.kind == MESSAGE_REPORT)
		MUST(memchr(message.report.number, '\0', sizeof message.report.number));
	else
		MUST(message.kind == MESSAGE_BROKEN && message.wrong);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t bytes[SMS_PDU_MAX];
	struct pdu pdu;
	size_t length;
	char *hex = malloc(size + 1);

	if (pdu_read(data, size, &pdu) == NULL)
		look_at(data, size, &pdu);
	read_message(data, size);
	if (pdu_read(data, size, &pdu) == NULL)
		(void)fuzz_library(data, pdu.length);
	MUST(hex);
	memcpy(hex, data, size);
	hex[size] = '\0';
	if (pdu_unhex(hex, bytes, sizeof bytes, &length)) {
		MUST(length <= sizeof bytes && 2 * length == strlen(hex));
		if (pdu_read(bytes, length, &pdu) == NULL)
			look_at(bytes, length, &pdu);
	}
	free(hex);
	return 0;
}
