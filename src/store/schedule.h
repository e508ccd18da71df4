/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule: how far the calendar was worked off, and what came of each reminder. Knows no days. */
#ifndef STORE_SCHEDULE_H
#define STORE_SCHEDULE_H

#include <stdint.h>

struct store;

/* Every occasion up to this moment was worked off; 0 none ever was. */
int64_t schedule_mark(struct store *store);

/* What became of a reminder since the box was set up. */
struct schedule_count {
	char name[24];
	int64_t queued;                /* texts */
	int64_t dropped;               /* occasions that were over before they could be worked off */
	int64_t reached;               /* number of the last thing that it was sent about, of those that come up by themselves */
};
/* The first behind a name ("" the first), by name. -ENOENT: no more. */
int schedule_next(struct store *store, const char *after, struct schedule_count *out) __attribute__((warn_unused_result));
/* The reminder of that name; -ENOENT: nothing was done for it yet. */
int schedule_find(struct store *store, const char *name, struct schedule_count *out) __attribute__((warn_unused_result));

/* All inside the caller's transaction. */

int schedule_set_mark(struct store *store, int64_t wall) __attribute__((warn_unused_result));
int schedule_add(struct store *store, const char *name, int queued, int dropped) __attribute__((warn_unused_result));
int schedule_reach(struct store *store, const char *name, int64_t number) __attribute__((warn_unused_result));

#endif
