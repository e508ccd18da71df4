/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_ask: counts, recaps and lists, as the ledger has them at that moment. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

/* The own area by its bare name, another with its level. */
static void
set_asked(const struct oracle *oracle, const struct event *event, const char *area, struct say *say)
{
	const char *id = strlen(area) == 13 ? (area[9] == '1' ? "FRASA_WIL_KEL" : "FRASA_WIL_DESA") :
			 strlen(area) == 8 ? "FRASA_WIL_KEC" : strlen(area) == 5 && area[3] < '7' ? "FRASA_WIL_KAB" : NULL;
	char label[TEXT_SIZE];

	if (id == NULL || strcmp(area, sender_of(oracle, event)->area) == 0) {
		say_set(say, "wil", "%s", bare_name(area));
		return;
	}
	say_phrase(id, "wil", bare_name(area), label);
	say_set(say, "wil", "%s", label);
}

static struct say
start_question(const struct oracle *oracle, const struct event *event, const char *id)
{
	const char *area = event->area[0] != '\0' ? event->area : sender_of(oracle, event)->area;
	struct say say;

	say_start(&say, id);
	set_asked(oracle, event, area, &say);
	say_span(&say, event->span);
	say_set(&say, "jml", "%d", state_coverage(oracle->state, area, event->span));
	say_set(&say, "tot", "%zu", village_count(area));
	return say;
}

static void
add_text(char **out, const char *separator, const char *text)
{
	size_t length = *out != NULL ? strlen(*out) : 0;

	*out = realloc(*out, length + strlen(separator) + strlen(text) + 1);
	if (*out == NULL)
		die("no memory");
	sprintf(*out + length, "%s%s", length != 0 ? separator : "", text);
}

static void
reply_list(struct oracle *oracle, const struct event *event, struct say *say, char *list)
{
	say_set(say, "daftar", "%c", LIST);
	reply(oracle, event, say)->list = list;
}

/* In a recap what is zero everywhere is not said, unless everything is. */
static char *
count_list(const struct oracle *oracle, const struct event *event, const char *area, int from, int to, bool *known)
{
	char *list = NULL, item[TEXT_SIZE];

	*known = false;
	for (int i = from; i < to; i++) {
		struct figure figure = state_figure(oracle->state, area, i, event->span);

		*known = *known || figure.known;
		if (!figure.known && event->deed == DEED_JUMLAH)
			say_phrase("FRASA_TIDAK_DILAPORKAN", "kat", CATEGORY[i].keyword, item);
		else if (figure.known && (figure.value != 0 || figure.open || event->deed == DEED_JUMLAH))
			snprintf(item, sizeof item, "%s %ld%s", CATEGORY[i].keyword, figure.value, figure.open ? "*" : "");
		else
			continue;
		add_text(&list, ", ", item);
	}
	if (list == NULL) {
		say_phrase("FRASA_NIHIL", NULL, NULL, item);
		add_text(&list, "", item);
	}
	return list;
}

void
answer_counts(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : sender_of(oracle, event)->area;
	bool recap = event->deed == DEED_REKAP, known;
	int category = event->item_count != 0 ? event->items[0].category : 0;
	char *list = count_list(oracle, event, area, recap ? 0 : category, recap ? CATEGORIES : category + 1, &known);
	struct say say;

	known = known || state_coverage(oracle->state, area, event->span) != 0;
	if (known) {
		say = start_question(oracle, event, recap ? "JWB_REKAP" : "JWB_JUMLAH");
		reply_list(oracle, event, &say, list);
		return;
	}
	free(list);
	say = start_question(oracle, event, recap && may_list(sender_of(oracle, event)) &&
					    strcmp(area, sender_of(oracle, event)->area) == 0 ? "JWB_REKAP_KOSONG" :
					    "JWB_JUMLAH_KOSONG");
	reply(oracle, event, &say);
}

/* The villages of a kecamatan by name; above it, where more than ten are missing, how many in each area right below. */
static char *
missing_list(const struct oracle *oracle, const struct event *event, const char *area, bool by_area)
{
	char *list = NULL, item[TEXT_SIZE];

	if (by_area) {
		for (const struct place *place = place_next(area, ""); place; place = place_next(area, place->code)) {
			int missing = (int)village_count(place->code) - state_coverage(oracle->state, place->code, event->span);

			snprintf(item, sizeof item, "%s %d", bare_name(place->code), missing);
			if (missing > 0)
				add_text(&list, ", ", item);
		}
		return list;
	}
	for (size_t i = village_first(area); i < village_first(area) + village_count(area); i++) {
		const char *code = village_at(i)->code;
		char district[CODE_SIZE];

		if (state_village_reported(oracle->state, code, event->span))
			continue;
		snprintf(district, sizeof district, "%.8s", code);
		if (strlen(area) < 8)
			snprintf(item, sizeof item, "%s (%s)", place_name(code), place_name(district));
		else
			snprintf(item, sizeof item, "%s", place_name(code));
		add_text(&list, ", ", item);
	}
	return list;
}

void
answer_missing(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : sender_of(oracle, event)->area;
	int missing = (int)village_count(area) - state_coverage(oracle->state, area, event->span);
	bool by_area = strlen(area) < 8 && missing > 10;
	static const char *const LEVELS[] = { [0] = "FRASA_PROV_SINGKAT", [2] = "FRASA_KAB_SINGKAT", [5] = "FRASA_KEC_SINGKAT" };
	char level[TEXT_SIZE];
	struct say say = start_question(oracle, event, missing == 0 ? "JWB_BELUM_LENGKAP" :
							by_area ? "JWB_BELUM_WILAYAH" : "JWB_BELUM");

	if (missing == 0) {
		reply(oracle, event, &say);
		return;
	}
	say.count = 0;
	set_asked(oracle, event, area, &say);
	say_span(&say, event->span);
	say_set(&say, "jml", "%d", missing);
	say_set(&say, "tot", "%zu", village_count(area));
	if (by_area) {
		say_phrase(LEVELS[strlen(area)], NULL, NULL, level);
		say_set(&say, "tingkat", "%s", level);
	}
	reply_list(oracle, event, &say, missing_list(oracle, event, area, by_area));
}

/* "Rawa LANSIA (KT 9, PSM 6)" */
static void
overlap_item(const struct oracle *oracle, const char *village, int category, int month, char item[TEXT_SIZE])
{
	const char *bodies[BODIES_MAX];
	size_t count = state_overlap(oracle->state, village, category, month, -1, bodies);
	int used = snprintf(item, TEXT_SIZE, "%s %s (", place_name(village), CATEGORY[category].keyword);

	for (size_t j = 0; j < count; j++)
		used += snprintf(item + used, TEXT_SIZE - (size_t)used, "%s%s %ld", j != 0 ? ", " : "", bodies[j],
				 state_body_value(oracle->state, village, category, month, bodies[j]));
	snprintf(item + used, TEXT_SIZE - (size_t)used, ")");
}

void
answer_overlaps(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : sender_of(oracle, event)->area;
	size_t first = village_first(area), end = first + village_count(area);
	char *list = NULL, item[TEXT_SIZE];
	struct say say;

	for (size_t i = first; i < end; i++)
		for (int category = 0; category < CATEGORIES; category++) {
			if (!state_is_open(oracle->state, village_at(i)->code, category, event->span.first))
				continue;
			overlap_item(oracle, village_at(i)->code, category, event->span.first, item);
			add_text(&list, "; ", item);
		}
	say = start_question(oracle, event, list != NULL ? "JWB_TUMPANG" : "JWB_TUMPANG_KOSONG");
	if (list != NULL)
		reply_list(oracle, event, &say, list);
	else
		reply(oracle, event, &say);
}

/* Kecamatan without a TKSK. */
void
answer_holders(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : sender_of(oracle, event)->area;
	int held = 0, all = 0;
	char *list = NULL, level[TEXT_SIZE];
	struct say say;

	for (const struct place *place = place_next(area, ""); place != NULL; place = place_next(area, place->code)) {
		all++;
		if (tksk_of(oracle, place->code) >= 0)
			held++;
		else
			add_text(&list, ", ", place->name);
	}
	say_phrase("FRASA_KECAMATAN", NULL, NULL, level);
	say_start(&say, list != NULL ? "JWB_PERAN" : "JWB_PERAN_LENGKAP");
	say_set(&say, "peran", "TKSK");
	say_set(&say, "wil", "%s", bare_name(area));
	say_set(&say, "jml", "%d", held);
	say_set(&say, "tot", "%d", all);
	say_set(&say, "tingkat", "%s", level);
	if (list != NULL)
		reply_list(oracle, event, &say, list);
	else
		reply(oracle, event, &say);
}
