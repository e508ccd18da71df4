/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_question: the answers to JUMLAH, REKAP, BELUM, STATUS, TUMPANG and CEK of a role, from the lines that the
 * store filled into the outcome. */
#include "lang/credit.h"
#include "lang/answer_parts.h"

#include <stdio.h>
#include <string.h>

#include "lang/pages.h"

#define ITEM_SIZE (REPLY_SIZE * 3)

static void
phrase(const struct answer *answer, const char *id, char out[REPLY_SIZE])
{
	struct reply_form form;

	reply_start(&form, id);
	reply_write(answer->grammar, &form, out);
}

/* The text, and what nearly every answer has. */
static void
start(struct answer *answer, const char *id)
{
	struct outcome *outcome = answer->outcome;

	reply_start(&outcome->reply, id);
	reply_set(&outcome->reply, "wil", "%s", outcome->area_name);
	if (outcome_field(outcome, "per") != NULL)
		answer_window(answer);
	else
		answer_period(answer);
	reply_set(&outcome->reply, "jml", "%ld", outcome->reported);
	reply_set(&outcome->reply, "tot", "%ld", outcome->whole);
}

/* --- counts --- */

/* "LANSIA 12", "kode 21=3", "kode 21 <5", "LANSIA 12*", "KAT 40 keluarga", "KT 5 (terdaftar 3)". */
static void
count_item(const struct answer *answer, const struct outcome_line *line, char out[ITEM_SIZE])
{
	static const char *const signs[] = { [COUNT_EXACT] = "", [COUNT_BELOW] = "<", [COUNT_ABOVE] = ">" };
	const struct category *category = &answer->grammar->categories[line->category];
	char label[REPLY_SIZE], registered[REPLY_SIZE] = "";
	struct reply_form form;

	answer_label(answer, line->category, label);
	if (line->whole > 0) {
		reply_start(&form, "FRASA_TERDAFTAR");
		reply_set(&form, "n", "%ld", line->whole);
		reply_write(answer->grammar, &form, registered);
	}
	if (line->number == NO_VALUE && line->whole > 0) {
		snprintf(out, ITEM_SIZE, "%s %s", label, registered);
	} else if (line->number == NO_VALUE) {
		reply_start(&form, "FRASA_TIDAK_DILAPORKAN");
		reply_set(&form, "kat", "%s", label);
		reply_write(answer->grammar, &form, out);
	} else {
		/* "kode 21 3" would be two numbers. */
		snprintf(out, ITEM_SIZE, "%s%s%s%ld%s%s%s%s%s%s", label, category->secret && line->sign == COUNT_EXACT ? "=" : " ",
			 signs[line->sign], line->number, line->open ? "*" : "",
			 line->unit != category->units[0].unit ? " " : "",
			 line->unit != category->units[0].unit ? answer->grammar->units[line->unit].name : "",
			 line->whole > 0 ? " (" : "", registered, line->whole > 0 ? ")" : "");
	}
}

/* In a recap what is zero everywhere need not be said, unless everything is. */
static bool
is_worth_saying(const struct outcome *outcome, const struct outcome_line *line)
{
	return outcome->verb == VERB_JUMLAH || line->number != 0 || line->open;
}

static void
list_counts(const struct answer *answer, struct page_list *list)
{
	const struct outcome *outcome = answer->outcome;
	char item[ITEM_SIZE];
	size_t i;

	for (i = 0; i < outcome->line_count; i++) {
		if (!is_worth_saying(outcome, &outcome->lines[i]))
			continue;
		count_item(answer, &outcome->lines[i], item);
		pages_add(list, outcome->lines[i].open, "%s", item);
	}
	if (list->count == 0) {
		phrase(answer, "FRASA_NIHIL", item);
		pages_add(list, false, "%s", item);
	}
}

static bool
is_anything_known(const struct outcome *outcome)
{
	bool known = outcome->known && outcome->line_count != 0;

	for (size_t i = 0; i < outcome->line_count; i++)
		known = known || outcome->lines[i].whole > 0;
	return known;
}

static void
answer_counts(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	bool may_list = answer->grammar->roles[answer->who->role].may[VERB_BELUM];
	struct page_list list = { 0 };

	if (!is_anything_known(outcome)) {
		start(answer, outcome->verb == VERB_REKAP && may_list ? "JWB_REKAP_KOSONG" : "JWB_JUMLAH_KOSONG");
		return;
	}
	start(answer, outcome->verb == VERB_REKAP ? "JWB_REKAP" : "JWB_JUMLAH");
	list_counts(answer, &list);
	pages_fill(answer, &list, ", ", verb_name(outcome->verb));
}

/* --- who is missing --- */

/* Where villages of several kecamatan stand in one list, each says its own. */
static void
village_item(const struct answer *answer, const struct outcome_line *line, char out[ITEM_SIZE])
{
	const char *district;
	char code[PLACE_CODE_SIZE];

	snprintf(code, sizeof code, "%.8s", line->code);
	district = strlen(answer->outcome->area) < 8 ? gazetteer_name(answer->gazetteer, code) : NULL;
	if (district != NULL)
		snprintf(out, ITEM_SIZE, "%s (%s)", line->name, district);
	else
		snprintf(out, ITEM_SIZE, "%s", line->name);
}

/* How the areas right below one are called: "kecamatan", or as one types it, "KEC". */
static void
set_level(struct answer *answer, size_t length, bool brief)
{
	static const struct { size_t length; const char *name, *brief; } LEVELS[] = {
		{ 2, "FRASA_PROVINSI", "FRASA_PROV_SINGKAT" }, { 5, "FRASA_KABUPATEN", "FRASA_KAB_SINGKAT" },
		{ 8, "FRASA_KECAMATAN", "FRASA_KEC_SINGKAT" }, { 13, "FRASA_DESA", "FRASA_DESA" },
	};
	char text[REPLY_SIZE] = "";
	size_t i;

	for (i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++)
		if (LEVELS[i].length == length)
			phrase(answer, brief ? LEVELS[i].brief : LEVELS[i].name, text);
	reply_set(&answer->outcome->reply, "tingkat", "%s", text);
}

/* Names of villages, or how many are missing in each of the areas below: those have a number. */
static void
answer_missing(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	const struct outcome_line *last = &outcome->lines[outcome->line_count - (outcome->line_count != 0)];
	bool by_area = last->number != NO_VALUE;
	struct page_list list = { 0 };
	char item[ITEM_SIZE];
	size_t i;

	if (outcome->reported == outcome->whole) {
		start(answer, "JWB_BELUM_LENGKAP");
		return;
	}
	start(answer, by_area ? "JWB_BELUM_WILAYAH" : "JWB_BELUM");
	reply_set(&answer->outcome->reply, "jml", "%ld", outcome->whole - outcome->reported);
	if (by_area)
		set_level(answer, strlen(last->code), true);
	for (i = 0; i < outcome->line_count; i++) {
		const struct outcome_line *line = &outcome->lines[i];

		/* Villages that stand beside the areas are for who reads the outcome. */
		if (by_area && line->number == NO_VALUE)
			continue;
		if (by_area)
			snprintf(item, sizeof item, "%s %ld", line->name, line->number);
		else
			village_item(answer, line, item);
		pages_add(&list, false, "%s", item);
	}
	pages_fill(answer, &list, ", ", verb_name(outcome->verb));
}

/* --- overlaps --- */

static bool
same_overlap(const struct outcome_line *a, const struct outcome_line *b)
{
	return strcmp(a->code, b->code) == 0 && a->category == b->category && a->unit == b->unit && a->period == b->period;
}

/* "Rawa LANSIA (KT 9, PSM 6)": a line for each body; returns the line behind. */
static size_t
overlap_item(const struct answer *answer, size_t at, char out[ITEM_SIZE])
{
	const struct outcome *outcome = answer->outcome;
	const struct outcome_line *first = &outcome->lines[at];
	char label[REPLY_SIZE], bodies[REPLY_SIZE] = "", month[16] = "";
	size_t used = 0;

	answer_label(answer, first->category, label);
	if (outcome->last != outcome->period)
		snprintf(month, sizeof month, " %.3s", answer->grammar->month_names[first->period % 12 + 1]);
	for (; at < outcome->line_count && same_overlap(first, &outcome->lines[at]); at++) {
		const struct outcome_line *line = &outcome->lines[at];

		if (used >= sizeof bodies - 48)
			continue;
		used += (size_t)snprintf(bodies + used, sizeof bodies - used, "%s%s", used != 0 ? ", " : "", line->body);
		if (line->number != NO_VALUE)
			used += (size_t)snprintf(bodies + used, sizeof bodies - used, " %ld", line->number);
	}
	snprintf(out, ITEM_SIZE, "%s %s%s (%s)", first->name, label, month, bodies);
	return at;
}

static void
answer_overlaps(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	bool may_settle = answer->grammar->roles[answer->who->role].may[VERB_SAH];
	struct page_list list = { 0 };
	char item[ITEM_SIZE];
	size_t at = 0;

	if (outcome->line_count == 0) {
		start(answer, "JWB_TUMPANG_KOSONG");
		return;
	}
	start(answer, may_settle ? "JWB_TUMPANG" : "JWB_TUMPANG_BACA");
	while (at < outcome->line_count) {
		at = overlap_item(answer, at, item);
		pages_add(&list, false, "%s", item);
	}
	pages_fill(answer, &list, "; ", verb_name(outcome->verb));
}

/* --- the own reports --- */

static bool
same_place(const struct outcome_line *a, const struct outcome_line *b)
{
	return strcmp(a->code, b->code) == 0 && a->rt == b->rt && a->rw == b->rw;
}

/* "ANAK 3"; of a secret category only that it is there: a lost phone may be asking. */
static void
own_value(const struct answer *answer, const struct outcome_line *line, char out[ITEM_SIZE])
{
	const struct category *category = &answer->grammar->categories[line->category];
	struct reply_form form;

	if (!category->secret) {
		count_item(answer, line, out);
		return;
	}
	reply_start(&form, "FRASA_TERCATAT");
	reply_set(&form, "kode", "%s", category->code);
	reply_write(answer->grammar, &form, out);
}

/* The first value of a place says which: "Cikupa: ANAK 3", "RW 4: LANSIA 2". */
static void
list_own(struct answer *answer, struct page_list *list)
{
	const struct outcome *outcome = answer->outcome;
	char value[ITEM_SIZE], place[REPLY_SIZE];
	size_t i;

	for (i = 0; i < outcome->line_count; i++) {
		const struct outcome_line *line = &outcome->lines[i];
		bool first = i == 0 || !same_place(line, line - 1);

		own_value(answer, line, value);
		if (!first || (strcmp(line->code, answer->who->asker.area) == 0 && line->rt == 0 && line->rw == 0)) {
			pages_add(list, false, "%s", value);
			continue;
		}
		answer->outcome->rt = line->rt;
		answer->outcome->rw = line->rw;
		answer_village_name(answer, line->code);
		snprintf(place, sizeof place, "%s", reply_value(&outcome->reply, "desa"));
		pages_add(list, false, "%s: %s", place, value);
	}
	answer->outcome->rt = answer->outcome->rw = 0;
}

/* What somebody is who has nothing to report. */
static void
answer_duty(struct answer *answer)
{
	const struct role *role = &answer->grammar->roles[answer->who->role];

	start(answer, role->may[VERB_REKAP] ? "JWB_STATUS_PERAN" : "JWB_STATUS_TUGAS");
	reply_set(&answer->outcome->reply, "peran", "%s", role->name);
}

static void
answer_status(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	struct page_list list = { 0 };

	if (!answer->grammar->roles[answer->who->role].may[VERB_REPORT]) {
		answer_duty(answer);
	} else if (outcome->line_count != 0) {
		start(answer, "JWB_STATUS");
		reply_set(&outcome->reply, "no", "%ld", outcome->number);
		list_own(answer, &list);
		pages_fill(answer, &list, ", ", verb_name(outcome->verb));
	} else if (outcome->number != 0) {
		start(answer, "JWB_STATUS_LALU");
		reply_set(&outcome->reply, "no", "%ld", outcome->number);
		reply_set(&outcome->reply, "lalu", "%s %d", answer->grammar->month_names[outcome->last % 12 + 1],
			  outcome->last / 12);
	} else {
		start(answer, "JWB_STATUS_KOSONG");
	}
}

/* --- who holds a role --- */

/* The groups of a village by name. */
static void
answer_groups(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	struct page_list list = { 0 };
	char part[REPLY_SIZE];
	struct reply_form form;

	start(answer, outcome->line_count != 0 ? "JWB_PERAN_NAMA" : "JWB_PERAN_TANPA");
	reply_set(&answer->outcome->reply, "peran", "%s", answer->grammar->roles[outcome->role].name);
	for (size_t i = 0; i < outcome->line_count; i++) {
		reply_start(&form, "FRASA_RW");
		reply_set(&form, "n", "%d", outcome->lines[i].rw);
		reply_write(answer->grammar, &form, part);
		pages_add(&list, false, "%s%s%s", outcome->lines[i].body, outcome->lines[i].rw != 0 ? " " : "",
			  outcome->lines[i].rw != 0 ? part : "");
	}
	if (outcome->line_count != 0)
		pages_fill(answer, &list, ", ", outcome->shown);
}

/* Where nobody does, or, farther above, how many of how many do. */
static void
answer_holders(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	const struct outcome_line *first = &outcome->lines[0];
	bool single = outcome->line_count != 0 && first->whole == 1;
	struct page_list list = { 0 };
	size_t i;

	if (answer->grammar->roles[outcome->role].scope == SCOPE_PART &&
	    strlen(outcome->area) == grammar_scope_length(SCOPE_VILLAGE)) {
		answer_groups(answer);
		return;
	}
	start(answer, outcome->reported == outcome->whole ? "JWB_PERAN_LENGKAP" : single ? "JWB_PERAN" : "JWB_PERAN_RINCI");
	reply_set(&answer->outcome->reply, "peran", "%s", answer->grammar->roles[outcome->role].name);
	set_level(answer, grammar_scope_length(answer->grammar->roles[outcome->role].scope), false);
	if (outcome->reported == outcome->whole)
		return;
	for (i = 0; i < outcome->line_count; i++) {
		if (single)
			pages_add(&list, false, "%s", outcome->lines[i].name);
		else
			pages_add(&list, false, "%s %ld/%ld", outcome->lines[i].name, outcome->lines[i].number,
				  outcome->lines[i].whole);
	}
	pages_fill(answer, &list, ", ", outcome->shown);
}

void
answer_question(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;

	switch (outcome->verb) {
	case VERB_BELUM: answer_missing(answer); break;
	case VERB_TUMPANG: answer_overlaps(answer); break;
	case VERB_STATUS: answer_status(answer); break;
	case VERB_PULSA: answer_credit(answer); break;
	default:
		if (outcome->role >= 0)
			answer_holders(answer);
		else
			answer_counts(answer);
		break;
	}
}
