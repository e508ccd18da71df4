/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer: the one reply to an outcome: which text, with which values. */
#include "lang/answer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lang/answer_parts.h"

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

static void
start_for_village(struct answer *answer, const char *id)
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
		start_for_village(answer, changed ? "OK_GANTI_RAHASIA" : "OK_LAPOR_RAHASIA");
		reply_set(&outcome->reply, "kode", "%s", category->code);
		if (!changed)
			reply_set(&outcome->reply, "n", "%ld", item->value);
	} else if (changed) {
		start_for_village(answer, outcome->verb == VERB_RALAT ? "OK_RALAT" : "OK_GANTI");
		answer_category(answer, item->category, "");
		reply_set(&outcome->reply, "lama", "%ld", item->old);
		reply_set(&outcome->reply, "baru", "%ld", item->value);
	} else {
		start_for_village(answer, "OK_LAPOR");
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
		start_for_village(answer, "OK_SAMA");
	} else if (outcome->verb == VERB_NIHIL) {
		start_for_village(answer, "OK_NIHIL");
		reply_set(&outcome->reply, "kat", "%s", answer->grammar->families[outcome->family].name);
	} else if (outcome_field(outcome, "tumpang") != NULL) {
		start_for_village(answer, "OK_TUMPANG");
		answer_items(answer);
		set_others(answer);
	} else if (outcome->village_fuzzy) {
		start_for_village(answer, "OK_LAPOR_FUZZY");
		answer_items(answer);
	} else if (outcome->item_count == 1) {
		answer_single(answer);
	} else {
		start_for_village(answer, count_changed(outcome) != 0 ? "OK_GANTI_BANYAK" : "OK_LAPOR");
		answer_items(answer);
	}
}

/* Whether any of the words alone is near to a secret. */
static bool
has_secret(const struct grammar *grammar, const char *words)
{
	char word[64];
	size_t length;

	for (; *words != '\0'; words += length) {
		words += strspn(words, " -./");
		length = strcspn(words, " -./");
		snprintf(word, sizeof word, "%.*s", (int)length, words);
		if (length != 0 && grammar_near_secret(grammar, word))
			return true;
	}
	return false;
}

/* Whether the sender's word may be shown: letters (a digit or two in a village name), nothing near to a secret. */
static bool
may_echo(const struct answer *answer, const char *word)
{
	size_t digits = 0;
	const char *at;

	for (at = word; *at != '\0'; at++) {
		digits += isdigit((unsigned char)*at) != 0;
		if (!isalnum((unsigned char)*at) && strchr(" -./", *at) == NULL)
			return false;
	}
	return at != word && digits < 8 && digits < (size_t)(at - word) && !grammar_near_secret(answer->grammar, word) &&
	       !has_secret(answer->grammar, word);
}

/* The category keyword that the word is nearest to, for a hint; NULL none. Never a secret one. */
static const char *
suggest_category(const struct answer *answer, const char *word)
{
	const struct grammar *grammar = answer->grammar;
	const char *best = NULL;
	int best_distance = 3;
	size_t i;

	/* STOP ANAK: the word is known, only not there. */
	if (grammar_known(grammar, word))
		return NULL;
	for (i = 0; i < grammar->category_count; i++) {
		const struct category *category = &grammar->categories[i];
		int distance;

		if (category->secret || category->list != grammar->active_list || strlen(category->keyword) < 4)
			continue;
		distance = place_distance(word, category->keyword, 2);
		if (distance < best_distance && (size_t)distance * 3 <= strlen(word)) {
			best_distance = distance;
			best = category->keyword;
		}
	}
	return best;
}

void
answer_word(struct answer *answer)
{
	reply_set(&answer->outcome->reply, "kata", "%s", answer->outcome->word);
}

static void
answer_unknown_word(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const char *suggestion = suggest_category(answer, outcome->word);

	if (!may_echo(answer, outcome->word)) {
		reply_start(&outcome->reply, "E_KATA_TUTUP");
		return;
	}
	reply_start(&outcome->reply, suggestion != NULL ? "E_KATA" : "E_KATA_POLOS");
	answer_word(answer);
	if (suggestion != NULL)
		reply_set(&outcome->reply, "saran", "%s", suggestion);
}

/* {kec}: the sender's kecamatan, or the kabupaten for those above it. */
void
answer_district(struct answer *answer, const char *area)
{
	char code[PLACE_CODE_SIZE];
	const char *name;

	snprintf(code, sizeof code, "%.8s", area);
	name = gazetteer_name(answer->gazetteer, code);
	reply_set(&answer->outcome->reply, "kec", "%s", name != NULL ? name : code);
}

/* A candidate by its name, with its kecamatan where another one has the same. Borrowed or in full. */
static const char *
candidate_name(const struct answer *answer, const char *code, char *full, size_t size)
{
	const struct outcome *outcome = answer->outcome;
	const char *name = gazetteer_name(answer->gazetteer, code), *other;
	char district[PLACE_CODE_SIZE];
	size_t i;

	snprintf(district, sizeof district, "%.8s", code);
	for (i = 0; i < outcome->code_count && name != NULL; i++) {
		other = gazetteer_name(answer->gazetteer, outcome->codes[i]);
		if (strcmp(outcome->codes[i], code) == 0 || other == NULL || strcmp(other, name) != 0)
			continue;
		other = gazetteer_name(answer->gazetteer, district);
		snprintf(full, size, "%s (%s)", name, strncmp(outcome->codes[i], code, 8) != 0 && other != NULL ? other :
							code + 9);
		return full;
	}
	return name;
}

/* Names of candidates: "Cikupa atau Rawa", or "Hutatoruan I, Hutatoruan III, dll". */
static void
set_candidates(struct answer *answer, const char *placeholder, const char *joint)
{
	const struct outcome *outcome = answer->outcome;
	size_t width = reply_width(placeholder), used = 0, i;
	char list[REPLY_SIZE] = "", full[PLACE_NAME_SIZE * 2 + 8];

	for (i = 0; i < outcome->code_count; i++) {
		const char *name = candidate_name(answer, outcome->codes[i], full, sizeof full);
		size_t rest = i + 1 < outcome->code_count ? strlen(", dll") : 0;

		if (name == NULL)
			continue;
		if (used != 0 && used + strlen(joint) + strlen(name) + rest > width) {
			/* Of suggestions the nearest is enough; of candidates there are more. */
			if (strcmp(joint, ", ") == 0)
				snprintf(list + used, sizeof list - used, ", dll");
			break;
		}
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used != 0 ? joint : "", name);
	}
	reply_set(&answer->outcome->reply, placeholder, "%s", list);
}

static void
answer_village(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	bool echo = may_echo(answer, outcome->word);
	struct reply_form form;
	char or[REPLY_SIZE];

	if (outcome->hamlet) {
		reply_start(&outcome->reply, "E_DESA_DUSUN");
		answer_district(answer, answer->who->asker.area);
		return;
	}
	if (outcome->reject == REJECT_DESA_PILIH) {
		reply_start(&outcome->reply, echo ? "E_DESA_PILIH" : "E_DESA_PILIH_TUTUP");
		set_candidates(answer, "pilih", ", ");
	} else {
		reply_start(&outcome->reply, !echo ? "E_DESA_TUTUP" : outcome->code_count != 0 ? "E_DESA" : "E_DESA_POLOS");
		answer_district(answer, outcome->district[0] != '\0' ? outcome->district : answer->who->asker.area);
		if (echo && outcome->code_count != 0) {
			reply_start(&form, "FRASA_ATAU");
			phrase_text(answer, &form, or);
			set_candidates(answer, "saran", or);
		}
	}
	if (echo)
		answer_word(answer);
}

static bool
is_question(enum verb verb)
{
	return verb == VERB_JUMLAH || verb == VERB_REKAP || verb == VERB_BELUM || verb == VERB_TUMPANG;
}

/* A place outside of the sender's area, by its code where it is known. */
static void
answer_elsewhere(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const char *code = outcome->arg[0] != '\0' ? outcome->arg : outcome->code_count != 0 ? outcome->codes[0] : "";
	const char *name = code[0] != '\0' ? gazetteer_name(answer->gazetteer, code) : NULL;

	if (is_question(outcome->verb)) {
		reply_start(&outcome->reply, "E_WILAYAH_TANYA");
		reply_set(&outcome->reply, "wil", "%s", name != NULL ? name : code[0] != '\0' ? code : outcome->word);
		return;
	}
	reply_start(&outcome->reply, "E_WILAYAH");
	outcome->rt = outcome->rw = 0;
	if (code[0] != '\0') {
		answer_village_name(answer, code);
		answer_district(answer, code);
	} else {
		reply_set(&outcome->reply, "desa", "%s", outcome->word);
		answer_district(answer, answer->who->asker.area);
	}
}

static void
answer_unit(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct category *category = &answer->grammar->categories[outcome->category];

	reply_start(&outcome->reply, "E_SATUAN");
	answer_category(answer, outcome->category, "");
	reply_set(&outcome->reply, "sat", "%s", answer->grammar->units[category->units[0].unit].name);
}

static void
answer_number(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (outcome->category < 0) {
		reply_start(&outcome->reply, "E_ANGKA_POLOS");
		return;
	}
	reply_start(&outcome->reply, "E_ANGKA");
	answer_category(answer, outcome->category, "");
	reply_set(&outcome->reply, "maks", "%ld", outcome->most != 0 ? outcome->most :
		  answer->grammar->categories[outcome->category].units[0].max);
}

static void
answer_missing_number(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const char *word = outcome->word[0] != '\0' && strlen(outcome->word) < 8 ? outcome->word :
			   answer->grammar->families[0].name;

	reply_start(&outcome->reply, "E_JUMLAH");
	answer_category(answer, outcome->category, word);
}

/* A place name above the village that is not known. */
static void
answer_above(struct answer *answer, const char *id, const char *closed)
{
	bool echo = may_echo(answer, answer->outcome->word);

	reply_start(&answer->outcome->reply, echo ? id : closed);
	if (echo)
		answer_word(answer);
}

static void
answer_difference(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	reply_start(&outcome->reply, "E_BEDA");
	answer_category(answer, outcome->category, "");
	reply_set(&outcome->reply, "lama", "%ld", outcome->items[0].old);
	reply_set(&outcome->reply, "baru", "%ld", outcome->said);
}

static void
answer_reject(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (answer_form_reject(answer) || answer_duties_reject(answer))
		return;
	switch (outcome->reject) {
	case REJECT_KATA: answer_unknown_word(answer); break;
	case REJECT_AMBIGU:
		reply_start(&outcome->reply,
			    answer->grammar->replies[answer->grammar->ambiguities[outcome->ambiguity].reply].id);
		break;
	case REJECT_DESA: case REJECT_DESA_PILIH: answer_village(answer); break;
	case REJECT_WILAYAH: answer_elsewhere(answer); break;
	case REJECT_KEC: answer_above(answer, "E_KEC", "E_KEC_TUTUP"); break;
	case REJECT_KAB: answer_above(answer, "E_KAB", "E_KAB_TUTUP"); break;
	case REJECT_SATUAN: answer_unit(answer); break;
	case REJECT_ANGKA: answer_number(answer); break;
	case REJECT_JUMLAH: answer_missing_number(answer); break;
	case REJECT_BEDA: answer_difference(answer); break;
	case REJECT_GANDA:
		reply_start(&outcome->reply, "E_GANDA");
		answer_category(answer, outcome->category, "");
		break;
	case REJECT_BELUM_ADA:
		reply_start(&outcome->reply, "E_BELUM_ADA");
		answer_word(answer);
		break;
	case REJECT_DEPAN: case REJECT_LAMA: case REJECT_NIHIL:
		reply_start(&outcome->reply, outcome->reject == REJECT_DEPAN && is_question(outcome->verb) ? "E_DEPAN_TANYA" :
			    reject_name(outcome->reject));
		answer_period(answer);
		break;
	default:
		reply_start(&outcome->reply, reject_name(outcome->reject));
		break;
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

/* Help on a verb is its format text where there is one. */
static void
answer_help(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	char id[24];

	if (outcome->verb == VERB_KODE) {
		snprintf(id, sizeof id, "%s", page_of(answer));
	} else if (answer->who->standing != STANDING_ACTIVE) {
		snprintf(id, sizeof id, "BANTU_TAMU");
	} else if (outcome->topic == VERB_FORM) {
		answer_form_help(answer);
		return;
	} else {
		snprintf(id, sizeof id, "E_FORMAT_%s", verb_name(outcome->topic));
		if (outcome->topic == VERB_NONE || grammar_reply(answer->grammar, id) < 0)
			snprintf(id, sizeof id, "BANTU_UMUM");
	}
	reply_start(&outcome->reply, id);
}

/* The own village, or one of the kecamatan; its four digits where the name is long. */
void
answer_example(const struct answer *answer, char out[REPLY_SIZE])
{
	const char *area = answer->who->asker.area, *code = gazetteer_first(answer->gazetteer, area);
	const char *name = code != NULL ? gazetteer_name(answer->gazetteer, code) : NULL;

	if (name == NULL)
		name = "RAWA";
	snprintf(out, REPLY_SIZE, "%s", strlen(name) <= reply_width("contoh") ? name : code + 9);
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
	start_for_village(answer, "OK_BATAL_ANGKA");
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
	char village[REPLY_SIZE];

	choose_text(&answer);
	if (outcome->reply.id[0] == '\0')
		return;
	answer_example(&answer, village);
	reply_set(&outcome->reply, "contoh", "%s", village);
}

void
answer_offer(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
	     struct outcome *offered, const char *word, bool numbers, struct reply_form *out)
{
	struct answer answer = { grammar, gazetteer, who, offered };
	bool echo = word[0] != '\0' && may_echo(&answer, word);

	if (offered->form >= 0) {
		answer_offer_form(&answer, echo ? word : "");
		*out = offered->reply;
		return;
	}
	start_for_village(&answer, numbers ? "E_TAWAR_JUMLAH" : echo ? "E_TAWAR" : "E_TAWAR_TUTUP");
	answer_items(&answer);
	if (echo && !numbers)
		reply_set(&offered->reply, "kata", "%s", word);
	*out = offered->reply;
}
