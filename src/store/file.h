/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file: a database's file before anybody works with it: fixed SQL that is needed once, whose it is, its names. Private to
 * this room. Errors are logged here unless said otherwise. */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Runs SQL; *value (may be NULL, else the caller's) is the first column of its last row, "" without one. 0 or -errno. */
int file_run(sqlite3 *db, const char *text, char **value) __attribute__((warn_unused_result));
/* One statement with one parameter. */
int file_run_with(sqlite3 *db, const char *text, int64_t parameter) __attribute__((warn_unused_result));
/* The same as file_run() for one number. */
int file_number(sqlite3 *db, const char *text, int *number) __attribute__((warn_unused_result));

/* Opens it as it is, without any file beside it, even where nothing may be written; nobody else may write it meanwhile.
 * Gives SQLite's result, logs nothing; *db is the caller's in any case. */
int file_open_still(const char *file, sqlite3 **db) __attribute__((warn_unused_result));

/* Makes an empty file of mode 0600 where there is none: SQLite would make it readable to all, and the files beside it
 * (-wal, -shm) take its mode. Made by root it is its folder's owner's, as those who work with it are not root. */
int file_make(const char *path) __attribute__((warn_unused_result));
/* The same where there may be none before: -EEXIST, as it may be somebody else's. Logs nothing. */
int file_make_new(const char *path) __attribute__((warn_unused_result));

/* The folder in which the path is, "." if it names none. The caller's. */
char *file_folder(const char *path);
/* A folder that was made just now: its owner is that of the one above it, and its name lasts. -errno, not logged. */
int file_settle_folder(const char *folder) __attribute__((warn_unused_result));
/* Makes the name itself last through a power cut. Logs nothing. */
int file_sync_folder(const char *path) __attribute__((warn_unused_result));

/* The newest version that this program knows, and what is in a file: 0 and its version, 0 for an empty one; -EMEDIUMTYPE
 * it is another program's, -ENOTSUP a newer version's. Logs what SQLite says, nothing else. In store.c. */
int file_newest(void);
int file_version(sqlite3 *db, int *version) __attribute__((warn_unused_result));

#endif
