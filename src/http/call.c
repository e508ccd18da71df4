/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call: one callback as a value. What gets in here has a shape that needs no care further on. */
#include "http/call.h"

#include <stdlib.h>
#include <string.h>

bool
call_set_session(struct call *call, const char *value)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-";
	size_t length = value != NULL ? strlen(value) : 0;

	if (length == 0 || length >= sizeof call->session || strspn(value, allowed) != length)
		return false;
	memcpy(call->session, value, length + 1);
	return true;
}

bool
call_set_phone(struct call *call, const char *value)
{
	return value != NULL && phone_normalise(value, call->phone);
}

bool
call_set_number(struct call *call, const char *value)
{
	size_t length = value != NULL ? strlen(value) : 0;

	if (length == 0 || length > 6 || strspn(value, "0123456789") != length)
		return false;
	call->how = CALL_NUMBERED;
	call->number = strtol(value, NULL, 10) - 1;
	return call->number >= 0 && call->number <= CALL_NUMBER_MOST;
}

bool
call_set_input(struct call *call, const char *value)
{
	size_t length = value != NULL ? strlen(value) : sizeof call->input;

	if (length >= sizeof call->input)
		return false;
	for (size_t i = 0; i < length; i++)
		if (value[i] < ' ' || value[i] > '~')
			return false;
	memcpy(call->input, value, length + 1);
	return true;
}
