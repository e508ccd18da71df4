/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal: the last AT commands and the faults that struck them. */
#include "journal.h"

#include <stdio.h>
#include <string.h>

enum { KEPT = 8192 };

static struct journal_entry ring[KEPT];	/* n is at n % KEPT */
static uint64_t newest;

void
journal_add(int modem, double time, const char *prefix, const char *line, const char *faults, const char *final,
	    size_t len)
{
	struct journal_entry *e = &ring[++newest % KEPT];

	*e = (struct journal_entry){ .n = newest, .modem = modem, .time = time };
	snprintf(e->line, sizeof e->line, "%s%.90s", prefix, line);
	snprintf(e->faults, sizeof e->faults, "%s", faults);
	for (size_t i = 0, out = 0; i < len && out < sizeof e->final - 1; i++) {
		if (final[i] != '\r' && final[i] != '\n')
			e->final[out++] = final[i];
	}
	/* JSON wants UTF-8; a line may hold anything */
	for (char *p = e->line; *p; p++) {
		if ((unsigned char)*p < ' ' || (unsigned char)*p >= 0x7F)
			*p = '?';
	}
}

const struct journal_entry *
journal_after(uint64_t n)
{
	if (newest > KEPT && n < newest - KEPT)
		n = newest - KEPT;
	return n < newest ? &ring[(n + 1) % KEPT] : NULL;
}

uint64_t
journal_total(void)
{
	return newest;
}

void
journal_clear(void)
{
	memset(ring, 0, sizeof ring);
	newest = 0;
}
