/* SPDX-License-Identifier: GPL-3.0-or-later */
/* meeting: announced meetings. Who is invited is for the gate to say. */
#include "store/meeting.h"

#include <assert.h>
#include <errno.h>

#include "store/audience.h"
#include "store/statement.h"

static void
read_columns(struct store *store, enum statement which, struct meeting *out)
{
	out->no = statement_int(store, which, 0);
	out->organisation = statement_int(store, which, 1);
	out->person = statement_int(store, which, 2);
	statement_text(store, which, 3, out->date, sizeof out->date);
	statement_text(store, which, 4, out->clock, sizeof out->clock);
	statement_text(store, which, 5, out->venue, sizeof out->venue);
	statement_text(store, which, 6, out->subject, sizeof out->subject);
	out->attended = (int)statement_int(store, which, 7);
	out->minutes_wall = statement_int(store, which, 8);
	out->wall = statement_int(store, which, 9);
	out->program = statement_int(store, which, 10);
	statement_text(store, which, 11, out->role, sizeof out->role);
	statement_text(store, which, 12, out->body, sizeof out->body);
	statement_text(store, which, 13, out->area, sizeof out->area);
	out->rw = (int)statement_int(store, which, 14);
}

/* What was bound is asked for. */
static int
read_one(struct store *store, enum statement which, struct meeting *out)
{
	int row = statement_row(store, which);

	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	read_columns(store, which, out);
	statement_end(store, which);
	return 0;
}

int
meeting_find(struct store *store, int64_t no, struct meeting *out)
{
	statement_bind(store, SQL_MEETING_FIND, ":no", no);
	return read_one(store, SQL_MEETING_FIND, out);
}

int
meeting_last(struct store *store, int64_t organisation, struct meeting *out)
{
	statement_bind(store, SQL_MEETING_LAST, ":organisation", organisation);
	return read_one(store, SQL_MEETING_LAST, out);
}

int
meeting_begun(struct store *store, int64_t organisation, const char *date, const char *clock, struct meeting *out)
{
	statement_bind(store, SQL_MEETING_BEGUN, ":organisation", organisation);
	statement_bind_text(store, SQL_MEETING_BEGUN, ":day", date);
	statement_bind_text(store, SQL_MEETING_BEGUN, ":clock", clock);
	return read_one(store, SQL_MEETING_BEGUN, out);
}

int
meeting_minuted(struct store *store, int64_t organisation, struct meeting *out)
{
	statement_bind(store, SQL_MEETING_MINUTED, ":organisation", organisation);
	return read_one(store, SQL_MEETING_MINUTED, out);
}

int
meeting_same(struct store *store, const struct meeting *meeting, struct meeting *out)
{
	statement_bind(store, SQL_MEETING_SAME, ":organisation", meeting->organisation);
	statement_bind_text(store, SQL_MEETING_SAME, ":day", meeting->date);
	statement_bind_text(store, SQL_MEETING_SAME, ":clock", meeting->clock);
	statement_bind_text(store, SQL_MEETING_SAME, ":venue", meeting->venue);
	return read_one(store, SQL_MEETING_SAME, out);
}

int
meeting_minutes_read(struct store *store, int64_t no, char **text)
{
	statement_bind(store, SQL_MEETING_MINUTES, ":no", no);
	int row = statement_row(store, SQL_MEETING_MINUTES);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*text = statement_string(store, SQL_MEETING_MINUTES, 0);
	statement_end(store, SQL_MEETING_MINUTES);
	return 0;
}

int
meeting_on(struct store *store, const char *date, int64_t after, struct meeting *out)
{
	statement_bind_text(store, SQL_MEETING_ON, ":day", date);
	statement_bind(store, SQL_MEETING_ON, ":after", after);
	return read_one(store, SQL_MEETING_ON, out);
}

int
meeting_followed(struct store *store, const struct meeting *meeting)
{
	struct meeting last;
	int error = meeting_last(store, meeting->organisation, &last);

	return error != 0 ? error : last.no > meeting->no;
}

int
meeting_guest(struct store *store, int64_t no, int64_t after, struct person *out)
{
	int error;

	do {
		statement_bind(store, SQL_MEETING_GUEST, ":no", no);
		statement_bind(store, SQL_MEETING_GUEST, ":after", after);
		error = statement_number(store, SQL_MEETING_GUEST, &after);
		if (error != 0)
			return error;
		error = audience_person(store, after, out);
	} while (error == -ENOENT || (error == 0 && !out->reminders));
	return error;
}

int
meeting_put(struct store *store, const struct meeting *meeting, int64_t *no)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_MEETING_ADD, ":organisation", meeting->organisation);
	statement_bind(store, SQL_MEETING_ADD, ":person", meeting->person);
	statement_bind_text(store, SQL_MEETING_ADD, ":day", meeting->date);
	statement_bind_text(store, SQL_MEETING_ADD, ":clock", meeting->clock);
	statement_bind_text(store, SQL_MEETING_ADD, ":venue", meeting->venue);
	statement_bind_text(store, SQL_MEETING_ADD, ":subject", meeting->subject);
	statement_bind(store, SQL_MEETING_ADD, ":wall", meeting->wall);
	if (meeting->program != 0)
		statement_bind(store, SQL_MEETING_ADD, ":program", meeting->program);
	else
		statement_bind_null(store, SQL_MEETING_ADD, ":program");
	return statement_insert(store, SQL_MEETING_ADD, no);
}

int
meeting_invite(struct store *store, int64_t no, int64_t person)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_MEETING_INVITE, ":no", no);
	statement_bind(store, SQL_MEETING_INVITE, ":person", person);
	int changed = statement_run(store, SQL_MEETING_INVITE);
	return changed < 0 ? changed : 0;
}

int
meeting_attend(struct store *store, int64_t no, int attended)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_MEETING_ATTEND, ":no", no);
	statement_bind(store, SQL_MEETING_ATTEND, ":attended", attended);
	return statement_change(store, SQL_MEETING_ATTEND);
}

int
meeting_minutes(struct store *store, int64_t no, const char *text, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind(store, SQL_MEETING_WRITE, ":no", no);
	statement_bind_text(store, SQL_MEETING_WRITE, ":text", text);
	statement_bind(store, SQL_MEETING_WRITE, ":wall", wall);
	return statement_change(store, SQL_MEETING_WRITE);
}
