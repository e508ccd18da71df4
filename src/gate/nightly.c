/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly: when a backup is due, where, and what came of it. What lies in the folder is all it remembers: a file under its
 * final name was looked at and is good. It touches no place itself: a process does, one for each. */
#include "gate/nightly.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "gate/balance_say.h"
#include "gate/trust.h"
#include "lang/grammar.h"
#include "modem/hook.h"
#include "store/backup.h"
#include "store/store.h"

#define TURN_EVERY 60           /* seconds */
#define LOOK_EVERY_MS 600000    /* whether another stick is there, or a new file */
#define LOOK_DEADLINE_MS 60000
#define WAIT_FIRST 600          /* seconds until a failed one is tried again, doubling */
#define WAIT_MOST 21600
#define TOO_OLD 172800          /* seconds: then it is an alarm */
#define COPY_DEADLINE_MS 7200000        /* a stick can hang for ever */
#define DAY 86400

enum { DISK, STICK, PLACES };

enum seen { NOT_YET, SEEN, SILENT };     /* the last look at a place: none, it answered, it did not */
enum work { IDLE, LOOKING, COPYING };

struct place {
	struct nightly *nightly;
	char *folder;                   /* "" : none is wanted */
	struct backup_file last;        /* the newest good one; no name: none */
	enum seen seen;
	enum work work;                 /* of its process */
	struct hook *process;
	int heard;                      /* what it says; -1 */
	int64_t look_ms;                /* not before that it is looked at again; 0: at once */
	int error;                      /* of the last try: 0, or an errno */
	int64_t again, wait;            /* wall clock: not before that; so far ahead it was (0: at once) */
	bool told, alarm;               /* of the present trouble, of age */
};

struct nightly {
	struct event_base *base;
	const struct grammar *grammar;
	const struct trust *trust;
	char *database;
	int hour, keep_days;
	char box[BACKUP_BOX_SIZE];
	struct place places[PLACES];
	int64_t since;                  /* the first look with a trusted clock; 0: it was none yet */
	int64_t started_ms;
	bool doubt_told;                /* that a clock nobody trusts has kept us waiting too long */
	struct event timer;
};

/* --- the process --- */

/* One that works only for a place that is not wanted any more is left to its end. */
static void
drop_process(struct place *place)
{
	hook_abandon(place->process);
	if (place->heard >= 0)
		close(place->heard);
	place->process = NULL;
	place->heard = -1;
}

/* source "": it looks at the place; else it copies that, made at that time, there. */
static int
start_process(struct place *place, const char *source, int64_t wall)
{
	const struct nightly *nightly = place->nightly;
	char days[16], time[24];
	const char *const argv[] = {
		"/proc/self/exe", NIGHTLY_OPTION, nightly->database, source, place->folder,
		place == &nightly->places[STICK] ? "separate" : "any", days, time, nightly->box,
		place->told ? "quiet" : "loud", NULL,
	};
	int ends[2], error;

	snprintf(days, sizeof days, "%d", nightly->keep_days);
	snprintf(time, sizeof time, "%" PRId64, wall);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return -errno;
	(void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
	error = hook_start_heard(place->process, argv, source[0] != '\0' ? COPY_DEADLINE_MS : LOOK_DEADLINE_MS, ends[1]);
	close(ends[1]);
	if (error != 0) {
		close(ends[0]);
		return error;
	}
	place->heard = ends[0];
	place->work = source[0] != '\0' ? COPYING : LOOKING;
	return 0;
}

/* The newest, as the process has said; no name: it has said nothing. */
static struct backup_file
hear(struct place *place)
{
	struct backup_file file = { .name = "" };
	char line[128];
	ssize_t length = read(place->heard, line, sizeof line - 1);

	close(place->heard);
	place->heard = -1;
	line[length > 0 ? length : 0] = '\0';
	if (sscanf(line, "%" SCNd64 " %" SCNd64 " %39s", &file.wall, &file.size, file.name) != 3)
		file.name[0] = '\0';
	return file;
}

/* --- what came of it --- */

static void
answer(struct place *place)
{
	if (place->seen == SILENT)
		log_warn("backup: %s answers again", place->folder);
	place->seen = SEEN;
}

static void
fall_silent(struct place *place, const char *why)
{
	if (place->seen != SILENT)
		log_warn("backup: %s does not answer: %s; it is tried again until it does", place->folder, why);
	place->seen = SILENT;
}

static void
succeed(struct place *place)
{
	if (place->told)
		log_warn("backup: %s works again", place->folder);
	log_info("backup: %s/%s, %" PRId64 " kB, checked", place->folder, place->last.name, place->last.size / 1024);
	place->error = 0;
	place->wait = 0;
	place->told = place->alarm = false;
}

/* why: NULL if the process has said it. */
static void
fail(struct place *place, int error, const char *why, int64_t wall)
{
	if (why != NULL && (!place->told || place->error != error))
		log_warn("backup: none in %s now: %s; it is tried again until it works", place->folder, why);
	log_debug("backup: %s: a try ended: %s", place->folder, strerror(error));
	place->error = error;
	place->told = true;
	place->wait = place->wait == 0 || error == ENODEV ? WAIT_FIRST :
		      place->wait * 2 > WAIT_MOST ? WAIT_MOST : place->wait * 2;
	place->again = wall + place->wait;
}

static void turn(struct nightly *nightly);

static void
end_look(struct place *place, const struct backup_file *newest, int error, const char *how)
{
	if (error != 0 && error != ENODEV) {
		fall_silent(place, how);
		return;
	}
	answer(place);
	/* What was on a stick is not forgotten while it is not there. */
	if (error == 0)
		place->last = *newest;
}

static void
end_copy(struct place *place, const struct backup_file *newest, int error, const char *how)
{
	int64_t wall = clock_wall();

	if (newest->name[0] != '\0')
		place->last = *newest;
	if (error == 0 && newest->name[0] != '\0')
		succeed(place);
	else if (error > 0)
		fail(place, error, place->told ? strerror(error) : NULL, wall);
	else
		fail(place, EIO, how, wall);
}

static void
on_end(void *ctx, bool success, const char *how)
{
	struct place *place = ctx;
	struct backup_file newest = hear(place);
	enum work work = place->work;
	int error = -1;                 /* it did not come to its end */

	if (success)
		error = 0;
	else
		(void)sscanf(how, "exit status %d", &error);
	place->work = IDLE;
	if (work == LOOKING)
		end_look(place, &newest, error, how);
	else
		end_copy(place, &newest, error, how);
	turn(place->nightly);
}

/* --- when --- */

/* The last time that it was the hour. */
static int64_t
last_due(const struct nightly *nightly, int64_t wall)
{
	int east = grammar_zone(nightly->grammar, "");
	struct civil civil = civil_at(wall, east);
	int64_t due;

	civil.hour = nightly->hour;
	civil.minute = 0;
	due = civil_moment(&civil, east);
	return due > wall ? due - DAY : due;
}

/* A clock that was set back by more than the waiting does not prolong it. */
static bool
is_due(const struct nightly *nightly, const struct place *place, int64_t wall)
{
	if (place->wait != 0 && wall < place->again && wall >= place->again - place->wait)
		return false;
	return place->last.name[0] == '\0' || place->last.wall < last_due(nightly, wall);
}

static int64_t
age_of(const struct nightly *nightly, const struct place *place, int64_t wall)
{
	return wall - (place->last.name[0] != '\0' ? place->last.wall : nightly->since);
}

static void
watch_age(struct nightly *nightly, struct place *place, int64_t wall)
{
	if (place->alarm || age_of(nightly, place, wall) < TOO_OLD)
		return;
	place->alarm = true;
	log_error("backup: no good one in %s for %" PRId64 " days", place->folder,
		  age_of(nightly, place, wall) / DAY);
}

/* --- what is to be done --- */

static void
look_at(struct place *place, int64_t wall)
{
	int error = start_process(place, "", wall);

	place->look_ms = clock_monotonic_ms() + LOOK_EVERY_MS;
	if (error != 0)
		fall_silent(place, strerror(-error));
}

static void
copy_to(struct place *place, const char *source, int64_t wall)
{
	int error = start_process(place, source, wall);

	if (error != 0)
		fail(place, -error, strerror(-error), wall);
}

/* Onto the stick comes the disk's copy of the night: while a stick hangs, no snapshot of the database is held, which would
 * let its log grow. Only where there is none, as it failed, the database itself. */
static void
fill(const struct nightly *nightly, struct place *place, int64_t wall)
{
	const struct place *disk = &nightly->places[DISK];
	char *copied;

	if (place == disk || disk->folder[0] == '\0') {
		copy_to(place, nightly->database, wall);
		return;
	}
	if (disk->work == COPYING && !hook_undead(disk->process))
		return;
	if (disk->last.name[0] != '\0' && disk->last.wall >= last_due(nightly, wall)) {
		copied = xasprintf("%s/%s", disk->folder, disk->last.name);
		copy_to(place, copied, disk->last.wall);
		free(copied);
	} else if (disk->error != 0 || disk->seen == SILENT) {
		copy_to(place, nightly->database, wall);
	}
}

static void
see_to(struct nightly *nightly, struct place *place, int64_t wall, bool trusted)
{
	if (hook_undead(place->process))
		fall_silent(place, "its process was killed, and does not die");
	if (place->work == IDLE && clock_monotonic_ms() >= place->look_ms)
		look_at(place, wall);
	else if (place->work == IDLE && trusted && place->seen == SEEN && is_due(nightly, place, wall))
		fill(nightly, place, wall);
	if (trusted)
		watch_age(nightly, place, wall);
}

/* The clock cannot tell how long; how long we run can. */
static void
watch_doubt(struct nightly *nightly)
{
	if (nightly->doubt_told || nightly->since != 0 ||
	    clock_monotonic_ms() - nightly->started_ms < (int64_t)TOO_OLD * 1000)
		return;
	nightly->doubt_told = true;
	log_error("backup: none for two days, as the clock is not trusted: %s", trust_reason(nightly->trust));
}

/* What was seen with a wrong clock may have been of the future then. */
static void
begin_time(struct nightly *nightly, int64_t wall)
{
	nightly->since = wall;
	for (int i = 0; i < PLACES; i++)
		nightly->places[i].look_ms = 0;
}

static void
turn(struct nightly *nightly)
{
	int64_t wall = clock_wall();
	bool trusted = trust_holds(nightly->trust);

	if (!trusted)
		watch_doubt(nightly);
	else if (nightly->since == 0 || wall < nightly->since)
		begin_time(nightly, wall);
	for (int i = 0; i < PLACES; i++)
		if (nightly->places[i].folder[0] != '\0')
			see_to(nightly, &nightly->places[i], wall, trusted);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	const struct timeval again = clock_nap(TURN_EVERY);
	struct nightly *nightly = arg;

	(void)fd;
	(void)what;
	turn(nightly);
	evtimer_add(&nightly->timer, &again);
}

/* --- what is said --- */

static void
say_place(const struct nightly *nightly, const struct place *place, const char *name, struct evbuffer *out)
{
	int64_t wall = clock_wall(), age = age_of(nightly, place, wall);
	char text[32];

	evbuffer_add_printf(out, "%s: ", name);
	if (place->last.name[0] != '\0')
		evbuffer_add_printf(out, "%s/%s, %" PRId64 " kB, checked, %s ago", place->folder, place->last.name,
				    place->last.size / 1024, age_text(age > 0 ? age : 0, text));
	else
		evbuffer_add_printf(out, "%s: %s", place->folder,
				    place->seen == NOT_YET ? "not looked at yet" : "none seen yet");
	if (place->seen == SILENT)
		evbuffer_add_printf(out, ", DOES NOT ANSWER");
	if (place->work == COPYING)
		evbuffer_add_printf(out, ", one is being made");
	if (nightly->since != 0 && age >= TOO_OLD)
		evbuffer_add_printf(out, ", ALARM: no good one for %s", age_text(age, text));
	if (place->error == ENODEV)
		evbuffer_add_printf(out, ", NOT THERE now");
	else if (place->error != 0)
		evbuffer_add_printf(out, ", the last try FAILED: %s", strerror(place->error));
	evbuffer_add_printf(out, "\n");
}

void
nightly_say(const struct nightly *nightly, struct evbuffer *out)
{
	static const char *const names[PLACES] = { [DISK] = "backup", [STICK] = "backup stick" };

	if (nightly->places[DISK].folder[0] == '\0' && nightly->places[STICK].folder[0] == '\0')
		evbuffer_add_printf(out, "backup: NONE is made (kentongan.conf: backup)\n");
	else if (!trust_holds(nightly->trust))
		evbuffer_add_printf(out, "backup: waits for a trusted clock\n");
	for (int i = 0; i < PLACES; i++)
		if (nightly->places[i].folder[0] != '\0')
			say_place(nightly, &nightly->places[i], names[i], out);
}

/* --- life --- */

static void
set_place(struct nightly *nightly, struct place *place, const char *folder)
{
	if (place->folder != NULL && strcmp(place->folder, folder) == 0)
		return;
	if (place->folder != NULL)
		drop_process(place);
	free(place->folder);
	*place = (struct place){ .nightly = nightly, .folder = xstrdup(folder), .heard = -1 };
	place->process = hook_new(nightly->base, on_end, place);
}

void
nightly_set(struct nightly *nightly, const struct grammar *grammar, const struct nightly_conf *conf)
{
	const struct timeval soon = clock_nap(1);

	nightly->grammar = grammar;
	nightly->hour = conf->hour;
	nightly->keep_days = conf->keep_days;
	set_place(nightly, &nightly->places[DISK], conf->folder);
	set_place(nightly, &nightly->places[STICK], conf->stick);
	evtimer_add(&nightly->timer, &soon);
}

struct nightly *
nightly_new(struct event_base *base, struct store *store, const struct grammar *grammar, const struct trust *trust,
	    const struct nightly_conf *conf)
{
	struct nightly *nightly = xcalloc(1, sizeof *nightly);
	unsigned char key[16];

	store_box_key(store, key);
	backup_box(key, nightly->box);
	nightly->trust = trust;
	nightly->started_ms = clock_monotonic_ms();
	nightly->database = xstrdup(conf->database);
	nightly->base = base;
	evtimer_assign(&nightly->timer, base, on_timer, nightly);
	nightly_set(nightly, grammar, conf);
	return nightly;
}

void
nightly_free(struct nightly *nightly)
{
	if (nightly == NULL)
		return;
	evtimer_del(&nightly->timer);
	for (int i = 0; i < PLACES; i++) {
		hook_free(nightly->places[i].process);
		if (nightly->places[i].heard >= 0)
			close(nightly->places[i].heard);
		free(nightly->places[i].folder);
	}
	free(nightly->database);
	free(nightly);
}
