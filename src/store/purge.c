/* SPDX-License-Identifier: GPL-3.0-or-later */
/* purge: takes out of the database what may not be kept any longer. Knows no clock. */
#include "store/purge.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/phone.h"
#include "base/sms.h"
#include "store/people.h"
#include "store/file.h"
#include "store/statement.h"
#include "store/store.h"

#define ROWS 100                /* a step looks at */
#define BESIDE 200              /* rows before them that are written anew with them: some pages full of short ones */
#define YOUNG_MOST 1000         /* rows too young, one behind the other: then there are no old ones behind them */
#define DAY 86400

/* SQLite overwrites what is deleted (secure_delete), but not what it has copied from one page to another when rows grew:
 * of every thousand texts that come in bursts a few stay readable in the unused rest of a page. So the rows around are
 * taken out of the table and put back: the pages they stood in are freed, and freed pages are overwritten. */
static int
write_anew(struct store *store, enum statement away, enum statement back, int64_t low, int64_t high)
{
	int changed;

	/* Others refer to these rows, and find them again when all is done. It holds until the COMMIT. */
	if (file_run(store->db, "PRAGMA defer_foreign_keys = ON", NULL) != 0)
		return -EIO;
	statement_bind(store, away, ":low", low - BESIDE);
	statement_bind(store, away, ":high", high);
	changed = statement_run(store, away);
	if (changed >= 0)
		changed = statement_run(store, back);
	return changed < 0 ? changed : 0;
}

/* --- messages --- */

/* ahead: the time that it bears is later than now; over: nothing more becomes of it. */
struct row { int64_t id; char number[SMS_ADDRESS_SIZE]; bool ahead, old, over, text; };

/* Whether it is a number that nobody has; then *hash is what takes its place. 1, 0 or -errno. */
static int
is_nobodys(struct store *store, const char *number, char hash[PHONE_HASH_SIZE])
{
	char phone[PHONE_SIZE];
	struct person person;
	int error;

	if (phone_is_hash(number) || !phone_normalise(number, phone))
		return 0;
	error = people_find(store, phone, &person);
	phone_hash(phone, hash);
	return error != 0 ? error : person.state == PERSON_NONE;
}

/* 1 it had a text, 0 or -errno. */
static int
take_text(struct store *store, enum statement which, const struct row *row)
{
	int changed;

	if (!row->text)
		return 0;
	statement_bind(store, which, ":id", row->id);
	changed = statement_run(store, which);
	return changed < 0 ? changed : 1;
}

static int
take_number(struct store *store, enum statement which, const struct row *row)
{
	char hash[PHONE_HASH_SIZE];
	int changed, result = is_nobodys(store, row->number, hash);

	if (result <= 0)
		return result;
	statement_bind(store, which, ":id", row->id);
	statement_bind_text(store, which, ":hash", hash);
	changed = statement_run(store, which);
	return changed < 0 ? changed : 1;
}

/* A table of messages is gone through by its ids, up to where rows begin that are too young. */
struct pass {
	enum statement look, behind, change, away, back;
	int (*take)(struct store *store, enum statement which, const struct row *row);
};

static const struct pass passes[] = {
	{ SQL_PURGE_IN, SQL_PURGE_IN_BEHIND, SQL_INBOX_BLANK, SQL_PURGE_IN_AWAY, SQL_PURGE_IN_BACK, take_text },
	{ SQL_PURGE_IN, SQL_PURGE_IN_BEHIND, SQL_PURGE_IN_NUMBER, SQL_PURGE_IN_AWAY, SQL_PURGE_IN_BACK, take_number },
	{ SQL_PURGE_OUT, SQL_PURGE_OUT_BEHIND, SQL_PURGE_OUT_TEXT, SQL_PURGE_OUT_AWAY, SQL_PURGE_OUT_BACK, take_text },
	{ SQL_PURGE_OUT, SQL_PURGE_OUT_BEHIND, SQL_PURGE_OUT_NUMBER, SQL_PURGE_OUT_AWAY, SQL_PURGE_OUT_BACK, take_number },
};
#define PASSES ((int)(sizeof passes / sizeof passes[0]))
_Static_assert(sizeof passes / sizeof passes[0] == sizeof ((struct purge *)0)->done / sizeof (int64_t), "one mark each");

static bool
is_of_numbers(const struct purge *purge)
{
	return purge->stage % 2 == 1;
}

static void
bind_look(struct store *store, enum statement which, const struct purge *purge, int64_t after)
{
	statement_bind(store, which, ":before", is_of_numbers(purge) ? purge->before.numbers : purge->before.texts);
	statement_bind(store, which, ":latest", purge->latest);
	statement_bind(store, which, ":after", after);
}

/* Rows whose time says nothing are older than those behind them. 0 or -errno. */
static int
date(struct store *store, const struct purge *purge, const struct pass *pass, struct row rows[ROWS], int count)
{
	int64_t old = 0;

	if (count != 0 && rows[count - 1].ahead) {
		bind_look(store, pass->behind, purge, rows[count - 1].id);
		int error = statement_number(store, pass->behind, &old);
		if (error != 0 && error != -ENOENT)
			return error;
	}
	for (int i = count - 1; i >= 0; i--) {
		if (rows[i].ahead)
			rows[i].old = old != 0;
		old = rows[i].old;
	}
	return 0;
}

/* Gives the number of rows, or -errno. */
static int
look(struct store *store, const struct purge *purge, const struct pass *pass, struct row rows[ROWS])
{
	const enum statement which = pass->look;
	int count = 0, row;

	bind_look(store, which, purge, purge->at);
	statement_bind(store, which, ":most", ROWS);
	while ((row = statement_row(store, which)) == 1) {
		struct row *one = &rows[count++];

		one->id = statement_int(store, which, 0);
		statement_text(store, which, 1, one->number, sizeof one->number);
		one->ahead = statement_int(store, which, 2) != 0;
		one->old = statement_int(store, which, 3) != 0;
		one->over = statement_int(store, which, 4) != 0;
		one->text = statement_int(store, which, 5) != 0;
	}
	if (row == 0)
		row = date(store, purge, pass, rows, count);
	return row < 0 ? row : count;
}

/* 1 there is more, 0 the pass is over, -errno. */
static int
go_through(struct store *store, struct purge *purge, const struct pass *pass)
{
	struct row rows[ROWS];
	int64_t first = 0, last = 0, *count = is_of_numbers(purge) ? &purge->counts.numbers : &purge->counts.texts;
	int i, taken = 0, found = look(store, purge, pass, rows);

	for (i = 0; i < found && purge->young < YOUNG_MOST && taken >= 0; i++) {
		bool goes = rows[i].old && rows[i].over;

		if (!rows[i].ahead)
			purge->young = goes ? 0 : purge->young + 1;
		if (goes && purge->whole == purge->at)
			purge->whole = rows[i].id;
		purge->at = rows[i].id;
		taken = goes ? pass->take(store, pass->change, &rows[i]) : 0;
		if (taken <= 0)
			continue;
		*count += 1;
		last = rows[i].id;
		first = first == 0 ? last : first;
	}
	if (found < 0 || taken < 0)
		return found < 0 ? found : taken;
	if (first != 0) {
		int error = write_anew(store, pass->away, pass->back, first, last);

		if (error != 0)
			return error;
	}
	return found == ROWS && purge->young < YOUNG_MOST;
}

/* --- quarantine, tickets, requests: row by row, there are few --- */

static int
leave_quarantine(struct store *store, struct purge *purge)
{
	int64_t id;
	int changed, error;

	statement_bind(store, SQL_PURGE_QUARANTINE, ":before", purge->before.quarantine);
	statement_bind(store, SQL_PURGE_QUARANTINE, ":after", purge->at);
	error = statement_number(store, SQL_PURGE_QUARANTINE, &id);
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	statement_bind(store, SQL_INBOX_BLANK, ":id", id);
	changed = statement_run(store, SQL_INBOX_BLANK);
	error = changed < 0 ? changed : write_anew(store, SQL_PURGE_IN_AWAY, SQL_PURGE_IN_BACK, id, id);
	purge->at = id;
	purge->counts.quarantine++;
	return error != 0 ? error : 1;
}

static int
hash_one(struct store *store, struct purge *purge, enum statement find, enum statement change)
{
	struct row one = { .old = true };
	int row;

	statement_bind(store, find, ":before", purge->before.numbers);
	statement_bind(store, find, ":after", purge->at);
	row = statement_row(store, find);
	if (row <= 0)
		return row;
	one.id = statement_int(store, find, 0);
	statement_text(store, find, 1, one.number, sizeof one.number);
	statement_end(store, find);
	purge->at = one.id;
	row = take_number(store, change, &one);
	purge->counts.numbers += row > 0;
	return row < 0 ? row : 1;
}

static int
leave_tickets(struct store *store, struct purge *purge)
{
	return hash_one(store, purge, SQL_PURGE_TICKET, SQL_PURGE_TICKET_NUMBER);
}

static int
leave_requests(struct store *store, struct purge *purge)
{
	return hash_one(store, purge, SQL_PURGE_REQUEST, SQL_PURGE_REQUEST_NUMBER);
}

/* --- what is over --- */

static int
leave_rest(struct store *store, struct purge *purge)
{
	const struct purge_before *before = &purge->before;
	/* latest 0: what was written by a clock that ran ahead goes when its time has come. */
	const struct { enum statement which; int64_t before, *count, latest; } deeds[] = {
		{ SQL_PURGE_CIRCULAR, before->texts, &purge->counts.texts, 0 },
		{ SQL_PURGE_REQUEST_NAME, before->texts, &purge->counts.leftovers, 0 },
		{ SQL_PURGE_OFFER, before->leftovers, &purge->counts.leftovers, purge->latest },
		{ SQL_PURGE_PAGE, before->leftovers, &purge->counts.leftovers, purge->latest },
		{ SQL_PURGE_SESSION, before->leftovers, &purge->counts.leftovers, purge->latest },
		{ SQL_PURGE_MUTE, before->leftovers, &purge->counts.leftovers, purge->latest + DAY },
		{ SQL_PURGE_REFERENCE, before->texts, &purge->counts.leftovers, 0 },
	};
	int changed = statement_run(store, SQL_PURGE_NAME);

	for (size_t i = 0; changed >= 0 && i < sizeof deeds / sizeof deeds[0]; i++) {
		if (i == 0)
			purge->counts.leftovers += changed;
		statement_bind(store, deeds[i].which, ":before", deeds[i].before);
		if (deeds[i].latest != 0)
			statement_bind(store, deeds[i].which, ":latest", deeds[i].latest);
		changed = statement_run(store, deeds[i].which);
		if (changed > 0)
			*deeds[i].count += changed;
	}
	return changed < 0 ? changed : 0;
}

/* --- one after the other --- */

static int (*const stages[])(struct store *store, struct purge *purge) = {
	leave_quarantine, leave_tickets, leave_requests, leave_rest,
};
#define STAGES (PASSES + (int)(sizeof stages / sizeof stages[0]))

static int
write_mark(struct store *store, const struct purge *purge, int64_t wall)
{
	const enum statement which = SQL_PURGE_MARK_SET;

	statement_bind(store, which, ":wall", wall);
	statement_bind(store, which, ":texts", purge->counts.texts);
	statement_bind(store, which, ":quarantine", purge->counts.quarantine);
	statement_bind(store, which, ":numbers", purge->counts.numbers);
	statement_bind(store, which, ":leftovers", purge->counts.leftovers);
	statement_bind(store, which, ":in_texts", purge->done[0]);
	statement_bind(store, which, ":in_numbers", purge->done[1]);
	statement_bind(store, which, ":out_texts", purge->done[2]);
	statement_bind(store, which, ":out_numbers", purge->done[3]);
	statement_bind(store, which, ":freed", purge->freed);
	return statement_change(store, which);
}

/* Where the stage begins: not with what earlier purges were through with. */
static void
enter(struct purge *purge)
{
	purge->at = purge->whole = purge->stage < PASSES ? purge->done[purge->stage] : 0;
	purge->young = 0;
}

static int
work(struct store *store, struct purge *purge, int64_t wall)
{
	int more;

	if (purge->stage >= STAGES)
		return write_mark(store, purge, wall);
	more = purge->stage < PASSES ? go_through(store, purge, &passes[purge->stage]) :
				       stages[purge->stage - PASSES](store, purge);
	if (more != 0)
		return more;
	if (purge->stage < PASSES)
		purge->done[purge->stage] = purge->whole;
	purge->stage++;
	enter(purge);
	return 1;
}

int
purge_begin(struct store *store, struct purge *purge, const struct purge_before *before)
{
	int row = statement_row(store, SQL_PURGE_MARK);

	*purge = (struct purge){ .before = *before };
	if (row <= 0)
		return row == 0 ? -EBADMSG : row;
	for (int i = 0; i < PASSES; i++)
		purge->done[i] = statement_int(store, SQL_PURGE_MARK, 5 + i);
	purge->freed = statement_int(store, SQL_PURGE_MARK, 5 + PASSES);
	statement_end(store, SQL_PURGE_MARK);
	enter(purge);
	return 0;
}

int
purge_step(struct store *store, struct purge *purge, int64_t wall)
{
	const struct purge was = *purge;
	int more, error = store_begin(store);

	if (error != 0)
		return error;
	purge->latest = wall + STORE_AHEAD;
	more = work(store, purge, wall);
	error = more;
	if (more >= 0)
		error = store_commit(store);
	else
		store_rollback(store);
	if (error < 0) {
		*purge = was;
		return error;
	}
	purge->counts.wall = wall;
	return more;
}

int
purge_shrink(struct store *store)
{
	int64_t empty;
	int row, error = statement_number(store, SQL_PURGE_FREE, &empty);

	if (error != 0 || empty == 0)
		return error;
	while ((row = statement_row(store, SQL_PURGE_SHRINK)) == 1)
		;
	return row < 0 ? row : 1;
}

int
purge_reindex(struct store *store)
{
	static const char *const names[] = { "REINDEX sms_in_sender", "REINDEX outq_tail", "REINDEX outq_waiting",
					     "REINDEX sqlite_autoindex_outq_1" };
	int error = 0;

	for (size_t i = 0; i < sizeof names / sizeof names[0] && error == 0; i++)
		error = file_run(store->db, names[i], NULL);
	return error;
}

int
purge_last(struct store *store, struct purge_counts *out)
{
	int row = statement_row(store, SQL_PURGE_MARK);

	*out = (struct purge_counts){ .wall = 0 };
	if (row <= 0)
		return row == 0 ? -EBADMSG : row;
	out->wall = statement_int(store, SQL_PURGE_MARK, 0);
	out->texts = statement_int(store, SQL_PURGE_MARK, 1);
	out->quarantine = statement_int(store, SQL_PURGE_MARK, 2);
	out->numbers = statement_int(store, SQL_PURGE_MARK, 3);
	out->leftovers = statement_int(store, SQL_PURGE_MARK, 4);
	statement_end(store, SQL_PURGE_MARK);
	return 0;
}
