/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_read: the statements of grammars/ become a struct grammar; grammar_check looks at the whole of it.
 * Between the two and grammar.c only. */
#ifndef LANG_GRAMMAR_READ_H
#define LANG_GRAMMAR_READ_H

#include "lang/grammar.h"
#include "lang/grammar_lines.h"
#include "lang/grammar_words.h"

struct cursor;

/* What a form says that only its checks need; strings belong to the lines. */
struct form_note {
	const struct grammar_line *line;
	unsigned seen;                                  /* bit of each statement below it */
	const struct grammar_line *lines[24];           /* ... and where it stands (the last); of some, each */
	const struct grammar_line *fields[FORM_FIELDS_MAX], *rules[FORM_RULES_MAX], *answers[6];
	const char *last[FORM_RULES_MAX];               /* "FCU-KBS.kbs" of a rule; NULL */
	const char *ifs[6];                             /* "selesai" of an answer; NULL always */
	struct { const char *field; const char *by[FORM_FIELDS_MAX]; size_t count; } besides[2];    /* "BUTUH.jml" by names */
};

/* A reminder: which lines stand below it. */
struct reminder_note { const struct grammar_line *line; unsigned seen; };

/* A crosswalk and its rows as written; grammar_crosswalk makes crossings of them. */
struct crosswalk_note { const struct grammar_line *line; const char *from, *into; };
struct crossing_note { size_t crosswalk; const struct grammar_line *line; const char *from, *to /* NULL none */; bool broken; };

/* What a role needs a PIN for; form: of VERB_FORM. */
struct pin_note { const struct grammar_line *line; int role; enum verb verb; int form; };

/* What a grammar does not keep, but its checks need. Strings and lines belong to the lines that were read. */
struct grammar_notes {
	struct grammar_faults *faults;
	const struct grammar_line **category_lines;     /* by index; likewise below */
	const struct grammar_line **ambiguity_lines;
	const struct grammar_line **reply_lines;
	const struct grammar_line **zone_lines;
	const struct grammar_line **role_lines;
	int *ambiguity_lists;                           /* -1: in every list */
	const char **ambiguity_means;                   /* code of a category; NULL none */
	struct form_note *forms;                        /* by index */
	struct reminder_note *reminders;
	bool limits[LIMITS];                            /* set */
	struct crosswalk_note *crosswalks;      size_t crosswalk_count;
	struct crossing_note *crossings;        size_t crossing_count;
	const struct grammar_line *default_line;
	struct pin_note *pins;                  size_t pin_count;
	struct word_table fuzzy;                        /* words of categories and verbs that bear a typing error */
	struct word_table parts;                        /* single words of the categories' phrases */
};

/* Fills grammar from the lines; what cannot be understood is a fault and left out. */
void grammar_read(struct grammar *grammar, const struct grammar_lines *lines, struct grammar_notes *notes);
/* Adds a word or phrase; false: it is none, a fault of the line. */
bool grammar_read_word(struct cursor *cursor, struct word_table *table, enum word_kind kind, int value,
		       const char *phrase);
const char *grammar_limit_name(enum limit limit);
/* "stop" for the words of a "words stop"; NULL: words of that kind stand in other statements. */
const char *grammar_class_name(enum word_kind kind);
void grammar_notes_clear(struct grammar_notes *notes);

/* grammar_form.c: forms and choices. An indented line of the form or choice with that index. */
void grammar_form_declare(struct grammar *grammar, struct grammar_notes *notes, const struct grammar_line *line,
			  const char *name, const char *title);
void grammar_form_line(struct cursor *cursor, struct grammar *grammar, struct grammar_notes *notes, int form);
void grammar_form_option(struct cursor *cursor, struct grammar *grammar, int choice);
/* The role may send it: behind "may" of the role. */
void grammar_form_allow(struct grammar *grammar, int form, int role);
/* What stands wrong between the lines of a form, or between forms. The words are sorted. */
void grammar_form_check(struct grammar *grammar, struct grammar_notes *notes);

/* grammar_calendar.c: reminders, in the same way. */
void grammar_calendar_declare(struct grammar *grammar, struct grammar_notes *notes, const struct grammar_line *line,
			      const char *name, const char *title);
void grammar_calendar_line(struct cursor *cursor, struct grammar *grammar, struct grammar_notes *notes, int reminder);
void grammar_calendar_check(struct grammar *grammar, struct grammar_notes *notes);
void grammar_calendar_free(struct grammar *grammar);

/* grammar_guide.c: the printed guide. false: a fault of the line. */
bool grammar_guide_line(struct cursor *cursor, struct grammar *grammar);
bool grammar_guide_text(struct cursor *cursor, struct grammar *grammar);
bool grammar_guide_place(struct cursor *cursor, struct grammar *grammar);
void grammar_guide_free(struct grammar *grammar);

/* grammar_program.c: the next stage of a programme, and an attribute of one. */
bool grammar_stage_declare(struct cursor *cursor, struct grammar *grammar, const char *title);
bool grammar_stage_tells(struct cursor *cursor, struct grammar *grammar, int stage);
void grammar_stage_free(struct grammar *grammar);
/* grammar_minutes.c: likewise, kinds of minutes. */
bool grammar_minutes_declare(struct cursor *cursor, struct grammar *grammar, const char *name, const char *title);
bool grammar_minutes_part(struct cursor *cursor, struct grammar *grammar, int minutes);
bool grammar_minutes_partners(struct cursor *cursor, struct grammar *grammar, int minutes);
void grammar_minutes_free(struct grammar *grammar);
/* grammar_operator.c: likewise, networks. */
void grammar_operator_declare(struct grammar *grammar, const char *name);
bool grammar_operator_sims(struct cursor *cursor, struct grammar *grammar, int operator);
bool grammar_operator_patterns(struct cursor *cursor, struct grammar *grammar, int operator, enum credit credit);
bool grammar_operator_code(struct cursor *cursor, struct grammar *grammar, int operator, enum credit credit);
void grammar_operator_free(struct grammar *grammar);
/* Names of roles up to the word `end` (NULL: a comma must follow each but the last), as "KTKEC,KAB"; the caller's.
 * NULL: a fault. */
char *grammar_role_list(struct cursor *cursor, const struct grammar *grammar, const char *end);

/* grammar_alert.c: "kinds" (a word of it) and "alert" of a category. */
void grammar_alert_kind(struct category *category, const char *phrase);
bool grammar_alert_line(struct cursor *cursor, const struct grammar *grammar, struct category *category);
void grammar_alert_free(struct category *category);

/* grammar_pin.c: the role needs its PIN for the verb, or (VERB_FORM) for the form. false: a fault of the line. */
bool grammar_pin_need(struct cursor *cursor, struct grammar *grammar, struct grammar_notes *notes, int role, enum verb verb,
		      int form);
/* What a role needs a PIN for and may not send at all. */
void grammar_pin_check(const struct grammar *grammar, const struct grammar_notes *notes);

/* grammar_menu.c: screens of the menu that are too long. Needs the worst cases of the replies. */
void grammar_menu_check(const struct grammar *grammar, const struct grammar_notes *notes);

/* Finds what no single line can show, chooses the list (NULL: the default) and prepares the words for asking. */
void grammar_check(struct grammar *grammar, const char *dir, const char *list, struct grammar_notes *notes);

/* Fills grammar->crossings. Needs the lists and categories, and is silent about those that were left out as faulty. */
void grammar_crosswalk(struct grammar *grammar, struct grammar_notes *notes);

/* An example for answers, in quotes, to the end of the line (the caller's): plain letters, at most as long as {ketik} with
 * the longest values of what may stand in it: {contoh}, {kec}, {besok}, {bln}. NULL: a fault. */
char *grammar_read_sample(struct cursor *cursor);

#endif
