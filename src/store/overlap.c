/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overlap: who reports the same people. Knows no categories: codes are texts here. */
#include "store/overlap.h"

#include <stdbool.h>
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
