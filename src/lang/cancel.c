/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cancel: BATAL (rule 38): a report by its number or the last one, the own figures of categories, what a form says.
 * Pure. */
#include "lang/case_file.h"

#include <string.h>

/* Steps come together from several messages: nobody can tell which one is meant. */
static bool
names_collected(const struct case_file *file)
{
	const struct form *form = &file->grammar->forms[file->parse->form];

	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].collected && file->parse->values[i].given)
			return true;
	return false;
}

bool
cancel_check(struct case_file *file)
{
	const struct parse *parse = file->parse;
	struct outcome *out = file->out;

	if (file->who->standing == STANDING_WAITING) {
		out->expect = EXPECT_SETTINGS;
		out->effect = EFFECT_WITHDRAW;
		return false;
	}
	if (parse->form >= 0 && parse->number < 0)
		return !names_collected(file) || case_reject(file, REJECT_FORMAT);
	if (parse->category_count != 0 && !file->grammar->roles[file->who->role].may[VERB_BATAL])
		return case_reject(file, REJECT_IZIN);
	if (parse->category_count != 0)
		return parse->item_count == 0 || parse->counting.reject == REJECT_NONE ||
		       case_reject_category(file, REJECT_JUMLAH, parse->counting.index);
	out->expect = EXPECT_ACCEPT;
	out->effect = EFFECT_CANCEL;
	out->own = !file->grammar->roles[file->who->role].may[VERB_BATAL];
	return false;
}

static bool
is_listed(const struct outcome *out, int category)
{
	for (size_t i = 0; i < out->item_count; i++)
		if (out->items[i].category == category)
			return true;
	return false;
}

bool
cancel_fill(struct case_file *file)
{
	const struct parse *parse = file->parse;
	struct outcome *out = file->out;

	if (parse->verb != VERB_BATAL || out->item_count != 0)
		return true;
	for (size_t i = 0; i < parse->category_count; i++) {
		const struct category *category = &file->grammar->categories[parse->categories[i]];

		if (is_listed(out, parse->categories[i]))
			continue;
		for (size_t unit = 0; unit < category->unit_count && out->item_count < OUTCOME_ITEMS_MAX; unit++)
			out->items[out->item_count++] = (struct outcome_item){
				parse->categories[i], category->units[unit].unit, NO_VALUE, NO_VALUE, "" };
	}
	return true;
}

/* Whether the category has a figure in any of its units. */
static bool
is_in_force(const struct outcome *out, int category)
{
	for (size_t i = 0; i < out->item_count; i++)
		if (out->items[i].category == category && out->items[i].old != NO_VALUE)
			return true;
	return false;
}

/* Figures that were named must be those on record: BATAL ANAK 5 where 3 is in force is no clear wish. */
static void
conclude_figures(struct outcome *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->item_count; i++) {
		struct outcome_item item = out->items[i];

		if (!is_in_force(out, item.category)) {
			outcome_refuse_category(out, REJECT_TIDAK_ADA, item.category);
			return;
		}
		if (item.value != NO_VALUE && item.value != item.old) {
			out->said = item.value;
			out->items[0] = item;
			outcome_refuse_category(out, REJECT_BEDA, item.category);
			return;
		}
	}
	for (size_t i = 0; i < out->item_count; i++)
		if (out->items[i].old != NO_VALUE)
			out->items[kept++] = out->items[i];
	out->item_count = kept;
}

/* What is named of a total must be what is on record. */
static void
conclude_entry(const struct parse *parse, struct outcome *out)
{
	const struct form *form = &parse->grammar->forms[out->form];

	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *field = &form->fields[i];

		if (!parse->values[i].given || form_value_equal(field, &parse->values[i], &out->before[i]))
			continue;
		outcome_refuse_category(out, REJECT_TIDAK_ADA, -1);
		if (field->type == FORM_COUNT && out->before[i].given) {
			out->said = parse->values[i].number;
			out->field = (int)i;
			outcome_refuse_category(out, REJECT_BEDA, -1);
		}
		return;
	}
}

void
cancel_conclude(const struct parse *parse, struct outcome *out)
{
	if (out->effect == EFFECT_RETRACT)
		conclude_figures(out);
	else if (out->effect == EFFECT_CANCEL && out->cancels == 0)
		outcome_refuse_category(out, out->own && out->form < 0 ? REJECT_IZIN : REJECT_TIDAK_ADA, -1);
	else if (out->effect == EFFECT_CANCEL && out->form >= 0 && out->on_record)
		conclude_entry(parse, out);
}
