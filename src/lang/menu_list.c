/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu_list: what there is to choose from, and how much of it a screen holds. */
#include "lang/menu_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/pin.h"

#define DIGITS 9                /* choices on one page; where there are more pages, 9 is for turning it */
#define MONTHS_MAX 9

static struct menu_choice *
add(struct menu_list *list, int number, const char *label, const char *value)
{
	struct menu_choice *choice;

	list->choices = xgrow(list->choices, list->count, sizeof *list->choices);
	choice = &list->choices[list->count++];
	*choice = (struct menu_choice){ .number = number };
	snprintf(choice->label, sizeof choice->label, "%s", label);
	snprintf(choice->value, sizeof choice->value, "%s", value);
	return choice;
}

static void
add_phrase(const struct menu_user *user, struct menu_list *list, int number, const char *id, const char *value)
{
	char text[REPLY_SIZE];

	menu_phrase(user, id, text);
	add(list, number, text, value);
}

static void
title(const struct menu_user *user, struct menu_list *list, const char *id)
{
	char text[REPLY_SIZE];

	menu_phrase(user, id, text);
	snprintf(list->title, sizeof list->title, "%.39s", text);
}

/* --- the first screen --- */

static bool
may(const struct menu_user *user, enum verb verb)
{
	/* What needs a PIN is no matter of digits that a menu shows and a gateway of others' sees. */
	return user->grammar->roles[user->who->role].may[verb] && !pin_needed(user->grammar, user->who->role, verb, -1);
}

static bool
may_ask(const struct menu_user *user)
{
	return may(user, VERB_JUMLAH) || may(user, VERB_REKAP) || may(user, VERB_BELUM) || may(user, VERB_STATUS);
}

static bool
has_forms(const struct menu_user *user)
{
	for (size_t i = 0; i < user->grammar->form_count; i++)
		if (menu_serves_form(user, (int)i))
			return true;
	return false;
}

static void
list_families(const struct menu_user *user, struct menu_list *list)
{
	struct reply_form form;
	char text[REPLY_SIZE];

	for (size_t i = 0; i < user->grammar->family_count; i++) {
		reply_start(&form, "MENU_LAPOR");
		reply_set(&form, "kat", "%s", user->grammar->families[i].name);
		reply_write(user->grammar, &form, text);
		add(list, (int)i + 1, text, user->grammar->families[i].name);
	}
}

static void
list_entries(const struct menu_user *user, struct menu_list *list)
{
	int families = (int)user->grammar->family_count;
	const struct { enum menu_entry entry; const char *id, *value; bool may; } entries[] = {
		{ MENU_CASES, "MENU_KASUS", "kasus", may(user, VERB_KASUS) },
		{ MENU_QUESTIONS, "MENU_TANYA", "tanya", may_ask(user) },
		{ MENU_MEETINGS, "MENU_RAPAT", "rapat", may(user, VERB_RAPAT) },
		{ MENU_HELP, "MENU_BANTUAN", "bantuan", may(user, VERB_BANTUAN) },
		{ MENU_FORMS, "MENU_ISIAN", "isian", has_forms(user) },
	};

	if (may(user, VERB_REPORT))
		list_families(user, list);
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		if (entries[i].may)
			add_phrase(user, list, families + (int)entries[i].entry, entries[i].id, entries[i].value);
}

/* --- topics --- */

static void
list_questions(const struct menu_user *user, struct menu_list *list)
{
	static const struct { enum verb verb; const char *id; } questions[MENU_QUESTION_COUNT] = {
		[MENU_TOTAL] = { VERB_JUMLAH, "MENU_T_JUMLAH" }, [MENU_RECAP] = { VERB_REKAP, "MENU_T_REKAP" },
		[MENU_RECAP_BEFORE] = { VERB_REKAP, "MENU_T_REKAP" }, [MENU_MISSING] = { VERB_BELUM, "MENU_T_BELUM" },
		[MENU_STATUS] = { VERB_STATUS, "MENU_T_STATUS" }, [MENU_OVERLAPS] = { VERB_TUMPANG, "MENU_T_TUMPANG" },
	};
	int period = parse_usual_period(user->grammar, &user->who->asker.now);

	title(user, list, "MENU_TANYA");
	for (int i = 0; i < MENU_QUESTION_COUNT; i++) {
		char text[REPLY_SIZE], month[16], value[12];
		struct reply_form form;

		if (!may(user, questions[i].verb))
			continue;
		reply_start(&form, questions[i].id);
		menu_period_name(user, i == MENU_RECAP_BEFORE ? period - 1 : period, month);
		reply_set(&form, "per", "%s", month);
		reply_write(user->grammar, &form, text);
		snprintf(value, sizeof value, "%d", i);
		add(list, i + 1, text, value);
	}
}

static void
list_forms(const struct menu_user *user, struct menu_list *list)
{
	title(user, list, "MENU_ISIAN");
	for (size_t i = 0; i < user->grammar->form_count; i++)
		if (menu_serves_form(user, (int)i))
			add(list, 0, user->grammar->forms[i].title, user->grammar->forms[i].name);
}

/* --- categories --- */

/* The digits of its code: 7, P7 too. A secret one is its code and no more (rule 53); one whose number would turn the page
 * is written with a nought before it. */
static void
add_category(const struct menu_user *user, struct menu_list *list, const struct category *category)
{
	const char *digits = category->code + (isdigit((unsigned char)category->code[0]) ? 0 : 1);
	int number = atoi(digits);
	struct menu_choice *choice;
	char label[REPLY_SIZE];
	struct reply_form form;

	if (category->secret) {
		reply_start(&form, "FRASA_KODE");
		reply_set(&form, "kode", "%s", category->code);
		reply_write(user->grammar, &form, label);
	} else if (number == DIGITS) {
		snprintf(label, sizeof label, "0%d %s", number, category->keyword);
	} else {
		snprintf(label, sizeof label, "%d %s", number, category->keyword);
	}
	choice = add(list, number, label, category->code);
	choice->numbered = true;
}

static void
list_categories(const struct menu_user *user, struct menu_list *list, int family)
{
	title(user, list, "MENU_KATEGORI");
	list->inline_ = true;
	for (size_t i = 0; i < user->grammar->category_count; i++) {
		const struct category *category = &user->grammar->categories[i];

		if (category->list == user->grammar->active_list && (family < 0 || category->family == family))
			add_category(user, list, category);
	}
}

/* --- places --- */

struct names { struct menu_list *list; };

static void
on_place(void *ctx, const char *code, const char *name)
{
	const struct names *names = ctx;
	char label[64];
	size_t used = 0;

	/* As in answers: what a plain SMS cannot carry. */
	for (; *name != '\0' && used < reply_width("desa"); name++)
		if (((unsigned char)*name & 0xC0) != 0x80)
			label[used++] = reply_basic(*name) ? *name : '\'';
	label[used] = '\0';
	add(names->list, 0, label, code);
}

/* Two villages of one name: the end of their codes tells them apart. */
static void
tell_apart(struct menu_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		for (size_t j = i + 1; j < list->count; j++) {
			struct menu_choice *one = &list->choices[i], *other = &list->choices[j];
			size_t length = strlen(one->label);

			if (strcmp(one->label, other->label) != 0)
				continue;
			snprintf(one->label + length, sizeof one->label - length, " %s", strrchr(one->value, '.') + 1);
			snprintf(other->label + length, sizeof other->label - length, " %s",
				 strrchr(other->value, '.') + 1);
		}
}

static void
list_places(const struct menu_user *user, const struct menu *menu, struct menu_list *list)
{
	const char *area = menu_area(user, menu);
	int form = menu_form(user, menu);
	struct names names = { list };

	title(user, list, strlen(area) >= 8 ? "MENU_DESA" : strlen(area) >= 5 ? "MENU_KEC" : "MENU_KAB");
	/* A question, or what is for a kecamatan, may be about all of it. */
	if (area == user->who->asker.area && (menu_entry_of(menu) == MENU_QUESTIONS ||
					      (form >= 0 && user->grammar->forms[form].place == FORM_DISTRICT)))
		add_phrase(user, list, 0, "MENU_SEMUA", MENU_WHOLE);
	gazetteer_children(user->gazetteer, area, on_place, &names);
	tell_apart(list);
}

/* --- the rest --- */

static void
list_months(const struct menu_user *user, struct menu_list *list)
{
	int period = parse_usual_period(user->grammar, &user->who->asker.now);
	int oldest = user->who->asker.now.year * 12 + user->who->asker.now.month - 1 -
		     user->grammar->limits[LIMIT_OLDEST_MONTHS];

	title(user, list, "MENU_BULAN");
	/* In the first days the usual month is the one before. */
	if (period < user->who->asker.now.year * 12 + user->who->asker.now.month - 1)
		period++;
	for (; period >= oldest && list->count < MONTHS_MAX; period--) {
		char name[16], value[16];

		menu_period_name(user, period, name);
		snprintf(value, sizeof value, "%d", period);
		add(list, 0, name, value);
	}
}

static void
list_options(const struct menu_user *user, const struct form_field *field, struct menu_list *list)
{
	for (size_t i = 0; i < user->grammar->option_count; i++)
		if (user->grammar->options[i].choice == field->choice)
			add(list, 0, user->grammar->options[i].name, user->grammar->options[i].name);
}

static bool
fill_field(const struct menu_user *user, const struct menu *menu, size_t index, struct menu_list *list)
{
	const struct form_field *field = &user->grammar->forms[menu_form(user, menu)].fields[index];

	switch (field->type) {
	case FORM_CATEGORY:
		list_categories(user, list, field->family);
		return true;
	case FORM_OPTION:
		list_options(user, field, list);
		break;
	case FORM_FLAG:
		add_phrase(user, list, 1, "MENU_YA", "1");
		add_phrase(user, list, 2, "MENU_TIDAK", MENU_SKIPPED);
		break;
	default:
		return false;
	}
	snprintf(list->title, sizeof list->title, "%s", field->title);
	return true;
}

bool
menu_list_fill(const struct menu_user *user, const struct menu *menu, enum menu_slot slot, struct menu_list *out)
{
	*out = (struct menu_list){ .count = 0 };
	if (slot >= MENU_FIELD && slot < MENU_PERIOD)
		return fill_field(user, menu, slot - MENU_FIELD, out);
	switch (slot) {
	case MENU_ENTRY:
		list_entries(user, out);
		return true;
	case MENU_TOPIC:
		if (menu_entry_of(menu) == MENU_QUESTIONS)
			list_questions(user, out);
		else
			list_forms(user, out);
		return true;
	case MENU_CATEGORY:
		list_categories(user, out, menu_family(user, menu));
		return true;
	case MENU_SEX:
		title(user, out, "MENU_JK");
		add_phrase(user, out, 1, "MENU_LAKI", "L");
		add_phrase(user, out, 2, "MENU_PEREMPUAN", "P");
		return true;
	case MENU_AREA:
		list_places(user, menu, out);
		return true;
	case MENU_VENUE:
		if (menu->slots[MENU_VENUE][0] != '\0')
			return false;
		title(user, out, "MENU_TEMPAT");
		add_phrase(user, out, 1, "MENU_TEMPAT_DESA", out->title);
		add_phrase(user, out, 2, "MENU_TEMPAT_KEC", out->title);
		for (size_t i = 0; i < out->count; i++)
			memcpy(out->choices[i].value, out->choices[i].label, sizeof out->choices[i].value);
		add_phrase(user, out, 3, "MENU_TEMPAT_LAIN", MENU_ASKED);
		return true;
	case MENU_PERIOD:
		list_months(user, out);
		return true;
	default:
		return false;
	}
}

void
menu_list_clear(struct menu_list *list)
{
	free(list->choices);
	*list = (struct menu_list){ .count = 0 };
}

/* --- pages --- */

static size_t
write_choice(const struct menu_choice *choice, size_t place, char out[MENU_TEXT_SIZE])
{
	if (choice->numbered)
		return (size_t)snprintf(out, MENU_TEXT_SIZE, "%s", choice->label);
	return (size_t)snprintf(out, MENU_TEXT_SIZE, "%d %s", choice->number != 0 ? choice->number : (int)place + 1,
				choice->label);
}

/* As many choices from there on as fit into so many characters; returns the first that is not there. */
static size_t
fill_page(const struct menu_list *list, size_t from, size_t most, size_t room, char out[MENU_TEXT_SIZE])
{
	size_t used = 0, i;

	out[0] = '\0';
	for (i = from; i < list->count && (list->choices[i].number != 0 || i - from < most); i++) {
		char one[MENU_TEXT_SIZE];
		size_t length = write_choice(&list->choices[i], i - from, one);

		if (used + (used != 0) + length > room)
			break;
		used += (size_t)snprintf(out + used, MENU_TEXT_SIZE - used, "%s%s",
					 used == 0 ? "" : list->inline_ ? " " : "\n", one);
	}
	return i;
}

/* What is left for the choices, with a complaint above the title. */
static size_t
room_for(const struct menu_user *user, const struct menu_list *list, const char *id)
{
	struct reply_form form;
	char text[REPLY_SIZE], wrong[REPLY_SIZE];

	menu_phrase(user, "MENU_SALAH", wrong);
	reply_start(&form, id);
	reply_set(&form, "judul", "%s", list->title);
	reply_set(&form, "daftar", "%s", "");
	return MENU_TEXT_SIZE - 1 - strlen(wrong) - 1 - reply_write(user->grammar, &form, text);
}

bool
menu_list_page(const struct menu_user *user, const struct menu_list *list, int page, size_t *from, size_t *to,
	       char out[MENU_TEXT_SIZE])
{
	size_t room = room_for(user, list, "MENU_PILIH");

	*from = 0;
	*to = fill_page(list, 0, DIGITS, room, out);
	if (*to == list->count)
		return false;
	room = room_for(user, list, "MENU_PILIH_LANJUT");
	for (*to = 0; page >= 0; page--) {
		*from = *to < list->count ? *to : 0;
		*to = fill_page(list, *from, DIGITS - 1, room, out);
	}
	return true;
}

int
menu_list_pages(const struct menu_user *user, const struct menu_list *list)
{
	size_t from, to = 0;
	char page[MENU_TEXT_SIZE];
	int pages = 0;

	while (to < list->count)
		menu_list_page(user, list, pages++, &from, &to, page);
	return pages;
}
