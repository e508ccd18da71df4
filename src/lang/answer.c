/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer: the one reply to an outcome: which text, with which values. */
#include "lang/answer.h"

#include <stdio.h>
#include <string.h>

#include "lang/answer_parts.h"
#include "lang/pages.h"

void
answer_period(struct answer *answer)
{
	int period = answer->outcome->period;

	reply_set(&answer->outcome->reply, "per", "%s %d", answer->grammar->month_names[period % 12 + 1], period / 12);
}

/* A phrase of the grammar as text. */
static void
phrase_text(const struct answer *answer, const struct reply_form *form, char out[REPLY_SIZE])
{
	reply_write(answer->grammar, form, out);
}

/* A secret category is its code, never its name (rule 53). */
void
answer_label(const struct answer *answer, int category, char out[REPLY_SIZE])
{
	const struct category *c = &answer->grammar->categories[category];
	struct reply_form form;

	if (!c->secret) {
		snprintf(out, REPLY_SIZE, "%s", c->keyword);
		return;
	}
	reply_start(&form, "FRASA_KODE");
	reply_set(&form, "kode", "%s", c->code);
	phrase_text(answer, &form, out);
}

/* {kat}; a word or number of the sender's where no category is known. */
void
answer_category(struct answer *answer, int category, const char *otherwise)
{
	char label[REPLY_SIZE];

	if (category >= 0)
		answer_label(answer, category, label);
	reply_set(&answer->outcome->reply, "kat", "%s", category >= 0 ? label : otherwise);
}

/* "Rawa RT 2 RW 1": the name gives way where both do not fit. */
void
answer_village_name(struct answer *answer, const char *code)
{
	const struct outcome *outcome = answer->outcome;
	const char *name = gazetteer_name(answer->gazetteer, code);
	size_t width = reply_width("desa"), used;
	char part[2][REPLY_SIZE] = { "", "" };
	struct reply_form form;

	if (outcome->rt != 0) {
		reply_start(&form, "FRASA_RT");
		reply_set(&form, "n", "%d", outcome->rt);
		phrase_text(answer, &form, part[0]);
	}
	if (outcome->rw != 0) {
		reply_start(&form, "FRASA_RW");
		reply_set(&form, "n", "%d", outcome->rw);
		phrase_text(answer, &form, part[1]);
	}
	used = strlen(part[0]) + strlen(part[1]) + (part[0][0] != '\0') + (part[1][0] != '\0');
	reply_set(&answer->outcome->reply, "desa", "%.*s%s%s%s%s", (int)(width > used ? width - used : 0),
		  name != NULL ? name : code, part[0][0] != '\0' ? " " : "", part[0], part[1][0] != '\0' ? " " : "",
		  part[1]);
}

/* One item in words: ANAK 3, ANAK 3 jadi 5, BENALAM 4 keluarga, kode 21 2. */
static void
item_text(const struct answer *answer, const struct outcome_item *item, char out[REPLY_SIZE])
{
	const struct category *category = &answer->grammar->categories[item->category];
	bool changed = item->old != NO_VALUE && item->old != item->value;
	bool primary = item->unit == category->units[0].unit;
	struct reply_form form;
	char label[REPLY_SIZE];

	answer_label(answer, item->category, label);
	if (category->secret && !changed) {
		reply_start(&form, "FRASA_ISI_RAHASIA");
		reply_set(&form, "kode", "%s", category->code);
		reply_set(&form, "n", "%ld", item->value);
		phrase_text(answer, &form, out);
		return;
	}
	reply_start(&form, changed ? "FRASA_GANTI" : primary ? "FRASA_ISI" : "FRASA_ISI_SATUAN");
	reply_set(&form, "kat", "%s", label);
	if (changed) {
		reply_set(&form, "lama", "%ld", item->old);
		reply_set(&form, "baru", "%ld", item->value);
	} else {
		reply_set(&form, "n", "%ld", item->value);
		if (!primary)
			reply_set(&form, "sat", "%s", answer->grammar->units[item->unit].name);
	}
	phrase_text(answer, &form, out);
}

/* {isi}: as many items as fit, then "dll". */
void
answer_items(struct answer *answer)
{
	const struct outcome *outcome = answer->outcome;
	size_t width = reply_width("isi"), used = 0, i;
	char list[REPLY_SIZE] = "", one[REPLY_SIZE], more[REPLY_SIZE];
	struct reply_form form;

	reply_start(&form, "FRASA_DLL");
	phrase_text(answer, &form, more);
	for (i = 0; i < outcome->item_count; i++) {
		size_t rest = i + 1 < outcome->item_count ? strlen(more) + 2 : 0;

		item_text(answer, &outcome->items[i], one);
		if (used + 2 + strlen(one) + rest > width) {
			snprintf(list + used, sizeof list - used, "%s%s", used != 0 ? ", " : "", more);
			break;
		}
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used != 0 ? ", " : "", one);
	}
	reply_set(&answer->outcome->reply, "isi", "%s", list);
}

static size_t
count_changed(const struct outcome *outcome)
{
	size_t i, count = 0;

	for (i = 0; i < outcome->item_count; i++)
		count += outcome->items[i].old != NO_VALUE && outcome->items[i].old != outcome->items[i].value;
	return count;
}

void
answer_for_village(struct answer *answer, const char *id)
{
	reply_start(&answer->outcome->reply, id);
	answer_village_name(answer, answer->outcome->village);
	answer_period(answer);
}

/* One item alone: its own texts for a change, a correction and a secret category. */
static void
answer_single(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct outcome_item *item = &outcome->items[0];
	const struct category *category = &answer->grammar->categories[item->category];
	bool changed = count_changed(outcome) != 0;

	if (category->secret) {
		answer_for_village(answer, changed ? "OK_GANTI_RAHASIA" : "OK_LAPOR_RAHASIA");
		reply_set(&outcome->reply, "kode", "%s", category->code);
		if (!changed)
			reply_set(&outcome->reply, "n", "%ld", item->value);
	} else if (changed) {
		answer_for_village(answer, outcome->verb == VERB_RALAT ? "OK_RALAT" : "OK_GANTI");
		answer_category(answer, item->category, "");
		reply_set(&outcome->reply, "lama", "%ld", item->old);
		reply_set(&outcome->reply, "baru", "%ld", item->value);
	} else {
		answer_for_village(answer, "OK_LAPOR");
		answer_items(answer);
	}
}

/* {org}: who else reported the same, as many as fit. */
static void
set_others(struct answer *answer)
{
	const struct field *others = outcome_field(answer->outcome, "tumpang");
	char list[REPLY_SIZE] = "";
	size_t i, used = 0, width = reply_width("org");

	for (i = 0; i < others->count; i++) {
		if (used != 0 && used + 2 + strlen(others->items[i]) > width)
			break;
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used != 0 ? ", " : "",
					 others->items[i]);
	}
	reply_set(&answer->outcome->reply, "org", "%s", list);
}

static void
answer_report(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (outcome->same) {
		answer_for_village(answer, "OK_SAMA");
	} else if (outcome->verb == VERB_NIHIL) {
		answer_for_village(answer, "OK_NIHIL");
		reply_set(&outcome->reply, "kat", "%s", answer->grammar->families[outcome->family].name);
	} else if (outcome_field(outcome, "tumpang") != NULL) {
		answer_for_village(answer, "OK_TUMPANG");
		answer_items(answer);
		set_others(answer);
	} else if (outcome->village_fuzzy) {
		answer_for_village(answer, "OK_LAPOR_FUZZY");
		answer_items(answer);
	} else if (outcome->item_count == 1) {
		answer_single(answer);
	} else {
		answer_for_village(answer, count_changed(outcome) != 0 ? "OK_GANTI_BANYAK" : "OK_LAPOR");
		answer_items(answer);
	}
}

/* KODE n behind the last page shows the first. */
static const char *
page_of(const struct answer *answer)
{
	const struct category_list *list = &answer->grammar->lists[answer->grammar->active_list];
	long page = answer->outcome->page;

	if (page < 1 || (size_t)page > list->page_count)
		page = 1;
	return answer->grammar->replies[list->pages[page - 1]].id;
}

static bool
may_everybody(const struct grammar *grammar, int verb)
{
	size_t i = 0;

	while (i < grammar->role_count && grammar->roles[i].may[verb])
		i++;
	return i == grammar->role_count;
}

/* Whoever reports nothing is told what else there is for his role. */
static void
answer_own_verbs(struct answer *answer)
{
	const struct grammar *grammar = answer->grammar;
	int role = answer->who->role;
	struct page_list list = { 0 };

	reply_start(&answer->outcome->reply, "BANTU_PERAN");
	for (int verb = VERB_NONE + 1; verb < VERBS; verb++)
		if (grammar->roles[role].may[verb] && !may_everybody(grammar, verb))
			pages_add(&list, false, "%s", verb_name(verb));
	for (size_t i = 0; i < grammar->form_count; i++)
		if (grammar->forms[i].who[role] && grammar->forms[i].under < 0)
			pages_add(&list, false, "%s", grammar->forms[i].name);
	pages_fill(answer, &list, ", ", verb_name(VERB_BANTUAN));
}

/* Help on a verb is its format text where there is one. */
static void
answer_help(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	char id[24];

	if (outcome->verb == VERB_KODE) {
		snprintf(id, sizeof id, "%s", page_of(answer));
	} else if (answer->who->standing != STANDING_ACTIVE) {
		snprintf(id, sizeof id, answer->who->standing == STANDING_WAITING ? "BANTU_TUNGGU" : "BANTU_TAMU");
	} else if (outcome->topic == VERB_FORM) {
		answer_form_help(answer);
		return;
	} else if (outcome->topic == VERB_NONE && !answer->grammar->roles[answer->who->role].may[VERB_REPORT]) {
		answer_own_verbs(answer);
		return;
	} else {
		snprintf(id, sizeof id, "E_FORMAT_%s", verb_name(outcome->topic));
		if (outcome->topic == VERB_NONE || outcome->topic == VERB_REPORT)
			snprintf(id, sizeof id, "BANTU_UMUM");
		else if (grammar_reply(answer->grammar, id) < 0)
			snprintf(id, sizeof id, "BANTU_PERINTAH");
	}
	reply_start(&outcome->reply, id);
	if (strcmp(id, "BANTU_PERINTAH") == 0)
		reply_set(&outcome->reply, "topik", "%s", verb_name(outcome->topic));
	if (outcome->topic != VERB_NONE)
		answer_sample_of(answer, outcome->topic);
}

/* What is taken back; what is in force then is known when it is done. */
static void
answer_retracted(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	long values[OUTCOME_ITEMS_MAX];
	size_t i;

	for (i = 0; i < outcome->item_count; i++) {
		values[i] = outcome->items[i].value;
		outcome->items[i].value = outcome->items[i].old;
	}
	answer_for_village(answer, "OK_BATAL_ANGKA");
	answer_items(answer);
	for (i = 0; i < outcome->item_count; i++)
		outcome->items[i].value = values[i];
}

static void
answer_cancel(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (outcome->effect == EFFECT_RETRACT) {
		answer_retracted(answer);
		return;
	}
	reply_start(&outcome->reply, outcome->form >= 0 ? "OK_BATAL_ISIAN" : "OK_BATAL");
	reply_set(&outcome->reply, "no", "%lld", (long long)outcome->cancels);
	if (outcome->form >= 0)
		reply_set(&outcome->reply, "judul", "%s", answer->grammar->forms[outcome->form].title);
}

static void
choose_text(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (outcome->expect == EXPECT_QUERY && outcome->form >= 0) {
		answer_form_question(answer);
		return;
	}
	if (outcome->expect != EXPECT_REJECT && answer_duties(answer))
		return;
	switch (outcome->expect) {
	case EXPECT_REJECT:
		answer_reject(answer);
		break;
	case EXPECT_HELP:
		answer_help(answer);
		break;
	case EXPECT_SETTINGS:
		reply_start(&outcome->reply, outcome->effect == EFFECT_REMINDERS_OFF ? "OK_STOP" : "OK_MULAI");
		break;
	case EXPECT_ACCEPT:
		if (outcome->effect == EFFECT_CANCEL || outcome->effect == EFFECT_RETRACT) {
			answer_cancel(answer);
		} else if (outcome->form >= 0) {
			answer_entry(answer);
		} else {
			answer_report(answer);
		}
		break;
	default:
		reply_start(&outcome->reply, "");
		break;
	}
}

void
answer_compose(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
	       struct outcome *outcome)
{
	struct answer answer = { grammar, gazetteer, who, outcome };

	choose_text(&answer);
	if (outcome->reply.id[0] != '\0')
		answer_samples(&answer);
}

void
answer_offer(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
	     struct outcome *offered, const char *word, bool numbers, struct reply_form *out)
{
	struct answer answer = { grammar, gazetteer, who, offered };
	bool echo = word[0] != '\0' && answer_may_echo(&answer, word);

	if (offered->form >= 0) {
		answer_offer_form(&answer, echo ? word : "");
		*out = offered->reply;
		return;
	}
	answer_for_village(&answer, numbers ? "E_TAWAR_JUMLAH" : echo ? "E_TAWAR" : "E_TAWAR_TUTUP");
	answer_items(&answer);
	if (echo && !numbers)
		reply_set(&offered->reply, "kata", "%s", word);
	*out = offered->reply;
}
