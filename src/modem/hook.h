/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hook: a program of the operator's that runs beside the loop. Knows no modem; never a shell. */
#ifndef MODEM_HOOK_H
#define MODEM_HOOK_H

#include <stdbool.h>
#include <stdint.h>

struct event_base;
struct hook;

/* how: "exit status 0", "signal 9", "killed: no end in time"; borrowed for the call. From the event loop; the
 * hook may be started again in it, not freed. */
typedef void (*hook_end_fn)(void *ctx, bool success, const char *how);

/* Free with hook_free(). */
struct hook *hook_new(struct event_base *base, hook_end_fn on_end, void *ctx);

/* Kills it if it runs, with all it has started and left in its process group, and waits until it is dead: a second at
 * most. NULL is fine. */
void hook_free(struct hook *hook);

/* Kills it and waits for nothing: it is freed when it is dead, or never, if it hangs in the kernel. on_end is not called any
 * more. For a loop that goes on; not in on_end. NULL is fine. */
void hook_abandon(struct hook *hook);

/* Whether it was killed, as it took too long, and lives on: it hangs in the kernel. */
bool hook_undead(const struct hook *hook);

/* Starts argv[0] (a path) with argv; NULL ends it. stdin is /dev/null, stdout and stderr our log, other descriptors
 * closed, of the environment only a PATH. -EBUSY while one runs; -errno when it cannot be started. */
__attribute__((warn_unused_result))
int hook_start(struct hook *hook, const char *const argv[], uint32_t deadline_ms);

/* The same, but stdout is that descriptor of ours, which the caller keeps. */
__attribute__((warn_unused_result))
int hook_start_heard(struct hook *hook, const char *const argv[], uint32_t deadline_ms, int out);

#endif
