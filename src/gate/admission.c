/* SPDX-License-Identifier: GPL-3.0-or-later */
/* admission: what follows from requests to be registered. */
#include "gate/admission.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "gate/tell.h"
#include "lang/calendar.h"
#include "lang/grammar.h"
#include "store/audience.h"
#include "store/region.h"
#include "store/registration.h"

#define DAY 86400
#define ALERT_SECONDS (3 * DAY)
#define ASKED "approve:%lld"    /* what a request's approvers were told about, as the outbox keeps it */

static const struct role *
role_of(const struct admission *admission, const struct registration *request)
{
	int role = grammar_role(admission->grammar, request->role);

	return role >= 0 ? &admission->grammar->roles[role] : NULL;
}

/* {wil} of a text. */
static int
set_area(const struct admission *admission, struct reply_form *form, const char *area)
{
	char name[64];
	int error = region_name(admission->store, area, name, sizeof name);

	if (error == 0)
		reply_set(form, "wil", "%s", name);
	return error;
}

/* --- who decides --- */

/* Those who hold the role for the request's area. */
static struct audience
holders(const char *role, const struct registration *request)
{
	return (struct audience){ .area = request->area, .roles = role, .above = true };
}

int
admission_decider(const struct admission *admission, const struct registration *request, char role[16])
{
	const struct role *wanted = role_of(admission, request);
	const char *list = wanted != NULL && wanted->approvers != NULL ? wanted->approvers : "";

	for (; *list != '\0'; list += strspn(list, ",")) {
		struct audience audience;
		int count;

		snprintf(role, 16, "%.*s", (int)strcspn(list, ","), list);
		list += strcspn(list, ",");
		audience = holders(role, request);
		count = audience_count(admission->store, &audience);
		if (count != 0)
			return count < 0 ? count : 0;
	}
	role[0] = '\0';
	return -ENOENT;
}

/* --- telling --- */

static struct tell
tell_of(const struct admission *admission, const char *about, const struct reply_form *form)
{
	return (struct tell){
		.store = admission->store, .grammar = admission->grammar, .about = about, .class = OUTBOX_ALERT,
		.form = form, .inbox = admission->inbox, .wall = admission->received,
		.not_after = admission->received + ALERT_SECONDS, .hold = admission->hold };
}

void
admission_group(const struct admission *admission, const struct registration *request, struct reply_form *form)
{
	char part[REPLY_SIZE] = "";
	struct reply_form phrase;

	if (request->rw != 0) {
		reply_start(&phrase, "FRASA_RW");
		reply_set(&phrase, "n", "%d", request->rw);
		reply_write(admission->grammar, &phrase, part);
	}
	reply_set(form, "kelompok", "%s%s%s", request->body[0] != '\0' ? request->body : request->role,
		  part[0] != '\0' ? " " : "", part);
}

/* Who has to go for it: a role that is one an area, and there is one. 1, 0 or -errno. */
static int
find_replaced(const struct admission *admission, const struct registration *request, struct person *out)
{
	const struct role *role = role_of(admission, request);
	int error;

	if (role == NULL || !role->single)
		return 0;
	error = registration_holder(admission->store, request->role, request->area, out);
	return error == -ENOENT ? 0 : error != 0 ? error : 1;
}

int
admission_replaced(const struct admission *admission, int64_t no, struct person *out)
{
	struct registration request;
	int error = registration_find(admission->store, no, &request);

	return error != 0 ? error : find_replaced(admission, &request, out);
}

int
admission_ask(const struct admission *admission, const struct registration *request)
{
	struct person holder;
	int replacement = find_replaced(admission, request, &holder), error;
	struct audience audience;
	struct reply_form form;
	struct tell tell;
	char role[16], about[32];

	if (replacement < 0)
		return replacement;
	error = admission_decider(admission, request, role);
	if (error == -ENOENT)
		return 0;
	reply_start(&form, replacement == 1 ? "MINTA_GANTI" : "MINTA_SETUJU");
	reply_set(&form, "no", "%lld", (long long)request->no);
	reply_set(&form, "nama", "%s", request->name);
	reply_set(&form, "peran", "%s", request->role);
	admission_group(admission, request, &form);
	reply_set(&form, "hp", "%s", request->phone);
	if (error == 0)
		error = set_area(admission, &form, request->area);
	if (error != 0)
		return error;
	snprintf(about, sizeof about, ASKED, (long long)request->no);
	audience = holders(role, request);
	tell = tell_of(admission, about, &form);
	return tell_audience(&tell, &audience, 0);
}

static int
tell_decided(const struct admission *admission, const struct registration *request, bool approved)
{
	struct reply_form form;
	struct tell tell;
	char about[32];
	int error = 0;

	reply_start(&form, approved ? "OK_DAFTAR_SETUJU" : "OK_DAFTAR_TOLAK");
	if (approved) {
		reply_set(&form, "nama", "%s", request->name);
		admission_group(admission, request, &form);
		error = set_area(admission, &form, request->area);
	} else {
		reply_set(&form, "no", "%lld", (long long)request->no);
	}
	if (error != 0)
		return error;
	snprintf(about, sizeof about, "decided:%lld", (long long)request->no);
	tell = tell_of(admission, about, &form);
	return tell_phone(&tell, request->phone);
}

static int
tell_replaced(const struct admission *admission, const struct person *person)
{
	struct reply_form form;
	struct tell tell;
	char about[32];
	int error;

	reply_start(&form, "OK_DAFTAR_GANTI");
	reply_set(&form, "peran", "%s", person->role);
	error = set_area(admission, &form, person->area);
	snprintf(about, sizeof about, "replaced:%lld", (long long)person->id);
	tell = tell_of(admission, about, &form);
	return error != 0 ? error : tell_phone(&tell, person->phone);
}

int
admission_replace(const struct admission *admission, const char *role, const char *area)
{
	struct person holder;
	int error;

	while ((error = registration_holder(admission->store, role, area, &holder)) == 0) {
		error = tell_replaced(admission, &holder);
		if (error == 0)
			error = people_retire(admission->store, holder.phone);
		if (error != 0)
			return error;
	}
	return error == -ENOENT ? 0 : error;
}

int
admission_was_asked(const struct admission *admission, const struct registration *request, const char *phone)
{
	char key[32 + PHONE_SIZE];

	snprintf(key, sizeof key, ASKED ":%s", (long long)request->no, phone);
	return outbox_known(admission->store, key);
}

int
admission_ask_all(const struct admission *admission)
{
	struct registration request = { .no = 0 };
	int error;

	while ((error = registration_next(admission->store, request.no, &request)) == 0) {
		error = admission_ask(admission, &request);
		if (error < 0)
			return error;
	}
	return error == -ENOENT ? 0 : error;
}

/* --- deciding --- */

int
admission_decide(const struct admission *admission, int64_t no, bool approved, int64_t by)
{
	struct registration request;
	const struct role *role;
	int error = registration_find(admission->store, no, &request);

	if (error != 0)
		return error;
	role = role_of(admission, &request);
	if (approved && role != NULL && role->single)
		error = admission_replace(admission, request.role, request.area);
	if (error == 0)
		error = registration_decide(admission->store, no, approved, by, admission->wall);
	if (error == 0)
		error = tell_decided(admission, &request, approved);
	/* A new TKSK finds requests that nobody else may decide any more. */
	if (error == 0 && approved)
		error = admission_ask_all(admission);
	return error;
}

/* --- time --- */

bool
admission_over(const struct admission *admission, const struct registration *request)
{
	return admission->wall - request->wall > (int64_t)admission->grammar->limits[LIMIT_REGISTER_DAYS] * DAY;
}

/* By day, where he lives. */
static int
tell_expired(const struct admission *admission, const struct registration *request)
{
	const struct zone *zone = grammar_zone_of(admission->grammar, request->area);
	struct reply_form form;
	struct tell tell;
	char about[32];

	reply_start(&form, "OK_DAFTAR_LEWAT");
	reply_set(&form, "no", "%lld", (long long)request->no);
	reply_set(&form, "n", "%d", admission->grammar->limits[LIMIT_REGISTER_DAYS]);
	snprintf(about, sizeof about, "expired:%lld", (long long)request->no);
	tell = tell_of(admission, about, &form);
	tell.class = OUTBOX_NOTICE;
	tell.not_before = calendar_open(admission->grammar, zone, tell.wall);
	return tell_phone(&tell, request->phone);
}

/* Whoever the office's list admitted meanwhile has nothing to be told. */
static int
expire(const struct admission *admission, const struct registration *request)
{
	struct person person;
	int error = people_find(admission->store, request->phone, &person);

	if (error == 0)
		error = registration_expire(admission->store, request, admission->wall);
	if (error != 0)
		return error;
	log_info("registration %lld waited too long and is over", (long long)request->no);
	return person.state == PERSON_WAITING ? tell_expired(admission, request) : 0;
}

int
admission_is_due(const struct admission *admission)
{
	struct registration request;
	int error = registration_oldest(admission->store, &request);

	return error == 0 ? admission_over(admission, &request) : error == -ENOENT ? 0 : error;
}

int
admission_expire(const struct admission *admission)
{
	struct registration request;
	int count = 0, error;

	while ((error = registration_oldest(admission->store, &request)) == 0 && admission_over(admission, &request)) {
		error = expire(admission, &request);
		if (error != 0)
			return error;
		count++;
	}
	return error != 0 && error != -ENOENT ? error : count;
}

int
admission_expire_own(const struct admission *admission, const char *phone)
{
	struct registration request;
	int error = registration_waiting(admission->store, phone, &request);

	if (error == 0 && admission_over(admission, &request))
		return expire(admission, &request);
	return error == 0 ? -ENOENT : error;
}
