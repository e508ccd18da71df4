/* SPDX-License-Identifier: GPL-3.0-or-later */
/* operator: finds the amount in what a network answers to a code for the balance or the quota. Pure; the patterns are the
 * grammar's, by operator. */
#ifndef LANG_OPERATOR_H
#define LANG_OPERATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/grammar.h"

/* A pattern is found anywhere in a text. {n} is the number that is wanted, ... any text of at most 60 characters, a blank
 * any blanks, colons, dots, commas and equals signs, or nothing; capital letters do not matter. */
#define OPERATOR_PATTERN_MOST 80
/* NULL, or what is wrong with it (a constant string). */
const char *operator_pattern_check(const char *pattern);
/* The number: 25.000, 25,000 and 25.000,00 are 25000. -1: the pattern is not there. */
int64_t operator_match(const char *pattern, const char *text);

/* Whose SIM that is, by its IMSI; NULL: nobody's that the grammar knows. */
const struct operator *operator_of(const struct grammar *grammar, const char *imsi);
/* The amount by the operator's patterns (NULL: none), then by those that hold for all. -1: none of them is there. *by is
 * the operator whose pattern it was. */
int64_t operator_read(const struct grammar *grammar, const struct operator *operator, enum credit credit,
		      const char *text, const struct operator **by);

#endif
