/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torture: what goes into the box, so that what comes out can be judged: message n and notice n, known by their
 * number alone, and the parts of messages that the network delivers again and again. */
#ifndef TORTURE_H
#define TORTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sms.h"

#define MODEMS 3
#define OWN_CATEGORY "07"       /* its value tells the message's number */

struct torture {
	long kills, senders;            /* as asked for */
	int64_t start;                  /* network time of message 0 */
	long messages, parts[MODEMS];   /* put into the network so far */
	long notices, copies;           /* copies: parts beyond the first of each */
};

/* Message n in 1 or 2 parts; the number of them. */
size_t content_parts(const struct torture *t, long n, struct sms_part parts[2]);
int content_modem(long n);
long content_value(long n);
void content_time(const struct torture *t, long n, char out[SMS_TIME_SIZE]);
/* Notice n: at-most-once, every third of two parts. */
void content_notice(long n, char *text, size_t size);
void content_number(const struct torture *t, long n, char out[SMS_ADDRESS_SIZE]);

/* Puts the next message: each of its parts one to five times, now and later, between those of others. */
void copies_put(struct torture *t, const int in[MODEMS]);
/* Puts what is still to come. */
void copies_end(struct torture *t, const int in[MODEMS]);

enum verdict { LOST, DOUBLED, TORN, VERDICTS };

/* Compares the tables with the journals of the modems and with what was put in, prints the figures and counts what is
 * lost, doubled or torn; it is said on stderr. */
void judge(const struct torture *t, long faults[VERDICTS]);

#endif
