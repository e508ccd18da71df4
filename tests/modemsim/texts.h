/* SPDX-License-Identifier: GPL-3.0-or-later */
/* texts: a list in a file of all that was said over the air in words, for whoever looks for it where it must not be. */
#ifndef TEXTS_H
#define TEXTS_H

/* NULL: none is kept. Returns 0 or -errno. */
int texts_open(const char *file);
void texts_close(void);

/* A line of UTF-8; line breaks in it become blanks. On the disk when this returns to whoever asked. */
void texts_note(const char *text);

#endif
