/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disk: a file system under SQLite that forgets. What was not synced when the power is cut may be there, in whole or in
 * part and in any order, or not: each sector of 512 octets for itself, and so a file's length, its birth and its death.
 * It also fails its n-th call. One process, one thread. */
#ifndef DISK_H
#define DISK_H

#include <stdbool.h>

/* Becomes SQLite's default file system in this process. -1: it cannot. */
int disk_mount(void);

enum disk_call { DISK_READ, DISK_WRITE, DISK_SYNC, DISK_CALLS };

/* From the at-th call of that kind on, from now, so many calls give that result of SQLite. times 0: none. */
void disk_fail(enum disk_call call, long at, long times, int result);
/* Calls that failed since then. */
long disk_failed(void);

/* The power goes at the n-th call that changes something, or at the n-th disk_point(), from now; 0: never, and what is not
 * synced is not watched. Before the database is opened. */
void disk_cut_at(long n);
/* Something happened outside, and the power may go right after it. */
void disk_point(void);
#define DISK_CUT 77             /* the process ends with this status, without a word */
/* It goes now, and the process ends with that status. */
_Noreturn void disk_cut(int status);

#endif
