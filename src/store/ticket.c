/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ticket: questions and complaints. Knows no handlers: who sees a text is the rules'. */
#include "store/ticket.h"

#include <assert.h>
#include <errno.h>

#include "store/statement.h"

static const char *const states[] = {
	[TICKET_OPEN] = "OPEN", [TICKET_ANSWERED] = "ANSWERED", [TICKET_CLOSED] = "CLOSED",
};
#define STATES (sizeof states / sizeof *states)

int
ticket_find(struct store *store, int64_t no, struct ticket *out, char **text, char **answer)
{
	statement_bind(store, SQL_TICKET_FIND, ":no", no);
	int row = statement_row(store, SQL_TICKET_FIND);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	out->no = statement_int(store, SQL_TICKET_FIND, 0);
	out->state = (enum ticket_state)statement_word(store, SQL_TICKET_FIND, 1, states, STATES);
	statement_text(store, SQL_TICKET_FIND, 2, out->verb, sizeof out->verb);
	out->person = statement_int(store, SQL_TICKET_FIND, 3);
	out->organisation = statement_int(store, SQL_TICKET_FIND, 4);
	out->wall = statement_int(store, SQL_TICKET_FIND, 5);
	statement_text(store, SQL_TICKET_FIND, 6, out->phone, sizeof out->phone);
	if (text != NULL)
		*text = statement_string(store, SQL_TICKET_FIND, 7);
	if (answer != NULL)
		*answer = statement_string(store, SQL_TICKET_FIND, 8);
	statement_text(store, SQL_TICKET_FIND, 9, out->handlers, sizeof out->handlers);
	statement_text(store, SQL_TICKET_FIND, 10, out->role, sizeof out->role);
	statement_text(store, SQL_TICKET_FIND, 11, out->body, sizeof out->body);
	statement_text(store, SQL_TICKET_FIND, 12, out->area, sizeof out->area);
	out->rw = (int)statement_int(store, SQL_TICKET_FIND, 13);
	statement_end(store, SQL_TICKET_FIND);
	return 0;
}

int
ticket_put(struct store *store, const struct ticket *ticket, const char *text, int64_t *no)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_TICKET_ADD, ":verb", ticket->verb);
	statement_bind(store, SQL_TICKET_ADD, ":person", ticket->person);
	statement_bind(store, SQL_TICKET_ADD, ":organisation", ticket->organisation);
	statement_bind_text(store, SQL_TICKET_ADD, ":phone", ticket->phone);
	statement_bind_text(store, SQL_TICKET_ADD, ":text", text);
	statement_bind(store, SQL_TICKET_ADD, ":wall", ticket->wall);
	statement_bind_text(store, SQL_TICKET_ADD, ":handlers", ticket->handlers);
	return statement_insert(store, SQL_TICKET_ADD, no);
}

/* Everything that either side says later is kept. */
static int
put_text(struct store *store, int64_t no, const char *text, int64_t by, int64_t wall)
{
	int64_t id;

	statement_bind(store, SQL_TICKET_TEXT, ":no", no);
	statement_bind(store, SQL_TICKET_TEXT, ":by", by);
	statement_bind_text(store, SQL_TICKET_TEXT, ":text", text);
	statement_bind(store, SQL_TICKET_TEXT, ":wall", wall);
	return statement_insert(store, SQL_TICKET_TEXT, &id);
}

int
ticket_answer(struct store *store, int64_t no, const char *answer, int64_t by, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_TICKET_ANSWER, ":no", no);
	statement_bind_text(store, SQL_TICKET_ANSWER, ":answer", answer);
	statement_bind(store, SQL_TICKET_ANSWER, ":by", by);
	statement_bind(store, SQL_TICKET_ANSWER, ":wall", wall);
	int error = statement_change(store, SQL_TICKET_ANSWER);
	return error != 0 ? error : put_text(store, no, answer, by, wall);
}

int
ticket_add(struct store *store, int64_t no, const char *text, int64_t by, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_TICKET_REOPEN, ":no", no);
	int error = statement_change(store, SQL_TICKET_REOPEN);
	return error != 0 ? error : put_text(store, no, text, by, wall);
}

int
ticket_close(struct store *store, int64_t no)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_TICKET_CLOSE, ":no", no);
	return statement_change(store, SQL_TICKET_CLOSE);
}
