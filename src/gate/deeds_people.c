/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_people: DAFTAR, SETUJU, TOLAK, and BATAL of somebody who waits (rules 54, 55). */
#include "gate/deeds_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "gate/admission.h"
#include "store/registration.h"

static struct admission
admission_of(const struct deed *deed)
{
	return (struct admission){ .store = deed->store, .grammar = deed->grammar, .inbox = deed->inbox,
				   .wall = deed->wall, .received = deed->received, .hold = deed->hold };
}

/* Whether a role is one of "TKSK,KAB". */
static bool
is_among(const char *list, const char *role)
{
	size_t length = strlen(role);

	for (; list != NULL && *list != '\0'; list += strspn(list, ",")) {
		if (strcspn(list, ",") == length && strncmp(list, role, length) == 0)
			return true;
		list += strcspn(list, ",");
	}
	return false;
}

/* Whether it is theirs: the nearest who hold the right decide, and whoever was asked when nobody nearer held it. What
 * role decides is left in the outcome. */
static int
is_theirs(const struct deed *deed, const struct registration *request, const char *own)
{
	const struct admission admission = admission_of(deed);
	char decider[16];
	int error = admission_decider(&admission, request, decider);

	if (error != 0)
		return error == -ENOENT ? 0 : error;
	deed->outcome->role = grammar_role(deed->grammar, decider);
	return strcmp(decider, own) == 0 ? 1 : admission_was_asked(&admission, request, deed->person->phone);
}

/* Rule 54: somebody of the right level, of that area, to whom it falls. */
static int
ask_right(const struct deed *deed, const struct registration *request)
{
	const char *own = deed->grammar->roles[deed->who->role].name, *area = deed->who->asker.area;
	int role = grammar_role(deed->grammar, request->role), theirs = is_theirs(deed, request, own);

	if (theirs < 0)
		return theirs;
	if (role < 0 || !is_among(deed->grammar->roles[role].approvers, own))
		deed->outcome->found = FOUND_FORBIDDEN;
	else if (strncmp(request->area, area, strlen(area)) != 0)
		deed->outcome->found = FOUND_ELSEWHERE;
	else if (theirs == 0)
		deed->outcome->found = FOUND_FORBIDDEN;
	return 0;
}

int
deeds_people_ask(const struct deed *deed)
{
	const struct admission admission = admission_of(deed);
	struct registration request;
	struct person person = { .state = PERSON_NONE };
	int error = registration_find(deed->store, deed->outcome->number, &request);

	if (error == 0)
		error = people_find(deed->store, request.phone, &person);
	/* The office's list may have given the number another standing meanwhile. */
	if (error == -ENOENT || (error == 0 && (request.state != REGISTRATION_WAITING || person.state != PERSON_WAITING ||
						admission_over(&admission, &request)))) {
		deed->outcome->found = FOUND_NOT;
		return 0;
	}
	return error != 0 ? error : ask_right(deed, &request);
}

static int
do_register(const struct deed *deed)
{
	const struct admission admission = admission_of(deed);
	struct outcome *outcome = deed->outcome;
	const struct parse *parse = deed->parse;
	struct registration request = { .rw = parse->rw, .age = parse->age >= 0 ? (int)parse->age : 0,
					.wall = deed->wall };
	int asked, error;

	snprintf(request.phone, sizeof request.phone, "%s", deed->phone);
	snprintf(request.role, sizeof request.role, "%.15s", deed->grammar->roles[parse->role].name);
	snprintf(request.body, sizeof request.body, "%s", parse->body);
	snprintf(request.name, sizeof request.name, "%s", parse->name);
	memcpy(request.area, outcome->area, sizeof request.area);
	error = registration_put(deed->store, &request, &request.no);
	if (error != 0)
		return error;
	outcome_number(outcome, "no", (long)request.no);
	reply_set(&outcome->reply, "no", "%lld", (long long)request.no);
	admission_group(&admission, &request, &outcome->reply);
	asked = admission_ask(&admission, &request);
	if (asked == 0 && !deed->hold)
		log_warn("registration %lld waits for the operator: nobody is registered who may decide it",
			 (long long)request.no);
	return asked < 0 ? asked : 0;
}

static int
do_decide(const struct deed *deed)
{
	const struct admission admission = admission_of(deed);
	struct outcome *outcome = deed->outcome;
	bool approved = outcome->verb == VERB_SETUJU;
	struct person holder;
	int replaced = approved ? admission_replaced(&admission, outcome->number, &holder) : 0;

	if (replaced < 0)
		return replaced;
	outcome_number(outcome, "no", outcome->number);
	/* When it was asked for there may have been nobody to replace. */
	if (replaced == 1 && holder.name[0] != '\0') {
		reply_start(&outcome->reply, "OK_SETUJU_GANTI");
		reply_set(&outcome->reply, "no", "%ld", outcome->number);
		reply_set(&outcome->reply, "nama", "%s", holder.name);
		reply_set(&outcome->reply, "peran", "%s", holder.role);
	}
	return admission_decide(&admission, outcome->number, approved, deed->person->id);
}

/* Somebody whom a list put to wait has no request to take back. */
static int
do_withdraw(const struct deed *deed)
{
	int error = registration_withdraw(deed->store, deed->phone, deed->wall);

	return error == -ENOENT ? 0 : error;
}

int
deeds_people_do(const struct deed *deed)
{
	switch (deed->outcome->effect) {
	case EFFECT_REGISTER: return do_register(deed);
	case EFFECT_DECIDE: return do_decide(deed);
	default: return do_withdraw(deed);
	}
}
