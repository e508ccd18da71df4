/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier: all that the database knows of one person or number. */
#include "store/dossier.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/phone.h"
#include "base/xmalloc.h"
#include "store/file.h"
#include "store/statement.h"
#include "store/store.h"

#define NUMBERS_MOST 16         /* that one person ever had */

struct number { char text[PHONE_SIZE], hash[PHONE_HASH_SIZE]; };

static bool
is_known(const struct number *numbers, size_t count, const char *number)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(numbers[i].text, number) == 0)
			return true;
	return false;
}

/* Those he has, and those that he wrote from before, unless they are somebody else's now. Gives how many, or -errno. */
static int
find_numbers(struct store *store, const struct dossier *dossier, struct number numbers[NUMBERS_MOST])
{
	const enum statement which = SQL_DOSSIER_NUMBERS;
	size_t count = 0;
	int row;

	statement_bind(store, which, ":person", dossier->person);
	statement_bind_text(store, which, ":phone", dossier->phone);
	while ((row = statement_row(store, which)) == 1) {
		struct number *one = &numbers[count < NUMBERS_MOST ? count : NUMBERS_MOST - 1];
		char text[64];

		statement_text(store, which, 0, text, sizeof text);
		if (count == NUMBERS_MOST)
			continue;
		if (!phone_normalise(text, one->text))
			snprintf(one->text, sizeof one->text, "%.*s", (int)sizeof one->text - 1, text);
		if (is_known(numbers, count, one->text))
			continue;
		if (phone_is_hash(one->text))
			snprintf(one->hash, sizeof one->hash, "%.*s", (int)sizeof one->hash - 1, one->text);
		else
			phone_hash(one->text, one->hash);
		count++;
	}
	return row < 0 ? row : (int)count;
}

/* --- telling --- */

static const struct { const char *part; enum statement which; bool by_number; } parts[] = {
	{ "person", SQL_DOSSIER_PERSON, false }, { "requests", SQL_DOSSIER_REQUESTS, true },
	{ "stopped", SQL_DOSSIER_STOPPED, true },
	{ "messages received", SQL_DOSSIER_RECEIVED, true }, { "messages sent", SQL_DOSSIER_SENT, true },
	{ "reports", SQL_DOSSIER_REPORTS, false }, { "forms", SQL_DOSSIER_FORMS, false },
	{ "cases", SQL_DOSSIER_CASES, false }, { "questions", SQL_DOSSIER_TICKETS, false },
	{ "answers", SQL_DOSSIER_ANSWERS, false }, { "meetings", SQL_DOSSIER_MEETINGS, false },
	{ "invitations", SQL_DOSSIER_INVITATIONS, false }, { "programmes", SQL_DOSSIER_PROGRAMS, false },
	{ "decisions", SQL_DOSSIER_DECISIONS, false }, { "broadcasts", SQL_DOSSIER_CIRCULARS, false },
	{ "dialogues", SQL_DOSSIER_DIALOGUES, true },
};

static int
tell_part(struct store *store, size_t i, int64_t person, const char *phone, dossier_each *each, void *ctx)
{
	const enum statement which = parts[i].which;
	int row;

	if (parts[i].by_number)
		statement_bind_text(store, which, ":number", phone);
	else
		statement_bind(store, which, ":person", person);
	while ((row = statement_row(store, which)) == 1) {
		char *json = statement_string(store, which, 0);

		each(ctx, parts[i].part, json);
		free(json);
	}
	return row;
}

int
dossier_tell(struct store *store, const struct dossier *dossier, dossier_each *each, void *ctx)
{
	struct number numbers[NUMBERS_MOST];
	int count = find_numbers(store, dossier, numbers), error = count < 0 ? count : 0;

	for (size_t i = 0; error == 0 && i < sizeof parts / sizeof parts[0]; i++) {
		if (!parts[i].by_number && dossier->person != 0)
			error = tell_part(store, i, dossier->person, NULL, each, ctx);
		for (int n = 0; parts[i].by_number && error == 0 && n < count; n++)
			error = tell_part(store, i, 0, numbers[n].text, each, ctx);
	}
	return error;
}

/* --- forgetting --- */

static int
run_for(struct store *store, enum statement which, const struct number *number, int64_t *count)
{
	int changed;

	statement_bind_text(store, which, ":number", number->text);
	changed = statement_run(store, which);
	if (changed > 0 && count != NULL)
		*count += changed;
	return changed < 0 ? changed : 0;
}

static int
run_hashed(struct store *store, enum statement which, const struct number *number, int64_t *count)
{
	statement_bind_text(store, which, ":hash", number->hash);
	return run_for(store, which, number, count);
}

/* In this order: what leads from one to the other goes last. */
static int
forget_number(struct store *store, const struct number *number, int64_t wall, struct dossier_counts *out)
{
	static const enum statement leftovers[] = {
		SQL_DOSSIER_FORGET_OFFER, SQL_DOSSIER_FORGET_PAGE, SQL_DOSSIER_FORGET_SESSION, SQL_DOSSIER_FORGET_MUTE,
		SQL_DOSSIER_FORGET_STOP, SQL_DOSSIER_FORGET_SPEND, SQL_DOSSIER_FORGET_REFERENCE, SQL_DOSSIER_FORGET_PHONE,
	};
	int error = run_for(store, SQL_DOSSIER_DROP_QUEUED, number, &out->dropped);

	if (error == 0)
		error = run_for(store, SQL_DOSSIER_DROP_ASKED, number, &out->dropped);
	if (error == 0)
		error = run_for(store, SQL_DOSSIER_FORGET_CAUSED, number, NULL);
	if (error == 0)
		error = run_hashed(store, SQL_DOSSIER_FORGET_SENT, number, &out->messages);
	if (error == 0)
		error = run_hashed(store, SQL_DOSSIER_FORGET_RECEIVED, number, &out->messages);
	if (error == 0)
		error = run_hashed(store, SQL_DOSSIER_FORGET_TICKET, number, NULL);
	if (error == 0) {
		statement_bind(store, SQL_DOSSIER_FORGET_REQUEST, ":wall", wall);
		error = run_hashed(store, SQL_DOSSIER_FORGET_REQUEST, number, NULL);
	}
	for (size_t i = 0; error == 0 && i < sizeof leftovers / sizeof leftovers[0]; i++)
		error = run_for(store, leftovers[i], number, NULL);
	return error;
}

static int
forget_person(struct store *store, int64_t person, struct dossier_counts *out)
{
	int changed, error;

	statement_bind(store, SQL_DOSSIER_COUNT, ":person", person);
	error = statement_row(store, SQL_DOSSIER_COUNT);
	if (error != 1)
		return error;
	out->receipts = statement_int(store, SQL_DOSSIER_COUNT, 0);
	out->tickets = statement_int(store, SQL_DOSSIER_COUNT, 1);
	statement_end(store, SQL_DOSSIER_COUNT);
	statement_bind(store, SQL_DOSSIER_FORGET_NAME, ":person", person);
	changed = statement_run(store, SQL_DOSSIER_FORGET_NAME);
	return changed < 0 ? changed : 0;
}

int
dossier_forget(struct store *store, const struct dossier *dossier, int64_t wall, struct dossier_counts *out)
{
	struct number numbers[NUMBERS_MOST];
	int count = find_numbers(store, dossier, numbers), error = count < 0 ? count : 0;

	assert(!sqlite3_get_autocommit(store->db));
	*out = (struct dossier_counts){ .numbers = count };
	for (int i = 0; error == 0 && i < count; i++) {
		statement_bind_text(store, SQL_DOSSIER_BUSY, ":number", numbers[i].text);
		int64_t busy = 0;

		error = statement_number(store, SQL_DOSSIER_BUSY, &busy);
		out->busy += busy;
		if (error == 0)
			error = forget_number(store, &numbers[i], wall, out);
	}
	return error != 0 || dossier->person == 0 ? error : forget_person(store, dossier->person, out);
}

/* SQLite puts all pages together in a temporary database first: on the disk, as it may be larger than the memory, and where
 * the database is, as nobody else may look into that folder. */
static int
write_anew(sqlite3 *db)
{
	char *folder = file_folder(sqlite3_db_filename(db, "main"));
	int result;

	sqlite3_temp_directory = folder;
	result = sqlite3_exec(db, "PRAGMA temp_store = FILE; VACUUM", NULL, NULL, NULL);
	if (result != SQLITE_OK)
		result = statement_error(db, result, "writing the database anew");
	sqlite3_temp_directory = NULL;
	free(folder);
	return result;
}

int
dossier_sweep(struct store *store)
{
	int error, back;

	assert(sqlite3_get_autocommit(store->db));
	error = write_anew(store->db);
	back = file_run(store->db, "PRAGMA temp_store = MEMORY", NULL);
	if (error == 0)
		error = back;
	if (error == 0)
		error = store_checkpoint(store);
	return error == 1 ? -EBUSY : error;
}
