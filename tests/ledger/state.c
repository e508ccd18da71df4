/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state: what the ledger comes to up to a moment, by the rules 30 to 44 of the office: totals, not additions; the later
 * value counts; of several organisations the largest, or the TKSK's own, or what he settled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

struct entry { int person, receipt, category, month; long value; };
struct settled { int category, month; long value; };
struct book {                           /* of a village */
	char code[CODE_SIZE];
	struct entry *entries;          /* in the order they came */
	size_t count;
	struct settled *settled;
	size_t settled_count;
};
struct receipt { int person, month; int64_t at; bool cancelled; char village[CODE_SIZE]; };
struct state {
	const struct ledger *ledger;
	struct book *books;             /* of villages that somebody reported for */
	size_t book_count;
	struct receipt *receipts;
	size_t receipt_count;
	bool *unwilling, *absent;
	struct { char area[CODE_SIZE]; int month; } *locks;
	size_t lock_count;
	struct { char village[CODE_SIZE]; } *cases;
	size_t case_count;
};

struct state *
state_new(const struct ledger *ledger)
{
	struct state *state = calloc(1, sizeof *state);

	if (state == NULL || (state->unwilling = calloc(ledger->person_count, sizeof *state->unwilling)) == NULL ||
	    (state->absent = calloc(ledger->person_count, sizeof *state->absent)) == NULL)
		die("no memory");
	state->ledger = ledger;
	for (size_t i = 0; i < ledger->person_count; i++)
		state->absent[i] = ledger_joins(ledger, (int)i);
	return state;
}

void
state_free(struct state *state)
{
	for (size_t i = 0; i < state->book_count; i++) {
		free(state->books[i].entries);
		free(state->books[i].settled);
	}
	free(state->books);
	free(state->receipts);
	free(state->unwilling);
	free(state->absent);
	free(state->locks);
	free(state->cases);
	free(state);
}

/* --- books --- */

static struct book *
book_of(const struct state *state, const char *village)
{
	for (size_t i = 0; i < state->book_count; i++)
		if (strcmp(state->books[i].code, village) == 0)
			return &state->books[i];
	return NULL;
}

/* Figures belong to the organisation: whoever has the same role, body, area and RW goes on with them. */
static bool
same_organisation(const struct state *state, int a, int b)
{
	const struct person *left = &state->ledger->people[a], *right = &state->ledger->people[b];

	return a == b || (strcmp(left->role, right->role) == 0 && strcmp(left->body, right->body) == 0 &&
			  strcmp(left->area, right->area) == 0 && left->rw == right->rw);
}

static bool
in_force(const struct state *state, const struct book *book, size_t index)
{
	const struct entry *entry = &book->entries[index];

	if (state->receipts[entry->receipt].cancelled)
		return false;
	for (size_t i = index + 1; i < book->count; i++) {
		const struct entry *later = &book->entries[i];

		if (later->category == entry->category && later->month == entry->month &&
		    !state->receipts[later->receipt].cancelled && same_organisation(state, later->person, entry->person))
			return false;
	}
	return true;
}

static bool
is_tksk(const struct state *state, int person)
{
	return strcmp(state->ledger->people[person].role, "TKSK") == 0;
}

long
state_own(const struct state *state, int person, const char *village, int category, int month)
{
	const struct book *book = book_of(state, village);

	for (size_t i = 0; book != NULL && i < book->count; i++)
		if (book->entries[i].category == category && book->entries[i].month == month &&
		    same_organisation(state, book->entries[i].person, person) && in_force(state, book, i))
			return book->entries[i].value;
	return -1;
}

bool
state_reported(const struct state *state, int person, int month)
{
	for (int i = 0; i < CATEGORIES; i++)
		if (state_own(state, person, state->ledger->people[person].area, i, month) >= 0)
			return true;
	return false;
}

static struct settled *
settlement_of(const struct book *book, int category, int month)
{
	for (size_t i = 0; book != NULL && i < book->settled_count; i++)
		if (book->settled[i].category == category && book->settled[i].month == month && book->settled[i].value >= 0)
			return &book->settled[i];
	return NULL;
}

/* A value that has changed opens again what the TKSK had settled. */
static void
reopen(struct book *book, int category, int month)
{
	struct settled *settled = settlement_of(book, category, month);

	if (settled != NULL)
		settled->value = -1;
}

static struct book *
need_book(struct state *state, const char *village)
{
	struct book *book = book_of(state, village);

	if (book != NULL)
		return book;
	state->books = grow(state->books, state->book_count, sizeof *state->books);
	book = &state->books[state->book_count++];
	*book = (struct book){ .count = 0 };
	snprintf(book->code, sizeof book->code, "%s", village);
	return book;
}

void
state_put(struct state *state, int person, int64_t at, const char *village, int month, const struct item *items,
	  size_t count)
{
	struct book *book = need_book(state, village);

	state->receipts = grow(state->receipts, state->receipt_count, sizeof *state->receipts);
	state->receipts[state->receipt_count] = (struct receipt){ .person = person, .month = month, .at = at };
	snprintf(state->receipts[state->receipt_count].village, CODE_SIZE, "%s", village);
	for (size_t i = 0; i < count; i++) {
		if (state_own(state, person, village, items[i].category, month) != items[i].value)
			reopen(book, items[i].category, month);
		book->entries = grow(book->entries, book->count, sizeof *book->entries);
		book->entries[book->count++] = (struct entry){ person, (int)state->receipt_count, items[i].category, month,
							       items[i].value };
	}
	state->receipt_count++;
}

/* The number of somebody's last receipt since a time, 0 none. Whoever names it (since 0) names the last that there was. */
static size_t
last_receipt(const struct state *state, int person, int64_t since)
{
	size_t last = state->receipt_count;

	while (last > 0 && (state->receipts[last - 1].person != person || (since != 0 && state->receipts[last - 1].cancelled)))
		last--;
	return last == 0 || state->receipts[last - 1].at < since || state->receipts[last - 1].cancelled ? 0 : last;
}

int
state_last_locked(const struct state *state, int person, int64_t since)
{
	size_t last = last_receipt(state, person, since);
	const struct receipt *receipt = last != 0 ? &state->receipts[last - 1] : NULL;

	return receipt != NULL && state_locked(state, receipt->village, receipt->month) ? receipt->month : 0;
}

bool
state_take_back(struct state *state, int person, int64_t since)
{
	size_t last = last_receipt(state, person, since);

	if (last == 0)
		return false;
	for (size_t i = 0; i < state->book_count; i++) {
		struct book *book = &state->books[i];

		for (size_t j = 0; j < book->count; j++)
			if (book->entries[j].receipt == (int)last - 1 && in_force(state, book, j))
				reopen(book, book->entries[j].category, book->entries[j].month);
	}
	state->receipts[last - 1].cancelled = true;
	return true;
}

void
state_settle(struct state *state, const char *village, int category, int month, long value)
{
	struct book *book = need_book(state, village);

	reopen(book, category, month);
	book->settled = grow(book->settled, book->settled_count, sizeof *book->settled);
	book->settled[book->settled_count++] = (struct settled){ category, month, value };
}

/* --- overlaps --- */

/* Parts of a village meet if one is the whole, or both are the same RW. */
static bool
meet(const struct person *a, const struct person *b)
{
	return a->rw == 0 || b->rw == 0 || a->rw == b->rw;
}

/* Entries that count: in force, above 0, of no TKSK. */
static bool
counts(const struct state *state, const struct book *book, size_t index, int category, int month)
{
	const struct entry *entry = &book->entries[index];

	return entry->category == category && entry->month == month && entry->value > 0 && !is_tksk(state, entry->person) &&
	       in_force(state, book, index);
}

static void
add_body(const char *bodies[BODIES_MAX], size_t *count, const char *body)
{
	size_t at = 0;

	while (at < *count && strcmp(bodies[at], body) < 0)
		at++;
	if (*count == BODIES_MAX || (at < *count && strcmp(bodies[at], body) == 0))
		return;
	memmove(bodies + at + 1, bodies + at, (*count - at) * sizeof *bodies);
	bodies[at] = body;
	++*count;
}

static bool
meets_any(const struct state *state, const struct book *book, size_t index)
{
	const struct entry *entry = &book->entries[index];

	for (size_t i = 0; i < book->count; i++)
		if (counts(state, book, i, entry->category, entry->month) &&
		    !same_organisation(state, book->entries[i].person, entry->person) &&
		    meet(&state->ledger->people[book->entries[i].person], &state->ledger->people[entry->person]))
			return true;
	return false;
}

size_t
state_overlap(const struct state *state, const char *village, int category, int month, int besides,
	      const char *bodies[BODIES_MAX])
{
	const struct book *book = book_of(state, village);
	size_t count = 0;

	for (size_t i = 0; book != NULL && i < book->count; i++) {
		const struct person *person = &state->ledger->people[book->entries[i].person];

		if (!counts(state, book, i, category, month))
			continue;
		if (besides < 0 ? meets_any(state, book, i)
				: !same_organisation(state, book->entries[i].person, besides) &&
				  !is_tksk(state, besides) && meet(person, &state->ledger->people[besides]))
			add_body(bodies, &count, person->body);
	}
	return count;
}

bool
state_is_open(const struct state *state, const char *village, int category, int month)
{
	const char *bodies[BODIES_MAX];

	return settlement_of(book_of(state, village), category, month) == NULL &&
	       state_overlap(state, village, category, month, -1, bodies) != 0;
}

int
state_open_count(const struct state *state, const char *area, struct span span)
{
	int count = 0;

	for (size_t i = 0; i < state->book_count; i++)
		for (int month = span.first; month <= span.last && strncmp(state->books[i].code, area, strlen(area)) == 0; month++)
			for (int category = 0; category < CATEGORIES; category++)
				count += state_is_open(state, state->books[i].code, category, month);
	return count;
}

/* --- figures --- */

static struct figure
village_figure(const struct state *state, const struct book *book, int category, int month)
{
	const struct settled *settled = settlement_of(book, category, month);
	struct figure figure = { .open = state_is_open(state, book->code, category, month) };
	long own = -1;

	if (settled != NULL)
		return (struct figure){ true, false, settled->value };
	for (size_t i = 0; i < book->count; i++) {
		const struct entry *entry = &book->entries[i];

		if (entry->category != category || entry->month != month || !in_force(state, book, i))
			continue;
		figure.known = true;
		if (is_tksk(state, entry->person))
			own = entry->value;
		if (entry->value > figure.value)
			figure.value = entry->value;
	}
	if (own >= 0)
		figure.value = own;
	return figure;
}

struct figure
state_figure(const struct state *state, const char *area, int category, struct span span)
{
	struct figure sum = { false, false, 0 };

	for (size_t i = 0; i < state->book_count; i++) {
		struct figure one = { false, false, 0 };

		if (strncmp(state->books[i].code, area, strlen(area)) != 0)
			continue;
		for (int month = span.last; month >= span.first && !one.known; month--)
			one = village_figure(state, &state->books[i], category, month);
		sum.known |= one.known;
		sum.open |= one.known && one.open;
		sum.value += one.known ? one.value : 0;
	}
	return sum;
}

bool
state_village_reported(const struct state *state, const char *village, struct span span)
{
	const struct book *book = book_of(state, village);

	for (size_t i = 0; book != NULL && i < book->count; i++)
		if (book->entries[i].month >= span.first && book->entries[i].month <= span.last && in_force(state, book, i))
			return true;
	return false;
}

int
state_coverage(const struct state *state, const char *area, struct span span)
{
	int count = 0;

	for (size_t i = 0; i < state->book_count; i++)
		count += strncmp(state->books[i].code, area, strlen(area)) == 0 &&
			 state_village_reported(state, state->books[i].code, span);
	return count;
}

/* --- people --- */

int
state_person(const struct state *state, const char *roles, const char *area, bool above, size_t *at)
{
	char role[16];

	for (; *at < state->ledger->person_count; ++*at) {
		const struct person *person = &state->ledger->people[*at];
		const char *inner = above ? area : person->area, *outer = above ? person->area : area;

		snprintf(role, sizeof role, ",%s,", person->role);
		if (strcmp(person->role, "NONE") == 0 || strcmp(person->role, "BLOCK") == 0 || state->unwilling[*at] ||
		    state->absent[*at])
			continue;
		if ((roles == NULL || strstr(roles, role) != NULL) && strncmp(inner, outer, strlen(outer)) == 0)
			return (int)(*at)++;
	}
	return -1;
}

bool
state_willing(const struct state *state, int person)
{
	return !state->unwilling[person];
}

void
state_set_willing(struct state *state, int person, bool willing)
{
	state->unwilling[person] = !willing;
}

bool
state_present(const struct state *state, int person)
{
	return !state->absent[person];
}

void
state_join(struct state *state, int person)
{
	state->absent[person] = false;
}

/* --- months that are closed, single cases --- */

bool
state_locked(const struct state *state, const char *village, int month)
{
	for (size_t i = 0; i < state->lock_count; i++)
		if (state->locks[i].month == month &&
		    strncmp(village, state->locks[i].area, strlen(state->locks[i].area)) == 0)
			return true;
	return false;
}

void
state_lock(struct state *state, const char *area, int month)
{
	state->locks = grow(state->locks, state->lock_count, sizeof *state->locks);
	snprintf(state->locks[state->lock_count].area, CODE_SIZE, "%s", area);
	state->locks[state->lock_count++].month = month;
}

int
state_cases(const struct state *state, const char *area)
{
	int count = 0;

	for (size_t i = 0; i < state->case_count; i++)
		count += strncmp(state->cases[i].village, area, strlen(area)) == 0;
	return count;
}

void
state_add_case(struct state *state, const char *village)
{
	state->cases = grow(state->cases, state->case_count, sizeof *state->cases);
	snprintf(state->cases[state->case_count++].village, CODE_SIZE, "%s", village);
}

long
state_body_value(const struct state *state, const char *village, int category, int month, const char *body)
{
	const struct book *book = book_of(state, village);
	long value = 0;

	for (size_t i = 0; book != NULL && i < book->count; i++)
		if (counts(state, book, i, category, month) && meets_any(state, book, i) &&
		    strcmp(state->ledger->people[book->entries[i].person].body, body) == 0)
			value += book->entries[i].value;
	return value;
}
