/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures: what the texts of reminders say of an area and a period. */
#include "gate/figures.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/casebook.h"
#include "store/overlap.h"
#include "store/region.h"
#include "store/total.h"

#define CATEGORIES_MAX 64

static void
phrase(const struct grammar *grammar, const struct reply_form *form, char out[REPLY_SIZE])
{
	reply_write(grammar, form, out);
}

static void
plain_phrase(const struct grammar *grammar, const char *id, char out[REPLY_SIZE])
{
	struct reply_form form;

	reply_start(&form, id);
	phrase(grammar, &form, out);
}

/* --- lists --- */

void
figures_add(const struct grammar *grammar, struct figures_list *list, const char *placeholder, const char *item)
{
	size_t used = strlen(list->text), width = reply_width(placeholder);
	char more[REPLY_SIZE];

	list->count++;
	if (list->full)
		return;
	plain_phrase(grammar, "FRASA_DLL", more);
	/* Whatever comes next, there must be room to say that there is more. */
	if (used + 2 + strlen(item) + 2 + strlen(more) > width) {
		snprintf(list->text + used, sizeof list->text - used, "%s%s", used != 0 ? ", " : "", more);
		list->full = true;
		return;
	}
	snprintf(list->text + used, sizeof list->text - used, "%s%s", used != 0 ? ", " : "", item);
}

void
figures_set_list(const struct grammar *grammar, const struct figures_list *list, struct reply_form *form)
{
	if (reply_uses(grammar, form->id, "pilih"))
		reply_set(form, "pilih", "%s", list->text);
}

static void
name_of(struct store *store, const char *code, char *name, size_t size)
{
	if (region_name(store, code, name, size) != 0)
		snprintf(name, size, "%s", code);
}

/* A secret category is its code (rule 53). */
static void
label_of(const struct grammar *grammar, const struct category *category, char out[REPLY_SIZE])
{
	struct reply_form form;

	if (!category->secret) {
		snprintf(out, REPLY_SIZE, "%s", category->keyword);
		return;
	}
	reply_start(&form, "FRASA_KODE");
	reply_set(&form, "kode", "%s", category->code);
	phrase(grammar, &form, out);
}

void
figures_add_overlap(struct figures_list *list, struct store *store, const struct grammar *grammar,
		    const struct overlap *overlap)
{
	int category = grammar_category_in(grammar, overlap->list, overlap->category);
	char name[128], label[REPLY_SIZE], item[REPLY_SIZE + 160];

	name_of(store, overlap->village, name, sizeof name);
	if (category >= 0)
		label_of(grammar, &grammar->categories[category], label);
	else
		snprintf(label, sizeof label, "%s", overlap->category);
	snprintf(item, sizeof item, "%s %s", name, label);
	figures_add(grammar, list, "pilih", item);
}

/* --- figures in words --- */

struct figure { int category, unit; long value; };
struct table { const struct figures *figures; struct figure rows[CATEGORIES_MAX]; size_t count; bool any; };

static void
item_text(const struct grammar *grammar, const struct figure *figure, char out[REPLY_SIZE])
{
	const struct category *category = &grammar->categories[figure->category];
	bool primary = figure->unit == category->units[0].unit;
	struct reply_form form;

	if (category->secret) {
		reply_start(&form, "FRASA_ISI_RAHASIA");
		reply_set(&form, "kode", "%s", category->code);
	} else {
		reply_start(&form, primary ? "FRASA_ISI" : "FRASA_ISI_SATUAN");
		reply_set(&form, "kat", "%s", category->keyword);
		if (!primary)
			reply_set(&form, "sat", "%s", grammar->units[figure->unit].name);
	}
	reply_set(&form, "n", "%ld", figure->value);
	phrase(grammar, &form, out);
}

/* What was counted and found to be none is said too. */
static void
table_text(const struct table *table, char out[REPLY_SIZE])
{
	const struct grammar *grammar = table->figures->grammar;
	struct figures_list list = { .count = 0 };
	char item[REPLY_SIZE];

	for (size_t i = 0; i < table->count; i++) {
		item_text(grammar, &table->rows[i], item);
		figures_add(grammar, &list, "isi", item);
	}
	if (table->count == 0)
		plain_phrase(grammar, table->any ? "FRASA_NIHIL" : "FRASA_KOSONG", list.text);
	snprintf(out, REPLY_SIZE, "%s", list.text);
}

static void
on_figure(void *ctx, const char *list, const char *code, const char *unit, long value)
{
	struct table *table = ctx;
	const struct grammar *grammar = table->figures->grammar;
	struct figure figure = { grammar_category_in(grammar, list, code), grammar_unit(grammar, unit), value };

	table->any = true;
	if (figure.category >= 0 && figure.unit >= 0 && value > 0 && table->count < CATEGORIES_MAX)
		table->rows[table->count++] = figure;
}

static int
larger_first(const void *a, const void *b)
{
	const struct figure *left = a, *right = b;

	if (left->value != right->value)
		return left->value < right->value ? 1 : -1;
	return left->category - right->category;
}

static bool
is_counted(const struct grammar *grammar, const struct category *category)
{
	return category->list == grammar->active_list && category->family == 0 && !category->secret;
}

static int
read_area(struct table *table)
{
	const struct figures *figures = table->figures;
	const struct grammar *grammar = figures->grammar;
	int error = 0;

	for (size_t i = 0; i < grammar->category_count && error == 0; i++) {
		const struct category *category = &grammar->categories[i];
		struct figure figure = { .category = (int)i, .unit = category->units[0].unit };
		bool any = false;

		if (!is_counted(grammar, category))
			continue;
		error = total_area(figures->store, figures->area, figures->first, figures->last,
				   grammar->lists[category->list].name, category->code, grammar->units[figure.unit].name,
				   &figure.value, &any);
		table->any = table->any || any;
		if (error == 0 && any && figure.value > 0 && table->count < CATEGORIES_MAX)
			table->rows[table->count++] = figure;
	}
	qsort(table->rows, table->count, sizeof *table->rows, larger_first);
	return error;
}

static int
own_text(const struct figures *figures, char out[REPLY_SIZE])
{
	struct table table = { .figures = figures };
	int error = total_figures(figures->store, figures->own->organisation, figures->own->area, figures->last, on_figure,
				  &table);

	table_text(&table, out);
	return error;
}

int
figures_summary(const struct figures *figures, char out[REPLY_SIZE])
{
	struct table table = { .figures = figures };
	int error = read_area(&table);

	table_text(&table, out);
	return error;
}

/* --- who is silent --- */

struct silent {
	const struct figures *figures;
	struct figures_list list;
	char district[14];
	int count;                      /* in that kecamatan */
};

static void
end_district(struct silent *silent)
{
	char name[128], item[160];

	if (silent->count == 0)
		return;
	name_of(silent->figures->store, silent->district, name, sizeof name);
	snprintf(item, sizeof item, "%s %d", name, silent->count);
	figures_add(silent->figures->grammar, &silent->list, "pilih", item);
	silent->count = 0;
}

/* Villages of a kecamatan by their names; of a larger area how many in each kecamatan. */
static void
on_silent(void *ctx, const char *village)
{
	struct silent *silent = ctx;
	char name[128];

	if (strlen(silent->figures->area) >= 8) {
		name_of(silent->figures->store, village, name, sizeof name);
		figures_add(silent->figures->grammar, &silent->list, "pilih", name);
		return;
	}
	if (strncmp(silent->district, village, 8) != 0) {
		end_district(silent);
		snprintf(silent->district, sizeof silent->district, "%.8s", village);
	}
	silent->count++;
}

static int
set_silent(const struct figures *figures, struct reply_form *form)
{
	struct silent silent = { .figures = figures };
	int error = total_missing(figures->store, figures->area, figures->first, figures->last, NULL, on_silent, &silent);

	end_district(&silent);
	reply_set(form, "pilih", "%s", silent.list.text);
	return error;
}

/* --- one placeholder after the other --- */

static bool
wanted(const struct figures *figures, const struct reply_form *form, const char *placeholder)
{
	return reply_uses(figures->grammar, form->id, placeholder) && reply_value(form, placeholder)[0] == '\0';
}

/* "Rawa RW 4": the name gives way. */
static void
set_village(const struct figures *figures, struct reply_form *form)
{
	char name[128], part[REPLY_SIZE] = "";
	struct reply_form phrases;
	size_t width = reply_width("desa"), used = 0;

	name_of(figures->store, figures->area, name, sizeof name);
	if (figures->rw != 0) {
		reply_start(&phrases, "FRASA_RW");
		reply_set(&phrases, "n", "%d", figures->rw);
		phrase(figures->grammar, &phrases, part);
		used = strlen(part) + 1;
	}
	reply_set(form, "desa", "%.*s%s%s", (int)(width - used), name, used != 0 ? " " : "", part);
}

/* A village of the area as it can be typed: its four digits where the name is long. */
static void
set_example(const struct figures *figures, struct reply_form *form)
{
	char village[14], name[128] = "";

	if (region_first(figures->store, figures->area, village) == 0)
		name_of(figures->store, village, name, sizeof name);
	reply_set(form, "contoh", "%s", strlen(name) <= reply_width("contoh") ? name : village + 9);
}

static void
set_names(const struct figures *figures, struct reply_form *form)
{
	char name[128], code[14];

	if (wanted(figures, form, "desa"))
		set_village(figures, form);
	if (wanted(figures, form, "wil")) {
		name_of(figures->store, figures->area, name, sizeof name);
		reply_set(form, "wil", "%s", name);
	}
	if (wanted(figures, form, "contoh"))
		set_example(figures, form);
	if (wanted(figures, form, "kec")) {
		snprintf(code, sizeof code, "%.8s", figures->area);
		name_of(figures->store, code, name, sizeof name);
		reply_set(form, "kec", "%s", name);
	}
}

static int
set_coverage(const struct figures *figures, struct reply_form *form)
{
	int reported = 0, villages = 0, error;

	if (!wanted(figures, form, "lapor") && !wanted(figures, form, "belum") && !wanted(figures, form, "tot"))
		return 0;
	error = total_coverage(figures->store, figures->area, figures->first, figures->last, NULL, &reported, &villages);
	if (wanted(figures, form, "lapor"))
		reply_set(form, "lapor", "%d", reported);
	if (wanted(figures, form, "belum"))
		reply_set(form, "belum", "%d", villages - reported);
	if (wanted(figures, form, "tot"))
		reply_set(form, "tot", "%d", villages);
	return error;
}

static void
count_overlap(void *ctx, const struct overlap *overlap)
{
	(void)overlap;
	++*(int *)ctx;
}

static int
set_overlaps(const struct figures *figures, struct reply_form *form)
{
	int count = 0, error = 0;

	for (int period = figures->first; period <= figures->last && error == 0; period++)
		error = overlap_list(figures->store, figures->area, period, count_overlap, &count);
	reply_set(form, "tumpang", "%d", count);
	return error;
}

static int
set_cases(const struct figures *figures, struct reply_form *form)
{
	int count = 0, error = casebook_open(figures->store, figures->area, &count);

	reply_set(form, "kasus", "%d", count);
	return error;
}

static int
set_figures(const struct figures *figures, struct reply_form *form)
{
	char text[REPLY_SIZE] = "";
	int error = figures->own != NULL ? own_text(figures, text) : figures_summary(figures, text);

	reply_set(form, "isi", "%s", text);
	return error;
}

int
figures_fill(const struct figures *figures, struct reply_form *form)
{
	int error = 0;

	set_names(figures, form);
	if (wanted(figures, form, "kasus"))
		error = set_cases(figures, form);
	if (figures->first == 0 || error != 0)
		return error;
	error = set_coverage(figures, form);
	if (error == 0 && wanted(figures, form, "tumpang"))
		error = set_overlaps(figures, form);
	if (error == 0 && wanted(figures, form, "isi"))
		error = set_figures(figures, form);
	if (error == 0 && wanted(figures, form, "pilih"))
		error = set_silent(figures, form);
	return error;
}
