/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup_name: what the copies in a folder are called, and which of them are ours. Private to backup. */
#ifndef STORE_BACKUP_NAME_H
#define STORE_BACKUP_NAME_H

#include "store/backup.h"

#define BACKUP_PART ".part"     /* behind the name while it is written */

/* The name of the box's copy of that time. */
void backup_name(const char *box, int64_t wall, char out[BACKUP_NAME_SIZE]);

/* Removes the box's copies of which only a part was written. */
void backup_remove_parts(const char *folder, const char *box);
/* Removes the box's copies that are older than `keep` seconds, except the newest, and none of the future. */
void backup_remove_older(const char *folder, const char *box, int64_t wall, int64_t keep);

#endif
