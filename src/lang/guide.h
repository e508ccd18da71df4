/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guide: the one page that hangs beside a volunteer's telephone: what his role may send, with examples, made of the
 * loaded grammar and read by the parser itself, so that it cannot say what the gateway does not understand. */
#ifndef LANG_GUIDE_H
#define LANG_GUIDE_H

#include <stdio.h>

#include "lang/grammar.h"

/* NULL: each example of the guide, and of each form, is understood. Else lines "file:line: what, what was expected" (the
 * caller's). */
char *guide_check(const struct grammar *grammar) __attribute__((warn_unused_result));

/* Writes the page of the role (an index): HTML, UTF-8, one sheet of A4. number: where to send to, "" leaves it out.
 * Categories that are secret stand there with their number alone (domain 2.4). guide_check() found nothing. */
void guide_write(const struct grammar *grammar, int role, const char *number, FILE *out);

#endif
