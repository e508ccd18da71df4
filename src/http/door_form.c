/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door_form: a form in, the screen as it is out. */
#include <string.h>

#include "base/xmalloc.h"
#include "http/door.h"

static const char *
read_call(const struct door_request *request, struct call *call)
{
	const char *input = request->field(request->form, "input"), *end = request->field(request->form, "end");

	call->style = CALL_LAST;
	call->begins = input == NULL;
	call->over = end != NULL && strcmp(end, "1") == 0;
	if (!call_set_session(call, request->field(request->form, "session")))
		return "session is missing, or is no identifier of at most 64 letters and digits";
	if (!call_set_phone(call, request->field(request->form, "phone")))
		return "phone is missing, or is no telephone number";
	if (!call_set_input(call, input != NULL ? input : ""))
		return "input is longer than USSD carries, or holds more than plain characters";
	if (request->field(request->form, "seq") == NULL)
		return "seq is missing: a number that grows with each request of a session";
	return NULL;
}

static char *
write_answer(const struct call *call, const struct answer *answer)
{
	(void)call;
	return xstrdup(answer->text);
}

const struct door door_form = {
	.path = "/ussd/form", .type = "text/plain; charset=utf-8", .get = true, .state = true,
	.read = read_call, .write = write_answer,
};
