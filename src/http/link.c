/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link: lines to the core and back. What the core says is bounded here too: the front survives a core that does not
 * speak as it should. */
#include "http/link.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/log.h"
#include "base/xmalloc.h"

#define LINE_MOST 4096

struct question {
	link_answer_fn *on_answer;
	void *ctx;
	struct answer answer;           /* as far as it has come */
	bool answered;
};

struct link {
	struct event_base *base;
	char *path;
	struct bufferevent *stream;     /* NULL: not connected */
	struct event *fail;             /* all that is open fails at the next turn */
	struct question open[LINK_MOST];
	size_t first, count;
};

static void
answer_first(struct link *link, const struct answer *answer)
{
	struct question question = link->open[link->first];

	link->first = (link->first + 1) % LINK_MOST;
	link->count--;
	question.on_answer(question.ctx, answer);
}

static void
hang_up(struct link *link)
{
	if (link->stream != NULL)
		bufferevent_free(link->stream);
	link->stream = NULL;
}

/* Which of them was done, nobody knows any more: asked again, the core gives the same answer and does nothing twice. */
static void
on_fail(evutil_socket_t fd, short what, void *arg)
{
	struct link *link = arg;

	(void)fd;
	(void)what;
	hang_up(link);
	while (link->count > 0)
		answer_first(link, NULL);
}

static void
on_stream_event(struct bufferevent *stream, short what, void *arg)
{
	struct link *link = arg;

	(void)stream;
	if (what & BEV_EVENT_CONNECTED)
		return;
	/* The core hangs up when nothing was asked for a while. */
	if (link->count > 0)
		log_error("%s: the core %s", link->path, what & BEV_EVENT_TIMEOUT ? "does not answer" : "has hung up");
	on_fail(-1, 0, link);
}

/* \n is a line feed, \\ a backslash. What is too long is cut: no screen is. */
static void
unescape(const char *from, char *to, size_t size)
{
	size_t length = 0;

	for (; *from != '\0' && length + 1 < size; from++) {
		char c = *from;

		if (c == '\\' && from[1] != '\0')
			c = *++from == 'n' ? '\n' : *from;
		to[length++] = c;
	}
	to[length] = '\0';
}

/* "CON text" or "END text", or what is wrong, then ".". false: not as agreed. */
static bool
take_line(struct link *link, const char *line)
{
	struct question *question = &link->open[link->first];
	struct answer answer;

	if (link->count == 0)
		return false;
	if (strcmp(line, ".") == 0) {
		answer = question->answer;
		answer_first(link, question->answered ? &answer : NULL);
		return true;
	}
	if (strncmp(line, "error: ", 7) == 0) {
		log_error("%s: the core says: %s", link->path, line);
		return true;
	}
	if (strncmp(line, "CON ", 4) != 0 && strncmp(line, "END ", 4) != 0)
		return false;
	question->answered = true;
	question->answer.end = line[0] == 'E';
	unescape(line + 4, question->answer.text, sizeof question->answer.text);
	return true;
}

/* --- the connection --- */

static void
on_read(struct bufferevent *stream, void *arg)
{
	struct link *link = arg;
	struct evbuffer *in = bufferevent_get_input(stream);
	char *line;
	bool good = true;

	while (good && link->stream == stream && (line = evbuffer_readln(in, NULL, EVBUFFER_EOL_LF)) != NULL) {
		good = take_line(link, line);
		free(line);
	}
	if (link->stream == stream && (!good || evbuffer_get_length(in) >= LINE_MOST)) {
		log_error("%s: what the core says cannot be understood", link->path);
		on_fail(-1, 0, link);
	}
}

static bool
call_core(struct link *link)
{
	const struct timeval patience = { .tv_sec = LINK_SECONDS };
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof address.sun_path, "%s", link->path);
	link->stream = bufferevent_socket_new(link->base, -1, BEV_OPT_CLOSE_ON_FREE);
	if (link->stream == NULL)
		return false;
	bufferevent_setcb(link->stream, on_read, NULL, on_stream_event, link);
	bufferevent_set_timeouts(link->stream, &patience, &patience);
	bufferevent_setwatermark(link->stream, EV_READ, 0, LINE_MOST);
	if (bufferevent_socket_connect(link->stream, (struct sockaddr *)&address, sizeof address) == 0 &&
	    bufferevent_enable(link->stream, EV_READ | EV_WRITE) == 0)
		return true;
	log_error("%s: cannot be connected to: %s", link->path, strerror(errno));
	return false;
}

/* --- asking --- */

/* What could be taken for the end of a line or of a word is not in a call. */
static void
write_question(const struct link *link, const char *door, const struct call *call)
{
	static const char *const hows[] = { [CALL_ALL] = "all", [CALL_NEXT] = "next", [CALL_END] = "end" };
	struct evbuffer *out = bufferevent_get_output(link->stream);

	evbuffer_add_printf(out, "ussd %s:%s %s ", door, call->session, call->phone);
	if (call->how == CALL_NUMBERED)
		evbuffer_add_printf(out, "%ld", call->number);
	else
		evbuffer_add_printf(out, "%s", hows[call->how]);
	evbuffer_add_printf(out, " %s\n", call->input);
}

bool
link_ask(struct link *link, const char *door, const struct call *call, link_answer_fn *on_answer, void *ctx)
{
	const struct timeval patience = { .tv_sec = LINK_SECONDS };

	if (link->count == LINK_MOST)
		return false;
	link->open[(link->first + link->count++) % LINK_MOST] = (struct question){ .on_answer = on_answer, .ctx = ctx };
	if (link->stream == NULL && !call_core(link)) {
		event_active(link->fail, EV_TIMEOUT, 0);
		return true;
	}
	/* The core has its time from now on, not from when it was last heard. */
	if (link->count == 1)
		bufferevent_set_timeouts(link->stream, &patience, &patience);
	write_question(link, door, call);
	return true;
}

/* --- life --- */

struct link *
link_new(struct event_base *base, const char *path)
{
	struct link *link = xcalloc(1, sizeof *link);

	link->base = base;
	link->path = xstrdup(path);
	link->fail = event_new(base, -1, 0, on_fail, link);
	return link;
}

void
link_free(struct link *link)
{
	if (link == NULL)
		return;
	on_fail(-1, 0, link);
	event_free(link->fail);
	free(link->path);
	free(link);
}
