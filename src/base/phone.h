/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone: numbers as the gateway compares, shows and hides them. */
#ifndef BASE_PHONE_H
#define BASE_PHONE_H

#include <stdbool.h>

#define PHONE_SIZE 20       /* "+" and at most 15 digits (E.164), NUL, and some air */
#define PHONE_MASK_SIZE 32

/* Gives the one spelling of a sender, +628...: 08.., 628.. and +628.. are the same (domain rule 1).
 * Blanks, dots and hyphens are dropped. false: not +?[0-9]{9,15}; out is then empty.
 * A number of fewer digits is a short code, letters are a service: nobody to talk to. */
bool phone_normalise(const char *raw, char out[PHONE_SIZE]);

/* Whether a normalised number is in a list with commas between, in any spelling. */
bool phone_listed(const char *list, const char *phone);

/* "+62812****678#a1b2": the last three digits and a keyed hash, so that lines of a log can be put
 * together without the number being in it. Returns out. */
const char *phone_mask(const char *phone, char out[PHONE_MASK_SIZE]);

/* "#a1b2c3d4", what stands in the database instead of a number that is not kept any longer: the same keyed hash, so that
 * it can be told which messages were from one number, and found in the log. Whoever has the key can try all numbers: it
 * is a mask, no secret. Shorter than any number. Returns out. */
#define PHONE_HASH_SIZE 10
const char *phone_hash(const char *phone, char out[PHONE_HASH_SIZE]);
/* Whether it is such a hash. */
bool phone_is_hash(const char *phone);

/* Puts a * for each digit but the last three of what may be a number of a subscriber in a text: 9 digits or more in a row,
 * or as many with hyphens or blanks between that begin with 08 or 62 8. Times, dates and amounts stay. */
void phone_hide(char *text);

/* The key of that hash, 16 bytes of this box's own; zeros until set. */
void phone_mask_key(const unsigned char key[16]);

#endif
