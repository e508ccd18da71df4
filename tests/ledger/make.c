/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make: invents a ledger: people in villages of the three districts, and three months of what they text. All of it is
 * chance with a seed, weighted as in life: most report, many late, some wrongly, some never. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

#define MONTHS 3
#define MODEMS 4

static const char *const DISTRICTS[] = { "32.07", "33.19", "12.02" };
static const int BEGINS[] = { 2026 * 12 + 10, 2026 * 12 + 10, 2026 * 12 + 7, 2027 * 12 + 4 };   /* of seeds, in turn */

struct maker {
	struct ledger *ledger;
	uint64_t random;
	int first;                      /* month */
	long phone;
};

static unsigned
chance(struct maker *maker, unsigned sides)
{
	maker->random = maker->random * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(maker->random >> 33) % sides;
}

static bool
odds(struct maker *maker, unsigned percent)
{
	return chance(maker, 100) < percent;
}

/* --- people --- */

static int
add_person(struct maker *maker, const char *role, const char *body, const char *area, int rw, const char *name)
{
	struct ledger *ledger = maker->ledger;
	struct person *person;

	ledger->people = grow(ledger->people, ledger->person_count, sizeof *ledger->people);
	person = &ledger->people[ledger->person_count];
	*person = (struct person){ .rw = rw };
	snprintf(person->key, sizeof person->key, "%s_%s%s%s", role, area, rw != 0 ? "_" : "", rw != 0 ? body : "");
	if (strcmp(role, "NONE") == 0 || strcmp(role, "BLOCK") == 0)
		snprintf(person->key, sizeof person->key, "%s_%zu", role, ledger->person_count);
	snprintf(person->phone, sizeof person->phone, "+62840%08ld", maker->phone);
	maker->phone += 137;
	snprintf(person->role, sizeof person->role, "%s", role);
	snprintf(person->body, sizeof person->body, "%s", body);
	snprintf(person->area, sizeof person->area, "%s", area);
	snprintf(person->name, sizeof person->name, "%s", name);
	return (int)ledger->person_count++;
}

static const char *
name_of(struct maker *maker)
{
	static const char *const NAMES[] = { "Siti", "Dedi", "Yuni", "Wawan", "Endang", "Marihot", "Rahman", "Tini", "Asep",
		"Sri", "Bonar", "Lasma", "Ujang", "Kartini", "Slamet", "Rosdiana", "", "" };

	return NAMES[chance(maker, sizeof NAMES / sizeof *NAMES)];
}

static void
settle_village(struct maker *maker, const char *village)
{
	add_person(maker, "PSM", "PSM", village, 0, name_of(maker));
	if (odds(maker, 25))
		add_person(maker, "KT", "KT", village, 0, name_of(maker));
	if (odds(maker, 12))
		add_person(maker, "KPS", odds(maker, 50) ? "PKK" : "TAKMIR", village, 1 + (int)chance(maker, 6), name_of(maker));
	if (odds(maker, 5))
		add_person(maker, "FCU", "FCU", village, 0, name_of(maker));
}

/* Whole kecamatan, from a random one on, until there are enough villages. */
static void
settle_district(struct maker *maker, const char *district, int villages)
{
	size_t all = 0, skip;
	int left = villages;

	for (const struct place *p = place_next(district, ""); p != NULL; p = place_next(district, p->code))
		all++;
	skip = villages == 0 ? 0 : chance(maker, (unsigned)all);
	for (size_t i = 0; i < all && (villages == 0 || left > 0); i++) {
		const struct place *place = place_next(district, "");

		for (size_t j = 0; j < (i + skip) % all; j++)
			place = place_next(district, place->code);
		for (const struct place *v = place_next(place->code, ""); v != NULL && (villages == 0 || left > 0);
		     v = place_next(place->code, v->code)) {
			settle_village(maker, v->code);
			left--;
		}
		if (i == 0 || odds(maker, 93))
			add_person(maker, "TKSK", "TKSK", place->code, 0, name_of(maker));
		if (i == 0 || odds(maker, 35))
			add_person(maker, "CAMAT", "CAMAT", place->code, 0, "");
	}
	add_person(maker, "KAB", "KAB", district, 0, name_of(maker));
	if (odds(maker, 70))
		add_person(maker, "BUPATI", "BUPATI", district, 0, "");
	add_person(maker, "PROV", "PROV", (char[]){ district[0], district[1], '\0' }, 0, "");
}

static void
settle(struct maker *maker, int villages)
{
	for (size_t i = 0; i < sizeof DISTRICTS / sizeof *DISTRICTS; i++)
		settle_district(maker, DISTRICTS[i], villages);
	add_person(maker, "PUSAT", "PUSAT", "", 0, "");
	for (int i = 0; i < 4; i++)
		add_person(maker, i < 2 ? "NONE" : "BLOCK", i < 2 ? "NONE" : "BLOCK", "", 0, "");
}

/* --- events --- */

static struct event *
add_event(struct maker *maker, int64_t at, int person, enum deed deed, const char *area, struct span span)
{
	struct ledger *ledger = maker->ledger;
	struct event *event;

	if (at <= ledger->begin || at >= ledger->end - HOUR)
		return NULL;
	ledger->events = grow(ledger->events, ledger->event_count, sizeof *ledger->events);
	event = &ledger->events[ledger->event_count++];
	*event = (struct event){ .at = at, .person = person, .deed = deed, .span = span, .line = (int)ledger->event_count };
	snprintf(event->area, sizeof event->area, "%s", area);
	return event;
}

/* People text at certain minutes only: then several come at once. */
static int64_t
moment(struct maker *maker, int month, int day)
{
	static const int HOURS[] = { 6, 7, 10, 12, 13, 15, 17, 19, 21 };

	return time_of(month / 12, month % 12 + 1, day, HOURS[chance(maker, 9)], 10 + 20 * (int)chance(maker, 2));
}

static void
fill_items(struct maker *maker, struct event *event)
{
	bool used[CATEGORIES] = { false };
	size_t count = 1 + chance(maker, 4);

	while (event->item_count < count) {
		int category = (int)chance(maker, CATEGORIES);

		if (used[category])
			continue;
		used[category] = true;
		event->items[event->item_count++] = (struct item){ category,
			(long)chance(maker, (unsigned)CATEGORY[category].usual * 2) + (chance(maker, 9) != 0) };
	}
}

static struct span
of_month(int month)
{
	return (struct span){ month, month };
}

/* What follows a report: corrections, a second thought, the same once more. */
static void
follow_up(struct maker *maker, const struct event *report, int index)
{
	struct event *event, copy = *report;
	int64_t later = copy.at + (1 + chance(maker, 5)) * HOUR + 5 * MINUTE;
	enum deed deed = index == 0 ? DEED_RALAT : index == 1 ? DEED_BATAL : DEED_REPORT;

	event = add_event(maker, later, copy.person, deed, copy.area, copy.span);
	if (event != NULL && deed == DEED_BATAL && odds(maker, 40))
		snprintf(event->text, sizeof event->text, "no");
	if (event == NULL || deed == DEED_BATAL)
		return;
	memcpy(event->items, copy.items, sizeof event->items);
	event->item_count = deed == DEED_RALAT ? 1 : copy.item_count;
	if (index != 2)
		event->items[0].value += 1 + chance(maker, 4);
}

static void
add_mistake(struct maker *maker, int64_t at, int person)
{
	struct event *event = add_event(maker, at, person, DEED_WRONG, "", of_month(0));
	int count = 0;

	while (mistake_name(count) != NULL)
		count++;
	if (event != NULL)
		snprintf(event->text, sizeof event->text, "%s", mistake_name((int)chance(maker, (unsigned)count)));
}

/* The day on which somebody reports for a month, counted on behind its end; 0: never. */
static int
report_day(struct maker *maker)
{
	unsigned luck = chance(maker, 100);

	if (luck < 30)
		return 7 + (int)chance(maker, 17);      /* early */
	if (luck < 60)
		return 25 + (int)chance(maker, 3);      /* reminded, or while it is done */
	if (luck < 70)
		return 32 + (int)chance(maker, 2);
	if (luck < 83)
		return 34 + (int)chance(maker, 2);      /* reminded twice */
	if (luck < 89)
		return 37 + (int)chance(maker, 7);      /* late */
	return 0;
}

static void
report_month(struct maker *maker, int person, int month)
{
	const char *village = maker->ledger->people[person].area;
	int day = report_day(maker);
	struct date end = date_of(time_of(month / 12, month % 12 + 2, 0, 12, 0));
	struct event *event;
	int64_t at;

	if (odds(maker, 6))
		add_mistake(maker, moment(maker, month, 8 + (int)chance(maker, 15)) + MINUTE, person);
	if (day == 0)
		return;
	at = day <= 31 ? moment(maker, month, day) : moment(maker, month + 1, day - 31);
	if (day <= 31 && day > end.day)
		at = moment(maker, month, end.day);
	/* In the very minutes in which the reminders go out. */
	if (day == 25 && odds(maker, 40))
		at = time_of(month / 12, month % 12 + 1, 25, 8, (int)chance(maker, 3));
	if (odds(maker, 6)) {
		add_event(maker, at, person, DEED_NIHIL, village, of_month(month));
		return;
	}
	event = add_event(maker, at, person, DEED_REPORT, village, of_month(month));
	if (event == NULL)
		return;
	fill_items(maker, event);
	if (odds(maker, 18))
		follow_up(maker, &(struct event){ .at = at, .person = person, .span = of_month(month) }, 1);
	else if (odds(maker, 25))
		follow_up(maker, &(const struct event){ .at = event->at, .person = person, .span = event->span,
			.items = { event->items[0], event->items[1], event->items[2], event->items[3] },
			.item_count = event->item_count }, (int)chance(maker, 4) % 3 == 0 ? 0 : 2 + (int)chance(maker, 2));
}

static int
find_role(const struct ledger *ledger, const char *role, const char *area)
{
	for (size_t i = 0; i < ledger->person_count; i++)
		if (strcmp(ledger->people[i].role, role) == 0 && strcmp(ledger->people[i].area, area) == 0)
			return (int)i;
	return -1;
}

static bool
is_volunteer(const struct person *person)
{
	return strcmp(person->role, "PSM") == 0 || strcmp(person->role, "KT") == 0 || strcmp(person->role, "KPS") == 0;
}

/* The TKSK: a village that is silent, what is late, the settling of an overlap, and KIRIM. */
static void
tksk_month(struct maker *maker, int person, int month)
{
	const struct ledger *ledger = maker->ledger;
	const char *district = ledger->people[person].area;
	size_t psm = chance(maker, (unsigned)ledger->person_count);
	struct event *event;
	int quarter = month / 3 * 3;

	for (size_t i = 0; i < ledger->person_count; i++, psm = (psm + 1) % ledger->person_count) {
		if (strncmp(ledger->people[psm].area, district, 8) != 0 || strcmp(ledger->people[psm].role, "PSM") != 0)
			continue;
		event = odds(maker, 60) ? add_event(maker, moment(maker, month + 1, 6) + 2 * MINUTE, person, DEED_REPORT,
						    ledger->people[psm].area, of_month(month)) : NULL;
		if (event != NULL)
			fill_items(maker, event);
		event = odds(maker, 40) ? add_event(maker, moment(maker, month + 1, 7) + 2 * MINUTE, person, DEED_SAH,
						    ledger->people[psm].area, of_month(month)) : NULL;
		if (event != NULL) {
			event->item_count = 1;
			event->items[0] = (struct item){ (int)chance(maker, CATEGORIES), (long)chance(maker, 30) };
		}
		break;
	}
	if (odds(maker, 70))
		add_event(maker, moment(maker, month + 1, 6 + (int)chance(maker, 5)) + 4 * MINUTE, person, DEED_KIRIM, "",
			  of_month(month));
	if (odds(maker, 25))
		add_event(maker, moment(maker, month + 1, 11 + (int)chance(maker, 5)) + 4 * MINUTE, person, DEED_KIRIM, "",
			  of_month(month));
	if (odds(maker, 30))
		add_event(maker, moment(maker, month + 1, 5 + (int)chance(maker, 5)) + 6 * MINUTE, person, DEED_TUMPANG, "",
			  of_month(month));
	if (month == quarter + 2 && odds(maker, 60))
		add_event(maker, moment(maker, month + 1, 9 + (int)chance(maker, 4)) + 5 * MINUTE, person, DEED_KIRIM, "",
			  (struct span){ quarter, quarter + 2 });
}

/* Questions at any time, about this month or what is over. */
static void
ask_month(struct maker *maker, int person, int month)
{
	const struct person *who = &maker->ledger->people[person];
	static const enum deed DEEDS_ASKED[] = { DEED_REKAP, DEED_JUMLAH, DEED_BELUM, DEED_REKAP };
	struct span span = of_month(month - (int)chance(maker, 2));
	struct event *event;
	char area[CODE_SIZE];

	snprintf(area, sizeof area, "%s", who->area);
	if (strlen(who->area) == 5 && odds(maker, 50))
		for (size_t i = 0; i < maker->ledger->person_count; i++)
			if (strncmp(maker->ledger->people[i].area, who->area, 5) == 0 && odds(maker, 20))
				snprintf(area, sizeof area, "%.8s", maker->ledger->people[i].area);
	if (odds(maker, 25))
		span = (struct span){ month / 3 * 3, month / 3 * 3 + 2 };
	else if (odds(maker, 15))
		span = (struct span){ month / 12 * 12, month / 12 * 12 + 11 };
	event = add_event(maker, moment(maker, month, 7 + (int)chance(maker, 21)) + 7 * MINUTE, person,
			  DEEDS_ASKED[chance(maker, 4)], area, span);
	if (event != NULL && event->deed == DEED_BELUM && is_volunteer(who) && odds(maker, 80))
		event->deed = DEED_REKAP;
	if (event != NULL && event->deed == DEED_JUMLAH) {
		event->item_count = 1;
		event->items[0].category = (int)chance(maker, CATEGORIES);
	}
}

/* The kabupaten closes what is over; somebody is later still. */
static void
close_month(struct maker *maker, int person, int month)
{
	struct ledger *ledger = maker->ledger;
	const char *district = ledger->people[person].area;
	struct event *event;
	size_t psm = chance(maker, (unsigned)ledger->person_count);

	if (odds(maker, 40))
		add_event(maker, moment(maker, month + 1, 8 + (int)chance(maker, 8)) + 9 * MINUTE, person, DEED_CEK, "", of_month(0));
	if (odds(maker, 50))
		return;
	add_event(maker, moment(maker, month + 1, 16 + (int)chance(maker, 2)) + 9 * MINUTE, person, DEED_KUNCI, "",
		  of_month(month));
	while (strncmp(ledger->people[psm].area, district, 5) != 0 || strcmp(ledger->people[psm].role, "PSM") != 0)
		psm = (psm + 1) % ledger->person_count;
	event = add_event(maker, moment(maker, month + 1, 18 + (int)chance(maker, 3)), (int)psm, DEED_REPORT,
			  ledger->people[psm].area, of_month(month));
	if (event != NULL)
		fill_items(maker, event);
}

static void
live_month(struct maker *maker, int month)
{
	const struct ledger *ledger = maker->ledger;

	for (size_t i = 0; i < ledger->person_count; i++) {
		const struct person *person = &ledger->people[i];

		if (is_volunteer(person)) {
			report_month(maker, (int)i, month);
			if (odds(maker, 3))
				ask_month(maker, (int)i, month);
		} else if (strcmp(person->role, "TKSK") == 0) {
			tksk_month(maker, (int)i, month);
			if (odds(maker, 40))
				ask_month(maker, (int)i, month);
		} else if (strcmp(person->role, "NONE") == 0 || strcmp(person->role, "BLOCK") == 0) {
			add_mistake(maker, moment(maker, month, 7 + (int)chance(maker, 20)), (int)i);
		} else if (strcmp(person->role, "FCU") != 0) {
			ask_month(maker, (int)i, month);
			if (strcmp(person->role, "KAB") == 0)
				close_month(maker, (int)i, month);
		}
	}
}

/* Nobody texts meanwhile: they do it when they hear of it. */
static void
switch_off(struct maker *maker, int64_t from, int64_t until)
{
	struct event *event;

	for (size_t i = 0; i < maker->ledger->event_count; i++)
		if (maker->ledger->events[i].at >= from && maker->ledger->events[i].at < until + HOUR)
			maker->ledger->events[i].at = until + HOUR + (maker->ledger->events[i].at - from) / 40;
	event = add_event(maker, from, -1, DEED_OFF, "", of_month(0));
	time_write(until, event->text);
}

static int
tksk_or_kab(const struct ledger *ledger, const char *village)
{
	char area[CODE_SIZE];
	int person;

	snprintf(area, sizeof area, "%.8s", village);
	person = find_role(ledger, "TKSK", area);
	area[5] = '\0';
	return person >= 0 ? person : find_role(ledger, "KAB", area);
}

/* Karang Taruna that ask to be registered in the course of it, and then report as others do. */
static void
admit(struct maker *maker, int index)
{
	static const char *const NAMES[] = { "BUDI", "RATNA" };
	struct ledger *ledger = maker->ledger;
	size_t from = chance(maker, (unsigned)ledger->person_count);
	int64_t at = time_of(maker->first / 12, maker->first % 12 + 1, 9 + index, 10, 15);
	struct event *event;
	char village[CODE_SIZE];
	int person;

	while (strcmp(ledger->people[from].role, "PSM") != 0 || find_role(ledger, "KT", ledger->people[from].area) >= 0)
		from = (from + 1) % ledger->person_count;
	snprintf(village, sizeof village, "%s", ledger->people[from].area);
	person = add_person(maker, "KT", "KT", village, 0, NAMES[index]);
	add_event(maker, at, person, DEED_DAFTAR, "", of_month(0));
	event = add_event(maker, at + 3 * HOUR, tksk_or_kab(ledger, village), DEED_SETUJU, "", of_month(0));
	snprintf(event->text, sizeof event->text, "%s", ledger->people[person].key);
	for (int month = maker->first; month < maker->first + MONTHS; month++) {
		event = add_event(maker, moment(maker, month, 12 + (int)chance(maker, 12)), person, DEED_REPORT,
				  village, of_month(month));
		if (event != NULL)
			fill_items(maker, event);
	}
}

/* Some want no reminders, some want them again; some coordinators write to everybody; the power fails. */
static void
disturb(struct maker *maker)
{
	const struct ledger *ledger = maker->ledger;
	struct event *event;

	for (size_t i = 0; i < ledger->person_count; i++) {
		if (!is_volunteer(&ledger->people[i]) || !odds(maker, 6))
			continue;
		add_event(maker, moment(maker, maker->first, 6 + (int)chance(maker, 40)) + 3 * MINUTE, (int)i, DEED_STOP, "",
			  of_month(0));
		if (odds(maker, 40))
			add_event(maker, moment(maker, maker->first + 2, 7 + (int)chance(maker, 8)) + 3 * MINUTE, (int)i,
				  DEED_MULAI, "", of_month(0));
	}
	for (size_t i = 0; i < sizeof DISTRICTS / sizeof *DISTRICTS; i++) {
		int who = find_role(ledger, "KAB", DISTRICTS[i]);
		/* One of them in the evening: it goes out in the morning. */
		int64_t at = time_of(maker->first / 12, maker->first % 12 + 1, 14 + (int)chance(maker, 40), i == 0 ? 20 : 11, 41);

		event = add_event(maker, at, who, DEED_UMUM, "", of_month(0));
		if (event != NULL)
			snprintf(event->text, sizeof event->text, "Rakor evaluasi laporan di aula Dinas, mohon hadir");
	}
	for (size_t i = 0; i < maker->ledger->person_count; i++) {
		event = strcmp(ledger->people[i].role, "PSM") == 0 && odds(maker, 5) ?
			add_event(maker, moment(maker, maker->first + (int)chance(maker, MONTHS), 7 + (int)chance(maker, 17)) +
				  8 * MINUTE, (int)i, DEED_KASUS, "", of_month(0)) : NULL;
		if (event != NULL) {
			event->item_count = 1;
			event->items[0] = (struct item){ category_of("07"), 61 + (long)chance(maker, 30) };
		}
	}
	/* In the middle of the reminders of a morning, and in between. */
	add_event(maker, time_of(maker->first / 12, maker->first % 12 + 1, 25, 8, 1), -1, DEED_KILL, "", of_month(0));
	add_event(maker, time_of(maker->first / 12, maker->first % 12 + 3, 6, 9, 1), -1, DEED_KILL, "", of_month(0));
	/* For a day: the reminders are late; for more than two: the second one is not sent any more. */
	switch_off(maker, time_of(maker->first / 12, maker->first % 12 + 2, 24, 22, 45),
		   time_of(maker->first / 12, maker->first % 12 + 2, 26, 12, 31));
	switch_off(maker, time_of(maker->first / 12, maker->first % 12 + 3, 2, 22, 45),
		   time_of(maker->first / 12, maker->first % 12 + 3, 5, 9, 1));
}

static int
by_time(const void *a, const void *b)
{
	const struct event *left = a, *right = b;

	return left->at != right->at ? left->at < right->at ? -1 : 1 : left->line - right->line;
}

void
ledger_make(unsigned seed, int villages, struct ledger *out)
{
	struct maker maker = { .ledger = out, .random = seed * 0x9E3779B97F4A7C15u + 1, .phone = 20000000 };

	maker.first = BEGINS[seed % (sizeof BEGINS / sizeof *BEGINS)];
	*out = (struct ledger){ .modems = MODEMS };
	out->begin = time_of(maker.first / 12, maker.first % 12 + 1, 1, 6, 0);
	out->end = time_of(maker.first / 12, maker.first % 12 + 1 + MONTHS, 1, 0, 0) - 2 * HOUR;
	settle(&maker, villages);
	for (int month = maker.first - 1; month < maker.first + MONTHS; month++)
		live_month(&maker, month);
	for (int i = 0; i < 2; i++)
		admit(&maker, i);
	disturb(&maker);
	qsort(out->events, out->event_count, sizeof *out->events, by_time);
}
