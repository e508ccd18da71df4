/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rawat: AT commands straight to a tty, before libGammu opens it. */
#include "modem/rawat.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

#define ANSWER_MS 2000
#define REPLY_MAX 512

static speed_t
speed_of(const char *connection)
{
	static const struct { int baud; speed_t speed; } speeds[] = {
		{ 2400, B2400 }, { 4800, B4800 }, { 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 },
		{ 57600, B57600 }, { 115200, B115200 }, { 230400, B230400 }, { 460800, B460800 },
	};
	int baud = connection[0] == 'a' || connection[0] == 'A' ? atoi(connection + 2) : 0;

	for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++)
		if (speeds[i].baud == baud)
			return speeds[i].speed;
	return B115200;
}

static int
open_tty(const struct modem_conf *conf)
{
	struct termios settings;
	int fd = open(conf->device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (tcgetattr(fd, &settings) == 0) {
		cfmakeraw(&settings);
		settings.c_cflag |= CLOCAL | CREAD;
		cfsetspeed(&settings, speed_of(conf->connection));
		if (tcsetattr(fd, TCSANOW, &settings) == 0)
			return fd;
	}
	close(fd);
	return -ENOTTY;
}

/* Collects what the modem says until a line OK or with ERROR in it. */
static int
answer(int fd, const char *command)
{
	char reply[REPLY_MAX] = "";
	size_t length = 0;
	int64_t end = clock_monotonic_ms() + ANSWER_MS;

	for (int64_t left = ANSWER_MS; left > 0; left = end - clock_monotonic_ms()) {
		struct pollfd tty = { .fd = fd, .events = POLLIN };
		ssize_t got = poll(&tty, 1, (int)left) > 0 ? read(fd, reply + length, sizeof reply - 1 - length) : 0;

		if (tty.revents & POLLHUP)
			return -EIO;
		if (got > 0)
			length += (size_t)got;
		reply[length] = '\0';
		if (strstr(reply, "ERROR"))
			log_warn("the modem answers ERROR to %s", command);
		if (strstr(reply, "ERROR") || strstr(reply, "\nOK\r"))
			return 0;
		if (length == sizeof reply - 1)
			length = 0;
	}
	return -ETIMEDOUT;
}

static int
command(int fd, const char *text)
{
	size_t length = strlen(text);

	tcflush(fd, TCIFLUSH);
	if (write(fd, text, length) != (ssize_t)length || write(fd, "\r", 1) != 1)
		return -EIO;
	return answer(fd, text);
}

int
rawat_init(const struct modem_conf *conf)
{
	int fd = -1, error = 0;

	for (int i = 0; i < MODEM_INITS && !error; i++) {
		if (conf->init[i][0] == '\0')
			continue;
		if (fd < 0)
			fd = open_tty(conf);
		error = fd < 0 ? fd : command(fd, conf->init[i]);
	}
	if (fd >= 0)
		close(fd);
	return error;
}
