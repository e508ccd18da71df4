/* SPDX-License-Identifier: GPL-3.0-or-later */
/* personal: marks of a person in a text that nobody reads (rule 11): of a message from a number that is not listened to,
 * of one of which parts never came. What is read says it itself (parse.personal). Knows no verb. */
#ifndef LANG_PERSONAL_H
#define LANG_PERSONAL_H

#include <stdbool.h>

struct grammar;

/* Whether 16 digits or more stand there, with nothing but blanks, dots and hyphens between: a NIK. */
bool personal_number(const char *text);

/* The same, or one of the words that go before a name (NAMA, NIK, ...). */
bool personal_text(const struct grammar *grammar, const char *text);

#endif
