/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intruder: LD_PRELOAD=intruder.so INTRUDER=FILE kentongand...: in the modem's own process, once the modem is ready,
 * somebody else's code does what FILE says, once: as if a message had got at libGammu. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "modem/frame.h"

static char order[32], path[256];       /* "WHAT [PATH]" */

/* When the process starts it can still read. */
__attribute__((constructor)) static void
take_order(void)
{
	const char *name = getenv("INTRUDER");
	FILE *file = name ? fopen(name, "r") : NULL;

	if (file == NULL)
		return;
	if (fscanf(file, "%31s %255s", order, path) < 1)
		order[0] = '\0';
	fclose(file);
}

static long
connect_unix(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%.100s", path);
	return connect(fd, (const struct sockaddr *)&address, sizeof address);
}

static long
run_shell(void)
{
	return execl("/bin/sh", "sh", "-c", "echo intruder: exec : DONE >&2", (char *)NULL);
}

static long read_file(void) { return open(path, O_RDONLY); }
static long write_file(void) { return open(path, O_RDWR); }
static long create_file(void) { return open(path, O_RDWR | O_CREAT, 0600); }
static long open_inet(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static long trace_parent(void) { return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL); }
static long kill_parent(void) { return kill(getppid(), 0); }
static long fork_one(void) { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

/* "0 /dev/null"... by what they are: the names are in /proc, which is closed. */
static long
list_descriptors(void)
{
	struct stat found, null;

	stat("/dev/null", &null);
	for (int fd = 0; fd < 1024; fd++) {
		const char *what = "something";

		if (fstat(fd, &found) != 0)
			continue;
		if (S_ISSOCK(found.st_mode))
			what = "socket";
		else if (S_ISCHR(found.st_mode))
			what = found.st_rdev == null.st_rdev ? "null" : isatty(fd) ? "terminal" : "device";
		else if (S_ISREG(found.st_mode) && fd == STDERR_FILENO)
			what = "log";
		fprintf(stderr, "intruder: descriptor %d %s\n", fd, what);
	}
	return 0;
}

static void
obey(void)
{
	static const struct { const char *name; long (*act)(void); } acts[] = {
		{ "read", read_file }, { "write", write_file }, { "create", create_file }, { "inet", open_inet },
		{ "unix", connect_unix }, { "ptrace", trace_parent }, { "exec", run_shell }, { "signal", kill_parent },
		{ "fork", fork_one }, { "descriptors", list_descriptors },
	};

	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		long result;

		if (strcmp(acts[i].name, order) != 0)
			continue;
		fprintf(stderr, "intruder: %s %s: trying\n", order, path);
		errno = 0;
		result = acts[i].act();
		fprintf(stderr, "intruder: %s %s: %s\n", order, path, result < 0 ? strerror(errno) : "DONE");
	}
}

ssize_t
send(int fd, const void *bytes, size_t length, int flags)
{
	ssize_t (*real)(int, const void *, size_t, int);
	uint32_t type = 0;
	ssize_t sent;

	*(void **)&real = dlsym(RTLD_NEXT, "send");
	sent = real(fd, bytes, length, flags);
	if (length >= sizeof type)
		memcpy(&type, bytes, sizeof type);
	if (type == FRAME_READY)
		obey();
	return sent;
}
