/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: the control socket: a JSON object a line in, one a line out, in order. Most orders are in orders.h; here are
 * those that wait:
 *
 *   wait-sent   count timeout_ms           until so many messages have been sent in all
 *   wait-empty  [modem mem] timeout_ms     until SM and ME (or the named memory) are empty and nothing waits for them;
 *                                          without a modem: of all modems */
#ifndef CONTROL_H
#define CONTROL_H

#include "network.h"

struct control;

/* Listens on a Unix socket at path. NULL with errno set when that fails. */
struct control *control_open(struct event_base *base, struct network *net, const char *path);
void control_close(struct control *c);

#endif
