/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fz_control: any octets on the operator's socket, or on the menu's, in chunks of any size: each line gets one answer with
 * its closing line, nothing is stopped or reloaded that was not asked for, and the menu's socket can do neither. Behind them
 * is a whole box, with its menu. The first octet: which socket, and how the rest is cut. */
#include <errno.h>
#include <event2/event.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/sms.h"
#include "box.h"
#include "fuzz.h"
#include "gate/control.h"

#define SIZE_MOST 4000          /* below what one line may have */
#define TURNS_MOST 20000        /* of the loop: more than any input needs */

static int requests[2];

static int
on_request(void *ctx, enum control_request request, char **error)
{
	(void)ctx;
	(void)error;
	requests[request]++;
	return 0;
}

static int
on_ussd(void *ctx, const struct menu_call *call, struct menu_shown *out)
{
	int result = menu_call(ctx, call, out);

	MUST(result == 0 || result == -EINVAL);
	if (result == 0)
		MUST(sms_septets(out->text) >= 0 && sms_septets(out->text) <= SMS_GSM7_ONE);
	return result;
}

static int
dial(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	MUST(fd >= 0 && strlen(path) < sizeof address.sun_path);
	memcpy(address.sun_path, path, strlen(path));
	MUST(connect(fd, (const struct sockaddr *)&address, sizeof address) == 0);
	return fd;
}

/* How many lines are nothing but a full stop. begun: whether a line has begun before these octets, and with one. */
static int
count_ends(const char *bytes, size_t size, char begun[2])
{
	int ends = 0;

	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '\n')
			ends += begun[0] == '.' && begun[1] == '\0';
		if (bytes[i] == '\n')
			begun[0] = begun[1] = '\0';
		else if (begun[0] == '\0')
			begun[0] = bytes[i];
		else
			begun[1] = 'x';
	}
	return ends;
}

/* Says all of it, and hears all until the other side hangs up: how many answers. */
static int
converse(struct event_base *base, int fd, const uint8_t *data, size_t size, size_t step)
{
	char bytes[4096], begun[2] = "";
	int ends = 0;

	for (int turn = 0; turn < TURNS_MOST; turn++) {
		size_t more = size < step ? size : step;
		ssize_t got;

		if (more > 0 && send(fd, data, more, MSG_NOSIGNAL) == (ssize_t)more)
			data += more, size -= more;
		if (size == 0)
			shutdown(fd, SHUT_WR);
		event_base_loop(base, EVLOOP_NONBLOCK);
		got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (got == 0)
			return ends;
		if (got > 0)
			ends += count_ends(bytes, (size_t)got, begun);
	}
	MUST(!"an end");
	return 0;
}

static bool
says(const uint8_t *data, size_t size, const char *word)
{
	return memmem(data, size, word, strlen(word)) != NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct box *box = fuzz_box();
	struct event_base *base = event_base_new();
	char office[128], menu[128];
	struct control_conf conf = { .path = office, .menu_path = menu, .store = box->store, .on_request = on_request,
				     .on_ussd = on_ussd, .ctx = box->desk };
	struct control *control;
	size_t step = 0;
	int lines = 0, ends, fd;

	if (size < 1 || size > SIZE_MOST) {
		event_base_free(base);
		return 0;
	}
	snprintf(office, sizeof office, "%s/office", fuzz_folder());
	snprintf(menu, sizeof menu, "%s/menu", fuzz_folder());
	requests[0] = requests[1] = 0;
	MUST(control_open(&control, base, &conf) == 0);
	fd = dial(data[0] & 1 ? menu : office);
	step = data[0] >> 1 == 0 ? SIZE_MOST : data[0] >> 1;
	for (size_t i = 1; i < size; i++)
		lines += data[i] == '\n';
	ends = converse(base, fd, data + 1, size - 1, step);
	MUST(ends == lines);
	MUST(requests[CONTROL_STOP] == 0 || (!(data[0] & 1) && says(data, size, "stop")));
	MUST(requests[CONTROL_RELOAD] == 0 || (!(data[0] & 1) && says(data, size, "reload")));
	close(fd);
	control_close(control);
	event_base_free(base);
	if (says(data, size, "ussd"))
		fuzz_box_restore();
	return 0;
}
