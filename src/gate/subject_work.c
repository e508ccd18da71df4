/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject_work: what organisations have begun and may need to be reminded of: meetings, referrals of cases, programmes.
 * Each has a day, and comes up so many days before or after it. */
#include "gate/subject_doors.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/label.h"
#include "lang/grammar.h"
#include "store/audience.h"
#include "store/casebook.h"
#include "store/meeting.h"
#include "store/program.h"

#define DAY 86400

static int
east_of(const struct occasion *occasion)
{
	return occasion->zone != NULL ? occasion->zone->east : 0;
}

/* The day that a thing must have to come up now: when it begins there. */
static int64_t
day_looked_for(const struct occasion *occasion)
{
	struct civil day = { .year = occasion->day.year, .month = occasion->day.month, .day = occasion->day.day };

	return civil_moment(&day, east_of(occasion)) + (int64_t)occasion->reminder->ahead * DAY;
}

static void
set_number(struct subject *subject, int64_t number)
{
	subject->number = number;
	snprintf(subject->name, sizeof subject->name, "%lld", (long long)number);
}

/* The people of an organisation, one after the other. */
static int
next_member(struct store *store, int64_t organisation, const char *role, const char *area, int64_t after,
	    struct person *out)
{
	const struct audience audience = { .area = area, .roles = role, .willing = true };
	int error;

	do {
		error = audience_next(store, &audience, after, out);
		after = out->id;
	} while (error == 0 && out->organisation != organisation);
	return error;
}

/* --- meetings --- */

static void
take_meeting(const struct meeting *meeting, struct subject *out)
{
	set_number(out, meeting->no);
	snprintf(out->area, sizeof out->area, "%s", meeting->area);
}

static int
next_of_day(struct store *store, const struct occasion *occasion, struct subject *subject, struct meeting *meeting)
{
	struct civil day = civil_at(day_looked_for(occasion), east_of(occasion));
	char date[40];

	snprintf(date, sizeof date, "%04d-%02d-%02d", day.year, day.month, day.day);
	return meeting_on(store, date, subject->number, meeting);
}

static int
next_meeting(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	struct meeting meeting;
	int error = next_of_day(store, occasion, subject, &meeting);

	if (error == 0)
		take_meeting(&meeting, subject);
	return error;
}

/* One that the organisation has gone on from needs no reminder. */
static int
next_held(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	struct meeting meeting;
	int error, followed = 1;

	while (followed == 1) {
		error = next_of_day(store, occasion, subject, &meeting);
		if (error != 0)
			return error;
		take_meeting(&meeting, subject);
		followed = meeting_followed(store, &meeting);
	}
	return followed < 0 ? followed : 0;
}

static int
find_meeting(struct store *store, const char *name, struct subject *out)
{
	struct meeting meeting;
	int error = meeting_find(store, strtoll(name, NULL, 10), &meeting);

	if (error == 0)
		take_meeting(&meeting, out);
	return error;
}

static int
find_held(struct store *store, const char *name, struct subject *out)
{
	struct meeting meeting;
	int error = meeting_find(store, strtoll(name, NULL, 10), &meeting), followed;

	if (error != 0)
		return error;
	take_meeting(&meeting, out);
	followed = meeting_followed(store, &meeting);
	return followed == 1 ? -ENOENT : followed;
}

static int
fill_meeting(struct store *store, const struct grammar *grammar, const struct subject *subject, struct reply_form *form)
{
	struct meeting meeting;
	int error = meeting_find(store, subject->number, &meeting);

	if (error != 0)
		return error;
	label_set(store, grammar, form, meeting.body, meeting.rw, meeting.area);
	reply_set(form, "tgl", "%.2s-%.2s-%.4s", meeting.date + 8, meeting.date + 5, meeting.date);
	reply_set(form, "jam", "%s", meeting.clock);
	reply_set(form, "tempat", "%s", meeting.venue);
	reply_set(form, "hal", "%s", meeting.subject);
	return 0;
}

static int
guest(struct store *store, const struct subject *subject, int64_t after, struct person *out)
{
	return meeting_guest(store, subject->number, after, out);
}

static int
caller(struct store *store, const struct subject *subject, int64_t after, struct person *out)
{
	struct meeting meeting;
	int error = meeting_find(store, subject->number, &meeting);

	return error != 0 ? error :
	       next_member(store, meeting.organisation, meeting.role, meeting.area, after, out);
}

const struct subject_door SUBJECT_MEETINGS = {
	.next = next_meeting, .find = find_meeting, .fill = fill_meeting, .invited = guest,
};
const struct subject_door SUBJECT_MEETINGS_HELD = {
	.next = next_held, .find = find_held, .fill = fill_meeting, .invited = caller,
};

/* --- referrals --- */

static int
take_referral(struct store *store, const struct referral *referral, struct subject *out)
{
	struct casebook_entry entry;
	int error = casebook_find(store, referral->no, &entry);

	if (error != 0)
		return error;
	set_number(out, referral->id);
	snprintf(out->area, sizeof out->area, "%s", entry.village);
	return 0;
}

static int
next_referral(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	int64_t begin = day_looked_for(occasion);
	struct referral referral;
	int error = casebook_referral_next(store, begin, begin + DAY, subject->number, &referral);

	return error != 0 ? error : take_referral(store, &referral, subject);
}

static int
find_referral(struct store *store, const char *name, struct subject *out)
{
	struct referral referral;
	int error = casebook_referral_find(store, strtoll(name, NULL, 10), &referral);

	if (error == 0 && referral.state != REFERRAL_MADE)
		error = -ENOENT;
	return error != 0 ? error : take_referral(store, &referral, out);
}

/* Of a secret case the place is not told: it may tell the category. */
static int
fill_referral(struct store *store, const struct grammar *grammar, const struct subject *subject, struct reply_form *form)
{
	struct casebook_entry entry;
	struct referral referral;
	struct reply_form phrase;
	char where[REPLY_SIZE];
	int error = casebook_referral_find(store, subject->number, &referral), category;

	if (error == 0)
		error = casebook_find(store, referral.no, &entry);
	if (error != 0)
		return error;
	category = grammar_category_in(grammar, entry.list, entry.category);
	reply_set(form, "ksus", "%lld", (long long)referral.no);
	reply_start(&phrase, category >= 0 && !grammar->categories[category].secret ? "FRASA_DIRUJUK_KE" : "FRASA_DIRUJUK");
	reply_set(&phrase, "org", "%s", referral.to);
	reply_write(grammar, &phrase, where);
	reply_set(form, "hal", "%s", where);
	return 0;
}

const struct subject_door SUBJECT_REFERRALS = {
	.next = next_referral, .find = find_referral, .fill = fill_referral,
};

/* --- programmes --- */

/* The stage is part of the name: one that has moved on is not the thing that was to be reminded of. */
static void
take_program(const struct program *program, struct subject *out)
{
	out->number = program->no;
	snprintf(out->name, sizeof out->name, "%lld-%d", (long long)program->no, program->stage);
	snprintf(out->area, sizeof out->area, "%s", program->area);
}

/* Whether today is so many days after the day it moved, or twice as many, and so on. */
static bool
comes_up(const struct occasion *occasion, const struct program *program)
{
	int days = -occasion->reminder->ahead, east = east_of(occasion);
	int64_t moved = (program->moved + east) / DAY, now = (occasion->due + east) / DAY;

	return days > 0 && now > moved && (now - moved) % days == 0;
}

static int
next_program(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	struct program program = { .no = subject->number };
	int error;

	do
		error = program_stalled(store, occasion->due, program.no, &program);
	while (error == 0 && !comes_up(occasion, &program));
	if (error == 0)
		take_program(&program, subject);
	return error;
}

static int
find_program(struct store *store, const char *name, struct subject *out)
{
	struct program program;
	char *stage;
	int error = program_find(store, strtoll(name, &stage, 10), &program);

	if (error == 0)
		take_program(&program, out);
	return error == 0 && (program.closed || program.stage != -strtol(stage, NULL, 10)) ? -ENOENT : error;
}

static int
fill_program(struct store *store, const struct grammar *grammar, const struct subject *subject, struct reply_form *form)
{
	struct program program;
	int error = program_find(store, subject->number, &program);
	size_t stage;

	if (error != 0)
		return error;
	stage = (size_t)program.stage < grammar->stage_count ? (size_t)program.stage : grammar->stage_count;
	reply_set(form, "prog", "%lld", (long long)program.no);
	reply_set(form, "hal", "%s", program.name);
	reply_set(form, "thp", "%zu", stage);
	reply_set(form, "judul", "%s", grammar->stages[stage - 1].title);
	reply_set(form, "n", "%zu", stage < grammar->stage_count ? stage + 1 : stage);
	return 0;
}

static int
owner(struct store *store, const struct subject *subject, int64_t after, struct person *out)
{
	struct program program;
	int error = program_find(store, subject->number, &program);

	return error != 0 ? error :
	       next_member(store, program.organisation, program.role, program.area, after, out);
}

const struct subject_door SUBJECT_PROGRAMS = {
	.next = next_program, .find = find_program, .fill = fill_program, .invited = owner,
};
