/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forecast: what the calendar is going to send in a month, as far as that can be known now: the same occasions, errands,
 * conditions and paces as remind works off, and nothing comes of it. */
#ifndef GATE_FORECAST_H
#define GATE_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

#include "gate/subject.h"
#include "lang/calendar.h"
#include "store/people.h"

struct store;

enum forecast_fate {
	FORECAST_PAST,          /* the calendar is worked off behind it */
	FORECAST_LOST,          /* it was due, no daemon worked it off, and it is over */
	FORECAST_SENDS,         /* texts follow */
	FORECAST_NEWS,          /* only what is new by then: it cannot be known */
};

/* One text to one person. */
struct forecast_text {
	const struct occasion *occasion;
	const struct person *person;
	const struct subject *subject;
	const char *text;
	int parts;                      /* SMS that it takes */
	int64_t at;                     /* when it goes, if nothing else is in the way */
	bool late;                      /* it is over by then, and will be dropped */
	bool queued;                    /* it is in the outbox already: it is not sent again */
};

/* What is borrowed lives until the call returns. Every occasion is opened, its texts told, and closed. */
struct forecast_sink {
	void (*open)(void *ctx, const struct occasion *occasion, enum forecast_fate fate);
	void (*text)(void *ctx, const struct forecast_text *text);
	void (*close)(void *ctx, const struct occasion *occasion);
	void *ctx;
};

/* month is year * 12 + month - 1, where each recipient is; wall is now, and conditions are asked as of now. In the order of
 * time. Reminders that come up by themselves (when submission) have no moment and are not among them. 0 or -errno. */
int forecast_month(struct store *store, const struct grammar *grammar, int month, int64_t wall,
		   const struct forecast_sink *sink) __attribute__((warn_unused_result));

#endif
