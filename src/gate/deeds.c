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
#include "gate/tally.h"
#include "gate/tell.h"
#include "lang/calendar.h"
#include "store/lock.h"
#include "store/overlap.h"
#include "store/record.h"
#include "store/registration.h"
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

/* Rule 54: who may decide a request, and whether it is theirs. */
static int
ask_request(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	struct registration request;
	enum scope level;
	int error = registration_expire(deed->store, deed->wall), role;

	if (error == 0)
		error = registration_find(deed->store, outcome->number, &request);
	if (error == -ENOENT || (error == 0 && request.state != REGISTRATION_WAITING)) {
		outcome->found = FOUND_NOT;
		return 0;
	}
	if (error != 0)
		return error;
	role = grammar_role(deed->grammar, request.role);
	level = role >= 0 && deed->grammar->roles[role].scope >= SCOPE_DISTRICT ? SCOPE_REGENCY : SCOPE_DISTRICT;
	if (deed->who->asker.scope != level)
		outcome->found = FOUND_FORBIDDEN;
	else if (strncmp(request.area, deed->who->asker.area, strlen(deed->who->asker.area)) != 0)
		outcome->found = FOUND_ELSEWHERE;
	return 0;
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
		return ask_request(deed);
	case EFFECT_MEETING: case EFFECT_ATTENDANCE: case EFFECT_MINUTES:
		return deeds_meeting_ask(deed);
	default:
		if (outcome->expect == EXPECT_QUERY && outcome->form >= 0)
			return tally_ask(deed);
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

/* Whoever must approve is asked, if there is somebody. */
static int
ask_approver(const struct deed *deed, const struct registration *request, int64_t no)
{
	int role = grammar_role(deed->grammar, request->role);
	bool above = role >= 0 && deed->grammar->roles[role].scope >= SCOPE_DISTRICT;
	struct person approver;
	struct reply_form form;
	char area[14];
	int error;

	snprintf(area, sizeof area, "%.*s", above ? 5 : 8, request->area);
	error = registration_holder(deed->store, above ? "KAB" : "TKSK", area, &approver);
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	reply_start(&form, "MINTA_SETUJU");
	reply_set(&form, "no", "%lld", (long long)no);
	reply_set(&form, "nama", "%s", request->name);
	reply_set(&form, "peran", "%s", request->role);
	reply_set(&form, "wil", "%s", deed_area_name(deed, request->area));
	reply_set(&form, "hp", "%s", request->phone);
	return deed_tell_one(deed, "approve", no, approver.phone, &form);
}

static int
do_register(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	const struct parse *parse = deed->parse;
	struct registration request = { .rw = parse->rw, .age = parse->age >= 0 ? (int)parse->age : 0,
					.wall = deed->wall };
	int64_t no = 0;
	int error;

	snprintf(request.phone, sizeof request.phone, "%s", deed->phone);
	snprintf(request.role, sizeof request.role, "%.15s", deed->grammar->roles[parse->role].name);
	snprintf(request.body, sizeof request.body, "%s", parse->body);
	snprintf(request.name, sizeof request.name, "%s", parse->name);
	memcpy(request.area, outcome->area, sizeof request.area);
	error = registration_put(deed->store, &request, &no);
	if (error != 0)
		return error;
	outcome_number(outcome, "no", (long)no);
	reply_set(&outcome->reply, "no", "%lld", (long long)no);
	return ask_approver(deed, &request, no);
}

static int
do_decide(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	bool approved = outcome->verb == VERB_SETUJU;
	struct registration request;
	struct reply_form form;
	int error = registration_find(deed->store, outcome->number, &request);

	if (error == 0)
		error = registration_decide(deed->store, outcome->number, approved, deed->person->id, deed->wall);
	if (error != 0)
		return error;
	outcome_number(outcome, "no", outcome->number);
	reply_start(&form, approved ? "OK_DAFTAR_SETUJU" : "OK_DAFTAR_TOLAK");
	if (approved) {
		reply_set(&form, "nama", "%s", request.name);
		reply_set(&form, "peran", "%s", request.role);
		reply_set(&form, "wil", "%s", deed_area_name(deed, request.area));
	} else {
		reply_set(&form, "no", "%ld", outcome->number);
	}
	return deed_tell_one(deed, "decided", outcome->number, request.phone, &form);
}

/* Somebody whom a list put to wait has no request to take back. */
static int
do_withdraw(const struct deed *deed)
{
	int error = registration_withdraw(deed->store, deed->phone, deed->wall);

	return error == -ENOENT ? 0 : error;
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
	case EFFECT_REGISTER: return do_register(deed);
	case EFFECT_DECIDE: return do_decide(deed);
	case EFFECT_WITHDRAW: return do_withdraw(deed);
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
