/* SPDX-License-Identifier: GPL-3.0-or-later */
/* script: the tables of tests/rows. */
#include "script.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/xmalloc.h"

#define WIB (7 * 3600)

struct place { const char *file; size_t line; };

static void __attribute__((noreturn, format(printf, 2, 3)))
wrong(const struct place *place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s:%zu: ", place->file, place->line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(2);
}

/* --- lines --- */

typedef void each_line(struct script *script, const struct place *place, char *line);

/* Calls each() for every line that is not empty and no remark, without its end. */
static void
read_lines(struct script *script, const char *file, each_line *each)
{
	struct place place = { file, 0 };
	FILE *f = fopen(file, "re");
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	if (f == NULL)
		wrong(&place, "%s", strerror(errno));
	while ((length = getline(&line, &size, f)) > 0) {
		place.line++;
		while (length > 0 && isspace((unsigned char)line[length - 1]))
			line[--length] = '\0';
		if (length > 0 && line[strspn(line, " \t")] != '#')
			each(script, &place, line);
	}
	free(line);
	fclose(f);
}

static bool
is_row_id(const char *text)
{
	return isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1]) && isdigit((unsigned char)text[2])
		&& text[3] == '-' && isdigit((unsigned char)text[4]) && isdigit((unsigned char)text[5])
		&& (text[6] == '\0' || text[6] == ' ');
}

static size_t
find_row(const struct script *script, const char *id)
{
	size_t i = 0;

	while (i < script->row_count && strncmp(script->rows[i].id, id, ROW_ID_SIZE - 1) != 0)
		i++;
	return i;
}

/* --- the list of rows --- */

/* 000-01 A what it is about */
static void
list_line(struct script *script, const struct place *place, char *line)
{
	struct row row = { .grade = '\0' };

	if (!is_row_id(line) || strlen(line) < 10 || strchr("ABC", line[7]) == NULL || line[8] != ' ')
		wrong(place, "'%s', expected a row, its grade A, B or C, and what it is about", line);
	if (find_row(script, line) < script->row_count)
		wrong(place, "row %.6s stands there twice", line);
	memcpy(row.id, line, ROW_ID_SIZE - 1);
	row.grade = line[7];
	row.subject = xstrdup(line + 9);
	script->rows = xgrow(script->rows, script->row_count, sizeof *script->rows);
	script->rows[script->row_count++] = row;
}

void
script_read_list(struct script *script, const char *file)
{
	read_lines(script, file, list_line);
}

/* --- people --- */

size_t
script_somebody(const struct script *script, const char *key)
{
	size_t i = 0;

	while (i < script->people_count && strcmp(script->people[i].key, key) != 0)
		i++;
	return i;
}

/* sender phone role ..., tabs between. */
static void
people_line(struct script *script, const struct place *place, char *line)
{
	char *key = strsep(&line, "\t"), *phone = line ? strsep(&line, "\t") : NULL, *role = line ? strsep(&line, "\t") : NULL;

	if (role == NULL)
		wrong(place, "expected the columns sender, phone, role and more");
	if (strcmp(key, "sender") == 0)
		return;
	script->people = xgrow(script->people, script->people_count, sizeof *script->people);
	script->people[script->people_count++] = (struct somebody){ xstrdup(key), xstrdup(phone), strcmp(role, "NONE") != 0 };
}

void
script_read_people(struct script *script, const char *file)
{
	read_lines(script, file, people_line);
}

/* --- conversations --- */

static const char *reading;     /* the file, as conversations keep it */

static void
begin_conversation(struct script *script, const struct place *place, const char *line)
{
	size_t row = find_row(script, line);

	if (!is_row_id(line) || row == script->row_count)
		wrong(place, "'%s', expected a row of the list, or a step with blanks before it", line);
	script->conversations = xgrow(script->conversations, script->conversation_count, sizeof *script->conversations);
	script->conversations[script->conversation_count++] =
		(struct conversation){ .row = row, .line = place->line, .file = reading };
}

static void
add_step(struct conversation *conversation, const struct step *step)
{
	conversation->steps = xgrow(conversation->steps, conversation->count, sizeof *conversation->steps);
	conversation->steps[conversation->count++] = *step;
}

static int64_t
read_moment(const struct place *place, const char *text)
{
	struct civil civil;
	char rest;

	if (sscanf(text, "%d-%d-%d %d.%d%c", &civil.year, &civil.month, &civil.day, &civil.hour, &civil.minute, &rest) != 5)
		wrong(place, "'%s', expected a moment like 2026-10-20 09.00", text);
	return civil_moment(&civil, WIB);
}

/* Somebody > what he texts, or Somebody < what comes to him. */
static void
read_message(const struct script *script, const struct place *place, char *line, struct step *step)
{
	size_t key = strcspn(line, " \t");
	char *mark = line + key + strspn(line + key, " \t");

	if ((*mark != '>' && *mark != '<') || mark[1] != ' ')
		wrong(place, "'%s', expected somebody > text, somebody < text, @ moment, only somebody ..., $ command or = line",
		      line);
	line[key] = '\0';
	step->kind = *mark == '>' ? STEP_SAY : STEP_HEAR;
	step->who = script_somebody(script, line);
	if (step->who == script->people_count)
		wrong(place, "nobody is called %s", line);
	step->text = xstrdup(mark + 2);
}

static void
read_step(const struct script *script, const struct place *place, char *line, struct step *step)
{
	if (strncmp(line, "@ ", 2) == 0) {
		step->kind = STEP_TIME;
		step->wall = read_moment(place, line + 2);
	} else if (strncmp(line, "only ", 5) == 0) {
		step->kind = STEP_ONLY;
		step->text = xstrdup(line + 5);
	} else if (strncmp(line, "$ ", 2) == 0) {
		step->kind = STEP_RUN;
		step->text = xstrdup(line + 2);
	} else if (line[0] == '=' && (line[1] == ' ' || line[1] == '\0')) {
		step->kind = STEP_SEE;
		step->text = xstrdup(line[1] == '\0' ? "" : line + 2);
	} else {
		read_message(script, place, line, step);
	}
}

static void
conversation_line(struct script *script, const struct place *place, char *line)
{
	struct step step = { .line = place->line };
	struct conversation *last;

	if (!isspace((unsigned char)line[0])) {
		begin_conversation(script, place, line);
		return;
	}
	if (script->conversation_count == 0)
		wrong(place, "a step before the first row");
	last = &script->conversations[script->conversation_count - 1];
	read_step(script, place, line + strspn(line, " \t"), &step);
	if (last->count == 0 && step.kind != STEP_TIME)
		wrong(place, "expected when it begins: @ 2026-10-20 09.00");
	add_step(last, &step);
}

void
script_read(struct script *script, const char *file)
{
	reading = file;
	read_lines(script, file, conversation_line);
}

void
script_free(struct script *script)
{
	for (size_t i = 0; i < script->row_count; i++)
		free(script->rows[i].subject);
	for (size_t i = 0; i < script->people_count; i++) {
		free(script->people[i].key);
		free(script->people[i].phone);
	}
	for (size_t i = 0; i < script->conversation_count; i++) {
		for (size_t j = 0; j < script->conversations[i].count; j++)
			free(script->conversations[i].steps[j].text);
		free(script->conversations[i].steps);
	}
	free(script->rows);
	free(script->people);
	free(script->conversations);
}
