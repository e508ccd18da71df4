/* SPDX-License-Identifier: GPL-3.0-or-later */
/* box: the daemon's own desk, calendar and outbox, with a clock that a table sets and a modem that only remembers what it
 * was given. Whatever goes out of it would have gone over the air. */
#ifndef ROWS_BOX_H
#define ROWS_BOX_H

#include <stddef.h>
#include <stdint.h>

struct grammar;
struct box;

/* One SMS to one person: all its parts in one text. */
struct heard { char *phone, *text; int64_t wall; };

/* A fresh copy of the database `template` in the file `database`, from that moment on. Dies when it cannot. */
struct box *box_open(const struct grammar *grammar, const char *template, const char *database, int64_t wall);
void box_close(struct box *box);

/* Only these numbers (n) are left; everybody else was never registered. Before anything is said. */
void box_leave(struct box *box, const char *const *phones, size_t n);

/* Somebody's SMS comes in. */
void box_say(struct box *box, const char *phone, const char *text);
/* Time goes on until then, from one thing that is due to the next. */
void box_wait(struct box *box, int64_t until);
int64_t box_now(const struct box *box);

/* What went out since box_forget(), in its order; until something is said again or time passes. */
const struct heard *box_heard(struct box *box, size_t *count);
void box_forget(struct box *box);
/* An SMS that waits to go out: how many; phone is one of them. */
size_t box_waiting(struct box *box, char *phone, size_t size);

#endif
