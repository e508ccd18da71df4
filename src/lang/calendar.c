/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calendar: reminders become moments. Pure. */
#include "lang/calendar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define DAYS_AHEAD 400          /* a day of one month of the year comes at most so much later */

static const struct subject_trait SUBJECT_TRAITS[SUBJECTS] = {
	[SUBJECT_OWN] = { .placeholders = "" },
	[SUBJECT_DISTRICT] = { .name = "kecamatan", .placeholders = "" },
	[SUBJECT_REGENCY] = { .name = "kabupaten", .placeholders = "" },
	[SUBJECT_PROVINCE] = { .name = "province", .placeholders = "" },
	[SUBJECT_MEETING] = { .name = "meeting", .dated = true, .invites = true, .placeholders = "lembaga tgl jam tempat hal" },
	[SUBJECT_HELD] = { .name = "meeting-held", .dated = true, .invites = true, .placeholders = "lembaga tgl tempat hal" },
	[SUBJECT_REFERRAL] = { .name = "referral", .dated = true, .placeholders = "ksus hal" },
	[SUBJECT_PROGRAM] = { .name = "program", .dated = true, .invites = true, .placeholders = "prog hal thp judul n" },
	[SUBJECT_SUBMISSION] = { .name = "submission", .prompt = true, .period = true, .placeholders = "" },
};

static const struct condition_trait CONDITION_TRAITS[CONDITIONS] = {
	[CONDITION_ALWAYS] = { .name = "always", .placeholders = "" },
	[CONDITION_MISSING] = { .name = "missing", .period = true, .form = true, .personal = true, .placeholders = "" },
	[CONDITION_GIVEN] = { .name = "given", .period = true, .form = true, .personal = true, .placeholders = "" },
	[CONDITION_SILENT] = { .name = "silent", .period = true, .placeholders = "" },
	[CONDITION_REPORTED] = { .name = "reported", .period = true, .placeholders = "" },
	[CONDITION_UNSENT] = { .name = "unsent", .period = true, .placeholders = "" },
	[CONDITION_LOW] = { .name = "low-credit", .placeholders = "pilih" },
	[CONDITION_OVERLAP] = { .name = "overlap", .placeholders = "baru pilih" },
	[CONDITION_DUE] = { .name = "due", .form = true, .stages = true, .personal = true, .placeholders = "thp n m" },
	[CONDITION_INCOMPLETE] = { .name = "incomplete", .form = true, .numbers = true, .personal = true, .placeholders = "pilih" },
	[CONDITION_IDLE] = { .name = "idle", .days = true, .personal = true, .placeholders = "n" },
	[CONDITION_OPEN] = { .name = "open", .form = true, .stages = true, .personal = true, .placeholders = "thp n m lkh" },
};

const struct subject_trait *
calendar_subject(enum subject_kind kind)
{
	return &SUBJECT_TRAITS[kind];
}

const struct condition_trait *
calendar_condition(enum condition condition)
{
	return &CONDITION_TRAITS[condition];
}

/* --- days --- */

static int
last_day_of(const struct civil *day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = day->month == 2 && day->year % 4 == 0 && (day->year % 100 != 0 || day->year % 400 == 0);

	return days[day->month - 1] + leap;
}

static void
first_of_next_month(struct civil *day)
{
	day->day = 1;
	if (++day->month > 12) {
		day->month = 1;
		day->year++;
	}
}

static void
next_day(struct civil *day)
{
	if (++day->day > last_day_of(day))
		first_of_next_month(day);
}

/* 1 Monday .. 7 Sunday; 1 January 1970 was a Thursday. */
static int
weekday_of(const struct civil *day)
{
	struct civil midnight = { .year = day->year, .month = day->month, .day = day->day };
	int64_t days = civil_moment(&midnight, 0) / 86400;

	return (int)((days % 7 + 10) % 7) + 1;
}

static bool
is_nth(const struct reminder *reminder, const struct civil *day)
{
	if (weekday_of(day) != reminder->weekday)
		return false;
	return reminder->nth != 0 ? (day->day - 1) / 7 + 1 == reminder->nth : day->day + 7 > last_day_of(day);
}

static bool
is_day_of_month(const struct reminder *reminder, const struct civil *day)
{
	int last = last_day_of(day);

	return day->day == (reminder->day == 0 || reminder->day > last ? last : reminder->day);
}

static bool
is_month_of(const struct reminder *reminder, const struct civil *day)
{
	return (reminder->months >> (day->month - 1) & 1) != 0;
}

static bool
falls_on(const struct reminder *reminder, const struct civil *day)
{
	switch (reminder->cadence) {
	case CADENCE_NEVER: return false;
	case CADENCE_DAILY: return true;
	case CADENCE_WEEKLY: return weekday_of(day) == reminder->weekday;
	case CADENCE_MONTHLY: return is_month_of(reminder, day) && is_day_of_month(reminder, day);
	case CADENCE_NTH: return is_month_of(reminder, day) && is_nth(reminder, day);
	}
	return false;
}

/* --- occasions --- */

/* Whole quarters, semesters and years that are over on that day. */
static void
set_period(struct occasion *occasion)
{
	static const int spans[] = { [ABOUT_QUARTER] = 3, [ABOUT_SEMESTER] = 6, [ABOUT_YEAR] = 12 };
	enum about about = occasion->reminder->about;
	int month = occasion->day.year * 12 + occasion->day.month - 1;

	occasion->first = occasion->last = 0;
	switch (about) {
	case ABOUT_NOTHING: break;
	case ABOUT_THIS_MONTH: occasion->first = occasion->last = month; break;
	case ABOUT_LAST_MONTH: occasion->first = occasion->last = month - 1; break;
	case ABOUT_QUARTER: case ABOUT_SEMESTER: case ABOUT_YEAR:
		occasion->last = month - month % spans[about] - 1;
		occasion->first = occasion->last - spans[about] + 1;
		break;
	}
}

/* The reminder's first moment in the zone from `from` on. */
static bool
first_moment(const struct reminder *reminder, const struct zone *zone, int64_t from, struct occasion *out)
{
	struct civil day = civil_at(from, zone->east);
	int64_t due;
	int i;

	day.hour = reminder->hour;
	day.minute = reminder->minute;
	for (i = 0; i < DAYS_AHEAD && reminder->cadence != CADENCE_NEVER; i++, next_day(&day)) {
		while (!is_month_of(reminder, &day))
			first_of_next_month(&day);
		due = falls_on(reminder, &day) ? civil_moment(&day, zone->east) : -1;
		if (due < from)
			continue;
		*out = (struct occasion){ .reminder = reminder, .zone = zone, .due = due, .day = day };
		set_period(out);
		return true;
	}
	return false;
}

/* Whether the reminder in the zone comes behind *after at the very same moment. */
static bool
is_behind(const struct reminder *reminder, const struct zone *zone, const struct occasion *after)
{
	if (after->reminder == NULL)
		return false;
	return reminder > after->reminder || (reminder == after->reminder && zone > after->zone);
}

bool
calendar_next(const struct grammar *grammar, const struct occasion *after, struct occasion *out)
{
	const struct occasion behind = *after;
	struct occasion one;
	bool found = false;
	size_t i, j;

	for (i = 0; i < grammar->reminder_count; i++)
		for (j = 0; j < grammar->zone_count; j++) {
			const struct reminder *reminder = &grammar->reminders[i];
			const struct zone *zone = &grammar->zones[j];
			int64_t from = behind.due + !is_behind(reminder, zone, &behind);

			if (first_moment(reminder, zone, from, &one) && (!found || one.due < out->due)) {
				*out = one;
				found = true;
			}
		}
	return found;
}

/* --- names and texts --- */

void
calendar_period_name(int first, int last, char out[CALENDAR_PERIOD_SIZE])
{
	int year = first / 12, month = first % 12;

	switch (last - first) {
	case 2: snprintf(out, CALENDAR_PERIOD_SIZE, "%04d-TW%d", year % 10000, month / 3 + 1); break;
	case 5: snprintf(out, CALENDAR_PERIOD_SIZE, "%04d-S%d", year % 10000, month / 6 + 1); break;
	case 11: snprintf(out, CALENDAR_PERIOD_SIZE, "%04d", year % 10000); break;
	default: snprintf(out, CALENDAR_PERIOD_SIZE, "%04d-%02d", year % 10000, month + 1); break;
	}
}

void
calendar_occasion_name(const struct occasion *occasion, char out[CALENDAR_PERIOD_SIZE])
{
	if (occasion->first != 0)
		calendar_period_name(occasion->first, occasion->last, out);
	else
		snprintf(out, CALENDAR_PERIOD_SIZE, "%04d-%02d-%02d", occasion->day.year % 10000,
			 occasion->day.month % 100, occasion->day.day % 100);
}

bool
calendar_period_read(const char *name, int *first, int *last)
{
	int year, part, day, end = 0;

	*first = *last = 0;
	if (sscanf(name, "%4d-%2d-%2d%n", &year, &part, &day, &end) == 3 && name[end] == '\0')
		return true;
	if (sscanf(name, "%4d-TW%1d%n", &year, &part, &end) == 2 && part >= 1 && part <= 4) {
		*first = year * 12 + (part - 1) * 3;
		*last = *first + 2;
	} else if (sscanf(name, "%4d-S%1d%n", &year, &part, &end) == 2 && part >= 1 && part <= 2) {
		*first = year * 12 + (part - 1) * 6;
		*last = *first + 5;
	} else if (sscanf(name, "%4d-%2d%n", &year, &part, &end) == 2 && part >= 1 && part <= 12) {
		*first = *last = year * 12 + part - 1;
	} else if (sscanf(name, "%4d%n", &year, &end) == 1) {
		*first = year * 12;
		*last = *first + 11;
	} else {
		return false;
	}
	return name[end] == '\0';
}

/* {per} as answers write it: OKT 2026, TW3 2026, S1 2026, 2026. */
static void
set_window(const struct grammar *grammar, const struct occasion *occasion, struct reply_form *form)
{
	int year = occasion->first / 12, month = occasion->first % 12;

	switch (occasion->last - occasion->first) {
	case 2: reply_set(form, "per", "TW%d %d", month / 3 + 1, year); break;
	case 5: reply_set(form, "per", "S%d %d", month / 6 + 1, year); break;
	case 11: reply_set(form, "per", "%d", year); break;
	default: reply_set(form, "per", "%s %d", grammar->month_names[month + 1], year); break;
	}
}

/* {kapan} as one types it behind a verb. Without a year the most recent month, quarter or semester is understood, and
 * that it is. */
static void
set_typed(const struct grammar *grammar, const struct occasion *occasion, struct reply_form *form)
{
	int year = occasion->first / 12, month = occasion->first % 12;
	struct reply_form phrase;
	char text[REPLY_SIZE];

	switch (occasion->last - occasion->first) {
	case 2:
		reply_start(&phrase, "FRASA_TW");
		reply_set(&phrase, "n", "%d", month / 3 + 1);
		break;
	case 5:
		reply_start(&phrase, "FRASA_SMT");
		reply_set(&phrase, "n", "%d", month / 6 + 1);
		break;
	case 11:
		reply_start(&phrase, "FRASA_THN");
		reply_set(&phrase, "n", "%d", year);
		break;
	default:
		reply_start(&phrase, "FRASA_BLN");
		reply_set(&phrase, "n", "%d", month + 1);
		break;
	}
	reply_write(grammar, &phrase, text);
	reply_set(form, "kapan", "%s", text);
}

/* The first such day of a month from the occasion's on. */
static void
set_deadline(const struct occasion *occasion, struct reply_form *form)
{
	struct reminder on = { .day = occasion->reminder->deadline };
	struct civil day = occasion->day;

	while (!is_day_of_month(&on, &day))
		next_day(&day);
	reply_set(form, "tgl", "%02d-%02d-%04d", day.day, day.month, day.year);
}

void
calendar_placeholders(const struct reminder *reminder, char *out, size_t size)
{
	const char *condition = calendar_condition(reminder->condition)->placeholders;
	const char *subject = calendar_subject(reminder->subject)->placeholders;
	bool period = reminder->about != ABOUT_NOTHING || calendar_subject(reminder->subject)->period;

	snprintf(out, size, "nama peran org desa kec wil kasus%s%s%s%s%s%s",
		 period ? " per kapan isi tumpang lapor belum tot pilih" : "", reminder->deadline != 0 ? " tgl" : "",
		 condition[0] != '\0' ? " " : "", condition, subject[0] != '\0' ? " " : "", subject);
}

void
calendar_fill(const struct grammar *grammar, const struct occasion *occasion, struct reply_form *form)
{
	if (occasion->first != 0 && reply_uses(grammar, form->id, "per"))
		set_window(grammar, occasion, form);
	if (occasion->first != 0 && reply_uses(grammar, form->id, "kapan"))
		set_typed(grammar, occasion, form);
	if (occasion->reminder->deadline != 0 && reply_uses(grammar, form->id, "tgl"))
		set_deadline(occasion, form);
}

/* --- quiet hours --- */

static bool
is_quiet(int from, int until, int hour)
{
	return from < until ? hour >= from && hour < until : from > until && (hour >= from || hour < until);
}

int64_t
calendar_open(const struct grammar *grammar, const struct zone *zone, int64_t wall)
{
	int from = grammar->limits[LIMIT_QUIET_FROM], until = grammar->limits[LIMIT_QUIET_UNTIL];
	struct civil there = civil_at(wall, zone->east);

	if (!is_quiet(from, until, there.hour))
		return wall;
	if (there.hour >= until)
		there.day++;
	there.hour = until;
	there.minute = 0;
	return civil_moment(&there, zone->east);
}
