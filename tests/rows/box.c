/* SPDX-License-Identifier: GPL-3.0-or-later */
/* box: the daemon's own desk, calendar and outbox, with a clock that a table sets and a modem that only remembers what it
 * was given. */
#include "box.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../unit/clock_fake.h"
#include "../unit/modem_fake.h"
#include "base/xmalloc.h"
#include "gate/admission.h"
#include "gate/desk.h"
#include "gate/outq.h"
#include "gate/remind.h"
#include "gate/trust.h"
#include "lang/calendar.h"
#include "store/circular.h"
#include "store/outbox.h"
#include "store/registration.h"
#include "store/statement.h"
#include "store/store.h"

struct box {
	const struct grammar *grammar;
	struct event_base *base;
	struct store *store;
	struct desk *desk;
	struct outq *outq;
	struct trust *trust;
	struct remind *remind;
	struct modem modem;
	uint8_t reference;
	struct heard *heard;
	size_t count;
	int64_t under_way;              /* message of which a part has gone out; the last of heard[] */
};

static void __attribute__((noreturn, format(printf, 1, 2)))
die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("rows: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(2);
}

/* --- the modem --- */

/* The network takes the part, and the telephone has it. */
static void
take_part(struct box *box)
{
	const struct sms_out part = box->modem.sent;
	const struct modem_event sent = { .type = MODEM_EVENT_SENT, .sent = {
		.id = part.id, .sequence = part.sequence, .result = MODEM_SENT_OK, .reference = ++box->reference, .error = "" } };
	const struct modem_event report = { .type = MODEM_EVENT_REPORT, .report = {
		.number = part.dest, .time = "", .reference = box->reference, .status = 0 } };
	struct heard *last;

	if (part.sequence == 1) {
		box->heard = xgrow(box->heard, box->count, sizeof *box->heard);
		box->heard[box->count++] = (struct heard){ xstrdup(part.dest), xstrdup(part.text), fake_wall };
	} else {
		char *whole;

		if (part.id != box->under_way)
			die("part %d of a message of which part 1 did not go out", part.sequence);
		last = &box->heard[box->count - 1];
		whole = xasprintf("%s%s", last->text, part.text);
		free(last->text);
		last->text = whole;
	}
	box->under_way = part.id;
	box->modem.sends--;
	outq_sent(box->outq, &box->modem, &sent);
	outq_report(box->outq, &box->modem, &report);
}

/* --- time --- */

static bool
is_busy(struct box *box)
{
	struct circular *circular = xcalloc(1, sizeof *circular);
	struct remind_info info;
	bool circulating = circular_open(box->store, 0, circular) == 0;

	free(circular);
	remind_info(box->remind, &info);
	return circulating || info.errands != 0;
}

/* What gate/lapse looks for every minute. */
static void
expire_requests(struct box *box)
{
	const struct admission admission = { .store = box->store, .grammar = box->grammar, .wall = fake_wall, .received = fake_wall };

	if (store_begin(box->store) != 0 || admission_expire(&admission) < 0 || store_commit(box->store) != 0)
		die("requests cannot expire");
}

/* Everything that can be done at this moment is done. The calendar rests a few milliseconds between its turns. */
static void
settle(struct box *box)
{
	expire_requests(box);
	remind_wake(box->remind);
	outq_wake(box->outq);
	do {
		for (int i = 0; i < 3; i++)
			event_base_loop(box->base, EVLOOP_NONBLOCK);
		while (box->modem.sends != 0)
			take_part(box);
		if (is_busy(box))
			event_base_loop(box->base, EVLOOP_ONCE);
	} while (is_busy(box) || box->modem.sends != 0);
	/* What the calendar has put last. */
	outq_wake(box->outq);
	event_base_loop(box->base, EVLOOP_NONBLOCK);
	while (box->modem.sends != 0)
		take_part(box);
}

/* When something is due next, at most `until`. */
static int64_t
next_moment(struct box *box, int64_t until)
{
	struct occasion occasion = { .due = fake_wall };
	struct outbox_row row = { .id = 0 };
	struct registration oldest;

	if (registration_oldest(box->store, &oldest) == 0) {
		int64_t over = oldest.wall + (int64_t)box->grammar->limits[LIMIT_REGISTER_DAYS] * 86400 + 1;

		if (over > fake_wall && over < until)
			until = over;
	}
	if (calendar_next(box->grammar, &occasion, &occasion) && occasion.due < until)
		until = occasion.due;
	while (outbox_next(box->store, row.id, &row) == 0)
		if (row.next > fake_wall && row.next < until)
			until = row.next;
	return until;
}

void
box_wait(struct box *box, int64_t until)
{
	settle(box);
	while (fake_wall < until) {
		int64_t next = next_moment(box, until);

		fake_ms += (next - fake_wall) * 1000;
		fake_wall = next;
		settle(box);
	}
}

int64_t
box_now(const struct box *box)
{
	(void)box;
	return fake_wall;
}

/* --- messages --- */

void
box_say(struct box *box, const char *phone, const char *text)
{
	const struct desk_message message = { .sender = phone, .text = text, .time = "", .received = fake_wall };
	struct desk_answer *answer = xcalloc(1, sizeof *answer);
	int error = desk_handle(box->desk, &message, answer);

	if (error != 0)
		die("\"%s\" could not be handled: %s", text, strerror(-error));
	parse_clear(&answer->parse);
	free(answer);
	settle(box);
}

void
box_forget(struct box *box)
{
	for (size_t i = 0; i < box->count; i++) {
		free(box->heard[i].phone);
		free(box->heard[i].text);
	}
	box->count = 0;
}

const struct heard *
box_heard(struct box *box, size_t *count)
{
	*count = box->count;
	return box->heard;
}

size_t
box_waiting(struct box *box, char *phone, size_t size)
{
	struct outbox_row row = { .id = 0 };
	size_t count = 0;

	while (outbox_next(box->store, row.id, &row) == 0)
		if (count++ == 0)
			snprintf(phone, size, "%s", row.dest);
	return count;
}

/* --- life --- */

static void
copy_file(const char *from, const char *to)
{
	char buffer[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t n = 0;

	if (in < 0 || out < 0)
		die("%s cannot be copied to %s: %s", from, to, strerror(errno));
	while ((n = read(in, buffer, sizeof buffer)) > 0)
		if (write(out, buffer, (size_t)n) != n)
			die("%s: %s", to, strerror(errno));
	close(in);
	if (n < 0 || close(out) < 0)
		die("%s: %s", from, strerror(errno));
}

static void
execute(struct box *box, const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(box->store->db, sql, NULL, NULL, &error) != SQLITE_OK)
		die("%s: %s", sql, error);
}

void
box_leave(struct box *box, const char *const *phones, size_t n)
{
	char *list = xstrdup("''"), *sql;

	for (size_t i = 0; i < n; i++) {
		char *more = xasprintf("%s,'%s'", list, phones[i]);

		free(list);
		list = more;
	}
	sql = xasprintf("DELETE FROM phone WHERE number NOT IN (%s);"
			"DELETE FROM person WHERE id NOT IN (SELECT person FROM phone);"
			"DELETE FROM organisation WHERE id NOT IN (SELECT organisation FROM person WHERE organisation IS NOT NULL);",
			list);
	execute(box, sql);
	free(sql);
	free(list);
}

struct box *
box_open(const struct grammar *grammar, const char *template, const char *database, int64_t wall)
{
	static const struct desk_conf conf = { .own_numbers = "", .destinations = DESK_DESTINATIONS };
	struct box *box = xcalloc(1, sizeof *box);

	copy_file(template, database);
	fake_wall = wall;
	fake_ms = 0;
	if (store_open(&box->store, database, STORE_EXISTING) != 0)
		die("%s cannot be opened", database);
	/* A test's copy needs no disk. */
	execute(box, "PRAGMA synchronous = OFF");
	box->grammar = grammar;
	box->base = event_base_new();
	box->desk = desk_new(box->store, grammar, &conf);
	box->outq = outq_new(box->base, box->store);
	box->trust = trust_new(box->base, box->store);
	box->remind = remind_new(box->base, box->store, grammar, box->outq, box->trust);
	if (box->base == NULL || box->desk == NULL)
		die("no box");
	box->modem.name = "modem";
	outq_add_modem(box->outq, &box->modem);
	outq_up(box->outq, &box->modem);
	settle(box);
	return box;
}

void
box_close(struct box *box)
{
	box_forget(box);
	free(box->heard);
	remind_free(box->remind);
	trust_free(box->trust);
	outq_free(box->outq);
	desk_free(box->desk);
	store_close(box->store);
	event_base_free(box->base);
	free(box);
}
