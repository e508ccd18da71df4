/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_alert: a report of many victims is told at once to those who must act, whatever the hour and before whatever
 * waits; so is what becomes of that figure. STOP does not silence it: it is neither a reminder nor a broadcast. */
#include "gate/deeds_parts.h"
#include "gate/figures.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What is to be told of a figure. */
enum news { NEWS_NONE, NEWS_ALERT, NEWS_LESS };

static long
threshold_of(const struct deed *deed, const struct outcome_item *item)
{
	const struct category *category = &deed->grammar->categories[item->category];

	for (size_t i = 0; i < category->unit_count; i++)
		if (category->units[i].unit == item->unit)
			return category->units[i].alert;
	return -1;
}

/* The first time above the threshold, and each further rise; a fall from there. */
static enum news
news_of(const struct deed *deed, const struct outcome_item *item)
{
	long threshold = threshold_of(deed, item);

	if (threshold < 0 || item->value == item->old)
		return NEWS_NONE;
	if (item->value > threshold && item->value > item->old)
		return NEWS_ALERT;
	return item->old > threshold ? NEWS_LESS : NEWS_NONE;
}

/* The kind that was typed, "" if it was only the category: TANAHLONGSOR is TANAH LONGSOR. */
static const char *
kind_of(const struct category *category, const char *word)
{
	for (size_t i = 0; i < category->kind_count; i++) {
		const char *a = category->kinds[i], *b = word;

		for (; *a != '\0' || *b != '\0'; a++, b++) {
			a += *a == ' ';
			b += *b == ' ';
			if (*a != *b)
				break;
		}
		if (*a == '\0' && *b == '\0')
			return category->kinds[i];
	}
	return "";
}

/* BENALAM BANJIR 120, PENGUNGSI 6 keluarga; of several the kinds are left out, so that the figures fit. */
static void
add_item(const struct deed *deed, const struct outcome_item *item, struct figures_list *list)
{
	const struct category *category = &deed->grammar->categories[item->category];
	const char *kind = deed->outcome->item_count == 1 ? kind_of(category, item->word) : "";
	bool primary = item->unit == category->units[0].unit;
	struct reply_form none;
	char number[REPLY_SIZE], text[REPLY_SIZE];

	if (item->value == NO_VALUE) {
		reply_start(&none, "FRASA_KOSONG");
		reply_write(deed->grammar, &none, number);
	} else {
		snprintf(number, sizeof number, "%ld%s%s", item->value, primary ? "" : " ",
			 primary ? "" : deed->grammar->units[item->unit].name);
	}
	snprintf(text, sizeof text, "%.20s%s%.20s %.24s", category->keyword, kind[0] != '\0' ? " " : "", kind, number);
	figures_add(deed->grammar, list, "isi", text);
}

/* "Rawa RT 2 RW 1" */
static void
set_place(const struct deed *deed, struct reply_form *form)
{
	static const char *const phrases[] = { "FRASA_RT", "FRASA_RW" };
	const int numbers[] = { deed->outcome->rt, deed->outcome->rw };
	char part[2][REPLY_SIZE] = { "", "" };
	struct reply_form phrase;

	for (size_t i = 0; i < 2; i++) {
		if (numbers[i] == 0)
			continue;
		reply_start(&phrase, phrases[i]);
		reply_set(&phrase, "n", "%d", numbers[i]);
		reply_write(deed->grammar, &phrase, part[i]);
	}
	reply_set(form, "desa", "%s%s%s%s%s", deed_area_name(deed, deed->outcome->village), part[0][0] != '\0' ? " " : "",
		  part[0], part[1][0] != '\0' ? " " : "", part[1]);
}

static void
start(const struct deed *deed, struct reply_form *form, const char *id, int64_t receipt, const struct figures_list *list)
{
	int period = deed->outcome->period;

	reply_start(form, id);
	set_place(deed, form);
	reply_set(form, "per", "%s %d", deed->grammar->month_names[period % 12 + 1], period / 12);
	reply_set(form, "isi", "%s", list->text);
	reply_set(form, "no", "%lld", (long long)receipt);
	deed_set_body(deed, form);
}

static int
tell_news(const struct deed *deed, const char *kind, const char *id, int64_t receipt, const char *roles,
	  const struct figures_list *list)
{
	const struct audience audience = { .area = deed->outcome->village, .roles = roles, .above = true };
	struct reply_form form;
	struct tell tell;
	char about[48];
	int told;

	start(deed, &form, id, receipt, list);
	snprintf(about, sizeof about, "%s:%lld", kind, (long long)receipt);
	tell = deed_tell(deed, about, &form);
	tell.urgent = true;
	told = tell_audience(&tell, &audience, deed->person->id);
	return told < 0 ? told : 0;
}

int
deeds_alert(const struct deed *deed, int64_t receipt)
{
	static const struct { enum news news; const char *kind, *id; } texts[] = {
		{ NEWS_ALERT, "siaga", "SIAGA" }, { NEWS_LESS, "siaga-less", "SIAGA_RALAT" },
	};
	const struct outcome *outcome = deed->outcome;
	const struct civil *now = &deed->who->asker.now;
	int error = 0;

	/* Before the fifth a report is about the month before; what is older is for the books. */
	if (outcome->period < now->year * 12 + now->month - 1 - 1)
		return 0;
	for (size_t i = 0; i < sizeof texts / sizeof *texts && error == 0; i++) {
		const char *roles = NULL;
		struct figures_list list = { .count = 0 };

		for (size_t j = 0; j < outcome->item_count; j++) {
			if (news_of(deed, &outcome->items[j]) != texts[i].news)
				continue;
			roles = deed->grammar->categories[outcome->items[j].category].alert_roles;
			add_item(deed, &outcome->items[j], &list);
		}
		if (roles != NULL)
			error = tell_news(deed, texts[i].kind, texts[i].id, receipt, roles, &list);
	}
	return error;
}

/* --- taken back --- */

int
deeds_alert_cancelled(const struct deed *deed, int64_t receipt)
{
	const struct outcome *outcome = deed->outcome;
	static const char *const kinds[] = { "siaga", "siaga-less" };
	struct figures_list list = { .count = 0 };
	char about[48], prefix[48];
	struct reply_form form;
	struct tell tell;
	int error = 0;

	for (size_t i = 0; i < outcome->item_count; i++) {
		if (outcome->items[i].category < 0 || threshold_of(deed, &outcome->items[i]) < 0)
			continue;
		add_item(deed, &outcome->items[i], &list);
	}
	if (list.count == 0)
		return 0;
	start(deed, &form, "SIAGA_BATAL", receipt, &list);
	snprintf(about, sizeof about, "siaga-gone:%lld", (long long)receipt);
	tell = deed_tell(deed, about, &form);
	tell.urgent = true;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && error == 0; i++) {
		snprintf(prefix, sizeof prefix, "%s:%lld:", kinds[i], (long long)receipt);
		error = tell_those_told(&tell, prefix, deed->person);
	}
	return error;
}
