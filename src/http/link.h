/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link: asks the core for the next screen, over its menu socket: a line there, an answer back (gate/menu.h describes them),
 * in the order asked. Knows no HTTP. One connection for all; made when there is something to ask. */
#ifndef HTTP_LINK_H
#define HTTP_LINK_H

#include "http/call.h"

#define LINK_MOST 64            /* questions without an answer */
#define LINK_SECONDS 8          /* the core's patience is shorter; a gateway's is about ten */

struct event_base;
struct link;

/* answer NULL: the core is not there, or too busy. Called exactly once for each question, never from within link_ask(). */
typedef void link_answer_fn(void *ctx, const struct answer *answer);

/* The path is copied. The caller frees; questions still open are answered NULL then. */
struct link *link_new(struct event_base *base, const char *path);
void link_free(struct link *link);

/* door stands before the session's name. false: too many are open, and nobody is called. */
bool link_ask(struct link *link, const char *door, const struct call *call, link_answer_fn *on_answer, void *ctx)
	__attribute__((warn_unused_result));

#endif
