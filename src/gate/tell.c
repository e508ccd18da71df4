/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tell: a text to somebody who did not ask for it. */
#include "gate/tell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/phone.h"

int
tell_phone(const struct tell *tell, const char *phone)
{
	char key[96], *text;
	int error;

	if (phone_is_hash(phone))
		return 0;
	text = reply_text(tell->grammar, tell->form);
	snprintf(key, sizeof key, "%s:%s", tell->about, phone);
	error = outbox_put(tell->store, &(struct outbox_new){
		.key = key, .class = tell->class, .dest = phone, .text = text, .inbox = tell->inbox, .wall = tell->wall,
		.not_before = tell->not_before, .not_after = tell->not_after, .hold = tell->hold,
		.urgent = tell->urgent });
	free(text);
	return error;
}

int
tell_audience(const struct tell *tell, const struct audience *audience, int64_t except)
{
	struct person person = { .id = 0 };
	int error, count = 0;

	while ((error = audience_next(tell->store, audience, person.id, &person)) == 0) {
		if (person.id == except || (tell->body != NULL && tell->body[0] != '\0' && strcmp(tell->body, person.body) != 0))
			continue;
		error = tell_phone(tell, person.phone);
		if (error != 0)
			return error;
		count++;
	}
	return error == -ENOENT ? count : error;
}

int
tell_those_told(const struct tell *tell, const char *prefix, const struct person *except)
{
	char phone[SMS_ADDRESS_SIZE] = "";
	struct person person;
	int error;

	while ((error = outbox_told(tell->store, prefix, phone, phone)) == 0) {
		error = people_find(tell->store, phone, &person);
		if (error == 0 && person.state == PERSON_ACTIVE && person.id != except->id)
			error = tell_phone(tell, phone);
		if (error != 0 && error != -ENOENT)
			return error;
	}
	return error == -ENOENT ? 0 : error;
}
