/* SPDX-License-Identifier: GPL-3.0-or-later */
/* online: the commands that a daemon answers, through its socket. */
#include "ctl/ctl.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <stdlib.h>
#include <unistd.h>

#define ANSWER_SECONDS 10       /* how long the daemon may be silent, */
#define NETWORK_SECONDS 300     /* and a network behind it */

FILE *
ctl_call_daemon(const char *path, int seconds)
{
	const struct timeval patience = { .tv_sec = seconds };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) == 0) {
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
		return fdopen(fd, "r+");
	}
	if (errno == ENOENT || errno == ECONNREFUSED)
		fprintf(stderr, "kentongan: no kentongand answers at %s\n", path);
	else
		fprintf(stderr, "kentongan: %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return NULL;
}

/* Prints the answer up to its closing line. */
static int
print_answer(FILE *stream)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	bool failed = false, closed = false, first = true;

	while (!closed && (length = getline(&line, &size, stream)) > 0) {
		closed = strcmp(line, ".\n") == 0;
		if (first && strncmp(line, "error: ", 7) == 0)
			failed = true;
		first = false;
		if (!closed)
			fputs(line, failed ? stderr : stdout);
	}
	free(line);
	if (!closed)
		fprintf(stderr, "kentongan: the daemon did not answer to the end\n");
	return closed && !failed ? EXIT_DONE : EXIT_FAILED;
}

int
ctl_online(const struct command *command, const struct call *call)
{
	struct config *config = ctl_open_config(call);
	bool dials = strcmp(command->name, "balance") == 0;
	FILE *stream;
	int status;

	if (config == NULL)
		return EXIT_CONFIG;
	stream = ctl_call_daemon(config->control, dials ? NETWORK_SECONDS : ANSWER_SECONDS);
	config_free(config);
	if (stream == NULL)
		return EXIT_FAILED;
	fprintf(stream, "%s", command->name);
	for (int i = 0; i < call->word_count; i++)
		fprintf(stream, " %s", call->words[i]);
	fprintf(stream, "\n");
	fflush(stream);
	status = print_answer(stream);
	/* The daemon hangs up when it has ended. */
	if (status == EXIT_DONE && strcmp(command->name, "stop") == 0)
		while (getc(stream) != EOF)
			;
	fclose(stream);
	return status;
}
