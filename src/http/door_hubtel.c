/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door_hubtel: JSON both ways. */
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <strings.h>

#include "base/xmalloc.h"
#include "http/door.h"

/* Without a number each is taken as the next one. */
static bool
read_number(const json_t *sequence, struct call *call)
{
	if (sequence == NULL) {
		call->how = CALL_NEXT;
		return true;
	}
	call->how = CALL_NUMBERED;
	call->number = json_is_integer(sequence) ? (long)json_integer_value(sequence) - 1 : -1;
	return call->number >= 0 && call->number <= CALL_NUMBER_MOST;
}

static const char *
read_members(const json_t *root, struct call *call)
{
	const char *type = json_string_value(json_object_get(root, "Type"));
	const char *message = json_string_value(json_object_get(root, "Message"));

	if (!call_set_session(call, json_string_value(json_object_get(root, "SessionId"))))
		return "SessionId is missing, or is no identifier of at most 60 letters and digits";
	if (!call_set_phone(call, json_string_value(json_object_get(root, "Mobile"))))
		return "Mobile is missing, or is no telephone number";
	if (!read_number(json_object_get(root, "Sequence"), call))
		return "Sequence is no number from 1 on";
	/* The first message holds what was dialled: *713#. */
	if (type != NULL && strcasecmp(type, "Initiation") == 0)
		call->number = 0;
	else if (type != NULL && (strcasecmp(type, "Release") == 0 || strcasecmp(type, "Timeout") == 0))
		call->how = CALL_END;
	else if (type == NULL || strcasecmp(type, "Response") != 0)
		return "Type is missing or unknown, expected Initiation, Response, Release or Timeout";
	else if (!call_set_input(call, message))
		return "Message is missing, longer than USSD carries, or holds more than plain characters";
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
	.path = "/ussd/hubtel", .name = "hubtel", .type = "application/json", .read = read_call, .write = write_answer,
};
