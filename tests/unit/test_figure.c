/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_figure: what is kept ready for questions against a recount. Random reports, corrections, cancellations and
 * settlements; then every village, area, span and category is computed anew, here and slowly, from the reports that are in
 * force, and must be what the store answers. PROPERTY_SEED chooses other ones. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/overlap.h"
#include "store/record.h"
#include "store/settlement.h"
#include "store/statement.h"
#include "store/store.h"
#include "store/total.h"

#pragma GCC diagnostic ignored "-Woverlength-strings"
static const char migration[] =
#include "to_version_12.inc"
	;

#define NOW 1792461600
#define FIRST (2025 * 12)               /* two years */
#define MONTHS 24
#define MOST 4096

static struct store *store;
static uint64_t dice;

static const char *const areas[] = {
	"", "12", "32", "12.02", "32.07", "32.08", "12.02.01", "32.07.32", "32.07.34", "32.08.01", "12.02.01.1001", "12.02.01.2001",
	"32.07.32.2001", "32.07.34.2001", "32.07.34.2002", "32.07.34.2003", "32.08.01.2001", "32.08.01.2002",
};
#define AREAS (sizeof areas / sizeof *areas)
#define VILLAGES 8
#define FIRST_VILLAGE (AREAS - VILLAGES)

/* What is counted; the last is the first of another list. */
static const struct { const char *list, *category, *unit, *family; } kinds[] = {
	{ "pmks-2009", "07", "orang", "PMKS" }, { "pmks-2009", "17", "keluarga", "PMKS" }, { "pmks-2009", "17", "orang", "PMKS" },
	{ "pmks-2009", "P2", "organisasi", "PSKS" }, { "ppks-2012", "07", "orang", "PMKS" },
};
#define KINDS (sizeof kinds / sizeof *kinds)

static int
below(int n)
{
	uint64_t z = dice += 0x9e3779b97f4a7c15u;       /* splitmix64 */

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (int)((z ^ (z >> 31)) % (uint64_t)n);
}

static void
run_sql(const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
}

/* Every village has four organisations, every kecamatan a TKSK; each has the person of the same number. */
static int
setup(void **state)
{
	char sql[256];
	size_t i;

	(void)state;
	if (store_open(&store, ":memory:", STORE_CREATE) != 0)
		return -1;
	for (i = 1; i < AREAS; i++) {
		size_t length = strlen(areas[i]), above = length == 13 ? 8 : length == 2 ? 0 : length - 3;

		snprintf(sql, sizeof sql, "INSERT INTO area (code, name, parent) VALUES ('%s', 'x', '%.*s')", areas[i], (int)above,
			 areas[i]);
		run_sql(sql);
	}
	run_sql("INSERT INTO organisation (role, body, area, rw) SELECT 'PSM', 'PSM', code, 0 FROM area WHERE length(code) = 13;"
		"INSERT INTO organisation (role, body, area, rw) SELECT 'KT', 'KT', code, 0 FROM area WHERE length(code) = 13;"
		"INSERT INTO organisation (role, body, area, rw) SELECT 'KPS', 'PKK', code, 1 FROM area WHERE length(code) = 13;"
		"INSERT INTO organisation (role, body, area, rw) SELECT 'KPS', 'PKK', code, 2 FROM area WHERE length(code) = 13;"
		"INSERT INTO organisation (role, body, area, rw) SELECT 'TKSK', 'TKSK', code, 0 FROM area WHERE length(code) = 8;"
		"INSERT INTO person (state, organisation) SELECT 'ACTIVE', id FROM organisation ORDER BY id;");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	store_close(store);
	return 0;
}

/* --- random deeds --- */

static int64_t
organisation_of(const char *village)
{
	sqlite3_stmt *rows;
	int64_t id;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT id FROM organisation WHERE ?1 LIKE area || '%' ORDER BY id"
					    " LIMIT 1 OFFSET ?2", -1, &rows, NULL), SQLITE_OK);
	sqlite3_bind_text(rows, 1, village, -1, SQLITE_STATIC);
	sqlite3_bind_int(rows, 2, below(5));
	assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
	id = sqlite3_column_int64(rows, 0);
	sqlite3_finalize(rows);
	return id;
}

/* Small numbers, so that many are hidden, and few keys, so that many meet. */
static struct record_key
random_key(void)
{
	int kind = below(KINDS);
	struct record_key key = { .village = areas[FIRST_VILLAGE + (size_t)below(VILLAGES)], .list = kinds[kind].list,
				  .category = kinds[kind].category, .unit = kinds[kind].unit, .family = kinds[kind].family,
				  .period = FIRST + below(MONTHS) };

	key.organisation = organisation_of(key.village);
	if (below(3) == 0)
		key.rw = below(3);
	if (below(4) == 0)
		key.rt = below(3);
	return key;
}

static int64_t
report(void)
{
	int values = 1 + below(4), i;
	struct record_key key = random_key();
	int64_t no;

	assert_int_equal(receipt_draw(store, "LAPOR", 0, key.organisation, key.organisation, NOW, &no), 0);
	for (i = 0; i < values; i++) {
		struct record_key other = random_key();

		/* One report is of one organisation and month. */
		other.village = key.village;
		other.organisation = key.organisation;
		other.period = key.period;
		assert_int_equal(record_put(store, no, &other, below(3) == 0 ? 0 : below(9), ""), 0);
	}
	return no;
}

static void
deed(int64_t *last)
{
	struct record_key key = random_key();
	int64_t no;
	long now;
	int error;

	assert_int_equal(store_begin(store), 0);
	switch (below(10)) {
	case 0: case 1:
		error = receipt_cancel(store, *last > 0 ? 1 + below((int)*last) : 1, 1, NOW, NULL, NULL);
		assert_true(error == 0 || error == -ENOENT);
		break;
	case 2:
		error = record_take_back(store, &key, 1, NOW, &no, &now);
		assert_true(error == 0 || error == -ENOENT);
		break;
	case 3:
		assert_int_equal(settlement_put(store, &key, below(7), 1, NOW), 0);
		break;
	case 4:
		assert_int_equal(settlement_reopen(store, &key, NOW), 0);
		break;
	default:
		*last = report();
		break;
	}
	/* What was taken back as a whole leaves no trace. */
	if (below(20) == 0)
		store_rollback(store);
	else
		assert_int_equal(store_commit(store), 0);
}

/* --- the recount --- */

struct fact { size_t village, kind; int period, organisation, rw, rt; bool tksk; long value; };
static struct fact facts[MOST];
static size_t fact_count;
static long settled[VILLAGES][KINDS][MONTHS];   /* -1: not */

static size_t
village_of(const char *code)
{
	size_t i = 0;

	while (strcmp(areas[FIRST_VILLAGE + i], code) != 0)
		i++;
	return i;
}

static size_t
kind_of(const char *list, const char *category, const char *unit)
{
	size_t i = 0;

	while (strcmp(kinds[i].list, list) != 0 || strcmp(kinds[i].category, category) != 0 || strcmp(kinds[i].unit, unit) != 0)
		i++;
	return i;
}

static const char *
column(sqlite3_stmt *rows, int at)
{
	return (const char *)sqlite3_column_text(rows, at);
}

static void
read_facts(void)
{
	sqlite3_stmt *rows;

	fact_count = 0;
	memset(settled, -1, sizeof settled);
	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT village, list, category, unit, period, organisation, r.rw, rt,"
					    " role = 'TKSK', value FROM record AS r JOIN organisation AS o ON o.id = organisation"
					    " WHERE state = 'CURRENT'", -1, &rows, NULL), SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		assert_true(fact_count < MOST);
		facts[fact_count++] = (struct fact){
			village_of(column(rows, 0)), kind_of(column(rows, 1), column(rows, 2), column(rows, 3)),
			sqlite3_column_int(rows, 4), sqlite3_column_int(rows, 5), sqlite3_column_int(rows, 6),
			sqlite3_column_int(rows, 7), sqlite3_column_int(rows, 8) != 0, (long)sqlite3_column_int(rows, 9),
		};
	}
	sqlite3_finalize(rows);
	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT village, list, category, unit, period, value FROM settlement"
					    " WHERE state = 'CURRENT'", -1, &rows, NULL), SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		settled[village_of(column(rows, 0))][kind_of(column(rows, 1), column(rows, 2), column(rows, 3))]
		       [sqlite3_column_int(rows, 4) - FIRST] = (long)sqlite3_column_int(rows, 5);
	sqlite3_finalize(rows);
}

static bool
is_of(const struct fact *fact, size_t village, size_t kind, int period)
{
	return fact->village == village && fact->kind == kind && fact->period == period;
}

/* Rule 34 for one organisation; -1: it says nothing. */
static long
said_by(int organisation, size_t village, size_t kind, int period)
{
	long sum = 0;
	bool any = false;

	for (size_t i = 0; i < fact_count; i++) {
		const struct fact *f = &facts[i];
		bool covered = false;

		if (!is_of(f, village, kind, period) || f->organisation != organisation)
			continue;
		if (f->rw == 0 && f->rt == 0)
			return f->value;
		for (size_t j = 0; j < fact_count; j++)
			covered = covered || (is_of(&facts[j], village, kind, period) && facts[j].organisation == organisation &&
					      facts[j].rw == f->rw && facts[j].rt == 0 && f->rt != 0);
		any = true;
		sum += covered ? 0 : f->value;
	}
	return any ? sum : -1;
}

/* Rule 42; -1: nothing is known. */
static long
village_value(size_t village, size_t kind, int period)
{
	long most = -1, tksk = -1;

	if (settled[village][kind][period - FIRST] >= 0)
		return settled[village][kind][period - FIRST];
	for (size_t i = 0; i < fact_count; i++)
		if (is_of(&facts[i], village, kind, period)) {
			long said = said_by(facts[i].organisation, village, kind, period);

			most = said > most ? said : most;
			tksk = facts[i].tksk && said > tksk ? said : tksk;
		}
	return tksk >= 0 ? tksk : most;
}

/* Rule 41. */
static bool
overlap(const struct fact *a, const struct fact *b)
{
	bool whole = (a->rw == 0 && a->rt == 0) || (b->rw == 0 && b->rt == 0);
	bool part = a->rw == b->rw && (a->rt == b->rt || a->rt == 0 || b->rt == 0);

	return a->organisation != b->organisation && !a->tksk && !b->tksk && a->value > 0 && b->value > 0 && (whole || part);
}

static bool
is_open(size_t village, size_t kind, int period)
{
	if (settled[village][kind][period - FIRST] >= 0)
		return false;
	for (size_t i = 0; i < fact_count; i++)
		for (size_t j = 0; j < i; j++)
			if (is_of(&facts[i], village, kind, period) && is_of(&facts[j], village, kind, period) &&
			    overlap(&facts[i], &facts[j]))
				return true;
	return false;
}

static long values[VILLAGES][KINDS][MONTHS];
static bool opens[VILLAGES][KINDS][MONTHS];
static bool reported[VILLAGES][2][MONTHS];      /* PMKS, PSKS */

static void
recount_months(void)
{
	read_facts();
	memset(reported, 0, sizeof reported);
	for (size_t i = 0; i < fact_count; i++)
		reported[facts[i].village][facts[i].kind == 3][facts[i].period - FIRST] = true;
	for (size_t v = 0; v < VILLAGES; v++)
		for (size_t k = 0; k < KINDS; k++)
			for (int m = 0; m < MONTHS; m++) {
				values[v][k][m] = village_value(v, k, FIRST + m);
				opens[v][k][m] = is_open(v, k, FIRST + m);
			}
}

static bool
lies_in(size_t village, const char *area)
{
	return strncmp(areas[FIRST_VILLAGE + village], area, strlen(area)) == 0;
}

/* Of each village the last month that is known; -1 none. */
static long
area_value(const char *area, size_t kind, int first, int months, bool *open)
{
	long sum = -1;

	*open = false;
	for (size_t v = 0; v < VILLAGES; v++)
		for (int m = first + months - 1; m >= first && lies_in(v, area); m--)
			if (values[v][kind][m - FIRST] >= 0) {
				sum = (sum < 0 ? 0 : sum) + values[v][kind][m - FIRST];
				*open = *open || opens[v][kind][m - FIRST];
				break;
			}
	return sum;
}

/* Whether the kecamatan has a hidden sum in any span inside this one. */
static bool
is_hidden(const char *district, size_t kind, int first, int months)
{
	static const int lengths[] = { 1, 3, 6, 12 };
	bool open;

	for (size_t i = 0; i < 4 && lengths[i] <= months; i++)
		for (int at = first; at < first + months; at += lengths[i]) {
			long value = area_value(district, kind, at, lengths[i], &open);

			if (value >= 1 && value <= 4)
				return true;
		}
	return false;
}

/* What may be told: the sum of what may be told of each kecamatan, and how many of them are told as a limit. */
static long
area_bottom(const char *area, size_t kind, int first, int months, int *vague)
{
	long bottom = 0;

	*vague = 0;
	for (size_t i = 0; i < AREAS; i++) {
		bool open, inside = strlen(areas[i]) == 8 && strncmp(areas[i], area, strlen(area)) == 0;
		long value = inside ? area_value(areas[i], kind, first, months, &open) : 0;

		if (value <= 0)
			continue;
		if (!is_hidden(areas[i], kind, first, months)) {
			bottom += value;
		} else {
			bottom += value > 4 ? 4 : 0;
			++*vague;
		}
	}
	return bottom;
}

/* --- comparing --- */

static void
compare_total(const char *area, size_t kind, int first, int months)
{
	bool open;
	long value = area_value(area, kind, first, months, &open), bottom;
	struct total total;
	int vague;

	assert_int_equal(total_look(store, area, first, first + months - 1, kinds[kind].list, kinds[kind].category,
				    kinds[kind].unit, &total), 0);
	bottom = area_bottom(area, kind, first, months, &vague);
	if (total.known != (value >= 0) || total.value != (value < 0 ? 0 : value) || total.open != open)
		fail_msg("%s %s %s, %d months from %d: %s %ld%s, recounted %ld%s", area, kinds[kind].category, kinds[kind].unit, months,
			 first, total.known ? "known" : "unknown", total.value, total.open ? " open" : "", value, open ? " open" : "");
	if (strlen(area) <= 8 && (total.bottom != bottom || total.vague != vague))
		fail_msg("%s %s %s, %d months from %d: told %ld and %d vague, recounted %ld and %d", area, kinds[kind].category,
			 kinds[kind].unit, months, first, total.bottom, total.vague, bottom, vague);
}

static char listed[2048];

static void
on_missing(void *ctx, const char *village)
{
	(void)ctx;
	strcat(listed, village);
	strcat(listed, " ");
}

static void
compare_turnout(const char *area, int family, int first, int months)
{
	const char *const names[] = { "PMKS", "PSKS", NULL };
	int villages = 0, there = 0, got, all;
	char missing[2048] = "";

	for (size_t v = 0; v < VILLAGES; v++) {
		bool any = false;

		if (!lies_in(v, area))
			continue;
		for (int m = first - FIRST; m < first - FIRST + months; m++)
			any = any || (family != 1 && reported[v][0][m]) || (family != 0 && reported[v][1][m]);
		villages++;
		there += any;
		if (!any) {
			strcat(missing, areas[FIRST_VILLAGE + v]);
			strcat(missing, " ");
		}
	}
	assert_int_equal(total_coverage(store, area, first, first + months - 1, names[family], &got, &all), 0);
	assert_int_equal(got, there);
	assert_int_equal(all, villages);
	listed[0] = '\0';
	assert_int_equal(total_missing(store, area, first, first + months - 1, names[family], on_missing, NULL), 0);
	assert_string_equal(listed, missing);
}

static void
on_overlap(void *ctx, const struct overlap *found)
{
	size_t kind = kind_of(found->list, found->category, found->unit);

	(void)ctx;
	snprintf(listed + strlen(listed), sizeof listed - strlen(listed), "%zu.%zu ", village_of(found->village), kind);
	assert_true(found->count >= 1);
}

/* By village, category, unit, list. */
static void
compare_overlaps(const char *area, int period)
{
	static const size_t order[KINDS] = { 0, 4, 1, 2, 3 };
	char open[2048] = "";

	for (size_t v = 0; v < VILLAGES; v++)
		for (size_t k = 0; k < KINDS; k++)
			if (lies_in(v, area) && opens[v][order[k]][period - FIRST])
				snprintf(open + strlen(open), sizeof open - strlen(open), "%zu.%zu ", v, order[k]);
	listed[0] = '\0';
	assert_int_equal(overlap_list(store, area, period, on_overlap, NULL), 0);
	assert_string_equal(listed, open);
}

static void
compare_all(void)
{
	static const int lengths[] = { 1, 3, 6, 12 };

	recount_months();
	for (size_t a = 0; a < AREAS; a++)
		for (size_t l = 0; l < 4; l++)
			for (int first = FIRST; first < FIRST + MONTHS; first += lengths[l]) {
				for (size_t k = 0; k < KINDS; k++)
					compare_total(areas[a], k, first, lengths[l]);
				for (int family = 0; family < 3; family++)
					compare_turnout(areas[a], family, first, lengths[l]);
				if (lengths[l] == 1)
					compare_overlaps(areas[a], first);
			}
}

/* Everything that is kept, as text. */
static char *
kept(void)
{
	sqlite3_stmt *rows;
	char *text;

	assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT group_concat(line, char(10)) FROM ("
		"SELECT 'figure ' || village || list || category || unit || period || ' ' || value || ' ' || open || ' ' || reports"
		" || ' ' || CASE reports WHEN 0 THEN '' ELSE family END AS line FROM figure"
		" UNION ALL SELECT 'sum ' || area || ' ' || first || ' ' || months || list || category || unit || ' ' || value || ' '"
		" || villages || ' ' || open || ' ' || small || ' ' || bottom || ' ' || vague FROM area_sum"
		" UNION ALL SELECT 'presence ' || village || family || period || ' ' || reports FROM presence"
		" UNION ALL SELECT 'turnout ' || area || ' ' || first || ' ' || months || family || ' ' || villages FROM turnout"
		" ORDER BY line)", -1, &rows, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
	text = strdup(column(rows, 0) != NULL ? column(rows, 0) : "");
	sqlite3_finalize(rows);
	return text;
}

/* --- tests --- */

static void
begin_dice(void)
{
	const char *seed = getenv("PROPERTY_SEED");

	dice = seed != NULL ? strtoull(seed, NULL, 10) : 1;
	printf("PROPERTY_SEED=%llu\n", (unsigned long long)dice);
}

static void
whatever_happens_it_is_what_a_recount_finds(void **state)
{
	int64_t last = 0;

	(void)state;
	begin_dice();
	for (int round = 0; round < 9; round++) {
		/* First few reports, later many. */
		for (int i = 0; i < 10 + round * 12; i++)
			deed(&last);
		compare_all();
	}
}

/* A database of an earlier version is filled in one go; that is a recount, too, in another language. */
static void
a_migrated_database_is_filled_alike(void **state)
{
	const char *fill = strstr(migration, "INSERT INTO figure"), *end = strstr(migration, "PRAGMA user_version");
	int64_t last = 0;
	char *before, *after, *sql;

	(void)state;
	begin_dice();
	for (int i = 0; i < 500; i++)
		deed(&last);
	before = kept();
	assert_true(strlen(before) > 1000);
	assert_non_null(fill);
	assert_non_null(end);
	sql = strndup(fill, (size_t)(end - fill));
	run_sql("DELETE FROM figure; DELETE FROM area_sum; DELETE FROM presence; DELETE FROM turnout; UPDATE area SET villages = 0");
	run_sql(sql);
	run_sql("UPDATE area SET villages = (SELECT count(*) FROM area AS v WHERE length(v.code) = 13 AND v.code LIKE area.code || '%')");
	after = kept();
	assert_string_equal(before, after);
	compare_all();
	free(sql);
	free(before);
	free(after);
}

static void
what_is_taken_back_leaves_nothing(void **state)
{
	int64_t last = 0, no;
	char *left;

	(void)state;
	begin_dice();
	for (int i = 0; i < 120; i++)
		deed(&last);
	assert_int_equal(store_begin(store), 0);
	for (no = last; no > 0; no--) {
		int error = receipt_cancel(store, no, 1, NOW, NULL, NULL);

		assert_true(error == 0 || error == -ENOENT);
	}
	for (size_t v = 0; v < VILLAGES; v++)
		for (size_t k = 0; k < KINDS; k++)
			for (int m = 0; m < MONTHS; m++) {
				struct record_key key = { .village = areas[FIRST_VILLAGE + v], .list = kinds[k].list,
							  .category = kinds[k].category, .unit = kinds[k].unit,
							  .period = FIRST + m };

				assert_int_equal(settlement_reopen(store, &key, NOW), 0);
			}
	assert_int_equal(store_commit(store), 0);
	left = kept();
	assert_string_equal(left, "");
	free(left);
}

/* All that may be told from the kecamatan upwards of one category, as text. */
static char *
told(void)
{
	static const int lengths[] = { 1, 3, 6, 12 };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	for (size_t a = 0; strlen(areas[a]) < 13; a++)
		for (size_t l = 0; l < 4; l++)
			for (int first = FIRST; first < FIRST + MONTHS; first += lengths[l]) {
				struct total total;

				assert_int_equal(total_look(store, areas[a], first, first + lengths[l] - 1, "pmks-2009", "07", "orang",
							    &total), 0);
				fprintf(out, "%s %d %d: %ld %d\n", areas[a], first, lengths[l], total.bottom, total.vague);
			}
	fclose(out);
	return text;
}

/* By the first organisation of the village. */
static void
put(const char *village, int period, long value)
{
	struct record_key key = { .organisation = (int64_t)village_of(village) + 1, .village = village, .list = "pmks-2009",
				  .category = "07", .unit = "orang", .family = "PMKS", .period = period };
	int64_t no;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(receipt_draw(store, "LAPOR", 0, 1, key.organisation, NOW, &no), 0);
	assert_int_equal(record_put(store, no, &key, value, ""), 0);
	assert_int_equal(store_commit(store), 0);
}

/* Rule 52: whoever may know no count of one to four of a kecamatan can ask for whatever he likes, month by month, level by
 * level: two counts that are both hidden make no difference to anything that he is told. */
static void
no_sum_tells_a_hidden_count(void **state)
{
	static const struct { const char *village; int month; long value; } around[] = {
		{ "32.07.32.2001", 9, 12 }, { "32.08.01.2001", 9, 7 }, { "32.08.01.2002", 9, 30 }, { "12.02.01.2001", 9, 5 },
		{ "32.07.34.2002", 7, 8 }, { "32.07.32.2001", 8, 11 }, { "32.07.34.2003", 10, 20 },
	};
	char *one, *other;

	(void)state;
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		put(around[i].village, FIRST + around[i].month, around[i].value);
	for (long hidden = 1; hidden < 4; hidden++) {
		struct total total;

		put("32.07.34.2001", FIRST + 9, hidden);
		one = told();
		put("32.07.34.2001", FIRST + 9, hidden + 1);
		other = told();
		assert_string_equal(one, other);
		free(one);
		free(other);
		/* The very sums are different, of course. */
		assert_int_equal(total_look(store, "32", FIRST + 9, FIRST + 9, "pmks-2009", "07", "orang", &total), 0);
		assert_int_equal(total.value, 12 + 7 + 30 + hidden + 1);
		assert_int_equal(total.bottom, 12 + 7 + 30);
		assert_int_equal(total.vague, 1);
	}
	/* What is no longer hidden is told. */
	put("32.07.34.2001", FIRST + 9, 5);
	one = told();
	put("32.07.34.2001", FIRST + 9, 6);
	other = told();
	assert_string_not_equal(one, other);
	free(one);
	free(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(whatever_happens_it_is_what_a_recount_finds),
		TEST(a_migrated_database_is_filled_alike),
		TEST(what_is_taken_back_leaves_nothing),
		TEST(no_sum_tells_a_hidden_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
