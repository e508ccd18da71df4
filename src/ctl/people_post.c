/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people_post: kentongan people add and move: somebody new, or somebody elsewhere. What was reported stays with the
 * organisation it was reported for. */
#include "ctl/people.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xmalloc.h"
#include "lang/grammar.h"

/* Writes what somebody is to be: role and area are checked; --rw and --org, or the role's name. */
static int
read_post(const struct clerk *clerk, const char *role_word, const char *area_word, struct person *out)
{
	const char *org = clerk->call->options[OPTION_ORG], *rw = clerk->call->options[OPTION_RW];
	const struct role *role = ctl_find_role(clerk->room->grammar, role_word);
	int level, error;

	if (role == NULL)
		return EXIT_USAGE;
	level = (int)grammar_scope_length(role->scope);
	error = people_area(clerk, area_word, level, role->name, out->area);
	if (error != 0)
		return error;
	if (org == NULL || *org == '\0')
		org = role->name;
	if (strlen(org) >= sizeof out->body) {
		fprintf(stderr, "kentongan: --org %s is too long, expected at most %zu characters\n", org, sizeof out->body - 1);
		return EXIT_USAGE;
	}
	out->rw = rw != NULL ? atoi(rw) : 0;
	if (rw != NULL && (strspn(rw, "0123456789") != strlen(rw) || out->rw < 1 || out->rw > 999 || level != 13)) {
		fprintf(stderr, level != 13 ? "kentongan: --rw %s of role %s, expected none: it is no part of a village\n" :
			"kentongan: --rw %s of role %s, expected a number from 1 to 999\n", rw, role->name);
		return EXIT_USAGE;
	}
	if (rw == NULL && role->scope == SCOPE_PART) {
		fprintf(stderr, "kentongan: role %s is for a part of a village, expected --rw and a number from 1 to 999\n",
			role->name);
		return EXIT_USAGE;
	}
	snprintf(out->role, sizeof out->role, "%.15s", role->name);
	snprintf(out->body, sizeof out->body, "%s", org);
	out->state = PERSON_ACTIVE;
	return 0;
}

static int
read_name(const struct clerk *clerk, struct person *out)
{
	const char *name = clerk->call->options[OPTION_NAME];

	if (name == NULL)
		return 0;
	if (strlen(name) >= sizeof out->name || strpbrk(name, "\t\n\r") != NULL) {
		fprintf(stderr, "kentongan: --name %s, expected at most %zu characters without tabs\n", name,
			sizeof out->name - 1);
		return EXIT_USAGE;
	}
	snprintf(out->name, sizeof out->name, "%s", name);
	return 0;
}

/* Makes room for somebody in a role that is one an area, if the command line says so. */
static int
take_place(const struct clerk *clerk, const struct person *person)
{
	const struct grammar *grammar = clerk->room->grammar;
	const struct role *role = &grammar->roles[grammar_role(grammar, person->role)];
	struct person holder;
	int error;

	if (clerk->call->options[OPTION_REPLACE] == NULL)
		return people_is_free(clerk, role, person);
	if (!role->single) {
		fprintf(stderr, "kentongan: --replace of role %s, expected a role that is one an area\n", role->name);
		return EXIT_USAGE;
	}
	/* Whoever holds it himself is not in his own way. */
	error = people_find(clerk->room->store, person->phone, &holder);
	if (error == 0 && holder.state == PERSON_ACTIVE && strcmp(holder.role, role->name) == 0 &&
	    strcmp(holder.area, person->area) == 0)
		return 0;
	return error != 0 ? error : admission_replace(&clerk->admission, role->name, person->area);
}

/* A number that is nobody's yet. */
static int
read_number(const struct clerk *clerk, const char *word, char out[PHONE_SIZE])
{
	struct person known;
	int error;

	if (!phone_normalise(word, out)) {
		fprintf(stderr, "kentongan: phone '%s', expected 9 to 15 digits like 0812..., 62812... or +62812...\n", word);
		return EXIT_USAGE;
	}
	error = people_find(clerk->room->store, out, &known);
	if (error != 0 || known.state == PERSON_NONE)
		return error;
	fprintf(stderr, "kentongan: %s is known already, %s; expected a new number, or `kentongan people %s`\n", word,
		people_label(clerk, &known), known.state == PERSON_WAITING ? "approve" :
		known.state == PERSON_BLOCKED ? "unblock" : "move");
	return EXIT_FAILED;
}

/* "0812...,0813...": all of them one person's. */
static int
put_numbers(const struct clerk *clerk, struct person *person, char *list)
{
	char number[PHONE_SIZE], *one;
	int error = 0;

	for (bool first = true; error == 0 && (one = strsep(&list, ",")) != NULL; first = false) {
		error = read_number(clerk, one + strspn(one, " "), number);
		if (error == 0 && first) {
			memcpy(person->phone, number, sizeof person->phone);
			error = take_place(clerk, person);
			if (error == 0)
				error = people_put(clerk->room->store, person);
		} else if (error == 0) {
			error = people_add_number(clerk->room->store, person->phone, number);
		}
	}
	return error;
}

int
people_add(const struct clerk *clerk)
{
	struct person person = { .state = PERSON_ACTIVE };
	char *list;
	int error;

	if (clerk->count < 2 || clerk->count > 3) {
		fputs("kentongan: people add, expected NUMBER ROLE AREA\n", stderr);
		return EXIT_USAGE;
	}
	error = read_post(clerk, clerk->words[1], clerk->count == 3 ? clerk->words[2] : "", &person);
	if (error == 0)
		error = read_name(clerk, &person);
	if (error != 0)
		return error;
	list = xstrdup(clerk->words[0]);
	error = put_numbers(clerk, &person, list);
	free(list);
	if (error == 0)
		error = people_find(clerk->room->store, person.phone, &person);
	if (error == 0)
		fprintf(clerk->out, "%s is %s\n", people_label(clerk, &person), people_post(clerk, &person));
	return error;
}

/* move WHO [ROLE] AREA: which of the words behind WHO are there. A role of the whole country has no area. */
static void
split_move(const struct clerk *clerk, const struct person *person, const char **role, const char **area)
{
	const struct grammar *grammar = clerk->room->grammar;
	const char *word = clerk->words[1];
	bool is_role = false;

	for (size_t i = 0; i < grammar->role_count; i++)
		is_role = is_role || strcasecmp(grammar->roles[i].name, word) == 0;
	*role = clerk->count == 3 || is_role ? word : person->role;
	*area = clerk->count == 3 ? clerk->words[2] : is_role ? "" : word;
}

static int
move_to(const struct clerk *clerk, const struct person *before, struct person *person)
{
	char old[256];
	int error = take_place(clerk, person);

	if (error == 0)
		error = people_put(clerk->room->store, person);
	if (error != 0)
		return error;
	snprintf(old, sizeof old, "%s", people_post(clerk, before));
	fprintf(clerk->out, "%s is %s; what was reported as %s stays there\n", people_label(clerk, person), people_post(clerk, person), old);
	return 0;
}

int
people_move(const struct clerk *clerk)
{
	struct person_entry entry;
	struct person person = { .state = PERSON_ACTIVE };
	const char *role, *area;
	int error;

	if (clerk->count < 2 || clerk->count > 3) {
		fputs("kentongan: people move, expected WHO and AREA, or WHO, ROLE and AREA\n", stderr);
		return EXIT_USAGE;
	}
	error = people_designated(clerk, clerk->words[0], &entry);
	if (error != 0)
		return error;
	if (entry.person.state != PERSON_ACTIVE) {
		fprintf(stderr, "kentongan: %s %s, expected somebody active\n", people_label(clerk, &entry.person),
			entry.person.state == PERSON_WAITING ? "waits to be approved" : "is blocked");
		return EXIT_FAILED;
	}
	split_move(clerk, &entry.person, &role, &area);
	error = read_post(clerk, role, area, &person);
	if (error == 0)
		error = read_name(clerk, &person);
	if (error != 0)
		return error;
	person.id = entry.person.id;
	memcpy(person.phone, entry.person.phone, sizeof person.phone);
	/* PKK in another village is PKK. */
	if (strcmp(person.role, entry.person.role) == 0 && clerk->call->options[OPTION_ORG] == NULL)
		memcpy(person.body, entry.person.body, sizeof person.body);
	return move_to(clerk, &entry.person, &person);
}
