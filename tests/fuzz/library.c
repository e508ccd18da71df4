/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library: libGammu's decoder in a process of its own. Debian's library is no sanitizer build: of what it does wrong only
 * that is seen which kills it, or which the sanitizer's allocator notices. */
#include "library.h"

#include <fcntl.h>
#include <gammu.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz.h"

#define PATIENCE_S 2

/* Of the sanitizers, if there are any. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static pid_t child;
static int line = -1;
static long counts[LIBRARY_DIED + 1];

/* Whatever the fuzzer does about a death of its own is not to be done about this one. */
static void
be_mortal(void)
{
	static const int deaths[] = { SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTERM, SIGINT };
	int nowhere = open("/dev/null", O_WRONLY);

	for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++)
		signal(deaths[i], SIG_DFL);
	if (__sanitizer_set_death_callback != NULL)
		__sanitizer_set_death_callback(NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(nowhere, STDERR_FILENO);
	dup2(nowhere, STDOUT_FILENO);
}

static void
decode(int fd)
{
	unsigned char bytes[4096];
	static GSM_SMSMessage sms;
	ssize_t length;

	be_mortal();
	while ((length = recv(fd, bytes, sizeof bytes, 0)) > 0) {
		size_t end = 0;
		char read = GSM_DecodePDUFrame(GSM_GetGlobalDebug(), &sms, bytes, (size_t)length, &end, TRUE) == ERR_NONE;

		(void)!send(fd, &read, 1, MSG_NOSIGNAL);
	}
	_exit(0);
}

static void
tell(void)
{
	fprintf(stderr, "libGammu: %ld read, %ld refused, %ld died of\n", counts[LIBRARY_READ], counts[LIBRARY_REFUSED],
		counts[LIBRARY_DIED]);
}

static void
start(void)
{
	const struct timeval patience = { .tv_sec = PATIENCE_S };
	int pair[2];

	if (child == 0 && counts[LIBRARY_DIED] == 0)
		atexit(tell);
	MUST(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
	MUST(setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
	child = fork();
	MUST(child >= 0);
	if (child == 0) {
		close(pair[0]);
		decode(pair[1]);
	}
	close(pair[1]);
	line = pair[0];
}

static void
bury(void)
{
	close(line);
	kill(child, SIGKILL);
	MUST(waitpid(child, NULL, 0) == child);
	child = 0;
}

enum library
fuzz_library(const uint8_t *bytes, size_t length)
{
	enum library what = LIBRARY_DIED;
	char read;

	if (length == 0)
		return LIBRARY_REFUSED;
	if (child == 0)
		start();
	if (send(line, bytes, length, MSG_NOSIGNAL) == (ssize_t)length && recv(line, &read, 1, 0) == 1)
		what = read ? LIBRARY_READ : LIBRARY_REFUSED;
	else
		bury();
	counts[what]++;
	return what;
}
