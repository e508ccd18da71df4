/* SPDX-License-Identifier: GPL-3.0-or-later */
/* later: what happens to a modem after a while. */
#include "later.h"

#include "network.h"

#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

struct item {
	LIST_ENTRY(item) next;
	struct modem    *modem;
	struct event    *timer;
	later_run       *run;
	size_t           len;
	unsigned char    data[];
};

static LIST_HEAD(, item) items = LIST_HEAD_INITIALIZER(items);

static void
forget(struct item *i)
{
	LIST_REMOVE(i, next);
	event_free(i->timer);
	free(i);
}

static void
on_due(evutil_socket_t fd, short what, void *arg)
{
	struct item *i = arg;

	(void)fd;
	(void)what;
	LIST_REMOVE(i, next);
	i->run(i->modem, i->data, i->len);
	event_free(i->timer);
	free(i);
}

void
later(struct modem *m, int ms, later_run *run, const void *data, size_t len)
{
	struct item *i = calloc(1, sizeof *i + len);
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	if (!i)
		abort();
	i->modem = m;
	i->run = run;
	i->len = len;
	memcpy(i->data, data, len);
	i->timer = event_new(m->net->base, -1, 0, on_due, i);
	if (!i->timer)
		abort();
	LIST_INSERT_HEAD(&items, i, next);
	event_add(i->timer, &tv);
}

void
later_forget(later_run *run)
{
	struct item *i, *next;

	for (i = LIST_FIRST(&items); i; i = next) {
		next = LIST_NEXT(i, next);
		if (!run || i->run == run)
			forget(i);
	}
}

void
later_clear(void)
{
	later_forget(NULL);
}

int
later_count(const struct modem *m, later_run *run)
{
	const struct item *i;
	int n = 0;

	LIST_FOREACH(i, &items, next)
		n += i->modem == m && i->run == run;
	return n;
}
