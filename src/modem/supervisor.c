/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supervisor: the core's side of one modem worker. One request is under way at a time, each with a deadline;
 * a worker that misses one, dies or talks nonsense is killed and started again. */
#include "modem/supervisor.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "modem/frame.h"
#include "modem/hook.h"
#include "modem/slots.h"

#define WORKER_FD 3
#define STOP_MS 200
#define PACE_FAILURES 2         /* sends in a row, then the pace is stock */
#define NO_REQUEST 0
#define READ_LEAST_MS 8000      /* for a slot; a modem that is busy with the network may be silent for seconds */
#define READS_MOST 64           /* hints that wait; more are for a sweep */
#define ROW_MOST 8              /* slots in a row while something else waits */
#define RESET_MS 70000          /* that a reset may take besides the setup */
#define LOOK_MS 1000            /* between two looks whether the device has come back */

struct removal {
	uint32_t request;       /* FRAME_DELETE, FRAME_CLEAR */
	int32_t slot;
	uint8_t key[SMS_KEY_SIZE];
};

/* A device as it was when last seen: after a replug it is another one, maybe of the same name. */
struct device {
	bool there;
	dev_t dev, rdev;
	ino_t ino;
	struct timespec changed;
};

struct modem {
	struct event_base *base;
	struct modem_conf conf;
	modem_event_fn on_event;
	void *ctx;

	enum modem_state state;
	pid_t pid;                          /* 0: no worker */
	int fd, pidfd;
	struct event io, death, deadline, restart, sweep_timer, status_timer;
	uint32_t backoff;                   /* ms until the next start but one */
	int64_t restart_ms;                 /* monotonic time of the next start */
	struct device device;
	struct hook *hook;
	int64_t hook_ms;                    /* of its last start; 0 never */
	unsigned staged;                    /* failures at the last reset or call of the hook */
	struct event alarm;

	uint32_t request;                   /* enum frame_type under way, or NO_REQUEST */
	struct removal removing;            /* of FRAME_DELETE or FRAME_CLEAR under way */
	int32_t reading;                    /* slot being touched, -1 none */
	bool blameless;                     /* the worker's end has nothing to do with that slot */
	bool counted;                       /* among the failures already */
	struct slots slots;
	unsigned row;                       /* requests for single slots in a row */

	struct removal *removals;
	size_t removals_count;
	int32_t *reads;
	size_t reads_count;
	struct sms_out send;
	bool send_waits, send_given;        /* accepted / in the worker's hands; at most one of them */
	bool sweep_waits, sweep_overdue, status_waits;
	bool suspects_overdue;
	int64_t setup_ms, asked_ms;         /* what the last setup took; when the worker was asked last */
	int failures;                       /* sends in a row that may be the pace's fault */

	struct modem_info info;
};

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

static void
emit(struct modem *m, const struct modem_event *event)
{
	m->on_event(m->ctx, m, event);
}

static void
arm(struct event *timer, uint32_t ms)
{
	struct timeval tv = { .tv_sec = ms / 1000, .tv_usec = (suseconds_t)(ms % 1000 * 1000) };

	event_add(timer, &tv);
}

/* --- requests ------------------------------------------------------------------------------------------- */

/* A slot takes two or three commands where the setup took some thirty. */
static uint32_t
read_deadline(const struct modem *m)
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
		return read_deadline(m);
	case FRAME_DELETE:
	case FRAME_CLEAR:
		return d->remove;
	case FRAME_SEND:
		return d->send;
	default:
		return d->status;
	}
}

static void
ask_removal(const struct modem *m, struct frame *f)
{
	const struct removal *first = &m->removals[0];

	frame_clear(f, (enum frame_type)first->request);
	f->remove.slot = first->slot;
	memcpy(f->remove.key, first->key, SMS_KEY_SIZE);
	f->remove.raw = first->request == FRAME_DELETE && slots_tried(&m->slots, first->slot, first->key);
	f->remove.verify = slots_doubted(&m->slots, first->slot, first->key);
}

/* Fills in what is to be asked next. Order: what empties slots, what brings messages, what answers; last the slots
 * that may hang the modem. A sweep that was put off for a whole period goes before sends, so that an endless queue
 * cannot starve it, and so does such a slot; and a modem that announces without end cannot starve all of them. */
static bool
next_request(struct modem *m, struct frame *f)
{
	bool others = m->row >= ROW_MOST && (m->sweep_overdue || m->send_waits);
	int32_t suspect = slots_due(&m->slots, clock_monotonic_ms());

	if (m->removals_count > 0 && !others) {
		ask_removal(m, f);
	} else if (m->reads_count > 0 && !others) {
		frame_clear(f, FRAME_READ);
		f->slot = m->reads[0];
	} else if (m->sweep_overdue) {
		frame_clear(f, FRAME_SWEEP);
	} else if (m->suspects_overdue && suspect >= 0) {
		frame_clear(f, FRAME_READ);
		f->slot = suspect;
	} else if (m->send_waits) {
		frame_clear(f, FRAME_SEND);
		f->send.message = m->send;
		f->send.pace = m->conf.pace;
	} else if (m->sweep_waits) {
		frame_clear(f, FRAME_SWEEP);
	} else if (m->status_waits) {
		frame_clear(f, FRAME_STATUS);
	} else if (suspect >= 0) {
		frame_clear(f, FRAME_READ);
		f->slot = suspect;
	} else {
		return false;
	}
	return true;
}

/* That slot is not to be asked for any more. */
static void
read_taken(struct modem *m, int32_t slot)
{
	if (m->reads_count > 0 && m->reads[0] == slot)
		memmove(m->reads, m->reads + 1, --m->reads_count * sizeof *m->reads);
	else
		m->suspects_overdue = false;
}

static void
taken(struct modem *m, const struct frame *f)
{
	uint32_t type = f->type;

	m->row = type == FRAME_DELETE || type == FRAME_CLEAR || type == FRAME_READ ? m->row + 1 : 0;
	switch (type) {
	case FRAME_DELETE:
	case FRAME_CLEAR:
		m->removing = m->removals[0];
		m->removals_count--;
		memmove(m->removals, m->removals + 1, m->removals_count * sizeof *m->removals);
		break;
	case FRAME_READ:
		read_taken(m, f->slot);
		break;
	case FRAME_SEND:
		m->send_waits = false;
		m->send_given = true;
		break;
	case FRAME_SWEEP:
		m->sweep_waits = m->sweep_overdue = false;
		break;
	case FRAME_STATUS:
		m->status_waits = false;
		break;
	default:
		break;
	}
}

/* A frame that cannot be handed over stays where it is: the socket's end comes next and says why. */
static bool
ask(struct modem *m, const struct frame *f)
{
	int error = frame_send(m->fd, f);

	if (error) {
		log_warn("%s: %s cannot be handed to the worker: %s", m->conf.name, frame_name(f->type),
		         strerror(-error));
		return false;
	}
	m->request = f->type;
	m->asked_ms = clock_monotonic_ms();
	arm(&m->deadline, deadline_of(m, f->type) + (f->type == FRAME_SETUP && f->setup.reset ? RESET_MS : 0));
	return true;
}

static void
pump(struct modem *m)
{
	struct frame f;

	if (m->state == MODEM_UP && m->pid > 0 && m->request == NO_REQUEST && next_request(m, &f) && ask(m, &f))
		taken(m, &f);
}

/* --- the worker's life ---------------------------------------------------------------------------------- */

/* It gets its socket as descriptor 3 and no other; no blocked or ignored signal of ours. */
static int
spawn(struct modem *m, int theirs)
{
	static char *const argv[] = { "kentongand", "--modem", "3", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, theirs, WORKER_FD);
	posix_spawn_file_actions_addclosefrom_np(&actions, WORKER_FD + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	error = posix_spawn(&m->pid, "/proc/self/exe", &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		m->pid = 0;
	return -error;
}

static int
start_worker(struct modem *m)
{
	int pair[2], error;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return -errno;
	error = spawn(m, pair[1]);
	close(pair[1]);
	if (error) {
		close(pair[0]);
		return error;
	}
	m->fd = pair[0];
	fcntl(m->fd, F_SETFL, O_NONBLOCK);
	m->pidfd = pidfd_open(m->pid, 0);
	if (m->pidfd >= 0)
		return 0;
	error = -errno;
	kill(m->pid, SIGKILL);
	waitpid(m->pid, NULL, 0);
	close(m->fd);
	m->fd = -1;
	m->pid = 0;
	return error;
}

static void
forget_requests(struct modem *m)
{
	m->request = NO_REQUEST;
	m->removals_count = m->reads_count = 0;
	m->sweep_waits = m->sweep_overdue = m->status_waits = m->suspects_overdue = false;
}

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

/* The worker is of no use any more; what it has said already is still heard until it is dead. */
static void
give_up(struct modem *m, enum modem_state state, const char *stage, const char *error)
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
	forget_requests(m);
	m->info.signal_dbm = MODEM_SIGNAL_UNKNOWN;
	m->info.network[0] = '\0';
	if (m->pid > 0)
		kill(m->pid, SIGKILL);
	if (before == MODEM_UP) {
		event.down.stage = stage;
		event.down.error = error;
		emit(m, &event);
	}
}

static void
on_deadline(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;

	(void)fd, (void)what;
	give_up(m, MODEM_HUNG, frame_name(m->request), "no answer in time");
}

static uint32_t
sooner(int64_t ms, uint32_t most)
{
	return ms < 0 ? 0 : ms < most ? (uint32_t)ms : most;
}

static void
later(struct modem *m)
{
	m->restart_ms = clock_monotonic_ms() + m->backoff;
	arm(&m->restart, sooner(m->backoff, LOOK_MS));
	m->backoff = m->backoff > m->conf.backoff_most / 2 ? m->conf.backoff_most : 2 * m->backoff;
}

/* Whether a modem that was talked to too fast answers like this: not at all, ERROR, an error of the ME or of the
 * PDU (27.005 3.2.5: 300-305) or an unknown one. Other refusals show that it had understood. */
static bool
blames_pace(enum modem_sent result, int cms)
{
	return result != MODEM_SENT_OK &&
	       (result != MODEM_SENT_REFUSED || cms == 0 || (cms >= 300 && cms <= 305) || cms == 500);
}

static void
finish_send(struct modem *m, enum modem_sent result, int reference, int cms, const char *error)
{
	struct modem_event event = { .type = MODEM_EVENT_SENT };

	m->send_waits = m->send_given = false;
	m->failures = blames_pace(result, cms) ? m->failures + 1 : 0;
	if (m->failures >= PACE_FAILURES && m->conf.pace != MODEM_PACE_STOCK) {
		log_warn("%s: %d sends failed in a row: pace is stock from now on", m->conf.name, m->failures);
		m->conf.pace = MODEM_PACE_STOCK;
	}
	event.sent.id = m->send.id;
	event.sent.sequence = m->send.sequence;
	event.sent.result = result;
	event.sent.reference = reference;
	event.sent.cms = cms;
	event.sent.error = error;
	emit(m, &event);
}

/* The first deaths on a slot have a way out of their own: they say nothing about the modem. */
static void
count_failure(struct modem *m)
{
	int deaths = m->reading >= 0 && !m->blameless ? slots_died(&m->slots, m->reading, clock_monotonic_ms()) : 0;

	if (!m->counted && (deaths == 0 || deaths > SLOTS_DEATHS))
		m->info.failures++;
	if (deaths == 1)
		log_warn("%s: a worker ended at slot %d: it is read by itself, after the others", m->conf.name,
		         (int)m->reading);
	if (deaths == SLOTS_DEATHS)
		log_error("%s: %d workers ended at slot %d: it is tried ever more seldom", m->conf.name, deaths,
		          (int)m->reading);
	m->reading = -1;
}

static void receive(struct modem *m);

/* The worker is dead: hear its last words, bury it, answer for it, and start another one later. */
static void
on_death(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;
	int status = 0;
	char how[MODEM_ERROR_SIZE];

	(void)fd, (void)what;
	waitpid(m->pid, &status, 0);
	m->pid = 0;
	while (m->fd >= 0)
		receive(m);
	event_del(&m->death);
	close(m->pidfd);
	m->pidfd = -1;
	if (WIFSIGNALED(status))
		snprintf(how, sizeof how, "signal %d", WTERMSIG(status));
	else
		snprintf(how, sizeof how, "exit status %d", WEXITSTATUS(status));
	give_up(m, MODEM_DOWN, "worker", how);
	m->state = MODEM_DOWN;
	count_failure(m);
	later(m);
	if (m->send_given)
		finish_send(m, MODEM_SENT_UNKNOWN, -1, 0, how);
	else if (m->send_waits)
		finish_send(m, MODEM_SENT_NOT, -1, 0, how);
}

/* --- what the worker says ------------------------------------------------------------------------------- */

static void
close_socket(struct modem *m)
{
	event_del(&m->io);
	close(m->fd);
	m->fd = -1;
}

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
	m->sweep_waits = m->status_waits = true;
	arm(&m->sweep_timer, m->conf.sweep_every);
	arm(&m->status_timer, m->conf.status_every);
	log_info("%s: UP, %s %s", m->conf.name, m->info.manufacturer, m->info.model);
	emit(m, &event);
}

static void
on_hint(struct modem *m, int32_t slot)
{
	if (m->state != MODEM_UP || slots_suspect(&m->slots, slot))
		return;
	for (size_t i = 0; i < m->reads_count; i++)
		if (m->reads[i] == slot)
			return;
	if (m->reads_count == READS_MOST) {
		m->sweep_waits = true;
		return;
	}
	m->reads = xgrow(m->reads, m->reads_count, sizeof *m->reads);
	m->reads[m->reads_count++] = slot;
}

static void
on_part(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_PART };
	struct sms_part part = f->part;

	/* The key decides what is ever stored: not left to a process that a message may have got at. */
	sms_key(&part, m->info.imsi, part.key);
	if (part.slot >= 0) {
		slots_shown(&m->slots, part.slot, part.key);
		if (slots_hidden(&m->slots, part.slot, part.key, clock_monotonic_ms()))
			return;
	}
	event.part = &part;
	emit(m, &event);
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
	emit(m, &event);
}

static void
fresh(struct modem *m)
{
	if (m->info.alarm)
		log_info("%s: swept again, the alarm is over", m->conf.name);
	m->info.alarm = false;
	m->info.swept_mono_ms = clock_monotonic_ms();
	m->info.failures = m->staged = 0;
	m->backoff = m->conf.backoff_first;
	arm(&m->alarm, m->conf.alarm_after);
}

/* What was in the slot has come before this. A suspect that is empty has been passed over by the sweeps for nothing. */
static void
on_read_done(struct modem *m, const struct frame *f)
{
	if (!slots_suspect(&m->slots, f->read_done.slot))
		return;
	if (f->read_done.found == FRAME_SLOT_EMPTY) {
		slots_survived(&m->slots, f->read_done.slot);
		m->sweep_waits = true;
	} else {
		slots_vain(&m->slots, f->read_done.slot, clock_monotonic_ms());
	}
}

/* A modem that answers and cannot be read is as dead as one that does not answer. */
static void
sweep_failed(struct modem *m, const char *error)
{
	log_warn("%s: the slots cannot be read: %s", m->conf.name, error);
	m->counted = ++m->info.failures % m->conf.recover_after == 0;
	if (m->counted)
		give_up(m, MODEM_DOWN, "sweep", error);
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
}

static void
on_deleted(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_DELETED };
	const struct removal *r = &m->removing;
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
	emit(m, &event);
}

static void
on_report(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_REPORT };

	event.report.number = f->report.number;
	event.report.time = f->report.time;
	event.report.reference = (uint8_t)f->report.reference;
	event.report.status = (uint8_t)f->report.status;
	emit(m, &event);
}

static void
on_signal(struct modem *m, const struct frame *f)
{
	struct modem_event event = { .type = MODEM_EVENT_STATUS };

	m->info.signal_dbm = f->signal.dbm;
	snprintf(m->info.network, sizeof m->info.network, "%s", f->signal.network);
	event.status.signal_dbm = m->info.signal_dbm;
	event.status.network = m->info.network;
	emit(m, &event);
}

/* The request that an event closes; NO_REQUEST: it closes none. */
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
	default:
		return NO_REQUEST;
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
		if (m->request == FRAME_SWEEP)
			arm(&m->deadline, read_deadline(m));
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
		finish_send(m, (enum modem_sent)f->sent.result, f->sent.reference, f->sent.cms, f->sent.error);
		break;
	case FRAME_REPORT:
		on_report(m, f);
		break;
	case FRAME_SIGNAL:
		on_signal(m, f);
		break;
	case FRAME_FAILED:
		m->blameless = f->failed.blame == 0;
		give_up(m, MODEM_DOWN, f->failed.stage, f->failed.error);
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
		return m->send_given && f->sent.id == m->send.id && f->sent.sequence == m->send.sequence;
	return closes(f->type) == NO_REQUEST || closes(f->type) == m->request || m->state != MODEM_UP;
}

static void
handle(struct modem *m, const struct frame *f)
{
	if (!in_order(m, f)) {
		give_up(m, MODEM_HUNG, frame_name(f->type), "was not asked for");
		return;
	}
	if (closes(f->type) != NO_REQUEST) {
		if (m->request != closes(f->type) && f->type != FRAME_SENT)
			return;          /* given up already */
		m->request = NO_REQUEST;
		m->reading = -1;
		event_del(&m->deadline);
		success(m);
	}
	dispatch(m, f);
	pump(m);
}

/* One frame, so that no worker can keep the loop to itself. */
static void
receive(struct modem *m)
{
	struct frame f;
	int got = frame_receive(m->fd, FRAME_TO_CORE, &f);

	if (got == 1) {
		handle(m, &f);
	} else if (got == -EBADMSG) {
		give_up(m, MODEM_HUNG, "frame", "not understood");
	} else if (got != -EAGAIN || m->pid == 0) {
		close_socket(m);
		if (m->pid > 0)
			kill(m->pid, SIGKILL);
	}
}

static void
on_readable(evutil_socket_t fd, short what, void *ctx)
{
	(void)fd, (void)what;
	receive(ctx);
}

/* --- timers --------------------------------------------------------------------------------------------- */

/* By its path each time: what it leads to changes with every replug. */
static struct device
look(const struct modem *m)
{
	struct stat found;

	if (stat(m->conf.device, &found) != 0)
		return (struct device) { .there = false };
	return (struct device) { .there = true, .dev = found.st_dev, .rdev = found.st_rdev, .ino = found.st_ino,
	                         .changed = found.st_ctim };
}

static bool
same_device(const struct device *a, const struct device *b)
{
	return a->there == b->there && a->dev == b->dev && a->rdev == b->rdev && a->ino == b->ino &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

/* Not for the same failures again; the hook not too often, it may cut the power of more than this modem. */
static enum modem_stage
next_stage(const struct modem *m)
{
	unsigned after = m->conf.recover_after, failures = m->info.failures;
	int64_t now = clock_monotonic_ms();

	if (failures == 0 || failures % after != 0 || failures == m->staged)
		return MODEM_STAGE_RESTART;
	if (failures >= 2 * after && m->conf.recover[0] != '\0' &&
	    (m->hook_ms == 0 || now - m->hook_ms >= m->conf.recover_every))
		return MODEM_STAGE_RECOVER;
	return m->device.there ? MODEM_STAGE_RESET : MODEM_STAGE_RESTART;
}

/* false: it goes on without. */
static bool
call_hook(struct modem *m)
{
	const char *const argv[] = { m->conf.recover, m->conf.name, m->conf.device, NULL };
	int error = hook_start(m->hook, argv, m->conf.recover_deadline);

	m->hook_ms = clock_monotonic_ms();
	if (error)
		log_error("%s: %s cannot be started: %s", m->conf.name, m->conf.recover, strerror(-error));
	else
		log_warn("%s: %u failures in a row: %s is called", m->conf.name, m->info.failures, m->conf.recover);
	return error == 0;
}

static void
on_hook_end(void *ctx, bool success, const char *how)
{
	struct modem *m = ctx;

	if (success)
		log_info("%s: %s: %s", m->conf.name, m->conf.recover, how);
	else
		log_error("%s: %s: %s", m->conf.name, m->conf.recover, how);
	m->restart_ms = 0;
	arm(&m->restart, 0);
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
	m->info.failures++;
	later(m);
}

static void
name_avoided(const struct modem *m, struct frame *f)
{
	f->setup.avoided_count = (uint32_t)slots_list(&m->slots, f->setup.avoided, FRAME_AVOIDED);
}

static void
launch(struct modem *m, bool reset)
{
	struct frame f;
	int error = start_worker(m);

	if (error) {
		not_started(m, "start", strerror(-error));
		return;
	}
	event_assign(&m->io, m->base, m->fd, EV_READ | EV_PERSIST, on_readable, m);
	event_add(&m->io, NULL);
	event_assign(&m->death, m->base, m->pidfd, EV_READ, on_death, m);
	event_add(&m->death, NULL);
	m->state = MODEM_STARTING;
	m->blameless = m->counted = false;
	frame_clear(&f, FRAME_SETUP);
	f.setup.conf = m->conf;
	f.setup.reset = reset;
	name_avoided(m, &f);
	ask(m, &f);
}

/* Looks often, starts when it is time or the device has changed. */
static void
on_restart(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;
	struct device device = look(m);
	int64_t left = m->restart_ms - clock_monotonic_ms();

	(void)fd, (void)what;
	if (!same_device(&device, &m->device)) {
		m->device = device;
		m->backoff = m->conf.backoff_first;
		m->staged = m->info.failures;   /* one that has just come needs no reset */
	} else if (left > 0) {
		arm(&m->restart, sooner(left, LOOK_MS));
		return;
	}
	m->info.restarts++;
	m->info.stage = next_stage(m);
	if (m->info.stage != MODEM_STAGE_RESTART)
		m->staged = m->info.failures;
	if (m->info.stage == MODEM_STAGE_RECOVER && call_hook(m))
		return;
	if (!m->device.there)
		not_started(m, "device", "is not there");
	else
		launch(m, m->info.stage == MODEM_STAGE_RESET);
}

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
	m->sweep_overdue = m->sweep_waits;
	m->suspects_overdue = true;
	modem_sweep(m);
	arm(&m->sweep_timer, m->conf.sweep_every);
}

static void
on_status_timer(evutil_socket_t fd, short what, void *ctx)
{
	struct modem *m = ctx;

	(void)fd, (void)what;
	m->status_waits = true;
	pump(m);
	arm(&m->status_timer, m->conf.status_every);
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
	m->fd = m->pidfd = -1;
	m->reading = -1;
	m->backoff = conf->backoff_first;
	m->info.name = m->conf.name;
	event_assign(&m->io, base, -1, 0, on_readable, m);
	event_assign(&m->death, base, -1, 0, on_death, m);
	evtimer_assign(&m->deadline, base, on_deadline, m);
	evtimer_assign(&m->restart, base, on_restart, m);
	evtimer_assign(&m->sweep_timer, base, on_sweep_timer, m);
	evtimer_assign(&m->status_timer, base, on_status_timer, m);
	evtimer_assign(&m->alarm, base, on_alarm, m);
	m->hook = hook_new(base, on_hook_end, m);
	arm(&m->restart, 0);
	arm(&m->alarm, conf->alarm_after);
	return m;
}

/* Lets the worker put the tty right, but not for long. */
static void
end_worker(struct modem *m)
{
	struct pollfd dead = { .fd = m->pidfd, .events = POLLIN };
	struct frame f;

	frame_clear(&f, FRAME_STOP);
	if (m->fd < 0 || frame_send(m->fd, &f) != 0 || poll(&dead, 1, STOP_MS) != 1)
		kill(m->pid, SIGKILL);
	waitpid(m->pid, NULL, 0);
	close(m->pidfd);
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
	hook_free(m->hook);
	if (m->pid > 0)
		end_worker(m);
	if (m->fd >= 0)
		close(m->fd);
	free(m->removals);
	free(m->reads);
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
	struct removal *last;

	if (slot < 0)
		return -EINVAL;
	if (m->state != MODEM_UP)
		return -ENODEV;
	for (size_t i = 0; i < m->removals_count; i++)
		if (m->removals[i].slot == slot && m->removals[i].request == request &&
		    memcmp(m->removals[i].key, key, SMS_KEY_SIZE) == 0)
			return 0;
	m->removals = xgrow(m->removals, m->removals_count, sizeof *m->removals);
	last = &m->removals[m->removals_count++];
	last->request = request;
	last->slot = slot;
	memcpy(last->key, key, SMS_KEY_SIZE);
	pump(m);
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

static int
check_text(const struct sms_out *message)
{
	bool several = message->total > 1;
	int septets, units;

	if (!memchr(message->text, '\0', sizeof message->text))
		return -EMSGSIZE;
	septets = sms_septets(message->text);
	units = sms_units(message->text);
	if (units < 0)
		return -EINVAL;
	if (several ? message->ucs2 : septets < 0)
		return units <= (several ? SMS_UCS2_PART : SMS_UCS2_ONE) ? 0 : -EMSGSIZE;
	if (septets < 0)
		return -EINVAL;
	return septets <= (several ? SMS_GSM7_PART : SMS_GSM7_ONE) ? 0 : -EMSGSIZE;
}

static int
check_send(const struct sms_out *message)
{
	const char *digits = message->dest + (message->dest[0] == '+');
	size_t length = strnlen(message->dest, sizeof message->dest) - (size_t)(digits - message->dest);

	if (length < 3 || length > 20 || strspn(digits, "0123456789") != length)
		return -EINVAL;
	if (message->sequence == 0 || message->sequence > message->total || message->total > SMS_OUT_PARTS_MAX)
		return -EINVAL;
	return check_text(message);
}

int
modem_send(struct modem *m, const struct sms_out *message)
{
	int error = check_send(message);

	if (error)
		return error;
	if (m->state != MODEM_UP)
		return -ENODEV;
	if (m->send_waits || m->send_given)
		return -EBUSY;
	m->send = *message;
	m->send_waits = true;
	pump(m);
	return 0;
}

void
modem_sweep(struct modem *m)
{
	if (m->state != MODEM_UP)
		return;
	m->sweep_waits = true;
	pump(m);
}

void
modem_info(const struct modem *m, struct modem_info *out)
{
	*out = m->info;
	out->state = m->state;
	out->restarts = m->info.restarts > 0 ? m->info.restarts - 1 : 0;
	out->slots_stuck = (int)slots_count_stuck(&m->slots);
	out->slots_deadly = (int)slots_count_deadly(&m->slots);
}
