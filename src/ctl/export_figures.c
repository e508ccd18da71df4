/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export_figures: kentongan export figures: what was counted, by village, month and category, as a table with tabs. Counts
 * only: no people, no cases, no texts. */
#include "ctl/export.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "lang/calendar.h"
#include "lang/grammar.h"
#include "store/extract.h"
#include "store/region.h"

#define FEW 4                   /* a count of a secret category up to this is not told (rule 52) */

struct table {
	const struct grammar *grammar;
	struct store *store;
	bool sensitive;                 /* nothing is left out */
	bool secret;                    /* now come the secret ones, by kecamatan */
	char code[14], places[4][64];   /* names of province, kabupaten, kecamatan, village of that code */
};

static int
category_of(const struct table *table, const struct extract_row *row)
{
	return grammar_category_in(table->grammar, row->list, row->category);
}

/* Of a category that no grammar file knows any more nobody can say that it is harmless. */
static bool
is_secret(const struct table *table, const struct extract_row *row)
{
	int category = category_of(table, row);

	return category < 0 || table->grammar->categories[category].secret;
}

/* Many rows of one place follow each other. */
static void
name_places(struct table *table, const char *code)
{
	static const size_t lengths[] = { 2, 5, 8, 13 };
	char above[14];

	if (strcmp(table->code, code) == 0)
		return;
	snprintf(table->code, sizeof table->code, "%s", code);
	for (size_t i = 0; i < 4; i++) {
		snprintf(above, sizeof above, "%.*s", (int)lengths[i], code);
		if (strlen(code) < lengths[i] ||
		    region_name(table->store, above, table->places[i], sizeof table->places[i]) != 0)
			table->places[i][0] = '\0';
	}
}

/* What may be told of a kecamatan: the count, "<5", or ">12" where some villages' share is not told. */
static void
print_masked(const struct extract_row *row)
{
	if (row->vague == 0)
		printf("%ld", row->bottom);
	else if (row->bottom == 0)
		printf("<%ld", (long)row->vague * FEW + 1);
	else
		printf(">%ld", row->bottom);
}

static void
print_row(void *ctx, const struct extract_row *row)
{
	struct table *table = ctx;
	int category = category_of(table, row);
	bool secret = is_secret(table, row);
	char period[CALENDAR_PERIOD_SIZE];

	if (!table->sensitive && secret != table->secret)
		return;
	name_places(table, row->area);
	calendar_period_name(row->period, row->period, period);
	printf("%s\t%s", period, row->area);
	for (size_t i = 0; i < 4; i++)
		printf("\t%s", table->places[i]);
	printf("\t%s\t%s\t%s\t%s\t", row->list, row->category,
	       category >= 0 && (table->sensitive || !secret) ? table->grammar->categories[category].name : "", row->unit);
	if (secret && !table->sensitive)
		print_masked(row);
	else
		printf("%ld", row->value);
	printf("\t%d\t%d\n", row->open, row->reports);
}

static int
print_table(struct table *table, const char *area, int first, int last)
{
	int error;

	printf("period\tcode\tprovince\tkabupaten\tkecamatan\tvillage\t"
	       "list\tcategory\tname\tunit\tvalue\toverlaps\treports\n");
	error = extract_villages(table->store, area, first, last, print_row, table);
	if (error != 0 || table->sensitive)
		return error;
	table->secret = true;
	return extract_districts(table->store, area, first, last, print_row, table);
}

int
export_figures(const struct call *call, struct ctl_room *room)
{
	struct table table = { .grammar = room->grammar, .store = room->store,
			       .sensitive = call->options[OPTION_SENSITIVE] != NULL };
	const char *period = call->word_count > 1 ? call->words[1] : "", *area = call->word_count > 2 ? call->words[2] : "";
	int first = 0, last = INT_MAX;
	char name[64];

	if (call->word_count > 1 && (!calendar_period_read(period, &first, &last) || first == 0)) {
		fprintf(stderr, "kentongan: %s is no period, expected one like 2026-10, 2026-TW3, 2026-S1 or 2026\n",
			period);
		return EXIT_USAGE;
	}
	if (region_name(room->store, area, name, sizeof name) != 0) {
		fprintf(stderr, "kentongan: there is no area %s, expected a code like 32.07.34\n", area);
		return EXIT_USAGE;
	}
	return print_table(&table, area, first, last);
}
