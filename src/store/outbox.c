/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outbox: messages to send and what became of them. Knows no modem: it is told. */
#include "store/outbox.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/statement.h"
#include "store/store.h"

#define TRIES_MAX 3
#define BACK_OFF 30             /* seconds, times the square of the tries: 30, 120 */
#define NO_MODEM_PAUSE 2        /* so that no loop spins on a modem that is not there */
#define REPORT_WAIT 120         /* a late status report may still tell */
#define REPORT_WINDOW (14 * 24 * 3600)  /* references wrap at 256: an old one is another message's */
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

int
outbox_put(struct store *store, const struct outbox_new *message)
{
	const struct sms_out *fits = NULL;
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	assert(strlen(message->dest) < sizeof fits->dest && strlen(message->text) < sizeof fits->text);
	statement_bind_text(store, SQL_OUTBOX_PUT, ":key", message->key);
	statement_bind_text(store, SQL_OUTBOX_PUT, ":class", classes[message->class]);
	statement_bind_text(store, SQL_OUTBOX_PUT, ":dest", message->dest);
	statement_bind_text(store, SQL_OUTBOX_PUT, ":body", message->text);
	if (message->inbox != 0)
		statement_bind(store, SQL_OUTBOX_PUT, ":inbox", message->inbox);
	statement_bind(store, SQL_OUTBOX_PUT, ":wall", message->wall);
	if (message->not_after != 0)
		statement_bind(store, SQL_OUTBOX_PUT, ":not_after", message->not_after);
	statement_bind(store, SQL_OUTBOX_PUT, ":hold", message->hold);
	changed = statement_run(store, SQL_OUTBOX_PUT);
	return changed < 0 ? changed : 0;
}

/* The network must not deliver what has become stale either. */
static int
validity_minutes(int64_t not_after, int64_t wall)
{
	int64_t minutes = (not_after - wall + 59) / 60;

	if (not_after == 0)
		return 0;
	return minutes < VALIDITY_MIN ? VALIDITY_MIN : (int)minutes;
}

static int
read_due(struct store *store, int64_t wall, struct outbox_message *out)
{
	char class[16];
	int row;

	statement_bind(store, SQL_OUTBOX_DUE, ":wall", wall);
	row = statement_row(store, SQL_OUTBOX_DUE);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	memset(out, 0, sizeof *out);
	out->sms.id = statement_int(store, SQL_OUTBOX_DUE, 0);
	statement_text(store, SQL_OUTBOX_DUE, 1, out->sms.dest, sizeof out->sms.dest);
	statement_text(store, SQL_OUTBOX_DUE, 2, out->sms.text, sizeof out->sms.text);
	out->inbox = statement_int(store, SQL_OUTBOX_DUE, 3);
	statement_text(store, SQL_OUTBOX_DUE, 4, class, sizeof class);
	out->class = class_of(class);
	out->sms.report = out->class == OUTBOX_ACK || out->class == OUTBOX_ALERT;
	out->sms.validity_minutes = validity_minutes(statement_int(store, SQL_OUTBOX_DUE, 5), wall);
	statement_end(store, SQL_OUTBOX_DUE);
	return 0;
}

static int
claim(struct store *store, const char *modem, int64_t wall, struct outbox_message *out)
{
	int error = read_due(store, wall, out);
	int changed;

	if (error != 0)
		return error;
	statement_bind(store, SQL_OUTBOX_CLAIM, ":id", out->sms.id);
	statement_bind(store, SQL_OUTBOX_CLAIM, ":wall", wall);
	statement_bind_text(store, SQL_OUTBOX_CLAIM, ":modem", modem);
	changed = statement_run(store, SQL_OUTBOX_CLAIM);
	assert(changed < 0 || changed == 1);
	return changed < 0 ? changed : 0;
}

int
outbox_claim(struct store *store, const char *modem, int64_t wall, struct outbox_message *out, int64_t *next)
{
	int error = store_begin(store);
	int claimed;

	*next = 0;
	if (error != 0)
		return error;
	statement_bind(store, SQL_OUTBOX_EXPIRE, ":wall", wall);
	claimed = statement_run(store, SQL_OUTBOX_EXPIRE);
	if (claimed >= 0)
		claimed = claim(store, modem, wall, out);
	if (claimed == -ENOENT) {
		statement_bind(store, SQL_OUTBOX_NEXT, ":wall", wall);
		error = statement_number(store, SQL_OUTBOX_NEXT, next);
		if (error != 0)
			claimed = error;
	}
	if (claimed != 0 && claimed != -ENOENT) {
		store_rollback(store);
		return claimed;
	}
	/* Nothing was written if nothing was due or stale: then this costs no sync. */
	error = store_commit(store);
	return error != 0 ? error : claimed;
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

int
outbox_sent(struct store *store, int64_t id, int reference, int64_t wall)
{
	statement_bind(store, SQL_OUTBOX_SENT, ":reference", reference);
	statement_bind(store, SQL_OUTBOX_SENT, ":wall", wall);
	return change_one(store, SQL_OUTBOX_SENT, id);
}

int
outbox_refused(struct store *store, int64_t id, int error, int64_t wall)
{
	statement_bind(store, SQL_OUTBOX_REFUSED, ":error", error);
	statement_bind(store, SQL_OUTBOX_REFUSED, ":wall", wall);
	statement_bind(store, SQL_OUTBOX_REFUSED, ":step", BACK_OFF);
	statement_bind(store, SQL_OUTBOX_REFUSED, ":most", TRIES_MAX);
	return change_one(store, SQL_OUTBOX_REFUSED, id);
}

int
outbox_unclaim(struct store *store, int64_t id, int64_t wall)
{
	statement_bind(store, SQL_OUTBOX_UNCLAIM, ":next", wall + NO_MODEM_PAUSE);
	return change_one(store, SQL_OUTBOX_UNCLAIM, id);
}

int
outbox_unknown(struct store *store, int64_t id, int64_t wall)
{
	statement_bind(store, SQL_OUTBOX_UNKNOWN, ":next", wall + REPORT_WAIT);
	return change_one(store, SQL_OUTBOX_UNKNOWN, id);
}

int
outbox_recover(struct store *store, int64_t wall)
{
	statement_bind(store, SQL_OUTBOX_RECOVER, ":next", wall + REPORT_WAIT);
	return statement_run(store, SQL_OUTBOX_RECOVER);
}

int
outbox_settle(struct store *store, int64_t wall)
{
	int again, left;
	int error = store_begin(store);

	if (error != 0)
		return error;
	statement_bind(store, SQL_OUTBOX_RESEND, ":wall", wall);
	statement_bind(store, SQL_OUTBOX_RESEND, ":most", TRIES_MAX);
	again = statement_run(store, SQL_OUTBOX_RESEND);
	statement_bind(store, SQL_OUTBOX_GIVE_UP, ":wall", wall);
	left = again < 0 ? again : statement_run(store, SQL_OUTBOX_GIVE_UP);
	if (left < 0) {
		store_rollback(store);
		return left;
	}
	error = store_commit(store);
	return error != 0 ? error : again;
}

int
outbox_report(struct store *store, const char *dest, int reference, int status, int64_t wall)
{
	int64_t id;
	int changed;

	statement_bind_text(store, SQL_OUTBOX_MATCH, ":dest", dest);
	statement_bind(store, SQL_OUTBOX_MATCH, ":reference", reference);
	statement_bind(store, SQL_OUTBOX_MATCH, ":since", wall - REPORT_WINDOW);
	int error = statement_number(store, SQL_OUTBOX_MATCH, &id);
	if (error != 0 || status < 0 || status > 0x7f)
		return error;
	statement_bind(store, SQL_OUTBOX_REPORT, ":id", id);
	statement_bind(store, SQL_OUTBOX_REPORT, ":reference", reference);
	statement_bind(store, SQL_OUTBOX_REPORT, ":status", status);
	statement_bind(store, SQL_OUTBOX_REPORT, ":wall", wall);
	statement_bind(store, SQL_OUTBOX_REPORT, ":step", BACK_OFF);
	statement_bind(store, SQL_OUTBOX_REPORT, ":most", TRIES_MAX);
	changed = statement_run(store, SQL_OUTBOX_REPORT);
	return changed < 0 ? changed : 0;
}

int
outbox_since(struct store *store, const char *dest, int64_t since)
{
	return outbox_since_like(store, dest, "", since);
}

int
outbox_since_like(struct store *store, const char *dest, const char *prefix, int64_t since)
{
	int64_t count;

	statement_bind_text(store, SQL_OUTBOX_SINCE, ":dest", dest);
	statement_bind_text(store, SQL_OUTBOX_SINCE, ":prefix", prefix);
	statement_bind(store, SQL_OUTBOX_SINCE, ":since", since);
	int error = statement_number(store, SQL_OUTBOX_SINCE, &count);
	return error != 0 ? error : (int)count;
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
