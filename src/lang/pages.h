/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages: a list in as many SMS as it takes: the first is the answer, the others are kept for LAGI. */
#ifndef LANG_PAGES_H
#define LANG_PAGES_H

#include "lang/answer_parts.h"

/* Begins empty ({0}); pages_fill() frees it. */
struct page_list {
	struct page_item { char *text; bool open; } *items;
	size_t count;
};

/* open: provisional, which the page then explains. */
void pages_add(struct page_list *list, bool open, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Fills {daftar}, {ket} and {lanjut} of outcome->reply, whose other values are set, {wil} and {per} among them; what
 * does not fit goes to outcome->pages under the title (REKAP). An item is never cut in two unless it fills an SMS by
 * itself; of a list that is too long for all of them the end says how much is left out. */
void pages_fill(struct answer *answer, struct page_list *list, const char *separator, const char *title);

#endif
