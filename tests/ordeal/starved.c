/* SPDX-License-Identifier: GPL-3.0-or-later */
/* starved: for kentongand-starved: tells memory.c that the daemon has come so far. */
#include "gate/control.h"
#include "memory.h"

int __real_control_open(struct control **out, struct event_base *base, const struct control_conf *conf);
int __wrap_control_open(struct control **out, struct event_base *base, const struct control_conf *conf);

int
__wrap_control_open(struct control **out, struct event_base *base, const struct control_conf *conf)
{
	memory_opened();
	return __real_control_open(out, base, conf);
}
