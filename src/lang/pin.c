/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin: finds the PIN of a message and takes it out. Knows neither people nor whether it is right. */
#include "lang/pin.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/lex.h"

#define LOOKED_AT 200           /* characters at either end: a long text has too many tokens to look at all */
#define POLITE_MAX 6            /* words of thanks behind it */

/* One end of the message. Places are bytes of the folded text. */
struct look {
	const struct grammar *grammar;
	const char *folded;
	size_t from;                    /* where the tokens' text begins in it */
	struct token *tokens;           /* of TOKENS_MAX */
	size_t count;
};

struct span { size_t begin, end; };

/* The whole text, as far as there are tokens for it; look_away() from it. */
static void
look_over(struct look *look, const struct grammar *grammar, const char *folded)
{
	*look = (struct look){ grammar, folded, 0, xcalloc(TOKENS_MAX, sizeof *look->tokens), 0 };
	look->count = lex_text(folded, look->tokens);
	if (look->count > TOKENS_MAX)
		look->count = TOKENS_MAX;
}

static void
look_away(struct look *look)
{
	explicit_bzero(look->tokens, TOKENS_MAX * sizeof *look->tokens);
	free(look->tokens);
}

static bool
is_word(const struct look *look, enum word_kind kind, size_t at)
{
	return at < look->count && look->tokens[at].kind == TOKEN_WORD &&
	       grammar_word(look->grammar, kind, look->tokens[at].text) >= 0;
}

/* 4821, 4.821, 48-21; O for 0. */
static bool
is_digits(const struct look *look, size_t at)
{
	const char *text = at < look->count ? look->tokens[at].text : "";

	return isdigit((unsigned char)text[strspn(text, "O")]) && strspn(text, "0123456789O.,:/-") == strlen(text);
}

/* XXXX, as somebody may write what is to be filled in. */
static bool
is_crosses(const struct look *look, size_t at)
{
	const char *text = at < look->count ? look->tokens[at].text : "";

	return strlen(text) > 1 && strspn(text, "X") == strlen(text);
}

/* The digits of some tokens; none at all of too many, which are no PIN, but not to be passed on either. */
static void
take_digits(const struct look *look, size_t first, size_t end, struct pin_reading *out)
{
	size_t used = 0;

	for (; first < end; first++)
		for (const char *c = look->tokens[first].text; *c != '\0'; c++) {
			if (!isdigit((unsigned char)*c) && *c != 'O')
				continue;
			if (used < PIN_SIZE - 1)
				out->digits[used] = *c == 'O' ? '0' : *c;
			used++;
		}
	if (used >= PIN_SIZE)
		used = 0;
	out->digits[used] = '\0';
	out->said = strspn(out->digits, "0") == used ? PIN_BLANK : PIN_GIVEN;
	if (out->said == PIN_BLANK)
		explicit_bzero(out->digits, sizeof out->digits);
}

/* How many bytes of stars and the like stand right there; 0: none. */
static size_t
stars_behind(const char *folded)
{
	size_t blanks = strspn(folded, " :.=-"), stars = strspn(folded + blanks, "*_#?");

	return stars != 0 ? blanks + stars : 0;
}

static struct span
span_of(const struct look *look, size_t first, size_t end)
{
	return (struct span){ look->from + look->tokens[first].start, look->from + look->tokens[end - 1].end };
}

/* The word before the digits from token `at` on: "PIN 4821", "PIN saya 4821". Gives its place + 1, 0 there is none. */
static size_t
word_before(const struct look *look, size_t at)
{
	if (at >= 1 && is_word(look, WORD_PIN, at - 1))
		return at;
	return at >= 2 && is_word(look, WORD_STOP, at - 1) && is_word(look, WORD_PIN, at - 2) ? at - 1 : 0;
}

static bool
find_at_end(const struct look *look, struct pin_reading *out, struct span *span)
{
	size_t end = look->count, first, word, stars;

	while (end > 0 && look->count - end < POLITE_MAX && is_word(look, WORD_STOP, end - 1))
		end--;
	for (first = end; first > 0 && (is_digits(look, first - 1) || is_crosses(look, first - 1));)
		first--;
	word = first < end ? word_before(look, first) : 0;
	if (word != 0) {
		take_digits(look, first, end, out);
		*span = span_of(look, word - 1, end);
		return true;
	}
	if (end == 0 || !is_word(look, WORD_PIN, end - 1))
		return false;
	*span = span_of(look, end - 1, end);
	stars = stars_behind(look->folded + span->end);
	span->end += stars;
	out->said = stars != 0 ? PIN_BLANK : PIN_NOT;
	return stars != 0;
}

static bool
find_at_beginning(const struct look *look, struct pin_reading *out, struct span *span)
{
	size_t stars;

	if (!is_word(look, WORD_PIN, 0))
		return false;
	*span = span_of(look, 0, 1);
	stars = stars_behind(look->folded + span->end);
	if (stars != 0) {
		span->end += stars;
		out->said = PIN_BLANK;
		return true;
	}
	if (!is_digits(look, 1) && !is_crosses(look, 1))
		return false;
	take_digits(look, 1, 2, out);
	*span = span_of(look, 0, 2);
	return true;
}

/* Where it stands in the folded text; false: nowhere. */
static bool
find(const struct grammar *grammar, const char *folded, struct pin_reading *out, struct span *span)
{
	struct look look = { grammar, folded, 0, xcalloc(TOKENS_MAX, sizeof *look.tokens), 0 };
	size_t length = strlen(folded);
	char *head = xstrndup(folded, LOOKED_AT);
	bool found;

	if (length > LOOKED_AT)
		look.from = length - LOOKED_AT;
	/* Not from the middle of a word on. */
	while (look.from != 0 && look.from < length && isalnum((unsigned char)folded[look.from - 1]))
		look.from++;
	look.count = lex_text(folded + look.from, look.tokens);
	found = find_at_end(&look, out, span);
	if (!found) {
		look.from = 0;
		look.count = lex_text(head, look.tokens);
		found = find_at_beginning(&look, out, span);
	}
	look_away(&look);
	explicit_bzero(head, strlen(head));
	free(head);
	return found;
}

/* Whether the digits from token `at` on are those, in one token or several: *end is the one behind them. */
static bool
is_same(const struct look *look, size_t at, const char *digits, size_t *end)
{
	struct pin_reading there = { .said = PIN_NOT };
	bool same = false;

	for (*end = at; !same && is_digits(look, *end);) {
		++*end;
		take_digits(look, at, *end, &there);
		same = strcmp(there.digits, digits) == 0;
	}
	explicit_bzero(&there, sizeof there);
	return same;
}

/* Those digits behind the word anywhere: what is known to be the PIN is no other number. */
static bool
find_again(const struct grammar *grammar, const char *folded, const char *digits, struct span *span)
{
	struct look look;
	size_t at, word, end;
	bool found = false;

	look_over(&look, grammar, folded);
	for (at = 1; at < look.count && !found; at++) {
		word = word_before(&look, at);
		found = word != 0 && is_same(&look, at, digits, &end);
		if (found)
			*span = span_of(&look, word - 1, end);
	}
	look_away(&look);
	return found;
}

/* What stands before and behind it, with `between` in its place; the caller's. */
static char *
join(const char *text, size_t begin, size_t end, const char *between)
{
	const char *rest = text + end;

	while (begin > 0 && strchr(" \t\r\n,;:-(#/", text[begin - 1]) != NULL)
		begin--;
	rest += strspn(rest, " \t\r\n.,;:)*#");
	if (rest[strspn(rest, "!\"' ")] == '\0')
		rest += strlen(rest);
	return xasprintf("%.*s%s%s%s%s", (int)begin, text, begin != 0 && *between != '\0' ? " " : "", between,
			 *rest != '\0' && (begin != 0 || *between != '\0') ? " " : "", rest);
}

/* Takes one out of the text; false: there is none. known: the digits, or NULL. */
static bool
take_out(const struct grammar *grammar, const char *text, const char *known, struct pin_reading *out)
{
	size_t *offsets;
	char *folded = fold_text(text, &offsets), placeholder[32];
	struct span span;
	bool found = find(grammar, folded, out, &span) || (known != NULL && find_again(grammar, folded, known, &span));

	if (found) {
		pin_placeholder(grammar, placeholder, sizeof placeholder);
		out->text = join(text, offsets[span.begin], offsets[span.end], "");
		out->shown = join(text, offsets[span.begin], offsets[span.end], placeholder);
	}
	explicit_bzero(folded, strlen(folded));
	free(folded);
	free(offsets);
	return found;
}

void
pin_read(const struct grammar *grammar, const char *text, struct pin_reading *out)
{
	struct pin_reading more;

	memset(out, 0, sizeof *out);
	if (!take_out(grammar, text, NULL, out))
		return;
	/* Whoever typed it twice wants none of them passed on. */
	for (;;) {
		memset(&more, 0, sizeof more);
		if (!take_out(grammar, out->text, out->said == PIN_GIVEN ? out->digits : NULL, &more))
			return;
		if (out->said != PIN_GIVEN && more.said == PIN_GIVEN) {
			memcpy(out->digits, more.digits, sizeof out->digits);
			out->said = more.said;
		}
		explicit_bzero(out->text, strlen(out->text));
		explicit_bzero(out->shown, strlen(out->shown));
		free(out->text);
		free(out->shown);
		out->text = more.text;
		out->shown = more.shown;
		explicit_bzero(more.digits, sizeof more.digits);
	}
}

bool
pin_may_hide(const struct grammar *grammar, const char *text)
{
	size_t *offsets;
	char *folded = fold_text(text, &offsets);
	struct look look;
	bool digits = false, letters = false, word = false;

	look_over(&look, grammar, folded);
	for (size_t at = 0; at < look.count; at++) {
		digits = digits || is_digits(&look, at);
		letters = letters || look.tokens[at].kind == TOKEN_WORD;
		word = word || is_word(&look, WORD_PIN, at);
	}
	look_away(&look);
	explicit_bzero(folded, strlen(folded));
	free(folded);
	free(offsets);
	return digits && (word || !letters);
}

void
pin_forget(struct pin_reading *reading)
{
	free(reading->text);
	free(reading->shown);
	explicit_bzero(reading, sizeof *reading);
}

void
pin_placeholder(const struct grammar *grammar, char *out, size_t size)
{
	const char *word = grammar_spell(grammar, WORD_PIN, 0);

	snprintf(out, size, "%.16s ****", word != NULL ? word : "");
}

bool
pin_needed(const struct grammar *grammar, int role, enum verb verb, int form)
{
	bool asks = verb == VERB_JUMLAH || verb == VERB_REKAP;

	if (role < 0)
		return false;
	for (; form >= 0 && !asks; form = grammar->forms[form].under)
		if (grammar->forms[form].pin != NULL && grammar->forms[form].pin[role])
			return true;
	return grammar->roles[role].pin[verb];
}

bool
pin_needed_by(const struct grammar *grammar, int role)
{
	if (role < 0)
		return false;
	for (int verb = 0; verb < VERBS; verb++)
		if (grammar->roles[role].pin[verb])
			return true;
	for (size_t i = 0; i < grammar->form_count; i++)
		if (grammar->forms[i].pin != NULL && grammar->forms[i].pin[role])
			return true;
	return false;
}

bool
pin_in_force(const struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->role_count; i++)
		if (pin_needed_by(grammar, (int)i))
			return true;
	return false;
}
