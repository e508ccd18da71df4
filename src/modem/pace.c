/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pace: the process's own usleep(). Knows nothing of modems or messages. */
#include "modem/pace.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>

#define FAST_US 1000

static enum modem_pace current = MODEM_PACE_STOCK;
static int watched = -1;
static void (*on_gone)(void);

void
pace_set(enum modem_pace pace)
{
	current = pace;
}

void
pace_watch(int fd, void (*gone)(void))
{
	watched = fd;
	on_gone = gone;
}

static void
look(void)
{
	struct pollfd tty = { .fd = watched };

	if (watched >= 0 && poll(&tty, 1, 0) > 0)
		on_gone();
}

int
usleep(useconds_t us)
{
	struct timespec rest;

	look();
	if (current == MODEM_PACE_USB && us > FAST_US)
		us = FAST_US;
	rest = (struct timespec) { .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000L };
	return nanosleep(&rest, NULL);
}
