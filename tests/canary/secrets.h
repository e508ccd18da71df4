/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secrets: what must be in no log, in an index that finds any piece of it. Letters are compared without case, and what
 * lies between words as one blank, so that a text which was folded before it was logged is found, too. */
#ifndef SECRETS_H
#define SECRETS_H

/* As much of a text as is a leak: so many characters in a row from the beginning of a word on; of a shorter text all. */
enum { SECRET_PIECE = 14, SECRET_LEAST = 8 };

/* A message's text. One of fewer than SECRET_LEAST characters is no secret: commands are like that; the digits behind the
 * word PIN always are. */
void secrets_text(const char *text);

/* Only the PINs in a text that is no message: of a configuration. */
void secrets_pins(const char *text);

/* Somebody's name, as a whole; not one of three letters: so is many a word. */
void secrets_name(const char *name);

/* A word or a phrase that is one however short it is. */
void secrets_word(const char *word);

/* What of it is in that line, in a buffer of our own; NULL: nothing. */
const char *secrets_find(const char *line);

void secrets_forget(void);

#endif
