/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each operator's gateway speaks. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "http/door.h"

/* Names and values one after the other, NULL at the end. */
static const char *
field(void *form, const char *name)
{
	const char *const *pair = form;

	for (; pair != NULL && pair[0] != NULL; pair += 2)
		if (strcmp(pair[0], name) == 0)
			return pair[1];
	return NULL;
}

static const char *
read_form(const char *path, const char *const *form, struct call *call)
{
	struct door_request request = { .field = field, .form = (void *)form };

	*call = (struct call){ 0 };
	return door_find(path)->read(&request, call);
}

static const char *
read_json(const char *text, struct call *call)
{
	struct door_request request = { .field = field, .body = text, .length = strlen(text) };

	*call = (struct call){ 0 };
	return door_find("/ussd/hubtel")->read(&request, call);
}

#define FORM(...) (const char *const[]){ __VA_ARGS__, NULL }

static void
africastalking(void **state)
{
	const struct answer more = { .text = "Kesos Rawa\n1 Lapor" }, last = { .end = true, .text = "Terima kasih." };
	const char *path = "/ussd/africastalking";
	struct call call;
	char *text;

	(void)state;
	assert_null(read_form(path, FORM("sessionId", "ATUid_1", "phoneNumber", "+6284010000959", "serviceCode", "*384#",
					 "networkCode", "51001", "text", "1*2*3"), &call));
	assert_string_equal(call.session, "ATUid_1");
	assert_string_equal(call.phone, "+6284010000959");
	assert_string_equal(call.input, "1*2*3");
	assert_int_equal(call.how, CALL_ALL);
	assert_null(read_form(path, FORM("sessionId", "a", "phoneNumber", "084010000959"), &call));
	assert_string_equal(call.input, "");
	assert_string_equal(call.phone, "+6284010000959");
	text = door_find(path)->write(&call, &more);
	assert_string_equal(text, "CON Kesos Rawa\n1 Lapor");
	free(text);
	text = door_find(path)->write(&call, &last);
	assert_string_equal(text, "END Terima kasih.");
	free(text);
}

static void
hubtel(void **state)
{
	const struct answer more = { .text = "Kesos \"Rawa\"\n1 Lapor" }, last = { .end = true, .text = "Selesai." };
	struct call call;
	json_t *root;
	char *text;

	(void)state;
	assert_null(read_json("{\"Type\":\"Initiation\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7c1\","
			      "\"ServiceCode\":\"713\",\"Message\":\"*713#\",\"Operator\":\"x\",\"Sequence\":1,"
			      "\"ClientState\":\"\",\"Platform\":\"USSD\"}", &call));
	assert_int_equal(call.how, CALL_NUMBERED);
	assert_int_equal(call.number, 0);
	assert_string_equal(call.input, "");
	assert_null(read_json("{\"Type\":\"response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7c1\","
			      "\"Message\":\"2\",\"Sequence\":2}", &call));
	assert_int_equal(call.how, CALL_NUMBERED);
	assert_int_equal(call.number, 1);
	assert_string_equal(call.input, "2");
	assert_null(read_json("{\"Type\":\"Response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7c1\","
			      "\"Message\":\"2\"}", &call));
	assert_int_equal(call.how, CALL_NEXT);
	assert_null(read_json("{\"Type\":\"Release\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7c1\"}", &call));
	assert_int_equal(call.how, CALL_END);
	text = door_find("/ussd/hubtel")->write(&call, &more);
	root = json_loads(text, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(root, "SessionId")), "7c1");
	assert_string_equal(json_string_value(json_object_get(root, "Type")), "response");
	assert_string_equal(json_string_value(json_object_get(root, "Message")), more.text);
	json_decref(root);
	free(text);
	text = door_find("/ussd/hubtel")->write(&call, &last);
	root = json_loads(text, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(root, "Type")), "release");
	json_decref(root);
	free(text);
}

static void
form(void **state)
{
	const struct answer more = { .text = "Kesos Rawa" };
	struct call call;
	char *text;

	(void)state;
	assert_null(read_form("/ussd/form", FORM("session", "s-1", "phone", "+6284010000959", "seq", "1"), &call));
	assert_int_equal(call.how, CALL_NUMBERED);
	assert_int_equal(call.number, 0);
	assert_null(read_form("/ussd/form", FORM("session", "s-1", "phone", "+6284010000959", "seq", "2", "input", "9"),
			      &call));
	assert_int_equal(call.number, 1);
	assert_string_equal(call.input, "9");
	assert_null(read_form("/ussd/form", FORM("session", "s-1", "phone", "+6284010000959", "seq", "3", "end", "1"),
			      &call));
	assert_int_equal(call.how, CALL_END);
	text = door_find("/ussd/form")->write(&call, &more);
	assert_string_equal(text, "Kesos Rawa");
	free(text);
}

static void
what_is_not_as_it_should_be_is_named(void **state)
{
	static const char *const bad[] = {
		"", "[]", "\"x\"", "{", "{\"Type\":1}", "{\"Type\":\"Response\",\"Type\":\"Release\"}",
		"{\"Type\":\"Other\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7\",\"Message\":\"1\"}",
		"{\"Type\":\"Response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7\"}",
		"{\"Type\":\"Response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7\",\"Message\":\"\\u0000\"}",
		"{\"Type\":\"Response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"a b\",\"Message\":\"1\"}",
		"{\"Type\":\"Response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7\",\"Message\":\"1\",\"Sequence\":0}",
		"{\"Type\":\"Response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7\",\"Message\":\"1\",\"Sequence\":10002}",
		"{\"Type\":\"Response\",\"Mobile\":\"6284010000959\",\"SessionId\":\"7\",\"Message\":\"1\",\"Sequence\":\"2\"}",
		"{\"Type\":\"Response\",\"Mobile\":\"HELLO\",\"SessionId\":\"7\",\"Message\":\"1\"}",
	};
	char lengthy[CALL_INPUT_SIZE + 1], name[CALL_SESSION_SIZE + 1];
	const char *path = "/ussd/africastalking";
	struct call call;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_non_null(read_json(bad[i], &call));
	memset(lengthy, '1', sizeof lengthy - 1), lengthy[sizeof lengthy - 1] = '\0';
	memset(name, 'a', sizeof name - 1), name[sizeof name - 1] = '\0';
	assert_non_null(read_form(path, FORM("sessionId", "a"), &call));
	assert_non_null(read_form(path, FORM("phoneNumber", "+6284010000959"), &call));
	assert_non_null(read_form(path, FORM("sessionId", "a\nstop", "phoneNumber", "+6284010000959"), &call));
	assert_non_null(read_form(path, FORM("sessionId", "", "phoneNumber", "+6284010000959"), &call));
	assert_non_null(read_form(path, FORM("sessionId", name, "phoneNumber", "+6284010000959"), &call));
	assert_non_null(read_form(path, FORM("sessionId", "a", "phoneNumber", "12"), &call));
	assert_non_null(read_form(path, FORM("sessionId", "a", "phoneNumber", "+6284010000959", "text", lengthy), &call));
	assert_non_null(read_form(path, FORM("sessionId", "a", "phoneNumber", "+6284010000959", "text", "1\n2"), &call));
	assert_non_null(read_form(path, FORM("sessionId", "a", "phoneNumber", "+6284010000959", "text", "\xc3\xa9"), &call));
	assert_non_null(read_form("/ussd/form", FORM("session", "a", "phone", "+6284010000959", "input", "1"), &call));
	assert_non_null(read_form("/ussd/form", FORM("session", "a", "phone", "+6284010000959", "seq", "0"), &call));
	assert_non_null(read_form("/ussd/form", FORM("session", "a", "phone", "+6284010000959", "seq", "2"), &call));
	assert_non_null(read_form("/ussd/form", FORM("session", "a", "phone", "+6284010000959", "seq", "-1", "input", "1"),
				  &call));
	assert_non_null(read_form("/ussd/form", FORM("session", "a", "phone", "+6284010000959", "seq", "10002", "input", "1"),
				  &call));
	assert_null(read_form("/ussd/form", FORM("session", "a", "phone", "+6284010000959", "seq", "10001", "input", "1"),
			      &call));
	assert_null(door_find("/"));
	assert_null(door_find("/ussd/form/"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(africastalking),
		cmocka_unit_test(hubtel),
		cmocka_unit_test(form),
		cmocka_unit_test(what_is_not_as_it_should_be_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
