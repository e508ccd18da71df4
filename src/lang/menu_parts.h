/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu_parts: what the files of the menu share: menu.c (what an answer changes), menu_order.c (what is asked),
 * menu_list.c (what there is to choose), menu_screen.c (how it looks), menu_message.c (what it says). */
#ifndef LANG_MENU_PARTS_H
#define LANG_MENU_PARTS_H

#include "lang/menu.h"

/* The entries of the first screen, behind those of the families (PMKS, PSKS, ...), which come first. Their numbers do not
 * depend on who sees them. */
enum menu_entry { MENU_REPORTS, MENU_CASES, MENU_QUESTIONS, MENU_MEETINGS, MENU_HELP, MENU_FORMS, MENU_ENTRIES };
/* The questions, likewise. */
enum menu_question {
	MENU_TOTAL, MENU_RECAP, MENU_RECAP_BEFORE, MENU_MISSING, MENU_STATUS, MENU_OVERLAPS, MENU_QUESTION_COUNT
};

/* Values of slots that are no code, name or number. */
#define MENU_ASKED "?"          /* asked for, not answered */
#define MENU_SKIPPED "-"
#define MENU_WHOLE "="          /* all of the own area */
#define MENU_SENT "+"           /* the message was handled: go on? */
#define MENU_OVER "0"
#define MENU_NEXT_PAGE ">"      /* as a topic: more of the answer to the last question */

/* What was chosen, as indexes into the grammar; -1 none (yet). */
enum menu_entry menu_entry_of(const struct menu *menu);         /* MENU_ENTRIES: none */
int menu_family(const struct menu_user *user, const struct menu *menu);
int menu_topic(const struct menu *menu);                        /* enum menu_question */
int menu_form(const struct menu_user *user, const struct menu *menu);
int menu_category(const struct menu_user *user, const struct menu *menu);
/* Months since year 0: the one that is chosen, else the usual one. */
int menu_period(const struct menu_user *user, const struct menu *menu);
/* The village or area chosen, the own one otherwise; whole: "=", all of the own one. */
const char *menu_area(const struct menu_user *user, const struct menu *menu);

/* Whether anybody has to be asked for the field; else it is left out, or its form's own word says it. */
bool menu_asks_field(const struct menu_user *user, const struct form *form, size_t field);
/* Whether 0 leaves it out. */
bool menu_may_skip(const struct form_field *field);
/* Whether the form can be sent by a menu at all. */
bool menu_serves_form(const struct menu_user *user, int form);
/* Whether categories of a kind that persons are counted in have sex and age. */
bool menu_about_person(const struct menu_user *user, const struct menu *menu);

/* What is asked of an entry, in this order, up to MENU_SLOTS; MENU_FIELD stands for all fields of a form. What does not
 * apply is passed over. */
const enum menu_slot *menu_order(enum menu_entry entry);
/* The slot that is to be answered next; MENU_SLOTS: none, the message is complete. */
enum menu_slot menu_pending(const struct menu_user *user, const struct menu *menu);

/* menu_list.c: what a slot is chosen from. */
struct menu_choice {
	int number;                             /* what is typed for it; 0: its place on the page */
	char label[40], value[40];
	bool numbered;                          /* the label says the number itself */
};
struct menu_list {
	struct menu_choice *choices;
	size_t count;
	char title[40];
	bool inline_;                           /* many short ones: side by side */
};
/* false: the slot is typed, not chosen. Freed by menu_list_clear(). */
bool menu_list_fill(const struct menu_user *user, const struct menu *menu, enum menu_slot slot, struct menu_list *out);
void menu_list_clear(struct menu_list *list);
/* Its choices on a page, from *from to before *to, as text; pages begin with 0 again behind the last. false: there is only
 * one page. */
bool menu_list_page(const struct menu_user *user, const struct menu_list *list, int page, size_t *from, size_t *to,
		    char out[MENU_TEXT_SIZE]);
/* How many pages there are. */
int menu_list_pages(const struct menu_user *user, const struct menu_list *list);

/* menu_message.c: the message of all that was chosen. */
void menu_message(const struct menu_user *user, const struct menu *menu, char out[MENU_MESSAGE_SIZE]);

/* A text of the grammar without placeholders. */
void menu_phrase(const struct menu_user *user, const char *id, char out[REPLY_SIZE]);
/* OKT 2026. */
void menu_period_name(const struct menu_user *user, int period, char out[16]);

#endif
