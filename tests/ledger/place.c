/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: the villages and what lies above them, as they were imported. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

static struct level { struct place *all; size_t count; } levels[4];
static const size_t LENGTHS[4] = { 2, 5, 8, 13 };

/* code,...,name; a name with a comma in it is quoted. */
static void
read_line(struct level *level, char *line, size_t length)
{
	char *name = strchr(line, '"'), *last;
	struct place *place;

	line[strcspn(line, "\r\n")] = '\0';
	if (name != NULL) {
		name++;
		name[strcspn(name, "\"")] = '\0';
	} else {
		last = strrchr(line, ',');
		name = last != NULL ? last + 1 : line;
	}
	if (strcspn(line, ",") != length)
		return;
	level->all = grow(level->all, level->count, sizeof *level->all);
	place = &level->all[level->count++];
	snprintf(place->code, sizeof place->code, "%.*s", (int)length, line);
	snprintf(place->name, sizeof place->name, "%.*s", NAME_SIZE - 1, name);
}

static int
by_code(const void *a, const void *b)
{
	return strcmp(((const struct place *)a)->code, ((const struct place *)b)->code);
}

void
places_read(const char *folder)
{
	static const char *const files[4] = { "provinces", "regencies", "districts", "villages" };

	for (size_t i = 0; i < 4; i++) {
		char path[4096], line[512];
		FILE *file;

		snprintf(path, sizeof path, "%s/%s.csv", folder, files[i]);
		file = fopen(path, "r");
		if (file == NULL)
			die("%s cannot be read", path);
		while (fgets(line, sizeof line, file) != NULL)
			read_line(&levels[i], line, LENGTHS[i]);
		fclose(file);
		qsort(levels[i].all, levels[i].count, sizeof *levels[i].all, by_code);
	}
}

static struct level *
level_of(size_t length)
{
	for (size_t i = 0; i < 4; i++)
		if (LENGTHS[i] == length)
			return &levels[i];
	return NULL;
}

/* Where the villages of an area begin: they are in the order of their codes. */
size_t
village_first(const char *area)
{
	size_t low = 0, high = levels[3].count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(levels[3].all[middle].code, area) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t
village_count(const char *area)
{
	size_t first = village_first(area), last = first, length = strlen(area);

	while (last < levels[3].count && strncmp(levels[3].all[last].code, area, length) == 0)
		last++;
	return last - first;
}

const struct place *
village_at(size_t index)
{
	return index < levels[3].count ? &levels[3].all[index] : NULL;
}

const char *
place_name(const char *code)
{
	struct level *level = level_of(strlen(code));
	struct place key, *found;

	if (code[0] == '\0')
		return "Indonesia";
	snprintf(key.code, sizeof key.code, "%s", code);
	found = level != NULL ? bsearch(&key, level->all, level->count, sizeof key, by_code) : NULL;
	if (found == NULL)
		die("'%s' is no area that was imported", code);
	return found->name;
}

const struct place *
place_next(const char *area, const char *after)
{
	struct level *level = &levels[0];

	for (size_t i = 0; i < 3; i++)
		if (LENGTHS[i] == strlen(area))
			level = &levels[i + 1];
	for (size_t i = 0; i < level->count; i++)
		if (strncmp(level->all[i].code, area, strlen(area)) == 0 && strcmp(level->all[i].code, after) > 0)
			return &level->all[i];
	return NULL;
}
