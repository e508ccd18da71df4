/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grammar_calendar: what stands below "reminder". Knows how a reminder is declared; grammar_calendar_check looks at the
 * whole of it. */
#include "lang/grammar_read.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/calendar.h"
#include "lang/grammar_cursor.h"

#define EVERY_MONTH 0xfffu
#define DAYS_MOST 366
#define HOURS_MOST (31 * 24)

/* One reminder while its lines are read. */
struct block { struct cursor *cursor; struct grammar *grammar; struct reminder *reminder; };

void
grammar_calendar_declare(struct grammar *grammar, struct grammar_notes *notes, const struct grammar_line *line,
			 const char *name, const char *title)
{
	notes->reminders = xgrow(notes->reminders, grammar->reminder_count, sizeof *notes->reminders);
	notes->reminders[grammar->reminder_count] = (struct reminder_note){ .line = line };
	grammar->reminders = xgrow(grammar->reminders, grammar->reminder_count, sizeof *grammar->reminders);
	grammar->reminders[grammar->reminder_count++] = (struct reminder){
		.name = xstrdup(name), .title = xstrdup(title), .form = -1, .reply = -1, .months = EVERY_MONTH };
}

void
grammar_calendar_free(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->reminder_count; i++) {
		free(grammar->reminders[i].name);
		free(grammar->reminders[i].title);
		free(grammar->reminders[i].roles);
	}
	free(grammar->reminders);
}

/* --- when --- */

static const char *const WEEKDAYS[] = { "", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
static const char *const NTHS[] = { "last", "first", "second", "third", "fourth" };

/* The index of the next piece in words[], and behind it; -1: it is none of them. */
static int
skip_one_of(struct block *block, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (words[i][0] != '\0' && cursor_skip(block->cursor, words[i]))
			return (int)i;
	return -1;
}

/* at 8, at 16.30 */
static bool
take_hour(struct block *block)
{
	const char *word, *dot;
	long hour, minute = 0;
	char hours[8];

	if (!cursor_this(block->cursor, "at") || (word = cursor_word(block->cursor, "an hour such as 8 or 16.30")) == NULL)
		return false;
	dot = strchr(word, '.');
	snprintf(hours, sizeof hours, "%.*s", (int)(dot != NULL ? dot - word : 7), word);
	if (!cursor_to_number(hours, 0, 23, &hour) ||
	    (dot != NULL && (strlen(dot) != 3 || !cursor_to_number(dot + 1, 0, 59, &minute))))
		return cursor_wrong(block->cursor, "%.40s, expected an hour such as 8 or 16.30", word);
	block->reminder->hour = (int)hour;
	block->reminder->minute = (int)minute;
	return cursor_end(block->cursor);
}

/* of 1, 4, 7, 10 */
static bool
take_months(struct block *block)
{
	const struct piece *piece;
	long month;

	if (!cursor_skip(block->cursor, "of"))
		return true;
	block->reminder->months = 0;
	do {
		if (!cursor_number(block->cursor, "months", 1, 12, &month))
			return false;
		block->reminder->months |= 1u << (month - 1);
		piece = cursor_peek(block->cursor);
		if (piece == NULL || piece->kind != PIECE_COMMA)
			return true;
		block->cursor->at++;
	} while (true);
}

static int
skip_subject(struct block *block, bool (*fits)(const struct subject_trait *trait))
{
	for (int i = 0; i < SUBJECTS; i++) {
		const struct subject_trait *trait = calendar_subject((enum subject_kind)i);

		if (trait->name != NULL && fits(trait) && cursor_skip(block->cursor, trait->name))
			return i;
	}
	return -1;
}

static bool
is_prompt(const struct subject_trait *trait)
{
	return trait->prompt;
}

static bool
is_dated(const struct subject_trait *trait)
{
	return trait->dated;
}

static bool
is_listed(const struct subject_trait *trait)
{
	return !trait->dated && !trait->prompt;
}

static bool
wrong_subject(struct block *block, const char *what, bool (*fits)(const struct subject_trait *trait))
{
	const struct piece *piece = cursor_peek(block->cursor);
	char all[160] = "";
	size_t used = 0;

	for (int i = 0; i < SUBJECTS; i++) {
		const struct subject_trait *trait = calendar_subject((enum subject_kind)i);

		if (trait->name != NULL && fits(trait) && used < sizeof all)
			used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", used != 0 ? ", " : "", trait->name);
	}
	return cursor_wrong(block->cursor, "%.40s, expected %s one of: %s", piece != NULL ? piece->text : "the line ends",
			    what, all);
}

/* 1 day before meeting, 7 days after referral: a look each day at what has that day. */
static bool
take_distance(struct block *block, long days)
{
	static const char *const units[] = { "day", "days" };
	bool before;
	int subject;

	block->cursor->at++;
	if (skip_one_of(block, units, 2) < 0)
		return cursor_this(block->cursor, "days");
	before = cursor_skip(block->cursor, "before");
	if (!before && !cursor_this(block->cursor, "after"))
		return false;
	subject = skip_subject(block, is_dated);
	if (subject < 0)
		return wrong_subject(block, before ? "behind before" : "behind after", is_dated);
	block->reminder->subject = (enum subject_kind)subject;
	block->reminder->ahead = before ? (int)days : -(int)days;
	block->reminder->cadence = CADENCE_DAILY;
	return take_hour(block);
}

static bool
take_day(struct block *block)
{
	long day;

	if (!cursor_number(block->cursor, "a day", 1, 31, &day))
		return false;
	block->reminder->cadence = CADENCE_MONTHLY;
	block->reminder->day = (int)day;
	return take_months(block) && take_hour(block);
}

/* first monday, last day */
static bool
take_nth(struct block *block, int nth)
{
	int weekday = skip_one_of(block, WEEKDAYS, sizeof WEEKDAYS / sizeof *WEEKDAYS);

	if (weekday < 0 && nth == 0 && cursor_skip(block->cursor, "day")) {
		block->reminder->cadence = CADENCE_MONTHLY;
	} else if (weekday < 0) {
		return cursor_this(block->cursor, "monday");
	} else {
		block->reminder->cadence = CADENCE_NTH;
		block->reminder->nth = nth;
		block->reminder->weekday = weekday;
	}
	return take_months(block) && take_hour(block);
}

static bool
line_when(struct block *block)
{
	const struct piece *piece = cursor_peek(block->cursor);
	long days;
	int found;

	if (piece != NULL && piece->kind == PIECE_WORD && cursor_to_number(piece->text, 0, DAYS_MOST, &days))
		return take_distance(block, days);
	if (cursor_skip(block->cursor, "day"))
		return take_day(block);
	if (cursor_skip(block->cursor, "daily")) {
		block->reminder->cadence = CADENCE_DAILY;
		return take_hour(block);
	}
	found = skip_one_of(block, NTHS, sizeof NTHS / sizeof *NTHS);
	if (found >= 0)
		return take_nth(block, found);
	found = skip_one_of(block, WEEKDAYS, sizeof WEEKDAYS / sizeof *WEEKDAYS);
	if (found >= 0) {
		block->reminder->cadence = CADENCE_WEEKLY;
		block->reminder->weekday = found;
		return take_hour(block);
	}
	found = skip_subject(block, is_prompt);
	if (found < 0)
		return wrong_subject(block, "day, daily, a weekday, first to fourth or last, a number of days, or", is_prompt);
	block->reminder->subject = (enum subject_kind)found;
	return cursor_end(block->cursor);
}

/* --- the other lines --- */

static bool
line_about(struct block *block)
{
	static const struct { const char *words[2]; enum about about; } periods[] = {
		{ { "this", "month" }, ABOUT_THIS_MONTH }, { { "last", "month" }, ABOUT_LAST_MONTH },
		{ { "last", "quarter" }, ABOUT_QUARTER }, { { "last", "semester" }, ABOUT_SEMESTER },
		{ { "last", "year" }, ABOUT_YEAR },
	};
	size_t at = block->cursor->at;

	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
		block->cursor->at = at;
		if (cursor_skip(block->cursor, periods[i].words[0]) && cursor_skip(block->cursor, periods[i].words[1])) {
			block->reminder->about = periods[i].about;
			return cursor_end(block->cursor);
		}
	}
	return cursor_wrong(block->cursor, "%.40s, expected this month, last month, last quarter, last semester or last year",
			    at < block->cursor->line->piece_count ? block->cursor->line->pieces[at].text : "the line ends");
}

static bool
line_each(struct block *block)
{
	int subject = skip_subject(block, is_listed);

	if (subject < 0)
		return wrong_subject(block, "behind each", is_listed);
	block->reminder->subject = (enum subject_kind)subject;
	return cursor_end(block->cursor);
}

static bool
add_role(struct block *block, const char *name)
{
	char hint[80] = "", *all;
	int best = INT_MAX;

	if (grammar_role(block->grammar, name) < 0) {
		for (size_t i = 0; i < block->grammar->role_count; i++)
			grammar_words_suggest(hint, name, block->grammar->roles[i].name, &best);
		return cursor_wrong(block->cursor, "role %.40s is not known, expected one that has a \"role\" statement%s",
				    name, hint);
	}
	all = block->reminder->roles != NULL ? xasprintf("%s,%s", block->reminder->roles, name) : xstrdup(name);
	free(block->reminder->roles);
	block->reminder->roles = all;
	return true;
}

static bool
line_to(struct block *block)
{
	const struct piece *piece;
	const char *name;

	do {
		name = cursor_word(block->cursor, "the name of a role");
		if (name == NULL || !add_role(block, name))
			return false;
		piece = cursor_peek(block->cursor);
		if (piece != NULL && piece->kind == PIECE_COMMA)
			block->cursor->at++;
	} while (cursor_peek(block->cursor) != NULL);
	return true;
}

/* 60 days */
static bool
take_days(struct block *block)
{
	long days;

	if (!cursor_number(block->cursor, "days", 1, DAYS_MOST, &days) || !cursor_this(block->cursor, "days"))
		return false;
	block->reminder->days = (int)days;
	return cursor_end(block->cursor);
}

/* missing, missing FCU-BERKAS, idle 60 days */
static bool
line_if(struct block *block)
{
	const char *name = cursor_word(block->cursor, "a condition"), *form;
	char hint[80] = "", all[160] = "";
	int best = INT_MAX, condition = 0;
	size_t used = 0;

	if (name == NULL)
		return false;
	while (condition < CONDITIONS && strcmp(calendar_condition((enum condition)condition)->name, name) != 0)
		condition++;
	for (int i = 0; i < CONDITIONS && condition == CONDITIONS && used < sizeof all; i++) {
		const char *known = calendar_condition((enum condition)i)->name;

		grammar_words_suggest(hint, name, known, &best);
		used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", used != 0 ? ", " : "", known);
	}
	if (condition == CONDITIONS)
		return cursor_wrong(block->cursor, "condition %.40s%s, expected one of: %s", name, hint, all);
	block->reminder->condition = (enum condition)condition;
	if (calendar_condition((enum condition)condition)->days)
		return take_days(block);
	if (cursor_peek(block->cursor) == NULL || !calendar_condition((enum condition)condition)->form)
		return cursor_end(block->cursor);
	form = cursor_word(block->cursor, "the name of a form");
	block->reminder->form = form != NULL ? grammar_form(block->grammar, form) : -1;
	if (form != NULL && block->reminder->form < 0)
		return cursor_wrong(block->cursor, "form %.40s is not known, expected one that has a \"form\" statement", form);
	return form != NULL && cursor_end(block->cursor);
}

static bool
line_send(struct block *block)
{
	const char *id = cursor_word(block->cursor, "the name of a reply");
	char hint[80] = "";
	int best = INT_MAX;

	if (id == NULL)
		return false;
	block->reminder->reply = grammar_reply(block->grammar, id);
	for (size_t i = 0; i < block->grammar->reply_count; i++)
		grammar_words_suggest(hint, id, block->grammar->replies[i].id, &best);
	if (block->reminder->reply < 0)
		return cursor_wrong(block->cursor, "reply %.40s is not known, expected one that has a \"reply\" statement%s", id,
				    hint);
	return cursor_end(block->cursor);
}

/* deadline day 5 */
static bool
line_deadline(struct block *block)
{
	long day;

	if (!cursor_this(block->cursor, "day") || !cursor_number(block->cursor, "a day", 1, 31, &day))
		return false;
	block->reminder->deadline = (int)day;
	return cursor_end(block->cursor);
}

/* valid 36 hours, valid 2 days */
static bool
line_valid(struct block *block)
{
	static const char *const units[] = { "hour", "hours", "day", "days" };
	long count;
	int unit;

	if (!cursor_number(block->cursor, "a number", 1, HOURS_MOST, &count))
		return false;
	unit = skip_one_of(block, units, 4);
	if (unit < 0)
		return cursor_this(block->cursor, "hours");
	if (unit >= 2)
		count *= 24;
	if (count > HOURS_MOST)
		return cursor_wrong(block->cursor, "%ld hours, expected at most %d", count, HOURS_MOST);
	block->reminder->valid = (int)count;
	return cursor_end(block->cursor);
}

enum { LINE_WHEN, LINE_ABOUT, LINE_EACH, LINE_TO, LINE_IF, LINE_SEND, LINE_DEADLINE, LINE_VALID, LINES };

static const struct { const char *name; bool (*read)(struct block *); bool must; } LINE[LINES] = {
	[LINE_WHEN] = { "when", line_when, true }, [LINE_ABOUT] = { "about", line_about, false },
	[LINE_EACH] = { "each", line_each, false }, [LINE_TO] = { "to", line_to, false },
	[LINE_IF] = { "if", line_if, false }, [LINE_SEND] = { "send", line_send, true },
	[LINE_DEADLINE] = { "deadline", line_deadline, false }, [LINE_VALID] = { "valid", line_valid, true },
};

void
grammar_calendar_line(struct cursor *cursor, struct grammar *grammar, struct grammar_notes *notes, int reminder)
{
	struct block block = { cursor, grammar, &grammar->reminders[reminder] };
	struct reminder_note *note = &notes->reminders[reminder];
	const char *name = cursor->line->pieces[0].text;
	char hint[80] = "";
	int best = INT_MAX, line = 0;

	while (line < LINES && strcmp(LINE[line].name, name) != 0)
		grammar_words_suggest(hint, name, LINE[line++].name, &best);
	if (line == LINES) {
		cursor_wrong(cursor, "%.40s cannot stand below \"reminder\"%s, expected when, about, each, to, if, send, "
			     "deadline or valid", name, hint);
		return;
	}
	if ((note->seen & 1u << line) != 0) {
		cursor_wrong(cursor, "%s stands twice below this \"reminder\", expected it once", name);
		return;
	}
	note->seen |= 1u << line;
	cursor->at = 1;
	LINE[line].read(&block);
}

/* --- the whole --- */

static void __attribute__((format(printf, 3, 4)))
fault(struct grammar_notes *notes, const struct reminder_note *note, const char *format, ...)
{
	char what[300];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	grammar_fault(notes->faults, note->line->file, note->line->number, "%s", what);
}

/* CALON 17 BERKAS 1 2 4: a number that names the entry, and some that are collected. */
static bool
collects_numbers(const struct grammar *grammar, int form)
{
	const struct form *of = form >= 0 ? &grammar->forms[form] : NULL;

	return of != NULL && of->field_count >= 2 && of->keyed[0] && of->fields[0].type == FORM_COUNT &&
	       of->fields[1].type == FORM_NUMBERS && of->fields[1].collected;
}

static void
check_one(const struct grammar *grammar, struct grammar_notes *notes, const struct reminder *reminder,
	  const struct reminder_note *note)
{
	const struct subject_trait *subject = calendar_subject(reminder->subject);
	const struct condition_trait *condition = calendar_condition(reminder->condition);

	for (int line = 0; line < LINES; line++)
		if (LINE[line].must && (note->seen & 1u << line) == 0)
			fault(notes, note, "nothing says \"%s\" below this \"reminder\", expected it", LINE[line].name);
	if ((note->seen & 1u << LINE_TO) == 0 && !subject->invites)
		fault(notes, note, "nothing says \"to\" below this \"reminder\", expected it");
	if ((note->seen & 1u << LINE_EACH) != 0 && (subject->dated || subject->prompt))
		fault(notes, note, "\"each\" and a %s in \"when\", expected one of them", subject->name);
	if (subject->period && reminder->about != ABOUT_NOTHING)
		fault(notes, note, "a %s has its own period, expected no \"about\"", subject->name);
	if (condition->period && reminder->about == ABOUT_NOTHING && !subject->period)
		fault(notes, note, "\"if %s\" without a period, expected a line \"about\"", condition->name);
	if (condition->numbers && !collects_numbers(grammar, reminder->form))
		fault(notes, note, "\"if %s\" without numbers, expected the name of a form whose fields are a number behind "
		      "\"unique organisation by\" and collected numbers", condition->name);
	if (condition->stages && (reminder->form < 0 || grammar->forms[reminder->form].due < 0))
		fault(notes, note, "\"if %s\" without stages, expected the name of a form that has a line \"due\"",
		      condition->name);
}

void
grammar_calendar_check(struct grammar *grammar, struct grammar_notes *notes)
{
	for (size_t i = 0; i < grammar->reminder_count; i++)
		check_one(grammar, notes, &grammar->reminders[i], &notes->reminders[i]);
}
