/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entry: what the forms of the grammar say, with its history. */
#include "store/entry.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "store/statement.h"
#include "store/store.h"

static void
bind_key(struct store *store, enum statement which, const struct entry_key *key)
{
	statement_bind_text(store, which, ":form", key->form);
	statement_bind(store, which, ":organisation", key->organisation);
	statement_bind_text(store, which, ":area", key->area);
	statement_bind(store, which, ":rt", key->rt);
	statement_bind(store, which, ":rw", key->rw);
	statement_bind(store, which, ":period", key->period);
}

/* data may be NULL. */
static int
find_current(struct store *store, const struct entry_key *key, int64_t *id, char **data)
{
	const void *text;
	size_t size;
	int row;

	bind_key(store, SQL_ENTRY_CURRENT, key);
	statement_bind_text(store, SQL_ENTRY_CURRENT, ":keyed", key->keyed);
	row = statement_row(store, SQL_ENTRY_CURRENT);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*id = statement_int(store, SQL_ENTRY_CURRENT, 0);
	if (data != NULL) {
		text = statement_blob(store, SQL_ENTRY_CURRENT, 1, &size);
		*data = xstrndup(text, size);
	}
	statement_end(store, SQL_ENTRY_CURRENT);
	return 0;
}

int
entry_current(struct store *store, const struct entry_key *key, char **data)
{
	int64_t id;

	return find_current(store, key, &id, data);
}

int
entry_any(struct store *store, const char *form, int64_t organisation, const char *area, int first, int last,
	  int64_t since, bool *any)
{
	const enum statement which = SQL_ENTRY_ANY;
	int64_t found = 0;
	int error;

	statement_bind_text(store, which, ":form", form);
	statement_bind(store, which, ":organisation", organisation);
	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", first);
	statement_bind(store, which, ":last", last);
	statement_bind(store, which, ":since", since);
	error = statement_number(store, which, &found);
	*any = found != 0;
	return error;
}

int
entry_last(struct store *store, const struct entry_key *key, const char *field, long *value)
{
	int64_t found;
	int error;

	statement_bind_text(store, SQL_ENTRY_LAST, ":form", key->form);
	statement_bind(store, SQL_ENTRY_LAST, ":organisation", key->organisation);
	statement_bind_text(store, SQL_ENTRY_LAST, ":area", key->area);
	statement_bind(store, SQL_ENTRY_LAST, ":period", key->period);
	statement_bind_text(store, SQL_ENTRY_LAST, ":field", field);
	error = statement_number(store, SQL_ENTRY_LAST, &found);
	if (error == 0)
		*value = (long)found;
	return error;
}

int
entry_meet(struct store *store, const struct entry_key *key, const char *met,
	   void (*each)(void *ctx, int64_t organisation, const char *name), void *ctx)
{
	char name[24];
	int row;

	bind_key(store, SQL_ENTRY_MET, key);
	statement_bind_text(store, SQL_ENTRY_MET, ":met", met);
	while ((row = statement_row(store, SQL_ENTRY_MET)) == 1) {
		statement_text(store, SQL_ENTRY_MET, 1, name, sizeof name);
		each(ctx, statement_int(store, SQL_ENTRY_MET, 0), name);
	}
	return row;
}

static void
bind_question(struct store *store, enum statement which, const struct entry_question *question)
{
	statement_bind_text(store, which, ":form", question->form);
	statement_bind_text(store, which, ":area", question->area);
	statement_bind(store, which, ":first", question->first);
	statement_bind(store, which, ":last", question->last);
	statement_bind(store, which, ":organisation", question->organisation);
	statement_bind(store, which, ":above", question->above);
	statement_bind_text(store, which, ":where", question->where);
}

int
entry_sum(struct store *store, const struct entry_question *question, const char *field, struct entry_sum *out)
{
	enum statement which = question->replaces ? SQL_ENTRY_SUM : SQL_ENTRY_SUM_EACH;
	int row;

	bind_question(store, which, question);
	statement_bind_text(store, which, ":field", field);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*out = (struct entry_sum){ (long)statement_int(store, which, 0), (long)statement_int(store, which, 1),
				   (long)statement_int(store, which, 2) };
	statement_end(store, which);
	return 0;
}

void
entry_clear(struct entry *entry)
{
	free(entry->data);
	entry->data = NULL;
}

static int
read_entry(struct store *store, enum statement which, struct entry *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*out = (struct entry){ .id = statement_int(store, which, 0), .no = statement_int(store, which, 1),
			       .receipt = statement_int(store, which, 2), .rt = (int)statement_int(store, which, 4),
			       .rw = (int)statement_int(store, which, 5), .period = (int)statement_int(store, which, 6),
			       .data = statement_string(store, which, 7), .wall = statement_int(store, which, 9),
			       .organisation = statement_int(store, which, 10),
			       .person = statement_int(store, which, 11) };
	statement_text(store, which, 3, out->area, sizeof out->area);
	statement_text(store, which, 8, out->flag, sizeof out->flag);
	statement_end(store, which);
	return 0;
}

int
entry_newest(struct store *store, const struct entry_question *question, int64_t since, int64_t before, int64_t no,
	     struct entry *out)
{
	bind_question(store, SQL_ENTRY_LIST, question);
	statement_bind(store, SQL_ENTRY_LIST, ":since", since);
	statement_bind(store, SQL_ENTRY_LIST, ":before", before);
	statement_bind(store, SQL_ENTRY_LIST, ":no", no);
	return read_entry(store, SQL_ENTRY_LIST, out);
}

int
entry_begun(struct store *store, const char *form, int64_t organisation, const char *area, const char *keyed, int64_t *wall)
{
	statement_bind_text(store, SQL_ENTRY_BEGUN, ":form", form);
	statement_bind(store, SQL_ENTRY_BEGUN, ":organisation", organisation);
	statement_bind_text(store, SQL_ENTRY_BEGUN, ":area", area);
	statement_bind_text(store, SQL_ENTRY_BEGUN, ":keyed", keyed);
	return statement_number(store, SQL_ENTRY_BEGUN, wall);
}

int
entry_total(struct store *store, const struct entry_key *key, struct entry *out)
{
	bind_key(store, SQL_ENTRY_TOTAL, key);
	statement_bind_text(store, SQL_ENTRY_TOTAL, ":keyed", key->keyed);
	return read_entry(store, SQL_ENTRY_TOTAL, out);
}

/* A change of exactly the row that was just read in this transaction. */
static int
set_state(struct store *store, enum statement which, int64_t id)
{
	int changed;

	statement_bind(store, which, ":id", id);
	changed = statement_run(store, which);
	assert(changed < 0 || changed == 1);
	return changed < 0 ? changed : 0;
}

static int
draw(struct store *store, const struct entry_new *entry, int64_t *no)
{
	*no = entry->receipt;
	if (entry->receipt != 0)
		return 0;
	statement_bind_text(store, SQL_ENTRY_DRAW, ":series", entry->series);
	return statement_number(store, SQL_ENTRY_DRAW, no);
}

static int
add(struct store *store, const struct entry_new *entry, int64_t no, int64_t replaced)
{
	int changed;

	bind_key(store, SQL_ENTRY_ADD, &entry->key);
	statement_bind_text(store, SQL_ENTRY_ADD, ":keyed", entry->key.keyed);
	statement_bind_text(store, SQL_ENTRY_ADD, ":series", entry->series);
	statement_bind(store, SQL_ENTRY_ADD, ":no", no);
	if (entry->receipt != 0)
		statement_bind(store, SQL_ENTRY_ADD, ":receipt", entry->receipt);
	if (entry->inbox != 0)
		statement_bind(store, SQL_ENTRY_ADD, ":inbox", entry->inbox);
	statement_bind(store, SQL_ENTRY_ADD, ":person", entry->person);
	statement_bind(store, SQL_ENTRY_ADD, ":wall", entry->wall);
	statement_bind(store, SQL_ENTRY_ADD, ":replaces", entry->replaces);
	statement_bind_text(store, SQL_ENTRY_ADD, ":met", entry->met);
	statement_bind_text(store, SQL_ENTRY_ADD, ":data", entry->data);
	statement_bind_text(store, SQL_ENTRY_ADD, ":flag", entry->flag);
	if (replaced != 0)
		statement_bind(store, SQL_ENTRY_ADD, ":prev", replaced);
	changed = statement_run(store, SQL_ENTRY_ADD);
	return changed < 0 ? changed : 0;
}

int
entry_put(struct store *store, const struct entry_new *entry, int64_t *no)
{
	int64_t replaced = 0;
	int error = 0;

	assert(!sqlite3_get_autocommit(store->db));
	if (entry->replaces)
		error = find_current(store, &entry->key, &replaced, NULL);
	if (error == 0 && replaced != 0)
		error = set_state(store, SQL_ENTRY_SUPERSEDE, replaced);
	else if (error == -ENOENT)
		error = 0;
	if (error == 0)
		error = draw(store, entry, no);
	return error != 0 ? error : add(store, entry, *no, replaced);
}

static int
take_back(struct store *store, int64_t id, bool current)
{
	int64_t replaced;
	int error = set_state(store, SQL_ENTRY_CANCEL, id);

	/* One that was replaced already is only struck out of the history. */
	if (error != 0 || !current)
		return error;
	statement_bind(store, SQL_ENTRY_REPLACED, ":id", id);
	error = statement_number(store, SQL_ENTRY_REPLACED, &replaced);
	if (error == -ENOENT)
		return 0;
	return error != 0 ? error : set_state(store, SQL_ENTRY_RESTORE, replaced);
}

int
entry_take_back(struct store *store, int64_t id)
{
	return take_back(store, id, true);
}

int
entry_cancel(struct store *store, int64_t receipt)
{
	char state[16];
	int64_t id;
	int row;

	statement_bind(store, SQL_ENTRY_OF_RECEIPT, ":receipt", receipt);
	row = statement_row(store, SQL_ENTRY_OF_RECEIPT);
	if (row <= 0)
		return row;
	id = statement_int(store, SQL_ENTRY_OF_RECEIPT, 0);
	statement_text(store, SQL_ENTRY_OF_RECEIPT, 1, state, sizeof state);
	statement_end(store, SQL_ENTRY_OF_RECEIPT);
	return take_back(store, id, strcmp(state, "CURRENT") == 0);
}
