/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: the control socket and the orders that wait. */
#include "control.h"

#include "orders.h"
#include "sent.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { LINE_LIMIT = 1024 * 1024, CLIENTS_MAX = 64 };

struct client {
	LIST_ENTRY(client)  next;
	struct control     *control;
	struct bufferevent *bev;
	struct event       *deadline;
	json_t             *waits;	/* the order that is not answered yet, or NULL */
};

struct control {
	struct network        *net;
	struct event_base     *base;
	struct evconnlistener *listener;
	char                  *path;
	int                    clients_n;
	LIST_HEAD(, client)    clients;
};

static void
client_free(struct client *c)
{
	LIST_REMOVE(c, next);
	c->control->clients_n--;
	event_free(c->deadline);
	bufferevent_free(c->bev);
	json_decref(c->waits);
	free(c);
}

/* Takes the answer. */
static void
reply(struct client *c, json_t *answer)
{
	char *text = answer ? json_dumps(answer, JSON_COMPACT) : NULL;

	evbuffer_add_printf(bufferevent_get_output(c->bev), "%s\n", text ? text : "{\"ok\":false,\"error\":\"no answer\"}");
	free(text);
	json_decref(answer);
}

/* ---- orders that wait ---- */

static bool
is_empty(const struct modem *m, int mem)
{
	if (mem >= 0)
		return !sim_used(&m->sim, (enum sim_memory)mem);
	return !sim_used(&m->sim, SIM_SM) && !sim_used(&m->sim, SIM_ME) && !network_waiting(m)
		&& !orders_late_parts(m);
}

static bool
all_empty(struct network *net, json_t *order)
{
	const char *name = json_string_value(json_object_get(order, "mem"));
	json_t *one = json_object_get(order, "modem");

	for (int i = 0; i < net->count; i++) {
		if ((!one || json_integer_value(one) == i) && !is_empty(&net->modems[i], sim_memory_of(name ? name : "")))
			return false;
	}
	return true;
}

static bool
is_wait(json_t *order)
{
	const char *name = json_string_value(json_object_get(order, "cmd"));

	return name && (!strcmp(name, "wait-sent") || !strcmp(name, "wait-empty"));
}

static bool
is_reached(struct network *net, json_t *order)
{
	if (!strcmp(json_string_value(json_object_get(order, "cmd")), "wait-empty"))
		return all_empty(net, order);
	return (json_int_t)sent_total() >= json_integer_value(json_object_get(order, "count"));
}

static void read_on(struct client *c);

static void
end_wait(struct client *c, bool reached)
{
	json_t *order = c->waits;

	c->waits = NULL;
	event_del(c->deadline);
	json_decref(order);
	reply(c, json_pack("{s:b, s:b, s:I}", "ok", reached, "timeout", !reached, "total", (json_int_t)sent_total()));
	read_on(c);
}

static void
begin_wait(struct client *c, json_t *order)
{
	json_int_t ms = json_integer_value(json_object_get(order, "timeout_ms"));
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	if (!orders_modem(c->control->net, order)) {
		reply(c, orders_error("no such modem"));
		return;
	}
	c->waits = json_incref(order);
	if (is_reached(c->control->net, order))
		end_wait(c, true);
	else if (ms <= 0)
		end_wait(c, false);
	else
		event_add(c->deadline, &tv);
}

static void
on_deadline(evutil_socket_t fd, short what, void *arg)
{
	struct client *c = arg;

	(void)fd;
	(void)what;
	if (c->waits)
		end_wait(c, is_reached(c->control->net, c->waits));
}

static void
on_change(void *arg)
{
	struct control *control = arg;
	struct client *c, *next;

	for (c = LIST_FIRST(&control->clients); c; c = next) {
		next = LIST_NEXT(c, next);
		/* Not from inside the turn that made the change: its answer goes to the line first. */
		if (c->waits && is_reached(control->net, c->waits))
			event_active(c->deadline, EV_READ, 0);
	}
}

/* ---- lines ---- */

static void
take_line(struct client *c, const char *line)
{
	json_error_t e;
	json_t *order = json_loads(line, 0, &e);

	if (!json_is_object(order))
		reply(c, orders_error("not a JSON object: %s", order ? "another value" : e.text));
	else if (is_wait(order))
		begin_wait(c, order);
	else
		reply(c, orders_run(c->control->net, order));
	json_decref(order);
}

static void
read_on(struct client *c)
{
	struct evbuffer *in = bufferevent_get_input(c->bev);
	char *line;

	while (!c->waits && (line = evbuffer_readln(in, NULL, EVBUFFER_EOL_LF))) {
		take_line(c, line);
		free(line);
	}
}

static void
on_read(struct bufferevent *bev, void *arg)
{
	struct client *c = arg;

	read_on(c);
	if (evbuffer_get_length(bufferevent_get_input(bev)) >= LINE_LIMIT)
		client_free(c);
}

static void
on_end(struct bufferevent *bev, short what, void *arg)
{
	(void)bev;
	(void)what;
	client_free(arg);
}

static void
on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *addr, int len, void *arg)
{
	struct control *control = arg;
	struct client *c;

	(void)listener;
	(void)addr;
	(void)len;
	if (control->clients_n >= CLIENTS_MAX) {
		close(fd);
		return;
	}
	c = calloc(1, sizeof *c);
	if (!c)
		abort();
	c->control = control;
	c->bev = bufferevent_socket_new(control->base, fd, BEV_OPT_CLOSE_ON_FREE);
	c->deadline = event_new(control->base, -1, 0, on_deadline, c);
	if (!c->bev || !c->deadline)
		abort();
	LIST_INSERT_HEAD(&control->clients, c, next);
	control->clients_n++;
	bufferevent_setcb(c->bev, on_read, NULL, on_end, c);
	bufferevent_setwatermark(c->bev, EV_READ, 0, LINE_LIMIT);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
}

struct control *
control_open(struct event_base *base, struct network *net, const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct control *c;

	if (strlen(path) >= sizeof addr.sun_path) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	strcpy(addr.sun_path, path);
	c = calloc(1, sizeof *c);
	if (!c)
		abort();
	*c = (struct control){ .net = net, .base = base, .path = strdup(path) };
	LIST_INIT(&c->clients);
	unlink(path);
	c->listener = evconnlistener_new_bind(base, on_accept, c, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, 16,
					      (struct sockaddr *)&addr, sizeof addr);
	if (!c->listener) {
		free(c->path);
		free(c);
		return NULL;
	}
	(void)!chmod(path, 0666);	/* see pty.c */
	net->on_change = on_change;
	net->change_arg = c;
	return c;
}

void
control_close(struct control *c)
{
	while (!LIST_EMPTY(&c->clients))
		client_free(LIST_FIRST(&c->clients));
	evconnlistener_free(c->listener);
	c->net->on_change = NULL;
	unlink(c->path);
	free(c->path);
	free(c);
}
