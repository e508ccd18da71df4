/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reader: what the parts of the parser (parse, body, number, period, locate, items) share while they read one message.
 * Each read_ function looks at the tokens from `at` on, notes what it understood, and returns how many tokens it
 * took; 0: none of its business. */
#ifndef LANG_READER_H
#define LANG_READER_H

#include "lang/parse.h"

enum event_kind { EVENT_CATEGORY, EVENT_NUMBER, EVENT_NOTHING /* TIDAK ADA */, EVENT_TO /* JADI */, EVENT_NOT /* BUKAN */ };

/* Categories and numbers in the order in which they stand; items.c pairs them. */
struct reader_event {
	enum event_kind kind;
	size_t token, length;           /* what it was read from */
	int category;
	bool fuzzy;
	long number;
	int unit;                       /* -1: not said */
	bool nihil;                     /* zero by a word that can stand for a whole report */
};

struct reader {
	struct parse *parse;
	const struct grammar *grammar;
	const struct gazetteer *gazetteer;
	const struct asker *asker;
	char district[PLACE_CODE_SIZE];         /* where village names are looked up; "" anywhere */
	bool district_said;                     /* by KEC, not the sender's own */
	char regency[PLACE_CODE_SIZE];          /* where kecamatan are looked up by those above; "" anywhere */
	struct reader_event events[TOKENS_MAX];
	size_t event_count;
	/* What locate_exact() found at each token, whatever the mark before it: it is asked for again and again. */
	struct exact_name { bool known; size_t length; const char *code; } *exact;      /* of TOKENS_MAX */
	int unit_before;                        /* a unit that stands before its number; -1 */
	const char *typed;                      /* the text as it came */
	bool asks;                              /* a question: no numbers, months look back */
	bool refused;                           /* a word of the domain that is no category */
	bool both_families;                     /* PMKS and PSKS were typed */
};

/* reader.c */

/* Longest run of at most `most` tokens from `at` that is a phrase of that kind: its length, *value its value. */
size_t reader_phrase(const struct reader *reader, enum word_kind kind, size_t at, size_t most, int *value);
/* The same for words that mean something for one owner only (grammar_word_in). */
size_t reader_phrase_in(const struct reader *reader, enum word_kind kind, int owner, size_t at, size_t most, int *value);
/* Whether the token is anything at all: in any message, or in the form that is being read. */
bool reader_known(const struct reader *reader, size_t at);
/* Value of the single token as a word of that kind, -1. */
int reader_word(const struct reader *reader, enum word_kind kind, size_t at);
/* Whether the tokens before and at `at` belong together: nothing but blanks, dots, hyphens, slashes between. */
bool reader_joined(const struct reader *reader, size_t at);
/* The folded text from token `at` to token `at + length - 1`. */
void reader_span(const struct reader *reader, size_t at, size_t length, char *out, size_t size);
void reader_mark(struct reader *reader, size_t at, size_t length, enum reading reading);
/* Notes a problem with the tokens as typed, unless one is noted there already. */
void reader_note(const struct reader *reader, struct problem *problem, enum reject reject, size_t at, size_t length);
/* Notes a problem of reading left to right, unless there is an earlier one; marks the tokens. */
void reader_problem(struct reader *reader, enum reject reject, size_t at, size_t length, int index);

/* number.c: digits, words, both; *unit is -1 or the one in the word (SEORANG). A glued or following
 * PULUH/RATUS/RIBU multiplies; a bracketed repetition is taken along. */
size_t number_read(struct reader *reader, size_t at, long *value, int *unit, bool *nihil);
/* Whether it would read one there. */
bool number_begins(const struct reader *reader, size_t at);

/* period.c */
size_t period_read(struct reader *reader, size_t at);

/* locate.c */
size_t locate_read(struct reader *reader, size_t at);
size_t locate_read_unmarked(struct reader *reader, size_t at);
/* Finds the KEC of the message first, since it decides where its village is looked up. */
void locate_prepare(struct reader *reader);
/* Whether exactly a village of the kecamatan begins at the token: how many tokens its name has, 0 no. */
size_t locate_exact(const struct reader *reader, size_t at, enum place_kind kind, const char **code);
/* The tokens or the kecamatan have changed: what was found of exact names is looked up again. */
void locate_forget(const struct reader *reader);
/* How many tokens an exact name of a kecamatan or kabupaten has that holds the place with that code; 0 none. */
size_t locate_above(const struct reader *reader, size_t at, const char *code);

/* Tokens from there on that a name may consist of; that are words which mean nothing else. */
size_t locate_reach(const struct reader *reader, size_t at);
size_t locate_run(const struct reader *reader, size_t at);

/* upper.c: KAB, KOTA, PROV, INDONESIA; names of kabupaten and provinces without a mark, in questions. */
size_t upper_read(struct reader *reader, size_t at);
size_t upper_read_unmarked(struct reader *reader, size_t at);
/* Finds the KAB of the message first, since it decides where its kecamatan is looked up. */
void upper_prepare(struct reader *reader);

/* sender.c: who writes, or who is written to: "Saya TKSK Pahae Jae", "Yth. Bu TKSK", "Tks, PSM Rawa". */
size_t sender_read(struct reader *reader, size_t at);

/* window.c: the months that a question is about: TW 3, SMT 1 2026, THN 2026, or as in reports. */
size_t window_read(struct reader *reader, size_t at);

/* individual.c: sex, age and the like of a case. */
size_t individual_read(struct reader *reader, size_t at);

/* command.c: what stands behind the verbs that are no report. */
void command_read(struct reader *reader, size_t at);
/* What it shares with command_minutes.c and command_program.c. Marks all the rest as an argument. */
void command_mark_all(struct reader *reader, size_t at);
/* The text from a token on as it was typed; NULL if nothing is left. Whoever wants less of it cuts it. */
const char *command_text(const struct reader *reader, size_t at);
/* KS12, A7, P3: how many tokens, 0 none. */
size_t command_ticket(struct reader *reader, size_t at);
/* Who else is named up to that token: organisations of ours, and whether there are others. */
void command_partners(struct reader *reader, size_t at, size_t end);
void command_minutes(struct reader *reader, size_t at);
void command_program(struct reader *reader, size_t at);
void command_ticket_text(struct reader *reader, size_t at);
void command_closing(struct reader *reader, size_t at);
void command_referral(struct reader *reader, size_t at);
/* Reads the rest as a question about the form, whose first words are the `length` tokens from `at`. */
void command_ask_form(struct reader *reader, int form, size_t at, size_t length);

/* glue.c: cuts the token in two where two words stand in it. */
void reader_unglue(struct reader *reader, size_t at);
/* Whether RT or RW is glued to the end of the word and its number stands behind: GELANDANGRT 1 is no slip of anything. */
bool reader_ends_in_part(const struct reader *reader, size_t at);
/* The category that the word is a slip of (grammar_category_near), -1. */
int reader_category_near(const struct reader *reader, size_t at);

/* body.c: the tokens from `at` on as a report says things; those that are read already are passed over. */
void reader_body(struct reader *reader, size_t at);
/* A greeting or a word to pass over; 1. at the start of a line; names and numbers of persons (rule 11). */
size_t reader_stop(struct reader *reader, size_t at);
size_t reader_list_number(struct reader *reader, size_t at);
size_t reader_personal(struct reader *reader, size_t at);
/* Takes the token as one that nobody knows. */
size_t reader_unknown(struct reader *reader, size_t at);
/* K7: how many tokens, 0 none. */
size_t reader_code(const struct reader *reader, size_t at, int *category);
/* A.N. of a case is "in the name of"; without its dots, and in counts, AN is a category (hard case 6). */
bool reader_on_behalf(const struct reader *reader, size_t at);
bool reader_has(const struct reader *reader, enum event_kind kind);
/* Whether a category stands there and waits for the number behind it. */
bool reader_waits(const struct reader *reader);

/* invitation.c: what stands behind RAPAT. */
void invitation_read(struct reader *reader, size_t at);

/* parse.c: verbs that act only when nothing else follows (hard case 5). */
void reader_alone(struct reader *reader, size_t at);

/* items.c: pairs the events to items, or notes what is missing. */
void items_pair(struct reader *reader);

/* form.c: the form whose first words stand there: how many tokens they are, 0 none. */
size_t form_head(const struct reader *reader, size_t at, int *form);
/* Reads the rest of the message as that form, its first words being the `length` tokens from `at`; fills parse->form
 * (maybe one that stands under it), values and filling. */
void form_read(struct reader *reader, int form, size_t at, size_t length);

#endif
