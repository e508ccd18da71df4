/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ussd: +CUSD (TS 27.007, 7.15) and a small service behind it: *888# balance, *123# a menu, *808# own number. */
#ifndef USSD_H
#define USSD_H

#include "modem.h"

#include <event2/event.h>

struct ussd;

struct ussd *ussd_new(struct modem *m, struct event_base *base);
void ussd_free(struct ussd *u);

#endif
