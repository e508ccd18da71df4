/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entries: between a form's outcome and the store: what the rules must know before, what is kept after. Part of the
 * desk, as deeds is for the verbs. */
#ifndef GATE_ENTRIES_H
#define GATE_ENTRIES_H

#include "gate/deeds.h"

struct entry;

/* Whether the entry came later than in the month in which it was due ("due" of its form). */
int entries_late(const struct deed *deed, const struct entry *entry, const struct form_value *values, bool *late)
	__attribute__((warn_unused_result));

/* entries_tell.c: the sums that stand beside, into the outcome. For an entry and for a question about entries. */
int entries_beside(const struct deed *deed) __attribute__((warn_unused_result));
/* Tells whom the form says, inside the caller's transaction; no: receipt, or number of the series. */
int entries_tell(const struct deed *deed, int64_t no) __attribute__((warn_unused_result));

/* Whoever was told of the entry hears that it was taken back; no: as entries_tell() had it. */
int entries_tell_gone(const struct deed *deed, int form, int64_t no) __attribute__((warn_unused_result));

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
