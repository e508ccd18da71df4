/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control_ussd: the line `ussd` of the control socket (its words: gate/menu.h). */
#ifndef GATE_CONTROL_USSD_H
#define GATE_CONTROL_USSD_H

#include "gate/menu.h"

struct evbuffer;

/* Has the menu answer; as menu_call(). */
typedef int (*control_ussd_fn)(void *ctx, const struct menu_call *call, struct menu_shown *out);

/* rest: what stands behind the command. Adds the line of the answer. */
void control_ussd(control_ussd_fn on_ussd, void *ctx, const char *rest, struct evbuffer *out);

#endif
