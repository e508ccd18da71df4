/* SPDX-License-Identifier: GPL-3.0-or-later */
/* box: for the targets that need a whole one: a database in memory with two kecamatan and somebody of each role, some
 * reports, the real grammar, and a desk. */
#ifndef FUZZ_BOX_H
#define FUZZ_BOX_H

#include "gate/desk.h"
#include "lang/grammar.h"
#include "store/statement.h"
#include "store/store.h"

#define BOX_NOW 1792461600              /* 2026-10-20 09:00 in Ciamis */

struct box {
	struct grammar *grammar;
	struct store *store;
	struct desk *desk;
};

/* Made at the first call; the same one each time. */
struct box *fuzz_box(void);

/* A number for each value: of somebody of each role, of one who waits, one who is blocked, a stranger. */
const char *fuzz_box_phone(uint8_t who);

/* Has the message handled, as one that a modem has received; *answer is the caller's to parse_clear(). */
void fuzz_box_hear(const char *phone, const char *text, int64_t wall, struct desk_answer *answer);

/* As it was made. */
void fuzz_box_restore(void);

/* A hash of all that was ever said of the world: places, people, figures, entries, cases, tickets, ... but not of messages
 * and what goes with them. */
uint64_t fuzz_box_world(void);

#endif
