/* SPDX-License-Identifier: GPL-3.0-or-later */
/* relay: what somebody wrote, as it may be passed on. */
#include "lang/relay.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/fold.h"
#include "lang/grammar.h"
#include "lang/lex.h"
#include "lang/reply.h"

#define PHRASE_TOKENS 5
#define LONG_WORD 7             /* letters: of shorter ones everyday words are as near (APA) */

struct relay {
	const struct grammar *grammar;
	const char *typed;
	char *folded;
	size_t *offsets;                /* of each folded byte in what was typed */
	struct token tokens[TOKENS_MAX];
	size_t count;
	char *out;
	size_t used, size;
};

static void
put(struct relay *relay, const char *text, size_t length)
{
	if (relay->used + length + 1 > relay->size) {
		relay->size = (relay->used + length + 1) * 2;
		relay->out = xrealloc(relay->out, relay->size, 1);
	}
	memcpy(relay->out + relay->used, text, length);
	relay->used += length;
	relay->out[relay->used] = '\0';
}

/* One folded character as it was typed; marks that take two places of an SMS get a near one. */
static void
put_character(struct relay *relay, size_t at)
{
	static const char twofold[] = "[{]}\\|~^", near[] = "(())//--";
	char c = relay->folded[at], typed = relay->typed[relay->offsets[at]];
	const char *mark = c != '\0' ? strchr(twofold, c) : NULL;

	if (c == '\n' || c == ' ') {
		if (relay->used == 0 || relay->out[relay->used - 1] == ' ')
			return;
		c = ' ';
	} else if (mark != NULL) {
		c = near[mark - twofold];
	} else if (!isupper((unsigned char)typed)) {
		c = (char)tolower((unsigned char)c);
	}
	put(relay, &c, 1);
}

/* The longest phrase of a secret category that begins at the token: how many tokens it has, 0 none. */
static size_t
secret_phrase(const struct relay *relay, size_t at, int *category)
{
	char key[PHRASE_TOKENS * TOKEN_SIZE] = "";
	size_t found = 0, used = 0;

	for (size_t i = 0; i < PHRASE_TOKENS && at + i < relay->count; i++) {
		const struct token *token = &relay->tokens[at + i];
		int index;

		if (token->kind != TOKEN_WORD)
			break;
		used += (size_t)snprintf(key + used, sizeof key - used, "%s", token->text);
		index = grammar_word(relay->grammar, WORD_CATEGORY, key);
		if (index >= 0 && relay->grammar->categories[index].secret) {
			found = i + 1;
			*category = index;
		}
	}
	return found;
}

static void
put_code(struct relay *relay, int category)
{
	struct reply_form form;
	char text[REPLY_SIZE];

	reply_start(&form, "FRASA_KODE");
	reply_set(&form, "kode", "%s", relay->grammar->categories[category].code);
	put(relay, text, reply_write(relay->grammar, &form, text));
}

/* Writes the token, or what stands for it; gives how many tokens that was. */
static size_t
put_token(struct relay *relay, size_t at)
{
	const struct token *token = &relay->tokens[at];
	int category = -1;
	size_t length = secret_phrase(relay, at, &category);

	if (length != 0) {
		put_code(relay, category);
		return length;
	}
	if (token->kind == TOKEN_WORD && strlen(token->text) >= LONG_WORD &&
	    grammar_near_secret(relay->grammar, token->text)) {
		put(relay, "...", 3);
		return 1;
	}
	for (size_t i = token->start; i < token->end; i++)
		put_character(relay, i);
	return 1;
}

static void
put_all(struct relay *relay)
{
	size_t at = 0, byte = 0, length = strlen(relay->folded);

	while (at < relay->count) {
		for (; byte < relay->tokens[at].start; byte++)
			put_character(relay, byte);
		at += put_token(relay, at);
		byte = relay->tokens[at - 1].end;
	}
	for (; byte < length; byte++)
		put_character(relay, byte);
	while (relay->used != 0 && relay->out[relay->used - 1] == ' ')
		relay->out[--relay->used] = '\0';
}

char *
relay_text(const struct grammar *grammar, const char *text)
{
	struct relay *relay = xcalloc(1, sizeof *relay);
	char *out;

	relay->grammar = grammar;
	relay->typed = text;
	relay->folded = fold_text(text, &relay->offsets);
	relay->count = lex_text(relay->folded, relay->tokens);
	put(relay, "", 0);
	/* More tokens than a message may have: then none of it is shown. */
	if (relay->count <= TOKENS_MAX)
		put_all(relay);
	out = relay->out;
	free(relay->folded);
	free(relay->offsets);
	free(relay);
	return out;
}
