/* SPDX-License-Identifier: GPL-3.0-or-later */
/* extract: all figures of an area, row by row. */
#include "store/extract.h"

#include "store/statement.h"

/* Both statements have the same columns. */
static int
each_row(struct store *store, enum statement which, const char *area, int first, int last, extract_each *each, void *ctx)
{
	struct extract_row out;
	int row;

	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", first);
	statement_bind(store, which, ":last", last);
	while ((row = statement_row(store, which)) == 1) {
		statement_text(store, which, 0, out.area, sizeof out.area);
		statement_text(store, which, 1, out.list, sizeof out.list);
		statement_text(store, which, 2, out.category, sizeof out.category);
		statement_text(store, which, 3, out.unit, sizeof out.unit);
		out.period = (int)statement_int(store, which, 4);
		out.value = (long)statement_int(store, which, 5);
		out.bottom = (long)statement_int(store, which, 6);
		out.vague = (int)statement_int(store, which, 7);
		out.open = (int)statement_int(store, which, 8);
		out.reports = (int)statement_int(store, which, 9);
		each(ctx, &out);
	}
	return row;
}

int
extract_villages(struct store *store, const char *area, int first, int last, extract_each *each, void *ctx)
{
	return each_row(store, SQL_EXTRACT_VILLAGES, area, first, last, each, ctx);
}

int
extract_districts(struct store *store, const char *area, int first, int last, extract_each *each, void *ctx)
{
	return each_row(store, SQL_EXTRACT_DISTRICTS, area, first, last, each, ctx);
}
