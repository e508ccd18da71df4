/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hold: a database belongs to one daemon at a time, or to whoever puts another in its place. */
#ifndef STORE_HOLD_H
#define STORE_HOLD_H

/* Locks the file beside the database, PATH.lock, as long as the descriptor is open: the caller closes it. Where PATH is a
 * link it is beside what that leads to, so that all names of a database mean one lock. -EWOULDBLOCK: somebody else has
 * it; or another -errno. Logged. */
int hold_database(const char *path) __attribute__((warn_unused_result));

#endif
