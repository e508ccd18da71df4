/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log: one line a fact to stderr, <level> first, as sd-daemon(3) describes. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static const char *who = "kentongan";
static int most = 6;

__attribute__((format(printf, 2, 0)))
static void
write_line(int level, const char *format, va_list args)
{
	char line[1024];

	if (level > most)
		return;
	vsnprintf(line, sizeof line, format, args);
	/* One write per line, so that lines of core and workers do not mix. */
	fprintf(stderr, "<%d>%s: %s\n", level, who, line);
}

#define LOG_FUNCTION(name, level)                                              \
	void name(const char *format, ...)                                     \
	{                                                                      \
		va_list args;                                                  \
		va_start(args, format);                                        \
		write_line(level, format, args);                               \
		va_end(args);                                                  \
	}

LOG_FUNCTION(log_error, 3)
LOG_FUNCTION(log_warn, 4)
LOG_FUNCTION(log_info, 6)
LOG_FUNCTION(log_debug, 7)

void
log_name(const char *name)
{
	who = name;
}

void
log_level(int level)
{
	most = level;
}
