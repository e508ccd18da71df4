/* SPDX-License-Identifier: GPL-3.0-or-later */
/* play: lives through the ledger: sets the clock, has phones text, and waits each time until the box has come to rest.
 * Looks into the box's database and log only to see whether it has. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "ledger.h"

#define PATIENCE_S 120
#define POLL_US 2000

struct player {
	const struct ledger *ledger;
	const struct demand *demand;
	struct outcome *out;
	struct box box;
	sqlite3 *db;
	int64_t now;
	size_t event, occasion;         /* the next ones */
	size_t worked;                  /* occasions that the box has worked off */
	size_t delivered, seen;         /* messages to the box; of those it sent */
	long *receipts;                 /* of each person, the last number */
	const char *waits_for;
};

/* --- coming to rest --- */

static int64_t
ask(struct player *player, const char *sql)
{
	sqlite3_stmt *statement;
	int64_t value = -1;

	if (sqlite3_prepare_v2(player->db, sql, -1, &statement, NULL) != SQLITE_OK)
		die("%s: %s", sql, sqlite3_errmsg(player->db));
	sqlite3_bind_int64(statement, 1, player->now);
	if (sqlite3_step(statement) == SQLITE_ROW)
		value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

static const struct { const char *what, *sql; } RESTS[] = {
	{ "messages are still to be read", "SELECT count(*) FROM sms_in WHERE ?1 AND state = 'NEW'" },
	{ "a broadcast is not in the outbox", "SELECT count(*) FROM circular WHERE ?1 AND done = 0" },
	{ "copies of a KIRIM are not in the outbox",
	  "SELECT count(*) FROM submission WHERE ?1 AND no > (SELECT coalesce(min(reached), 0) FROM schedule"
	  " WHERE name IN ('KIRIM', 'TEMBUSAN'))" },
	{ "texts are still to be sent",
	  "SELECT count(*) FROM outq WHERE (state = 'QUEUED' AND next_at <= ?1) OR state = 'CLAIMED'" },
};

static bool
is_at_rest(struct player *player)
{
	for (; player->worked < player->occasion; player->worked++) {
		player->waits_for = player->demand->occasions[player->worked].name;
		if (!box_has_worked(&player->box, &player->demand->occasions[player->worked]))
			return false;
		player->out->dropped += player->demand->occasions[player->worked].dropped;
	}
	player->waits_for = "messages are not taken from the SIM";
	if (ask(player, "SELECT count(*) FROM sms_in WHERE ?1") != (int64_t)player->delivered)
		return false;
	for (size_t i = 0; i < sizeof RESTS / sizeof *RESTS; i++) {
		player->waits_for = RESTS[i].what;
		if (ask(player, RESTS[i].sql) != 0)
			return false;
	}
	return true;
}

/* Notes what was sent since we looked last. */
static void
collect(struct player *player)
{
	json_t *answer = box_order(&player->box, json_pack("{s:s, s:I}", "cmd", "sent", "since", (json_int_t)player->seen));
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(answer, "sent"), i, one) {
		struct outcome *out = player->out;
		struct sent *sent;

		out->all = grow(out->all, out->count, sizeof *out->all);
		sent = &out->all[out->count++];
		*sent = (struct sent){ .at = player->now, .modem = (int)json_integer_value(json_object_get(one, "modem")) };
		snprintf(sent->phone, sizeof sent->phone, "%s", json_string_value(json_object_get(one, "to")));
		snprintf(sent->text, sizeof sent->text, "%s", json_string_value(json_object_get(one, "text")));
		player->seen = (size_t)json_integer_value(json_object_get(one, "seq"));
	}
	json_decref(answer);
}

static void
settle(struct player *player)
{
	int64_t tries = (int64_t)PATIENCE_S * 1000000 / POLL_US;
	char now[32];

	while (!is_at_rest(player)) {
		if (--tries == 0) {
			time_write(player->now, now);
			die("%s: the box does not come to rest: %s", now, player->waits_for);
		}
		box_nap(&player->box, POLL_US);
	}
	collect(player);
}

/* --- texting --- */

static void
go_to(struct player *player, int64_t time)
{
	char text_time[32];

	player->now = time;
	time_write(time, text_time);
	strcat(text_time, "+07:00");
	json_decref(box_order(&player->box, json_pack("{s:s, s:s, s:s}", "cmd", "set", "key", "clock", "value", text_time)));
	while (player->occasion < player->demand->occasion_count &&
	       player->demand->occasions[player->occasion].due <= time)
		player->occasion++;
}

static const struct sent *
last_to(const struct player *player, const char *phone)
{
	for (size_t i = player->out->count; i-- > 0;)
		if (strcmp(player->out->all[i].phone, phone) == 0)
			return &player->out->all[i];
	return NULL;
}

/* The network stamps each message with a second of its own: the same text in the same second is one message. */
static void
text(struct player *player, int person, const char *message, int later)
{
	char now[32];

	time_write(player->now + later, now);
	strcat(now, "+07:00");
	json_decref(box_order(&player->box, json_pack("{s:s, s:i, s:s, s:s, s:s}", "cmd", "sms", "modem",
			      person % player->ledger->modems, "from", player->ledger->people[person].phone, "text", message,
			      "time", now)));
	player->delivered++;
	player->out->received++;
}

/* The number of the request that somebody was told of last. */
static long
requested(const struct player *player, const char *phone)
{
	static const char words[] = "Balas SETUJU ";

	for (size_t i = player->out->count; i-- > 0;) {
		const struct sent *sent = &player->out->all[i];
		const char *number = strcmp(sent->phone, phone) == 0 ? strstr(sent->text, words) : NULL;

		if (number != NULL)
			return strtol(number + strlen(words), NULL, 10);
	}
	return 0;
}

/* "BATAL 41" of whoever was told that number, "SETUJU 3". */
static void
put_number(const struct player *player, const struct event *event, char message[TEXT_SIZE])
{
	long number = event->deed == DEED_SETUJU ? requested(player, player->ledger->people[event->person].phone) :
						   player->receipts[event->person];
	char *place = strstr(message, "{no}"), whole[TEXT_SIZE];

	if (place == NULL)
		return;
	*place = '\0';
	if (number != 0)
		snprintf(whole, sizeof whole, "%.*s%ld%s", (int)(place - message), message, number, place + 4);
	else
		snprintf(whole, sizeof whole, "%.*s", (int)(place - message), message);
	snprintf(message, TEXT_SIZE, "%s", whole);
}

static void
do_event(struct player *player, const struct event *event)
{
	char message[TEXT_SIZE];

	if (event->deed == DEED_KILL || event->deed == DEED_OFF) {
		box_kill(&player->box);
		if (event->deed == DEED_OFF)
			go_to(player, time_read(event->text));
		box_start(&player->box);
		player->out->kills++;
		return;
	}
	render(player->ledger, event, message);
	put_number(player, event, message);
	text(player, event->person, message, 0);
}

static bool
is_outside(const struct ledger *ledger, const struct event *event)
{
	const char *role = event->person >= 0 ? ledger->people[event->person].role : "";

	return strcmp(role, "NONE") == 0 || strcmp(role, "BLOCK") == 0;
}

/* Whether it makes a difference which of the two comes first: they concern the same kecamatan, or one what the other
 * lies in. */
static bool
depend(const struct ledger *ledger, const struct event *a, const struct event *b)
{
	const char *left, *right;
	size_t length;

	if (a->person == b->person || a->person < 0 || b->person < 0)
		return true;
	if (is_outside(ledger, a) || is_outside(ledger, b))
		return false;
	left = a->area[0] != '\0' ? a->area : ledger->people[a->person].area;
	right = b->area[0] != '\0' ? b->area : ledger->people[b->person].area;
	length = strlen(left) < strlen(right) ? strlen(left) : strlen(right);
	return strncmp(left, right, length < 8 ? length : 8) == 0;
}

/* The events of this moment that can come at once; the first that cannot ends them. */
static size_t
group_end(const struct player *player)
{
	const struct event *events = player->ledger->events;
	size_t end = player->event;

	for (; end < player->ledger->event_count && events[end].at <= player->now; end++)
		for (size_t i = player->event; i < end; i++)
			if (depend(player->ledger, &events[i], &events[end]))
				return end;
	return end;
}

/* A long answer is read to its end. */
static void
read_on(struct player *player, size_t from, size_t to)
{
	bool more = true;

	for (int page = 1; more; page++) {
		more = false;
		for (size_t i = from; i < to; i++) {
			const struct event *event = &player->ledger->events[i];
			const struct sent *last = event->person < 0 ? NULL :
						  last_to(player, player->ledger->people[event->person].phone);
			size_t length = last != NULL ? strlen(last->text) : 0;

			if (length < 4 || last->at != player->now || strcmp(last->text + length - 4, "LAGI") != 0)
				continue;
			text(player, event->person, "LAGI", page);
			more = true;
		}
		if (more)
			settle(player);
	}
}

static void
note_receipts(struct player *player, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		enum deed deed = player->ledger->events[i].deed;
		int person = deed > DEED_NIHIL ? -1 : player->ledger->events[i].person;
		const struct sent *last = person < 0 ? NULL : last_to(player, player->ledger->people[person].phone);
		const char *number = last != NULL && last->at == player->now ? strstr(last->text, "No.") : NULL;

		if (number != NULL)
			player->receipts[person] = strtol(number + 3, NULL, 10);
	}
}

static void
do_events(struct player *player)
{
	while (player->event < player->ledger->event_count && player->ledger->events[player->event].at <= player->now) {
		size_t end = group_end(player), begin = player->event;

		while (player->event < end)
			do_event(player, &player->ledger->events[player->event++]);
		settle(player);
		note_receipts(player, begin, end);
		read_on(player, begin, end);
	}
}

/* --- time --- */

/* The next moment at which anything happens: somebody texts, the calendar is due, or the last text that waits may go. */
static int64_t
next_moment(struct player *player)
{
	int64_t next = player->ledger->end, waiting = ask(player, "SELECT max(next_at) FROM outq WHERE ?1 AND state = 'QUEUED'");

	if (player->event < player->ledger->event_count && player->ledger->events[player->event].at < next)
		next = player->ledger->events[player->event].at;
	if (player->occasion < player->demand->occasion_count && player->demand->occasions[player->occasion].due < next)
		next = player->demand->occasions[player->occasion].due;
	if (waiting > player->now && waiting < next)
		next = waiting;
	return next;
}

void
play(const struct ledger *ledger, const struct demand *demand, const char *daemon, struct outcome *out)
{
	struct player player = { .ledger = ledger, .demand = demand, .out = out, .waits_for = "" };

	*out = (struct outcome){ .count = 0 };
	player.receipts = calloc(ledger->person_count, sizeof *player.receipts);
	if (player.receipts == NULL)
		die("no memory");
	box_open(&player.box, daemon, ledger->modems);
	go_to(&player, ledger->begin);
	box_start(&player.box);
	if (sqlite3_open_v2("box.db", &player.db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		die("box.db cannot be opened");
	sqlite3_busy_timeout(player.db, 5000);
	settle(&player);
	while (player.now < ledger->end) {
		go_to(&player, next_moment(&player));
		settle(&player);
		do_events(&player);
	}
	sqlite3_close(player.db);
	box_stop(&player.box);
	free(player.receipts);
}

void
sent_write(const struct outcome *outcome, const char *file)
{
	FILE *out = fopen(file, "w");

	if (out == NULL)
		die("%s cannot be written", file);
	for (size_t i = 0; i < outcome->count; i++) {
		char at[32];

		time_write(outcome->all[i].at, at);
		fprintf(out, "%s\t%d\t%s\t%s\n", at, outcome->all[i].modem, outcome->all[i].phone, outcome->all[i].text);
	}
	fclose(out);
}

void
sent_read(const char *file, struct outcome *out)
{
	FILE *in = fopen(file, "r");
	char row[TEXT_SIZE * 4], at[32];

	if (in == NULL)
		die("%s cannot be read", file);
	*out = (struct outcome){ .count = 0 };
	while (fgets(row, sizeof row, in) != NULL) {
		struct sent *sent;

		out->all = grow(out->all, out->count, sizeof *out->all);
		sent = &out->all[out->count++];
		*sent = (struct sent){ .at = 0 };
		if (sscanf(row, "%31[^\t]\t%d\t%23[^\t]\t%1023[^\n]", at, &sent->modem, sent->phone, sent->text) != 4)
			die("%s: a line is not as it was written: %s", file, row);
		sent->at = time_read(at);
	}
	fclose(in);
}
