/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store: the database: opening, settings, transactions. The rooms beside it own the tables. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds by which a stored time may lie ahead of now; farther ahead a clock wrote it that was set right since. */
#define STORE_AHEAD 300

struct store;

enum store_mode {
	STORE_CREATE,       /* make it if it is not there */
	STORE_EXISTING,     /* -ENOENT if it is not there */
	STORE_SERVE,        /* as STORE_CREATE, by whoever holds it (hold.h) */
};

/* Opens, sets the pragmas of an SD-card box (WAL, synchronous FULL, foreign keys, ...), reads each back, runs
 * the migrations in one transaction (the file as it was stays beside it as FILE.vN), prepares every statement. A new file
 * is 0600. 0 or -errno, logged, and the file is as it was: -EBADMSG it is damaged or another program's, -ENOTSUP a newer
 * version's, -EBUSY it is to be migrated, but a daemon holds it. *out is the caller's. */
int store_open(struct store **out, const char *path, enum store_mode mode) __attribute__((warn_unused_result));

/* SQLite's quick_check, and its integrity_check if that finds anything: reads the whole file, so it is for the daemon's
 * start. -EBADMSG: it is damaged. */
int store_check(struct store *store) __attribute__((warn_unused_result));

/* Checkpoints and closes: no -wal stays behind when this was the last connection. NULL is allowed. */
void store_close(struct store *store);

/* For a timer of a minute or so, outside a transaction: empties the write-ahead log when nothing was written since
 * the last call, waiting for nobody; tells the operator of a log that has grown past 16 MB. */
void store_tend(struct store *store);

/* Moves the write-ahead log into the database and empties it, as far as nobody reads or writes just now: it waits for
 * nobody. 0, 1 somebody was in the way, or -errno. */
int store_checkpoint(struct store *store);

/* One writer at a time: BEGIN IMMEDIATE. -EBUSY: another holds the lock, come back later. The first time it is waited
 * for, 250 ms; from then on not at all until it was had again. */
int store_begin(struct store *store) __attribute__((warn_unused_result));
/* What is read from here to store_rollback() is all of one moment, whatever others write meanwhile; nothing is written. Till
 * then the log cannot be emptied: nobody is waited for in it. */
int store_begin_reading(struct store *store) __attribute__((warn_unused_result));
/* After 0 the transaction is on the disk. After an error it was rolled back. -ENOSPC, -EIO, -EBUSY. A transaction
 * in which a statement failed is never committed, even if the caller went on: all of it or nothing. */
int store_commit(struct store *store) __attribute__((warn_unused_result));
/* Takes everything back; harmless outside a transaction. */
void store_rollback(struct store *store);

/* While nothing but questions is asked (true), a statement that would write is refused: -EPERM, logged, and the
 * transaction cannot be committed. Gives what held before. */
bool store_ask_only(struct store *store, bool only);

/* Outside a transaction: commits a write that changes nothing. 0 or -errno. */
int store_try(struct store *store) __attribute__((warn_unused_result));

/* Seconds since 1970 of an ISO 8601 time with zone (SQLite's date functions), and seconds east of that zone
 * if east is not NULL. false: not a time. */
bool store_time(struct store *store, const char *iso8601, int64_t *wall, int *east);

/* The last time this database was told that could be believed (0 never), to notice a clock that starts in 1970. */
int64_t store_clock(struct store *store);
int store_clock_set(struct store *store, int64_t wall) __attribute__((warn_unused_result));

/* A random 16-byte key of this box, drawn when the database was made. */
void store_box_key(struct store *store, unsigned char key[16]);

#endif
