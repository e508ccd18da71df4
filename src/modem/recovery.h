/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recovery: when a modem that is down is tried again, and what is done before: nothing, a reset, the operator's
 * program. Knows no worker and no request. */
#ifndef MODEM_RECOVERY_H
#define MODEM_RECOVERY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "modem/conf.h"
#include "modem/hook.h"
#include "modem/supervisor.h"

/* A device as it was when last seen: after a replug it is another one, maybe of the same name. */
struct recovery_device {
	bool there;
	dev_t dev, rdev;
	ino_t ino;
	struct timespec changed;
};

struct recovery {
	const struct modem_conf *conf;          /* borrowed */
	struct recovery_device device;
	unsigned failures;                      /* in a row */
	/* own */
	struct hook *hook;
	uint32_t backoff;                       /* ms until the next start but one */
	int64_t restart_ms;                     /* monotonic time of the next start; 0 now */
	int64_t hook_ms;                        /* of its last start; 0 never */
	unsigned staged;                        /* failures at the last reset or call of the hook */
};

/* on_end: the operator's program has ended, the modem may be started. recovery_clear() frees. */
void recovery_begin(struct recovery *recovery, const struct modem_conf *conf, struct event_base *base,
                    hook_end_fn on_end, void *ctx);
void recovery_clear(struct recovery *recovery);

/* Whether the operator's program was killed and lives on. */
bool recovery_undead(const struct recovery *recovery);

/* The modem works. */
void recovery_over(struct recovery *recovery);

/* It does not; the next start is put off, longer each time. When to call recovery_due(): ms. */
uint32_t recovery_later(struct recovery *recovery, int64_t now_ms);

/* Whether to start now: it is time, or the device is another one than before; else *wait says when to ask again. */
bool recovery_due(struct recovery *recovery, int64_t now_ms, uint32_t *wait);

/* What is to be done before this start. RECOVER: the program was started, on_end follows. */
enum modem_stage recovery_stage(struct recovery *recovery, int64_t now_ms);

#endif
