/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supervisor: what the core calls, and what comes by the clock. */
#include "modem/supervisor_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"

const char *
modem_state_name(enum modem_state state)
{
	static const char *const names[MODEM_STATES] = {
		[MODEM_DOWN] = "DOWN", [MODEM_STARTING] = "STARTING", [MODEM_UP] = "UP", [MODEM_HUNG] = "HUNG",
	};

	return names[state];
}

const char *
modem_stage_name(enum modem_stage stage)
{
	static const char *const names[MODEM_STAGES] = {
		[MODEM_STAGE_RESTART] = "restart", [MODEM_STAGE_RESET] = "reset", [MODEM_STAGE_RECOVER] = "recover",
	};

	return names[stage];
}

const char *
modem_sent_name(enum modem_sent result)
{
	static const char *const names[MODEM_SENT_RESULTS] = {
		[MODEM_SENT_OK] = "OK", [MODEM_SENT_REFUSED] = "REFUSED",
		[MODEM_SENT_UNKNOWN] = "UNKNOWN", [MODEM_SENT_NOT] = "NOT",
	};

	return names[result];
}

const char *
modem_dialled_name(enum modem_dialled result)
{
	static const char *const names[MODEM_DIALLED_RESULTS] = {
		[MODEM_DIALLED_ANSWERED] = "ANSWERED", [MODEM_DIALLED_MENU] = "MENU", [MODEM_DIALLED_ENDED] = "ENDED",
		[MODEM_DIALLED_REFUSED] = "REFUSED", [MODEM_DIALLED_NO_USSD] = "NO_USSD",
		[MODEM_DIALLED_NOT_SUPPORTED] = "NOT_SUPPORTED", [MODEM_DIALLED_TIMEOUT] = "TIMEOUT",
		[MODEM_DIALLED_DOWN] = "DOWN",
	};

	return names[result];
}

void
supervisor_emit(struct modem *m, const struct modem_event *event)
{
	m->on_event(m->ctx, m, event);
}

void
supervisor_arm(struct event *timer, uint32_t ms)
{
	struct timeval tv = { .tv_sec = ms / 1000, .tv_usec = (suseconds_t)(ms % 1000 * 1000) };

	event_add(timer, &tv);
}

/* --- timers --------------------------------------------------------------------------------------------- */

static void
on_alarm(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;

	(void)fd, (void)what;
	m->info.alarm = true;
	log_error("%s: no sweep has succeeded for %u s", m->conf.name, (unsigned)(m->conf.alarm_after / 1000));
}

static void
on_sweep_timer(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;

	(void)fd, (void)what;
	requests_period(&m->requests);
	supervisor_pump(m);
	supervisor_arm(&m->sweep_timer, m->conf.sweep_every);
}

static void
on_status_timer(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;

	(void)fd, (void)what;
	requests_status(&m->requests);
	supervisor_pump(m);
	supervisor_arm(&m->status_timer, m->conf.status_every);
}

/* --- what the rest of the core calls -------------------------------------------------------------------- */

struct modem *
modem_start(struct event_base *base, const struct modem_conf *conf, modem_event_fn on_event, void *ctx)
{
	struct modem *m = xcalloc(1, sizeof *m);

	m->base = base;
	m->conf = *conf;
	m->on_event = on_event;
	m->ctx = ctx;
	m->info.name = m->conf.name;
	evtimer_assign(&m->sweep_timer, base, on_sweep_timer, m);
	evtimer_assign(&m->status_timer, base, on_status_timer, m);
	evtimer_assign(&m->alarm, base, on_alarm, m);
	supervisor_live(m);
	supervisor_arm(&m->alarm, conf->alarm_after);
	return m;
}

void
modem_free(struct modem *m)
{
	if (!m)
		return;
	event_del(&m->io);
	event_del(&m->death);
	event_del(&m->deadline);
	event_del(&m->restart);
	event_del(&m->sweep_timer);
	event_del(&m->status_timer);
	event_del(&m->alarm);
	recovery_clear(&m->recovery);
	process_stop(&m->worker);
	requests_clear(&m->requests);
	slots_clear(&m->slots);
	free(m);
}

const char *
modem_name(const struct modem *m)
{
	return m->conf.name;
}

static int
remove_message(struct modem *m, uint32_t request, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	if (slot < 0)
		return -EINVAL;
	if (m->state != MODEM_UP)
		return -ENODEV;
	requests_remove(&m->requests, request, slot, key);
	supervisor_pump(m);
	return 0;
}

int
modem_delete(struct modem *m, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	return remove_message(m, FRAME_DELETE, slot, key);
}

int
modem_clear(struct modem *m, int32_t slot, const uint8_t key[SMS_KEY_SIZE])
{
	return remove_message(m, FRAME_CLEAR, slot, key);
}

int
modem_send(struct modem *m, const struct sms_out *message)
{
	int error = sms_out_check(message);

	if (error)
		return error;
	if (m->state != MODEM_UP)
		return -ENODEV;
	if (m->requests.send_waits || m->requests.send_given)
		return -EBUSY;
	requests_send(&m->requests, message);
	supervisor_pump(m);
	return 0;
}

int
modem_dial(struct modem *m, const char *code)
{
	if (!ussd_code_sane(code))
		return -EINVAL;
	if (m->state != MODEM_UP)
		return -ENODEV;
	if (m->requests.dial_waits || m->requests.dial_given)
		return -EBUSY;
	requests_dial(&m->requests, code);
	supervisor_pump(m);
	return 0;
}

void
modem_sweep(struct modem *m)
{
	if (m->state != MODEM_UP)
		return;
	requests_sweep(&m->requests);
	supervisor_pump(m);
}

void
modem_info(const struct modem *m, struct modem_info *out)
{
	*out = m->info;
	out->state = m->state;
	out->failures = m->recovery.failures;
	out->crowded = m->half_full == CROWDED;
	out->undead = ((m->state == MODEM_HUNG || m->state == MODEM_DOWN) && process_lives(&m->worker)) ||
		      recovery_undead(&m->recovery);
	out->restarts = m->info.restarts > 0 ? m->info.restarts - 1 : 0;
	out->slots_stuck = (int)slots_count_stuck(&m->slots);
	out->slots_deadly = (int)slots_count_deadly(&m->slots);
}
