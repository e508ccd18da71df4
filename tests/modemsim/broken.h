/* SPDX-License-Identifier: GPL-3.0-or-later */
/* broken: one class each of the PDUs that a gateway meets and must survive: wrong, cut, reserved or merely unusual.
 * None is built to harm a reader; each differs from a good SMS-DELIVER (TS 23.040, 9.2.2.1) in what its name says. */
#ifndef BROKEN_H
#define BROKEN_H

#include "pdu.h"

enum { BROKEN_PDU_MAX = 200 };

/* What the good message would have been. */
struct broken_base {
	const char  *smsc, *from, *text;
	struct stamp time;
};

struct broken_pdu {
	size_t  len;
	uint8_t pdu[BROKEN_PDU_MAX];		/* service centre address first */
	char    line[2 * BROKEN_PDU_MAX + 1];	/* the line of the answer: the PDU in hex but for some classes */
	int     stat;				/* <stat> of +CMGR */
	int     announced;			/* its <length> */
	bool    literal;			/* a memory that holds good PDUs cannot answer so */
};

struct broken_class {
	const char *name, *what;
	int         variants;			/* 0 to variants - 1 */
};

/* The n-th class, or NULL behind the last. */
const struct broken_class *broken_class(size_t n);

/* Builds one. Variant -1 is the usual one; for "truncated" it is the number of octets left. Returns 0, -ENOENT for an
 * unknown class, -ERANGE for a variant there is not, -EINVAL for a base that cannot be encoded in one message. */
int broken_build(const char *name, int variant, const struct broken_base *base, struct broken_pdu *out);

#endif
