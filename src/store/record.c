/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record: reported values with their history, and receipts. Knows no categories: codes are texts here. */
#include "store/record.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "store/entry.h"
#include "store/figure.h"
#include "store/settlement.h"
#include "store/statement.h"
#include "store/store.h"

static void
bind_key(struct store *store, enum statement which, const struct record_key *key)
{
	statement_bind(store, which, ":organisation", key->organisation);
	statement_bind_text(store, which, ":village", key->village);
	statement_bind(store, which, ":rt", key->rt);
	statement_bind(store, which, ":rw", key->rw);
	statement_bind_text(store, which, ":category", key->category);
	statement_bind_text(store, which, ":unit", key->unit);
	statement_bind_text(store, which, ":list", key->list);
	statement_bind(store, which, ":period", key->period);
}

static int
find_current(struct store *store, const struct record_key *key, int64_t *id, int64_t *value)
{
	bind_key(store, SQL_RECORD_CURRENT, key);
	int row = statement_row(store, SQL_RECORD_CURRENT);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*value = statement_int(store, SQL_RECORD_CURRENT, 0);
	*id = statement_int(store, SQL_RECORD_CURRENT, 1);
	statement_end(store, SQL_RECORD_CURRENT);
	return 0;
}

int
record_current(struct store *store, const struct record_key *key, long *value)
{
	int64_t id, found;
	int error = find_current(store, key, &id, &found);

	if (error == 0)
		*value = (long)found;
	return error;
}

int
record_largest(struct store *store, const struct record_key *key, long *value)
{
	const enum statement which = SQL_RECORD_LARGEST;
	int64_t found;
	int error;

	statement_bind(store, which, ":organisation", key->organisation);
	statement_bind_text(store, which, ":village", key->village);
	statement_bind(store, which, ":rt", key->rt);
	statement_bind(store, which, ":rw", key->rw);
	statement_bind_text(store, which, ":category", key->category);
	statement_bind_text(store, which, ":list", key->list);
	statement_bind(store, which, ":period", key->period);
	error = statement_number(store, which, &found);
	if (error == 0)
		*value = (long)found;
	return error;
}

int
receipt_draw(struct store *store, const char *verb, int64_t inbox, int64_t person, int64_t organisation, int64_t wall,
	     int64_t *no)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_RECEIPT_DRAW, ":verb", verb);
	if (inbox != 0)
		statement_bind(store, SQL_RECEIPT_DRAW, ":inbox", inbox);
	statement_bind(store, SQL_RECEIPT_DRAW, ":person", person);
	statement_bind(store, SQL_RECEIPT_DRAW, ":organisation", organisation);
	statement_bind(store, SQL_RECEIPT_DRAW, ":wall", wall);
	int changed = statement_run(store, SQL_RECEIPT_DRAW);
	if (changed < 0)
		return changed;
	*no = sqlite3_last_insert_rowid(store->db);
	return 0;
}

/* A change of exactly the row that was just read in this transaction. */
static int
set_state(struct store *store, enum statement which, int64_t id)
{
	statement_bind(store, which, ":id", id);
	int changed = statement_run(store, which);
	assert(changed < 0 || changed == 1);
	return changed < 0 ? changed : 0;
}

int
record_put(struct store *store, int64_t receipt, const struct record_key *key, long value, const char *word)
{
	int64_t replaced = 0, old;
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = find_current(store, key, &replaced, &old);
	if (error == 0)
		error = set_state(store, SQL_RECORD_SUPERSEDE, replaced);
	else if (error == -ENOENT)
		error = 0;
	if (error != 0)
		return error;
	bind_key(store, SQL_RECORD_ADD, key);
	statement_bind(store, SQL_RECORD_ADD, ":receipt", receipt);
	statement_bind(store, SQL_RECORD_ADD, ":value", value);
	statement_bind_text(store, SQL_RECORD_ADD, ":word", word);
	if (replaced != 0)
		statement_bind(store, SQL_RECORD_ADD, ":prev", replaced);
	int changed = statement_run(store, SQL_RECORD_ADD);
	return changed < 0 ? changed : figure_refresh(store, key);
}

int
receipt_find(struct store *store, int64_t no, int64_t person, struct receipt *out)
{
	enum statement which = no != 0 ? SQL_RECEIPT_BY_NO : SQL_RECEIPT_LAST;
	int row;

	statement_bind(store, which, no != 0 ? ":no" : ":person", no != 0 ? no : person);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, which, 0);
	out->person = statement_int(store, which, 1);
	out->organisation = statement_int(store, which, 2);
	out->wall = statement_int(store, which, 3);
	statement_text(store, which, 4, out->verb, sizeof out->verb);
	out->cancelled = (int)statement_int(store, which, 5);
	out->period = (int)statement_int(store, which, 6);
	statement_text(store, which, 7, out->village, sizeof out->village);
	out->rt = (int)statement_int(store, which, 8);
	out->rw = (int)statement_int(store, which, 9);
	statement_text(store, which, 10, out->form, sizeof out->form);
	statement_end(store, which);
	return 0;
}

/* A value of a receipt, with room for its own strings. */
struct value {
	int64_t id;
	char state[16], village[14], category[16], unit[32], list[64];
	struct record_key key;
};

static int
next_value(struct store *store, int64_t receipt, int64_t after, struct value *out)
{
	statement_bind(store, SQL_RECORD_OF_RECEIPT, ":receipt", receipt);
	statement_bind(store, SQL_RECORD_OF_RECEIPT, ":after", after);
	int row = statement_row(store, SQL_RECORD_OF_RECEIPT);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->id = statement_int(store, SQL_RECORD_OF_RECEIPT, 0);
	statement_text(store, SQL_RECORD_OF_RECEIPT, 1, out->state, sizeof out->state);
	statement_text(store, SQL_RECORD_OF_RECEIPT, 3, out->village, sizeof out->village);
	statement_text(store, SQL_RECORD_OF_RECEIPT, 6, out->category, sizeof out->category);
	statement_text(store, SQL_RECORD_OF_RECEIPT, 7, out->unit, sizeof out->unit);
	statement_text(store, SQL_RECORD_OF_RECEIPT, 9, out->list, sizeof out->list);
	out->key = (struct record_key){
		.organisation = statement_int(store, SQL_RECORD_OF_RECEIPT, 2),
		.village = out->village,
		.rt = (int)statement_int(store, SQL_RECORD_OF_RECEIPT, 4),
		.rw = (int)statement_int(store, SQL_RECORD_OF_RECEIPT, 5),
		.category = out->category,
		.unit = out->unit,
		.list = out->list,
		.period = (int)statement_int(store, SQL_RECORD_OF_RECEIPT, 8),
	};
	statement_end(store, SQL_RECORD_OF_RECEIPT);
	return 0;
}

/* The value in force, -1 none. */
static int
value_now(struct store *store, const struct record_key *key, long *now)
{
	int error;

	*now = -1;
	error = record_current(store, key, now);
	return error == -ENOENT ? 0 : error;
}

/* What the one in force replaced is in force again. */
static int
restore(struct store *store, int64_t id)
{
	int64_t replaced;
	int error;

	statement_bind(store, SQL_RECORD_REPLACED, ":id", id);
	error = statement_number(store, SQL_RECORD_REPLACED, &replaced);
	if (error == 0)
		error = set_state(store, SQL_RECORD_RESTORE, replaced);
	return error == -ENOENT ? 0 : error;
}

/* wall: what the TKSK has settled was another figure, if this changes one: it is open again from then on (rule 44). */
static int
take_back(struct store *store, const struct record_key *key, int64_t id, bool current, int64_t wall)
{
	long before, now;
	int error = value_now(store, key, &before);

	if (error == 0)
		error = set_state(store, SQL_RECORD_CANCEL, id);
	/* One that was replaced already is only struck out of the history: it must not return when the later one
	 * is taken back too. */
	if (error != 0 || !current)
		return error;
	error = restore(store, id);
	if (error == 0)
		error = value_now(store, key, &now);
	if (error == 0 && now != before)
		error = settlement_reopen(store, key, wall);
	return error != 0 ? error : figure_refresh(store, key);
}

static int
mark_cancelled(struct store *store, int64_t no, int64_t by, int64_t wall)
{
	statement_bind(store, SQL_RECEIPT_CANCEL, ":no", no);
	if (by != 0)
		statement_bind(store, SQL_RECEIPT_CANCEL, ":by", by);
	statement_bind(store, SQL_RECEIPT_CANCEL, ":wall", wall);
	int changed = statement_run(store, SQL_RECEIPT_CANCEL);
	if (changed == 0)
		return -ENOENT;
	return changed < 0 ? changed : 0;
}

int
receipt_cancel(struct store *store, int64_t no, int64_t by, int64_t wall,
	       void (*each)(void *ctx, const struct record_key *key, long now), void *ctx)
{
	struct value value = {.id = 0};
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = mark_cancelled(store, no, by, wall);
	if (error != 0)
		return error;
	/* One by one: each() may ask the store itself. */
	while ((error = next_value(store, no, value.id, &value)) == 0) {
		long now;

		error = take_back(store, &value.key, value.id, strcmp(value.state, "CURRENT") == 0, wall);
		if (error == 0)
			error = value_now(store, &value.key, &now);
		if (error != 0)
			return error;
		if (each != NULL)
			each(ctx, &value.key, now);
	}
	return error == -ENOENT ? entry_cancel(store, no) : error;
}

/* A receipt without any value that is left is as if it had been cancelled by its number. */
static int
close_empty(struct store *store, int64_t no, int64_t by, int64_t wall)
{
	int64_t left;
	int error;

	statement_bind(store, SQL_RECEIPT_LEFT, ":receipt", no);
	error = statement_number(store, SQL_RECEIPT_LEFT, &left);
	return error != 0 || left != 0 ? error : mark_cancelled(store, no, by, wall);
}

int
record_take_back(struct store *store, const struct record_key *key, int64_t by, int64_t wall, int64_t *no, long *now)
{
	int64_t id, value;
	int error = find_current(store, key, &id, &value);

	assert(!sqlite3_get_autocommit(store->db));
	if (error != 0)
		return error;
	statement_bind(store, SQL_RECORD_RECEIPT, ":id", id);
	error = statement_number(store, SQL_RECORD_RECEIPT, no);
	if (error == 0)
		error = take_back(store, key, id, true, wall);
	if (error == 0)
		error = close_empty(store, *no, by, wall);
	return error != 0 ? error : value_now(store, key, now);
}
