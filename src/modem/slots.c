/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slots: deaths of workers and messages that will not leave, by slot. Few at a time: plain arrays. */
#include "modem/slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define TROUBLES_MOST 1024
#define EMPTIED_MOST 1024

void
slots_clear(struct slots *s)
{
	free(s->deaths);
	free(s->troubles);
	free(s->emptied);
	memset(s, 0, sizeof *s);
}

/* --- deaths --------------------------------------------------------------------------------------------- */

static struct slots_death *
find_death(const struct slots *s, int32_t slot)
{
	for (size_t i = 0; i < s->deaths_count; i++)
		if (s->deaths[i].slot == slot)
			return &s->deaths[i];
	return NULL;
}

static struct slots_death *
add_death(struct slots *s, int32_t slot)
{
	struct slots_death *death;

	if (s->deaths_count == SLOTS_SUSPECTS)
		memmove(s->deaths, s->deaths + 1, --s->deaths_count * sizeof *s->deaths);
	s->deaths = xgrow(s->deaths, s->deaths_count, sizeof *s->deaths);
	death = &s->deaths[s->deaths_count++];
	*death = (struct slots_death) { .slot = slot };
	return death;
}

static int64_t
wait_of(int times)
{
	int64_t wait = SLOTS_AGAIN_MS;

	while (--times > 0 && wait < SLOTS_AGAIN_MOST_MS)
		wait *= 2;
	return wait < SLOTS_AGAIN_MOST_MS ? wait : SLOTS_AGAIN_MOST_MS;
}

int
slots_died(struct slots *s, int32_t slot, int64_t now_ms)
{
	struct slots_death *death = find_death(s, slot);

	if (!death)
		death = add_death(s, slot);
	death->deaths++;
	death->again_ms = death->deaths <= SLOTS_DEATHS ? now_ms : now_ms + wait_of(death->deaths - SLOTS_DEATHS);
	return death->deaths;
}

void
slots_vain(struct slots *s, int32_t slot, int64_t now_ms)
{
	struct slots_death *death = find_death(s, slot);

	if (death)
		death->again_ms = now_ms + wait_of(++death->vain);
}

void
slots_survived(struct slots *s, int32_t slot)
{
	struct slots_death *death = find_death(s, slot);

	if (death)
		*death = s->deaths[--s->deaths_count];
}

int32_t
slots_due(const struct slots *s, int64_t now_ms)
{
	for (size_t i = 0; i < s->deaths_count; i++)
		if (s->deaths[i].again_ms <= now_ms)
			return s->deaths[i].slot;
	return -1;
}

size_t
slots_list(const struct slots *s, int32_t *out, size_t most)
{
	size_t count = 0;

	for (; count < s->deaths_count && count < most; count++)
		out[count] = s->deaths[count].slot;
	return count;
}

bool
slots_suspect(const struct slots *s, int32_t slot)
{
	return find_death(s, slot) != NULL;
}

size_t
slots_count_deadly(const struct slots *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->deaths_count; i++)
		count += s->deaths[i].deaths >= SLOTS_DEATHS;
	return count;
}

/* --- messages that should leave ------------------------------------------------------------------------- */

static struct slots_trouble *
find_trouble(const struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	for (size_t i = 0; i < s->troubles_count; i++)
		if (s->troubles[i].slot == slot && memcmp(s->troubles[i].key, key, SMS_KEY_SIZE) == 0)
			return &s->troubles[i];
	return NULL;
}

static void
drop_trouble(struct slots *s, size_t i)
{
	s->troubles_count--;
	memmove(s->troubles + i, s->troubles + i + 1, (s->troubles_count - i) * sizeof *s->troubles);
}

static struct slots_trouble *
add_trouble(struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct slots_trouble *trouble;

	if (s->troubles_count == TROUBLES_MOST)
		drop_trouble(s, 0);
	s->troubles = xgrow(s->troubles, s->troubles_count, sizeof *s->troubles);
	trouble = &s->troubles[s->troubles_count++];
	*trouble = (struct slots_trouble) { .slot = slot };
	memcpy(trouble->key, key, SMS_KEY_SIZE);
	return trouble;
}

/* At most one a slot: what is there now tells whether the last one has gone. */
static struct slots_emptied *
find_emptied(const struct slots *s, int32_t slot)
{
	for (size_t i = 0; i < s->emptied_count; i++)
		if (s->emptied[i].slot == slot)
			return &s->emptied[i];
	return NULL;
}

static void
remember_emptied(struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct slots_emptied *emptied = find_emptied(s, slot);

	if (!emptied && s->emptied_count == EMPTIED_MOST)
		return;
	if (!emptied) {
		s->emptied = xgrow(s->emptied, s->emptied_count, sizeof *s->emptied);
		emptied = &s->emptied[s->emptied_count++];
		emptied->slot = slot;
	}
	memcpy(emptied->key, key, SMS_KEY_SIZE);
}

void
slots_shown(struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct slots_emptied *emptied = find_emptied(s, slot);
	struct slots_trouble *trouble;

	if (!emptied)
		return;
	if (memcmp(emptied->key, key, SMS_KEY_SIZE) == 0) {
		trouble = find_trouble(s, slot, key);
		if (!trouble)
			trouble = add_trouble(s, slot, key);
		trouble->doubted = true;
	}
	*emptied = s->emptied[--s->emptied_count];
}

bool
slots_doubted(const struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	const struct slots_trouble *trouble = find_trouble(s, slot, key);

	return trouble && trouble->doubted;
}

bool
slots_again(struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE], int64_t now_ms)
{
	struct slots_trouble *trouble = find_trouble(s, slot, key);
	bool again;

	if (!trouble)
		return false;
	again = trouble->seen_ms != 0 && now_ms - trouble->seen_ms <= SLOTS_SEEN_MS;
	trouble->seen_ms = now_ms;
	return again;
}

bool
slots_new(struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	if (find_trouble(s, slot, key))
		return false;
	add_trouble(s, slot, key);
	return true;
}

bool
slots_failed(struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE], bool last_way, int64_t now_ms)
{
	struct slots_trouble *trouble = find_trouble(s, slot, key);
	bool before;

	if (!trouble)
		trouble = add_trouble(s, slot, key);
	before = trouble->stuck;
	trouble->failures++;
	trouble->seen_ms = now_ms;
	if (last_way && trouble->failures >= SLOTS_TRIES) {
		trouble->stuck = true;
		trouble->again_ms = now_ms + wait_of(++trouble->vain);
	}
	return trouble->stuck && !before;
}

bool
slots_tried(const struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	const struct slots_trouble *trouble = find_trouble(s, slot, key);

	return trouble && trouble->failures >= SLOTS_TRIES;
}

bool
slots_hidden(const struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE], int64_t now_ms)
{
	const struct slots_trouble *trouble = find_trouble(s, slot, key);

	return trouble && trouble->stuck && now_ms < trouble->again_ms;
}

void
slots_freed(struct slots *s, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	const struct slots_trouble *trouble = find_trouble(s, slot, key);

	if (trouble)
		drop_trouble(s, (size_t)(trouble - s->troubles));
	remember_emptied(s, slot, key);
}

size_t
slots_count_stuck(const struct slots *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->troubles_count; i++)
		count += s->troubles[i].stuck;
	return count;
}
