/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process: posix_spawn, a socket pair and a pidfd. */
#include "modem/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "modem/frame.h"

#define WORKER_FD 3
#define STOP_MS 200

/* It gets its socket as descriptor 3 and no other; no blocked or ignored signal of ours. */
static int
spawn(struct process *p, int theirs)
{
	static char *const argv[] = { "kentongand", "--modem", "3", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, theirs, WORKER_FD);
	posix_spawn_file_actions_addclosefrom_np(&actions, WORKER_FD + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	error = posix_spawn(&p->pid, "/proc/self/exe", &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		p->pid = 0;
	return -error;
}

int
process_start(struct process *p)
{
	int pair[2], error;

	*p = PROCESS_NONE;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return -errno;
	p->fd = pair[0];
	error = spawn(p, pair[1]);
	close(pair[1]);
	if (!error) {
		fcntl(p->fd, F_SETFL, O_NONBLOCK);
		p->death = pidfd_open(p->pid, 0);
		error = p->death < 0 ? -errno : 0;
	}
	if (error)
		process_stop(p);
	return error;
}

void
process_kill(const struct process *p)
{
	if (p->pid > 0)
		kill(p->pid, SIGKILL);
}

bool
process_lives(const struct process *p)
{
	struct pollfd dead = { .fd = p->death, .events = POLLIN };

	return p->pid > 0 && poll(&dead, 1, 0) == 0;
}

void
process_hang_up(struct process *p)
{
	close(p->fd);
	p->fd = -1;
}

void
process_bury(struct process *p, char *how, size_t size)
{
	int status = 0;

	waitpid(p->pid, &status, 0);
	p->pid = 0;
	close(p->death);
	p->death = -1;
	if (WIFSIGNALED(status))
		snprintf(how, size, "signal %d", WTERMSIG(status));
	else
		snprintf(how, size, "exit status %d", WEXITSTATUS(status));
}

void
process_stop(struct process *p)
{
	struct pollfd dead = { .fd = p->death, .events = POLLIN };
	struct frame f;

	frame_clear(&f, FRAME_STOP);
	if (p->pid > 0) {
		if (p->fd < 0 || p->death < 0 || frame_send(p->fd, &f) != 0 || poll(&dead, 1, STOP_MS) != 1)
			kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	if (p->death >= 0)
		close(p->death);
	if (p->fd >= 0)
		close(p->fd);
	*p = PROCESS_NONE;
}
