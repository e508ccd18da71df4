/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outbox: messages to send and what became of them. Knows no modem: it is told. */
#include "store/outbox.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/cms.h"
#include "base/log.h"
#include "store/spend.h"
#include "store/statement.h"
#include "store/store.h"

#define REFUSALS_SOON 3
#define REFUSALS_LATER 30       /* with this back-off about 72 hours, whatever the clock does */
#define BACK_OFF 30             /* seconds, times the square of the refusals: 30, 120, ... */
#define BACK_OFF_MOST (6 * 3600)
#define NO_MODEM_PAUSE 2        /* so that no loop spins on a modem that is not there */
#define REPORT_WAIT 120         /* a late status report may still tell */
#define ALERT_VALIDITY (6 * 3600)       /* a try of an alert; after it the network has forgotten it */
#define REPORT_WINDOW (14 * 24 * 3600)  /* references wrap at 256: an old one is another message's */
#define REPORT_LATE (24 * 3600) /* after its message became stale */
#define STAY 600                /* seconds that the parts of a message wait for the modem of the first ones */
#define HOLDS_A_TURN 200        /* messages that one claim finds to be over a limit */
#define VALIDITY_MIN 5          /* the smallest that TP-VP can say, minutes */

static const char *const classes[OUTBOX_CLASSES] = {
	[OUTBOX_ACK] = "ack",
	[OUTBOX_ANSWER] = "answer",
	[OUTBOX_REMINDER] = "reminder",
	[OUTBOX_ALERT] = "alert",
	[OUTBOX_NOTICE] = "notice",
};

static enum outbox_class
class_of(const char *word)
{
	int class = 0;

	while (class < OUTBOX_CLASSES - 1 && strcmp(classes[class], word) != 0)
		class++;
	return class;
}

/* How often a part may go again of which nobody knows whether it arrived. */
static int
resends_of(enum outbox_class class)
{
	return class == OUTBOX_ALERT ? 2 : class == OUTBOX_ACK ? 1 : 0;
}

/* The result of what was done in a transaction, once it is on the disk. */
static int
end(struct store *store, int result)
{
	int error;

	if (result < 0) {
		store_rollback(store);
		return result;
	}
	error = store_commit(store);
	return error != 0 ? error : result;
}

/* A change of one row in the state that the statement names. */
static int
change_one(struct store *store, enum statement which, int64_t id)
{
	statement_bind(store, which, ":id", id);
	int changed = statement_run(store, which);
	if (changed == 0)
		return -ENOENT;
	return changed < 0 ? changed : 0;
}

/* --- what a message is, given its parts --- */

struct standing {
	char state[16];
	enum outbox_class class;
	int64_t not_after, next, wait;
	int queued, claimed, sent, unknown, failed;
};

static int
read_standing(struct store *store, int64_t id, struct standing *out)
{
	const enum statement which = SQL_OUTBOX_STANDING;
	char class[16];
	int row;

	statement_bind(store, which, ":id", id);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, which, 0, out->state, sizeof out->state);
	statement_text(store, which, 1, class, sizeof class);
	out->class = class_of(class);
	out->not_after = statement_int(store, which, 2);
	out->next = statement_int(store, which, 3);
	out->wait = statement_int(store, which, 4);
	out->queued = (int)statement_int(store, which, 5);
	out->claimed = (int)statement_int(store, which, 6);
	out->sent = (int)statement_int(store, which, 7);
	out->unknown = (int)statement_int(store, which, 8);
	out->failed = (int)statement_int(store, which, 9);
	statement_end(store, which);
	return 0;
}

static int
become(struct store *store, int64_t id, const struct standing *was, const char *state, int64_t next, int64_t wait)
{
	statement_bind_text(store, SQL_OUTBOX_BECOME, ":state", state);
	statement_bind_text(store, SQL_OUTBOX_BECOME, ":was", was->state);
	if (next != 0)
		statement_bind(store, SQL_OUTBOX_BECOME, ":next", next);
	statement_bind(store, SQL_OUTBOX_BECOME, ":wait", next != 0 ? wait : 0);
	return change_one(store, SQL_OUTBOX_BECOME, id);
}

/* Gives the message the state that follows from its parts; the order is the rule. wait: seconds until what is queued
 * is due; doubt: until what is unknown is settled, 0 it stays so. */
static int
conclude(struct store *store, int64_t id, int64_t wall, int64_t wait, int64_t doubt)
{
	struct standing now;
	int error = read_standing(store, id, &now);

	if (error != 0)
		return error;
	if (now.claimed != 0)
		return become(store, id, &now, "CLAIMED", 0, 0);
	if (now.failed != 0)
		return become(store, id, &now, "FAILED", 0, 0);
	if (now.unknown != 0 && doubt != 0)
		return become(store, id, &now, "UNKNOWN", wall + doubt, doubt);
	if (now.queued != 0)
		return become(store, id, &now, "QUEUED", wall + wait, wait);
	if (now.unknown != 0)
		return become(store, id, &now, "UNKNOWN", 0, 0);
	if (now.sent == 0)
		return become(store, id, &now, "DELIVERED", 0, 0);
	if (now.class == OUTBOX_ALERT)
		return become(store, id, &now, "SENT", wall + ALERT_VALIDITY, ALERT_VALIDITY);
	return become(store, id, &now, "SENT", 0, 0);
}

/* --- putting --- */

/* The next reference of this recipient: his phone tells the parts of our messages apart by it. */
static int
draw_reference(struct store *store, const char *dest, int *reference)
{
	int64_t last = 0;
	int changed, error;

	statement_bind_text(store, SQL_OUTBOX_REFERENCE, ":dest", dest);
	error = statement_number(store, SQL_OUTBOX_REFERENCE, &last);
	if (error != 0 && error != -ENOENT)
		return error;
	*reference = (int)(last + 1) & 0xff;
	statement_bind_text(store, SQL_OUTBOX_SET_REFERENCE, ":dest", dest);
	statement_bind(store, SQL_OUTBOX_SET_REFERENCE, ":ref", *reference);
	changed = statement_run(store, SQL_OUTBOX_SET_REFERENCE);
	return changed < 0 ? changed : 0;
}

/* Whether it may have gone out before the box was restored from a backup in which the message that causes it was still to
 * be read. An answer to a report goes all the same: the one from then names another number. */
static bool
was_said(const struct store *store, const struct outbox_new *message)
{
	return message->inbox != 0 && message->inbox <= store->reborn &&
	       (message->class == OUTBOX_ANSWER || message->class == OUTBOX_NOTICE);
}

/* Who pays for it, and whether it is put aside at once: in a flood of strangers nothing is kept that will never go. */
static int
find_purse(struct store *store, const struct outbox_new *message, int parts, bool *aside)
{
	bool unasked = message->class == OUTBOX_REMINDER || message->class == OUTBOX_NOTICE;
	int purse = spend_purse_for(store, message->dest, message->inbox, unasked), empty = 0;

	if (purse == SPEND_STRANGERS && !message->hold)
		empty = spend_pool_is_empty(store, parts, message->wall);
	*aside = message->hold || empty == 1 || was_said(store, message);
	return empty < 0 ? empty : purse;
}

static int
put_message(struct store *store, const struct outbox_new *message, int parts, int reference)
{
	bool aside;
	int purse = find_purse(store, message, parts, &aside);

	if (purse < 0)
		return purse;
	statement_bind_text(store, SQL_OUTBOX_PUT, ":purse", spend_purse_name(purse));
	statement_bind_text(store, SQL_OUTBOX_PUT, ":key", message->key);
	statement_bind_text(store, SQL_OUTBOX_PUT, ":class", classes[message->class]);
	statement_bind_text(store, SQL_OUTBOX_PUT, ":dest", message->dest);
	statement_bind_text(store, SQL_OUTBOX_PUT, ":body", message->text);
	if (message->inbox != 0)
		statement_bind(store, SQL_OUTBOX_PUT, ":inbox", message->inbox);
	statement_bind(store, SQL_OUTBOX_PUT, ":wall", message->wall);
	statement_bind(store, SQL_OUTBOX_PUT, ":not_before", message->not_before);
	statement_bind(store, SQL_OUTBOX_PUT, ":urgent", message->urgent);
	if (message->not_after != 0)
		statement_bind(store, SQL_OUTBOX_PUT, ":not_after", message->not_after);
	statement_bind(store, SQL_OUTBOX_PUT, ":hold", aside);
	statement_bind(store, SQL_OUTBOX_PUT, ":parts", parts);
	if (parts > 1)
		statement_bind(store, SQL_OUTBOX_PUT, ":ref", reference);
	return statement_run(store, SQL_OUTBOX_PUT);
}

int
outbox_put(struct store *store, const struct outbox_new *message)
{
	struct sms_out parts[SMS_OUT_PARTS_MAX];
	int count = (int)sms_split(message->text, parts), reference = 0, changed, error = 0;

	assert(!sqlite3_get_autocommit(store->db));
	assert(strlen(message->dest) < sizeof parts->dest);
	if (count == 0)
		return -EMSGSIZE;
	if (count > 1)
		error = draw_reference(store, message->dest, &reference);
	if (error != 0)
		return error;
	changed = put_message(store, message, count, reference);
	if (changed <= 0)
		return changed;
	statement_bind(store, SQL_OUTBOX_PARTS, ":id", sqlite3_last_insert_rowid(store->db));
	statement_bind(store, SQL_OUTBOX_PARTS, ":parts", count);
	changed = statement_run(store, SQL_OUTBOX_PARTS);
	return changed < 0 ? changed : 0;
}

/* --- claiming --- */

/* The network must not deliver what has become stale either. */
static int
validity_minutes(int64_t not_after, int64_t wall, enum outbox_class class)
{
	int64_t end_of = not_after;
	int64_t minutes;

	if (class == OUTBOX_ALERT && (not_after == 0 || not_after > wall + ALERT_VALIDITY))
		end_of = wall + ALERT_VALIDITY;
	if (end_of == 0)
		return 0;
	minutes = (end_of - wall + 59) / 60;
	return minutes < VALIDITY_MIN ? VALIDITY_MIN : (int)minutes;
}

/* Who pays for a message, and how many parts of it are still to be sent. */
struct bill { enum spend_purse purse; int missing; };

/* What is needed to send the next part. -EMSGSIZE: the text does not have this part any more. */
static int
read_part(struct store *store, int64_t id, int64_t wall, struct outbox_message *out, struct bill *bill)
{
	const enum statement which = SQL_OUTBOX_READ;
	struct sms_out parts[SMS_OUT_PARTS_MAX];
	char body[SMS_OUT_PARTS_MAX * sizeof out->sms.text], class[16], purse[16];
	size_t part, count;
	int row;

	memset(out, 0, sizeof *out);
	statement_bind(store, which, ":id", id);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, which, 1, body, sizeof body);
	part = (size_t)statement_int(store, which, 7);
	count = sms_split(body, parts);
	if (part >= 1 && part <= count && count == (size_t)statement_int(store, which, 6))
		out->sms = parts[part - 1];
	out->sms.id = id;
	statement_text(store, which, 0, out->sms.dest, sizeof out->sms.dest);
	out->inbox = statement_int(store, which, 2);
	statement_text(store, which, 3, class, sizeof class);
	out->class = class_of(class);
	out->sms.report = resends_of(out->class) != 0;
	out->sms.validity_minutes = validity_minutes(statement_int(store, which, 4), wall, out->class);
	out->sms.reference = (uint8_t)statement_int(store, which, 5);
	statement_text(store, which, 8, purse, sizeof purse);
	bill->purse = spend_purse_of(purse);
	bill->missing = (int)statement_int(store, which, 9);
	statement_end(store, which);
	return out->sms.total != 0 ? 0 : -EMSGSIZE;
}

/* The text was split otherwise when it was put, by an earlier version: its rest would be read as something else. */
static int
give_up(struct store *store, int64_t id)
{
	const struct standing queued = {.state = "QUEUED"};

	log_error("out=%lld cannot be sent: its text makes other parts now", (long long)id);
	return become(store, id, &queued, "FAILED", 0, 0);
}

/* Over a limit: a stranger's answer is dropped, the rest waits until there is room or it is stale. */
static int
hold_back(struct store *store, int64_t id, enum spend_purse purse, int64_t wall, int64_t until)
{
	const struct standing queued = {.state = "QUEUED"};

	if (until == 0 || purse == SPEND_STRANGERS)
		return become(store, id, &queued, "BLOCKED", 0, 0);
	statement_bind(store, SQL_OUTBOX_HOLD, ":until", until);
	statement_bind(store, SQL_OUTBOX_HOLD, ":wall", wall);
	return change_one(store, SQL_OUTBOX_HOLD, id);
}

/* -ENOENT: it may not be paid for, now or ever; that is noted in its row. */
static int
pay(struct store *store, const struct outbox_message *message, const struct bill *bill, int64_t wall)
{
	int64_t until = 0;
	int error = spend_take(store, message->sms.dest, bill->purse, bill->missing, wall, &until);

	if (error == -EPERM)
		until = 0;
	if (error != -EPERM && error != -EDQUOT)
		return error;
	error = hold_back(store, message->sms.id, bill->purse, wall, until);
	return error != 0 ? error : -ENOENT;
}

int
outbox_told(struct store *store, const char *prefix, const char *after, char dest[SMS_ADDRESS_SIZE])
{
	statement_bind_text(store, SQL_OUTBOX_TOLD, ":prefix", prefix);
	statement_bind_text(store, SQL_OUTBOX_TOLD, ":after", after);
	return statement_one_text(store, SQL_OUTBOX_TOLD, dest, SMS_ADDRESS_SIZE);
}

int
outbox_known(struct store *store, const char *key)
{
	int64_t known = 0;
	int error;

	statement_bind_text(store, SQL_OUTBOX_KNOWN, ":key", key);
	error = statement_number(store, SQL_OUTBOX_KNOWN, &known);
	return error != 0 ? error : known != 0;
}

void
outbox_set_ask(struct store *store, outbox_ask *ask, void *ctx)
{
	store->ask = ask;
	store->ask_ctx = ctx;
}

void
outbox_set_doubt(struct store *store, bool doubt)
{
	store->doubt = doubt;
}

bool
outbox_in_doubt(const struct store *store)
{
	return store->doubt;
}

static int
put_off(struct store *store, int64_t id, int64_t wall, int64_t next)
{
	statement_bind(store, SQL_OUTBOX_LATER, ":next", next);
	statement_bind(store, SQL_OUTBOX_LATER, ":wall", wall);
	return change_one(store, SQL_OUTBOX_LATER, id);
}

/* What was queued unasked may not be wanted any more. -ENOENT: it does not go now; its row says why. */
static int
ask_again(struct store *store, const struct outbox_message *message, int64_t wall)
{
	const struct standing queued = {.state = "QUEUED"};
	enum outbox_verdict verdict;
	int64_t later = 0, id = message->sms.id;
	char key[128];
	int error;

	/* A message of which a part is gone already is sent to its end. */
	if ((message->class != OUTBOX_REMINDER && message->class != OUTBOX_NOTICE) || store->ask == NULL ||
	    message->sms.sequence > 1)
		return 0;
	statement_bind(store, SQL_OUTBOX_KEY, ":id", id);
	error = statement_one_text(store, SQL_OUTBOX_KEY, key, sizeof key);
	if (error != 0)
		return error;
	verdict = store->ask(store->ask_ctx, key, message->sms.dest, wall, &later);
	if (verdict == OUTBOX_GO)
		return 0;
	error = verdict == OUTBOX_DROP ? become(store, id, &queued, "EXPIRED", 0, 0) : put_off(store, id, wall, later);
	return error != 0 ? error : -ENOENT;
}

/* -ENOENT: it is not QUEUED, or not any more, or may not be sent now. */
static int
claim_row(struct store *store, int64_t id, const char *modem, int64_t wall, struct outbox_message *out)
{
	struct bill bill;
	int error = read_part(store, id, wall, out, &bill);

	if (error == -EMSGSIZE) {
		error = give_up(store, id);
		return error != 0 ? error : -ENOENT;
	}
	if (error == 0)
		error = ask_again(store, out, wall);
	if (error == 0)
		error = pay(store, out, &bill, wall);
	if (error != 0)
		return error;
	statement_bind(store, SQL_OUTBOX_CLAIM, ":wall", wall);
	statement_bind_text(store, SQL_OUTBOX_CLAIM, ":modem", modem);
	error = change_one(store, SQL_OUTBOX_CLAIM, id);
	if (error != 0)
		return error;
	statement_bind(store, SQL_OUTBOX_CLAIM_PART, ":part", out->sms.sequence);
	statement_bind(store, SQL_OUTBOX_CLAIM_PART, ":wall", wall);
	return change_one(store, SQL_OUTBOX_CLAIM_PART, id);
}

static int
expire(struct store *store, int64_t wall)
{
	if (store->doubt)
		return 0;
	statement_bind(store, SQL_OUTBOX_EXPIRE, ":wall", wall);
	int changed = statement_run(store, SQL_OUTBOX_EXPIRE);
	return changed < 0 ? changed : 0;
}

/* 1 claimed, 0 nothing is due before *next. */
static int
claim_due(struct store *store, const char *modem, int64_t wall, struct outbox_message *out, int64_t *next)
{
	int64_t id;
	int error;

	/* Many that are over a limit do not hold the loop: the rest is looked at next time. */
	for (int i = 0; i < HOLDS_A_TURN; i++) {
		statement_bind(store, SQL_OUTBOX_DUE, ":wall", wall);
		statement_bind(store, SQL_OUTBOX_DUE, ":stay", STAY);
		statement_bind(store, SQL_OUTBOX_DUE, ":sure", !store->doubt);
		statement_bind_text(store, SQL_OUTBOX_DUE, ":modem", modem);
		error = statement_number(store, SQL_OUTBOX_DUE, &id);
		if (error == -ENOENT) {
			statement_bind(store, SQL_OUTBOX_NEXT, ":wall", wall);
			return statement_number(store, SQL_OUTBOX_NEXT, next);
		}
		if (error == 0)
			error = claim_row(store, id, modem, wall, out);
		if (error != -ENOENT)
			return error != 0 ? error : 1;
	}
	*next = wall;
	return 0;
}

int
outbox_claim(struct store *store, const char *modem, int64_t wall, struct outbox_message *out, int64_t *next)
{
	int claimed, error = store_begin(store);

	*next = 0;
	if (error != 0)
		return error;
	claimed = expire(store, wall);
	if (claimed == 0)
		claimed = claim_due(store, modem, wall, out, next);
	/* Nothing was written if nothing was due or stale: then this costs no sync. */
	claimed = end(store, claimed);
	return claimed == 0 ? -ENOENT : claimed == 1 ? 0 : claimed;
}

/* --- what became of it --- */

/* 1: out is the next part, claimed. */
static int
go_on(struct store *store, int64_t id, int64_t wall, struct outbox_message *out)
{
	char modem[64] = "";
	int error;

	statement_bind(store, SQL_OUTBOX_MODEM, ":id", id);
	error = statement_one_text(store, SQL_OUTBOX_MODEM, modem, sizeof modem);
	if (error != 0)
		return error;
	error = expire(store, wall);
	if (error == 0)
		error = claim_row(store, id, modem, wall, out);
	return error == -ENOENT ? 0 : error != 0 ? error : 1;
}

int
outbox_sent(struct store *store, int64_t id, int reference, int64_t wall, struct outbox_message *out)
{
	int error = store_begin(store);

	if (error != 0)
		return error;
	if (reference >= 0)
		statement_bind(store, SQL_OUTBOX_PART_SENT, ":reference", reference);
	statement_bind(store, SQL_OUTBOX_PART_SENT, ":wall", wall);
	error = change_one(store, SQL_OUTBOX_PART_SENT, id);
	if (error == 0)
		error = conclude(store, id, wall, 0, 0);
	if (error == 0 && out != NULL)
		error = go_on(store, id, wall, out);
	return end(store, error);
}

static int
back_off(int refusals)
{
	return refusals > 26 ? BACK_OFF_MOST : BACK_OFF * refusals * refusals;
}

static int
refusals_allowed(int error)
{
	switch (cms_hope(error)) {
	case CMS_NEVER: return 1;
	case CMS_SOON: return REFUSALS_SOON;
	case CMS_LATER: break;
	}
	return REFUSALS_LATER;
}

/* The part under way did not go out: it costs nothing. */
static int
give_back(struct store *store, int64_t id)
{
	char dest[SMS_ADDRESS_SIZE], purse[16];
	int64_t claimed;
	int row;

	statement_bind(store, SQL_OUTBOX_PAYER, ":id", id);
	row = statement_row(store, SQL_OUTBOX_PAYER);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, SQL_OUTBOX_PAYER, 0, dest, sizeof dest);
	statement_text(store, SQL_OUTBOX_PAYER, 1, purse, sizeof purse);
	claimed = statement_int(store, SQL_OUTBOX_PAYER, 2);
	statement_end(store, SQL_OUTBOX_PAYER);
	return spend_give_back(store, dest, spend_purse_of(purse), claimed);
}

int
outbox_refused(struct store *store, int64_t id, int error, int64_t wall)
{
	int64_t refusals;
	int result = store_begin(store);

	if (result != 0)
		return result;
	statement_bind(store, SQL_OUTBOX_PART_REFUSED, ":id", id);
	statement_bind(store, SQL_OUTBOX_PART_REFUSED, ":error", error);
	statement_bind(store, SQL_OUTBOX_PART_REFUSED, ":most", refusals_allowed(error));
	result = statement_number(store, SQL_OUTBOX_PART_REFUSED, &refusals);
	if (result == 0)
		result = give_back(store, id);
	if (result == 0)
		result = conclude(store, id, wall, back_off((int)refusals), 0);
	return end(store, result);
}

int
outbox_unclaim(struct store *store, int64_t id, int64_t wall)
{
	int error = store_begin(store);

	if (error != 0)
		return error;
	error = change_one(store, SQL_OUTBOX_PART_BACK, id);
	if (error == 0)
		error = change_one(store, SQL_OUTBOX_UNCOUNT, id);
	if (error == 0)
		error = give_back(store, id);
	if (error == 0)
		error = conclude(store, id, wall, NO_MODEM_PAUSE, 0);
	return end(store, error);
}

static int
make_unknown(struct store *store, int64_t id, int64_t wall)
{
	int error = change_one(store, SQL_OUTBOX_PART_UNKNOWN, id);

	return error != 0 ? error : conclude(store, id, wall, 0, REPORT_WAIT);
}

int
outbox_unknown(struct store *store, int64_t id, int64_t wall)
{
	int error = store_begin(store);

	return error != 0 ? error : end(store, make_unknown(store, id, wall));
}

int
outbox_recover(struct store *store, int64_t wall)
{
	int64_t id;
	int count = 0, error = store_begin(store);

	if (error != 0)
		return error;
	while (error == 0 && (error = statement_number(store, SQL_OUTBOX_CLAIMED, &id)) == 0) {
		error = make_unknown(store, id, wall);
		count++;
	}
	return end(store, error == -ENOENT ? count : error);
}

/* 1 it goes once more, 0 it stays as it is. */
static int
settle_one(struct store *store, int64_t id, int64_t wall)
{
	struct standing standing;
	int changed = 0, error = read_standing(store, id, &standing);

	if (error != 0)
		return error;
	if (standing.not_after == 0 || standing.not_after > wall) {
		statement_bind(store, SQL_OUTBOX_AGAIN, ":id", id);
		statement_bind_text(store, SQL_OUTBOX_AGAIN, ":state", standing.state);
		statement_bind(store, SQL_OUTBOX_AGAIN, ":most", resends_of(standing.class));
		changed = statement_run(store, SQL_OUTBOX_AGAIN);
	}
	if (changed < 0)
		return changed;
	if (changed == 0 && standing.queued == 0)
		return become(store, id, &standing, standing.state, 0, 0);
	error = conclude(store, id, wall, 0, 0);
	return error != 0 ? error : 1;
}

int
outbox_settle(struct store *store, int64_t wall)
{
	int64_t id;
	int count = 0, result = store_begin(store);

	if (result != 0)
		return result;
	while (result >= 0) {
		statement_bind(store, SQL_OUTBOX_UNSURE, ":wall", wall);
		result = statement_number(store, SQL_OUTBOX_UNSURE, &id);
		if (result == 0)
			result = settle_one(store, id, wall);
		if (result > 0)
			count++;
	}
	return end(store, result == -ENOENT ? count : result);
}

/* --- status reports --- */

struct match { int64_t id; int part, resends; char state[16]; bool told; };

static int
find_match(struct store *store, const struct outbox_report *report, int64_t wall, struct match *out)
{
	const enum statement which = SQL_OUTBOX_MATCH;
	int row;

	statement_bind_text(store, which, ":dest", report->dest);
	statement_bind_text(store, which, ":modem", report->modem);
	statement_bind_text(store, which, ":time", report->time);
	statement_bind(store, which, ":reference", report->reference);
	statement_bind(store, which, ":status", report->status);
	statement_bind(store, which, ":since", wall - REPORT_WINDOW);
	statement_bind(store, which, ":expired", wall - REPORT_LATE);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->id = statement_int(store, which, 0);
	out->part = (int)statement_int(store, which, 1);
	statement_text(store, which, 2, out->state, sizeof out->state);
	out->resends = (int)statement_int(store, which, 3);
	out->told = statement_int(store, which, 4) != 0;
	statement_end(store, which);
	return 0;
}

/* What waited goes on waiting for the same moment. */
static int
conclude_report(struct store *store, int64_t id, const struct standing *before, int64_t wall, int wait)
{
	int64_t left = before->next - wall;
	bool unknown = strcmp(before->state, "UNKNOWN") == 0, queued = strcmp(before->state, "QUEUED") == 0;
	struct standing now;
	int error = read_standing(store, id, &now);

	if (error != 0)
		return error;
	/* It is stale or held: only all reports together tell more. */
	if ((strcmp(now.state, "EXPIRED") == 0 || strcmp(now.state, "BLOCKED") == 0) &&
	    now.queued + now.claimed + now.sent + now.unknown != 0)
		return 0;
	if (left < 1 || left > before->wait)
		left = 1;
	return conclude(store, id, wall, wait != 0 ? wait : queued ? left : 0,
			unknown && before->next != 0 ? left : 0);
}

static int
take_report(struct store *store, const struct outbox_report *report, int64_t wall)
{
	const enum statement which = SQL_OUTBOX_PART_REPORT;
	struct standing before;
	struct match match;
	bool again;
	int error = find_match(store, report, wall, &match);

	if (error != 0 || match.told || report->status < 0 || report->status > 0x7f)
		return error;
	error = read_standing(store, match.id, &before);
	if (error != 0)
		return error;
	again = report->status >= 0x40 && before.class == OUTBOX_ALERT && match.resends < resends_of(OUTBOX_ALERT);
	statement_bind(store, which, ":reference", report->reference);
	statement_bind(store, which, ":status", report->status);
	statement_bind_text(store, which, ":time", report->time);
	statement_bind_text(store, which, ":state", report->status < 0x20 ? "DELIVERED" : report->status < 0x40 ? "SENT" :
			    again ? "QUEUED" : "FAILED");
	statement_bind(store, which, ":again", again);
	statement_bind(store, which, ":part", match.part);
	error = change_one(store, which, match.id);
	return error != 0 ? error :
	       conclude_report(store, match.id, &before, wall, again ? back_off(match.resends + 1) : 0);
}

int
outbox_report(struct store *store, const struct outbox_report *report, int64_t wall)
{
	int error = store_begin(store);

	return error != 0 ? error : end(store, take_report(store, report, wall));
}

/* --- looking --- */

int
outbox_since(struct store *store, const char *dest, int64_t since, int64_t until)
{
	return outbox_since_like(store, dest, "", since, until);
}

int
outbox_since_like(struct store *store, const char *dest, const char *prefix, int64_t since, int64_t until)
{
	int64_t count;

	statement_bind_text(store, SQL_OUTBOX_SINCE, ":dest", dest);
	statement_bind_text(store, SQL_OUTBOX_SINCE, ":prefix", prefix);
	statement_bind(store, SQL_OUTBOX_SINCE, ":since", since);
	statement_bind(store, SQL_OUTBOX_SINCE, ":until", until);
	int error = statement_number(store, SQL_OUTBOX_SINCE, &count);
	return error != 0 ? error : (int)count;
}

int64_t
outbox_last_unasked(struct store *store, int64_t until)
{
	int64_t last = 0;
	int error;

	statement_bind(store, SQL_OUTBOX_LAST, ":until", until);
	error = statement_number(store, SQL_OUTBOX_LAST, &last);
	return error != 0 ? error : last;
}

int
outbox_next(struct store *store, int64_t after, struct outbox_row *out)
{
	int row;

	statement_bind(store, SQL_OUTBOX_UNSETTLED, ":after", after);
	row = statement_row(store, SQL_OUTBOX_UNSETTLED);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->id = statement_int(store, SQL_OUTBOX_UNSETTLED, 0);
	out->inbox = statement_int(store, SQL_OUTBOX_UNSETTLED, 1);
	out->next = statement_int(store, SQL_OUTBOX_UNSETTLED, 2);
	statement_text(store, SQL_OUTBOX_UNSETTLED, 3, out->class, sizeof out->class);
	statement_text(store, SQL_OUTBOX_UNSETTLED, 4, out->state, sizeof out->state);
	statement_text(store, SQL_OUTBOX_UNSETTLED, 5, out->dest, sizeof out->dest);
	out->tries = (int)statement_int(store, SQL_OUTBOX_UNSETTLED, 6);
	out->parts = (int)statement_int(store, SQL_OUTBOX_UNSETTLED, 7);
	out->parts_sent = (int)statement_int(store, SQL_OUTBOX_UNSETTLED, 8);
	out->error = (int)statement_int(store, SQL_OUTBOX_UNSETTLED, 9);
	out->held = statement_int(store, SQL_OUTBOX_UNSETTLED, 10) != 0;
	statement_end(store, SQL_OUTBOX_UNSETTLED);
	return 0;
}

void
outbox_count(struct store *store, struct outbox_counts *out)
{
	const struct { const char *state; int64_t *count; } states[] = {
		{"QUEUED", &out->queued}, {"CLAIMED", &out->claimed}, {"SENT", &out->sent},
		{"DELIVERED", &out->delivered}, {"UNKNOWN", &out->unknown}, {"FAILED", &out->failed},
		{"EXPIRED", &out->expired}, {"BLOCKED", &out->blocked},
	};

	memset(out, 0, sizeof *out);
	while (statement_row(store, SQL_OUTBOX_STATES) == 1) {
		char state[16];
		statement_text(store, SQL_OUTBOX_STATES, 0, state, sizeof state);
		for (size_t i = 0; i < sizeof states / sizeof *states; i++)
			if (strcmp(states[i].state, state) == 0)
				*states[i].count = statement_int(store, SQL_OUTBOX_STATES, 1);
	}
}
