/* SPDX-License-Identifier: GPL-3.0-or-later */
/* life: the core from its start to its death: store, desk and queues as in src/main.c, the modems of the world. */
#ifndef LIFE_H
#define LIFE_H

#include <stdbool.h>

#include "lang/grammar.h"
#include "world.h"

struct life {
	const struct grammar *grammar;  /* borrowed */
	const char *database;
	long cut;                       /* the power goes at that call; 0: it does not */
	bool normal;                    /* PRAGMA synchronous = NORMAL, which the program never says */
	bool to_the_end;                /* everything that waits is waited for, and judged */
	long starve, starve_up;         /* no memory at that call from the start, or from when it is at work; 0: enough */
	bool starve_forever;
};

/* In a process of its own, which ends with it, by DISK_CUT or, when nothing was left to do, LIFE_AT_REST. */
#define LIFE_AT_REST 78
_Noreturn void life_live(const struct life *life);

/* The same with so many messages, one at a time, each with a fault of the disk: of any kind, or no room on it; once, or
 * for up to five minutes. */
_Noreturn void life_endure(const struct life *life, long messages, bool no_room);

#endif
