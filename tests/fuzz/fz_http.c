/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_http: any octets from an operator's side, over a real socket and evhttp, to a front whose core always answers.
 * Whatever comes, the core is asked only with the secret in it, and what it is asked is fit to be asked. */
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fuzz.h"
#include "base/log.h"
#include "http/front.h"

#define SECRET "invented-secret-0"
#define TURNS 40                /* of the loop: more than any input needs */

/* --- a core of our own in place of src/http/link.c --- */

struct link {
	struct event_base *base;
	struct event *turn;
	link_answer_fn *on_answer[LINK_MOST];
	void *ctx[LINK_MOST];
	size_t count;
	int asked;
};

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	struct link *link = arg;
	struct answer answer = { .end = link->asked % 2, .text = "Kesos \"Rawa\"\n1 Lapor\n0 Keluar" };

	(void)fd;
	(void)what;
	while (link->count > 0) {
		link->count--;
		link->on_answer[link->count](link->ctx[link->count], link->asked % 3 == 2 ? NULL : &answer);
	}
}

struct link *
link_new(struct event_base *base, const char *path)
{
	struct link *link = calloc(1, sizeof *link);

	(void)path;
	MUST(link);
	link->base = base;
	link->turn = event_new(base, -1, 0, on_turn, link);
	return link;
}

void
link_free(struct link *link)
{
	on_turn(-1, 0, link);
	event_free(link->turn);
	free(link);
}

bool
link_ask(struct link *link, const char *door, const struct call *call, link_answer_fn *on_answer, void *ctx)
{
	MUST(door[0] != '\0');
	MUST(call->number >= 0);
	MUST(call->session[0] != '\0' && strlen(call->session) < CALL_SESSION_SIZE);
	MUST(strpbrk(call->session, " \r\n\t") == NULL);
	MUST(call->phone[0] == '+' && strlen(call->phone) < PHONE_SIZE);
	MUST(strlen(call->input) < CALL_INPUT_SIZE);
	for (const char *c = call->input; *c != '\0'; c++)
		MUST(*c >= ' ' && *c <= '~');
	link->asked++;
	if (link->count == LINK_MOST)
		return false;
	link->on_answer[link->count] = on_answer;
	link->ctx[link->count++] = ctx;
	event_active(link->turn, EV_TIMEOUT, 0);
	return true;
}

/* --- the gateway's side --- */

static socklen_t
set_address(struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	/* Without a file: the name begins with a NUL. */
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
			   (size_t)snprintf(address->sun_path + 1, 64, "kentongan-fz-http-%ld", (long)getpid()));
}

static int
open_listening(void)
{
	struct sockaddr_un address;
	socklen_t length = set_address(&address);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	MUST(fd >= 0 && bind(fd, (const struct sockaddr *)&address, length) == 0 && listen(fd, 4) == 0);
	return fd;
}

static int
send_octets(const uint8_t *data, size_t size)
{
	struct sockaddr_un address;
	socklen_t length = set_address(&address);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	MUST(fd >= 0 && connect(fd, (const struct sockaddr *)&address, length) == 0);
	MUST(size == 0 || send(fd, data, size, MSG_NOSIGNAL) == (ssize_t)size);
	return fd;
}

static void
look_at_answer(int fd, int asked, bool secret)
{
	char text[8192], *status;
	ssize_t length = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);

	MUST(asked == 0 || secret);
	if (length <= 0)
		return;
	text[length] = '\0';
	/* evhttp answers in whatever version it was asked. */
	status = strchr(text, ' ');
	MUST(strncmp(text, "HTTP/", 5) == 0 && status != NULL);
	/* 417, where it is told to go on and what comes is too long, may stand behind 100. */
	MUST(asked > 0 || status[1] == '4' || strncmp(status, " 501 ", 5) == 0 || strncmp(status, " 100 ", 5) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct event_base *base = event_base_new();
	struct guard *guard = guard_new(GUARD_FIXED, SECRET, 0);
	struct link *link = link_new(base, "");
	int listening = open_listening(), fd = send_octets(data, size);
	struct front *front;

	log_level(0);
	front = front_new(base, listening, guard, link);
	MUST(front);
	for (int i = 0; i < TURNS; i++)
		event_base_loop(base, EVLOOP_NONBLOCK);
	/* In a URL its letters may come as %69. */
	look_at_answer(fd, link->asked, memmem(data, size, SECRET, strlen(SECRET)) != NULL ||
		       memchr(data, '%', size) != NULL);
	close(fd);
	for (int i = 0; i < TURNS; i++)
		event_base_loop(base, EVLOOP_NONBLOCK);
	link_free(link);
	front_free(front);
	guard_free(guard);
	event_base_free(base);
	return 0;
}
