/* SPDX-License-Identifier: GPL-3.0-or-later */
/* life: rooms, put together as src/main.c does it, driven until all is at rest or the power goes. */
#include "life.h"

#include <event2/event.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "disk.h"
#include "gate/desk.h"
#include "gate/inq.h"
#include "gate/outq.h"
#include "judge.h"
#include "memory.h"
#include "store/outbox.h"
#include "store/spend.h"
#include "store/statement.h"
#include "store/store.h"

#define STEP_MS 1               /* that something in the world takes */
#define IDLE_MS 250             /* that goes by when nothing happens */
#define PATIENCE_MS (3600 * 1000)
#define RECOVERY_MOST_MS 60000  /* from the end of a fault */
#define REMINDERS 2             /* queued at once, and once more each: a planner that was cut does not know better */

static struct {
	const struct life *life;
	struct event_base *base;
	struct store *store;
	struct desk *desk;
	struct inq *inq;
	struct outq *outq;
	struct modem *modems[WORLD_MODEMS];
} self;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "life: %s\n", what);
	_exit(EXIT_FAILURE);
}

/* --- the rooms --- */

/* As src/main.c, without what only shows. */
static void
on_modem(void *ctx, struct modem *modem, const struct modem_event *event)
{
	(void)ctx;
	switch (event->type) {
	case MODEM_EVENT_PART:
		inq_part(self.inq, modem, event->part);
		break;
	case MODEM_EVENT_DELETED:
		inq_deleted(self.inq, modem, event->deleted.slot, event->deleted.result, event->deleted.key);
		break;
	case MODEM_EVENT_SENT:
		outq_sent(self.outq, modem, event);
		break;
	default:
		break;
	}
}

static void
open_rooms(const struct life *life)
{
	static const struct desk_conf conf = { .own_numbers = "", .destinations = DESK_DESTINATIONS };
	const struct spend_rules rules = { .number_day = SPEND_UNLIMITED, .day = 1000000, .month = 10000000,
					   .strangers_day = 100, .east = 7 * 3600, .own_numbers = "",
					   .destinations = DESK_DESTINATIONS };

	if (outbox_recover(self.store, clock_wall()) < 0)
		die("what was under way cannot be settled");
	self.desk = desk_new(self.store, life->grammar, &conf);
	if (self.desk == NULL || spend_set_rules(self.store, &rules, clock_wall()) != 0)
		die("the desk cannot be opened");
	self.outq = outq_new(self.base, self.store);
	self.inq = inq_new(self.base, self.store, self.desk, self.outq);
	for (int i = 0; i < WORLD_MODEMS; i++) {
		self.modems[i] = world_modem(i, on_modem, NULL);
		outq_add_modem(self.outq, self.modems[i]);
		outq_up(self.outq, self.modems[i]);
	}
	inq_wake(self.inq);
}

static void
close_rooms(void)
{
	inq_free(self.inq);
	outq_free(self.outq);
	desk_free(self.desk);
	event_base_free(self.base);
	store_close(self.store);
}

/* --- what it does --- */

/* As the calendar does it: in one transaction, each for ever, whatever was queued of them before. */
static void
queue_reminders(void)
{
	long first = world->reminders > REMINDERS ? world->reminders - REMINDERS : 0, end = world->reminders + REMINDERS;
	int error = store_begin(self.store);

	for (long n = first; n < end && error == 0; n++) {
		char key[32], dest[SMS_ADDRESS_SIZE], text[256];

		snprintf(key, sizeof key, "rem:%ld", n);
		world_number(n, dest);
		/* Every third of two parts. */
		snprintf(text, sizeof text, n % 3 == 2 ? "Pengingat %ld%160s lanjutannya" : "Pengingat %ld", n, "");
		error = outbox_put(self.store, &(struct outbox_new){ .key = key, .class = OUTBOX_REMINDER, .dest = dest,
								   .text = text, .wall = clock_wall() });
	}
	if (error == 0)
		error = store_commit(self.store);
	else
		store_rollback(self.store);
	if (error == 0)
		world->reminders = end;
	disk_point();
	outq_wake(self.outq);
}

/* -1: the database cannot say. */
static int64_t
number(const char *sql)
{
	sqlite3_stmt *statement;
	int64_t value = -1;

	if (sqlite3_prepare_v2(self.store->db, sql, -1, &statement, NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(statement) == SQLITE_ROW)
		value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

static bool
is_at_rest(void)
{
	const char *waiting = self.life->to_the_end ?
		"SELECT (SELECT count(*) FROM sms_in WHERE state = 'NEW') + (SELECT count(*) FROM outq"
		" WHERE state IN ('QUEUED', 'CLAIMED') OR (state = 'UNKNOWN' AND next_at IS NOT NULL))" :
		"SELECT (SELECT count(*) FROM sms_in WHERE state = 'NEW') +"
		" (SELECT count(*) FROM outq WHERE state IN ('QUEUED', 'CLAIMED'))";

	return world_is_read() && !outq_busy(self.outq) && number(waiting) == 0;
}

/* false: not in so much time. */
static bool
go_on(int64_t ms)
{
	int64_t end = world->ms + ms;

	while (world->ms < end) {
		event_base_loop(self.base, EVLOOP_NONBLOCK);
		if (world_step())
			world->ms += STEP_MS;
		else if (is_at_rest())
			return true;
		else
			world->ms += IDLE_MS;
	}
	return false;
}

static int64_t
real_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
begin(const struct life *life)
{
	int64_t since = real_ms(), took;

	self.life = life;
	self.base = event_base_new();
	if (self.base == NULL || store_open(&self.store, life->database, STORE_EXISTING) != 0)
		die("the database cannot be opened");
	if (life->normal && sqlite3_exec(self.store->db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL) != SQLITE_OK)
		die("synchronous = NORMAL cannot be had");
	took = real_ms() - since;
	if (took > world->recovery)
		world->recovery = took;
}

/* A message that was at hand at two deaths in a row would be taken for the cause of them, and put into quarantine. */
static bool
is_suspected(void)
{
	return number("SELECT count(*) FROM sms_in WHERE state = 'NEW' AND tries > 0") > 0;
}

void
life_live(const struct life *life)
{
	disk_cut_at(life->cut);
	memory_fail(life->starve, life->starve_forever);
	begin(life);
	memory_fail(0, false);
	judge(self.store->db, false);
	if (is_suspected())
		disk_cut_at(life->cut == 0 ? 0 : LONG_MAX);
	else
		memory_fail(life->starve_up, life->starve_forever);
	open_rooms(life);
	go_on(rand() % 20);
	queue_reminders();
	if (!go_on(PATIENCE_MS))
		judge_fault(LOST, "does not come to rest: %ld parts in the SIM, %ld messages", (long)(world->part_count - world->oldest),
			    (long)number("SELECT count(*) FROM outq WHERE state IN ('QUEUED', 'CLAIMED')"));
	memory_fail(0, false);
	if (life->to_the_end)
		judge(self.store->db, true);
	if (rand() % 4 == 0 || life->cut == 0)
		close_rooms();
	if (life->cut != 0)
		disk_cut(LIFE_AT_REST);
	_exit(LIFE_AT_REST);
}

/* --- a disk that fails --- */

static void
break_disk(bool no_room)
{
	static const struct { enum disk_call call; int result; } faults[] = {
		{ DISK_WRITE, SQLITE_FULL }, { DISK_WRITE, SQLITE_IOERR_WRITE }, { DISK_SYNC, SQLITE_IOERR_FSYNC },
		{ DISK_READ, SQLITE_IOERR_READ },
	};
	int which = no_room ? 0 : rand() % 4;

	disk_fail(faults[which].call, 1 + rand() % (no_room ? 4 : 24), rand() % 2 && !no_room ? 1 : LONG_MAX,
		  faults[which].result);
}

/* Nobody helps: neither a sweep nor a restart. */
static void
recover(void)
{
	int64_t since = world->ms;

	disk_fail(DISK_READ, 0, 0, SQLITE_OK);
	if (!go_on(PATIENCE_MS))
		judge_fault(LOST, "does not go on when the disk works again");
	if (world->ms - since > world->recovery)
		world->recovery = world->ms - since;
}

void
life_endure(const struct life *life, long messages, bool no_room)
{
	long struck = 0;

	begin(life);
	world->recovery = 0;
	open_rooms(life);
	for (long n = 0; n < messages; n++) {
		world_put_message();
		for (int i = 0; i < WORLD_MODEMS; i++)
			modem_sweep(self.modems[i]);
		break_disk(no_room);
		if (n % 8 == 0)
			queue_reminders();
		go_on(rand() % (5 * 60 * 1000));
		struck += disk_failed() > 0;
		recover();
		if (n % 50 == 49)
			judge(self.store->db, false);
		world->ms += IDLE_MS * (rand() % 2000);
	}
	judge(self.store->db, true);
	if (struck < messages / 4)
		judge_fault(TORN, "only %ld of %ld faults were met", struck, messages);
	if (world->recovery > RECOVERY_MOST_MS)
		judge_fault(LOST, "went on after %ld ms only", (long)world->recovery);
	close_rooms();
	_exit(LIFE_AT_REST);
}
