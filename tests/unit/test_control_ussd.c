/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_control_ussd: a line of the control socket becomes a call of the menu, its screen a line; what is no such line
 * reaches nobody. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <event2/buffer.h>

#include "gate/control_ussd.h"

/* What was asked last, and what is answered. */
struct door {
	int calls, error;
	bool over;
	enum menu_how how;
	long number;
	char session[80], phone[40], input[500];
	const char *text;
};

static int
on_ussd(void *ctx, const struct menu_call *call, struct menu_shown *out)
{
	struct door *door = ctx;

	door->calls++;
	door->how = call->how;
	door->number = call->number;
	snprintf(door->session, sizeof door->session, "%s", call->session);
	snprintf(door->phone, sizeof door->phone, "%s", call->phone);
	snprintf(door->input, sizeof door->input, "%s", call->input);
	memset(out, 0, sizeof *out);
	snprintf(out->text, sizeof out->text, "%s", door->text != NULL ? door->text : "");
	out->over = door->over;
	return door->error;
}

static const char *
say(struct door *door, const char *rest)
{
	static char answer[1000];
	struct evbuffer *out = evbuffer_new();
	ev_ssize_t length;

	assert_non_null(out);
	door->calls = 0;
	control_ussd(on_ussd, door, rest, out);
	length = evbuffer_copyout(out, answer, sizeof answer - 1);
	answer[length > 0 ? length : 0] = '\0';
	evbuffer_free(out);
	return answer;
}

static void
a_line_is_a_call(void **state)
{
	struct door door = { .text = "Kesos Rawa\n0 Keluar" };

	(void)state;
	assert_string_equal(say(&door, "at:1 +6284010000001 all 1*7"), "CON Kesos Rawa\\n0 Keluar\n");
	assert_int_equal(door.calls, 1);
	assert_int_equal(door.how, MENU_ALL);
	assert_string_equal(door.session, "at:1");
	assert_string_equal(door.phone, "+6284010000001");
	assert_string_equal(door.input, "1*7");
	say(&door, "at:1 +6284010000001 all");
	assert_string_equal(door.input, "");
	say(&door, "at:1 +6284010000001 next kegiatan PKK ");
	assert_int_equal(door.how, MENU_NEXT);
	assert_string_equal(door.input, "kegiatan PKK ");
	say(&door, "at:1 +6284010000001 12 7");
	assert_int_equal(door.how, MENU_NUMBERED);
	assert_int_equal(door.number, 12);
	say(&door, "at:1 +6284010000001 end");
	assert_int_equal(door.how, MENU_HUNG_UP);
}

static void
a_screen_is_a_line(void **state)
{
	struct door door = { .text = "a\\b\nc", .over = true };

	(void)state;
	assert_string_equal(say(&door, "at:1 08 all"), "END a\\\\b\\nc\n");
}

static void
other_lines_reach_nobody(void **state)
{
	static const char *const lines[] = {
		"", "at:1", "at:1 +6284010000001", "at:1 +6284010000001 never 1", "at:1 +6284010000001 -1 1",
		"at:1 +6284010000001 1x 1", "at:1  all 1", " +6284010000001 all 1", "at:1 +6284010000001 all 1\t7",
		"at:1 +6284010000001 allallall 1", "at:1 +62840100000010000000000000000000000000000000 all 1",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa +6284010000001 all 1",
	};
	struct door door = { .text = "x" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		assert_int_equal(strncmp(say(&door, lines[i]), "error: expected ", 16), 0);
		assert_int_equal(door.calls, 0);
	}
}

static void
failures_are_said(void **state)
{
	struct door door = { .error = -EBUSY };

	(void)state;
	assert_int_equal(strncmp(say(&door, "at:1 +6284010000001 all 1"), "error: not now: ", 16), 0);
	door.error = -EINVAL;
	assert_string_equal(say(&door, "at/1 +6284010000001 all 1"), "error: no such session, number or input\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_a_call),
		cmocka_unit_test(a_screen_is_a_line),
		cmocka_unit_test(other_lines_reach_nobody),
		cmocka_unit_test(failures_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
