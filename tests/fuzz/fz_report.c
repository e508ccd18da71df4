/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_report: any text from anybody: folded, read, judged and answered with the real grammar; the answer always fits. */
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
	/* As the store gives them; not each is one for each role. */
	static const char areas[][PLACE_CODE_SIZE] = { "32.07.34.2007", "32.07.34", "32.07", "32" };
	struct who who = { .standing = (enum standing)(byte % 3), .role = -1 };

	who.asker = (struct asker) { .area = "", .scope = SCOPE_NONE, .now = { 2026, 10, 20, 9, 0 } };
	if (who.standing != STANDING_ACTIVE)
		return who;
	who.role = byte / 3 % (int)grammar->role_count;
	who.asker.scope = grammar->roles[who.role].scope;
	who.asker.area = areas[byte / 64];
	return who;
}

static void
answer(const struct who *who, const char *text, uint8_t old)
{
	static struct parse parse;
	static struct outcome outcome;
	char reply[REPLY_SIZE];

	parse_text(grammar, places, &who->asker, text, &parse);
	rules_check(grammar, places, who, &parse, strlen(text), &outcome);
	for (size_t i = 0; i < outcome.item_count && outcome.effect == EFFECT_RECORD; i++)
		outcome.items[i].old = old & 1 << i % 8 ? old : NO_VALUE;
	rules_conclude(&parse, &outcome);
	answer_compose(grammar, places, who, &outcome);
	reply_set(&outcome.reply, "no", "%d", 2147483647);
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
