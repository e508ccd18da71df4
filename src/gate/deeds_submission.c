/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds_submission: KIRIM closes a period of the sender's area. Its copies are reminders of the calendar ("when
 * submission"): they go out when this is on the disk. */
#include "gate/deeds_parts.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lang/calendar.h"
#include "store/audience.h"
#include "store/submission.h"
#include "store/total.h"

#define HASH_BYTES 16

/* All figures of the area in one short word: it changes when any of them does. */
static int
hash_figures(const struct deed *deed, char out[HASH_BYTES * 2 + 1])
{
	const struct grammar *grammar = deed->grammar;
	const struct outcome *outcome = deed->outcome;
	unsigned char hash[HASH_BYTES];
	crypto_generichash_state state;
	int error = 0;

	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	crypto_generichash_update(&state, (const unsigned char *)&outcome->reported, sizeof outcome->reported);
	for (size_t i = 0; i < grammar->category_count && error == 0; i++) {
		const struct category *category = &grammar->categories[i];

		for (size_t j = 0; j < category->unit_count && error == 0; j++) {
			struct { long value, any; } figure = { 0, 0 };
			bool any = false;

			error = total_area(deed->store, outcome->area, outcome->period, outcome->last,
					   grammar->lists[category->list].name, category->code,
					   grammar->units[category->units[j].unit].name, &figure.value, &any);
			figure.any = any;
			crypto_generichash_update(&state, (const unsigned char *)&figure, sizeof figure);
		}
	}
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(out, HASH_BYTES * 2 + 1, hash, sizeof hash);
	return error;
}

/* How many people get a copy; or -errno. */
static int
count_copies(const struct deed *deed)
{
	int count = 0;

	for (size_t i = 0; i < deed->grammar->reminder_count; i++) {
		const struct reminder *reminder = &deed->grammar->reminders[i];
		const struct audience audience = { .area = deed->outcome->area, .roles = reminder->roles, .above = true,
						   .willing = true };
		int some = 0;

		if (reminder->subject == SUBJECT_SUBMISSION && reminder->roles != NULL)
			some = audience_count(deed->store, &audience);
		if (some < 0)
			return some;
		count += some;
	}
	return count;
}

/* The day of the last one, where the sender is. */
static void
note_earlier(const struct deed *deed, const struct submission *earlier)
{
	struct civil day = civil_at(earlier->wall, grammar_zone(deed->grammar, deed->person->area));
	char date[40];

	snprintf(date, sizeof date, "%04d-%02d-%02d", day.year, day.month, day.day);
	outcome_text(deed->outcome, "tgl", date)->kept = true;
}

int
deeds_submission_ask(const struct deed *deed)
{
	struct outcome *outcome = deed->outcome;
	struct submission earlier;
	char summary[HASH_BYTES * 2 + 1];
	int reported, villages, copies, error;

	error = total_coverage(deed->store, outcome->area, outcome->period, outcome->last, NULL, &reported, &villages);
	if (error != 0)
		return error;
	outcome->reported = reported;
	outcome->whole = villages;
	copies = count_copies(deed);
	error = copies < 0 ? copies : hash_figures(deed, summary);
	if (error != 0)
		return error;
	outcome->number = copies;
	error = submission_find(deed->store, outcome->area, outcome->period, outcome->last, &earlier);
	if (error != 0)
		return error == -ENOENT ? 0 : error;
	note_earlier(deed, &earlier);
	if (strcmp(earlier.summary, summary) == 0)
		outcome->effect = EFFECT_NOTHING;
	return 0;
}

int
deeds_submission_do(const struct deed *deed)
{
	const struct outcome *outcome = deed->outcome;
	struct submission submission = { .first = outcome->period, .last = outcome->last, .person = deed->person->id,
					 .wall = deed->received };
	int64_t no;
	int error = hash_figures(deed, submission.summary);

	memcpy(submission.area, outcome->area, sizeof submission.area);
	return error != 0 ? error : submission_put(deed->store, &submission, &no);
}
