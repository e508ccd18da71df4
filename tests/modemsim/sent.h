/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sent: what the modems sent: every submitted part, put together to whole messages. Knows no modem and no line. */
#ifndef SENT_H
#define SENT_H

#include "pdu.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sent_part {
	uint8_t           number;	/* 1..total; more than one part may carry the same number when sent again */
	uint8_t           mr;
	bool              wants_report;
	bool              acknowledged;	/* its reference went out to the program */
	uint64_t          id;
	double            time;		/* monotonic */
	enum pdu_alphabet alphabet;
	uint16_t         *units;
	size_t            count;
	char             *hex;		/* the PDU as it came */
};

struct sent_message {
	uint64_t          seq;		/* from 1, given on completion; 0 before */
	int               modem;
	char              to[PDU_ADDR_MAX];
	uint8_t           ref_bits, total;
	uint16_t          ref;
	int               message_class, validity_min;
	double            time;		/* of completion */
	char             *text;		/* UTF-8; octets as hex for 8-bit data; NULL before completion */
	size_t            parts_n;
	struct sent_part *parts;	/* in the order they came */
};

/* Notes one part, not acknowledged yet. Returns its message, the part the last of it; the message is whole when its
 * seq is not 0. */
const struct sent_message *sent_add(int modem, const struct pdu_submit *s, uint8_t mr, double time, const char *hex);

/* The modem's answer to this part left complete. */
void sent_acknowledge(uint64_t id);

/* Every part of it was acknowledged. */
bool sent_is_acknowledged(const struct sent_message *m);

/* Calls each for every pair of recipient and text among the whole messages kept, with how often it was sent, how
 * often acknowledged, and the first such message. */
void sent_repeats(void (*each)(void *arg, const struct sent_message *m, int times, int acknowledged), void *arg);

/* How many messages were completed in all since the last sent_clear, and the newest seq. */
uint64_t sent_total(void);

/* The first whole message behind seq, or NULL; the oldest are forgotten in a very long run. */
const struct sent_message *sent_after(uint64_t seq);

/* The n-th incomplete message, or NULL. */
const struct sent_message *sent_incomplete(size_t n);

/* Forgets everything; numbers start again at 1. */
void sent_clear(void);

#endif
