/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session: where somebody is in a menu. Knows nothing of what is in it. */
#include "store/session.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "store/statement.h"

int
session_find(struct store *store, const char *phone, const char *id, int64_t since, int64_t until,
	     struct session *out)
{
	int row;

	statement_bind_text(store, SQL_SESSION_FIND, ":phone", phone);
	statement_bind_text(store, SQL_SESSION_FIND, ":id", id);
	statement_bind(store, SQL_SESSION_FIND, ":since", since);
	statement_bind(store, SQL_SESSION_FIND, ":until", until);
	row = statement_row(store, SQL_SESSION_FIND);
	if (row != 1)
		return row < 0 ? row : -ENOENT;
	out->state = statement_string(store, SQL_SESSION_FIND, 0);
	statement_text(store, SQL_SESSION_FIND, 1, out->shown, sizeof out->shown);
	statement_text(store, SQL_SESSION_FIND, 2, out->inputs, sizeof out->inputs);
	out->steps = (int)statement_int(store, SQL_SESSION_FIND, 3);
	out->over = statement_int(store, SQL_SESSION_FIND, 4) != 0;
	out->wall = statement_int(store, SQL_SESSION_FIND, 5);
	statement_end(store, SQL_SESSION_FIND);
	return 0;
}

void
session_clear(struct session *session)
{
	free(session->state);
	*session = (struct session){ .state = NULL };
}

int
session_put(struct store *store, const char *phone, const char *id, const struct session *session, int64_t stale)
{
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_SESSION_STALE, ":stale", stale);
	changed = statement_run(store, SQL_SESSION_STALE);
	if (changed < 0)
		return changed;
	statement_bind_text(store, SQL_SESSION_PUT, ":phone", phone);
	statement_bind_text(store, SQL_SESSION_PUT, ":id", id);
	statement_bind_text(store, SQL_SESSION_PUT, ":state", session->state);
	statement_bind_text(store, SQL_SESSION_PUT, ":shown", session->shown);
	statement_bind_text(store, SQL_SESSION_PUT, ":inputs", session->inputs);
	statement_bind(store, SQL_SESSION_PUT, ":steps", session->steps);
	statement_bind(store, SQL_SESSION_PUT, ":over", session->over);
	statement_bind(store, SQL_SESSION_PUT, ":wall", session->wall);
	changed = statement_run(store, SQL_SESSION_PUT);
	return changed < 0 ? changed : 0;
}

int
session_forget(struct store *store, const char *phone, const char *id)
{
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_SESSION_FORGET, ":phone", phone);
	statement_bind_text(store, SQL_SESSION_FORGET, ":id", id);
	changed = statement_run(store, SQL_SESSION_FORGET);
	return changed < 0 ? changed : 0;
}
