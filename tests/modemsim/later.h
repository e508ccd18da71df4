/* SPDX-License-Identifier: GPL-3.0-or-later */
/* later: what happens to a modem after a while: late parts, late announcements, faults that end. */
#ifndef LATER_H
#define LATER_H

#include "modem.h"

typedef void later_run(struct modem *m, const void *data, size_t len);

/* Calls run once in ms with a copy of the data. */
void later(struct modem *m, int ms, later_run *run, const void *data, size_t len);

/* Forgets all of them, or those with this function. */
void later_clear(void);
void later_forget(later_run *run);

/* How many with this function wait for the modem. */
int later_count(const struct modem *m, later_run *run);

#endif
