/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge: what was said to the outside must be there: a part that the SIM has forgotten, a message that was transmitted,
 * a reminder that is queued. And whole: a report with its values, its receipt and its one answer, or nothing of it. */
#include "judge.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LATEST 200              /* of a kind; what is older was judged before, and is once more at the end */

void
judge_fault(enum verdict verdict, const char *format, ...)
{
	static const char *const names[VERDICTS] = { "lost", "doubled", "torn" };
	va_list arguments;

	world->faults[verdict]++;
	va_start(arguments, format);
	fprintf(stderr, "life %ld: %s: ", world->lives, names[verdict]);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

static sqlite3_stmt *
query(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
		judge_fault(TORN, "%s: %s", sql, sqlite3_errmsg(db));
		_Exit(EXIT_FAILURE);
	}
	return statement;
}

static int
column(sqlite3_stmt *row, int n)
{
	return sqlite3_column_int(row, n);
}

static bool
is(sqlite3_stmt *row, int n, const char *text)
{
	const char *have = (const char *)sqlite3_column_text(row, n);

	return have != NULL && strcmp(have, text) == 0;
}

/* --- what came in --- */

/* Nothing of it is missing: its receipt, its answer, its values, or the form's data. */
static bool
is_whole(sqlite3_stmt *row, long n)
{
	char form[128];

	world_form(n, form);
	return is(row, 0, "DONE") && column(row, 1) == 1 && column(row, 2) == 1 && column(row, 4) == world_records(n) &&
	       (form[0] != '\0' ? is(row, 5, form) : column(row, 3) == world_value(n));
}

/* The whole message, single or put together: it is there once, and of one piece. */
static void
judge_message(sqlite3_stmt *rows, long n, bool all)
{
	char sender[SMS_ADDRESS_SIZE], time[SMS_TIME_SIZE];
	int count = 0;

	world_number(n, sender);
	world_time(n, time);
	sqlite3_bind_text(rows, 1, sender, -1, SQLITE_STATIC);
	sqlite3_bind_text(rows, 2, time, -1, SQLITE_STATIC);
	for (; sqlite3_step(rows) == SQLITE_ROW; count++) {
		bool nothing = is(rows, 0, "NEW") && column(rows, 1) + column(rows, 2) + column(rows, 4) == 0;

		if (!is_whole(rows, n) && (all || !nothing))
			judge_fault(TORN, "message %ld is %s, has %d receipts, %d answers, %d values, the largest %d, form %s",
				    n, (const char *)sqlite3_column_text(rows, 0), column(rows, 1), column(rows, 2),
				    column(rows, 4), column(rows, 3), (const char *)sqlite3_column_text(rows, 5));
	}
	sqlite3_reset(rows);
	if (count != 1)
		judge_fault(count == 0 ? LOST : DOUBLED, "message %ld is there %d times", n, count);
}

static void
judge_part(sqlite3_stmt *rows, const struct world_part *place)
{
	int count = 0;

	sqlite3_bind_blob(rows, 1, place->part.key, SMS_KEY_SIZE, SQLITE_STATIC);
	while (sqlite3_step(rows) == SQLITE_ROW)
		count++;
	sqlite3_reset(rows);
	if (count != 1)
		judge_fault(LOST, "part %d of message %ld has left the SIM, and is not in the box", place->part.sequence,
			    place->message);
}

/* All parts of a message stand one behind the other. */
static bool
is_last(size_t i)
{
	return i + 1 == world->part_count || world->parts[i + 1].message != world->parts[i].message;
}

static void
judge_inbox(sqlite3 *db, bool all)
{
	sqlite3_stmt *part = query(db, "SELECT 1 FROM sms_in WHERE dkey = ?1");
	sqlite3_stmt *message = query(db,
		"SELECT state, (SELECT count(*) FROM receipt WHERE inbox = i.id), (SELECT count(*) FROM outq WHERE inbox = i.id),"
		" (SELECT max(value) FROM record JOIN receipt ON no = receipt WHERE inbox = i.id AND category = '07'),"
		" (SELECT count(*) FROM record JOIN receipt ON no = receipt WHERE inbox = i.id),"
		" (SELECT data FROM entry WHERE inbox = i.id)"
		" FROM sms_in AS i WHERE sender = ?1 AND scts = ?2 AND ref_bits = 0");
	size_t i = all || world->part_count < LATEST ? 0 : world->part_count - LATEST;
	bool freed = true;

	/* From the first part of a message. */
	while (i > 0 && !is_last(i - 1))
		i--;
	for (; i < world->part_count; i++) {
		freed &= world->parts[i].freed;
		if (world->parts[i].freed)
			judge_part(part, &world->parts[i]);
		if (!is_last(i))
			continue;
		if (freed)
			judge_message(message, world->parts[i].message, all);
		freed = true;
	}
	sqlite3_finalize(part);
	sqlite3_finalize(message);
}

/* --- what went out --- */

static void
judge_sent(sqlite3_stmt *rows, const struct world_sent *sent)
{
	int times = world->times[sent->id][sent->sequence];

	sqlite3_bind_int64(rows, 1, sent->id);
	sqlite3_bind_int(rows, 2, sent->sequence);
	if (sqlite3_step(rows) != SQLITE_ROW || !is(rows, 2, sent->dest)) {
		judge_fault(LOST, "out=%" PRId64 " was transmitted, and the box does not know it", sent->id);
	} else {
		bool again = is(rows, 1, "ack");

		if (!again && is(rows, 0, "QUEUED"))
			judge_fault(LOST, "out=%" PRId64 " was transmitted, and the box does not know that", sent->id);
		if (times > (again ? 2 : 1))
			judge_fault(DOUBLED, "out=%" PRId64 " was transmitted %d times", sent->id, times);
	}
	sqlite3_reset(rows);
}

static void
judge_outbox(sqlite3 *db, bool all)
{
	sqlite3_stmt *row = query(db, "SELECT out_part.state, class, dest FROM outq JOIN out_part ON outq = id"
				  " WHERE id = ?1 AND part = ?2");

	for (size_t i = all || world->sent_count < LATEST ? 0 : world->sent_count - LATEST; i < world->sent_count; i++)
		judge_sent(row, &world->sent[i]);
	sqlite3_finalize(row);
	row = query(db, "SELECT count(*) FROM outq WHERE class = 'reminder'");
	if (sqlite3_step(row) == SQLITE_ROW && column(row, 0) < world->reminders)
		judge_fault(LOST, "%ld reminders were queued, %d are there", world->reminders, column(row, 0));
	sqlite3_finalize(row);
}

/* Each ack that was sent may be there once more for every death; no more. */
static void
count_doubled(void)
{
	world->acks_doubled = 0;
	for (size_t id = 0; id < WORLD_PARTS; id++)
		for (int part = 0; part < 4; part++)
			world->acks_doubled += world->times[id][part] > 1;
	if (world->acks_doubled > world->lives)
		judge_fault(DOUBLED, "%ld acks were transmitted again in %ld lives", world->acks_doubled, world->lives);
}

/* What was transmitted had been paid for; what is paid for is within the limits, by the table's own CHECK. */
static void
judge_spending(sqlite3 *db)
{
	sqlite3_stmt *row = query(db, "SELECT ifnull(sum(parts), 0) FROM spend WHERE scope = 'all' AND length(span) = 7");
	int paid = sqlite3_step(row) == SQLITE_ROW ? column(row, 0) : -1, sent = 0;

	for (size_t id = 0; id < WORLD_PARTS; id++)
		for (int part = 0; part < 4; part++)
			sent += world->times[id][part];
	if (paid < sent)
		judge_fault(LOST, "%d SMS were transmitted, %d paid for", sent, paid);
	sqlite3_finalize(row);
}

/* --- the database itself --- */

static void
judge_pages(sqlite3 *db, const char *pragma)
{
	sqlite3_stmt *row = query(db, pragma);

	while (sqlite3_step(row) == SQLITE_ROW)
		if (!is(row, 0, "ok"))
			judge_fault(TORN, "%s: %s", pragma, (const char *)sqlite3_column_text(row, 0));
	if (sqlite3_finalize(row) != SQLITE_OK)
		judge_fault(TORN, "%s: %s", pragma, sqlite3_errmsg(db));
}

void
judge(sqlite3 *db, bool all)
{
	judge_pages(db, "PRAGMA integrity_check(3)");
	judge_pages(db, "PRAGMA foreign_key_check");
	judge_inbox(db, all);
	judge_outbox(db, all);
	judge_spending(db);
	if (all)
		count_doubled();
}
