/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circular: one text to many people. */
#include "store/circular.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "store/statement.h"

int
circular_open(struct store *store, int64_t after, struct circular *out)
{
	const enum statement which = SQL_CIRCULAR_OPEN;
	int row;

	memset(out, 0, sizeof *out);
	statement_bind(store, which, ":after", after);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, which, 0);
	statement_text(store, which, 1, out->kind, sizeof out->kind);
	out->inbox = statement_int(store, which, 2);
	out->person = statement_int(store, which, 3);
	statement_text(store, which, 4, out->area, sizeof out->area);
	statement_text(store, which, 5, out->roles, sizeof out->roles);
	out->rw = (int)statement_int(store, which, 6);
	statement_text(store, which, 7, out->text, sizeof out->text);
	out->wall = statement_int(store, which, 8);
	out->not_after = statement_int(store, which, 9);
	out->hold = statement_int(store, which, 10) != 0;
	out->recipients = (int)statement_int(store, which, 11);
	out->reached = statement_int(store, which, 12);
	out->queued = (int)statement_int(store, which, 13);
	statement_end(store, which);
	return 0;
}

int
circular_progress(struct store *store, int64_t after, struct circular_progress *out)
{
	const enum statement which = SQL_CIRCULAR_PROGRESS;
	int row;

	statement_bind(store, which, ":after", after);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, which, 0);
	out->wall = statement_int(store, which, 1);
	statement_text(store, which, 2, out->kind, sizeof out->kind);
	statement_text(store, which, 3, out->area, sizeof out->area);
	statement_text(store, which, 4, out->roles, sizeof out->roles);
	out->recipients = (int)statement_int(store, which, 5);
	out->queued = (int)statement_int(store, which, 6);
	out->done = statement_int(store, which, 7) != 0;
	out->waiting = (int)statement_int(store, which, 8);
	out->sent = (int)statement_int(store, which, 9);
	out->failed = (int)statement_int(store, which, 10);
	statement_end(store, which);
	return 0;
}

int
circular_put(struct store *store, const struct circular *circular, int64_t *no)
{
	const enum statement which = SQL_CIRCULAR_ADD;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, which, ":kind", circular->kind);
	if (circular->inbox != 0)
		statement_bind(store, which, ":inbox", circular->inbox);
	statement_bind(store, which, ":person", circular->person);
	statement_bind_text(store, which, ":area", circular->area);
	statement_bind_text(store, which, ":roles", circular->roles);
	statement_bind(store, which, ":rw", circular->rw);
	statement_bind_text(store, which, ":text", circular->text);
	statement_bind(store, which, ":wall", circular->wall);
	statement_bind(store, which, ":not_after", circular->not_after);
	statement_bind(store, which, ":hold", circular->hold);
	statement_bind(store, which, ":recipients", circular->recipients);
	return statement_insert(store, which, no);
}

int
circular_move(struct store *store, int64_t no, int64_t reached, int queued, bool done)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_CIRCULAR_MOVE, ":no", no);
	statement_bind(store, SQL_CIRCULAR_MOVE, ":reached", reached);
	statement_bind(store, SQL_CIRCULAR_MOVE, ":queued", queued);
	statement_bind(store, SQL_CIRCULAR_MOVE, ":done", done);
	return statement_change(store, SQL_CIRCULAR_MOVE);
}
