/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcome: what should change because of a message, as a value. The rules make it, the store applies it, `try`
 * shows it; a dry run is simply not applying it. */
#ifndef LANG_OUTCOME_H
#define LANG_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang/form.h"
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
	REJECT_DEPAN, REJECT_LAMA, REJECT_NIHIL, REJECT_TIDAK_ADA, REJECT_BEDA, REJECT_KUNCI,
	REJECT_UMUR, REJECT_UMUR_PERLU, REJECT_JK, REJECT_JK_PERLU, REJECT_RAHASIA, REJECT_SUDAH, REJECT_TANGGAL,
	REJECT_PIN,             /* it needs the sender's PIN: `pin` says why that is not enough */
	REJECT_ISIAN,           /* a field of a form is wrong; the reply that the field names is the error's name */
	REJECT_BELUM_ADA,       /* understood and allowed, but this gateway does not serve it yet */
	REJECTS
};
const char *reject_name(enum reject reject);

enum expect {
	EXPECT_ACCEPT, EXPECT_REJECT, EXPECT_QUERY, EXPECT_REGISTER, EXPECT_HELP, EXPECT_IGNORE, EXPECT_SETTINGS,
	EXPECT_BROADCAST, EXPECT_SESSION,
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

/* One named value of an outcome that is no plain report: what `try` shows, and what is kept of it. */
enum field_kind { FIELD_NUMBER, FIELD_TEXT, FIELD_TRUE, FIELD_NUMBERS, FIELD_TEXTS, FIELD_COUNTS /* name = number */ };
#define FIELD_LIST_MAX 40
#define COUNT_MASKED (-5L)              /* 1 to 4 of a secret category: "<5" */
struct field {
	char name[16];
	enum field_kind kind;
	long number;
	const char *text;               /* in the outcome's own `texts`, or a constant */
	size_t count;                   /* of a list */
	long numbers[FIELD_LIST_MAX];
	const char *items[FIELD_LIST_MAX];
	bool kept;                      /* stored, but no part of the shown result */
};
#define OUTCOME_FIELDS_MAX 20
#define OUTCOME_TEXTS_SIZE 2048

/* How exactly a count is told: of a secret one often only that it is less or more (rule 52). */
enum count_sign { COUNT_EXACT, COUNT_BELOW /* <5 */, COUNT_ABOVE /* >12 */ };

/* One line of the list that a question is answered with: of a count its category and unit; of a list of places the
 * code, and how many of how many below it; of an overlap its place and category, a line for each body; of the own
 * reports place, part and category. What does not belong to it is "", 0, or -1 of an index. */
struct outcome_line {
	char code[PLACE_CODE_SIZE], name[PLACE_NAME_SIZE];
	int category, unit, period, rt, rw;
	long number, whole;             /* NO_VALUE: not to be told */
	enum count_sign sign;
	bool open;                      /* provisional: an overlap is open */
	char body[24];
};
#define OUTCOME_LINES_MAX 320
#define PAGES_MAX 12                    /* SMS of one answer */
#define PAGE_SIZE 161

enum effect {
	EFFECT_NOTHING,
	EFFECT_RECORD,          /* draw a receipt, put every item under the key village, rt, rw, period */
	EFFECT_ENTRY,           /* draw a number, put after[] under the form's key */
	EFFECT_CANCEL,          /* receipt `cancels`: the values before it are in force again */
	EFFECT_RETRACT,         /* the items' values in force are taken back, those before them are in force again */
	EFFECT_REMINDERS_OFF, EFFECT_REMINDERS_ON,
	EFFECT_CASE,            /* a case file with the fields */
	EFFECT_LOOK,            /* nothing changes: `number` of `series` is looked at */
	EFFECT_TURN,            /* the next page of a long answer is sent */
	EFFECT_MENU,            /* a screen of the menu is sent: pages[0] */
	EFFECT_LOCK,            /* the period is closed for the area */
	EFFECT_SETTLE,          /* the items are the village's figures */
	EFFECT_REGISTER, EFFECT_DECIDE, EFFECT_WITHDRAW,
	EFFECT_SUBMIT,          /* the period is closed for the area and sent up; `number` people get a copy */
	EFFECT_BROADCAST,       /* the text goes to the area's people of the role; `number` of them, of `whole` SMS */
	EFFECT_MEETING, EFFECT_ATTENDANCE, EFFECT_MINUTES,
	EFFECT_TICKET,          /* a question or complaint for the roles in field "ke" */
	EFFECT_TICKET_TEXT,     /* the text goes to the other side of ticket `number` */
	EFFECT_CLOSE,           /* `number` of `series` is settled */
	EFFECT_REFER,           /* case `number` is referred to the place in field "ke" */
	EFFECT_PROGRAM,         /* a programme begins */
	EFFECT_STAGE,           /* programme `number` gets to the stage in field "tahap" */
	EFFECTS
};

/* What became of the PIN of a message that needs one (lang/pin.h). */
enum pin_verdict { PIN_MISSING, PIN_WRONG, PIN_LOCKED, PIN_UNSET /* the sender has none */ };

/* What the store said of the thing that a message is about. */
enum found { FOUND_YES, FOUND_NOT, FOUND_ELSEWHERE /* not the sender's area */, FOUND_FORBIDDEN, FOUND_LOCKED };

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
	int64_t cancels, entry;                 /* receipt, or number in a series; the entry of a form; 0 none */

	/* Other verbs. */
	char area[PLACE_CODE_SIZE];             /* asked about, registered for, told; of a form: where */
	int last;                               /* last month of the window that begins with `period` */
	long number;                            /* age, request number, attendance */
	enum found found;
	int series;                             /* enum series: what `number` is of; -1 */
	bool handles;                           /* the sender is one of those who see to it, not whoever began it */
	const char *state;                      /* of a case, a ticket: id of the phrase for it */
	const char *shown;                      /* verb in the shown result, where it is another than verb's name */

	/* A rejection: what is determined about it, "" or 0 otherwise. */
	char arg[64];                           /* category, word, period or code */
	char word[64];                          /* what the sender typed, folded */
	int category;                           /* index, -1 */
	int role;                               /* that a registration is for, or who decides it; CEK TKSK: index, -1 */
	int ambiguity;                          /* index, -1 */
	char district[PLACE_CODE_SIZE];         /* where a village was looked for; "" the sender's own */
	bool hamlet;                            /* DESA: a hamlet was named instead */
	const char *codes[PLACE_CODES_MAX];     /* candidates; borrowed from the gazetteer */
	size_t code_count;

	long most;                              /* ANGKA: the largest count in the unit typed; 0 none typed */
	long said;                              /* BEDA: the old value as the sender has it */
	long page;                              /* KODE 2, BANTUAN FCU 2; 0, -1 the first */
	enum verb topic;                        /* BANTUAN about a verb; VERB_NONE */
	int topic_form;                         /* ... about a form; -1 */

	/* The answer to a question. */
	char area_name[PLACE_NAME_SIZE];
	long reported, whole;                   /* villages, or areas with a holder of the role; of how many */
	bool known;                             /* something is on record there, and then */
	struct outcome_line lines[OUTCOME_LINES_MAX];
	size_t line_count;
	char pages[PAGES_MAX][PAGE_SIZE];       /* what follows the first SMS; of EFFECT_TURN the one to send */
	size_t page_count;

	/* A form; its index, -1. */
	int form;
	struct form_value before[FORM_FIELDS_MAX];      /* in force under the same key, texts kept here; set if on_record */
	struct form_value after[FORM_FIELDS_MAX];       /* to be in force; texts are the parse's or before's */
	bool on_record, told[FORM_FIELDS_MAX];  /* told: in this message */
	long latest[FORM_RULES_MAX];            /* value on record that a rule compares with, NO_VALUE */
	long beside[FORM_BESIDES_MAX];          /* sums of other forms that stand beside */
	int64_t met[FIELD_LIST_MAX];            /* organisations with the same, in the order of "tumpang" */
	bool followed;                          /* the one before in a row is on record, or need not be */
	const char *flag;                       /* accepted, but somebody should look: UNCHECKED, ORDER; "" */
	bool own;                               /* nothing but the own organisation's entries, for want of other rights */
	bool meets;                             /* another organisation has the same: fields "tumpang" */
	int field, rule;                        /* of a rejection: which field, which rule; -1 */

	struct field fields[OUTCOME_FIELDS_MAX];
	size_t field_count;
	char texts[OUTCOME_TEXTS_SIZE];         /* strings of the fields, one behind the other */
	size_t texts_used;

	enum pin_verdict pin;                   /* of REJECT_PIN; `number` tries are left, or hours until it is open again */
	bool forget;                            /* the text holds personal data: blank it (rule 11) */
	bool silent;                            /* no answer (rules 1 to 3) */
	struct reply_form reply;                /* {no} still missing where a receipt is drawn */
};

/* Adds a field at the end and returns it for more; strings are copied. Too many is our mistake (assert). */
struct field *outcome_number(struct outcome *outcome, const char *name, long number);
struct field *outcome_text(struct outcome *outcome, const char *name, const char *text);
struct field *outcome_true(struct outcome *outcome, const char *name);
/* Lists begin empty. */
struct field *outcome_list(struct outcome *outcome, const char *name, enum field_kind kind);
void outcome_list_number(struct field *field, long number);
void outcome_list_text(struct outcome *outcome, struct field *field, const char *text);
/* One more line, empty but for -1 and NO_VALUE; NULL: they are too many. */
struct outcome_line *outcome_line(struct outcome *outcome);
/* Makes a rejection of it that changes nothing; with _category, that category (-1 none) is what is wrong. */
void outcome_refuse(struct outcome *outcome, enum reject why);
void outcome_refuse_category(struct outcome *outcome, enum reject why, int category);
/* Makes *to the same, with its own texts. An assignment would leave its fields with the texts of *from. */
void outcome_copy(const struct outcome *from, struct outcome *to);
/* A copy of the text that lives as long as the outcome. */
const char *outcome_keep(struct outcome *outcome, const char *text);
/* The field of that name, NULL if there is none. */
const struct field *outcome_field(const struct outcome *outcome, const char *name);

#endif
