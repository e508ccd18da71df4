/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer: what a message must be answered with, and what it does to the books. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

const struct person *
sender_of(const struct oracle *oracle, const struct event *event)
{
	return &oracle->ledger->people[event->person];
}

struct expected *
reply(struct oracle *oracle, const struct event *event, const struct say *say)
{
	return demand_add(oracle, event->at, event->at, sender_of(oracle, event)->phone, say->id, say);
}

const char *
bare_name(const char *area)
{
	const char *name = place_name(area);

	return strncmp(name, "Kabupaten ", 10) == 0 ? name + 10 : name;
}

/* "Rawa RW 4" */
void
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

const char *
village_of(const struct oracle *oracle, const struct event *event)
{
	return event->area[0] != '\0' ? event->area : sender_of(oracle, event)->area;
}

bool
is_one_of(const struct person *person, const char *roles)
{
	char role[16];

	snprintf(role, sizeof role, ",%s,", person->role);
	return strstr(roles, role) != NULL;
}

bool
may_list(const struct person *person)
{
	return is_one_of(person, ",TKSK,KTKEC,CAMAT,KAB,BUPATI,PROV,PUSAT,");
}

/* Whose the kecamatan is, -1 nobody's. */
int
tksk_of(const struct oracle *oracle, const char *area)
{
	for (size_t i = 0; i < oracle->ledger->person_count; i++)
		if (strcmp(oracle->ledger->people[i].role, "TKSK") == 0 &&
		    strncmp(oracle->ledger->people[i].area, area, 8) == 0)
			return (int)i;
	return -1;
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
	const char *area = sender_of(oracle, event)->area;
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
	say_set(&say, "peran", "%s", sender_of(oracle, event)->role);
	demand_add(oracle, event->at, event->at, oracle->ledger->people[tksk].phone, "TERUS_TKSK", &say);
}

/* --- who joins --- */

/* The TKSK decides; where there is none, the kabupaten. */
static void
answer_joining(struct oracle *oracle, const struct event *event)
{
	const struct person *person = sender_of(oracle, event);
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

	state_lock(oracle->state, sender_of(oracle, event)->area, event->span.first);
	say_start(&say, "OK_KUNCI");
	say_span(&say, event->span);
	say_set(&say, "wil", "%s", bare_name(sender_of(oracle, event)->area));
	reply(oracle, event, &say);
}

/* To everybody in the area but the sender. */
static void
answer_umum(struct oracle *oracle, const struct event *event)
{
	const struct person *sender = sender_of(oracle, event);
	struct pending pending = { .text = { .until = event->at + 48 * HOUR, .from = event->at, .kind = "UMUM" } };
	struct say say;
	size_t at = 0, length;
	int count = 0, person;

	say_start(&say, "SIAR_DARI");
	say_set(&say, "lembaga", "%s %s", sender->body, bare_name(sender->area));
	say_text(&say, pending.text.text);
	snprintf(pending.text.text + strlen(pending.text.text), TEXT_SIZE - strlen(pending.text.text), "%s", event->text);
	length = strlen(pending.text.text);
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
	say_set(&say, "n", "%d", count * (length <= 160 ? 1 : (int)(length + 152) / 153));
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

/* BELUM ADA DATA of whoever reports means that there is nothing. */
static void
refuse(struct oracle *oracle, const struct event *event)
{
	bool nothing = event->deed == DEED_BELUM && is_allowed(sender_of(oracle, event), DEED_NIHIL);
	struct say say;

	say_start(&say, nothing ? "E_IZIN_BELUM" : "E_IZIN");
	reply(oracle, event, &say);
}

/* What a ledger cannot say yet is no verdict on the box. */
static void
check(const struct oracle *oracle, const struct event *event)
{
	const char *village = village_of(oracle, event), *own = sender_of(oracle, event)->area;
	bool reports = event->deed <= DEED_NIHIL || event->deed == DEED_SAH, inside = strncmp(village, own, strlen(own)) == 0;
	int now = month_of(event->at);

	if (reports && (strlen(village) != 13 || !inside))
		die("ledger line %d: expected a village of the sender's as AREA", event->line);
	if (reports && (event->span.first == 0 || event->span.first != event->span.last || event->span.first > now ||
			event->span.first < now - 6))
		die("ledger line %d: expected one of the last months as PERIOD", event->line);
	if ((event->deed == DEED_KIRIM || event->deed == DEED_KUNCI || (event->deed >= DEED_REKAP && event->deed <= DEED_BELUM) ||
	     event->deed == DEED_TUMPANG) && (event->span.first == 0 || event->span.first > now))
		die("ledger line %d: expected a PERIOD that has begun", event->line);
	if (!inside)
		die("ledger line %d: expected an AREA inside the sender's", event->line);
	if ((event->deed <= DEED_RALAT || event->deed == DEED_SAH || event->deed == DEED_JUMLAH || event->deed == DEED_KASUS) &&
	    event->item_count == 0)
		die("ledger line %d: expected ITEMS", event->line);
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

	if (event->person < 0 || strcmp(sender_of(oracle, event)->role, "BLOCK") == 0)
		return;
	/* STOP and MULAI hold for any number, also later when it is registered. */
	if (event->deed == DEED_STOP || event->deed == DEED_MULAI) {
		answer_setting(oracle, event);
	} else if (strcmp(sender_of(oracle, event)->role, "NONE") == 0 ||
		   (event->deed != DEED_DAFTAR && !state_present(oracle->state, event->person))) {
		answer_stranger(oracle, event);
	} else if (!is_allowed(sender_of(oracle, event), event->deed)) {
		refuse(oracle, event);
	} else {
		check(oracle, event);
		ANSWER[event->deed](oracle, event);
	}
}
