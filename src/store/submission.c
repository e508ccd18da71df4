/* SPDX-License-Identifier: GPL-3.0-or-later */
/* submission: periods that were closed and sent up. */
#include "store/submission.h"

#include <assert.h>
#include <errno.h>

#include "store/statement.h"

static int
read_row(struct store *store, enum statement which, struct submission *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, which, 0);
	statement_text(store, which, 1, out->area, sizeof out->area);
	out->first = (int)statement_int(store, which, 2);
	out->last = (int)statement_int(store, which, 3);
	out->person = statement_int(store, which, 4);
	out->wall = statement_int(store, which, 5);
	statement_text(store, which, 6, out->summary, sizeof out->summary);
	statement_end(store, which);
	return 0;
}

static void
bind_period(struct store *store, enum statement which, const char *area, int first, int last)
{
	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", first);
	statement_bind(store, which, ":last", last);
}

int
submission_find(struct store *store, const char *area, int first, int last, struct submission *out)
{
	bind_period(store, SQL_SUBMISSION_FIND, area, first, last);
	return read_row(store, SQL_SUBMISSION_FIND, out);
}

int
submission_read(struct store *store, int64_t no, struct submission *out)
{
	statement_bind(store, SQL_SUBMISSION_READ, ":no", no);
	return read_row(store, SQL_SUBMISSION_READ, out);
}

int
submission_next(struct store *store, int64_t after, struct submission *out)
{
	statement_bind(store, SQL_SUBMISSION_NEXT, ":after", after);
	return read_row(store, SQL_SUBMISSION_NEXT, out);
}

int64_t
submission_last(struct store *store)
{
	int64_t last = 0;
	int error = statement_number(store, SQL_SUBMISSION_LAST, &last);

	return error != 0 ? error : last;
}

int
submission_put(struct store *store, const struct submission *submission, int64_t *no)
{
	assert(!sqlite3_get_autocommit(store->db));
	bind_period(store, SQL_SUBMISSION_ADD, submission->area, submission->first, submission->last);
	statement_bind(store, SQL_SUBMISSION_ADD, ":person", submission->person);
	statement_bind(store, SQL_SUBMISSION_ADD, ":wall", submission->wall);
	statement_bind_text(store, SQL_SUBMISSION_ADD, ":summary", submission->summary);
	return statement_insert(store, SQL_SUBMISSION_ADD, no);
}
