/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control: the operator's socket: a line in, lines out, a closing line ".". Knows the loop and whom to ask; decides
 * nothing itself. */
#ifndef GATE_CONTROL_H
#define GATE_CONTROL_H

#include "gate/control_ussd.h"

struct event_base;
struct modem;
struct store;
struct control;
struct balance;
struct grammar;
struct nightly;
struct remind;
struct trust;

/* What only the daemon itself can do. */
enum control_request { CONTROL_RELOAD, CONTROL_STOP };

/* 0, or -EINVAL and *error (to be freed) says in one or more lines why not. May be called from the loop only; a stop
 * happens after it has returned. */
typedef int (*control_request_fn)(void *ctx, enum control_request request, char **error);

/* The paths are looked at once; all else is borrowed and must outlive the control. */
struct control_conf {
	const char *path;
	const char *menu_path;          /* of a socket that answers `ussd` and nothing else; "" or NULL none */
	struct store *store;
	control_request_fn on_request;
	control_ussd_fn on_ussd;
	void *ctx;
};

/* Listens at the paths, mode 0660: the group is the folder's where the folder gives it (setgid). 0 or -errno, logged;
 * -EADDRINUSE: another daemon answers there. */
int control_open(struct control **out, struct event_base *base, const struct control_conf *conf)
	__attribute__((warn_unused_result));
/* Every modem once, when it is started: status tells of it. */
void control_add_modem(struct control *control, struct modem *modem);
/* Once, when they are there: status tells of them. */
void control_set_calendar(struct control *control, const struct trust *trust, const struct remind *remind);
/* Once, when it is there: status tells of it. It is not asked any more once it is freed: nothing is asked after the loop. */
void control_set_nightly(struct control *control, const struct nightly *nightly);
/* Once, when it is there: balance asks it. It must outlive the control. */
void control_set_balance(struct control *control, struct balance *balance);
/* When it is there, and after a reload: status tells who needs a PIN and has none. Borrowed. */
void control_set_grammar(struct control *control, const struct grammar *grammar);
/* Hangs up on all and removes the socket. NULL is allowed. */
void control_close(struct control *control);

#endif
