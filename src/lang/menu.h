/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu: the gateway by digits (domain 3.8): from what was chosen so far to the next screen, and at the end to the message
 * that an SMS would have said. Screens are made of the loaded grammar, so that a new category or form is there by itself.
 * Pure: it stores and sends nothing, and no rule of section 4 is here. */
#ifndef LANG_MENU_H
#define LANG_MENU_H

#include "lang/rules.h"

#define MENU_TEXT_SIZE 161      /* a screen: plain letters and line feeds, one SMS */
#define MENU_MESSAGE_SIZE 400
#define MENU_SLOT_SIZE 164

/* What is asked, one after the other; which of them, and in which order, depends on the entry. */
enum menu_slot {
	MENU_ENTRY,             /* of the first screen */
	MENU_TOPIC,             /* which question, which form */
	MENU_CATEGORY, MENU_SEX, MENU_AGE, MENU_AREA,
	MENU_DATE, MENU_CLOCK, MENU_VENUE,
	MENU_COUNT,
	MENU_FIELD,             /* the first of a form's */
	MENU_PERIOD = MENU_FIELD + FORM_FIELDS_MAX,     /* another month than the usual one */
	MENU_CONFIRMED,
	MENU_SLOTS
};

/* Where somebody is. Begins as {0}. */
struct menu {
	char slots[MENU_SLOTS][MENU_SLOT_SIZE];         /* by code or name, never by digit; "" not answered yet */
	int page;                                       /* of the list that is shown */
	bool refused;                                   /* what was chosen cannot be stored; why is on the screen */
};

/* As text for keeping (the caller's), and back; false: it is no such text. */
char *menu_write(const struct menu *menu);
bool menu_read(const char *text, struct menu *out);

/* Whose menu it is. Borrowed. */
struct menu_user {
	const struct grammar *grammar;
	const struct gazetteer *gazetteer;
	const struct who *who;
	const char *area;       /* name of the own area */
};

enum menu_turn {
	MENU_ASKS,              /* text is shown, an answer is awaited */
	MENU_CONFIRMS,          /* message is complete: read it, and show what it means (menu_confirm) or why not (menu_refuse) */
	MENU_SENDS,             /* message is to be handled as an SMS of that text; then menu_go_on */
	MENU_ENDS               /* text is shown, and it is over */
};

struct menu_screen {
	enum menu_turn turn;
	char id[24];                            /* of the reply that text is made of */
	char text[MENU_TEXT_SIZE];
	char message[MENU_MESSAGE_SIZE];
	bool free;                              /* a text is asked for, not digits */
};

/* What comes next. */
void menu_look(const struct menu_user *user, const struct menu *menu, struct menu_screen *out);
/* Takes an answer. false: there is no such choice, and nothing has changed. */
bool menu_answer(const struct menu_user *user, struct menu *menu, const char *input);
/* The same screen once more, since there was no such choice. */
void menu_repeat(const struct menu_user *user, struct menu_screen *screen);

/* The screens of MENU_CONFIRMS: read is what the message means, accepted, its answer not composed yet; or answer is the
 * reply that it is refused with. */
void menu_confirm(const struct menu_user *user, const struct menu *menu, struct outcome *read, struct menu_screen *out);
void menu_refuse(const struct menu_user *user, struct menu *menu, const char *answer, struct menu_screen *out);
/* After the message was handled: its answer, and what can be done next, if that can be said with it; else it is over. */
void menu_go_on(const struct menu_user *user, struct menu *menu, bool accepted, const char *answer, struct menu_screen *out);

/* Whether the input is digits, as the menu asks for: "1", " 07.", not "". */
bool menu_is_digits(const char *input);

#endif
