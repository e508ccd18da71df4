/* SPDX-License-Identifier: GPL-3.0-or-later */
/* offer: what a message with a mistake may have meant, as corrected texts. */
#include "lang/offer.h"

#include <stdio.h>
#include <string.h>

#include "lang/answer.h"

/* What becomes of a token. */
enum fate { FATE_KEEP, FATE_DROP, FATE_REPLACE };

struct rewriting {
	const struct parse *parse;
	enum fate fate[TOKENS_MAX];
	const char *replacement;        /* of the first token to be replaced; others of its run are dropped */
};

/* Writes the tokens that are kept, with what stood between them. false: it does not fit. */
static bool
write_text(const struct rewriting *rewriting, char out[OFFER_SIZE])
{
	const struct parse *parse = rewriting->parse;
	size_t used = 0, i;

	out[0] = '\0';
	for (i = 0; i < parse->count; i++) {
		const struct token *token = &parse->tokens[i];
		size_t before = i != 0 ? parse->tokens[i - 1].end : 0;
		int written;

		if (rewriting->fate[i] == FATE_DROP)
			continue;
		written = snprintf(out + used, OFFER_SIZE - used, "%.*s%s%s", (int)(token->start - before),
				   parse->folded + before, token->gap == 0 && i != 0 && rewriting->fate[i - 1] != FATE_KEEP ?
				   " " : "", rewriting->fate[i] == FATE_REPLACE ? rewriting->replacement : token->text);
		if (written < 0 || (used += (size_t)written) >= OFFER_SIZE)
			return false;
	}
	return used != 0;
}

static void
keep_all(struct rewriting *rewriting, const struct parse *parse)
{
	memset(rewriting, 0, sizeof *rewriting);
	rewriting->parse = parse;
}

static size_t
drop_unknown(struct rewriting *rewriting)
{
	size_t i, count = 0;

	for (i = 0; i < rewriting->parse->count; i++)
		if (rewriting->parse->readings[i] == READ_UNKNOWN) {
			rewriting->fate[i] = FATE_DROP;
			count++;
		}
	return count;
}

/* The only keyword within two edits of the word, of a category that may be named; NULL none or several. */
static const char *
near_keyword(const struct grammar *grammar, const char *word)
{
	const char *found = NULL;
	size_t i;

	if (strlen(word) < 4 || grammar_known(grammar, word))
		return NULL;
	for (i = 0; i < grammar->category_count; i++) {
		const struct category *category = &grammar->categories[i];
		int limit = strlen(category->keyword) < 8 ? 1 : 2;

		if (category->list != grammar->active_list || strlen(category->keyword) < 4 ||
		    place_distance(word, category->keyword, limit) > limit)
			continue;
		if (found != NULL || category->secret)
			return NULL;
		found = category->keyword;
	}
	return found;
}

/* Words that mean something to the gateway, only not there (ANAK NO 3, ANAK 3 BATAL), and those that may turn a
 * message into its opposite, a wish or a plan: without them it would say what nobody said. */
static bool
changes_meaning(const struct parse *parse, size_t at)
{
	const char *word = parse->tokens[at].text;

	return parse->tokens[at].kind == TOKEN_WORD &&
	       (grammar_known(parse->grammar, word) || grammar_word(parse->grammar, WORD_REVERSING, word) >= 0);
}

/* Words that hide something are not asked about: the question would tell. */
static bool
hides(const struct parse *parse)
{
	size_t i;

	for (i = 0; i < parse->count; i++)
		if (parse->readings[i] == READ_UNKNOWN &&
		    (changes_meaning(parse, i) || grammar_near_secret(parse->grammar, parse->tokens[i].text)))
			return true;
	return parse->personal || parse->reading.reject != REJECT_NONE;
}

/* The unknown words from `at` on that stand side by side. */
static size_t
unknown_run(const struct parse *parse, size_t at)
{
	size_t length = 0;

	while (at + length < parse->count && length < PLACE_TOKENS_MAX && parse->readings[at + length] == READ_UNKNOWN &&
	       (length == 0 || (parse->tokens[at + length].gap & ~(unsigned)(GAP_BLANK | GAP_DOT | GAP_HYPHEN)) == 0))
		length++;
	return length;
}

/* Whether unknown words name, or nearly name, a place: then they are not dropped. *village: the only one of the
 * sender's kecamatan that is near enough, NULL none. Returns how many tokens the name has, 0: no place. */
static size_t
names_place(const struct parse *parse, const struct gazetteer *gazetteer, const struct asker *asker, size_t at,
	    const char **village)
{
	char name[PLACE_NAME_SIZE * 2], district[9] = "", regency[6] = "";
	struct place_answer answer;
	size_t length;

	snprintf(district, sizeof district, "%.8s", asker->area);
	snprintf(regency, sizeof regency, "%.5s", asker->area);
	*village = NULL;
	for (length = unknown_run(parse, at); length != 0; length--) {
		size_t start = parse->tokens[at].start;

		snprintf(name, sizeof name, "%.*s", (int)(parse->tokens[at + length - 1].end - start),
			 parse->folded + start);
		place_find(gazetteer, strlen(district) == 8 ? district : "", name, PLACE_ANY, false, &answer);
		if (answer.verdict == PLACE_FUZZY)
			*village = gazetteer_name(gazetteer, answer.codes[0]);
		if (answer.verdict != PLACE_UNKNOWN)
			return length;
		place_find_district(gazetteer, regency, name, false, &answer);
		if (answer.verdict != PLACE_UNKNOWN)
			return length;
		place_find_regency(gazetteer, name, REGENCY_ANY, &answer);
		if (answer.count != 0 || place_find_province(gazetteer, name) != NULL)
			return length;
	}
	return 0;
}

static size_t
unknown_words(const struct parse *parse, const struct gazetteer *gazetteer, const struct asker *asker,
	      char texts[OFFER_CANDIDATES][OFFER_SIZE])
{
	struct rewriting rewriting;
	const char *village;
	size_t i, count = 0, length;
	bool first = true;

	keep_all(&rewriting, parse);
	drop_unknown(&rewriting);
	for (i = 0; i < parse->count; i++) {
		if (parse->readings[i] != READ_UNKNOWN)
			continue;
		length = names_place(parse, gazetteer, asker, i, &village);
		if (length != 0 && (village == NULL || rewriting.replacement != NULL))
			return 0;
		if (length != 0) {
			rewriting.replacement = village;
			rewriting.fate[i] = FATE_REPLACE;
			i += length - 1;
		}
	}
	count += write_text(&rewriting, texts[count]);
	if (rewriting.replacement != NULL)
		return count;
	for (i = 0; i < parse->count && first; i++) {
		if (parse->readings[i] != READ_UNKNOWN)
			continue;
		first = false;
		rewriting.replacement = near_keyword(parse->grammar, parse->tokens[i].text);
		if (rewriting.replacement != NULL) {
			rewriting.fate[i] = FATE_REPLACE;
			count += write_text(&rewriting, texts[count]);
		}
	}
	return count;
}

/* The one suggestion for a village's name in its place. */
static size_t
near_village(const struct parse *parse, const struct gazetteer *gazetteer, const struct outcome *rejected,
	     char texts[OFFER_CANDIDATES][OFFER_SIZE])
{
	struct rewriting rewriting;
	const struct problem *problem = &parse->placing;
	size_t i;

	if (rejected->hamlet || rejected->code_count != 1 || problem->length == 0)
		return 0;
	keep_all(&rewriting, parse);
	drop_unknown(&rewriting);
	rewriting.replacement = gazetteer_name(gazetteer, rejected->codes[0]);
	if (rewriting.replacement == NULL)
		return 0;
	for (i = 0; i < problem->length; i++) {
		if (grammar_word(parse->grammar, WORD_REVERSING, parse->tokens[problem->at + i].text) >= 0)
			return 0;
		rewriting.fate[problem->at + i] = i == 0 ? FATE_REPLACE : FATE_DROP;
	}
	return write_text(&rewriting, texts[0]);
}

/* 1) BALITA 2 2) LANSIA 3 in one line: the numbers before the brackets only count. */
static size_t
list_numbers(const struct parse *parse, char texts[OFFER_CANDIDATES][OFFER_SIZE])
{
	struct rewriting rewriting;
	size_t i, count = 0;

	keep_all(&rewriting, parse);
	for (i = 0; i < parse->count; i++)
		if (parse->tokens[i].kind == TOKEN_NUMBER && parse->tokens[i].next == ')' &&
		    (parse->tokens[i].gap & GAP_BRACKET) == 0) {
			rewriting.fate[i] = FATE_DROP;
			count++;
		}
	return count >= 2 && write_text(&rewriting, texts[0]) ? 1 : 0;
}

size_t
offer_candidates(const struct parse *parse, const struct gazetteer *gazetteer, const struct asker *asker,
		 const struct outcome *rejected, char texts[OFFER_CANDIDATES][OFFER_SIZE])
{
	if (hides(parse) || parse->verb == VERB_NONE)
		return 0;
	switch (rejected->reject) {
	case REJECT_KATA: return unknown_words(parse, gazetteer, asker, texts);
	case REJECT_DESA: return near_village(parse, gazetteer, rejected, texts);
	case REJECT_JUMLAH: return list_numbers(parse, texts);
	default: return 0;
	}
}

/* Nothing secret, and all of it can be said in the question. */
static bool
may_offer_form(const struct grammar *grammar, const struct outcome *outcome)
{
	const struct form *form = &grammar->forms[outcome->form];
	char summary[REPLY_SIZE];

	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FORM_CATEGORY && outcome->after[i].given &&
		    grammar->categories[outcome->after[i].index].secret)
			return false;
	answer_offered(grammar, outcome, summary);
	return strlen(summary) <= reply_width("isi");
}

bool
offer_allowed(const struct grammar *grammar, const struct outcome *outcome)
{
	size_t i;

	if (outcome->expect == EXPECT_ACCEPT && outcome->effect == EFFECT_ENTRY)
		return may_offer_form(grammar, outcome);
	if (outcome->expect != EXPECT_ACCEPT || outcome->effect != EFFECT_RECORD)
		return false;
	for (i = 0; i < outcome->item_count; i++)
		if (grammar->categories[outcome->items[i].category].secret)
			return false;
	return true;
}

/* Texts aside: they are what the message says, whatever word of it is in doubt. */
static bool
same_entry(const struct form *form, const struct outcome *a, const struct outcome *b)
{
	if (a->form != b->form || strcmp(a->area, b->area) != 0)
		return false;
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type != FORM_TEXT && !form_value_equal(&form->fields[i], &a->after[i], &b->after[i]))
			return false;
	return true;
}

bool
offer_same(const struct grammar *grammar, const struct outcome *a, const struct outcome *b)
{
	size_t i;

	if (a->effect == EFFECT_ENTRY && b->effect == EFFECT_ENTRY &&
	    !same_entry(&grammar->forms[a->form], a, b))
		return false;
	if (a->verb != b->verb || a->item_count != b->item_count || a->period != b->period || a->rt != b->rt ||
	    a->rw != b->rw || strcmp(a->village, b->village) != 0)
		return false;
	for (i = 0; i < a->item_count; i++)
		if (a->items[i].category != b->items[i].category || a->items[i].unit != b->items[i].unit ||
		    a->items[i].value != b->items[i].value)
			return false;
	return true;
}
