/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places: evhttp asks for a bufferevent for each connection; a reference of ours to it shows when evhttp has let it go
 * (its callbacks are gone then), and its descriptor closes with ours. */
#include "http/places.h"

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"

struct place {
	struct bufferevent *stream;
	int64_t since_ms;
	bool kept;                      /* until it is answered */
	bool shown_out;
};

struct places {
	struct event_base *base;
	struct event *settle, *tick;    /* at the next turn; every second */
	struct place *taken;            /* oldest first */
	size_t count;
};

/* evhttp sees the end of the connection at its next turn, and lets it go. */
static void
show_out(struct place *place)
{
	static const char late[] = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
	evutil_socket_t fd = bufferevent_getfd(place->stream);

	if (place->shown_out || fd < 0)
		return;
	place->shown_out = true;
	(void)send(fd, late, sizeof late - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	shutdown(fd, SHUT_RDWR);
}

static bool
is_let_go(const struct place *place)
{
	bufferevent_event_cb on_event;

	bufferevent_getcb(place->stream, NULL, NULL, &on_event, NULL);
	return on_event == NULL;
}

static void
drop_let_go(struct places *places)
{
	size_t left = 0;

	for (size_t i = 0; i < places->count; i++) {
		if (is_let_go(&places->taken[i]))
			bufferevent_decref(places->taken[i].stream);
		else
			places->taken[left++] = places->taken[i];
	}
	places->count = left;
}

static void
on_settle(evutil_socket_t fd, short what, void *arg)
{
	struct places *places = arg;
	int64_t late = clock_monotonic_ms() - PLACES_SECONDS * 1000;
	size_t staying;

	(void)fd;
	(void)what;
	drop_let_go(places);
	staying = places->count;
	for (size_t i = 0; i < places->count; i++) {
		struct place *place = &places->taken[i];

		if (!place->kept && (staying > PLACES_MOST || place->since_ms < late)) {
			show_out(place);
			staying--;
		}
	}
}

static struct bufferevent *
on_connection(struct event_base *base, void *arg)
{
	struct places *places = arg;
	struct bufferevent *stream = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);

	if (stream == NULL)
		return NULL;
	bufferevent_incref(stream);
	places->taken = xgrow(places->taken, places->count, sizeof *places->taken);
	places->taken[places->count++] = (struct place){ .stream = stream, .since_ms = clock_monotonic_ms() };
	/* Not now: evhttp has still to take it. */
	event_active(places->settle, EV_TIMEOUT, 0);
	return stream;
}

struct places *
places_new(struct event_base *base, struct evhttp *http)
{
	const struct timeval second = { .tv_sec = 1 };
	struct places *places = xcalloc(1, sizeof *places);

	places->base = base;
	/* Two: what is activated by hand puts its own next time off. */
	places->settle = event_new(base, -1, 0, on_settle, places);
	places->tick = event_new(base, -1, EV_PERSIST, on_settle, places);
	event_add(places->tick, &second);
	evhttp_set_bevcb(http, on_connection, places);
	return places;
}

void
places_free(struct places *places)
{
	if (places == NULL)
		return;
	event_free(places->settle);
	event_free(places->tick);
	for (size_t i = 0; i < places->count; i++)
		bufferevent_decref(places->taken[i].stream);
	free(places->taken);
	free(places);
}

void
places_keep(struct places *places, struct evhttp_request *request)
{
	struct bufferevent *stream = evhttp_connection_get_bufferevent(evhttp_request_get_connection(request));

	for (size_t i = 0; i < places->count; i++)
		if (places->taken[i].stream == stream)
			places->taken[i].kept = true;
}
