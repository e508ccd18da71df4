/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_question: the answers to JUMLAH, REKAP, BELUM, STATUS, TUMPANG and CEK of a role, from the lines that the
 * store filled into the outcome. */
#include "lang/credit.h"
#include "lang/answer_parts.h"

#include <stdio.h>
#include <string.h>

#include "lang/pages.h"

#define ITEM_SIZE (REPLY_SIZE * 3)
#define ZEROS_TOLD 4                    /* so many of one place are told as one */

static void
phrase(const struct answer *answer, const char *id, char out[REPLY_SIZE])
{
	struct reply_form form;

	reply_start(&form, id);
	reply_write(answer->grammar, &form, out);
}

/* The own area as one calls it; of another its level, too: there are a kecamatan and a kabupaten Ciamis. */
void
answer_area(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	const char *name = outcome->area_name, *id = NULL;
	char label[REPLY_SIZE];
	struct reply_form form;

	switch (strlen(outcome->area)) {
	case 5: id = outcome->area[3] < '7' ? "FRASA_WIL_KAB" : NULL; break;
	case 8: id = "FRASA_WIL_KEC"; break;
	case 13: id = outcome->area[9] == '1' ? "FRASA_WIL_KEL" : "FRASA_WIL_DESA"; break;
	default: break;
	}
	if (id == NULL || strcmp(outcome->area, answer->who->asker.area) == 0) {
		reply_set(&answer->outcome->reply, "wil", "%s", name);
		return;
	}
	reply_start(&form, id);
	reply_set(&form, "wil", "%s", name);
	reply_write(answer->grammar, &form, label);
	reply_set(&answer->outcome->reply, "wil", "%.*s", (int)reply_width("wil"), label);
}

/* The text, and what nearly every answer has. */
static void
start(struct answer *answer, const char *id)
{
	struct outcome *outcome = answer->outcome;

	reply_start(&outcome->reply, id);
	answer_area(answer);
	if (outcome_field(outcome, "per") != NULL)
		answer_window(answer);
	else
		answer_period(answer);
	reply_set(&outcome->reply, "jml", "%ld", outcome->reported);
	reply_set(&outcome->reply, "tot", "%ld", outcome->whole);
}

static void
set_family(struct answer *answer)
{
	reply_set(&answer->outcome->reply, "kat", "%s", answer->grammar->families[answer->outcome->family].name);
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

/* {masa}: " TW 3", the months asked about as one types them behind a verb. Nothing where they are those that are meant
 * anyway, or where a year would be needed. */
static void
set_window_typed(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	const struct civil *now = &answer->who->asker.now;
	int month = outcome->period % 12, today = now->year * 12 + now->month - 1;
	const char *id = "FRASA_BLN";
	int n = month + 1;
	struct reply_form form;
	char text[REPLY_SIZE];

	reply_set(&answer->outcome->reply, "masa", "%s", "");
	if (outcome->period + 12 <= today || (outcome->period == outcome->last &&
					       outcome->last == parse_usual_period(answer->grammar, now)))
		return;
	switch (outcome->last - outcome->period) {
	case 0: break;
	case 2: id = "FRASA_TW"; n = month / 3 + 1; break;
	case 5: id = "FRASA_SMT"; n = month / 6 + 1; break;
	default: id = "FRASA_THN"; n = outcome->period / 12; break;
	}
	reply_start(&form, id);
	reply_set(&form, "n", "%d", n);
	reply_write(answer->grammar, &form, text);
	reply_set(&answer->outcome->reply, "masa", " %s", text);
}

static void
answer_counts(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	bool may_list = answer->grammar->roles[answer->who->role].may[VERB_BELUM];
	bool own = strcmp(outcome->area, answer->who->asker.area) == 0;
	struct page_list list = { 0 };

	if (!is_anything_known(outcome)) {
		start(answer, outcome->verb != VERB_REKAP || !may_list || !own ? "JWB_JUMLAH_KOSONG" :
			      outcome->family > 0 ? "JWB_REKAP_KOSONG_KAT" : "JWB_REKAP_KOSONG");
		if (outcome->verb == VERB_REKAP)
			set_family(answer);
		set_window_typed(answer);
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
	bool family = outcome->family >= 0;
	size_t i;

	if (outcome->reported == outcome->whole)
		start(answer, family ? "JWB_BELUM_KAT_HABIS" : "JWB_BELUM_LENGKAP");
	else if (family)
		start(answer, by_area ? "JWB_BELUM_KAT_WIL" : "JWB_BELUM_KAT");
	else
		start(answer, by_area ? "JWB_BELUM_WILAYAH" : "JWB_BELUM");
	if (family)
		set_family(answer);
	if (outcome->reported == outcome->whole)
		return;
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

/* How many there are in each of the areas below. */
static void
answer_overlaps_below(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	struct page_list list = { 0 };

	start(answer, "JWB_TUMPANG_WILAYAH");
	set_level(answer, strlen(outcome->lines[0].code), true);
	for (size_t i = 0; i < outcome->line_count; i++)
		pages_add(&list, false, "%s %ld", outcome->lines[i].name, outcome->lines[i].number);
	pages_fill(answer, &list, ", ", verb_name(outcome->verb));
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
	if (outcome->lines[0].category < 0) {
		answer_overlaps_below(answer);
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

/* Where the place of a line ends. */
static size_t
place_end(const struct outcome *outcome, size_t from)
{
	size_t end = from + 1;

	while (end < outcome->line_count && same_place(&outcome->lines[end], &outcome->lines[from]))
		end++;
	return end;
}

static bool
is_plain_zero(const struct answer *answer, const struct outcome_line *line)
{
	return line->number == 0 && !answer->grammar->categories[line->category].secret;
}

/* "Cikupa: ", "RW 4: "; nothing for the own area. */
static void
place_prefix(struct answer *answer, const struct outcome_line *line, char out[ITEM_SIZE])
{
	struct outcome *outcome = answer->outcome;

	out[0] = '\0';
	if (strcmp(line->code, answer->who->asker.area) == 0 && line->rt == 0 && line->rw == 0)
		return;
	outcome->rt = line->rt;
	outcome->rw = line->rw;
	answer_village_name(answer, line->code);
	outcome->rt = outcome->rw = 0;
	snprintf(out, ITEM_SIZE, "%s: ", reply_value(&outcome->reply, "desa"));
}

/* The values of one place, the first behind its name: what NIHIL made zero is one word, not a page for itself. */
static void
list_place(struct answer *answer, size_t from, size_t end, struct page_list *list)
{
	const struct outcome_line *lines = answer->outcome->lines;
	char value[ITEM_SIZE], place[ITEM_SIZE];
	size_t zeros = 0, nothing = 0, i;

	for (i = from; i < end; i++) {
		zeros += is_plain_zero(answer, &lines[i]);
		nothing += lines[i].number == 0;
	}
	place_prefix(answer, &lines[from], place);
	if (nothing == end - from && zeros >= ZEROS_TOLD) {
		phrase(answer, "FRASA_NIHIL", value);
		pages_add(list, false, "%s%s", place, value);
		return;
	}
	for (i = from; i < end; i++) {
		if (zeros >= ZEROS_TOLD && is_plain_zero(answer, &lines[i]))
			continue;
		own_value(answer, &lines[i], value);
		pages_add(list, false, "%s%s", place, value);
		place[0] = '\0';
	}
	if (zeros >= ZEROS_TOLD) {
		phrase(answer, "FRASA_LAIN_NOL", value);
		pages_add(list, false, "%s", value);
	}
}

static void
list_own(struct answer *answer, struct page_list *list)
{
	size_t from, end;

	for (from = 0; from < answer->outcome->line_count; from = end) {
		end = place_end(answer->outcome, from);
		list_place(answer, from, end, list);
	}
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
	/* "Semua kecamatan di Kaliwungu": the level is said already. */
	if (strlen(outcome->area) == grammar_scope_length(answer->grammar->roles[outcome->role].scope))
		reply_set(&answer->outcome->reply, "wil", "%s", outcome->area_name);
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
