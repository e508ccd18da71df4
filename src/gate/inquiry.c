/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inquiry: what the store says to a question. Knows no texts: it fills lines. */
#include "gate/inquiry.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/tally.h"
#include "store/credit.h"
#include "store/holder.h"
#include "store/overlap.h"
#include "store/page.h"
#include "store/region.h"
#include "store/report.h"
#include "store/store.h"
#include "store/total.h"

#define MINUTE 60
#define NAMED_MOST 10           /* villages of several kecamatan that are named; more are counted by area */
#define STATUS_BACK 12          /* months that STATUS looks back for the last report */
#define FEW 4                   /* counts of a secret category up to this are not told (rule 52), as in store/area_sum */

static const char *
list_of(const struct deed *deed, int category)
{
	return deed->grammar->lists[deed->grammar->categories[category].list].name;
}

/* As the official list has it; "Kabupaten" goes without saying, "Kota" does not: there are two Bandung. */
static int
set_name(const struct deed *deed, const char *code, char *out, size_t size)
{
	static const char usual[] = "Kabupaten ";
	size_t length = sizeof usual - 1;
	int error = region_name(deed->store, code, out, size);

	if (error == -ENOENT)
		snprintf(out, size, "%s", code);
	else if (error == 0 && strncmp(out, usual, length) == 0)
		memmove(out, out + length, strlen(out + length) + 1);
	return error == -ENOENT ? 0 : error;
}

static int
set_names(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int error = 0;
	size_t i;

	for (i = 0; i < outcome->line_count && error == 0; i++)
		error = set_name(deed, outcome->lines[i].code, outcome->lines[i].name, sizeof outcome->lines[i].name);
	return error;
}

/* --- counts (JUMLAH, REKAP) --- */

static enum secrets
secrets_of(const struct deed *deed)
{
	return deed->grammar->roles[deed->who->role].secrets;
}

/* Rule 52: of a secret category what may be told of it. A recap is passed on, so that it masks for everybody. */
static void
set_count(const struct deed *deed, const struct total *total, struct outcome_line *line)
{
	bool open = secrets_of(deed) == SECRETS_OPEN && deed->outcome->verb != VERB_REKAP;

	line->open = total->open;
	line->number = total->value;
	if (open || !deed->grammar->categories[line->category].secret)
		return;
	line->number = total->bottom;
	if (total->vague != 0 && total->bottom == 0) {
		line->number = (long)total->vague * FEW + 1;
		line->sign = COUNT_BELOW;
	} else if (total->vague != 0) {
		line->sign = COUNT_ABOVE;
	}
}

/* A line for the category in one of its units. asked: also where nothing is known of it. */
static int
count_unit(const struct deed *deed, int category, int unit, bool asked)
{
	struct outcome *outcome = deed->outcome;
	struct outcome_line *line;
	struct total total;
	int error;

	error = total_look(deed->store, outcome->area, outcome->period, outcome->last, list_of(deed, category),
			   deed->grammar->categories[category].code, deed->grammar->units[unit].name, &total);
	if (error != 0 || (!total.known && !asked) || (line = outcome_line(outcome)) == NULL)
		return error;
	line->category = category;
	line->unit = unit;
	if (total.known)
		set_count(deed, &total, line);
	outcome->known = outcome->known || total.known;
	return 0;
}

static int
count_category(const struct deed *deed, int category, bool asked)
{
	const struct category *kind = &deed->grammar->categories[category];
	int error = 0;
	size_t i;

	for (i = 0; i < kind->unit_count && error == 0; i++)
		error = count_unit(deed, category, kind->units[i].unit, asked && i == 0);
	return error;
}

/* Organisations whose role has the category's name (KT, PSM, DU): how many of them are registered (000-16). */
static int
count_registered(const struct deed *deed, struct outcome_line *line)
{
	int role = grammar_word(deed->grammar, WORD_ROLE, deed->grammar->categories[line->category].keyword);

	if (role < 0)
		return 0;
	return holder_organisations(deed->store, deed->grammar->roles[role].name, deed->outcome->area, &line->whole);
}

/* family: index, -1 reports of any. */
static int
ask_coverage(const struct deed *deed, int family)
{
	struct outcome *outcome = deed->outcome;
	int reported = 0, villages = 0;
	int error = total_coverage(deed->store, outcome->area, outcome->period, outcome->last,
				   family >= 0 ? deed->grammar->families[family].name : NULL, &reported, &villages);

	outcome->reported = reported;
	outcome->whole = villages;
	outcome->known = reported > 0;
	return error;
}

/* That all the categories asked for belong to; -1: to several. */
static int
common_family(const struct deed *deed)
{
	const struct parse *parse = deed->parse;
	const struct category *categories = deed->grammar->categories;
	size_t i;

	for (i = 1; i < parse->category_count; i++)
		if (categories[parse->categories[i]].family != categories[parse->categories[0]].family)
			return -1;
	return categories[parse->categories[0]].family;
}

static int
ask_counts(const struct deed *deed)
{
	const struct parse *parse = deed->parse;
	struct outcome *outcome = deed->outcome;
	int error = ask_coverage(deed, common_family(deed));
	size_t i;

	for (i = 0; i < parse->category_count && i < FIELD_LIST_MAX && error == 0; i++)
		error = count_category(deed, parse->categories[i], true);
	for (i = 0; i < outcome->line_count && error == 0; i++)
		error = count_registered(deed, &outcome->lines[i]);
	return error;
}

/* Secret categories stand in a recap from the kecamatan upwards, for those who may see anything of them. */
static bool
is_recapped(const struct deed *deed, const struct category *category)
{
	return category->family == deed->outcome->family && category->list == deed->grammar->active_list &&
	       (!category->secret || (secrets_of(deed) != SECRETS_NONE && strlen(deed->outcome->area) <= 8));
}

static int
ask_recap(const struct deed *deed)
{
	int error = ask_coverage(deed, deed->outcome->family);
	size_t i;

	for (i = 0; i < deed->grammar->category_count && error == 0; i++)
		if (is_recapped(deed, &deed->grammar->categories[i]))
			error = count_category(deed, (int)i, false);
	return error;
}

/* --- who is missing (BELUM) --- */

static struct outcome_line *
place_line(const struct deed *deed, const char *code)
{
	struct outcome_line *line = outcome_line(deed->outcome);

	if (line != NULL)
		snprintf(line->code, sizeof line->code, "%s", code);
	return line;
}

static void
on_missing(void *ctx, const char *village)
{
	place_line(ctx, village);
}

/* BELUM PSKS: reports of that family; else of any. */
static const char *
asked_family(const struct deed *deed)
{
	return deed->parse->family >= 0 ? deed->grammar->families[deed->parse->family].name : NULL;
}

/* How many are missing below each area right under the one asked about. */
static int
count_missing_below(const struct deed *deed, size_t from)
{
	struct outcome *outcome = deed->outcome;
	size_t to = from, i;
	int error = 0;

	for (i = from; i < outcome->line_count && error == 0; i++) {
		struct outcome_line line = outcome->lines[i];
		int reported = 0, villages = 0;

		error = total_coverage(deed->store, line.code, outcome->period, outcome->last, asked_family(deed), &reported,
				       &villages);
		line.number = villages - reported;
		if (line.number > 0)
			outcome->lines[to++] = line;
	}
	outcome->line_count = to;
	return error;
}

static void
on_child(void *ctx, const char *code, const char *name)
{
	(void)name;
	place_line(ctx, code);
}

static int
ask_missing(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int error = ask_coverage(deed, deed->parse->family);
	long missing = outcome->whole - outcome->reported;

	/* Who reads the outcome wants all of the villages or none. */
	if (error == 0 && missing <= OUTCOME_LINES_MAX / 2)
		error = total_missing(deed->store, outcome->area, outcome->period, outcome->last, asked_family(deed), on_missing,
				      (void *)(uintptr_t)deed);
	if (error == 0 && strlen(outcome->area) < 8 && missing > NAMED_MOST) {
		size_t villages = outcome->line_count;

		error = region_children(deed->store, outcome->area, on_child, (void *)(uintptr_t)deed);
		if (error == 0)
			error = count_missing_below(deed, villages);
	}
	return error != 0 ? error : set_names(deed);
}

/* --- overlaps (TUMPANG) --- */

/* areas: the first lines are areas, and how many there are in each is counted; 0: each is told. */
struct overlaps { const struct deed *deed; int period; size_t areas; };

static void
count_overlap(const struct overlaps *overlaps, const char *village)
{
	for (size_t i = 0; i < overlaps->areas; i++) {
		struct outcome_line *line = &overlaps->deed->outcome->lines[i];

		if (strncmp(line->code, village, strlen(line->code)) == 0)
			line->number++;
	}
}

static void
on_overlap(void *ctx, const struct overlap *overlap)
{
	const struct overlaps *overlaps = ctx;
	const struct deed *deed = overlaps->deed;
	int category = grammar_category_in(deed->grammar, overlap->list, overlap->category);
	size_t i;

	/* Who is told of secret counts masked is told of none of these: a list of two figures masks nothing. */
	if (category < 0 || (deed->grammar->categories[category].secret && secrets_of(deed) != SECRETS_OPEN))
		return;
	if (overlaps->areas != 0) {
		count_overlap(overlaps, overlap->village);
		return;
	}
	for (i = 0; i < overlap->count; i++) {
		struct outcome_line *line = place_line(deed, overlap->village);

		if (line == NULL)
			return;
		line->category = category;
		line->unit = grammar_unit(deed->grammar, overlap->unit);
		line->period = overlaps->period;
		line->number = overlap->values[i];
		snprintf(line->body, sizeof line->body, "%s", overlap->bodies[i]);
	}
}

/* Above the kecamatan: the areas right below, to ask about. */
static int
list_areas(const struct deed *deed, size_t *areas)
{
	struct outcome *outcome = deed->outcome;
	int error = region_children(deed->store, outcome->area, on_child, (void *)(uintptr_t)deed);

	for (size_t i = 0; i < outcome->line_count; i++)
		outcome->lines[i].number = 0;
	*areas = outcome->line_count;
	return error;
}

static void
drop_areas_without(struct outcome *outcome)
{
	size_t to = 0;

	for (size_t i = 0; i < outcome->line_count; i++)
		if (outcome->lines[i].number > 0)
			outcome->lines[to++] = outcome->lines[i];
	outcome->line_count = to;
}

static int
ask_overlaps(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	struct overlaps overlaps = { deed, outcome->period, 0 };
	const struct asker *asker = &deed->who->asker;
	int error = ask_coverage(deed, -1);

	if (error == 0 && strlen(outcome->area) < 8)
		error = list_areas(deed, &overlaps.areas);
	/* The chair of an RW sees what concerns it. */
	for (; overlaps.period <= outcome->last && error == 0; overlaps.period++)
		error = overlap_list_rw(deed->store, outcome->area, overlaps.period,
					asker->scope == SCOPE_PART ? asker->rw : 0, on_overlap, &overlaps);
	if (overlaps.areas != 0)
		drop_areas_without(outcome);
	return error != 0 ? error : set_names(deed);
}

/* --- the own reports (STATUS) --- */

static void
on_value(void *ctx, const struct record_key *key, long value, int64_t receipt)
{
	const struct deed *deed = ctx;
	int category = grammar_category_in(deed->grammar, key->list, key->category);
	struct outcome_line *line = category >= 0 ? place_line(deed, key->village) : NULL;

	if (deed->outcome->number < (long)receipt)
		deed->outcome->number = (long)receipt;
	if (line == NULL)
		return;
	line->category = category;
	line->unit = grammar_unit(deed->grammar, key->unit);
	line->rt = key->rt;
	line->rw = key->rw;
	line->number = value;
}

static int
ask_status(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int64_t receipt = 0;
	int error = ask_coverage(deed, -1);

	if (error == 0)
		error = report_each(deed->store, deed->person->organisation, outcome->area, outcome->period, on_value,
				    (void *)(uintptr_t)deed);
	if (error != 0 || outcome->line_count != 0)
		return error;
	error = report_last(deed->store, deed->person->organisation, outcome->area, outcome->period - STATUS_BACK,
			    outcome->period, &outcome->last, &receipt);
	outcome->number = (long)receipt;
	return error == -ENOENT ? 0 : error;
}

/* --- who holds a role (CEK TKSK) --- */

static void
on_holders(void *ctx, const char *code, long held, long all)
{
	const struct deed *deed = ctx;
	struct outcome_line *line;

	deed->outcome->reported += held;
	deed->outcome->whole += all;
	if (held == all || (line = place_line(deed, code)) == NULL)
		return;
	line->number = held;
	line->whole = all;
}

static void
on_body(void *ctx, const char *body, int rw)
{
	const struct deed *deed = ctx;
	struct outcome_line *line = outcome_line(deed->outcome);

	if (line == NULL)
		return;
	snprintf(line->body, sizeof line->body, "%s", body);
	line->rw = rw;
}

/* CEK KPS in a village: its groups by name (003-08); the own RW's for whoever has one. */
static int
ask_groups(const struct deed *deed, const struct role *role)
{
	struct outcome *outcome = deed->outcome;
	int error = holder_bodies(deed->store, role->name, outcome->area, deed->who->asker.rw, on_body,
				  (void *)(uintptr_t)deed);

	outcome->reported = outcome->whole = (int)outcome->line_count;
	return error;
}

static int
ask_holders(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	const struct role *role = &deed->grammar->roles[outcome->role];
	bool groups = role->scope == SCOPE_PART && strlen(outcome->area) == grammar_scope_length(SCOPE_VILLAGE);
	int error = groups ? ask_groups(deed, role) : holder_count(deed->store, role->name, outcome->area, grammar_scope_length(role->scope), on_holders,
				 (void *)(uintptr_t)deed);
	struct field *held;

	if (error == 0 && !groups)
		error = set_names(deed);
	held = outcome_list(outcome, "aktif", FIELD_NUMBERS);
	outcome_list_number(held, outcome->reported);
	outcome_list_number(held, outcome->whole);
	return error;
}

/* --- pages (LAGI) --- */

static int64_t
oldest_page(const struct deed *deed)
{
	return deed->received - (int64_t)deed->grammar->limits[LIMIT_PAGE_MINUTES] * MINUTE;
}

static int
ask_credit(const struct deed *deed)
{
	struct credit_row row = { .modem = "" };
	struct outcome_line *line;
	int error;

	while ((error = credit_next(deed->store, &row, &row)) == 0 && (line = outcome_line(deed->outcome)) != NULL) {
		snprintf(line->name, sizeof line->name, "%s", row.modem);
		line->unit = (int)row.what;
		if (row.amount != CREDIT_UNKNOWN)
			line->number = (long)row.amount;
		line->whole = (long)(deed->received - row.wall);
	}
	return error == -ENOENT ? 0 : error;
}

static int
ask_page(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int error = page_find(deed->store, deed->phone, oldest_page(deed), deed->received + STORE_AHEAD,
			      outcome->pages[0], PAGE_SIZE);

	outcome->page_count = error == 0;
	return error == -ENOENT ? 0 : error;
}

int
inquiry_ask(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int error;

	if (outcome->effect == EFFECT_TURN)
		return ask_page(deed);
	error = set_name(deed, outcome->area, outcome->area_name, sizeof outcome->area_name);
	if (error != 0)
		return error;
	if (outcome->form >= 0)
		return tally_ask(deed);
	switch (outcome->verb) {
	case VERB_REKAP: return ask_recap(deed);
	case VERB_BELUM: return ask_missing(deed);
	case VERB_TUMPANG: return ask_overlaps(deed);
	case VERB_STATUS: return ask_status(deed);
	case VERB_PULSA: return ask_credit(deed);
	default: return outcome->role >= 0 ? ask_holders(deed) : ask_counts(deed);
	}
}

int
inquiry_sent(const struct deed *deed)
{
	const struct outcome *outcome = deed->outcome;

	if (outcome->expect != EXPECT_QUERY)
		return 0;
	if (outcome->effect == EFFECT_TURN)
		return outcome->page_count != 0 ? page_turn(deed->store, deed->phone) : 0;
	return page_keep(deed->store, deed->phone, outcome->pages[0], PAGE_SIZE, outcome->page_count, deed->received,
			 oldest_page(deed));
}
