/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pace: when a text that nobody asked for may go. */
#include "gate/pace.h"

#include "store/outbox.h"

#define AHEAD 3600              /* seconds: what goes later than that is of another hour */
#define BACKLOG (7 * 86400)     /* farther ahead, the clock was set back */

void
pace_begin(struct pace *pace, struct store *store, int64_t wall)
{
	int64_t last = outbox_last_unasked(store, wall + AHEAD);

	*pace = (struct pace){ .day = last > 0 ? last : 0 };
}

int64_t
pace_next(struct pace *pace, const struct grammar *grammar, const struct zone *zone, int64_t earliest)
{
	int step = grammar->limits[LIMIT_PACE];
	int64_t at = pace->day + step < earliest || pace->day > earliest + BACKLOG ? earliest : pace->day + step;
	int64_t open = calendar_open(grammar, zone, at);

	if (open == at) {
		pace->day = at;
		return at;
	}
	/* Those who sleep do not keep the others waiting; in the morning they too come one after the other. */
	if (pace->morning + step > open && pace->morning < open + BACKLOG)
		open = pace->morning + step;
	pace->morning = open;
	return open;
}
