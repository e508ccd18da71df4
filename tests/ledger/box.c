/* SPDX-License-Identifier: GPL-3.0-or-later */
/* box: the daemon and the network around it. */
#include "box.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NAP_US 2000
#define START_S 60

/* --- the network --- */

static FILE *
dial(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
		die("%s: %s", path, strerror(errno));
	return fdopen(fd, "r+");
}

json_t *
box_order(struct box *box, json_t *order)
{
	char *line = NULL;
	size_t size = 0;
	json_t *answer = NULL;

	if (json_dumpf(order, box->network, JSON_COMPACT) == 0 && fputc('\n', box->network) != EOF &&
	    fflush(box->network) == 0 && getline(&line, &size, box->network) > 0)
		answer = json_loads(line, 0, NULL);
	if (!json_is_true(json_object_get(answer, "ok")))
		die("modemsim does not take %s: %s", json_string_value(json_object_get(order, "cmd")), line != NULL ? line : "");
	free(line);
	json_decref(order);
	return answer;
}

/* --- the log --- */

/* "... calendar: LAPOR-1 2026-11 WIB: 41 texts queued" */
static void
hear(struct box *box, const char *line)
{
	static const char word[] = "calendar: ", zone[] = " WIB: ";
	const char *occasion = strstr(line, word), *end = occasion != NULL ? strstr(occasion, zone) : NULL;

	if (strstr(line, ": UP,") != NULL)
		box->up++;
	if (end == NULL && occasion != NULL)
		end = strstr(occasion, " WIB was due ");
	if (end == NULL || (strstr(end, " texts queued") == NULL && strstr(end, " is dropped") == NULL))
		return;
	occasion += sizeof word - 1;
	box->worked = grow(box->worked, box->worked_count, sizeof *box->worked);
	snprintf(box->worked[box->worked_count++], sizeof *box->worked, "%.*s%s", (int)(end - occasion), occasion,
		 strstr(end, " is dropped") != NULL ? " dropped" : "");
}

static void
read_log(struct box *box)
{
	char piece[4096];
	ssize_t got;

	while ((got = read(box->log, piece, sizeof piece)) > 0)
		for (ssize_t i = 0; i < got; i++) {
			if (piece[i] != '\n') {
				if (box->length < sizeof box->line - 1)
					box->line[box->length++] = piece[i];
				continue;
			}
			box->line[box->length] = '\0';
			box->length = 0;
			hear(box, box->line);
		}
}

bool
box_has_worked(struct box *box, const struct occasion *occasion)
{
	char name[64];

	snprintf(name, sizeof name, "%s %s%s", occasion->name, occasion->period, occasion->dropped ? " dropped" : "");
	for (size_t i = box->worked_count; i-- > 0;)
		if (strcmp(box->worked[i], name) == 0)
			return true;
	return false;
}

void
box_nap(struct box *box, long us)
{
	const struct timespec time = { .tv_nsec = us * 1000 };
	int status;

	nanosleep(&time, NULL);
	read_log(box);
	if (box->pid > 0 && waitpid(box->pid, &status, WNOHANG) == box->pid) {
		box->pid = 0;
		die("kentongand has ended");
	}
}

/* --- the daemon --- */

void
box_open(struct box *box, const char *daemon, int modems)
{
	*box = (struct box){ .daemon = daemon, .modems = modems };
	box->network = dial("sim/control");
	box->log = open("daemon.log", O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
	if (box->network == NULL || box->log < 0)
		die("daemon.log: %s", strerror(errno));
}

void
box_start(struct box *box)
{
	long naps = START_S * 1000000 / NAP_US;

	box->up = 0;
	box->pid = fork();
	if (box->pid < 0)
		die("fork: %s", strerror(errno));
	if (box->pid == 0) {
		int log = open("daemon.log", O_WRONLY | O_APPEND);

		dup2(log, STDOUT_FILENO);
		dup2(log, STDERR_FILENO);
		execl(box->daemon, "kentongand", "-c", "box.conf", (char *)NULL);
		_exit(127);
	}
	while (box->up < box->modems && --naps > 0)
		box_nap(box, NAP_US);
	if (naps == 0)
		die("not all modems are up");
}

void
box_kill(struct box *box)
{
	kill(box->pid, SIGKILL);
	waitpid(box->pid, NULL, 0);
	box->pid = 0;
	read_log(box);
}

void
box_stop(struct box *box)
{
	int status;

	kill(box->pid, SIGTERM);
	if (waitpid(box->pid, &status, 0) != box->pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die("kentongand did not end as it should");
	box->pid = 0;
	fclose(box->network);
	close(box->log);
	free(box->worked);
}
