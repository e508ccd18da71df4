/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rules: what a reading means for this sender, in the order in which one message's errors are named. */
#include "lang/case_file.h"

#include <stdio.h>
#include <string.h>

#include "lang/form_rules.h"

static bool
reject(struct case_file *file, enum reject why)
{
	outcome_refuse(file->out, why);
	return false;
}

static bool
reject_word(struct case_file *file, enum reject why, const char *word)
{
	snprintf(file->out->word, sizeof file->out->word, "%s", word);
	snprintf(file->out->arg, sizeof file->out->arg, "%s", word);
	return reject(file, why);
}

static bool
reject_category(struct case_file *file, enum reject why, int category)
{
	file->out->category = category;
	if (category >= 0)
		snprintf(file->out->arg, sizeof file->out->arg, "%s", file->grammar->categories[category].code);
	return reject(file, why);
}

static bool
reject_period(struct case_file *file, enum reject why)
{
	int period = file->parse->period;

	snprintf(file->out->arg, sizeof file->out->arg, "%04d-%02d", period / 12, period % 12 + 1);
	file->out->period = period;
	return reject(file, why);
}

/* Rule 5. */
static bool
check_length(struct case_file *file)
{
	enum verb verb = file->parse->verb;
	bool own_bounds = verb == VERB_NOTULEN || verb == VERB_UMUM;

	if (file->parse->reading.reject == REJECT_PANJANG ||
	    (!own_bounds && file->characters > (size_t)file->grammar->limits[LIMIT_TEXT]))
		return reject(file, REJECT_PANJANG);
	return true;
}

/* Rules 6 and 7. */
static bool
check_standing(struct case_file *file)
{
	enum verb verb = file->parse->verb;

	if (file->who->standing == STANDING_STRANGER && !file->grammar->stranger_may[verb])
		return reject(file, REJECT_DAFTAR);
	if (file->who->standing == STANDING_WAITING && !file->grammar->waiting_may[verb])
		return reject(file, REJECT_TUNGGU);
	return true;
}

/* What was met left to right: rules 11, 12, 15, 17, bad month, unknown kecamatan. */
static bool
check_reading(struct case_file *file)
{
	const struct problem *problem = &file->parse->reading;

	switch (problem->reject) {
	case REJECT_NONE:
		return true;
	case REJECT_AMBIGU:
		file->out->ambiguity = problem->index;
		return reject_word(file, REJECT_AMBIGU, problem->word);
	case REJECT_ANGKA:
		return reject_category(file, REJECT_ANGKA, problem->index);
	case REJECT_TAMBAH:
		return reject_word(file, REJECT_TAMBAH, problem->word);
	default:
		snprintf(file->out->word, sizeof file->out->word, "%s", problem->word);
		return reject(file, problem->reject);
	}
}

/* Rules 9 and 10. */
static bool
check_words(struct case_file *file)
{
	if (file->parse->verb == VERB_NONE)
		return reject(file, REJECT_PERINTAH);
	if (file->parse->unknown.reject != REJECT_NONE)
		return reject_word(file, REJECT_KATA, file->parse->unknown.word);
	return true;
}

/* JUMLAH and REKAP of a form by those who may count, also if they may not send it. */
static bool
may_ask(const struct case_file *file)
{
	enum verb verb = file->parse->verb;

	return (verb == VERB_JUMLAH || verb == VERB_REKAP) && file->grammar->roles[file->who->role].may[verb];
}

/* Whoever may send any form may take back what he sent; that there is nothing is no matter of rights then (see
 * cancel_conclude). */
static bool
sends_forms(const struct case_file *file)
{
	for (size_t i = 0; i < file->grammar->form_count; i++)
		if (file->grammar->forms[i].who[file->who->role])
			return true;
	return false;
}

/* Rule 8. A correction of a form needs the right to both. */
static bool
check_role(struct case_file *file)
{
	const struct parse *parse = file->parse;

	/* DAFTAR from a registered number is answered with what it is registered as (rule 7). */
	if (file->who->standing != STANDING_ACTIVE || parse->verb == VERB_DAFTAR)
		return true;
	if (parse->form >= 0 && !file->grammar->forms[parse->form].who[file->who->role] && !may_ask(file))
		return reject(file, REJECT_IZIN);
	/* Whoever may not ask for counts may still see what he sent himself: CSR CEK. */
	if (parse->form >= 0 && (parse->verb == VERB_JUMLAH || parse->verb == VERB_REKAP))
		return true;
	/* Whatever has a number of its own may be asked about; whose it is, is seen later (rule 7). */
	if (parse->verb == VERB_JUMLAH && parse->ticket >= 0)
		return true;
	if (parse->verb == VERB_BATAL && (parse->form >= 0 || sends_forms(file)))
		return true;
	if (parse->verb != VERB_FORM && !file->grammar->roles[file->who->role].may[parse->verb])
		return reject(file, REJECT_IZIN);
	return true;
}

/* Settings and help take effect at once; verbs that are read but not served are said to be so. */
static bool
check_verb(struct case_file *file)
{
	struct outcome *out = file->out;

	switch (file->parse->verb) {
	case VERB_RALAT:
		/* What is counted each time is taken back and sent again. */
		if (file->parse->form >= 0 && !file->grammar->forms[file->parse->form].unique)
			return reject(file, REJECT_FORMAT);
		return true;
	case VERB_REPORT: case VERB_NIHIL: case VERB_FORM:
		return true;
	case VERB_BATAL:
		return cancel_check(file);
	case VERB_STOP: case VERB_MULAI:
		out->expect = EXPECT_SETTINGS;
		out->effect = file->parse->verb == VERB_STOP ? EFFECT_REMINDERS_OFF : EFFECT_REMINDERS_ON;
		return false;
	case VERB_BANTUAN:
		out->expect = EXPECT_HELP;
		out->topic = file->parse->topic;
		out->topic_form = file->parse->topic_form;
		out->page = file->parse->number;
		return false;
	case VERB_KODE:
		out->expect = EXPECT_HELP;
		out->page = file->parse->number;
		return false;
	default:
		return duties_check(file);
	}
}

/* What a form says of its fields. */
static bool
check_form(struct case_file *file)
{
	return file->parse->form < 0 || form_check(file->parse, file->out);
}

/* Rule 13. */
static bool
check_pairs(struct case_file *file)
{
	const struct problem *problem = &file->parse->counting;

	if (file->parse->form >= 0)
		return true;
	if (problem->reject == REJECT_NONE && (file->parse->item_count != 0 || file->parse->verb == VERB_NIHIL))
		return true;
	if (file->parse->verb == VERB_BATAL)
		return true;
	snprintf(file->out->word, sizeof file->out->word, "%s", problem->word);
	file->out->category = problem->reject == REJECT_NONE ? -1 : problem->index;
	return reject(file, REJECT_JUMLAH);
}

/* Rule 19: the index of the category's counting unit for the one typed, -1 if it is not counted so. */
static int
counted_in(const struct category *category, int unit)
{
	size_t i;

	if (unit < 0)
		return 0;
	if (category->reads_unit == unit)
		unit = category->reads_as;
	for (i = 0; i < category->unit_count; i++)
		if (category->units[i].unit == unit)
			return (int)i;
	return -1;
}

/* Rules 19, 20 and 21 for one item. */
static bool
check_item(struct case_file *file, const struct item *item)
{
	const struct category *category = &file->grammar->categories[item->category];
	struct outcome *out = file->out;
	int index = counted_in(category, item->unit);
	size_t i;

	if (index < 0)
		return reject_category(file, REJECT_SATUAN, item->category);
	if (item->number < 0 || item->number > category->units[index].max) {
		out->most = category->units[index].max;
		return reject_category(file, REJECT_ANGKA, item->category);
	}
	for (i = 0; i < out->item_count; i++)
		if (out->items[i].category == item->category && out->items[i].unit == category->units[index].unit)
			return reject_category(file, REJECT_GANDA, item->category);
	out->items[out->item_count] = (struct outcome_item){ item->category, category->units[index].unit, item->number,
							     NO_VALUE, "" };
	memcpy(out->items[out->item_count++].word, item->word, sizeof item->word);
	return true;
}

static bool
check_items(struct case_file *file)
{
	const struct parse *parse = file->parse;
	size_t i;

	for (i = 0; i < parse->item_count; i++)
		if (!check_item(file, &parse->items[i]))
			return false;
	return true;
}

/* Rule 35: the whole family becomes 0. */
static bool
fill_nihil(struct case_file *file)
{
	const struct grammar *grammar = file->grammar;
	struct outcome *out = file->out;
	size_t i;

	if (file->parse->verb != VERB_NIHIL)
		return true;
	out->family = file->parse->family >= 0 ? file->parse->family : 0;
	for (i = 0; i < grammar->category_count && out->item_count < OUTCOME_ITEMS_MAX; i++)
		if (grammar->categories[i].family == out->family && grammar->categories[i].list == grammar->active_list)
			out->items[out->item_count++] = (struct outcome_item){
				(int)i, grammar->categories[i].units[0].unit, 0, NO_VALUE, "" };
	return true;
}

/* The village could not be read: why, with the candidates. */
static bool
reject_place(struct case_file *file)
{
	const struct parse *parse = file->parse;
	struct outcome *out = file->out;

	snprintf(out->word, sizeof out->word, "%s", parse->placing.word);
	memcpy(out->district, parse->district, sizeof out->district);
	out->hamlet = parse->placing.reject == REJECT_DESA && parse->placing.index >= 0;
	out->code_count = parse->place.count;
	memcpy(out->codes, parse->place.codes, sizeof out->codes);
	if (parse->placing.reject == REJECT_WILAYAH && parse->place.count == 1)
		snprintf(out->arg, sizeof out->arg, "%s", parse->place.codes[0]);
	else if (parse->placing.reject == REJECT_WILAYAH && parse->place.count == 0)
		snprintf(out->arg, sizeof out->arg, "%s", parse->regency[0] != '\0' ? parse->regency : parse->province);
	return reject(file, parse->placing.reject);
}

static bool
reject_area(struct case_file *file, const char *code)
{
	snprintf(file->out->arg, sizeof file->out->arg, "%s", code);
	return reject(file, REJECT_WILAYAH);
}

/* Which place is meant, in a form. */
static enum form_place
place_of(const struct case_file *file)
{
	return file->parse->form >= 0 ? file->grammar->forms[file->parse->form].place : FORM_PART;
}

static bool
may_omit_place(const struct case_file *file)
{
	const struct parse *parse = file->parse;
	const struct form *form = parse->form >= 0 ? &file->grammar->forms[parse->form] : NULL;

	return form != NULL && (form->place_optional || form->place == FORM_DISTRICT ||
				(form->place_above && (parse->district[0] != '\0' || parse->regency[0] != '\0' ||
						       parse->province[0] != '\0')));
}

/* Rules 46, 47, 49, 50. */
static bool
check_place(struct case_file *file)
{
	const struct parse *parse = file->parse;
	const struct asker *asker = &file->who->asker;
	size_t own = strlen(asker->area), given = strlen(parse->district);

	if (place_of(file) == FORM_NOWHERE)
		return true;
	if (parse->placing.reject != REJECT_NONE)
		return reject_place(file);
	if (given != 0 && strncmp(parse->district, asker->area, given < own ? given : own) != 0)
		return reject_area(file, parse->village_said ? parse->village : parse->district);
	if (parse->village[0] == '\0' && may_omit_place(file))
		return true;
	if (parse->village[0] == '\0')
		return reject(file, REJECT_DESA_PERLU);
	if (strncmp(parse->village, asker->area, own) != 0)
		return reject_area(file, parse->village);
	file->out->rw = parse->rw;
	if (asker->scope == SCOPE_PART && parse->rw != asker->rw)
		return reject_area(file, parse->village);
	return true;
}

/* Rule 40. */
static bool
check_period(struct case_file *file)
{
	const struct parse *parse = file->parse;
	int now = file->who->asker.now.year * 12 + file->who->asker.now.month - 1;

	if (parse->form >= 0 && !file->grammar->forms[parse->form].monthly)
		return true;
	if (parse->dating.reject != REJECT_NONE)
		return reject(file, REJECT_PERIODE);
	if (parse->period > now)
		return reject_period(file, REJECT_DEPAN);
	if (now - parse->period > file->grammar->limits[LIMIT_OLDEST_MONTHS])
		return reject_period(file, REJECT_LAMA);
	return true;
}

bool
case_reject(struct case_file *file, enum reject why)
{
	return reject(file, why);
}

bool
case_reject_category(struct case_file *file, enum reject why, int category)
{
	return reject_category(file, why, category);
}

bool
case_reject_area(struct case_file *file, const char *code)
{
	return reject_area(file, code);
}

bool
case_check_place(struct case_file *file)
{
	return check_place(file);
}

/* The key of an entry: less than that of a report where the form says so. */
static void
set_form(struct case_file *file)
{
	const struct form *form = &file->grammar->forms[file->parse->form];
	const struct parse *parse = file->parse;
	struct outcome *out = file->out;
	const char *area = file->who->asker.area;

	out->effect = parse->verb == VERB_BATAL ? EFFECT_CANCEL : EFFECT_ENTRY;
	if (form->place != FORM_DISTRICT && parse->village[0] != '\0')
		area = parse->village;
	else if ((form->place == FORM_DISTRICT || form->place_above) && parse->district[0] != '\0')
		area = parse->district;
	else if (form->place_above && parse->regency[0] != '\0')
		area = parse->regency;
	else if (form->place_above && parse->province[0] != '\0')
		area = parse->province;
	snprintf(out->area, sizeof out->area, "%s", area);
	if (form->place != FORM_PART)
		out->rt = out->rw = 0;
	if (!form->monthly)
		out->period = 0;
}

void
rules_check(const struct grammar *grammar, const struct gazetteer *gazetteer, const struct who *who,
	    const struct parse *parse, size_t characters, struct outcome *out)
{
	static bool (*const rules[])(struct case_file *) = {
		check_length, check_standing, check_reading, check_words, check_role, check_verb, check_form,
		check_pairs, check_items, fill_nihil, cancel_fill, check_place, check_period,
	};
	struct case_file file = { grammar, gazetteer, who, parse, characters, out };
	size_t i;

	memset(out, 0, sizeof *out);
	out->verb = parse->verb;
	out->category = out->ambiguity = out->family = out->role = out->field = out->rule = out->topic_form = -1;
	out->series = -1;
	out->form = parse->form;
	out->flag = "";
	out->followed = true;
	if (parse->verb == VERB_FORM)
		out->shown = grammar_form_verb(grammar, parse->form);
	out->forget = parse->personal;
	for (i = 0; i < sizeof rules / sizeof *rules; i++)
		if (!rules[i](&file))
			return;
	out->expect = EXPECT_ACCEPT;
	out->effect = parse->verb == VERB_SAH ? EFFECT_SETTLE : parse->verb == VERB_BATAL ? EFFECT_RETRACT : EFFECT_RECORD;
	memcpy(out->village, parse->village, sizeof out->village);
	out->village_fuzzy = parse->village_fuzzy;
	out->rt = parse->rt;
	out->rw = parse->rw;
	out->period = parse->period;
	if (parse->form >= 0)
		set_form(&file);
}

/* Rule 37. */
static void
conclude_correction(const struct parse *parse, struct outcome *out)
{
	size_t i;

	for (i = 0; i < out->item_count; i++)
		if (out->items[i].old == NO_VALUE) {
			outcome_refuse_category(out, REJECT_TIDAK_ADA, out->items[i].category);
			return;
		}
	if (parse->from >= 0 && out->items[0].old != parse->from) {
		out->said = parse->from;
		outcome_refuse_category(out, REJECT_BEDA, out->items[0].category);
	}
}

/* Rule 35. */
static void
conclude_nihil(struct outcome *out)
{
	size_t i;

	for (i = 0; i < out->item_count; i++)
		if (out->items[i].old > 0) {
			outcome_refuse_category(out, REJECT_NIHIL, -1);
			return;
		}
}

void
rules_conclude(const struct parse *parse, struct outcome *out)
{
	size_t i;

	duties_conclude(out);
	if (out->effect == EFFECT_ENTRY)
		form_conclude(parse, out);
	cancel_conclude(parse, out);
	if (out->effect != EFFECT_RECORD)
		return;
	if (out->verb == VERB_RALAT)
		conclude_correction(parse, out);
	if (out->verb == VERB_NIHIL)
		conclude_nihil(out);
	out->same = out->effect == EFFECT_RECORD;
	for (i = 0; i < out->item_count; i++)
		out->same = out->same && out->items[i].old == out->items[i].value;
	if (out->same)
		out->effect = EFFECT_NOTHING;
}

void
rules_forget(struct outcome *out)
{
	outcome_refuse_category(out, REJECT_TIDAK_ADA, -1);
}
