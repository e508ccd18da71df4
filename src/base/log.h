/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log: one line a fact to stderr with a journald level prefix. Knows nothing of messages. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

/* An operator must act / it was handled / one line per message per hop / for a developer.
 * Phone numbers go through phone_mask() first; message texts never come here. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says who writes ("core", "modem1"): it stands behind the level. The string is borrowed for ever. */
void log_name(const char *name);

/* Lines below this syslog level are written (3 error .. 7 debug). Default 6. */
void log_level(int level);

#endif
