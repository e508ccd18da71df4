/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock: the only reader of time. */
#include "base/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define NAP_SECONDS 60

static int64_t floor_wall, floor_ms;

#ifndef TEST_CLOCK

int64_t
clock_system(void)
{
	return time(NULL);
}

bool
clock_synchronised(void)
{
	struct timex now = { .modes = 0 };

	/* A sandbox may not let us ask; then systemd-timesyncd's mark must do. */
	return (adjtimex(&now) >= 0 && (now.status & STA_UNSYNC) == 0) ||
	       access("/run/systemd/timesync/synchronized", F_OK) == 0;
}

struct timeval
clock_nap(int64_t seconds)
{
	return (struct timeval){ .tv_sec = seconds < 0 ? 0 : seconds > NAP_SECONDS ? NAP_SECONDS : seconds };
}

#else   /* tests only: `make install` refuses a program that has this name in it */

#define NAP_MS 20

static void
read_file(char *out, size_t size)
{
	const char *path = getenv("KENTONGAN_TEST_CLOCK");
	int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t length = fd >= 0 ? read(fd, out, size - 1) : -1;

	out[length > 0 ? length : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

int64_t
clock_system(void)
{
	char text[64];

	read_file(text, sizeof text);
	return text[0] != '\0' ? strtoll(text, NULL, 10) : time(NULL);
}

bool
clock_synchronised(void)
{
	char text[64];

	read_file(text, sizeof text);
	return strstr(text, "unproven") == NULL;
}

struct timeval
clock_nap(int64_t seconds)
{
	return (struct timeval){ .tv_usec = seconds <= 0 ? 0 : NAP_MS * 1000 };
}

#endif

int64_t
clock_wall(void)
{
	int64_t wall = clock_system(), least;

	if (floor_wall == 0)
		return wall;
	least = floor_wall + (clock_monotonic_ms() - floor_ms) / 1000;
	return wall < least ? least : wall;
}

void
clock_set_floor(int64_t wall)
{
	floor_wall = wall;
	floor_ms = clock_monotonic_ms();
}

int64_t
clock_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
