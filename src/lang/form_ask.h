/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_ask: what JUMLAH and REKAP of a form add up. */
#ifndef LANG_FORM_ASK_H
#define LANG_FORM_ASK_H

#include "lang/grammar.h"

/* Whether the field is a figure: a number that is no part of what tells one entry from another. */
bool form_ask_counts(const struct form *form, size_t index);

#endif
