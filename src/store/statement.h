/* SPDX-License-Identifier: GPL-3.0-or-later */
/* statement: every SQL statement of the store, prepared once; binding, stepping, errors. Private to this room:
 * others include the headers of the tables. */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/outbox.h"

#define STORE_PATIENCE_MS 250   /* with another's lock */

enum statement {
	SQL_BEGIN, SQL_BEGIN_READING, SQL_COMMIT, SQL_ROLLBACK,
	SQL_TIME, SQL_BOX_KEY, SQL_CLOCK, SQL_CLOCK_SET,

	SQL_AREA_NAME, SQL_AREA_PUT, SQL_AREA_SERVED, SQL_OFFER_PUT, SQL_OFFER_FIND, SQL_OFFER_FORGET, SQL_AREA_BELOW,
	SQL_AREA_NAMED,
	SQL_SESSION_FIND, SQL_SESSION_PUT, SQL_SESSION_FORGET, SQL_SESSION_STALE,

	SQL_ORGANISATION_FIND, SQL_ORGANISATION_ADD, SQL_ORGANISATION_NEWEST,
	SQL_PERSON_FIND, SQL_PERSON_ADD, SQL_PERSON_UPDATE, SQL_PERSON_UNBLOCK,
	SQL_PERSON_NEXT, SQL_PERSON_CROWDED, SQL_PHONE_ADD, SQL_PHONE_REMOVE, SQL_PERSON_RETIRE,
	SQL_OPTED_OUT, SQL_OPTOUT_ADD, SQL_OPTOUT_COPY, SQL_OPTOUT_REMOVE,
	SQL_AUDIENCE_NEXT, SQL_AUDIENCE_MEMBER, SQL_AUDIENCE_COUNT,

	SQL_INBOX_BY_KEY, SQL_INBOX_TIMELESS, SQL_INBOX_ADD, SQL_INBOX_PART_SAME, SQL_INBOX_PART_CLOSE, SQL_INBOX_PART_COUNT,
	SQL_INBOX_PART_READ, SQL_INBOX_PART_DONE, SQL_INBOX_EVICT_SENDER, SQL_INBOX_EVICT_ALL, SQL_INBOX_STALE,
	SQL_INBOX_WAIT_ANEW,
	SQL_INBOX_NEXT, SQL_INBOX_TRY, SQL_INBOX_TRIED_OUT, SQL_INBOX_END, SQL_INBOX_BLANK, SQL_INBOX_NOTE, SQL_INBOX_REPEATS,
	SQL_INBOX_MUTED, SQL_INBOX_MUTE, SQL_INBOX_UNMUTE,
	SQL_INBOX_STATES, SQL_INBOX_QUARANTINE, SQL_INBOX_QUARANTINED, SQL_INBOX_RAW, SQL_INBOX_QUARANTINE_OF,
	SQL_INBOX_PARTIAL,

	SQL_ACTIVITY_LAST,
	SQL_OUTBOX_PUT, SQL_OUTBOX_REFERENCE, SQL_OUTBOX_SET_REFERENCE, SQL_OUTBOX_PARTS, SQL_OUTBOX_EXPIRE,
	SQL_OUTBOX_DUE, SQL_OUTBOX_NEXT, SQL_OUTBOX_READ, SQL_OUTBOX_CLAIM, SQL_OUTBOX_CLAIM_PART, SQL_OUTBOX_PART_SENT,
	SQL_OUTBOX_PART_REFUSED, SQL_OUTBOX_PART_BACK, SQL_OUTBOX_PART_UNKNOWN, SQL_OUTBOX_UNCOUNT, SQL_OUTBOX_STANDING,
	SQL_OUTBOX_BECOME, SQL_OUTBOX_HOLD, SQL_OUTBOX_CLAIMED, SQL_OUTBOX_PAYER, SQL_OUTBOX_MODEM, SQL_OUTBOX_UNSURE, SQL_OUTBOX_AGAIN, SQL_OUTBOX_MATCH,
	SQL_OUTBOX_PART_REPORT, SQL_OUTBOX_SINCE, SQL_OUTBOX_STATES, SQL_OUTBOX_UNSETTLED,

	SQL_SPEND_LOOK, SQL_SPEND_ADD, SQL_SPEND_BACK, SQL_SPEND_HELD, SQL_SPEND_FORGET, SQL_SPEND_STANDING,
	SQL_SPEND_SENDER, SQL_SPEND_QUEUED, SQL_SPEND_RELEASE, SQL_SPEND_COUNT,

	SQL_RECEIPT_DRAW, SQL_RECEIPT_BY_NO, SQL_RECEIPT_LAST, SQL_RECEIPT_CANCEL,
	SQL_RECORD_CURRENT, SQL_RECORD_LARGEST, SQL_RECORD_SUPERSEDE, SQL_RECORD_ADD, SQL_RECORD_OF_RECEIPT, SQL_RECORD_CANCEL,
	SQL_RECORD_REPLACED, SQL_RECORD_RESTORE, SQL_RECORD_RECEIPT, SQL_RECEIPT_LEFT,
	SQL_ENTRY_CURRENT, SQL_ENTRY_SUPERSEDE, SQL_ENTRY_ADD, SQL_ENTRY_DRAW, SQL_ENTRY_LAST, SQL_ENTRY_MET,
	SQL_ENTRY_OF_RECEIPT, SQL_ENTRY_CANCEL, SQL_ENTRY_REPLACED, SQL_ENTRY_RESTORE, SQL_ENTRY_SUM,
	SQL_ENTRY_SUM_EACH, SQL_ENTRY_LIST, SQL_ENTRY_TOTAL, SQL_ENTRY_BEGUN,

	SQL_LOCK_PUT, SQL_LOCK_FIND,
	SQL_SETTLEMENT_FIND, SQL_SETTLEMENT_END, SQL_SETTLEMENT_ADD,
	SQL_OVERLAP_FIND, SQL_OVERLAP_LIST,
	SQL_PARTS, SQL_FIGURE_YEAR, SQL_FIGURE_PUT, SQL_FIGURE_DROP, SQL_FIGURE_LAST,
	SQL_AREA_SUM, SQL_AREA_SUM_ADD, SQL_AREA_SUM_NEW, SQL_AREA_SUM_DROP,
	SQL_PRESENCE_YEAR, SQL_PRESENCE_ADD, SQL_PRESENCE_NEW, SQL_PRESENCE_DROP,
	SQL_TURNOUT_ADD, SQL_TURNOUT_NEW, SQL_TURNOUT_DROP,
	SQL_COVERAGE, SQL_MISSING,
	SQL_REPORT_EACH, SQL_REPORT_LAST, SQL_HOLDER_COUNT, SQL_HOLDER_ORGANISATIONS, SQL_HOLDER_BODIES, SQL_HOLDER_ROLE, SQL_AREA_CHILDREN,
	SQL_PAGE_ADD, SQL_PAGE_FIND, SQL_PAGE_TURN, SQL_PAGE_FORGET,
	SQL_REGISTRATION_FIND, SQL_REGISTRATION_WAITING, SQL_REGISTRATION_HOLDER, SQL_REGISTRATION_ADD,
	SQL_REGISTRATION_END, SQL_REGISTRATION_RELEASE, SQL_REGISTRATION_OLDEST, SQL_REGISTRATION_NEXT,
	SQL_REGISTRATION_SUPERSEDE,
	SQL_CASEBOOK_FIND, SQL_CASEBOOK_ADD, SQL_CASEBOOK_LINK, SQL_CASEBOOK_LINKS, SQL_CASEBOOK_COUNT,
	SQL_CASEBOOK_OPEN, SQL_CASEBOOK_REFERRED, SQL_CASEBOOK_CLOSE,
	SQL_REFERRAL_LAST, SQL_REFERRAL_FIND, SQL_REFERRAL_NEXT, SQL_REFERRAL_ADD, SQL_REFERRAL_DONE,
	SQL_MEETING_FIND, SQL_MEETING_LAST, SQL_MEETING_BEGUN, SQL_MEETING_MINUTED, SQL_MEETING_SAME, SQL_MEETING_ON, SQL_MEETING_GUEST, SQL_MEETING_INVITE,
	SQL_MEETING_MINUTES, SQL_MEETING_ADD, SQL_MEETING_ATTEND, SQL_MEETING_WRITE,
	SQL_TICKET_FIND, SQL_TICKET_ADD, SQL_TICKET_TEXT, SQL_TICKET_ANSWER, SQL_TICKET_REOPEN, SQL_TICKET_CLOSE,
	SQL_SCHEDULE_MARK, SQL_SCHEDULE_SET, SQL_SCHEDULE_ADD, SQL_SCHEDULE_REACH, SQL_SCHEDULE_FIND, SQL_SCHEDULE_NEXT,
	SQL_ORGANISATION_REPORTED, SQL_ORGANISATION_FIGURES, SQL_ENTRY_ANY, SQL_AREA_NEXT, SQL_AREA_FIRST, SQL_OUTBOX_DROP, SQL_OUTBOX_KEY,
	SQL_OUTBOX_LATER, SQL_OUTBOX_LAST, SQL_OUTBOX_KNOWN, SQL_OUTBOX_TOLD,
	SQL_SUBMISSION_FIND, SQL_SUBMISSION_READ, SQL_SUBMISSION_NEXT, SQL_SUBMISSION_LAST,
	SQL_SUBMISSION_ADD, SQL_OVERLAP_TOLD, SQL_OVERLAP_TELL, SQL_OVERLAP_FORGET, SQL_OVERLAP_SETTLED,
	SQL_PROGRAM_FIND, SQL_PROGRAM_NAMED, SQL_PROGRAM_STALLED, SQL_PROGRAM_ADD, SQL_PROGRAM_STAGE, SQL_PROGRAM_MOVE,
	SQL_EXTRACT_VILLAGES, SQL_EXTRACT_DISTRICTS,
	SQL_STORY_INBOX, SQL_STORY_IN, SQL_STORY_PARTS, SQL_STORY_RECEIPTS, SQL_STORY_OF_RECEIPT, SQL_STORY_VALUES, SQL_STORY_ENTRIES,
	SQL_STORY_OUT, SQL_STORY_CAUSED, SQL_STORY_OUT_PARTS,
	SQL_CIRCULAR_OPEN, SQL_CIRCULAR_PROGRESS, SQL_CIRCULAR_ADD, SQL_CIRCULAR_MOVE,
	SQL_CREDIT_WATCH, SQL_CREDIT_FORGET, SQL_CREDIT_DIAL, SQL_CREDIT_TELL, SQL_CREDIT_FIND, SQL_CREDIT_NEXT,
	SQL_INBOX_UNREAD, SQL_INBOX_UNREAD_PARTS, SQL_INBOX_LOOKED,
	SQL_PURGE_IN, SQL_PURGE_IN_BEHIND, SQL_PURGE_IN_NUMBER, SQL_PURGE_IN_AWAY, SQL_PURGE_IN_BACK,
	SQL_PURGE_OUT, SQL_PURGE_OUT_BEHIND, SQL_PURGE_OUT_TEXT,
	SQL_PURGE_OUT_NUMBER, SQL_PURGE_OUT_AWAY, SQL_PURGE_OUT_BACK, SQL_PURGE_QUARANTINE, SQL_PURGE_TICKET, SQL_PURGE_TICKET_NUMBER,
	SQL_PURGE_REQUEST, SQL_PURGE_REQUEST_NUMBER, SQL_PURGE_REQUEST_NAME, SQL_PURGE_NAME, SQL_PURGE_CIRCULAR, SQL_PURGE_OFFER,
	SQL_PURGE_PAGE, SQL_PURGE_SESSION, SQL_PURGE_MUTE, SQL_PURGE_REFERENCE, SQL_PURGE_MARK, SQL_PURGE_MARK_SET,
	SQL_PURGE_FREE, SQL_PURGE_SHRINK,
	SQL_PIN_FIND, SQL_PIN_OF_NUMBER, SQL_PIN_LOCKED, SQL_PIN_MISSING, SQL_PIN_SET, SQL_PIN_REMOVE, SQL_PIN_COUNT, SQL_INBOX_MASK,
	SQL_DOSSIER_NUMBERS, SQL_DOSSIER_PERSON, SQL_DOSSIER_REQUESTS, SQL_DOSSIER_STOPPED, SQL_DOSSIER_RECEIVED,
	SQL_DOSSIER_SENT, SQL_DOSSIER_REPORTS, SQL_DOSSIER_FORMS, SQL_DOSSIER_CASES, SQL_DOSSIER_TICKETS, SQL_DOSSIER_ANSWERS,
	SQL_DOSSIER_MEETINGS, SQL_DOSSIER_INVITATIONS, SQL_DOSSIER_PROGRAMS, SQL_DOSSIER_DECISIONS, SQL_DOSSIER_CIRCULARS,
	SQL_DOSSIER_DIALOGUES, SQL_DOSSIER_BUSY, SQL_DOSSIER_DROP_QUEUED, SQL_DOSSIER_DROP_ASKED, SQL_DOSSIER_FORGET_CAUSED,
	SQL_DOSSIER_FORGET_SENT, SQL_DOSSIER_FORGET_RECEIVED, SQL_DOSSIER_FORGET_TICKET, SQL_DOSSIER_FORGET_REQUEST,
	SQL_DOSSIER_FORGET_OFFER, SQL_DOSSIER_FORGET_PAGE, SQL_DOSSIER_FORGET_SESSION, SQL_DOSSIER_FORGET_MUTE,
	SQL_DOSSIER_FORGET_STOP, SQL_DOSSIER_FORGET_SPEND, SQL_DOSSIER_FORGET_REFERENCE, SQL_DOSSIER_FORGET_PHONE,
	SQL_DOSSIER_COUNT, SQL_DOSSIER_FORGET_NAME,
	STATEMENTS
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS];
	int failed;                    /* first -errno of a statement in the open transaction: it cannot be committed */
	bool ask_only;                 /* nothing may be written now */
	bool full;                     /* -ENOSPC was met: room is made before the next transaction */
	bool impatient;                /* somebody else holds the lock: it is not waited for until it was had once */
	int said;                      /* last SQLite result that was logged, and when: not the same again and again */
	int64_t said_ms;
	int begun;                     /* sqlite3_total_changes() when the transaction began */
	int changes;                   /* sqlite3_total_changes() at the last store_tend() */
	bool wal_alarm, tight;         /* tight: little room is left, and was told */
	int trouble;                   /* health.h: -errno since trouble_ms, 0 none */
	int64_t trouble_ms;
	bool doubt;                    /* the wall clock cannot be believed now */
	outbox_ask *ask;               /* about what nobody asked for, when it is to be sent; NULL: it goes */
	void *ask_ctx;
	unsigned char box_key[16];
	int64_t reborn;                /* last message of the backup that it was restored from; 0 it never was */
	struct spend *spend;           /* limits in force (spend.c); NULL none yet */
};

/* -errno of an SQLite result, for whoever says it himself. */
int statement_errno(sqlite3 *db, int result) __attribute__((warn_unused_result));
/* -errno of an SQLite result; logs it with SQLite's words. what is the caller's short phrase. */
int statement_error(sqlite3 *db, int result, const char *what) __attribute__((warn_unused_result));

/* All of them; -errno and logged at the first that cannot be. */
int statement_prepare(struct store *store) __attribute__((warn_unused_result));
void statement_finalize(struct store *store);

/* Binding, by name. The name must occur in the SQL, the statement must not be under way; text and blobs (NULL: SQL
 * NULL) must live until it has ended. */
void statement_bind(struct store *store, enum statement which, const char *name, int64_t value);
void statement_bind_null(struct store *store, enum statement which, const char *name);
void statement_bind_text(struct store *store, enum statement which, const char *name, const char *text);
void statement_bind_blob(struct store *store, enum statement which, const char *name, const void *blob, size_t size);

/* The next row: 1, or 0 when there is none, or -errno (logged, the same once a minute). -EPERM: it would write while
 * store_ask_only() holds. After 0 and -errno the statement has ended;
 * after 1 the caller ends it, or asks on. */
int statement_row(struct store *store, enum statement which) __attribute__((warn_unused_result));
/* Runs a change to its end: number of rows changed, or -errno (logged). */
int statement_run(struct store *store, enum statement which) __attribute__((warn_unused_result));
/* Runs a change that must find something: 0, -ENOENT if no row changed, or -errno (logged). */
int statement_change(struct store *store, enum statement which) __attribute__((warn_unused_result));
/* Runs an INSERT of one row to its end: 0 and its rowid, or -errno (logged). */
int statement_insert(struct store *store, enum statement which, int64_t *id) __attribute__((warn_unused_result));
/* Runs a query of one number to its end: 0, or -errno (logged), -ENOENT if there is no row. */
int statement_number(struct store *store, enum statement which, int64_t *number) __attribute__((warn_unused_result));
/* The same of one text, cut to size. */
int statement_one_text(struct store *store, enum statement which, char *out, size_t size) __attribute__((warn_unused_result));
/* Resets and forgets what was bound. */
void statement_end(struct store *store, enum statement which);

/* Columns of the row, from 0. Text is cut at size; SQL NULL is "". Blobs are borrowed until the next row. */
int64_t statement_int(struct store *store, enum statement which, int column);
void statement_text(struct store *store, enum statement which, int column, char *out, size_t size);
/* All of a text, the caller's. */
char *statement_string(struct store *store, enum statement which, int column);
/* The index of a column's text in words[]; it must be there. */
int statement_word(struct store *store, enum statement which, int column, const char *const *words, size_t count);
const void *statement_blob(struct store *store, enum statement which, int column, size_t *size);

#endif
