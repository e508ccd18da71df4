/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slots: what went wrong with which slot of a modem. Knows no modem and no time but what it is given. */
#ifndef MODEM_SLOTS_H
#define MODEM_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sms.h"

#define SLOTS_DEATHS 3                  /* of workers: then a slot is deadly */
#define SLOTS_HANGS 6                   /* so many when none of them crashed: it may have been the modem */
#define SLOTS_TRIES 3                   /* deletes of a message in the ordinary way */
#define SLOTS_STUCK_MS (10 * 60000)     /* until a message that nothing removes is tried again */

struct slots_death {
	int32_t slot;
	int deaths;
	bool crashed;
};

/* A message that should leave its slot. */
struct slots_trouble {
	int32_t slot;
	uint8_t key[SMS_KEY_SIZE];
	int failures;
	bool stuck;
	int64_t again_ms;
};

/* {0} is empty. */
struct slots {
	struct slots_death *deaths;
	size_t deaths_count;
	struct slots_trouble *troubles;
	size_t troubles_count;
};

void slots_clear(struct slots *slots);

/* A worker died while it had to do with this slot: crashed, or had to be killed. How many that were. */
int slots_died(struct slots *slots, int32_t slot, bool crashed);

/* One lived, or what was in there is gone: its deaths are forgotten. */
void slots_survived(struct slots *slots, int32_t slot);

bool slots_deadly(const struct slots *slots, int32_t slot);

/* Of a deadly one: whether the library may have it once more if the modem gives it now. */
bool slots_doubtful(const struct slots *slots, int32_t slot);

/* The deadly ones, at most `most` into out, which may be NULL. How many there are. */
size_t slots_list_deadly(const struct slots *slots, int32_t *out, size_t most);

/* Whether this message is new here; from now on it is not. Of very many the oldest are forgotten. */
bool slots_new(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* Deleting it failed once more, in the last way there is or not. true: now it is stuck, and was not before. */
bool slots_failed(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE], bool last_way, int64_t now_ms);

/* Whether the ordinary way has failed often enough. */
bool slots_tried(const struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* Stuck, and not to be tried yet: nobody need hear of it. */
bool slots_hidden(const struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE], int64_t now_ms);

/* The message has left its slot. */
void slots_freed(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

size_t slots_count_stuck(const struct slots *slots);

#endif
