/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup: copies of the database, made while it is in use, and looked at before they get their name. A file under its
 * final name is whole: it was read back from the disk, passed SQLite's integrity_check, and held what the database held
 * at the moment of the copy. Knows no hours: when one is due is the nightly's. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#define BACKUP_WHY_SIZE 512     /* one line: what is wrong, what was expected */
#define BACKUP_BOX_SIZE 7       /* six hex digits of a hash of the box's key */
#define BACKUP_NAME_SIZE 40     /* kentongan-20261122T183000Z-a1b2c3.db: as vfat likes it, by date, in UTC */

/* What a database holds. */
struct backup_facts {
	int64_t version;                /* of its schema */
	int64_t pages, size;            /* bytes */
	int64_t received, last_received;        /* messages, parts included; id of the last */
	int64_t receipts, last_receipt;
	int64_t values;                 /* reported */
	int64_t people;                 /* registered */
	int64_t last_out, waiting;      /* messages to send: id of the last; how many are QUEUED or CLAIMED */
	int64_t wall;                   /* the last time that it knows to have been right */
	char box[BACKUP_BOX_SIZE];
};

/* All of these return 0 or -errno and say why in one line, which they do not log. */

/* Copies the database as it is at one moment into the file `to`, 0600, which is replaced if it is there. Others may read
 * and write it meanwhile: they neither wait nor are they waited for, as the copy is of a snapshot; small steps with
 * pauses leave the disk to them. -ENOSPC: there is not enough room. facts may be NULL. */
int backup_write(const char *database, const char *to, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
	__attribute__((warn_unused_result));

/* The same into a folder, under a name of the box and of that time; *path (the caller's) is the file. */
int backup_write_dated(const char *database, const char *folder, int64_t wall, char **path, struct backup_facts *facts,
		       char why[BACKUP_WHY_SIZE]) __attribute__((warn_unused_result));

/* Reads all of the file, and changes nothing. -EBADMSG: no backup, or damaged; -ENOTSUP: of a newer version. */
int backup_check(const char *file, struct backup_facts *facts, char why[BACKUP_WHY_SIZE])
	__attribute__((warn_unused_result));

/* --- a folder of them --- */

/* The folder is made if only it is missing. separate: it must be there, and on another file system than the database and
 * the system's own: a stick that is not plugged in must not fill the disk below its mount point. Else -ENODEV. */
struct backup_place { const char *folder; bool separate; int keep_days; };

/* What happens every night: half copies of this box that were left are removed, one is written, and when it is whole, those
 * of this box that are older than keep_days. Nothing else in the folder is ever touched. source is the database, or a backup
 * of it: then nobody reads the database while the place is written, which may take for ever. */
int backup_tonight(const char *database, const char *source, const struct backup_place *place, int64_t wall,
		   char why[BACKUP_WHY_SIZE]) __attribute__((warn_unused_result));

/* A folder for copies, if only it is missing; its owner is that of the one above. */
int backup_make_folder(const char *folder, char why[BACKUP_WHY_SIZE]) __attribute__((warn_unused_result));

/* Whether the place can be used: 0 or -ENODEV. */
int backup_find_place(const char *database, const struct backup_place *place, char why[BACKUP_WHY_SIZE])
	__attribute__((warn_unused_result));

/* Of a box with that key, for its names. */
void backup_box(const unsigned char key[16], char box[BACKUP_BOX_SIZE]);

/* The box's newest that is not of the future. -ENOENT: there is none. Logs nothing, says nothing. */
struct backup_file { char name[BACKUP_NAME_SIZE]; int64_t wall, size; };
int backup_newest(const char *folder, const char *box, int64_t wall, struct backup_file *out)
	__attribute__((warn_unused_result));

#endif
