/* SPDX-License-Identifier: GPL-3.0-or-later */
/* atlas: gazetteers, filled when they are asked for. */
#include "gate/atlas.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar.h"
#include "lang/place.h"
#include "store/people.h"
#include "store/region.h"

#define MAPS 64                         /* a kabupaten's takes some 100 kB */
#define PROVINCES_MAX 100               /* two digits */

struct map { char prefix[6]; struct gazetteer *gazetteer; };

struct atlas {
	struct store *store;
	const struct grammar *grammar;
	struct map maps[MAPS];          /* the oldest is replaced */
	size_t next;
	struct map strangers, country;  /* large: never replaced */
	int64_t organisations;          /* the newest one, */
	char *served;                   /* and the kabupaten of all of them, when the maps were drawn */
};

/* A map that is being filled. */
struct filling {
	struct map *map;
	struct { char code[6]; } *served;
	size_t served_count;
	struct { char code[3]; } provinces[PROVINCES_MAX];
	size_t province_count;
};

struct atlas *
atlas_new(struct store *store, const struct grammar *grammar)
{
	struct atlas *atlas = xcalloc(1, sizeof *atlas);

	atlas->store = store;
	atlas->grammar = grammar;
	return atlas;
}

static void
forget(struct map *map)
{
	gazetteer_free(map->gazetteer);
	map->gazetteer = NULL;
}

static void
forget_all(struct atlas *atlas)
{
	for (size_t i = 0; i < MAPS; i++)
		forget(&atlas->maps[i]);
	forget(&atlas->strangers);
	forget(&atlas->country);
}

void
atlas_free(struct atlas *atlas)
{
	if (atlas == NULL)
		return;
	forget_all(atlas);
	free(atlas->served);
	free(atlas);
}

static void
on_province(void *ctx, const char *code, const char *name)
{
	struct filling *filling = ctx;

	gazetteer_add_province(filling->map->gazetteer, code, name);
	if (filling->province_count < PROVINCES_MAX)
		snprintf(filling->provinces[filling->province_count++].code, sizeof filling->provinces[0].code, "%s", code);
}

/* What lies in the map comes with its names; of the others the name alone is known. */
static void
on_served(void *ctx, const char *code, const char *name)
{
	struct filling *filling = ctx;
	const char *prefix = filling->map->prefix;

	if (prefix[0] == '\0') {
		filling->served = xgrow(filling->served, filling->served_count, sizeof *filling->served);
		snprintf(filling->served[filling->served_count++].code, sizeof filling->served->code, "%s", code);
	} else if (strncmp(code, prefix, strlen(prefix)) != 0) {
		gazetteer_add_regency(filling->map->gazetteer, code, name);
	}
}

static void
on_regency(void *ctx, const char *code, const char *name)
{
	const struct filling *filling = ctx;

	for (size_t i = 0; i < filling->served_count; i++)
		if (strcmp(filling->served[i].code, code) == 0)
			return;
	gazetteer_add_regency(filling->map->gazetteer, code, name);
}

static int
fill(struct atlas *atlas, struct filling *filling)
{
	struct gazetteer *gazetteer = filling->map->gazetteer;
	char name[PLACE_NAME_SIZE];
	int error = region_name(atlas->store, "", name, sizeof name);
	size_t i;

	if (error == 0) {
		gazetteer_add_province(gazetteer, "", name);
		error = region_children(atlas->store, "", on_province, filling);
	}
	if (error == 0 && filling->map->prefix[0] != '\0')
		error = region_load(atlas->store, filling->map->prefix, gazetteer);
	if (error == 0)
		error = region_served(atlas->store, on_served, filling);
	for (i = 0; i < filling->served_count && error == 0; i++)
		error = region_load(atlas->store, filling->served[i].code, gazetteer);
	for (i = 0; filling->map == &atlas->country && i < filling->province_count && error == 0; i++)
		error = region_children(atlas->store, filling->provinces[i].code, on_regency, filling);
	return error;
}

static void
on_code(void *ctx, const char *code, const char *name)
{
	char **list = ctx, *longer = xasprintf("%s %s", *list, code);

	(void)name;
	free(*list);
	*list = longer;
}

/* The first people of another kabupaten: from now on strangers may name its villages, too. */
static int
redraw(struct atlas *atlas)
{
	int64_t newest;
	char *served;
	int error = people_newest_organisation(atlas->store, &newest);

	if (error != 0 || newest == atlas->organisations)
		return error;
	served = xstrdup("");
	error = region_served(atlas->store, on_code, &served);
	if (error == 0 && (atlas->served == NULL || strcmp(atlas->served, served) != 0))
		forget_all(atlas);
	free(atlas->served);
	atlas->served = served;
	if (error == 0)
		atlas->organisations = newest;
	return error;
}

/* Where the map is, or where it is to be filled. */
static struct map *
slot_of(struct atlas *atlas, const char *prefix, bool known)
{
	if (prefix[0] == '\0')
		return known ? &atlas->country : &atlas->strangers;
	for (size_t i = 0; i < MAPS; i++)
		if (atlas->maps[i].gazetteer != NULL && strcmp(atlas->maps[i].prefix, prefix) == 0)
			return &atlas->maps[i];
	return &atlas->maps[atlas->next++ % MAPS];
}

int
atlas_find(struct atlas *atlas, const char *area, bool known, const struct gazetteer **out)
{
	const struct grammar *grammar = atlas->grammar;
	struct filling filling = { .map = NULL };
	char prefix[6];
	struct map *map;
	int error = redraw(atlas);

	if (error != 0)
		return error;
	snprintf(prefix, sizeof prefix, "%.5s", area);
	map = filling.map = slot_of(atlas, prefix, known);
	if (map->gazetteer != NULL && strcmp(map->prefix, prefix) == 0) {
		*out = map->gazetteer;
		return 0;
	}
	forget(map);
	map->gazetteer = gazetteer_new(grammar);
	memcpy(map->prefix, prefix, sizeof prefix);
	error = fill(atlas, &filling);
	free(filling.served);
	if (error != 0) {
		forget(map);
		return error;
	}
	for (size_t i = 0; i < grammar->alias_count; i++)
		gazetteer_add_alias(map->gazetteer, grammar->aliases[i].code, grammar->aliases[i].name);
	*out = map->gazetteer;
	return 0;
}
