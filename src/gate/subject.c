/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject: the things that reminders are about. */
#include "gate/subject_doors.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/audience.h"
#include "store/submission.h"

/* --- areas --- */

static int
next_area(struct store *store, int length, struct subject *subject)
{
	char area[14];
	int error = audience_area(store, length, subject->area, area);

	if (error == 0) {
		memcpy(subject->area, area, sizeof area);
		snprintf(subject->name, sizeof subject->name, "%s", area);
	}
	return error;
}

static int
next_district(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	(void)occasion;
	return next_area(store, 8, subject);
}

static int
next_regency(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	(void)occasion;
	return next_area(store, 5, subject);
}

static int
next_province(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	(void)occasion;
	return next_area(store, 2, subject);
}

static int
find_area(struct store *store, const char *name, struct subject *out)
{
	(void)store;
	snprintf(out->area, sizeof out->area, "%.13s", name);
	return 0;
}

/* --- what was sent up --- */

static void
take_submission(const struct submission *submission, struct subject *out)
{
	out->number = submission->no;
	snprintf(out->name, sizeof out->name, "%lld", (long long)submission->no);
	memcpy(out->area, submission->area, sizeof out->area);
	out->first = submission->first;
	out->last = submission->last;
	out->wall = submission->wall;
}

static int
next_submission(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	struct submission submission;
	int error = submission_next(store, subject->number, &submission);

	(void)occasion;
	if (error == 0)
		take_submission(&submission, subject);
	return error;
}

static int
find_submission(struct store *store, const char *name, struct subject *out)
{
	struct submission submission;
	int error = submission_read(store, strtoll(name, NULL, 10), &submission);

	if (error == 0)
		take_submission(&submission, out);
	return error;
}

/* --- all --- */

static const struct subject_door DISTRICTS = { .next = next_district, .find = find_area };
static const struct subject_door REGENCIES = { .next = next_regency, .find = find_area };
static const struct subject_door PROVINCES = { .next = next_province, .find = find_area };
static const struct subject_door SUBMISSIONS = {
	.next = next_submission, .find = find_submission, .last = submission_last,
};
static const struct subject_door NOTHING = { .next = NULL };

static const struct subject_door *const DOORS[SUBJECTS] = {
	[SUBJECT_OWN] = &NOTHING, [SUBJECT_DISTRICT] = &DISTRICTS, [SUBJECT_REGENCY] = &REGENCIES,
	[SUBJECT_PROVINCE] = &PROVINCES, [SUBJECT_SUBMISSION] = &SUBMISSIONS, [SUBJECT_MEETING] = &SUBJECT_MEETINGS,
	[SUBJECT_HELD] = &SUBJECT_MEETINGS_HELD, [SUBJECT_REFERRAL] = &SUBJECT_REFERRALS,
	[SUBJECT_PROGRAM] = &SUBJECT_PROGRAMS,
};

int
subject_next(struct store *store, const struct occasion *occasion, struct subject *subject)
{
	return DOORS[subject->kind]->next != NULL ? DOORS[subject->kind]->next(store, occasion, subject) : -ENOENT;
}

int
subject_find(struct store *store, enum subject_kind kind, const char *name, struct subject *out)
{
	memset(out, 0, sizeof *out);
	out->kind = kind;
	snprintf(out->name, sizeof out->name, "%s", name);
	return DOORS[kind]->find != NULL ? DOORS[kind]->find(store, name, out) : 0;
}

int64_t
subject_last(struct store *store, enum subject_kind kind)
{
	return DOORS[kind]->last != NULL ? DOORS[kind]->last(store) : 0;
}

int
subject_fill(struct store *store, const struct grammar *grammar, const struct subject *subject, struct reply_form *form)
{
	return DOORS[subject->kind]->fill != NULL ? DOORS[subject->kind]->fill(store, grammar, subject, form) : 0;
}

int
subject_person(struct store *store, const struct reminder *reminder, const struct subject *subject, int64_t after,
	       struct person *out)
{
	const struct audience audience = {
		.area = subject->area, .roles = reminder->roles, .above = subject->kind != SUBJECT_OWN, .willing = true,
	};

	if (reminder->roles == NULL)
		return DOORS[subject->kind]->invited != NULL ? DOORS[subject->kind]->invited(store, subject, after, out) : -ENOENT;
	return audience_next(store, &audience, after, out);
}
