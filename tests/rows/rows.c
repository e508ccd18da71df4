/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows: plays the conversations of tests/rows, each on a box of its own, and says which mechanisms work. A conversation
 * passes only if exactly the messages go out that it names, to exactly these people. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/log.h"
#include "base/sms.h"
#include "base/xmalloc.h"
#include "box.h"
#include "lang/grammar.h"
#include "script.h"

#define PAUSE 300               /* seconds after a message in which whatever it causes goes out */
#define DIGITS_TOLD 7           /* so many of somebody's number in a text are his number */
#define PEOPLE_MOST 64

static const char usage[] =
	"rows [-m] [-r ROW] -k KENTONGAN -g GRAMMARS -t TEMPLATE -l LIST -p PEOPLE.tsv FILE.rows...\n"
	"    -m: rows without a conversation are named, but no failure;  -r: only this row, with all that is said\n";

struct options {
	const char *program, *grammars, *template, *only;
	bool may_miss;
};

/* One conversation under way. */
struct play {
	const struct options *options;
	const struct script *script;
	const struct conversation *conversation;
	struct row *row;
	struct box *box;
	const struct step *step;        /* that is played */
	bool failed;
};

static const char database[] = "row.db";

static void __attribute__((format(printf, 2, 3)))
complain(struct play *play, const char *format, ...)
{
	va_list args;

	if (!play->failed)
		printf("%s:%zu: row %s (%s)\n", play->conversation->file, play->conversation->line, play->row->id,
		       play->row->subject);
	play->failed = true;
	printf("  line %zu: ", play->step->line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

/* --- what was heard --- */

static const char *
key_of(const struct script *script, const char *phone)
{
	for (size_t i = 0; i < script->people_count; i++)
		if (strcmp(script->people[i].phone, phone) == 0)
			return script->people[i].key;
	return phone;
}

/* Whatever the table says: plain letters, and nobody's number to somebody else. The number of somebody who wants to be
 * registered is shown to whoever decides. */
static void
check_text(struct play *play, const struct heard *heard)
{
	const struct script *script = play->script;

	if (sms_septets(heard->text) < 0)
		complain(play, "to %s in letters that make it twice as dear: %s", key_of(script, heard->phone), heard->text);
	for (size_t i = 0; i < script->people_count; i++) {
		const char *phone = script->people[i].phone;

		if (script->people[i].registered && strcmp(phone, heard->phone) != 0 &&
		    strstr(heard->text, phone + strlen(phone) - DIGITS_TOLD) != NULL)
			complain(play, "%s is shown the number of %s: %s", key_of(script, heard->phone), script->people[i].key,
				 heard->text);
	}
}

static void
show(const struct play *play, const struct heard *heard)
{
	struct civil at = civil_at(heard->wall, 7 * 3600);

	if (play->options->only != NULL)
		printf("    %04d-%02d-%02d %02d.%02d  %s < %s\n", at.year, at.month, at.day, at.hour, at.minute,
		       key_of(play->script, heard->phone), heard->text);
}

/* Everything that went out since the step before is wanted by one of these steps, and all of these have come. Gives the
 * first step behind them. */
static size_t
compare(struct play *play, size_t first)
{
	const struct step *steps = play->conversation->steps;
	size_t count, last = first;
	const struct heard *heard = box_heard(play->box, &count);
	bool *taken = xcalloc(count + 1, sizeof *taken);

	for (; last < play->conversation->count && steps[last].kind == STEP_HEAR; last++) {
		const char *phone = play->script->people[steps[last].who].phone;
		size_t i = 0;

		while (i < count && (taken[i] || strcmp(heard[i].phone, phone) != 0 || strcmp(heard[i].text, steps[last].text) != 0))
			i++;
		play->step = &steps[last];
		if (i == count)
			complain(play, "did not come: %s < %s", play->script->people[steps[last].who].key, steps[last].text);
		else
			taken[i] = true;
	}
	play->row->hears += last - first;
	for (size_t i = 0; i < count; i++) {
		show(play, &heard[i]);
		if (!taken[i])
			complain(play, "went out:     %s < %s", key_of(play->script, heard[i].phone), heard[i].text);
		check_text(play, &heard[i]);
	}
	free(taken);
	box_forget(play->box);
	return last;
}

/* --- steps --- */

static void
leave_only(struct play *play)
{
	const char *phones[PEOPLE_MOST];
	char *keys = xstrdup(play->step->text), *rest = keys, *key;
	size_t n = 0;

	while ((key = strsep(&rest, " ,")) != NULL) {
		size_t who = script_somebody(play->script, key);

		if (*key == '\0')
			continue;
		if (who == play->script->people_count || n == PEOPLE_MOST)
			complain(play, "nobody is called %s", key);
		else
			phones[n++] = play->script->people[who].phone;
	}
	box_leave(play->box, phones, n);
	free(keys);
}

/* kentongan's own command on the conversation's database; each line that it prints stands behind a =. */
static size_t
run(struct play *play, size_t first)
{
	const struct step *steps = play->conversation->steps;
	char *command = xasprintf("%s -d %s -g %s %s 2>&1", play->options->program, database, play->options->grammars,
				  play->step->text), *line = NULL;
	FILE *pipe = popen(command, "re");
	size_t size = 0, next = first;
	ssize_t length;

	while (pipe != NULL && (length = getline(&line, &size, pipe)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		if (play->options->only != NULL)
			printf("    = %s\n", line);
		play->step = &steps[next < play->conversation->count ? next : first];
		if (next == play->conversation->count || steps[next].kind != STEP_SEE)
			complain(play, "printed:      = %s", line);
		else if (strcmp(steps[next++].text, line) != 0)
			complain(play, "printed:      = %s\n           instead of: = %s", line, steps[next - 1].text);
	}
	for (; next < play->conversation->count && steps[next].kind == STEP_SEE; next++) {
		play->step = &steps[next];
		complain(play, "not printed:  = %s", steps[next].text);
	}
	if (pipe == NULL || pclose(pipe) != 0)
		complain(play, "failed: %s", command);
	free(line);
	free(command);
	return next;
}

/* Gives the step behind it and all that belongs to it. */
static size_t
play_step(struct play *play, size_t i)
{
	const struct step *step = play->step = &play->conversation->steps[i++];

	switch (step->kind) {
	case STEP_TIME:
		if (play->options->only != NULL)
			printf("  @\n");
		if (step->wall < box_now(play->box))
			complain(play, "it is later already");
		box_wait(play->box, step->wall);
		break;
	case STEP_ONLY:
		leave_only(play);
		return i;
	case STEP_SAY:
		if (play->options->only != NULL)
			printf("  %s > %s\n", play->script->people[step->who].key, step->text);
		box_say(play->box, play->script->people[step->who].phone, step->text);
		box_wait(play->box, box_now(play->box) + PAUSE);
		play->row->says++;
		break;
	case STEP_RUN:
		if (play->options->only != NULL)
			printf("  $\n");
		i = run(play, i);
		box_wait(play->box, box_now(play->box) + PAUSE);
		break;
	case STEP_SEE:
	case STEP_HEAR:
		complain(play, "nothing that this could come of");
		return i;
	}
	return compare(play, i);
}

static void
play_conversation(const struct options *options, struct script *script, const struct conversation *conversation,
		  const struct grammar *grammar)
{
	struct play play = { .options = options, .script = script, .conversation = conversation,
			     .row = &script->rows[conversation->row], .step = conversation->steps };
	char phone[SMS_ADDRESS_SIZE] = "";
	size_t i = 0, waiting;

	play.box = box_open(grammar, options->template, database, conversation->steps[0].wall);
	while (i < conversation->count)
		i = play_step(&play, i);
	waiting = box_waiting(play.box, phone, sizeof phone);
	if (waiting != 0)
		complain(&play, "%zu SMS wait at the end, one of them to %s: let time pass, and say who gets them", waiting,
			 key_of(script, phone));
	box_close(play.box);
	play.row->played++;
	play.row->failed += play.failed;
	fflush(stdout);
}

/* --- rows --- */

struct sum { size_t covered, all; };

/* A row is covered when something was said and heard for it, and all of it was as the tables have it. */
static struct sum
add_up(const struct script *script, char grade, bool *missing)
{
	struct sum sum = { 0, 0 };

	for (size_t i = 0; i < script->row_count; i++) {
		const struct row *row = &script->rows[i];
		bool covered = row->played != 0 && row->failed == 0 && row->says != 0 && row->hears != 0;

		if (row->grade != grade)
			continue;
		sum.all++;
		sum.covered += covered;
		if (!covered && row->failed == 0) {
			printf("%s: no conversation (%s)\n", row->id, row->subject);
			*missing = true;
		}
	}
	return sum;
}

static int
judge(const struct options *options, const struct script *script)
{
	bool missing = false, failed = false;
	struct sum a, b;

	for (size_t i = 0; i < script->row_count; i++) {
		failed = failed || script->rows[i].failed != 0;
		if (script->rows[i].grade == 'C' && script->rows[i].played != 0) {
			printf("%s is outside, and has a conversation\n", script->rows[i].id);
			failed = true;
		}
	}
	if (options->only != NULL)
		return failed;
	a = add_up(script, 'A', &missing);
	b = add_up(script, 'B', &missing);
	printf("A %zu of %zu, B %zu of %zu rows covered\n", a.covered, a.all, b.covered, b.all);
	return failed || (missing && !options->may_miss);
}

int
main(int argc, char **argv)
{
	struct options options = { 0 };
	struct script script = { 0 };
	const char *list = NULL, *people = NULL;
	struct grammar *grammar;
	char *error = NULL;
	int c, status;

	while ((c = getopt(argc, argv, "mr:k:g:t:l:p:")) != -1) {
		switch (c) {
		case 'm': options.may_miss = true; break;
		case 'r': options.only = optarg; break;
		case 'k': options.program = optarg; break;
		case 'g': options.grammars = optarg; break;
		case 't': options.template = optarg; break;
		case 'l': list = optarg; break;
		case 'p': people = optarg; break;
		default: fputs(usage, stderr); return 2;
		}
	}
	if (!options.program || !options.grammars || !options.template || !list || !people || optind == argc) {
		fputs(usage, stderr);
		return 2;
	}
	log_level(4);
	grammar = grammar_load(options.grammars, NULL, &error);
	if (grammar == NULL) {
		fprintf(stderr, "%s\n", error);
		return 2;
	}
	script_read_list(&script, list);
	script_read_people(&script, people);
	for (int i = optind; i < argc; i++)
		script_read(&script, argv[i]);
	for (size_t i = 0; i < script.conversation_count; i++)
		if (options.only == NULL || strcmp(options.only, script.rows[script.conversations[i].row].id) == 0)
			play_conversation(&options, &script, &script.conversations[i], grammar);
	status = judge(&options, &script);
	script_free(&script);
	grammar_free(grammar);
	return status;
}
