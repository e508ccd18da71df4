/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge: nothing lost, nothing doubled, nothing torn: the tables against the journals. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "torture.h"

#define FAULTS_SHOWN 10

static struct {
	sqlite3 *db;
	char **sent;                    /* "DEST TEXT" of each transmitted part, sorted */
	size_t sent_count, matched;
	long faults[VERDICTS], doubled_acks, unknown;
} self;

__attribute__((format(printf, 2, 3))) static void
fault(enum verdict verdict, const char *format, ...)
{
	va_list arguments;

	if (self.faults[verdict]++ >= FAULTS_SHOWN)
		return;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

static sqlite3_stmt *
query(const char *sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(self.db, sql, -1, &statement, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(self.db));
		exit(EXIT_FAILURE);
	}
	return statement;
}

static long
number(const char *sql)
{
	sqlite3_stmt *statement = query(sql);
	long value = sqlite3_step(statement) == SQLITE_ROW ? (long)sqlite3_column_int64(statement, 0) : -1;

	sqlite3_finalize(statement);
	return value;
}

/* --- the journals --- */

static void
read_journal(int modem, long parts)
{
	char path[32], *line = NULL;
	bool *freed = xcalloc((size_t)parts + 1, sizeof *freed);
	size_t size = 0;
	long count = 0;
	FILE *file;

	snprintf(path, sizeof path, "sim%d/journal", modem);
	file = fopen(path, "r");
	while (file && getline(&line, &size, file) > 0) {
		int at = 0;
		long index;

		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "freed %ld", &index) == 1) {
			if (index >= parts || freed[index])
				fault(DOUBLED, "%s: part %ld is freed twice", path, index);
			else
				freed[index] = true;
			count++;
		} else if (sscanf(line, "sent %*u %*d %*d %*d %n", &at) == 0 && at > 0) {
			self.sent = xgrow(self.sent, self.sent_count, sizeof *self.sent);
			self.sent[self.sent_count++] = xstrdup(line + at);
		} else {
			fault(TORN, "%s: %s", path, line);
		}
	}
	if (count != parts)
		fault(LOST, "%s: %ld of %ld parts have left the SIM", path, count, parts);
	free(freed);
	free(line);
	if (file)
		fclose(file);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* How often it was transmitted. */
static long
times_sent(const char *dest, const char *text)
{
	char *key = xasprintf("%s %s", dest, text), **found;
	size_t first, last;

	found = self.sent_count ? bsearch(&key, self.sent, self.sent_count, sizeof *self.sent, compare) : NULL;
	if (found == NULL) {
		free(key);
		return 0;
	}
	for (first = (size_t)(found - self.sent); first > 0 && strcmp(self.sent[first - 1], key) == 0; first--)
		;
	for (last = first; last < self.sent_count && strcmp(self.sent[last], key) == 0; last++)
		;
	free(key);
	self.matched += last - first;
	return (long)(last - first);
}

/* --- the tables --- */

/* Each message that was put in is there once, with its receipt, its values and its one answer. */
static void
judge_inbox(const struct torture *t)
{
	sqlite3_stmt *rows = query(
		"SELECT i.scts, i.sender, i.state, (SELECT count(*) FROM receipt WHERE inbox = i.id),"
		" (SELECT count(*) FROM outq WHERE inbox = i.id),"
		" (SELECT max(value) FROM record JOIN receipt ON no = receipt WHERE inbox = i.id AND category = '"
		OWN_CATEGORY "'),"
		" (SELECT count(*) FROM record JOIN receipt ON no = receipt WHERE inbox = i.id)"
		" FROM sms_in AS i WHERE ref_bits = 0 ORDER BY scts");
	long n = 0;

	for (; sqlite3_step(rows) == SQLITE_ROW; n++) {
		char time[SMS_TIME_SIZE], from[SMS_ADDRESS_SIZE];
		const char *scts = (const char *)sqlite3_column_text(rows, 0);

		content_time(t, n, time);
		content_number(t, n, from);
		if (strcmp(scts, time) != 0 || strcmp((const char *)sqlite3_column_text(rows, 1), from) != 0) {
			fault(strcmp(scts, time) > 0 ? LOST : DOUBLED, "message %ld of %s is lost or doubled: there is one of %s", n, time, scts);
			break;
		}
		if (strcmp((const char *)sqlite3_column_text(rows, 2), "DONE") != 0 ||
		    sqlite3_column_int(rows, 3) != 1 || sqlite3_column_int(rows, 4) != 1 ||
		    sqlite3_column_int(rows, 5) != content_value(n) || sqlite3_column_int(rows, 6) != (n % 4 == 3 ? 2 : 1))
			fault(TORN, "message %ld is torn: state %s, %d receipts, %d answers, value %d of %ld, %d values", n,
			      (const char *)sqlite3_column_text(rows, 2), sqlite3_column_int(rows, 3),
			      sqlite3_column_int(rows, 4), sqlite3_column_int(rows, 5), content_value(n),
			      sqlite3_column_int(rows, 6));
	}
	sqlite3_finalize(rows);
	if (n != t->messages)
		fault(n < t->messages ? LOST : DOUBLED, "%ld messages were put in, %ld are in the tables", t->messages, n);
}

static void
judge_sending(int64_t id, bool at_most_once, const char *dest, const char *body, const char *state)
{
	struct sms_out parts[SMS_OUT_PARTS_MAX];
	size_t count = sms_split(body, parts);
	bool sent = strcmp(state, "SENT") == 0 || strcmp(state, "DELIVERED") == 0;

	if (!sent && strcmp(state, "UNKNOWN") != 0)
		fault(TORN, "out=%" PRId64 " is %s at the end", id, state);
	self.unknown += !sent;
	for (size_t i = 0; i < count; i++) {
		long times = times_sent(dest, parts[i].text);

		if (sent && times == 0)
			fault(LOST, "out=%" PRId64 " is %s and part %zu was never transmitted", id, state, i + 1);
		if (at_most_once && times > 1)
			fault(DOUBLED, "out=%" PRId64 " may go out once and went out %ld times", id, times);
		if (!at_most_once && times > 1)
			self.doubled_acks += times - 1;
	}
}

static void
judge_outbox(const struct torture *t)
{
	sqlite3_stmt *rows = query("SELECT id, class, dest, body, state FROM outq");

	while (sqlite3_step(rows) == SQLITE_ROW)
		judge_sending(sqlite3_column_int64(rows, 0),
		              strcmp((const char *)sqlite3_column_text(rows, 1), "ack") != 0,
		              (const char *)sqlite3_column_text(rows, 2), (const char *)sqlite3_column_text(rows, 3),
		              (const char *)sqlite3_column_text(rows, 4));
	sqlite3_finalize(rows);
	if (number("SELECT count(*) FROM outq WHERE class = 'notice'") != t->notices)
		fault(LOST, "%ld notices were queued, %ld are in the table", t->notices,
		      number("SELECT count(*) FROM outq WHERE class = 'notice'"));
	if (self.matched != self.sent_count)
		fault(TORN, "%zu parts were transmitted, %zu of them are in the outbox", self.sent_count, self.matched);
	if (self.doubled_acks > t->kills)
		fault(DOUBLED, "%ld acks doubled by %ld kills", self.doubled_acks, t->kills);
}

void
judge(const struct torture *t, long faults[VERDICTS])
{
	sqlite3_stmt *check;
	long parts = 0;

	/* The indexes are the judge's own: nobody else looks so from the end. */
	if (sqlite3_open_v2("box.db", &self.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_exec(self.db, "CREATE INDEX judge_receipt ON receipt (inbox); CREATE INDEX judge_outq ON outq (inbox);"
	                 "CREATE INDEX judge_record ON record (receipt)", NULL, NULL, NULL) != SQLITE_OK)
		exit(EXIT_FAILURE);
	check = query("PRAGMA integrity_check");
	if (sqlite3_step(check) != SQLITE_ROW || strcmp((const char *)sqlite3_column_text(check, 0), "ok") != 0)
		fault(TORN, "the database is damaged");
	sqlite3_finalize(check);
	for (int modem = 0; modem < MODEMS; modem++) {
		parts += t->parts[modem];
		read_journal(modem, t->parts[modem]);
	}
	if (self.sent_count > 0)
		qsort(self.sent, self.sent_count, sizeof *self.sent, compare);
	judge_inbox(t);
	judge_outbox(t);
	printf("messages in           %8ld   in %ld parts, %ld of them copies\n", t->messages, parts, t->copies);
	printf("  lost, doubled, torn %8ld %ld %ld\n", self.faults[LOST], self.faults[DOUBLED], self.faults[TORN]);
	printf("acks                  %8ld   transmitted once more: %ld\n",
	       number("SELECT count(*) FROM outq WHERE class = 'ack'"), self.doubled_acks);
	printf("at-most-once          %8ld   of them of unknown fate: %ld\n", t->notices,
	       number("SELECT count(*) FROM outq WHERE class = 'notice' AND state = 'UNKNOWN'"));
	printf("parts transmitted     %8zu   left of unknown fate: %ld messages\n", self.sent_count, self.unknown);
	sqlite3_close(self.db);
	for (size_t i = 0; i < self.sent_count; i++)
		free(self.sent[i]);
	free(self.sent);
	memcpy(faults, self.faults, sizeof self.faults);
}
