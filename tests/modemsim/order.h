/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order: what the files of orders share: their tables and the members of one order. */
#ifndef ORDER_H
#define ORDER_H

#include "orders.h"

typedef json_t *order_run(struct network *net, struct modem *m, json_t *order);

struct order {
	const char *name;
	order_run  *run;
};

/* Tables end with a NULL name. */
extern const struct order sms_orders[], fault_orders[], ussd_orders[];

json_t *order_done(void);

/* A member, or the fallback where it is missing or of another type. */
const char *order_string(json_t *o, const char *key, const char *fallback);
int order_number(json_t *o, const char *key, int fallback);
bool order_flag(json_t *o, const char *key, bool fallback);

#endif
