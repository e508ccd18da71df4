/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory: malloc() and its relatives of the whole program, libraries included, that give nothing at the n-th call. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>

/* From the n-th call from now on nothing is given: once, or for ever. 0: all is given. */
void memory_fail(long n, bool forever);
/* What was ordered for the time when the daemon has its database, and is about to open its sockets and start its modems,
 * counts from now on. */
void memory_opened(void);
/* Calls that got nothing since then. */
long memory_failed(void);

#endif
