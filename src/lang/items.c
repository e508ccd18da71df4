/* SPDX-License-Identifier: GPL-3.0-or-later */
/* items: categories and numbers in the order in which they were typed become pairs (rule 13, hard cases 2, 8). */
#include "lang/reader.h"

#include <string.h>

/* Where the pairing stands. */
struct pairing {
	struct reader *reader;
	const struct reader_event *category, *number;   /* still alone; NULL */
	bool nothing;                                   /* TIDAK ADA waits for its category */
	bool decided;                                   /* the order of pairs is known */
};

static void
fail(struct pairing *pairing, const struct reader_event *event)
{
	struct parse *parse = pairing->reader->parse;

	if (parse->counting.reject != REJECT_NONE)
		return;
	reader_note(pairing->reader, &parse->counting, REJECT_JUMLAH, event->token, 1);
	parse->counting.index = event->kind == EVENT_CATEGORY ? event->category : -1;
}

static void
put_item(struct pairing *pairing, const struct reader_event *category, long number, int unit)
{
	struct parse *parse = pairing->reader->parse;
	struct item *item;

	if (parse->item_count == OUTCOME_ITEMS_MAX) {
		fail(pairing, category);
		return;
	}
	item = &parse->items[parse->item_count++];
	*item = (struct item){ .category = category->category, .unit = unit, .number = number,
			       .fuzzy = category->fuzzy };
	reader_span(pairing->reader, category->token, category->length, item->word, sizeof item->word);
}

static void
on_category(struct pairing *pairing, const struct reader_event *event)
{
	struct parse *parse = pairing->reader->parse;

	if (pairing->nothing) {
		put_item(pairing, event, 0, -1);
		pairing->nothing = false;
	} else if (parse->number_first) {
		if (pairing->number == NULL) {
			fail(pairing, event);
			return;
		}
		put_item(pairing, event, pairing->number->number, pairing->number->unit);
		pairing->number = NULL;
	} else {
		if (pairing->category != NULL)
			fail(pairing, pairing->category);
		pairing->category = event;
		pairing->decided = true;
	}
}

static void
on_number(struct pairing *pairing, const struct reader_event *event)
{
	struct parse *parse = pairing->reader->parse;

	if (!pairing->decided) {
		pairing->decided = true;
		parse->number_first = true;
	}
	if (parse->number_first) {
		if (pairing->number != NULL)
			fail(pairing, pairing->number);
		pairing->number = event;
	} else if (pairing->category != NULL) {
		put_item(pairing, pairing->category, event->number, event->unit);
		pairing->category = NULL;
	} else {
		fail(pairing, event);
		/* anak2 5 orang: it is the category before that is unclear. */
		if (parse->item_count != 0 && parse->counting.index < 0)
			parse->counting.index = parse->items[parse->item_count - 1].category;
	}
}

static void
on_nothing(struct pairing *pairing, const struct reader_event *event)
{
	if (pairing->category != NULL) {
		put_item(pairing, pairing->category, 0, -1);
		pairing->category = NULL;
	} else if (pairing->nothing) {
		fail(pairing, event);
	} else {
		pairing->nothing = true;
	}
}

/* Whether more than blanks and little words (anak2 dan lansia 3) stands before the tokens from `at` to `to`. */
static bool
is_separated(const struct reader *reader, size_t at, size_t to)
{
	const struct parse *parse = reader->parse;

	for (; at <= to; at++)
		if ((parse->tokens[at].gap & ~(unsigned)GAP_BLANK) != 0 ||
		    (at != to && parse->readings[at] != READ_STOP))
			return true;
	return false;
}

/* Anak2 jalanan 4: the glued 2 may be a plural, and then it is one category; only a digit glued to the next
 * category too, or a separator between, shows that it is a count (hard case 2). */
static bool
is_plural(const struct reader *reader, size_t i)
{
	const struct reader_event *number = &reader->events[i];
	const struct token *tokens = reader->parse->tokens;
	bool glued;

	if (i == 0 || i + 1 >= reader->event_count || number->number != 2 || tokens[number->token].gap != 0 ||
	    tokens[number->token].kind != TOKEN_NUMBER || reader->events[i - 1].kind != EVENT_CATEGORY ||
	    reader->events[i + 1].kind != EVENT_CATEGORY)
		return false;
	glued = i + 2 < reader->event_count && reader->events[i + 2].kind == EVENT_NUMBER &&
		tokens[reader->events[i + 2].token].gap == 0;
	return !is_separated(reader, number->token + 1, reader->events[i + 1].token) && !glued;
}

/* RALAT ANAK 3 JADI 5, RALAT ANAK JADI 5: what stands before JADI is the old value. */
static bool
take_change(struct pairing *pairing, size_t *i)
{
	struct reader *reader = pairing->reader;
	struct parse *parse = reader->parse;
	const struct reader_event *to = &reader->events[*i];

	if (to->kind != EVENT_TO)
		return false;
	if (*i + 1 >= reader->event_count || reader->events[*i + 1].kind != EVENT_NUMBER || parse->number_first ||
	    parse->from >= 0 || (parse->item_count != 0 && parse->items[0].number < 0)) {
		fail(pairing, to);
	} else if (pairing->category != NULL) {
		on_number(pairing, &reader->events[++*i]);
	} else if (parse->item_count == 1) {
		parse->from = parse->items[0].number;
		parse->items[0].number = reader->events[++*i].number;
		if (reader->events[*i].unit >= 0)
			parse->items[0].unit = reader->events[*i].unit;
	} else {
		fail(pairing, to);
	}
	return true;
}

/* RALAT ANAK BUKAN 3 TAPI 5 is RALAT ANAK 3 JADI 5; a BUKAN without its TAPI denies something, and nobody knows
 * what is true instead. */
static bool
take_denial(struct pairing *pairing, size_t i)
{
	const struct reader *reader = pairing->reader;
	const struct reader_event *events = &reader->events[i];

	if (events->kind != EVENT_NOT)
		return false;
	if (i + 2 >= reader->event_count || events[1].kind != EVENT_NUMBER || events[2].kind != EVENT_TO)
		fail(pairing, pairing->category != NULL ? pairing->category : events);
	return true;
}

/* A word for zero, or TIDAK ADA, without any category: the whole report is nil. */
static bool
is_nihil(const struct pairing *pairing)
{
	const struct parse *parse = pairing->reader->parse;

	if (parse->item_count != 0 || pairing->category != NULL || parse->counting.reject != REJECT_NONE)
		return false;
	return (pairing->nothing && pairing->number == NULL) ||
	       (!pairing->nothing && pairing->number != NULL && pairing->number->nihil);
}

void
items_pair(struct reader *reader)
{
	struct pairing pairing = { .reader = reader };
	struct parse *parse = reader->parse;
	size_t i;

	for (i = 0; i < reader->event_count; i++) {
		const struct reader_event *event = &reader->events[i];

		if (take_change(&pairing, &i) || take_denial(&pairing, i))
			continue;
		if (event->kind == EVENT_CATEGORY) {
			on_category(&pairing, event);
		} else if (event->kind == EVENT_NOTHING) {
			on_nothing(&pairing, event);
		} else {
			if (is_plural(reader, i))
				fail(&pairing, &reader->events[i - 1]);
			on_number(&pairing, event);
		}
	}
	if (is_nihil(&pairing) && parse->verb == VERB_REPORT && !reader->both_families) {
		parse->verb = VERB_NIHIL;
		return;
	}
	if (pairing.category != NULL)
		fail(&pairing, pairing.category);
	if (pairing.number != NULL) {
		fail(&pairing, pairing.number);
		/* 3 anak2: it is the category before that is unclear. */
		if (parse->item_count != 0 && parse->counting.index < 0)
			parse->counting.index = parse->items[parse->item_count - 1].category;
	}
	if (pairing.nothing && parse->counting.reject == REJECT_NONE)
		parse->counting = (struct problem){ .reject = REJECT_JUMLAH, .index = -1 };
}
