/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hook: starts a program, waits for its end in the event loop, kills it when it takes too long. */
#include "modem/hook.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/xmalloc.h"

#define HOW_SIZE 48
#define FREE_MS 1000            /* that one may take to die */

struct hook {
	struct event_base *base;
	hook_end_fn on_end;             /* NULL: nobody asks any more */
	void *ctx;
	pid_t pid;                      /* 0: none runs */
	int pidfd;
	bool killed;
	struct event end, deadline;
};

static void
forget(struct hook *h)
{
	event_del(&h->end);
	event_del(&h->deadline);
	close(h->pidfd);
	h->pid = 0;
}

/* With the group, since what it has started may hold the device or our log open. */
static int
bury(struct hook *h)
{
	int status = 0;

	kill(-h->pid, SIGKILL);
	waitpid(h->pid, &status, 0);
	forget(h);
	return status;
}

static bool
is_dead(const struct hook *h, int wait_ms)
{
	struct pollfd end = { .fd = h->pidfd, .events = POLLIN };

	return poll(&end, 1, wait_ms) == 1;
}

static void
on_end(evutil_socket_t fd, short what, void *ctx)
{
	struct hook *h = ctx;
	int status = bury(h);
	char how[HOW_SIZE];

	(void)fd, (void)what;
	if (h->on_end == NULL) {
		free(h);
		return;
	}
	if (h->killed)
		snprintf(how, sizeof how, "killed: no end in time");
	else if (WIFSIGNALED(status))
		snprintf(how, sizeof how, "signal %d", WTERMSIG(status));
	else
		snprintf(how, sizeof how, "exit status %d", WEXITSTATUS(status));
	h->on_end(h->ctx, !h->killed && WIFEXITED(status) && WEXITSTATUS(status) == 0, how);
}

static void
on_deadline(evutil_socket_t fd, short what, void *ctx)
{
	struct hook *h = ctx;

	(void)fd, (void)what;
	h->killed = true;
	kill(-h->pid, SIGKILL);         /* on_end() comes next */
}

struct hook *
hook_new(struct event_base *base, hook_end_fn end, void *ctx)
{
	struct hook *h = xcalloc(1, sizeof *h);

	h->base = base;
	h->on_end = end;
	h->ctx = ctx;
	event_assign(&h->end, base, -1, 0, on_end, h);
	evtimer_assign(&h->deadline, base, on_deadline, h);
	return h;
}

void
hook_free(struct hook *h)
{
	if (!h)
		return;
	if (h->pid > 0) {
		kill(-h->pid, SIGKILL);
		if (is_dead(h, FREE_MS))
			bury(h);
		else
			forget(h);
	}
	free(h);
}

void
hook_abandon(struct hook *h)
{
	if (h == NULL || h->pid == 0) {
		free(h);
		return;
	}
	h->on_end = NULL;
	event_del(&h->deadline);
	kill(-h->pid, SIGKILL);
}

bool
hook_undead(const struct hook *h)
{
	return h->pid > 0 && h->killed && !is_dead(h, 0);
}

static int
spawn(struct hook *h, const char *const argv[], int out)
{
	static char *const environment[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes,
	                         POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	error = posix_spawn(&h->pid, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		h->pid = 0;
	return -error;
}

int
hook_start(struct hook *h, const char *const argv[], uint32_t deadline_ms)
{
	return hook_start_heard(h, argv, deadline_ms, STDERR_FILENO);
}

int
hook_start_heard(struct hook *h, const char *const argv[], uint32_t deadline_ms, int out)
{
	struct timeval tv = { .tv_sec = deadline_ms / 1000, .tv_usec = (suseconds_t)(deadline_ms % 1000 * 1000) };
	int error = h->pid > 0 ? -EBUSY : spawn(h, argv, out);

	if (error)
		return error;
	h->killed = false;
	h->pidfd = pidfd_open(h->pid, 0);
	if (h->pidfd < 0) {
		error = -errno;
		kill(-h->pid, SIGKILL);
		waitpid(h->pid, NULL, 0);
		h->pid = 0;
		return error;
	}
	event_assign(&h->end, h->base, h->pidfd, EV_READ, on_end, h);
	event_add(&h->end, NULL);
	event_add(&h->deadline, &tv);
	return 0;
}
