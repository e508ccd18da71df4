/* SPDX-License-Identifier: GPL-3.0-or-later */
/* story: what became of a message, put together from all tables for the operator. Only reads. It is asked by a person,
 * now and then: some of it looks through whole tables. */
#ifndef STORE_STORY_H
#define STORE_STORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sms.h"

struct store;

/* A message received, or a part of one. */
struct story_in {
	int64_t id, whole;              /* whole: the message that this part became, 0 none */
	int64_t received;               /* box's time */
	char modem[32], sim[24], sender[SMS_ADDRESS_SIZE];
	char time[SMS_TIME_SIZE];       /* the network's, "" unknown */
	int seq, total;                 /* 1 of 1: a short one */
	int tries;                      /* readings begun */
	char state[12], reason[64];     /* reason "": none */
	char verb[24], said[40];        /* what was wanted, and the name of the answer; "" not read, silence */
	char text[SMS_TEXT_MAX];
	int parts;                      /* it was put together from; 0 it came as one */
	/* Of a list only: receipts ("No.41, No.42") and messages that it caused ("out=95 SENT"), "" none. */
	char receipts[64], caused[160];
};

/* The message, or -ENOENT. Of its parts the time of the first is told. */
int story_in(struct store *store, int64_t id, struct story_in *out) __attribute__((warn_unused_result));

/* The latest messages, the oldest of them first; parts stand for themselves until they are whole. sender: the last digits
 * of a number, state: as in the table; NULL any. each() may ask people only. */
struct story_filter { const char *sender, *state; int most; };
typedef void story_in_each(void *ctx, const struct story_in *in);
int story_inbox(struct store *store, const struct story_filter *filter, story_in_each *each, void *ctx)
	__attribute__((warn_unused_result));

/* From here on each() is called in the order of ids, with what is borrowed for the call, and may ask other rooms. */

/* The parts that a message was put together from, or that wait for others with this one. */
int story_parts(struct store *store, int64_t in, story_in_each *each, void *ctx) __attribute__((warn_unused_result));

/* Receipts that a message led to. */
struct story_receipt {
	int64_t no, wall, person, cancelled_by, cancelled_at;   /* 0: not cancelled */
	char verb[16];
};
typedef void story_receipt_each(void *ctx, const struct story_receipt *receipt);
int story_receipts(struct store *store, int64_t in, story_receipt_each *each, void *ctx) __attribute__((warn_unused_result));
/* The message that led to a receipt. -ENOENT: no such receipt. */
int story_of_receipt(struct store *store, int64_t no, int64_t *in) __attribute__((warn_unused_result));

/* What stands under a receipt: values. before: what was in force until then, -1 nothing. */
struct story_value {
	char village[14], village_name[64];
	int rt, rw, period;
	char list[24], category[8], unit[16], state[12];
	long value, before;
	int64_t before_no;              /* receipt of that */
};
typedef void story_value_each(void *ctx, const struct story_value *value);
int story_values(struct store *store, int64_t receipt, story_value_each *each, void *ctx) __attribute__((warn_unused_result));

/* Entries of forms that a message led to. */
struct story_entry {
	int64_t no, receipt;            /* receipt 0: it is numbered in a series of its own */
	char form[24], series[8], area[14], area_name[64], state[12], flag[12];
	int period;                     /* 0: of no month */
};
typedef void story_entry_each(void *ctx, const struct story_entry *entry);
int story_entries(struct store *store, int64_t in, story_entry_each *each, void *ctx) __attribute__((warn_unused_result));

/* A message to send. */
struct story_out {
	int64_t id, in, created, not_after, next;       /* 0: none, never */
	char key[112], class[12], dest[SMS_ADDRESS_SIZE], state[12], modem[32], purse[12];
	char text[SMS_TEXT_MAX];
	int tries, parts;               /* tries: SMS that were paid for */
	bool held;                      /* a limit keeps it */
};
typedef void story_out_each(void *ctx, const struct story_out *out);
int story_out(struct store *store, int64_t id, struct story_out *out) __attribute__((warn_unused_result));
/* Those that a message caused. */
int story_caused(struct store *store, int64_t in, story_out_each *each, void *ctx) __attribute__((warn_unused_result));

/* What became of each part of a message to send. */
struct story_part {
	int part, reference, error, refusals, resends, status;  /* reference, status: -1 unknown; error 0 none */
	int64_t sent;                   /* 0 not yet */
	char state[12], delivered[SMS_TIME_SIZE];               /* network's time of the status report */
};
typedef void story_part_each(void *ctx, const struct story_part *part);
int story_out_parts(struct store *store, int64_t out, story_part_each *each, void *ctx)
	__attribute__((warn_unused_result));

#endif
