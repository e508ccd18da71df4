/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu_order: what was chosen so far, and what is asked next. */
#include "lang/menu_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lang/pin.h"

static const char *const entry_names[MENU_ENTRIES] = {
	[MENU_REPORTS] = "", [MENU_CASES] = "kasus", [MENU_QUESTIONS] = "tanya", [MENU_MEETINGS] = "rapat",
	[MENU_HELP] = "bantuan", [MENU_FORMS] = "isian",
};

/* In which order things are asked. A slot that does not apply is passed over. */
static const enum menu_slot orders[MENU_ENTRIES][10] = {
	[MENU_REPORTS] = { MENU_AREA, MENU_CATEGORY, MENU_COUNT, MENU_PERIOD, MENU_CONFIRMED, MENU_SLOTS },
	[MENU_CASES] = { MENU_CATEGORY, MENU_SEX, MENU_AGE, MENU_AREA, MENU_CONFIRMED, MENU_SLOTS },
	[MENU_QUESTIONS] = { MENU_TOPIC, MENU_AREA, MENU_CATEGORY, MENU_SLOTS },
	[MENU_MEETINGS] = { MENU_DATE, MENU_CLOCK, MENU_VENUE, MENU_CONFIRMED, MENU_SLOTS },
	[MENU_HELP] = { MENU_SLOTS },
	[MENU_FORMS] = { MENU_TOPIC, MENU_FIELD, MENU_AREA, MENU_PERIOD, MENU_CONFIRMED, MENU_SLOTS },
};

/* --- what was chosen --- */

static bool
is_set(const struct menu *menu, enum menu_slot slot)
{
	return menu->slots[slot][0] != '\0';
}

enum menu_entry
menu_entry_of(const struct menu *menu)
{
	const char *name = menu->slots[MENU_ENTRY];

	if (name[0] == '\0')
		return MENU_ENTRIES;
	for (size_t i = MENU_REPORTS + 1; i < MENU_ENTRIES; i++)
		if (strcmp(entry_names[i], name) == 0)
			return (enum menu_entry)i;
	return MENU_REPORTS;
}

int
menu_family(const struct menu_user *user, const struct menu *menu)
{
	if (menu_entry_of(menu) != MENU_REPORTS)
		return 0;
	for (size_t i = 0; i < user->grammar->family_count; i++)
		if (strcmp(user->grammar->families[i].name, menu->slots[MENU_ENTRY]) == 0)
			return (int)i;
	return 0;
}

int
menu_topic(const struct menu *menu)
{
	const char *topic = menu->slots[MENU_TOPIC];

	return isdigit((unsigned char)topic[0]) ? atoi(topic) : -1;
}

int
menu_form(const struct menu_user *user, const struct menu *menu)
{
	return menu_entry_of(menu) == MENU_FORMS && is_set(menu, MENU_TOPIC) ?
	       grammar_form(user->grammar, menu->slots[MENU_TOPIC]) : -1;
}

int
menu_category(const struct menu_user *user, const struct menu *menu)
{
	return is_set(menu, MENU_CATEGORY) ? grammar_category(user->grammar, menu->slots[MENU_CATEGORY]) : -1;
}

int
menu_period(const struct menu_user *user, const struct menu *menu)
{
	const char *chosen = menu->slots[MENU_PERIOD];

	if (isdigit((unsigned char)chosen[0]))
		return atoi(chosen);
	return parse_usual_period(user->grammar, &user->who->asker.now);
}

const char *
menu_area(const struct menu_user *user, const struct menu *menu)
{
	const char *chosen = menu->slots[MENU_AREA];

	return isdigit((unsigned char)chosen[0]) ? chosen : user->who->asker.area;
}

bool
menu_about_person(const struct menu_user *user, const struct menu *menu)
{
	int category = menu_category(user, menu);

	return category >= 0 && user->grammar->categories[category].age_min >= 0;
}

/* --- forms --- */

bool
menu_may_skip(const struct form_field *field)
{
	return field->optional && (field->type != FORM_COUNT || field->least > 0);
}

/* A word that is both the form's own, under another, and a flag's or number's mark: FCU BERKAS. */
static bool
is_said_by_form(const struct menu_user *user, const struct form *form, size_t field)
{
	int index = (int)(form - user->grammar->forms);
	const char *word = form->under >= 0 ? grammar_spell(user->grammar, WORD_UNDER, index) : NULL;

	return word != NULL && grammar_word_in(user->grammar, WORD_MARK, index, word) == (int)field;
}

bool
menu_asks_field(const struct menu_user *user, const struct form *form, size_t field)
{
	const struct form_field *one = &form->fields[field];

	if (one->type == FORM_FLAG)
		return !is_said_by_form(user, form, field);
	return !one->optional || menu_may_skip(one);
}

bool
menu_serves_form(const struct menu_user *user, int index)
{
	const struct form *form = &user->grammar->forms[index];

	if (!form->who[user->who->role] || pin_needed(user->grammar, user->who->role, VERB_FORM, index))
		return false;
	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *field = &form->fields[i];

		/* Some digits in a row are some numbers only if each has one; a text without a mark is not known from words. */
		if ((field->type == FORM_NUMBERS && field->most > 9) || (field->type == FORM_TEXT && !field->marked))
			return false;
	}
	return true;
}

/* --- what is asked next --- */

/* How exact a place has to be: characters of its code; 0: none is asked for. */
static size_t
area_length(const struct menu_user *user, const struct menu *menu)
{
	int form = menu_form(user, menu);

	if (form < 0)
		return 13;
	switch (user->grammar->forms[form].place) {
	case FORM_NOWHERE: return 0;
	case FORM_DISTRICT: return 8;
	case FORM_VILLAGE: case FORM_PART: return user->grammar->forms[form].place_optional ? 0 : 13;
	}
	return 0;
}

static bool
needs_area(const struct menu_user *user, const struct menu *menu)
{
	size_t own = strlen(user->who->asker.area), needed = area_length(user, menu);
	int form = menu_form(user, menu);

	if (menu_entry_of(menu) == MENU_QUESTIONS)
		return menu_topic(menu) != MENU_STATUS && (own == 5 || own == 8) && !is_set(menu, MENU_AREA);
	/* Whatever is for a kecamatan may be for the whole area instead. */
	if (form >= 0 && user->grammar->forms[form].place == FORM_DISTRICT && strcmp(menu->slots[MENU_AREA], MENU_WHOLE) == 0)
		return false;
	return own < needed && strlen(menu->slots[MENU_AREA]) < needed;
}

/* The first field that is still to be asked for; MENU_SLOTS none. */
static enum menu_slot
pending_field(const struct menu_user *user, const struct menu *menu)
{
	int index = menu_form(user, menu);
	const struct form *form = &user->grammar->forms[index];

	for (size_t i = 0; i < form->field_count; i++)
		if (menu_asks_field(user, form, i) && !is_set(menu, MENU_FIELD + (enum menu_slot)i))
			return MENU_FIELD + (enum menu_slot)i;
	return MENU_SLOTS;
}

static bool
needs(const struct menu_user *user, const struct menu *menu, enum menu_slot slot)
{
	int category = menu_category(user, menu);

	switch (slot) {
	case MENU_SEX:
		return menu_about_person(user, menu) && user->grammar->categories[category].sex == 0 && !is_set(menu, slot);
	case MENU_AGE:
		return menu_about_person(user, menu) && !is_set(menu, slot);
	case MENU_AREA:
		return needs_area(user, menu);
	case MENU_CATEGORY:
		return !is_set(menu, slot) && (menu_entry_of(menu) != MENU_QUESTIONS || menu_topic(menu) == MENU_TOTAL);
	case MENU_PERIOD: case MENU_VENUE:
		return strcmp(menu->slots[slot], MENU_ASKED) == 0 || (slot == MENU_VENUE && !is_set(menu, slot));
	case MENU_CONFIRMED:
		return !is_set(menu, slot) || strcmp(menu->slots[slot], MENU_SENT) == 0;
	default:
		return !is_set(menu, slot);
	}
}

const enum menu_slot *
menu_order(enum menu_entry entry)
{
	return orders[entry];
}

enum menu_slot
menu_pending(const struct menu_user *user, const struct menu *menu)
{
	enum menu_entry entry = menu_entry_of(menu);
	const enum menu_slot *order = orders[entry];

	if (entry == MENU_ENTRIES)
		return MENU_ENTRY;
	if (strcmp(menu->slots[MENU_TOPIC], MENU_NEXT_PAGE) == 0)
		return MENU_SLOTS;
	for (; *order != MENU_SLOTS; order++) {
		enum menu_slot slot = *order;

		if (slot == MENU_FIELD)
			slot = pending_field(user, menu);
		else if (!needs(user, menu, slot))
			slot = MENU_SLOTS;
		if (slot != MENU_SLOTS)
			return slot;
	}
	return MENU_SLOTS;
}
