/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rawat: AT commands straight to a tty, and a reader of answers that believes nothing. */
#include "modem/rawat.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "modem/cclk.h"
#include "modem/pdu.h"

#define INIT_MS 2000
#define SLOT_MS 3000            /* of four commands at most two may end so */
#define CLOCK_MS 2000
#define TAIL_MS 200             /* for the rest of a line that has begun */
#define RESET_MS 40000
#define RESET_PAUSE_MS 1000
#define CMS_BAD_INDEX 321       /* 27.005 3.2.5 */
#define CODE_DIGITS 4           /* of an error; of more it is noise */

/* --- reading an answer ---------------------------------------------------------------------------------- */

void
rawat_begin(struct rawat_answer *a, const char *command)
{
	a->command = command;
	a->end = RAWAT_NO_END;
	a->code = -1;
	a->message = a->body_follows = a->direct_follows = false;
	a->body.length = a->line_length = 0;
	a->time[0] = '\0';
}

static bool
begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

void
rawat_bytes_of(const char *given, struct rawat_bytes *out)
{
	char line[RAWAT_LINE_SIZE];

	snprintf(line, sizeof line, "%s", given + strspn(given, " "));
	for (size_t length = strlen(line); length > 0 && line[length - 1] == ' '; length--)
		line[length - 1] = '\0';
	out->characters = !pdu_unhex(line, out->bytes, sizeof out->bytes, &out->length);
	if (!out->characters)
		return;
	out->length = strnlen(line, sizeof out->bytes);
	memcpy(out->bytes, line, out->length);
}

static void
error_line(struct rawat_answer *a)
{
	const char *code = strchr(a->line, ':');
	size_t digits;

	a->end = RAWAT_ERROR;
	if (!code)
		return;
	code += 1 + strspn(code + 1, " ");
	digits = strspn(code, "0123456789");
	if (digits > 0 && digits <= CODE_DIGITS && code[digits] == '\0')
		a->code = (int)strtol(code, NULL, 10);
}

/* NULL: too many. */
static struct rawat_news *
add_news(struct rawat_answer *a)
{
	struct rawat_news *news;

	if (a->news_count == RAWAT_NEWS_MOST)
		return NULL;
	news = &a->news[a->news_count++];
	memset(news, 0, sizeof *news);
	return news;
}

static void
add_hint(struct rawat_answer *a)
{
	struct rawat_news hint = { .slot = -1 }, *news;
	const char *from = a->line + strcspn(a->line, "\"");

	if (sscanf(from, "\"%2[A-Z]\",%5d", hint.memory, &hint.slot) != 2 || hint.slot < 0)
		return;
	news = add_news(a);
	if (news)
		*news = hint;
}

static void
add_direct(struct rawat_answer *a)
{
	struct rawat_news *news = add_news(a);

	a->direct_follows = false;
	if (news)
		rawat_bytes_of(a->line, &news->direct);
}

/* What the modem says unasked, or the head of what was asked. */
static void
head_line(struct rawat_answer *a)
{
	if (begins(a->line, "+CMGR:")) {
		a->message = strcmp(a->line + a->line_length - 2, ",0") != 0;
		a->body_follows = true;
	} else if (begins(a->line, "+CMT:") || begins(a->line, "+CDS:")) {
		a->direct_follows = true;
	} else if (begins(a->line, "+CMTI:") || begins(a->line, "+CDSI:")) {
		add_hint(a);
	} else if (begins(a->line, "+CCLK:")) {
		(void)cclk_read(a->line, a->time);
	}
}

/* Behind the end only what was not asked for can come. */
static void
take_late_line(struct rawat_answer *a)
{
	if (a->direct_follows)
		add_direct(a);
	else if (!begins(a->line, "+CMGR:"))
		head_line(a);
}

static void
take_line(struct rawat_answer *a)
{
	if (a->line_length == 0 || strcmp(a->line, a->command) == 0)
		return;
	if (a->end != RAWAT_NO_END)
		take_late_line(a);
	else if (strcmp(a->line, "OK") == 0)
		a->end = RAWAT_OK;
	else if (strcmp(a->line, "ERROR") == 0 || begins(a->line, "+CMS ERROR") || begins(a->line, "+CME ERROR"))
		error_line(a);
	else if (strchr("+^*$%#", a->line[0]))
		head_line(a);
	else if (a->direct_follows)
		add_direct(a);
	else if (a->body_follows)
		rawat_bytes_of(a->line, &a->body), a->body_follows = false;
}

bool
rawat_take(struct rawat_answer *a, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\r' || bytes[i] == '\n') {
			while (a->line_length > 0 && a->line[a->line_length - 1] == ' ')
				a->line_length--;
			a->line[a->line_length] = '\0';
			take_line(a);
			a->line_length = 0;
		} else if (bytes[i] == ' ' && a->line_length == 0) {
			continue;
		} else if (a->line_length < sizeof a->line - 1) {
			/* A NUL would end the line too early; its rest is cut. */
			a->line[a->line_length++] = bytes[i] ? bytes[i] : '?';
		}
	}
	return a->end != RAWAT_NO_END;
}

static bool
is_unfinished(const struct rawat_answer *a)
{
	return a->line_length > 0 || a->direct_follows;
}

/* --- talking -------------------------------------------------------------------------------------------- */

static int
say(int fd, const char *command)
{
	char text[MODEM_INIT_SIZE + 2];
	int length = snprintf(text, sizeof text, "%s\r", command);

	return write(fd, text, (size_t)length) == length ? 0 : -EIO;
}

/* Takes what comes until the end of the answer, or, once that is there, of the line that has begun behind it.
 * 0, -ETIMEDOUT, -EIO. */
static int
hear(int fd, uint32_t wait_ms, struct rawat_answer *a)
{
	int64_t end = clock_monotonic_ms() + wait_ms;
	bool ended = a->end != RAWAT_NO_END;
	char bytes[256];

	for (int64_t left = wait_ms; left > 0; left = end - clock_monotonic_ms()) {
		struct pollfd tty = { .fd = fd, .events = POLLIN };
		struct iovec into = { bytes, sizeof bytes };    /* not read(): line.h */
		ssize_t got = poll(&tty, 1, (int)left) > 0 ? readv(fd, &into, 1) : 0;

		if (got > 0 && rawat_take(a, bytes, (size_t)got) && (!ended || !is_unfinished(a)))
			return 0;
		if (tty.revents & (POLLHUP | POLLERR | POLLNVAL))
			return -EIO;
	}
	return -ETIMEDOUT;
}

int
rawat_ask(int fd, const char *command, uint32_t wait_ms, struct rawat_answer *a)
{
	int error = say(fd, command);

	rawat_begin(a, command);
	if (!error)
		error = hear(fd, wait_ms, a);
	/* The line may tell of a message. */
	if (!error && is_unfinished(a) && hear(fd, TAIL_MS, a) == -EIO)
		error = -EIO;
	return error;
}

/* --- slots ---------------------------------------------------------------------------------------------- */

static int
verdict(const struct rawat_answer *a)
{
	return a->end == RAWAT_OK ? 0 : a->code == CMS_BAD_INDEX ? -ENOENT : -EAGAIN;
}

static int
select_memory(int fd, const char *name, struct rawat_answer *a)
{
	char command[32];
	int error;

	snprintf(command, sizeof command, "AT+CPMS=\"%s\"", name);
	error = rawat_ask(fd, command, SLOT_MS, a);
	a->command = "";
	return error ? error : a->end == RAWAT_OK ? 0 : -EAGAIN;
}

static int
ask_slot(int fd, const char *verb, const struct rawat_slot *slot, struct rawat_answer *a)
{
	char command[32];
	int error = rawat_ask(fd, "AT+CMGF=0", SLOT_MS, a);

	if (error)
		return error;
	snprintf(command, sizeof command, "AT+%s=%d", verb, slot->index);
	error = rawat_ask(fd, command, SLOT_MS, a);
	a->command = "";
	return error ? error : verdict(a);
}

/* Only the library knows what it thinks is selected: a modem that does not go back is of no use. One that does
 * is alive, mute only about that slot. What it says meanwhile is kept beside the answer. */
static int
select_back(int fd, const struct rawat_slot *slot, struct rawat_answer *a, int error)
{
	struct rawat_answer b = *a;
	int back;

	if (error == -EIO)
		return error;
	if (slot->back[0] != '\0' && strcmp(slot->back, slot->memory) != 0)
		back = select_memory(fd, slot->back, &b);
	else
		back = error == -ETIMEDOUT ? rawat_ask(fd, "AT", SLOT_MS, &b) : 0;
	memcpy(a->news, b.news, sizeof a->news);
	a->news_count = b.news_count;
	if (back)
		return back == -EAGAIN ? -EIO : back;
	return error == -ETIMEDOUT ? -EAGAIN : error;
}

static int
at_slot(int fd, const char *verb, const struct rawat_slot *slot, struct rawat_answer *a)
{
	int error;

	memset(a, 0, sizeof *a);
	error = select_memory(fd, slot->memory, a);
	return error ? error : select_back(fd, slot, a, ask_slot(fd, verb, slot, a));
}

int
rawat_read(int fd, const struct rawat_slot *slot, struct rawat_answer *a)
{
	int error = at_slot(fd, "CMGR", slot, a);

	/* Some say OK and no more of an empty slot. */
	return error ? error : a->message || a->body.length > 0 ? 0 : -ENOENT;
}

int
rawat_delete(int fd, const struct rawat_slot *slot, struct rawat_answer *a)
{
	return at_slot(fd, "CMGD", slot, a);
}

/* --- its clock ------------------------------------------------------------------------------------------ */

/* One that is mute only about its clock is as good as any. */
int
rawat_clock(int fd, struct rawat_answer *a)
{
	int error;

	memset(a, 0, sizeof *a);
	error = rawat_ask(fd, "AT+CCLK?", CLOCK_MS, a);
	if (error == -ETIMEDOUT)
		error = rawat_ask(fd, "AT", CLOCK_MS, a) == 0 ? -EAGAIN : -ETIMEDOUT;
	else if (error == 0 && a->end == RAWAT_ERROR)
		error = -EAGAIN;
	a->command = "";
	return error;
}

/* --- before libGammu ------------------------------------------------------------------------------------ */

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

static int
init_command(int fd, const char *text)
{
	struct rawat_answer a = { 0 };
	int error;

	tcflush(fd, TCIFLUSH);
	error = rawat_ask(fd, text, INIT_MS, &a);
	if (!error && a.end == RAWAT_ERROR)     /* not its values: the SIM's PIN may be one */
		log_warn("the modem answers ERROR to %.*s", (int)strcspn(text, "="), text);
	return error;
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
		error = fd < 0 ? fd : init_command(fd, conf->init[i]);
	}
	if (fd >= 0)
		close(fd);
	return error;
}

/* Until the modem answers AT again. It may be silent, or say what it likes, while it starts. */
static int
wait_awake(int fd)
{
	int64_t end = clock_monotonic_ms() + RESET_MS;
	struct rawat_answer a = { 0 };
	int error = -ETIMEDOUT;

	while (error == -ETIMEDOUT && clock_monotonic_ms() < end) {
		struct pollfd tty = { .fd = fd };

		if (poll(&tty, 1, RESET_PAUSE_MS) > 0)
			return -EIO;
		tcflush(fd, TCIFLUSH);
		error = rawat_ask(fd, "AT", INIT_MS, &a);
	}
	return error;
}

int
rawat_reset(const struct modem_conf *conf)
{
	struct rawat_answer a = { 0 };
	int fd = open_tty(conf), error;

	if (fd < 0)
		return fd;
	/* A modem that does not answer even this may still have heard it. */
	error = rawat_ask(fd, "AT+CFUN=1,1", INIT_MS, &a);
	if (!error && a.end == RAWAT_ERROR) {
		error = rawat_ask(fd, "AT+CFUN=0", RESET_MS / 4, &a);
		if (!error || error == -ETIMEDOUT)
			error = rawat_ask(fd, "AT+CFUN=1", RESET_MS / 4, &a);
	}
	if (!error || error == -ETIMEDOUT)
		error = wait_awake(fd);
	close(fd);
	return error;
}
