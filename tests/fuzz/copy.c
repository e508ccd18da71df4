/* SPDX-License-Identifier: GPL-3.0-or-later */
/* copy: for the targets that need a database as it was before each input. */
#include <sqlite3.h>

#include "fuzz.h"

void
fuzz_copy(struct sqlite3 *from, struct sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");

	MUST(backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE && sqlite3_backup_finish(backup) == SQLITE_OK);
}
