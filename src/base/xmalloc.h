/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xmalloc: memory or death. Without memory the process ends; systemd restarts it, the store is intact. */
#ifndef BASE_XMALLOC_H
#define BASE_XMALLOC_H

#include <stddef.h>

/* The caller frees with free(). Contents are zero. */
void *xcalloc(size_t count, size_t size);
/* As realloc(3) for an array of count members; the caller frees. */
void *xrealloc(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t most);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Room for one more in an array that holds count: doubles at powers of two. For
 *     array = xgrow(array, count, sizeof *array); array[count++] = ...  */
void *xgrow(void *array, size_t count, size_t size);

#endif
