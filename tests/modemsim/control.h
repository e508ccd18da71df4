/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: the control socket: a JSON object a line in, one a line out, in order. The README here lists
 * them all; here live the two that wait, wait-sent and wait-empty. */
#ifndef CONTROL_H
#define CONTROL_H

#include "network.h"

struct control;

/* Listens on a Unix socket at path. NULL with errno set when that fails. */
struct control *control_open(struct event_base *base, struct network *net, const char *path);
void control_close(struct control *c);

#endif
