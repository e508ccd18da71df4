/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roster: the office's list of people as a table in a file, in and out. */
#include "store/roster.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xmalloc.h"
#include "store/people.h"
#include "store/region.h"
#include "store/sheet.h"
#include "store/store.h"

/* Columns of the file; the first ones must be there. */
enum column { COLUMN_PHONE, COLUMN_ROLE, COLUMN_ORG, COLUMN_AREA, COLUMN_RW, COLUMNS_NEEDED,
	      COLUMN_NAME = COLUMNS_NEEDED, COLUMN_REMINDERS, COLUMN_BLOCKED, COLUMN_SENDER, COLUMN_AREA_NAME, COLUMNS };

static const char *const column_names[COLUMNS] = {
	[COLUMN_PHONE] = "phone", [COLUMN_ROLE] = "role", [COLUMN_ORG] = "org", [COLUMN_AREA] = "area",
	[COLUMN_RW] = "rw", [COLUMN_NAME] = "name", [COLUMN_REMINDERS] = "reminders", [COLUMN_SENDER] = "sender",
	[COLUMN_AREA_NAME] = "area_name", [COLUMN_BLOCKED] = "blocked",
};
#define COLUMNS_WANTED "expected sender, phone, role, org, area, area_name, rw and maybe name, reminders and blocked"
#define NUMBERS_MAX 8           /* of one person */

/* A number and the line it was in, so that nobody is listed twice by mistake. */
struct seen {
	char phone[PHONE_SIZE];
	int line;
};

struct import {
	struct store *store;
	struct sheet sheet;
	int columns[COLUMNS];          /* where each is, -1 nowhere */
	const struct roster_role *roles;
	void *seen;                    /* tsearch(3) tree of struct seen */
	char **error;
};

/* What a line says. */
struct line {
	struct person person;          /* phone: the first number that is known already, else the first */
	char numbers[NUMBERS_MAX][PHONE_SIZE];
	size_t count;
	bool stop, blocked;
};

static int
compare_seen(const void *a, const void *b)
{
	return strcmp(((const struct seen *)a)->phone, ((const struct seen *)b)->phone);
}

#define wrong(import, ...) sheet_wrong(&(import)->sheet, (import)->error, __VA_ARGS__)

static const char *
cell(const struct import *import, enum column column)
{
	return sheet_cell(&import->sheet, import->columns[column]);
}

static int
place_column(struct import *import, int at)
{
	const char *name = sheet_cell(&import->sheet, at);

	for (int i = 0; i < COLUMNS; i++) {
		if (strcasecmp(name, column_names[i]) != 0)
			continue;
		if (import->columns[i] >= 0)
			return wrong(import, "column '%s' is there twice", name);
		import->columns[i] = at;
		return 0;
	}
	return wrong(import, "column '%s', " COLUMNS_WANTED, name);
}

static int
read_header(struct import *import)
{
	int result = sheet_read(&import->sheet, import->error);

	if (result < 0)
		return result;
	for (int i = 0; i < COLUMNS; i++)
		import->columns[i] = -1;
	result = 0;
	for (size_t i = 0; result == 0 && i < import->sheet.count; i++)
		result = place_column(import, (int)i);
	for (int i = 0; result == 0 && i < COLUMNS_NEEDED; i++)
		if (import->columns[i] < 0)
			result = wrong(import, "column '%s' is missing, " COLUMNS_WANTED, column_names[i]);
	return result;
}

const char *
roster_level(int level)
{
	static const struct { int length; const char *what; } kinds[] = {
		{0, "no area"}, {2, "a province code like 32"}, {5, "a kabupaten code like 32.07"},
		{8, "a kecamatan code like 32.07.34"}, {13, "a village code like 32.07.34.2007"},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].length == level)
			return kinds[i].what;
	return "another";
}

static int
check_area(struct import *import, const char *area, int level)
{
	char name[128];
	int error;

	if (level >= 0 && strlen(area) != (size_t)level)
		return wrong(import, "area '%s' of role %s, expected %s", area, cell(import, COLUMN_ROLE),
			     roster_level(level));
	error = region_name(import->store, area, name, sizeof name);
	if (error == -ENOENT)
		return wrong(import, "area '%s' is not known, expected a code of the imported regions", area);
	return error;
}

static int
copy_text(struct import *import, enum column column, char *out, size_t size)
{
	const char *text = cell(import, column);

	if (strlen(text) >= size)
		return wrong(import, "%s '%s' is too long, expected at most %zu characters", column_names[column], text,
			     size - 1);
	strcpy(out, text);
	return 0;
}

static int
read_rw(struct import *import, struct person *person)
{
	const char *rw = cell(import, COLUMN_RW);
	size_t digits = strspn(rw, "0123456789");

	if (*rw == '\0')
		return 0;
	if (digits == 0 || digits > 3 || rw[digits] != '\0' || atoi(rw) == 0)
		return wrong(import, "rw '%s', expected a number from 1 to 999 or nothing", rw);
	if (strlen(person->area) != 13)
		return wrong(import, "rw '%s' outside a village, expected nothing or a village in column area", rw);
	person->rw = atoi(rw);
	return 0;
}

/* Nobody is listed twice by mistake. */
static int
remember(struct import *import, const char *raw, const char *phone)
{
	struct seen *seen = xcalloc(1, sizeof *seen), **found;

	snprintf(seen->phone, sizeof seen->phone, "%s", phone);
	seen->line = import->sheet.line;
	found = tsearch(seen, &import->seen, compare_seen);
	if (found == NULL)
		memory_gone();
	if (*found == seen)
		return 0;
	free(seen);
	return wrong(import, "phone '%s' is in line %d already, expected each number once", raw, (*found)->line);
}

static int
read_number(struct import *import, const char *raw, struct line *line)
{
	char *number = line->numbers[line->count];

	if (line->count == NUMBERS_MAX)
		return wrong(import, "more than %d numbers in column phone", NUMBERS_MAX);
	if (!phone_normalise(raw, number))
		return wrong(import, "phone '%s', expected 9 to 15 digits like 0812..., 62812... or +62812...", raw);
	line->count++;
	return remember(import, raw, number);
}

static int
read_phones(struct import *import, struct line *line)
{
	char *cell_text = xstrdup(cell(import, COLUMN_PHONE)), *rest = cell_text, *one;
	int error = 0;

	while (error == 0 && (one = strsep(&rest, ",")) != NULL)
		error = read_number(import, one + strspn(one, " "), line);
	free(cell_text);
	return error;
}

static int
read_reminders(struct import *import, struct line *line)
{
	const char *word = cell(import, COLUMN_REMINDERS);

	line->stop = strcasecmp(word, "stop") == 0;
	return *word == '\0' || line->stop ? 0 : wrong(import, "reminders '%s', expected stop or nothing", word);
}

/* Of somebody with a role, which he has again when he is no longer blocked. */
static int
read_blocked(struct import *import, struct line *line)
{
	const char *word = cell(import, COLUMN_BLOCKED);

	line->blocked = strcasecmp(word, "yes") == 0;
	if (*word != '\0' && !line->blocked)
		return wrong(import, "blocked '%s', expected yes or nothing", word);
	if (line->blocked && line->person.state == PERSON_WAITING)
		return wrong(import, "blocked '%s' of somebody who waits, expected role BLOCK", word);
	return 0;
}

/* Role names are the office's own, so what is known is said. */
static int
unknown_role(struct import *import, const char *role)
{
	char known[256] = "";
	size_t used = 0;

	for (size_t i = 0; import->roles[i].name != NULL && used < sizeof known; i++)
		used += (size_t)snprintf(known + used, sizeof known - used, "%s ", import->roles[i].name);
	return wrong(import, "role '%s', expected one of %sWAIT BLOCK NONE", role, known);
}

static int
read_active(struct import *import, struct person *person)
{
	const char *role = cell(import, COLUMN_ROLE);
	size_t i = 0;
	int error;

	while (import->roles[i].name != NULL && strcmp(import->roles[i].name, role) != 0)
		i++;
	if (import->roles[i].name == NULL)
		return unknown_role(import, role);
	person->state = PERSON_ACTIVE;
	error = check_area(import, cell(import, COLUMN_AREA), import->roles[i].level);
	if (error == 0)
		error = copy_text(import, COLUMN_ROLE, person->role, sizeof person->role);
	if (error == 0)
		error = copy_text(import, COLUMN_ORG, person->body, sizeof person->body);
	if (error == 0 && person->body[0] == '\0')
		strcpy(person->body, person->role);
	return error;
}

static int
read_person(struct import *import, struct person *person)
{
	const char *role = cell(import, COLUMN_ROLE), *area = cell(import, COLUMN_AREA);
	int error;

	if (strcmp(role, "BLOCK") == 0) {
		person->state = PERSON_BLOCKED;
		return copy_text(import, COLUMN_NAME, person->name, sizeof person->name);
	}
	if (strcmp(role, "WAIT") == 0) {
		person->state = PERSON_WAITING;
		error = *area == '\0' ? 0 : check_area(import, area, -1);
	} else {
		error = read_active(import, person);
	}
	if (error == 0)
		error = copy_text(import, COLUMN_AREA, person->area, sizeof person->area);
	if (error == 0)
		error = read_rw(import, person);
	return error != 0 ? error : copy_text(import, COLUMN_NAME, person->name, sizeof person->name);
}

/* PERSON_NONE: the line is to be skipped. */
static int
read_line(struct import *import, struct line *line)
{
	int error;

	memset(line, 0, sizeof *line);
	if (import->sheet.count > COLUMNS)
		return wrong(import, "%zu columns, expected those of the header", import->sheet.count);
	if (strcmp(cell(import, COLUMN_ROLE), "NONE") == 0)
		return 0;
	error = read_phones(import, line);
	if (error == 0)
		error = read_person(import, &line->person);
	if (error == 0)
		error = read_reminders(import, line);
	return error != 0 ? error : read_blocked(import, line);
}

/* --- writing what was read --- */

/* Whoever has one of the numbers is meant by all of them. */
static int
choose_number(struct import *import, struct line *line)
{
	struct person known;

	memcpy(line->person.phone, line->numbers[0], sizeof line->person.phone);
	for (size_t i = 0; i < line->count; i++) {
		int error = people_find(import->store, line->numbers[i], &known);

		if (error != 0)
			return error;
		if (known.state != PERSON_NONE) {
			memcpy(line->person.phone, line->numbers[i], sizeof line->person.phone);
			return 0;
		}
	}
	return 0;
}

static int
add_numbers(struct import *import, const struct line *line)
{
	int error = 0;

	for (size_t i = 0; i < line->count && error == 0; i++) {
		error = people_add_number(import->store, line->person.phone, line->numbers[i]);
		if (error == -EEXIST)
			error = wrong(import, "phone '%s' belongs to somebody else than '%s', expected one person's numbers",
				      line->numbers[i], line->person.phone);
	}
	return error;
}

static int
put_line(struct import *import, struct line *line)
{
	int error = choose_number(import, line);

	if (error == 0)
		error = people_put(import->store, &line->person);
	if (error == 0)
		error = add_numbers(import, line);
	if (error == 0 && line->stop)
		error = people_set_reminders(import->store, line->person.phone, false);
	if (error == 0 && line->blocked && line->person.state == PERSON_ACTIVE) {
		line->person.state = PERSON_BLOCKED;
		error = people_put(import->store, &line->person);
	}
	return error;
}

/* Of a role that is one an area, nobody may stand beside another, wherever he came from. */
static int
check_single(struct import *import)
{
	char area[14] = "";

	for (const struct roster_role *role = import->roles; role->name != NULL; role++) {
		int error = role->single ? people_crowded(import->store, role->name, area) : -ENOENT;

		if (error == 0) {
			*import->error = xasprintf("%s: role %s of %s would be held by more than one, expected one; "
						   "`kentongan people remove` takes a number out", import->sheet.file,
						   role->name, area);
			return -EINVAL;
		}
		if (error != -ENOENT)
			return error;
	}
	return 0;
}

static int
import_lines(struct import *import, int *imported)
{
	struct line line;
	int result = read_header(import);

	while (result == 0 && (result = sheet_read(&import->sheet, import->error)) == 1) {
		result = read_line(import, &line);
		if (result != 0 || line.person.state == PERSON_NONE)
			continue;
		result = put_line(import, &line);
		*imported += result == 0;
	}
	return result != 0 ? result : check_single(import);
}

int
roster_import(struct store *store, const char *file, const struct roster_role *roles, int *imported, char **error)
{
	struct import import = {.store = store, .roles = roles, .error = error};
	int result;

	*imported = 0;
	*error = NULL;
	result = sheet_open(&import.sheet, file, '\t', error);
	if (result == 0)
		result = store_begin(store);
	if (result == 0) {
		result = import_lines(&import, imported);
		if (result == 0)
			result = store_commit(store);
		else
			store_rollback(store);
	}
	if (result != 0)
		*imported = 0;
	tdestroy(import.seen, free);
	sheet_close(&import.sheet);
	return result;
}

/* --- out --- */

/* A cell as sheet_read() takes it back. */
static void
write_cell(FILE *out, const char *text, char end)
{
	if (*text != '"' && strchr(text, '\t') == NULL) {
		fprintf(out, "%s%c", text, end);
		return;
	}
	fputc('"', out);
	for (; *text != '\0'; text++)
		fprintf(out, *text == '"' ? "\"\"" : "%c", *text);
	fprintf(out, "\"%c", end);
}

void
roster_header(FILE *out)
{
	fputs("sender\tphone\trole\torg\tarea\tarea_name\trw\tname\treminders\tblocked\n", out);
}

int
roster_area(struct store *store, const char *area, char *out, size_t size)
{
	static const size_t levels[] = {13, 8, 5};
	size_t used = 0;
	char code[14], name[64];
	int error = 0;

	out[0] = '\0';
	if (strlen(area) < 5)
		return region_name(store, area, out, size);
	for (size_t i = 0; i < sizeof levels / sizeof *levels && error == 0; i++) {
		if (strlen(area) < levels[i])
			continue;
		snprintf(code, sizeof code, "%.*s", (int)levels[i], area);
		error = region_name(store, code, name, sizeof name);
		if (error == 0 && used < size)
			used += (size_t)snprintf(out + used, size - used, "%s%s", used != 0 ? ", " : "", name);
	}
	return error;
}

int
roster_line(struct store *store, const struct person_entry *entry, FILE *out)
{
	const struct person *person = &entry->person;
	bool active = person->organisation != 0, waiting = person->state == PERSON_WAITING;
	const char *role = active ? person->role : waiting ? "WAIT" : "BLOCK";
	char area_name[160] = "", label[32], rw[16] = "";
	int error = 0;

	if (active || (waiting && person->area[0] != '\0'))
		error = roster_area(store, person->area, area_name, sizeof area_name);
	if (error != 0)
		return error;
	if (active && person->rw != 0)
		snprintf(rw, sizeof rw, "%d", person->rw);
	snprintf(label, sizeof label, "P%lld", (long long)person->id);
	write_cell(out, label, '\t');
	write_cell(out, entry->numbers, '\t');
	write_cell(out, role, '\t');
	write_cell(out, active ? person->body : "", '\t');
	write_cell(out, active || waiting ? person->area : "", '\t');
	write_cell(out, area_name, '\t');
	write_cell(out, rw, '\t');
	write_cell(out, person->name, '\t');
	write_cell(out, person->reminders ? "" : "stop", '\t');
	write_cell(out, active && person->state == PERSON_BLOCKED ? "yes" : "", '\n');
	return 0;
}

int
roster_export(struct store *store, FILE *out)
{
	struct person_entry entry = {.person = {.id = 0}};
	int count = 0, error;

	roster_header(out);
	while ((error = people_next(store, entry.person.id, &entry)) == 0) {
		error = roster_line(store, &entry, out);
		if (error != 0)
			return error;
		count++;
	}
	return error == -ENOENT ? count : error;
}
