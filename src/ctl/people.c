/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people: kentongan people: who may write. The daemon keeps nobody in its memory, so it may run meanwhile: what changes
 * here holds from the next message on. */
#include "ctl/people.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/xmalloc.h"
#include "lang/grammar.h"
#include "store/dossier.h"
#include "store/health.h"
#include "store/region.h"
#include "store/registration.h"
#include "store/roster.h"

#define CANDIDATES 6            /* areas of one name that are listed */
#define POST_SIZE 256

/* --- who and where --- */

int
people_designated(const struct clerk *clerk, const char *word, struct person_entry *out)
{
	struct store *store = clerk->room->store;
	char phone[PHONE_SIZE];
	char *end = NULL;
	long long id = word[0] == 'P' || word[0] == 'p' ? strtoll(word + 1, &end, 10) : 0;
	struct person person = { .id = id };
	int error = 0;

	if (end == NULL || end == word + 1 || *end != '\0')
		error = phone_normalise(word, phone) ? people_find(store, phone, &person) : 0;
	if (error == 0 && person.id > 0)
		error = people_next(store, person.id - 1, out);
	if (error != 0 && error != -ENOENT)
		return error;
	if (error == 0 && person.id > 0 && out->person.id == person.id)
		return 0;
	fprintf(stderr, "kentongan: nobody is registered as %s, expected a number, or P and a number of `kentongan people list`\n",
		word);
	return EXIT_FAILED;
}

/* Areas of one name. */
struct candidates { char (*codes)[14]; size_t count; };

static void
on_candidate(void *ctx, const char *code)
{
	struct candidates *found = ctx;

	found->codes = xgrow(found->codes, found->count, sizeof *found->codes);
	snprintf(found->codes[found->count++], sizeof *found->codes, "%s", code);
}

/* "Rawa, Lumbung": what begins like that of all that are called Rawa. */
static int
narrow(const struct clerk *clerk, const char *word, struct candidates *found)
{
	char name[160];
	size_t kept = 0;

	for (size_t i = 0; i < found->count; i++) {
		int error = roster_area(clerk->room->store, found->codes[i], name, sizeof name);

		if (error != 0)
			return error;
		if (strncasecmp(name, word, strlen(word)) == 0)
			memmove(found->codes[kept++], found->codes[i], sizeof *found->codes);
	}
	found->count = kept;
	return 0;
}

static int
complain_of_area(const struct clerk *clerk, const char *word, int level, const char *role, const struct candidates *found)
{
	char name[160];

	fprintf(stderr, "kentongan: area '%s'%s%s, expected %s%s\n", word, role != NULL ? " of role " : "",
		role != NULL ? role : "", level >= 0 ? roster_level(level) :
		"a role, an area's code or name, P and a number, active, waiting, blocked, stop, nopin or locked",
		found->count > 1 ? "; there are several of that name:" : level > 0 ? " or the name of one" : "");
	for (size_t i = 0; found->count > 1 && i < found->count && i < CANDIDATES; i++)
		if (roster_area(clerk->room->store, found->codes[i], name, sizeof name) == 0)
			fprintf(stderr, "  %s  %s\n", found->codes[i], name);
	if (found->count > CANDIDATES)
		fprintf(stderr, "  and %zu more\n", found->count - CANDIDATES);
	return EXIT_USAGE;
}

/* The one area of that name. */
static int
area_named(const struct clerk *clerk, const char *word, int level, const char *role, char out[14])
{
	struct candidates found = { .codes = NULL };
	char name[128];
	int error = 0;

	snprintf(name, sizeof name, "%.*s", (int)strcspn(word, ","), word);
	if (level != 0)
		error = region_named(clerk->room->store, name, level < 0 ? 0 : level, on_candidate, &found);
	if (error == 0 && strchr(word, ',') != NULL)
		error = narrow(clerk, word, &found);
	if (error == 0 && found.count != 1)
		error = complain_of_area(clerk, word, level, role, &found);
	else if (error == 0)
		memcpy(out, found.codes[0], sizeof *found.codes);
	free(found.codes);
	return error;
}

int
people_area(const struct clerk *clerk, const char *word, int level, const char *role, char out[14])
{
	char name[128];
	int error = -ENOENT;

	snprintf(out, 14, "%.13s", word);
	if (*word == '\0' && level == 0)
		return 0;
	if (*word != '\0' && strlen(word) < 14 && strspn(word, "0123456789.") == strlen(word) &&
	    (level < 0 || strlen(word) == (size_t)level))
		error = region_name(clerk->room->store, word, name, sizeof name);
	return error != -ENOENT ? error : area_named(clerk, word, level, role, out);
}

const char *
people_label(const struct clerk *clerk, const struct person *person)
{
	static char out[64];
	char number[CTL_TIME_SIZE];

	snprintf(out, sizeof out, "P%" PRId64 " (%s)", person->id, ctl_number(clerk->call, person->phone, number));
	return out;
}

const char *
people_post(const struct clerk *clerk, const struct person *person)
{
	static char out[POST_SIZE];
	char area[160] = "", rw[16] = "";
	bool own = strcmp(person->body, person->role) != 0;

	if (person->area[0] != '\0' && roster_area(clerk->room->store, person->area, area, sizeof area) != 0)
		area[0] = '\0';
	if (person->rw != 0)
		snprintf(rw, sizeof rw, " RW %d", person->rw);
	snprintf(out, sizeof out, "%s%s%s%s%s%s", person->role, own ? " " : "", own ? person->body : "", rw,
		 area[0] != '\0' && person->role[0] != '\0' ? " " : "", area);
	return out;
}

int
people_is_free(const struct clerk *clerk, const struct role *role, const struct person *person)
{
	struct person holder;
	int error = role->single ? registration_holder(clerk->room->store, role->name, person->area, &holder) : -ENOENT;

	if (error != 0 || holder.id == person->id)
		return error == -ENOENT ? 0 : error;
	fprintf(stderr, "kentongan: role %s of %s is one person's, and %s has it; expected `kentongan people remove P%" PRId64
		"` first%s\n", role->name, person->area, people_label(clerk, &holder), holder.id,
		person->state == PERSON_ACTIVE ? ", or --replace" : "");
	return EXIT_FAILED;
}

/* --- numbers --- */

/* A new number for somebody, instead of the one that was named, or besides. */
static int
give_number(const struct clerk *clerk, bool instead)
{
	struct person_entry entry;
	char phone[PHONE_SIZE];
	int error = people_designated(clerk, clerk->words[0], &entry);

	if (error != 0)
		return error;
	if (instead && strchr(entry.numbers, ',') != NULL && phone_normalise(clerk->words[0], entry.person.phone) == 0) {
		fprintf(stderr, "kentongan: %s has several numbers, expected the one that is to be changed\n", clerk->words[0]);
		return EXIT_USAGE;
	}
	if (!phone_normalise(clerk->words[1], phone)) {
		fprintf(stderr, "kentongan: phone '%s', expected 9 to 15 digits like 0812..., 62812... or +62812...\n",
			clerk->words[1]);
		return EXIT_USAGE;
	}
	error = instead ? people_change_number(clerk->room->store, entry.person.phone, phone) :
			  people_add_number(clerk->room->store, entry.person.phone, phone);
	if (error == -EEXIST) {
		fprintf(stderr, "kentongan: %s is somebody's already, expected a new number\n", clerk->words[1]);
		return EXIT_FAILED;
	}
	if (error == 0)
		error = people_find(clerk->room->store, phone, &entry.person);
	if (error == 0)
		fprintf(clerk->out, "%s is %s\n", people_label(clerk, &entry.person), people_post(clerk, &entry.person));
	return error;
}

static int
people_number(const struct clerk *clerk)
{
	return give_number(clerk, true);
}

static int
people_second(const struct clerk *clerk)
{
	return give_number(clerk, false);
}

/* One of several numbers, or with P17 or the last one the whole person. */
static int
people_remove(const struct clerk *clerk)
{
	struct person_entry entry;
	char phone[PHONE_SIZE];
	int error = people_designated(clerk, clerk->words[0], &entry);

	if (error != 0)
		return error;
	if (strchr(entry.numbers, ',') != NULL && phone_normalise(clerk->words[0], phone)) {
		error = people_remove_number(clerk->room->store, phone);
		memcpy(entry.person.phone, phone, sizeof phone);
		if (error == 0)
			fprintf(clerk->out, "%s has this number no more, and keeps another\n", people_label(clerk, &entry.person));
		return error;
	}
	error = people_retire(clerk->room->store, entry.person.phone);
	if (error == 0)
		fprintf(clerk->out, "%s is a stranger's number now; what was reported stays\n", people_label(clerk, &entry.person));
	return error;
}

/* --- block, unblock --- */

/* Also a number that nobody has. */
static int
people_block(const struct clerk *clerk)
{
	struct person person = { .state = PERSON_BLOCKED };
	struct person_entry entry;
	int error;

	if (phone_normalise(clerk->words[0], person.phone)) {
		error = people_put(clerk->room->store, &person);
		if (error == 0)
			error = people_find(clerk->room->store, person.phone, &person);
	} else {
		error = people_designated(clerk, clerk->words[0], &entry);
		if (error != 0)
			return error;
		person = entry.person;
		person.state = PERSON_BLOCKED;
		error = people_put(clerk->room->store, &person);
	}
	if (error == 0)
		fprintf(clerk->out, "%s is blocked: nothing from there is read or answered\n", people_label(clerk, &person));
	return error;
}

static int
people_unblock_one(const struct clerk *clerk)
{
	const struct grammar *grammar = clerk->room->grammar;
	struct person_entry entry;
	int error = people_designated(clerk, clerk->words[0], &entry), role;

	if (error != 0)
		return error;
	if (entry.person.state != PERSON_BLOCKED) {
		fprintf(stderr, "kentongan: %s is not blocked\n", people_label(clerk, &entry.person));
		return EXIT_FAILED;
	}
	role = entry.person.organisation != 0 ? grammar_role(grammar, entry.person.role) : -1;
	if (role >= 0)
		error = people_is_free(clerk, &grammar->roles[role], &entry.person);
	if (error == 0)
		error = people_unblock(clerk->room->store, entry.person.phone);
	if (error == 0)
		fprintf(clerk->out, "%s is %s\n", people_label(clerk, &entry.person),
		       entry.person.organisation != 0 ? people_post(clerk, &entry.person) : "a stranger's number now");
	return error;
}

/* --- requests --- */

static int
decide(const struct clerk *clerk, bool approved)
{
	struct registration request;
	struct person person = { .state = PERSON_NONE };
	char *end;
	long long no = strtoll(clerk->words[0], &end, 10);
	int error = *end == '\0' ? registration_find(clerk->room->store, no, &request) : -ENOENT;

	if (error == 0)
		error = people_find(clerk->room->store, request.phone, &person);
	if (error == -ENOENT || (error == 0 && (request.state != REGISTRATION_WAITING || person.state != PERSON_WAITING))) {
		fprintf(stderr, "kentongan: there is no request No.%s that waits, expected one of `kentongan people list waiting`\n",
			clerk->words[0]);
		return EXIT_FAILED;
	}
	if (error == 0)
		error = admission_decide(&clerk->admission, no, approved, 0);
	if (error == 0)
		error = people_find(clerk->room->store, request.phone, &person);
	if (error == 0)
		fprintf(clerk->out, "No.%lld is %s and will be told\n", no, approved ? people_post(clerk, &person) : "refused");
	return error;
}

static int
people_approve(const struct clerk *clerk)
{
	return decide(clerk, true);
}

static int
people_refuse(const struct clerk *clerk)
{
	return decide(clerk, false);
}

/* --- the table --- */

static const struct {
	const char *name;
	int least, most;                /* words */
	int (*run)(const struct clerk *clerk);
	unsigned options;
} deeds[] = {
	{ "list", 0, 10, people_list, 1u << OPTION_NUMBERS },
	{ "add", 2, 3, people_add, 1u << OPTION_NUMBERS | 1u << OPTION_NAME | 1u << OPTION_ORG | 1u << OPTION_RW |
	  1u << OPTION_REPLACE },
	{ "move", 2, 3, people_move, 1u << OPTION_NUMBERS | 1u << OPTION_NAME | 1u << OPTION_ORG | 1u << OPTION_RW |
	  1u << OPTION_REPLACE },
	{ "number", 2, 2, people_number, 1u << OPTION_NUMBERS }, { "second", 2, 2, people_second, 1u << OPTION_NUMBERS },
	{ "block", 1, 1, people_block, 1u << OPTION_NUMBERS }, { "unblock", 1, 1, people_unblock_one, 1u << OPTION_NUMBERS },
	{ "pin", 1, 2, people_pin, 1u << OPTION_NUMBERS | 1u << OPTION_REMOVE | 1u << OPTION_UNLOCK },
	{ "remove", 1, 1, people_remove, 1u << OPTION_NUMBERS },
	{ "extract", 1, 1, people_extract, 0 }, { "forget", 0, 1, people_forget, 1u << OPTION_NUMBERS },
	{ "approve", 1, 1, people_approve, 1u << OPTION_NUMBERS }, { "refuse", 1, 1, people_refuse, 1u << OPTION_NUMBERS },
};
#define DEEDS (sizeof deeds / sizeof deeds[0])

/* In one transaction; whoever may decide a request now is asked. */
static int
change(struct clerk *clerk, size_t which)
{
	struct store *store = clerk->room->store;
	int error = store_begin(store);

	if (error != 0)
		return error;
	error = deeds[which].run(clerk);
	if (error == 0)
		error = admission_ask_all(&clerk->admission);
	if (error == 0)
		return store_commit(store);
	store_rollback(store);
	return error;
}

/* All of one moment. */
static int
look(struct clerk *clerk, size_t which)
{
	int error = store_begin_reading(clerk->room->store);

	if (error == 0)
		error = deeds[which].run(clerk);
	store_rollback(clerk->room->store);
	return error;
}

/* Whoever is forgotten cannot be named again: it is said again without a name. */
static int
sweep(struct store *store)
{
	int error = dossier_sweep(store);

	if (error == 0)
		return 0;
	fprintf(stderr, "kentongan: traces may be left in unused parts of the database: %s; when that is over, or the daemon has"
		" stopped, say `kentongan people forget`, without a name\n", health_words(error));
	return EXIT_FAILED;
}

static int
work(struct clerk *clerk, size_t which)
{
	char *said = NULL;
	size_t size;
	int error;

	if (deeds[which].run == people_forget && clerk->count == 0)
		return sweep(clerk->room->store);

	if (deeds[which].run == people_pin && clerk->count == 2 && strcmp(clerk->words[1], "-") == 0) {
		error = people_read_pin(clerk);
		if (error != 0)
			return error;
	}
	/* Whoever reads slowly must not hold up the daemon. */
	clerk->out = open_memstream(&said, &size);
	if (clerk->out == NULL)
		return -errno;
	error = deeds[which].run == people_list || deeds[which].run == people_extract ? look(clerk, which) : change(clerk, which);
	fclose(clerk->out);
	sodium_memzero(clerk->pin, sizeof clerk->pin);
	if (error == 0)
		fputs(said, stdout);
	free(said);
	if (error == 0 && deeds[which].run == people_forget)
		return sweep(clerk->room->store);
	return error;
}

static bool
find_deed(const struct call *call, size_t *which)
{
	unsigned given = 0;
	size_t i = 0;

	for (int option = 0; option < OPTIONS; option++)
		given |= call->options[option] != NULL ? 1u << option : 0;
	while (i < DEEDS && call->word_count != 0 && strcmp(deeds[i].name, call->words[0]) != 0)
		i++;
	*which = i;
	return i < DEEDS && call->word_count != 0 && call->word_count - 1 >= deeds[i].least &&
	       call->word_count - 1 <= deeds[i].most && (given & ~deeds[i].options) == 0;
}

int
ctl_people(const struct command *command, const struct call *call)
{
	int64_t wall = clock_wall();
	struct ctl_room room;
	struct clerk clerk = { .call = call, .room = &room, .words = call->words + 1, .count = call->word_count - 1 };
	size_t which;
	int error;

	if (!find_deed(call, &which)) {
		ctl_misused(command);
		fputs(command->more, stderr);
		return EXIT_USAGE;
	}
	if (ctl_enter(call, &room)) {
		clerk.admission = (struct admission){ .store = room.store, .grammar = room.grammar, .wall = wall,
						      .received = wall };
		error = work(&clerk, which);
		if (error < 0)
			fprintf(stderr, "kentongan: nothing was changed: %s\n", health_words(error));
		room.status = error < 0 ? EXIT_FAILED : error;
	}
	ctl_leave(&room);
	return room.status;
}
