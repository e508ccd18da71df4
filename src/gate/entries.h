/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entries: between a form's outcome and the store: what the rules must know before, what is kept after. Part of the
 * desk, as deeds is for the verbs. */
#ifndef GATE_ENTRIES_H
#define GATE_ENTRIES_H

#include "gate/deeds.h"

struct entry;

/* The total of the sender's organisation that is in force for what the message says. -ENOENT. */
int entries_total(const struct deed *deed, struct entry *out) __attribute__((warn_unused_result));
/* Fields that were given, as a JSON object: what is stored, and what a question wants to be so; the caller frees. */
char *entries_data(const struct grammar *grammar, const struct form *form, const struct form_value *values);
/* Values from an entry's data. Texts are kept in the outcome; NULL: they are left out. */
void entries_values(const struct grammar *grammar, const struct form *form, const char *data, struct outcome *outcome,
		    struct form_value values[FORM_FIELDS_MAX]);
/* Fills before[] from an entry's data. */
void entries_read(const struct deed *deed, const char *data);

/* Fills before[], latest[], followed and the organisations met. 0 or -errno. */
int entries_find(const struct deed *deed) __attribute__((warn_unused_result));
/* Draws the number, keeps after[], and writes {no}. Inside the caller's transaction. 0 or -errno. */
int entries_apply(const struct deed *deed) __attribute__((warn_unused_result));

#endif
