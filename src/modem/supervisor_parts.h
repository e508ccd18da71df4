/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supervisor_parts: what the files of the supervisor share, and nobody else: supervisor.c (what the core calls),
 * supervisor_life.c (the worker's life and the requests to it), supervisor_hear.c (what it says). */
#ifndef MODEM_SUPERVISOR_PARTS_H
#define MODEM_SUPERVISOR_PARTS_H

#include <event2/event.h>
#include <event2/event_struct.h>

#include "modem/frame.h"
#include "modem/process.h"
#include "modem/recovery.h"
#include "modem/requests.h"
#include "modem/slots.h"
#include "modem/supervisor.h"

#define CROWDED 2                       /* sweeps in a row that found a memory half full: an alarm */

struct modem {
	struct event_base *base;
	struct modem_conf conf;
	modem_event_fn on_event;
	void *ctx;

	enum modem_state state;
	struct process worker;
	struct event io, death, deadline, restart, sweep_timer, status_timer, alarm;
	struct recovery recovery;
	struct requests requests;
	struct slots slots;

	int32_t reading;                    /* slot being touched, -1 none */
	bool blameless;                     /* the worker's end has nothing to do with that slot */
	bool counted;                       /* among the failures already */
	int64_t setup_ms, asked_ms;         /* what the last setup took; when the worker was asked last */
	int half_full;                      /* sweeps in a row that found it so, up to CROWDED */
	int pace_failures;                  /* sends in a row that may be the pace's fault */

	struct modem_info info;
};

void supervisor_emit(struct modem *modem, const struct modem_event *event);
void supervisor_arm(struct event *timer, uint32_t ms);

/* --- life --- */

/* Assigns its timers; the first start is under way. */
void supervisor_live(struct modem *modem);

/* Asks the worker for what comes next, if it is up and idle. */
void supervisor_pump(struct modem *modem);

/* ms that a slot may take. */
uint32_t supervisor_patience(const struct modem *modem);

/* The worker is of no use any more; what it has said already is still heard until it is dead. */
void supervisor_give_up(struct modem *modem, enum modem_state state, const char *stage, const char *error);

/* The fate of the message that waits or is under way. */
void supervisor_sent(struct modem *modem, enum modem_sent result, int reference, int cms, const char *error);

/* What came of the code that waits or is under way. */
void supervisor_dialled(struct modem *modem, enum modem_dialled result, const char *text, const char *error);

/* --- hearing --- */

/* Takes one frame, so that no worker can keep the loop to itself. */
void supervisor_hear(struct modem *modem);

#endif
