/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lex: folded text to tokens. Knows no words, only shapes. */
#include "lang/lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Shapes that digits can stand in, first match wins. # is a digit, 9 is a run of one to three, everything else
 * stands for one of its class: '.' a dot, '-' a hyphen, '/' a slash, '~' any of - / . between parts of a date. */
static const struct shape {
	const char *pattern;
	enum token_kind kind;
	int a, b, c;            /* which numbers of the shape, in order, become a, b and c; -1 none */
} shapes[] = {
	{ "##.##.##.####", TOKEN_VILLAGE_CODE, -1, -1, -1 },
	{ "##.##.##", TOKEN_DISTRICT_CODE, -1, -1, -1 },
	{ "####~##", TOKEN_MONTH_YEAR, 1, 0, -1 },
	{ "##~##~####", TOKEN_DATE, 0, 1, 2 },
	{ "#~##~####", TOKEN_DATE, 0, 1, 2 },
	{ "##~#~####", TOKEN_DATE, 0, 1, 2 },
	{ "#~#~####", TOKEN_DATE, 0, 1, 2 },
	{ "##~####", TOKEN_MONTH_YEAR, 0, 1, -1 },
	{ "#~####", TOKEN_MONTH_YEAR, 0, 1, -1 },
	{ "9/9", TOKEN_PAIR, 0, 1, -1 },
	{ "9-9", TOKEN_RANGE, 0, 1, -1 },
};

/* Bytes of text that the pattern covers, 0 if it does not fit or a digit goes on behind it. */
static size_t
shape_match(const char *pattern, const char *text)
{
	const char *at = text;

	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '9') {
			int digits = 0;
			while (digits < 3 && isdigit((unsigned char)*at))
				digits++, at++;
			if (digits == 0)
				return 0;
		} else if (*pattern == '#') {
			if (!isdigit((unsigned char)*at++))
				return 0;
		} else if (*pattern == '~') {
			if (*at == '\0' || strchr("-/.", *at++) == NULL)
				return 0;
		} else if (*at++ != *pattern) {
			return 0;
		}
	}
	return isdigit((unsigned char)*at) ? 0 : (size_t)(at - text);
}

/* The n-th number in the span. */
static long
number_in(const char *text, size_t length, int n)
{
	const char *end = text + length;

	while (text < end) {
		if (!isdigit((unsigned char)*text)) {
			text++;
			continue;
		}
		if (n-- == 0)
			return strtol(text, NULL, 10);
		while (text < end && isdigit((unsigned char)*text))
			text++;
	}
	return -1;
}

/* 1.200 and 1.200.000 are thousands. */
static size_t
thousands_match(const char *text)
{
	const char *at = text;
	int first = 0, groups = 0;

	while (first < 3 && isdigit((unsigned char)*at))
		first++, at++;
	while (first > 0 && at[0] == '.' && isdigit((unsigned char)at[1]) && isdigit((unsigned char)at[2]) &&
	       isdigit((unsigned char)at[3]))
		groups++, at += 4;
	return groups > 0 && !isdigit((unsigned char)*at) ? (size_t)(at - text) : 0;
}

/* 3,5 13.00 19:30. */
static size_t
decimal_match(const char *text)
{
	size_t left = strspn(text, "0123456789");
	size_t right;

	if (left == 0 || text[left] == '\0' || strchr(".,:", text[left]) == NULL)
		return 0;
	right = strspn(text + left + 1, "0123456789");
	return right != 0 ? left + 1 + right : 0;
}

/* Digits, and letters O among them that stand for zeros: 1O, 1O5, but not the O of 3ORG. */
static size_t
digits_match(const char *text)
{
	size_t length = 0;

	for (;;) {
		size_t os = strspn(text + length, "O");
		size_t more = strspn(text + length + os, "0123456789");
		if (length == 0 && os != 0 && more == 0)
			return 0;
		if (more == 0)
			return isalpha((unsigned char)text[length + os]) ? length : length + os;
		length += os + more;
	}
}

static long
digits_value(const char *text, size_t length)
{
	long value = 0;
	size_t i, digits = 0;

	for (i = 0; i < length; i++) {
		int digit = text[i] == 'O' ? 0 : text[i] - '0';
		if (!isdigit((unsigned char)text[i]) && text[i] != 'O')
			continue;
		if (digits != 0 || digit != 0)
			digits++;
		if (digits > 9)
			return -1;
		value = value * 10 + digit;
	}
	return value;
}

static size_t
take_number(const char *text, struct token *token)
{
	size_t i, length;

	for (i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		length = shape_match(shapes[i].pattern, text);
		if (length == 0)
			continue;
		token->kind = shapes[i].kind;
		token->a = number_in(text, length, shapes[i].a);
		token->b = number_in(text, length, shapes[i].b);
		token->c = number_in(text, length, shapes[i].c);
		return length;
	}
	token->kind = TOKEN_NUMBER;
	length = thousands_match(text);
	if (length == 0 && (length = decimal_match(text)) != 0) {
		token->kind = TOKEN_DECIMAL;
		token->a = number_in(text, length, 0);
		token->b = number_in(text, length, 1);
		return length;
	}
	if (length == 0)
		length = digits_match(text);
	token->a = digits_value(text, length);
	return length;
}

static unsigned
gap_of(char c)
{
	switch (c) {
	case ' ': case '\t': return GAP_BLANK;
	case ',': case ';': return GAP_COMMA;
	case '\n': case '\r': return GAP_LINE;
	case '+': return GAP_PLUS;
	case '(': return GAP_BRACKET;
	case '-': return GAP_HYPHEN;
	case '.': return GAP_DOT;
	case ':': return GAP_COLON;
	default: return GAP_OTHER;
	}
}

static bool
starts_number(const char *text)
{
	size_t os;

	if (isdigit((unsigned char)*text))
		return true;
	/* A run made only of digits and letters O with at least one digit: O5. */
	os = strspn(text, "O");
	return os != 0 && isdigit((unsigned char)text[os]) &&
	       !isalpha((unsigned char)text[strspn(text, "O0123456789")]);
}

static void
put_text(struct token *token, const char *text, size_t length)
{
	if (length >= TOKEN_SIZE)
		length = TOKEN_SIZE - 1;
	memcpy(token->text, text, length);
	token->text[length] = '\0';
}

size_t
lex_text(const char *folded, struct token tokens[TOKENS_MAX])
{
	size_t count = 0, at = 0;
	unsigned gap = GAP_LINE;

	while (folded[at] != '\0') {
		struct token *token = &tokens[count];
		size_t length;

		if (!isalnum((unsigned char)folded[at])) {
			gap |= gap_of(folded[at++]);
			continue;
		}
		if (count == TOKENS_MAX)
			return TOKENS_MAX + 1;
		*token = (struct token){ .kind = TOKEN_WORD, .a = -1, .b = -1, .c = -1 };
		if ((gap != 0 || isdigit((unsigned char)folded[at])) && starts_number(folded + at)) {
			length = take_number(folded + at, token);
		} else {
			for (length = 0; isalpha((unsigned char)folded[at + length]);)
				length++;
		}
		put_text(token, folded + at, length);
		token->start = at;
		token->end = at += length;
		token->gap = gap;
		token->next = folded[at];
		gap = 0;
		count++;
	}
	return count;
}

bool
lex_is_identity(const struct token *tokens, size_t count, size_t at)
{
	size_t first = at, digits = 0;

	for (; at < count && tokens[at].kind != TOKEN_WORD && tokens[at].kind != TOKEN_VILLAGE_CODE; at++) {
		const char *c = tokens[at].text;

		if (at != first && (tokens[at].gap & ~(unsigned)(GAP_BLANK | GAP_DOT | GAP_HYPHEN)) != 0)
			break;
		for (; *c != '\0' && (isdigit((unsigned char)*c) || strchr("O.-", *c) != NULL); c++)
			digits += *c != '.' && *c != '-';
		if (digits >= 16)
			return true;
		if (*c != '\0')
			break;
	}
	return false;
}
