/* SPDX-License-Identifier: GPL-3.0-or-later */
/* village: what the tests of src/lang stand on: the shipped grammar, two kecamatan with their names, a volunteer and
 * a TKSK, and 20 October 2026. */
#ifndef UNIT_VILLAGE_H
#define UNIT_VILLAGE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/answer.h"
#include "lang/grammar.h"
#include "lang/parse.h"
#include "lang/place.h"
#include "lang/rules.h"

#define OCTOBER (2026 * 12 + 9)

static struct grammar *grammar;
static struct gazetteer *gazetteer;

static const struct { const char *code, *name; } VILLAGES[] = {
	{ "32.07.34.2001", "Cikupa" }, { "32.07.34.2002", "Sukaraharja" }, { "32.07.34.2003", "Lumbung" },
	{ "32.07.34.2004", "Lumbungsari" }, { "32.07.34.2005", "Awiluar" }, { "32.07.34.2006", "Darmaraja" },
	{ "32.07.34.2007", "Rawa" }, { "32.07.34.2008", "Sadewata" },
	/* Elsewhere in the kabupaten: one name twice, one alone. */
	{ "32.07.37.2005", "Cikupa" }, { "32.07.32.2007", "Jelat" },
	/* Numerals, twins of a desa and a kelurahan, and names that are words. */
	{ "12.02.01.1002", "Hutatoruan V" }, { "12.02.01.1004", "Hutatoruan VII" }, { "12.02.01.2031", "Hutatoruan III" },
	{ "12.02.01.2021", "Simamora" }, { "12.02.01.2008", "Simpang Tiga" }, { "12.02.01.1009", "Terusan" },
	{ "12.02.01.2009", "Terusan" }, { "12.02.01.2010", "Tanjung Bungai I" }, { "12.02.01.2011", "Kuruk II" },
	{ "12.02.01.2012", "Kuruk III" }, { "12.02.01.2013", "Selamat" }, { "12.02.01.2014", "Sibulan Bulan" },
	{ "12.02.01.2015", "Pansurbatu" }, { "12.02.01.2016", "Pansurbatu II" }, { "12.02.01.2017", "Kelurahan" },
	{ "12.02.01.2018", "Paya Dua" }, { "12.02.01.2019", "Timu" }, { "12.02.01.2020", "Tumpu" },
};

static const struct asker volunteer = { .area = "32.07.34.2007", .scope = SCOPE_VILLAGE, .now = { 2026, 10, 20, 9, 0 } };
static const struct asker tksk = { .area = "32.07.34", .scope = SCOPE_DISTRICT, .now = { 2026, 10, 20, 9, 0 } };
static const struct asker tarutung = { .area = "12.02.01", .scope = SCOPE_DISTRICT, .now = { 2026, 10, 20, 9, 0 } };

static inline int
village_set_up(void **state)
{
	char *error;
	size_t i;

	(void)state;
	grammar = grammar_load("grammars", NULL, &error);
	if (grammar == NULL) {
		fprintf(stderr, "%s\n", error);
		free(error);
		return -1;
	}
	gazetteer = gazetteer_new(grammar);
	gazetteer_add_regency(gazetteer, "32.07", "Kabupaten Ciamis");
	gazetteer_add_regency(gazetteer, "12.02", "Kabupaten Tapanuli Utara");
	gazetteer_add_district(gazetteer, "32.07.34", "Lumbung");
	gazetteer_add_district(gazetteer, "32.07.32", "Baregbeg");
	gazetteer_add_district(gazetteer, "12.02.01", "Tarutung");
	for (i = 0; i < sizeof VILLAGES / sizeof *VILLAGES; i++)
		gazetteer_add_village(gazetteer, VILLAGES[i].code, VILLAGES[i].name);
	gazetteer_add_alias(gazetteer, "32.07.34.2005", "Awi Jauh");
	return 0;
}

static inline int
village_tear_down(void **state)
{
	(void)state;
	gazetteer_free(gazetteer);
	grammar_free(grammar);
	return 0;
}

static inline void
read_as(const struct asker *asker, const char *text, struct parse *out)
{
	parse_text(grammar, gazetteer, asker, text, out);
}

/* "02=3 07=2keluarga": the items of a reading. */
static inline const char *
items_of(const struct parse *parse)
{
	static char out[400];
	size_t used = 0, i;

	out[0] = '\0';
	for (i = 0; i < parse->item_count && used < sizeof out - 40; i++)
		used += (size_t)snprintf(out + used, sizeof out - used, "%s%s=%ld%s", i != 0 ? " " : "",
					 grammar->categories[parse->items[i].category].code, parse->items[i].number,
					 parse->items[i].unit >= 0 ? grammar->units[parse->items[i].unit].name : "");
	return out;
}

/* The role's sender at that place. */
static inline struct who
who_is(const char *role, const struct asker *asker)
{
	return (struct who){ STANDING_ACTIVE, grammar_role(grammar, role), *asker };
}

/* The first step of the rules for a text. */
static inline void
check(const struct who *who, const char *text, struct parse *parse, struct outcome *out)
{
	read_as(&who->asker, text, parse);
	rules_check(grammar, gazetteer, who, parse, strlen(text), out);
}

#endif
