/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alive: a look at everything that must get on, and a sign if it does. */
#include "gate/alive.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "modem/supervisor.h"
#include "store/health.h"
#include "store/store.h"

#define SLACK_MS 30000
#define SIGNS 2                 /* within the time; one may be late */
#define LOOKS 8                 /* within the time, while something stands still */

/* What was last seen of a supervisor, and when it was new. */
struct watch {
	const struct modem *modem;
	enum modem_state state;
	unsigned restarts;
	int64_t success_ms, changed_ms, patience_ms;
	bool told;
};

struct alive {
	struct store *store;
	int64_t within_ms;
	alive_sign *on_sign;
	void *ctx;
	struct event look;
	struct watch *watches;
	size_t watch_count;
	bool store_told;
};

/* Longest time in which a sound supervisor has nothing to show. */
static int64_t
patience(const struct modem_conf *conf)
{
	const struct modem_deadlines *deadline = &conf->deadline;

	return (int64_t)conf->sweep_every + deadline->setup + deadline->sweep + deadline->read + deadline->remove +
	       deadline->send + deadline->status + deadline->dial + conf->backoff_most +
	       (conf->recover[0] != '\0' ? conf->recover_deadline : 0) + SLACK_MS;
}

static bool
modem_moves(struct watch *watch)
{
	int64_t now = clock_monotonic_ms();
	struct modem_info info;
	bool moves;

	modem_info(watch->modem, &info);
	if (info.state != watch->state || info.restarts != watch->restarts ||
	    info.success_mono_ms != watch->success_ms || info.undead) {
		watch->state = info.state;
		watch->restarts = info.restarts;
		watch->success_ms = info.success_mono_ms;
		watch->changed_ms = now;
	}
	moves = now - watch->changed_ms < watch->patience_ms;
	if (!moves && !watch->told)
		log_error("modem=%s: its supervisor stands still", modem_name(watch->modem));
	watch->told = !moves;
	return moves;
}

static bool
store_moves(struct alive *alive)
{
	int error = health_failing(alive->store) ? store_try(alive->store) : 0;
	bool moves = error == 0 || error == -EBUSY || error == -ENOSPC;

	if (!moves && !alive->store_told)
		log_error("the database is not written any more: the daemon gives no sign of life");
	if (error == 0 && alive->store_told)
		log_warn("the database is written again");
	if (error == 0 || !moves)
		alive->store_told = !moves;
	return moves;
}

static void
on_look(evutil_socket_t fd, short what, void *ctx)
{
	struct alive *alive = ctx;
	struct timeval again;
	int64_t wait = alive->within_ms / SIGNS;
	bool moves = store_moves(alive);

	(void)fd, (void)what;
	for (size_t i = 0; i < alive->watch_count; i++)
		moves &= modem_moves(&alive->watches[i]);
	if (moves)
		alive->on_sign(alive->ctx);
	else
		wait = alive->within_ms / LOOKS;
	again = (struct timeval){ wait / 1000, wait % 1000 * 1000 };
	evtimer_add(&alive->look, &again);
}

struct alive *
alive_new(struct event_base *base, struct store *store, int64_t within_ms, alive_sign *on_sign, void *ctx)
{
	const struct timeval now = { 0 };
	struct alive *alive = xcalloc(1, sizeof *alive);

	alive->store = store;
	alive->within_ms = within_ms;
	alive->on_sign = on_sign;
	alive->ctx = ctx;
	evtimer_assign(&alive->look, base, on_look, alive);
	evtimer_add(&alive->look, &now);
	return alive;
}

void
alive_add_modem(struct alive *alive, const struct modem *modem, const struct modem_conf *conf)
{
	alive->watches = xgrow(alive->watches, alive->watch_count, sizeof *alive->watches);
	alive->watches[alive->watch_count++] = (struct watch){
		.modem = modem, .patience_ms = patience(conf), .changed_ms = clock_monotonic_ms(),
	};
}

void
alive_free(struct alive *alive)
{
	if (alive == NULL)
		return;
	event_del(&alive->look);
	free(alive->watches);
	free(alive);
}
