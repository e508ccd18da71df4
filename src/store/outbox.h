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

/* Inside the caller's transaction: queues one message of at most SMS_OUT_PARTS_MAX parts. key is UNIQUE for ever
 * ("ack:71"): the second is ignored. inbox 0 = no message it answers. not_after 0 = never stale, not_before 0 = now.
 * hold: recorded as BLOCKED, never sent (try). urgent: at once, before whatever waits. -EMSGSIZE: it has no text, more
 * parts than that, or is no UTF-8. */
struct outbox_new {
	const char *key;
	enum outbox_class class;
	const char *dest, *text;
	int64_t inbox, wall, not_before, not_after;
	bool hold, urgent;
};
int outbox_put(struct store *store, const struct outbox_new *message) __attribute__((warn_unused_result));

/* Whether something was ever put under that key: 1, 0 or -errno. */
int outbox_known(struct store *store, const char *key) __attribute__((warn_unused_result));

/* The smallest number behind `after` ("" the first) that something was ever put for under a key that begins so. -ENOENT. */
int outbox_told(struct store *store, const char *prefix, const char *after, char dest[SMS_ADDRESS_SIZE])
	__attribute__((warn_unused_result));

/* What is asked about a reminder or notice at the moment when it is to be sent, with the key it was put under: the time
 * may be wrong where it goes, or what it says may be over. LATER: *later is when to ask again. */
enum outbox_verdict { OUTBOX_GO, OUTBOX_DROP, OUTBOX_LATER };
typedef enum outbox_verdict outbox_ask(void *ctx, const char *key, const char *dest, int64_t wall, int64_t *later);
/* NULL: all of them go. It is asked inside a transaction and may read only. */
void outbox_set_ask(struct store *store, outbox_ask *ask, void *ctx);
/* Whether the wall clock is not to be believed: reminders and notices wait then, and nothing becomes stale. */
void outbox_set_doubt(struct store *store, bool doubt);
bool outbox_in_doubt(const struct store *store);

/* Claims the earliest due message with its first part that is still to be sent, in a transaction of its own (QUEUED ->
 * CLAIMED, committed), and fills out; rows past not_after become EXPIRED on the way. Reminders and notices come behind
 * all others. Passed over are a message behind an older one of its recipient that is CLAIMED or, unless that is a reminder
 * or notice, QUEUED, and one that has begun on another modem within ten minutes.
 * -ENOENT: nothing due; *next is then when to look again (0 = when something is put, or a claim has ended).
 * The part is paid for in the same transaction (store/spend.h). What is over a limit waits until the limit allows more
 * or it is stale; an answer to a stranger becomes BLOCKED, and so does what goes to a number that is never written
 * to. */
struct outbox_message { struct sms_out sms; int64_t inbox; enum outbox_class class; };
int outbox_claim(struct store *store, const char *modem, int64_t wall, struct outbox_message *out, int64_t *next)
	__attribute__((warn_unused_result));

/* What became of the claimed part. Each is a transaction of its own, in which the message gets the state that follows
 * from all its parts; -ENOENT if it was not claimed. */

/* The network took it. 1: the next part is claimed for the same modem and in out; 0: there is none to be sent now.
 * out NULL: whatever is missing goes later. */
int outbox_sent(struct store *store, int64_t id, int reference, int64_t wall, struct outbox_message *out)
	__attribute__((warn_unused_result));
/* A definite refusal, by its CMS error or CMS_OURS (base/cms.h). FAILED if that never passes; else QUEUED again after a
 * quadratic back-off (30, 120 s, ... 6 h): FAILED after three refusals or, if it may pass, about 72 hours. */
int outbox_refused(struct store *store, int64_t id, int error, int64_t wall) __attribute__((warn_unused_result));
/* Nothing went over the wire (modem was not there): QUEUED again in 2 s, the try is not counted. */
int outbox_unclaim(struct store *store, int64_t id, int64_t wall) __attribute__((warn_unused_result));
/* Nobody knows: UNKNOWN, due for outbox_settle() in 120 s. */
int outbox_unknown(struct store *store, int64_t id, int64_t wall) __attribute__((warn_unused_result));

/* At start: every part still CLAIMED belongs to a core or worker that died: UNKNOWN. Returns how many, or -errno. */
int outbox_recover(struct store *store, int64_t wall) __attribute__((warn_unused_result));

/* Messages UNKNOWN for 120 s without a report: by class the part goes once more (ack: once, alert: twice) or never;
 * parts that were not sent yet go then. UNKNOWN stays what is left to the operator. An alert without a report within
 * its validity is sent again, three times in all. Returns how many are queued again, or -errno. */
int outbox_settle(struct store *store, int64_t wall) __attribute__((warn_unused_result));

/* A status report (TP-ST: 0-2 delivered, 0x20-0x3f still trying, 0x40-0x7f failed) as a modem gave it, with the
 * network's time ("" unknown). Matches by recipient (last 9 digits) and reference the newest part without a final
 * report, a modem's own first; else the newest of which no reference is known. The very same report again changes
 * nothing. A failed alert is queued again up to three tries. -ENOENT: nothing matched. */
struct outbox_report { const char *modem, *dest, *time; int reference, status; };
int outbox_report(struct store *store, const struct outbox_report *report, int64_t wall)
	__attribute__((warn_unused_result));

/* Messages put for this recipient since the given time (rule 3), BLOCKED ones included; or -errno. Those after `until` were
 * put by a clock that ran ahead: nobody knows when. */
int outbox_since(struct store *store, const char *dest, int64_t since, int64_t until);
/* Of those, the ones whose key begins with prefix ("ack:", "stranger:"). */
int outbox_since_like(struct store *store, const char *dest, const char *prefix, int64_t since, int64_t until);

/* When the last reminder or notice goes of those that are due until then; 0 there is none, or -errno. */
int64_t outbox_last_unasked(struct store *store, int64_t until);

/* A message that is not settled: QUEUED, CLAIMED or UNKNOWN. */
struct outbox_row {
	int64_t id, inbox, next;       /* next: when something is done about it by itself, 0 never */
	char class[12], state[12], dest[SMS_ADDRESS_SIZE];
	int tries, parts, parts_sent;
	int error;                     /* of the last refusal, 0 none */
	bool held;                     /* a limit keeps it until next */
};
/* The first of them with id above `after`; -ENOENT none. */
int outbox_next(struct store *store, int64_t after, struct outbox_row *out) __attribute__((warn_unused_result));

struct outbox_counts { int64_t queued, claimed, sent, delivered, unknown, failed, expired, blocked; };
void outbox_count(struct store *store, struct outbox_counts *out);

#endif
