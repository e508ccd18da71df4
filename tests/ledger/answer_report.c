/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_report: figures, corrections, what is taken back or settled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

static void
start_for_village(const struct oracle *oracle, const struct event *event, struct say *say, const char *id)
{
	say_start(say, id);
	say_village(say, village_of(oracle, event), sender_of(oracle, event)->rw);
	say_span(say, event->span);
}

static void
add_item(struct list *list, const struct item *item, long old)
{
	const char *keyword = CATEGORY[item->category].keyword;

	if (old >= 0 && old != item->value)
		list_add(list, "%s %ld jadi %ld", keyword, old, item->value);
	else
		list_add(list, "%s %ld", keyword, item->value);
}

/* {org}: who else reported the same, as many as fit. */
static bool
say_others(const struct oracle *oracle, const struct event *event, struct say *say)
{
	const char *others[BODIES_MAX * ITEMS_MAX];
	char line[TEXT_SIZE] = "";
	size_t count = 0, used = 0;

	for (size_t i = 0; i < event->item_count; i++) {
		const char *bodies[BODIES_MAX];
		size_t some = event->items[i].value == 0 ? 0 :
			      state_overlap(oracle->state, village_of(oracle, event), event->items[i].category, event->span.first,
					    event->person, bodies);

		for (size_t j = 0; j < some; j++) {
			bool known = false;

			for (size_t k = 0; k < count; k++)
				known = known || strcmp(others[k], bodies[j]) == 0;
			if (!known)
				others[count++] = bodies[j];
		}
	}
	for (size_t i = 0; i < count && (used == 0 || used + 2 + strlen(others[i]) <= 12); i++)
		used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", used != 0 ? ", " : "", others[i]);
	say_set(say, "org", "%s", line);
	return count != 0;
}

static void
say_single(const struct oracle *oracle, const struct event *event, struct say *say, long old, const char *isi)
{
	const struct item *item = &event->items[0];

	if (old < 0 || old == item->value) {
		start_for_village(oracle, event, say, "OK_LAPOR");
		say_set(say, "isi", "%s", isi);
		return;
	}
	start_for_village(oracle, event, say, event->deed == DEED_RALAT ? "OK_RALAT" : "OK_GANTI");
	say_set(say, "kat", "%s", CATEGORY[item->category].keyword);
	say_set(say, "lama", "%ld", old);
	say_set(say, "baru", "%ld", item->value);
}

/* What is stored, and how it is said. */
static void
accept(struct oracle *oracle, const struct event *event, const long old[ITEMS_MAX])
{
	struct list list = { .count = 0 };
	struct say say;
	char isi[TEXT_SIZE];
	size_t changed = 0;

	for (size_t i = 0; i < event->item_count; i++) {
		add_item(&list, &event->items[i], old[i]);
		changed += old[i] >= 0 && old[i] != event->items[i].value;
	}
	list_write(&list, 50, true, isi);
	start_for_village(oracle, event, &say, "OK_TUMPANG");
	say_set(&say, "isi", "%s", isi);
	if (!say_others(oracle, event, &say)) {
		if (event->item_count == 1) {
			say_single(oracle, event, &say, old[0], isi);
		} else {
			start_for_village(oracle, event, &say, changed != 0 ? "OK_GANTI_BANYAK" : "OK_LAPOR");
			say_set(&say, "isi", "%s", isi);
		}
	}
	reply(oracle, event, &say);
	state_put(oracle->state, event->person, event->at, village_of(oracle, event), event->span.first, event->items,
		  event->item_count);
}

/* Nothing changes in a month that the kabupaten has closed. */
static bool
is_closed(struct oracle *oracle, const struct event *event)
{
	struct say say;

	if (!state_locked(oracle->state, village_of(oracle, event), event->span.first))
		return false;
	say_start(&say, "E_KUNCI");
	say_span(&say, event->span);
	reply(oracle, event, &say);
	return true;
}

void
answer_report(struct oracle *oracle, const struct event *event)
{
	const char *village = village_of(oracle, event);
	long old[ITEMS_MAX];
	bool same = true, missing = false;
	struct say say;

	if (is_closed(oracle, event))
		return;
	for (size_t i = 0; i < event->item_count; i++) {
		old[i] = state_own(oracle->state, event->person, village, event->items[i].category, event->span.first);
		same = same && old[i] == event->items[i].value;
		missing = missing || old[i] < 0;
	}
	if (missing && event->deed == DEED_RALAT) {
		start_for_village(oracle, event, &say, "E_TIDAK_ADA_RALAT");
		reply(oracle, event, &say);
	} else if (same) {
		start_for_village(oracle, event, &say, "OK_SAMA");
		reply(oracle, event, &say);
	} else {
		accept(oracle, event, old);
	}
}

void
answer_nihil(struct oracle *oracle, const struct event *event)
{
	const char *village = village_of(oracle, event);
	struct item none[CATEGORIES];
	bool same = true, any = false;
	struct say say;

	if (is_closed(oracle, event))
		return;
	for (int i = 0; i < CATEGORIES; i++) {
		long old = state_own(oracle->state, event->person, village, i, event->span.first);

		none[i] = (struct item){ i, 0 };
		same = same && old == 0;
		any = any || old > 0;
	}
	start_for_village(oracle, event, &say, any ? "E_NIHIL" : same ? "OK_SAMA" : "OK_NIHIL");
	say_set(&say, "kat", "PMKS");
	reply(oracle, event, &say);
	if (!any && !same)
		state_put(oracle->state, event->person, event->at, village, event->span.first, none, CATEGORIES);
}

void
answer_batal(struct oracle *oracle, const struct event *event)
{
	int64_t since = event->text[0] != '\0' ? 0 : event->at - DAY;
	int locked = state_last_locked(oracle->state, event->person, since);
	struct say say;

	if (locked != 0) {
		say_start(&say, "E_KUNCI");
		say_span(&say, (struct span){ locked, locked });
		reply(oracle, event, &say);
		return;
	}
	say_start(&say, state_take_back(oracle->state, event->person, since) ? "OK_BATAL" : "E_TIDAK_ADA");
	reply(oracle, event, &say);
}

void
answer_sah(struct oracle *oracle, const struct event *event)
{
	const struct item *item = &event->items[0];
	struct say say;

	if (is_closed(oracle, event))
		return;
	start_for_village(oracle, event, &say, "OK_SAH");
	say_set(&say, "kat", "%s", CATEGORY[item->category].keyword);
	say_set(&say, "n", "%ld", item->value);
	reply(oracle, event, &say);
	state_settle(oracle->state, village_of(oracle, event), item->category, event->span.first, item->value);
}
