/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parse: a message to its reading (domain 3.1). Pure: what it may know of the sender and the day comes in. A text
 * that cannot be understood is a result like any other. */
#ifndef LANG_PARSE_H
#define LANG_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/civil.h"
#include "lang/grammar.h"
#include "lang/lex.h"
#include "lang/outcome.h"
#include "lang/place.h"

/* What each token was read as, for those who want to see it. */
enum reading {
	READ_NOT, READ_VERB, READ_FAMILY, READ_CATEGORY, READ_NUMBER, READ_UNIT, READ_PLACE, READ_PERIOD, READ_STOP,
	READ_LIST_NUMBER, READ_REPEATED, READ_ARGUMENT, READ_ERROR, READ_UNKNOWN,
	READINGS
};
const char *reading_name(enum reading reading);

/* What the parser may know of whoever writes. */
struct asker {
	const char *area;               /* code of 2, 5, 8 or 13 characters; "" for strangers and the country */
	enum scope scope;
	int rw;                         /* own part, 0 none */
	struct civil now;               /* time of the message where the sender is */
	const char *role, *body;        /* KPS, PKK; NULL: none */
};

struct item {
	int category;                   /* index */
	int unit;                       /* index, -1: not said */
	long number;                    /* -1: more digits than anything counted has */
	bool fuzzy;                     /* the category was misspelt */
	char word[32];                  /* as typed */
};

/* Others that a programme is done with, or minutes name: those of ours by role and maybe body, and whether there are
 * any beside them. */
#define PARTNERS_MAX 8
struct partners {
	char text[96];                  /* folded, as typed */
	struct { int role; char body[24]; } ours[PARTNERS_MAX];         /* body "" : every organisation of the role */
	size_t count;
	bool outside;
};

/* The first thing of its kind that is wrong. */
struct problem {
	enum reject reject;             /* REJECT_NONE: nothing */
	char word[TOKEN_SIZE];          /* as typed, folded */
	int index;                      /* ambiguity or category, -1 */
	size_t at, length;              /* its tokens; 0, 0: of no one */
};

struct parse {
	const struct grammar *grammar;
	char *folded;                   /* freed by parse_clear() */
	size_t *offsets;                /* of each folded byte in the text; freed by parse_clear() */
	struct token tokens[TOKENS_MAX];
	enum reading readings[TOKENS_MAX];
	size_t count;

	enum verb verb;                 /* VERB_REPORT also without any word for it */
	bool said_verb;                 /* a verb or a family was typed */
	int family;                     /* -1: none typed */

	struct item items[OUTCOME_ITEMS_MAX];
	size_t item_count;
	int categories[OUTCOME_ITEMS_MAX];      /* as they stand, counted or not */
	size_t category_count;
	bool number_first;

	char village[PLACE_CODE_SIZE];  /* resolved, or the sender's own; "" if neither */
	bool village_said, village_fuzzy;
	char district[PLACE_CODE_SIZE]; /* KEC as typed, resolved; "" */
	int rt, rw;                     /* 0: none */
	int period;                     /* resolved; the default if none was typed */
	bool period_said;

	/* A question. */
	char regency[PLACE_CODE_SIZE];  /* KAB as typed, resolved; "" */
	char province[PLACE_CODE_SIZE]; /* PROV likewise */
	bool country;                   /* INDONESIA */
	int first, last;                /* months asked for, both included */
	char window[24];                /* "2026-10", "2026-TW3", "2026-S1", "2026" */
	bool window_said;

	/* A case. */
	char sex;                       /* 'L', 'P', 0 */
	long age, rest, married;        /* years, months, years; -1 not said */
	bool age_marked;                /* UMUR 40, 40 TH; a bare 40 may be anything */

	/* People, meetings, texts. */
	int role;                       /* index; -1 not said, or everyone */
	bool role_said;
	char body[24], name[48];        /* PKK; the own name of who registers */
	struct civil when;
	bool date_said, clock_said, when_wrong;
	char venue[64], subject[96];
	const char *text;               /* free text as typed, within the caller's text; NULL none */
	int ticket;                     /* enum series; -1 */
	long ticket_number;
	bool begins;                    /* PROGRAM BARU: its name is `name` */
	struct partners partners;
	bool end;                       /* SELESAI, or nothing more to come */

	int form;                       /* of VERB_FORM, or of a RALAT about one; -1 */
	struct form_value values[FORM_FIELDS_MAX];      /* texts freed by parse_clear() */
	struct problem filling;         /* fields without a value, or the other way round; index: field */

	long number;                    /* BATAL 12; -1 */
	enum verb topic;                /* BANTUAN RALAT */
	int topic_form;                 /* BANTUAN of a form; -1 */
	long from;                      /* RALAT ANAK 3 JADI 5: 3; -1 */

	struct problem reading;         /* while reading, left to right */
	struct problem unknown;         /* first unknown word */
	struct problem counting;        /* items without numbers or the other way round */
	struct problem placing;         /* village */
	struct place_answer place;      /* candidates of that problem */
	struct problem dating;          /* a second, different period */
	bool personal;                  /* a name or NIK anywhere (rule 11) */
};

/* Reads. grammar and gazetteer must outlive the parse; parse_clear() it. */
void parse_text(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct asker *asker,
		const char *text, struct parse *out);
void parse_clear(struct parse *parse);

/* The month of a report that names none: year * 12 + month - 1. */
int parse_usual_period(const struct grammar *grammar, const struct civil *now);

#endif
