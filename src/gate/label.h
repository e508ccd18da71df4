/* SPDX-License-Identifier: GPL-3.0-or-later */
/* label: an organisation as people call it, in texts: PKK RW 4 Garung Lor, TKSK Lumbung, KAB Ciamis. */
#ifndef GATE_LABEL_H
#define GATE_LABEL_H

#include "lang/reply.h"

struct store;
struct grammar;

/* Sets {lembaga}; rw 0 none, area "" none. */
void label_set(struct store *store, const struct grammar *grammar, struct reply_form *form, const char *body, int rw,
	       const char *area);

#endif
