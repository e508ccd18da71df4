/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdu: the short message transfer layer (TS 23.040): SMS-DELIVER and SMS-STATUS-REPORT out, SMS-SUBMIT in.
 * Knows no modem, no memory and no clock. */
#ifndef PDU_H
#define PDU_H

#include "stamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PDU_UD_MAX    = 140,	/* octets of user data, 9.2.3.24 */
	PDU_UNITS_MAX = 160,	/* characters of one message */
	PDU_OUT_MAX   = 192,	/* any PDU made here, service centre address included */
	PDU_PARTS_MAX = 255,	/* 9.2.3.24.1 */
	PDU_ADDR_MAX  = 24,
	PDU_ELEMENTS_MAX = 40
};

enum pdu_alphabet { PDU_GSM7, PDU_8BIT, PDU_UCS2, PDU_COMPRESSED };

/* User data of one message as it travels: TP-UDHI, TP-DCS, TP-UDL, TP-UD. */
struct pdu_body {
	bool    udhi;
	uint8_t dcs;
	uint8_t udl;
	uint8_t len;			/* octets in ud */
	uint8_t ud[PDU_UD_MAX];
};

/* Information elements of a user data header as octets (9.2.3.24). */
struct pdu_elements {
	uint8_t len;
	uint8_t octets[PDU_ELEMENTS_MAX];
};

struct pdu_split {
	uint16_t ref;			/* reference number, if more than one part is needed; 8 bits of it or all 16 */
	bool     ref16;
	int      message_class;		/* 0 to 3, or -1 */
	bool     force_ucs2;
	bool     split_surrogates;	/* cut UCS-2 parts at exactly 67 units, even inside a pair */
	struct pdu_elements before, after;	/* more elements of the header, around that of concatenation */
};

struct pdu_deliver {
	const char            *smsc;
	const char            *from;	/* +62..., digits, or letters */
	struct stamp           time;
	uint8_t                pid;
	bool                   more;	/* other parts follow (TP-MMS) */
	const struct pdu_body *body;
};

struct pdu_report {
	const char  *smsc;
	uint8_t      mr;
	const char  *to;		/* the recipient the report is about */
	struct stamp sent, done;
	uint8_t      status;		/* TP-ST, 9.2.3.15 */
};

struct pdu_submit {
	char     to[PDU_ADDR_MAX];	/* as written in the message: + for international */
	uint8_t  pid;
	bool     wants_report;
	int      validity_min;		/* -1: none, or not relative */
	uint8_t  ref_bits;		/* 0: not concatenated; 8 or 16 */
	uint16_t ref;
	uint8_t  total, part;		/* 1, 1 when not concatenated */
	enum pdu_alphabet alphabet;
	int      message_class;		/* -1: none */
	struct pdu_body body;
	size_t   count;			/* characters in units; for 8-bit data octets */
	uint16_t units[PDU_UNITS_MAX];
};

/* Splits a text into messages: GSM-7 when every character has a place there, UCS-2 otherwise.
 * Returns the count, or -EILSEQ for bad UTF-8, -E2BIG when 255 parts do not hold it. */
int pdu_split(const char *utf8, const struct pdu_split *how, struct pdu_body parts[PDU_PARTS_MAX]);

/* Both write the service centre address and the TPDU and return the length, or -EINVAL for a bad address. */
int pdu_encode_deliver(const struct pdu_deliver *d, uint8_t out[PDU_OUT_MAX]);
int pdu_encode_report(const struct pdu_report *r, uint8_t out[PDU_OUT_MAX]);

/* Reads a TPDU (no service centre address before it). Returns 0, or -EBADMSG for anything that is not
 * exactly one well-formed SMS-SUBMIT (9.2.2.2). */
int pdu_decode_submit(const uint8_t *tpdu, size_t len, struct pdu_submit *s);

/* Octets of the service centre address at the start of a PDU (TS 27.005, <pdu>), or -EBADMSG if cut. */
int pdu_smsc_length(const uint8_t *pdu, size_t len);

/* Hex digits to octets: the count, or -EINVAL for an odd or foreign digit, -E2BIG over max. */
int pdu_from_hex(const char *hex, uint8_t *out, size_t max);

/* out holds 2 * len + 1. */
void pdu_to_hex(const uint8_t *pdu, size_t len, char *out);

#endif
