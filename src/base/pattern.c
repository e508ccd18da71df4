/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pattern: regcomp(3) and regexec(3). That of glibc says "no match" also when it had no memory; errno tells them apart. */
#include "base/pattern.h"

#include <errno.h>

#include "base/xmalloc.h"

int
pattern_make(regex_t *out, const char *text, char *why, size_t size)
{
	int result = regcomp(out, text, REG_EXTENDED | REG_NOSUB);

	if (result == REG_ESPACE)
		memory_gone();
	if (result != 0 && why != NULL)
		regerror(result, out, why, size);
	return result == 0 ? 0 : -EINVAL;
}

bool
pattern_fits(const regex_t *pattern, const char *text)
{
	int result;

	errno = 0;
	result = regexec(pattern, text, 0, NULL, 0);
	if (result == REG_ESPACE || (result != 0 && errno == ENOMEM))
		memory_gone();
	return result == 0;
}
