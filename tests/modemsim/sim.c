/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sim: the message memories of one modem. */
#include "sim.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[SIM_MEMORIES] = { "SM", "ME", "SR" };

void
sim_open(struct sim *sim, const int sizes[SIM_MEMORIES])
{
	for (int m = 0; m < SIM_MEMORIES; m++) {
		sim->memory[m].size = sizes[m];
		sim->memory[m].slots = calloc((size_t)sizes[m], sizeof *sim->memory[m].slots);
		if (!sim->memory[m].slots)
			abort();
	}
}

void
sim_close(struct sim *sim)
{
	sim_clear(sim);
	for (int m = 0; m < SIM_MEMORIES; m++)
		free(sim->memory[m].slots);
}

const char *
sim_name(enum sim_memory m)
{
	return names[m];
}

int
sim_memory_of(const char *name)
{
	for (int m = 0; m < SIM_MEMORIES; m++) {
		if (!strcmp(name, names[m]))
			return m;
	}
	return -1;
}

int
sim_size(const struct sim *sim, enum sim_memory m)
{
	return sim->memory[m].size;
}

int
sim_used(const struct sim *sim, enum sim_memory m)
{
	int n = 0;

	for (int i = 0; i < sim->memory[m].size; i++)
		n += sim->memory[m].slots[i].used;
	return n;
}

struct sim_slot *
sim_slot(struct sim *sim, enum sim_memory m, int n)
{
	return n >= 1 && n <= sim->memory[m].size ? &sim->memory[m].slots[n - 1] : NULL;
}

int
sim_store(struct sim *sim, enum sim_memory m, int n, const uint8_t *pdu, size_t len)
{
	struct sim_slot *slot;

	for (int i = 1; !n && i <= sim->memory[m].size; i++) {
		if (!sim->memory[m].slots[i - 1].used)
			n = i;
	}
	slot = sim_slot(sim, m, n);
	if (!slot || slot->used || len > SIM_PDU_MAX)
		return 0;
	*slot = (struct sim_slot){ .used = true, .len = (uint16_t)len };
	memcpy(slot->pdu, pdu, len);
	return n;
}

int
sim_store_literal(struct sim *sim, enum sim_memory m, int n, const char *answer)
{
	struct sim_slot *slot;

	n = sim_store(sim, m, n, (const uint8_t *)"", 0);
	slot = sim_slot(sim, m, n);
	if (!slot)
		return 0;
	slot->literal = strdup(answer);
	if (!slot->literal)
		abort();
	return n;
}

void
sim_remove(struct sim_slot *slot)
{
	free(slot->literal);
	*slot = (struct sim_slot){ .used = false };
}

int
sim_move(struct sim *sim, enum sim_memory m, int n)
{
	struct sim_slot *slots = sim->memory[m].slots;

	for (int i = 1; i < sim->memory[m].size; i++) {
		int to = (n - 1 + i) % sim->memory[m].size;

		if (slots[to].used)
			continue;
		slots[to] = slots[n - 1];
		slots[n - 1] = (struct sim_slot){ .used = false };
		return to + 1;
	}
	return n;
}

void
sim_clear(struct sim *sim)
{
	for (int m = 0; m < SIM_MEMORIES; m++) {
		for (int i = 0; i < sim->memory[m].size; i++)
			sim_remove(&sim->memory[m].slots[i]);
	}
}
