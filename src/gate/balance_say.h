/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balance_say: what the SIMs have left in an operator's words. Decides nothing. */
#ifndef GATE_BALANCE_SAY_H
#define GATE_BALANCE_SAY_H

#include "gate/balance.h"

struct evbuffer;

/* A line about what came of one code. */
void balance_say_told(const struct balance_told *told, struct evbuffer *out);
/* ", balance 25000 rupiah 3 h ago" for each that is watched, of a line about the modem; a line each, with the answer. */
void balance_say_short(struct store *store, const char *modem, int64_t wall, struct evbuffer *out);
void balance_say_rows(struct store *store, const char *modem, int64_t wall, struct evbuffer *out);
/* Why nothing is dialled, and what could be. */
void balance_say_none(const struct balance *balance, const char *modem, struct evbuffer *out);

/* "3 h". Returns out. */
const char *age_text(int64_t seconds, char out[32]);

#endif
