/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slots: what went wrong with which slot of a modem. Knows no modem and no time but what it is given. */
#ifndef MODEM_SLOTS_H
#define MODEM_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sms.h"

#define SLOTS_SUSPECTS 32               /* of more the oldest is forgotten */
#define SLOTS_DEATHS 3                  /* of workers: then a slot is deadly */
#define SLOTS_AGAIN_MS 30000            /* until a suspect that was in vain is read again, and until a message that nothing
                                         * removed is tried again; doubling */
#define SLOTS_AGAIN_MOST_MS (10 * 60000)
#define SLOTS_SEEN_MS (30 * 60000)      /* what was in a slot so long ago may have left it unseen */
#define SLOTS_TRIES 3                   /* deletes of a message in the ordinary way */

/* A slot that is suspect. */
struct slots_death {
	int32_t slot;
	int deaths, vain;       /* readings that did not bring it to an end */
	int64_t again_ms;
};

/* A message that should leave its slot. */
struct slots_trouble {
	int32_t slot;
	uint8_t key[SMS_KEY_SIZE];
	int failures, vain;     /* those after which there was no other way */
	bool doubted;           /* the modem said before that it was gone */
	bool stuck;
	int64_t again_ms;
	int64_t seen_ms;        /* when it was shown last; 0: not since there is trouble with it */
};

/* What was deleted last from a slot, by the modem's word. */
struct slots_emptied {
	int32_t slot;
	uint8_t key[SMS_KEY_SIZE];
};

/* {0} is empty. */
struct slots {
	struct slots_death *deaths;
	size_t deaths_count;
	struct slots_trouble *troubles;
	size_t troubles_count;
	struct slots_emptied *emptied;
	size_t emptied_count;
};

void slots_clear(struct slots *slots);

/* A worker died while it had to do with this slot: from now on it is suspect. How many did. */
int slots_died(struct slots *slots, int32_t slot, int64_t now_ms);

/* Of a suspect: it was read, and what is in it is still there; or the modem would not give it. */
void slots_vain(struct slots *slots, int32_t slot, int64_t now_ms);

/* What was in there is gone: its deaths are forgotten. */
void slots_survived(struct slots *slots, int32_t slot);

/* A suspect that should be read now, -1 none. Up to the third death at once, then ever later: it may bring the modem
 * down each time. */
int32_t slots_due(const struct slots *slots, int64_t now_ms);

/* The suspects, at most `most` into out. How many these are. */
size_t slots_list(const struct slots *slots, int32_t *out, size_t most);

bool slots_suspect(const struct slots *slots, int32_t slot);

/* Of SLOTS_DEATHS and more. */
size_t slots_count_deadly(const struct slots *slots);

/* A message was seen in a slot. */
void slots_shown(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* Whether it was shown after the modem had said that it was gone: its word alone is not enough any more. */
bool slots_doubted(const struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* A message is shown in a slot: whether it has stayed there since a moment ago, as it could not be deleted. The next one of
 * the same text is another. */
bool slots_again(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE], int64_t now_ms);

/* Whether this message is new here; from now on it is not. Of very many the oldest are forgotten. */
bool slots_new(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* Deleting it failed once more, in the last way there is or not. true: now it is stuck, and was not before. */
bool slots_failed(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE], bool last_way, int64_t now_ms);

/* Whether the ordinary way has failed often enough. */
bool slots_tried(const struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* Stuck, and not to be tried yet: nobody need hear of it. */
bool slots_hidden(const struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE], int64_t now_ms);

/* The message has left its slot, as the modem says. */
void slots_freed(struct slots *slots, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

size_t slots_count_stuck(const struct slots *slots);

#endif
