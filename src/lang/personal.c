/* SPDX-License-Identifier: GPL-3.0-or-later */
/* personal: marks of a person in a text that nobody reads. */
#include "lang/personal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lang/fold.h"
#include "lang/grammar.h"

#define NIK_DIGITS 16
#define PHRASE_WORDS 3
#define PHRASE_SIZE 64

/* In a number an O is a zero. */
static bool
has_number(const char *folded)
{
	int digits = 0;

	for (; *folded != '\0' && digits < NIK_DIGITS; folded++) {
		if (isdigit((unsigned char)*folded) || (*folded == 'O' && digits != 0))
			digits++;
		else if (strchr(" .-", *folded) == NULL)
			digits = 0;
	}
	return digits >= NIK_DIGITS;
}

/* Whether a phrase of those begins here, at the beginning of a word. */
static bool
begins_phrase(const struct grammar *grammar, const char *at)
{
	char key[PHRASE_SIZE] = "";
	size_t taken = 0;

	for (int words = 0; words < PHRASE_WORDS && isupper((unsigned char)*at); words++) {
		while (isupper((unsigned char)*at) && taken + 1 < sizeof key)
			key[taken++] = *at++;
		key[taken] = '\0';
		if (isupper((unsigned char)*at))
			return false;
		if (grammar_word_in(grammar, WORD_PERSONAL, -1, key) >= 0)
			return true;
		at += strspn(at, " .-/");
	}
	return false;
}

static bool
has_word(const struct grammar *grammar, const char *folded)
{
	bool inside = false;

	for (; *folded != '\0'; folded++) {
		if (!inside && begins_phrase(grammar, folded))
			return true;
		inside = isupper((unsigned char)*folded) != 0;
	}
	return false;
}

bool
personal_number(const char *text)
{
	char *folded = fold_text(text, NULL);
	bool found = has_number(folded);

	free(folded);
	return found;
}

bool
personal_text(const struct grammar *grammar, const char *text)
{
	char *folded = fold_text(text, NULL);
	bool found = has_number(folded) || has_word(grammar, folded);

	free(folded);
	return found;
}
