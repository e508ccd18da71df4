/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control_ussd: a line to a call of the menu, its screen to a line. Knows neither doors nor menus. */
#include "gate/control_ussd.h"

#include <ctype.h>
#include <errno.h>
#include <event2/buffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/phone.h"

#define PHONE_WORD_SIZE 32

/* Takes the next word; false: there is none, or it is too long. */
static bool
take_word(const char **line, char *out, size_t size)
{
	size_t length = strcspn(*line, " ");

	if (length == 0 || length >= size)
		return false;
	memcpy(out, *line, length);
	out[length] = '\0';
	*line += length;
	/* One blank: an answer may begin with others. */
	*line += **line == ' ';
	return true;
}

static bool
read_how(const char *word, struct menu_call *call)
{
	static const struct { const char *word; enum menu_how how; } hows[] = {
		{ "all", MENU_ALL }, { "next", MENU_NEXT }, { "end", MENU_HUNG_UP },
	};
	char *end;

	for (size_t i = 0; i < sizeof hows / sizeof *hows; i++)
		if (strcmp(hows[i].word, word) == 0) {
			call->how = hows[i].how;
			return true;
		}
	call->how = MENU_NUMBERED;
	call->number = strtol(word, &end, 10);
	return isdigit((unsigned char)word[0]) && *end == '\0';
}

static bool
is_one_line(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ')
			return false;
	return true;
}

static void
put_text(struct evbuffer *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '\n')
			evbuffer_add(out, "\\n", 2);
		else if (*text == '\\')
			evbuffer_add(out, "\\\\", 2);
		else
			evbuffer_add(out, text, 1);
}

static void
answer(control_ussd_fn on_ussd, void *ctx, const struct menu_call *call, struct evbuffer *out)
{
	struct menu_shown shown;
	char masked[PHONE_MASK_SIZE];
	int error = on_ussd(ctx, call, &shown);

	if (error == -EINVAL) {
		evbuffer_add_printf(out, "error: no such session, number or input\n");
		return;
	}
	if (error < 0) {
		log_error("ussd from=%s: %s", phone_mask(call->phone, masked), strerror(-error));
		evbuffer_add_printf(out, "error: not now: %s\n", strerror(-error));
		return;
	}
	log_debug("ussd from=%s %s", phone_mask(call->phone, masked), shown.over ? "END" : "CON");
	evbuffer_add_printf(out, "%s ", shown.over ? "END" : "CON");
	put_text(out, shown.text);
	evbuffer_add_printf(out, "\n");
}

void
control_ussd(control_ussd_fn on_ussd, void *ctx, const char *rest, struct evbuffer *out)
{
	char session[MENU_SESSION_SIZE], phone[PHONE_WORD_SIZE], how[8];
	struct menu_call call = { .session = session, .phone = phone, .wall = clock_wall() };

	if (!take_word(&rest, session, sizeof session) || !take_word(&rest, phone, sizeof phone) ||
	    !take_word(&rest, how, sizeof how) || !read_how(how, &call) || !is_one_line(rest)) {
		evbuffer_add_printf(out, "error: expected a session, a phone number, one of all, next, end or a number, and what "
				    "was typed\n");
		return;
	}
	call.input = rest;
	answer(on_ussd, ctx, &call, out);
}
