/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people_subject: what a person may ask of the office about himself: what is known of him, and that it goes (Law 27/2022). */
#include "ctl/people.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "lang/grammar.h"
#include "store/dossier.h"

/* Somebody by P17 or a number, registered or not. */
static int
find_subject(const struct clerk *clerk, const char *word, struct person *out)
{
	struct person_entry entry;
	char phone[PHONE_SIZE];
	int error;

	if (phone_normalise(word, phone))
		return people_find(clerk->room->store, phone, out);
	error = people_designated(clerk, word, &entry);
	*out = entry.person;
	return error;
}

static struct dossier
dossier_of(const struct person *person)
{
	return (struct dossier){ .person = person->id, .phone = person->phone };
}

/* --- extract --- */

static void
add(void *ctx, const char *part, const char *text)
{
	json_t *all = ctx, *list = json_object_get(all, part), *row = json_loads(text, 0, NULL);

	if (list == NULL) {
		list = json_array();
		json_object_set_new(all, part, list);
	}
	json_array_append_new(list, row != NULL ? row : json_string(text));
}

int
people_extract(const struct clerk *clerk)
{
	struct person person;
	struct dossier dossier;
	int error = find_subject(clerk, clerk->words[0], &person);
	json_t *all;

	if (error != 0)
		return error;
	dossier = dossier_of(&person);
	all = json_object();
	error = dossier_tell(clerk->room->store, &dossier, add, all);
	if (error == 0 && json_dumpf(all, clerk->out, JSON_INDENT(2)) == 0)
		fprintf(clerk->out, "\n");
	json_decref(all);
	return error;
}

/* --- forget --- */

/* What follows for the office. */
static void
tell_consequences(const struct clerk *clerk, const struct person *person, const struct dossier_counts *counts)
{
	int role = person->role[0] != '\0' ? grammar_role(clerk->room->grammar, person->role) : -1;

	if (counts->receipts != 0 || counts->tickets != 0)
		fprintf(clerk->out, "what stays is the office's: %" PRId64 " receipts with their figures, and the texts of %" PRId64
			" questions, without name and number\n", counts->receipts, counts->tickets);
	if (counts->busy != 0)
		fprintf(clerk->out, "%" PRId64 " messages to him are being sent just now and keep his number: say it again in a"
			" minute\n", counts->busy);
	if (person->state == PERSON_BLOCKED)
		fprintf(clerk->out, "he was blocked, and is not any more\n");
	if (person->state == PERSON_ACTIVE && role >= 0 && clerk->room->grammar->roles[role].single)
		fprintf(clerk->out, "nobody is %s now: who it is from here on is said by `kentongan people add NUMBER %s %s`\n",
			people_post(clerk, person), person->role, person->area);
	fprintf(clerk->out, "backups, and the copies beside the database that an upgrade (.v21) or a restore (.before-) kept,"
		" still know him until they are deleted\n");
}

int
people_forget(const struct clerk *clerk)
{
	struct person person;
	struct dossier dossier;
	struct dossier_counts counts;
	int error = find_subject(clerk, clerk->words[0], &person);

	if (error != 0)
		return error;
	dossier = dossier_of(&person);
	error = dossier_forget(clerk->room->store, &dossier, clerk->admission.wall, &counts);
	if (error != 0)
		return error;
	fprintf(clerk->out, "%s is forgotten: %" PRId64 " numbers, %" PRId64 " messages, %" PRId64 " of them not sent\n",
		person.id != 0 ? people_label(clerk, &person) : "the number", counts.numbers, counts.messages, counts.dropped);
	tell_consequences(clerk, &person, &counts);
	return 0;
}
