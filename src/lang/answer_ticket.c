/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_ticket: the answers about questions and complaints, and about closing what has a number of its own. */
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
start(struct answer *answer, const char *id)
{
	reply_start(&answer->outcome->reply, id);
}

static void
set_number(struct answer *answer)
{
	static const char *const names[] = { [SERIES_CASE] = "ksus", [SERIES_COMPLAINT] = "tiket",
					     [SERIES_PROGRAM] = "prog" };

	reply_set(&answer->outcome->reply, names[answer->outcome->series], "%ld", answer->outcome->number);
}

/* {pilih}: "KTKEC, KAB". */
static void
set_handlers(struct answer *answer, const char *roles)
{
	char list[REPLY_SIZE] = "";
	size_t used = 0;

	for (; *roles != '\0' && used + 3 < sizeof list; roles++)
		used += (size_t)snprintf(list + used, sizeof list - used, "%c%s", *roles, *roles == ',' ? " " : "");
	reply_set(&answer->outcome->reply, "pilih", "%s", list);
}

/* {tiket} comes when it is drawn. */
static void
answer_new(struct answer *answer)
{
	const char *roles = text_of(answer, "ke");

	if (roles[0] == '\0') {
		start(answer, "OK_TIKET_SIMPAN");
		return;
	}
	start(answer, answer->outcome->verb == VERB_TANYA ? "OK_TANYA" : "OK_ADUAN");
	set_handlers(answer, roles);
}

static void
answer_look(struct answer *answer)
{
	char state[REPLY_SIZE];
	struct reply_form form;

	reply_start(&form, answer->outcome->state);
	reply_write(answer->grammar, &form, state);
	start(answer, "JWB_TIKET");
	set_number(answer);
	reply_set(&answer->outcome->reply, "hal", "%s", state);
	reply_set(&answer->outcome->reply, "teks", "%s", text_of(answer, "kutip"));
}

/* A secret case is not told apart by the place; who may not look at cases is not told to. */
static void
answer_referral(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	bool secret = outcome->category < 0 || answer->grammar->categories[outcome->category].secret;
	bool open = answer->grammar->roles[answer->who->role].secrets == SECRETS_OPEN;

	start(answer, secret ? "OK_RUJUK_RAHASIA" : open ? "OK_RUJUK" : "OK_RUJUK_ATAS");
	set_number(answer);
	reply_set(&answer->outcome->reply, "org", "%s", text_of(answer, "ke"));
}

bool
answer_ticket(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;

	switch (outcome->effect) {
	case EFFECT_TICKET:
		answer_new(answer);
		return true;
	case EFFECT_TICKET_TEXT:
		start(answer, outcome->handles ? "OK_JAWAB" : "OK_LANJUT");
		set_number(answer);
		return true;
	case EFFECT_REFER: case EFFECT_NOTHING:
		if (outcome->verb != VERB_RUJUK)
			return false;
		answer_referral(answer);
		return true;
	case EFFECT_CLOSE:
		start(answer, outcome->series == SERIES_CASE ? "OK_TUTUP_KASUS" : "OK_TUTUP");
		set_number(answer);
		return true;
	case EFFECT_LOOK:
		if (outcome->series != SERIES_COMPLAINT)
			return false;
		answer_look(answer);
		return true;
	default:
		return false;
	}
}

bool
answer_ticket_reject(struct answer *answer)
{
	static const char *const ids[] = { [SERIES_CASE] = "E_TIDAK_ADA_KASUS", [SERIES_COMPLAINT] = "E_TIDAK_ADA_TIKET",
					   [SERIES_PROGRAM] = "E_TIDAK_ADA_PROG" };

	if (answer->outcome->reject != REJECT_TIDAK_ADA || answer->outcome->series < 0)
		return false;
	start(answer, ids[answer->outcome->series]);
	set_number(answer);
	return true;
}
