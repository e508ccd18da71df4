/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wire: between a modem and its line. */
#include "wire.h"

#include "at.h"
#include "dialogue.h"
#include "distort.h"
#include "network.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct wire {
	struct event *back;	/* the moment it is plugged in again */
	struct event *drip;
	char         *path;
};

static void
say(const struct modem *m, const char *what)
{
	dialogue_note(m->index, '!', what, strlen(what));
}

static void
on_back(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	wire_plug(arg);
}

static void
on_drip(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;
	const struct fault *f = fault_armed(&m->faults, FAULT_DRIP);
	char noise[64];
	int n = f && f->n > 0 && f->n < (int)sizeof noise ? f->n : 1;

	(void)fd;
	(void)what;
	if (!f)
		return;
	if (*f->text) {
		at_urc(m, "%s", f->text);
		return;
	}
	distort_noise(&m->faults, noise, (size_t)n);
	pty_write(&m->line, noise, (size_t)n);
}

int
wire_open(struct modem *m, const char *path)
{
	struct wire *w = calloc(1, sizeof *w);

	if (!w)
		abort();
	m->wire = w;
	w->path = strdup(path);
	w->back = event_new(m->net->base, -1, 0, on_back, m);
	w->drip = event_new(m->net->base, -1, EV_PERSIST, on_drip, m);
	if (!w->path || !w->back || !w->drip)
		abort();
	return wire_plug(m);
}

void
wire_close(struct modem *m)
{
	pty_close(&m->line);
	event_free(m->wire->back);
	event_free(m->wire->drip);
	free(m->wire->path);
	free(m->wire);
}

const char *
wire_path(const struct modem *m)
{
	return m->wire->path;
}

bool
wire_is_in(const struct modem *m)
{
	return m->line.master >= 0;
}

/* Another name in the same folder, that nothing there has. */
static int
rename_line(struct modem *m, const char *name)
{
	const char *slash = strrchr(m->wire->path, '/');
	char *path;

	if (!*name || *name == '.' || strchr(name, '/') || !strcmp(name, "control"))
		return -EINVAL;
	if (asprintf(&path, "%.*s/%s", (int)(slash - m->wire->path), m->wire->path, name) < 0)
		abort();
	for (int i = 0; i < m->net->count; i++) {
		if (&m->net->modems[i] != m && !strcmp(m->net->modems[i].wire->path, path)) {
			free(path);
			return -EINVAL;
		}
	}
	free(m->wire->path);
	m->wire->path = path;
	return 0;
}

int
wire_unplug(struct modem *m, int ms, const char *name)
{
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };
	int r = name ? rename_line(m, name) : 0;

	if (r < 0)
		return r;
	say(m, "unplug");
	pty_close(&m->line);
	at_hang_up(m);
	event_del(m->wire->back);
	if (ms >= 0)
		event_add(m->wire->back, &tv);
	return 0;
}

int
wire_plug(struct modem *m)
{
	int r;

	event_del(m->wire->back);
	if (m->line.readable)
		return 0;
	r = pty_open(&m->line, m->net->base, m->wire->path, at_input, m);
	if (r < 0) {
		pty_close(&m->line);
		return r;
	}
	say(m, "plug");
	wire_obey(m);
	return 0;
}

static void
obey_drip(struct modem *m)
{
	const struct fault *f = fault_armed(&m->faults, FAULT_DRIP);
	int ms = f && f->ms > 0 ? f->ms : 500;
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	event_del(m->wire->drip);
	if (f)
		event_add(m->wire->drip, &tv);
}

void
wire_obey(struct modem *m)
{
	const struct fault *pace = fault_armed(&m->faults, FAULT_PACE);

	obey_drip(m);
	pty_set_pace(&m->line, pace ? (size_t)(pace->n > 0 ? pace->n : 1) : 0, pace ? pace->ms : 0);
	pty_set_deaf(&m->line, fault_armed(&m->faults, FAULT_DEAF) != NULL);
}
