/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds: what the store must say before the rules conclude, and what an outcome changes in it, for the verbs beside
 * plain reports. */
#include "gate/deeds.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/cancel.h"
#include "gate/deeds_parts.h"
#include "gate/entries.h"
#include "gate/inquiry.h"
#include "gate/label.h"
#include "gate/tell.h"
#include "lang/calendar.h"
#include "store/lock.h"
#include "store/overlap.h"
#include "store/record.h"
#include "store/settlement.h"

#define ALERT_SECONDS (3 * 86400)

const char *
deed_list_of(const struct deed *deed, int category)
{
	return deed->grammar->lists[deed->grammar->categories[category].list].name;
}

struct record_key
deeds_key(const struct deed *deed, const struct outcome_item *item)
{
	const struct category *category = &deed->grammar->categories[item->category];

	return (struct record_key){
		.organisation = deed->person->organisation,
		.village = deed->outcome->village, .rt = deed->outcome->rt, .rw = deed->outcome->rw,
		.category = category->code, .list = deed_list_of(deed, item->category),
		.family = deed->grammar->families[category->family].name,
		.unit = deed->grammar->units[item->unit].name,
		.period = deed->outcome->period,
	};
}

/* --- asking --- */

/* Rule 39. */
static int
ask_lock(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	bool closed = false;
	int error = 0;

	if (outcome->village[0] != '\0' && outcome->effect != EFFECT_CASE)
		error = lock_find(deed->store, outcome->village, outcome->period, &closed);
	if (error == 0 && closed)
		outcome->found = FOUND_LOCKED;
	return error;
}

static void
on_other(void *ctx, const char *body)
{
	struct outcome *outcome = ctx;
	struct field *others = (struct field *)(uintptr_t)outcome_field(outcome, "tumpang");
	size_t i;

	if (others == NULL)
		others = outcome_list(outcome, "tumpang", FIELD_TEXTS);
	for (i = 0; i < others->count; i++)
		if (strcmp(others->items[i], body) == 0)
			return;
	if (others->count < FIELD_LIST_MAX)
		outcome_list_text(outcome, others, body);
}

/* Rules 41 and 43. */
static int
ask_overlap(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	size_t i;
	int error = 0;

	for (i = 0; i < outcome->item_count && error == 0; i++) {
		struct record_key key = deeds_key(deed, &outcome->items[i]);

		if (outcome->items[i].value > 0)
			error = overlap_find(deed->store, &key, on_other, outcome);
	}
	return error;
}

int
deeds_ask(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int error = 0;

	switch (outcome->effect) {
	case EFFECT_CANCEL:
		error = cancel_ask(deed);
		return error != 0 || outcome->cancels == 0 ? error : ask_lock(deed);
	case EFFECT_RECORD: case EFFECT_SETTLE: case EFFECT_RETRACT:
		error = ask_lock(deed);
		if (error == 0 && outcome->effect == EFFECT_RECORD)
			error = ask_overlap(deed);
		return error;
	case EFFECT_ENTRY:
		error = ask_lock(deed);
		return error != 0 ? error : entries_find(deed);
	case EFFECT_TICKET: case EFFECT_TICKET_TEXT:
		return deeds_ticket_ask(deed);
	case EFFECT_BROADCAST:
		return deeds_broadcast_ask(deed);
	case EFFECT_SUBMIT:
		return deeds_submission_ask(deed);
	case EFFECT_LOOK: case EFFECT_CLOSE:
		return outcome->series == SERIES_CASE ? deeds_case_ask(deed) :
		       outcome->series == SERIES_PROGRAM ? deeds_program_ask(deed) : deeds_ticket_ask(deed);
	case EFFECT_REFER:
		return deeds_case_ask(deed);
	case EFFECT_PROGRAM: case EFFECT_STAGE:
		return deeds_program_ask(deed);
	case EFFECT_DECIDE:
		return deeds_people_ask(deed);
	case EFFECT_MEETING: case EFFECT_ATTENDANCE: case EFFECT_MINUTES:
		return deeds_meeting_ask(deed);
	default:
		return outcome->expect == EXPECT_QUERY ? inquiry_ask(deed) : 0;
	}
}

/* --- doing --- */

struct tell
deed_tell(const struct deed *deed, const char *about, const struct reply_form *form)
{
	return (struct tell){
		.store = deed->store, .grammar = deed->grammar, .about = about, .class = OUTBOX_ALERT, .form = form,
		.inbox = deed->inbox, .wall = deed->received, .not_after = deed->received + ALERT_SECONDS,
		.hold = deed->hold };
}

int
deed_tell_one(const struct deed *deed, const char *kind, int64_t no, const char *phone, const struct reply_form *form)
{
	char about[48];
	struct tell told;

	snprintf(about, sizeof about, "%s:%lld", kind, (long long)no);
	told = deed_tell(deed, about, form);
	return tell_phone(&told, phone);
}

const char *
deed_area_name(const struct deed *deed, const char *code)
{
	const char *name = gazetteer_name(deed->gazetteer, code);

	return name != NULL ? name : code;
}

/* Whoever holds one role. */
static int
tell_role(const struct deed *deed, const struct tell *tell, const char *name)
{
	const struct grammar *grammar = deed->grammar;
	int role = grammar_role(grammar, name);
	struct audience audience = { .area = deed->person->area, .roles = name, .rw = deed->person->rw, .willing = true };

	if (role < 0)
		return 0;
	audience.above = grammar->roles[role].scope > deed->who->asker.scope;
	return tell_audience(tell, &audience, deed->person->id);
}

int
deed_tell_roles(const struct deed *deed, const struct tell *tell, const char *roles)
{
	char one[16];
	int count = 0;

	while (*roles != '\0') {
		size_t length = strcspn(roles, ",");
		int told;

		snprintf(one, sizeof one, "%.*s", (int)length, roles);
		told = tell_role(deed, tell, one);
		if (told < 0)
			return told;
		count += told;
		roles += length + (roles[length] == ',');
	}
	return count;
}

void
deed_by_day(const struct deed *deed, struct tell *tell)
{
	int64_t open = calendar_open(deed->grammar, grammar_zone_of(deed->grammar, deed->person->area), tell->wall);

	tell->not_before = open > tell->wall ? open : 0;
	tell->class = OUTBOX_NOTICE;
}

void
deed_set_body(const struct deed *deed, struct reply_form *form)
{
	label_set(deed->store, deed->grammar, form, deed->person->body, deed->person->rw, deed->person->area);
}

static int
do_settle(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	size_t i;
	int error = 0;

	for (i = 0; i < outcome->item_count && error == 0; i++) {
		struct record_key key = deeds_key(deed, &outcome->items[i]);

		error = settlement_put(deed->store, &key, outcome->items[i].value, deed->person->id, deed->wall);
	}
	return error;
}

/* Rule 44: whoever reports something else after a settlement opens the matter again. */
static int
reopen(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	size_t i;
	int error = 0;

	for (i = 0; i < outcome->item_count && error == 0; i++) {
		struct record_key key = deeds_key(deed, &outcome->items[i]);

		if (outcome->items[i].old != outcome->items[i].value)
			error = settlement_reopen(deed->store, &key, deed->wall);
	}
	return error;
}

int
deeds_do(const struct deed *deed)
{
	switch (deed->outcome->effect) {
	case EFFECT_RECORD: return reopen(deed);
	case EFFECT_CANCEL: case EFFECT_RETRACT: return cancel_do(deed);
	case EFFECT_ENTRY: return entries_apply(deed);
	case EFFECT_CASE: case EFFECT_REFER: return deeds_case_do(deed);
	case EFFECT_SETTLE: return do_settle(deed);
	case EFFECT_LOCK:
		return lock_put(deed->store, deed->outcome->area, deed->outcome->period, deed->person->id, deed->wall);
	case EFFECT_REGISTER: case EFFECT_DECIDE: case EFFECT_WITHDRAW: return deeds_people_do(deed);
	case EFFECT_MEETING: case EFFECT_ATTENDANCE: case EFFECT_MINUTES: return deeds_meeting_do(deed);
	case EFFECT_BROADCAST: return deeds_broadcast_do(deed);
	case EFFECT_SUBMIT: return deeds_submission_do(deed);
	case EFFECT_TICKET: case EFFECT_TICKET_TEXT: return deeds_ticket_do(deed);
	case EFFECT_PROGRAM: case EFFECT_STAGE: return deeds_program_do(deed);
	case EFFECT_CLOSE:
		return deed->outcome->series == SERIES_CASE ? deeds_case_do(deed) : deeds_ticket_do(deed);
	default: return 0;
	}
}
