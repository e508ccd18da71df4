/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pty: the serial line of one modem. */
#include "pty.h"

#include "dialogue.h"

#include <errno.h>
#include <event2/buffer.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum {
	BACKLOG = 256 * 1024,
	UNREAD  = 4000		/* of the 4095 octets that a tty keeps for its reader */
};

/* A program that opens the line may set TIOCEXCL, which outlives it on a pty: the next one could not open it. */
static void
share(const struct pty *p)
{
	ioctl(p->slave, TIOCNXCL);
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct pty *p = arg;
	char bytes[1024];
	ssize_t n;

	(void)what;
	share(p);
	n = read(fd, bytes, sizeof bytes);
	if (n <= 0)
		return;
	dialogue_note(p->index, '<', bytes, (size_t)n);
	p->input(p->arg, bytes, (size_t)n);
}

/* What is left goes out when there is room, and not before the pace allows. */
static void
write_on(struct pty *p)
{
	struct timeval tv = { p->chunk_ms / 1000, p->chunk_ms % 1000 * 1000 };

	if (p->chunk && p->chunk_ms)
		event_add(p->paced, &tv);
	else
		event_add(p->writable, NULL);
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	struct pty *p = arg;
	const char *bytes = (const char *)evbuffer_pullup(p->out, -1);
	size_t all = evbuffer_get_length(p->out);
	ssize_t n = write(fd, bytes, p->chunk && p->chunk < all ? p->chunk : all);

	(void)what;
	if (n > 0) {
		dialogue_note(p->index, '>', bytes, (size_t)n);
		evbuffer_drain(p->out, (size_t)n);
	}
	if (evbuffer_get_length(p->out))
		write_on(p);
}

static void
on_paced(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	event_add(((struct pty *)arg)->writable, NULL);
}

/* One that opened the line and died before its first byte leaves TIOCEXCL behind too. */
static void
on_shared(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	share(arg);
}

static int
open_ends(struct pty *p)
{
	struct termios t;
	const char *name;

	p->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (p->master < 0 || grantpt(p->master) < 0 || unlockpt(p->master) < 0)
		return -errno;
	name = ptsname(p->master);
	p->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (p->slave < 0 || tcgetattr(p->slave, &t) < 0)
		return -errno;
	cfmakeraw(&t);
	if (tcsetattr(p->slave, TCSANOW, &t) < 0)
		return -errno;
	/* The simulator may run as another user than the program under test; where it may not be shared, so be it. */
	(void)!fchmod(p->slave, 0666);
	unlink(p->link);
	return symlink(name, p->link) < 0 ? -errno : 0;
}

int
pty_open(struct pty *p, struct event_base *base, const char *link, pty_input *input, void *arg)
{
	static const struct timeval share_every = { 0, 200000 };
	int r;

	*p = (struct pty){ .index = p->index, .master = -1, .slave = -1, .input = input, .arg = arg };
	p->link = strdup(link);
	p->out = evbuffer_new();
	if (!p->link || !p->out)
		abort();
	r = open_ends(p);
	if (r < 0)
		return r;
	p->readable = event_new(base, p->master, EV_READ | EV_PERSIST, on_readable, p);
	p->writable = event_new(base, p->master, EV_WRITE, on_writable, p);
	p->shared = event_new(base, -1, EV_PERSIST, on_shared, p);
	p->paced = event_new(base, -1, 0, on_paced, p);
	if (!p->readable || !p->writable || !p->shared || !p->paced)
		abort();
	event_add(p->readable, NULL);
	event_add(p->shared, &share_every);
	return 0;
}

static void
drop_event(struct event **e)
{
	if (*e)
		event_free(*e);
	*e = NULL;
}

void
pty_close(struct pty *p)
{
	drop_event(&p->readable);
	drop_event(&p->writable);
	drop_event(&p->shared);
	drop_event(&p->paced);
	if (p->slave >= 0)
		unlink(p->link);
	if (p->master >= 0)
		close(p->master);
	if (p->slave >= 0)
		close(p->slave);
	if (p->out)
		evbuffer_free(p->out);
	free(p->link);
	*p = (struct pty){ .index = p->index, .master = -1, .slave = -1 };
}

void
pty_write(struct pty *p, const char *bytes, size_t len)
{
	if (!p->writable || evbuffer_get_length(p->out) + len > BACKLOG)
		return;
	evbuffer_add(p->out, bytes, len);
	if (!event_pending(p->paced, EV_TIMEOUT, NULL))
		event_add(p->writable, NULL);
}

void
pty_set_pace(struct pty *p, size_t chunk, int ms)
{
	p->chunk = chunk;
	p->chunk_ms = ms;
	if (!p->paced)
		return;
	event_del(p->paced);
	if (evbuffer_get_length(p->out))
		event_add(p->writable, NULL);
}

void
pty_set_deaf(struct pty *p, bool deaf)
{
	if (p->readable && deaf)
		event_del(p->readable);
	else if (p->readable)
		event_add(p->readable, NULL);
}

bool
pty_is_unread(const struct pty *p)
{
	int n = 0;

	return p->slave >= 0 && !ioctl(p->slave, FIONREAD, &n) && n >= UNREAD;
}
