/* SPDX-License-Identifier: GPL-3.0-or-later */
/* offer: what a mistaken message may have meant, kept until its sender answers. */
#ifndef STORE_OFFER_H
#define STORE_OFFER_H

#include <stdint.h>

struct store;

struct offer {
	char text[512];        /* the corrected message */
	char isi[84];          /* what the sender was told that it means */
	int64_t wall;          /* time of the first message */
};

/* All inside the caller's transaction. */

/* Keeps one for the phone; an earlier one is forgotten. */
int offer_put(struct store *store, const char *phone, const struct offer *offer) __attribute__((warn_unused_result));
/* -ENOENT: none, or made before `since`, or after `until` by a clock that ran ahead. */
int offer_find(struct store *store, const char *phone, int64_t since, int64_t until, struct offer *out)
	__attribute__((warn_unused_result));
/* Harmless without one. */
int offer_forget(struct store *store, const char *phone) __attribute__((warn_unused_result));

#endif
