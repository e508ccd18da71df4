/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier: all that the database knows of one person or number: told, for whoever asks what is known of him, or taken
 * away. Records stay: they are the organisation's, and say of whom they are by a number without a name. Knows no JSON and
 * no words for people. */
#ifndef STORE_DOSSIER_H
#define STORE_DOSSIER_H

#include <stdint.h>

struct store;

/* Whom it is about: a person, by id (0: nobody is registered), or a normalised number ("": the person's are meant). */
struct dossier { int64_t person; const char *phone; };

/* Rows of what is known, each a JSON object as text, by the name of the part it belongs to ("messages received"). */
typedef void dossier_each(void *ctx, const char *part, const char *json);

/* 0 or -errno. Reads only. */
int dossier_tell(struct store *store, const struct dossier *dossier, dossier_each *each, void *ctx)
	__attribute__((warn_unused_result));

/* What was taken away, and what stays. */
struct dossier_counts {
	int64_t numbers;               /* his, as far as they are known */
	int64_t messages;              /* received and sent, of which the text and number went */
	int64_t dropped;               /* that waited to be sent to him */
	int64_t busy;                  /* that a modem has in hands just now: they keep the number until they are old */
	int64_t receipts, tickets;     /* that stay */
};

/* Inside the caller's transaction: name, numbers, texts and whatever else leads to him. 0 or -errno. */
int dossier_forget(struct store *store, const struct dossier *dossier, int64_t wall, struct dossier_counts *out)
	__attribute__((warn_unused_result));

/* Outside a transaction: writes the whole database anew, so that no copy of what was forgotten is left in an unused part of a
 * page. Needs twice as much room again, little memory, and the lock for that time. 0 or -errno. */
int dossier_sweep(struct store *store) __attribute__((warn_unused_result));

#endif
