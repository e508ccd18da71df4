/* SPDX-License-Identifier: GPL-3.0-or-later */
/* region: the official list of areas. Knows codes and printed names; how people type them is another room's. */
#include "store/region.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/place.h"
#include "store/sheet.h"
#include "store/statement.h"
#include "store/store.h"

static const struct level {
	const char *file;
	const char *parent;            /* header of the second column; NULL: no such column */
	size_t length, parent_length;  /* of codes */
} levels[] = {
	{"provinces.csv", NULL, 2, 0},
	{"regencies.csv", "province_code", 5, 2},
	{"districts.csv", "regency_code", 8, 5},
	{"villages.csv", "district_code", 13, 8},
};

/* Digits, with dots between the groups: 32.07.34.2007. */
static int
code_sane(const char *code, size_t length)
{
	if (strlen(code) != length)
		return 0;
	for (size_t i = 0; i < length; i++)
		if (i == 2 || i == 5 || i == 8 ? code[i] != '.' : !isdigit((unsigned char)code[i]))
			return 0;
	return 1;
}

static int
check_header(struct sheet *sheet, const struct level *level, char **error)
{
	const char *const expected[] = {"code", level->parent != NULL ? level->parent : "name", "name"};
	size_t count = level->parent != NULL ? 3 : 2;
	int row = sheet_read(sheet, error);

	if (row < 0)
		return row;
	for (size_t i = 0; i < count || i < sheet->count; i++)
		if (i >= count || strcmp(sheet_cell(sheet, (int)i), expected[i]) != 0)
			return sheet_wrong(sheet, error, "header: column %zu is '%s', expected the columns %s%s%s,name",
					   i + 1, sheet_cell(sheet, (int)i), "code", level->parent != NULL ? "," : "",
					   level->parent != NULL ? level->parent : "");
	return 0;
}

/* The lists are sorted: asking once for each parent in a row of siblings is enough. */
static int
check_parent(struct store *store, struct sheet *sheet, const char *parent, char known[14], char **error)
{
	char name[128];
	int found;

	if (strcmp(parent, known) == 0)
		return 0;
	found = region_name(store, parent, name, sizeof name);
	if (found == -ENOENT)
		return sheet_wrong(sheet, error, "area '%s' is not known, expected it in the file before", parent);
	if (found == 0)
		snprintf(known, 14, "%s", parent);
	return found;
}

static int
check_line(struct sheet *sheet, const struct level *level, char **error)
{
	const char *code = sheet_cell(sheet, 0);
	size_t columns = level->parent != NULL ? 3 : 2;

	if (sheet->count != columns)
		return sheet_wrong(sheet, error, "%zu columns, expected %zu", sheet->count, columns);
	if (!code_sane(code, level->length))
		return sheet_wrong(sheet, error, "code '%s', expected one like %.*s", code, (int)level->length,
				   "32.07.34.2007");
	if (level->parent != NULL && (strlen(sheet_cell(sheet, 1)) != level->parent_length ||
				      strncmp(sheet_cell(sheet, 1), code, level->parent_length) != 0))
		return sheet_wrong(sheet, error, "%s '%s', expected the beginning of %s", level->parent,
				   sheet_cell(sheet, 1), code);
	if (*sheet_cell(sheet, (int)columns - 1) == '\0')
		return sheet_wrong(sheet, error, "name is empty, expected the name of %s", code);
	return 0;
}

static int
import_line(struct store *store, struct sheet *sheet, const struct level *level, char known[14], char **error)
{
	const char *parent = level->parent != NULL ? sheet_cell(sheet, 1) : "";
	int result = check_line(sheet, level, error);

	if (result == 0 && level->parent != NULL)
		result = check_parent(store, sheet, parent, known, error);
	if (result != 0)
		return result;
	statement_bind_text(store, SQL_AREA_PUT, ":code", sheet_cell(sheet, 0));
	statement_bind_text(store, SQL_AREA_PUT, ":name", sheet_cell(sheet, level->parent != NULL ? 2 : 1));
	statement_bind_text(store, SQL_AREA_PUT, ":parent", parent);
	result = statement_run(store, SQL_AREA_PUT);
	return result < 0 ? result : 0;
}

static int
import_file(struct store *store, const char *dir, const struct level *level, int *imported, char **error)
{
	char *path = xasprintf("%s/%s", dir, level->file);
	char known[14] = "";
	struct sheet sheet;
	int result = sheet_open(&sheet, path, ',', error);

	if (result == 0)
		result = check_header(&sheet, level, error);
	while (result == 0 && (result = sheet_read(&sheet, error)) == 1) {
		result = import_line(store, &sheet, level, known, error);
		*imported += result == 0;
	}
	sheet_close(&sheet);
	free(path);
	return result;
}

int
region_import(struct store *store, const char *dir, int *imported, char **error)
{
	int result = store_begin(store);

	*imported = 0;
	*error = NULL;
	if (result != 0)
		return result;
	for (size_t i = 0; result == 0 && i < sizeof levels / sizeof *levels; i++)
		result = import_file(store, dir, &levels[i], imported, error);
	if (result == 0)
		return store_commit(store);
	store_rollback(store);
	*imported = 0;
	return result;
}

int
region_name(struct store *store, const char *code, char *name, unsigned long size)
{
	statement_bind_text(store, SQL_AREA_NAME, ":code", code);
	return statement_one_text(store, SQL_AREA_NAME, name, size);
}

int
region_first(struct store *store, const char *code, char village[14])
{
	statement_bind_text(store, SQL_AREA_FIRST, ":area", code);
	return statement_one_text(store, SQL_AREA_FIRST, village, 14);
}

int
region_load(struct store *store, const char *prefix, struct gazetteer *into)
{
	char code[14], name[128], end[16];
	int row;

	assert(strlen(prefix) < sizeof code);
	/* '/' comes right after '.', ':' right after '9'. */
	snprintf(end, sizeof end, "%s%s", prefix, *prefix == '\0' ? ":" : "/");
	statement_bind_text(store, SQL_AREA_BELOW, ":first", prefix);
	statement_bind_text(store, SQL_AREA_BELOW, ":end", end);
	while ((row = statement_row(store, SQL_AREA_BELOW)) == 1) {
		statement_text(store, SQL_AREA_BELOW, 0, code, sizeof code);
		statement_text(store, SQL_AREA_BELOW, 1, name, sizeof name);
		if (strlen(code) == 5)
			gazetteer_add_regency(into, code, name);
		else if (strlen(code) == 8)
			gazetteer_add_district(into, code, name);
		else
			gazetteer_add_village(into, code, name);
	}
	return row;
}

int
region_served(struct store *store, void (*each)(void *ctx, const char *code, const char *name), void *ctx)
{
	char code[14], name[128];
	int row;

	while ((row = statement_row(store, SQL_AREA_SERVED)) == 1) {
		statement_text(store, SQL_AREA_SERVED, 0, code, sizeof code);
		statement_text(store, SQL_AREA_SERVED, 1, name, sizeof name);
		each(ctx, code, name);
	}
	return row;
}

int
region_named(struct store *store, const char *name, int length, void (*each)(void *ctx, const char *code), void *ctx)
{
	char code[14];
	int row;

	statement_bind_text(store, SQL_AREA_NAMED, ":name", name);
	statement_bind(store, SQL_AREA_NAMED, ":length", length);
	while ((row = statement_row(store, SQL_AREA_NAMED)) == 1) {
		statement_text(store, SQL_AREA_NAMED, 0, code, sizeof code);
		each(ctx, code);
	}
	return row;
}

int
region_children(struct store *store, const char *code, void (*each)(void *ctx, const char *code, const char *name),
		void *ctx)
{
	char child[14], name[128];
	int row;

	statement_bind_text(store, SQL_AREA_CHILDREN, ":area", code);
	while ((row = statement_row(store, SQL_AREA_CHILDREN)) == 1) {
		statement_text(store, SQL_AREA_CHILDREN, 0, child, sizeof child);
		statement_text(store, SQL_AREA_CHILDREN, 1, name, sizeof name);
		each(ctx, child, name);
	}
	return row;
}
