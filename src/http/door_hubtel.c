/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door_hubtel: JSON both ways. */
#include <jansson.h>
#include <stdlib.h>
#include <strings.h>

#include "base/xmalloc.h"
#include "http/door.h"

static const char *
read_members(const json_t *root, struct call *call)
{
	const char *type = json_string_value(json_object_get(root, "Type"));
	const char *message = json_string_value(json_object_get(root, "Message"));

	if (type == NULL)
		return "Type is missing, expected Initiation, Response, Release or Timeout";
	call->style = CALL_LAST;
	call->begins = strcasecmp(type, "Initiation") == 0;
	call->over = strcasecmp(type, "Release") == 0 || strcasecmp(type, "Timeout") == 0;
	if (!call->begins && !call->over && strcasecmp(type, "Response") != 0)
		return "Type is unknown, expected Initiation, Response, Release or Timeout";
	if (!call_set_session(call, json_string_value(json_object_get(root, "SessionId"))))
		return "SessionId is missing, or is no identifier of at most 64 letters and digits";
	if (!call_set_phone(call, json_string_value(json_object_get(root, "Mobile"))))
		return "Mobile is missing, or is no telephone number";
	/* The first one holds what was dialled: *713#. */
	if (!call_set_input(call, call->begins || call->over || message == NULL ? "" : message))
		return "Message is longer than USSD carries, or holds more than plain characters";
	if (!call->begins && !call->over && message == NULL)
		return "Message is missing";
	return NULL;
}

static const char *
read_call(const struct door_request *request, struct call *call)
{
	json_t *root = json_loadb(request->body != NULL ? request->body : "", request->length, JSON_REJECT_DUPLICATES, NULL);
	const char *wrong = json_is_object(root) ? read_members(root, call) : "the body is no JSON object";

	json_decref(root);
	return wrong;
}

static char *
write_answer(const struct call *call, const struct answer *answer)
{
	json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "SessionId", call->session,
				 "Type", answer->end ? "release" : "response", "Message", answer->text,
				 "Label", "Kentongan", "DataType", answer->end ? "display" : "input",
				 "FieldType", "text");
	char *text = json_dumps(root, JSON_COMPACT);

	json_decref(root);
	return text != NULL ? text : xstrdup("{}");
}

const struct door door_hubtel = {
	.path = "/ussd/hubtel", .type = "application/json", .read = read_call, .write = write_answer,
};
