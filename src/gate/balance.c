/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balance: dials codes, one at a time on each modem, and writes down what the networks say. */
#include "gate/balance.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "gate/outq.h"
#include "lang/operator.h"
#include "store/credit.h"
#include "store/store.h"

#define LOOK_EVERY 60           /* seconds */
_Static_assert((int)CREDITS == MODEM_CREDITS, "a modem is configured with a code for each");
#define AGAIN 3600              /* seconds until a code is dialled again that got no answer, if not due before */

static const char *const NAMES[CREDITS] = { [CREDIT_BALANCE] = "balance", [CREDIT_QUOTA] = "quota" };

/* One code of a modem. */
struct job {
	const char *code;               /* the line's; "" none */
	int64_t low, due;               /* due: by the wall clock */
	bool asked;                     /* somebody waits for it */
	bool is_low;
};

struct line {
	struct modem *modem;
	struct modem_credit conf[CREDITS];
	int64_t every;                  /* seconds */
	struct job jobs[CREDITS];
	int under_way;                  /* enum credit, -1 */
};

/* Somebody who waits for results: wanted[] has one member a job. */
struct wait {
	balance_told_fn told;
	void *ctx;
	bool *wanted;
};

struct balance {
	struct store *store;
	const struct grammar *grammar;
	struct outq *outq;
	struct event turn;
	struct line *lines;
	size_t line_count;
	struct wait *waits;
	size_t wait_count;
};

static void
look_in(struct balance *balance, int64_t seconds)
{
	const struct timeval now = { 0 }, nap = clock_nap(seconds);

	evtimer_add(&balance->turn, seconds > 0 ? &nap : &now);
}

/* --- who waits --- */

static void
end_wait(struct balance *balance, size_t index)
{
	free(balance->waits[index].wanted);
	balance->waits[index] = balance->waits[--balance->wait_count];
}

static bool
wants_more(const struct balance *balance, const struct wait *wait)
{
	for (size_t i = 0; i < balance->line_count * CREDITS; i++)
		if (wait->wanted[i])
			return true;
	return false;
}

static void
tell_waits(struct balance *balance, const struct line *line, const struct balance_told *told)
{
	size_t which = (size_t)(line - balance->lines) * CREDITS + told->what, i = 0;

	while (i < balance->wait_count) {
		struct wait wait = balance->waits[i];

		if (!wait.wanted[which]) {
			i++;
			continue;
		}
		wait.wanted[which] = false;
		wait.told(wait.ctx, told);
		if (wants_more(balance, &wait)) {
			i++;
			continue;
		}
		end_wait(balance, i);
		wait.told(wait.ctx, NULL);
	}
}

int
balance_ask(struct balance *balance, const char *modem, balance_told_fn told, void *ctx)
{
	struct wait wait = { told, ctx, xcalloc(balance->line_count * CREDITS + 1, sizeof *wait.wanted) };
	bool found = modem[0] == '\0';
	int count = 0;

	for (size_t i = 0; i < balance->line_count; i++) {
		struct line *line = &balance->lines[i];

		if (modem[0] != '\0' && strcmp(modem_name(line->modem), modem) != 0)
			continue;
		found = true;
		for (int what = 0; what < CREDITS; what++) {
			if (line->jobs[what].code[0] == '\0')
				continue;
			line->jobs[what].asked = wait.wanted[i * CREDITS + (size_t)what] = true;
			count++;
		}
	}
	if (count == 0) {
		free(wait.wanted);
		return found ? 0 : -ENOENT;
	}
	balance->waits = xgrow(balance->waits, balance->wait_count, sizeof *balance->waits);
	balance->waits[balance->wait_count++] = wait;
	look_in(balance, 0);
	return count;
}

void
balance_forget(struct balance *balance, const void *ctx)
{
	for (size_t i = balance->wait_count; i > 0; i--)
		if (balance->waits[i - 1].ctx == ctx)
			end_wait(balance, i - 1);
}

const char *
balance_hint(const struct balance *balance, const char *modem, const char **operator)
{
	for (size_t i = 0; i < balance->line_count; i++) {
		const struct operator *found;
		struct modem_info info;

		modem_info(balance->lines[i].modem, &info);
		if (modem[0] != '\0' && strcmp(info.name, modem) != 0)
			continue;
		found = operator_of(balance->grammar, info.imsi);
		if (found != NULL && found->codes[CREDIT_BALANCE] != NULL) {
			*operator = found->name;
			return found->codes[CREDIT_BALANCE];
		}
	}
	return NULL;
}

/* --- what came of it --- */

static bool
is_answer(enum modem_dialled result)
{
	return result == MODEM_DIALLED_ANSWERED || result == MODEM_DIALLED_MENU || result == MODEM_DIALLED_ENDED;
}

/* What another try would change nothing about waits as long as an answer. */
static bool
is_final(enum modem_dialled result)
{
	return result != MODEM_DIALLED_TIMEOUT && result != MODEM_DIALLED_DOWN;
}

static int64_t
next_due(const struct line *line, int64_t dialled, bool final)
{
	return dialled + (final || line->every < AGAIN ? line->every : AGAIN);
}

static void
tell_outq(struct balance *balance, const struct line *line)
{
	bool low = false;

	for (int what = 0; what < CREDITS; what++)
		low = low || line->jobs[what].is_low;
	outq_set_poor(balance->outq, line->modem, low);
}

static void
log_told(const struct balance_told *told)
{
	if (told->amount != CREDIT_UNKNOWN)
		log_info("modem=%s %s=%" PRId64 " by the pattern of %s%s", told->modem, NAMES[told->what], told->amount,
			 told->by->name, told->by->unverified ? " (unverified)" : "");
	else if (is_answer(told->result))
		log_warn("modem=%s %s: the network's answer cannot be read, a pattern is missing (77-operators.grammar)",
			 told->modem, NAMES[told->what]);
	else
		log_warn("modem=%s %s: %s%s%s", told->modem, NAMES[told->what], modem_dialled_name(told->result),
			 told->error[0] != '\0' ? " " : "", told->error);
}

static int
write_down(struct balance *balance, const struct balance_told *told)
{
	int error = store_begin(balance->store);

	if (error == 0)
		error = credit_tell(balance->store, told->modem, told->what, modem_dialled_name(told->result), told->text,
				    told->amount, clock_wall());
	if (error == 0)
		return store_commit(balance->store);
	store_rollback(balance->store);
	return error;
}

/* text is the network's own. */
static void
finish(struct balance *balance, struct line *line, enum credit what, enum modem_dialled result, const char *text,
       const char *error)
{
	struct job *job = &line->jobs[what];
	struct balance_told told = { .modem = modem_name(line->modem), .what = what, .result = result, .error = error,
				     .amount = CREDIT_UNKNOWN };
	char *masked = xstrdup(text);
	struct modem_info info;
	int failed;

	modem_info(line->modem, &info);
	if (is_answer(result))
		told.amount = operator_read(balance->grammar, operator_of(balance->grammar, info.imsi), what, text, &told.by);
	phone_hide(masked);
	told.text = masked;
	log_told(&told);
	failed = write_down(balance, &told);
	if (failed != 0)
		log_error("modem=%s: its %s cannot be written down: %s", told.modem, NAMES[what], strerror(-failed));
	job->due = next_due(line, clock_wall(), is_final(result));
	job->asked = false;
	if (told.amount != CREDIT_UNKNOWN) {
		job->is_low = told.amount < job->low;
		tell_outq(balance, line);
	}
	tell_waits(balance, line, &told);
	free(masked);
}

/* --- dialling --- */

/* It is written before: of a code that was dialled when the power failed nothing is known, but it is not dialled again at
 * once. */
static int
note_dialling(struct balance *balance, const struct line *line, enum credit what)
{
	int error = store_begin(balance->store);

	if (error == 0)
		error = credit_dial(balance->store, modem_name(line->modem), what, clock_wall());
	if (error == 0)
		return store_commit(balance->store);
	store_rollback(balance->store);
	return error;
}

static void
dial(struct balance *balance, struct line *line, enum credit what)
{
	int error = note_dialling(balance, line, what);

	if (error == 0)
		error = modem_dial(line->modem, line->jobs[what].code);
	if (error == 0)
		line->under_way = (int)what;
	else
		finish(balance, line, what, MODEM_DIALLED_DOWN, "", strerror(-error));
}

/* What is asked for first. -1: nothing. */
static int
choose(struct line *line, int64_t wall)
{
	int chosen = -1;

	for (int what = CREDITS - 1; what >= 0; what--) {
		struct job *job = &line->jobs[what];

		/* A clock that was set back. */
		if (job->due > wall + line->every)
			job->due = wall + line->every;
		if (job->code[0] != '\0' && (job->asked || (job->due <= wall && (chosen < 0 || !line->jobs[chosen].asked))))
			chosen = what;
	}
	return chosen;
}

/* Whether somebody still waits for a code that was not dialled. */
static bool
look_at(struct balance *balance, struct line *line)
{
	int chosen = line->under_way < 0 ? choose(line, clock_wall()) : -1;
	struct modem_info info;

	if (chosen < 0)
		return false;
	modem_info(line->modem, &info);
	if (info.state == MODEM_UP)
		dial(balance, line, (enum credit)chosen);
	else if (line->jobs[chosen].asked)
		finish(balance, line, (enum credit)chosen, MODEM_DIALLED_DOWN, "", modem_state_name(info.state));
	return line->under_way < 0 && (line->jobs[CREDIT_BALANCE].asked || line->jobs[CREDIT_QUOTA].asked);
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	struct balance *balance = arg;
	bool more = false;

	(void)fd;
	(void)what;
	for (size_t i = 0; i < balance->line_count; i++)
		more = look_at(balance, &balance->lines[i]) || more;
	look_in(balance, more ? 0 : LOOK_EVERY);
}

void
balance_up(struct balance *balance)
{
	look_in(balance, 0);
}

void
balance_dialled(struct balance *balance, struct modem *modem, const struct modem_event *event)
{
	for (size_t i = 0; i < balance->line_count; i++) {
		struct line *line = &balance->lines[i];
		int what = line->under_way;

		if (line->modem != modem || what < 0)
			continue;
		line->under_way = -1;
		finish(balance, line, (enum credit)what, event->dialled.result, event->dialled.text, event->dialled.error);
	}
	look_in(balance, 0);
}

/* --- life --- */

struct balance *
balance_new(struct event_base *base, struct store *store, const struct grammar *grammar, struct outq *outq)
{
	struct balance *balance = xcalloc(1, sizeof *balance);

	balance->store = store;
	balance->grammar = grammar;
	balance->outq = outq;
	evtimer_assign(&balance->turn, base, on_turn, balance);
	return balance;
}

void
balance_free(struct balance *balance)
{
	if (balance == NULL)
		return;
	evtimer_del(&balance->turn);
	while (balance->wait_count > 0)
		end_wait(balance, 0);
	free(balance->waits);
	free(balance->lines);
	free(balance);
}

void
balance_set_grammar(struct balance *balance, const struct grammar *grammar)
{
	balance->grammar = grammar;
}

void
balance_add_modem(struct balance *balance, struct modem *modem, const struct modem_conf *conf)
{
	struct line *line;

	balance->lines = xgrow(balance->lines, balance->line_count, sizeof *balance->lines);
	line = &balance->lines[balance->line_count++];
	*line = (struct line){ .modem = modem, .every = conf->credit_every / 1000, .under_way = -1 };
	memcpy(line->conf, conf->credit, sizeof line->conf);
}

/* What is known of it, from before. */
static int
watch(struct balance *balance, struct line *line, enum credit what)
{
	struct job *job = &line->jobs[what];
	struct credit_row row;
	int error;

	job->code = line->conf[what].code;
	job->low = line->conf[what].low;
	if (job->code[0] == '\0')
		return 0;
	error = credit_watch(balance->store, modem_name(line->modem), what, job->low);
	if (error == 0)
		error = credit_find(balance->store, modem_name(line->modem), what, &row);
	if (error != 0)
		return error;
	job->is_low = row.amount != CREDIT_UNKNOWN && row.amount < job->low;
	job->due = row.dialled == 0 ? 0 : next_due(line, row.dialled, row.result[0] != '\0' && strcmp(row.result, "TIMEOUT") != 0 &&
									strcmp(row.result, "DOWN") != 0);
	return 0;
}

static bool
is_watched(const struct balance *balance, const struct credit_row *row)
{
	for (size_t i = 0; i < balance->line_count; i++)
		if (strcmp(modem_name(balance->lines[i].modem), row->modem) == 0)
			return balance->lines[i].jobs[row->what].code[0] != '\0';
	return false;
}

static int
watch_all(struct balance *balance)
{
	struct credit_row row = { .modem = "" };
	int error = 0;

	for (size_t i = 0; i < balance->line_count * CREDITS && error == 0; i++)
		error = watch(balance, &balance->lines[i / CREDITS], (enum credit)(i % CREDITS));
	while (error == 0 && (error = credit_next(balance->store, &row, &row)) == 0)
		if (!is_watched(balance, &row))
			error = credit_forget(balance->store, row.modem, row.what);
	return error == -ENOENT ? 0 : error;
}

void
balance_ready(struct balance *balance)
{
	int error = store_begin(balance->store);

	if (error == 0)
		error = watch_all(balance);
	if (error == 0)
		error = store_commit(balance->store);
	else
		store_rollback(balance->store);
	if (error != 0)
		log_error("what the SIMs have left cannot be watched: %s", strerror(-error));
	for (size_t i = 0; i < balance->line_count; i++)
		tell_outq(balance, &balance->lines[i]);
	look_in(balance, 0);
}
