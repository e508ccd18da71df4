/* SPDX-License-Identifier: GPL-3.0-or-later */
/* visit: one person at one menu: his session in the store, and what the desk says of what he chose. */
#include "gate/visit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "gate/proof.h"
#include "store/region.h"
#include "store/store.h"

#define KEPT 3600               /* seconds in which a door may ask again what was answered last */

struct visit *
visit_new(struct matter *matter, const char *id)
{
	struct visit *visit = xcalloc(1, sizeof *visit);
	const struct grammar *grammar = matter->desk->grammar;

	visit->id = id;
	visit->user = (struct menu_user){ .grammar = grammar, .gazetteer = matter->gazetteer, .who = &matter->who,
					  .area = visit->area };
	return visit;
}

/* Most messages are no answers: it is looked up when there is something to show. */
static void
name_area(const struct matter *matter, struct visit *visit)
{
	if (visit->area[0] == '\0' &&
	    region_name(matter->desk->store, matter->person.area, visit->area, sizeof visit->area) != 0)
		snprintf(visit->area, sizeof visit->area, "%s", matter->person.area);
}

void
visit_free(struct visit *visit)
{
	if (visit == NULL)
		return;
	session_clear(&visit->session);
	free(visit);
}

/* -ENOENT: there is none, or it is too old or from another program. */
int
visit_load(struct matter *matter, struct visit *visit)
{
	int64_t since = matter->wall - matter->desk->grammar->limits[LIMIT_MENU_MINUTES] * 60;
	int error = session_find(matter->desk->store, matter->phone, visit->id, since,
				 matter->message->received + STORE_AHEAD, &visit->session);

	if (error == 0 && !menu_read(visit->session.state, &visit->menu)) {
		session_clear(&visit->session);
		error = -ENOENT;
	}
	if (error == 0)
		name_area(matter, visit);
	return error;
}

/* Keeps where the visit is, and what it shows. */
int
visit_save(struct matter *matter, struct visit *visit)
{
	struct session *session = &visit->session;

	free(session->state);
	session->state = menu_write(&visit->menu);
	snprintf(session->shown, sizeof session->shown, "%s", visit->screen.text);
	session->over = visit->screen.turn == MENU_ENDS;
	session->wall = matter->wall;
	return session_put(matter->desk->store, matter->phone, visit->id, session, matter->wall - KEPT);
}

int
visit_forget(struct matter *matter, const char *id)
{
	return session_forget(matter->desk->store, matter->phone, id);
}

/* --- screens --- */

/* Reads a text on a desk of its own, with its answer if it is refused. NULL: *error says why; else the
 * caller's (free_aside). */
struct desk_answer *
visit_read(struct matter *matter, const char *text, int *error)
{
	struct desk_answer *answer = matter->answer, *aside = xcalloc(1, sizeof *aside);

	matter->answer = aside;
	*error = desk_read(matter, text);
	if (*error == 0 && aside->outcome.expect == EXPECT_REJECT) {
		desk_compose(matter);
		reply_write(matter->desk->grammar, &aside->outcome.reply, aside->reply);
	}
	matter->answer = answer;
	if (*error == 0)
		return aside;
	parse_clear(&aside->parse);
	free(aside);
	return NULL;
}

void
visit_read_free(struct desk_answer *aside)
{
	parse_clear(&aside->parse);
	free(aside);
}

/* A name or the like was typed: it is said, and nothing of it stays. */
static void
end_at(struct visit *visit, const char *answer)
{
	memset(&visit->menu, 0, sizeof visit->menu);
	memset(&visit->screen, 0, sizeof visit->screen);
	snprintf(visit->screen.text, sizeof visit->screen.text, "%.160s", answer);
	visit->screen.turn = MENU_ENDS;
	visit->forget = true;
}

/* Screens and answers pass through others' hands, and are kept for a while: no place for a PIN. */
static void
end_at_pin(const struct matter *matter, struct visit *visit)
{
	struct reply_form form;
	char text[REPLY_SIZE];

	reply_start(&form, "E_PIN_MENU");
	reply_write(matter->desk->grammar, &form, text);
	end_at(visit, text);
}

/* Shows what the message that would be sent means, or why it cannot be stored. */
static int
confirm(struct matter *matter, struct visit *visit)
{
	int error;
	struct desk_answer *aside = visit_read(matter, visit->screen.message, &error);

	if (aside == NULL)
		return error;
	if (aside->outcome.forget)
		end_at(visit, aside->reply);
	else if (aside->outcome.expect == EXPECT_REJECT)
		menu_refuse(&visit->user, &visit->menu, aside->reply, &visit->screen);
	else
		menu_confirm(&visit->user, &visit->menu, &aside->outcome, &visit->screen);
	visit_read_free(aside);
	return 0;
}

/* The screen that comes next, unless a message is to be sent first. again: there was no such choice. */
int
visit_look(struct matter *matter, struct visit *visit, bool again)
{
	int error = 0;

	name_area(matter, visit);
	menu_look(&visit->user, &visit->menu, &visit->screen);
	if (visit->screen.turn == MENU_CONFIRMS)
		error = confirm(matter, visit);
	if (error == 0 && again && visit->screen.turn == MENU_ASKS && !visit->menu.refused)
		menu_repeat(&visit->user, &visit->screen);
	return error;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* Takes an answer to what was shown. If the same place looks otherwise now (another grammar, another month), the digit
 * meant something else: then it is only shown. */
int
visit_take(struct matter *matter, struct visit *visit, const char *input)
{
	bool taken;

	if (!menu_is_digits(input) && proof_in(matter, input)) {
		end_at_pin(matter, visit);
		return 0;
	}
	menu_look(&visit->user, &visit->menu, &visit->screen);
	if (visit->screen.turn == MENU_ASKS && !ends_with(visit->session.shown, visit->screen.text))
		return 0;
	if (visit->screen.free && !menu_is_digits(input)) {
		int error;
		struct desk_answer *aside = visit_read(matter, input, &error);

		if (aside == NULL)
			return error;
		if (aside->outcome.forget)
			end_at(visit, aside->reply);
		visit_read_free(aside);
		if (visit->forget)
			return 0;
	}
	taken = menu_answer(&visit->user, &visit->menu, input);
	visit->session.steps++;
	return visit_look(matter, visit, !taken);
}
