/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_reject: the answers to messages that were not accepted: what is wrong, and how it is right. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lang/answer_parts.h"

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
bool
answer_may_echo(const struct answer *answer, const char *word)
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

	if (!answer_may_echo(answer, outcome->word)) {
		reply_start(&outcome->reply, "E_KATA_TUTUP");
		return;
	}
	reply_start(&outcome->reply, suggestion != NULL ? "E_KATA" : "E_KATA_POLOS");
	answer_word(answer);
	if (suggestion != NULL)
		reply_set(&outcome->reply, "kat", "%s", suggestion);
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
	bool echo = answer_may_echo(answer, outcome->word);
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
			reply_write(answer->grammar, &form, or);
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
	if (outcome->verb == VERB_SETUJU || outcome->verb == VERB_TOLAK) {
		reply_start(&outcome->reply, "E_WILAYAH_NOMOR");
		reply_set(&outcome->reply, "no", "%ld", outcome->number);
		return;
	}
	reply_start(&outcome->reply, "E_WILAYAH");
	/* In the own village it is the RW that is another's. */
	outcome->rt = 0;
	if (strcmp(code, answer->who->asker.area) != 0)
		outcome->rw = 0;
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
	answer_typed(answer, outcome->category);
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
	reply_start(&outcome->reply, outcome->verb == VERB_KASUS ? "E_ANGKA_KASUS" : "E_ANGKA");
	answer_category(answer, outcome->category, "");
	answer_typed(answer, outcome->category);
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
	bool echo = answer_may_echo(answer, answer->outcome->word);

	reply_start(&answer->outcome->reply, echo ? id : closed);
	if (echo)
		answer_word(answer);
}

/* PER KECAMATAN: the mark without a name. */
static bool
is_mark(const struct grammar *grammar, const char *word)
{
	return grammar_word(grammar, WORD_DISTRICT, word) >= 0 || grammar_word(grammar, WORD_REGENCY, word) >= 0 ||
	       grammar_word(grammar, WORD_PROVINCE, word) >= 0;
}

/* No name, an unknown one, or one that a kabupaten and a kota have. */
static void
answer_area_name(struct answer *answer)
{
	struct place_answer found;
	char name[REPLY_SIZE];

	if (is_question(answer->outcome->verb) && is_mark(answer->grammar, answer->outcome->word)) {
		reply_start(&answer->outcome->reply, "E_WILAYAH_NAMA");
		answer_fill_sample(answer, "{kec}", name);
		reply_set(&answer->outcome->reply, "kec", "%s", name);
		return;
	}
	if (answer->outcome->reject == REJECT_KEC) {
		answer_above(answer, "E_KEC", "E_KEC_TUTUP");
		return;
	}
	place_find_regency(answer->gazetteer, answer->outcome->word, REGENCY_ANY, &found);
	answer_above(answer, found.verdict == PLACE_CHOOSE ? "E_KAB_PILIH" : "E_KAB", "E_KAB_TUTUP");
}

static void
answer_difference(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	reply_start(&outcome->reply, "E_BEDA");
	answer_category(answer, outcome->category, "");
	answer_typed(answer, outcome->category);
	reply_set(&outcome->reply, "lama", "%ld", outcome->items[0].old);
	reply_set(&outcome->reply, "baru", "%ld", outcome->said);
}

/* A month that is none; two months are too many for one SMS. */
static void
answer_month(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;
	const struct civil *now = &answer->who->asker.now;

	if (outcome->word[0] == '\0' && (outcome->verb != VERB_KUNCI || outcome->last != 0)) {
		reply_start(&outcome->reply, "E_TEMPAT");
		return;
	}
	if (is_question(outcome->verb)) {
		answer_above(answer, "E_PERIODE_TANYA", "E_PERIODE_TANYA_POLOS");
		return;
	}
	answer_above(answer, "E_PERIODE", "E_PERIODE_POLOS");
	reply_set(&outcome->reply, "per", "%s %d", answer->grammar->month_names[now->month], now->year);
}

/* Nothing to be corrected, nobody to be admitted, no meeting, no question. */
static void
answer_missing(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	switch (outcome->verb) {
	case VERB_YA: reply_start(&outcome->reply, "E_TIDAK_ADA_YA"); break;
	case VERB_HADIR: case VERB_NOTULEN: reply_start(&outcome->reply, "E_TIDAK_ADA_RAPAT"); break;
	case VERB_SETUJU: case VERB_TOLAK:
		reply_start(&outcome->reply, "E_TIDAK_ADA_NOMOR");
		reply_set(&outcome->reply, "no", "%ld", outcome->number);
		break;
	default:
		reply_start(&outcome->reply, "E_TIDAK_ADA");
		if (outcome->verb != VERB_RALAT || outcome->category < 0)
			break;
		answer_for_village(answer, "E_TIDAK_ADA_RALAT");
		answer_category(answer, outcome->category, "");
		answer_typed(answer, outcome->category);
		break;
	}
}

/* What only a broadcast is refused for in other words; false: nothing. */
static bool
answer_broadcast_reject(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (outcome->verb != VERB_UMUM)
		return false;
	if (outcome->reject == REJECT_TEMPAT) {
		reply_start(&outcome->reply, "E_TEMPAT_UMUM");
		return true;
	}
	if (outcome->reject != REJECT_PANJANG || outcome->most == 0)
		return false;
	reply_start(&outcome->reply, "E_PANJANG_UMUM");
	reply_set(&outcome->reply, "n", "%ld", outcome->number);
	reply_set(&outcome->reply, "m", "%ld", outcome->most);
	return true;
}

static bool
may_report_cases(const struct answer *answer)
{
	return answer->who->role >= 0 && answer->grammar->roles[answer->who->role].may[VERB_KASUS];
}

/* How it is typed, or why it does not help now. The answer goes to the telephone whose number was used, whoever used it. */
static void
answer_pin(struct answer *answer)
{
	static const char *const texts[] = { [PIN_MISSING] = "E_PIN", [PIN_WRONG] = "E_PIN_SALAH",
					     [PIN_LOCKED] = "E_PIN_KUNCI", [PIN_UNSET] = "E_PIN_BELUM" };
	struct outcome *outcome = answer->outcome;

	reply_start(&outcome->reply, texts[outcome->pin]);
	if (outcome->pin == PIN_WRONG || outcome->pin == PIN_LOCKED)
		reply_set(&outcome->reply, "n", "%ld", outcome->number);
	if (outcome->pin == PIN_WRONG)
		reply_set(&outcome->reply, "m", "%d", answer->grammar->limits[LIMIT_PIN_HOURS]);
}

void
answer_reject(struct answer *answer)
{
	struct outcome *outcome = answer->outcome;

	if (answer_form_reject(answer) || answer_broadcast_reject(answer) || answer_duties_reject(answer))
		return;
	switch (outcome->reject) {
	case REJECT_KATA: answer_unknown_word(answer); break;
	case REJECT_AMBIGU:
		reply_start(&outcome->reply,
			    answer->grammar->replies[answer->grammar->ambiguities[outcome->ambiguity].reply].id);
		break;
	case REJECT_DESA: case REJECT_DESA_PILIH: answer_village(answer); break;
	case REJECT_WILAYAH: answer_elsewhere(answer); break;
	case REJECT_KEC: case REJECT_KAB: answer_area_name(answer); break;
	case REJECT_SATUAN: answer_unit(answer); break;
	case REJECT_ANGKA: answer_number(answer); break;
	case REJECT_JUMLAH: answer_missing_number(answer); break;
	case REJECT_BEDA: answer_difference(answer); break;
	case REJECT_GANDA:
		reply_start(&outcome->reply, "E_GANDA");
		answer_category(answer, outcome->category, "");
		answer_typed(answer, outcome->category);
		break;
	case REJECT_TAMBAH: answer_above(answer, "E_TAMBAH", "E_TAMBAH_POLOS"); break;
	case REJECT_PERIODE: answer_month(answer); break;
	case REJECT_PRIBADI:
		reply_start(&outcome->reply, may_report_cases(answer) ? "E_PRIBADI" : "E_PRIBADI_POLOS");
		break;
	case REJECT_TIDAK_ADA: answer_missing(answer); break;
	case REJECT_PIN: answer_pin(answer); break;
	case REJECT_BELUM_ADA:
		reply_start(&outcome->reply, "E_BELUM_ADA");
		answer_word(answer);
		break;
	case REJECT_DEPAN: case REJECT_LAMA: case REJECT_NIHIL:
		reply_start(&outcome->reply, outcome->reject == REJECT_DEPAN && is_question(outcome->verb) ? "E_DEPAN_TANYA" :
			    reject_name(outcome->reject));
		answer_period(answer);
		reply_set(&outcome->reply, "n", "%d", answer->grammar->limits[LIMIT_OLDEST_MONTHS]);
		break;
	default:
		reply_start(&outcome->reply, reject_name(outcome->reject));
		break;
	}
}
