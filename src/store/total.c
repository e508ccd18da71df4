/* SPDX-License-Identifier: GPL-3.0-or-later */
/* total: sums and coverage, computed from the values in force each time they are asked for. */
#include "store/total.h"

#include <errno.h>
#include <stdlib.h>

#include "base/xmalloc.h"
#include "store/record.h"
#include "store/statement.h"

int
total_area(struct store *store, const char *area, int first, int last, const char *list, const char *category,
	   const char *unit, long *value, bool *any)
{
	statement_bind_text(store, SQL_TOTAL, ":area", area);
	statement_bind(store, SQL_TOTAL, ":first", first);
	statement_bind(store, SQL_TOTAL, ":last", last);
	statement_bind_text(store, SQL_TOTAL, ":category", category);
	statement_bind_text(store, SQL_TOTAL, ":unit", unit);
	statement_bind_text(store, SQL_TOTAL, ":list", list);
	int row = statement_row(store, SQL_TOTAL);
	if (row <= 0)
		return row == 0 ? -ENOENT : row;
	*any = statement_int(store, SQL_TOTAL, 0) > 0;
	*value = (long)statement_int(store, SQL_TOTAL, 1);
	statement_end(store, SQL_TOTAL);
	return 0;
}

int
total_village(struct store *store, const struct record_key *key, long *value)
{
	bool any;
	int error = total_area(store, key->village, key->period, key->period, key->list, key->category, key->unit, value,
			       &any);

	return error == 0 && !any ? -ENOENT : error;
}

/* As JSON, ["01","02"]: codes have no characters that are special there. NULL stays NULL. */
static char *
join(const char *const *categories)
{
	char *all, *longer;

	if (categories == NULL)
		return NULL;
	all = xstrdup("");
	for (size_t i = 0; categories[i] != NULL; i++, all = longer) {
		longer = xasprintf("%s%s\"%s\"", all, i > 0 ? "," : "", categories[i]);
		free(all);
	}
	longer = xasprintf("[%s]", all);
	free(all);
	return longer;
}

static void
bind_window(struct store *store, enum statement which, const char *area, int first, int last, const char *categories)
{
	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", first);
	statement_bind(store, which, ":last", last);
	statement_bind_text(store, which, ":categories", categories);
}

int
total_coverage(struct store *store, const char *area, int first, int last, const char *const *categories, int *reported,
	       int *villages)
{
	char *all = join(categories);

	bind_window(store, SQL_COVERAGE, area, first, last, all);
	int row = statement_row(store, SQL_COVERAGE);
	if (row == 1) {
		*villages = (int)statement_int(store, SQL_COVERAGE, 0);
		*reported = (int)statement_int(store, SQL_COVERAGE, 1);
		statement_end(store, SQL_COVERAGE);
	}
	free(all);
	return row < 0 ? row : 0;
}

int
total_missing(struct store *store, const char *area, int first, int last, const char *const *categories,
	      void (*each)(void *ctx, const char *village), void *ctx)
{
	char *all = join(categories), village[14];
	int row;

	bind_window(store, SQL_MISSING, area, first, last, all);
	while ((row = statement_row(store, SQL_MISSING)) == 1) {
		statement_text(store, SQL_MISSING, 0, village, sizeof village);
		each(ctx, village);
	}
	free(all);
	return row;
}

static void
bind_organisation(struct store *store, enum statement which, int64_t organisation, const char *area, int first, int last)
{
	statement_bind(store, which, ":organisation", organisation);
	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", first);
	statement_bind(store, which, ":last", last);
}

int
total_reported(struct store *store, int64_t organisation, const char *area, int first, int last, bool *reported)
{
	int64_t any = 0;
	int error;

	bind_organisation(store, SQL_ORGANISATION_REPORTED, organisation, area, first, last);
	error = statement_number(store, SQL_ORGANISATION_REPORTED, &any);
	*reported = any != 0;
	return error;
}

int
total_figures(struct store *store, int64_t organisation, const char *area, int month,
	      void (*each)(void *ctx, const char *list, const char *category, const char *unit, long value), void *ctx)
{
	const enum statement which = SQL_ORGANISATION_FIGURES;
	char list[64], category[16], unit[32];
	int row;

	bind_organisation(store, which, organisation, area, month, month);
	while ((row = statement_row(store, which)) == 1) {
		statement_text(store, which, 0, list, sizeof list);
		statement_text(store, which, 1, category, sizeof category);
		statement_text(store, which, 2, unit, sizeof unit);
		each(ctx, list, category, unit, (long)statement_int(store, which, 3));
	}
	return row;
}
