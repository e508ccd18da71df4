/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recovery: a back-off, a look at the device, and the stages. */
#include "modem/recovery.h"

#include <string.h>
#include <sys/stat.h>

#include "base/log.h"

#define LOOK_MS 1000            /* between two looks whether the device has come back */

void
recovery_begin(struct recovery *r, const struct modem_conf *conf, struct event_base *base, hook_end_fn on_end,
               void *ctx)
{
	*r = (struct recovery) { .conf = conf, .backoff = conf->backoff_first };
	r->hook = hook_new(base, on_end, ctx);
}

void
recovery_clear(struct recovery *r)
{
	hook_free(r->hook);
	r->hook = NULL;
}

bool
recovery_undead(const struct recovery *r)
{
	return hook_undead(r->hook);
}

void
recovery_over(struct recovery *r)
{
	r->failures = r->staged = 0;
	r->backoff = r->conf->backoff_first;
}

static uint32_t
sooner(int64_t ms, uint32_t most)
{
	return ms < 0 ? 0 : ms < most ? (uint32_t)ms : most;
}

uint32_t
recovery_later(struct recovery *r, int64_t now_ms)
{
	uint32_t wait = r->backoff;

	r->restart_ms = now_ms + wait;
	r->backoff = wait > r->conf->backoff_most / 2 ? r->conf->backoff_most : 2 * wait;
	return sooner(wait, LOOK_MS);
}

/* By its path each time: what it leads to changes with every replug. */
static struct recovery_device
look(const struct recovery *r)
{
	struct stat found;

	if (stat(r->conf->device, &found) != 0)
		return (struct recovery_device) { .there = false };
	return (struct recovery_device) { .there = true, .dev = found.st_dev, .rdev = found.st_rdev,
	                                  .ino = found.st_ino, .changed = found.st_ctim };
}

static bool
same_device(const struct recovery_device *a, const struct recovery_device *b)
{
	return a->there == b->there && a->dev == b->dev && a->rdev == b->rdev && a->ino == b->ino &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

bool
recovery_due(struct recovery *r, int64_t now_ms, uint32_t *wait)
{
	struct recovery_device device = look(r);

	if (!same_device(&device, &r->device)) {
		r->device = device;
		r->backoff = r->conf->backoff_first;
		r->staged = r->failures;        /* one that has just come needs no reset */
		return true;
	}
	*wait = sooner(r->restart_ms - now_ms, LOOK_MS);
	return *wait == 0;
}

/* Not for the same failures again; the hook not too often, it may cut the power of more than this modem. */
static enum modem_stage
next_stage(const struct recovery *r, int64_t now_ms)
{
	unsigned after = r->conf->recover_after;

	if (r->failures == 0 || r->failures % after != 0 || r->failures == r->staged)
		return MODEM_STAGE_RESTART;
	if (r->failures >= 2 * after && r->conf->recover[0] != '\0' &&
	    (r->hook_ms == 0 || now_ms - r->hook_ms >= r->conf->recover_every))
		return MODEM_STAGE_RECOVER;
	return r->device.there ? MODEM_STAGE_RESET : MODEM_STAGE_RESTART;
}

/* false: it goes on without. */
static bool
call_hook(struct recovery *r, int64_t now_ms)
{
	const struct modem_conf *conf = r->conf;
	const char *const argv[] = { conf->recover, conf->name, conf->device, NULL };
	int error = hook_start(r->hook, argv, conf->recover_deadline);

	r->hook_ms = now_ms;
	r->restart_ms = 0;
	if (error)
		log_error("%s: %s cannot be started: %s", conf->name, conf->recover, strerror(-error));
	else
		log_warn("%s: %u failures in a row: %s is called", conf->name, r->failures, conf->recover);
	return error == 0;
}

enum modem_stage
recovery_stage(struct recovery *r, int64_t now_ms)
{
	enum modem_stage stage = next_stage(r, now_ms);

	if (stage != MODEM_STAGE_RESTART)
		r->staged = r->failures;
	return stage != MODEM_STAGE_RECOVER || call_hook(r, now_ms) ? stage : MODEM_STAGE_RESTART;
}
