/* SPDX-License-Identifier: GPL-3.0-or-later */
/* restore: a backup in the place of the database. */
#ifndef STORE_RESTORE_H
#define STORE_RESTORE_H

#include <stdint.h>

#include "store/backup.h"

/* What was done. */
struct restored {
	struct backup_facts facts;      /* of the backup, as it was */
	int64_t last_receipt;           /* the next one is above it */
	int held;                       /* messages that were to be sent, and are not sent again */
	char *kept;                     /* where the database is now that was in the place; NULL there was none */
};

/* Puts a copy of the file in the database's place, brought to the present version and made to know that time has passed
 * since (restored.sql says what follows from that); wall is now, right or wrong. The file stays as it is, and the present
 * database beside it under a dated name. Until the copy is whole and on the disk nothing is touched; then it takes the
 * place in one step. The caller holds the database (store/hold.h). 0, or -errno and why: -EBADMSG, -ENOTSUP as
 * backup_check(); -EBUSY somebody else reads or writes the database. restored->kept is the caller's in any case. */
int restore_from(const char *file, const char *database, int64_t wall, struct restored *restored,
		 char why[BACKUP_WHY_SIZE]) __attribute__((warn_unused_result));

#endif
