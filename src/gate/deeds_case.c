/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_case: single cases: reported, looked at, referred, settled. Others hear of them by their numbers alone. */
#include "gate/deeds_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/casebook.h"
#include "store/registration.h"

/* --- asking --- */

/* A case is open to whoever reported it and to the TKSK (2.4); whoever may refer cases may refer those of his area; for
 * everybody else it is not there. */
static bool
is_open_to(const struct deed *deed, const struct casebook_entry *entry)
{
	const char *area = deed->who->asker.area;
	bool within = strncmp(entry->village, area, strlen(area)) == 0;

	if (deed->outcome->effect == EFFECT_REFER)
		return within;
	return entry->organisation == deed->person->organisation ||
	       (within && deed->grammar->roles[deed->who->role].secrets == SECRETS_OPEN);
}

/* A category that no loaded list has might be one. */
static bool
is_secret(const struct deed *deed)
{
	int category = deed->outcome->category;

	return category < 0 || deed->grammar->categories[category].secret;
}

/* Where it was referred to: not of a secret one, whose category the place may tell. */
static int
ask_referral(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	struct referral referral;
	int error = casebook_referral(deed->store, outcome->number, &referral);

	if (error != 0)
		return error == -ENOENT ? 0 : error;
	if (outcome->effect == EFFECT_REFER)
		outcome->same = referral.state == REFERRAL_MADE && strcmp(referral.to, deed->parse->name) == 0;
	if (referral.state != REFERRAL_MADE || is_secret(deed))
		return 0;
	outcome->state = "FRASA_DIRUJUK_KE";
	outcome_text(outcome, "dirujuk", referral.to)->kept = true;
	return 0;
}

static void
on_link(void *ctx, int64_t other)
{
	int64_t *first = ctx;

	if (*first == 0)
		*first = other;
}

/* Which case may be the same (rule 28): only for those to whom all of them are open. */
static int
ask_link(const struct deed *deed)
{
	int64_t other = 0;
	int error = 0;

	if (deed->grammar->roles[deed->who->role].secrets == SECRETS_OPEN)
		error = casebook_links(deed->store, deed->outcome->number, on_link, &other);
	if (other != 0)
		outcome_number(deed->outcome, "mungkin", (long)other)->kept = true;
	return error;
}

int
deeds_case_ask(const struct deed *deed)
{
	static const char *const states[] = { [CASE_OPEN] = "FRASA_TERBUKA", [CASE_REFERRED] = "FRASA_DIRUJUK",
					      [CASE_CLOSED] = "FRASA_SELESAI" };
	struct outcome *outcome = deed->outcome;
	struct casebook_entry entry;
	int error = casebook_find(deed->store, outcome->number, &entry);

	if (error == -ENOENT || (error == 0 && !is_open_to(deed, &entry)) ||
	    (error == 0 && outcome->effect != EFFECT_LOOK && entry.state == CASE_CLOSED)) {
		outcome->found = FOUND_NOT;
		return 0;
	}
	if (error != 0)
		return error;
	memcpy(outcome->village, entry.village, sizeof outcome->village);
	outcome->rt = entry.rt;
	outcome->rw = entry.rw;
	outcome->category = grammar_category_in(deed->grammar, entry.list, entry.category);
	outcome->state = states[entry.state];
	error = outcome->effect == EFFECT_LOOK ? ask_link(deed) : 0;
	return error == 0 && entry.state == CASE_REFERRED ? ask_referral(deed) : error;
}

/* --- telling --- */

/* The TKSK of the village, unless it is the sender or nobody (-ENOENT). */
static int
find_tksk(const struct deed *deed, const char *village, struct person *out)
{
	char area[14];
	int error;

	snprintf(area, sizeof area, "%.8s", village);
	error = registration_holder(deed->store, "TKSK", area, out);
	return error == 0 && out->id == deed->person->id ? -ENOENT : error;
}

/* Nobody was told, so nobody is said to have been. */
static void
say_untold(struct outcome *outcome)
{
	if (strcmp(outcome->reply.id, "OK_KASUS") == 0)
		snprintf(outcome->reply.id, sizeof outcome->reply.id, "OK_KASUS_SENDIRI");
}

/* The TKSK of the village hears of a new case, by its number alone, and of one that may be the same (rule 28). */
static int
tell_new(const struct deed *deed, int64_t no)
{
	struct person tksk;
	struct reply_form form;
	int64_t other = 0;
	int error = find_tksk(deed, deed->outcome->village, &tksk);

	if (error == -ENOENT) {
		say_untold(deed->outcome);
		return 0;
	}
	if (error == 0)
		error = casebook_links(deed->store, no, on_link, &other);
	if (error != 0)
		return error;
	reply_start(&form, other != 0 ? "TERUS_TKSK_SAMA" : "TERUS_TKSK");
	reply_set(&form, "ksus", "%lld", (long long)no);
	reply_set(&form, "no", "%lld", (long long)other);
	reply_set(&form, "desa", "%s", deed_area_name(deed, deed->outcome->village));
	reply_set(&form, "peran", "%s", deed->grammar->roles[deed->who->role].name);
	return deed_tell_one(deed, "case", no, tksk.phone, &form);
}

/* Whoever reported the case, unless it is the sender or he is gone. */
static int
tell_reporter(const struct deed *deed, const char *kind, int64_t number, int64_t reporter, const struct reply_form *form)
{
	struct person person;
	int error = audience_person(deed->store, reporter, &person);

	if (error != 0 || person.id == deed->person->id)
		return error == -ENOENT ? 0 : error;
	return deed_tell_one(deed, kind, number, person.phone, form);
}

/* --- doing --- */

static int
open_case(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	const struct parse *parse = deed->parse;
	const struct category *category = &deed->grammar->categories[outcome->category];
	struct casebook_entry entry = {
		.rt = outcome->rt, .rw = outcome->rw, .sex = parse->sex != 0 ? parse->sex : category->sex,
		.age = category->age_min >= 0 ? (int)parse->age : -1, .rest = (int)parse->rest,
		.married = (int)parse->married, .organisation = deed->person->organisation,
		.person = deed->person->id, .wall = deed->wall,
	};
	int64_t no = 0;
	int error;

	memcpy(entry.village, outcome->village, sizeof entry.village);
	snprintf(entry.category, sizeof entry.category, "%s", category->code);
	snprintf(entry.list, sizeof entry.list, "%s", deed_list_of(deed, outcome->category));
	error = casebook_put(deed->store, &entry, &no);
	reply_set(&outcome->reply, "ksus", "%lld", (long long)no);
	return error != 0 ? error : tell_new(deed, no);
}

static int
close_case(const struct deed *deed)
{
	long no = deed->outcome->number;
	struct casebook_entry entry;
	struct reply_form form;
	int error = casebook_find(deed->store, no, &entry);

	if (error == 0)
		error = casebook_close(deed->store, no);
	if (error != 0)
		return error;
	reply_start(&form, "TERUS_TUTUP_KASUS");
	reply_set(&form, "ksus", "%ld", no);
	deed_set_body(deed, &form);
	return tell_reporter(deed, "closed", no, entry.person, &form);
}

/* The reporter hears where it went, and so does the TKSK if somebody above him decided it. */
static int
refer(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	struct casebook_entry entry;
	struct reply_form form;
	struct person tksk;
	int error = casebook_find(deed->store, outcome->number, &entry);

	if (error == 0)
		error = casebook_refer(deed->store, outcome->number, deed->parse->name, deed->person->id, deed->wall);
	if (error != 0)
		return error;
	reply_start(&form, is_secret(deed) ? "TERUS_RUJUK_RAHASIA" : "TERUS_RUJUK");
	reply_set(&form, "ksus", "%ld", outcome->number);
	reply_set(&form, "desa", "%s", deed_area_name(deed, entry.village));
	reply_set(&form, "org", "%s", deed->parse->name);
	deed_set_body(deed, &form);
	/* It may be referred again: each message is told once. */
	error = tell_reporter(deed, "referred", deed->inbox, entry.person, &form);
	if (error == 0)
		error = find_tksk(deed, entry.village, &tksk);
	if (error != 0 || tksk.id == entry.person)
		return error == -ENOENT ? 0 : error;
	return deed_tell_one(deed, "referred", deed->inbox, tksk.phone, &form);
}

int
deeds_case_do(const struct deed *deed)
{
	switch (deed->outcome->effect) {
	case EFFECT_CASE: return open_case(deed);
	case EFFECT_REFER: return refer(deed);
	default: return close_case(deed);
	}
}
