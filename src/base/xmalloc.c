/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xmalloc: memory or death. */
#include "base/xmalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

void
memory_gone(void)
{
	log_error("out of memory");
	/* No handler of anybody's may run now. */
	_exit(EXIT_MEMORY);
}

static void *
or_die(void *memory)
{
	if (memory == NULL)
		memory_gone();
	return memory;
}

void *
memory_get(size_t size)
{
	return or_die(malloc(size != 0 ? size : 1));
}

void *
memory_resize(void *old, size_t size)
{
	return or_die(realloc(old, size != 0 ? size : 1));
}

void *
xcalloc(size_t count, size_t size)
{
	return or_die(calloc(count != 0 ? count : 1, size != 0 ? size : 1));
}

void *
xrealloc(void *old, size_t count, size_t size)
{
	return or_die(reallocarray(old, count != 0 ? count : 1, size));
}

char *
xstrdup(const char *text)
{
	return or_die(strdup(text));
}

char *
xstrndup(const char *text, size_t most)
{
	return or_die(strndup(text, most));
}

char *
xasprintf(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	return or_die(text);
}

void *
xgrow(void *array, size_t count, size_t size)
{
	if (count != 0 && (count & (count - 1)) != 0)
		return array;
	return xrealloc(array, count != 0 ? 2 * count : 1, size);
}
