/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_rules: what is wrong with the values of a form, and what they come to together with those on record. Pure. */
#ifndef LANG_FORM_RULES_H
#define LANG_FORM_RULES_H

#include "lang/outcome.h"
#include "lang/parse.h"

/* Everything between the role and the place: fields that are missing, units, bounds, rules between fields of the
 * message. false: out is a rejection. */
bool form_check(const struct parse *parse, struct outcome *out);
/* When out has before[], last[] and followed: merges, compares, and fills after[] and the shown fields. May turn the
 * outcome into a rejection. */
void form_conclude(const struct parse *parse, struct outcome *out);

#endif
