/* SPDX-License-Identifier: GPL-3.0-or-later */
/* world: what is outside the box and outlives the core: phones, SIMs, the network, time. It stands in for
 * modem/supervisor.c and base/clock.c. Shared by the lives of the core and by whoever starts them. */
#ifndef WORLD_H
#define WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sms.h"
#include "modem/supervisor.h"

#define WORLD_MODEMS 2
#define WORLD_VOLUNTEERS 40     /* each of a village of her own */
#define WORLD_PARTS 60000       /* that can come in a world's life, or go out */

enum verdict { LOST, DOUBLED, TORN, VERDICTS };

struct world_part {
	struct sms_part part;           /* slot: where it lies */
	long message;
	int modem;
	bool freed;                     /* the SIM has forgotten it: the box has said that it has it */
};

struct world_sent {
	int64_t id;                     /* of the outbox */
	int sequence;
	char dest[SMS_ADDRESS_SIZE];
};

struct world {
	int64_t start, ms;              /* wall time when ms was 0; time since, which never goes back */
	long messages;                  /* sent by phones so far */
	size_t part_count, oldest;      /* oldest: before it all have left the SIM */
	size_t sent_count;
	long reminders;                 /* the box has said that so many are queued */
	long faults[VERDICTS], acks_doubled, lives;
	int64_t recovery;               /* ms that it took to be well again, at worst */
	struct world_part parts[WORLD_PARTS];
	struct world_sent sent[WORLD_PARTS];
	unsigned char times[WORLD_PARTS][4];    /* that part of that message was transmitted */
};
extern struct world *world;

/* An empty one, in memory that children share. NULL: there is none. */
struct world *world_new(int64_t start);
void world_empty(int64_t start);

/* Message n: a report of a volunteer about her village; every fourth is a form; every fourth has two parts, which come in
 * any order. */
void world_put_message(void);
void world_number(long n, char out[SMS_ADDRESS_SIZE]);
void world_time(long n, char out[SMS_TIME_SIZE]);
long world_value(long n);
int world_records(long n);              /* values that are stored of it */
void world_form(long n, char out[128]); /* the form's data as they are stored; "" if it is none */

/* The modems, in a life of the core: up at once. on_event as in modem_start(). */
struct modem *world_modem(int index, modem_event_fn on_event, void *ctx);
/* Something goes on in the world: one slot is emptied or read, one message is transmitted, one result told. false: there
 * is nothing to be done. */
bool world_step(void);
/* Nothing is on the SIMs. */
bool world_is_read(void);

#endif
