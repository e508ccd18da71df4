/* SPDX-License-Identifier: GPL-3.0-or-later */
/* visit: one person at one menu: his session in the store, and what the desk says of what he chose. All of it inside one
 * transaction, for a matter whose sender is identified. */
#ifndef GATE_VISIT_H
#define GATE_VISIT_H

#include "gate/desk_parts.h"
#include "lang/menu.h"
#include "store/session.h"

struct visit {
	const char *id;
	struct session session;
	struct menu menu;
	struct menu_user user;
	struct menu_screen screen;
	char area[PLACE_NAME_SIZE];
	bool forget;                    /* what was typed must not be kept (rule 11) */
};

/* id is borrowed: the door's name for the session. */
struct visit *visit_new(struct matter *matter, const char *id);
/* NULL is allowed. */
void visit_free(struct visit *visit);

/* -ENOENT: there is none, or it is too old or from another program. */
int visit_load(struct matter *matter, struct visit *visit) __attribute__((warn_unused_result));
/* Keeps where the visit is, and what it shows. */
int visit_save(struct matter *matter, struct visit *visit) __attribute__((warn_unused_result));
int visit_forget(struct matter *matter, const char *id) __attribute__((warn_unused_result));

/* Reads a text aside, so that the matter's own answer is untouched; with its reply if it is refused. NULL: *error says why;
 * else freed by visit_read_free(). */
struct desk_answer *visit_read(struct matter *matter, const char *text, int *error);
void visit_read_free(struct desk_answer *aside);

/* The screen that comes next, unless a message is to be sent first (MENU_SENDS). again: there was no such choice. */
int visit_look(struct matter *matter, struct visit *visit, bool again) __attribute__((warn_unused_result));
/* Takes an answer to what was shown, then looks. If the same place looks otherwise now (another grammar, another month), the
 * digit meant something else: then it is only shown. */
int visit_take(struct matter *matter, struct visit *visit, const char *input) __attribute__((warn_unused_result));

#endif
