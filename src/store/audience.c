/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience: active people by role and area. */
#include "store/audience.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/statement.h"

static void
bind(struct store *store, enum statement which, const struct audience *audience, const char *roles)
{
	statement_bind_text(store, which, ":area", audience->area);
	statement_bind_text(store, which, ":roles", roles);
	statement_bind(store, which, ":rw", audience->rw);
	statement_bind(store, which, ":above", audience->above);
	statement_bind(store, which, ":willing", audience->willing);
}

/* ",PSM,KT,": a word in it is found with its commas. "" for everybody. */
static void
enclose(const char *roles, char *out, size_t size)
{
	if (roles == NULL)
		out[0] = '\0';
	else
		snprintf(out, size, ",%s,", roles);
}

int
audience_next(struct store *store, const struct audience *audience, int64_t after, struct person *out)
{
	char roles[256];
	int row;

	memset(out, 0, sizeof *out);
	enclose(audience->roles, roles, sizeof roles);
	bind(store, SQL_AUDIENCE_NEXT, audience, roles);
	statement_bind(store, SQL_AUDIENCE_NEXT, ":after", after);
	row = statement_row(store, SQL_AUDIENCE_NEXT);
	if (row <= 0)
		return row < 0 ? row : -ENOENT;
	out->state = PERSON_ACTIVE;
	out->id = statement_int(store, SQL_AUDIENCE_NEXT, 0);
	statement_text(store, SQL_AUDIENCE_NEXT, 1, out->phone, sizeof out->phone);
	statement_text(store, SQL_AUDIENCE_NEXT, 2, out->name, sizeof out->name);
	out->organisation = statement_int(store, SQL_AUDIENCE_NEXT, 3);
	statement_text(store, SQL_AUDIENCE_NEXT, 4, out->role, sizeof out->role);
	statement_text(store, SQL_AUDIENCE_NEXT, 5, out->body, sizeof out->body);
	statement_text(store, SQL_AUDIENCE_NEXT, 6, out->area, sizeof out->area);
	out->rw = (int)statement_int(store, SQL_AUDIENCE_NEXT, 7);
	out->reminders = statement_int(store, SQL_AUDIENCE_NEXT, 8) == 0;
	statement_end(store, SQL_AUDIENCE_NEXT);
	return 0;
}

int
audience_person(struct store *store, int64_t id, struct person *out)
{
	int error = audience_next(store, &(struct audience){ .area = "" }, id - 1, out);

	return error == 0 && out->id != id ? -ENOENT : error;
}

int
audience_count(struct store *store, const struct audience *audience)
{
	char roles[256];
	int64_t count = 0;
	int error;

	enclose(audience->roles, roles, sizeof roles);
	bind(store, SQL_AUDIENCE_COUNT, audience, roles);
	error = statement_number(store, SQL_AUDIENCE_COUNT, &count);
	return error != 0 ? error : (int)count;
}

int
audience_area(struct store *store, int length, const char *after, char area[14])
{
	statement_bind(store, SQL_AREA_NEXT, ":length", length);
	statement_bind_text(store, SQL_AREA_NEXT, ":after", after);
	return statement_one_text(store, SQL_AREA_NEXT, area, 14);
}

int
audience_member(struct store *store, int64_t organisation, int64_t after, struct person *out)
{
	int64_t id;
	int error;

	statement_bind(store, SQL_AUDIENCE_MEMBER, ":organisation", organisation);
	statement_bind(store, SQL_AUDIENCE_MEMBER, ":after", after);
	error = statement_number(store, SQL_AUDIENCE_MEMBER, &id);
	return error != 0 ? error : audience_person(store, id, out);
}
