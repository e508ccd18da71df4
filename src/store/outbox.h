/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outbox: messages to send: claimed on the disk before the first byte goes out, never silently uncertain. */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sms.h"

struct store;

/* Reliability 2.3: what a class may do when nobody knows whether it went out. */
enum outbox_class {
	OUTBOX_ACK,         /* answer to a report: once more at most */
	OUTBOX_ANSWER,      /* answer to a question: never twice, stale after an hour */
	OUTBOX_REMINDER,    /* never twice */
	OUTBOX_ALERT,       /* up to three times, until delivered */
	OUTBOX_NOTICE,      /* never twice */
	OUTBOX_CLASSES
};

/* Inside the caller's transaction: queues one message. key is UNIQUE for ever ("ack:71"): the second is ignored.
 * inbox 0 = no message it answers. not_after 0 = never stale. hold: recorded as BLOCKED, never sent (try). */
struct outbox_new {
	const char *key;
	enum outbox_class class;
	const char *dest, *text;
	int64_t inbox, wall, not_after;
	bool hold;
};
int outbox_put(struct store *store, const struct outbox_new *message) __attribute__((warn_unused_result));

/* Claims the earliest due row in a transaction of its own (QUEUED -> CLAIMED, tries + 1, committed) and fills out;
 * rows past not_after become EXPIRED on the way. A recipient with a message still CLAIMED is passed over.
 * -ENOENT: nothing due; *next is then when to look again (0 = when something is put, or a claim has ended). */
struct outbox_message { struct sms_out sms; int64_t inbox; enum outbox_class class; };
int outbox_claim(struct store *store, const char *modem, int64_t wall, struct outbox_message *out, int64_t *next)
	__attribute__((warn_unused_result));

/* What became of a claimed message. Each commits by itself; state guarded (… WHERE id=? AND state='CLAIMED'):
 * -ENOENT if it was not claimed. */
int outbox_sent(struct store *store, int64_t id, int reference, int64_t wall) __attribute__((warn_unused_result));
/* A definite refusal (+CMS ERROR): QUEUED again after a quadratic back-off (30, 120 s), FAILED after three tries. */
int outbox_refused(struct store *store, int64_t id, int error, int64_t wall) __attribute__((warn_unused_result));
/* Nothing went over the wire (modem was not there): QUEUED again in 2 s, the try is not counted. */
int outbox_unclaim(struct store *store, int64_t id, int64_t wall) __attribute__((warn_unused_result));
/* Nobody knows: UNKNOWN, due for outbox_settle() in 120 s. */
int outbox_unknown(struct store *store, int64_t id, int64_t wall) __attribute__((warn_unused_result));

/* At start: every row still CLAIMED belongs to a core or worker that died: UNKNOWN. Returns how many, or -errno. */
int outbox_recover(struct store *store, int64_t wall) __attribute__((warn_unused_result));

/* UNKNOWN rows older than 120 s without a report: by class QUEUED once more (ack: once, alert: up to three tries)
 * or left UNKNOWN for the operator. Returns how many were queued again, or -errno. */
int outbox_settle(struct store *store, int64_t wall) __attribute__((warn_unused_result));

/* A status report (TP-ST: 0-2 delivered, 0x20-0x3f still trying, 0x40-0x7f failed). Matches the newest SENT or
 * UNKNOWN row of that recipient (last 9 digits) and reference, else the newest of which no reference is known. A
 * failed alert is queued again up to three tries. -ENOENT: nothing matched. */
int outbox_report(struct store *store, const char *dest, int reference, int status, int64_t wall)
	__attribute__((warn_unused_result));

/* Messages put for this recipient since the given time (rule 3), BLOCKED ones included; or -errno. */
int outbox_since(struct store *store, const char *dest, int64_t since);
/* Of those, the ones whose key begins with prefix ("ack:", "stranger:"). */
int outbox_since_like(struct store *store, const char *dest, const char *prefix, int64_t since);

/* A message that is not settled: QUEUED, CLAIMED or UNKNOWN. */
struct outbox_row {
	int64_t id, inbox, next;       /* next: when something is done about it by itself, 0 never */
	char class[12], state[12], dest[SMS_ADDRESS_SIZE];
	int tries;
};
/* The first of them with id above `after`; -ENOENT none. */
int outbox_next(struct store *store, int64_t after, struct outbox_row *out) __attribute__((warn_unused_result));

struct outbox_counts { int64_t queued, claimed, sent, delivered, unknown, failed, expired, blocked; };
void outbox_count(struct store *store, struct outbox_counts *out);

#endif
