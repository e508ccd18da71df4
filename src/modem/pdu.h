/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdu: a strict reader of what a modem stores (3GPP TS 23.040), so that nothing of a decoder that is not
 * memory-safe need be believed unseen. Points into the caller's bytes. Knows no alphabet and no library. */
#ifndef MODEM_PDU_H
#define MODEM_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pdu_type { PDU_DELIVER, PDU_SUBMIT, PDU_REPORT };

struct pdu {
	enum pdu_type type;
	size_t length;                  /* without padding */
	uint8_t ton;                    /* of the other side */
	const uint8_t *address;         /* of it, in semi-octets; of TON 5 packed septets */
	uint8_t address_length;         /* semi-octets, at most 20 */
	const uint8_t *time;            /* 7 octets; of a REPORT when the network was done with it */
	uint8_t reference, status;      /* REPORT: TP-MR, TP-ST */
	/* DELIVER */
	uint8_t pid, dcs;
	uint8_t coding;                 /* enum sms_coding, from dcs (23.038 4) */
	int8_t class;                   /* -1 none */
	const uint8_t *udh;             /* with its length octet */
	uint8_t udh_length;             /* 0 none */
	const uint8_t *text;            /* behind the header */
	uint8_t text_length;            /* octets; GSM-7: septets */
	uint8_t fill;                   /* bits between a header and the first septet */
	uint8_t reference_bits;         /* of concatenation: 0, 8, 16 */
	uint16_t concat_reference;
	uint8_t sequence, total;        /* 1, 1 when single */
};

/* Reads an SMSC address and a TPDU. NULL, or what is wrong with it (a constant string). Of a SUBMIT only
 * the type is read: it is somebody's draft. A slot filled up with FF or 00 behind the text is in order. */
__attribute__((warn_unused_result))
const char *pdu_read(const uint8_t *bytes, size_t length, struct pdu *out);

/* Hexadecimal, even number of digits, at most size octets. false: it is something else. */
__attribute__((warn_unused_result))
bool pdu_unhex(const char *hex, uint8_t *out, size_t size, size_t *length);

#endif
