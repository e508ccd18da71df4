/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door_africastalking: a form in, text with CON or END before it out. */
#include "base/xmalloc.h"
#include "http/door.h"

static const char *
read_call(const struct door_request *request, struct call *call)
{
	const char *text = request->field(request->form, "text");

	call->how = CALL_ALL;
	if (!call_set_session(call, request->field(request->form, "sessionId")))
		return "sessionId is missing, or is no identifier of at most 60 letters and digits";
	if (!call_set_phone(call, request->field(request->form, "phoneNumber")))
		return "phoneNumber is missing, or is no telephone number";
	/* At the first callback some send it empty, some not at all. */
	if (!call_set_input(call, text != NULL ? text : ""))
		return "text is longer than USSD carries, or holds more than plain characters";
	return NULL;
}

static char *
write_answer(const struct call *call, const struct answer *answer)
{
	(void)call;
	return xasprintf("%s %s", answer->end ? "END" : "CON", answer->text);
}

const struct door door_africastalking = {
	.path = "/ussd/africastalking", .name = "at", .type = "text/plain; charset=utf-8", .read = read_call, .write = write_answer,
};
