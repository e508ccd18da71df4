/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: village and kecamatan names as people type them, against the official list. Knows no database: whoever
 * has the list fills a gazetteer with the part of the country that matters to a sender (a kabupaten, usually). */
#ifndef LANG_PLACE_H
#define LANG_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#define PLACE_CODE_SIZE 14      /* 32.07.34.2007 */
#define PLACE_NAME_SIZE 64
#define PLACE_TOKENS_MAX 8      /* longest name in the official list has six words */

struct gazetteer;
struct grammar;

/* An empty one; the caller frees it. The grammar, borrowed, gives number words (Simpang Tiga = Simpang 3). */
struct gazetteer *gazetteer_new(const struct grammar *grammar);
void gazetteer_free(struct gazetteer *gazetteer);

/* Codes as 32.07.34 and 32.07.34.2007; names as printed in the official list. Any order; copied. */
void gazetteer_add_district(struct gazetteer *gazetteer, const char *code, const char *name);
void gazetteer_add_village(struct gazetteer *gazetteer, const char *code, const char *name);
/* The first village by its code below that one whose name no other village of the list has and is at most so long; NULL. */
const char *gazetteer_sample(const struct gazetteer *gazetteer, const char *code, size_t most);
/* Another spelling for a place of the list (local use, misprints). Ignored if the code is not in it. */
void gazetteer_add_alias(struct gazetteer *gazetteer, const char *code, const char *name);

/* A kabupaten or kota (32.07) with its printed name (Kabupaten Ciamis). */
void gazetteer_add_regency(struct gazetteer *gazetteer, const char *code, const char *name);

/* A province (32), or the country (""), with its printed name. */
void gazetteer_add_province(struct gazetteer *gazetteer, const char *code, const char *name);

/* Printed name of a code of any length, of a kabupaten without that word; NULL if it is not there. Borrowed. */
const char *gazetteer_name(const struct gazetteer *gazetteer, const char *code);
/* Code of the first village below a code; NULL none. Borrowed. */
const char *gazetteer_first(const struct gazetteer *gazetteer, const char *code);
/* What lies right below a code, in the order of the list: villages of a kecamatan, kecamatan of a kabupaten, kabupaten of
 * anything above. Borrowed. */
void gazetteer_children(const struct gazetteer *gazetteer, const char *code,
			void (*each)(void *ctx, const char *code, const char *name), void *ctx);

enum place_kind { PLACE_ANY, PLACE_DESA, PLACE_KELURAHAN };

enum place_verdict {
	PLACE_FOUND,        /* codes[0], exactly as typed */
	PLACE_FUZZY,        /* codes[0], the only one near enough */
	PLACE_CHOOSE,       /* several candidates in codes[] */
	PLACE_ELSEWHERE,    /* codes[0] is exact, in another kecamatan than asked */
	PLACE_UNKNOWN,      /* codes[] holds at most two suggestions; none of an exact look-up */
};

#define PLACE_CODES_MAX 40

struct place_answer {
	enum place_verdict verdict;
	int edits;                              /* FUZZY: between what was typed and the name */
	size_t count;
	const char *codes[PLACE_CODES_MAX];     /* borrowed from the gazetteer, ascending */
};

/* Looks one name up (domain 5.3, steps 1 to 5) in the kecamatan `district`, or anywhere in the gazetteer when
 * district is "" (kabupaten and above). name is typed text, folded. exact: no fuzzy step. */
void place_find(const struct gazetteer *gazetteer, const char *district, const char *name, enum place_kind kind,
		bool exact, struct place_answer *out);

/* A kecamatan by name: exact, else the only near one. verdict FOUND, FUZZY, CHOOSE or UNKNOWN; `within` is the
 * code prefix to look in. */
void place_find_district(const struct gazetteer *gazetteer, const char *within, const char *name, bool exact,
			 struct place_answer *out);

/* Kabupaten and kota of that name (without those words): those of the kind, of both where there are none of it.
 * verdict FOUND, CHOOSE or UNKNOWN. */
enum place_regency { REGENCY_ANY, REGENCY_KABUPATEN, REGENCY_KOTA };
void place_find_regency(const struct gazetteer *gazetteer, const char *name, enum place_regency kind,
			struct place_answer *out);
/* Code of the province with that name; NULL: not in the gazetteer. */
const char *place_find_province(const struct gazetteer *gazetteer, const char *name);

/* The value of a Roman numeral up to XXXIX, 0 for anything else. */
int place_roman(const char *word);

/* Optimal string alignment distance, at most `most` (most + 1 when it is more). */
int place_distance(const char *a, const char *b, int most);

#endif
