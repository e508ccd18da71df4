/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entries_tell: who hears of an entry besides its sender, and what stands beside it: needs beside offers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/deeds_parts.h"
#include "gate/entries.h"
#include "lang/answer.h"
#include "store/entry.h"

/* What both forms must agree in, as a question; false: the message does not say it. */
static bool
write_agreement(const struct deed *deed, const struct form_beside *beside, char **where)
{
	const struct form *other = &deed->grammar->forms[beside->form];
	struct form_value values[FORM_FIELDS_MAX] = { { .given = false } };

	for (size_t i = 0; i < beside->count; i++) {
		const struct form_value *own = &deed->parse->values[beside->own[i]];

		if (!own->given)
			return false;
		values[beside->other[i]] = *own;
	}
	*where = entries_data(deed->grammar, other, values);
	return true;
}

/* The kecamatan of what is asked or said, or all of a wider area; also what is meant for all of the kabupaten. */
static int
sum_beside(const struct deed *deed, const struct form_beside *beside, long *out)
{
	const struct form *other = &deed->grammar->forms[beside->form];
	const struct civil *now = &deed->who->asker.now;
	int month = now->year * 12 + now->month - 1;
	char area[PLACE_CODE_SIZE], *where;
	struct entry_question question = { .form = other->name, .area = area, .above = true, .replaces = other->unique,
					   .first = month - deed->grammar->limits[LIMIT_OLDEST_MONTHS], .last = month };
	struct entry_sum sum;
	int error;

	*out = NO_VALUE;
	if (!write_agreement(deed, beside, &where))
		return 0;
	snprintf(area, sizeof area, "%.8s", deed->outcome->area);
	question.where = where;
	error = entry_sum(deed->store, &question, other->fields[beside->field].name, &sum);
	free(where);
	if (error == 0)
		*out = sum.sum;
	return error;
}

int
entries_beside(const struct deed *deed)
{
	const struct form *form = &deed->grammar->forms[deed->outcome->form];
	int error = 0;

	for (size_t i = 0; i < form->beside_count && error == 0; i++)
		error = sum_beside(deed, &form->besides[i], &deed->outcome->beside[i]);
	return error;
}

/* Everybody of the organisations that gave the same. */
static int
tell_others(const struct deed *deed, const struct tell *tell)
{
	const struct field *others = outcome_field(deed->outcome, "tumpang");
	struct person person = { .id = 0 };
	int error = 0;

	for (size_t i = 0; others != NULL && i < others->count && error == 0; i++) {
		person.id = 0;
		while ((error = audience_member(deed->store, deed->outcome->met[i], person.id, &person)) == 0)
			if (person.id != deed->person->id && (error = tell_phone(tell, person.phone)) != 0)
				return error;
		if (error == -ENOENT)
			error = 0;
	}
	return error;
}

/* A secret count in a village is for those alone to whom all of them are open (rule 52). */
static bool
may_know(const struct deed *deed, const struct form *form, int role)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FORM_CATEGORY && deed->outcome->after[i].given &&
		    deed->grammar->categories[deed->outcome->after[i].index].secret)
			return deed->grammar->roles[role].secrets == SECRETS_OPEN;
	return true;
}

/* Those of the role whose area contains the place; of an RW, its own. */
static int
tell_role(const struct deed *deed, const struct tell *tell, int role)
{
	const struct audience audience = { .area = deed->outcome->area, .roles = deed->grammar->roles[role].name,
					   .rw = deed->outcome->rw, .above = true };
	int told = tell_audience(tell, &audience, deed->person->id);

	return told < 0 ? told : 0;
}

int
entries_tell(const struct deed *deed, int64_t no)
{
	const struct form *form = &deed->grammar->forms[deed->outcome->form];
	int error = 0;

	for (size_t i = 0; i < form->tell_count && error == 0; i++) {
		struct reply_form text;
		struct tell tell;
		char about[64];

		if ((form->tells[i].overlap && !deed->outcome->meets) ||
		    (form->tells[i].role >= 0 && !may_know(deed, form, form->tells[i].role)))
			continue;
		answer_told(deed->grammar, deed->gazetteer, deed->who, deed->outcome, form->tells[i].reply, &text);
		reply_set(&text, "no", "%lld", (long long)no);
		deed_set_body(deed, &text);
		/* Somebody who is told as two roles gets it once. */
		snprintf(about, sizeof about, "entry:%s:%lld:%s", form->series != NULL ? form->series : "", (long long)no, text.id);
		tell = deed_tell(deed, about, &text);
		error = form->tells[i].role < 0 ? tell_others(deed, &tell) : tell_role(deed, &tell, form->tells[i].role);
	}
	return error;
}

int
entries_tell_gone(const struct deed *deed, int form, int64_t no)
{
	const struct form *of = &deed->grammar->forms[form];
	const struct outcome *outcome = deed->outcome;
	struct reply_form text;
	struct tell tell;
	char about[64], prefix[64];

	reply_start(&text, "TERUS_BATAL_ISIAN");
	reply_set(&text, "judul", "%s", of->title);
	reply_set(&text, "no", "%lld", (long long)no);
	reply_set(&text, "wil", "%s", deed_area_name(deed, outcome->area[0] != '\0' ? outcome->area : outcome->village));
	deed_set_body(deed, &text);
	snprintf(about, sizeof about, "gone:%s:%lld", of->series != NULL ? of->series : "", (long long)no);
	snprintf(prefix, sizeof prefix, "entry:%s:%lld:", of->series != NULL ? of->series : "", (long long)no);
	tell = deed_tell(deed, about, &text);
	return tell_those_told(&tell, prefix, deed->person);
}
