/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inbox: kentongan inbox: the latest messages received, and what became of them. */
#include "ctl/ctl.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/phone.h"
#include "lang/grammar.h"
#include "store/people.h"
#include "store/story.h"

#define COUNT 20                /* messages, unless the command line says how many */
#define COUNT_MOST 100000
#define DIGITS 9                /* of a number that is the same however it is spelt */

static const char *const states[] = { "NEW", "PART", "PARTIAL", "DONE", "REJECTED", "QUARANTINE" };

struct list { const struct call *call; struct ctl_room *room; int count; };

/* "PSM", or nothing of a stranger. */
static const char *
role_of(struct store *store, const char *sender, char out[32])
{
	char phone[PHONE_SIZE];
	struct person person;

	out[0] = '\0';
	if (phone_normalise(sender, phone) && people_find(store, phone, &person) == 0 && person.state != PERSON_NONE)
		snprintf(out, 32, "%s", person.role[0] != '\0' ? person.role : "waiting");
	return out;
}

static void
print_message(void *ctx, const struct story_in *in)
{
	struct list *list = ctx;
	char time[CTL_TIME_SIZE], number[CTL_TIME_SIZE], role[32];

	printf("in=%-5" PRId64 " %s  %-22s %-7s %s", in->id, ctl_time(list->room->grammar, "", in->received, time),
	       ctl_number(list->call, in->sender, number), role_of(list->room->store, in->sender, role), in->state);
	if (in->total > 1 && in->parts == 0)
		printf(" (part %d of %d)", in->seq, in->total);
	if (in->reason[0] != '\0')
		printf(" (%s)", in->reason);
	if (in->verb[0] != '\0')
		printf(" %s", in->verb);
	if (in->said[0] != '\0')
		printf(", said %s", in->said);
	else if (strcmp(in->state, "DONE") == 0)
		printf(", no answer");
	if (in->receipts[0] != '\0')
		printf(", %s", in->receipts);
	if (in->caused[0] != '\0')
		printf(", %s", in->caused);
	printf("\n");
	list->count++;
}

/* The end of a number that is the same however it is spelt. false: it is none. */
static bool
read_sender(const char *word, char out[DIGITS + 1])
{
	char digits[32];
	size_t count = 0;

	for (; *word != '\0' && count < sizeof digits; word++) {
		if (isdigit((unsigned char)*word))
			digits[count++] = *word;
		else if (strchr("+ .-", *word) == NULL)
			return false;
	}
	if (count == 0 || count == sizeof digits)
		return false;
	if (count > DIGITS)
		memmove(digits, digits + count - DIGITS, DIGITS);
	snprintf(out, DIGITS + 1, "%.*s", (int)(count < DIGITS ? count : DIGITS), digits);
	return true;
}

static const char *
read_state(const char *word)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcasecmp(states[i], word) == 0)
			return states[i];
	return NULL;
}

/* false: said what is wrong. */
static bool
read_filter(const struct call *call, char sender[DIGITS + 1], struct story_filter *out)
{
	const char *from = call->options[OPTION_FROM], *state = call->options[OPTION_STATE];
	char *rest = "";

	*out = (struct story_filter){ .most = COUNT };
	if (call->word_count == 1)
		out->most = (int)strtol(call->words[0], &rest, 10);
	if (*rest != '\0' || out->most < 1 || out->most > COUNT_MOST) {
		fprintf(stderr, "kentongan: %s is no count, expected 1 to %d\n", call->words[0], COUNT_MOST);
		return false;
	}
	if (from != NULL && !read_sender(from, sender)) {
		fprintf(stderr, "kentongan: --from %s is no number, expected one like +628123456789, or its last digits\n",
			from);
		return false;
	}
	if (from != NULL)
		out->sender = sender;
	if (state != NULL && (out->state = read_state(state)) == NULL) {
		fprintf(stderr, "kentongan: there is no state %s, expected new, part, partial, done, rejected or"
			" quarantine\n", state);
		return false;
	}
	return true;
}

int
ctl_inbox(const struct command *command, const struct call *call)
{
	char sender[DIGITS + 1];
	struct story_filter filter;
	struct ctl_room room;
	struct list list = { .call = call, .room = &room };
	int error;

	(void)command;
	if (!read_filter(call, sender, &filter))
		return EXIT_USAGE;
	if (ctl_enter(call, &room)) {
		error = story_inbox(room.store, &filter, print_message, &list);
		if (error == 0 && list.count == 0)
			printf("nothing\n");
		room.status = error == 0 ? EXIT_DONE : EXIT_FAILED;
	}
	ctl_leave(&room);
	return room.status;
}
