/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gazetteer_parts: what the list of places (gazetteer.c) and the look-up (place.c) share. */
#ifndef LANG_GAZETTEER_PARTS_H
#define LANG_GAZETTEER_PARTS_H

#include <stdint.h>

#include "lang/place.h"

/* A name in the shapes that it is compared in. */
struct shape {
	char plain[PLACE_NAME_SIZE];        /* TIGAHERANG, HUTATORUANV */
	char numeral[PLACE_NAME_SIZE];      /* 3HERANG, HUTATORUAN5 */
	char letters[PLACE_NAME_SIZE];      /* HERANG, HUTATORUAN: the name without its numerals */
	char numerals[PLACE_NAME_SIZE];     /* "3.", "5.", "1.2.": numerals alone, in order */
	char base[PLACE_NAME_SIZE];         /* HUTATORUAN: what stands before a trailing numeral; "" none */
	bool roman;                         /* one of the numerals is Roman */
};

struct place {
	char code[PLACE_CODE_SIZE];
	char *name;
	struct shape shape;
	bool alias;
};

/* Places of one level. Each is found by its plain and numeral shapes and by its base: most words of a message name no
 * place at all, and that must not cost a walk through the list. */
struct places {
	struct place *place;
	size_t count;
	struct places_link { uint32_t hash; size_t place; size_t next; } *links;    /* next: PLACES_END ends a chain */
	size_t link_count;
	size_t *heads;
	size_t head_count;                  /* a power of two, or 0 */
};
#define PLACES_END ((size_t)-1)

struct gazetteer {
	const struct grammar *grammar;
	struct places villages, districts, regencies, provinces;
};

/* Shapes of a folded name. */
void shape_name(const struct grammar *grammar, const char *folded, struct shape *out);

/* Links of places that may have that shape (others may share its hash): the first, the next behind `link`;
 * PLACES_END: no more. */
size_t places_first(const struct places *places, const char *key);
size_t places_next(const struct places *places, size_t link);

#endif
