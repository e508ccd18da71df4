/* SPDX-License-Identifier: GPL-3.0-or-later */
/* meeting: announced meetings. Knows no invitations: who is invited is the gate's. */
#include "store/meeting.h"

#include <assert.h>
#include <errno.h>

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
}

int
meeting_last(struct store *store, int64_t organisation, struct meeting *out)
{
	statement_bind(store, SQL_MEETING_LAST, ":organisation", organisation);
	int row = statement_row(store, SQL_MEETING_LAST);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	read_columns(store, SQL_MEETING_LAST, out);
	statement_end(store, SQL_MEETING_LAST);
	return 0;
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
meeting_on(struct store *store, const char *date, void (*each)(void *ctx, const struct meeting *meeting), void *ctx)
{
	struct meeting meeting;
	int row;

	statement_bind_text(store, SQL_MEETING_ON, ":day", date);
	while ((row = statement_row(store, SQL_MEETING_ON)) == 1) {
		read_columns(store, SQL_MEETING_ON, &meeting);
		each(ctx, &meeting);
	}
	return row;
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
	return statement_insert(store, SQL_MEETING_ADD, no);
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
