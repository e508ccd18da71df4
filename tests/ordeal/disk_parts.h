/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disk_parts: what the disk would still know of each file after a power cut. */
#ifndef DISK_PARTS_H
#define DISK_PARTS_H

#include <sqlite3.h>
#include <stdbool.h>

/* What a file was when it was last synced, and all that it has been since. */
struct image;

/* Known for ever; the file itself may come and go. */
struct image *image_of(const char *path);

/* Around each change in [at, at + length): what was there, what is there now. */
void image_before(struct image *image, sqlite3_file *file, sqlite3_int64 at, sqlite3_int64 length);
void image_after(struct image *image, sqlite3_file *file, sqlite3_int64 at, sqlite3_int64 length);
/* Its content is on the disk. */
void image_synced(struct image *image);

/* Names: one was made; is about to go (and may come back); was given to another file. */
void image_born(struct image *image);
void image_dying(struct image *image);
void image_renamed(const char *from, const char *to);
/* All names are on the disk. */
void images_names_synced(void);

/* Leaves on the disk what a power cut leaves. */
void images_cut(void);

#endif
