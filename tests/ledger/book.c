/* SPDX-License-Identifier: GPL-3.0-or-later */
/* book: the ledger as a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

#define COLUMNS 9

static const char *const DEED[DEEDS] = {
	[DEED_REPORT] = "report", [DEED_RALAT] = "ralat", [DEED_NIHIL] = "nihil", [DEED_BATAL] = "batal",
	[DEED_WRONG] = "wrong", [DEED_KIRIM] = "kirim", [DEED_SAH] = "sah", [DEED_REKAP] = "rekap",
	[DEED_JUMLAH] = "jumlah", [DEED_BELUM] = "belum", [DEED_UMUM] = "umum", [DEED_STOP] = "stop",
	[DEED_MULAI] = "mulai", [DEED_KUNCI] = "kunci", [DEED_TUMPANG] = "tumpang", [DEED_CEK] = "cek",
	[DEED_KASUS] = "kasus", [DEED_DAFTAR] = "daftar", [DEED_SETUJU] = "setuju", [DEED_KILL] = "kill", [DEED_OFF] = "off",
};

void
span_write(struct span span, char out[16])
{
	int year = span.first / 12 % 10000, month = span.first % 12;

	switch (span.last - span.first) {
	case 0: snprintf(out, 16, span.first == 0 ? "-" : "%04d-%02d", year, month + 1); break;
	case 2: snprintf(out, 16, "%04d-TW%d", year, month / 3 + 1); break;
	case 5: snprintf(out, 16, "%04d-S%d", year, month / 6 + 1); break;
	default: snprintf(out, 16, "%04d", year); break;
	}
}

static bool
span_read(const char *text, struct span *out)
{
	int year, part, end = 0, length = (int)strlen(text);

	*out = (struct span){ 0, 0 };
	if (strcmp(text, "-") == 0)
		return true;
	if (sscanf(text, "%4d-TW%1d%n", &year, &part, &end) == 2 && end == length && part >= 1 && part <= 4)
		*out = (struct span){ year * 12 + part * 3 - 3, year * 12 + part * 3 - 1 };
	else if (sscanf(text, "%4d-S%1d%n", &year, &part, &end) == 2 && end == length && part >= 1 && part <= 2)
		*out = (struct span){ year * 12 + part * 6 - 6, year * 12 + part * 6 - 1 };
	else if (sscanf(text, "%4d-%2d%n", &year, &part, &end) == 2 && end == length && part >= 1 && part <= 12)
		*out = (struct span){ year * 12 + part - 1, year * 12 + part - 1 };
	else if (sscanf(text, "%4d%n", &year, &end) == 1 && end == length)
		*out = (struct span){ year * 12, year * 12 + 11 };
	return out->first != 0;
}

static int
find_person(const struct ledger *ledger, const char *key)
{
	for (size_t i = 0; i < ledger->person_count; i++)
		if (strcmp(ledger->people[i].key, key) == 0)
			return (int)i;
	return -1;
}

static bool
read_items(char *text, struct event *event)
{
	char *save = NULL;

	if (strcmp(text, "-") == 0)
		return true;
	for (char *one = strtok_r(text, ",", &save); one != NULL; one = strtok_r(NULL, ",", &save)) {
		char *value = strchr(one, '=');
		struct item *item = &event->items[event->item_count++];

		if (value == NULL || event->item_count > ITEMS_MAX)
			return false;
		*value++ = '\0';
		item->category = category_of(one);
		item->value = strtol(value, NULL, 10);
		if (item->category < 0)
			return false;
	}
	return true;
}

static bool
read_event(struct ledger *ledger, char *const column[COLUMNS], int line)
{
	struct event event = { .at = time_read(column[1]), .person = find_person(ledger, column[2]), .deed = DEEDS, .line = line };

	for (int i = 0; i < DEEDS; i++)
		if (strcmp(column[3], DEED[i]) == 0)
			event.deed = (enum deed)i;
	if (event.deed == DEEDS || (event.person < 0 && event.deed != DEED_KILL && event.deed != DEED_OFF) || !span_read(column[5], &event.span) ||
	    !read_items(column[6], &event))
		return false;
	snprintf(event.area, sizeof event.area, "%s", strcmp(column[4], "-") == 0 ? "" : column[4]);
	snprintf(event.text, sizeof event.text, "%s", strcmp(column[7], "-") == 0 ? "" : column[7]);
	if (event.deed == DEED_WRONG && mistake_reply(event.text) == NULL)
		return false;
	ledger->events = grow(ledger->events, ledger->event_count, sizeof *ledger->events);
	ledger->events[ledger->event_count++] = event;
	return true;
}

static void
read_person(struct ledger *ledger, char *const column[COLUMNS])
{
	struct person *person;

	ledger->people = grow(ledger->people, ledger->person_count, sizeof *ledger->people);
	person = &ledger->people[ledger->person_count++];
	*person = (struct person){ .rw = atoi(column[6]) };
	snprintf(person->key, sizeof person->key, "%s", column[1]);
	snprintf(person->phone, sizeof person->phone, "%s", column[2]);
	snprintf(person->role, sizeof person->role, "%s", column[3]);
	snprintf(person->body, sizeof person->body, "%s", column[4]);
	snprintf(person->area, sizeof person->area, "%s", strcmp(column[5], "-") == 0 ? "" : column[5]);
	snprintf(person->name, sizeof person->name, "%s", strcmp(column[7], "-") == 0 ? "" : column[7]);
}

static void
read_row(struct ledger *ledger, char *const column[COLUMNS], int count, int line)
{
	if (strcmp(column[0], "begin") == 0 && count == 2)
		ledger->begin = time_read(column[1]);
	else if (strcmp(column[0], "end") == 0 && count == 2)
		ledger->end = time_read(column[1]);
	else if (strcmp(column[0], "modems") == 0 && count == 2)
		ledger->modems = atoi(column[1]);
	else if (strcmp(column[0], "person") == 0 && count == 8)
		read_person(ledger, column);
	else if (strcmp(column[0], "at") != 0 || count != 8 || !read_event(ledger, column, line))
		die("ledger line %d: expected begin, end, modems, person or at with their columns, see ledger.h", line);
}

static int
by_time(const void *a, const void *b)
{
	const struct event *left = a, *right = b;

	return left->at != right->at ? left->at < right->at ? -1 : 1 : left->line - right->line;
}

void
ledger_read(const char *file, struct ledger *out)
{
	FILE *in = fopen(file, "r");
	char row[2048];

	if (in == NULL)
		die("%s cannot be read", file);
	*out = (struct ledger){ .modems = 4 };
	for (int line = 1; fgets(row, sizeof row, in) != NULL; line++) {
		char *column[COLUMNS] = { NULL }, *rest = row;
		int count = 0;

		row[strcspn(row, "\r\n")] = '\0';
		if (row[0] == '\0' || row[0] == '#')
			continue;
		while (rest != NULL && count < COLUMNS)
			column[count++] = strsep(&rest, "\t");
		read_row(out, column, count, line);
	}
	fclose(in);
	if (out->begin == 0 || out->end <= out->begin || out->person_count == 0)
		die("%s: expected begin, a later end, and people", file);
	if (out->event_count != 0)
		qsort(out->events, out->event_count, sizeof *out->events, by_time);
	/* The same text in the same second is one message to the box. */
	for (size_t i = 1; i < out->event_count; i++)
		for (size_t j = i; j-- > 0 && out->events[j].at == out->events[i].at;)
			if (out->events[j].person == out->events[i].person)
				die("ledger line %d: somebody texts twice in one second", out->events[i].line);
}

static void
write_items(const struct event *event, FILE *out)
{
	for (size_t i = 0; i < event->item_count; i++)
		fprintf(out, "%s%s=%ld", i != 0 ? "," : "", CATEGORY[event->items[i].category].code, event->items[i].value);
	if (event->item_count == 0)
		fputc('-', out);
}

static FILE *
create(const char *file)
{
	FILE *out = fopen(file, "w");

	if (out == NULL)
		die("%s cannot be written", file);
	return out;
}

void
ledger_write(const struct ledger *ledger, const char *file)
{
	FILE *out = create(file);
	char time[32], until[32], span[16];

	time_write(ledger->begin, time);
	time_write(ledger->end, until);
	fprintf(out, "# All people, telephone numbers and figures are invented: +62840 is assigned to nobody.\n"
		"begin\t%s\nend\t%s\nmodems\t%d\n", time, until, ledger->modems);
	for (size_t i = 0; i < ledger->person_count; i++) {
		const struct person *person = &ledger->people[i];

		fprintf(out, "person\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", person->key, person->phone, person->role, person->body,
			person->area[0] != '\0' ? person->area : "-", person->rw,
			person->name[0] != '\0' ? person->name : "-");
	}
	for (size_t i = 0; i < ledger->event_count; i++) {
		const struct event *event = &ledger->events[i];

		time_write(event->at, time);
		span_write(event->span, span);
		fprintf(out, "at\t%s\t%s\t%s\t%s\t%s\t", time, event->person < 0 ? "-" : ledger->people[event->person].key,
			DEED[event->deed], event->area[0] != '\0' ? event->area : "-", span);
		write_items(event, out);
		fprintf(out, "\t%s\n", event->text[0] != '\0' ? event->text : "-");
	}
	fclose(out);
}

bool
ledger_joins(const struct ledger *ledger, int person)
{
	for (size_t i = 0; i < ledger->event_count; i++)
		if (ledger->events[i].deed == DEED_DAFTAR && ledger->events[i].person == person)
			return true;
	return false;
}

int
ledger_person(const struct ledger *ledger, const char *key)
{
	return find_person(ledger, key);
}

void
people_write(const struct ledger *ledger, const char *file)
{
	FILE *out = create(file);

	fprintf(out, "sender\tphone\trole\torg\tarea\tarea_name\trw\tname\n");
	for (size_t i = 0; i < ledger->person_count; i++) {
		const struct person *person = &ledger->people[i];
		char rw[12] = "";

		if (ledger_joins(ledger, (int)i))
			continue;
		if (person->rw != 0)
			snprintf(rw, sizeof rw, "%d", person->rw);
		fprintf(out, "%s\t%s\t%s\t%s\t%s\t\t%s\t%s\n", person->key, person->phone, person->role, person->body,
			person->area, rw, person->name);
	}
	fclose(out);
}
