/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notified: a service manager's ear (sd_notify(3)): binds a datagram socket and prints what is said to it, a message
 * a line ("READY=1"), until it is killed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	char said[4096];
	ssize_t n;

	if (argc != 2 || strlen(argv[1]) >= sizeof addr.sun_path) {
		fprintf(stderr, "usage: notified SOCKET\n");
		return 2;
	}
	strcpy(addr.sun_path, argv[1]);
	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
		fprintf(stderr, "notified: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	while ((n = recv(fd, said, sizeof said - 1, 0)) >= 0) {
		said[n] = '\0';
		puts(said);
		fflush(stdout);
	}
	return 1;
}
