/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures: what the texts of reminders say of an area and a period. Only what a text shows is asked for. */
#ifndef GATE_FIGURES_H
#define GATE_FIGURES_H

#include "lang/grammar.h"
#include "lang/reply.h"
#include "store/people.h"

struct store;
struct overlap;

/* Items for one placeholder: as many as fit, then "dll". */
struct figures_list {
	char text[REPLY_SIZE];
	size_t count;                   /* of all, also those that do not fit */
	bool full;
};
void figures_add(const struct grammar *grammar, struct figures_list *list, const char *placeholder, const char *item);
/* "Rawa LANSIA" */
void figures_add_overlap(struct figures_list *list, struct store *store, const struct grammar *grammar,
			 const struct overlap *overlap);
/* {pilih} */
void figures_set_list(const struct grammar *grammar, const struct figures_list *list, struct reply_form *form);

/* What a text is about. own: the person whose organisation's figures {isi} are; NULL: those of the area. */
struct figures {
	struct store *store;
	const struct grammar *grammar;
	const char *area;
	const struct person *own;
	int rw;                         /* of the area; 0 none */
	int first, last;                /* months; 0, 0: none */
};
/* Sets those of {desa} {kec} {wil} {kasus} {isi} {tumpang} {lapor} {belum} {tot} {pilih} {contoh} that form's text shows and
 * that have no value yet. 0 or -errno. */
int figures_fill(const struct figures *figures, struct reply_form *form) __attribute__((warn_unused_result));

/* {isi} of an area in words: the largest of the categories that are no secret. Into out, at most width characters. */
int figures_summary(const struct figures *figures, char out[REPLY_SIZE]) __attribute__((warn_unused_result));

#endif
