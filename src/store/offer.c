/* SPDX-License-Identifier: GPL-3.0-or-later */
/* offer: what a mistaken message may have meant. Knows nothing of what is in it. */
#include "store/offer.h"

#include <assert.h>
#include <errno.h>

#include "store/statement.h"

int
offer_put(struct store *store, const char *phone, const struct offer *offer)
{
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_OFFER_PUT, ":phone", phone);
	statement_bind_text(store, SQL_OFFER_PUT, ":text", offer->text);
	statement_bind_text(store, SQL_OFFER_PUT, ":isi", offer->isi);
	statement_bind(store, SQL_OFFER_PUT, ":wall", offer->wall);
	changed = statement_run(store, SQL_OFFER_PUT);
	return changed < 0 ? changed : 0;
}

int
offer_find(struct store *store, const char *phone, int64_t since, int64_t until, struct offer *out)
{
	int row;

	statement_bind_text(store, SQL_OFFER_FIND, ":phone", phone);
	statement_bind(store, SQL_OFFER_FIND, ":since", since);
	statement_bind(store, SQL_OFFER_FIND, ":until", until);
	row = statement_row(store, SQL_OFFER_FIND);
	if (row != 1)
		return row < 0 ? row : -ENOENT;
	statement_text(store, SQL_OFFER_FIND, 0, out->text, sizeof out->text);
	statement_text(store, SQL_OFFER_FIND, 1, out->isi, sizeof out->isi);
	out->wall = statement_int(store, SQL_OFFER_FIND, 2);
	statement_end(store, SQL_OFFER_FIND);
	return 0;
}

int
offer_forget(struct store *store, const char *phone)
{
	int changed;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_OFFER_FORGET, ":phone", phone);
	changed = statement_run(store, SQL_OFFER_FORGET);
	return changed < 0 ? changed : 0;
}
