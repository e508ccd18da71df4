/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supervisor_life: a modem's worker from its start to its end. One request is under way at a time, each with a
 * deadline; a worker that misses one or dies is buried, and started again later. */
#include "modem/supervisor_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

#define PACE_FAILURES 2         /* sends in a row, then the pace is stock */
#define READ_LEAST_MS 8000      /* for a slot; a modem that is busy with the network may be silent for seconds */
#define RESET_MS 70000          /* that a reset may take besides the setup */

/* --- requests ------------------------------------------------------------------------------------------- */

/* A slot takes two or three commands where the setup took some thirty. */
uint32_t
supervisor_patience(const struct modem *m)
{
	uint32_t most = m->conf.deadline.read, usual = m->setup_ms > READ_LEAST_MS ? (uint32_t)m->setup_ms : READ_LEAST_MS;

	return usual < most ? usual : most;
}

static uint32_t
deadline_of(const struct modem *m, uint32_t type)
{
	const struct modem_deadlines *d = &m->conf.deadline;

	switch (type) {
	case FRAME_SETUP:
		return d->setup;
	case FRAME_SWEEP:
		return d->sweep;
	case FRAME_READ:
		return supervisor_patience(m);
	case FRAME_DELETE:
	case FRAME_CLEAR:
		return d->remove;
	case FRAME_SEND:
		return d->send;
	case FRAME_DIAL:
		return d->dial;
	default:
		return d->status;
	}
}

/* A frame that cannot be handed over stays where it is: the socket's end comes next and says why. */
static bool
ask(struct modem *m, const struct frame *f)
{
	int error = frame_send(m->worker.fd, f);

	if (error) {
		log_warn("%s: %s cannot be handed to the worker: %s", m->conf.name, frame_name(f->type),
		         strerror(-error));
		return false;
	}
	m->asked_ms = clock_monotonic_ms();
	supervisor_arm(&m->deadline, deadline_of(m, f->type) + (f->type == FRAME_SETUP && f->setup.reset ? RESET_MS : 0));
	return true;
}

void
supervisor_pump(struct modem *m)
{
	struct frame f;

	if (m->state != MODEM_UP || m->worker.pid == 0 || m->requests.under_way != REQUESTS_NONE)
		return;
	if (!requests_next(&m->requests, &m->slots, clock_monotonic_ms(), &f))
		return;
	if (f.type == FRAME_SEND)
		f.send.pace = m->conf.pace;
	if (ask(m, &f))
		requests_given(&m->requests, &f);
}

/* --- the end of a worker -------------------------------------------------------------------------------- */

/* Of a modem that is not there one line tells enough, not one each try. */
static void
log_end(struct modem *m, enum modem_state before, const char *stage, const char *error)
{
	char text[MODEM_ERROR_SIZE];
	bool again;

	snprintf(text, sizeof text, "%s: %s", stage, error);
	again = before == MODEM_STARTING && strcmp(text, m->info.error) == 0;
	memcpy(m->info.error, text, sizeof m->info.error);
	if (m->reading >= 0)
		log_error("%s: %s while slot %d was read: %s", m->conf.name, stage, (int)m->reading, error);
	else if (again)
		log_debug("%s: again %s", m->conf.name, text);
	else
		log_error("%s: %s", m->conf.name, text);
}

void
supervisor_give_up(struct modem *m, enum modem_state state, const char *stage, const char *error)
{
	struct modem_event event = { .type = MODEM_EVENT_DOWN };
	enum modem_state before = m->state;

	if (before == MODEM_DOWN || before == MODEM_HUNG)
		return;
	m->state = state;
	log_end(m, before, stage, error);
	event_del(&m->deadline);
	event_del(&m->sweep_timer);
	event_del(&m->status_timer);
	requests_forget(&m->requests);
	m->info.signal_dbm = MODEM_SIGNAL_UNKNOWN;
	m->info.network[0] = '\0';
	process_kill(&m->worker);
	if (before == MODEM_UP) {
		event.down.stage = stage;
		event.down.error = error;
		supervisor_emit(m, &event);
	}
}

static void
on_deadline(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;

	(void)fd, (void)what;
	if (m->worker.fd < 0)
		supervisor_give_up(m, MODEM_HUNG, "worker", "hung up, and does not die");
	else
		supervisor_give_up(m, MODEM_HUNG, frame_name(m->requests.under_way), "no answer in time");
}

static void
later(struct modem *m)
{
	supervisor_arm(&m->restart, recovery_later(&m->recovery, clock_monotonic_ms()));
}

/* Whether a modem that was talked to too fast answers like this: not at all, ERROR, an error of the ME or of the
 * PDU (27.005 3.2.5: 300-305) or an unknown one. Other refusals show that it had understood. */
static bool
blames_pace(enum modem_sent result, int cms)
{
	return result != MODEM_SENT_OK &&
	       (result != MODEM_SENT_REFUSED || cms == 0 || (cms >= 300 && cms <= 305) || cms == 500);
}

void
supervisor_sent(struct modem *m, enum modem_sent result, int reference, int cms, const char *error)
{
	struct modem_event event = { .type = MODEM_EVENT_SENT };

	m->requests.send_waits = m->requests.send_given = false;
	m->pace_failures = blames_pace(result, cms) ? m->pace_failures + 1 : 0;
	if (m->pace_failures >= PACE_FAILURES && m->conf.pace != MODEM_PACE_STOCK) {
		log_warn("%s: %d sends failed in a row: pace is stock from now on", m->conf.name, m->pace_failures);
		m->conf.pace = MODEM_PACE_STOCK;
	}
	event.sent.id = m->requests.send.id;
	event.sent.sequence = m->requests.send.sequence;
	event.sent.result = result;
	event.sent.reference = reference;
	event.sent.cms = cms;
	event.sent.error = error;
	supervisor_emit(m, &event);
}

void
supervisor_dialled(struct modem *m, enum modem_dialled result, const char *text, const char *error)
{
	struct modem_event event = { .type = MODEM_EVENT_DIALLED };

	m->requests.dial_waits = m->requests.dial_given = false;
	event.dialled.result = result;
	event.dialled.text = text;
	event.dialled.error = error;
	supervisor_emit(m, &event);
}

/* The first deaths on a slot have a way out of their own: they say nothing about the modem. */
static void
count_failure(struct modem *m)
{
	int deaths = m->reading >= 0 && !m->blameless ? slots_died(&m->slots, m->reading, clock_monotonic_ms()) : 0;

	if (!m->counted && (deaths == 0 || deaths > SLOTS_DEATHS))
		m->recovery.failures++;
	if (deaths == 1)
		log_warn("%s: a worker ended at slot %d: it is read by itself, after the others", m->conf.name,
		         (int)m->reading);
	if (deaths == SLOTS_DEATHS)
		log_error("%s: %d workers ended at slot %d: it is tried ever more seldom", m->conf.name, deaths,
		          (int)m->reading);
	m->reading = -1;
}

/* The worker is dead: hear its last words, answer for it, and start another one later. */
static void
on_death(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;
	char how[MODEM_ERROR_SIZE];

	(void)fd, (void)what;
	event_del(&m->death);
	process_bury(&m->worker, how, sizeof how);
	while (m->worker.fd >= 0)
		supervisor_hear(m);
	supervisor_give_up(m, MODEM_DOWN, "worker", how);
	m->state = MODEM_DOWN;
	count_failure(m);
	later(m);
	if (m->requests.send_given)
		supervisor_sent(m, MODEM_SENT_UNKNOWN, -1, 0, how);
	else if (m->requests.send_waits)
		supervisor_sent(m, MODEM_SENT_NOT, -1, 0, how);
	if (m->requests.dial_waits || m->requests.dial_given)
		supervisor_dialled(m, MODEM_DIALLED_DOWN, "", how);
}

/* --- its beginning -------------------------------------------------------------------------------------- */

static void
on_readable(evutil_socket_t fd, short what, void *ctx)
{
	(void)fd, (void)what;
	supervisor_hear(ctx);
}

/* One line tells enough, not one each try. */
static void
not_started(struct modem *m, const char *stage, const char *error)
{
	char text[MODEM_ERROR_SIZE];

	snprintf(text, sizeof text, "%s: %s", stage, error);
	if (strcmp(text, m->info.error) != 0)
		log_error("%s: %s", m->conf.name, text);
	memcpy(m->info.error, text, sizeof m->info.error);
	m->recovery.failures++;
	later(m);
}

static void
launch(struct modem *m, bool reset)
{
	struct frame f;
	int error = process_start(&m->worker);

	if (error) {
		not_started(m, "start", strerror(-error));
		return;
	}
	event_assign(&m->io, m->base, m->worker.fd, EV_READ | EV_PERSIST, on_readable, m);
	event_add(&m->io, NULL);
	event_assign(&m->death, m->base, m->worker.death, EV_READ, on_death, m);
	event_add(&m->death, NULL);
	m->state = MODEM_STARTING;
	m->blameless = m->counted = false;
	frame_clear(&f, FRAME_SETUP);
	f.setup.conf = m->conf;
	f.setup.reset = reset;
	f.setup.avoided_count = (uint32_t)slots_list(&m->slots, f.setup.avoided, FRAME_AVOIDED);
	if (ask(m, &f))
		requests_given(&m->requests, &f);
}

/* Looks often, starts when it is time or the device has changed. */
static void
on_restart(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;
	int64_t now = clock_monotonic_ms();
	uint32_t wait;

	(void)fd, (void)what;
	if (!recovery_due(&m->recovery, now, &wait)) {
		supervisor_arm(&m->restart, wait);
		return;
	}
	m->info.restarts++;
	m->info.stage = recovery_stage(&m->recovery, now);
	if (m->info.stage == MODEM_STAGE_RECOVER)
		return;
	if (!m->recovery.device.there)
		not_started(m, "device", "is not there");
	else
		launch(m, m->info.stage == MODEM_STAGE_RESET);
}

static void
on_hook_end(void *ctx, bool success, const char *how)
{
	struct modem *m = ctx;

	if (success)
		log_info("%s: %s: %s", m->conf.name, m->conf.recover, how);
	else
		log_error("%s: %s: %s", m->conf.name, m->conf.recover, how);
	supervisor_arm(&m->restart, 0);
}

void
supervisor_live(struct modem *m)
{
	m->worker = PROCESS_NONE;
	m->reading = -1;
	event_assign(&m->io, m->base, -1, 0, on_readable, m);
	event_assign(&m->death, m->base, -1, 0, on_death, m);
	evtimer_assign(&m->deadline, m->base, on_deadline, m);
	evtimer_assign(&m->restart, m->base, on_restart, m);
	recovery_begin(&m->recovery, &m->conf, m->base, on_hook_end, m);
	supervisor_arm(&m->restart, 0);
}
