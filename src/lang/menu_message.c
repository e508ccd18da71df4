/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu_message: what was chosen, as the message that somebody would have typed. Its words are the grammar's. */
#include "lang/menu_parts.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct message { char *text; size_t used; };

static void say(struct message *message, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One more word. */
static void
say(struct message *message, const char *format, ...)
{
	va_list args;

	if (message->used != 0 && message->used < MENU_MESSAGE_SIZE - 1)
		message->text[message->used++] = ' ';
	va_start(args, format);
	message->used += (size_t)vsnprintf(message->text + message->used, MENU_MESSAGE_SIZE - message->used, format, args);
	va_end(args);
	if (message->used >= MENU_MESSAGE_SIZE)
		message->used = MENU_MESSAGE_SIZE - 1;
}

static void
say_word(const struct menu_user *user, struct message *message, enum word_kind kind, int value)
{
	const char *word = grammar_spell(user->grammar, kind, value);

	if (word != NULL)
		say(message, "%s", word);
}

/* K07: its name need not be in the message. Only numbers can be said so. */
static void
say_category(const struct menu_user *user, struct message *message, const char *code)
{
	const char *mark = grammar_spell(user->grammar, WORD_CODE, 0);
	int index = grammar_category(user->grammar, code);

	if (isdigit((unsigned char)code[0]) && mark != NULL)
		say(message, "%s%s", mark, code);
	else if (index >= 0)
		say(message, "%s", user->grammar->categories[index].keyword);
}

static void
say_area(const struct menu_user *user, struct message *message, const struct menu *menu)
{
	const char *area = menu_area(user, menu);

	if (area != user->who->asker.area)
		say(message, "%s", area);
}

static void
say_period(const struct menu_user *user, struct message *message, int period)
{
	(void)user;
	say(message, "%04d-%02d", period / 12, period % 12 + 1);
}

static void
say_case(const struct menu_user *user, const struct menu *menu, struct message *message)
{
	say_word(user, message, WORD_VERB, VERB_KASUS);
	say_category(user, message, menu->slots[MENU_CATEGORY]);
	if (menu->slots[MENU_SEX][0] != '\0')
		say_word(user, message, WORD_SEX, menu->slots[MENU_SEX][0]);
	if (menu->slots[MENU_AGE][0] != '\0') {
		say_word(user, message, WORD_AGE, 0);
		say(message, "%s", menu->slots[MENU_AGE]);
	}
	say_area(user, message, menu);
}

static void
say_question(const struct menu_user *user, const struct menu *menu, struct message *message)
{
	static const enum verb verbs[MENU_QUESTION_COUNT] = {
		[MENU_TOTAL] = VERB_JUMLAH, [MENU_RECAP] = VERB_REKAP, [MENU_RECAP_BEFORE] = VERB_REKAP,
		[MENU_MISSING] = VERB_BELUM, [MENU_STATUS] = VERB_STATUS, [MENU_OVERLAPS] = VERB_TUMPANG,
	};
	int topic = menu_topic(menu), period = parse_usual_period(user->grammar, &user->who->asker.now);

	say_word(user, message, WORD_VERB, topic < 0 ? VERB_LAGI : (int)verbs[topic]);
	if (topic < 0)
		return;
	if (topic == MENU_STATUS)
		return;
	if (topic == MENU_TOTAL)
		say_category(user, message, menu->slots[MENU_CATEGORY]);
	say_area(user, message, menu);
	say_period(user, message, topic == MENU_RECAP_BEFORE ? period - 1 : period);
}

/* 2710 is 27-10 of this year, 05012027 says which. */
static void
say_date(const struct menu_user *user, struct message *message, const char *digits)
{
	if (strlen(digits) == 8)
		say(message, "%.2s-%.2s-%s", digits, digits + 2, digits + 4);
	else
		say(message, "%.2s-%.2s-%04d", digits, digits + 2, user->who->asker.now.year);
}

static void
say_meeting(const struct menu_user *user, const struct menu *menu, struct message *message)
{
	say_word(user, message, WORD_VERB, VERB_RAPAT);
	say_date(user, message, menu->slots[MENU_DATE]);
	say_word(user, message, WORD_CLOCK, 0);
	say(message, "%.2s.%s", menu->slots[MENU_CLOCK], menu->slots[MENU_CLOCK] + 2);
	say_word(user, message, WORD_AT, 0);
	say(message, "%s", menu->slots[MENU_VENUE]);
}

/* 13 is 1,3. */
static void
say_numbers(struct message *message, const char *digits)
{
	char text[2 * FORM_LIST_MAX + 1];
	size_t used = 0;

	for (; *digits != '\0' && used + 2 < sizeof text; digits++) {
		if (used != 0)
			text[used++] = ',';
		text[used++] = *digits;
	}
	text[used] = '\0';
	say(message, "%s", text);
}

static void
say_field(const struct menu_user *user, const struct menu *menu, struct message *message, int form, size_t index,
	  bool marked)
{
	const struct form_field *field = &user->grammar->forms[form].fields[index];
	const char *value = menu->slots[MENU_FIELD + index];

	if (marked)
		say_word(user, message, WORD_MARK, (int)index * FORMS_MAX + form);
	switch (field->type) {
	case FORM_FLAG: break;
	case FORM_CATEGORY: say_category(user, message, value); break;
	case FORM_NUMBERS: say_numbers(message, value); break;
	case FORM_DATE: say_date(user, message, value); break;
	default: say(message, "%s", value); break;
	}
}

/* The form's words, its fields in their order, place and month, and what goes to the end of the message last. A word that
 * is its own and also a field's mark stands there once: FCU DASAR 9. */
static void
say_form(const struct menu_user *user, const struct menu *menu, struct message *message)
{
	int index = menu_form(user, menu), first = -1;
	const struct form *form = &user->grammar->forms[index];

	say_word(user, message, WORD_FORM, form->under >= 0 ? form->under : index);
	if (form->under >= 0) {
		const char *word = grammar_spell(user->grammar, WORD_UNDER, index);

		say(message, "%s", word);
		first = grammar_word_in(user->grammar, WORD_MARK, index, word);
		if (first >= 0 && menu->slots[MENU_FIELD + first][0] != '\0')
			say_field(user, menu, message, index, (size_t)first, false);
	}
	for (size_t i = 0; i < form->field_count; i++) {
		const char *value = menu->slots[MENU_FIELD + i];

		if ((int)i != first && value[0] != '\0' && strcmp(value, MENU_SKIPPED) != 0 && form->fields[i].type != FORM_TEXT)
			say_field(user, menu, message, index, i, form->fields[i].marked);
	}
	say_area(user, message, menu);
	if (form->monthly)
		say_period(user, message, menu_period(user, menu));
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FORM_TEXT && menu->slots[MENU_FIELD + i][0] != '\0' &&
		    strcmp(menu->slots[MENU_FIELD + i], MENU_SKIPPED) != 0)
			say_field(user, menu, message, index, i, true);
}

void
menu_message(const struct menu_user *user, const struct menu *menu, char out[MENU_MESSAGE_SIZE])
{
	struct message message = { out, 0 };

	out[0] = '\0';
	switch (menu_entry_of(menu)) {
	case MENU_REPORTS:
		say(&message, "%s", menu->slots[MENU_ENTRY]);
		say_category(user, &message, menu->slots[MENU_CATEGORY]);
		say(&message, "%s", menu->slots[MENU_COUNT]);
		say_area(user, &message, menu);
		say_period(user, &message, menu_period(user, menu));
		break;
	case MENU_CASES: say_case(user, menu, &message); break;
	case MENU_QUESTIONS: say_question(user, menu, &message); break;
	case MENU_MEETINGS: say_meeting(user, menu, &message); break;
	case MENU_FORMS: say_form(user, menu, &message); break;
	case MENU_HELP: say_word(user, &message, WORD_VERB, VERB_BANTUAN); break;
	case MENU_ENTRIES: break;
	}
}
