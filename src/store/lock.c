/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lock: closed periods. Knows no dates: which periods exist is the rules'. */
#include "store/lock.h"

#include <assert.h>

#include "store/statement.h"

int
lock_put(struct store *store, const char *area, int period, int64_t person, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_LOCK_PUT, ":area", area);
	statement_bind(store, SQL_LOCK_PUT, ":period", period);
	statement_bind(store, SQL_LOCK_PUT, ":person", person);
	statement_bind(store, SQL_LOCK_PUT, ":wall", wall);
	int changed = statement_run(store, SQL_LOCK_PUT);
	return changed < 0 ? changed : 0;
}

int
lock_find(struct store *store, const char *village, int period, bool *closed)
{
	int64_t count = 0;

	statement_bind_text(store, SQL_LOCK_FIND, ":area", village);
	statement_bind(store, SQL_LOCK_FIND, ":period", period);
	int error = statement_number(store, SQL_LOCK_FIND, &count);
	*closed = count != 0;
	return error;
}
