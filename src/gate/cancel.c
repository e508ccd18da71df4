/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cancel: between a BATAL and the store (rule 38). */
#include "gate/cancel.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/deeds_parts.h"
#include "gate/entries.h"
#include "store/entry.h"
#include "store/record.h"

#define HOUR 3600

/* How far back "the last one" reaches. */
static int64_t
last_since(const struct deed *deed)
{
	return deed->wall - (int64_t)deed->grammar->limits[LIMIT_CANCEL_HOURS] * HOUR;
}

/* The own last receipt of a day, or one of the organisation by its number. */
static int
find_receipt(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	long said = deed->parse->number;
	struct receipt receipt;
	int error;

	if (said == 0)
		return 0;
	error = receipt_find(deed->store, said > 0 ? said : 0, deed->person->id, &receipt);
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	if (receipt.organisation != deed->person->organisation || receipt.cancelled)
		return 0;
	if (said < 0 && receipt.wall < last_since(deed))
		return 0;
	if (outcome->form >= 0 && strcmp(receipt.form, deed->grammar->forms[outcome->form].name) != 0)
		return 0;
	outcome->cancels = receipt.no;
	memcpy(outcome->village, receipt.village, sizeof outcome->village);
	outcome->period = receipt.period;
	outcome->rt = receipt.rt;
	outcome->rw = receipt.rw;
	if (receipt.form[0] != '\0')
		outcome_text(outcome, "form", receipt.form);
	return 0;
}

/* The total in force, or the last one of a day of what is counted each time. */
static int
find_said(const struct deed *deed, struct entry *entry)
{
	const struct outcome *outcome = deed->outcome;
	const struct form *form = &deed->grammar->forms[outcome->form];
	struct entry_question question = { .form = form->name, .area = outcome->area, .first = outcome->period,
					   .last = outcome->period, .organisation = deed->person->organisation };
	char *where;
	int error;

	if (form->unique)
		return entries_total(deed, entry);
	where = entries_data(deed->grammar, form, deed->parse->values);
	question.where = where;
	error = entry_newest(deed->store, &question, last_since(deed), 0, 0, entry);
	free(where);
	return error;
}

/* An offer of its own series: the last one of a day, or by its number. */
static int
find_numbered(const struct deed *deed, struct entry *entry)
{
	const struct form *form = &deed->grammar->forms[deed->outcome->form];
	struct entry_question question = { .form = form->name, .area = "", .last = INT_MAX, .where = "{}",
					   .organisation = deed->person->organisation };
	long said = deed->parse->number;

	if (said == 0)
		return -ENOENT;
	return entry_newest(deed->store, &question, said < 0 ? last_since(deed) : 0, 0, said < 0 ? 0 : said, entry);
}

static int
find_entry(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	const struct form *form = &deed->grammar->forms[outcome->form];
	struct entry entry;
	int error = form->series != NULL ? find_numbered(deed, &entry) : find_said(deed, &entry);

	if (error != 0)
		return error == -ENOENT ? 0 : error;
	outcome->cancels = entry.no;
	outcome->entry = entry.id;
	memcpy(outcome->area, entry.area, sizeof outcome->area);
	outcome->rt = entry.rt;
	outcome->rw = entry.rw;
	outcome->period = entry.period;
	if (form->unique)
		entries_read(deed, entry.data);
	outcome_text(outcome, "form", form->name);
	entry_clear(&entry);
	return 0;
}

int
cancel_ask(const struct deed *deed)
{
	const struct outcome *outcome = deed->outcome;
	bool series = outcome->form >= 0 && deed->grammar->forms[outcome->form].series != NULL;

	if (outcome->form < 0 || (deed->parse->number >= 0 && !series))
		return find_receipt(deed);
	return find_entry(deed);
}

/* Notes a value that a cancellation brought back, for whoever looks at the outcome. */
static void
on_returned(void *ctx, const struct record_key *key, long now)
{
	const struct deed *deed = ctx;
	struct outcome *outcome = deed->outcome;

	if (outcome->item_count < OUTCOME_ITEMS_MAX)
		outcome->items[outcome->item_count++] = (struct outcome_item){
			grammar_category_in(deed->grammar, key->list, key->category),
			grammar_unit(deed->grammar, key->unit), now, NO_VALUE, "" };
}

static int
retract(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int error = 0;

	for (size_t i = 0; i < outcome->item_count && error == 0; i++) {
		struct outcome_item *item = &outcome->items[i];
		struct record_key key = deeds_key(deed, item);
		int64_t no;

		error = record_take_back(deed->store, &key, deed->person->id, deed->wall, &no, &item->value);
		if (error == 0 && outcome->cancels == 0)
			outcome->cancels = no;
	}
	return error;
}

/* Whoever was told of what was taken back hears of that, too. */
static int
tell_gone(const struct deed *deed)
{
	const struct outcome *outcome = deed->outcome;
	const struct field *said = outcome_field(outcome, "form");
	int form = said != NULL ? grammar_form(deed->grammar, said->text) : -1;

	return form >= 0 ? entries_tell_gone(deed, form, outcome->cancels) : deeds_alert_cancelled(deed, outcome->cancels);
}

int
cancel_do(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	int error;

	if (outcome->effect == EFFECT_RETRACT) {
		error = retract(deed);
		return error != 0 ? error : deeds_alert_cancelled(deed, outcome->cancels);
	}
	outcome->item_count = 0;
	if (outcome->form >= 0 && deed->grammar->forms[outcome->form].series != NULL)
		error = entry_take_back(deed->store, outcome->entry);
	else
		error = receipt_cancel(deed->store, outcome->cancels, deed->person->id, deed->wall, on_returned,
				       (void *)(uintptr_t)deed);
	return error != 0 ? error : tell_gone(deed);
}
