/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: an answer that was given reaches the operator, even where the loop has ended before it could leave. */
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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_answer_to_stop_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
