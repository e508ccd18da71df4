/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu: where somebody is in the menu, as text, and what an answer changes. */
#include "lang/menu_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define BACK "00"               /* where digits are typed and 0 is a number */
#define DIGITS_MAX 6

/* --- keeping --- */

char *
menu_write(const struct menu *menu)
{
	char *text = xasprintf("%d %d\n", menu->page, menu->refused);

	for (size_t i = 0; i < MENU_SLOTS; i++)
		if (menu->slots[i][0] != '\0') {
			char *longer = xasprintf("%s%zu %s\n", text, i, menu->slots[i]);

			free(text);
			text = longer;
		}
	return text;
}

bool
menu_read(const char *text, struct menu *out)
{
	int refused, used;
	size_t slot, length;

	memset(out, 0, sizeof *out);
	if (sscanf(text, "%d %d%n", &out->page, &refused, &used) != 2 || text[used] != '\n' || out->page < 0)
		return false;
	out->refused = refused != 0;
	for (text += used + 1; *text != '\0'; text += used + (int)length + 1) {
		if (sscanf(text, "%zu%n", &slot, &used) != 1 || slot >= MENU_SLOTS || text[used++] != ' ')
			return false;
		length = strcspn(text + used, "\n");
		if (length == 0 || length >= MENU_SLOT_SIZE || text[used + (int)length] != '\n')
			return false;
		memcpy(out->slots[slot], text + used, length);
	}
	return true;
}

static bool
is_set(const struct menu *menu, enum menu_slot slot)
{
	return menu->slots[slot][0] != '\0';
}

/* --- answers --- */

bool
menu_is_digits(const char *input)
{
	size_t blanks = strspn(input, " \t\r\n"), digits = strspn(input + blanks, "0123456789");

	return digits != 0 && input[blanks + digits + strspn(input + blanks + digits, " .,#\t\r\n")] == '\0';
}

static void
set(struct menu *menu, enum menu_slot slot, const char *value)
{
	snprintf(menu->slots[slot], MENU_SLOT_SIZE, "%s", value);
	menu->page = 0;
}

static void
clear(struct menu *menu, enum menu_slot slot)
{
	set(menu, slot, "");
}

/* Clears the last slot that was answered; typed: the last that was typed, if any was. A place that was chosen step by step
 * is left by a step. */
static void
go_back(const struct menu_user *user, struct menu *menu, bool typed)
{
	enum menu_slot order[MENU_SLOTS], last = MENU_ENTRY, last_typed = MENU_SLOTS;
	enum menu_entry entry = menu_entry_of(menu);
	size_t count = 0, length = strlen(menu->slots[MENU_AREA]);
	struct menu_list list;

	for (const enum menu_slot *slot = menu_order(entry); *slot != MENU_SLOTS; slot++)
		for (size_t i = 0; i < (*slot == MENU_FIELD ? FORM_FIELDS_MAX : 1); i++)
			order[count++] = *slot + (enum menu_slot)i;
	for (size_t i = 0; i < count; i++) {
		if (!is_set(menu, order[i]) || order[i] == MENU_PERIOD || order[i] == MENU_CONFIRMED)
			continue;
		last = order[i];
		if (menu_list_fill(user, menu, last, &list))
			menu_list_clear(&list);
		else
			last_typed = last;
	}
	menu->page = 0;
	if (typed && last_typed != MENU_SLOTS)
		last = last_typed;
	if (last == MENU_AREA && !typed && (length == 8 || length == 13) &&
	    length - (length == 8 ? 3 : 5) > strlen(user->who->asker.area))
		menu->slots[MENU_AREA][length - (length == 8 ? 3 : 5)] = '\0';
	else
		clear(menu, last);
}

/* 0 where something is chosen: what was asked for on the way is left alone first. */
static void
leave_list(const struct menu_user *user, struct menu *menu, enum menu_slot slot)
{
	if (slot == MENU_PERIOD)
		clear(menu, MENU_PERIOD);
	else
		go_back(user, menu, false);
}

static bool
choose(const struct menu_user *user, struct menu *menu, enum menu_slot slot, const struct menu_list *list,
       const char *input)
{
	size_t from, to;
	char page[MENU_TEXT_SIZE];
	bool more = menu_list_page(user, list, menu->page, &from, &to, page);
	long number = strtol(input, NULL, 10);

	if (number == 0) {
		leave_list(user, menu, slot);
		return true;
	}
	if (more && strcmp(input, "9") == 0) {
		menu->page = (menu->page + 1) % menu_list_pages(user, list);
		return true;
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct menu_choice *choice = &list->choices[i];

		if (choice->number != 0 ? choice->number == number : i >= from && i < to && (long)(i - from) + 1 == number) {
			set(menu, slot, choice->value);
			return true;
		}
	}
	return false;
}

static bool
is_between(const char *digits, size_t length, long least, long most)
{
	char part[8];
	long number;

	snprintf(part, sizeof part, "%.*s", (int)length, digits);
	number = strtol(part, NULL, 10);
	return number >= least && number <= most;
}

/* TTBB, TTBBTTTT. */
static bool
is_date(const char *digits)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	size_t length = strlen(digits);

	return (length == 4 || length == 8) && is_between(digits + 2, 2, 1, 12) &&
	       is_between(digits, 2, 1, days[(digits[2] - '0') * 10 + digits[3] - '0' - 1]) &&
	       (length == 4 || is_between(digits + 4, 4, 2000, 2099));
}

static bool
is_clock(const char *digits)
{
	return strlen(digits) == 4 && is_between(digits, 2, 0, 23) && is_between(digits + 2, 2, 0, 59);
}

/* Each digit is one of the field's numbers. */
static bool
are_numbers(const struct form_field *field, const char *digits)
{
	for (; *digits != '\0'; digits++)
		if (*digits - '0' < field->least || *digits - '0' > field->most)
			return false;
	return true;
}

/* Whether digits are of the shape that the slot has; what they are worth the rules say. */
static bool
fits(const struct menu_user *user, const struct menu *menu, enum menu_slot slot, const char *digits)
{
	const struct form_field *field;

	if (slot == MENU_DATE)
		return is_date(digits);
	if (slot == MENU_CLOCK)
		return is_clock(digits);
	if (slot < MENU_FIELD || slot >= MENU_PERIOD)
		return strlen(digits) <= DIGITS_MAX;
	field = &user->grammar->forms[menu_form(user, menu)].fields[slot - MENU_FIELD];
	if (field->type == FORM_DATE)
		return is_date(digits);
	if (field->type == FORM_NUMBERS)
		return strlen(digits) <= FORM_LIST_MAX && are_numbers(field, digits);
	return strlen(digits) <= DIGITS_MAX;
}

static bool
is_text(const struct menu_user *user, const struct menu *menu, enum menu_slot slot)
{
	if (slot == MENU_VENUE)
		return true;
	return slot >= MENU_FIELD && slot < MENU_PERIOD &&
	       user->grammar->forms[menu_form(user, menu)].fields[slot - MENU_FIELD].type == FORM_TEXT;
}

/* What is typed stands in one line, as much as fits of whole characters. */
static bool
take_text(struct menu *menu, enum menu_slot slot, const char *input)
{
	char text[MENU_SLOT_SIZE];
	size_t used = 0;

	for (; *input != '\0' && used < sizeof text - 1; input++)
		if ((unsigned char)*input > ' ' && *input != 0x7f)
			text[used++] = *input;
		else if (used != 0 && text[used - 1] != ' ')
			text[used++] = ' ';
	if (((unsigned char)*input & 0xC0) == 0x80) {
		while (((unsigned char)text[used - 1] & 0xC0) == 0x80)
			used--;
		used--;
	}
	while (used != 0 && text[used - 1] == ' ')
		used--;
	text[used] = '\0';
	if (used == 0 || strcmp(text, MENU_ASKED) == 0 || strcmp(text, MENU_SKIPPED) == 0)
		return false;
	set(menu, slot, text);
	return true;
}

static bool
type(const struct menu_user *user, struct menu *menu, enum menu_slot slot, const char *input, const char *digits)
{
	const struct form_field *field = slot >= MENU_FIELD && slot < MENU_PERIOD ?
		&user->grammar->forms[menu_form(user, menu)].fields[slot - MENU_FIELD] : NULL;

	if (strcmp(digits, BACK) == 0) {
		go_back(user, menu, false);
		return true;
	}
	if (field != NULL && menu_may_skip(field) && strcmp(digits, "0") == 0) {
		set(menu, slot, MENU_SKIPPED);
		return true;
	}
	if (is_text(user, menu, slot))
		return take_text(menu, slot, input);
	if (digits[0] == '\0' || !fits(user, menu, slot, digits))
		return false;
	set(menu, slot, digits);
	return true;
}

/* Whether the message is about a month that can be chosen. */
static bool
has_period(const struct menu_user *user, const struct menu *menu)
{
	int form = menu_form(user, menu);

	return menu_entry_of(menu) == MENU_REPORTS || (form >= 0 && user->grammar->forms[form].monthly);
}

/* 9 Lanjut 0 Selesai. */
static bool
turn_page(struct menu *menu, const char *digits)
{
	if (strcmp(digits, "9") != 0)
		return false;
	clear(menu, MENU_CONFIRMED);
	set(menu, MENU_TOPIC, MENU_NEXT_PAGE);
	return true;
}

/* 1 Kategori lain 0 Selesai. A further report is about the same village and month. */
static bool
go_on(struct menu *menu, const char *digits)
{
	bool report = menu_entry_of(menu) == MENU_REPORTS;

	if (strcmp(digits, "0") == 0) {
		memset(menu, 0, sizeof *menu);
		set(menu, MENU_CONFIRMED, MENU_OVER);
		return true;
	}
	if (menu_entry_of(menu) == MENU_QUESTIONS)
		return turn_page(menu, digits);
	if (strcmp(digits, "1") != 0)
		return false;
	for (size_t i = MENU_ENTRY + 1; i < MENU_SLOTS; i++)
		if (!report || (i != MENU_AREA && i != MENU_PERIOD))
			clear(menu, (enum menu_slot)i);
	return true;
}

/* 1 Kirim 2 Ubah 3 Ganti bulan 0 Batal; of what cannot be stored 1 Ubah 0 Keluar. */
static bool
decide(const struct menu_user *user, struct menu *menu, const char *digits)
{
	bool refused = menu->refused;

	if (strcmp(digits, "1") == 0 && !refused) {
		set(menu, MENU_CONFIRMED, "1");
	} else if (strcmp(digits, "1") == 0 || (strcmp(digits, "2") == 0 && !refused)) {
		go_back(user, menu, true);
	} else if (strcmp(digits, "3") == 0 && has_period(user, menu)) {
		set(menu, MENU_PERIOD, MENU_ASKED);
	} else if (strcmp(digits, "0") == 0) {
		set(menu, MENU_CONFIRMED, MENU_OVER);
	} else {
		return false;
	}
	menu->refused = false;
	return true;
}

bool
menu_answer(const struct menu_user *user, struct menu *menu, const char *input)
{
	enum menu_slot slot = menu_pending(user, menu);
	struct menu_list list;
	char digits[16] = "";
	bool taken = false;

	if (menu_is_digits(input))
		snprintf(digits, sizeof digits, "%.*s", (int)strspn(input + strspn(input, " \t\r\n"), "0123456789"),
			 input + strspn(input, " \t\r\n"));
	if (strcmp(menu->slots[MENU_CONFIRMED], MENU_SENT) == 0)
		return go_on(menu, digits);
	if (slot == MENU_CONFIRMED)
		return decide(user, menu, digits);
	if (slot == MENU_SLOTS)
		return false;
	if (!menu_list_fill(user, menu, slot, &list))
		return type(user, menu, slot, input, digits);
	if (slot == MENU_ENTRY && digits[0] != '\0' && strspn(digits, "0") == strlen(digits)) {
		/* Nothing was begun, and it is over. */
		set(menu, MENU_CONFIRMED, MENU_OVER);
		taken = true;
	} else if (digits[0] != '\0') {
		taken = choose(user, menu, slot, &list, digits);
	}
	menu_list_clear(&list);
	return taken;
}
