/* SPDX-License-Identifier: GPL-3.0-or-later */
/* health: whether the database can be written, and for how long there will be room. */
#ifndef STORE_HEALTH_H
#define STORE_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#define HEALTH_ROOM_LEAST (64 << 20)    /* bytes: below that the operator is told while there is still room */
#define HEALTH_LOG_MOST (16 << 20)      /* bytes of the write-ahead log: somebody reads without end */

struct store;

struct health {
	int error;              /* -errno: nothing could be written since; 0 all is well. -EBUSY: another program holds it */
	int64_t since_ms;       /* clock_monotonic_ms() */
	int64_t size, log;      /* of the database, of its write-ahead log, bytes; 0 none */
	int64_t room;           /* bytes that we may still write to its disk; -1 unknown */
};

void health_read(struct store *store, struct health *out);

/* Whether something ails it that does not pass by itself, as a full disk and another's lock do: the file cannot be written,
 * or is damaged. */
bool health_failing(const struct store *store);

/* "no room on the disk", ...: words for the operator. */
const char *health_words(int error);

/* For store_tend(): tells the operator when room runs short or the write-ahead log has grown past its size, and when that
 * is over. */
void health_watch(struct store *store);

/* For the store: a statement failed (-errno); what one message did wrong says nothing of the file. A transaction came to
 * its end; one that wrote nothing says only that there is no other's lock. */
void health_note(struct store *store, int error);
void health_note_commit(struct store *store);

#endif
