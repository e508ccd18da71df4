/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supervisor_hear: what a worker says, and what the core makes of it. Nothing of it is believed that was not asked
 * for, or cannot be. */
#include "modem/supervisor_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

#define DEATH_MS 2000           /* that a worker may take to die */

static void
success(struct modem *m)
{
	m->info.success_mono_ms = clock_monotonic_ms();
	m->info.success_wall = clock_wall();
}

static void
on_ready(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_UP };

	m->state = MODEM_UP;
	m->setup_ms = clock_monotonic_ms() - m->asked_ms;
	snprintf(m->info.imei, sizeof m->info.imei, "%s", f->ready.imei);
	snprintf(m->info.imsi, sizeof m->info.imsi, "%s", f->ready.imsi);
	snprintf(m->info.manufacturer, sizeof m->info.manufacturer, "%s", f->ready.manufacturer);
	snprintf(m->info.model, sizeof m->info.model, "%s", f->ready.model);
	requests_sweep(&m->requests);
	requests_status(&m->requests);
	supervisor_arm(&m->sweep_timer, m->conf.sweep_every);
	supervisor_arm(&m->status_timer, m->conf.status_every);
	log_info("%s: UP, %s %s", m->conf.name, m->info.manufacturer, m->info.model);
	supervisor_emit(m, &event);
}

/* A suspect is read when it is its turn. */
static void
on_hint(struct modem *m, int32_t slot)
{
	if (m->state == MODEM_UP && !slots_suspect(&m->slots, slot))
		requests_read(&m->requests, slot);
}

static void
on_part(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_PART };
	struct sms_part part = f->part;

	/* The key decides what is ever stored: not left to a process that a message may have got at. */
	sms_key(&part, m->info.imsi, part.key);
	part.again = false;
	if (part.slot >= 0) {
		slots_shown(&m->slots, part.slot, part.key);
		part.again = slots_again(&m->slots, part.slot, part.key, clock_monotonic_ms());
		if (slots_hidden(&m->slots, part.slot, part.key, clock_monotonic_ms()))
			return;
	}
	event.part = &part;
	supervisor_emit(m, &event);
}

static void
on_broken(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_BROKEN };
	int32_t slot = f->broken.slot;

	event.broken.slot = slot;
	event.broken.reason = f->broken.reason;
	event.broken.pdu = f->broken.raw;
	event.broken.pdu_length = f->broken.length;
	sms_raw_key(f->broken.raw, f->broken.length, m->info.imsi, event.broken.key);
	if (slot >= 0) {
		slots_shown(&m->slots, slot, event.broken.key);
		if (slots_hidden(&m->slots, slot, event.broken.key, clock_monotonic_ms()))
			return;
	}
	m->info.broken += slot < 0 || slots_new(&m->slots, slot, event.broken.key);
	supervisor_emit(m, &event);
}

static void
fresh(struct modem *m)
{
	if (m->info.alarm)
		log_info("%s: swept again, the alarm is over", m->conf.name);
	m->info.alarm = false;
	m->info.swept_mono_ms = clock_monotonic_ms();
	recovery_over(&m->recovery);
	supervisor_arm(&m->alarm, m->conf.alarm_after);
}

/* What was in the slot has come before this. A suspect that is empty has been passed over by the sweeps for nothing. */
static void
on_read_done(struct modem *m, const struct frame *f)
{
	if (!slots_suspect(&m->slots, f->read_done.slot))
		return;
	if (f->read_done.found == FRAME_SLOT_EMPTY) {
		slots_survived(&m->slots, f->read_done.slot);
		requests_sweep(&m->requests);
	} else {
		slots_vain(&m->slots, f->read_done.slot, clock_monotonic_ms());
	}
}

/* A modem that answers and cannot be read is as dead as one that does not answer. */
static void
sweep_failed(struct modem *m, const char *error)
{
	log_warn("%s: the slots cannot be read: %s", m->conf.name, error);
	m->counted = ++m->recovery.failures % m->conf.recover_after == 0;
	if (m->counted)
		supervisor_give_up(m, MODEM_DOWN, "sweep", error);
}

/* What came while nobody read it is gone at the next sweep; what is still there then does not leave, or comes faster than
 * it leaves. */
static void
watch_room(struct modem *m)
{
	const struct modem_info *info = &m->info;
	bool half = (info->sim_size > 0 && 2 * info->sim_used >= info->sim_size) ||
		    (info->phone_size > 0 && 2 * info->phone_used >= info->phone_size);
	bool before = m->half_full == CROWDED;

	m->half_full = half ? m->half_full + !before : 0;
	if (m->half_full == CROWDED && !before)
		log_warn("%s: %d of %d slots of its SIM are used, %d of %d of its own: what is full takes no SMS any more",
			 m->conf.name, info->sim_used, info->sim_size, info->phone_used, info->phone_size);
	else if (before && !half)
		log_info("%s: there is room in its slots again", m->conf.name);
}

static void
on_swept(struct modem *m, const struct frame *f)
{
	if (m->info.slots_unreadable != f->swept.unreadable && f->swept.unreadable > 0)
		log_warn("%s: %d of %d used slots cannot be read", m->conf.name, (int)f->swept.unreadable,
		         (int)(f->swept.used[0] + f->swept.used[1]));
	m->info.sim_used = f->swept.used[0];
	m->info.sim_size = f->swept.size[0];
	m->info.phone_used = f->swept.used[1];
	m->info.phone_size = f->swept.size[1];
	m->info.slots_used = m->info.sim_used + m->info.phone_used;
	m->info.slots_size = m->info.sim_size + m->info.phone_size;
	m->info.slots_unreadable = f->swept.unreadable;
	if (f->swept.error[0] != '\0')
		sweep_failed(m, f->swept.error);
	else
		fresh(m);
	watch_room(m);
}

static void
on_deleted(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_DELETED };
	const struct requests_removal *r = &m->requests.removing;
	bool last_way = r->request == FRAME_CLEAR || slots_tried(&m->slots, r->slot, r->key);

	event.deleted.slot = r->slot;
	event.deleted.result = (enum modem_deleted)f->deleted.result;
	memcpy(event.deleted.key, r->key, SMS_KEY_SIZE);
	if (event.deleted.result == MODEM_DELETED_FAILED) {
		event.deleted.stuck = slots_failed(&m->slots, r->slot, r->key, last_way, clock_monotonic_ms());
	} else {
		slots_freed(&m->slots, r->slot, r->key);
		slots_survived(&m->slots, r->slot);
	}
	if (event.deleted.stuck)
		log_error("%s: slot %d cannot be emptied: its message stays there", m->conf.name, (int)r->slot);
	supervisor_emit(m, &event);
}

static void
on_report(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_REPORT };

	event.report.number = f->report.number;
	event.report.time = f->report.time;
	event.report.reference = (uint8_t)f->report.reference;
	event.report.status = (uint8_t)f->report.status;
	supervisor_emit(m, &event);
}

static void
on_signal(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_STATUS };

	m->info.signal_dbm = f->signal.dbm;
	snprintf(m->info.network, sizeof m->info.network, "%s", f->signal.network);
	event.status.signal_dbm = m->info.signal_dbm;
	event.status.network = m->info.network;
	event.status.time = f->signal.time;
	supervisor_emit(m, &event);
}

/* The request that an event closes; REQUESTS_NONE: it closes none. */
static uint32_t
closes(uint32_t event)
{
	switch (event) {
	case FRAME_READY:
		return FRAME_SETUP;
	case FRAME_SWEPT:
		return FRAME_SWEEP;
	case FRAME_READ_DONE:
		return FRAME_READ;
	case FRAME_DELETED:
		return FRAME_DELETE;
	case FRAME_CLEARED:
		return FRAME_CLEAR;
	case FRAME_SENT:
		return FRAME_SEND;
	case FRAME_SIGNAL:
		return FRAME_STATUS;
	case FRAME_DIALLED:
		return FRAME_DIAL;
	default:
		return REQUESTS_NONE;
	}
}

static void
dispatch(struct modem *m, const struct frame *f)
{
	switch ((enum frame_type)f->type) {
	case FRAME_READY:
		on_ready(m, f);
		break;
	case FRAME_HINT:
		on_hint(m, f->slot);
		break;
	case FRAME_READING:      /* a long sweep is alive as long as it moves on */
		m->reading = f->slot;
		if (m->requests.under_way == FRAME_SWEEP)
			supervisor_arm(&m->deadline, supervisor_patience(m));
		break;
	case FRAME_PART:
		on_part(m, f);
		break;
	case FRAME_BROKEN:
		on_broken(m, f);
		break;
	case FRAME_READ_DONE:
		on_read_done(m, f);
		break;
	case FRAME_SWEPT:
		on_swept(m, f);
		break;
	case FRAME_DELETED:
	case FRAME_CLEARED:
		on_deleted(m, f);
		break;
	case FRAME_SENT:
		supervisor_sent(m, (enum modem_sent)f->sent.result, f->sent.reference, f->sent.cms, f->sent.error);
		break;
	case FRAME_REPORT:
		on_report(m, f);
		break;
	case FRAME_SIGNAL:
		on_signal(m, f);
		break;
	case FRAME_DIALLED:
		supervisor_dialled(m, (enum modem_dialled)f->dialled.result, f->dialled.text, f->dialled.error);
		break;
	case FRAME_FAILED:
		m->blameless = f->failed.blame == 0;
		supervisor_give_up(m, MODEM_DOWN, f->failed.stage, f->failed.error);
		break;
	default:
		break;
	}
}

/* An answer to what was not asked is a lie. A SENT may come late, after the deadline: it is welcome. */
static bool
in_order(const struct modem *m, const struct frame *f)
{
	if (f->type == FRAME_SENT)
		return m->requests.send_given && f->sent.id == m->requests.send.id &&
		       f->sent.sequence == m->requests.send.sequence;
	return closes(f->type) == REQUESTS_NONE || closes(f->type) == m->requests.under_way || m->state != MODEM_UP;
}

static void
handle(struct modem *m, const struct frame *f)
{
	if (!in_order(m, f)) {
		supervisor_give_up(m, MODEM_HUNG, frame_name(f->type), "was not asked for");
		return;
	}
	if (closes(f->type) != REQUESTS_NONE) {
		if (m->requests.under_way != closes(f->type) && f->type != FRAME_SENT)
			return;          /* given up already */
		m->requests.under_way = REQUESTS_NONE;
		m->reading = -1;
		event_del(&m->deadline);
		success(m);
	}
	dispatch(m, f);
	supervisor_pump(m);
}

void
supervisor_hear(struct modem *m)
{
	struct frame f;
	int got = frame_receive(m->worker.fd, FRAME_TO_CORE, &f);

	if (got == 1) {
		handle(m, &f);
	} else if (got == -EBADMSG) {
		supervisor_give_up(m, MODEM_HUNG, "frame", "not understood");
	} else if (got != -EAGAIN || m->worker.pid == 0) {
		event_del(&m->io);
		process_hang_up(&m->worker);
		process_kill(&m->worker);
		/* Its death is heard at once, unless it hangs in the kernel. */
		if (m->worker.pid > 0 && (m->state == MODEM_UP || m->state == MODEM_STARTING))
			supervisor_arm(&m->deadline, DEATH_MS);
	}
}
