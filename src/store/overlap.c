/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overlap: who reports the same people. Knows no categories: codes are texts here. */
#include "store/overlap.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

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
	char village[14], category[16], unit[32], list[64], bodies[OVERLAP_BODIES_MAX][24];
	struct overlap overlap;
};

static void
read_key(struct store *store, struct found *found)
{
	statement_text(store, SQL_OVERLAP_LIST, 0, found->village, sizeof found->village);
	statement_text(store, SQL_OVERLAP_LIST, 1, found->category, sizeof found->category);
	statement_text(store, SQL_OVERLAP_LIST, 2, found->unit, sizeof found->unit);
	statement_text(store, SQL_OVERLAP_LIST, 3, found->list, sizeof found->list);
	found->overlap = (struct overlap){
		.village = found->village, .category = found->category, .unit = found->unit, .list = found->list,
	};
}

static void
add_body(struct store *store, struct found *found)
{
	struct overlap *overlap = &found->overlap;

	if (overlap->count == OVERLAP_BODIES_MAX)
		return;
	statement_text(store, SQL_OVERLAP_LIST, 4, found->bodies[overlap->count], sizeof found->bodies[0]);
	overlap->bodies[overlap->count] = found->bodies[overlap->count];
	overlap->count++;
}

static bool
same_key(const struct found *a, const struct found *b)
{
	return strcmp(a->village, b->village) == 0 && strcmp(a->category, b->category) == 0 &&
	       strcmp(a->unit, b->unit) == 0 && strcmp(a->list, b->list) == 0;
}

int
overlap_list(struct store *store, const char *area, int period, void (*each)(void *ctx, const struct overlap *overlap),
	     void *ctx)
{
	struct found found[2] = {0};
	int row, now = 0;

	statement_bind_text(store, SQL_OVERLAP_LIST, ":area", area);
	statement_bind(store, SQL_OVERLAP_LIST, ":period", period);
	/* One row a body, those of one overlap behind each other. */
	while ((row = statement_row(store, SQL_OVERLAP_LIST)) == 1) {
		read_key(store, &found[!now]);
		if (!same_key(&found[0], &found[1])) {
			if (found[now].overlap.count != 0)
				each(ctx, &found[now].overlap);
			now = !now;
		}
		add_body(store, &found[now]);
	}
	if (row == 0 && found[now].overlap.count != 0)
		each(ctx, &found[now].overlap);
	return row;
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
