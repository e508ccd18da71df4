/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duty: what the office's calendar asks for, said a second time: who is written to when, on which condition, in which
 * words. Whoever changes grammars/65-calendar.grammar changes it here, too: otherwise something is lost or unasked for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

enum about { NOTHING, THIS_MONTH, LAST_MONTH, LAST_QUARTER, LAST_SEMESTER, LAST_YEAR };
enum condition { ALWAYS, NEVER, MISSING, GIVEN, SILENT, UNSENT, REPORTED, OVERLAP };
enum each { OWN, DISTRICT = 8, REGENCY = 5, PROVINCE = 2 };

#define JANUARY 1
#define APRIL (1 << 3)
#define JULY (1 << 6)
#define OCTOBER (1 << 9)
#define QUARTERS (JANUARY | APRIL | JULY | OCTOBER)
#define VOLUNTEERS ",PSM,KT,KPS,WKSBM,"
#define OPEN_MONTHS 6           /* overlaps of the months that may still be reported for */

struct duty {
	const char *name;
	int day;                        /* of the month, 0 every day */
	unsigned months;                /* 0 all */
	int hour, minute;
	enum about about;
	enum each each;
	const char *roles;
	enum condition condition;
	const char *reply;
	int deadline, valid;            /* day of the month; hours */
};
static const struct duty DUTY[] = {
	{ "LAPOR-1", 25, 0, 8, 0, THIS_MONTH, OWN, VOLUNTEERS, MISSING, "INGAT_1", 5, 72 },
	{ "LAPOR-2", 3, 0, 8, 0, LAST_MONTH, OWN, VOLUNTEERS, MISSING, "INGAT_2", 5, 48 },
	{ "TERIMA-KASIH", 6, 0, 9, 0, LAST_MONTH, OWN, VOLUNTEERS, GIVEN, "INGAT_TERIMA", 0, 72 },
	{ "TKSK", 6, 0, 8, 0, LAST_MONTH, OWN, ",TKSK,", UNSENT, "INGAT_TKSK", 8, 48 },
	{ "DAFTAR-TKSK", 6, 0, 8, 30, LAST_MONTH, OWN, ",TKSK,", SILENT, "INGAT_DAFTAR", 0, 48 },
	{ "DAFTAR-KAB", 7, 0, 8, 0, LAST_MONTH, OWN, ",KAB,", SILENT, "INGAT_DAFTAR", 0, 48 },
	{ "TEMBUSAN-KEC", 9, 0, 9, 0, LAST_MONTH, DISTRICT, ",KAB,CAMAT,", UNSENT, "TEMBUSAN_BELUM", 0, 72 },
	{ "TEMBUSAN-KAB", 10, 0, 9, 0, LAST_MONTH, REGENCY, ",PROV,", REPORTED, "TEMBUSAN_WILAYAH", 0, 72 },
	{ "TEMBUSAN-PROV", 12, 0, 9, 0, LAST_MONTH, PROVINCE, ",PUSAT,", REPORTED, "TEMBUSAN_WILAYAH", 0, 72 },
	{ "TUMPANG", 0, 0, 16, 0, NOTHING, DISTRICT, ",TKSK,", OVERLAP, "INGAT_TUMPANG", 0, 20 },
	{ "TRIWULAN", 10, QUARTERS, 8, 0, LAST_QUARTER, OWN, ",TKSK,", UNSENT, "INGAT_TW", 10, 120 },
	{ "TRIWULAN-KAB", 10, QUARTERS, 8, 0, LAST_QUARTER, OWN, ",KAB,", ALWAYS, "INGAT_TW_KAB", 10, 120 },
	{ "SEMESTER", 15, JANUARY | JULY, 8, 0, LAST_SEMESTER, OWN, ",KAB,PROV,", REPORTED, "INGAT_REKAP", 0, 168 },
	{ "TAHUN", 20, JANUARY, 8, 0, LAST_YEAR, OWN, ",KAB,PROV,PUSAT,", REPORTED, "INGAT_REKAP", 0, 168 },
	{ "KBS", 1, 0, 8, 0, NOTHING, OWN, ",FCU,", ALWAYS, "INGAT_KBS", 0, 120 },
	/* Nobody in a ledger has begun the stages of a Family Care Unit: the first is due, and of none a step is open. */
	{ "FCU", 1, 0, 8, 30, THIS_MONTH, OWN, ",FCU,", ALWAYS, "INGAT_FCU", 0, 120 },
	{ "FCU-LANGKAH", 15, 0, 8, 0, THIS_MONTH, OWN, ",FCU,", NEVER, "INGAT_FCU_LANGKAH", 0, 120 },
	{ "FCU-BERKAS", 25, 0, 8, 0, THIS_MONTH, OWN, ",FCU,", NEVER, "INGAT_FCU_BERKAS", 0, 120 },
};
#define DUTIES (sizeof DUTY / sizeof *DUTY)

/* As soon as a KIRIM has come. */
static const struct duty SENT_UP[] = {
	{ .name = "KIRIM", .roles = ",KAB,", .reply = "KIRIM_KAB", .valid = 120 },
	{ .name = "TEMBUSAN", .roles = ",CAMAT,BUPATI,PROV,PUSAT,", .reply = "TEMBUSAN", .valid = 120 },
};

/* --- when --- */

static struct span
span_about(enum about about, int month)
{
	int quarter = month / 3 * 3 - 3, semester = month / 6 * 6 - 6, year = month / 12 * 12 - 12;

	switch (about) {
	case THIS_MONTH: return (struct span){ month, month };
	case LAST_MONTH: return (struct span){ month - 1, month - 1 };
	case LAST_QUARTER: return (struct span){ quarter, quarter + 2 };
	case LAST_SEMESTER: return (struct span){ semester, semester + 5 };
	case LAST_YEAR: return (struct span){ year, year + 11 };
	default: return (struct span){ 0, 0 };
	}
}

static void
add_occasion(struct demand *demand, const struct duty *duty, int64_t due)
{
	struct date date = date_of(due);
	struct occasion *occasion;

	demand->occasions = grow(demand->occasions, demand->occasion_count, sizeof *demand->occasions);
	occasion = &demand->occasions[demand->occasion_count++];
	*occasion = (struct occasion){ .name = duty->name, .due = due };
	if (duty->about != NOTHING)
		span_write(span_about(duty->about, month_of(due)), occasion->period);
	else
		snprintf(occasion->period, sizeof occasion->period, "%04d-%02d-%02d", date.year % 10000, date.month % 100,
			 date.day % 100);
}

static const struct duty *
duty_of(const char *name)
{
	for (size_t i = 0; i < DUTIES; i++)
		if (strcmp(DUTY[i].name, name) == 0)
			return &DUTY[i];
	die("no duty %s", name);
}

static int
by_due(const void *a, const void *b)
{
	const struct occasion *left = a, *right = b;
	const struct duty *first = duty_of(left->name), *second = duty_of(right->name);

	if (left->due != right->due)
		return left->due < right->due ? -1 : 1;
	return first < second ? -1 : first > second;
}

/* What falls due while the box is off is worked off when it is on again, unless it is not valid any more. */
static void
sleep_over(const struct ledger *ledger, struct demand *demand)
{
	for (size_t i = 0; i < ledger->event_count; i++) {
		const struct event *event = &ledger->events[i];
		int64_t on = event->deed == DEED_OFF ? time_read(event->text) : 0;

		for (size_t j = 0; j < demand->occasion_count && on != 0; j++) {
			struct occasion *occasion = &demand->occasions[j];

			if (occasion->due < event->at || occasion->due >= on)
				continue;
			occasion->late = on;
			occasion->dropped = occasion->due + duty_of(occasion->name)->valid * HOUR < on;
		}
		if (on != 0 && i + 1 < ledger->event_count && ledger->events[i + 1].at < on)
			die("ledger line %d: somebody texts while the box is off", ledger->events[i + 1].line);
	}
}

void
duties_list(const struct ledger *ledger, struct demand *demand)
{
	for (int64_t day = ledger->begin; day <= ledger->end + DAY; day += DAY) {
		struct date date = date_of(day);

		for (size_t i = 0; i < DUTIES; i++) {
			int64_t due = time_of(date.year, date.month, date.day, DUTY[i].hour, DUTY[i].minute);
			bool today = (DUTY[i].day == 0 || DUTY[i].day == date.day) &&
				     (DUTY[i].months == 0 || (DUTY[i].months >> (date.month - 1) & 1) != 0);

			if (today && due > ledger->begin && due <= ledger->end)
				add_occasion(demand, &DUTY[i], due);
		}
	}
	qsort(demand->occasions, demand->occasion_count, sizeof *demand->occasions, by_due);
	sleep_over(ledger, demand);
}

/* --- how it is said --- */

static void
say_deadline(struct say *say, const struct duty *duty, int64_t now)
{
	struct date date = date_of(now);

	if (date.day > duty->deadline && ++date.month > 12) {
		date.month = 1;
		date.year++;
	}
	say_set(say, "tgl", "%02d-%02d-%04d", duty->deadline, date.month, date.year);
}

/* --- whether --- */

static bool
holds(const struct state *state, enum condition condition, const struct pending *pending)
{
	struct span open = { pending->month - OPEN_MONTHS, pending->month };

	switch (condition) {
	case NEVER: return false;
	case MISSING: return !state_reported(state, pending->person, pending->span.first);
	case GIVEN: return state_reported(state, pending->person, pending->span.first);
	case SILENT: return state_coverage(state, pending->area, pending->span) < (int)village_count(pending->area);
	case REPORTED: return state_coverage(state, pending->area, pending->span) > 0;
	case OVERLAP: return state_open_count(state, pending->area, open) > 0;
	default: return true;
	}
}

static bool
is_unsent(const struct oracle *oracle, const char *area, struct span span)
{
	return find_submission(oracle, area, span) == NULL;
}

/* --- overlaps that the TKSK was not told of --- */

static bool
was_told(const struct oracle *oracle, const char *key)
{
	for (size_t i = 0; i < oracle->told_count; i++)
		if (strcmp(oracle->told[i].key, key) == 0)
			return true;
	return false;
}

/* Lists what is new in the kecamatan, and remembers all that is open there. */
static int
note_overlaps(struct oracle *oracle, const char *area, int now, struct list *list)
{
	struct { char key[64]; } open[256];
	size_t count = 0, kept = 0, first = village_first(area), end = first + village_count(area);
	int fresh = 0;

	for (int month = now - OPEN_MONTHS; month <= now; month++)
		for (size_t i = first; i < end; i++)
			for (int category = 0; category < CATEGORIES; category++) {
				const char *code = village_at(i)->code, *bodies[BODIES_MAX];
				size_t some, used;

				if (!state_is_open(oracle->state, code, category, month) || count == 256)
					continue;
				some = state_overlap(oracle->state, code, category, month, -1, bodies);
				used = (size_t)snprintf(open[count].key, 64, "%s:%d:%d", code, category, month);
				for (size_t j = 0; j < some && used < 60; j++)
					used += (size_t)snprintf(open[count].key + used, 64 - used, " %s", bodies[j]);
				if (!was_told(oracle, open[count++].key)) {
					list_add(list, "%s %s", place_name(code), CATEGORY[category].keyword);
					fresh++;
				}
			}
	for (size_t i = 0; i < oracle->told_count; i++)
		if (strncmp(oracle->told[i].key, area, strlen(area)) != 0)
			oracle->told[kept++] = oracle->told[i];
	oracle->told_count = kept;
	oracle->told = realloc(oracle->told, (kept + count + 1) * sizeof *oracle->told);
	if (oracle->told == NULL)
		die("no memory");
	for (size_t i = 0; i < count; i++)
		memcpy(oracle->told[oracle->told_count++].key, open[i].key, sizeof open[i].key);
	return fresh;
}

/* --- doing it --- */

static const struct duty *
duty_of_text(const char *kind)
{
	for (size_t i = 0; i < sizeof SENT_UP / sizeof *SENT_UP; i++)
		if (strcmp(SENT_UP[i].name, kind) == 0)
			return &SENT_UP[i];
	return duty_of(kind);
}

bool
duty_wanted(const struct oracle *oracle, const struct pending *pending)
{
	const struct duty *duty;

	if (!state_willing(oracle->state, pending->person))
		return false;
	if (strcmp(pending->text.kind, "UMUM") == 0)
		return true;
	duty = duty_of_text(pending->text.kind);
	if (duty->condition == UNSENT)
		return is_unsent(oracle, pending->area, pending->span);
	return holds(oracle->state, duty->condition, pending);
}

/* since: when it was due. */
static void
send_to(struct oracle *oracle, const struct duty *duty, const struct say *say, struct pending *pending, int64_t since,
	int64_t now)
{
	snprintf(pending->text.phone, sizeof pending->text.phone, "%s", oracle->ledger->people[pending->person].phone);
	snprintf(pending->text.kind, sizeof pending->text.kind, "%s", duty->name);
	say_text(say, pending->text.text);
	pending->text.from = now;
	pending->text.until = since + duty->valid * HOUR;
	demand_unasked(oracle, pending, now);
}

static void
work_own(struct oracle *oracle, const struct duty *duty, const struct occasion *occasion, struct span span, int64_t now)
{
	size_t at = 0;
	int person;

	while ((person = state_person(oracle->state, duty->roles, "", false, &at)) >= 0) {
		const struct person *who = &oracle->ledger->people[person];
		struct pending pending = { .person = person, .span = span, .month = month_of(occasion->due) };
		struct say say;

		snprintf(pending.area, sizeof pending.area, "%s", who->area);
		if (duty->condition == UNSENT ? !is_unsent(oracle, who->area, span) :
						!holds(oracle->state, duty->condition, &pending))
			continue;
		say_start(&say, duty->reply);
		if (strlen(who->area) == 13)
			say_own(oracle, &say, person, span);
		else
			say_area(oracle, &say, who->area, span);
		say_person(oracle, &say, person);
		if (span.first != 0) {
			say_span(&say, span);
			say_typed(&say, span);
		}
		if (duty->deadline != 0)
			say_deadline(&say, duty, occasion->due);
		send_to(oracle, duty, &say, &pending, occasion->due, now);
	}
}

static void
tell_about(struct oracle *oracle, const struct duty *duty, const char *area, struct span span, int64_t since, int64_t now)
{
	struct pending pending = { .span = span, .month = month_of(since) };
	struct list fresh = { .count = 0 };
	char text[TEXT_SIZE];
	struct say say;
	size_t at = 0;
	int count = 0;

	snprintf(pending.area, sizeof pending.area, "%s", area);
	if (duty->condition == OVERLAP)
		count = note_overlaps(oracle, area, pending.month, &fresh);
	if (duty->condition == OVERLAP ? count == 0 : duty->condition == UNSENT ? !is_unsent(oracle, area, span) :
						      !holds(oracle->state, duty->condition, &pending))
		return;
	say_start(&say, duty->reply);
	if (duty->condition == OVERLAP) {
		list_write(&fresh, 70, false, text);
		say_set(&say, "baru", "%d", count);
		say_set(&say, "pilih", "%s", text);
	}
	say_area(oracle, &say, area, span);
	if (span.first != 0)
		say_span(&say, span);
	while ((pending.person = state_person(oracle->state, duty->roles, area, true, &at)) >= 0)
		send_to(oracle, duty, &say, &pending, since, now);
}

/* Areas of a level that somebody is registered in. */
static bool
is_populated(const struct oracle *oracle, const char *area)
{
	for (size_t i = 0; i < oracle->ledger->person_count; i++)
		if (strncmp(oracle->ledger->people[i].area, area, strlen(area)) == 0)
			return true;
	return false;
}

static void
work_each(struct oracle *oracle, const struct duty *duty, const char *area, struct span span, int64_t since, int64_t now)
{
	for (const struct place *place = place_next(area, ""); place != NULL; place = place_next(area, place->code)) {
		if (!is_populated(oracle, place->code))
			continue;
		if (strlen(place->code) == (size_t)duty->each)
			tell_about(oracle, duty, place->code, span, since, now);
		else
			work_each(oracle, duty, place->code, span, since, now);
	}
}

void
duty_work(struct oracle *oracle, const struct occasion *occasion, int64_t now)
{
	const struct duty *duty = duty_of(occasion->name);
	struct span span = span_about(duty->about, month_of(occasion->due));

	if (duty->each == OWN)
		work_own(oracle, duty, occasion, span, now);
	else
		work_each(oracle, duty, "", span, occasion->due, now);
}

void
duty_submission(struct oracle *oracle, const struct submission *submission)
{
	for (size_t i = 0; i < sizeof SENT_UP / sizeof *SENT_UP; i++)
		tell_about(oracle, &SENT_UP[i], submission->area, submission->span, submission->at, submission->at);
}
