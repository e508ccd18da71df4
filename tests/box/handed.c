/* SPDX-License-Identifier: GPL-3.0-or-later */
/* handed: becomes a program that gets a listening socket on 127.0.0.1 as systemd hands it over (sd_listen_fds(3)): as
 * descriptor 3, and one that waits, as systemd leaves it unless the unit says NonBlocking=. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FIRST = 3, WAITING = 128 };

int
main(int argc, char **argv)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char pid[16];

	if (argc < 2) {
		fputs("usage: handed PROGRAM...\n", stderr);
		return 2;
	}
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, WAITING) == 0 &&
	    (fd == FIRST || dup2(fd, FIRST) == FIRST)) {
		if (fd != FIRST)
			close(fd);
		snprintf(pid, sizeof pid, "%d", (int)getpid());
		setenv("LISTEN_PID", pid, 1);
		setenv("LISTEN_FDS", "1", 1);
		execvp(argv[1], argv + 1);
	}
	fprintf(stderr, "handed: %s: %s\n", argv[1], strerror(errno));
	return 1;
}
