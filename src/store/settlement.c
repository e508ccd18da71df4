/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settlement: settled values with their history. Knows no rights: who may settle is the rules'. */
#include "store/settlement.h"

#include <assert.h>
#include <errno.h>

#include "store/figure.h"
#include "store/record.h"
#include "store/statement.h"

static void
bind_key(struct store *store, enum statement which, const struct record_key *key)
{
	statement_bind_text(store, which, ":village", key->village);
	statement_bind_text(store, which, ":category", key->category);
	statement_bind_text(store, which, ":unit", key->unit);
	statement_bind_text(store, which, ":list", key->list);
	statement_bind(store, which, ":period", key->period);
}

int
settlement_find(struct store *store, const struct record_key *key, long *value)
{
	int64_t found;

	bind_key(store, SQL_SETTLEMENT_FIND, key);
	int error = statement_number(store, SQL_SETTLEMENT_FIND, &found);
	if (error == 0)
		*value = (long)found;
	return error;
}

/* The one in force becomes history: 1, there was none: 0, or -errno. */
static int
end(struct store *store, const struct record_key *key, const char *state, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	bind_key(store, SQL_SETTLEMENT_END, key);
	statement_bind_text(store, SQL_SETTLEMENT_END, ":state", state);
	statement_bind(store, SQL_SETTLEMENT_END, ":wall", wall);
	return statement_run(store, SQL_SETTLEMENT_END);
}

int
settlement_put(struct store *store, const struct record_key *key, long value, int64_t person, int64_t wall)
{
	int changed = end(store, key, "SUPERSEDED", wall);

	if (changed < 0)
		return changed;
	bind_key(store, SQL_SETTLEMENT_ADD, key);
	statement_bind(store, SQL_SETTLEMENT_ADD, ":value", value);
	statement_bind(store, SQL_SETTLEMENT_ADD, ":person", person);
	statement_bind(store, SQL_SETTLEMENT_ADD, ":wall", wall);
	changed = statement_run(store, SQL_SETTLEMENT_ADD);
	if (changed < 0)
		return changed;
	/* Whoever was told of the overlap must hear of it again, should it be open again. */
	bind_key(store, SQL_OVERLAP_SETTLED, key);
	changed = statement_run(store, SQL_OVERLAP_SETTLED);
	return changed < 0 ? changed : figure_refresh(store, key);
}

int
settlement_reopen(struct store *store, const struct record_key *key, int64_t wall)
{
	int changed = end(store, key, "REOPENED", wall);

	return changed > 0 ? figure_refresh(store, key) : changed;
}
