/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forecast: what the calendar is going to send in a month, as far as that can be known now. */
#include "gate/forecast.h"

#include <errno.h>
#include <stdlib.h>

#include "base/sms.h"
#include "base/xmalloc.h"
#include "gate/errand.h"
#include "gate/pace.h"
#include "store/outbox.h"
#include "store/schedule.h"

#define A_TURN 1000             /* steps of an errand at once: there is nobody to wait for */

struct forecast {
	struct store *store;
	const struct grammar *grammar;
	const struct forecast_sink *sink;
	int64_t wall, mark;             /* now; the calendar is worked off up to there */
	struct pace pace;
	const struct occasion *occasion;
	bool *told;                     /* by reminder and zone: what it would tell is told */
};

static size_t
parts_of(const char *text)
{
	struct sms_out *parts = xcalloc(SMS_OUT_PARTS_MAX, sizeof *parts);
	size_t count = sms_split(text, parts);

	free(parts);
	return count;
}

/* As remind does it, but for the outbox. */
static int
tell_text(void *ctx, const struct delivery *delivery)
{
	struct forecast *forecast = ctx;
	const struct occasion *occasion = forecast->occasion;
	const struct zone *zone = grammar_zone_of(forecast->grammar, delivery->person->area);
	int64_t earliest = occasion->due > forecast->wall ? occasion->due : forecast->wall;
	int known = outbox_known(forecast->store, delivery->key);
	char text[REPLY_SIZE];
	struct forecast_text out = { .occasion = occasion, .person = delivery->person, .subject = delivery->subject,
				     .text = text, .queued = known > 0 };

	if (known < 0)
		return known;
	reply_write(forecast->grammar, delivery->form, text);
	out.parts = (int)parts_of(text);
	if (!out.queued)
		out.at = pace_next(&forecast->pace, forecast->grammar, zone, earliest);
	out.late = out.at > occasion->due + (int64_t)occasion->reminder->valid * 3600;
	forecast->sink->text(forecast->sink->ctx, &out);
	return 0;
}

/* What somebody was told once is not told again the next day, so of those that remember only the first is known. */
static enum forecast_fate
fate_of(struct forecast *forecast, const struct occasion *occasion)
{
	const struct grammar *grammar = forecast->grammar;
	size_t reminder = (size_t)(occasion->reminder - grammar->reminders);
	size_t zone = (size_t)(occasion->zone - grammar->zones);
	bool *told = &forecast->told[reminder * grammar->zone_count + zone];

	if (occasion->due <= forecast->mark || (forecast->mark == 0 && occasion->due <= forecast->wall))
		return FORECAST_PAST;
	if (occasion->due + (int64_t)occasion->reminder->valid * 3600 < forecast->wall)
		return FORECAST_LOST;
	if (condition_remembers(occasion->reminder->condition) && *told)
		return FORECAST_NEWS;
	*told = true;
	return FORECAST_SENDS;
}

static int
look_at(struct forecast *forecast, const struct occasion *occasion)
{
	const struct errand_place place = {
		.store = forecast->store, .grammar = forecast->grammar, .mode = QUESTION_LOOK, .wall = forecast->wall,
	};
	struct errand *errand = xcalloc(1, sizeof *errand);
	enum forecast_fate fate = fate_of(forecast, occasion);
	int more = fate == FORECAST_SENDS;

	forecast->occasion = occasion;
	forecast->sink->open(forecast->sink->ctx, occasion, fate);
	errand_start(errand, occasion);
	while (more == 1)
		more = errand_go(&place, errand, A_TURN, tell_text, forecast);
	forecast->sink->close(forecast->sink->ctx, occasion);
	free(errand);
	return more;
}

int
forecast_month(struct store *store, const struct grammar *grammar, int month, int64_t wall,
	       const struct forecast_sink *sink)
{
	const struct civil first = { .year = month / 12, .month = month % 12 + 1, .day = 1 };
	struct forecast forecast = { .store = store, .grammar = grammar, .sink = sink, .wall = wall, .mark = schedule_mark(store) };
	/* No place is a day before or behind Greenwich. */
	struct occasion occasion = { .due = civil_moment(&first, 0) - 86400 };
	int error = forecast.mark < 0 ? (int)forecast.mark : 0, there;

	forecast.told = xcalloc(grammar->reminder_count * grammar->zone_count + 1, sizeof *forecast.told);
	pace_begin(&forecast.pace, store, wall);
	while (error == 0 && calendar_next(grammar, &occasion, &occasion)) {
		there = occasion.day.year * 12 + occasion.day.month - 1;
		if (there == month)
			error = look_at(&forecast, &occasion);
		else if (there > month && occasion.due > civil_moment(&first, 0) + 33 * 86400)
			break;
	}
	free(forecast.told);
	return error;
}
