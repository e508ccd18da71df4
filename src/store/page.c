/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page: what follows the first SMS of a long answer. Knows nothing of what is in it. */
#include "store/page.h"

#include <assert.h>
#include <errno.h>

#include "store/statement.h"

static int
add(struct store *store, const char *phone, size_t number, const char *text, int64_t wall)
{
	int changed;

	statement_bind_text(store, SQL_PAGE_ADD, ":phone", phone);
	statement_bind(store, SQL_PAGE_ADD, ":number", (int64_t)number);
	statement_bind_text(store, SQL_PAGE_ADD, ":text", text);
	statement_bind(store, SQL_PAGE_ADD, ":wall", wall);
	changed = statement_run(store, SQL_PAGE_ADD);
	return changed < 0 ? changed : 0;
}

int
page_keep(struct store *store, const char *phone, const char *texts, size_t size, size_t count, int64_t wall,
	  int64_t stale)
{
	int error;
	size_t i;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_PAGE_FORGET, ":phone", phone);
	statement_bind(store, SQL_PAGE_FORGET, ":stale", stale);
	error = statement_run(store, SQL_PAGE_FORGET);
	error = error < 0 ? error : 0;
	for (i = 0; i < count && error == 0; i++)
		error = add(store, phone, i + 2, texts + i * size, wall);
	return error;
}

int
page_find(struct store *store, const char *phone, int64_t since, int64_t until, char *out, size_t size)
{
	statement_bind_text(store, SQL_PAGE_FIND, ":phone", phone);
	statement_bind(store, SQL_PAGE_FIND, ":since", since);
	statement_bind(store, SQL_PAGE_FIND, ":until", until);
	return statement_one_text(store, SQL_PAGE_FIND, out, size);
}

int
page_turn(struct store *store, const char *phone)
{
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_PAGE_TURN, ":phone", phone);
	changed = statement_run(store, SQL_PAGE_TURN);
	return changed < 0 ? changed : 0;
}
