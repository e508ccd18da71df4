/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lapse: what is over when its time is over. */
#include "gate/lapse.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/xmalloc.h"
#include "gate/admission.h"
#include "gate/outq.h"
#include "gate/trust.h"
#include "store/store.h"

#define LOOK_EVERY 60           /* seconds */

struct lapse {
	struct store *store;
	const struct grammar *grammar;
	struct outq *outq;
	const struct trust *trust;
	struct event timer;
};

/* An error was logged by the store; the next look comes anyway. */
static int
look(struct lapse *lapse)
{
	int64_t wall = clock_wall();
	const struct admission admission = { .store = lapse->store, .grammar = lapse->grammar, .wall = wall,
					     .received = wall };
	int count, error = admission_is_due(&admission);

	/* Nothing is written for nothing: the card lives longer. */
	if (error <= 0)
		return error;
	error = store_begin(lapse->store);
	if (error != 0)
		return error;
	count = admission_expire(&admission);
	if (count < 0) {
		store_rollback(lapse->store);
		return count;
	}
	error = store_commit(lapse->store);
	return error != 0 ? error : count;
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	const struct timeval again = clock_nap(LOOK_EVERY);
	struct lapse *lapse = arg;

	(void)fd;
	(void)what;
	if (trust_holds(lapse->trust) && look(lapse) > 0)
		outq_wake(lapse->outq);
	evtimer_add(&lapse->timer, &again);
}

struct lapse *
lapse_new(struct event_base *base, struct store *store, const struct grammar *grammar, struct outq *outq,
	  const struct trust *trust)
{
	const struct timeval soon = clock_nap(1);
	struct lapse *lapse = xcalloc(1, sizeof *lapse);

	lapse->store = store;
	lapse->grammar = grammar;
	lapse->outq = outq;
	lapse->trust = trust;
	evtimer_assign(&lapse->timer, base, on_timer, lapse);
	evtimer_add(&lapse->timer, &soon);
	return lapse;
}

void
lapse_free(struct lapse *lapse)
{
	if (lapse == NULL)
		return;
	evtimer_del(&lapse->timer);
	free(lapse);
}

void
lapse_set_grammar(struct lapse *lapse, const struct grammar *grammar)
{
	lapse->grammar = grammar;
}
