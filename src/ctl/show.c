/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show: kentongan show: a message's whole story, from the air to the records and back. */
#include "ctl/ctl.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cms.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "lang/calendar.h"
#include "lang/grammar.h"
#include "store/people.h"
#include "store/region.h"
#include "store/story.h"

#define SHOWN 12                /* messages that one caused, each with all about it */
#define STATES 8                /* that a message to send may be in */

struct show {
	const struct call *call;
	struct ctl_room *room;
	int error;                      /* of the first thing that could not be read */
	int shown;                      /* messages that were caused */
	struct { char state[12]; int count; } more[STATES];     /* those that are not shown */
};

static void
note(struct show *show, int error)
{
	if (show->error == 0)
		show->error = error;
}

static const char *
when(struct show *show, int64_t wall, char out[CTL_TIME_SIZE])
{
	return ctl_time(show->room->grammar, "", wall, out);
}

/* "+62840****959#a1b2, PSM of Rawa (32.07.34.2007)". */
static void
print_who(struct show *show, const char *number)
{
	char shown[CTL_TIME_SIZE], phone[PHONE_SIZE], area[64];
	struct person person = { .state = PERSON_NONE };

	printf("%s", ctl_number(show->call, number, shown));
	if (!phone_normalise(number, phone) || people_find(show->room->store, phone, &person) != 0 ||
	    person.state == PERSON_NONE)
		printf(", not registered\n");
	else if (region_name(show->room->store, person.area, area, sizeof area) == 0)
		printf(", %s of %s (%s)%s\n", person.body[0] != '\0' ? person.body : "somebody", area,
		       person.area[0] != '\0' ? person.area : "all",
		       person.state == PERSON_BLOCKED ? ", blocked" :
		       person.state == PERSON_WAITING ? ", waits for approval" : "");
	else
		printf("\n");
}

/* Keys may end with the number of whoever is told. */
static void
print_key(struct show *show, const char *key)
{
	const char *number = strchr(key, '+');
	char shown[CTL_TIME_SIZE];

	printf("  key        %.*s%s\n", (int)(number != NULL ? number - key : (long)strlen(key)), key,
	       number != NULL ? ctl_number(show->call, number, shown) : "");
}

/* Whoever has sent it does not get at the operator's terminal: what would steer it (C0, DEL, C1) is shown as '?', and
 * further lines stand below the first. */
static void
print_lines(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++)
		if (*at == '\n')
			printf("\n             ");
		else if (*at < ' ' || *at == 0x7f)
			putchar('?');
		else if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
			putchar('?'), at++;
		else
			putchar(*at);
}

static void
print_text(struct show *show, const char *text)
{
	if (show->call->options[OPTION_TEXT] == NULL)
		return;
	printf("  text       ");
	print_lines(text[0] != '\0' ? text : "(removed)");
	putchar('\n');
}

/* --- to send --- */

static void
print_out_part(void *ctx, const struct story_part *part)
{
	struct show *show = ctx;
	char time[CTL_TIME_SIZE];

	printf("  part %-5d %s", part->part, part->state);
	if (part->sent != 0)
		printf(", handed over %s", when(show, part->sent, time));
	if (part->reference >= 0)
		printf(", reference %d", part->reference);
	if (part->refusals != 0)
		printf(", refused %d times, last by %s (%d)", part->refusals, cms_cause(part->error), part->error);
	if (part->resends != 0)
		printf(", sent again %d times as nobody knew", part->resends);
	if (part->status >= 0)
		printf(", report 0x%02x", part->status);
	if (part->delivered[0] != '\0')
		printf(" at %s", part->delivered);
	printf("\n");
}

static void
print_out(struct show *show, const struct story_out *out)
{
	char time[CTL_TIME_SIZE], cost[CTL_TIME_SIZE];

	printf("out=%" PRId64 " %s %s%s\n  to         ", out->id, out->class, out->state,
	       out->held ? ", a limit keeps it" : "");
	print_who(show, out->dest);
	print_text(show, out->text);
	print_key(show, out->key);
	printf("  queued     %s\n", when(show, out->created, time));
	if (out->not_after != 0)
		printf("  not after  %s\n", when(show, out->not_after, time));
	if (out->next != 0)
		printf("  next       %s\n", when(show, out->next, time));
	if (out->modem[0] != '\0')
		printf("  modem      %s\n", out->modem);
	printf("  cost       %s, paid as %s\n", ctl_cost(show->room->config, out->tries, cost), out->purse);
	note(show, story_out_parts(show->room->store, out->id, print_out_part, show));
}

/* A broadcast is not printed recipient by recipient: only how many are in which state. */
static void
print_caused(void *ctx, const struct story_out *out)
{
	struct show *show = ctx;
	size_t i = 0;

	if (show->shown < SHOWN) {
		show->shown++;
		print_out(show, out);
		return;
	}
	while (i + 1 < STATES && show->more[i].count != 0 && strcmp(show->more[i].state, out->state) != 0)
		i++;
	snprintf(show->more[i].state, sizeof show->more[i].state, "%s", out->state);
	show->more[i].count++;
}

static void
print_more(struct show *show)
{
	for (size_t i = 0; i < STATES && show->more[i].count != 0; i++)
		printf("%s%d %s", i == 0 ? "and " : ", ", show->more[i].count, show->more[i].state);
	if (show->more[0].count != 0)
		printf("\n");
}

/* --- what was stored --- */

static bool
is_secret(const struct grammar *grammar, const struct story_value *value)
{
	int category = grammar_category_in(grammar, value->list, value->category);

	/* Nobody knows what it was: no reason to tell. */
	return category < 0 || grammar->categories[category].secret;
}

static void
print_value(void *ctx, const struct story_value *value)
{
	struct show *show = ctx;
	char period[CALENDAR_PERIOD_SIZE];

	calendar_period_name(value->period, value->period, period);
	printf("  %-10s %s %s", period, value->village, value->village_name);
	if (value->rt != 0)
		printf(" RT %d", value->rt);
	if (value->rw != 0)
		printf(" RW %d", value->rw);
	printf(", %s %s", value->list, value->category);
	if (is_secret(show->room->grammar, value) && show->call->options[OPTION_SENSITIVE] == NULL)
		printf(": secret (--sensitive)");
	else if (value->before_no != 0)
		printf(": %ld %s, before %ld (No.%" PRId64 ")", value->value, value->unit, value->before, value->before_no);
	else
		printf(": %ld %s", value->value, value->unit);
	printf(", %s\n", value->state);
}

static void
print_receipt(void *ctx, const struct story_receipt *receipt)
{
	struct show *show = ctx;
	char time[CTL_TIME_SIZE];

	printf("No.%" PRId64 " %s", receipt->no, receipt->verb);
	if (receipt->cancelled_at != 0)
		printf(", CANCELLED %s", when(show, receipt->cancelled_at, time));
	printf("\n");
	note(show, story_values(show->room->store, receipt->no, print_value, show));
}

static void
print_entry(void *ctx, const struct story_entry *entry)
{
	char period[CALENDAR_PERIOD_SIZE] = "";

	(void)ctx;
	if (entry->period != 0)
		calendar_period_name(entry->period, entry->period, period);
	printf("form %s %s%" PRId64 ", %s %s%s%s, %s%s%s\n", entry->form,
	       entry->series[0] != '\0' ? entry->series : "No.", entry->no, entry->area,
	       entry->area_name, period[0] != '\0' ? ", " : "", period, entry->state,
	       entry->flag[0] != '\0' ? ", " : "", entry->flag);
}

/* --- received --- */

static void
print_part(void *ctx, const struct story_in *part)
{
	struct show *show = ctx;
	char time[CTL_TIME_SIZE];

	printf("  part %-5d in=%" PRId64 " of %d, received %s by %s\n", part->seq, part->id, part->total,
	       when(show, part->received, time), part->modem);
}

static void
print_in(struct show *show, const struct story_in *in)
{
	char time[CTL_TIME_SIZE];

	printf("in=%" PRId64 " %s%s%s\n  from       ", in->id, in->state, in->reason[0] != '\0' ? ": " : "", in->reason);
	print_who(show, in->sender);
	print_text(show, in->text);
	printf("  sent       %s\n", in->time[0] != '\0' ? in->time : "unknown");
	printf("  received   %s ", when(show, in->received, time));
	if (in->modem[0] != '\0')
		printf("by %s, SIM %s\n", in->modem, in->sim);
	else
		printf("by hand (kentongan try)\n");
	if (in->total > 1 || in->parts != 0)
		note(show, story_parts(show->room->store, in->id, print_part, show));
	if (in->tries > 1)
		printf("  read       %d times\n", in->tries);
	if (in->verb[0] != '\0')
		printf("  understood %s\n", in->verb);
	if (strcmp(in->state, "DONE") == 0)
		printf("  answer     %s\n", in->said[0] != '\0' ? in->said : "none");
}

static int
show_in(struct show *show, int64_t id)
{
	struct story_in *in = xcalloc(1, sizeof *in);
	int error = story_in(show->room->store, id, in);

	if (error == 0 && in->whole != 0)
		error = story_in(show->room->store, in->whole, in);
	if (error == 0) {
		print_in(show, in);
		error = story_receipts(show->room->store, in->id, print_receipt, show);
	}
	if (error == 0)
		error = story_entries(show->room->store, in->id, print_entry, show);
	if (error == 0)
		error = story_caused(show->room->store, in->id, print_caused, show);
	print_more(show);
	free(in);
	return error;
}

/* What led to it is a line: the rest is its own story. */
static int
show_out(struct show *show, int64_t id)
{
	struct story_out *out = xcalloc(1, sizeof *out);
	int error = story_out(show->room->store, id, out);

	if (error == 0) {
		print_out(show, out);
		if (out->in != 0)
			printf("  because of in=%" PRId64 "\n", out->in);
	}
	free(out);
	return error;
}

static int
show_receipt(struct show *show, int64_t no)
{
	int64_t in;
	int error = story_of_receipt(show->room->store, no, &in);

	return error != 0 ? error : in != 0 ? show_in(show, in) : -ENOENT;
}

/* "in=71", "out=95", "No.41", "71". */
static int
show_word(struct show *show, const char *word)
{
	static const struct { const char *prefix; int (*run)(struct show *show, int64_t id); } kinds[] = {
		{ "in=", show_in }, { "out=", show_out }, { "No.", show_receipt }, { "No", show_receipt }, { "", show_in },
	};
	size_t i = 0;
	char *rest;
	long long id;

	while (strncasecmp(word, kinds[i].prefix, strlen(kinds[i].prefix)) != 0)
		i++;
	word += strlen(kinds[i].prefix);
	id = strtoll(word, &rest, 10);
	if (*rest != '\0' || id <= 0)
		return -EINVAL;
	return kinds[i].run(show, id);
}

int
ctl_show(const struct command *command, const struct call *call)
{
	struct ctl_room room;
	struct show show = { .call = call, .room = &room };
	int error;

	if (ctl_enter(call, &room)) {
		error = show_word(&show, call->words[0]);
		error = error != 0 ? error : show.error;
		if (error == -EINVAL)
			room.status = ctl_misused(command);
		else if (error == -ENOENT)
			fprintf(stderr, "kentongan: there is no %s\n", call->words[0]);
		if (error != 0 && error != -EINVAL)
			room.status = EXIT_FAILED;
	}
	ctl_leave(&room);
	return room.status;
}
