/* SPDX-License-Identifier: GPL-3.0-or-later */
/* copies: a network that delivers every part one to five times, in any order. */
#include <stdlib.h>
#include <unistd.h>

#include "torture.h"

#define COPIES_MOST 5
#define WAITING_MOST 400        /* parts that are still to come: so far a copy can be behind its message */

static struct {
	struct { struct sms_part part; int modem, left; } waiting[WAITING_MOST];
	size_t count;
} self;

/* Delivers a random one of those that wait, once. */
static void
deliver_one(struct torture *t, const int in[MODEMS])
{
	size_t at = (size_t)random() % self.count;
	int modem = self.waiting[at].modem;

	if (write(in[modem], &self.waiting[at].part, sizeof self.waiting[at].part) != sizeof self.waiting[at].part)
		abort();
	t->parts[modem]++;
	if (--self.waiting[at].left == 0)
		self.waiting[at] = self.waiting[--self.count];
}

void
copies_put(struct torture *t, const int in[MODEMS])
{
	struct sms_part parts[2];
	long n = t->messages++;
	size_t count = content_parts(t, n, parts);

	for (size_t i = 0; i < count; i++) {
		while (self.count == WAITING_MOST)
			deliver_one(t, in);
		self.waiting[self.count].part = parts[i];
		self.waiting[self.count].modem = content_modem(n);
		self.waiting[self.count].left = 1 + (int)(random() % COPIES_MOST);
		t->copies += self.waiting[self.count].left - 1;
		self.count++;
	}
}

void
copies_end(struct torture *t, const int in[MODEMS])
{
	while (self.count > 0)
		deliver_one(t, in);
}
