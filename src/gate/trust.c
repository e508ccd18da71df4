/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trust: whether the wall clock can be believed. */
#include "gate/trust.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/sms.h"
#include "base/xmalloc.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/store.h"

#define LOOK_EVERY 10           /* seconds */
#define AGREES 300              /* seconds by which two clocks may differ */
#define WARM_MS 60000           /* what comes sooner after the start may have waited for us, and tells an old time */
#define NOT_BEFORE 1767225600   /* 2026: when this was written. Clocks that both were never set agree, too */
#define RAISE_EVERY 600         /* seconds: each costs a write to the card */

struct trust {
	struct store *store;
	struct event look;
	bool holds, proven;             /* proven: by something of now, not by the clock's keeper */
	const char *reason;
	char modem_time[SMS_TIME_SIZE];
	int64_t started_ms;
	int64_t wall, mono_ms;          /* at the last look: both clocks must go on alike */
	int64_t raised;                 /* the store's mark */
	void (*listener)(void *ctx);
	void *ctx;
};

static void
conclude(struct trust *trust, bool holds, const char *reason)
{
	bool changed = trust->holds != holds;

	/* What fails is tried at the next proof; until then nobody believes the clock. */
	if (changed && holds && inbox_wait_anew(trust->store, trust->raised, clock_system()) != 0)
		return;
	trust->holds = holds;
	trust->reason = reason;
	if (!changed)
		return;
	outbox_set_doubt(trust->store, !holds);
	if (holds) {
		log_info("clock: trusted: %s", reason);
		clock_set_floor(0);
	} else {
		log_warn("clock: not trusted: %s; no reminders until it is proven", reason);
	}
	if (trust->listener != NULL)
		trust->listener(trust->ctx);
}

/* The mark goes back only with a clock that somebody vouches for. */
static void
raise(struct trust *trust, int64_t wall)
{
	if (wall >= trust->raised && wall < trust->raised + RAISE_EVERY)
		return;
	if (store_clock_set(trust->store, wall) == 0)
		trust->raised = wall;
}

/* Whether the clock has jumped since the last look. */
static bool
has_jumped(const struct trust *trust, int64_t wall, int64_t mono_ms)
{
	int64_t off = (wall - trust->wall) - (mono_ms - trust->mono_ms) / 1000;

	return trust->wall != 0 && (off > AGREES || off < -AGREES);
}

static void
look(struct trust *trust)
{
	int64_t wall = clock_system(), mono_ms = clock_monotonic_ms();
	bool jumped = has_jumped(trust, wall, mono_ms);

	trust->wall = wall;
	trust->mono_ms = mono_ms;
	if (clock_synchronised())
		conclude(trust, true, "synchronised by network");
	else if (jumped)
		conclude(trust, false, "the clock has jumped");
	else if (trust->holds && !trust->proven)
		/* It was right a moment ago, and has gone on evenly since. */
		trust->reason = "was synchronised";
	trust->proven = trust->proven && trust->holds;
	if (trust->holds)
		raise(trust, wall);
}

static void
on_look(evutil_socket_t fd, short what, void *arg)
{
	struct trust *trust = arg;
	const struct timeval again = clock_nap(LOOK_EVERY);

	(void)fd;
	(void)what;
	look(trust);
	evtimer_add(&trust->look, &again);
}

void
trust_message(struct trust *trust, const char *time)
{
	int64_t network, wall = clock_system();

	if (!store_time(trust->store, time, &network, NULL) || clock_synchronised())
		return;
	if (network > wall + AGREES) {
		conclude(trust, false, "a message came from the future");
	} else if (!trust->holds && network >= wall - AGREES && network >= NOT_BEFORE &&
		   clock_monotonic_ms() - trust->started_ms >= WARM_MS) {
		trust->proven = true;
		conclude(trust, true, "the network's time of a message agrees");
	}
}

/* The weakest proof: some modems go on from the time at which they were switched off, as some boxes do. So it is none
 * for a time before one that was right already. */
void
trust_modem(struct trust *trust, const char *time)
{
	int64_t network, wall = clock_system();

	snprintf(trust->modem_time, sizeof trust->modem_time, "%s", time);
	if (trust->holds || clock_synchronised() || !store_time(trust->store, time, &network, NULL))
		return;
	if (network >= wall - AGREES && network <= wall + AGREES && network >= NOT_BEFORE && network >= trust->raised) {
		trust->proven = true;
		conclude(trust, true, "the network's time on a modem agrees");
	}
}

bool
trust_holds(const struct trust *trust)
{
	return trust->holds && (!has_jumped(trust, clock_system(), clock_monotonic_ms()) || clock_synchronised());
}

const char *
trust_reason(const struct trust *trust)
{
	return trust->reason;
}

/* A clock behind the last time that we know of is wrong; times must not repeat all the same. */
static void
begin(struct trust *trust)
{
	int64_t mark = store_clock(trust->store);

	trust->raised = mark;
	trust->reason = "no proof yet";
	outbox_set_doubt(trust->store, true);
	if (clock_system() < mark) {
		trust->reason = "the clock is behind the last time it was right";
		log_warn("clock: not trusted: %s; time goes on from there", trust->reason);
		clock_set_floor(mark);
	}
}

const char *
trust_modem_time(const struct trust *trust)
{
	return trust->modem_time;
}

struct trust *
trust_new(struct event_base *base, struct store *store)
{
	struct trust *trust = xcalloc(1, sizeof *trust);
	const struct timeval again = clock_nap(LOOK_EVERY);

	trust->store = store;
	trust->started_ms = clock_monotonic_ms();
	evtimer_assign(&trust->look, base, on_look, trust);
	begin(trust);
	look(trust);
	if (!trust->holds)
		log_info("clock: %s: no reminders for now", trust->reason);
	evtimer_add(&trust->look, &again);
	return trust;
}

void
trust_free(struct trust *trust)
{
	if (trust == NULL)
		return;
	evtimer_del(&trust->look);
	free(trust);
}

void
trust_set_listener(struct trust *trust, void (*listener)(void *ctx), void *ctx)
{
	trust->listener = listener;
	trust->ctx = ctx;
}
