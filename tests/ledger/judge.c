/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge: what was sent against what had to be sent, one by one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

#define MODEMS_MAX 16
#define KINDS_MAX 64
#define SHOWN 20

struct verdict {
	const struct ledger *ledger;
	const struct demand *demand;
	const struct outcome *outcome;
	bool *taken;                    /* what was sent: it was asked for */
	size_t lost, doubled, unasked, wrong, pages;
	struct { const char *kind; size_t count; } kinds[KINDS_MAX];
	size_t kind_count;
};

/* Whether the text is as the pattern says; what stands at LIST goes to list, if it is not NULL. */
static bool
matches(const char *pattern, const char *text, char list[TEXT_SIZE])
{
	for (; *pattern != '\0' && *pattern != WILD && *pattern != LIST; pattern++, text++)
		if (*pattern != *text)
			return false;
	if (*pattern == '\0')
		return *text == '\0';
	for (size_t length = strlen(text) + 1; length-- > 0;) {
		if (!matches(pattern + 1, text + length, list))
			continue;
		if (*pattern == LIST && list != NULL)
			snprintf(list, TEXT_SIZE, "%.*s", (int)length, text);
		return true;
	}
	return false;
}

static void
show(const char *what, int64_t at, const char *phone, const char *kind, const char *text)
{
	char time[32];

	time_write(at, time);
	fprintf(stderr, "%s: %s to %s %s: ", what, time, phone, kind);
	for (; *text != '\0'; text++)
		fprintf(stderr, *text == WILD ? "{*}" : *text == LIST ? "{daftar}" : "%c", *text);
	fputc('\n', stderr);
}

static void
count_kind(struct verdict *verdict, const char *kind)
{
	size_t i = 0;

	while (i < verdict->kind_count && strcmp(verdict->kinds[i].kind, kind) != 0)
		i++;
	if (i == KINDS_MAX)
		return;
	if (i == verdict->kind_count)
		verdict->kinds[verdict->kind_count++].kind = kind;
	verdict->kinds[i].count++;
}

/* The pages behind the first: each is taken, its part of the list added. */
static void
take_pages(struct verdict *verdict, const struct expected *expected, size_t first, char *list, size_t size)
{
	static const char more[] = "Lanjut: balas LAGI";
	const struct outcome *outcome = verdict->outcome;
	size_t last = first;

	for (size_t i = first + 1; i < outcome->count && strstr(outcome->all[last].text, more) != NULL; i++) {
		const struct sent *sent = &outcome->all[i];
		const char *from = strstr(sent->text, "): ");
		size_t used = strlen(list), length;

		if (verdict->taken[i] || sent->at != expected->from || strcmp(sent->phone, expected->phone) != 0 || from == NULL)
			continue;
		length = strlen(from + 3);
		for (const char *end = from + 3; *end != '\0'; end++)
			if (*end == '.' && (end[1] == '\0' || strncmp(end, ". *", 3) == 0 || strncmp(end, ". L", 3) == 0)) {
				length = (size_t)(end - from - 3);
				break;
			}
		snprintf(list + used, size - used, "%s%.*s", strstr(expected->list, "; ") != NULL ? "; " : ", ", (int)length, from + 3);
		verdict->taken[i] = true;
		verdict->pages++;
		last = i;
	}
}

static bool
is_quiet(int64_t time)
{
	int hour = date_of(time).hour;

	return hour < 7 || hour >= 20;
}

/* The first that was sent in time and says it. */
static bool
find(struct verdict *verdict, const struct expected *expected)
{
	const struct outcome *outcome = verdict->outcome;
	char list[TEXT_SIZE * 8] = "";

	for (size_t i = 0; i < outcome->count; i++) {
		const struct sent *sent = &outcome->all[i];

		if (verdict->taken[i] || sent->at < expected->from || sent->at > expected->until ||
		    strcmp(sent->phone, expected->phone) != 0 || !matches(expected->text, sent->text, list))
			continue;
		if (expected->until > expected->from && is_quiet(sent->at))
			continue;
		verdict->taken[i] = true;
		if (expected->list == NULL)
			return true;
		take_pages(verdict, expected, i, list, sizeof list);
		if (strcmp(list, expected->list) != 0) {
			verdict->wrong++;
			show("wrong list", sent->at, sent->phone, list, expected->list);
		}
		return true;
	}
	return false;
}

static void
look_for(struct verdict *verdict, bool wild)
{
	for (size_t i = 0; i < verdict->demand->count; i++) {
		const struct expected *expected = &verdict->demand->all[i];

		if ((strchr(expected->text, WILD) != NULL || expected->list != NULL) != wild)
			continue;
		if (find(verdict, expected)) {
			count_kind(verdict, expected->kind);
			continue;
		}
		if (verdict->lost++ < SHOWN)
			show("lost", expected->from, expected->phone, expected->kind, expected->text);
	}
}

/* What nobody asked for: once more what was, or something else. */
static void
look_at_the_rest(struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->outcome->count; i++) {
		const struct sent *sent = &verdict->outcome->all[i];
		bool again = false;

		if (verdict->taken[i])
			continue;
		for (size_t j = 0; j < verdict->outcome->count && !again; j++)
			again = j != i && verdict->taken[j] && strcmp(sent->phone, verdict->outcome->all[j].phone) == 0 &&
				strcmp(sent->text, verdict->outcome->all[j].text) == 0;
		verdict->doubled += again;
		verdict->unasked += !again;
		if (verdict->doubled + verdict->unasked <= SHOWN)
			show(again ? "doubled" : "unasked for", sent->at, sent->phone, "", sent->text);
	}
}

/* Receipts are one series without gaps. */
static size_t
count_receipts(const struct verdict *verdict)
{
	size_t count = 0;
	bool *drawn = calloc(verdict->outcome->count + 2, sizeof *drawn);

	if (drawn == NULL)
		die("no memory");
	for (size_t i = 0; i < verdict->outcome->count; i++) {
		const char *number = strstr(verdict->outcome->all[i].text, "No.");
		long no = number != NULL ? strtol(number + 3, NULL, 10) : 0;

		if (no > 0 && (size_t)no <= verdict->outcome->count && !drawn[no]) {
			drawn[no] = true;
			count++;
		}
	}
	free(drawn);
	return count;
}

static int
by_kind(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
print_modems(const struct outcome *outcome, int modems)
{
	size_t sent[MODEMS_MAX] = { 0 };
	bool all = true;

	for (size_t i = 0; i < outcome->count; i++)
		sent[outcome->all[i].modem % MODEMS_MAX]++;
	printf("by modem:");
	for (int i = 0; i < modems && i < MODEMS_MAX; i++) {
		printf(" %zu", sent[i]);
		all = all && sent[i] != 0;
	}
	putchar('\n');
	return all;
}

size_t
judge(const struct ledger *ledger, const struct demand *demand, const struct outcome *outcome)
{
	struct verdict verdict = { .ledger = ledger, .demand = demand, .outcome = outcome };
	bool spread;

	verdict.taken = calloc(outcome->count + 1, sizeof *verdict.taken);
	if (verdict.taken == NULL)
		die("no memory");
	look_for(&verdict, false);
	look_for(&verdict, true);
	look_at_the_rest(&verdict);
	qsort(verdict.kinds, verdict.kind_count, sizeof verdict.kinds[0], by_kind);
	for (size_t i = 0; i < verdict.kind_count; i++)
		printf("%-16s %6zu\n", verdict.kinds[i].kind, verdict.kinds[i].count);
	printf("%zu people, %zu messages in, %zu out (%zu further pages, %zu receipts), killed %d times, %zu occasions slept over\n",
	       ledger->person_count, outcome->received, outcome->count, verdict.pages, count_receipts(&verdict),
	       outcome->kills, outcome->dropped);
	spread = print_modems(outcome, ledger->modems);
	if (!spread)
		fprintf(stderr, "one of the modems sent nothing\n");
	printf("lost %zu, doubled %zu, unasked for %zu, wrong sums %zu\n", verdict.lost, verdict.doubled, verdict.unasked,
	       verdict.wrong);
	free(verdict.taken);
	return verdict.lost + verdict.doubled + verdict.unasked + verdict.wrong + !spread;
}
