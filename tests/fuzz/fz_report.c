/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_report: any text from anybody: folded, read, judged and answered with the real grammar; the answer always fits. What
 * is accepted as a report, written down anew in plain words, is read as the same report. */
#include <string.h>

#include "fuzz.h"
#include "base/sms.h"
#include "lang/answer.h"
#include "lang/grammar.h"
#include "lang/parse.h"
#include "lang/place.h"
#include "lang/reply.h"
#include "lang/rules.h"

static struct grammar *grammar;
static struct gazetteer *places;

static void
get_ready(void)
{
	static const char *const villages[][2] = {
		{ "32.07.34.2007", "Rawa" }, { "32.07.34.2004", "Lumbungsari" }, { "32.07.34.2001", "Cikupa" },
		{ "32.07.34.2009", "Darmaraja" }, { "32.07.34.2008", "Simpang Tiga" }, { "32.07.01.1001", "Ciamis" },
		{ "32.07.01.1002", "Maleber" }, { "32.07.01.2007", "Rawa" },
	};
	char *error = NULL;

	grammar = grammar_load(getenv("GRAMMARS") ? getenv("GRAMMARS") : "grammars", NULL, &error);
	if (!grammar)
		fputs(error, stderr);
	MUST(grammar);
	places = gazetteer_new(grammar);
	gazetteer_add_regency(places, "32.07", "Kabupaten Ciamis");
	gazetteer_add_district(places, "32.07.34", "Lumbung");
	gazetteer_add_district(places, "32.07.01", "Ciamis");
	for (size_t i = 0; i < sizeof villages / sizeof *villages; i++)
		gazetteer_add_village(places, villages[i][0], villages[i][1]);
}

static struct who
sender_of(uint8_t byte)
{
	static const char village[] = "32.07.34.2007";
	static char area[PLACE_CODE_SIZE];
	struct who who = { .standing = (enum standing)(byte % 3), .role = -1 };

	who.asker = (struct asker) { .area = "", .scope = SCOPE_NONE, .now = { 2026, 10, 20, 9, 0 } };
	if (who.standing != STANDING_ACTIVE)
		return who;
	who.role = byte / 3 % (int)grammar->role_count;
	who.asker.scope = grammar->roles[who.role].scope;
	snprintf(area, sizeof area, "%.*s", (int)grammar_scope_length(who.asker.scope), village);
	who.asker.area = area;
	who.asker.rw = who.asker.scope == SCOPE_PART ? 4 : 0;
	return who;
}

/* --- the same again, from what was understood --- */

static size_t
print_items(const struct outcome *outcome, char *out, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < outcome->item_count; i++) {
		const struct outcome_item *item = &outcome->items[i];
		const struct category *category = &grammar->categories[item->category];

		used += (size_t)snprintf(out + used, size - used, " %s %ld %s,", category->keyword, item->value,
					 grammar_spell(grammar, WORD_UNIT, item->unit));
		MUST(used < size);
	}
	return used;
}

/* "LAPOR ANAK 3 ORANG, 32.07.34.2007 RT 2 RW 1 2026-09" */
static void
print_report(const struct outcome *outcome, char *out, size_t size)
{
	const char *verb = outcome->verb == VERB_REPORT ? "LAPOR" : verb_name(outcome->verb);
	size_t used = (size_t)snprintf(out, size, "%s", verb);

	if (outcome->verb == VERB_NIHIL)
		used += (size_t)snprintf(out + used, size - used, " %s", grammar->families[outcome->family].name);
	else
		used += print_items(outcome, out + used, size - used);
	used += (size_t)snprintf(out + used, size - used, " %s", outcome->village);
	if (outcome->rt > 0)
		used += (size_t)snprintf(out + used, size - used, " RT %d", outcome->rt);
	if (outcome->rw > 0)
		used += (size_t)snprintf(out + used, size - used, " RW %d", outcome->rw);
	used += (size_t)snprintf(out + used, size - used, " %04d-%02d", outcome->period / 12, outcome->period % 12 + 1);
	MUST(used < size);
}

static bool
same_report(const struct outcome *a, const struct outcome *b)
{
	if (b->expect != EXPECT_ACCEPT || a->effect != b->effect || a->verb != b->verb || a->family != b->family ||
	    a->item_count != b->item_count || strcmp(a->village, b->village) != 0 || a->rt != b->rt || a->rw != b->rw ||
	    a->period != b->period)
		return false;
	for (size_t i = 0; i < a->item_count; i++)
		if (a->items[i].category != b->items[i].category || a->items[i].unit != b->items[i].unit ||
		    a->items[i].value != b->items[i].value)
			return false;
	return true;
}

static void
read_again(const struct who *who, const struct outcome *outcome)
{
	static struct parse parse;
	static struct outcome again;
	char text[OUTCOME_ITEMS_MAX * 80];

	if (outcome->effect != EFFECT_RECORD)
		return;
	print_report(outcome, text, sizeof text);
	parse_text(grammar, places, &who->asker, text, &parse);
	rules_check(grammar, places, who, &parse, strlen(text), &again);
	if (!same_report(outcome, &again))
		fprintf(stderr, "%s\nis %s %s\n", text, expect_name(again.expect), reject_name(again.reject));
	MUST(same_report(outcome, &again));
	parse_clear(&parse);
}

/* --- */

/* As the store does where something is numbered; the largest there may be. */
static void
draw_numbers(struct reply_form *reply)
{
	static const char *const numbers[] = { "no", "tiket", "ksus", "prog" };

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && reply->id[0] != '\0'; i++)
		if (reply_uses(grammar, reply->id, numbers[i]) && reply_value(reply, numbers[i])[0] == '\0')
			reply_set(reply, numbers[i], "%d", 2147483647);
}

static void
answer(const struct who *who, const char *text, uint8_t old)
{
	static struct parse parse;
	static struct outcome outcome;
	char reply[REPLY_SIZE];

	parse_text(grammar, places, &who->asker, text, &parse);
	rules_check(grammar, places, who, &parse, strlen(text), &outcome);
	read_again(who, &outcome);
	for (size_t i = 0; i < outcome.item_count && outcome.effect == EFFECT_RECORD; i++)
		outcome.items[i].old = old & 1 << i % 8 ? old : NO_VALUE;
	rules_conclude(&parse, &outcome);
	answer_compose(grammar, places, who, &outcome);
	draw_numbers(&outcome.reply);
	if (outcome.reply.id[0] != '\0') {
		reply_write(grammar, &outcome.reply, reply);
		MUST(sms_septets(reply) >= 0 && sms_septets(reply) <= SMS_GSM7_ONE);
	}
	parse_clear(&parse);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct who who;
	char *text;

	if (!grammar)
		get_ready();
	if (size < 2)
		return 0;
	who = sender_of(data[0]);
	text = malloc(size - 1);
	MUST(text);
	memcpy(text, data + 2, size - 2);
	text[size - 2] = '\0';
	answer(&who, text, data[1]);
	free(text);
	return 0;
}
