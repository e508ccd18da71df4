/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly: when a backup is due, where, and what came of it. What lies in the folder is all it remembers: a file under its
 * final name was looked at and is good. */
#include "gate/nightly.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

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

#define LOOK_EVERY 60           /* seconds */
#define WAIT_FIRST 600          /* seconds until a failed one is tried again, doubling */
#define WAIT_MOST 21600
#define TOO_OLD 172800          /* seconds: then it is an alarm */
#define DEADLINE_MS 7200000     /* a stick can hang for ever */
#define DAY 86400

enum { DISK, STICK, PLACES };

struct place {
	char *folder;                   /* "" : none is wanted */
	struct backup_file last;        /* the newest good one; no name: none */
	int error;                      /* of the last try: 0, or an errno */
	int64_t again, wait;            /* wall clock: not before that; so far ahead it was (0: at once) */
	bool told, alarm;               /* of the present trouble, of age */
};

struct nightly {
	const struct grammar *grammar;
	const struct trust *trust;
	char *database;
	int hour, keep_days;
	char box[BACKUP_BOX_SIZE];
	struct place places[PLACES];
	struct place *busy;             /* the process works for it; NULL there is none */
	int64_t since;                  /* the first look with a trusted clock; 0: it was none yet */
	int64_t started_ms;
	bool doubt_told;                /* that a clock nobody trusts has kept us waiting too long */
	struct hook *process;
	struct event timer;
};

/* --- the process --- */

/* DATABASE FOLDER separate|any DAYS TIME loud|quiet, behind the option. The disk is the messages' first. */
int
nightly_main(int argc, char **argv)
{
	char why[BACKUP_WHY_SIZE];
	struct backup_place place;
	int error;

	if (argc != 8)
		return EINVAL;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)setpriority(PRIO_PROCESS, 0, 10);
	place = (struct backup_place){ .folder = argv[3], .separate = strcmp(argv[4], "separate") == 0,
				       .keep_days = atoi(argv[5]) };
	error = backup_tonight(argv[2], &place, strtoll(argv[6], NULL, 10), why);
	if (error != 0 && strcmp(argv[7], "loud") == 0)
		log_error("backup: none in %s: %s", place.folder, why);
	return -error;
}

static int
start_process(struct nightly *nightly, struct place *place, int64_t wall)
{
	char days[16], time[24];
	const char *const argv[] = {
		"/proc/self/exe", NIGHTLY_OPTION, nightly->database, place->folder,
		place == &nightly->places[STICK] ? "separate" : "any", days, time, place->told ? "quiet" : "loud", NULL,
	};

	snprintf(days, sizeof days, "%d", nightly->keep_days);
	snprintf(time, sizeof time, "%" PRId64, wall);
	return hook_start(nightly->process, argv, DEADLINE_MS);
}

/* --- what came of it --- */

static void
find_last(const struct nightly *nightly, struct place *place, int64_t wall)
{
	if (backup_newest(place->folder, nightly->box, wall, &place->last) != 0)
		place->last.name[0] = '\0';
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
	place->error = error;
	place->told = true;
	place->wait = place->wait == 0 || error == ENODEV ? WAIT_FIRST :
		      place->wait * 2 > WAIT_MOST ? WAIT_MOST : place->wait * 2;
	place->again = wall + place->wait;
}

static void look(struct nightly *nightly);

static void
on_end(void *ctx, bool success, const char *how)
{
	struct nightly *nightly = ctx;
	struct place *place = nightly->busy;
	int64_t wall = clock_wall();
	int error = 0;

	nightly->busy = NULL;
	if (place == NULL)
		return;
	find_last(nightly, place, wall);
	if (success && place->last.name[0] != '\0')
		succeed(place);
	else if (sscanf(how, "exit status %d", &error) == 1 && error > 0)
		fail(place, error, place->told ? strerror(error) : NULL, wall);
	else
		fail(place, EIO, how, wall);
	look(nightly);
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

/* Whether the stick is there; what was on it is not forgotten while it is not. */
static int
find_place(const struct nightly *nightly, struct place *place, int64_t wall, char why[BACKUP_WHY_SIZE])
{
	const struct backup_place where = { .folder = place->folder, .separate = place == &nightly->places[STICK] };
	int error = backup_find_place(nightly->database, &where, why);

	if (error == 0)
		find_last(nightly, place, wall);
	return error;
}

static void
look_at(struct nightly *nightly, struct place *place, int64_t wall)
{
	char why[BACKUP_WHY_SIZE];
	int error = find_place(nightly, place, wall, why);

	if (nightly->busy == NULL && is_due(nightly, place, wall)) {
		if (error == 0)
			error = start_process(nightly, place, wall);
		if (error == 0)
			nightly->busy = place;
		else if (error == -ENODEV)
			fail(place, ENODEV, why, wall);
		else if (error != -EBUSY)
			fail(place, -error, strerror(-error), wall);
	}
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

static void
look(struct nightly *nightly)
{
	int64_t wall = clock_wall();

	if (!trust_holds(nightly->trust)) {
		watch_doubt(nightly);
		return;
	}
	if (nightly->since == 0 || wall < nightly->since)
		nightly->since = wall;
	for (int i = 0; i < PLACES; i++)
		if (nightly->places[i].folder[0] != '\0' && &nightly->places[i] != nightly->busy)
			look_at(nightly, &nightly->places[i], wall);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	const struct timeval again = clock_nap(LOOK_EVERY);
	struct nightly *nightly = arg;

	(void)fd;
	(void)what;
	look(nightly);
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
		evbuffer_add_printf(out, "%s: none seen yet", place->folder);
	if (nightly->busy == place)
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

void
nightly_set(struct nightly *nightly, const struct grammar *grammar, const struct nightly_conf *conf)
{
	const char *const folders[PLACES] = { [DISK] = conf->folder, [STICK] = conf->stick };
	char why[BACKUP_WHY_SIZE];

	nightly->grammar = grammar;
	nightly->hour = conf->hour;
	nightly->keep_days = conf->keep_days;
	for (int i = 0; i < PLACES; i++) {
		struct place *place = &nightly->places[i];

		if (place->folder != NULL && strcmp(place->folder, folders[i]) == 0)
			continue;
		if (nightly->busy == place)
			nightly->busy = NULL;
		free(place->folder);
		*place = (struct place){ .folder = xstrdup(folders[i]) };
		(void)find_place(nightly, place, clock_wall(), why);
	}
}

struct nightly *
nightly_new(struct event_base *base, struct store *store, const struct grammar *grammar, const struct trust *trust,
	    const struct nightly_conf *conf)
{
	const struct timeval soon = clock_nap(1);
	struct nightly *nightly = xcalloc(1, sizeof *nightly);
	unsigned char key[16];

	store_box_key(store, key);
	backup_box(key, nightly->box);
	nightly->trust = trust;
	nightly->started_ms = clock_monotonic_ms();
	nightly->database = xstrdup(conf->database);
	nightly->process = hook_new(base, on_end, nightly);
	nightly_set(nightly, grammar, conf);
	evtimer_assign(&nightly->timer, base, on_timer, nightly);
	evtimer_add(&nightly->timer, &soon);
	return nightly;
}

void
nightly_free(struct nightly *nightly)
{
	if (nightly == NULL)
		return;
	hook_free(nightly->process);
	evtimer_del(&nightly->timer);
	for (int i = 0; i < PLACES; i++)
		free(nightly->places[i].folder);
	free(nightly->database);
	free(nightly);
}
