/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overlap: who reports the same people. Knows no categories: codes are texts here. */
#include "store/overlap.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "store/part.h"
#include "store/record.h"
#include "store/statement.h"

int
overlap_find(struct store *store, const struct record_key *key, void (*each)(void *ctx, const char *body), void *ctx)
{
	char body[24];
	int row;

	statement_bind(store, SQL_OVERLAP_FIND, ":organisation", key->organisation);
	statement_bind_text(store, SQL_OVERLAP_FIND, ":village", key->village);
	statement_bind(store, SQL_OVERLAP_FIND, ":rt", key->rt);
	statement_bind(store, SQL_OVERLAP_FIND, ":rw", key->rw);
	statement_bind_text(store, SQL_OVERLAP_FIND, ":category", key->category);
	statement_bind_text(store, SQL_OVERLAP_FIND, ":unit", key->unit);
	statement_bind_text(store, SQL_OVERLAP_FIND, ":list", key->list);
	statement_bind(store, SQL_OVERLAP_FIND, ":period", key->period);
	while ((row = statement_row(store, SQL_OVERLAP_FIND)) == 1) {
		statement_text(store, SQL_OVERLAP_FIND, 0, body, sizeof body);
		each(ctx, body);
	}
	return row;
}

/* An overlap with room for its own strings. */
struct found {
	char village[14], category[16], unit[32], list[64];
	struct record_key key;
	struct overlap overlap;
};

static void
read_key(struct store *store, int period, struct found *found)
{
	statement_text(store, SQL_OVERLAP_LIST, 0, found->village, sizeof found->village);
	statement_text(store, SQL_OVERLAP_LIST, 1, found->category, sizeof found->category);
	statement_text(store, SQL_OVERLAP_LIST, 2, found->unit, sizeof found->unit);
	statement_text(store, SQL_OVERLAP_LIST, 3, found->list, sizeof found->list);
	found->key = (struct record_key){
		.village = found->village, .category = found->category, .unit = found->unit, .list = found->list,
		.period = period,
	};
	found->overlap = (struct overlap){
		.village = found->village, .category = found->category, .unit = found->unit, .list = found->list,
	};
}

/* Puts a body where the alphabet has it; what several of one name say adds up: they have different RWs. */
static void
add_body(struct overlap *overlap, const char *body, long value)
{
	size_t at = 0, i;

	while (at < overlap->count && strcmp(overlap->bodies[at], body) < 0)
		at++;
	if (at < overlap->count && strcmp(overlap->bodies[at], body) == 0) {
		overlap->values[at] += value;
		return;
	}
	if (overlap->count == OVERLAP_BODIES_MAX)
		return;
	for (i = overlap->count++; i > at; i--) {
		overlap->bodies[i] = overlap->bodies[i - 1];
		overlap->values[i] = overlap->values[i - 1];
	}
	overlap->bodies[at] = body;
	overlap->values[at] = value;
}

static void
add_bodies(struct overlap *overlap, const struct parts *parts, int rw)
{
	size_t from, end, i;

	for (from = 0; from < parts->count; from = end) {
		long value = parts_figure(parts, from, &end);
		bool overlaps = false;

		for (i = from; i < end; i++)
			overlaps = overlaps || parts_overlap(parts, i, rw);
		if (overlaps)
			add_body(overlap, parts->all[from].body, value);
	}
}

int
overlap_list_rw(struct store *store, const char *area, int period, int rw,
		void (*each)(void *ctx, const struct overlap *overlap), void *ctx)
{
	struct found found;
	struct parts parts;
	int row, error = 0;

	statement_bind_text(store, SQL_OVERLAP_LIST, ":area", area);
	statement_bind(store, SQL_OVERLAP_LIST, ":period", period);
	while ((row = statement_row(store, SQL_OVERLAP_LIST)) == 1) {
		read_key(store, period, &found);
		error = parts_read(store, &found.key, &parts);
		if (error != 0)
			break;
		add_bodies(&found.overlap, &parts, rw);
		if (found.overlap.count != 0)
			each(ctx, &found.overlap);
		parts_free(&parts);
	}
	if (error != 0)
		statement_end(store, SQL_OVERLAP_LIST);
	return error != 0 ? error : row;
}

int
overlap_list(struct store *store, const char *area, int period, void (*each)(void *ctx, const struct overlap *overlap),
	     void *ctx)
{
	return overlap_list_rw(store, area, period, 0, each, ctx);
}

/* "KT PSM" */
static void
join_bodies(const struct overlap *overlap, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < overlap->count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s", i > 0 ? " " : "", overlap->bodies[i]);
}

static void
bind_overlap(struct store *store, enum statement which, const struct overlap *overlap, int period, const char *bodies)
{
	statement_bind_text(store, which, ":village", overlap->village);
	statement_bind_text(store, which, ":category", overlap->category);
	statement_bind_text(store, which, ":unit", overlap->unit);
	statement_bind_text(store, which, ":list", overlap->list);
	statement_bind_text(store, which, ":bodies", bodies);
	statement_bind(store, which, ":period", period);
}

int
overlap_told(struct store *store, const struct overlap *overlap, int period, bool *told)
{
	char bodies[OVERLAP_BODIES_MAX * 24];
	int64_t count = 0;
	int error;

	join_bodies(overlap, bodies, sizeof bodies);
	bind_overlap(store, SQL_OVERLAP_TOLD, overlap, period, bodies);
	error = statement_number(store, SQL_OVERLAP_TOLD, &count);
	*told = count != 0;
	return error;
}

int
overlap_tell(struct store *store, const struct overlap *overlap, int period, int64_t wall)
{
	char bodies[OVERLAP_BODIES_MAX * 24];

	assert(!sqlite3_get_autocommit(store->db));
	join_bodies(overlap, bodies, sizeof bodies);
	bind_overlap(store, SQL_OVERLAP_TELL, overlap, period, bodies);
	statement_bind(store, SQL_OVERLAP_TELL, ":wall", wall);
	return statement_change(store, SQL_OVERLAP_TELL);
}

int
overlap_forget(struct store *store, const char *area, int period, int64_t wall)
{
	assert(!sqlite3_get_autocommit(store->db));
	statement_bind_text(store, SQL_OVERLAP_FORGET, ":area", area);
	statement_bind(store, SQL_OVERLAP_FORGET, ":period", period);
	statement_bind(store, SQL_OVERLAP_FORGET, ":wall", wall);
	int changed = statement_run(store, SQL_OVERLAP_FORGET);
	return changed < 0 ? changed : 0;
}
