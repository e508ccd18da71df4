/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk: one message from its text to the applied outcome, in one transaction. Knows no loop and no modem. */
#include "gate/desk.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/log.h"
#include "base/pattern.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "gate/admission.h"
#include "gate/atlas.h"
#include "gate/deeds.h"
#include "gate/desk_parts.h"
#include "gate/inquiry.h"
#include "gate/proof.h"
#include "lang/answer.h"
#include "lang/offer.h"
#include "lang/personal.h"
#include "lang/rules.h"
#include "store/inbox.h"
#include "store/offer.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/record.h"
#include "store/region.h"
#include "store/store.h"

#define HOUR 3600
#define DAY 86400

struct desk *
desk_new(struct store *store, const struct grammar *grammar, const struct desk_conf *conf)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	char reason[128];

	desk->store = store;
	desk->grammar = grammar;
	desk->conf = *conf;
	if (pattern_make(&desk->destinations, conf->destinations, reason, sizeof reason) < 0) {
		log_error("destinations: %s: %s, expected an extended regular expression", conf->destinations, reason);
		free(desk);
		return NULL;
	}
	desk->atlas = atlas_new(store, grammar);
	return desk;
}

void
desk_free(struct desk *desk)
{
	if (desk == NULL)
		return;
	atlas_free(desk->atlas);
	regfree(&desk->destinations);
	free(desk);
}

void
desk_set_grammar(struct desk *desk, const struct grammar *grammar)
{
	atlas_free(desk->atlas);
	desk->atlas = atlas_new(desk->store, grammar);
	desk->grammar = grammar;
}

/* Whether the number is one of the box's own. */
static bool
is_own(const struct desk *desk, const char *phone)
{
	return desk->conf.own_numbers != NULL && phone_listed(desk->conf.own_numbers, phone);
}

/* The network's time where it can be believed: at most seven days old and hardly ahead of the box's. */
static void
set_time(struct matter *matter)
{
	int64_t box = matter->message->received, network;

	matter->wall = box;
	matter->timed = matter->message->time[0] == '\0';
	if (store_time(matter->desk->store, matter->message->time, &network, NULL) && network >= box - 7 * DAY &&
	    network <= box + 300) {
		matter->wall = network;
		matter->timed = true;
	}
}

/* Whoever waited too long does not wait any more (rule 54), also where nothing else has seen to it yet. */
static int
find_person(struct matter *matter)
{
	struct store *store = matter->desk->store;
	const struct admission admission = { .store = store, .grammar = matter->desk->grammar, .inbox = matter->inbox,
					     .wall = matter->wall, .received = matter->message->received,
					     .hold = matter->message->hold };
	int error = people_find(store, matter->phone, &matter->person);

	if (error != 0 || matter->person.state != PERSON_WAITING || !matter->timed)
		return error;
	error = admission_expire_own(&admission, matter->phone);
	return error != 0 ? (error == -ENOENT ? 0 : error) : people_find(store, matter->phone, &matter->person);
}

/* Rules 1 and 2; who it is, where and when. */
int
desk_identify(struct matter *matter)
{
	struct desk *desk = matter->desk;
	struct who *who = &matter->who;
	int error;

	matter->ignore = true;
	if (!phone_normalise(matter->message->sender, matter->phone))
		return 0;
	set_time(matter);
	error = find_person(matter);
	if (error != 0 || matter->person.state == PERSON_BLOCKED || is_own(desk, matter->phone))
		return error;
	if (matter->person.state == PERSON_NONE && !pattern_fits(&desk->destinations, matter->phone))
		return 0;
	matter->echo = reply_is_ours(desk->grammar, matter->message->text);
	if (matter->echo)
		return 0;
	matter->ignore = false;
	who->role = matter->person.state == PERSON_ACTIVE ? grammar_role(desk->grammar, matter->person.role) : -1;
	if (matter->person.state == PERSON_ACTIVE && who->role < 0) {
		log_error("role %s of a registered person is in no grammar file", matter->person.role);
		return -EINVAL;
	}
	who->standing = matter->person.state == PERSON_ACTIVE ? STANDING_ACTIVE :
			matter->person.state == PERSON_WAITING ? STANDING_WAITING : STANDING_STRANGER;
	who->asker = (struct asker){
		.area = matter->person.area,
		.scope = who->role >= 0 ? desk->grammar->roles[who->role].scope : SCOPE_NONE,
		.rw = matter->person.rw,
		.role = who->role >= 0 ? desk->grammar->roles[who->role].name : NULL,
		.body = who->role >= 0 ? matter->person.body : NULL,
		.now = civil_at(matter->wall, grammar_zone(desk->grammar, matter->person.area)),
	};
	return atlas_find(desk->atlas, matter->person.area, who->standing == STANDING_ACTIVE, &matter->gazetteer);
}

static size_t
count_characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* What the other verbs' part of the desk may know of the matter. */
static struct deed
deed_of(const struct matter *matter)
{
	return (struct deed){
		.store = matter->desk->store, .grammar = matter->desk->grammar, .gazetteer = matter->gazetteer,
		.who = &matter->who, .person = &matter->person, .phone = matter->phone,
		.parse = &matter->answer->parse, .outcome = &matter->answer->outcome, .inbox = matter->inbox,
		.wall = matter->wall, .received = matter->message->received, .hold = matter->message->hold,
	};
}

static struct record_key
key_of(const struct matter *matter, const struct outcome_item *item)
{
	const struct deed deed = deed_of(matter);

	return deeds_key(&deed, item);
}

/* A NIHIL is refused by a figure in any unit (12 KK of a flood) and of any part of the place (rule 35), though it sets
 * but the first unit of the whole to zero. */
static int
find_figures(struct matter *matter, struct outcome_item *item)
{
	struct record_key key = key_of(matter, item);
	long value;
	int error = record_largest(matter->desk->store, &key, &value);

	if (error == 0 && value > 0)
		item->old = value;
	return error;
}

/* What the rules must know of the store: values in force. */
static int
find_values(struct matter *matter)
{
	struct outcome *outcome = &matter->answer->outcome;
	size_t i;
	int error;

	if (outcome->effect != EFFECT_RECORD && outcome->effect != EFFECT_RETRACT)
		return 0;
	for (i = 0; i < outcome->item_count; i++) {
		struct record_key key = key_of(matter, &outcome->items[i]);

		error = record_current(matter->desk->store, &key, &outcome->items[i].old);
		if (error == -ENOENT)
			outcome->items[i].old = NO_VALUE;
		else if (error != 0)
			return error;
		if (outcome->verb == VERB_NIHIL)
			error = find_figures(matter, &outcome->items[i]);
		if (error != 0 && error != -ENOENT)
			return error;
	}
	return 0;
}

/* Whatever stands in the text: nothing is written before all of it is understood. */
int
desk_read(struct matter *matter, const char *text)
{
	struct desk *desk = matter->desk;
	struct desk_answer *answer = matter->answer;
	struct deed deed = deed_of(matter);
	bool before = store_ask_only(desk->store, true);
	int error;

	parse_text(desk->grammar, matter->gazetteer, &matter->who.asker, text, &answer->parse);
	rules_check(desk->grammar, matter->gazetteer, &matter->who, &answer->parse, count_characters(text),
		    &answer->outcome);
	error = find_values(matter);
	if (error == 0)
		error = deeds_ask(&deed);
	if (error == 0)
		rules_conclude(&answer->parse, &answer->outcome);
	(void)store_ask_only(desk->store, before);
	return error;
}

/* Reads a candidate on a desk of its own. found: how many different readings there are so far. */
static int
try_candidate(struct matter *matter, const char *text, struct desk_answer *scratch, size_t *found,
	      struct offer *offer)
{
	struct desk_answer *answer = matter->answer;
	int error;

	memset(scratch, 0, sizeof *scratch);
	matter->answer = scratch;
	error = desk_read(matter, text);
	matter->answer = answer;
	/* What it says of texts is the parse's. */
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
		scratch->outcome.after[i].text = NULL;
	parse_clear(&scratch->parse);
	/* YA would need the PIN again; whoever has to type that types the rest, too. */
	if (error != 0 || !offer_allowed(matter->desk->grammar, &scratch->outcome) ||
	    pin_needed(matter->desk->grammar, matter->who.role, scratch->outcome.verb, scratch->outcome.form) ||
	    (*found != 0 && offer_same(matter->desk->grammar, &scratch->outcome, &answer->offered)))
		return error;
	++*found;
	outcome_copy(&scratch->outcome, &answer->offered);
	snprintf(offer->text, sizeof offer->text, "%s", text);
	return 0;
}

static void
set_offered(struct matter *matter, struct offer *offer)
{
	struct desk_answer *answer = matter->answer;
	const char *isi;

	answer_offer(matter->desk->grammar, matter->gazetteer, &matter->who, &answer->offered, answer->outcome.word,
		     answer->outcome.reject == REJECT_JUMLAH, &answer->outcome.reply);
	isi = reply_value(&answer->outcome.reply, "isi");
	snprintf(offer->isi, sizeof offer->isi, "%s", isi);
	offer->wall = matter->wall;
	answer->offers = true;
}

/* A rejected message that leaves exactly one complete reading is answered with that (domain 3.1, "Offers"). */
static int
make_offer(struct matter *matter)
{
	char texts[OFFER_CANDIDATES][OFFER_SIZE];
	struct desk_answer *scratch;
	struct offer offer = { .wall = 0 };
	size_t count, found = 0, i;
	int error = 0;

	if (matter->answer->outcome.expect != EXPECT_REJECT || matter->who.standing != STANDING_ACTIVE)
		return 0;
	count = offer_candidates(&matter->answer->parse, matter->gazetteer, &matter->who.asker,
				 &matter->answer->outcome, texts);
	scratch = xcalloc(1, sizeof *scratch);
	for (i = 0; i < count && error == 0; i++)
		error = try_candidate(matter, texts[i], scratch, &found, &offer);
	free(scratch);
	if (error != 0 || found != 1)
		return error;
	set_offered(matter, &offer);
	return offer_put(matter->desk->store, matter->phone, &offer);
}

/* YA: the offered text is read again, at the time of the message that it came from; if it would mean anything else
 * now (another grammar), it is not what was agreed to. */
static int
take_offer(struct matter *matter)
{
	struct desk_answer *answer = matter->answer;
	struct reply_form form;
	struct offer offer;
	int error = offer_find(matter->desk->store, matter->phone, matter->wall - DAY,
			       matter->message->received + STORE_AHEAD, &offer);

	if (error != 0)
		return error == -ENOENT ? 0 : error;
	matter->wall = offer.wall;
	matter->who.asker.now = civil_at(offer.wall, grammar_zone(matter->desk->grammar, matter->person.area));
	parse_clear(&answer->parse);
	error = desk_read(matter, offer.text);
	if (error != 0)
		return error;
	answer_offer(matter->desk->grammar, matter->gazetteer, &matter->who, &answer->outcome, "", false,
		     &form);
	if (strcmp(reply_value(&form, "isi"), offer.isi) != 0)
		rules_forget(&answer->outcome);
	return 0;
}

void
desk_compose(struct matter *matter)
{
	answer_compose(matter->desk->grammar, matter->gazetteer, &matter->who, &matter->answer->outcome);
}

static int
read_message(struct matter *matter)
{
	struct desk *desk = matter->desk;
	struct outcome *outcome = &matter->answer->outcome;
	bool taken = false;
	int error = menu_hear(matter, &taken);

	if (error != 0 || taken)
		return error != 0 ? error : offer_forget(desk->store, matter->phone);
	error = desk_read(matter, matter->text);
	if (error == 0 && outcome->verb == VERB_YA && outcome->reject == REJECT_TIDAK_ADA)
		error = take_offer(matter);
	if (error == 0)
		error = proof_demand(matter);
	if (error == 0)
		error = offer_forget(desk->store, matter->phone);
	if (error != 0)
		return error;
	desk_compose(matter);
	return outcome->expect == EXPECT_SESSION ? menu_begin(matter) : make_offer(matter);
}

static int
apply_report(struct matter *matter)
{
	struct outcome *outcome = &matter->answer->outcome;
	struct deed deed = deed_of(matter);
	int64_t no;
	size_t i;
	int error;

	error = receipt_draw(matter->desk->store, verb_name(outcome->verb), matter->inbox, matter->person.id,
			     matter->person.organisation, matter->wall, &no);
	for (i = 0; error == 0 && i < outcome->item_count; i++) {
		const struct outcome_item *item = &outcome->items[i];
		struct record_key key = key_of(matter, item);

		error = record_put(matter->desk->store, no, &key, item->value, item->word);
	}
	reply_set(&outcome->reply, "no", "%lld", (long long)no);
	if (error == 0)
		error = deeds_do(&deed);
	return error != 0 ? error : deeds_alert(&deed, no);
}

int
desk_apply(struct matter *matter)
{
	struct outcome *outcome = &matter->answer->outcome;
	struct store *store = matter->desk->store;
	struct deed deed = deed_of(matter);

	assert(!proof_needed(matter) || matter->proven);
	switch (outcome->effect) {
	case EFFECT_NOTHING: case EFFECT_MENU:
		return 0;
	case EFFECT_RECORD:
		return apply_report(matter);
	case EFFECT_REMINDERS_OFF:
		return people_set_reminders(store, matter->phone, false);
	case EFFECT_REMINDERS_ON:
		return people_set_reminders(store, matter->phone, true);
	default:
		return deeds_do(&deed);
	}
}

/* What was answered to the number since then; notices that it got besides are no answers. -errno. */
static int
count_answers(const struct matter *matter, int64_t since)
{
	static const char *const kinds[] = { "ack:", "ans:", "hint:" };
	int count = 0;
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		int some = outbox_since_like(matter->desk->store, matter->phone, kinds[i], since,
					     matter->message->received + STORE_AHEAD);

		if (some < 0)
			return some;
		count += some;
	}
	return count;
}

/* Rule 3: how much may be said to one number. 1 it may, 0 or -errno. */
static int
may_say_more(const struct matter *matter, bool hint)
{
	const int *limits = matter->desk->grammar->limits;
	struct store *store = matter->desk->store;
	int64_t now = matter->message->received;
	int hour = count_answers(matter, now - HOUR + 1);
	int day = hour < 0 ? hour : count_answers(matter, now - DAY + 1);
	int hints = day < 0 ? day : outbox_since_like(store, matter->phone, "hint:", now - DAY + 1, now + STORE_AHEAD);

	if (hints < 0)
		return hints;
	if (!pattern_fits(&matter->desk->destinations, matter->phone) || day >= limits[LIMIT_REPLIES_DAY] ||
	    hour >= limits[LIMIT_REPLIES_HOUR])
		return 0;
	if (matter->who.standing != STANDING_STRANGER)
		return 1;
	return hint ? hints < limits[LIMIT_STRANGER_HINTS] : day - hints < limits[LIMIT_STRANGER_REPLIES];
}

/* The message as the inbox has it. */
static const char *
seen_text(const struct matter *matter)
{
	return matter->pin.said != PIN_NOT ? matter->pin.shown : matter->message->text;
}

/* Rule 3: the same text again and again is not answered for a day. 1 it is so now, 0 or -errno. */
static int
is_loop(const struct matter *matter)
{
	const struct desk_message *message = matter->message;
	struct store *store = matter->desk->store;
	int64_t now = message->received;
	int result, most = matter->desk->grammar->limits[LIMIT_REPEATS];

	/* Whatever changed something is no loop: YA, YA, YA. An answer to a menu is one of a few digits. */
	if (matter->menu != NULL)
		return 0;
	/* No machine knows a PIN; of wrong ones there are few (store/pin.h), and all of them look alike here. */
	if (matter->proven || (matter->answer->outcome.reject == REJECT_PIN && matter->pin.said == PIN_GIVEN))
		return 0;
	if (matter->answer->outcome.effect == EFFECT_RECORD && !matter->answer->outcome.same)
		return 0;
	/* A long answer is read with many LAGI. */
	if (matter->answer->outcome.effect == EFFECT_TURN)
		most += PAGES_MAX;
	result = inbox_muted(store, matter->phone, seen_text(matter), now);
	if (result != 0)
		return result;
	result = inbox_repeats(store, matter->inbox, message->sender, seen_text(matter), now, HOUR);
	if (result < most)
		return result < 0 ? result : 0;
	result = inbox_mute(store, matter->phone, seen_text(matter), now);
	return result < 0 ? result : 1;
}

/* The text that is sent: written now, or a page of an earlier answer, or a screen. */
int
desk_write(struct matter *matter)
{
	const struct outcome *outcome = &matter->answer->outcome;
	struct deed deed = deed_of(matter);

	if ((outcome->effect == EFFECT_TURN || outcome->effect == EFFECT_MENU) && outcome->page_count != 0)
		snprintf(matter->answer->reply, sizeof matter->answer->reply, "%s", outcome->pages[0]);
	else
		reply_write(matter->desk->grammar, &outcome->reply, matter->answer->reply);
	return inquiry_sent(&deed);
}

/* The one answer, queued in the same transaction. */
static int
queue_answer(struct matter *matter)
{
	const struct outcome *outcome = &matter->answer->outcome;
	bool question = outcome->expect == EXPECT_QUERY || outcome->expect == EXPECT_HELP ||
			outcome->expect == EXPECT_SESSION;
	bool hint = outcome->reject == REJECT_DAFTAR;
	char key[48], masked[PHONE_MASK_SIZE];
	int loop, more, error;

	if (outcome->reply.id[0] == '\0' || outcome->silent)
		return 0;
	loop = is_loop(matter);
	more = loop == 0 ? may_say_more(matter, hint) : 0;
	if (loop < 0 || more < 0)
		return loop < 0 ? loop : more;
	if (more == 0) {
		log_warn("in=%lld %s stays without an answer: it had enough of them", (long long)matter->inbox,
			 phone_mask(matter->phone, masked));
		matter->answer->outcome.silent = true;
		return 0;
	}
	error = desk_write(matter);
	if (error == 0 && matter->menu != NULL)
		error = menu_said(matter);
	if (error != 0)
		return error;
	snprintf(key, sizeof key, "%s:%lld", hint ? "hint" : question ? "ans" : "ack", (long long)matter->inbox);
	return outbox_put(matter->desk->store, &(struct outbox_new){
		.key = key, .class = question ? OUTBOX_ANSWER : OUTBOX_ACK, .dest = matter->phone,
		.text = matter->answer->reply, .inbox = matter->inbox, .wall = matter->message->received,
		.not_after = matter->message->received + (question ? HOUR : 3 * DAY), .hold = matter->message->hold });
}

/* What the operator may see of it later. */
static int
note_outcome(struct matter *matter)
{
	const struct outcome *outcome = &matter->answer->outcome;

	return inbox_note(matter->desk->store, matter->inbox,
			  outcome->shown != NULL ? outcome->shown : verb_name(outcome->verb),
			  outcome->silent ? "" : outcome->reply.id);
}

/* Rule 11, whatever is answered: also where nobody reads it, or not to its end. */
static bool
must_be_blanked(const struct matter *matter)
{
	const char *text = matter->message->text;

	return matter->answer->outcome.forget || (matter->ignore ? personal_text(matter->desk->grammar, text) :
								   personal_number(text));
}

int
desk_end(struct matter *matter)
{
	int error = matter->ignore ? 0 : note_outcome(matter);

	return error != 0 ? error : inbox_end(matter->desk->store, matter->inbox, matter->echo ? INBOX_ECHO :
					      matter->ignore ? INBOX_SILENT : INBOX_DONE, must_be_blanked(matter));
}

int
desk_look_through(struct desk *desk, int most)
{
	int64_t id = 0;
	char *text = xcalloc(SMS_TEXT_MAX, 1);
	int count = 0, error = 0;

	while (error == 0 && count < most) {
		error = inbox_unread(desk->store, id, &id, text);
		if (error == 0 && count++ == 0)
			error = store_begin(desk->store);
		if (error == 0)
			error = inbox_looked_through(desk->store, id, personal_text(desk->grammar, text) ||
								      proof_in_unread(desk->grammar, text));
	}
	free(text);
	if (count != 0 && (error == 0 || error == -ENOENT))
		error = store_commit(desk->store);
	else
		store_rollback(desk->store);
	return error == 0 || error == -ENOENT ? count : error;
}

static int
work(struct matter *matter)
{
	const struct desk_message *message = matter->message;
	struct desk_answer *answer = matter->answer;
	struct store *store = matter->desk->store;
	int error = 0;

	matter->inbox = message->inbox;
	if (message->inbox == 0)
		error = inbox_insert(store, message->sender, message->time, message->received, message->text,
				     &matter->inbox);
	if (error == 0)
		error = proof_hear(matter);
	if (error == 0)
		error = desk_identify(matter);
	if (error == 0 && matter->ignore)
		answer->outcome.expect = EXPECT_IGNORE;
	if (error == 0 && !matter->ignore)
		error = read_message(matter);
	if (error == 0 && !matter->ignore)
		error = desk_apply(matter);
	if (error == 0 && !matter->ignore)
		error = queue_answer(matter);
	if (error == 0)
		error = desk_end(matter);
	return error;
}

int
desk_handle(struct desk *desk, const struct desk_message *message, struct desk_answer *out)
{
	struct matter *matter = xcalloc(1, sizeof *matter);
	int error;

	memset(out, 0, sizeof *out);
	matter->desk = desk;
	matter->message = message;
	matter->answer = out;
	error = store_begin(desk->store);
	if (error == 0) {
		error = work(matter);
		if (error == 0 && !message->dry)
			error = store_commit(desk->store);
		if (error != 0 || message->dry)
			store_rollback(desk->store);
	}
	menu_leave(matter);
	/* Nobody has the text any more that it was read from. */
	if (matter->pin.said != PIN_NOT)
		out->parse.text = NULL;
	proof_forget(matter);
	free(matter);
	return error;
}

static int
queue_request(struct matter *matter)
{
	const struct desk_message *message = matter->message;
	char key[48], text[REPLY_SIZE];
	struct reply_form form;
	int error;

	reply_start(&form, "E_SEBAGIAN");
	reply_write(matter->desk->grammar, &form, text);
	snprintf(key, sizeof key, "part:%lld", (long long)message->inbox);
	error = outbox_put(matter->desk->store, &(struct outbox_new){
		.key = key, .class = OUTBOX_ACK, .dest = matter->phone, .text = text, .inbox = message->inbox,
		.wall = message->received, .not_after = message->received + 3 * DAY });
	return error != 0 ? error : 1;
}

int
desk_ask_again(struct desk *desk, int64_t inbox, const char *sender, int64_t wall)
{
	const struct desk_message message = { .inbox = inbox, .sender = sender, .text = "", .time = "", .received = wall };
	struct matter *matter = xcalloc(1, sizeof *matter);
	int result, asked = 0;

	matter->desk = desk;
	matter->message = &message;
	matter->text = message.text;
	matter->inbox = inbox;
	result = desk_identify(matter);
	if (result == 0 && !matter->ignore)
		result = may_say_more(matter, false);
	if (result == 1)
		asked = outbox_since_like(desk->store, matter->phone, "part:", wall - DAY + 1, wall + STORE_AHEAD);
	if (result == 1)
		result = asked == 0 ? queue_request(matter) : asked < 0 ? asked : 0;
	free(matter);
	return result;
}
