/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expect: goes through the ledger and the calendar by time, and notes what must be sent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

#define PACE 4                  /* seconds from one text that nobody asked for to the next */
#define QUIET_FROM 20           /* hours */
#define QUIET_UNTIL 7

const struct category CATEGORY[CATEGORIES] = {
	{ "01", "BALITA", { "balita", "ABT", "anak balita", "balita terlantar" }, true, true, 6 },
	{ "02", "ANAK", { "anak", "AT", "anter", "anak terlantar" }, false, true, 12 },
	{ "05", "WRSE", { "wrse", "PRSE", "wanita rawan sosial", "WRSE" }, false, true, 9 },
	{ "07", "LANSIA", { "lansia", "LUT", "jompo", "lanjut usia" }, true, true, 20 },
	{ "08", "DISABEL", { "cacat", "difabel", "penca", "disabilitas" }, false, true, 10 },
	{ "10", "PENGEMIS", { "pengemis", "PGMS", "Pengemis", "PENGEMIS" }, true, true, 3 },
	{ "14", "MISKIN", { "miskin", "KFM", "gakin", "fakir miskin" }, true, false, 90 },
	{ "15", "RTLH", { "rtlh", "rutilahu", "RTLH", "rumah tidak layak huni" }, false, false, 25 },
	{ "20", "MIGRAN", { "migran", "TKI", "TKW", "pekerja migran" }, true, true, 5 },
	{ "22", "RENTAN", { "rentan", "KLGRTN", "keluarga rentan", "RENTAN" }, true, false, 15 },
};

int
category_of(const char *code)
{
	for (int i = 0; i < CATEGORIES; i++)
		if (strcmp(CATEGORY[i].code, code) == 0)
			return i;
	return -1;
}

static struct expected *
demand_room(struct oracle *oracle)
{
	struct demand *demand = oracle->demand;

	demand->all = grow(demand->all, demand->count, sizeof *demand->all);
	return &demand->all[demand->count++];
}

struct expected *
demand_add(struct oracle *oracle, int64_t from, int64_t until, const char *phone, const char *kind, const struct say *say)
{
	struct expected *expected = demand_room(oracle);

	*expected = (struct expected){ .from = from, .until = until };
	snprintf(expected->phone, sizeof expected->phone, "%s", phone);
	snprintf(expected->kind, sizeof expected->kind, "%s", kind);
	say_text(say, expected->text);
	return expected;
}

/* The first moment from a time on that is not in quiet hours. */
static int64_t
open_from(int64_t time)
{
	struct date date = date_of(time);

	if (date.hour >= QUIET_UNTIL && date.hour < QUIET_FROM)
		return time;
	return time_of(date.year, date.month, date.day + (date.hour >= QUIET_FROM), QUIET_UNTIL, 0);
}

void
demand_unasked(struct oracle *oracle, const struct pending *pending, int64_t now)
{
	int64_t at = oracle->pace_day + PACE < now ? now : oracle->pace_day + PACE, open = open_from(at);
	struct pending *room;

	if (open == at) {
		oracle->pace_day = at;
	} else {
		open = oracle->pace_morning + PACE > open ? oracle->pace_morning + PACE : open;
		oracle->pace_morning = open;
	}
	oracle->pending = grow(oracle->pending, oracle->pending_count, sizeof *oracle->pending);
	room = &oracle->pending[oracle->pending_count++];
	*room = *pending;
	room->at = open;
}

/* What goes out up to a time is looked at once more before it does. */
static void
send_until(struct oracle *oracle, int64_t time)
{
	size_t kept = 0;

	for (size_t i = 0; i < oracle->pending_count; i++) {
		struct pending *pending = &oracle->pending[i];

		if (pending->at > time)
			oracle->pending[kept++] = *pending;
		else if (pending->at <= pending->text.until && duty_wanted(oracle, pending))
			*demand_room(oracle) = pending->text;
	}
	oracle->pending_count = kept;
}

void
expect(const struct ledger *ledger, const char *grammars, struct demand *out)
{
	struct oracle oracle = { .ledger = ledger, .state = state_new(ledger), .demand = out };
	size_t event = 0, occasion = 0;

	*out = (struct demand){ .count = 0 };
	wording_read(grammars);
	duties_list(ledger, out);
	oracle.strangers = calloc(ledger->person_count, sizeof *oracle.strangers);
	if (oracle.strangers == NULL)
		die("no memory");
	while (event < ledger->event_count || occasion < out->occasion_count) {
		bool calendar = event == ledger->event_count ||
				(occasion < out->occasion_count && out->occasions[occasion].due <= ledger->events[event].at);
		int64_t now = calendar ? out->occasions[occasion].due : ledger->events[event].at;

		/* What is planned for now goes out before somebody writes now. */
		send_until(&oracle, calendar ? now - 1 : now);
		if (!calendar) {
			answer(&oracle, &ledger->events[event++]);
			continue;
		}
		if (out->occasions[occasion].late != 0)
			now = out->occasions[occasion].late;
		if (!out->occasions[occasion].dropped)
			duty_work(&oracle, &out->occasions[occasion], now);
		occasion++;
	}
	send_until(&oracle, ledger->end);
	free(oracle.pending);
	free(oracle.submissions);
	free(oracle.told);
	free(oracle.strangers);
	state_free(oracle.state);
}

static void
write_text(const char *text, FILE *out)
{
	for (; *text != '\0'; text++) {
		if (*text == WILD)
			fputs("{*}", out);
		else if (*text == LIST)
			fputs("{daftar}", out);
		else
			fputc(*text, out);
	}
}

void
demand_write(const struct demand *demand, const char *file)
{
	FILE *out = fopen(file, "w");

	if (out == NULL)
		die("%s cannot be written", file);
	for (size_t i = 0; i < demand->count; i++) {
		const struct expected *expected = &demand->all[i];
		char from[32], until[32];

		time_write(expected->from, from);
		time_write(expected->until, until);
		fprintf(out, "%s\t%s\t%s\t%s\t", from, until, expected->phone, expected->kind);
		write_text(expected->text, out);
		fprintf(out, "\t%s\n", expected->list != NULL ? expected->list : "");
	}
	fclose(out);
}
