/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calendar: what is sent of our own accord, and when: the reminders that the grammar declares become moments. Pure: is
 * told what time it is, knows no people.
 *
 * To send something new on a day that is there already, a "reminder" in a grammar file is enough. Something new to look
 * for is a row: a condition (enum and name here, a function in gate/condition.c), or a subject, a thing that people are
 * written to about (enum and name here, a function in gate/subject.c). */
#ifndef LANG_CALENDAR_H
#define LANG_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "lang/grammar.h"
#include "lang/reply.h"

enum cadence {
	CADENCE_NEVER,          /* no moment of its own: its subject comes up by itself */
	CADENCE_DAILY, CADENCE_WEEKLY,
	CADENCE_MONTHLY,        /* on a day of the month, of some months */
	CADENCE_NTH,            /* on the n-th weekday of some months */
};

enum about { ABOUT_NOTHING, ABOUT_THIS_MONTH, ABOUT_LAST_MONTH, ABOUT_QUARTER, ABOUT_SEMESTER, ABOUT_YEAR };

/* What a reminder is about beside its period: nothing (then each recipient's own area), each area of a level, or each
 * thing of a kind that has a day (before it, after it) or is just there. */
enum subject_kind {
	SUBJECT_OWN,
	SUBJECT_DISTRICT, SUBJECT_REGENCY, SUBJECT_PROVINCE,   /* those that somebody is registered in */
	SUBJECT_SUBMISSION,                                     /* a KIRIM, as soon as it has come */
	SUBJECT_MEETING,                                        /* by its day; those who were invited */
	SUBJECT_HELD,                                           /* a meeting that no other has followed; who called it */
	SUBJECT_REFERRAL,                                       /* of a case, by the day it was made, while it is open */
	SUBJECT_PROGRAM,                                        /* that has not moved for so many days, and again for as many */
	SUBJECTS
};
struct subject_trait {
	const char *name;       /* "kecamatan" behind each, before or after; NULL cannot be said there */
	bool dated;             /* stands behind "N days before" or "N days after" */
	bool prompt;            /* "when NAME": comes up by itself */
	bool invites;           /* knows its own recipients: "to" may be missing */
	bool period;            /* brings its own period */
	const char *placeholders;       /* that it fills, beside those of every reminder */
};
const struct subject_trait *calendar_subject(enum subject_kind kind);

/* When it is sent at all, asked of the subject's area or the recipient's own. */
enum condition {
	CONDITION_ALWAYS,
	CONDITION_MISSING,      /* the recipient's organisation has not reported; of a form: nothing on record */
	CONDITION_GIVEN,        /* it has */
	CONDITION_SILENT,       /* villages of the area have not reported */
	CONDITION_UNSENT,       /* the area's period was not closed by KIRIM */
	CONDITION_REPORTED,     /* some village of the area has reported */
	CONDITION_OVERLAP,      /* the area has overlaps that its recipients were not told of */
	CONDITION_DUE,          /* of a form with stages: the one of this month is not done, or not begun */
	CONDITION_INCOMPLETE,   /* of a form with collected numbers: entries of the recipient's organisation lack some */
	CONDITION_IDLE,         /* nothing was done in the recipient's area and RW for so many days */
	CONDITION_OPEN,         /* likewise, once begun: the first stage up to this month's that has open steps */
	CONDITION_LOW,          /* a modem's SIM has less left than it should */
	CONDITIONS
};
struct condition_trait {
	const char *name;       /* behind "if" */
	bool period;            /* asks about a period */
	bool form;              /* may be about a form: "missing FCU-BERKAS" */
	bool days;              /* "idle 60 days" */
	bool numbers;           /* must be about one that collects numbers by a number of its own */
	bool stages;            /* must be about one that has "due" */
	bool personal;          /* asks about each recipient, whatever the subject is */
	const char *placeholders;       /* that it fills when it holds, beside those of every reminder */
};
const struct condition_trait *calendar_condition(enum condition condition);

struct reminder {
	char *name;             /* a part of keys that hold for ever */
	char *title;
	enum cadence cadence;
	int day;                /* of the month, 1..31; 0 the last; a day that a month has not is its last */
	int nth;                /* CADENCE_NTH: 1..4, 0 the last */
	int weekday;            /* 1 Monday .. 7 Sunday */
	unsigned months;        /* bit 0 January */
	int hour, minute;       /* where the subject is, or the recipient if there is none */
	enum about about;
	enum subject_kind subject;
	int ahead;              /* of a dated subject: days from the reminder to it; negative: it is over */
	char *roles;            /* "PSM,KT"; NULL: whoever the subject invites */
	enum condition condition;
	int form;               /* of the condition, -1 */
	int days;               /* of the condition, 0 */
	int reply;
	int deadline;           /* day of the month for {tgl}, 0 none */
	int valid;              /* hours: what could not go out by then is dropped */
};

/* "nama per tgl lapor": what the reminder's text may be filled with: of whom it goes to, {nama} {peran} {org}; of the
 * area it is about, {desa} {kec} {wil} and {kasus} (cases open); with a period, {per}, {kapan} (as one types it), {isi}
 * (figures: a village's are the recipient's own), {tumpang} (overlaps open), and of the villages there {lapor} that have
 * reported, {belum} that have not, {tot} all, {pilih} who has not; with a deadline, {tgl}. */
void calendar_placeholders(const struct reminder *reminder, char *out, size_t size);

/* One moment of one reminder in one zone. */
struct occasion {
	const struct reminder *reminder;
	const struct zone *zone;
	int64_t due;
	struct civil day;       /* there */
	int first, last;        /* months that it is about; 0, 0: none */
};

/* The earliest occasion behind *after (in the order of time, reminders, zones), which may be out itself. Of *after only
 * due, reminder and zone are looked at; reminder NULL: the first that is due later. false: none within a year and a bit. */
bool calendar_next(const struct grammar *grammar, const struct occasion *after, struct occasion *out);

/* What makes an occasion unlike those before and after it: "2026-10", "2026-TW3", "2026-S1", "2026"; without a period its
 * day, "2026-10-25". */
#define CALENDAR_PERIOD_SIZE 16
void calendar_period_name(int first, int last, char out[CALENDAR_PERIOD_SIZE]);
void calendar_occasion_name(const struct occasion *occasion, char out[CALENDAR_PERIOD_SIZE]);
/* The other way round: the months of such a name, 0 and 0 of a day. false: it is none. */
bool calendar_period_read(const char *name, int *first, int *last);

/* Sets {per}, {kapan}, {tgl} as far as the reminder's text uses them. */
void calendar_fill(const struct grammar *grammar, const struct occasion *occasion, struct reply_form *form);

/* Quiet hours: the first moment from wall on at which somebody there may be written to unasked. */
int64_t calendar_open(const struct grammar *grammar, const struct zone *zone, int64_t wall);

#endif
