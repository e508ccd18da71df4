/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention: when the database is purged of what may not be kept any longer. */
#include "gate/retention.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "gate/trust.h"
#include "store/purge.h"
#include "store/store.h"

#define DAY 86400
#define LOOK_EVERY 60           /* seconds */
#define LOOKS_SURE 60           /* looks in a row at which the clock must have been believed */
#define STEP_MS 20              /* between two steps everything else has its turn */
#define AGREES 300              /* seconds by which the clock may be off what has passed since the last look */

/* What is to be done, one after the other. */
enum work { WORK_NONE, WORK_PURGE, WORK_REINDEX, WORK_SHRINK, WORK_LOG };

struct retention {
	struct store *store;
	const struct trust *trust;
	struct retention_days days;
	struct event look, step;
	int sure;                       /* looks in a row */
	int64_t wall, mono_ms;          /* at the last look */
	bool changed;                   /* the days, since the last purge */
	enum work work;
	struct purge purge;
};

/* Counts how long the clock is believed without a doubt; a jump, even if it is vouched for, begins anew. */
static bool
is_sure(struct retention *retention)
{
	int64_t wall = clock_system(), mono_ms = clock_monotonic_ms();
	int64_t off = wall - retention->wall - (mono_ms - retention->mono_ms) / 1000;
	bool even = retention->wall != 0 && off <= AGREES && off >= -AGREES;

	retention->wall = wall;
	retention->mono_ms = mono_ms;
	if (!trust_holds(retention->trust) || !even)
		retention->sure = 0;
	else if (retention->sure < LOOKS_SURE)
		retention->sure++;
	return retention->sure == LOOKS_SURE;
}

static void
go_on(struct retention *retention, enum work work)
{
	const struct timeval soon = { .tv_usec = STEP_MS * 1000 };

	retention->work = work;
	if (work != WORK_NONE)
		evtimer_add(&retention->step, &soon);
}

static bool
is_due(struct retention *retention, int64_t wall)
{
	struct purge_counts last;

	if (purge_last(retention->store, &last) != 0)
		return false;
	return retention->changed || wall >= last.wall + DAY || wall < last.wall;
}

static void
begin(struct retention *retention, int64_t wall)
{
	const struct retention_days *days = &retention->days;
	const struct purge_before before = {
		.texts = wall - (int64_t)days->texts * DAY, .quarantine = wall - (int64_t)days->quarantine * DAY,
		.numbers = wall - (int64_t)days->numbers * DAY, .leftovers = wall - DAY,
	};

	if (purge_begin(retention->store, &retention->purge, &before) != 0)
		return;
	retention->changed = false;
	go_on(retention, WORK_PURGE);
}

static void
say(const struct purge_counts *counts)
{
	if (counts->texts != 0 || counts->quarantine != 0 || counts->numbers != 0 || counts->leftovers != 0)
		log_info("purge: removed %" PRId64 " texts, %" PRId64 " in quarantine, %" PRId64 " numbers, %" PRId64
			 " leftovers", counts->texts, counts->quarantine, counts->numbers, counts->leftovers);
}

static enum work
after_purge(const struct purge_counts *counts)
{
	say(counts);
	return counts->numbers != 0 ? WORK_REINDEX : WORK_SHRINK;
}

/* A purge whose clock is doubted now is given up: another begins when it is believed again. */
static void
purge(struct retention *retention)
{
	int more;

	if (!trust_holds(retention->trust)) {
		retention->changed = true;
		go_on(retention, WORK_NONE);
		return;
	}
	more = purge_step(retention->store, &retention->purge, clock_wall());
	if (more >= 0)
		go_on(retention, more == 1 ? WORK_PURGE : after_purge(&retention->purge.counts));
}

/* What fails, because somebody else has the lock for example, is tried again at the next look. */
static void
step(struct retention *retention)
{
	int result;

	switch (retention->work) {
	case WORK_NONE:
		break;
	case WORK_PURGE:
		purge(retention);
		break;
	case WORK_REINDEX:
		if (purge_reindex(retention->store) == 0)
			go_on(retention, WORK_SHRINK);
		break;
	case WORK_SHRINK:
		result = purge_shrink(retention->store);
		if (result >= 0)
			go_on(retention, result == 1 ? WORK_SHRINK : WORK_LOG);
		break;
	case WORK_LOG:
		/* Until it is emptied the log still has what was removed. */
		if (store_checkpoint(retention->store) == 0)
			go_on(retention, WORK_NONE);
		break;
	}
}

static void
on_step(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	step(arg);
}

static void
look(struct retention *retention)
{
	int64_t wall = clock_wall();
	bool sure = is_sure(retention);

	if (retention->work == WORK_NONE && sure && is_due(retention, wall))
		begin(retention, wall);
	else if (retention->work != WORK_NONE && !evtimer_pending(&retention->step, NULL))
		go_on(retention, retention->work);
}

static void
on_look(evutil_socket_t fd, short what, void *arg)
{
	const struct timeval again = clock_nap(LOOK_EVERY);
	struct retention *retention = arg;

	(void)fd;
	(void)what;
	look(retention);
	evtimer_add(&retention->look, &again);
}

struct retention *
retention_new(struct event_base *base, struct store *store, const struct trust *trust, const struct retention_days *days)
{
	const struct timeval again = clock_nap(LOOK_EVERY);
	struct retention *retention = xcalloc(1, sizeof *retention);

	retention->store = store;
	retention->trust = trust;
	retention->days = *days;
	evtimer_assign(&retention->look, base, on_look, retention);
	evtimer_assign(&retention->step, base, on_step, retention);
	evtimer_add(&retention->look, &again);
	return retention;
}

void
retention_free(struct retention *retention)
{
	if (retention == NULL)
		return;
	evtimer_del(&retention->look);
	evtimer_del(&retention->step);
	free(retention);
}

void
retention_set_days(struct retention *retention, const struct retention_days *days)
{
	if (memcmp(&retention->days, days, sizeof *days) != 0)
		retention->changed = true;
	retention->days = *days;
}
