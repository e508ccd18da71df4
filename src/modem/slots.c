/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slots: deaths of workers and messages that will not leave, by slot. Few at a time: plain arrays. */
#include "modem/slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define TROUBLES_MOST 1024

void
slots_clear(struct slots *s)
{
	free(s->deaths);
	free(s->troubles);
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

int
slots_died(struct slots *s, int32_t slot, bool crashed)
{
	struct slots_death *death = find_death(s, slot);

	if (!death) {
		s->deaths = xgrow(s->deaths, s->deaths_count, sizeof *s->deaths);
		death = &s->deaths[s->deaths_count++];
		*death = (struct slots_death) { .slot = slot };
	}
	death->crashed |= crashed;
	return ++death->deaths;
}

void
slots_survived(struct slots *s, int32_t slot)
{
	struct slots_death *death = find_death(s, slot);

	if (death)
		*death = s->deaths[--s->deaths_count];
}

bool
slots_deadly(const struct slots *s, int32_t slot)
{
	const struct slots_death *death = find_death(s, slot);

	return death && death->deaths >= SLOTS_DEATHS;
}

bool
slots_doubtful(const struct slots *s, int32_t slot)
{
	const struct slots_death *death = find_death(s, slot);

	return death && !death->crashed && death->deaths < SLOTS_HANGS;
}

size_t
slots_list_deadly(const struct slots *s, int32_t *out, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; i < s->deaths_count; i++) {
		if (s->deaths[i].deaths < SLOTS_DEATHS)
			continue;
		if (out && count < most)
			out[count] = s->deaths[i].slot;
		count++;
	}
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
	if (last_way && trouble->failures >= SLOTS_TRIES) {
		trouble->stuck = true;
		trouble->again_ms = now_ms + SLOTS_STUCK_MS;
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
}

size_t
slots_count_stuck(const struct slots *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->troubles_count; i++)
		count += s->troubles[i].stuck;
	return count;
}
