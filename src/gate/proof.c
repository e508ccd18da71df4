/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proof: that a message is its sender's own. Knows what a PIN is asked for and when; not how it is written (lang/pin)
 * nor whether it is right (store/pin). */
#include "gate/proof.h"

#include <errno.h>
#include <inttypes.h>

#include "base/log.h"
#include "gate/desk_parts.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/pin.h"

#define HOUR 3600

/* Whether a PIN may stand in what comes from that number. A role that needs none any more may still be used to typing it;
 * who is not known may be somebody with another telephone. Of whoever needs none and has none, PIN is a word like any
 * other, and nothing that he writes is lost. */
static int
is_in_force(const struct desk *desk, const char *number)
{
	char phone[PHONE_SIZE];
	struct person person;
	int result;

	if (!phone_normalise(number, phone))
		return pin_in_force(desk->grammar);
	result = pin_of_number(desk->store, phone);
	if (result != 0 || !pin_in_force(desk->grammar))
		return result;
	result = people_find(desk->store, phone, &person);
	return result != 0 ? result : person.state != PERSON_ACTIVE ||
	       pin_needed_by(desk->grammar, grammar_role(desk->grammar, person.role));
}

int
proof_hear(struct matter *matter)
{
	int result = is_in_force(matter->desk, matter->message->sender);

	matter->text = matter->message->text;
	if (result <= 0)
		return result;
	pin_read(matter->desk->grammar, matter->message->text, &matter->pin);
	if (matter->pin.said == PIN_NOT)
		return 0;
	matter->text = matter->pin.text;
	return inbox_mask(matter->desk->store, matter->inbox, matter->pin.shown);
}

static bool
is_about_it(const struct matter *matter)
{
	const struct outcome *outcome = &matter->answer->outcome;

	return matter->who.standing == STANDING_ACTIVE &&
	       pin_needed(matter->desk->grammar, matter->who.role, outcome->verb, outcome->form);
}

bool
proof_needed(const struct matter *matter)
{
	return matter->answer->outcome.expect != EXPECT_REJECT && is_about_it(matter);
}

/* The store's word on it. */
static int
try_it(struct matter *matter, struct pin_answer *out)
{
	const int *limits = matter->desk->grammar->limits;
	const struct pin_limits most = { limits[LIMIT_PIN_TRIES], limits[LIMIT_PIN_HOURS] };
	const char *digits = matter->pin.said == PIN_GIVEN ? matter->pin.digits : NULL;

	return pin_try(matter->desk->store, matter->person.id, digits, matter->message->received, &most, out);
}

/* Whole hours, the last one begun; what has not begun to run is a whole lock. */
static long
hours_left(const struct matter *matter, int64_t until)
{
	return until == 0 ? matter->desk->grammar->limits[LIMIT_PIN_HOURS] :
			    (long)((until - matter->message->received + HOUR - 1) / HOUR);
}

static void
refuse(struct matter *matter, const struct pin_answer *tried)
{
	struct outcome *outcome = &matter->answer->outcome;

	outcome_refuse(outcome, REJECT_PIN);
	switch (tried->result) {
	case PIN_IS_NONE:
		outcome->pin = PIN_UNSET;
		break;
	case PIN_IS_LOCKED:
		outcome->pin = PIN_LOCKED;
		outcome->number = hours_left(matter, tried->until);
		outcome->silent = tried->told;
		break;
	default:
		outcome->pin = matter->pin.said == PIN_GIVEN ? PIN_WRONG : PIN_MISSING;
		outcome->number = tried->left;
		break;
	}
}

/* Somewhere in it there may be a PIN that was not found: UMUM ... pinku4821; UMMU ... PIN 4821 jam 9; 4821 alone. */
static bool
may_hide_it(const struct matter *matter)
{
	const struct outcome *outcome = &matter->answer->outcome;

	return is_about_it(matter) ||
	       (outcome->expect == EXPECT_REJECT && matter->who.standing == STANDING_ACTIVE &&
		pin_needed_by(matter->desk->grammar, matter->who.role) &&
		pin_may_hide(matter->desk->grammar, matter->message->text));
}

int
proof_demand(struct matter *matter)
{
	struct pin_answer tried = { .result = PIN_FITS_NOT };
	char masked[PHONE_MASK_SIZE];
	int error;

	if (matter->pin.said == PIN_NOT && may_hide_it(matter))
		matter->answer->outcome.forget = true;
	if (!proof_needed(matter) || matter->proven)
		return 0;
	error = try_it(matter, &tried);
	if (error != 0)
		return error;
	matter->proven = tried.result == PIN_FITS;
	if (matter->proven)
		return 0;
	refuse(matter, &tried);
	if (matter->pin.said == PIN_GIVEN && tried.result == PIN_FITS_NOT)
		log_warn("in=%" PRId64 " %s: a wrong PIN", matter->inbox, phone_mask(matter->phone, masked));
	else if (tried.result == PIN_IS_LOCKED && !tried.told)
		log_warn("in=%" PRId64 " %s: the PIN is locked, after too many wrong ones", matter->inbox,
			 phone_mask(matter->phone, masked));
	return 0;
}

static bool
has_pin(const struct grammar *grammar, const char *text)
{
	struct pin_reading reading;
	bool found;

	pin_read(grammar, text, &reading);
	found = reading.said != PIN_NOT;
	pin_forget(&reading);
	return found;
}

bool
proof_in(const struct matter *matter, const char *text)
{
	/* If the store cannot tell, it fails at whatever follows, too. */
	return is_in_force(matter->desk, matter->message->sender) != 0 && has_pin(matter->desk->grammar, text);
}

bool
proof_in_unread(const struct grammar *grammar, const char *text)
{
	return pin_in_force(grammar) && (has_pin(grammar, text) || pin_may_hide(grammar, text));
}

int
proof_missing(struct store *store, const struct grammar *grammar)
{
	int count = 0, some = 0;

	for (size_t i = 0; i < grammar->role_count && some >= 0; i++) {
		some = pin_needed_by(grammar, (int)i) ? pin_count_missing(store, grammar->roles[i].name) : 0;
		count += some;
	}
	return some < 0 ? some : count;
}

void
proof_forget(struct matter *matter)
{
	pin_forget(&matter->pin);
	matter->text = NULL;
}
