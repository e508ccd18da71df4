/* SPDX-License-Identifier: GPL-3.0-or-later */
/* activity: whether anything was done in a part of a village. */
#ifndef STORE_ACTIVITY_H
#define STORE_ACTIVITY_H

#include <stdint.h>

struct store;

/* When an organisation of exactly that area, and RW unless it is 0, last reported, served, opened a case, called a meeting
 * or moved a programme. -ENOENT: never. */
int activity_last(struct store *store, const char *area, int rw, int64_t *wall) __attribute__((warn_unused_result));

#endif
