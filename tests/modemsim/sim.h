/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sim: the message memories of one modem (TS 27.005, 3.1): SM, ME, and SR for status reports. Knows no commands. */
#ifndef SIM_H
#define SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sim_memory { SIM_SM, SIM_ME, SIM_SR, SIM_MEMORIES };

enum {
	SIM_PDU_MAX   = 256,	/* room for PDUs that are longer than the standard allows */
	SIM_SLOTS_MAX = 1000
};

struct sim_slot {
	bool     used;
	bool     seen;		/* <stat> 1, received read; otherwise 0 */
	uint16_t len;
	uint8_t  pdu[SIM_PDU_MAX];	/* service centre address first */
	char    *literal;	/* the whole answer to reading it, final line and all; NULL: made from the PDU */
};

struct sim {
	struct {
		int              size;
		struct sim_slot *slots;
	} memory[SIM_MEMORIES];
};

void sim_open(struct sim *sim, const int sizes[SIM_MEMORIES]);
void sim_close(struct sim *sim);

/* The name of a memory, and the memory of a name or -1. */
const char *sim_name(enum sim_memory m);
int sim_memory_of(const char *name);

int sim_size(const struct sim *sim, enum sim_memory m);
int sim_used(const struct sim *sim, enum sim_memory m);

/* Slot n, counted from 1; NULL if there is no such slot. */
struct sim_slot *sim_slot(struct sim *sim, enum sim_memory m, int n);

/* Stores a PDU in slot n, or in the first free one if n is 0. Returns the slot, or 0 when full or taken. */
int sim_store(struct sim *sim, enum sim_memory m, int n, const uint8_t *pdu, size_t len);

/* The same for an answer that no PDU gives; the copy is the slot's. */
int sim_store_literal(struct sim *sim, enum sim_memory m, int n, const char *answer);

/* Empties one slot. */
void sim_remove(struct sim_slot *slot);

/* Moves what is in slot n to the first free one behind it, or before it. Returns the new slot, or n if there is
 * none. */
int sim_move(struct sim *sim, enum sim_memory m, int n);

void sim_clear(struct sim *sim);

#endif
