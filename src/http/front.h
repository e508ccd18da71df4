/* SPDX-License-Identifier: GPL-3.0-or-later */
/* front: operators' gateways on one side, the core on the other. Knows HTTP and nothing of menus; keeps nothing but what is
 * being answered and what must not come twice. */
#ifndef HTTP_FRONT_H
#define HTTP_FRONT_H

#include "http/guard.h"
#include "http/link.h"

#define FRONT_BODY_MOST 16384
#define FRONT_HEADERS_MOST 8192

struct event_base;
struct front;

/* Serves a listening socket, which it closes in the end. Guard and link are borrowed and must outlive it. NULL: the socket
 * cannot be used. */
struct front *front_new(struct event_base *base, int listening, struct guard *guard, struct link *link);
void front_free(struct front *front);

#endif
