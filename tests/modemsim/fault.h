/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault: what a modem and its network are told to do wrong: a table of armed faults and the decision when one strikes.
 * Knows names of commands, nothing of how a fault is carried out. Same seed, same events: same decisions. */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FAULT_RULES_MAX = 64,
	FAULT_PLAN_MAX  = 8,	/* that strike one command */
	FAULT_COMMAND   = 24,
	FAULT_TEXT      = 160
};

enum fault_kind {
	/* strike a command; F9, F10, F12 and F14 of the reliability table */
	FAULT_HANG, FAULT_MUTE, FAULT_DELAY,
	FAULT_ERROR, FAULT_CME, FAULT_CMS, FAULT_OK,
	FAULT_NO_FINAL, FAULT_NO_INFO,
	FAULT_GARBAGE, FAULT_HALF, FAULT_CRLF, FAULT_NOTIFY, FAULT_NO_ECHO,
	/* strike what a command does: TS 27.005, 3.2.2, 3.4.2 and 3.4.3 */
	FAULT_WRONG_COUNT, FAULT_SHORT_LIST, FAULT_MOVE,
	/* strike the line: F9 */
	FAULT_PACE, FAULT_DRIP, FAULT_DEAF,
	/* strike the card and the way of messages to it: F13, F19 */
	FAULT_NO_SIM, FAULT_NO_CMTI, FAULT_LATE_CMTI, FAULT_WRONG_CMTI,
	FAULT_FULL, FAULT_SMMEMFULL, FAULT_NO_SMMA, FAULT_TO_ME, FAULT_CMT, FAULT_BOTH,
	FAULT_COPIES, FAULT_SHUFFLE,
	/* strike status reports */
	FAULT_NO_REPORT, FAULT_REPORT_STATUS, FAULT_EARLY_REPORT, FAULT_DOUBLE_REPORT, FAULT_CDS,
	FAULT_KINDS
};

enum fault_where { FAULT_AFTER, FAULT_BEFORE, FAULT_BETWEEN, FAULT_INSIDE };

struct fault {
	int              id;			/* from 1 */
	enum fault_kind  kind;
	char             command[FAULT_COMMAND];/* "+CMGR"; "PDU" the data behind the prompt of +CMGS; "AT" alone;
						 * "init" what opens a line; "" any */
	unsigned         at;			/* 1: the first match from now strikes, k: the k-th */
	unsigned         times;			/* 0: until healed */
	int              percent;		/* of the matches from then on */
	int              run;			/* the command is carried out nevertheless: 1, 0, -1 as its kind is */
	int              n, ms;			/* code, count, offset; time */
	enum fault_where where;
	bool             until_reset;		/* ends when the modem is reset */
	char             text[FAULT_TEXT];
	unsigned         met, struck;		/* matches and strikes so far */
};

struct fault_table {
	struct fault rule[FAULT_RULES_MAX];
	int          rules;
	int          newest;			/* id */
	uint32_t     seed, state;
};

/* The faults that strike one command line, copied: a rule may be healed before the answer is out. */
struct fault_plan {
	int          n;
	struct fault hit[FAULT_PLAN_MAX];
};

/* A kind by its name or the name of a special case of it, which also sets its command; id -1 if there is none.
 * Change what should be other than usual and arm it. */
struct fault fault_named(const char *name);
const char *fault_name(enum fault_kind kind);

/* It strikes commands, and may be bound to one; it is a state as long as it is armed, no matter of occasions. */
bool fault_takes_command(enum fault_kind kind);
bool fault_lasts(enum fault_kind kind);

/* The names fault_named knows, NULL behind the last. */
const char *fault_listed(size_t i);

/* "cmgr" is "+CMGR"; init, PDU and AT stay what they are. */
void fault_set_command(struct fault *f, const char *command);

/* Returns the new fault's id, or -ENOSPC. at = 0 means "from now on", times = 0 then "until healed". */
int fault_arm(struct fault_table *t, struct fault f);

/* Removes one, or all (id 0), or those that end by a reset. Returns how many. */
int fault_heal(struct fault_table *t, int id);
int fault_heal_by_reset(struct fault_table *t);

void fault_seed(struct fault_table *t, uint32_t seed);

/* 0 to below - 1; 0 for below 0. */
uint32_t fault_random(struct fault_table *t, uint32_t below);

/* A fault of this kind that is not bound to commands strikes now, or NULL. Counts. */
const struct fault *fault_strikes(struct fault_table *t, enum fault_kind kind);

/* The first one of this kind, or NULL. Does not count. */
const struct fault *fault_armed(const struct fault_table *t, enum fault_kind kind);

/* A command comes: adds the faults that strike it to the plan. */
void fault_plan(struct fault_table *t, const char *command, struct fault_plan *plan);
const struct fault *fault_planned(const struct fault_plan *plan, enum fault_kind kind);

/* "hang", "error notify" ...; "" when there is none. */
void fault_print(const struct fault_plan *plan, char *out, size_t size);

#endif
