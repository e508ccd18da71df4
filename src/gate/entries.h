/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entries: between a form's outcome and the store: what the rules must know before, what is kept after. Part of the
 * desk, as deeds is for the verbs. */
#ifndef GATE_ENTRIES_H
#define GATE_ENTRIES_H

#include "gate/deeds.h"

/* Fills before[], latest[], followed and the organisations met. 0 or -errno. */
int entries_find(const struct deed *deed) __attribute__((warn_unused_result));
/* Draws the number, keeps after[], and writes {no}. Inside the caller's transaction. 0 or -errno. */
int entries_apply(const struct deed *deed) __attribute__((warn_unused_result));

#endif
