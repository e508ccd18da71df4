/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outq: from the outbox to the modems and back: claims committed before the frame, results written after it. Knows
 * the loop; does not know why a message is sent. */
#ifndef GATE_OUTQ_H
#define GATE_OUTQ_H

#include <stdbool.h>
#include <stdint.h>

#include "modem/supervisor.h"

struct event_base;
struct store;
struct trust;
struct outq;

/* Borrowed; they must outlive the outq. */
struct outq *outq_new(struct event_base *base, struct store *store);
void outq_free(struct outq *outq);

/* Borrowed; asked before each look at what is due or stale. NULL: as the outbox was told last. */
void outq_set_trust(struct outq *outq, const struct trust *trust);
/* Whether the wall clock cannot be believed right now: nothing comes to its end by it. */
bool outq_in_doubt(struct outq *outq);

/* Every modem once, when it is started; the outq must be freed before the modem is used no more. */
void outq_add_modem(struct outq *outq, struct modem *modem);

/* Its SIM has little left: others, if they can, send before it. */
void outq_set_poor(struct outq *outq, const struct modem *modem, bool poor);

/* Something was put into the outbox, or may be due: looks soon. */
void outq_wake(struct outq *outq);

/* From now on nothing more is handed out; what is under way may still end. */
void outq_drain(struct outq *outq);
/* Whether a message is under way, or a result not written yet. */
bool outq_busy(const struct outq *outq);

/* What the modems say: events of type SENT and REPORT. */
void outq_up(struct outq *outq, struct modem *modem);
void outq_down(struct outq *outq, struct modem *modem);
void outq_sent(struct outq *outq, struct modem *modem, const struct modem_event *event);
void outq_report(struct outq *outq, struct modem *modem, const struct modem_event *event);

#endif
