/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal: the last AT commands, with the final line each was to get and the faults that struck it. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal_entry {
	uint64_t n;		/* from 1, of all modems */
	int      modem;
	double   time;		/* monotonic */
	char     line[96];	/* behind AT; "PDU ..." for the data of +CMGS */
	char     faults[128];	/* "" when none struck */
	char     final[32];	/* as it would have gone out; "" for answers without one */
};

void journal_add(int modem, double time, const char *prefix, const char *line, const char *faults, const char *final,
		 size_t len);

/* The first entry behind n, or NULL; the oldest are forgotten in a long run. */
const struct journal_entry *journal_after(uint64_t n);
uint64_t journal_total(void);
void journal_clear(void);

#endif
