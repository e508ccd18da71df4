/* SPDX-License-Identifier: GPL-3.0-or-later */
/* door: how one operator's gateway speaks: its request as a call, our answer as it wants it. A gateway is a file here
 * and a row in door.c. */
#ifndef HTTP_DOOR_H
#define HTTP_DOOR_H

#include "http/call.h"

/* What came, already bounded in size. Borrowed. */
struct door_request {
	const char *(*field)(void *form, const char *name);     /* of a form, in body or query; NULL: not there */
	void *form;
	const char *body;               /* NULL: empty; not terminated */
	size_t length;
};

struct door {
	const char *path;               /* "/ussd/hubtel" */
	const char *name;               /* stands before its sessions' names: two gateways may use the same */
	const char *type;               /* Content-Type of the answer */
	bool get;                       /* GET is as good as POST */
	bool state;                     /* says whether the session goes on in a header of the answer */
	/* NULL, or what was wrong with it: a constant text for whoever connects the gateway. */
	const char *(*read)(const struct door_request *request, struct call *call);
	/* The body of the answer, the caller's. */
	char *(*write)(const struct call *call, const struct answer *answer);
};

/* Africa's Talking, and those that copied it: a form with sessionId, phoneNumber, serviceCode and text, all input since the
 * session began; the answer is text that begins with CON or END.
 * https://developers.africastalking.com/docs/ussd/overview */
extern const struct door door_africastalking;
/* Hubtel's programmable services: JSON both ways, the last input alone, in Message, its number in Sequence.
 * https://businessdocs-developers.hubtel.com/docs/api-reference-prog-services */
extern const struct door door_hubtel;
/* For all others: a form with session, phone, seq (1, 2, 3 ... in each session), input (the last alone; the first is passed
 * over), and end=1 when the subscriber has hung up. The answer is the screen; the header Session says continue or end. */
extern const struct door door_form;

/* NULL: nothing is served there. */
const struct door *door_find(const char *path);

#endif
