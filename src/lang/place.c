/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: looks typed names up in a gazetteer. Knows no database. */
#include "lang/place.h"

#include <stdlib.h>
#include <string.h>

#include "lang/gazetteer_parts.h"

#define FAR 100

static bool
is_within(const char *code, const char *prefix)
{
	return strncmp(code, prefix, strlen(prefix)) == 0;
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

/* Adds a code once, kept in ascending order; of too many the last ones are left out. */
static void
add_code(struct place_answer *out, const char *code)
{
	size_t i, at = 0;

	while (at < out->count && strcmp(out->codes[at], code) < 0)
		at++;
	if (at == PLACE_CODES_MAX || (at < out->count && strcmp(out->codes[at], code) == 0))
		return;
	if (out->count < PLACE_CODES_MAX)
		out->count++;
	for (i = out->count - 1; i > at; i--)
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
find_shape(const struct places *places, const char *key, const char *within, const struct shape *typed,
	   struct place_answer *out)
{
	size_t link;

	for (link = places_first(places, key); link != PLACES_END; link = places_next(places, link)) {
		const struct place *place = &places->place[places->links[link].place];

		if (is_within(place->code, within) && same_name(typed, &place->shape))
			add_code(out, place->code);
	}
}

static void
find_exact(const struct places *places, const char *within, const struct shape *typed, struct place_answer *out)
{
	out->count = 0;
	find_shape(places, typed->numeral, within, typed, out);
	find_shape(places, typed->plain, within, typed, out);
}

/* HUTATORUAN, where only Hutatoruan I, III, ... are villages. */
static void
find_family(const struct places *places, const char *within, const struct shape *typed, struct place_answer *out)
{
	size_t link;

	out->count = 0;
	if (typed->numerals[0] != '\0')
		return;
	for (link = places_first(places, typed->plain); link != PLACES_END; link = places_next(places, link)) {
		const struct place *place = &places->place[places->links[link].place];

		if (is_within(place->code, within) && strcmp(place->shape.base, typed->plain) == 0)
			add_code(out, place->code);
	}
}

/* Edits between a typed name and an official one, FAR if they have other numerals or it is over the limit. */
static int
edits(const struct shape *typed, const struct shape *official)
{
	size_t letters = strlen(official->letters);
	int limit = letters <= 4 ? 0 : letters <= 7 ? 1 : 2;
	int distance;

	/* PAYA DUA has seven letters, though four without its numeral. */
	if (limit == 0 && strlen(official->plain) > 4)
		limit = 1;

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

/* Places that are no answer to a misspelt name, by their numeral or because they are short, but as near as the only
 * one that is: JADI MULYA K may be Jadi Mulya I as well as Jadi Mulya, TUMU Timu as well as Tumpu. */
static void
add_rivals(const struct places *places, const char *within, const struct shape *typed, struct place_answer *out)
{
	size_t i;

	for (i = 0; i < places->count; i++) {
		const struct place *place = &places->place[i];

		if (is_within(place->code, within) &&
		    (place_distance(typed->plain, place->shape.plain, out->edits) <= out->edits ||
		     place_distance(typed->numeral, place->shape.numeral, out->edits) <= out->edits))
			add_code(out, place->code);
	}
}

static void
find_near(const struct places *places, const char *within, const struct shape *typed, struct place_answer *out)
{
	size_t i;

	out->count = 0;
	out->edits = FAR;
	for (i = 0; i < places->count; i++) {
		const struct place *place = &places->place[i];
		int distance = is_within(place->code, within) ? edits(typed, &place->shape) : FAR;

		if (distance == FAR)
			continue;
		add_code(out, place->code);
		out->edits = distance < out->edits ? distance : out->edits;
	}
	if (out->count == 1)
		add_rivals(places, within, typed, out);
}

/* At most two names that may have been meant: the nearest, within three edits and half of the name. */
static void
find_suggestions(const struct places *places, const char *within, const struct shape *typed, struct place_answer *out)
{
	int limit = (int)strlen(typed->plain) / 2;
	int best[2];
	const char *codes[2] = { NULL, NULL };
	size_t i;

	limit = limit > 3 ? 3 : limit;
	best[0] = best[1] = limit + 1;
	for (i = 0; i < places->count; i++) {
		const struct place *place = &places->place[i];
		int distance = is_within(place->code, within) && !place->alias && best[1] > 0 ?
			       place_distance(typed->plain, place->shape.plain, best[1] - 1) : best[1];

		if (distance >= best[1])
			continue;
		best[1] = distance < best[0] ? best[0] : distance;
		codes[1] = distance < best[0] ? codes[0] : place->code;
		if (distance < best[0]) {
			best[0] = distance;
			codes[0] = place->code;
		}
	}
	out->count = 0;
	for (i = 0; i < 2 && codes[i] != NULL; i++)
		add_code(out, codes[i]);
}

static void
settle(struct place_answer *out, enum place_verdict one)
{
	out->verdict = out->count == 1 ? one : PLACE_CHOOSE;
}

/* How far a search goes: names as typed; also what may have been meant by others; also misspelt ones. */
enum depth { DEPTH_EXACT, DEPTH_SUGGEST, DEPTH_NEAR };

static void
search(const struct places *places, const char *within, const char *elsewhere, const struct shape *typed,
       enum place_kind kind, enum depth depth, struct place_answer *out)
{
	find_exact(places, within, typed, out);
	prefer_kind(out, kind);
	if (out->count != 0) {
		settle(out, PLACE_FOUND);
		return;
	}
	find_family(places, within, typed, out);
	if (out->count != 0) {
		out->verdict = PLACE_CHOOSE;
		return;
	}
	if (elsewhere != NULL) {
		find_exact(places, elsewhere, typed, out);
		prefer_kind(out, kind);
		out->verdict = PLACE_ELSEWHERE;
		if (out->count != 0)
			return;
	}
	if (depth == DEPTH_NEAR) {
		find_near(places, within, typed, out);
		settle(out, PLACE_FUZZY);
		if (out->count != 0)
			return;
	}
	if (depth != DEPTH_EXACT)
		find_suggestions(places, within, typed, out);
	out->verdict = PLACE_UNKNOWN;
}

void
place_find(const struct gazetteer *gazetteer, const char *district, const char *name, enum place_kind kind,
	   bool exact, struct place_answer *out)
{
	enum depth depth = exact ? DEPTH_EXACT : district[0] != '\0' ? DEPTH_NEAR : DEPTH_SUGGEST;
	struct shape typed;

	shape_name(gazetteer->grammar, name, &typed);
	if (typed.plain[0] == '\0') {
		*out = (struct place_answer){ .verdict = PLACE_UNKNOWN };
		return;
	}
	search(&gazetteer->villages, district, district[0] != '\0' ? "" : NULL, &typed, kind, depth, out);
}

void
place_find_district(const struct gazetteer *gazetteer, const char *within, const char *name, bool exact,
		    struct place_answer *out)
{
	struct shape typed;

	shape_name(gazetteer->grammar, name, &typed);
	search(&gazetteer->districts, within, NULL, &typed, PLACE_ANY, exact ? DEPTH_EXACT : DEPTH_NEAR, out);
}

/* 32.07 is a kabupaten, 32.73 a kota. */
static bool
is_of_kind(const char *code, enum place_regency kind)
{
	return kind == REGENCY_ANY || (code[3] >= '7') == (kind == REGENCY_KOTA);
}

void
place_find_regency(const struct gazetteer *gazetteer, const char *name, enum place_regency kind, struct place_answer *out)
{
	size_t kept = 0, i;
	struct shape typed;

	shape_name(gazetteer->grammar, name, &typed);
	find_exact(&gazetteer->regencies, "", &typed, out);
	for (i = 0; i < out->count; i++)
		if (is_of_kind(out->codes[i], kind))
			out->codes[kept++] = out->codes[i];
	if (kept != 0)
		out->count = kept;
	out->edits = 0;
	out->verdict = out->count == 0 ? PLACE_UNKNOWN : out->count == 1 ? PLACE_FOUND : PLACE_CHOOSE;
}

const char *
place_find_province(const struct gazetteer *gazetteer, const char *name)
{
	struct place_answer answer;
	struct shape typed;

	shape_name(gazetteer->grammar, name, &typed);
	find_exact(&gazetteer->provinces, "", &typed, &answer);
	return answer.count != 0 ? answer.codes[0] : NULL;
}
