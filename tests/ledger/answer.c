/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer: what a message must be answered with, and what it does to the books. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

static const struct person *
person_of(const struct oracle *oracle, const struct event *event)
{
	return &oracle->ledger->people[event->person];
}

static struct expected *
reply(struct oracle *oracle, const struct event *event, const struct say *say)
{
	return demand_add(oracle, event->at, event->at, person_of(oracle, event)->phone, say->id, say);
}

const char *
bare_name(const char *area)
{
	const char *name = place_name(area);

	return strncmp(name, "Kabupaten ", 10) == 0 ? name + 10 : name;
}

/* "Rawa RW 4" */
static void
say_village(struct say *say, const char *village, int rw)
{
	char part[TEXT_SIZE] = "", number[12];
	size_t used;

	snprintf(number, sizeof number, "%d", rw);
	if (rw != 0)
		say_phrase("FRASA_RW", "n", number, part);
	used = rw != 0 ? strlen(part) + 1 : 0;
	say_set(say, "desa", "%.*s%s%s", (int)(24 - used), place_name(village), rw != 0 ? " " : "", part);
}

/* --- reports --- */

static const char *
village_of(const struct oracle *oracle, const struct event *event)
{
	return event->area[0] != '\0' ? event->area : person_of(oracle, event)->area;
}

static void
start_for_village(const struct oracle *oracle, const struct event *event, struct say *say, const char *id)
{
	say_start(say, id);
	say_village(say, village_of(oracle, event), person_of(oracle, event)->rw);
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

static void
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

static void
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

static void
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

static void
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

/* --- sending up --- */

const struct submission *
find_submission(const struct oracle *oracle, const char *area, struct span span)
{
	for (size_t i = oracle->submission_count; i-- > 0;)
		if (strcmp(oracle->submissions[i].area, area) == 0 && oracle->submissions[i].span.first == span.first &&
		    oracle->submissions[i].span.last == span.last)
			return &oracle->submissions[i];
	return NULL;
}

static int
count_copies(const struct oracle *oracle, const char *area)
{
	size_t at = 0;
	int count = 0;

	while (state_person(oracle->state, ",KAB,CAMAT,BUPATI,PROV,PUSAT,", area, true, &at) >= 0)
		count++;
	return count;
}

static void
answer_kirim(struct oracle *oracle, const struct event *event)
{
	const char *area = person_of(oracle, event)->area;
	const struct submission *earlier;
	struct submission *now;
	struct say say;
	bool same;

	oracle->submissions = grow(oracle->submissions, oracle->submission_count, sizeof *oracle->submissions);
	earlier = find_submission(oracle, area, event->span);
	now = &oracle->submissions[oracle->submission_count];
	*now = (struct submission){ .span = event->span, .at = event->at };
	snprintf(now->area, sizeof now->area, "%s", area);
	for (int i = 0; i < CATEGORIES; i++) {
		struct figure figure = state_figure(oracle->state, area, i, event->span);

		now->values[i] = figure.known ? figure.value : -1;
	}
	now->values[CATEGORIES] = state_coverage(oracle->state, area, event->span);
	same = earlier != NULL && memcmp(earlier->values, now->values, sizeof now->values) == 0;
	say_start(&say, earlier == NULL ? "OK_KIRIM" : same ? "OK_KIRIM_SAMA" : "OK_KIRIM_LAGI");
	say_set(&say, "wil", "%s", place_name(area));
	say_span(&say, event->span);
	say_set(&say, "n", "%d", count_copies(oracle, area));
	say_set(&say, "jml", "%ld", now->values[CATEGORIES]);
	say_set(&say, "tot", "%zu", village_count(area));
	reply(oracle, event, &say);
	if (same)
		return;
	oracle->submission_count++;
	duty_submission(oracle, now);
}

/* --- questions --- */

static struct say
start_question(const struct oracle *oracle, const struct event *event, const char *id)
{
	const char *area = event->area[0] != '\0' ? event->area : person_of(oracle, event)->area;
	struct say say;

	say_start(&say, id);
	say_set(&say, "wil", "%s", bare_name(area));
	say_span(&say, event->span);
	say_set(&say, "jml", "%d", state_coverage(oracle->state, area, event->span));
	say_set(&say, "tot", "%zu", village_count(area));
	return say;
}

static bool
is_one_of(const struct person *person, const char *roles)
{
	char role[16];

	snprintf(role, sizeof role, ",%s,", person->role);
	return strstr(roles, role) != NULL;
}

static bool
may_list(const struct person *person)
{
	return is_one_of(person, ",TKSK,KTKEC,CAMAT,KAB,BUPATI,PROV,PUSAT,");
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

static void
answer_counts(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : person_of(oracle, event)->area;
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
	say = start_question(oracle, event, recap && may_list(person_of(oracle, event)) ? "JWB_REKAP_KOSONG" :
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

static void
answer_missing(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : person_of(oracle, event)->area;
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
	say_set(&say, "wil", "%s", bare_name(area));
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

static void
answer_overlaps(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : person_of(oracle, event)->area;
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

static int
tksk_of(const struct oracle *oracle, const char *area)
{
	for (size_t i = 0; i < oracle->ledger->person_count; i++)
		if (strcmp(oracle->ledger->people[i].role, "TKSK") == 0 &&
		    strncmp(oracle->ledger->people[i].area, area, 8) == 0)
			return (int)i;
	return -1;
}

/* Kecamatan without a TKSK. */
static void
answer_holders(struct oracle *oracle, const struct event *event)
{
	const char *area = event->area[0] != '\0' ? event->area : person_of(oracle, event)->area;
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

/* --- single cases --- */

static void
answer_case(struct oracle *oracle, const struct event *event)
{
	int tksk = tksk_of(oracle, village_of(oracle, event));
	bool told = tksk >= 0 && tksk != event->person;
	struct say say;

	say_start(&say, told ? "OK_KASUS" : "OK_KASUS_SENDIRI");
	say_set(&say, "desa", "%s", place_name(village_of(oracle, event)));
	say_set(&say, "kat", "%s", CATEGORY[event->items[0].category].keyword);
	reply(oracle, event, &say);
	state_add_case(oracle->state, village_of(oracle, event));
	if (!told)
		return;
	say_start(&say, "TERUS_TKSK");
	say_set(&say, "desa", "%s", place_name(village_of(oracle, event)));
	say_set(&say, "peran", "%s", person_of(oracle, event)->role);
	demand_add(oracle, event->at, event->at, oracle->ledger->people[tksk].phone, "TERUS_TKSK", &say);
}

/* --- who joins --- */

/* The TKSK decides; where there is none, the kabupaten. */
static void
answer_joining(struct oracle *oracle, const struct event *event)
{
	const struct person *person = person_of(oracle, event);
	int approver = tksk_of(oracle, person->area);
	struct say say;

	for (size_t i = 0; approver < 0 && i < oracle->ledger->person_count; i++)
		if (strcmp(oracle->ledger->people[i].role, "KAB") == 0 &&
		    strncmp(oracle->ledger->people[i].area, person->area, 5) == 0)
			approver = (int)i;
	say_start(&say, "OK_DAFTAR");
	say_set(&say, "nama", "%s", person->name);
	say_set(&say, "peran", "%s", person->role);
	say_set(&say, "wil", "%s", place_name(person->area));
	reply(oracle, event, &say);
	if (approver < 0)
		return;
	say.id = "MINTA_SETUJU";
	demand_add(oracle, event->at, event->at, oracle->ledger->people[approver].phone, "MINTA_SETUJU", &say);
}

static void
answer_admission(struct oracle *oracle, const struct event *event)
{
	int person = ledger_person(oracle->ledger, event->text);
	struct say say;

	if (person < 0)
		die("ledger line %d: there is no %s", event->line, event->text);
	say_start(&say, "OK_SETUJU");
	reply(oracle, event, &say);
	say_start(&say, "OK_DAFTAR_SETUJU");
	say_set(&say, "nama", "%s", oracle->ledger->people[person].name);
	say_set(&say, "peran", "%s", oracle->ledger->people[person].role);
	say_set(&say, "wil", "%s", place_name(oracle->ledger->people[person].area));
	demand_add(oracle, event->at, event->at, oracle->ledger->people[person].phone, "OK_DAFTAR_SETUJU", &say);
	state_join(oracle->state, person);
}

/* --- broadcasts and settings --- */

static void
answer_lock(struct oracle *oracle, const struct event *event)
{
	struct say say;

	state_lock(oracle->state, person_of(oracle, event)->area, event->span.first);
	say_start(&say, "OK_KUNCI");
	say_span(&say, event->span);
	say_set(&say, "wil", "%s", bare_name(person_of(oracle, event)->area));
	reply(oracle, event, &say);
}

/* To everybody in the area but the sender. */
static void
answer_umum(struct oracle *oracle, const struct event *event)
{
	const struct person *sender = person_of(oracle, event);
	struct pending pending = { .text = { .until = event->at + 48 * HOUR, .from = event->at, .kind = "UMUM" } };
	struct say say;
	size_t at = 0;
	int count = 0, person;

	say_start(&say, "SIAR_DARI");
	say_set(&say, "lembaga", "%s %s", sender->body, bare_name(sender->area));
	say_text(&say, pending.text.text);
	snprintf(pending.text.text + strlen(pending.text.text), TEXT_SIZE - strlen(pending.text.text), "%s", event->text);
	while ((person = state_person(oracle->state, NULL, sender->area, false, &at)) >= 0) {
		if (person == event->person)
			continue;
		count++;
		pending.person = person;
		snprintf(pending.text.phone, sizeof pending.text.phone, "%s", oracle->ledger->people[person].phone);
		demand_unasked(oracle, &pending, event->at);
	}
	say_start(&say, count != 0 ? "OK_SIAR" : "OK_SIAR_KOSONG");
	say_set(&say, "wil", "%s", bare_name(sender->area));
	say_set(&say, "jml", "%d", count);
	say_set(&say, "n", "%d", count * (strlen(pending.text.text) > 160 ? 2 : 1));
	say_set(&say, "buka", "07.00");
	say_set(&say, "tutup", "20.00");
	reply(oracle, event, &say);
}

static void
answer_setting(struct oracle *oracle, const struct event *event)
{
	struct say say;

	state_set_willing(oracle->state, event->person, event->deed == DEED_MULAI);
	say_start(&say, event->deed == DEED_MULAI ? "OK_MULAI" : "OK_STOP");
	reply(oracle, event, &say);
}

static void
answer_wrong(struct oracle *oracle, const struct event *event)
{
	struct say say;

	say_start(&say, mistake_reply(event->text));
	reply(oracle, event, &say);
}

/* Unknown numbers are told once a day how to register, and hear nothing else. */
static void
answer_stranger(struct oracle *oracle, const struct event *event)
{
	int64_t day = (event->at + WIB) / DAY;
	struct say say;

	if (oracle->strangers[event->person] == day)
		return;
	oracle->strangers[event->person] = day;
	say_start(&say, "E_DAFTAR");
	reply(oracle, event, &say);
}

/* Who may not send what; all may send the rest of what is in a ledger. */
static bool
is_allowed(const struct person *person, enum deed deed)
{
	bool reports = is_one_of(person, ",PSM,KT,KPS,WKSBM,FCU,TKSK,"), tksk = strcmp(person->role, "TKSK") == 0;

	switch (deed) {
	case DEED_REPORT: case DEED_RALAT: case DEED_NIHIL: case DEED_BATAL: return reports;
	case DEED_KASUS: return reports;
	case DEED_KIRIM: case DEED_SAH: case DEED_TUMPANG: return tksk;
	case DEED_KUNCI: return strcmp(person->role, "KAB") == 0;
	case DEED_BELUM: return may_list(person);
	case DEED_UMUM: return is_one_of(person, ",WKSBM,TKSK,KTKEC,KAB,PROV,PUSAT,");
	default: return true;
	}
}

static void
refuse(struct oracle *oracle, const struct event *event)
{
	struct say say;

	say_start(&say, "E_IZIN");
	reply(oracle, event, &say);
}

void
answer(struct oracle *oracle, const struct event *event)
{
	static void (*const ANSWER[DEEDS])(struct oracle *, const struct event *) = {
		[DEED_REPORT] = answer_report, [DEED_RALAT] = answer_report, [DEED_NIHIL] = answer_nihil,
		[DEED_BATAL] = answer_batal, [DEED_WRONG] = answer_wrong, [DEED_KIRIM] = answer_kirim, [DEED_SAH] = answer_sah,
		[DEED_REKAP] = answer_counts, [DEED_JUMLAH] = answer_counts, [DEED_BELUM] = answer_missing,
		[DEED_UMUM] = answer_umum, [DEED_STOP] = answer_setting, [DEED_MULAI] = answer_setting,
		[DEED_KUNCI] = answer_lock, [DEED_TUMPANG] = answer_overlaps, [DEED_CEK] = answer_holders,
		[DEED_KASUS] = answer_case, [DEED_DAFTAR] = answer_joining, [DEED_SETUJU] = answer_admission,
	};

	if (event->person < 0 || strcmp(person_of(oracle, event)->role, "BLOCK") == 0)
		return;
	/* STOP and MULAI hold for any number, also later when it is registered. */
	if (event->deed == DEED_STOP || event->deed == DEED_MULAI)
		answer_setting(oracle, event);
	else if (strcmp(person_of(oracle, event)->role, "NONE") == 0 ||
		 (event->deed != DEED_DAFTAR && !state_present(oracle->state, event->person)))
		answer_stranger(oracle, event);
	else if (!is_allowed(person_of(oracle, event), event->deed))
		refuse(oracle, event);
	else
		ANSWER[event->deed](oracle, event);
}
