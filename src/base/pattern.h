/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pattern: extended regular expressions that an operator writes. Without memory the process ends (xmalloc.h): a number
 * must never look as if it were none of those allowed. */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

/* 0, and *out is the caller's (regfree); -EINVAL: why (may be NULL, of that size) says what is wrong with it. */
int pattern_make(regex_t *out, const char *text, char *why, size_t size) __attribute__((warn_unused_result));
bool pattern_fits(const regex_t *pattern, const char *text);

#endif
