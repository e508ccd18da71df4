/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utf16: UTF-8 text to UTF-16 code units and back; the SMS alphabets are defined on UTF-16. */
#ifndef UTF16_H
#define UTF16_H

#include <stddef.h>
#include <stdint.h>

/* Decodes UTF-8 into at most max units. Returns the count, or -EILSEQ for bad UTF-8, -E2BIG when it does not fit. */
int utf16_from_utf8(const char *text, uint16_t *units, size_t max);

/* Encodes n units; the result is the caller's. A lone surrogate becomes U+FFFD, a NUL too. */
char *utf16_to_utf8(const uint16_t *units, size_t n);

#endif
