/* SPDX-License-Identifier: GPL-3.0-or-later */
/* holder: whether areas have somebody active of a role. */
#include "store/holder.h"

#include <errno.h>
#include <string.h>

#include "store/statement.h"

int
holder_count(struct store *store, const char *role, const char *area, size_t length,
	     void (*each)(void *ctx, const char *code, long held, long all), void *ctx)
{
	char code[14];
	int row;

	statement_bind_text(store, SQL_HOLDER_COUNT, ":role", role);
	statement_bind_text(store, SQL_HOLDER_COUNT, ":area", area);
	statement_bind(store, SQL_HOLDER_COUNT, ":length", (int64_t)length);
	statement_bind(store, SQL_HOLDER_COUNT, ":below", strlen(area) < length);
	while ((row = statement_row(store, SQL_HOLDER_COUNT)) == 1) {
		statement_text(store, SQL_HOLDER_COUNT, 0, code, sizeof code);
		each(ctx, code, (long)statement_int(store, SQL_HOLDER_COUNT, 1), (long)statement_int(store, SQL_HOLDER_COUNT, 2));
	}
	return row;
}

int
holder_organisations(struct store *store, const char *role, const char *area, long *count)
{
	int64_t found = 0;
	int error;

	statement_bind_text(store, SQL_HOLDER_ORGANISATIONS, ":role", role);
	statement_bind_text(store, SQL_HOLDER_ORGANISATIONS, ":area", area);
	error = statement_number(store, SQL_HOLDER_ORGANISATIONS, &found);
	*count = (long)found;
	return error;
}

int
holder_bodies(struct store *store, const char *role, const char *area, int rw,
	      void (*each)(void *ctx, const char *body, int rw), void *ctx)
{
	char body[24];
	int row;

	statement_bind_text(store, SQL_HOLDER_BODIES, ":role", role);
	statement_bind_text(store, SQL_HOLDER_BODIES, ":area", area);
	statement_bind(store, SQL_HOLDER_BODIES, ":rw", rw);
	while ((row = statement_row(store, SQL_HOLDER_BODIES)) == 1) {
		statement_text(store, SQL_HOLDER_BODIES, 0, body, sizeof body);
		each(ctx, body, (int)statement_int(store, SQL_HOLDER_BODIES, 1));
	}
	return row;
}

int
holder_role(struct store *store, const char *after, char role[PEOPLE_ROLE_SIZE])
{
	statement_bind_text(store, SQL_HOLDER_ROLE, ":after", after);
	return statement_one_text(store, SQL_HOLDER_ROLE, role, PEOPLE_ROLE_SIZE);
}
