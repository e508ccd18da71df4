/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pace: when a text that nobody asked for may go: one after the other, not in quiet hours. Knows neither texts nor
 * people. */
#ifndef GATE_PACE_H
#define GATE_PACE_H

#include <stdint.h>

#include "lang/calendar.h"

struct store;

/* Both are moments at which the last one goes: by day, and in the morning after quiet hours. */
struct pace { int64_t day, morning; };

/* Goes on behind what waits in the outbox. */
void pace_begin(struct pace *pace, struct store *store, int64_t wall);

/* The moment for one more text to somebody in that zone, not before `earliest`. */
int64_t pace_next(struct pace *pace, const struct grammar *grammar, const struct zone *zone, int64_t earliest);

#endif
