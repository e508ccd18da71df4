/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_ask: JUMLAH and REKAP of a form: what is asked, and who may know it. Pure. */
#include "lang/case_file.h"

#include <stdio.h>
#include <string.h>

#include "lang/form_ask.h"

bool
form_ask_counts(const struct form *form, size_t index)
{
	return form->fields[index].type == FORM_COUNT && !form->keyed[index];
}

static bool
has_counts(const struct form *form)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form_ask_counts(form, i))
			return true;
	return false;
}

/* REKAP FCU: stages are no figures, so the first form under it that has some is meant. */
static int
recap_of(const struct grammar *grammar, int form)
{
	for (size_t i = 0; i < grammar->form_count && !has_counts(&grammar->forms[form]); i++)
		if (grammar->forms[i].under == form && has_counts(&grammar->forms[i]))
			return (int)i;
	return form;
}

/* Without the right to counts the question is about the own organisation's entries. */
static bool
check_where(struct case_file *file)
{
	const char *own = file->who->asker.area;

	file->out->own = !file->grammar->roles[file->who->role].may[file->parse->verb];
	if (!file->out->own)
		return case_check_area(file);
	snprintf(file->out->area, sizeof file->out->area, "%s", own);
	if (file->parse->placing.reject != REJECT_NONE)
		return case_check_place(file);
	return true;
}

static bool
put_filters(struct case_file *file, const struct form *form)
{
	for (size_t i = 0; i < form->field_count && file->out->form == file->parse->form; i++) {
		const struct form_value *value = &file->parse->values[i];

		if (!value->given)
			continue;
		if (form->fields[i].type == FORM_OPTION)
			outcome_text(file->out, form->fields[i].name, file->grammar->options[value->index].name);
		if (form->fields[i].type != FORM_CATEGORY)
			continue;
		if (!file->out->own && !case_check_secret(file, value->index))
			return false;
		outcome_text(file->out, form->fields[i].name, file->grammar->categories[value->index].code);
	}
	return true;
}

bool
form_ask_check(struct case_file *file)
{
	struct outcome *out = file->out;
	const struct form *form;

	if (file->parse->filling.reject != REJECT_NONE)
		return case_reject(file, REJECT_FORMAT);
	if (file->parse->verb == VERB_REKAP)
		out->form = recap_of(file->grammar, file->parse->form);
	form = &file->grammar->forms[out->form];
	outcome_text(out, "form", form->name);
	if (!check_where(file) || !case_check_window(file) || !put_filters(file, form))
		return false;
	case_put_window(file);
	out->expect = EXPECT_QUERY;
	return false;
}
