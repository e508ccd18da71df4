/* SPDX-License-Identifier: GPL-3.0-or-later */
/* area_sum: sums over the villages of an area.
 *
 * Beside the sum itself each row says what of it may be told to somebody who must not learn counts of one to four in a
 * kecamatan (rule 52): `bottom` adds up what is told of each kecamatan, `vague` counts those of which only a limit is
 * told. Whatever is told of an area is made of that, so that no sum, and no sum less another, tells a hidden count. Of
 * a kecamatan only a limit is told where its own sum is one to four, or that of a shorter span inside this one: a year
 * less eleven months would tell the twelfth. */
#include "store/area_sum.h"

#include <stdio.h>

#include "store/record.h"
#include "store/statement.h"

#define FEW 4           /* counts up to this are hidden, 0 is not */

struct sum {
	long value;
	int villages, open;             /* of which something is known; provisional */
	int small;                      /* of a kecamatan: spans inside this one, itself included, whose sum is 1 to 4 */
	long bottom;
	int vague;
};

static void
bind_row(struct store *store, enum statement which, const struct record_key *key, const char *area, int months)
{
	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", span_first(key->period, months));
	statement_bind(store, which, ":months", months);
	statement_bind_text(store, which, ":list", key->list);
	statement_bind_text(store, which, ":category", key->category);
	statement_bind_text(store, which, ":unit", key->unit);
}

static int
read_sum(struct store *store, const struct record_key *key, const char *area, int months, struct sum *out)
{
	int row;

	*out = (struct sum){ 0 };
	bind_row(store, SQL_AREA_SUM, key, area, months);
	row = statement_row(store, SQL_AREA_SUM);
	if (row <= 0)
		return row;
	out->value = (long)statement_int(store, SQL_AREA_SUM, 0);
	out->villages = (int)statement_int(store, SQL_AREA_SUM, 1);
	out->open = (int)statement_int(store, SQL_AREA_SUM, 2);
	out->small = (int)statement_int(store, SQL_AREA_SUM, 3);
	out->bottom = (long)statement_int(store, SQL_AREA_SUM, 4);
	out->vague = (int)statement_int(store, SQL_AREA_SUM, 5);
	statement_end(store, SQL_AREA_SUM);
	return 0;
}

static int
write_sum(struct store *store, enum statement which, const struct record_key *key, const char *area, int months,
	  const struct sum *sum)
{
	bind_row(store, which, key, area, months);
	statement_bind(store, which, ":value", sum->value);
	statement_bind(store, which, ":villages", sum->villages);
	statement_bind(store, which, ":open", sum->open);
	statement_bind(store, which, ":small", sum->small);
	statement_bind(store, which, ":bottom", sum->bottom);
	statement_bind(store, which, ":vague", sum->vague);
	return statement_run(store, which);
}

/* Adds to a row, which is made if it is the first; one without any village goes. */
static int
add(struct store *store, const struct record_key *key, const char *area, int months, const struct sum *more)
{
	int changed;

	if (more->value == 0 && more->villages == 0 && more->open == 0 && more->small == 0 && more->bottom == 0 &&
	    more->vague == 0)
		return 0;
	changed = write_sum(store, SQL_AREA_SUM_ADD, key, area, months, more);
	if (changed == 0)
		changed = write_sum(store, SQL_AREA_SUM_NEW, key, area, months, more);
	if (changed >= 0 && more->villages < 0) {
		bind_row(store, SQL_AREA_SUM_DROP, key, area, months);
		changed = statement_run(store, SQL_AREA_SUM_DROP);
	}
	return changed < 0 ? changed : 0;
}

/* The last month of the span that anything is known of; NULL none. */
static const struct figure *
last_known(const struct figure year[SPAN_LONGEST], int first, int months)
{
	int i;

	for (i = first % SPAN_LONGEST + months - 1; i >= first % SPAN_LONGEST; i--)
		if (year[i].known)
			return &year[i];
	return NULL;
}

/* What the change of one village does to the sum of a span. */
static struct sum
difference(const struct record_key *key, const struct figure before[SPAN_LONGEST], const struct figure after[SPAN_LONGEST],
	   int months)
{
	static const struct figure nothing;
	int first = span_first(key->period, months);
	const struct figure *was = last_known(before, first, months), *is = last_known(after, first, months);

	was = was != NULL ? was : &nothing;
	is = is != NULL ? is : &nothing;
	return (struct sum){ .value = is->value - was->value, .villages = is->known - was->known,
			     .open = is->open - was->open };
}

static bool
is_small(long value)
{
	return value >= 1 && value <= FEW;
}

/* What is told of a kecamatan. */
static void
publish(struct sum *sum)
{
	sum->vague = sum->value > 0 && sum->small > 0;
	sum->bottom = !sum->vague ? sum->value : sum->value > FEW ? FEW : 0;
}

/* The kecamatan's row with the difference; completes the difference by what else changes in the row. */
static int
shift_district(struct store *store, const struct record_key *key, const char *area, int months, int *small,
	       struct sum *difference)
{
	struct sum was, is;
	int error = read_sum(store, key, area, months, &was);

	if (error != 0)
		return error;
	is = was;
	is.value += difference->value;
	is.villages += difference->villages;
	is.open += difference->open;
	/* What got small or ceased to be in the shorter spans counts in the longer ones, too. */
	*small += is_small(is.value) - is_small(was.value);
	is.small += *small;
	publish(&is);
	difference->small = *small;
	difference->bottom = is.bottom - was.bottom;
	difference->vague = is.vague - was.vague;
	return add(store, key, area, months, difference);
}

int
area_sum_shift(struct store *store, const struct record_key *key, const struct figure before[SPAN_LONGEST],
	       const struct figure after[SPAN_LONGEST])
{
	static const int above[] = { 5, 2, 0 };         /* kabupaten, province, country */
	int small = 0, error = 0, i;
	char area[14];
	size_t level;

	for (i = 0; i < SPANS && error == 0; i++) {
		struct sum more = difference(key, before, after, SPAN_MONTHS[i]);

		snprintf(area, sizeof area, "%.8s", key->village);
		error = shift_district(store, key, area, SPAN_MONTHS[i], &small, &more);
		more.small = 0;
		for (level = 0; level < sizeof above / sizeof *above && error == 0; level++) {
			snprintf(area, sizeof area, "%.*s", above[level], key->village);
			error = add(store, key, area, SPAN_MONTHS[i], &more);
		}
	}
	return error;
}
