/* SPDX-License-Identifier: GPL-3.0-or-later */
/* client: the other end of the control socket, for shell scripts. */
#ifndef CLIENT_H
#define CLIENT_H

/* Carries out one command of argv over the socket and prints the answer; modem -1: none was named.
 * Returns the exit status: 0, 1 for a time-out or a failure, 2 for wrong usage. */
int client_run(const char *socket, int modem, int argc, char **argv);

extern const char client_usage[];

#endif
