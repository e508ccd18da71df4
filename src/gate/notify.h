/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notify: tells the service manager how the daemon is, by the protocol of sd_notify(3). Knows neither the loop nor
 * what "well" means; without a manager every call does nothing. */
#ifndef GATE_NOTIFY_H
#define GATE_NOTIFY_H

#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

/* All zero: nobody listens. */
struct notify {
	int fd;
	struct sockaddr_un to;
	socklen_t to_length;
	int64_t watchdog_ms;            /* a sign of life is expected within this time; 0 none is expected */
};

/* Takes what the manager left in the environment, and out of it: no child may speak for us. */
void notify_open(struct notify *notify);
void notify_close(struct notify *notify);

void notify_ready(const struct notify *notify);
void notify_reloading(const struct notify *notify);     /* notify_ready() ends it */
void notify_stopping(const struct notify *notify);
void notify_alive(const struct notify *notify);
void notify_status(const struct notify *notify, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
