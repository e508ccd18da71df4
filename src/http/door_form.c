/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door_form: a form in, the screen as it is out. */
#include <string.h>

#include "base/xmalloc.h"
#include "http/door.h"

static const char *
read_call(const struct door_request *request, struct call *call)
{
	const char *input = request->field(request->form, "input"), *end = request->field(request->form, "end");

	if (!call_set_session(call, request->field(request->form, "session")))
		return "session is missing, or is no identifier of at most 60 letters and digits";
	if (!call_set_phone(call, request->field(request->form, "phone")))
		return "phone is missing, or is no telephone number";
	if (!call_set_number(call, request->field(request->form, "seq")))
		return "seq is missing: 1 in the first request of a session, and one more in each";
	if (end != NULL && strcmp(end, "1") == 0)
		call->how = CALL_END;
	else if (!call_set_input(call, call->number > 0 ? input : ""))
		return "input is missing, longer than USSD carries, or holds more than plain characters";
	return NULL;
}

static char *
write_answer(const struct call *call, const struct answer *answer)
{
	(void)call;
	return xstrdup(answer->text);
}

const struct door door_form = {
	.path = "/ussd/form", .name = "form", .type = "text/plain; charset=utf-8", .get = true, .state = true,
	.read = read_call, .write = write_answer,
};
