/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lex: folded text to tokens (domain 3.1 steps 3 and 4). Knows no words, only shapes. */
#ifndef LANG_LEX_H
#define LANG_LEX_H

#include <stdbool.h>
#include <stddef.h>

#define TOKEN_SIZE 64
#define TOKENS_MAX 600

enum token_kind {
	TOKEN_WORD,             /* letters */
	TOKEN_NUMBER,           /* a: value, -1 if it has more than nine digits */
	TOKEN_VILLAGE_CODE,     /* 32.07.34.2007 */
	TOKEN_DISTRICT_CODE,    /* 32.07.34 */
	TOKEN_DATE,             /* 25-10-2026: a day, b month, c year */
	TOKEN_MONTH_YEAR,       /* 10/2026, 2026-09: a month, b year */
	TOKEN_PAIR,             /* 2/1: a, b */
	TOKEN_RANGE,            /* 3-4: a, b */
	TOKEN_DECIMAL,          /* 3,5 13.00 19:30: a, b */
	TOKEN_KINDS
};

/* What stood between a token and the one before it. */
enum token_gap {
	GAP_BLANK = 1, GAP_COMMA = 2 /* , ; */, GAP_LINE = 4 /* line break or start of text */, GAP_PLUS = 8,
	GAP_BRACKET = 16 /* ( */, GAP_HYPHEN = 32, GAP_DOT = 64, GAP_COLON = 128, GAP_OTHER = 256
};

struct token {
	enum token_kind kind;
	char text[TOKEN_SIZE];  /* as folded; longer ones are cut */
	long a, b, c;
	size_t start, end;      /* bytes of the folded text */
	unsigned gap;           /* 0: glued to the token before (ANAK|3) */
	char next;              /* the character right behind it */
};

/* Fills tokens, at most TOKENS_MAX; returns how many there are, TOKENS_MAX + 1 if there are more. */
size_t lex_text(const char *folded, struct token tokens[TOKENS_MAX]);

/* Whether the digit groups from token `at` on join to 16 digits or more over blanks, dots and hyphens: a NIK. */
bool lex_is_identity(const struct token *tokens, size_t count, size_t at);

#endif
