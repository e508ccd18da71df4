/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page: what follows the first SMS of a long answer, until its reader says LAGI. */
#ifndef STORE_PAGE_H
#define STORE_PAGE_H

#include <stddef.h>
#include <stdint.h>

struct store;

/* Inside the caller's transaction: keeps the texts for the phone instead of those that it had (count 0: none), and
 * forgets everybody's that are older than `stale`. texts: count strings of `size` bytes each, one behind the other. */
int page_keep(struct store *store, const char *phone, const char *texts, size_t size, size_t count, int64_t wall,
	      int64_t stale) __attribute__((warn_unused_result));

/* The next one, cut to size. -ENOENT: there is none, or it was kept before `since`, or after `until` by a clock that ran
 * ahead. */
int page_find(struct store *store, const char *phone, int64_t since, int64_t until, char *out, size_t size)
	__attribute__((warn_unused_result));
/* Inside the caller's transaction: forgets the next one: it was sent. */
int page_turn(struct store *store, const char *phone) __attribute__((warn_unused_result));

#endif
