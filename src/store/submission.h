/* SPDX-License-Identifier: GPL-3.0-or-later */
/* submission: periods that a TKSK closed and sent up (KIRIM). Sent again, there is a further one. */
#ifndef STORE_SUBMISSION_H
#define STORE_SUBMISSION_H

#include <stdint.h>

struct store;

struct submission {
	int64_t no;
	char area[14];
	int first, last;               /* months, year * 12 + month - 1, both included */
	int64_t person, wall;
	char summary[256];             /* of the figures then: another one says something new */
};

/* The last one of the area and period. -ENOENT. */
int submission_find(struct store *store, const char *area, int first, int last, struct submission *out)
	__attribute__((warn_unused_result));
int submission_read(struct store *store, int64_t no, struct submission *out) __attribute__((warn_unused_result));
/* The first behind that number. -ENOENT. */
int submission_next(struct store *store, int64_t after, struct submission *out) __attribute__((warn_unused_result));
/* The number of the last one of all, 0 none; or -errno. */
int64_t submission_last(struct store *store);

/* Inside the caller's transaction: draws the next number (*no). no is not looked at. */
int submission_put(struct store *store, const struct submission *submission, int64_t *no)
	__attribute__((warn_unused_result));

#endif
