/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_ticket: questions and complaints go to those whom the sender's role names, answers go back; neither side sees
 * the other's number. */
#include "gate/deeds_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/relay.h"
#include "store/audience.h"
#include "store/ticket.h"

#define STALE_SECONDS (7 * 86400)

/* Those of a role, or of several, who are there for somebody of an area and RW. */
static struct audience
holders(const char *roles, const char *area, int rw)
{
	return (struct audience){ .area = area, .roles = roles, .rw = rw, .above = true };
}

/* 1: somebody else than the sender holds the role above his area, 0 nobody, or -errno. */
static int
is_held(const struct deed *deed, const char *role)
{
	const struct audience audience = holders(role, deed->person->area, deed->person->rw);
	struct person person;
	int error = audience_next(deed->store, &audience, 0, &person);

	if (error == 0 && person.id == deed->person->id)
		error = audience_next(deed->store, &audience, person.id, &person);
	return error == 0 ? 1 : error == -ENOENT ? 0 : error;
}

/* The roles of the list that somebody holds; first: no more than one. */
static int
find_held(const struct deed *deed, const char *list, bool first, char out[64])
{
	char one[16];
	size_t used = 0;

	out[0] = '\0';
	for (; list != NULL && *list != '\0'; list += strspn(list, ",")) {
		int held;

		snprintf(one, sizeof one, "%.*s", (int)strcspn(list, ","), list);
		list += strcspn(list, ",");
		held = is_held(deed, one);
		if (held < 0)
			return held;
		if (held == 1 && used + strlen(one) + 2 < 64)
			used += (size_t)snprintf(out + used, 64 - used, "%s%s", used != 0 ? "," : "", one);
		if (held == 1 && first)
			break;
	}
	return 0;
}

/* A complaint that nobody is there for goes the way of a question. */
static int
find_handlers(const struct deed *deed, char out[64])
{
	const struct role *role = &deed->grammar->roles[deed->who->role];
	int error = 0;

	out[0] = '\0';
	if (deed->outcome->verb == VERB_ADUAN)
		error = find_held(deed, role->complains, false, out);
	return error == 0 && out[0] == '\0' ? find_held(deed, role->asks, true, out) : error;
}

static bool
in_list(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (; *list != '\0'; list += strspn(list, ",")) {
		if (strncmp(list, word, length) == 0 && (list[length] == ',' || list[length] == '\0'))
			return true;
		list += strcspn(list, ",");
	}
	return false;
}

static bool
is_handler(const struct deed *deed, const struct ticket *ticket)
{
	const struct person *person = deed->person;

	return in_list(ticket->handlers, person->role) &&
	       strncmp(ticket->area, person->area, strlen(person->area)) == 0 &&
	       (person->rw == 0 || ticket->rw == 0 || person->rw == ticket->rw);
}

/* What whoever looks at it wants to read: the answer if there is one, else the question. */
static void
set_shown(const struct deed *deed, const struct ticket *ticket, const char *question, const char *answer)
{
	static const char *const states[] = { [TICKET_OPEN] = "FRASA_TERBUKA", [TICKET_ANSWERED] = "FRASA_DIJAWAB",
					      [TICKET_CLOSED] = "FRASA_SELESAI" };
	bool asker = ticket->person == deed->person->id;
	char *text = relay_text(deed->grammar, asker && answer[0] != '\0' && ticket->state != TICKET_OPEN ? answer : question);

	deed->outcome->state = states[ticket->state];
	outcome_text(deed->outcome, "kutip", text)->kept = true;
	free(text);
}

/* A ticket is there for whoever asked and for those who see to it; closed ones only to be looked at. */
static int
ask_ticket(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	char *question = NULL, *answer = NULL;
	struct ticket ticket;
	int error = ticket_find(deed->store, outcome->number, &ticket, &question, &answer);

	if (error != 0) {
		outcome->found = FOUND_NOT;
		return error == -ENOENT ? 0 : error;
	}
	outcome->handles = ticket.person != deed->person->id;
	if (outcome->handles && !is_handler(deed, &ticket))
		outcome->found = FOUND_NOT;
	else if (outcome->effect != EFFECT_LOOK && ticket.state == TICKET_CLOSED)
		outcome->found = FOUND_NOT;
	else if (outcome->effect == EFFECT_LOOK)
		set_shown(deed, &ticket, question, answer);
	free(question);
	free(answer);
	return 0;
}

int
deeds_ticket_ask(const struct deed *deed)
{
	char handlers[64];
	int error;

	if (deed->outcome->effect != EFFECT_TICKET)
		return ask_ticket(deed);
	error = find_handlers(deed, handlers);
	outcome_text(deed->outcome, "ke", handlers)->kept = true;
	return error;
}

/* --- doing --- */

/* Names the ticket and who says it, and passes the text on; relayed (may be NULL) must live until it is told. */
static struct tell
start(const struct deed *deed, struct reply_form *form, const char *id, int64_t no, char about[48], const char *relayed)
{
	struct tell tell;

	reply_start(form, id);
	reply_set(form, "tiket", "%lld", (long long)no);
	deed_set_body(deed, form);
	form->relayed = relayed;
	/* Either side may say more: each message is told once. */
	snprintf(about, 48, "ticket:%lld:%lld", (long long)no, (long long)deed->inbox);
	tell = deed_tell(deed, about, form);
	tell.class = OUTBOX_NOTICE;
	tell.not_after = deed->received + STALE_SECONDS;
	return tell;
}

static int
tell_handlers(const struct deed *deed, const struct tell *tell, const struct ticket *ticket)
{
	const struct audience audience = holders(ticket->handlers, ticket->area, ticket->rw);
	int told = ticket->handlers[0] != '\0' ? tell_audience(tell, &audience, deed->person->id) : 0;

	return told < 0 ? told : 0;
}

static int
put_ticket(const struct deed *deed, const char *relayed)
{
	const struct person *person = deed->person;
	bool question = deed->outcome->verb == VERB_TANYA;
	struct ticket ticket = { .person = person->id, .organisation = person->organisation, .rw = person->rw,
				 .wall = deed->wall };
	struct reply_form form;
	struct tell tell;
	char about[48];
	int64_t no;
	int error;

	snprintf(ticket.verb, sizeof ticket.verb, "%s", verb_name(deed->outcome->verb));
	snprintf(ticket.phone, sizeof ticket.phone, "%s", deed->phone);
	snprintf(ticket.area, sizeof ticket.area, "%s", person->area);
	snprintf(ticket.handlers, sizeof ticket.handlers, "%s", outcome_field(deed->outcome, "ke")->text);
	error = ticket_put(deed->store, &ticket, deed->parse->text, &no);
	if (error != 0)
		return error;
	outcome_number(deed->outcome, "no", (long)no);
	reply_set(&deed->outcome->reply, "tiket", "%lld", (long long)no);
	tell = start(deed, &form, question ? "TERUS_TANYA" : "TERUS_ADUAN", no, about, relayed);
	return tell_handlers(deed, &tell, &ticket);
}

static int
pass_on(const struct deed *deed, const struct ticket *ticket, const char *relayed)
{
	const char *text = deed->parse->text;
	int64_t by = deed->person->id;
	struct reply_form form;
	struct tell tell;
	char about[48];
	int error;

	tell = start(deed, &form, deed->outcome->handles ? "TERUS_JAWAB" : "TERUS_LANJUT", ticket->no, about, relayed);
	if (!deed->outcome->handles) {
		error = ticket_add(deed->store, ticket->no, text, by, deed->wall);
		return error != 0 ? error : tell_handlers(deed, &tell, ticket);
	}
	error = ticket_answer(deed->store, ticket->no, text, by, deed->wall);
	return error != 0 ? error : tell_phone(&tell, ticket->phone);
}

/* Everybody on either side hears of it, so that nobody goes on with it. */
static int
close_ticket(const struct deed *deed, const struct ticket *ticket)
{
	struct reply_form form;
	char about[48];
	struct tell tell = start(deed, &form, "TERUS_TUTUP", ticket->no, about, NULL);
	int error = ticket_close(deed->store, ticket->no);

	if (error == 0)
		error = tell_handlers(deed, &tell, ticket);
	if (error == 0 && ticket->person != deed->person->id)
		error = tell_phone(&tell, ticket->phone);
	return error;
}

int
deeds_ticket_do(const struct deed *deed)
{
	char *relayed = deed->parse->text != NULL ? relay_text(deed->grammar, deed->parse->text) : NULL;
	struct ticket ticket;
	int error;

	if (deed->outcome->effect == EFFECT_TICKET) {
		error = put_ticket(deed, relayed);
	} else {
		error = ticket_find(deed->store, deed->outcome->number, &ticket, NULL, NULL);
		if (error == 0 && deed->outcome->effect == EFFECT_CLOSE)
			error = close_ticket(deed, &ticket);
		else if (error == 0)
			error = pass_on(deed, &ticket, relayed);
	}
	free(relayed);
	return error;
}
