/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remind: works the calendar off. An occasion is never forgotten before its last text is on the disk: the mark up to
 * which all is done moves only then, and keys make it harmless to begin anew. */
#include "gate/remind.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "gate/circulate.h"
#include "gate/errand.h"
#include "gate/outq.h"
#include "gate/pace.h"
#include "gate/subject.h"
#include "gate/trust.h"
#include "store/audience.h"
#include "store/health.h"
#include "store/schedule.h"
#include "store/store.h"

#define LOOK_EVERY 10           /* seconds */
#define A_TURN 40               /* people looked at in one transaction */
#define BREATH_US 20000         /* between two of them */
#define OLDEST (62 * 86400)     /* seconds: occasions before that are not even counted */
#define MARK_EVERY 3600         /* seconds: the mark moves also without an occasion, each time a write to the card */
#define WAIT_FIRST 1            /* seconds until a failed step is tried again, doubling */
#define WAIT_MOST 60

struct remind {
	struct store *store;
	const struct grammar *grammar;
	struct outq *outq;
	struct trust *trust;
	struct event turn;
	struct errand *errands;         /* under way is the first */
	size_t errand_count;
	int queued;                     /* texts of the first */
	int64_t done;                   /* everything up to here is among the errands or behind us */
	int64_t marked;                 /* as the store has it */
	bool dropped;                   /* occasions, since the mark moved */
	struct pace pace;
	int wait;                       /* seconds of the last back-off; 0 while all is well */
};

/* --- one text --- */

/* A text of the first errand, inside the transaction of its turn. */
static int
put_text(void *ctx, const struct delivery *delivery)
{
	struct remind *remind = ctx;
	const struct occasion *occasion = &remind->errands->occasion;
	int64_t wall = clock_wall(), from = delivery->subject->wall != 0 ? delivery->subject->wall : occasion->due;
	const struct zone *zone = grammar_zone_of(remind->grammar, delivery->person->area);
	char text[REPLY_SIZE];
	int error = outbox_known(remind->store, delivery->key);

	if (error != 0)
		return error < 0 ? error : 0;
	reply_write(remind->grammar, delivery->form, text);
	error = outbox_put(remind->store, &(struct outbox_new){
		.key = delivery->key, .class = OUTBOX_REMINDER, .dest = delivery->person->phone, .text = text, .wall = wall,
		.not_before = pace_next(&remind->pace, remind->grammar, zone, wall),
		.not_after = from + (int64_t)delivery->reminder->valid * 3600 });
	remind->queued += error == 0;
	return error;
}

/* --- what is due --- */

static void
add_errand(struct remind *remind, const struct occasion *occasion)
{
	remind->errands = xgrow(remind->errands, remind->errand_count, sizeof *remind->errands);
	errand_start(&remind->errands[remind->errand_count++], occasion);
}

/* Too late: it is counted, and not sent. */
static int
drop(struct remind *remind, const struct occasion *occasion)
{
	const struct audience audience = { .area = "", .roles = occasion->reminder->roles, .willing = true };
	char period[CALENDAR_PERIOD_SIZE];
	int people = occasion->reminder->roles != NULL ? audience_count(remind->store, &audience) : 0;

	calendar_occasion_name(occasion, period);
	log_warn("calendar: %s %s %s was due %" PRId64 " h ago and is dropped, for up to %d people", occasion->reminder->name,
		 period, occasion->zone->name, (clock_wall() - occasion->due) / 3600, people > 0 ? people : 0);
	remind->dropped = true;
	return schedule_add(remind->store, occasion->reminder->name, 0, 1);
}

/* A look at what has a day of its own: there seldom is something, and nobody need hear of that. 1, 0 or -errno. */
static int
is_there_something(struct remind *remind, const struct occasion *occasion)
{
	struct subject subject = { .kind = occasion->reminder->subject };
	int error = 0;

	if (calendar_subject(subject.kind)->dated)
		error = subject_next(remind->store, occasion, &subject);
	return error == -ENOENT ? 0 : error == 0 ? 1 : error;
}

static int
plan_occasions(struct remind *remind, int64_t wall)
{
	struct occasion occasion = { .due = remind->done < wall - OLDEST ? wall - OLDEST : remind->done };
	int error = 0, there;

	while (error == 0 && calendar_next(remind->grammar, &occasion, &occasion) && occasion.due <= wall) {
		there = is_there_something(remind, &occasion);
		if (there <= 0)
			error = there;
		else if (occasion.due + (int64_t)occasion.reminder->valid * 3600 < wall)
			error = drop(remind, &occasion);
		else
			add_errand(remind, &occasion);
	}
	return error;
}

/* A reminder of things that come up by themselves: of those behind the last one it was sent about. What was there before
 * the reminder was is none of its business. */
static int
plan_prompt(struct remind *remind, const struct reminder *reminder, int64_t wall)
{
	struct occasion occasion = { .reminder = reminder, .due = wall };
	struct schedule_count count;
	int64_t last = subject_last(remind->store, reminder->subject);
	int error = last < 0 ? (int)last : schedule_find(remind->store, reminder->name, &count);

	if (error == -ENOENT)
		return schedule_reach(remind->store, reminder->name, last);
	if (error != 0 || last <= count.reached)
		return error;
	occasion.day = civil_at(wall, grammar_zone(remind->grammar, ""));
	add_errand(remind, &occasion);
	remind->errands[remind->errand_count - 1].subject.number = count.reached;
	return 0;
}

static int
plan_prompts(struct remind *remind, int64_t wall)
{
	int error = 0;

	for (size_t i = 0; i < remind->grammar->reminder_count && error == 0; i++)
		if (calendar_subject(remind->grammar->reminders[i].subject)->prompt)
			error = plan_prompt(remind, &remind->grammar->reminders[i], wall);
	return error;
}

static int
move_mark(struct remind *remind, int64_t wall)
{
	int error = schedule_set_mark(remind->store, wall);

	if (error == 0) {
		remind->marked = wall;
		remind->dropped = false;
	}
	return error;
}

/* Inside a transaction. A new box begins now: what was due before it was set up is nobody's reminder. A clock that was
 * set back lives through the same days again; keys see to it that nobody notices. */
static int
plan(struct remind *remind, int64_t wall)
{
	int error = 0;

	if (remind->marked == 0 || wall < remind->done)
		error = move_mark(remind, wall);
	if (error != 0)
		return error;
	if (remind->done == 0 || wall < remind->done)
		remind->done = wall;
	error = plan_occasions(remind, wall);
	if (error == 0)
		error = plan_prompts(remind, wall);
	if (error == 0 && remind->errand_count == 0 && (remind->dropped || wall >= remind->marked + MARK_EVERY))
		error = move_mark(remind, wall);
	if (error == 0)
		remind->done = wall;
	return error;
}

/* --- turns --- */

static int
end_errand(struct remind *remind)
{
	const struct errand *errand = remind->errands;
	const struct reminder *reminder = errand->occasion.reminder;
	int error = schedule_add(remind->store, reminder->name, remind->queued, 0);

	if (error == 0 && calendar_subject(reminder->subject)->prompt)
		error = schedule_reach(remind->store, reminder->name, errand->subject.number);
	if (error == 0 && remind->errand_count == 1)
		error = move_mark(remind, remind->done);
	return error;
}

/* One turn's work in a transaction: what people want to be passed on first. *over: the first errand has come to its end;
 * *circulating: that
 * may not be all. */
static int
work(struct remind *remind, bool *over, bool *circulating)
{
	const struct errand_place place = {
		.store = remind->store, .grammar = remind->grammar, .mode = QUESTION_PLAN, .wall = clock_wall(),
	};
	int more = circulate(remind->store, remind->grammar, &remind->pace, place.wall, A_TURN);

	*over = false;
	*circulating = more > 0;
	if (more != 0)
		return more < 0 ? more : 0;
	if (remind->errand_count == 0)
		return plan(remind, place.wall);
	more = errand_go(&place, remind->errands, A_TURN, put_text, remind);
	if (more != 0)
		return more < 0 ? more : 0;
	*over = true;
	return end_errand(remind);
}

/* The first is over, and on the disk. */
static void
next_errand(struct remind *remind)
{
	const struct occasion *occasion = &remind->errands->occasion;
	char period[CALENDAR_PERIOD_SIZE];

	calendar_occasion_name(occasion, period);
	log_info("calendar: %s %s %s: %d texts queued", occasion->reminder->name, period,
		 occasion->zone != NULL ? occasion->zone->name : "now", remind->queued);
	remind->errand_count--;
	memmove(remind->errands, remind->errands + 1, remind->errand_count * sizeof *remind->errands);
	remind->queued = 0;
}

/* What a turn may change, to be put back if its transaction fails. */
struct keep { struct errand first; struct pace pace; int64_t done, marked; size_t count; int queued; };

static struct keep
keep(const struct remind *remind)
{
	struct keep kept = { .pace = remind->pace, .done = remind->done, .marked = remind->marked,
			     .count = remind->errand_count, .queued = remind->queued };

	if (remind->errand_count != 0)
		kept.first = remind->errands[0];
	return kept;
}

static void
put_back(struct remind *remind, const struct keep *kept)
{
	remind->pace = kept->pace;
	remind->done = kept->done;
	remind->marked = kept->marked;
	remind->errand_count = kept->count;
	remind->queued = kept->queued;
	if (kept->count != 0)
		remind->errands[0] = kept->first;
}

/* whole: nothing was begun that is not at its end. */
static int
turn(struct remind *remind, bool *whole)
{
	struct keep *kept = xcalloc(1, sizeof *kept);
	bool planned = remind->errand_count == 0, over = false, circulating = false;
	int error = store_begin(remind->store);

	*kept = keep(remind);
	if (error == 0) {
		error = work(remind, &over, &circulating);
		if (error == 0)
			error = store_commit(remind->store);
		else
			store_rollback(remind->store);
	}
	if (error != 0)
		put_back(remind, kept);
	else if (over)
		next_errand(remind);
	*whole = (planned || over) && !circulating;
	free(kept);
	return error;
}

static void
wait_longer(struct remind *remind, int error)
{
	struct timeval later = { 0 };

	if (remind->wait == 0)
		log_error("calendar: reminders cannot be written: %s; will try again", health_words(error));
	remind->wait = remind->wait == 0 ? WAIT_FIRST : remind->wait * 2 > WAIT_MOST ? WAIT_MOST : remind->wait * 2;
	later.tv_sec = remind->wait;
	evtimer_add(&remind->turn, &later);
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	const struct timeval breath = { .tv_usec = BREATH_US }, now = { 0 }, idle = clock_nap(LOOK_EVERY);
	struct remind *remind = arg;
	bool whole = true;
	int error = 0;

	(void)fd;
	(void)what;
	if (trust_holds(remind->trust))
		error = turn(remind, &whole);
	if (error != 0) {
		wait_longer(remind, error);
		return;
	}
	if (remind->wait != 0)
		log_warn("calendar: reminders are written again");
	remind->wait = 0;
	outq_wake(remind->outq);
	evtimer_add(&remind->turn, !whole ? &breath : remind->errand_count != 0 ? &now : &idle);
}

void
remind_wake(struct remind *remind)
{
	const struct timeval now = { 0 };

	if (remind->wait == 0)
		evtimer_add(&remind->turn, &now);
}

static void
on_trust(void *ctx)
{
	remind_wake(ctx);
}

/* --- at the moment of sending --- */

/* Where somebody is who has the number; of nobody we know, where most are. */
static const struct zone *
zone_of(struct remind *remind, const char *phone)
{
	struct person person;

	if (people_find(remind->store, phone, &person) != 0)
		person.area[0] = '\0';
	return grammar_zone_of(remind->grammar, person.area);
}

/* Whoever has said STOP since, or is not there any more, gets no notice. */
static bool
is_willing(struct remind *remind, const char *phone)
{
	struct person person;

	return people_find(remind->store, phone, &person) == 0 && person.reminders && person.state != PERSON_BLOCKED;
}

static enum outbox_verdict
on_ask(void *ctx, const char *key, const char *dest, int64_t wall, int64_t *later)
{
	struct remind *remind = ctx;
	const struct errand_place place = {
		.store = remind->store, .grammar = remind->grammar, .mode = QUESTION_AGAIN, .wall = wall,
	};
	const struct zone *zone = zone_of(remind, dest);
	int wanted;

	if (calendar_open(remind->grammar, zone, wall) != wall) {
		*later = pace_next(&remind->pace, remind->grammar, zone, wall);
		return OUTBOX_LATER;
	}
	wanted = is_willing(remind, dest) ? errand_wanted(&place, key, dest) : 0;
	*later = wall + LOOK_EVERY;
	return wanted > 0 ? OUTBOX_GO : wanted == 0 ? OUTBOX_DROP : OUTBOX_LATER;
}

/* --- life --- */

struct remind *
remind_new(struct event_base *base, struct store *store, const struct grammar *grammar, struct outq *outq,
	   struct trust *trust)
{
	struct remind *remind = xcalloc(1, sizeof *remind);

	remind->store = store;
	remind->grammar = grammar;
	remind->outq = outq;
	remind->trust = trust;
	remind->done = remind->marked = schedule_mark(store);
	pace_begin(&remind->pace, store, clock_wall());
	evtimer_assign(&remind->turn, base, on_turn, remind);
	outbox_set_ask(store, on_ask, remind);
	trust_set_listener(trust, on_trust, remind);
	remind_wake(remind);
	return remind;
}

void
remind_free(struct remind *remind)
{
	if (remind == NULL)
		return;
	evtimer_del(&remind->turn);
	outbox_set_ask(remind->store, NULL, NULL);
	trust_set_listener(remind->trust, NULL, NULL);
	free(remind->errands);
	free(remind);
}

void
remind_set_grammar(struct remind *remind, const struct grammar *grammar)
{
	remind->grammar = grammar;
	/* Occasions point into the old one. What was not finished lies behind the mark. */
	remind->errand_count = 0;
	remind->queued = 0;
	remind->done = remind->marked;
	remind_wake(remind);
}

void
remind_info(const struct remind *remind, struct remind_info *out)
{
	struct occasion now = { .due = clock_wall() };

	*out = (struct remind_info){ .errands = remind->errand_count };
	out->next = calendar_next(remind->grammar, &now, &out->occasion);
}
