/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu: the doors of the menu: the word MENU, and callers. What is asked next is lang/menu's matter, what a message means and
 * does the desk's. */
#include "gate/menu.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "gate/desk_parts.h"
#include "gate/proof.h"
#include "gate/visit.h"
#include "store/inbox.h"
#include "store/store.h"

#define SMS "sms"               /* the session of the word MENU */

void
menu_leave(struct matter *matter)
{
	visit_free(matter->menu);
	matter->menu = NULL;
}

/* --- SMS --- */

/* The screen is the answer. */
static void
answer_with_screen(struct matter *matter, const struct menu_screen *screen)
{
	struct outcome *outcome = &matter->answer->outcome;

	outcome->verb = VERB_MENU;
	outcome->expect = EXPECT_SESSION;
	outcome->reject = REJECT_NONE;
	outcome->effect = EFFECT_MENU;
	reply_start(&outcome->reply, screen->id);
	snprintf(outcome->pages[0], sizeof outcome->pages[0], "%s", screen->text);
	outcome->page_count = 1;
}

int
menu_begin(struct matter *matter)
{
	int error;

	matter->menu = visit_new(matter, SMS);
	error = visit_look(matter, matter->menu, false);
	if (error == 0)
		answer_with_screen(matter, &matter->menu->screen);
	return error;
}

/* Whether the text is an answer: digits; where a text is asked for anything that is no message by itself. */
static int
is_answer(struct matter *matter, struct visit *visit)
{
	struct desk_answer *aside;
	const char *text = matter->text;
	int result;

	if (menu_is_digits(text))
		return 1;
	menu_look(&visit->user, &visit->menu, &visit->screen);
	if (!visit->screen.free)
		return 0;
	aside = visit_read(matter, text, &result);
	if (aside == NULL)
		return result;
	result = aside->outcome.expect == EXPECT_REJECT && !aside->outcome.forget;
	visit_read_free(aside);
	return result;
}

/* The message is sent as if its text had come; the session is forgotten until its answer is written. */
static int
send_message(struct matter *matter, struct visit *visit)
{
	int error = desk_read(matter, visit->screen.message);

	if (error == 0)
		error = proof_demand(matter);
	if (error == 0)
		error = visit_forget(matter, visit->id);
	if (error == 0)
		desk_compose(matter);
	return error;
}

static int
hear(struct matter *matter, struct visit *visit, bool *taken)
{
	int result = is_answer(matter, visit);

	if (result == 0)
		return visit_forget(matter, visit->id);
	if (result < 0)
		return result;
	*taken = true;
	result = visit_take(matter, visit, matter->text);
	if (result == 0 && visit->screen.turn == MENU_SENDS)
		return send_message(matter, visit);
	if (result == 0)
		answer_with_screen(matter, &visit->screen);
	return result;
}

int
menu_hear(struct matter *matter, bool *taken)
{
	struct visit *visit;
	int error;

	if (matter->who.standing != STANDING_ACTIVE)
		return 0;
	visit = visit_new(matter, SMS);
	error = visit_load(matter, visit);
	if (error == 0)
		error = hear(matter, visit, taken);
	if (error == 0 && *taken)
		matter->menu = visit;
	else
		visit_free(visit);
	return error == -ENOENT ? 0 : error;
}

int
menu_said(struct matter *matter)
{
	struct visit *visit = matter->menu;
	struct desk_answer *answer = matter->answer;

	if (visit->screen.turn == MENU_SENDS) {
		menu_go_on(&visit->user, &visit->menu, answer->outcome.expect != EXPECT_REJECT, answer->reply,
			   &visit->screen);
		snprintf(answer->reply, sizeof answer->reply, "%s", visit->screen.text);
	}
	return visit->screen.turn == MENU_ENDS ? visit_forget(matter, visit->id) : visit_save(matter, visit);
}

/* --- other doors --- */

bool
menu_is_session(const char *session)
{
	size_t length = 0;

	for (; session[length] != '\0'; length++)
		if (!isalnum((unsigned char)session[length]) && strchr("._:-", session[length]) == NULL)
			return false;
	return length > 0 && length < MENU_SESSION_SIZE;
}

/* Handles the message and shows its answer instead of sending it. */
static int
send_now(struct matter *matter, struct visit *visit)
{
	struct desk_answer *answer = matter->answer;
	int error = inbox_insert(matter->desk->store, matter->phone, "", matter->wall, visit->screen.message,
				 &matter->inbox);

	parse_clear(&answer->parse);
	memset(answer, 0, sizeof *answer);
	if (error == 0)
		error = desk_read(matter, visit->screen.message);
	if (error == 0)
		error = proof_demand(matter);
	if (error != 0)
		return error;
	desk_compose(matter);
	error = desk_apply(matter);
	if (error == 0)
		error = desk_write(matter);
	if (error == 0)
		error = desk_end(matter);
	if (error == 0)
		menu_go_on(&visit->user, &visit->menu, answer->outcome.expect != EXPECT_REJECT, answer->reply,
			   &visit->screen);
	return error;
}

/* Takes one answer. What was not shown before cannot be agreed to: of several answers that come at once those behind a
 * confirmation are left. */
static int
feed(struct matter *matter, struct visit *visit, const char *input, bool alone)
{
	int error;

	if (!alone) {
		menu_look(&visit->user, &visit->menu, &visit->screen);
		snprintf(visit->session.shown, sizeof visit->session.shown, "%s", visit->screen.text);
		if (visit->screen.turn == MENU_CONFIRMS)
			return visit_look(matter, visit, false);
	}
	error = visit_take(matter, visit, input);
	if (error == 0 && visit->screen.turn == MENU_SENDS)
		error = send_now(matter, visit);
	return error;
}

/* 1*7*3: one after the other; 1**3: the second sent nothing. */
static int
feed_all(struct matter *matter, struct visit *visit, const char *inputs)
{
	bool alone = strchr(inputs, '*') == NULL && visit->session.shown[0] != '\0';
	char one[MENU_INPUT_MAX + 1];
	int error = 0;

	for (bool more = true; error == 0 && more && visit->screen.turn != MENU_ENDS;) {
		size_t length = strcspn(inputs, "*");

		snprintf(one, sizeof one, "%.*s", (int)length, inputs);
		error = feed(matter, visit, one, alone);
		more = inputs[length] == '*';
		inputs += length + more;
	}
	return error;
}

/* From the first screen on. Whoever may not have a menu is told as he would be by SMS. */
static int
begin(struct matter *matter, struct visit *visit)
{
	const char *word = grammar_spell(matter->desk->grammar, WORD_VERB, VERB_MENU);
	struct desk_answer *answer = matter->answer;
	int error = desk_read(matter, word != NULL ? word : verb_name(VERB_MENU));

	session_clear(&visit->session);
	memset(&visit->menu, 0, sizeof visit->menu);
	if (error != 0)
		return error;
	if (answer->outcome.expect == EXPECT_SESSION)
		return visit_look(matter, visit, false);
	desk_compose(matter);
	reply_write(matter->desk->grammar, &answer->outcome.reply, answer->reply);
	snprintf(visit->screen.text, sizeof visit->screen.text, "%.160s", answer->reply);
	visit->screen.turn = MENU_ENDS;
	return 0;
}

/* What of the call's input is new: NULL, it was answered before. *anew: the session has to begin. */
static const char *
new_input(const struct menu_call *call, const struct session *session, bool found, bool *anew)
{
	size_t length = strlen(session->inputs);

	*anew = !found || session->over;
	switch (call->how) {
	case MENU_ALL:
		if (found && strcmp(call->input, session->inputs) == 0)
			return NULL;
		if (*anew || strncmp(call->input, session->inputs, length) != 0 ||
		    (length != 0 && call->input[length] != '*')) {
			*anew = true;
			return call->input;
		}
		return call->input + length + (length != 0);
	case MENU_NUMBERED:
		if (found && call->number == session->steps && call->number != 0)
			return NULL;
		*anew = *anew || call->number != session->steps + 1;
		break;
	default:
		*anew = *anew || call->input[0] == '\0';
		break;
	}
	/* An answer to a screen that nobody knows any more is no answer. */
	return *anew ? "" : call->input;
}

static int
visit_by_call(struct matter *matter, struct visit *visit, const struct menu_call *call)
{
	const char *input;
	int error = visit_load(matter, visit);
	bool found = error == 0, anew;

	if (error != 0 && error != -ENOENT)
		return error;
	input = new_input(call, &visit->session, found, &anew);
	if (input == NULL) {
		snprintf(visit->screen.text, sizeof visit->screen.text, "%s", visit->session.shown);
		visit->screen.turn = visit->session.over ? MENU_ENDS : MENU_ASKS;
		return 0;
	}
	error = anew ? begin(matter, visit) : 0;
	/* An answer of nothing is one too: no such choice. */
	if (error == 0 && (input[0] != '\0' || !anew) && visit->screen.turn != MENU_ENDS)
		error = call->how == MENU_ALL ? feed_all(matter, visit, input) : feed(matter, visit, input, true);
	visit->session.inputs[0] = '\0';
	if (call->how == MENU_ALL && !visit->forget && !proof_in(matter, call->input))
		snprintf(visit->session.inputs, sizeof visit->session.inputs, "%s", call->input);
	if (call->how == MENU_NUMBERED)
		visit->session.steps = (int)call->number;
	return error != 0 ? error : visit_save(matter, visit);
}

static void
refuse(const struct matter *matter, struct menu_shown *out)
{
	struct reply_form form;
	char text[REPLY_SIZE];

	reply_start(&form, "MENU_TUTUP");
	reply_write(matter->desk->grammar, &form, text);
	snprintf(out->text, sizeof out->text, "%.160s", text);
	out->over = true;
}

static int
serve(struct matter *matter, const struct menu_call *call, struct menu_shown *out)
{
	struct visit *visit;
	int error = desk_identify(matter);

	if (error != 0)
		return error;
	out->over = true;
	if (call->how == MENU_HUNG_UP)
		return matter->phone[0] != '\0' ? visit_forget(matter, call->session) : 0;
	if (matter->ignore) {
		refuse(matter, out);
		return 0;
	}
	visit = visit_new(matter, call->session);
	error = visit_by_call(matter, visit, call);
	snprintf(out->text, sizeof out->text, "%s", visit->screen.text);
	out->over = visit->screen.turn == MENU_ENDS;
	visit_free(visit);
	return error;
}

int
menu_call(struct desk *desk, const struct menu_call *call, struct menu_shown *out)
{
	const struct desk_message message = { .sender = call->phone, .text = "", .time = "", .received = call->wall };
	struct matter *matter;
	int error;

	memset(out, 0, sizeof *out);
	if (!menu_is_session(call->session) || strcmp(call->session, SMS) == 0 || strlen(call->input) > MENU_INPUT_MAX ||
	    call->number < 0 || call->number > MENU_NUMBER_MAX)
		return -EINVAL;
	matter = xcalloc(1, sizeof *matter);
	matter->desk = desk;
	matter->message = &message;
	matter->text = message.text;
	matter->answer = xcalloc(1, sizeof *matter->answer);
	error = store_begin(desk->store);
	if (error == 0) {
		error = serve(matter, call, out);
		if (error == 0)
			error = store_commit(desk->store);
		if (error != 0)
			store_rollback(desk->store);
	}
	parse_clear(&matter->answer->parse);
	free(matter->answer);
	free(matter);
	return error;
}
