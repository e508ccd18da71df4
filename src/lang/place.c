/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: village and kecamatan names as people type them, against the official list. Knows no database. */
#include "lang/place.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/grammar.h"

#define FAR 100

/* A name in the shapes that it is compared in. */
struct shape {
	char plain[PLACE_NAME_SIZE];        /* TIGAHERANG, HUTATORUANV */
	char numeral[PLACE_NAME_SIZE];      /* 3HERANG, HUTATORUAN5 */
	char letters[PLACE_NAME_SIZE];      /* HERANG, HUTATORUAN: the name without its numerals */
	char numerals[PLACE_NAME_SIZE];     /* "3", "5", "1.2": numerals alone, in order */
	char base[PLACE_NAME_SIZE];         /* HUTATORUAN: what stands before a trailing numeral; "" none */
	bool roman;                         /* one of the numerals is Roman */
};

struct place {
	char code[PLACE_CODE_SIZE];
	char *name;
	struct shape shape;
	bool alias;
};

struct gazetteer {
	const struct grammar *grammar;
	struct place *villages, *districts, *regencies;
	size_t village_count, district_count, regency_count;
};

struct gazetteer *
gazetteer_new(const struct grammar *grammar)
{
	struct gazetteer *gazetteer = xcalloc(1, sizeof *gazetteer);

	gazetteer->grammar = grammar;
	return gazetteer;
}

static void
free_places(struct place *places, size_t count)
{
	while (count != 0)
		free(places[--count].name);
	free(places);
}

void
gazetteer_free(struct gazetteer *gazetteer)
{
	if (gazetteer == NULL)
		return;
	free_places(gazetteer->villages, gazetteer->village_count);
	free_places(gazetteer->districts, gazetteer->district_count);
	free_places(gazetteer->regencies, gazetteer->regency_count);
	free(gazetteer);
}

int
place_roman(const char *word)
{
	static const char *const ones[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" };
	size_t tens = strspn(word, "X");
	int i;

	if (tens > 3)
		return 0;
	for (i = 0; i < 10; i++)
		if (strcmp(word + tens, ones[i]) == 0)
			return (int)tens * 10 + i;
	return 0;
}

/* The number that a word of a name stands for: digits, Roman or Indonesian word; 0 if none. */
static long
numeral_value(const struct grammar *grammar, const char *word)
{
	int index;

	if (isdigit((unsigned char)*word))
		return strtol(word, NULL, 10);
	if (place_roman(word) != 0)
		return place_roman(word);
	index = grammar_numeral(grammar, word, "");
	if (index < 0 || grammar->numerals[index].kind != NUMERAL_VALUE || grammar->numerals[index].unit >= 0)
		return 0;
	return grammar->numerals[index].value;
}

static void
append(char out[PLACE_NAME_SIZE], const char *text)
{
	size_t length = strlen(out);

	snprintf(out + length, PLACE_NAME_SIZE - length, "%s", text);
}

/* The next word of a folded name: letters or digits. */
static const char *
next_word(const char *at, char word[PLACE_NAME_SIZE])
{
	size_t length = 0;
	bool digits;

	while (*at != '\0' && !isalnum((unsigned char)*at))
		at++;
	digits = isdigit((unsigned char)*at) != 0;
	while (isalnum((unsigned char)*at) && (isdigit((unsigned char)*at) != 0) == digits) {
		if (length < PLACE_NAME_SIZE - 1)
			word[length++] = *at;
		at++;
	}
	word[length] = '\0';
	return length != 0 ? at : NULL;
}

static void
shape_name(const struct grammar *grammar, const char *folded, struct shape *out)
{
	char word[PLACE_NAME_SIZE], digits[24];
	bool numeral_before = false;

	*out = (struct shape){ .roman = false };
	while ((folded = next_word(folded, word)) != NULL) {
		long value = numeral_value(grammar, word);

		append(out->plain, word);
		if (value == 0) {
			append(out->numeral, word);
			append(out->letters, word);
			out->base[0] = '\0';
			numeral_before = false;
			continue;
		}
		out->roman |= place_roman(word) != 0;
		if (!numeral_before)
			memcpy(out->base, out->numeral, sizeof out->base);
		/* I,II and III are not the same: keep neighbours apart. */
		snprintf(digits, sizeof digits, "%s%ld", numeral_before ? "." : "", value);
		append(out->numeral, digits);
		snprintf(digits, sizeof digits, "%ld.", value);
		append(out->numerals, digits);
		numeral_before = true;
	}
}

static void
set_place(const struct grammar *grammar, struct place *place, const char *code, const char *name, bool alias)
{
	char *folded = fold_text(name, NULL);

	memset(place, 0, sizeof *place);
	snprintf(place->code, sizeof place->code, "%s", code);
	place->name = xstrdup(name);
	place->alias = alias;
	shape_name(grammar, folded, &place->shape);
	free(folded);
}

void
gazetteer_add_district(struct gazetteer *gazetteer, const char *code, const char *name)
{
	gazetteer->districts = xgrow(gazetteer->districts, gazetteer->district_count, sizeof *gazetteer->districts);
	set_place(gazetteer->grammar, &gazetteer->districts[gazetteer->district_count++], code, name, false);
}

void
gazetteer_add_village(struct gazetteer *gazetteer, const char *code, const char *name)
{
	gazetteer->villages = xgrow(gazetteer->villages, gazetteer->village_count, sizeof *gazetteer->villages);
	set_place(gazetteer->grammar, &gazetteer->villages[gazetteer->village_count++], code, name, false);
}

void
gazetteer_add_alias(struct gazetteer *gazetteer, const char *code, const char *name)
{
	if (gazetteer_name(gazetteer, code) == NULL)
		return;
	gazetteer_add_village(gazetteer, code, name);
	gazetteer->villages[gazetteer->village_count - 1].alias = true;
}

void
gazetteer_add_regency(struct gazetteer *gazetteer, const char *code, const char *name)
{
	const char *bare = strchr(name, ' ');

	gazetteer->regencies = xgrow(gazetteer->regencies, gazetteer->regency_count, sizeof *gazetteer->regencies);
	/* Kabupaten Ciamis, Kota Bandung: compared by what follows. */
	set_place(gazetteer->grammar, &gazetteer->regencies[gazetteer->regency_count++], code,
		  bare != NULL ? bare + 1 : name, false);
}

const char *
gazetteer_name(const struct gazetteer *gazetteer, const char *code)
{
	size_t i;

	for (i = 0; i < gazetteer->village_count; i++)
		if (!gazetteer->villages[i].alias && strcmp(gazetteer->villages[i].code, code) == 0)
			return gazetteer->villages[i].name;
	for (i = 0; i < gazetteer->district_count; i++)
		if (strcmp(gazetteer->districts[i].code, code) == 0)
			return gazetteer->districts[i].name;
	for (i = 0; i < gazetteer->regency_count; i++)
		if (strcmp(gazetteer->regencies[i].code, code) == 0)
			return gazetteer->regencies[i].name;
	return NULL;
}

static bool
is_within(const char *code, const char *prefix)
{
	return strncmp(code, prefix, strlen(prefix)) == 0;
}

const char *
gazetteer_first(const struct gazetteer *gazetteer, const char *code)
{
	const char *first = NULL;
	size_t i;

	for (i = 0; i < gazetteer->village_count; i++)
		if (is_within(gazetteer->villages[i].code, code) &&
		    (first == NULL || strcmp(gazetteer->villages[i].code, first) < 0))
			first = gazetteer->villages[i].code;
	return first;
}

size_t
gazetteer_villages(const struct gazetteer *gazetteer, const char *code)
{
	size_t i, count = 0;

	for (i = 0; i < gazetteer->village_count; i++)
		count += !gazetteer->villages[i].alias && is_within(gazetteer->villages[i].code, code);
	return count;
}

int
place_distance(const char *a, const char *b, int most)
{
	int rows[3][PLACE_NAME_SIZE + 1];
	int la = (int)strlen(a), lb = (int)strlen(b), i, j;

	if (abs(la - lb) > most || la >= PLACE_NAME_SIZE || lb >= PLACE_NAME_SIZE)
		return most + 1;
	for (j = 0; j <= lb; j++)
		rows[0][j] = j;
	for (i = 1; i <= la; i++) {
		int *now = rows[i % 3], *up = rows[(i - 1) % 3], *up2 = rows[(i + 1) % 3];
		int best = now[0] = i;

		for (j = 1; j <= lb; j++) {
			int cost = up[j - 1] + (a[i - 1] != b[j - 1]);
			cost = up[j] + 1 < cost ? up[j] + 1 : cost;
			cost = now[j - 1] + 1 < cost ? now[j - 1] + 1 : cost;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && up2[j - 2] + 1 < cost)
				cost = up2[j - 2] + 1;
			now[j] = cost;
			best = cost < best ? cost : best;
		}
		if (best > most)
			return most + 1;
	}
	return rows[la % 3][lb] <= most ? rows[la % 3][lb] : most + 1;
}

/* Adds a code once, kept in ascending order. */
static void
add_code(struct place_answer *out, const char *code)
{
	size_t i, at = 0;

	while (at < out->count && strcmp(out->codes[at], code) < 0)
		at++;
	if ((at < out->count && strcmp(out->codes[at], code) == 0) || out->count == PLACE_CODES_MAX)
		return;
	for (i = out->count++; i > at; i--)
		out->codes[i] = out->codes[i - 1];
	out->codes[at] = code;
}

static bool
same_name(const struct shape *typed, const struct shape *official)
{
	/* TIGA HERANG is Tigaherang, but TANJUNG BUNGA II is not Tanjung Bungai I. */
	return strcmp(typed->numeral, official->numeral) == 0 ||
	       (strcmp(typed->plain, official->plain) == 0 &&
		(typed->numerals[0] == '\0' || official->numerals[0] == '\0' ||
		 strcmp(typed->numerals, official->numerals) == 0));
}

/* DESA and KEL part only twins: a kelurahan is found by DESA when there is no desa of that name. */
static void
prefer_kind(struct place_answer *out, enum place_kind kind)
{
	struct place_answer kept = { .count = 0 };
	size_t i;

	if (kind == PLACE_ANY || out->count < 2)
		return;
	for (i = 0; i < out->count; i++)
		if ((out->codes[i][9] == '1') == (kind == PLACE_KELURAHAN))
			add_code(&kept, out->codes[i]);
	if (kept.count != 0)
		*out = kept;
}

static void
find_exact(const struct place *places, size_t count, const char *within, const struct shape *typed,
	   struct place_answer *out)
{
	size_t i;

	out->count = 0;
	for (i = 0; i < count; i++)
		if (is_within(places[i].code, within) && same_name(typed, &places[i].shape))
			add_code(out, places[i].code);
}

/* HUTATORUAN, where only Hutatoruan I, III, ... are villages. */
static void
find_family(const struct place *places, size_t count, const char *within, const struct shape *typed,
	    struct place_answer *out)
{
	size_t i;

	out->count = 0;
	if (typed->numerals[0] != '\0')
		return;
	for (i = 0; i < count; i++)
		if (is_within(places[i].code, within) && places[i].shape.base[0] != '\0' &&
		    strcmp(places[i].shape.base, typed->plain) == 0)
			add_code(out, places[i].code);
}

/* Edits between a typed name and an official one, FAR if they have other numerals or it is over the limit. */
static int
edits(const struct shape *typed, const struct shape *official)
{
	size_t letters = strlen(official->letters);
	int limit = letters <= 4 ? 0 : letters <= 7 ? 1 : 2;
	int distance;

	if (limit == 0)
		return FAR;
	if (strcmp(typed->numerals, official->numerals) == 0) {
		distance = place_distance(typed->letters, official->letters, limit);
		if (distance <= limit)
			return distance;
	}
	/* Simpangtga for Simpang Tiga: a number word inside a glued name is letters like others. A Roman one is not:
	 * SUNGAI KURUK FI may be II as well as III. */
	if (!official->roman && strpbrk(typed->plain, "0123456789") == NULL && typed->numerals[0] == '\0' &&
	    strpbrk(official->plain, "0123456789") == NULL && strcmp(official->plain, official->numeral) != 0 &&
	    strlen(official->plain) >= letters + 3) {
		distance = place_distance(typed->plain, official->plain, limit);
		if (distance <= limit)
			return distance;
	}
	return FAR;
}

static void
find_near(const struct place *places, size_t count, const char *within, const struct shape *typed,
	  struct place_answer *out)
{
	size_t i;

	out->count = 0;
	for (i = 0; i < count; i++)
		if (is_within(places[i].code, within) && edits(typed, &places[i].shape) != FAR)
			add_code(out, places[i].code);
}

/* At most two names that may have been meant: the nearest, within three edits and half of the name. */
static void
find_suggestions(const struct place *places, size_t count, const char *within, const struct shape *typed,
		 struct place_answer *out)
{
	int limit = (int)strlen(typed->plain) / 2;
	int distance;
	size_t i;

	out->count = 0;
	limit = limit > 3 ? 3 : limit;
	for (distance = 0; distance <= limit && out->count < 2; distance++)
		for (i = 0; i < count && out->count < 2; i++)
			if (is_within(places[i].code, within) && !places[i].alias &&
			    place_distance(typed->plain, places[i].shape.plain, distance) == distance)
				add_code(out, places[i].code);
	if (out->count > 2)
		out->count = 2;
}

static void
settle(struct place_answer *out, enum place_verdict one)
{
	out->verdict = out->count == 1 ? one : PLACE_CHOOSE;
}

static void
search(const struct place *places, size_t count, const char *within, const char *elsewhere,
       const struct shape *typed, enum place_kind kind, bool exact, struct place_answer *out)
{
	find_exact(places, count, within, typed, out);
	prefer_kind(out, kind);
	if (out->count != 0) {
		settle(out, PLACE_FOUND);
		return;
	}
	find_family(places, count, within, typed, out);
	if (out->count != 0) {
		out->verdict = PLACE_CHOOSE;
		return;
	}
	if (elsewhere != NULL) {
		find_exact(places, count, elsewhere, typed, out);
		prefer_kind(out, kind);
		out->verdict = PLACE_ELSEWHERE;
		if (out->count != 0)
			return;
	}
	if (!exact) {
		find_near(places, count, within, typed, out);
		settle(out, PLACE_FUZZY);
		if (out->count != 0)
			return;
	}
	find_suggestions(places, count, within, typed, out);
	out->verdict = PLACE_UNKNOWN;
}

void
place_find(const struct gazetteer *gazetteer, const char *district, const char *name, enum place_kind kind,
	   bool exact, struct place_answer *out)
{
	struct shape typed;

	shape_name(gazetteer->grammar, name, &typed);
	if (typed.plain[0] == '\0') {
		*out = (struct place_answer){ .verdict = PLACE_UNKNOWN };
		return;
	}
	search(gazetteer->villages, gazetteer->village_count, district, district[0] != '\0' ? "" : NULL, &typed, kind,
	       exact || district[0] == '\0', out);
}

void
place_find_district(const struct gazetteer *gazetteer, const char *within, const char *name, bool exact,
		    struct place_answer *out)
{
	struct shape typed;

	shape_name(gazetteer->grammar, name, &typed);
	search(gazetteer->districts, gazetteer->district_count, within, NULL, &typed, PLACE_ANY, exact, out);
}

const char *
place_find_regency(const struct gazetteer *gazetteer, const char *name)
{
	struct place_answer answer;
	struct shape typed;

	shape_name(gazetteer->grammar, name, &typed);
	find_exact(gazetteer->regencies, gazetteer->regency_count, "", &typed, &answer);
	return answer.count != 0 ? answer.codes[0] : NULL;
}
