/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory: a program's own malloc() stands before that of every library. A program of its own (kentongand-starved) has no
 * orders but these: NOMEM="n" or "n forever" in the environment counts from its start, "n opened" or "n forever opened" from
 * when its database is open; at SIGUSR1 the file "nomem" of the current folder says the same from then on. */
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <gammu-inifile.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define REAL(name) __interceptor_##name
#else
#define REAL(name) __libc_##name
#endif

void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *old, size_t size);

static volatile long left, failed, later;
static volatile bool always;

void
memory_fail(long n, bool forever)
{
	left = n;
	always = forever;
	failed = 0;
}

void
memory_opened(void)
{
	if (later != 0)
		left = later;
	later = 0;
}

long
memory_failed(void)
{
	return failed;
}

static bool
is_refused(void)
{
	if (left == 0 || --left > 0)
		return false;
	left = always ? 1 : 0;
	failed++;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return is_refused() ? NULL : REAL(malloc)(size);
}

void *
calloc(size_t count, size_t size)
{
	return is_refused() ? NULL : REAL(calloc)(count, size);
}

void *
realloc(void *old, size_t size)
{
	return is_refused() ? NULL : REAL(realloc)(old, size);
}

void *
reallocarray(void *old, size_t count, size_t size)
{
	if (size != 0 && count > (size_t)-1 / size) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(old, count * size);
}

char *
strndup(const char *text, size_t most)
{
	size_t length = strnlen(text, most);
	char *copy = malloc(length + 1);

	if (copy != NULL) {
		memcpy(copy, text, length);
		copy[length] = '\0';
	}
	return copy;
}

char *
strdup(const char *text)
{
	return strndup(text, strlen(text));
}

/* libGammu's reader does not look at what malloc() gives, and dies of it by a signal. That happens when nothing is under
 * way yet, and the service manager starts anew; it would only hide what is ours. */
GSM_Error __real_INI_ReadFile(const char *name, gboolean unicode, INI_Section **result);
GSM_Error __wrap_INI_ReadFile(const char *name, gboolean unicode, INI_Section **result);

GSM_Error
__wrap_INI_ReadFile(const char *name, gboolean unicode, INI_Section **result)
{
	GSM_Error error;
	long kept = left;

	left = 0;
	error = __real_INI_ReadFile(name, unicode, result);
	left = kept;
	return error;
}

static void
take_order(const char *order)
{
	memory_fail(atol(order), strstr(order, "forever") != NULL);
	if (strstr(order, "opened") != NULL) {
		later = left;
		left = 0;
	}
}

static void
on_signal(int number)
{
	char order[32] = "";
	int fd = open("nomem", O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, order, sizeof order - 1) : 0;

	(void)number;
	if (fd >= 0)
		close(fd);
	if (length > 0)
		take_order(order);
}

__attribute__((constructor)) static void
begin(void)
{
	const char *order = getenv("NOMEM");

	signal(SIGUSR1, on_signal);
	if (order != NULL)
		take_order(order);
}
