/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fact: what the texts of reminders say of an area, an organisation, a period. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

static int
larger_first(const void *a, const void *b)
{
	const struct item *left = a, *right = b;

	if (left->value != right->value)
		return left->value < right->value ? 1 : -1;
	return left->category - right->category;
}

static void
items_text(const struct item *items, size_t count, bool any, char out[TEXT_SIZE])
{
	struct list list = { .count = 0 };

	for (size_t i = 0; i < count; i++)
		list_add(&list, "%s %ld", CATEGORY[items[i].category].keyword, items[i].value);
	if (count == 0)
		say_phrase(any ? "FRASA_NIHIL" : "FRASA_KOSONG", NULL, NULL, out);
	else
		list_write(&list, 50, false, out);
}

static void
area_items(const struct oracle *oracle, const char *area, struct span span, char out[TEXT_SIZE])
{
	struct item items[CATEGORIES];
	size_t count = 0;
	bool any = false;

	for (int i = 0; i < CATEGORIES; i++) {
		struct figure figure = state_figure(oracle->state, area, i, span);

		any = any || figure.known;
		if (figure.known && figure.value > 0)
			items[count++] = (struct item){ i, figure.value };
	}
	qsort(items, count, sizeof *items, larger_first);
	items_text(items, count, any, out);
}

static void
own_items(const struct oracle *oracle, int person, int month, char out[TEXT_SIZE])
{
	const char *village = oracle->ledger->people[person].area;
	struct item items[CATEGORIES];
	size_t count = 0;
	bool any = false;

	for (int i = 0; i < CATEGORIES; i++) {
		long value = state_own(oracle->state, person, village, i, month);

		any = any || value >= 0;
		if (value > 0)
			items[count++] = (struct item){ i, value };
	}
	items_text(items, count, any, out);
}

/* Villages of a kecamatan by name, of a larger area how many in each kecamatan. */
static void
silent_text(const struct oracle *oracle, const char *area, struct span span, char out[TEXT_SIZE])
{
	struct list list = { .count = 0 };
	size_t first = village_first(area), end = first + village_count(area);
	char district[CODE_SIZE] = "";
	int count = 0;

	for (size_t i = first; i < end; i++) {
		const char *code = village_at(i)->code;

		if (state_village_reported(oracle->state, code, span))
			continue;
		if (strlen(area) >= 8) {
			list_add(&list, "%s", place_name(code));
			continue;
		}
		if (count != 0 && strncmp(code, district, 8) != 0) {
			list_add(&list, "%s %d", place_name(district), count);
			count = 0;
		}
		snprintf(district, sizeof district, "%.8s", code);
		count++;
	}
	if (count != 0)
		list_add(&list, "%s %d", place_name(district), count);
	list_write(&list, 70, false, out);
}

void
say_typed(struct say *say, struct span span)
{
	static const struct { int months; const char *phrase; int part; } KINDS[] = {
		{ 1, "FRASA_BLN", 1 }, { 3, "FRASA_TW", 3 }, { 6, "FRASA_SMT", 6 }, { 12, "FRASA_THN", 12 },
	};
	char number[12], text[TEXT_SIZE];

	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		if (KINDS[i].months != span.last - span.first + 1)
			continue;
		snprintf(number, sizeof number, "%d",
			 KINDS[i].months == 12 ? span.first / 12 : span.first % 12 / KINDS[i].part + 1);
		say_phrase(KINDS[i].phrase, "n", number, text);
		say_set(say, "kapan", "%s", text);
	}
}

void
say_area(const struct oracle *oracle, struct say *say, const char *area, struct span span)
{
	int reported = state_coverage(oracle->state, area, span), all = (int)village_count(area);
	char district[CODE_SIZE], text[TEXT_SIZE];

	snprintf(district, sizeof district, "%.8s", area);
	say_set(say, "wil", "%s", place_name(area));
	if (strlen(area) >= 8)
		say_set(say, "kec", "%s", place_name(district));
	say_set(say, "kasus", "%d", state_cases(oracle->state, area));
	if (span.first == 0)
		return;
	say_set(say, "lapor", "%d", reported);
	say_set(say, "belum", "%d", all - reported);
	say_set(say, "tot", "%d", all);
	say_set(say, "tumpang", "%d", state_open_count(oracle->state, area, span));
	if (say_uses(say, "pilih")) {
		silent_text(oracle, area, span, text);
		say_set(say, "pilih", "%s", text);
	}
	if (say_uses(say, "isi")) {
		area_items(oracle, area, span, text);
		say_set(say, "isi", "%s", text);
	}
}

/* A volunteer's text is about his own village, or RW, and his own figures. */
void
say_own(const struct oracle *oracle, struct say *say, int person, struct span span)
{
	const struct person *who = &oracle->ledger->people[person];
	char text[TEXT_SIZE];

	say_village(say, who->area, who->rw);
	say_set(say, "thp", "1");
	say_set(say, "n", "0");
	say_set(say, "m", "5");
	if (span.first == 0)
		return;
	own_items(oracle, person, span.last, text);
	say_set(say, "isi", "%s", text);
}

void
say_person(const struct oracle *oracle, struct say *say, int person)
{
	char polite[TEXT_SIZE];

	say_phrase("FRASA_YTH", NULL, NULL, polite);
	say_set(say, "nama", "%s",
		oracle->ledger->people[person].name[0] != '\0' ? oracle->ledger->people[person].name : polite);
}
