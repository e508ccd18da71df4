/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages: a list in as many SMS as it takes. Knows no verbs. */
#include "lang/pages.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define SMS_CHARACTERS 160

/* A list on its way into SMS. */
struct layout {
	const struct grammar *grammar;
	const struct page_list *list;
	const char *separator;
	char open[REPLY_SIZE], more[REPLY_SIZE];        /* what {ket} and {lanjut} say when they say something */
};

void
pages_add(struct page_list *list, bool open, const char *format, ...)
{
	char text[SMS_CHARACTERS + 1];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	list->items = xgrow(list->items, list->count, sizeof *list->items);
	list->items[list->count++] = (struct page_item){ xstrdup(text), open };
}

static void
free_items(struct page_list *list)
{
	while (list->count != 0)
		free(list->items[--list->count].text);
	free(list->items);
	*list = (struct page_list){ 0 };
}

static void
phrase(const struct grammar *grammar, const char *id, char out[REPLY_SIZE])
{
	struct reply_form form;

	reply_start(&form, id);
	reply_write(grammar, &form, out);
}

/* The page with these items; its length. more: others follow. */
static size_t
write_page(const struct layout *layout, struct reply_form *form, size_t from, size_t to, bool more, char out[REPLY_SIZE])
{
	char items[REPLY_SIZE] = "";
	size_t used = 0, i;
	bool open = false;

	for (i = from; i < to && used < sizeof items; i++) {
		open = open || layout->list->items[i].open;
		used += (size_t)snprintf(items + used, sizeof items - used, "%s%s", i > from ? layout->separator : "",
					 layout->list->items[i].text);
	}
	/* Longer than any SMS: the caller sees that it does not fit. */
	if (used > SMS_CHARACTERS)
		return used;
	reply_set_wide(form, "daftar", SMS_CHARACTERS, items);
	reply_set(form, "ket", "%s", open ? layout->open : "");
	reply_set(form, "lanjut", "%s", more ? layout->more : "");
	return reply_write(layout->grammar, form, out);
}

/* The page that begins with an item: returns the first that is not on it. */
static size_t
fill_page(const struct layout *layout, struct reply_form *form, size_t from, char out[REPLY_SIZE])
{
	size_t end = layout->list->count, over;

	if (write_page(layout, form, from, end, false, out) <= SMS_CHARACTERS)
		return end;
	for (end = from + 1; end < layout->list->count; end++)
		if (write_page(layout, form, from, end + 1, true, out) > SMS_CHARACTERS)
			break;
	over = write_page(layout, form, from, end, end < layout->list->count, out);
	if (over > SMS_CHARACTERS) {
		char *item = layout->list->items[from].text;
		size_t length = strlen(item), rest = over - SMS_CHARACTERS;

		item[length > rest ? length - rest : 0] = '\0';
		(void)write_page(layout, form, from, end, end < layout->list->count, out);
	}
	return end;
}

/* All pages behind the first, which ends before `from`. Returns the first item that is on none: they are too many. */
static size_t
fill_pages(const struct layout *layout, struct reply_form *form, size_t from, size_t total, struct outcome *outcome)
{
	char text[REPLY_SIZE];

	for (outcome->page_count = 0; from < layout->list->count && outcome->page_count < PAGES_MAX; outcome->page_count++) {
		reply_set(form, "n", "%zu", outcome->page_count + 2);
		reply_set(form, "m", "%zu", total);
		from = fill_page(layout, form, from, text);
		snprintf(outcome->pages[outcome->page_count], PAGE_SIZE, "%.*s", SMS_CHARACTERS, text);
	}
	return from;
}

/* Keeps at most so many items; one more line says how many were left out. */
static void
shorten(const struct grammar *grammar, struct page_list *list, size_t keep, size_t *dropped)
{
	struct reply_form form;
	char text[REPLY_SIZE];

	/* What said it before is no item of the list's own. */
	if (*dropped != 0)
		free(list->items[--list->count].text);
	do {
		free(list->items[--list->count].text);
		++*dropped;
	} while (list->count > keep);
	reply_start(&form, "FRASA_SISA");
	reply_set(&form, "n", "%zu", *dropped);
	reply_write(grammar, &form, text);
	pages_add(list, false, "%s", text);
}

void
pages_fill(struct answer *answer, struct page_list *list, const char *separator, const char *title)
{
	struct outcome *outcome = answer->outcome;
	struct layout layout = { .grammar = answer->grammar, .list = list, .separator = separator };
	struct reply_form further;
	char text[REPLY_SIZE];
	size_t first, placed, dropped = 0;

	phrase(answer->grammar, "FRASA_SEMENTARA", layout.open);
	phrase(answer->grammar, "FRASA_LANJUT", layout.more);
	answer_example(answer, text);
	reply_set(&outcome->reply, "contoh", "%s", text);
	reply_start(&further, "JWB_HALAMAN");
	reply_set(&further, "contoh", "%s", text);
	reply_set(&further, "topik", "%s", title);
	reply_set(&further, "wil", "%s", reply_value(&outcome->reply, "wil"));
	reply_set(&further, "per", "%s", reply_value(&outcome->reply, "per"));
	first = fill_page(&layout, &outcome->reply, 0, text);
	while ((placed = fill_pages(&layout, &further, first, PAGES_MAX + 1, outcome)) < list->count)
		shorten(answer->grammar, list, placed, &dropped);
	/* Again, now that it is known how many there are. */
	(void)fill_pages(&layout, &further, first, outcome->page_count + 1, outcome);
	free_items(list);
}
