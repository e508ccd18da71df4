/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program: programmes and the stages they went through. */
#include "store/program.h"

#include <assert.h>
#include <errno.h>

#include "store/statement.h"

static int
read_row(struct store *store, enum statement which, struct program *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, which, 0);
	out->organisation = statement_int(store, which, 1);
	out->person = statement_int(store, which, 2);
	statement_text(store, which, 3, out->name, sizeof out->name);
	statement_text(store, which, 4, out->partners, sizeof out->partners);
	out->stage = (int)statement_int(store, which, 5);
	out->closed = statement_int(store, which, 6) != 0;
	out->moved = statement_int(store, which, 7);
	out->wall = statement_int(store, which, 8);
	statement_text(store, which, 9, out->role, sizeof out->role);
	statement_text(store, which, 10, out->body, sizeof out->body);
	statement_text(store, which, 11, out->area, sizeof out->area);
	out->rw = (int)statement_int(store, which, 12);
	statement_end(store, which);
	return 0;
}

int
program_find(struct store *store, int64_t no, struct program *out)
{
	statement_bind(store, SQL_PROGRAM_FIND, ":no", no);
	return read_row(store, SQL_PROGRAM_FIND, out);
}

int
program_named(struct store *store, int64_t organisation, const char *name, struct program *out)
{
	statement_bind(store, SQL_PROGRAM_NAMED, ":organisation", organisation);
	statement_bind_text(store, SQL_PROGRAM_NAMED, ":name", name);
	return read_row(store, SQL_PROGRAM_NAMED, out);
}

int
program_stalled(struct store *store, int64_t before, int64_t after, struct program *out)
{
	statement_bind(store, SQL_PROGRAM_STALLED, ":before", before);
	statement_bind(store, SQL_PROGRAM_STALLED, ":after", after);
	return read_row(store, SQL_PROGRAM_STALLED, out);
}

static int
put_stage(struct store *store, int64_t no, int stage, const char *remark, int64_t person, int64_t wall)
{
	int64_t id;

	statement_bind(store, SQL_PROGRAM_STAGE, ":no", no);
	statement_bind(store, SQL_PROGRAM_STAGE, ":stage", stage);
	statement_bind_text(store, SQL_PROGRAM_STAGE, ":remark", remark);
	statement_bind(store, SQL_PROGRAM_STAGE, ":person", person);
	statement_bind(store, SQL_PROGRAM_STAGE, ":wall", wall);
	return statement_insert(store, SQL_PROGRAM_STAGE, &id);
}

int
program_put(struct store *store, const struct program *program, int64_t *no)
{
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_PROGRAM_ADD, ":organisation", program->organisation);
	statement_bind(store, SQL_PROGRAM_ADD, ":person", program->person);
	statement_bind_text(store, SQL_PROGRAM_ADD, ":name", program->name);
	statement_bind_text(store, SQL_PROGRAM_ADD, ":partners", program->partners);
	statement_bind(store, SQL_PROGRAM_ADD, ":wall", program->wall);
	error = statement_insert(store, SQL_PROGRAM_ADD, no);
	return error != 0 ? error : put_stage(store, *no, 1, "", program->person, program->wall);
}

int
program_move(struct store *store, int64_t no, int stage, bool closes, const char *remark, int64_t person, int64_t wall)
{
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_PROGRAM_MOVE, ":no", no);
	statement_bind(store, SQL_PROGRAM_MOVE, ":stage", stage);
	statement_bind(store, SQL_PROGRAM_MOVE, ":closed", closes);
	statement_bind(store, SQL_PROGRAM_MOVE, ":wall", wall);
	error = statement_change(store, SQL_PROGRAM_MOVE);
	return error != 0 ? error : put_stage(store, no, stage, remark, person, wall);
}
