/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remind: kentongan remind --dry-run: who would get which reminder in a month, when and at what cost. */
#include "ctl/ctl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/xmalloc.h"
#include "gate/forecast.h"
#include "lang/grammar.h"
#include "store/people.h"
#include "store/region.h"
#include "store/schedule.h"

#define DAYS 62                 /* from the first of the month on; what goes later is too late in any case */

struct sum { int texts, queued, late; int64_t sms; };

struct plan {
	const struct call *call;
	struct ctl_room *room;
	enum forecast_fate fate;
	int64_t first;                  /* moment at which the month begins */
	bool headed;                    /* the occasion's line is out */
	struct sum here, all;
	struct sum *sums;               /* by reminder */
	bool *news;                     /* by reminder: some of its occasions cannot be known */
	int64_t days[DAYS];             /* SMS */
};

/* --- an occasion --- */

static void
print_head(struct plan *plan, const struct occasion *occasion, const char *what)
{
	char period[CALENDAR_PERIOD_SIZE];

	calendar_occasion_name(occasion, period);
	printf("%04d-%02d-%02d %02d:%02d %s  %s %s \"%s\"%s%s\n", occasion->day.year, occasion->day.month, occasion->day.day,
	       occasion->day.hour, occasion->day.minute, occasion->zone->name, occasion->reminder->name, period,
	       occasion->reminder->title, what[0] != '\0' ? ": " : "", what);
	plan->headed = true;
}

/* Of a reminder that looks every day there is something to say only where something happens, and of zones only where
 * somebody lives. */
static bool
is_worth_a_line(const struct plan *plan, const struct occasion *occasion)
{
	return (occasion->reminder->cadence == CADENCE_MONTHLY || occasion->reminder->cadence == CADENCE_NTH) &&
	       occasion->zone == grammar_zone_of(plan->room->grammar, "");
}

static void
on_open(void *ctx, const struct occasion *occasion, enum forecast_fate fate)
{
	struct plan *plan = ctx;
	size_t reminder = (size_t)(occasion->reminder - plan->room->grammar->reminders);

	plan->fate = fate;
	plan->headed = false;
	plan->here = (struct sum){ 0 };
	plan->news[reminder] = plan->news[reminder] || fate == FORECAST_NEWS;
	if (fate == FORECAST_PAST && is_worth_a_line(plan, occasion))
		print_head(plan, occasion, "over");
	else if (fate == FORECAST_LOST && is_worth_a_line(plan, occasion))
		print_head(plan, occasion, "nobody was there to send it, and it is over");
}

/* "PSM Rawa", and what the text is about if that is not his own area: "KAB Ciamis about Lumbung". */
static void
print_recipient(const struct plan *plan, const struct forecast_text *text)
{
	char area[64] = "", about[64] = "";

	if (region_name(plan->room->store, text->person->area, area, sizeof area) != 0)
		area[0] = '\0';
	if (text->subject->area[0] != '\0' && strcmp(text->subject->area, text->person->area) != 0 &&
	    region_name(plan->room->store, text->subject->area, about, sizeof about) != 0)
		about[0] = '\0';
	printf("%s %s%s%s", text->person->body, area, about[0] != '\0' ? " about " : "", about);
}

static void
on_text(void *ctx, const struct forecast_text *text)
{
	struct plan *plan = ctx;
	const struct person *person = text->person;
	char time[CTL_TIME_SIZE], number[CTL_TIME_SIZE];
	int64_t day = (text->at - plan->first) / 86400;

	if (!plan->headed)
		print_head(plan, text->occasion, "");
	ctl_time(plan->room->grammar, person->area, text->at, time);
	printf("  %s  %s  ", text->queued ? "in the outbox          " : time, ctl_number(plan->call, person->phone, number));
	print_recipient(plan, text);
	printf(", %d SMS%s\n", text->parts, text->late ? ", TOO LATE: dropped" : "");
	if (plan->call->options[OPTION_TEXT] != NULL)
		printf("    %s\n", text->text);
	plan->here.queued += text->queued;
	plan->here.late += text->late;
	if (text->queued || text->late)
		return;
	plan->here.texts++;
	plan->here.sms += text->parts;
	if (day >= 0 && day < DAYS)
		plan->days[day] += text->parts;
}

static void
add(struct sum *to, const struct sum *what)
{
	to->texts += what->texts;
	to->queued += what->queued;
	to->late += what->late;
	to->sms += what->sms;
}

static void
on_close(void *ctx, const struct occasion *occasion)
{
	struct plan *plan = ctx;

	if (plan->fate == FORECAST_SENDS && !plan->headed && is_worth_a_line(plan, occasion))
		print_head(plan, occasion, "nobody");
	add(&plan->sums[occasion->reminder - plan->room->grammar->reminders], &plan->here);
	add(&plan->all, &plan->here);
}

/* --- all --- */

static void
print_sum(const struct plan *plan, const char *name, const struct sum *sum)
{
	char cost[CTL_TIME_SIZE];

	printf("  %-14s %d texts, %s", name, sum->texts, ctl_cost(plan->room->config, sum->sms, cost));
	if (sum->queued != 0)
		printf("; %d more in the outbox", sum->queued);
	if (sum->late != 0)
		printf("; %d would be too late", sum->late);
	printf("\n");
}

static void
print_sums(const struct plan *plan)
{
	const struct grammar *grammar = plan->room->grammar;

	printf("total\n");
	for (size_t i = 0; i < grammar->reminder_count; i++)
		if (plan->sums[i].texts + plan->sums[i].queued + plan->sums[i].late != 0)
			print_sum(plan, grammar->reminders[i].name, &plan->sums[i]);
	print_sum(plan, "all", &plan->all);
}

/* What is sent unasked leaves a part of the limits to answers. */
static void
print_limits(const struct plan *plan)
{
	const struct spend_rules *limits = &plan->room->config->spend;
	int64_t month = (int64_t)limits->month * (100 - limits->reserve) / 100;
	int64_t day = (int64_t)limits->day * (100 - limits->reserve) / 100;
	struct civil civil;

	if (plan->all.sms > month)
		printf("LIMIT: %" PRId64 " SMS are more than the %" PRId64 " that limit_month leaves to reminders\n",
		       plan->all.sms, month);
	for (int i = 0; i < DAYS; i++) {
		civil = civil_at(plan->first + (int64_t)i * 86400, grammar_zone(plan->room->grammar, ""));
		if (plan->days[i] > day)
			printf("LIMIT: %04d-%02d-%02d has %" PRId64 " SMS, more than the %" PRId64 " that limit_day leaves to"
			       " reminders\n", civil.year, civil.month, civil.day, plan->days[i], day);
	}
}

static void
print_unknown(const struct plan *plan)
{
	const struct grammar *grammar = plan->room->grammar;

	printf("not in here\n");
	for (size_t i = 0; i < grammar->reminder_count; i++) {
		const struct reminder *reminder = &grammar->reminders[i];

		if (calendar_subject(reminder->subject)->prompt)
			printf("  %s \"%s\": as soon as there is a reason\n", reminder->name, reminder->title);
		else if (plan->news[i])
			printf("  %s \"%s\": on later days what is new by then\n", reminder->name, reminder->title);
	}
	printf("  whoever reports, registers or says STOP until then; meetings that are not announced yet; answers and"
	       " broadcasts\n");
}

static int
print_plan(const struct call *call, struct ctl_room *room, int month)
{
	const struct civil first = { .year = month / 12, .month = month % 12 + 1, .day = 1 };
	struct plan plan = { .call = call, .room = room, .first = civil_moment(&first, grammar_zone(room->grammar, "")) };
	const struct forecast_sink sink = { on_open, on_text, on_close, &plan };
	int64_t wall = clock_wall();
	char now[CTL_TIME_SIZE], mark[CTL_TIME_SIZE];
	int error;

	plan.sums = xcalloc(room->grammar->reminder_count + 1, sizeof *plan.sums);
	plan.news = xcalloc(room->grammar->reminder_count + 1, sizeof *plan.news);
	printf("The calendar of %04d-%02d, as everything stands on %s.\nWorked off up to: %s. Nothing is sent or stored.\n\n",
	       first.year, first.month, ctl_time(room->grammar, "", wall, now),
	       ctl_time(room->grammar, "", schedule_mark(room->store), mark));
	error = forecast_month(room->store, room->grammar, month, wall, &sink);
	if (error == 0) {
		printf("\n");
		print_sums(&plan);
		print_limits(&plan);
		print_unknown(&plan);
	}
	free(plan.sums);
	free(plan.news);
	return error == 0 ? EXIT_DONE : EXIT_FAILED;
}

int
ctl_remind(const struct command *command, const struct call *call)
{
	struct ctl_room room;
	int first, last;

	if (call->options[OPTION_DRY_RUN] == NULL)
		return ctl_misused(command);
	if (!calendar_period_read(call->words[0], &first, &last) || first == 0 || first != last) {
		fprintf(stderr, "kentongan: %s is no month, expected one like 2026-10\n", call->words[0]);
		return EXIT_USAGE;
	}
	if (ctl_enter(call, &room))
		room.status = print_plan(call, &room, first);
	ctl_leave(&room);
	return room.status;
}
