/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notify: the datagrams of sd_notify(3), written by hand. Nothing here may ever stop the daemon. */
#include "gate/notify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

static void
tell(const struct notify *notify, const char *text)
{
	if (notify->to_length == 0)
		return;
	/* A manager that does not read loses the line; it must not hold us. */
	(void)sendto(notify->fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT,
		     (const struct sockaddr *)&notify->to, notify->to_length);
}

static void
take_socket(struct notify *notify)
{
	const char *path = getenv("NOTIFY_SOCKET");
	size_t length = path != NULL ? strlen(path) : 0;

	if (length < 2 || length >= sizeof notify->to.sun_path || (path[0] != '/' && path[0] != '@'))
		return;
	notify->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (notify->fd < 0)
		return;
	notify->to.sun_family = AF_UNIX;
	memcpy(notify->to.sun_path, path, length);
	if (path[0] == '@')
		notify->to.sun_path[0] = '\0';
	notify->to_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

static void
take_watchdog(struct notify *notify)
{
	const char *microseconds = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");

	if (microseconds == NULL || (pid != NULL && strtol(pid, NULL, 10) != getpid()))
		return;
	notify->watchdog_ms = strtoll(microseconds, NULL, 10) / 1000;
	if (notify->watchdog_ms < 0)
		notify->watchdog_ms = 0;
}

void
notify_open(struct notify *notify)
{
	*notify = (struct notify) { .fd = -1 };
	take_socket(notify);
	take_watchdog(notify);
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
}

void
notify_close(struct notify *notify)
{
	if (notify->to_length > 0)
		close(notify->fd);
	*notify = (struct notify) { .fd = -1 };
}

void
notify_ready(const struct notify *notify)
{
	tell(notify, "READY=1");
}

void
notify_reloading(const struct notify *notify)
{
	char text[64];

	/* Rounded up: it must not lie before the signal that asked for it. */
	snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%" PRId64, (clock_monotonic_ms() + 1) * 1000);
	tell(notify, text);
}

void
notify_stopping(const struct notify *notify)
{
	tell(notify, "STOPPING=1");
}

void
notify_alive(const struct notify *notify)
{
	tell(notify, "WATCHDOG=1");
}

void
notify_status(const struct notify *notify, const char *format, ...)
{
	char text[256] = "STATUS=";
	va_list args;

	va_start(args, format);
	vsnprintf(text + 7, sizeof text - 7, format, args);
	va_end(args);
	tell(notify, text);
}
