/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inq: from a part in a SIM to an applied message: store it, free its slot, hand whole messages to the desk, give up
 * those of which parts never come, look after the store's log. Knows the loop; does not know what a message means nor how
 * a modem works. */
#ifndef GATE_INQ_H
#define GATE_INQ_H

#include <stdint.h>

#include "base/sms.h"
#include "modem/supervisor.h"

struct event_base;
struct store;
struct desk;
struct outq;
struct inq;

/* All borrowed; they must outlive the inq, except the desk (inq_set_desk). */
struct inq *inq_new(struct event_base *base, struct store *store, struct desk *desk, struct outq *outq);
void inq_free(struct inq *inq);

/* After a reload. */
void inq_set_desk(struct inq *inq, struct desk *desk);

/* Reads what is waiting, soon: at start, rows that were left NEW. */
void inq_wake(struct inq *inq);

/* What the modems say. */
void inq_part(struct inq *inq, struct modem *modem, const struct sms_part *part);
/* Of type BROKEN: into quarantine, then its slot is cleared. */
void inq_broken(struct inq *inq, struct modem *modem, const struct modem_event *event);
void inq_deleted(struct inq *inq, struct modem *modem, int32_t slot, enum modem_deleted result,
		 const uint8_t key[SMS_KEY_SIZE]);

#endif
