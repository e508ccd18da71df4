/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sandbox: a process gives up everything but one socket, one terminal and its log. Knows the kernel, not the modem. */
#ifndef MODEM_SANDBOX_H
#define MODEM_SANDBOX_H

struct sandbox_conf {
	const char *device;     /* the only path that can be opened from now on; a symbolic link is followed now */
	int socket;             /* the only descriptor that stays, with the log (2); 0 and 1 become /dev/null */
};

/* One way. From now on of this process and whatever it might become:
 *
 *   descriptors  all closed but the two above; no more than a few new ones
 *   files        no path but the terminal that device leads to now can be opened, whatever its owner may do;
 *                nothing created, removed, renamed. If there is none now, or it comes back as another one, opening
 *                fails: the next process finds it
 *   processes    no fork, no exec, no signal to another, no look into another; nobody of the same user looks into it
 *   network      no socket of any kind
 *   kernel       only the calls of the list in sandbox.c. Others fail with EPERM; those of which only an intruder
 *                thinks (exec, ptrace, socket, bpf, mount...) end the process at once, with SIGSYS
 *   memory       none becomes executable; no core
 *
 * A kernel without Landlock (before 5.13, or not switched on) is told in the log, and files of the same user can be
 * read and overwritten then, though not created. So is one without seccomp. Works without /proc.
 * One thread only. 0 or -errno: the process is then half shut and must end. */
__attribute__((warn_unused_result))
int sandbox_enter(const struct sandbox_conf *conf);

#endif
