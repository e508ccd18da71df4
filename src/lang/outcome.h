/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcome: what should change because of a message, as a value. The rules make it, the store applies it, `try`
 * shows it; a dry run is simply not applying it. */
#ifndef LANG_OUTCOME_H
#define LANG_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang/grammar.h"
#include "lang/place.h"
#include "lang/reply.h"

/* Why a message was not accepted; the names are those of the domain: E_KATA for REJECT_KATA. */
enum reject {
	REJECT_NONE,
	REJECT_PANJANG, REJECT_DAFTAR, REJECT_TUNGGU,
	REJECT_PRIBADI, REJECT_TAMBAH, REJECT_AMBIGU, REJECT_PERIODE, REJECT_KEC, REJECT_KAB, REJECT_ANGKA,
	REJECT_FORMAT, REJECT_PERINTAH, REJECT_KATA, REJECT_IZIN, REJECT_JUMLAH,
	REJECT_SATUAN, REJECT_GANDA, REJECT_TEMPAT,
	REJECT_DESA, REJECT_DESA_PILIH, REJECT_DESA_PERLU, REJECT_WILAYAH,
	REJECT_DEPAN, REJECT_LAMA, REJECT_NIHIL, REJECT_TIDAK_ADA, REJECT_BEDA,
	REJECT_BELUM_ADA,       /* understood and allowed, but this gateway does not serve it yet */
	REJECTS
};
const char *reject_name(enum reject reject);

enum expect {
	EXPECT_ACCEPT, EXPECT_REJECT, EXPECT_QUERY, EXPECT_REGISTER, EXPECT_HELP, EXPECT_IGNORE, EXPECT_SETTINGS,
	EXPECTS
};
/* "accept", "reject", ... as in the examples file. */
const char *expect_name(enum expect expect);

#define OUTCOME_ITEMS_MAX 64
#define NO_VALUE (-1L)

/* A value to be recorded. Codes and names are the grammar's; they outlive the outcome. */
struct outcome_item {
	int category;           /* index into the grammar's categories */
	int unit;               /* index into its units */
	long value;
	long old;               /* value in force before, NO_VALUE if none */
	char word[32];          /* the category as typed: the kind of disaster is in it */
};

enum effect {
	EFFECT_NOTHING,
	EFFECT_RECORD,          /* draw a receipt, put every item under the key village, rt, rw, period */
	EFFECT_CANCEL,          /* receipt `cancels`: the values before it are in force again */
	EFFECT_REMINDERS_OFF, EFFECT_REMINDERS_ON
};

struct outcome {
	enum expect expect;
	enum reject reject;                     /* REJECT_NONE unless expect is EXPECT_REJECT */
	enum verb verb;
	enum effect effect;

	/* A report. */
	char village[PLACE_CODE_SIZE];
	int rt, rw, period;                     /* 0: no part; year * 12 + month - 1 */
	struct outcome_item items[OUTCOME_ITEMS_MAX];
	size_t item_count;
	int family;                             /* NIHIL: index of the family; -1 */
	bool village_fuzzy;                     /* read from a misspelt name */
	bool same;                              /* nothing differs from what is in force */
	int64_t cancels;

	/* A rejection: what is determined about it, "" or 0 otherwise. */
	char arg[64];                           /* category, word, period or code */
	char word[64];                          /* what the sender typed, folded */
	int category;                           /* index, -1 */
	int ambiguity;                          /* index, -1 */
	char district[PLACE_CODE_SIZE];         /* where a village was looked for; "" the sender's own */
	bool hamlet;                            /* DESA: a hamlet was named instead */
	const char *codes[PLACE_CODES_MAX];     /* candidates; borrowed from the gazetteer */
	size_t code_count;

	long most;                              /* ANGKA: the largest count in the unit typed; 0 none typed */
	long said;                              /* BEDA: the old value as the sender has it */
	long page;                              /* KODE 2; 0 the first */
	enum verb topic;                        /* BANTUAN about a verb; VERB_NONE */
	bool forget;                            /* the text holds personal data: blank it (rule 11) */
	bool silent;                            /* no answer (rules 1 to 3) */
	struct reply_form reply;                /* {no} still missing where a receipt is drawn */
};

#endif
