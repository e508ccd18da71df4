/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: an answer that was given reaches the operator, even where the loop has ended before it could leave; and what
 * is wrong with a modem is in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <event2/event.h>

#include "gate/control.h"
#include "modem_fake.h"
#include "store/store.h"

static int
stop_at_once(void *ctx, enum control_request asked, char **error)
{
	(void)error;
	assert_int_equal(asked, CONTROL_STOP);
	event_base_loopbreak(ctx);
	return 0;
}

static int
operator_says(const char *path, const char *line)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(write(fd, line, strlen(line)), strlen(line));
	return fd;
}

static void
test_the_answer_to_stop_leaves(void **state)
{
	struct event_base *base = event_base_new();
	struct control_conf conf = { .path = "socket", .on_request = stop_at_once, .ctx = base };
	struct control *control = NULL;
	char answer[64] = "";
	ssize_t length;
	int fd;

	(void)state;
	assert_int_equal(control_open(&control, base, &conf), 0);
	fd = operator_says("socket", "stop\n");
	event_base_dispatch(base);
	control_close(control);
	event_base_free(base);                  /* only now the sockets are closed */
	length = read(fd, answer, sizeof answer - 1);
	assert_true(length > 0);
	assert_string_equal(answer + length - 2, ".\n");
	assert_int_equal(read(fd, answer, sizeof answer), 0);
	close(fd);
}

/* The answer to a line, as far as it fits. */
static void
ask_at(struct event_base *base, const char *path, const char *line, char *out, size_t size)
{
	int fd = operator_says(path, line);
	size_t length = 0;

	out[0] = '\0';
	while (!strstr(out, "\n.\n") && length < size - 1) {
		ssize_t got;

		event_base_loop(base, EVLOOP_NONBLOCK);
		got = recv(fd, out + length, size - 1 - length, MSG_DONTWAIT);
		length += got > 0 ? (size_t)got : 0;
		out[length] = '\0';
	}
	close(fd);
	event_base_loop(base, EVLOOP_NONBLOCK);
}

static void
ask(struct event_base *base, const char *line, char *out, size_t size)
{
	ask_at(base, "socket", line, out, size);
}

static int
show_a_screen(void *ctx, const struct menu_call *call, struct menu_shown *out)
{
	(void)ctx;
	out->over = call->how == MENU_HUNG_UP;
	snprintf(out->text, sizeof out->text, "%s %s\n0 Keluar", call->phone, call->input);
	return 0;
}

/* Whoever gets hold of the front for USSD gateways can ask for screens; it cannot stop us, nor look at anything. */
static void
test_the_menus_socket_answers_nothing_else(void **state)
{
	struct event_base *base = event_base_new();
	struct control_conf conf = { .path = "socket", .menu_path = "menu", .on_request = stop_at_once,
				     .on_ussd = show_a_screen, .ctx = base };
	struct control *control = NULL;
	char answer[4096];

	(void)state;
	assert_int_equal(control_open(&control, base, &conf), 0);
	ask_at(base, "menu", "ussd at:1 +6284010000959 all 1*7\n", answer, sizeof answer);
	assert_string_equal(answer, "CON +6284010000959 1*7\\n0 Keluar\n.\n");
	ask_at(base, "menu", "stop\n", answer, sizeof answer);
	assert_string_equal(answer, "error: unknown command, expected ussd\n.\n");
	ask_at(base, "menu", "status\n", answer, sizeof answer);
	assert_string_equal(answer, "error: unknown command, expected ussd\n.\n");
	ask_at(base, "menu", "ussdstop\n", answer, sizeof answer);
	assert_string_equal(answer, "error: unknown command, expected ussd\n.\n");
	assert_false(event_base_got_break(base));
	control_close(control);
	assert_int_equal(access("menu", F_OK), -1);
	event_base_free(base);
}

static void
test_what_is_wrong_with_a_modem(void **state)
{
	struct event_base *base = event_base_new();
	struct control_conf conf = { .path = "socket", .on_request = stop_at_once, .ctx = base };
	struct modem modem = { .name = "gammu" };
	struct control *control = NULL;
	char answer[4096];

	(void)state;
	assert_int_equal(store_open(&conf.store, ":memory:", STORE_CREATE), 0);
	assert_int_equal(control_open(&control, base, &conf), 0);
	control_add_modem(control, &modem);
	ask(base, "status\n", answer, sizeof answer);
	assert_non_null(strstr(answer, "modem gammu: UP,"));
	assert_null(strstr(answer, "ALARM"));
	assert_null(strstr(answer, "stuck"));
	modem.alarm = true;
	modem.stuck = 2;
	ask(base, "status\n", answer, sizeof answer);
	assert_non_null(strstr(answer, "modem gammu: UP, ALARM: its slots were not read for too long"));
	assert_non_null(strstr(answer, "(2 stuck)"));
	ask(base, "modem\n", answer, sizeof answer);
	assert_non_null(strstr(answer, "  alarm        YES"));
	assert_non_null(strstr(answer, "0 unreadable, 2 stuck, 0 deadly"));
	control_close(control);
	store_close(conf.store);
	event_base_free(base);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_answer_to_stop_leaves),
		cmocka_unit_test(test_the_menus_socket_answers_nothing_else),
		cmocka_unit_test(test_what_is_wrong_with_a_modem),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
