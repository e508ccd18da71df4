/* SPDX-License-Identifier: GPL-3.0-or-later */
/* registration: requests to be admitted. A waiting request and a waiting person go together, unless the office's list
 * gave the number another standing meanwhile: then the request is void. */
#include "store/registration.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "store/statement.h"
#include "store/store.h"

static const char *const states[] = {
	[REGISTRATION_WAITING] = "WAITING",
	[REGISTRATION_APPROVED] = "APPROVED",
	[REGISTRATION_REFUSED] = "REFUSED",
	[REGISTRATION_EXPIRED] = "EXPIRED",
	[REGISTRATION_WITHDRAWN] = "WITHDRAWN",
};
#define STATES (sizeof states / sizeof *states)

static int
read_one(struct store *store, enum statement which, struct registration *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, which, 0);
	out->state = (enum registration_state)statement_word(store, which, 1, states, STATES);
	statement_text(store, which, 2, out->phone, sizeof out->phone);
	statement_text(store, which, 3, out->role, sizeof out->role);
	statement_text(store, which, 4, out->body, sizeof out->body);
	statement_text(store, which, 5, out->name, sizeof out->name);
	statement_text(store, which, 6, out->area, sizeof out->area);
	out->rw = (int)statement_int(store, which, 7);
	out->age = (int)statement_int(store, which, 8);
	out->wall = statement_int(store, which, 9);
	statement_end(store, which);
	return 0;
}

int
registration_find(struct store *store, int64_t no, struct registration *out)
{
	statement_bind(store, SQL_REGISTRATION_FIND, ":no", no);
	return read_one(store, SQL_REGISTRATION_FIND, out);
}

int
registration_waiting(struct store *store, const char *phone, struct registration *out)
{
	statement_bind_text(store, SQL_REGISTRATION_WAITING, ":phone", phone);
	return read_one(store, SQL_REGISTRATION_WAITING, out);
}

int
registration_holder(struct store *store, const char *role, const char *area, struct person *out)
{
	char phone[PHONE_SIZE];
	int error;

	statement_bind_text(store, SQL_REGISTRATION_HOLDER, ":role", role);
	statement_bind_text(store, SQL_REGISTRATION_HOLDER, ":area", area);
	error = statement_one_text(store, SQL_REGISTRATION_HOLDER, phone, sizeof phone);
	return error != 0 ? error : people_find(store, phone, out);
}

/* What an earlier request of the phone left over waits no more. */
static int
supersede(struct store *store, const char *phone, int64_t wall)
{
	statement_bind_text(store, SQL_REGISTRATION_SUPERSEDE, ":phone", phone);
	statement_bind(store, SQL_REGISTRATION_SUPERSEDE, ":wall", wall);
	int changed = statement_run(store, SQL_REGISTRATION_SUPERSEDE);
	return changed < 0 ? changed : 0;
}

int
registration_next(struct store *store, int64_t after, struct registration *out)
{
	statement_bind(store, SQL_REGISTRATION_NEXT, ":after", after);
	return read_one(store, SQL_REGISTRATION_NEXT, out);
}

int
registration_oldest(struct store *store, struct registration *out)
{
	return read_one(store, SQL_REGISTRATION_OLDEST, out);
}

static int
add(struct store *store, const struct registration *request, int64_t *no)
{
	statement_bind_text(store, SQL_REGISTRATION_ADD, ":phone", request->phone);
	statement_bind_text(store, SQL_REGISTRATION_ADD, ":role", request->role);
	statement_bind_text(store, SQL_REGISTRATION_ADD, ":body",
			    request->body[0] != '\0' ? request->body : request->role);
	statement_bind_text(store, SQL_REGISTRATION_ADD, ":name", request->name);
	statement_bind_text(store, SQL_REGISTRATION_ADD, ":area", request->area);
	statement_bind(store, SQL_REGISTRATION_ADD, ":rw", request->rw);
	if (request->age != 0)
		statement_bind(store, SQL_REGISTRATION_ADD, ":age", request->age);
	statement_bind(store, SQL_REGISTRATION_ADD, ":wall", request->wall);
	return statement_insert(store, SQL_REGISTRATION_ADD, no);
}

/* The person that the request is about. */
static struct person
person_of(const struct registration *request, enum person_state state)
{
	struct person person = {.state = state, .rw = request->rw};

	memcpy(person.phone, request->phone, sizeof person.phone);
	memcpy(person.name, request->name, sizeof person.name);
	memcpy(person.role, request->role, sizeof person.role);
	memcpy(person.body, request->body, sizeof person.body);
	memcpy(person.area, request->area, sizeof person.area);
	return person;
}

int
registration_put(struct store *store, const struct registration *request, int64_t *no)
{
	struct person person;
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = people_find(store, request->phone, &person);
	if (error == 0 && person.state != PERSON_NONE)
		error = -EEXIST;
	/* One is left over if the office's list took the number in and out again. */
	if (error == 0)
		error = supersede(store, request->phone, request->wall);
	if (error == 0)
		error = add(store, request, no);
	if (error != 0)
		return error;
	person = person_of(request, PERSON_WAITING);
	return people_put(store, &person);
}

static int
end(struct store *store, int64_t no, enum registration_state state, int64_t by, int64_t wall)
{
	statement_bind(store, SQL_REGISTRATION_END, ":no", no);
	statement_bind_text(store, SQL_REGISTRATION_END, ":state", states[state]);
	if (by != 0)
		statement_bind(store, SQL_REGISTRATION_END, ":by", by);
	statement_bind(store, SQL_REGISTRATION_END, ":wall", wall);
	return statement_change(store, SQL_REGISTRATION_END);
}

static int
release(struct store *store, const char *phone)
{
	statement_bind_text(store, SQL_REGISTRATION_RELEASE, ":phone", phone);
	return statement_change(store, SQL_REGISTRATION_RELEASE);
}

int
registration_expire(struct store *store, const struct registration *request, int64_t wall)
{
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = release(store, request->phone);
	return error != 0 && error != -ENOENT ? error : end(store, request->no, REGISTRATION_EXPIRED, 0, wall);
}

int
registration_decide(struct store *store, int64_t no, bool approved, int64_t by, int64_t wall)
{
	struct registration request;
	struct person person;
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = registration_find(store, no, &request);
	if (error == 0)
		error = people_find(store, request.phone, &person);
	if (error == 0 && person.state != PERSON_WAITING)
		error = -ENOENT;
	if (error == 0)
		error = end(store, no, approved ? REGISTRATION_APPROVED : REGISTRATION_REFUSED, by, wall);
	if (error != 0 || !approved)
		return error != 0 ? error : release(store, request.phone);
	person = person_of(&request, PERSON_ACTIVE);
	return people_put(store, &person);
}

int
registration_withdraw(struct store *store, const char *phone, int64_t wall)
{
	struct registration request;
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = registration_waiting(store, phone, &request);
	if (error == 0)
		error = release(store, phone);
	return error != 0 ? error : end(store, request.no, REGISTRATION_WITHDRAWN, 0, wall);
}
