/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wording: the reply texts as the grammar file has them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

struct wording { char id[32], text[TEXT_SIZE]; };
static struct wording *wordings;
static size_t wording_count;

/* As the remarks at the top of 70-replies.grammar have it. */
static const struct { const char *name; size_t width; } WIDTHS[] = {
	{ "desa", 24 }, { "kec", 20 }, { "wil", 24 }, { "per", 8 }, { "isi", 50 }, { "pilih", 70 }, { "kat", 10 },
	{ "nama", 24 }, { "org", 12 }, { "lembaga", 24 }, { "tgl", 10 },
};
static const char *const MONTH[] = { "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGU", "SEP", "OKT", "NOV", "DES" };

void
wording_read(const char *grammars)
{
	char path[4096], line[1024];
	FILE *file;

	snprintf(path, sizeof path, "%s/70-replies.grammar", grammars);
	file = fopen(path, "r");
	if (file == NULL)
		die("%s cannot be read", path);
	while (fgets(line, sizeof line, file) != NULL) {
		char *text = strchr(line, '"'), *end = strrchr(line, '"');
		struct wording *wording;

		if (strncmp(line, "reply ", 6) != 0 || text == NULL || end == text)
			continue;
		*end = '\0';
		wordings = grow(wordings, wording_count, sizeof *wordings);
		wording = &wordings[wording_count++];
		snprintf(wording->id, sizeof wording->id, "%.*s", (int)strcspn(line + 6, " "), line + 6);
		snprintf(wording->text, sizeof wording->text, "%s", text + 1);
	}
	fclose(file);
}

static const char *
wording_of(const char *id)
{
	for (size_t i = 0; i < wording_count; i++)
		if (strcmp(wordings[i].id, id) == 0)
			return wordings[i].text;
	die("70-replies.grammar has no reply %s any more", id);
}

void
say_start(struct say *say, const char *id)
{
	say->id = id;
	say->count = 0;
}

bool
say_uses(const struct say *say, const char *name)
{
	char place[32];

	snprintf(place, sizeof place, "{%s}", name);
	return strstr(wording_of(say->id), place) != NULL;
}

void
say_set(struct say *say, const char *name, const char *format, ...)
{
	size_t width = TEXT_SIZE - 1;
	va_list args;
	char *value;

	if (say->count == sizeof say->values / sizeof *say->values)
		die("too many values for %s", say->id);
	value = say->values[say->count].value;
	say->values[say->count++].name = name;
	va_start(args, format);
	vsnprintf(value, TEXT_SIZE, format, args);
	va_end(args);
	for (size_t i = 0; i < sizeof WIDTHS / sizeof *WIDTHS; i++)
		if (strcmp(WIDTHS[i].name, name) == 0)
			width = WIDTHS[i].width;
	if (strlen(value) > width)
		value[width] = '\0';
}

void
say_text(const struct say *say, char out[TEXT_SIZE])
{
	size_t used = 0;

	for (const char *c = wording_of(say->id); *c != '\0'; c++) {
		size_t length = strcspn(c + 1, "}");
		const char *value = "\1";

		if (*c != '{') {
			out[used++] = *c;
			continue;
		}
		for (size_t i = 0; i < say->count; i++)
			if (strlen(say->values[i].name) == length && strncmp(say->values[i].name, c + 1, length) == 0)
				value = say->values[i].value;
		used += (size_t)snprintf(out + used, TEXT_SIZE - used, "%s", value);
		c += length + 1;
	}
	out[used] = '\0';
}

void
say_phrase(const char *id, const char *name, const char *value, char out[TEXT_SIZE])
{
	struct say say;

	say_start(&say, id);
	if (name != NULL)
		say_set(&say, name, "%s", value);
	say_text(&say, out);
}

void
say_span(struct say *say, struct span span)
{
	int year = span.first / 12, month = span.first % 12;

	switch (span.last - span.first) {
	case 0: say_set(say, "per", "%s %d", MONTH[month], year); break;
	case 2: say_set(say, "per", "TW%d %d", month / 3 + 1, year); break;
	case 5: say_set(say, "per", "S%d %d", month / 6 + 1, year); break;
	default: say_set(say, "per", "%d", year); break;
	}
}

void
list_add(struct list *list, const char *format, ...)
{
	va_list args;

	if (list->count == sizeof list->items / sizeof *list->items)
		return;
	va_start(args, format);
	vsnprintf(list->items[list->count++], sizeof list->items[0], format, args);
	va_end(args);
}

void
list_write(const struct list *list, size_t width, bool tight, char out[TEXT_SIZE])
{
	size_t used = 0;
	char more[TEXT_SIZE];

	say_phrase("FRASA_DLL", NULL, NULL, more);
	out[0] = '\0';
	for (size_t i = 0; i < list->count; i++) {
		size_t rest = tight && i + 1 == list->count ? 0 : strlen(more) + 2;
		bool fits = used + 2 + strlen(list->items[i]) + rest <= width;

		used += (size_t)snprintf(out + used, TEXT_SIZE - used, "%s%s", used != 0 ? ", " : "",
					 fits ? list->items[i] : more);
		if (!fits)
			return;
	}
}
