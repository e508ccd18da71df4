/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: an answer that was given reaches the operator, even where the loop has ended before it could leave; and what
 * is wrong with a modem is in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <event2/event.h>

#include "gate/balance.h"
#include "gate/control.h"
#include "gate/outq.h"
#include "modem_fake.h"
#include "shipped_grammar.h"
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

/* What takes its time holds up nobody else, and the lines behind it are answered after it, also for one that has said all. */
static void
test_an_answer_that_takes_its_time(void **state)
{
	struct event_base *base = event_base_new();
	struct control_conf conf = { .path = "socket", .on_request = stop_at_once, .ctx = base };
	struct modem modem = { .name = "gammu" };
	struct modem_event event = { .type = MODEM_EVENT_DIALLED };
	struct modem_conf modem_conf;
	struct control *control = NULL;
	struct balance *balance;
	struct outq *outq;
	char answer[4096] = "";
	int fd, gone;

	(void)state;
	assert_int_equal(store_open(&conf.store, ":memory:", STORE_CREATE), 0);
	assert_int_equal(control_open(&control, base, &conf), 0);
	outq = outq_new(base, conf.store);
	balance = balance_new(base, conf.store, grammar, outq);
	control_set_balance(control, balance);
	modem_conf_default(&modem_conf, "gammu");
	strcpy(modem_conf.credit[CREDIT_BALANCE].code, "*888#");
	balance_add_modem(balance, &modem, &modem_conf);
	balance_ready(balance);
	fd = operator_says("socket", "balance\nbalance gammu7\nqueue\n");
	shutdown(fd, SHUT_WR);
	gone = operator_says("socket", "balance\n");
	ask(base, "help\n", answer, sizeof answer);
	assert_non_null(strstr(answer, "balance"));
	assert_int_equal(modem.dials, 1);
	assert_int_equal(recv(fd, answer, sizeof answer, MSG_DONTWAIT), -1);
	close(gone);
	event_base_loop(base, EVLOOP_NONBLOCK);
	event.dialled.text = "Pulsa Rp25.000";
	event.dialled.error = "";
	balance_dialled(balance, &modem, &event);
	for (int i = 0; i < 20; i++)
		event_base_loop(base, EVLOOP_NONBLOCK);
	answer[recv(fd, answer, sizeof answer - 1, MSG_DONTWAIT)] = '\0';
	assert_non_null(strstr(answer, "gammu balance: 25000 rupiah (pattern of TELKOMSEL, unverified); answer: Pulsa Rp25.000\n.\n"
			       "error: there is no modem gammu7\n.\nnothing\n.\n"));
	assert_int_equal(recv(fd, answer, sizeof answer, MSG_DONTWAIT), 0);     /* hung up */
	close(fd);
	fd = operator_says("socket", "balance\n");              /* the daemon ends meanwhile */
	for (int i = 0; i < 20; i++)
		event_base_loop(base, EVLOOP_NONBLOCK);
	control_close(control);
	balance_free(balance);
	outq_free(outq);
	store_close(conf.store);
	event_base_free(base);
	close(fd);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_answer_to_stop_leaves),
		cmocka_unit_test(test_the_menus_socket_answers_nothing_else),
		cmocka_unit_test(test_what_is_wrong_with_a_modem),
		cmocka_unit_test(test_an_answer_that_takes_its_time),
	};

	signal(SIGPIPE, SIG_IGN);       /* as the daemon does */
	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
