/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gazetteer: a list of places, each in the shapes that typed names are compared with. */
#include "lang/gazetteer_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/grammar.h"

struct gazetteer *
gazetteer_new(const struct grammar *grammar)
{
	struct gazetteer *gazetteer = xcalloc(1, sizeof *gazetteer);

	gazetteer->grammar = grammar;
	return gazetteer;
}

static void
free_places(struct places *places)
{
	while (places->count != 0)
		free(places->place[--places->count].name);
	free(places->place);
	free(places->links);
	free(places->heads);
}

void
gazetteer_free(struct gazetteer *gazetteer)
{
	if (gazetteer == NULL)
		return;
	free_places(&gazetteer->villages);
	free_places(&gazetteer->districts);
	free_places(&gazetteer->regencies);
	free_places(&gazetteer->provinces);
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
	size_t length = strlen(out), more = strlen(text), room = PLACE_NAME_SIZE - 1 - length;

	if (more > room)
		more = room;
	memcpy(out + length, text, more);
	out[length + more] = '\0';
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

void
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

/* --- where a shape is found --- */

static uint32_t
hash_of(const char *key)
{
	uint32_t hash = 2166136261u;            /* FNV-1a */

	for (; *key != '\0'; key++)
		hash = (hash ^ (unsigned char)*key) * 16777619u;
	return hash;
}

static void
chain(struct places *places, size_t link)
{
	size_t *head = &places->heads[places->links[link].hash & (places->head_count - 1)];

	places->links[link].next = *head;
	*head = link;
}

static void
chain_all(struct places *places)
{
	size_t i;

	places->head_count = places->head_count != 0 ? places->head_count * 2 : 64;
	free(places->heads);
	places->heads = xcalloc(places->head_count, sizeof *places->heads);
	for (i = 0; i < places->head_count; i++)
		places->heads[i] = PLACES_END;
	for (i = 0; i < places->link_count; i++)
		chain(places, i);
}

static void
link_shape(struct places *places, const char *key, size_t place)
{
	if (key[0] == '\0')
		return;
	places->links = xgrow(places->links, places->link_count, sizeof *places->links);
	places->links[places->link_count] = (struct places_link){ hash_of(key), place, PLACES_END };
	if (places->link_count >= places->head_count)
		chain_all(places);
	chain(places, places->link_count++);
}

size_t
places_first(const struct places *places, const char *key)
{
	uint32_t hash = hash_of(key);
	size_t link = places->head_count != 0 ? places->heads[hash & (places->head_count - 1)] : PLACES_END;

	while (link != PLACES_END && places->links[link].hash != hash)
		link = places->links[link].next;
	return link;
}

size_t
places_next(const struct places *places, size_t link)
{
	uint32_t hash = places->links[link].hash;

	do
		link = places->links[link].next;
	while (link != PLACES_END && places->links[link].hash != hash);
	return link;
}

/* --- the list --- */

static void
add_place(struct gazetteer *gazetteer, struct places *places, const char *code, const char *name, bool alias)
{
	char *folded = fold_text(name, NULL);
	struct place *place;
	const struct shape *shape;

	places->place = xgrow(places->place, places->count, sizeof *places->place);
	place = &places->place[places->count];
	memset(place, 0, sizeof *place);
	snprintf(place->code, sizeof place->code, "%s", code);
	place->name = xstrdup(name);
	place->alias = alias;
	shape_name(gazetteer->grammar, folded, &place->shape);
	free(folded);
	shape = &place->shape;
	link_shape(places, shape->plain, places->count);
	if (strcmp(shape->numeral, shape->plain) != 0)
		link_shape(places, shape->numeral, places->count);
	link_shape(places, shape->base, places->count);
	places->count++;
}

void
gazetteer_add_district(struct gazetteer *gazetteer, const char *code, const char *name)
{
	add_place(gazetteer, &gazetteer->districts, code, name, false);
}

void
gazetteer_add_village(struct gazetteer *gazetteer, const char *code, const char *name)
{
	add_place(gazetteer, &gazetteer->villages, code, name, false);
}

static struct places *
level_of(struct gazetteer *gazetteer, const char *code)
{
	switch (strlen(code)) {
	case 0: case 2: return &gazetteer->provinces;
	case 5: return &gazetteer->regencies;
	case 8: return &gazetteer->districts;
	default: return &gazetteer->villages;
	}
}

void
gazetteer_add_alias(struct gazetteer *gazetteer, const char *code, const char *name)
{
	if (gazetteer_name(gazetteer, code) != NULL)
		add_place(gazetteer, level_of(gazetteer, code), code, name, true);
}

void
gazetteer_add_regency(struct gazetteer *gazetteer, const char *code, const char *name)
{
	const char *bare = strchr(name, ' ');

	/* Kabupaten Ciamis, Kota Bandung: compared by what follows. */
	add_place(gazetteer, &gazetteer->regencies, code, bare != NULL ? bare + 1 : name, false);
}

void
gazetteer_add_province(struct gazetteer *gazetteer, const char *code, const char *name)
{
	add_place(gazetteer, &gazetteer->provinces, code, name, false);
}

const char *
gazetteer_name(const struct gazetteer *gazetteer, const char *code)
{
	const struct places *places = level_of((struct gazetteer *)(uintptr_t)gazetteer, code);

	for (size_t i = 0; i < places->count; i++)
		if (!places->place[i].alias && strcmp(places->place[i].code, code) == 0)
			return places->place[i].name;
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

	for (i = 0; i < gazetteer->villages.count; i++)
		if (is_within(gazetteer->villages.place[i].code, code) &&
		    (first == NULL || strcmp(gazetteer->villages.place[i].code, first) < 0))
			first = gazetteer->villages.place[i].code;
	return first;
}

void
gazetteer_children(const struct gazetteer *gazetteer, const char *code,
		   void (*each)(void *ctx, const char *code, const char *name), void *ctx)
{
	size_t length = strlen(code);
	const struct places *places = length < 5 ? &gazetteer->regencies : length < 8 ? &gazetteer->districts :
				      &gazetteer->villages;

	for (size_t i = 0; i < places->count; i++)
		if (!places->place[i].alias && is_within(places->place[i].code, code))
			each(ctx, places->place[i].code, places->place[i].name);
}

/* Another village's numeral shape is the same. */
static bool
is_shared(const struct gazetteer *gazetteer, const struct place *village)
{
	size_t link = places_first(&gazetteer->villages, village->shape.numeral);

	for (; link != PLACES_END; link = places_next(&gazetteer->villages, link)) {
		const struct place *other = &gazetteer->villages.place[gazetteer->villages.links[link].place];

		if (strcmp(other->code, village->code) != 0 && strcmp(other->shape.numeral, village->shape.numeral) == 0)
			return true;
	}
	return false;
}

const char *
gazetteer_sample(const struct gazetteer *gazetteer, const char *code, size_t most)
{
	const char *first = NULL;

	for (size_t i = 0; i < gazetteer->villages.count; i++) {
		const struct place *village = &gazetteer->villages.place[i];

		if (!village->alias && strlen(village->name) <= most && is_within(village->code, code) &&
		    (first == NULL || strcmp(village->code, first) < 0) && !is_shared(gazetteer, village))
			first = village->code;
	}
	return first;
}
