/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar: loads grammars/ and answers what a word is. Knows neither the syntax (grammar_read) nor a message. */
#include "lang/grammar.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar_read.h"
#include "lang/place.h"

#define FUZZY_MOST 2            /* edits that a category's word bears at the most */

static const char *const VERB_NAMES[VERBS] = {
	[VERB_NONE] = "",
	[VERB_REPORT] = "LAPOR",
	[VERB_KASUS] = "KASUS", [VERB_RALAT] = "RALAT", [VERB_BATAL] = "BATAL", [VERB_NIHIL] = "NIHIL",
	[VERB_JUMLAH] = "JUMLAH", [VERB_REKAP] = "REKAP", [VERB_BELUM] = "BELUM", [VERB_STATUS] = "STATUS",
	[VERB_TUMPANG] = "TUMPANG", [VERB_SAH] = "SAH", [VERB_KUNCI] = "KUNCI",
	[VERB_DAFTAR] = "DAFTAR", [VERB_SETUJU] = "SETUJU", [VERB_TOLAK] = "TOLAK", [VERB_UMUM] = "UMUM",
	[VERB_RAPAT] = "RAPAT", [VERB_HADIR] = "HADIR", [VERB_NOTULEN] = "NOTULEN",
	[VERB_RUJUK] = "RUJUK", [VERB_KIRIM] = "KIRIM",
	[VERB_PROGRAM] = "PROGRAM", [VERB_TANYA] = "TANYA", [VERB_ADUAN] = "ADUAN", [VERB_JAWAB] = "JAWAB",
	[VERB_TUTUP] = "TUTUP", [VERB_STOP] = "STOP",
	[VERB_MULAI] = "MULAI", [VERB_BANTUAN] = "BANTUAN", [VERB_KODE] = "KODE", [VERB_LAGI] = "LAGI",
	[VERB_MENU] = "MENU", [VERB_YA] = "YA", [VERB_PULSA] = "PULSA", [VERB_FORM] = "",
};

const char *
verb_name(enum verb verb)
{
	return VERB_NAMES[verb];
}

struct grammar *
grammar_load(const char *dir, const char *list, char **error)
{
	struct grammar *grammar = xcalloc(1, sizeof *grammar);
	struct grammar_lines lines = { 0 };
	struct grammar_faults faults = { 0 };
	struct grammar_notes notes = { .faults = &faults };

	*error = NULL;
	grammar->words = xcalloc(1, sizeof *grammar->words);
	grammar_lines_read(&lines, dir, &faults);
	grammar_read(grammar, &lines, &notes);
	grammar_check(grammar, dir, list, &notes);
	grammar_notes_clear(&notes);
	grammar_lines_clear(&lines);
	if (faults.count > 0) {
		*error = faults.text;
		grammar_free(grammar);
		return NULL;
	}
	return grammar;
}

static void
free_strings(char **strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
	free(strings);
}

static void
free_categories(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->category_count; i++) {
		free(grammar->categories[i].code);
		free(grammar->categories[i].keyword);
		free(grammar->categories[i].name);
		grammar_alert_free(&grammar->categories[i]);
	}
	for (size_t i = 0; i < grammar->family_count; i++) {
		free(grammar->families[i].sample);
		free(grammar->families[i].name);
	}
	for (size_t i = 0; i < grammar->list_count; i++) {
		free(grammar->lists[i].name);
		free(grammar->lists[i].title);
		free(grammar->lists[i].pages);
	}
	for (size_t i = 0; i < grammar->unit_count; i++)
		free(grammar->units[i].name);
	free(grammar->categories);
	free(grammar->families);
	free(grammar->lists);
	free(grammar->crossings);
	free(grammar->units);
}

static void
free_forms(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->form_count; i++) {
		struct form *form = &grammar->forms[i];

		for (size_t field = 0; field < form->field_count; field++) {
			free(form->fields[field].name);
			free(form->fields[field].title);
		}
		free(form->name);
		free(form->title);
		free(form->example);
		free(form->series);
		free(form->who);
		free(form->pin);
		free(form->pages);
		for (size_t k = 0; k < form->beside_count; k++) {
			free(form->besides[k].name);
			free(form->besides[k].title);
		}
	}
	for (size_t i = 0; i < grammar->choice_count; i++)
		free(grammar->choices[i].name);
	for (size_t i = 0; i < grammar->option_count; i++)
		free(grammar->options[i].name);
	free(grammar->forms);
	free(grammar->choices);
	free(grammar->options);
}

void
grammar_free(struct grammar *grammar)
{
	if (grammar == NULL)
		return;
	free_categories(grammar);
	for (size_t i = 0; i < grammar->tongue_count; i++) {
		free(grammar->tongues[i].name);
		free_strings(grammar->tongues[i].spoken, grammar->tongues[i].spoken_count);
	}
	for (size_t i = 0; i < grammar->ambiguity_count; i++)
		free(grammar->ambiguities[i].word);
	for (size_t i = 0; i < grammar->role_count; i++) {
		free(grammar->roles[i].name);
		free(grammar->roles[i].title);
		free(grammar->roles[i].approvers);
		free(grammar->roles[i].asks);
		free(grammar->roles[i].complains);
		free(grammar->roles[i].supervisor);
		free(grammar->roles[i].invites);
		free(grammar->roles[i].copies);
	}
	free_forms(grammar);
	for (size_t i = 0; i < grammar->reply_count; i++) {
		free(grammar->replies[i].id);
		free(grammar->replies[i].text);
	}
	for (size_t i = 0; i < grammar->alias_count; i++)
		free(grammar->aliases[i].name);
	for (size_t i = 0; i < grammar->zone_count; i++) {
		free(grammar->zones[i].name);
		free_strings(grammar->zones[i].provinces, grammar->zones[i].province_count);
	}
	grammar_calendar_free(grammar);
	grammar_guide_free(grammar);
	grammar_stage_free(grammar);
	grammar_minutes_free(grammar);
	grammar_operator_free(grammar);
	for (size_t i = 0; i < VERBS; i++)
		free(grammar->samples[i]);
	for (size_t i = 0; i < sizeof grammar->month_names / sizeof *grammar->month_names; i++)
		free(grammar->month_names[i]);
	free(grammar->tongues);
	free(grammar->numerals);
	free(grammar->ambiguities);
	free(grammar->roles);
	free(grammar->replies);
	free(grammar->aliases);
	free(grammar->zones);
	grammar_words_free(grammar->words);
	free(grammar);
}

int
grammar_word(const struct grammar *grammar, enum word_kind kind, const char *key)
{
	const struct word *word = grammar_words_find(grammar->words, kind, key);

	return word != NULL ? word->value : -1;
}

/* -1: another owner's. */
static int
value_for(const struct grammar *grammar, const struct word *word, int owner)
{
	switch (word->kind) {
	case WORD_UNDER:
		return grammar->forms[word->value].under == owner ? word->value : -1;
	case WORD_MARK:
		return word->value % FORMS_MAX == owner ? word->value / FORMS_MAX : -1;
	case WORD_OPTION:
		return grammar->options[word->value].choice == owner ? word->value : -1;
	case WORD_PASS:
		return word->value == owner ? word->value : -1;
	case WORD_PART:
		return word->value % MINUTES_MAX == owner ? word->value / MINUTES_MAX : -1;
	default:
		return word->value;
	}
}

int
grammar_word_in(const struct grammar *grammar, enum word_kind kind, int owner, const char *key)
{
	const struct word *word = grammar_words_find(grammar->words, kind, key);
	const struct word *end = grammar->words->words + grammar->words->count;

	for (; word != NULL && word < end && word->kind == kind && strcmp(word->key, key) == 0; word++) {
		int value = value_for(grammar, word, owner);

		if (value >= 0)
			return value;
	}
	return -1;
}

const char *
grammar_spell(const struct grammar *grammar, enum word_kind kind, int value)
{
	const struct word *best = NULL;

	for (size_t i = 0; i < grammar->words->count; i++) {
		const struct word *word = &grammar->words->words[i];

		if (word->kind == kind && word->value == value && (best == NULL || word->order < best->order))
			best = word;
	}
	return best != NULL ? best->key : NULL;
}

/* Whether area is outer or lies in it. */
static bool
lies_in(const char *area, const char *outer)
{
	size_t length = strlen(outer);

	return strncmp(area, outer, length) == 0 && (area[length] == '\0' || area[length] == '.');
}

static bool
spoken_at(const struct tongue *tongue, const char *area)
{
	for (size_t i = 0; i < tongue->spoken_count; i++)
		if (lies_in(area, tongue->spoken[i]))
			return true;
	return tongue->spoken_count == 0;
}

int
grammar_numeral(const struct grammar *grammar, const char *key, const char *area)
{
	const struct word *word = grammar_words_find(grammar->words, WORD_NUMERAL, key);
	const struct word *end = grammar->words->words + grammar->words->count;

	for (; word != NULL && word < end && word->kind == WORD_NUMERAL && strcmp(word->key, key) == 0; word++)
		if (spoken_at(&grammar->tongues[grammar->numerals[word->value].tongue], area))
			return word->value;
	return -1;
}

bool
grammar_known(const struct grammar *grammar, const char *key)
{
	for (int kind = 0; kind <= WORD_FORM; kind++)
		if (grammar_words_find(grammar->words, (enum word_kind)kind, key) != NULL)
			return true;
	return false;
}

/* Edits between the key and the nearest fuzzy word of the category. */
static int
edits_to(const struct grammar *grammar, const char *key, int category)
{
	int best = FUZZY_MOST + 1;

	for (size_t i = 0; i < grammar->words->category_count; i++) {
		const struct near_word *near = &grammar->words->categories[i];
		int distance = near->value == category ? place_distance(key, near->key, FUZZY_MOST) : best;

		best = distance < best ? distance : best;
	}
	return best;
}

/* PENGUNGSIKK, DIPENGEMIS: the category with another word glued to it is two words, not a slip of one. */
static bool
is_glued(const struct grammar *grammar, const char *key, int category)
{
	int whole = edits_to(grammar, key, category);
	size_t length = strlen(key), at;
	char head[GRAMMAR_WORD_MAX + 1];

	for (at = 2; at + 2 <= length && at <= GRAMMAR_WORD_MAX; at++) {
		memcpy(head, key, at);
		head[at] = '\0';
		if ((edits_to(grammar, head, category) < whole && grammar_known(grammar, key + at)) ||
		    (edits_to(grammar, key + at, category) < whole && grammar_known(grammar, head)))
			return true;
	}
	return false;
}

int
grammar_category_near(const struct grammar *grammar, const char *key)
{
	int category;

	if (grammar_known(grammar, key) || grammar_word(grammar, WORD_REVERSING, key) >= 0)
		return -1;
	category = grammar_words_near(grammar->words->categories, grammar->words->category_count, key);
	return category >= 0 && is_glued(grammar, key, category) ? -1 : category;
}

/* ANAK is itself, however near to a short secret word. */
static bool
means_no_secret(const struct grammar *grammar, const char *key)
{
	int category = grammar_word(grammar, WORD_CATEGORY, key);

	return category >= 0 ? !grammar->categories[category].secret : grammar_known(grammar, key);
}

bool
grammar_near_secret(const struct grammar *grammar, const char *key)
{
	if (means_no_secret(grammar, key))
		return false;
	for (size_t i = 0; i < grammar->words->secret_count; i++) {
		const struct near_word *secret = &grammar->words->secrets[i];

		if (place_distance(key, secret->key, secret->value) <= secret->value)
			return true;
		/* PENGIDAPHIV tells as much as HIV; TS and the like stand inside many honest words. */
		if (secret->value > 0 && strlen(secret->key) > 2 && strstr(key, secret->key) != NULL)
			return true;
	}
	return false;
}

enum verb
grammar_verb_near(const struct grammar *grammar, const char *key)
{
	int verb = -1;

	if (grammar_known(grammar, key))
		return VERB_NONE;
	for (size_t i = 0; i < grammar->words->verb_count; i++) {
		const struct near_word *near = &grammar->words->verbs[i];

		if (near->value == verb || place_distance(key, near->key, 1) > 1)
			continue;
		if (verb >= 0)
			return VERB_NONE;
		verb = near->value;
	}
	return verb >= 0 ? (enum verb)verb : VERB_NONE;
}

size_t
grammar_scope_length(enum scope scope)
{
	static const size_t lengths[] = { [SCOPE_NONE] = 13, [SCOPE_PART] = 13, [SCOPE_VILLAGE] = 13, [SCOPE_DISTRICT] = 8,
					  [SCOPE_REGENCY] = 5, [SCOPE_PROVINCE] = 2, [SCOPE_COUNTRY] = 0 };

	return lengths[scope];
}

int
grammar_role(const struct grammar *grammar, const char *name)
{
	for (size_t i = 0; i < grammar->role_count; i++)
		if (strcmp(grammar->roles[i].name, name) == 0)
			return (int)i;
	return -1;
}

int
grammar_reply(const struct grammar *grammar, const char *id)
{
	for (size_t i = 0; i < grammar->reply_count; i++)
		if (strcmp(grammar->replies[i].id, id) == 0)
			return (int)i;
	return -1;
}

static int
category_of(const struct grammar *grammar, int list, const char *code)
{
	for (size_t i = 0; i < grammar->category_count; i++)
		if (grammar->categories[i].list == list && strcmp(grammar->categories[i].code, code) == 0)
			return (int)i;
	return -1;
}

int
grammar_category(const struct grammar *grammar, const char *code)
{
	return category_of(grammar, grammar->active_list, code);
}

int
grammar_category_in(const struct grammar *grammar, const char *list, const char *code)
{
	for (size_t i = 0; i < grammar->list_count; i++)
		if (strcmp(grammar->lists[i].name, list) == 0)
			return category_of(grammar, (int)i, code);
	return -1;
}

const struct crossing *
grammar_crossing(const struct grammar *grammar, const char *list, const char *code)
{
	int from = grammar_category_in(grammar, list, code);

	for (size_t i = 0; i < grammar->crossing_count; i++)
		if (grammar->crossings[i].from == from && grammar->crossings[i].into == grammar->active_list)
			return &grammar->crossings[i];
	return NULL;
}

int
grammar_unit(const struct grammar *grammar, const char *name)
{
	for (size_t i = 0; i < grammar->unit_count; i++)
		if (strcmp(grammar->units[i].name, name) == 0)
			return (int)i;
	return -1;
}

int
grammar_form(const struct grammar *grammar, const char *name)
{
	for (size_t i = 0; i < grammar->form_count; i++)
		if (strcmp(grammar->forms[i].name, name) == 0)
			return (int)i;
	return -1;
}

const char *
grammar_form_verb(const struct grammar *grammar, int form)
{
	int under = grammar->forms[form].under;

	return grammar->forms[under >= 0 ? under : form].name;
}

int
grammar_form_field(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

const struct zone *
grammar_zone_of(const struct grammar *grammar, const char *area)
{
	const struct zone *others = NULL;

	for (size_t i = 0; i < grammar->zone_count; i++) {
		const struct zone *zone = &grammar->zones[i];

		if (zone->province_count == 0)
			others = zone;
		for (size_t j = 0; j < zone->province_count; j++)
			if (lies_in(area, zone->provinces[j]))
				return zone;
	}
	return others;
}

int
grammar_zone(const struct grammar *grammar, const char *area)
{
	return grammar_zone_of(grammar, area)->east;
}
