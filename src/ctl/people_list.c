/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people_list: kentongan people list: who may write, one a line. */
#include "ctl/people.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "lang/grammar.h"
#include "store/registration.h"

#define NUMBERS_SIZE 256

struct filter {
	int64_t id;                     /* 0 any */
	const char *role;               /* NULL any */
	char area[14];                  /* it or in it; "" any */
	enum person_state state;        /* PERSON_NONE any */
	bool stopped;                   /* only who has said STOP */
	const char *pin;                /* only of whom people_pin_note() says that; NULL any */
};

static bool
read_state(const char *word, struct filter *filter)
{
	static const char *const states[] = { [PERSON_WAITING] = "waiting", [PERSON_ACTIVE] = "active",
					      [PERSON_BLOCKED] = "blocked" };

	for (size_t i = PERSON_WAITING; i <= PERSON_BLOCKED; i++)
		if (strcasecmp(word, states[i]) == 0) {
			filter->state = (enum person_state)i;
			return true;
		}
	if (strcasecmp(word, "nopin") == 0)
		filter->pin = PEOPLE_NO_PIN;
	else if (strcasecmp(word, "locked") == 0)
		filter->pin = PEOPLE_PIN_LOCKED;
	else if (strcasecmp(word, "stop") == 0)
		filter->stopped = true;
	else
		return false;
	return true;
}

/* P17, or one of his numbers. */
static int
read_person(const struct clerk *clerk, const char *word, struct filter *filter)
{
	struct person_entry entry;
	int error = people_designated(clerk, word, &entry);

	if (error == 0)
		filter->id = entry.person.id;
	return error;
}

/* Whether it is P17 or a number: areas have dots. */
static bool
is_person(const char *word)
{
	const char *digits = word + strspn(word, "Pp+");

	return strlen(digits) > (digits > word ? 0 : 8) && strspn(digits, "0123456789") == strlen(digits);
}

static int
read_filter(const struct clerk *clerk, struct filter *filter)
{
	const struct grammar *grammar = clerk->room->grammar;
	int error = 0;

	*filter = (struct filter){ .role = NULL };
	for (int i = 0; i < clerk->count && error == 0; i++) {
		const char *word = clerk->words[i];
		size_t role = 0;

		while (role < grammar->role_count && strcasecmp(grammar->roles[role].name, word) != 0)
			role++;
		if (role < grammar->role_count)
			filter->role = grammar->roles[role].name;
		else if (is_person(word))
			error = read_person(clerk, word, filter);
		else if (!read_state(word, filter))
			error = people_area(clerk, word, -1, NULL, filter->area);
	}
	return error;
}

static bool
fits(const struct filter *filter, const struct person *person, const char *role)
{
	return (filter->id == 0 || filter->id == person->id) &&
	       (filter->role == NULL || strcmp(filter->role, role) == 0) &&
	       strncmp(filter->area, person->area, strlen(filter->area)) == 0 &&
	       (filter->state == PERSON_NONE || filter->state == person->state) &&
	       (!filter->stopped || !person->reminders);
}

/* All of his numbers, masked unless the command line wants them. */
static const char *
write_numbers(const struct clerk *clerk, const char *numbers, char out[NUMBERS_SIZE])
{
	char one[PHONE_SIZE], shown[CTL_TIME_SIZE];
	size_t used = 0, length;

	for (; *numbers != '\0'; numbers += length + strspn(numbers + length, ", ")) {
		length = strcspn(numbers, ",");
		snprintf(one, sizeof one, "%.*s", (int)length, numbers);
		if (used < NUMBERS_SIZE)
			used += (size_t)snprintf(out + used, NUMBERS_SIZE - used, "%s%s", used != 0 ? ", " : "",
						 ctl_number(clerk->call, one, shown));
	}
	return out;
}

static void
print_request(const struct clerk *clerk, const struct registration *request)
{
	char time[CTL_TIME_SIZE];

	fprintf(clerk->out, ", asked to be %s%s%s in No.%" PRId64 " on %.10s", request->role,
		strcmp(request->body, request->role) != 0 ? " " : "",
		strcmp(request->body, request->role) != 0 ? request->body : "", request->no,
		ctl_time(clerk->room->grammar, request->area, request->wall, time));
}

/* P8     +62812****678#a1b2  PSM Rawa, Lumbung, Kabupaten Ciamis (32.07.34.2007), SITI, stop */
static void
print_entry(const struct clerk *clerk, const struct person_entry *entry, const struct registration *request, const char *pin)
{
	const struct person *person = &entry->person;
	char numbers[NUMBERS_SIZE];
	const char *post = people_post(clerk, person);

	fprintf(clerk->out, "P%-5" PRId64 " %-22s %s", person->id, write_numbers(clerk, entry->numbers, numbers),
		person->state == PERSON_BLOCKED ? "BLOCKED" : person->state == PERSON_WAITING ? "WAITING" : post);
	if (person->state != PERSON_ACTIVE && post[0] != '\0')
		fprintf(clerk->out, " %s", post);
	if (person->area[0] != '\0')
		fprintf(clerk->out, " (%s)", person->area);
	if (person->name[0] != '\0')
		fprintf(clerk->out, ", %s", person->name);
	if (request != NULL)
		print_request(clerk, request);
	fprintf(clerk->out, "%s%s\n", pin, person->reminders ? "" : ", stop");
}

int
people_list(const struct clerk *clerk)
{
	struct store *store = clerk->room->store;
	struct person_entry entry = { .person = { .id = 0 } };
	struct filter filter;
	int count = 0, error = read_filter(clerk, &filter);

	while (error == 0 && (error = people_next(store, entry.person.id, &entry)) == 0) {
		struct registration request;
		int asked = registration_waiting(store, entry.person.phone, &request);
		bool waits = entry.person.state == PERSON_WAITING && asked == 0;
		const char *pin = people_pin_note(clerk, &entry.person);

		if (asked != 0 && asked != -ENOENT)
			return asked;
		if (pin == NULL)
			return EXIT_FAILED;
		if (!fits(&filter, &entry.person, waits ? request.role : entry.person.role) ||
		    (filter.pin != NULL && strcmp(pin, filter.pin) != 0))
			continue;
		print_entry(clerk, &entry, waits ? &request : NULL, pin);
		count++;
	}
	if (error == -ENOENT)
		fprintf(clerk->out, count == 1 ? "1 person\n" : "%d people\n", count);
	return error == -ENOENT ? 0 : error;
}
