/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inq: from a part in a SIM to an applied message. The order is the promise: committed first, deleted after; what
 * could not be stored stays on the SIM. */
#include "gate/inq.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "gate/desk.h"
#include "gate/outq.h"
#include "store/health.h"
#include "store/inbox.h"
#include "store/store.h"

#define MESSAGES_A_TURN 4       /* then the loop has a look at everything else */
#define WAIT_FIRST 1            /* seconds until a failed step is tried again, doubling */
#define WAIT_MOST 30
#define TEND_EVERY 60
#define LOOKED_THROUGH 200     /* messages a time that are not read */
#define DELETES_KEPT 64

/* A retry that comes ever later while a thing fails. */
struct retry {
	struct event timer;
	int wait;                       /* seconds; 0 while all is well */
};

/* Which row a slot is being freed for, so that the log can tell. */
struct deletion { uint8_t key[SMS_KEY_SIZE]; int64_t id; };

struct inq {
	struct store *store;
	struct desk *desk;
	struct outq *outq;
	struct event pass, tend;
	struct retry reading, storing;
	struct modem **unstored;        /* modems that hold parts which could not be stored */
	size_t unstored_count;
	int64_t tried;                  /* row whose reading this process has counted already */
	struct deletion deletions[DELETES_KEPT];
	size_t deletion_next;
	struct inbox_message message;   /* large: not for the stack */
	struct desk_answer answer;
};

static void
retry_later(struct retry *retry)
{
	struct timeval wait = { 0 };

	retry->wait = retry->wait == 0 ? WAIT_FIRST : retry->wait * 2 > WAIT_MOST ? WAIT_MOST : retry->wait * 2;
	wait.tv_sec = retry->wait;
	evtimer_add(&retry->timer, &wait);
}

static void
retry_over(struct retry *retry)
{
	retry->wait = 0;
	evtimer_del(&retry->timer);
}

/* --- from the SIM to the inbox --- */

/* Has the modem show its parts again when the store may have recovered. */
static void
remember_unstored(struct inq *inq, struct modem *modem)
{
	for (size_t i = 0; i < inq->unstored_count; i++)
		if (inq->unstored[i] == modem)
			return;
	inq->unstored = xgrow(inq->unstored, inq->unstored_count, sizeof *inq->unstored);
	inq->unstored[inq->unstored_count++] = modem;
}

static void
part_not_stored(struct inq *inq, struct modem *modem, int error)
{
	if (inq->storing.wait == 0)
		log_error("messages cannot be stored: %s; they stay on the SIM", health_words(error));
	remember_unstored(inq, modem);
	retry_later(&inq->storing);
}

static void
part_stored_again(struct inq *inq)
{
	log_warn("messages are stored again");
	retry_over(&inq->storing);
	/* The others may have given up theirs in the meantime. */
	for (size_t i = 0; i < inq->unstored_count; i++)
		modem_sweep(inq->unstored[i]);
	inq->unstored_count = 0;
}

static void
on_storing_retry(evutil_socket_t fd, short what, void *arg)
{
	struct inq *inq = arg;

	(void)fd;
	(void)what;
	/* The first part that a sweep shows tells whether it works now. */
	for (size_t i = 0; i < inq->unstored_count; i++)
		modem_sweep(inq->unstored[i]);
}

static const char *
take_name(enum inbox_take what)
{
	switch (what) {
	case INBOX_NEW: return "stored";
	case INBOX_DUPLICATE: return "known";
	case INBOX_WAITING: return "stored, parts are missing";
	case INBOX_COMPLETE: return "stored, last part";
	case INBOX_REJECTED: return "stored, not to be read";
	}
	return "?";
}

/* Whether waiting, or the operator, may help: then it is not the message's fault. */
static bool
may_pass(int error)
{
	static const int passing[] = { EBUSY, ENOSPC, EIO, EROFS, EACCES, EINTR, EMFILE, ENFILE, EBADMSG, ENOMEM };

	for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
		if (error == -passing[i])
			return true;
	return false;
}

static void
remember_deletion(struct inq *inq, struct modem *modem, int32_t slot, const uint8_t key[SMS_KEY_SIZE], int64_t id,
		  int error)
{
	struct deletion *deletion = &inq->deletions[inq->deletion_next];

	if (error < 0) {
		log_warn("in=%" PRId64 " modem=%s slot %d is not freed now: %s", id, modem_name(modem), (int)slot,
			 strerror(-error));
		return;
	}
	memcpy(deletion->key, key, sizeof deletion->key);
	deletion->id = id;
	inq->deletion_next = (inq->deletion_next + 1) % DELETES_KEPT;
}

static void
free_slot(struct inq *inq, struct modem *modem, const struct sms_part *part, int64_t id)
{
	if (part->slot != MODEM_NO_SLOT)
		remember_deletion(inq, modem, part->slot, part->key, id, modem_delete(modem, part->slot, part->key));
}

/* -errno: it could not be put into quarantine either. */
static int
set_aside(struct inq *inq, struct modem *modem, const struct inbox_broken *broken, int64_t *id)
{
	int known = inbox_quarantine(inq->store, broken, clock_wall(), id);

	if (known == 0)
		log_error("in=%" PRId64 " modem=%s slot %d is put into quarantine: %s", *id, modem_name(modem),
			  (int)broken->slot, broken->reason);
	return known < 0 ? known : 0;
}

/* A part that can be decoded, but not stored: if waiting does not help, it must not keep those behind it waiting. */
static int
set_part_aside(struct inq *inq, struct modem *modem, const struct sms_part *part, const struct modem_info *info,
	       int error, int64_t *id)
{
	struct inbox_broken broken = {
		.sim = info->imsi, .modem = info->name, .slot = part->slot, .pdu = part->pdu,
		.length = part->pdu_length <= sizeof part->pdu ? part->pdu_length : 0,
	};
	char reason[64];

	snprintf(reason, sizeof reason, "cannot be stored: %s", strerror(-error));
	broken.reason = reason;
	memcpy(broken.key, part->key, sizeof broken.key);
	return set_aside(inq, modem, &broken, id);
}

static void
part_is_stored(struct inq *inq)
{
	if (inq->storing.wait != 0)
		part_stored_again(inq);
}

void
inq_part(struct inq *inq, struct modem *modem, const struct sms_part *part)
{
	char masked[PHONE_MASK_SIZE];
	struct modem_info info;
	enum inbox_take what = INBOX_REJECTED;
	int64_t id;
	int error;

	/* Known to be of no use yet: a full SIM is not to be tried part by part, again and again. */
	if (evtimer_pending(&inq->storing.timer, NULL)) {
		remember_unstored(inq, modem);
		return;
	}
	modem_info(modem, &info);
	error = inbox_take(inq->store, part, info.imsi, info.name, clock_wall(), &what, &id);
	if (error < 0 && !may_pass(error))
		error = set_part_aside(inq, modem, part, &info, error, &id);
	else if (error == 0)
		log_info("in=%" PRId64 " modem=%s from=%s %s", id, info.name, phone_mask(part->sender, masked),
			 take_name(what));
	if (error < 0) {
		part_not_stored(inq, modem, error);
		return;
	}
	part_is_stored(inq);
	free_slot(inq, modem, part, id);
	if (what == INBOX_NEW || what == INBOX_COMPLETE)
		inq_wake(inq);
}

/* Of what could not be had at all nothing tells two apart but the place and the day. */
static void
key_of_nothing(struct inbox_broken *broken)
{
	char text[64];
	int length = snprintf(text, sizeof text, "slot %d day %" PRId64, (int)broken->slot, clock_wall() / 86400);

	sms_raw_key((const uint8_t *)text, (size_t)length, broken->sim, broken->key);
}

void
inq_broken(struct inq *inq, struct modem *modem, const struct modem_event *event)
{
	struct modem_info info;
	struct inbox_broken broken = {
		.modem = modem_name(modem), .reason = event->broken.reason, .slot = event->broken.slot,
		.pdu = event->broken.pdu, .length = event->broken.pdu_length,
	};
	int64_t id;
	int error;

	if (evtimer_pending(&inq->storing.timer, NULL)) {
		remember_unstored(inq, modem);
		return;
	}
	modem_info(modem, &info);
	broken.sim = info.imsi;
	memcpy(broken.key, event->broken.key, sizeof broken.key);
	if (broken.length == 0)
		key_of_nothing(&broken);
	error = set_aside(inq, modem, &broken, &id);
	if (error < 0) {
		part_not_stored(inq, modem, error);
		return;
	}
	part_is_stored(inq);
	if (broken.slot >= 0)
		remember_deletion(inq, modem, broken.slot, event->broken.key, id,
				  modem_clear(modem, broken.slot, event->broken.key));
}

void
inq_deleted(struct inq *inq, struct modem *modem, int32_t slot, enum modem_deleted result,
	    const uint8_t key[SMS_KEY_SIZE])
{
	int64_t id = 0;

	for (size_t i = 0; i < DELETES_KEPT; i++)
		if (inq->deletions[i].id != 0 && memcmp(inq->deletions[i].key, key, SMS_KEY_SIZE) == 0)
			id = inq->deletions[i].id;
	if (result == MODEM_DELETED_FREED)
		log_info("in=%" PRId64 " modem=%s freed slot %d", id, modem_name(modem), (int)slot);
	else if (result == MODEM_DELETED_OTHER)
		log_info("in=%" PRId64 " modem=%s slot %d holds another message now", id, modem_name(modem), (int)slot);
	else
		log_warn("in=%" PRId64 " modem=%s slot %d could not be freed; the next sweep tries again", id,
			 modem_name(modem), (int)slot);
}

/* --- from the inbox to the desk --- */

static void
log_answer(const struct inq *inq)
{
	const struct outcome *outcome = &inq->answer.outcome;
	bool rejected = outcome->expect == EXPECT_REJECT;
	const char *verb = verb_name(outcome->verb);

	log_info("in=%" PRId64 " %s%s%s%s%s%s", inq->message.id, expect_name(outcome->expect),
		 verb[0] != '\0' ? " " : "", verb, rejected ? " " : "", rejected ? reject_name(outcome->reject) : "",
		 inq->answer.reply[0] == '\0' ? " silent" : "");
}

/* 0 also when the message went into quarantine: go on with the next. */
static int
read_message(struct inq *inq)
{
	const struct desk_message message = {
		.inbox = inq->message.id, .sender = inq->message.sender, .text = inq->message.text,
		.time = inq->message.time, .received = inq->message.received,
	};
	int error;

	/* The count is for readings that kill the reader; this one lives if it comes here again. */
	if (inq->tried != inq->message.id) {
		error = inbox_try(inq->store, inq->message.id);
		if (error == -EAGAIN || error == -ENOENT)       /* put aside, or taken away meanwhile (people forget) */
			return 0;
		if (error < 0)
			return error;
		inq->tried = inq->message.id;
	}
	error = desk_handle(inq->desk, &message, &inq->answer);
	if (error == 0) {
		log_answer(inq);
		parse_clear(&inq->answer.parse);
		inq->tried = 0;
	} else if (!may_pass(error)) {
		/* It counts as a try, so that it ends in quarantine and does not hold the others up for ever. */
		inq->tried = 0;
	}
	return error;
}

static void
wait_to_read(struct inq *inq, int error)
{
	if (inq->reading.wait == 0)
		log_error("in=%" PRId64 " cannot be handled: %s; will try again", inq->message.id, strerror(-error));
	retry_later(&inq->reading);
}

/* A few messages in the order of their arrival. */
static void
read_some(struct inq *inq)
{
	const struct timeval now = { 0 };
	int found = 0, error = 0;

	for (int i = 0; i < MESSAGES_A_TURN && found == 0 && error == 0; i++) {
		found = inbox_next(inq->store, 0, &inq->message);
		error = found == 0 ? read_message(inq) : found == -ENOENT ? 0 : found;
	}
	if (error != 0) {
		wait_to_read(inq, error);
		return;
	}
	if (inq->reading.wait != 0) {
		log_warn("messages are handled again");
		retry_over(&inq->reading);
	}
	if (found == 0)
		evtimer_add(&inq->pass, &now);
	outq_wake(inq->outq);
}

static void
on_pass(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	read_some(arg);
}

void
inq_wake(struct inq *inq)
{
	const struct timeval now = { 0 };

	/* While something fails the retry alone decides. */
	if (inq->reading.wait == 0 && !evtimer_pending(&inq->pass, NULL))
		evtimer_add(&inq->pass, &now);
}

/* --- parts that never came --- */

/* 0 one message is given up, -ENOENT there is none. */
static int
give_up_one(struct inq *inq)
{
	char sender[SMS_ADDRESS_SIZE], masked[PHONE_MASK_SIZE];
	int64_t id, wall = clock_wall();
	int asked = 0, error = store_begin(inq->store);

	if (error != 0)
		return error;
	error = inbox_give_up(inq->store, wall, sender, &id);
	if (error == 0)
		asked = desk_ask_again(inq->desk, id, sender, wall);
	if (error == 0 && asked < 0)
		error = asked;
	if (error == 0)
		error = store_commit(inq->store);
	else
		store_rollback(inq->store);
	if (error == 0)
		log_warn("in=%" PRId64 " from=%s parts are missing after a day%s", id, phone_mask(sender, masked),
			 asked != 0 ? ", the sender is asked to send it again" : "");
	return error;
}

/* A few at a time; what the store cannot do now is tried in a minute. By a clock that nobody believes a day is over at
 * any time. */
static void
tend(struct inq *inq)
{
	const struct timeval again = { .tv_sec = TEND_EVERY };
	bool believed = !outq_in_doubt(inq->outq);
	int error = 0;

	for (int i = 0; i < MESSAGES_A_TURN && believed && error == 0; i++)
		error = give_up_one(inq);
	/* What will not be read is not kept if it says who somebody is (rule 11). Errors are told by the store. */
	(void)desk_look_through(inq->desk, LOOKED_THROUGH);
	outq_wake(inq->outq);
	store_tend(inq->store);
	evtimer_add(&inq->tend, &again);
}

static void
on_tend(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	tend(arg);
}

/* --- life --- */

struct inq *
inq_new(struct event_base *base, struct store *store, struct desk *desk, struct outq *outq)
{
	struct inq *inq = xcalloc(1, sizeof *inq);

	inq->store = store;
	inq->desk = desk;
	inq->outq = outq;
	evtimer_assign(&inq->pass, base, on_pass, inq);
	evtimer_assign(&inq->tend, base, on_tend, inq);
	evtimer_assign(&inq->reading.timer, base, on_pass, inq);
	evtimer_assign(&inq->storing.timer, base, on_storing_retry, inq);
	tend(inq);
	return inq;
}

void
inq_free(struct inq *inq)
{
	if (inq == NULL)
		return;
	evtimer_del(&inq->pass);
	evtimer_del(&inq->tend);
	evtimer_del(&inq->reading.timer);
	evtimer_del(&inq->storing.timer);
	free(inq->unstored);
	free(inq);
}

void
inq_set_desk(struct inq *inq, struct desk *desk)
{
	inq->desk = desk;
	inq_wake(inq);
}
