/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure: what a village has of a category in a month. The figures of all villages, and from them the sums of all areas,
 * change in the transaction that changes a report: a question reads one row. */
#include "store/figure.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/area_sum.h"
#include "store/part.h"
#include "store/record.h"
#include "store/settlement.h"
#include "store/span.h"
#include "store/statement.h"
#include "store/turnout.h"

static void
bind_key(struct store *store, enum statement which, const struct record_key *key)
{
	statement_bind_text(store, which, ":village", key->village);
	statement_bind_text(store, which, ":list", key->list);
	statement_bind_text(store, which, ":category", key->category);
	statement_bind_text(store, which, ":unit", key->unit);
}

/* From what was reported and settled. */
static int
compute(struct store *store, const struct record_key *key, struct figure *out)
{
	struct parts parts;
	size_t i;
	int error = parts_read(store, key, &parts);

	*out = (struct figure){ 0 };
	if (error != 0)
		return error;
	out->reports = (int)parts.count;
	error = settlement_find(store, key, &out->value);
	if (error == -ENOENT) {
		error = 0;
		out->known = parts.count != 0;
		out->value = parts_value(&parts);
		for (i = 0; i < parts.count && !out->open; i++)
			out->open = parts_overlap(&parts, i, 0);
	} else {
		out->known = true;
	}
	parts_free(&parts);
	return error;
}

/* What is kept of the key's year, by month, and the family of the key's own month ("" none is kept). */
static int
read_year(struct store *store, const struct record_key *key, struct figure year[SPAN_LONGEST], char *family, size_t size)
{
	int first = span_first(key->period, SPAN_LONGEST), row;

	memset(year, 0, SPAN_LONGEST * sizeof *year);
	family[0] = '\0';
	bind_key(store, SQL_FIGURE_YEAR, key);
	statement_bind(store, SQL_FIGURE_YEAR, ":first", first);
	statement_bind(store, SQL_FIGURE_YEAR, ":last", first + SPAN_LONGEST - 1);
	while ((row = statement_row(store, SQL_FIGURE_YEAR)) == 1) {
		int period = (int)statement_int(store, SQL_FIGURE_YEAR, 0);

		year[period - first] = (struct figure){
			.known = true, .value = (long)statement_int(store, SQL_FIGURE_YEAR, 1),
			.open = statement_int(store, SQL_FIGURE_YEAR, 2) != 0,
			.reports = (int)statement_int(store, SQL_FIGURE_YEAR, 3),
		};
		if (period == key->period)
			statement_text(store, SQL_FIGURE_YEAR, 4, family, size);
	}
	return row;
}

static int
write_figure(struct store *store, const struct record_key *key, const struct figure *figure, const char *family)
{
	enum statement which = figure->known ? SQL_FIGURE_PUT : SQL_FIGURE_DROP;
	int changed;

	bind_key(store, which, key);
	statement_bind(store, which, ":period", key->period);
	if (figure->known) {
		statement_bind(store, which, ":value", figure->value);
		statement_bind(store, which, ":open", figure->open);
		statement_bind(store, which, ":reports", figure->reports);
		statement_bind_text(store, which, ":family", family);
	}
	changed = statement_run(store, which);
	return changed < 0 ? changed : 0;
}

static bool
same(const struct figure *a, const struct figure *b)
{
	return a->known == b->known && a->open == b->open && a->value == b->value && a->reports == b->reports;
}

int
figure_refresh(struct store *store, const struct record_key *key)
{
	struct figure before[SPAN_LONGEST], after[SPAN_LONGEST], *was = &before[key->period % SPAN_LONGEST], now;
	char family[32];
	int error;

	assert(!sqlite3_get_autocommit(store->db));
	error = compute(store, key, &now);
	if (error == 0)
		error = read_year(store, key, before, family, sizeof family);
	if (error != 0 || same(was, &now))
		return error;
	/* As long as there are reports the turnout of their family counts them. */
	if (was->reports == 0)
		snprintf(family, sizeof family, "%s", key->family != NULL ? key->family : "");
	error = write_figure(store, key, &now, family);
	if (error == 0)
		error = turnout_shift(store, key, family, now.reports - was->reports);
	memcpy(after, before, sizeof after);
	after[key->period % SPAN_LONGEST] = now;
	return error != 0 ? error : area_sum_shift(store, key, before, after);
}
