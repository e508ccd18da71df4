/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xmalloc: memory or death. Without memory the process ends at once, as if it were killed, with one line in the log;
 * systemd starts it again, and the store is intact. A call that fails is never tried again with half of its work done. */
#ifndef BASE_XMALLOC_H
#define BASE_XMALLOC_H

#include <stddef.h>

#define EXIT_MEMORY 75          /* sysexits(3): a failure that passes */

/* There is none: for what libraries say in words of their own. */
_Noreturn void memory_gone(void);

/* For libraries that let themselves be given functions: as malloc(3), realloc(3), but never without memory. */
void *memory_get(size_t size);
void *memory_resize(void *old, size_t size);

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
