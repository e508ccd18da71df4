/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialogue: what went over the lines, with a monotonic time: the last lines in memory, all of them in a file if asked. */
#ifndef DIALOGUE_H
#define DIALOGUE_H

#include <stddef.h>

/* Opens the file if it is not NULL; modem numbers are shown when there are several. Returns 0 or -errno. */
int dialogue_open(const char *file, int modems);
void dialogue_close(void);

/* Seconds since dialogue_open, monotonic. */
double dialogue_time(void);

/* Notes bytes that went to the modem ('<') or came from it ('>'). */
void dialogue_note(int modem, char way, const char *bytes, size_t len);

/* Calls line for the last n lines, oldest first. */
void dialogue_last(int n, void (*line)(void *arg, const char *text), void *arg);
void dialogue_clear(void);

#endif
