/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people: persons, their numbers and organisations. Knows no rights: what a role may do is in the grammar. */
#include "store/people.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/statement.h"
#include "store/store.h"

static const char *const states[] = {
	[PERSON_WAITING] = "WAITING",
	[PERSON_ACTIVE] = "ACTIVE",
	[PERSON_BLOCKED] = "BLOCKED",
};

static enum person_state
state_of(const char *word)
{
	for (size_t i = PERSON_WAITING; i <= PERSON_BLOCKED; i++)
		if (strcmp(states[i], word) == 0)
			return i;
	return PERSON_NONE;
}

/* 0: nobody has the number, out is as it was. */
static int
find(struct store *store, const char *phone, struct person *out)
{
	char state[16];
	int row;

	statement_bind_text(store, SQL_PERSON_FIND, ":phone", phone);
	row = statement_row(store, SQL_PERSON_FIND);
	if (row <= 0)
		return row;
	out->id = statement_int(store, SQL_PERSON_FIND, 0);
	statement_text(store, SQL_PERSON_FIND, 1, state, sizeof state);
	out->state = state_of(state);
	statement_text(store, SQL_PERSON_FIND, 2, out->name, sizeof out->name);
	out->organisation = statement_int(store, SQL_PERSON_FIND, 3);
	statement_text(store, SQL_PERSON_FIND, 4, out->role, sizeof out->role);
	statement_text(store, SQL_PERSON_FIND, 5, out->body, sizeof out->body);
	statement_text(store, SQL_PERSON_FIND, 6, out->area, sizeof out->area);
	out->rw = (int)statement_int(store, SQL_PERSON_FIND, 7);
	statement_end(store, SQL_PERSON_FIND);
	return 0;
}

int
people_find(struct store *store, const char *phone, struct person *out)
{
	struct person person = {.id = 0};
	int64_t opted_out = 0;
	int error;

	snprintf(person.phone, sizeof person.phone, "%s", phone);
	*out = person;
	phone = person.phone;
	error = find(store, phone, out);
	if (error == 0) {
		statement_bind_text(store, SQL_OPTED_OUT, ":phone", phone);
		error = statement_number(store, SQL_OPTED_OUT, &opted_out);
	}
	out->reminders = opted_out == 0;
	return error;
}

int
people_set_reminders(struct store *store, const char *phone, bool on)
{
	enum statement which = on ? SQL_OPTOUT_REMOVE : SQL_OPTOUT_ADD;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, which, ":phone", phone);
	int changed = statement_run(store, which);
	if (changed >= 0 && !on) {
		/* What waits for that person would still be sent. */
		statement_bind_text(store, SQL_OUTBOX_DROP, ":phone", phone);
		changed = statement_run(store, SQL_OUTBOX_DROP);
	}
	return changed < 0 ? changed : 0;
}

static void
bind_organisation(struct store *store, enum statement which, const struct person *person)
{
	statement_bind_text(store, which, ":role", person->role);
	statement_bind_text(store, which, ":body", person->body);
	statement_bind_text(store, which, ":area", person->area);
	statement_bind(store, which, ":rw", person->rw);
}

/* The organisation of role, body, area and RW; made if it is the first of them. */
static int
join_organisation(struct store *store, struct person *person)
{
	int changed;

	bind_organisation(store, SQL_ORGANISATION_FIND, person);
	int error = statement_number(store, SQL_ORGANISATION_FIND, &person->organisation);
	if (error != -ENOENT)
		return error;
	bind_organisation(store, SQL_ORGANISATION_ADD, person);
	changed = statement_run(store, SQL_ORGANISATION_ADD);
	if (changed < 0)
		return changed;
	person->organisation = sqlite3_last_insert_rowid(store->db);
	return 0;
}

static int
write_person(struct store *store, enum statement which, const struct person *person)
{
	statement_bind_text(store, which, ":state", states[person->state]);
	statement_bind_text(store, which, ":name", person->name);
	if (person->state == PERSON_ACTIVE)
		statement_bind(store, which, ":organisation", person->organisation);
	if (person->state == PERSON_WAITING && person->area[0] != '\0')
		statement_bind_text(store, which, ":area", person->area);
	int changed = statement_run(store, which);
	return changed < 0 ? changed : 0;
}

int
people_put(struct store *store, struct person *person)
{
	struct person before = {.id = 0};
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = find(store, person->phone, &before);

	if (error == 0 && person->state == PERSON_ACTIVE)
		error = join_organisation(store, person);
	if (error != 0)
		return error;
	if (before.id != 0) {
		statement_bind(store, SQL_PERSON_UPDATE, ":id", before.id);
		return write_person(store, SQL_PERSON_UPDATE, person);
	}
	error = write_person(store, SQL_PERSON_ADD, person);
	if (error != 0)
		return error;
	statement_bind_text(store, SQL_PHONE_ADD, ":phone", person->phone);
	statement_bind(store, SQL_PHONE_ADD, ":person", sqlite3_last_insert_rowid(store->db));
	int changed = statement_run(store, SQL_PHONE_ADD);
	return changed < 0 ? changed : 0;
}

/* --- numbers --- */

int
people_add_number(struct store *store, const char *phone, const char *other)
{
	struct person person = {.id = 0}, holder = {.id = 0};
	int changed, error;

	assert(!sqlite3_get_autocommit(store->db));
	error = find(store, phone, &person);
	if (error == 0)
		error = find(store, other, &holder);
	if (error != 0)
		return error;
	if (person.id == 0 || holder.id != 0)
		return person.id == 0 ? -ENOENT : holder.id != person.id ? -EEXIST : 0;
	statement_bind_text(store, SQL_PHONE_ADD, ":phone", other);
	statement_bind(store, SQL_PHONE_ADD, ":person", person.id);
	changed = statement_run(store, SQL_PHONE_ADD);
	/* What he stopped, he stopped. */
	if (changed > 0) {
		statement_bind_text(store, SQL_OPTOUT_COPY, ":phone", phone);
		statement_bind_text(store, SQL_OPTOUT_COPY, ":other", other);
		changed = statement_run(store, SQL_OPTOUT_COPY);
	}
	return changed < 0 ? changed : 0;
}

int
people_remove_number(struct store *store, const char *phone)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_PHONE_REMOVE, ":phone", phone);
	return statement_change(store, SQL_PHONE_REMOVE);
}

int
people_retire(struct store *store, const char *phone)
{
	assert(!sqlite3_get_autocommit(store->db));
	/* What waits for him would still be sent. */
	statement_bind_text(store, SQL_OUTBOX_DROP, ":phone", phone);
	int changed = statement_run(store, SQL_OUTBOX_DROP);
	if (changed < 0)
		return changed;
	statement_bind_text(store, SQL_PERSON_RETIRE, ":phone", phone);
	return statement_change(store, SQL_PERSON_RETIRE);
}

int
people_change_number(struct store *store, const char *phone, const char *other)
{
	struct person holder = {.id = 0};
	int error = find(store, other, &holder);

	if (error == 0 && holder.id != 0)
		error = -EEXIST;
	if (error == 0)
		error = people_add_number(store, phone, other);
	return error != 0 ? error : people_remove_number(store, phone);
}

int
people_unblock(struct store *store, const char *phone)
{
	struct person person = {.id = 0};
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = find(store, phone, &person);
	if (error == 0 && person.state != PERSON_BLOCKED)
		error = -ENOENT;
	if (error != 0)
		return error;
	if (person.organisation == 0)
		return people_remove_number(store, phone);
	statement_bind(store, SQL_PERSON_UNBLOCK, ":id", person.id);
	return statement_change(store, SQL_PERSON_UNBLOCK);
}

/* --- all of them --- */

/* The one above *after, which becomes his id. He is somebody else, or nobody, if his number went in between. */
static int
next(struct store *store, int64_t *after, struct person_entry *out)
{
	const enum statement which = SQL_PERSON_NEXT;
	char phone[PHONE_SIZE];
	int row;

	memset(out, 0, sizeof *out);
	statement_bind(store, which, ":after", *after);
	row = statement_row(store, which);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*after = statement_int(store, which, 0);
	statement_text(store, which, 1, out->numbers, sizeof out->numbers);
	statement_end(store, which);
	snprintf(phone, sizeof phone, "%.*s", (int)strcspn(out->numbers, ","), out->numbers);
	return people_find(store, phone, &out->person);
}

int
people_next(struct store *store, int64_t after, struct person_entry *out)
{
	int error;

	do {
		error = next(store, &after, out);
	} while (error == 0 && out->person.id != after);
	return error;
}

int
people_newest_organisation(struct store *store, int64_t *id)
{
	return statement_number(store, SQL_ORGANISATION_NEWEST, id);
}

int
people_crowded(struct store *store, const char *role, char area[14])
{
	statement_bind_text(store, SQL_PERSON_CROWDED, ":role", role);
	return statement_one_text(store, SQL_PERSON_CROWDED, area, 14);
}
