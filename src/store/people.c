/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people: persons, their numbers and organisations. Knows no rights: what a role may do is in the grammar. */
#include "store/people.h"

#include <assert.h>
#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xmalloc.h"
#include "store/region.h"
#include "store/sheet.h"
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
	int64_t opted_out = 0;
	int error;

	memset(out, 0, sizeof *out);
	snprintf(out->phone, sizeof out->phone, "%s", phone);
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

/* Columns of the file; the first ones must be there. */
enum column { COLUMN_PHONE, COLUMN_ROLE, COLUMN_ORG, COLUMN_AREA, COLUMN_RW, COLUMNS_NEEDED,
	      COLUMN_NAME = COLUMNS_NEEDED, COLUMN_SENDER, COLUMN_AREA_NAME, COLUMNS };

static const char *const column_names[COLUMNS] = {
	[COLUMN_PHONE] = "phone", [COLUMN_ROLE] = "role", [COLUMN_ORG] = "org", [COLUMN_AREA] = "area",
	[COLUMN_RW] = "rw", [COLUMN_NAME] = "name", [COLUMN_SENDER] = "sender", [COLUMN_AREA_NAME] = "area_name",
};
#define COLUMNS_WANTED "expected sender, phone, role, org, area, area_name, rw and maybe name"

/* A number and the line it was in, so that nobody is listed twice by mistake. */
struct seen {
	char phone[PHONE_SIZE];
	int line;
};

struct import {
	struct store *store;
	struct sheet sheet;
	int columns[COLUMNS];          /* where each is, -1 nowhere */
	const char *const *roles;
	const int *levels;
	void *seen;                    /* tsearch(3) tree of struct seen */
	char **error;
};

static int
compare_seen(const void *a, const void *b)
{
	return strcmp(((const struct seen *)a)->phone, ((const struct seen *)b)->phone);
}

#define wrong(import, ...) sheet_wrong(&(import)->sheet, (import)->error, __VA_ARGS__)

static const char *
cell(const struct import *import, enum column column)
{
	return sheet_cell(&import->sheet, import->columns[column]);
}

static int
place_column(struct import *import, int at)
{
	const char *name = sheet_cell(&import->sheet, at);

	for (int i = 0; i < COLUMNS; i++) {
		if (strcasecmp(name, column_names[i]) != 0)
			continue;
		if (import->columns[i] >= 0)
			return wrong(import, "column '%s' is there twice", name);
		import->columns[i] = at;
		return 0;
	}
	return wrong(import, "column '%s', " COLUMNS_WANTED, name);
}

static int
read_header(struct import *import)
{
	int result = sheet_read(&import->sheet, import->error);

	if (result < 0)
		return result;
	for (int i = 0; i < COLUMNS; i++)
		import->columns[i] = -1;
	result = 0;
	for (size_t i = 0; result == 0 && i < import->sheet.count; i++)
		result = place_column(import, (int)i);
	for (int i = 0; result == 0 && i < COLUMNS_NEEDED; i++)
		if (import->columns[i] < 0)
			result = wrong(import, "column '%s' is missing, " COLUMNS_WANTED, column_names[i]);
	return result;
}

static int
check_area(struct import *import, const char *area, int level)
{
	static const struct { int length; const char *what; } kinds[] = {
		{0, "no area"}, {2, "a province code like 32"}, {5, "a kabupaten code like 32.07"},
		{8, "a kecamatan code like 32.07.34"}, {13, "a village code like 32.07.34.2007"},
	};
	char name[128];
	int error;

	if (level >= 0 && strlen(area) != (size_t)level) {
		const char *what = "another";
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (kinds[i].length == level)
				what = kinds[i].what;
		return wrong(import, "area '%s' of role %s, expected %s", area, cell(import, COLUMN_ROLE), what);
	}
	error = region_name(import->store, area, name, sizeof name);
	if (error == -ENOENT)
		return wrong(import, "area '%s' is not known, expected a code of the imported regions", area);
	return error;
}

static int
copy_text(struct import *import, enum column column, char *out, size_t size)
{
	const char *text = cell(import, column);

	if (strlen(text) >= size)
		return wrong(import, "%s '%s' is too long, expected at most %zu characters", column_names[column], text,
			     size - 1);
	strcpy(out, text);
	return 0;
}

static int
read_rw(struct import *import, struct person *person)
{
	const char *rw = cell(import, COLUMN_RW);
	size_t digits = strspn(rw, "0123456789");

	if (*rw == '\0')
		return 0;
	if (digits == 0 || digits > 3 || rw[digits] != '\0' || atoi(rw) == 0)
		return wrong(import, "rw '%s', expected a number from 1 to 999 or nothing", rw);
	if (strlen(person->area) != 13)
		return wrong(import, "rw '%s' outside a village, expected nothing or a village in column area", rw);
	person->rw = atoi(rw);
	return 0;
}

static int
read_phone(struct import *import, struct person *person)
{
	const char *raw = cell(import, COLUMN_PHONE);
	struct seen *seen, **found;

	if (!phone_normalise(raw, person->phone))
		return wrong(import, "phone '%s', expected 9 to 15 digits like 0812..., 62812... or +62812...", raw);
	seen = xcalloc(1, sizeof *seen);
	memcpy(seen->phone, person->phone, sizeof seen->phone);
	seen->line = import->sheet.line;
	found = tsearch(seen, &import->seen, compare_seen);
	if (found == NULL)
		abort();
	if (*found == seen)
		return 0;
	free(seen);
	return wrong(import, "phone '%s' is in line %d already, expected each number once", raw, (*found)->line);
}

/* Role names are the office's own, so what is known is said. */
static int
unknown_role(struct import *import, const char *role)
{
	char known[256] = "";
	size_t used = 0;

	for (size_t i = 0; import->roles[i] != NULL && used < sizeof known; i++)
		used += (size_t)snprintf(known + used, sizeof known - used, "%s ", import->roles[i]);
	return wrong(import, "role '%s', expected one of %sWAIT BLOCK NONE", role, known);
}

static int
read_active(struct import *import, struct person *person)
{
	const char *role = cell(import, COLUMN_ROLE);
	size_t i = 0;
	int error;

	while (import->roles[i] != NULL && strcmp(import->roles[i], role) != 0)
		i++;
	if (import->roles[i] == NULL)
		return unknown_role(import, role);
	person->state = PERSON_ACTIVE;
	error = check_area(import, cell(import, COLUMN_AREA), import->levels[i]);
	if (error == 0)
		error = copy_text(import, COLUMN_ROLE, person->role, sizeof person->role);
	if (error == 0)
		error = copy_text(import, COLUMN_ORG, person->body, sizeof person->body);
	if (error == 0 && person->body[0] == '\0')
		strcpy(person->body, person->role);
	return error;
}

/* Fills the person from the line; PERSON_NONE: the line is to be skipped. */
static int
read_person(struct import *import, struct person *person)
{
	const char *role = cell(import, COLUMN_ROLE), *area = cell(import, COLUMN_AREA);
	int error;

	memset(person, 0, sizeof *person);
	if (import->sheet.count > COLUMNS)
		return wrong(import, "%zu columns, expected those of the header", import->sheet.count);
	if (strcmp(role, "NONE") == 0)
		return 0;
	error = read_phone(import, person);
	if (error != 0)
		return error;
	if (strcmp(role, "BLOCK") == 0) {
		person->state = PERSON_BLOCKED;
		return 0;
	}
	if (strcmp(role, "WAIT") == 0) {
		person->state = PERSON_WAITING;
		error = *area == '\0' ? 0 : check_area(import, area, -1);
	} else {
		error = read_active(import, person);
	}
	if (error == 0)
		error = copy_text(import, COLUMN_AREA, person->area, sizeof person->area);
	if (error == 0)
		error = read_rw(import, person);
	return error != 0 ? error : copy_text(import, COLUMN_NAME, person->name, sizeof person->name);
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

static int
import_lines(struct import *import, int *imported)
{
	struct person person;
	int result = read_header(import);

	while (result == 0 && (result = sheet_read(&import->sheet, import->error)) == 1) {
		result = read_person(import, &person);
		if (result != 0 || person.state == PERSON_NONE)
			continue;
		result = people_put(import->store, &person);
		*imported += result == 0;
	}
	return result;
}

int
people_import(struct store *store, const char *file, const char *const *roles, const int *levels, int *imported,
	      char **error)
{
	struct import import = {.store = store, .roles = roles, .levels = levels, .error = error};
	int result;

	*imported = 0;
	*error = NULL;
	result = sheet_open(&import.sheet, file, '\t', error);
	if (result == 0)
		result = store_begin(store);
	if (result == 0) {
		result = import_lines(&import, imported);
		if (result == 0)
			result = store_commit(store);
		else
			store_rollback(store);
	}
	if (result != 0)
		*imported = 0;
	tdestroy(import.seen, free);
	sheet_close(&import.sheet);
	return result;
}
