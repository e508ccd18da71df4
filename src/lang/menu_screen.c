/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu_screen: how the menu looks. All words are the grammar's. */
#include "lang/menu_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "lang/answer.h"
#include "lang/answer_parts.h"


void
menu_phrase(const struct menu_user *user, const char *id, char out[REPLY_SIZE])
{
	struct reply_form form;

	reply_start(&form, id);
	reply_write(user->grammar, &form, out);
}

void
menu_period_name(const struct menu_user *user, int period, char out[16])
{
	snprintf(out, 16, "%.4s %04d", user->grammar->month_names[period % 12 + 1], period / 12 % 10000);
}

static void
write_screen(const struct menu_user *user, const struct reply_form *form, struct menu_screen *out)
{
	char text[REPLY_SIZE];

	reply_write(user->grammar, form, text);
	snprintf(out->id, sizeof out->id, "%s", form->id);
	snprintf(out->text, sizeof out->text, "%.*s", MENU_TEXT_SIZE - 1, text);
}

static void
show(const struct menu_user *user, const char *id, enum menu_turn turn, struct menu_screen *out)
{
	struct reply_form form;

	reply_start(&form, id);
	write_screen(user, &form, out);
	out->turn = turn;
}

/* --- choices --- */

static void
show_list(const struct menu_user *user, const struct menu *menu, enum menu_slot slot, const struct menu_list *list,
	  struct menu_screen *out)
{
	struct reply_form form;
	char page[MENU_TEXT_SIZE];
	size_t from, to;
	bool more = menu_list_page(user, list, menu->page, &from, &to, page);

	reply_start(&form, slot == MENU_ENTRY ? "MENU_UTAMA" : more ? "MENU_PILIH_LANJUT" : "MENU_PILIH");
	if (slot == MENU_ENTRY)
		reply_set(&form, "wil", "%s", user->area);
	else
		reply_set(&form, "judul", "%s", list->title);
	reply_set_lines(&form, "daftar", page);
	write_screen(user, &form, out);
}

/* --- what is typed --- */

static void
ask_count(const struct menu_user *user, const struct menu *menu, struct reply_form *form)
{
	const struct grammar *grammar = user->grammar;
	int category = menu_category(user, menu);
	const char *village = gazetteer_name(user->gazetteer, menu_area(user, menu));
	struct outcome none = { .reply = { .count = 0 } };
	struct answer answer = { grammar, user->gazetteer, user->who, &none };
	char label[REPLY_SIZE], month[16];

	answer_label(&answer, category, label);
	menu_period_name(user, menu_period(user, menu), month);
	reply_start(form, "MENU_JUMLAH");
	reply_set(form, "kat", "%s", label);
	reply_set(form, "desa", "%s", village != NULL ? village : menu_area(user, menu));
	reply_set(form, "per", "%s", month);
	reply_set(form, "sat", "%s", grammar->units[grammar->categories[category].units[0].unit].name);
}

static void
ask_field(const struct form_field *field, struct reply_form *form)
{
	bool skip = menu_may_skip(field);

	switch (field->type) {
	case FORM_TEXT: reply_start(form, skip ? "MENU_TEKS_LEWAT" : "MENU_TEKS"); break;
	case FORM_NUMBERS: reply_start(form, skip ? "MENU_NOMOR_LEWAT" : "MENU_NOMOR"); break;
	case FORM_DATE: reply_start(form, skip ? "MENU_TANGGAL_LEWAT" : "MENU_TANGGAL_ISIAN"); break;
	default: reply_start(form, skip ? "MENU_ANGKA_LEWAT" : "MENU_ANGKA"); break;
	}
	reply_set(form, "isian", "%s", field->title);
	reply_set(form, "n", "%ld", field->type == FORM_CASE ? 1 : field->least);
	reply_set(form, "m", "%ld", field->type == FORM_CASE ? 99999 : field->most);
}

static void
ask_typed(const struct menu_user *user, const struct menu *menu, enum menu_slot slot, struct menu_screen *out)
{
	struct reply_form form;

	switch (slot) {
	case MENU_COUNT: ask_count(user, menu, &form); break;
	case MENU_AGE: reply_start(&form, "MENU_UMUR"); break;
	case MENU_DATE: reply_start(&form, "MENU_TANGGAL"); break;
	case MENU_CLOCK: reply_start(&form, "MENU_JAM"); break;
	case MENU_VENUE: reply_start(&form, "MENU_TEMPAT_KETIK"); break;
	default:
		ask_field(&user->grammar->forms[menu_form(user, menu)].fields[slot - MENU_FIELD], &form);
		break;
	}
	out->free = strcmp(form.id, "MENU_TEMPAT_KETIK") == 0 || strncmp(form.id, "MENU_TEKS", 9) == 0;
	write_screen(user, &form, out);
}

/* What can be done once a message was handled; NULL: nothing. */
static const char *
further(const struct menu *menu)
{
	switch (menu_entry_of(menu)) {
	case MENU_REPORTS: return "MENU_LAGI_LAPOR";
	case MENU_CASES: case MENU_FORMS: return "MENU_LAGI";
	case MENU_QUESTIONS: return "MENU_HALAMAN";
	default: return NULL;
	}
}

void
menu_look(const struct menu_user *user, const struct menu *menu, struct menu_screen *out)
{
	enum menu_slot slot = menu_pending(user, menu);
	const char *confirmed = menu->slots[MENU_CONFIRMED];
	struct menu_list list;

	memset(out, 0, sizeof *out);
	if (strcmp(confirmed, MENU_OVER) == 0) {
		show(user, menu->slots[MENU_ENTRY][0] != '\0' ? "MENU_BATAL" : "MENU_SELESAI", MENU_ENDS, out);
	} else if (strcmp(confirmed, MENU_SENT) == 0) {
		show(user, further(menu), MENU_ASKS, out);
	} else if (slot == MENU_CONFIRMED || slot == MENU_SLOTS) {
		out->turn = slot == MENU_CONFIRMED ? MENU_CONFIRMS : MENU_SENDS;
		menu_message(user, menu, out->message);
	} else if (menu_list_fill(user, menu, slot, &list)) {
		show_list(user, menu, slot, &list, out);
		menu_list_clear(&list);
	} else {
		ask_typed(user, menu, slot, out);
	}
}

void
menu_repeat(const struct menu_user *user, struct menu_screen *screen)
{
	char wrong[REPLY_SIZE], text[REPLY_SIZE];

	menu_phrase(user, "MENU_SALAH", wrong);
	snprintf(text, sizeof text, "%.160s\n%s", wrong, screen->text);
	snprintf(screen->text, sizeof screen->text, "%.*s", MENU_TEXT_SIZE - 1, text);
}

/* --- what was read --- */

static void
confirm_case(struct answer *answer)
{
	struct outcome *read = answer->outcome;
	const struct field *sex = outcome_field(read, "jk"), *age = outcome_field(read, "umur");

	reply_start(&read->reply, sex != NULL && age != NULL ? "MENU_KIRIM_KASUS" : "MENU_KIRIM_KELUARGA");
	answer_category(answer, read->category, "");
	answer_village_name(answer, read->village);
	if (sex != NULL && age != NULL) {
		reply_set(&read->reply, "jk", "%s", sex->text);
		reply_set(&read->reply, "umur", "%ld", age->number);
	}
}

static void
confirm_meeting(struct answer *answer)
{
	struct outcome *read = answer->outcome;

	reply_start(&read->reply, "MENU_KIRIM_RAPAT");
	answer_date(answer);
	reply_set(&read->reply, "jam", "%s", outcome_field(read, "jam")->text);
	reply_set(&read->reply, "tempat", "%s", outcome_field(read, "tempat")->text);
}

static void
confirm_form(struct answer *answer)
{
	struct outcome *read = answer->outcome;
	const struct form *form = &answer->grammar->forms[read->form];
	char offered[REPLY_SIZE];
	size_t used;

	answer_offered(answer->grammar, read, offered);
	used = strlen(offered);
	/* The summary leaves texts out; here whoever wrote one sees as much of it as there is room for. */
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FORM_TEXT && read->after[i].given)
			used += (size_t)snprintf(offered + used, sizeof offered - used, "%s%.80s",
						 used != 0 && offered[used - 1] == ' ' ? "" : " ", read->after[i].text);
	reply_start(&read->reply, form->monthly ? "MENU_KIRIM_ISIAN" : "MENU_KIRIM_TEMPAT");
	answer_village_name(answer, read->area);
	if (form->monthly)
		answer_period(answer);
	reply_set(&read->reply, "isi", "%s", offered);
}

void
menu_confirm(const struct menu_user *user, const struct menu *menu, struct outcome *read, struct menu_screen *out)
{
	struct answer answer = { user->grammar, user->gazetteer, user->who, read };

	memset(out, 0, sizeof *out);
	switch (menu_entry_of(menu)) {
	case MENU_CASES: confirm_case(&answer); break;
	case MENU_MEETINGS: confirm_meeting(&answer); break;
	case MENU_FORMS: confirm_form(&answer); break;
	default:
		answer_for_village(&answer, "MENU_KIRIM");
		answer_items(&answer);
		break;
	}
	write_screen(user, &read->reply, out);
}

/* The answer, and below it what can be done; false: there is no room for both. */
static bool
append(const struct menu_user *user, const char *answer, const char *id, struct menu_screen *out)
{
	char tail[REPLY_SIZE];

	memset(out, 0, sizeof *out);
	snprintf(out->id, sizeof out->id, "%s", id);
	menu_phrase(user, id, tail);
	if (strlen(answer) + 1 + strlen(tail) >= sizeof out->text) {
		snprintf(out->text, sizeof out->text, "%.*s", MENU_TEXT_SIZE - 1, answer);
		return false;
	}
	strcpy(out->text, answer);
	strcat(out->text, "\n");
	strcat(out->text, tail);
	return true;
}

void
menu_refuse(const struct menu_user *user, struct menu *menu, const char *answer, struct menu_screen *out)
{
	/* Without room for the choices they hold all the same. */
	(void)append(user, answer, "MENU_UBAH", out);
	menu->refused = true;
}

/* What a long answer says of its next page is said by digits here. false: there is no next page. */
static bool
cut_page_hint(const struct menu_user *user, char text[REPLY_SIZE])
{
	char hint[REPLY_SIZE];
	size_t length = strlen(text), tail;

	menu_phrase(user, "FRASA_LANJUT", hint);
	tail = strlen(hint);
	if (length <= tail || strcmp(text + length - tail, hint) != 0)
		return false;
	text[length - tail] = '\0';
	return true;
}

void
menu_go_on(const struct menu_user *user, struct menu *menu, bool accepted, const char *answer, struct menu_screen *out)
{
	const char *id = further(menu);
	char page[REPLY_SIZE];

	if (accepted && menu_entry_of(menu) == MENU_QUESTIONS) {
		snprintf(page, sizeof page, "%s", answer);
		if (cut_page_hint(user, page) && append(user, page, id, out)) {
			snprintf(menu->slots[MENU_CONFIRMED], MENU_SLOT_SIZE, MENU_SENT);
			return;
		}
		accepted = false;
	}
	if (accepted && id != NULL && append(user, answer, id, out)) {
		snprintf(menu->slots[MENU_CONFIRMED], MENU_SLOT_SIZE, MENU_SENT);
		return;
	}
	memset(out, 0, sizeof *out);
	snprintf(out->text, sizeof out->text, "%.*s", MENU_TEXT_SIZE - 1, answer);
	out->turn = MENU_ENDS;
}
