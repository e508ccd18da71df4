/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dump: what is overheard of the memory stays in it. */
#include "base/dump.h"

#include <sys/resource.h>

void
dump_forbid(void)
{
	const struct rlimit none = { 0, 0 };

	/* Less is always allowed. */
	(void)setrlimit(RLIMIT_CORE, &none);
}
