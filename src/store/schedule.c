/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule: how far the calendar was worked off. */
#include "store/schedule.h"

#include <errno.h>

#include "store/statement.h"

int64_t
schedule_mark(struct store *store)
{
	int64_t mark;

	return statement_number(store, SQL_SCHEDULE_MARK, &mark) == 0 ? mark : 0;
}

static int
read_row(struct store *store, enum statement which, struct schedule_count *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, which, 0, out->name, sizeof out->name);
	out->queued = statement_int(store, which, 1);
	out->dropped = statement_int(store, which, 2);
	out->reached = statement_int(store, which, 3);
	statement_end(store, which);
	return 0;
}

int
schedule_next(struct store *store, const char *after, struct schedule_count *out)
{
	statement_bind_text(store, SQL_SCHEDULE_NEXT, ":name", after);
	return read_row(store, SQL_SCHEDULE_NEXT, out);
}

int
schedule_find(struct store *store, const char *name, struct schedule_count *out)
{
	statement_bind_text(store, SQL_SCHEDULE_FIND, ":name", name);
	return read_row(store, SQL_SCHEDULE_FIND, out);
}

int
schedule_set_mark(struct store *store, int64_t wall)
{
	statement_bind(store, SQL_SCHEDULE_SET, ":wall", wall);
	return statement_change(store, SQL_SCHEDULE_SET);
}

int
schedule_add(struct store *store, const char *name, int queued, int dropped)
{
	statement_bind_text(store, SQL_SCHEDULE_ADD, ":name", name);
	statement_bind(store, SQL_SCHEDULE_ADD, ":queued", queued);
	statement_bind(store, SQL_SCHEDULE_ADD, ":dropped", dropped);
	return statement_change(store, SQL_SCHEDULE_ADD);
}

int
schedule_reach(struct store *store, const char *name, int64_t number)
{
	statement_bind_text(store, SQL_SCHEDULE_REACH, ":name", name);
	statement_bind(store, SQL_SCHEDULE_REACH, ":number", number);
	return statement_change(store, SQL_SCHEDULE_REACH);
}
