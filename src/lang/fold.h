/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fold: any UTF-8 that a phone can send becomes plain upper-case ASCII (domain 3.1 step 2). */
#ifndef LANG_FOLD_H
#define LANG_FOLD_H

#include <stddef.h>

/* NFKD, accents and zero-width characters dropped, typographic quotes and dashes to ASCII, full width to ASCII,
 * apostrophes removed, every other non-ASCII character (emoji) to a blank, upper case. Invalid UTF-8 bytes become
 * blanks. Line breaks stay. The result is the caller's and never longer than text. offsets, if not NULL, becomes
 * an array (the caller's) of the byte in text that each byte of the result came from. */
char *fold_text(const char *text, size_t **offsets);

#endif
