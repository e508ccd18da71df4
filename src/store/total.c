/* SPDX-License-Identifier: GPL-3.0-or-later */
/* total: sums and coverage, looked up in what figure, area_sum and turnout keep ready. */
#include "store/total.h"

#include <errno.h>
#include <string.h>

#include "store/record.h"
#include "store/span.h"
#include "store/statement.h"

#define VILLAGE 13      /* characters of its code */

static void
bind_category(struct store *store, enum statement which, const char *list, const char *category, const char *unit)
{
	statement_bind_text(store, which, ":list", list);
	statement_bind_text(store, which, ":category", category);
	statement_bind_text(store, which, ":unit", unit);
}

static int
look_village(struct store *store, const char *village, int first, int last, struct total *out)
{
	int row;

	statement_bind_text(store, SQL_FIGURE_LAST, ":village", village);
	statement_bind(store, SQL_FIGURE_LAST, ":first", first);
	statement_bind(store, SQL_FIGURE_LAST, ":last", last);
	row = statement_row(store, SQL_FIGURE_LAST);
	if (row <= 0)
		return row;
	out->known = true;
	out->value = out->bottom = (long)statement_int(store, SQL_FIGURE_LAST, 0);
	out->open = statement_int(store, SQL_FIGURE_LAST, 1) != 0;
	statement_end(store, SQL_FIGURE_LAST);
	return 0;
}

static void
bind_span(struct store *store, enum statement which, const char *area, int first, int last)
{
	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", first);
	statement_bind(store, which, ":months", last - first + 1);
}

static int
look_area(struct store *store, const char *area, int first, int last, struct total *out)
{
	int row;

	bind_span(store, SQL_AREA_SUM, area, first, last);
	row = statement_row(store, SQL_AREA_SUM);
	if (row <= 0)
		return row;
	out->known = true;
	out->value = (long)statement_int(store, SQL_AREA_SUM, 0);
	out->open = statement_int(store, SQL_AREA_SUM, 2) != 0;
	out->bottom = (long)statement_int(store, SQL_AREA_SUM, 4);
	out->vague = (int)statement_int(store, SQL_AREA_SUM, 5);
	statement_end(store, SQL_AREA_SUM);
	return 0;
}

int
total_look(struct store *store, const char *area, int first, int last, const char *list, const char *category,
	   const char *unit, struct total *out)
{
	bool village = strlen(area) == VILLAGE;

	*out = (struct total){ 0 };
	if (!span_kept(first, last))
		return -EINVAL;
	bind_category(store, village ? SQL_FIGURE_LAST : SQL_AREA_SUM, list, category, unit);
	return village ? look_village(store, area, first, last, out) : look_area(store, area, first, last, out);
}

int
total_area(struct store *store, const char *area, int first, int last, const char *list, const char *category,
	   const char *unit, long *value, bool *any)
{
	struct total total;
	int error = total_look(store, area, first, last, list, category, unit, &total);

	*value = total.value;
	*any = total.known;
	return error;
}

int
total_village(struct store *store, const struct record_key *key, long *value)
{
	bool any;
	int error = total_area(store, key->village, key->period, key->period, key->list, key->category, key->unit, value,
			       &any);

	return error == 0 && !any ? -ENOENT : error;
}

int
total_coverage(struct store *store, const char *area, int first, int last, const char *family, int *reported,
	       int *villages)
{
	int row;

	if (!span_kept(first, last))
		return -EINVAL;
	bind_span(store, SQL_COVERAGE, area, first, last);
	statement_bind_text(store, SQL_COVERAGE, ":family", family != NULL ? family : "");
	row = statement_row(store, SQL_COVERAGE);
	if (row <= 0)
		return row;
	*reported = (int)statement_int(store, SQL_COVERAGE, 0);
	*villages = (int)statement_int(store, SQL_COVERAGE, 1);
	statement_end(store, SQL_COVERAGE);
	return 0;
}

int
total_missing(struct store *store, const char *area, int first, int last, const char *family,
	      void (*each)(void *ctx, const char *village), void *ctx)
{
	char village[VILLAGE + 1];
	int row;

	if (!span_kept(first, last))
		return -EINVAL;
	bind_span(store, SQL_MISSING, area, first, last);
	statement_bind_text(store, SQL_MISSING, ":family", family != NULL ? family : "");
	while ((row = statement_row(store, SQL_MISSING)) == 1) {
		statement_text(store, SQL_MISSING, 0, village, sizeof village);
		each(ctx, village);
	}
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
