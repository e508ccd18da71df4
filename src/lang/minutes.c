/* SPDX-License-Identifier: GPL-3.0-or-later */
/* minutes: the parts of minutes. */
#include "lang/minutes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"

#define LABEL_TOKENS 3

/* A text cut into its parts. */
struct sheet {
	const char *text;
	char *folded;
	size_t *offsets;
	struct token tokens[TOKENS_MAX];
	size_t count;
	struct minutes_cut cut;
};

/* Whether a colon stands behind the token. */
static bool
is_marked(const char *folded, const struct token *token)
{
	const char *behind = folded + token->end;

	behind += strspn(behind, " ");
	return *behind == ':' || *behind == '=';
}

/* A label of the set that begins at the token: how many tokens it has, 0 none. */
static size_t
label_at(const struct grammar *grammar, const char *folded, const struct token *tokens, size_t at, size_t count, int set,
	 int *part)
{
	char key[LABEL_TOKENS * TOKEN_SIZE] = "";
	size_t used = 0;

	for (size_t i = 0; i < LABEL_TOKENS && at + i < count && tokens[at + i].kind == TOKEN_WORD; i++) {
		used += (size_t)snprintf(key + used, sizeof key - used, "%s", tokens[at + i].text);
		if (!is_marked(folded, &tokens[at + i]))
			continue;
		*part = grammar_word_in(grammar, WORD_PART, set, key);
		return *part >= 0 ? i + 1 : 0;
	}
	return 0;
}

bool
minutes_has(const struct minutes_cut *cut, int part)
{
	for (size_t i = 0; i < cut->count; i++)
		if (cut->parts[i].part == part)
			return true;
	return false;
}

static void
cut_by(const struct grammar *grammar, const char *folded, const struct token *tokens, size_t at, size_t count, int set,
       struct minutes_cut *out)
{
	size_t length;
	int part;

	*out = (struct minutes_cut){ .set = -1 };
	for (; at < count; at += length) {
		length = label_at(grammar, folded, tokens, at, count, set, &part);
		/* Said twice, the second is text. */
		if (length == 0 || out->count == MINUTES_PARTS_MAX || minutes_has(out, part)) {
			length = 1;
			continue;
		}
		if (out->count != 0)
			out->parts[out->count - 1].end = at;
		out->set = set;
		out->parts[out->count].part = part;
		out->parts[out->count].label = at;
		out->parts[out->count].first = at + length;
		out->parts[out->count++].end = count;
	}
}

void
minutes_cut(const struct grammar *grammar, const char *folded, const struct token *tokens, size_t at, size_t count,
	    struct minutes_cut *out)
{
	struct minutes_cut cut;

	*out = (struct minutes_cut){ .set = -1 };
	for (size_t set = 0; set < grammar->minutes_count; set++) {
		cut_by(grammar, folded, tokens, at, count, (int)set, &cut);
		if (cut.count > out->count)
			*out = cut;
	}
}

static struct sheet *
sheet_new(const struct grammar *grammar, const char *text)
{
	struct sheet *sheet = xcalloc(1, sizeof *sheet);

	sheet->text = text;
	sheet->folded = fold_text(text, &sheet->offsets);
	sheet->count = lex_text(sheet->folded, sheet->tokens);
	if (sheet->count > TOKENS_MAX)
		sheet->count = 0;
	minutes_cut(grammar, sheet->folded, sheet->tokens, 0, sheet->count, &sheet->cut);
	return sheet;
}

static void
sheet_free(struct sheet *sheet)
{
	free(sheet->folded);
	free(sheet->offsets);
	free(sheet);
}

/* What the sheet says of a part, as typed; the caller's, NULL nothing. */
static char *
say(const struct sheet *sheet, int part)
{
	for (size_t i = 0; i < sheet->cut.count; i++) {
		size_t first = sheet->cut.parts[i].first, end = sheet->cut.parts[i].end, from, to;

		if (sheet->cut.parts[i].part != part)
			continue;
		if (first == end)
			return xstrdup("-");
		from = sheet->offsets[sheet->tokens[first].start];
		to = end < sheet->count ? sheet->offsets[sheet->tokens[end].start] : strlen(sheet->text);
		while (to > from && strchr(" ;,.\r\n", sheet->text[to - 1]) != NULL)
			to--;
		return xstrndup(sheet->text + from, to - from);
	}
	return NULL;
}

static char *
join(char *before, const char *between, const char *after)
{
	char *joined = xasprintf("%s%s%s", before, before[0] != '\0' ? between : "", after);

	free(before);
	return joined;
}

static char *
merge_parts(const struct grammar *grammar, const struct sheet *earlier, const struct sheet *later)
{
	const struct minutes *set = &grammar->minutes[later->cut.set];
	char *out = xstrdup("");

	for (size_t i = 0; i < set->part_count; i++) {
		char *said = say(later, (int)i), *labelled;

		if (said == NULL)
			said = say(earlier, (int)i);
		if (said == NULL)
			continue;
		labelled = xasprintf("%s: %s", set->parts[i], said);
		out = join(out, "; ", labelled);
		free(labelled);
		free(said);
	}
	return out;
}

char *
minutes_merge(const struct grammar *grammar, const char *earlier, const char *later)
{
	struct sheet *first = sheet_new(grammar, earlier), *second = sheet_new(grammar, later);
	char *out;

	if (second->cut.set >= 0 && first->cut.set == second->cut.set)
		out = merge_parts(grammar, first, second);
	else if (first->cut.set < 0 && second->cut.set < 0)
		out = xstrdup(later);
	else
		out = join(xstrdup(earlier), "; ", later);
	sheet_free(first);
	sheet_free(second);
	return out;
}

void
minutes_missing(const struct grammar *grammar, const char *text, char *out, size_t size)
{
	struct sheet *sheet = sheet_new(grammar, text);
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; sheet->cut.set >= 0 && i < grammar->minutes[sheet->cut.set].part_count && used < size; i++)
		if (!minutes_has(&sheet->cut, (int)i))
			used += (size_t)snprintf(out + used, size - used, "%s%s", used != 0 ? ", " : "",
						 grammar->minutes[sheet->cut.set].parts[i]);
	sheet_free(sheet);
}
