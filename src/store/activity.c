/* SPDX-License-Identifier: GPL-3.0-or-later */
/* activity: whether anything was done in a part of a village. */
#include "store/activity.h"

#include <errno.h>

#include "store/statement.h"

int
activity_last(struct store *store, const char *area, int rw, int64_t *wall)
{
	int error;

	statement_bind_text(store, SQL_ACTIVITY_LAST, ":area", area);
	statement_bind(store, SQL_ACTIVITY_LAST, ":rw", rw);
	error = statement_number(store, SQL_ACTIVITY_LAST, wall);
	return error == 0 && *wall == 0 ? -ENOENT : error;
}
