/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line: the process's own read() and select(), and a filter of unasked lines in it. */
#include "modem/line.h"

#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool
begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

static bool
is_end(const char *line)
{
	return strcmp(line, "OK") == 0 || strcmp(line, "ERROR") == 0 || begins(line, "+CMS ERROR") ||
	       begins(line, "+CME ERROR");
}

/* +FOO: 1 after AT+FOO? or AT+CFOO; of what comes unasked the library need know only messages. */
static bool
is_wanted(const struct line_filter *f, const char *line)
{
	static const char *const messages[] = { "+CMTI:", "+CMT:", "+CDSI:", "+CDS:", "+CUSD:" };
	char name[16] = "";
	size_t length = strcspn(line + 1, ":= ");

	for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
		if (begins(line, messages[i]))
			return true;
	if (!f->answering || length == 0 || length >= sizeof name)
		return false;
	memcpy(name, line + 1, length);
	return strstr(f->command, name) != NULL;
}

/* Noise stays where the line was quiet, until the next echo comes and ends it. */
static void
drop_noise(struct line_filter *f)
{
	size_t echo = 0;

	if (!f->echoes || f->answering || f->pdu_follows || begins(f->held, "AT"))
		return;
	for (size_t i = 1; i + 2 <= f->length; i++)
		if (f->held[i] == 'A' && f->held[i + 1] == 'T' &&
		    (i + 2 == f->length || f->held[i + 2] == 'E' || strchr("+^*$%#&", f->held[i + 2])))
			echo = i;
	if (echo == 0 || strchr("+^*$%#", f->held[0]))
		return;
	f->length -= echo;
	memmove(f->held, f->held + echo, f->length + 1);
}

/* Whether the library should see this line, which is not empty. */
static bool
passes(struct line_filter *f, const char *line)
{
	bool follows = f->pdu_follows;

	f->pdu_follows = false;
	if (begins(line, "AT") || begins(line, "\x1b")) {
		f->echoes = f->answering = true;
		snprintf(f->command, sizeof f->command, "%.*s", (int)sizeof f->command - 1, line);
		return true;
	}
	if (is_end(line)) {
		f->answering = false;
		return true;
	}
	if (!f->echoes || follows)
		return true;
	f->pdu_follows = begins(line, "+CMT:") || begins(line, "+CDS:");
	if (strchr("+^*$%#", line[0]))
		return is_wanted(f, line);
	return f->answering && strcmp(line, "RING") != 0 && strcmp(line, "NO CARRIER") != 0;
}

static size_t
release(struct line_filter *f, char *out)
{
	size_t length = f->length;

	memcpy(out, f->held, length);
	f->length = f->joined = 0;
	return length;
}

/* The line is complete. One with a NUL in it is judged by what stands before. */
static size_t
end_line(struct line_filter *f, char *out)
{
	f->held[f->length] = '\0';
	drop_noise(f);
	if (f->length == 0 || passes(f, f->held))
		return release(f, out);
	f->length = 0;
	return 0;
}

/* CR LF behind a line, whatever it is; between lines all goes through. */
static size_t
take_end(struct line_filter *f, char end, char *out)
{
	bool second = f->ended && f->ended != end, any = f->length > 0 || f->too_long;
	size_t made = f->too_long ? 0 : end_line(f, out);

	f->too_long = false;
	f->ended = any ? end : 0;
	if (second && !any)
		return 0;
	if (any)
		out[made++] = '\r';
	out[made++] = any ? '\n' : end;
	return made;
}

/* The text of a +CUSD has begun and not ended: a menu has several lines. */
static bool
is_in_text(struct line_filter *f)
{
	bool open = false;

	f->held[f->length] = '\0';
	if (!begins(f->held, "+CUSD:"))
		return false;
	for (size_t i = 0; i < f->length; i++)
		open ^= f->held[i] == '"';
	return open;
}

/* Of a text without an end: what came last is a line of its own. */
static bool
is_beyond_text(const struct line_filter *f)
{
	const char *last = f->held + f->joined;

	return f->joined > 0 && (is_end(last) || begins(last, "AT") || begins(last, "+C"));
}

static size_t
split_text(struct line_filter *f, char end, char *out)
{
	size_t last = f->length - f->joined, made;
	char line[sizeof f->held];

	memcpy(line, f->held + f->joined, last);
	f->length = f->joined - 1;
	made = end_line(f, out);
	out[made++] = '\r';
	out[made++] = '\n';
	memcpy(f->held, line, last);
	f->length = last;
	f->joined = 0;
	return made + take_end(f, end, out + made);
}

/* Ends of lines within a text become a blank. */
static size_t
join_lines(struct line_filter *f, char end, char *out)
{
	if (is_beyond_text(f))
		return split_text(f, end, out);
	if (f->joined != f->length && f->length < sizeof f->held - 2)
		f->held[f->length++] = ' ';
	f->joined = f->length;
	return 0;
}

size_t
line_pass(struct line_filter *f, const char *in, size_t count, char *out)
{
	size_t made = 0;

	for (size_t i = 0; i < count; i++) {
		if (in[i] == '\r' || in[i] == '\n') {
			bool joins = !f->too_long && is_in_text(f);

			made += joins ? join_lines(f, in[i], out + made) : take_end(f, in[i], out + made);
			f->joined = joins ? f->joined : 0;
			continue;
		}
		f->ended = 0;
		if (f->too_long || (f->prompted && in[i] == ' ')) {
			out[made++] = in[i];
		} else {
			f->held[f->length++] = in[i];
			f->too_long = f->length == sizeof f->held - 1;
			/* The prompt for a message, "> ", has no end. */
			if (f->too_long || f->held[0] == '>')
				made += release(f, out + made);
		}
		f->prompted = in[i] == '>';
	}
	return made;
}

/* Lines that do not fit are none of those that end an answer. */
size_t
line_portion(const char *bytes, size_t count)
{
	char line[64];
	size_t length = 0;

	for (size_t i = 0; i < count; i++) {
		if (bytes[i] != '\r' && bytes[i] != '\n') {
			line[length] = bytes[i];
			length += length < sizeof line - 1;
			continue;
		}
		line[length] = '\0';
		length = 0;
		if (!is_end(line))
			continue;
		while (i < count && (bytes[i] == '\r' || bytes[i] == '\n'))
			i++;
		return i;
	}
	return count;
}

/* --- read() --------------------------------------------------------------------------------------------- */

static struct line_filter filter;
static bool watching;
static dev_t watched;
static int known = -1, other = -1;      /* descriptors: the terminal, and one that is not */
static char passed[3 * LINE_MOST];      /* and not fetched yet */
static size_t passed_from, passed_to;

void
line_watch(const char *device)
{
	struct stat found;

	watching = device && stat(device, &found) == 0 && S_ISCHR(found.st_mode);
	watched = watching ? found.st_rdev : 0;
	known = other = -1;
	passed_from = passed_to = 0;
	memset(&filter, 0, sizeof filter);
}

static bool
is_watched(int fd)
{
	struct stat found;

	if (!watching || fd == other)
		return false;
	if (fd == known)
		return true;
	if (fstat(fd, &found) == 0 && S_ISCHR(found.st_mode) && found.st_rdev == watched)
		known = fd;
	else
		other = fd;
	return fd == known;
}

/* Under this name for us, since the C library's headers have an inline one. */
ssize_t line_read(int fd, void *out, size_t size) __asm__("read");

bool
line_pending(void)
{
	return passed_from < passed_to;
}

/* 0, as at nothing there, while a line is held back: the library waits for more in both cases. */
ssize_t
line_read(int fd, void *out, size_t size)
{
	static char bytes[LINE_MOST];
	ssize_t got;
	size_t portion;

	if (!is_watched(fd) || size < sizeof passed)
		return syscall(SYS_read, fd, out, size);
	if (!line_pending()) {
		got = syscall(SYS_read, fd, bytes, sizeof bytes);
		if (got <= 0)
			return got;
		passed_from = 0;
		passed_to = line_pass(&filter, bytes, (size_t)got, passed);
	}
	portion = line_portion(passed + passed_from, passed_to - passed_from);
	memcpy(out, passed + passed_from, portion);
	passed_from += portion;
	return (ssize_t)portion;
}

int line_select(int count, fd_set *in, fd_set *out, fd_set *errors, struct timeval *wait) __asm__("select");

/* The library asks before it reads. */
int
line_select(int count, fd_set *in, fd_set *out, fd_set *errors, struct timeval *wait)
{
	struct timespec most;

	if (wait)
		most = (struct timespec) { .tv_sec = wait->tv_sec, .tv_nsec = wait->tv_usec * 1000L };
	if (!line_pending() || !in || !FD_ISSET(known, in))
		return pselect(count, in, out, errors, wait ? &most : NULL, NULL);
	FD_ZERO(in);
	FD_SET(known, in);
	if (out)
		FD_ZERO(out);
	if (errors)
		FD_ZERO(errors);
	return 1;
}
