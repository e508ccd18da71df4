/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people_pin: kentongan people pin: the number by which somebody shows that a message is his. Drawn here and told by word of
 * mouth: an SMS would show it to whoever reads the other's telephone. A PIN of one's own choice comes from standard input,
 * since the command line is seen by all. */
#include "ctl/people.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "lang/grammar.h"
#include "lang/pin.h"
#include "store/pin.h"

const char *
people_pin_note(const struct clerk *clerk, const struct person *person)
{
	const struct grammar *grammar = clerk->room->grammar;
	struct pin_state state;
	int error;

	if (person->state != PERSON_ACTIVE)
		return "";
	error = pin_find(clerk->room->store, person->id, &state);
	if (error == -ENOENT)
		return pin_needed_by(grammar, grammar_role(grammar, person->role)) ? PEOPLE_NO_PIN : "";
	if (error != 0)
		return NULL;
	return state.locked && (state.until == 0 || state.until > clock_wall()) ? PEOPLE_PIN_LOCKED : "";
}

int
people_read_pin(struct clerk *clerk)
{
	char line[64] = "";

	if (fgets(line, sizeof line, stdin) != NULL)
		line[strcspn(line, "\r\n")] = '\0';
	if (pin_is_fit(line))
		memcpy(clerk->pin, line, strlen(line) + 1);
	sodium_memzero(line, sizeof line);
	if (clerk->pin[0] != '\0')
		return 0;
	fprintf(stderr, "kentongan: the PIN on standard input, expected %d to %d digits, not in a row like 1111 or 1234\n", PIN_LEAST,
		PIN_MOST);
	return EXIT_USAGE;
}

static int
give(const struct clerk *clerk, const struct person *person)
{
	bool chosen = clerk->pin[0] != '\0';
	char pin[PIN_MOST + 1];
	int error;

	if (chosen)
		memcpy(pin, clerk->pin, sizeof pin);
	else
		pin_draw(pin);
	error = pin_set(clerk->room->store, person->id, pin, clerk->admission.wall);
	if (error == 0 && chosen)
		fprintf(clerk->out, "%s has a new PIN\n", people_label(clerk, person));
	else if (error == 0)
		fprintf(clerk->out, "%s has the PIN %s, which is shown this once; tell it by word of mouth\n",
			people_label(clerk, person), pin);
	sodium_memzero(pin, sizeof pin);
	return error;
}

/* Taken away, or open again. */
static int
release(const struct clerk *clerk, const struct person *person, bool remove)
{
	int error = remove ? pin_remove(clerk->room->store, person->id) : pin_unlock(clerk->room->store, person->id);

	if (error == -ENOENT) {
		fprintf(stderr, "kentongan: %s has no PIN\n", people_label(clerk, person));
		return EXIT_FAILED;
	}
	if (error == 0)
		fprintf(clerk->out, remove ? "%s has no PIN any more\n" : "%s may use the PIN again\n", people_label(clerk, person));
	return error;
}

int
people_pin(const struct clerk *clerk)
{
	bool remove = clerk->call->options[OPTION_REMOVE] != NULL, unlock = clerk->call->options[OPTION_UNLOCK] != NULL;
	bool chosen = clerk->pin[0] != '\0';
	struct person_entry entry;
	int error;

	if (((remove || unlock) && clerk->count == 2) || (clerk->count == 2 && !chosen) || (remove && unlock)) {
		fputs("kentongan: people pin, expected WHO, WHO -, --remove WHO or --unlock WHO\n", stderr);
		return EXIT_USAGE;
	}
	error = people_designated(clerk, clerk->words[0], &entry);
	if (error != 0)
		return error;
	if (remove || unlock)
		return release(clerk, &entry.person, remove);
	if (entry.person.state != PERSON_ACTIVE) {
		fprintf(stderr, "kentongan: %s %s, expected somebody active\n", people_label(clerk, &entry.person),
			entry.person.state == PERSON_WAITING ? "waits to be approved" : "is blocked");
		return EXIT_FAILED;
	}
	return give(clerk, &entry.person);
}
