/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casebook: cases, links between them, referrals. Knows no bounds of age: those are the grammar's. */
#include "store/casebook.h"

#include <assert.h>
#include <errno.h>

#include "store/statement.h"

#define DAY 86400
#define APART_DAYS 90           /* rule 28 */

static const char *const states[] = {
	[CASE_OPEN] = "OPEN", [CASE_REFERRED] = "REFERRED", [CASE_CLOSED] = "CLOSED",
};
#define STATES (sizeof states / sizeof *states)

static const char *const referral_states[] = {
	[REFERRAL_MADE] = "MADE", [REFERRAL_DONE] = "DONE",
};
#define REFERRAL_STATES (sizeof referral_states / sizeof *referral_states)

int
casebook_find(struct store *store, int64_t no, struct casebook_entry *out)
{
	char sex[2];

	statement_bind(store, SQL_CASEBOOK_FIND, ":no", no);
	int row = statement_row(store, SQL_CASEBOOK_FIND);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, SQL_CASEBOOK_FIND, 0);
	out->state = (enum case_state)statement_word(store, SQL_CASEBOOK_FIND, 1, states, STATES);
	statement_text(store, SQL_CASEBOOK_FIND, 2, out->village, sizeof out->village);
	out->rt = (int)statement_int(store, SQL_CASEBOOK_FIND, 3);
	out->rw = (int)statement_int(store, SQL_CASEBOOK_FIND, 4);
	statement_text(store, SQL_CASEBOOK_FIND, 5, out->category, sizeof out->category);
	statement_text(store, SQL_CASEBOOK_FIND, 6, sex, sizeof sex);
	out->sex = sex[0];
	out->age = (int)statement_int(store, SQL_CASEBOOK_FIND, 7);
	out->rest = (int)statement_int(store, SQL_CASEBOOK_FIND, 8);
	out->married = (int)statement_int(store, SQL_CASEBOOK_FIND, 9);
	out->organisation = statement_int(store, SQL_CASEBOOK_FIND, 10);
	out->person = statement_int(store, SQL_CASEBOOK_FIND, 11);
	out->wall = statement_int(store, SQL_CASEBOOK_FIND, 12);
	statement_text(store, SQL_CASEBOOK_FIND, 13, out->list, sizeof out->list);
	statement_end(store, SQL_CASEBOOK_FIND);
	return 0;
}

int
casebook_links(struct store *store, int64_t no, void (*each)(void *ctx, int64_t other), void *ctx)
{
	int row;

	statement_bind(store, SQL_CASEBOOK_LINKS, ":no", no);
	while ((row = statement_row(store, SQL_CASEBOOK_LINKS)) == 1)
		each(ctx, statement_int(store, SQL_CASEBOOK_LINKS, 0));
	return row;
}

static int
read_count(struct store *store, enum statement which, int *count)
{
	int64_t number = 0;
	int error = statement_number(store, which, &number);

	*count = (int)number;
	return error;
}

int
casebook_count(struct store *store, const char *area, const char *category, int64_t from, int64_t until, int *count)
{
	statement_bind_text(store, SQL_CASEBOOK_COUNT, ":area", area);
	statement_bind_text(store, SQL_CASEBOOK_COUNT, ":category", category);
	statement_bind(store, SQL_CASEBOOK_COUNT, ":from", from);
	statement_bind(store, SQL_CASEBOOK_COUNT, ":until", until);
	return read_count(store, SQL_CASEBOOK_COUNT, count);
}

int
casebook_open(struct store *store, const char *area, int *count)
{
	statement_bind_text(store, SQL_CASEBOOK_OPEN, ":area", area);
	return read_count(store, SQL_CASEBOOK_OPEN, count);
}

/* -1: SQL NULL, as an unbound parameter is. */
static void
bind_said(struct store *store, const char *name, int value)
{
	if (value >= 0)
		statement_bind(store, SQL_CASEBOOK_ADD, name, value);
}

static int
add(struct store *store, const struct casebook_entry *entry, int64_t *no)
{
	const char sex[2] = {entry->sex, '\0'};

	statement_bind_text(store, SQL_CASEBOOK_ADD, ":village", entry->village);
	statement_bind(store, SQL_CASEBOOK_ADD, ":rt", entry->rt);
	statement_bind(store, SQL_CASEBOOK_ADD, ":rw", entry->rw);
	statement_bind_text(store, SQL_CASEBOOK_ADD, ":category", entry->category);
	statement_bind_text(store, SQL_CASEBOOK_ADD, ":list", entry->list);
	statement_bind_text(store, SQL_CASEBOOK_ADD, ":sex", sex[0] != '\0' ? sex : NULL);
	bind_said(store, ":age", entry->age);
	bind_said(store, ":rest", entry->rest);
	bind_said(store, ":married", entry->married);
	statement_bind(store, SQL_CASEBOOK_ADD, ":organisation", entry->organisation);
	statement_bind(store, SQL_CASEBOOK_ADD, ":person", entry->person);
	statement_bind(store, SQL_CASEBOOK_ADD, ":wall", entry->wall);
	return statement_insert(store, SQL_CASEBOOK_ADD, no);
}

int
casebook_put(struct store *store, const struct casebook_entry *entry, int64_t *no)
{
	assert(!sqlite3_get_autocommit(store->db));
	int error = add(store, entry, no);
	if (error != 0)
		return error;
	statement_bind(store, SQL_CASEBOOK_LINK, ":no", *no);
	statement_bind(store, SQL_CASEBOOK_LINK, ":apart", (int64_t)APART_DAYS * DAY);
	int changed = statement_run(store, SQL_CASEBOOK_LINK);
	return changed < 0 ? changed : 0;
}

static int
read_referral(struct store *store, enum statement which, struct referral *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->id = statement_int(store, which, 0);
	out->no = statement_int(store, which, 1);
	out->state = (enum referral_state)statement_word(store, which, 2, referral_states, REFERRAL_STATES);
	statement_text(store, which, 3, out->to, sizeof out->to);
	out->person = statement_int(store, which, 4);
	out->wall = statement_int(store, which, 5);
	statement_end(store, which);
	return 0;
}

int
casebook_referral(struct store *store, int64_t no, struct referral *out)
{
	statement_bind(store, SQL_REFERRAL_LAST, ":no", no);
	return read_referral(store, SQL_REFERRAL_LAST, out);
}

int
casebook_referral_find(struct store *store, int64_t id, struct referral *out)
{
	statement_bind(store, SQL_REFERRAL_FIND, ":id", id);
	return read_referral(store, SQL_REFERRAL_FIND, out);
}

int
casebook_referral_next(struct store *store, int64_t from, int64_t until, int64_t after, struct referral *out)
{
	statement_bind(store, SQL_REFERRAL_NEXT, ":from", from);
	statement_bind(store, SQL_REFERRAL_NEXT, ":until", until);
	statement_bind(store, SQL_REFERRAL_NEXT, ":after", after);
	return read_referral(store, SQL_REFERRAL_NEXT, out);
}

/* Changes the case if it is not closed, and ends its referrals. */
static int
move_on(struct store *store, enum statement which, int64_t no)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, which, ":no", no);
	int error = statement_change(store, which);
	if (error != 0)
		return error;
	statement_bind(store, SQL_REFERRAL_DONE, ":no", no);
	int changed = statement_run(store, SQL_REFERRAL_DONE);
	return changed < 0 ? changed : 0;
}

int
casebook_refer(struct store *store, int64_t no, const char *to, int64_t person, int64_t wall)
{
	int64_t id;
	int error = move_on(store, SQL_CASEBOOK_REFERRED, no);

	if (error != 0)
		return error;
	statement_bind(store, SQL_REFERRAL_ADD, ":no", no);
	statement_bind_text(store, SQL_REFERRAL_ADD, ":dest", to);
	statement_bind(store, SQL_REFERRAL_ADD, ":person", person);
	statement_bind(store, SQL_REFERRAL_ADD, ":wall", wall);
	return statement_insert(store, SQL_REFERRAL_ADD, &id);
}

int
casebook_close(struct store *store, int64_t no)
{
	return move_on(store, SQL_CASEBOOK_CLOSE, no);
}
