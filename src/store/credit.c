/* SPDX-License-Identifier: GPL-3.0-or-later */
/* credit: what the SIMs of the modems have left. */
#include "store/credit.h"

#include <assert.h>
#include <errno.h>

#include "store/statement.h"

static const char *const WHAT[CREDITS] = { [CREDIT_BALANCE] = "BALANCE", [CREDIT_QUOTA] = "QUOTA" };

static int
read_row(struct store *store, enum statement which, struct credit_row *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	statement_text(store, which, 0, out->modem, sizeof out->modem);
	out->what = (enum credit)statement_word(store, which, 1, WHAT, CREDITS);
	out->low = statement_int(store, which, 2);
	out->dialled = statement_int(store, which, 3);
	statement_text(store, which, 4, out->result, sizeof out->result);
	statement_text(store, which, 5, out->text, sizeof out->text);
	out->amount = statement_int(store, which, 6);
	out->wall = statement_int(store, which, 7);
	statement_end(store, which);
	return 0;
}

static void
bind_key(struct store *store, enum statement which, const char *modem, enum credit what)
{
	statement_bind_text(store, which, ":modem", modem);
	statement_bind_text(store, which, ":what", WHAT[what]);
}

int
credit_next(struct store *store, const struct credit_row *after, struct credit_row *out)
{
	statement_bind_text(store, SQL_CREDIT_NEXT, ":modem", after->modem);
	statement_bind_text(store, SQL_CREDIT_NEXT, ":what", after->modem[0] != '\0' ? WHAT[after->what] : "");
	return read_row(store, SQL_CREDIT_NEXT, out);
}

int
credit_find(struct store *store, const char *modem, enum credit what, struct credit_row *out)
{
	bind_key(store, SQL_CREDIT_FIND, modem, what);
	return read_row(store, SQL_CREDIT_FIND, out);
}

int
credit_watch(struct store *store, const char *modem, enum credit what, int64_t low)
{
	assert(!sqlite3_get_autocommit(store->db));
	bind_key(store, SQL_CREDIT_WATCH, modem, what);
	statement_bind(store, SQL_CREDIT_WATCH, ":low", low);
	return statement_change(store, SQL_CREDIT_WATCH);
}

int
credit_forget(struct store *store, const char *modem, enum credit what)
{
	assert(!sqlite3_get_autocommit(store->db));
	bind_key(store, SQL_CREDIT_FORGET, modem, what);
	return statement_change(store, SQL_CREDIT_FORGET);
}

int
credit_dial(struct store *store, const char *modem, enum credit what, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	bind_key(store, SQL_CREDIT_DIAL, modem, what);
	statement_bind(store, SQL_CREDIT_DIAL, ":wall", wall);
	return statement_change(store, SQL_CREDIT_DIAL);
}

int
credit_tell(struct store *store, const char *modem, enum credit what, const char *result, const char *text,
	    int64_t amount, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	bind_key(store, SQL_CREDIT_TELL, modem, what);
	statement_bind_text(store, SQL_CREDIT_TELL, ":result", result);
	statement_bind_text(store, SQL_CREDIT_TELL, ":text", text);
	if (amount == CREDIT_UNKNOWN)
		statement_bind_null(store, SQL_CREDIT_TELL, ":amount");
	else
		statement_bind(store, SQL_CREDIT_TELL, ":amount", amount);
	statement_bind(store, SQL_CREDIT_TELL, ":wall", wall);
	return statement_change(store, SQL_CREDIT_TELL);
}
