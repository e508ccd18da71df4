/* SPDX-License-Identifier: GPL-3.0-or-later */
/* categories: the words of the secret categories of all grammars in a folder. It reads for itself, and knows no more of
 * the format than that lines without a blank before them begin something new. */
#ifndef CATEGORIES_H
#define CATEGORIES_H

#include <stddef.h>

/* Gives each keyword, and each word or phrase beside it, to take. Returns the number of secret categories. */
size_t categories_secret(const char *folder, void (*take)(const char *word));

#endif
