/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker: the process that owns one modem. Knows frames and libGammu (through gammu.h here); no database,
 * no meaning of messages, no file but its tty. */
#ifndef MODEM_WORKER_H
#define MODEM_WORKER_H

/* The main function of `kentongand --modem FD`: serves the core on that socket until it closes or says STOP.
 * Returns the exit status. Ends with its parent (PR_SET_PDEATHSIG). */
int worker_main(int fd);

#endif
