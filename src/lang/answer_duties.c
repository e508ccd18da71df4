/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_duties: the answers of the verbs that are no report: cases, questions, people, meetings. */
#include "lang/answer_parts.h"

#include <stdio.h>
#include <string.h>

static const char *
text_of(const struct answer *answer, const char *name)
{
	const struct field *field = outcome_field(answer->outcome, name);

	return field != NULL && field->text != NULL ? field->text : "";
}

static void
set_area(struct answer *answer)
{
	const char *code = answer->outcome->area, *name = gazetteer_name(answer->gazetteer, code);

	if (name == NULL && answer->outcome->area_name[0] != '\0')
		name = answer->outcome->area_name;
	reply_set(&answer->outcome->reply, "wil", "%s", name != NULL ? name : code);
}

void
answer_window(struct answer *answer)
{
	const char *window = text_of(answer, "per"), *part = strchr(window, '-');

	if (part == NULL)
		reply_set(&answer->outcome->reply, "per", "%s", window);
	else if (part[1] == 'T' || part[1] == 'S')
		reply_set(&answer->outcome->reply, "per", "%s %.4s", part + 1, window);
	else
		answer_period(answer);
}

static void
start(struct answer *answer, const char *id)
{
	reply_start(&answer->outcome->reply, id);
}

static void
not_served(struct answer *answer)
{
	snprintf(answer->outcome->word, sizeof answer->outcome->word, "%s", verb_name(answer->outcome->verb));
	start(answer, "E_BELUM_ADA");
	answer_word(answer);
}

static void
answer_case(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	bool secret = answer->grammar->categories[outcome->category].secret;

	start(answer, secret ? "OK_KASUS_RAHASIA" : "OK_KASUS");
	answer_village_name(answer, outcome->village);
	if (!secret)
		answer_category(answer, outcome->category, "");
}

/* What a case is: its category only where it may be named. */
static void
answer_look(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct field *same = outcome_field(outcome, "mungkin");
	char state[REPLY_SIZE];
	struct reply_form form;

	reply_start(&form, outcome->state);
	reply_set(&form, "org", "%s", text_of(answer, "dirujuk"));
	reply_write(answer->grammar, &form, state);
	start(answer, same != NULL ? "JWB_KASUS_SAMA" : "JWB_KASUS");
	reply_set(&outcome->reply, "ksus", "%ld", outcome->number);
	if (same != NULL)
		reply_set(&outcome->reply, "no", "%ld", same->number);
	answer_village_name(answer, outcome->village);
	answer_category(answer, outcome->category, "");
	reply_set(&outcome->reply, "hal", "%s", state);
}

static void
answer_settled(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (outcome->item_count != 1) {
		start(answer, "OK_SAH_BANYAK");
		answer_items(answer);
	} else {
		start(answer, "OK_SAH");
		answer_category(answer, outcome->items[0].category, "");
		reply_set(&outcome->reply, "n", "%ld", outcome->items[0].value);
	}
	answer_village_name(answer, outcome->village);
	answer_period(answer);
}

static void
answer_lock(struct answer *answer)
{
	start(answer, "OK_KUNCI");
	answer_period(answer);
	set_area(answer);
}

static void
answer_registration(struct answer *answer)
{
	start(answer, "OK_DAFTAR");
	reply_set(&answer->outcome->reply, "nama", "%s", text_of(answer, "nama"));
	reply_set(&answer->outcome->reply, "peran", "%s", text_of(answer, "peran"));
	set_area(answer);
}

static void
answer_decision(struct answer *answer)
{
	start(answer, answer->outcome->verb == VERB_SETUJU ? "OK_SETUJU" : "OK_TOLAK");
	reply_set(&answer->outcome->reply, "no", "%ld", answer->outcome->number);
}

/* Once more after figures have changed it is an update; without a change it was sent already. */
static void
answer_submission(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	bool again = outcome_field(outcome, "tgl") != NULL, same = outcome->effect == EFFECT_NOTHING;

	start(answer, same ? "OK_KIRIM_SAMA" : again ? "OK_KIRIM_LAGI" : "OK_KIRIM");
	set_area(answer);
	answer_window(answer);
	if (again)
		answer_date(answer);
	if (same)
		return;
	reply_set(&outcome->reply, "n", "%ld", outcome->number);
	reply_set(&outcome->reply, "jml", "%ld", outcome->reported);
	reply_set(&outcome->reply, "tot", "%ld", outcome->whole);
}

/* {buka} and {tutup}: when it goes out. */
static void
answer_broadcast(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const int *limits = answer->grammar->limits;

	start(answer, outcome->number > 0 ? "OK_SIAR" : "OK_SIAR_KOSONG");
	set_area(answer);
	if (outcome->number == 0)
		return;
	reply_set(&outcome->reply, "jml", "%ld", outcome->number);
	reply_set(&outcome->reply, "n", "%ld", outcome->whole);
	reply_set(&outcome->reply, "buka", "%02d.00", limits[LIMIT_QUIET_UNTIL]);
	reply_set(&outcome->reply, "tutup", "%02d.00", limits[LIMIT_QUIET_FROM]);
}

bool
answer_duties(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;

	if (answer_ticket(answer) || answer_program(answer) || answer_meeting(answer))
		return true;
	switch (outcome->effect) {
	case EFFECT_CASE: answer_case(answer); return true;
	case EFFECT_LOOK: answer_look(answer); return true;
	case EFFECT_TURN: start(answer, "JWB_LAGI_HABIS"); return true;
	case EFFECT_SETTLE: answer_settled(answer); return true;
	case EFFECT_LOCK: answer_lock(answer); return true;
	case EFFECT_REGISTER: answer_registration(answer); return true;
	case EFFECT_DECIDE: answer_decision(answer); return true;
	case EFFECT_WITHDRAW: start(answer, "OK_DAFTAR_BATAL"); return true;
	default: break;
	}
	if (outcome->verb == VERB_KIRIM && outcome->expect == EXPECT_ACCEPT) {
		answer_submission(answer);
		return true;
	}
	if (outcome->expect == EXPECT_QUERY)
		answer_question(answer);
	else if (outcome->expect == EXPECT_BROADCAST)
		answer_broadcast(answer);
	else if (outcome->expect == EXPECT_SESSION)
		not_served(answer);
	else
		return false;
	return true;
}

/* The age of somebody who asks to be registered. */
static void
reject_candidate(struct answer *answer)
{
	const struct role *role = &answer->grammar->roles[answer->outcome->role];

	start(answer, "E_UMUR_DAFTAR");
	reply_set(&answer->outcome->reply, "peran", "%s", role->name);
	reply_set(&answer->outcome->reply, "lo", "%d", role->age.least);
	reply_set(&answer->outcome->reply, "hi", "%d", role->age.most);
}

static void
reject_age(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct category *category;

	if (outcome->category < 0) {
		reject_candidate(answer);
		return;
	}
	category = &answer->grammar->categories[outcome->category];
	/* Sex and age of a secret case are not repeated (rule 53). */
	if (category->secret) {
		start(answer, "E_FORMAT_KASUS");
		return;
	}
	start(answer, "E_UMUR");
	answer_case_sample(answer, outcome->category);
	reply_set(&outcome->reply, "umur", "%ld", outcome->number > 999 ? 999L : outcome->number);
	reply_set(&outcome->reply, "lo", "%d", category->age_min);
	reply_set(&outcome->reply, "hi", "%d", category->age_max);
}

/* What is missing of a registration depends on what it is for. */
static void
reject_registration(struct answer *answer)
{
	int index = answer->outcome->role;
	const struct role *role = index >= 0 ? &answer->grammar->roles[index] : NULL;

	if (role != NULL && role->scope == SCOPE_PART) {
		start(answer, "E_FORMAT_DAFTAR_RW");
	} else if (role != NULL && role->scope == SCOPE_DISTRICT) {
		start(answer, "E_FORMAT_DAFTAR_KEC");
		reply_set(&answer->outcome->reply, "peran", "%s", role->name);
	} else {
		start(answer, "E_FORMAT_DAFTAR");
	}
}

/* A request that somebody else decides; a role without the right is told so in general. */
static bool
reject_decision(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if ((outcome->verb != VERB_SETUJU && outcome->verb != VERB_TOLAK) || outcome->role < 0)
		return false;
	start(answer, "E_IZIN_NOMOR");
	reply_set(&outcome->reply, "no", "%ld", outcome->number);
	reply_set(&outcome->reply, "peran", "%s", answer->grammar->roles[outcome->role].name);
	return true;
}

/* BELUM ADA DATA from a volunteer means that there is nothing. */
static bool
reject_list(struct answer *answer)
{
	if (answer->outcome->verb != VERB_BELUM || !answer->grammar->roles[answer->who->role].may[VERB_NIHIL])
		return false;
	start(answer, "E_IZIN_BELUM");
	answer_sample_of(answer, VERB_NIHIL);
	return true;
}

/* The format text of the verb, where it has one of its own. */
static void
reject_format(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	bool is_question = outcome->verb == VERB_JUMLAH || outcome->verb == VERB_REKAP || outcome->verb == VERB_BELUM ||
			   outcome->verb == VERB_TUMPANG;
	char id[24];

	if (is_question && (outcome->rt != 0 || outcome->rw != 0))
		snprintf(id, sizeof id, "E_FORMAT_TANYA_RT");
	else if (outcome->verb == VERB_JUMLAH)
		snprintf(id, sizeof id, "E_FORMAT_LAPOR");
	else
		snprintf(id, sizeof id, "E_FORMAT_%s", verb_name(outcome->verb));
	if (outcome->verb == VERB_REPORT || outcome->verb == VERB_RALAT || outcome->verb == VERB_SAH ||
	    outcome->verb == VERB_NIHIL)
		snprintf(id, sizeof id, "E_FORMAT_RT");
	if (grammar_reply(answer->grammar, id) < 0) {
		start(answer, "E_FORMAT");
		reply_set(&outcome->reply, "topik", "%s", verb_name(outcome->verb));
		return;
	}
	start(answer, id);
}

bool
answer_duties_reject(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (answer_ticket_reject(answer))
		return true;
	switch (outcome->reject) {
	case REJECT_FORMAT:
		if (outcome->verb == VERB_DAFTAR)
			reject_registration(answer);
		else
			reject_format(answer);
		return true;
	case REJECT_IZIN: return reject_decision(answer) || reject_list(answer);
	case REJECT_UMUR: reject_age(answer); return true;
	case REJECT_UMUR_PERLU: case REJECT_JK: case REJECT_JK_PERLU:
		start(answer, answer->grammar->categories[outcome->category].secret ? "E_FORMAT_KASUS" :
			      reject_name(outcome->reject));
		if (!answer->grammar->categories[outcome->category].secret)
			answer_case_sample(answer, outcome->category);
		return true;
	case REJECT_KUNCI:
		start(answer, "E_KUNCI");
		answer_period(answer);
		return true;
	case REJECT_SUDAH:
		start(answer, "E_SUDAH");
		reply_set(&outcome->reply, "peran", "%s", answer->grammar->roles[answer->who->role].name);
		snprintf(outcome->area, sizeof outcome->area, "%s", answer->who->asker.area);
		set_area(answer);
		return true;
	default:
		return false;
	}
}
