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

/* An entry that is meant: where and when it was. */
static void
mean_entry(const struct deed *deed, int form, const struct entry *entry)
{
	struct outcome *outcome = deed->outcome;

	outcome->form = form;
	outcome->cancels = entry->no;
	outcome->entry = entry->id;
	memcpy(outcome->area, entry->area, sizeof outcome->area);
	outcome->rt = entry->rt;
	outcome->rw = entry->rw;
	outcome->period = entry->period;
	outcome_text(outcome, "form", deed->grammar->forms[form].name);
}

/* The newest entry of the form, since then, that the sender made. -ENOENT. */
static int
find_own(const struct deed *deed, const struct form *form, int64_t since, struct entry *entry)
{
	struct entry_question question = { .form = form->name, .area = "", .last = INT_MAX, .where = "{}",
					   .organisation = deed->person->organisation };
	int64_t before = 0;
	int error;

	while ((error = entry_newest(deed->store, &question, since, before, 0, entry)) == 0 &&
	       entry->person != deed->person->id) {
		before = entry->id;
		entry_clear(entry);
	}
	return error;
}

/* BATAL alone after an offer: what has a number of its own has no receipt. The newest since then is meant. */
static int
find_offer(const struct deed *deed, int64_t since)
{
	struct entry newest = { .id = 0 }, entry;
	int form = -1, error = 0;

	for (size_t i = 0; i < deed->grammar->form_count && error == 0; i++) {
		if (deed->grammar->forms[i].series == NULL)
			continue;
		error = find_own(deed, &deed->grammar->forms[i], since, &entry);
		if (error == 0 && entry.id > newest.id) {
			entry_clear(&newest);
			newest = entry;
			form = (int)i;
		} else if (error == 0) {
			entry_clear(&entry);
		}
		error = error == -ENOENT ? 0 : error;
	}
	if (form >= 0 && error == 0)
		mean_entry(deed, form, &newest);
	entry_clear(&newest);
	return error;
}

/* The own last receipt of a day, or one of the organisation by its number. -ENOENT. */
static int
find_receipt(const struct deed *deed, struct receipt *receipt)
{
	const struct outcome *outcome = deed->outcome;
	long said = deed->parse->number;
	int error = said == 0 ? -ENOENT : receipt_find(deed->store, said > 0 ? said : 0, deed->person->id, receipt);

	if (error != 0)
		return error;
	if (receipt->organisation != deed->person->organisation || receipt->cancelled)
		return -ENOENT;
	if (said < 0 && receipt->wall < last_since(deed))
		return -ENOENT;
	if (outcome->form >= 0 && strcmp(receipt->form, deed->grammar->forms[outcome->form].name) != 0)
		return -ENOENT;
	return 0;
}

static void
mean_receipt(struct outcome *outcome, const struct receipt *receipt)
{
	outcome->cancels = receipt->no;
	memcpy(outcome->village, receipt->village, sizeof outcome->village);
	outcome->period = receipt->period;
	outcome->rt = receipt->rt;
	outcome->rw = receipt->rw;
	if (receipt->form[0] != '\0')
		outcome_text(outcome, "form", receipt->form);
}

/* By its number, or the last of what the sender sent: a receipt, or an offer that came behind it. */
static int
find_last(const struct deed *deed)
{
	struct receipt receipt;
	int found = find_receipt(deed, &receipt), error = 0;

	if (found != 0 && found != -ENOENT)
		return found;
	if (deed->outcome->form < 0 && deed->parse->number < 0)
		error = find_offer(deed, found == 0 ? receipt.wall : last_since(deed));
	if (error == 0 && found == 0 && deed->outcome->cancels == 0)
		mean_receipt(deed->outcome, &receipt);
	return error;
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
	mean_entry(deed, outcome->form, &entry);
	if (form->unique)
		entries_read(deed, entry.data);
	entry_clear(&entry);
	return 0;
}

int
cancel_ask(const struct deed *deed)
{
	const struct outcome *outcome = deed->outcome;
	bool series = outcome->form >= 0 && deed->grammar->forms[outcome->form].series != NULL;

	if (outcome->form >= 0 && (deed->parse->number < 0 || series))
		return find_entry(deed);
	return find_last(deed);
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
