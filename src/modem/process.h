/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process: a modem's worker as a process: started, killed, buried. Knows no modem and no request. */
#ifndef MODEM_PROCESS_H
#define MODEM_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
	pid_t pid;              /* 0: there is none */
	int fd;                 /* our end of its socket, non-blocking; -1 */
	int death;              /* readable once it is dead; -1 */
};

#define PROCESS_NONE ((struct process) { .fd = -1, .death = -1 })

/* Starts /proc/self/exe with the arguments --modem 3: the other end of the socket is its descriptor 3, and it has no
 * other but the standard ones. 0 or -errno, and then it is PROCESS_NONE. */
__attribute__((warn_unused_result))
int process_start(struct process *process);

/* It is dead some time later. No-op without one. */
void process_kill(const struct process *process);

/* false: it is dead, or there is none. */
bool process_lives(const struct process *process);

/* Closes the socket. */
void process_hang_up(struct process *process);

/* Waits for a dead one; how says of what it died ("signal 9"). The socket stays: its last words may be in there. */
void process_bury(struct process *process, char *how, size_t size);

/* Lets it put the tty right, but not for long (200 ms), and closes everything. */
void process_stop(struct process *process);

#endif
