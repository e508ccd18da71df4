/* SPDX-License-Identifier: GPL-3.0-or-later */
/* part: what organisations say of one village, category and month. */
#include "store/part.h"

#include <stdlib.h>

#include "base/xmalloc.h"
#include "store/record.h"
#include "store/statement.h"

static void
read_part(struct store *store, struct parts *parts)
{
	struct part *part;

	parts->all = xgrow(parts->all, parts->count, sizeof *parts->all);
	part = &parts->all[parts->count++];
	part->organisation = statement_int(store, SQL_PARTS, 0);
	statement_text(store, SQL_PARTS, 1, part->body, sizeof part->body);
	part->tksk = statement_int(store, SQL_PARTS, 2) != 0;
	part->rw = (int)statement_int(store, SQL_PARTS, 3);
	part->rt = (int)statement_int(store, SQL_PARTS, 4);
	part->value = (long)statement_int(store, SQL_PARTS, 5);
}

int
parts_read(struct store *store, const struct record_key *key, struct parts *out)
{
	int row;

	*out = (struct parts){ 0 };
	statement_bind_text(store, SQL_PARTS, ":village", key->village);
	statement_bind(store, SQL_PARTS, ":period", key->period);
	statement_bind_text(store, SQL_PARTS, ":category", key->category);
	statement_bind_text(store, SQL_PARTS, ":unit", key->unit);
	statement_bind_text(store, SQL_PARTS, ":list", key->list);
	while ((row = statement_row(store, SQL_PARTS)) == 1)
		read_part(store, out);
	if (row != 0)
		parts_free(out);
	return row;
}

void
parts_free(struct parts *parts)
{
	free(parts->all);
	*parts = (struct parts){ 0 };
}

long
parts_figure(const struct parts *parts, size_t from, size_t *end)
{
	const struct part *all = parts->all;
	long sum = 0, whole = -1;
	int rw = -1;    /* that has a value of its own: its RTs come right behind it */
	size_t i;

	for (i = from; i < parts->count && all[i].organisation == all[from].organisation; i++) {
		if (all[i].rw == 0 && all[i].rt == 0)
			whole = all[i].value;
		else if (all[i].rt == 0)
			rw = all[i].rw;
		if (all[i].rt == 0 || all[i].rw != rw)
			sum += all[i].value;
	}
	*end = i;
	return whole >= 0 ? whole : sum;
}

long
parts_value(const struct parts *parts)
{
	long own = -1, largest = 0;
	size_t from, end;

	for (from = 0; from < parts->count; from = end) {
		long figure = parts_figure(parts, from, &end);

		if (parts->all[from].tksk && figure > own)
			own = figure;
		if (figure > largest)
			largest = figure;
	}
	return own >= 0 ? own : largest;
}

/* The whole village meets everything, an RW its RTs, an RT only itself. */
static bool
meets(const struct part *a, int rw, int rt)
{
	if ((a->rw == 0 && a->rt == 0) || (rw == 0 && rt == 0))
		return true;
	return a->rw == rw && (a->rt == 0 || rt == 0 || a->rt == rt);
}

static bool
counts(const struct part *part, int rw)
{
	return part->value > 0 && !part->tksk && (rw == 0 || meets(part, rw, 0));
}

bool
parts_overlap(const struct parts *parts, size_t index, int rw)
{
	const struct part *part = &parts->all[index];
	size_t i;

	for (i = 0; i < parts->count && counts(part, rw); i++)
		if (parts->all[i].organisation != part->organisation && counts(&parts->all[i], rw) &&
		    meets(&parts->all[i], part->rw, part->rt))
			return true;
	return false;
}
