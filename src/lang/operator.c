/* SPDX-License-Identifier: GPL-3.0-or-later */
/* operator: patterns against the texts of a network, which may be anything. */
#include "lang/operator.h"

#include <string.h>

#define GAP "..."
#define NUMBER "{n}"
#define GAP_MOST 60
#define GAPS_MOST 2             /* each multiplies the time by GAP_MOST */
#define DIGITS_MOST 12

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static size_t
count(const char *text, const char *what)
{
	size_t found = 0;

	for (text = strstr(text, what); text != NULL; text = strstr(text + strlen(what), what))
		found++;
	return found;
}

const char *
operator_pattern_check(const char *pattern)
{
	if (count(pattern, NUMBER) != 1)
		return "must have {n} once, where the number stands";
	if (strlen(pattern) > OPERATOR_PATTERN_MOST)
		return "must have at most 80 characters";
	if (count(pattern, GAP) > GAPS_MOST)
		return "must have ... at most twice";
	if (begins(pattern, GAP) || strcmp(pattern, NUMBER) == 0)
		return "must say what stands before or behind the number";
	return NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static const char *
skip_blank(const char *text)
{
	return text + strspn(text, " :.,=");
}

static size_t
digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* 25.000,00: groups of three, then maybe two decimals, which do not count. *end is behind all of it; -1: none, or one
 * that is no amount. */
static int64_t
take_number(const char *text, const char **end)
{
	size_t length = digits(text), taken = 0;
	int64_t value = 0;

	if (length == 0)
		return -1;
	do {
		for (size_t i = 0; i < length; i++, taken++)
			value = taken < DIGITS_MOST ? 10 * value + (text[i] - '0') : value;
		text += length;
		length = (*text == '.' || *text == ',') && digits(text + 1) == 3 ? 3 : 0;
		text += length != 0;
	} while (length != 0);
	if ((*text == '.' || *text == ',') && digits(text + 1) == 2)
		text += 3;
	*end = text;
	return taken <= DIGITS_MOST ? value : -1;
}

/* Whether the text begins so. *value keeps what it was if there is no number in this part of the pattern. */
static bool
match_here(const char *pattern, const char *text, int64_t *value)
{
	while (*pattern != '\0') {
		if (begins(pattern, GAP)) {
			for (size_t gap = 0; gap <= GAP_MOST; gap++, text++) {
				if (match_here(pattern + strlen(GAP), text, value))
					return true;
				if (*text == '\0')
					return false;
			}
			return false;
		}
		if (begins(pattern, NUMBER)) {
			*value = take_number(skip_blank(text), &text);
			if (*value < 0)
				return false;
			pattern += strlen(NUMBER);
		} else if (*pattern == ' ') {
			text = skip_blank(text);
			pattern++;
		} else if (*text != '\0' && lower(*pattern) == lower(*text)) {
			pattern++;
			text++;
		} else {
			return false;
		}
	}
	return true;
}

/* It does not begin or end within a word or number: no Rp in "Grp", no 5 SMS in "25 SMS". */
static bool
is_inside(const char *text, const char *at)
{
	char before = at > text ? lower(at[-1]) : ' ', first = lower(*at);

	return (is_digit(first) && (is_digit(before) || ((before == '.' || before == ',') && at > text + 1 && is_digit(at[-2])))) ||
	       (first >= 'a' && first <= 'z' && before >= 'a' && before <= 'z');
}

int64_t
operator_match(const char *pattern, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		int64_t value = -1;

		if (!is_inside(text, at) && match_here(pattern, at, &value))
			return value;
	}
	return -1;
}

const struct operator *
operator_of(const struct grammar *grammar, const char *imsi)
{
	for (size_t i = 0; i < grammar->operator_count; i++)
		for (size_t j = 0; j < grammar->operators[i].sim_count; j++)
			if (begins(imsi, grammar->operators[i].sims[j]))
				return &grammar->operators[i];
	return NULL;
}

static int64_t
read_by(const struct operator *operator, enum credit credit, const char *text)
{
	int64_t value = -1;

	for (size_t i = 0; i < operator->pattern_counts[credit] && value < 0; i++)
		value = operator_match(operator->patterns[credit][i], text);
	return value;
}

int64_t
operator_read(const struct grammar *grammar, const struct operator *operator, enum credit credit, const char *text,
	      const struct operator **by)
{
	int64_t value = operator != NULL ? read_by(operator, credit, text) : -1;

	*by = operator;
	for (size_t i = 0; i < grammar->operator_count && value < 0; i++) {
		if (grammar->operators[i].sim_count != 0)
			continue;
		*by = &grammar->operators[i];
		value = read_by(*by, credit, text);
	}
	return value;
}
