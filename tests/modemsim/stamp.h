/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stamp: moments with a zone, as ISO 8601, as TP-SCTS (TS 23.040, 9.2.3.11) and as +CCLK (TS 27.007, 8.15). */
#ifndef STAMP_H
#define STAMP_H

#include <stdint.h>

enum { STAMP_WIB = 28 };	/* +07:00, in quarters of an hour */

struct stamp {
	int64_t epoch;		/* seconds, UTC */
	int     quarters;	/* zone, east is positive */
};

/* Reads 2026-10-20T09:00:00+07:00 (or Z). Returns 0 or -EINVAL. */
int stamp_parse(const char *iso, struct stamp *s);

/* The seven octets of a time stamp; years are taken modulo 100. */
void stamp_encode(struct stamp s, uint8_t out[7]);

/* yy/MM/dd,hh:mm:ss+zz */
void stamp_print_cclk(struct stamp s, char out[32]);

#endif
