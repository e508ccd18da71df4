/* SPDX-License-Identifier: GPL-3.0-or-later */
/* turnout: how many villages have reported. Of each village and month it is kept how many values are in force; only where
 * the first one comes or the last one goes does anything change above it. */
#include "store/turnout.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "store/record.h"
#include "store/span.h"
#include "store/statement.h"

/* Months of the key's year in which the village has values of the family, the key's own month left out. */
static int
read_others(struct store *store, const struct record_key *key, const char *family, bool year[SPAN_LONGEST])
{
	int first = span_first(key->period, SPAN_LONGEST), row;

	memset(year, 0, SPAN_LONGEST * sizeof *year);
	statement_bind_text(store, SQL_PRESENCE_YEAR, ":village", key->village);
	statement_bind_text(store, SQL_PRESENCE_YEAR, ":family", family);
	statement_bind(store, SQL_PRESENCE_YEAR, ":first", first);
	statement_bind(store, SQL_PRESENCE_YEAR, ":last", first + SPAN_LONGEST - 1);
	while ((row = statement_row(store, SQL_PRESENCE_YEAR)) == 1) {
		int period = (int)statement_int(store, SQL_PRESENCE_YEAR, 0);

		year[period - first] = period != key->period;
	}
	return row;
}

static void
bind_row(struct store *store, enum statement which, const char *area, int first, int months, const char *family)
{
	statement_bind_text(store, which, ":area", area);
	statement_bind(store, which, ":first", first);
	statement_bind(store, which, ":months", months);
	statement_bind_text(store, which, ":family", family);
}

static int
add(struct store *store, const char *area, int first, int months, const char *family, int more)
{
	int changed;

	bind_row(store, SQL_TURNOUT_ADD, area, first, months, family);
	statement_bind(store, SQL_TURNOUT_ADD, ":more", more);
	changed = statement_run(store, SQL_TURNOUT_ADD);
	if (changed == 0) {
		bind_row(store, SQL_TURNOUT_NEW, area, first, months, family);
		statement_bind(store, SQL_TURNOUT_NEW, ":more", more);
		changed = statement_run(store, SQL_TURNOUT_NEW);
	} else if (changed > 0 && more < 0) {
		bind_row(store, SQL_TURNOUT_DROP, area, first, months, family);
		changed = statement_run(store, SQL_TURNOUT_DROP);
	}
	return changed < 0 ? changed : 0;
}

/* One village more (or less) in every span around the key's month that has no other month with a report. */
static int
shift_spans(struct store *store, const struct record_key *key, const char *family, int more)
{
	static const int above[] = { 8, 5, 2, 0 };
	bool others[SPAN_LONGEST];
	char area[14];
	size_t level;
	int error = read_others(store, key, family, others), i, month;

	for (i = 0; i < SPANS && error == 0; i++) {
		int first = span_first(key->period, SPAN_MONTHS[i]);

		for (month = first; month < first + SPAN_MONTHS[i]; month++)
			if (others[month % SPAN_LONGEST])
				return 0;
		for (level = 0; level < sizeof above / sizeof *above && error == 0; level++) {
			snprintf(area, sizeof area, "%.*s", above[level], key->village);
			error = add(store, area, first, SPAN_MONTHS[i], family, more);
		}
	}
	return error;
}

static void
bind_presence(struct store *store, enum statement which, const struct record_key *key, const char *family)
{
	statement_bind_text(store, which, ":village", key->village);
	statement_bind(store, which, ":period", key->period);
	statement_bind_text(store, which, ":family", family);
}

/* Values in force of the village, month and family, or -errno; `more` is added. */
static int
count_present(struct store *store, const struct record_key *key, const char *family, int more)
{
	int64_t now = more;
	int error, changed = 0;

	bind_presence(store, SQL_PRESENCE_ADD, key, family);
	statement_bind(store, SQL_PRESENCE_ADD, ":more", more);
	error = statement_number(store, SQL_PRESENCE_ADD, &now);
	if (error == -ENOENT) {
		bind_presence(store, SQL_PRESENCE_NEW, key, family);
		statement_bind(store, SQL_PRESENCE_NEW, ":more", more);
		changed = statement_run(store, SQL_PRESENCE_NEW);
	} else if (error == 0 && now == 0) {
		bind_presence(store, SQL_PRESENCE_DROP, key, family);
		changed = statement_run(store, SQL_PRESENCE_DROP);
	} else if (error != 0) {
		return error;
	}
	return changed < 0 ? changed : (int)now;
}

static int
shift(struct store *store, const struct record_key *key, const char *family, int more)
{
	int now = count_present(store, key, family, more);

	if (now < 0)
		return now;
	if ((now > 0) == (now - more > 0))
		return 0;
	return shift_spans(store, key, family, now > 0 ? 1 : -1);
}

int
turnout_shift(struct store *store, const struct record_key *key, const char *family, int more)
{
	int error = 0;

	/* "" stands for all of them. */
	if (more != 0)
		error = shift(store, key, "", more);
	if (more != 0 && family[0] != '\0' && error == 0)
		error = shift(store, key, family, more);
	return error;
}
