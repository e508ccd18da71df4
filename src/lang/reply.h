/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reply: reply texts with their placeholders filled in. The texts are data; which placeholders each may use and
 * how long their values can get stands in one table here. */
#ifndef LANG_REPLY_H
#define LANG_REPLY_H

#include <stdbool.h>
#include <stddef.h>

struct grammar;

/* Longest value of a placeholder in characters; longer values are cut. 0: there is no such placeholder. */
size_t reply_width(const char *placeholder);

/* The placeholders that the program fills for a reply id, as "no desa per isi"; NULL: no such reply is ever sent
 * by the program itself (an ambiguity of the grammar may name it). */
const char *reply_placeholders(const char *id);
/* Whether every answer fills it in: {contoh} a village of whoever asks, {ketik} a right message,
 * {cara} a shorter one where that is longer, {besok} tomorrow's date,
 * {bln} the number of the month, {simpan} that nothing was stored, where a format is explained because of a mistake. */
bool reply_common(const char *placeholder);
/* Ids that must be there, in the order of the table; NULL at the end of it. */
const char *reply_required(size_t index);
/* Whether a plain SMS carries it as one septet: printable ASCII less [ ] { } \ ~ ^ | and backtick. */
bool reply_basic(char c);

#define REPLY_SIZE 640
#define REPLY_VALUES_MAX 24

/* A text still to be written: the id, and the values of its placeholders. {no} is often known last. */
struct reply_form {
	char id[24];                            /* "" : no reply */
	size_t count;
	struct { char name[12]; char value[164]; } values[REPLY_VALUES_MAX];
	const char *relayed;                    /* {teks}, whole; borrowed until it is written. NULL: cut as the others */
};

void reply_start(struct reply_form *form, const char *id);
/* Sets a value; GSM-7 basic characters only (others become '?'), cut to reply_width(). */
void reply_set(struct reply_form *form, const char *placeholder, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same with a width of its own, for what the grammar itself names. */
void reply_set_wide(struct reply_form *form, const char *placeholder, size_t width, const char *value);
/* The same for a list of lines as long as an SMS. */
void reply_set_lines(struct reply_form *form, const char *placeholder, const char *value);
/* A value that was set; "" if it was not. Borrowed. */
const char *reply_value(const struct reply_form *form, const char *placeholder);
/* Whether the text has that placeholder: what it does not show need not be asked for. */
bool reply_uses(const struct grammar *grammar, const char *id, const char *placeholder);
/* Writes the text. A placeholder without a value is our mistake (assert). Returns its length. */
size_t reply_write(const struct grammar *grammar, const struct reply_form *form, char out[REPLY_SIZE]);
/* The same of whatever length, for texts that pass on what somebody wrote; the caller's. */
char *reply_text(const struct grammar *grammar, const struct reply_form *form);

/* Whether a text is, from its first to its last letter, one of the grammar's replies with anything for placeholders: then
 * another machine of this kind speaks, or one that returns what it gets. */
bool reply_is_ours(const struct grammar *grammar, const char *text);

#endif
