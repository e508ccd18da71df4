/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orders: what the control socket can ask for and set: a JSON object in, a JSON object out. Knows no sockets.
 * The README here lists them all. */
#ifndef ORDERS_H
#define ORDERS_H

#include "network.h"

#include <jansson.h>

/* Carries out one order; the answer is the caller's. */
json_t *orders_run(struct network *net, json_t *order);

/* The modem an order is about, or NULL if there is no such modem. */
struct modem *orders_modem(struct network *net, json_t *order);

/* Parts whose delay runs: how many there are for a modem; forgets those of all. */
int orders_late_parts(const struct modem *m);
void orders_forget_late_parts(void);

json_t *orders_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
