/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin: a number at the end of a message by which its sender shows that it is he: who else knows the number of his
 * telephone can write in its name. Here the number is found and taken out, so that nothing else ever sees it; whether it
 * is right, the store knows. Which role needs one for which verb, the grammar says ("pin" of a role). Pure. */
#ifndef LANG_PIN_H
#define LANG_PIN_H

#include <stdbool.h>

#include "lang/grammar.h"

#define PIN_SIZE 13             /* digits that are looked at, and the end */

enum pin_said {
	PIN_NOT,
	PIN_BLANK,              /* the word without a number: PIN ****, as our examples show it, PIN XXXX, PIN 0000 */
	PIN_GIVEN
};

struct pin_reading {
	enum pin_said said;
	char digits[PIN_SIZE];  /* of PIN_GIVEN */
	char *text;             /* the message without it; NULL: PIN_NOT */
	char *shown;            /* the message with stars for the digits: what may be kept */
};

/* "UMUM Rakor jam 9 PIN 4821", "pin:4821", "PIN4821", "pin saya 48 21, tks", "PIN 4821 UMUM ...": at the end, but for words
 * of politeness, or at the beginning, and always behind the word, so that no count and no year is taken for one. Found
 * there, the same digits behind the word go out of the middle, too. The word is the grammar's ("words pin").
 * pin_forget() the reading. */
void pin_read(const struct grammar *grammar, const char *text, struct pin_reading *out);
/* Whether one may stand in a text in which none was found, and which nobody could read: the word and digits anywhere, or
 * nothing but digits, sent behind the message that lacked them. */
bool pin_may_hide(const struct grammar *grammar, const char *text);
/* Overwrites the digits, frees the texts. */
void pin_forget(struct pin_reading *reading);
/* "PIN ****": what an example ends with. Sent as it stands it is no PIN and no try. */
void pin_placeholder(const struct grammar *grammar, char *out, size_t size);

/* Whether the role needs its PIN for the verb; form: of a message about one, else -1. RALAT and BATAL of a form are as
 * the form; a question about it (JUMLAH, REKAP) is not. */
bool pin_needed(const struct grammar *grammar, int role, enum verb verb, int form);
/* Whether the role needs it for anything. */
bool pin_needed_by(const struct grammar *grammar, int role);
/* Whether anybody does. */
bool pin_in_force(const struct grammar *grammar);

#endif
