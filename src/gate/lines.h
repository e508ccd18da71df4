/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines: Unix sockets on which a line gets lines back and a closing line ".". Knows the loop; what a line means is whoever's
 * who opened it. */
#ifndef GATE_LINES_H
#define GATE_LINES_H

#include <stdbool.h>

struct evbuffer;
struct event_base;
struct lines;
struct lines_client;

/* Adds the lines of the answer, each with its line feed. false: there is more to come, by lines_add(), and lines_end() ends
 * it; until then nothing more is read from that client. */
typedef bool lines_answer_fn(void *ctx, struct lines_client *client, const char *line, struct evbuffer *out);
/* A client that was still to get an answer is not there any more. */
typedef void lines_gone_fn(void *ctx, struct lines_client *client);

/* path is copied; ctx is borrowed and must outlive the lines. */
struct lines_conf {
	const char *path;
	lines_answer_fn *on_line;
	lines_gone_fn *on_gone;         /* NULL: on_line never returns false */
	void *ctx;
};

/* Listens at conf->path, mode 0660. 0 or -errno, logged; -EADDRINUSE: another daemon answers there. */
int lines_open(struct lines **out, struct event_base *base, const struct lines_conf *conf)
	__attribute__((warn_unused_result));
/* Not from inside on_line. Drains more. */
void lines_add(struct lines_client *client, struct evbuffer *more);
void lines_end(struct lines_client *client);
/* Says what is left to say, hangs up on all and removes the socket. NULL is allowed. */
void lines_close(struct lines *lines);

#endif
