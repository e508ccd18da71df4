/* SPDX-License-Identifier: GPL-3.0-or-later */
/* credit: what the SIMs of the modems have left, as their networks have said. Knows no codes and no patterns. */
#ifndef STORE_CREDIT_H
#define STORE_CREDIT_H

#include <stdint.h>

#include "lang/grammar.h"

struct store;

#define CREDIT_MODEM_SIZE 32
#define CREDIT_RESULT_SIZE 16
#define CREDIT_TEXT_SIZE 640
#define CREDIT_UNKNOWN (-1)

struct credit_row {
	char modem[CREDIT_MODEM_SIZE];
	enum credit what;
	int64_t low;                            /* people are told below this; 0 never */
	int64_t dialled;                        /* the last time; 0 never */
	char result[CREDIT_RESULT_SIZE];        /* of that: ANSWERED, TIMEOUT...; "" not known (yet) */
	char text[CREDIT_TEXT_SIZE];            /* of that; "" none */
	int64_t amount;                         /* rupiah or SMS, of the last answer that could be read; CREDIT_UNKNOWN */
	int64_t wall;                           /* when that one came; 0 */
};

/* The row behind that of `after` (all zero: the first), by modem. 0, -ENOENT no more, or -errno. */
int credit_next(struct store *store, const struct credit_row *after, struct credit_row *out)
	__attribute__((warn_unused_result));
/* -ENOENT: it is not watched. */
int credit_find(struct store *store, const char *modem, enum credit what, struct credit_row *out)
	__attribute__((warn_unused_result));

/* All inside the caller's transaction: 0 or -errno. */

/* It is watched from now on; what is known stays. */
int credit_watch(struct store *store, const char *modem, enum credit what, int64_t low) __attribute__((warn_unused_result));
int credit_forget(struct store *store, const char *modem, enum credit what) __attribute__((warn_unused_result));
/* Its code will be dialled now: written before, as it may cost money. */
int credit_dial(struct store *store, const char *modem, enum credit what, int64_t wall) __attribute__((warn_unused_result));
/* What came of that; amount CREDIT_UNKNOWN: it could not be read, what was known stays. */
int credit_tell(struct store *store, const char *modem, enum credit what, const char *result, const char *text,
		int64_t amount, int64_t wall) __attribute__((warn_unused_result));

#endif
