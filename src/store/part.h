/* SPDX-License-Identifier: GPL-3.0-or-later */
/* part: what organisations say of one village, category and month, and what follows from it for the village (rules 34,
 * 41, 42). Private to this room. */
#ifndef STORE_PART_H
#define STORE_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct record_key;

/* A value in force. */
struct part {
	int64_t organisation;
	char body[24];                  /* PSM, PKK, ... */
	bool tksk;
	int rw, rt;                     /* 0: not a part */
	long value;
};

/* Sorted by organisation, RW, RT; parts_free() them. */
struct parts {
	struct part *all;
	size_t count;
};

/* Of the key all but organisation, rw and rt are looked at. */
int parts_read(struct store *store, const struct record_key *key, struct parts *out) __attribute__((warn_unused_result));
void parts_free(struct parts *parts);

/* What the organisation of the part at `from` says of the village: its whole-village value; without one its parts
 * added up, where an RW's value stands for the RTs inside it. *end: its last part + 1. */
long parts_figure(const struct parts *parts, size_t from, size_t *end);
/* The TKSK's own figure, else the largest of all; 0 without any part. */
long parts_value(const struct parts *parts);
/* Rule 41: whether another organisation than the part's speaks of the same people: both have a value above 0, neither
 * is the TKSK. rw not 0: looked at are only parts that meet that RW. */
bool parts_overlap(const struct parts *parts, size_t index, int rw);

#endif
