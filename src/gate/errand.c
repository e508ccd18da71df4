/* SPDX-License-Identifier: GPL-3.0-or-later */
/* errand: an occasion of the calendar on its way to its people. */
#include "gate/errand.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/figures.h"

#define KEY_SIZE 112

void
errand_start(struct errand *errand, const struct occasion *occasion)
{
	memset(errand, 0, sizeof *errand);
	errand->occasion = *occasion;
	errand->subject.kind = occasion->reminder->subject;
}

static bool
is_own(const struct errand *errand)
{
	return errand->subject.kind == SUBJECT_OWN;
}

static int
month_of(const struct civil *day)
{
	return day->year * 12 + day->month - 1;
}

/* The occasion as the subject has it: what was sent up brings its own period. */
static struct occasion
occasion_of(const struct errand *errand)
{
	struct occasion occasion = errand->occasion;

	if (errand->subject.first != 0) {
		occasion.first = errand->subject.first;
		occasion.last = errand->subject.last;
	}
	return occasion;
}

static struct question
question_of(const struct errand_place *place, const struct errand *errand, const struct person *person)
{
	const struct occasion occasion = occasion_of(errand);

	return (struct question){
		.store = place->store, .grammar = place->grammar, .reminder = occasion.reminder, .mode = place->mode,
		.first = occasion.first, .last = occasion.last, .now = month_of(&occasion.day), .wall = place->wall,
		.area = is_own(errand) ? person->area : errand->subject.area, .person = person, .subject = &errand->subject,
	};
}

/* --- texts --- */

static int
fill_area(const struct errand_place *place, const struct errand *errand, const struct person *person,
	  struct reply_form *form)
{
	const struct occasion occasion = occasion_of(errand);
	bool own = person != NULL && is_own(errand);
	const struct figures figures = {
		.store = place->store, .grammar = place->grammar, .first = occasion.first, .last = occasion.last,
		.area = own ? person->area : errand->subject.area, .rw = own ? person->rw : 0,
		.own = own && strlen(person->area) == 13 ? person : NULL,
	};

	calendar_fill(place->grammar, &occasion, form);
	return figures_fill(&figures, form);
}

static void
fill_person(const struct errand_place *place, const struct person *person, struct reply_form *form)
{
	struct reply_form phrase;
	char polite[REPLY_SIZE];

	if (reply_uses(place->grammar, form->id, "nama")) {
		reply_start(&phrase, "FRASA_YTH");
		reply_write(place->grammar, &phrase, polite);
		reply_set(form, "nama", "%s", person->name[0] != '\0' ? person->name : polite);
	}
	if (reply_uses(place->grammar, form->id, "peran"))
		reply_set(form, "peran", "%s", person->role);
	if (reply_uses(place->grammar, form->id, "org"))
		reply_set(form, "org", "%s", person->body);
}

/* --- keys --- */

/* rem:LAPOR-1:2026-10:17, rem:TEMBUSAN:2026-10:32.07.34:17 */
static void
write_key(const struct errand *errand, int64_t person, char out[KEY_SIZE])
{
	const struct occasion occasion = occasion_of(errand);
	char period[CALENDAR_PERIOD_SIZE];

	calendar_occasion_name(&occasion, period);
	snprintf(out, KEY_SIZE, "rem:%s:%s:%s%s%lld", occasion.reminder->name, period, errand->subject.name,
		 errand->subject.name[0] != '\0' ? ":" : "", (long long)person);
}

/* --- going --- */

/* A thing has its hour where it is; without one, each recipient where he is. Prompt ones have no zone: they go when they
 * may. */
static bool
has_hour(const struct errand_place *place, const struct errand *errand, const char *area)
{
	return errand->occasion.zone == NULL || grammar_zone_of(place->grammar, area) == errand->occasion.zone;
}

/* The next subject, and whether it is to be told of. -ENOENT: no more. */
static int
begin_subject(const struct errand_place *place, struct errand *errand)
{
	const struct condition_trait *trait = calendar_condition(errand->occasion.reminder->condition);
	const char *id = place->grammar->replies[errand->occasion.reminder->reply].id;
	struct question question;
	int error = 0;

	errand->person = 0;
	errand->holds = true;
	reply_start(&errand->form, id);
	if (is_own(errand)) {
		errand->begun = true;
		return 0;
	}
	error = subject_next(place->store, &errand->occasion, &errand->subject);
	if (error != 0 || !has_hour(place, errand, errand->subject.area))
		return error;
	errand->begun = true;
	if (!trait->personal) {
		question = question_of(place, errand, NULL);
		error = condition_ask(&question, &errand->form);
		errand->holds = error > 0;
	}
	if (error >= 0 && errand->holds)
		error = subject_fill(place->store, place->grammar, &errand->subject, &errand->form);
	if (error >= 0 && errand->holds)
		error = fill_area(place, errand, NULL, &errand->form);
	return error < 0 ? error : 0;
}

static int
end_subject(const struct errand_place *place, struct errand *errand)
{
	struct question question;

	errand->begun = false;
	if (place->mode != QUESTION_PLAN || is_own(errand))
		return 0;
	question = question_of(place, errand, NULL);
	return condition_told(&question);
}

/* 1 he gets it, 0 not. */
static int
ask_for(const struct errand_place *place, const struct errand *errand, const struct person *person,
	struct reply_form *form)
{
	const struct reminder *reminder = errand->occasion.reminder;
	const struct question question = question_of(place, errand, person);
	int holds;

	if (is_own(errand) && !has_hour(place, errand, person->area))
		return 0;
	if (!is_own(errand) && !calendar_condition(reminder->condition)->personal)
		return 1;
	holds = condition_ask(&question, form);
	if (holds == 1 && place->mode == QUESTION_PLAN && is_own(errand)) {
		int error = condition_told(&question);

		return error != 0 ? error : 1;
	}
	return holds;
}

static int
deliver(const struct errand_place *place, const struct errand *errand, const struct person *person, errand_each *each,
	void *ctx)
{
	struct reply_form form = errand->form;
	char key[KEY_SIZE];
	int result = ask_for(place, errand, person, &form);

	if (result <= 0)
		return result;
	result = fill_area(place, errand, person, &form);
	if (result != 0)
		return result;
	fill_person(place, person, &form);
	write_key(errand, person->id, key);
	return each(ctx, &(struct delivery){ .person = person, .subject = &errand->subject,
					     .reminder = errand->occasion.reminder, .form = &form, .key = key });
}

static int
step(const struct errand_place *place, struct errand *errand, errand_each *each, void *ctx)
{
	struct person person;
	int error;

	if (!errand->begun)
		return begin_subject(place, errand);
	error = errand->holds ? subject_person(place->store, errand->occasion.reminder, &errand->subject, errand->person,
					       &person) : -ENOENT;
	if (error == -ENOENT) {
		error = end_subject(place, errand);
		return error == 0 && is_own(errand) ? -ENOENT : error;
	}
	if (error == 0)
		error = deliver(place, errand, &person, each, ctx);
	errand->person = person.id;
	return error;
}

int
errand_go(const struct errand_place *place, struct errand *errand, int most, errand_each *each, void *ctx)
{
	const struct errand before = *errand;
	int error = 0;

	for (int i = 0; i < most && error == 0; i++)
		error = step(place, errand, each, ctx);
	if (error == 0)
		return 1;
	if (error == -ENOENT)
		return 0;
	*errand = before;
	return error;
}

/* --- at the moment of sending --- */

static const struct reminder *
find_reminder(const struct grammar *grammar, const char *name)
{
	for (size_t i = 0; i < grammar->reminder_count; i++)
		if (strcmp(grammar->reminders[i].name, name) == 0)
			return &grammar->reminders[i];
	return NULL;
}

/* Cuts "rem:NAME:PERIOD[:SUBJECT]:PERSON" at its colons; the number of its pieces. */
static size_t
cut_key(char *key, char *pieces[5])
{
	size_t count = 0;
	char *piece;

	while (count < 5 && (piece = strsep(&key, ":")) != NULL)
		pieces[count++] = piece;
	return count;
}

/* Whether that person still has that number, and wants to be written to. */
static int
find_recipient(const struct errand_place *place, const char *id, const char *phone, struct person *out)
{
	int error = people_find(place->store, phone, out);

	if (error != 0)
		return error;
	return out->state == PERSON_ACTIVE && out->id == strtoll(id, NULL, 10) && out->reminders;
}

int
errand_wanted(const struct errand_place *place, const char *key, const char *phone)
{
	char copy[KEY_SIZE], *pieces[5];
	struct errand errand;
	struct occasion occasion = { .reminder = NULL };
	struct person person;
	struct reply_form form;
	size_t count;
	int result;

	snprintf(copy, sizeof copy, "%s", key);
	count = cut_key(copy, pieces);
	if (count < 4 || strcmp(pieces[0], "rem") != 0 || (occasion.reminder = find_reminder(place->grammar, pieces[1])) == NULL)
		return 1;
	if (!calendar_period_read(pieces[2], &occasion.first, &occasion.last))
		return 1;
	result = find_recipient(place, pieces[count - 1], phone, &person);
	if (result <= 0)
		return result;
	occasion.day = civil_at(place->wall, grammar_zone(place->grammar, person.area));
	errand_start(&errand, &occasion);
	if (!is_own(&errand)) {
		result = subject_find(place->store, errand.subject.kind, count == 5 ? pieces[3] : "", &errand.subject);
		if (result != 0)
			return result == -ENOENT ? 0 : result;
	}
	reply_start(&form, place->grammar->replies[occasion.reminder->reply].id);
	const struct question question = question_of(place, &errand, &person);
	return condition_ask(&question, &form);
}
