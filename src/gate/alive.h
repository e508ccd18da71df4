/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alive: says from time to time that the daemon gets on, as long as it does: a service manager that hears nothing kills
 * and starts it again. Knows no service manager. Real progress is meant, not a timer:
 *
 *   the loop     turns, or nothing here is called
 *   the store    commits. After a commit that failed it is tried before each sign. A lock of another program and a full
 *                disk are excused: a new start would not mend them, and messages wait on the SIM
 *   the modems   each supervisor shows something new in its time: an answered request, another state, a new worker. An
 *                unplugged, dead or silent modem is excused as long as its supervisor goes on trying; and a worker, or
 *                the operator's program, that was killed and does not die: it hangs in the kernel, for which a new start
 *                is no cure either */
#ifndef GATE_ALIVE_H
#define GATE_ALIVE_H

#include <stdint.h>

struct event_base;
struct modem;
struct modem_conf;
struct store;

typedef void alive_sign(void *ctx);

/* A sign at once, then at least one every within_ms while all is well; on_sign gets ctx. After a silence it comes as soon
 * as all is well again. The store outlives it. Dies only on lack of memory. */
struct alive *alive_new(struct event_base *base, struct store *store, int64_t within_ms, alive_sign *on_sign, void *ctx);

/* To be called before the loop turns. The modem outlives it, conf is only read. */
void alive_add_modem(struct alive *alive, const struct modem *modem, const struct modem_conf *conf);

/* NULL is fine. */
void alive_free(struct alive *alive);

#endif
