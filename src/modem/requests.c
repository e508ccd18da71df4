/* SPDX-License-Identifier: GPL-3.0-or-later */
/* requests: queues of a few members each, and the order among them. */
#include "modem/requests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define READS_MOST 64           /* hints that wait; more are for a sweep */
#define ROW_MOST 8              /* slots in a row while something else waits */

void
requests_clear(struct requests *r)
{
	free(r->removals);
	free(r->reads);
	memset(r, 0, sizeof *r);
}

void
requests_forget(struct requests *r)
{
	r->under_way = REQUESTS_NONE;
	r->removals_count = r->reads_count = 0;
	r->sweep_waits = r->sweep_overdue = r->status_waits = r->suspects_overdue = r->dial_overdue = false;
}

void
requests_remove(struct requests *r, uint32_t request, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	struct requests_removal *last;

	for (size_t i = 0; i < r->removals_count; i++)
		if (r->removals[i].slot == slot && r->removals[i].request == request &&
		    memcmp(r->removals[i].key, key, SMS_KEY_SIZE) == 0)
			return;
	r->removals = xgrow(r->removals, r->removals_count, sizeof *r->removals);
	last = &r->removals[r->removals_count++];
	last->request = request;
	last->slot = slot;
	memcpy(last->key, key, SMS_KEY_SIZE);
}

void
requests_read(struct requests *r, int32_t slot)
{
	for (size_t i = 0; i < r->reads_count; i++)
		if (r->reads[i] == slot)
			return;
	if (r->reads_count == READS_MOST) {
		r->sweep_waits = true;
		return;
	}
	r->reads = xgrow(r->reads, r->reads_count, sizeof *r->reads);
	r->reads[r->reads_count++] = slot;
}

void
requests_sweep(struct requests *r)
{
	r->sweep_waits = true;
}

void
requests_status(struct requests *r)
{
	r->status_waits = true;
}

void
requests_period(struct requests *r)
{
	r->sweep_overdue = r->sweep_waits;
	r->sweep_waits = r->suspects_overdue = true;
	r->dial_overdue = r->dial_waits;
}

void
requests_send(struct requests *r, const struct sms_out *message)
{
	r->send = *message;
	r->send_waits = true;
}

void
requests_dial(struct requests *r, const char *code)
{
	snprintf(r->dial, sizeof r->dial, "%s", code);
	r->dial_waits = true;
}

static void
ask_dial(const struct requests *r, struct frame *f)
{
	frame_clear(f, FRAME_DIAL);
	memcpy(f->dial.code, r->dial, sizeof f->dial.code);
}

static void
ask_removal(const struct requests *r, const struct slots *slots, struct frame *f)
{
	const struct requests_removal *first = &r->removals[0];

	frame_clear(f, (enum frame_type)first->request);
	f->remove.slot = first->slot;
	memcpy(f->remove.key, first->key, SMS_KEY_SIZE);
	f->remove.raw = first->request == FRAME_DELETE && slots_tried(slots, first->slot, first->key);
	f->remove.verify = slots_doubted(slots, first->slot, first->key);
}

static void
ask_read(int32_t slot, struct frame *f)
{
	frame_clear(f, FRAME_READ);
	f->slot = slot;
}

/* Order: what empties slots, what brings messages, what answers, what only an operator waits for; last the slots that may
 * hang the modem. A sweep that was put off for a whole period goes before sends, so that an endless queue cannot starve
 * it, and so does such a slot; and a modem that announces without end cannot starve all of them. */
bool
requests_next(const struct requests *r, const struct slots *slots, int64_t now_ms, struct frame *f)
{
	bool others = r->row >= ROW_MOST && (r->sweep_overdue || r->send_waits);
	int32_t suspect = slots_due(slots, now_ms);

	if (r->removals_count > 0 && !others) {
		ask_removal(r, slots, f);
	} else if (r->reads_count > 0 && !others) {
		ask_read(r->reads[0], f);
	} else if (r->sweep_overdue) {
		frame_clear(f, FRAME_SWEEP);
	} else if (r->suspects_overdue && suspect >= 0) {
		ask_read(suspect, f);
	} else if (r->dial_overdue && r->dial_waits) {
		ask_dial(r, f);
	} else if (r->send_waits) {
		frame_clear(f, FRAME_SEND);
		f->send.message = r->send;
	} else if (r->sweep_waits) {
		frame_clear(f, FRAME_SWEEP);
	} else if (r->status_waits) {
		frame_clear(f, FRAME_STATUS);
	} else if (r->dial_waits) {
		ask_dial(r, f);
	} else if (suspect >= 0) {
		ask_read(suspect, f);
	} else {
		return false;
	}
	return true;
}

/* Of the hints the first, or a suspect. */
static void
read_given(struct requests *r, int32_t slot)
{
	if (r->reads_count > 0 && r->reads[0] == slot)
		memmove(r->reads, r->reads + 1, --r->reads_count * sizeof *r->reads);
	else
		r->suspects_overdue = false;
}

void
requests_given(struct requests *r, const struct frame *f)
{
	bool single = f->type == FRAME_DELETE || f->type == FRAME_CLEAR || f->type == FRAME_READ;

	r->under_way = f->type;
	r->row = single ? r->row + 1 : 0;
	switch ((enum frame_type)f->type) {
	case FRAME_DELETE:
	case FRAME_CLEAR:
		r->removing = r->removals[0];
		memmove(r->removals, r->removals + 1, --r->removals_count * sizeof *r->removals);
		break;
	case FRAME_READ:
		read_given(r, f->slot);
		break;
	case FRAME_SEND:
		r->send_waits = false;
		r->send_given = true;
		break;
	case FRAME_SWEEP:
		r->sweep_waits = r->sweep_overdue = false;
		break;
	case FRAME_STATUS:
		r->status_waits = false;
		break;
	case FRAME_DIAL:
		r->dial_waits = r->dial_overdue = false;
		r->dial_given = true;
		break;
	default:
		break;
	}
}
