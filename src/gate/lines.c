/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines: Unix sockets on which a line gets lines back. Bounded in clients, line length, time and output, so that whoever may
 * write to it cannot hold the daemon. */
#include "gate/lines.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"

#define CLIENTS_MAX 16
#define LINE_MAX_BYTES 4096
#define IDLE_SECONDS 10
#define OUTPUT_MAX 65536        /* a client that does not read is not answered further */

struct lines_client {
	struct lines *lines;            /* NULL: the place is free */
	struct bufferevent *stream;
	bool leaving;                   /* gets what is left to say, then it goes */
	bool waiting;                   /* for the end of an answer: nothing more is read from it until then */
	bool ended;                     /* it will not say any more */
};

struct lines {
	char *path;
	lines_answer_fn *on_line;
	lines_gone_fn *on_gone;
	void *ctx;
	struct evconnlistener *listener;
	struct lines_client clients[CLIENTS_MAX];
};

/* --- clients --- */

static void
hang_up(struct lines_client *client)
{
	if (client->waiting)
		client->lines->on_gone(client->lines->ctx, client);
	bufferevent_free(client->stream);
	*client = (struct lines_client) { 0 };
}

/* Reads no more from it; it goes when all is said. */
static void
leave(struct lines_client *client)
{
	client->leaving = true;
	bufferevent_disable(client->stream, EV_READ);
}

/* The closing line stands behind the answer, or waits for lines_end(). */
static void
take_line(struct lines_client *client, const char *line, struct evbuffer *out)
{
	client->waiting = !client->lines->on_line(client->lines->ctx, client, line, out);
	if (client->waiting)
		bufferevent_set_timeouts(client->stream, NULL, NULL);
	else
		evbuffer_add_printf(out, ".\n");
}

static void
read_lines(struct lines_client *client)
{
	struct evbuffer *in = bufferevent_get_input(client->stream);
	struct evbuffer *out = bufferevent_get_output(client->stream);
	char *line;

	while (!client->waiting && evbuffer_get_length(out) < OUTPUT_MAX &&
	       (line = evbuffer_readln(in, NULL, EVBUFFER_EOL_CRLF)) != NULL) {
		take_line(client, line, out);
		free(line);
	}
	if (!client->waiting && evbuffer_get_length(in) >= LINE_MAX_BYTES &&
	    evbuffer_search_eol(in, NULL, NULL, EVBUFFER_EOL_CRLF).pos < 0) {
		evbuffer_add_printf(out, "error: line too long\n.\n");
		leave(client);
	}
}

static void
on_read(struct bufferevent *stream, void *arg)
{
	(void)stream;
	read_lines(arg);
}

/* All that was to say is said. Of one that will say no more, what it has said already is still answered. */
static void
on_written(struct bufferevent *stream, void *arg)
{
	struct lines_client *client = arg;

	if (!client->leaving)
		read_lines(client);
	if (evbuffer_get_length(bufferevent_get_output(stream)) > 0)
		return;
	if (client->leaving || (client->ended && !client->waiting))
		hang_up(client);
}

static void
on_stream_event(struct bufferevent *stream, short what, void *arg)
{
	struct lines_client *client = arg;

	(void)stream;
	/* Whoever has only shut down its own direction still gets its answers. */
	client->ended = (what & BEV_EVENT_EOF) != 0;
	if (client->ended && client->waiting)
		return;
	/* Behind what is to be written more lines may wait: on_written() sees to them. */
	if (client->ended && evbuffer_get_length(bufferevent_get_output(client->stream)) > 0)
		return;
	hang_up(client);
}

static struct lines_client *
free_place(struct lines *lines)
{
	for (size_t i = 0; i < CLIENTS_MAX; i++)
		if (lines->clients[i].lines == NULL)
			return &lines->clients[i];
	return NULL;
}

static void
take_client(struct lines *lines, evutil_socket_t fd)
{
	static const char busy[] = "error: too many clients\n.\n";
	const struct timeval idle = { .tv_sec = IDLE_SECONDS };
	struct lines_client *client = free_place(lines);
	struct event_base *base = evconnlistener_get_base(lines->listener);

	if (client == NULL) {
		(void)send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
		close(fd);
		return;
	}
	client->stream = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
	if (client->stream == NULL) {
		close(fd);
		return;
	}
	client->lines = lines;
	bufferevent_setcb(client->stream, on_read, on_written, on_stream_event, client);
	bufferevent_setwatermark(client->stream, EV_READ, 0, LINE_MAX_BYTES);
	bufferevent_set_timeouts(client->stream, &idle, &idle);
	bufferevent_enable(client->stream, EV_READ | EV_WRITE);
}

static void
on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int length, void *arg)
{
	(void)listener;
	(void)address;
	(void)length;
	take_client(arg, fd);
}

/* --- answers that take their time --- */

void
lines_add(struct lines_client *client, struct evbuffer *more)
{
	evbuffer_add_buffer(bufferevent_get_output(client->stream), more);
}

void
lines_end(struct lines_client *client)
{
	const struct timeval idle = { .tv_sec = IDLE_SECONDS };

	evbuffer_add_printf(bufferevent_get_output(client->stream), ".\n");
	client->waiting = false;
	/* It goes on when that is written. */
	bufferevent_set_timeouts(client->stream, &idle, &idle);
}

/* --- the socket --- */

static int
set_address(struct sockaddr_un *address, const char *path)
{
	*address = (struct sockaddr_un) { .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof address->sun_path)
		return -ENAMETOOLONG;
	memcpy(address->sun_path, path, strlen(path));
	return 0;
}

/* A socket that nobody answers on is left from a daemon that was killed. */
static bool
answers(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool up = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;

	if (fd >= 0)
		close(fd);
	return up;
}

/* A stream socket bound at path, or -errno. */
static int
bind_socket(const char *path)
{
	struct sockaddr_un address;
	struct stat there;
	int fd, error = set_address(&address, path);

	if (error < 0)
		return error;
	if (answers(&address))
		return -EADDRINUSE;
	if (lstat(path, &there) == 0 && !S_ISSOCK(there.st_mode))
		return -EEXIST;
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 || chmod(path, 0660) != 0) {
		error = -errno;
		close(fd);
		return error;
	}
	return fd;
}

int
lines_open(struct lines **out, struct event_base *base, const struct lines_conf *conf)
{
	struct lines *lines;
	int fd = bind_socket(conf->path);

	if (fd == -EADDRINUSE)
		log_error("%s: another kentongand answers there", conf->path);
	else if (fd < 0)
		log_error("%s: the socket cannot be made: %s", conf->path, strerror(-fd));
	if (fd < 0)
		return fd;
	lines = xcalloc(1, sizeof *lines);
	lines->path = xstrdup(conf->path);
	lines->on_line = conf->on_line;
	lines->on_gone = conf->on_gone;
	lines->ctx = conf->ctx;
	lines->listener = evconnlistener_new(base, on_accept, lines, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
					     CLIENTS_MAX, fd);
	if (lines->listener == NULL) {
		close(fd);
		free(lines->path);
		free(lines);
		return -ENOMEM;
	}
	*out = lines;
	return 0;
}

/* The answer to `stop` may not have left yet, and the loop runs no more. A bufferevent keeps the front of its output
 * frozen between its own writes (libevent, bufferevent_sock.c). */
static void
say_last(const struct lines_client *client)
{
	struct evbuffer *out = bufferevent_get_output(client->stream);

	evbuffer_unfreeze(out, 1);
	while (evbuffer_write(out, bufferevent_getfd(client->stream)) > 0)
		;
}

void
lines_close(struct lines *lines)
{
	if (lines == NULL)
		return;
	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		if (lines->clients[i].lines == NULL)
			continue;
		say_last(&lines->clients[i]);
		hang_up(&lines->clients[i]);
	}
	evconnlistener_free(lines->listener);
	unlink(lines->path);
	free(lines->path);
	free(lines);
}
