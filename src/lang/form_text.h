/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_text: what the texts of a form may be filled with: its fields by name, numbers beside them, the place, the
 * month. Of a field of numbers, {langkah_n} is how many are on record now, {langkah_m} how many there are. */
#ifndef LANG_FORM_TEXT_H
#define LANG_FORM_TEXT_H

#include "lang/form.h"
#include "lang/reply.h"

struct outcome;

/* Longest value of a placeholder in texts of the form, in characters; 0: it has none of that name. */
size_t form_width(const struct grammar *grammar, const struct form *form, const char *placeholder);
/* "kat jml jenis desa per no": all of them, for a person. */
void form_placeholders(const struct form *form, char *out, size_t size);
/* Index of the field; FORM_FIELDS_MAX and more: of the rule with the latest value on record; FORM_KNOWN_BESIDE and more: of a
 * sum that stands beside; -1. */
#define FORM_KNOWN_BESIDE (FORM_FIELDS_MAX + FORM_RULES_MAX)
int form_known(const struct grammar *grammar, const struct form *form, const char *name);
/* One value; category: as below. */
void form_value_write(const struct grammar *grammar, const struct form_field *field, const struct form_value *value,
		      void (*category)(void *ctx, int index, char out[REPLY_SIZE]), void *ctx, char out[REPLY_SIZE]);
/* A placeholder that is a field of the form, from the values that are in force after the outcome. false: it is
 * another one. category: writes a category so that it tells no secret. */
bool form_write(const struct grammar *grammar, const struct outcome *outcome, const char *placeholder,
		void (*category)(void *ctx, int index, char out[REPLY_SIZE]), void *ctx, char out[REPLY_SIZE]);

/* The numbers of the field that are not given, among those that `values` (of its whole form) allow: "2,4-5"; "" none. */
void form_open_numbers(const struct form_field *field, const struct form_value *value, const struct form_value *values,
		       char out[REPLY_SIZE]);

#endif
