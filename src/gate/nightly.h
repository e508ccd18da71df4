/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly: has a backup made every night, into a folder and onto a stick, by a process of its own for each: whatever the
 * disk or the stick does, the loop goes on. Nothing here touches either. Only while the clock is trusted, as names and
 * what is removed depend on it. */
#ifndef GATE_NIGHTLY_H
#define GATE_NIGHTLY_H

#include <stdint.h>

struct event_base;
struct evbuffer;
struct grammar;
struct store;
struct trust;
struct nightly;

/* Copied. database is the file's path, folder and stick are "" where none is wanted; the hour is one of where most of the
 * box's people are (the grammar's zone). */
struct nightly_conf { const char *database, *folder, *stick; int hour, keep_days; };

/* Borrowed, but the conf. What was due while the box was off is made at once. */
struct nightly *nightly_new(struct event_base *base, struct store *store, const struct grammar *grammar,
			    const struct trust *trust, const struct nightly_conf *conf);
/* A copy under way is given up: half of one has no name yet. NULL is allowed. */
void nightly_free(struct nightly *nightly);

/* After a reload. */
void nightly_set(struct nightly *nightly, const struct grammar *grammar, const struct nightly_conf *conf);

/* The last good backup in each place, for the operator; ALARM where it is older than two days. */
void nightly_say(const struct nightly *nightly, struct evbuffer *out);

/* What the process does (nightly_process.c): argv[1] is NIGHTLY_OPTION. The exit status is 0 or an errno; ENODEV: the stick
 * is not there. It prints the newest backup in the place: time, size, name. */
#define NIGHTLY_OPTION "--backup"
int nightly_main(int argc, char **argv);

#endif
