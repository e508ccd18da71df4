/* SPDX-License-Identifier: GPL-3.0-or-later */
/* texts: a list of all that was said over the air in words. */
#include "texts.h"

#include <errno.h>
#include <stdio.h>

static FILE *list;

int
texts_open(const char *file)
{
	if (!file)
		return 0;
	list = fopen(file, "a");
	return list ? 0 : -errno;
}

void
texts_close(void)
{
	if (list)
		fclose(list);
	list = NULL;
}

void
texts_note(const char *text)
{
	if (!list || !*text)
		return;
	for (; *text; text++)
		putc(*text == '\n' || *text == '\r' ? ' ' : *text, list);
	putc('\n', list);
	fflush(list);
}
