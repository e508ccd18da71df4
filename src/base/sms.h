/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sms: one part of a short message as a value (3GPP TS 23.040). No pointers inside, so that it crosses
 * from a modem worker to the core as it is. Knows nothing of what a message means. */
#ifndef BASE_SMS_H
#define BASE_SMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SMS_ADDRESS_SIZE 44     /* 20 semi-octets or 11 letters, as UTF-8 */
#define SMS_UDH_MAX 140
#define SMS_UNITS_MAX 160       /* GSM-7: 160 characters; UCS-2: 70; 8-bit: 140 octets */
#define SMS_PDU_MAX 180         /* 12 octets of SMSC and 164 of TPDU (23.040 9.2.3.1) */
#define SMS_RAW_MAX 512         /* of what a modem gave instead of a message */
#define SMS_TIME_SIZE 32
#define SMS_KEY_SIZE 16
#define SMS_TEXT_MAX 10240      /* UTF-8 of a whole message: 16 parts */

enum sms_coding { SMS_GSM7, SMS_UCS2, SMS_8BIT };

/* A received part in its slot. */
struct sms_part {
	int32_t slot;                         /* libGammu's flat location: SM n, ME 100000 + n */
	char sender[SMS_ADDRESS_SIZE];        /* as received; "" if none */
	uint8_t ton;                          /* type of number (23.040 9.1.2.5): 1 international, 5 letters */
	char time[SMS_TIME_SIZE];             /* network time with zone: 2026-10-20T09:00:00+07:00; "" if broken */
	int16_t pid, dcs;                     /* -1 unknown */
	int8_t class;                         /* -1 none, 0 flash */
	uint8_t coding;                       /* enum sms_coding */
	uint8_t udh_length;
	uint8_t udh[SMS_UDH_MAX];             /* user data header with its length octet; empty if none */
	uint8_t reference_bits;               /* concatenation: 0 single message, else 8 or 16 */
	uint16_t reference;
	uint8_t sequence, total;              /* 1-based part and number of parts; 1, 1 for a single message */
	uint16_t units_length;
	uint16_t units[SMS_UNITS_MAX];        /* text as UTF-16, maybe half of a surrogate pair at an end */
	uint16_t pdu_length;
	uint8_t pdu[SMS_PDU_MAX];             /* as the modem gave it, with the SMSC; empty if unknown */
	uint8_t key[SMS_KEY_SIZE];            /* sms_key() of all this: the same SMS has the same key for ever */
	bool again;                           /* it was in this slot a moment ago, and could not be deleted */
};

/* A message to send: one part on the wire. */
struct sms_out {
	int64_t id;                           /* the outbox row; comes back with every answer */
	char dest[SMS_ADDRESS_SIZE];          /* +62... */
	char text[SMS_UNITS_MAX * 4 + 1];     /* UTF-8, at most 160 GSM-7 or 70 UCS-2 units; 153 or 67 of several */
	uint8_t sequence, total;              /* 1-based part and number of parts; 1, 1 for a single message */
	uint8_t reference;                    /* of several: the same in all parts (23.040 9.2.3.24.1) */
	bool ucs2;                            /* of several: all parts are UCS-2, as one of them needs it */
	bool report;                          /* ask the network for a status report */
	int32_t validity_minutes;             /* 0: the network's maximum */
};

/* Dedupe key (reliability: permanent): hash of SIM, sender and its type, network time with zone, header, PID,
 * DCS and text. Not the slot, not the SMSC: they change on redelivery. sim is the IMSI. */
void sms_key(const struct sms_part *part, const char *sim, uint8_t key[SMS_KEY_SIZE]);

/* Key of what cannot be decoded: hash of SIM and bytes. Never equal to that of a part. */
void sms_raw_key(const uint8_t *bytes, size_t length, const char *sim, uint8_t key[SMS_KEY_SIZE]);

/* UTF-16 to UTF-8, NUL-terminated; lone surrogates and NUL become U+FFFD. Cuts at size. Returns its length. */
size_t sms_text(const uint16_t *units, size_t count, char *out, size_t size);

/* Number of GSM 03.38 septets that a UTF-8 text takes (extension table counts two);
 * -1: it needs UCS-2 or is not valid UTF-8. */
int sms_septets(const char *text);

/* Number of UTF-16 units that a UTF-8 text takes as UCS-2; -1: it is not valid UTF-8. */
int sms_units(const char *text);

#define SMS_OUT_PARTS_MAX 10
#define SMS_GSM7_ONE 160        /* septets of a single part, */
#define SMS_GSM7_PART 153       /* and beside the header of one of several */
#define SMS_UCS2_ONE 70
#define SMS_UCS2_PART 67

/* Cuts a text into the parts that go over the wire: 1 of at most 160 septets or 70 UCS-2 units, or up to
 * SMS_OUT_PARTS_MAX of at most 153 or 67, never inside an escape or surrogate pair. Gives the number of parts and
 * fills text, sequence, total and ucs2 of parts[]; 0: not valid UTF-8, empty, or too long. */
size_t sms_split(const char *text, struct sms_out parts[SMS_OUT_PARTS_MAX]);

/* Whether it can go over the wire. 0; -EMSGSIZE the text is longer than one part; -EINVAL dest is not
 * +?[0-9]{3,20}, the text not UTF-8, not in the alphabet that ucs2 demands, or sequence and total are no part of at
 * most SMS_OUT_PARTS_MAX. */
__attribute__((warn_unused_result))
int sms_out_check(const struct sms_out *message);

/* Whether the fields contradict each other or leave their arrays: nothing of such a part may be believed. */
bool sms_part_sane(const struct sms_part *part);

#endif
