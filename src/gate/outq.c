/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outq: from the outbox to the modems and back. What a modem said of a message is kept until it is on the disk: a
 * message never goes out again because its result could not be written. */
#include "gate/outq.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/cms.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "gate/trust.h"
#include "store/health.h"
#include "store/outbox.h"

#define WAIT_FIRST 1            /* seconds until a failed step is tried again, doubling */
#define WAIT_MOST 30
#define IDLE 60                 /* seconds until the next look when nothing is due */
#define TAIL 9                  /* last digits by which a recipient is known */
#define SETTLE_EVERY 30
#define REPORTS_KEPT 64
#define REPORT_AGE_MS 600000    /* an unmatched report is kept so long */

enum lane_state { LANE_IDLE, LANE_SENDING, LANE_RESULT /* not on the disk yet */ };

/* A modem and the one message that it has. */
struct lane {
	struct modem *modem;
	bool up, poor;
	enum lane_state state;
	int64_t id, inbox;
	uint8_t part, parts;
	char dest[SMS_ADDRESS_SIZE], masked[PHONE_MASK_SIZE];
	enum modem_sent result;
	int reference, cms;
};

struct report {
	const struct modem *modem;
	char number[SMS_ADDRESS_SIZE], time[SMS_TIME_SIZE];
	int reference, status;
	int64_t since_ms;
};

struct outq {
	struct store *store;
	const struct trust *trust;
	struct lane *lanes;
	size_t lane_count, first;       /* first: where the next look begins, so that all get their share */
	struct event turn, settle;
	int wait;                       /* seconds of the last back-off; 0 while all is well */
	bool draining;
	struct report reports[REPORTS_KEPT];
	size_t report_count;
};

static void
sleep_seconds(struct outq *outq, int64_t seconds)
{
	const struct timeval wait = clock_nap(seconds);

	evtimer_add(&outq->turn, &wait);
}

/* --- results --- */

/* 1: more is the next part of the same message, claimed. */
static int
store_result(struct outq *outq, const struct lane *lane, struct outbox_message *more)
{
	bool go_on = lane->up && !outq->draining;
	int64_t wall = clock_wall();

	switch (lane->result) {
	case MODEM_SENT_OK: return outbox_sent(outq->store, lane->id, lane->reference, wall, go_on ? more : NULL);
	case MODEM_SENT_REFUSED: return outbox_refused(outq->store, lane->id, lane->cms, wall);
	case MODEM_SENT_NOT: return outbox_unclaim(outq->store, lane->id, wall);
	case MODEM_SENT_UNKNOWN:
	case MODEM_SENT_RESULTS: break;
	}
	return outbox_unknown(outq->store, lane->id, wall);
}

static void
log_result(const struct lane *lane, const char *error)
{
	char part[24] = "", cms[48] = "";

	if (lane->parts > 1)
		snprintf(part, sizeof part, " part %d of %d", lane->part, lane->parts);
	if (lane->result == MODEM_SENT_REFUSED)
		snprintf(cms, sizeof cms, " cms=%d cause=%s", lane->cms > 0 ? lane->cms : 0, cms_cause(lane->cms));
	if (lane->result == MODEM_SENT_OK)
		log_info("out=%" PRId64 " in=%" PRId64 " modem=%s to=%s sent reference=%d%s", lane->id, lane->inbox,
			 modem_name(lane->modem), lane->masked, lane->reference, part);
	else
		log_warn("out=%" PRId64 " in=%" PRId64 " modem=%s to=%s %s%s%s%s%s", lane->id, lane->inbox,
			 modem_name(lane->modem), lane->masked, modem_sent_name(lane->result), part, cms,
			 error[0] != '\0' ? " " : "", error);
}

static void
set_result(struct lane *lane, enum modem_sent result, int reference, int cms, const char *error)
{
	lane->state = LANE_RESULT;
	lane->result = result;
	lane->reference = reference;
	lane->cms = cms;
	log_result(lane, error);
}

/* Gives a claimed message to the lane's modem; if that cannot be, this is its result. */
static void
hand_over(struct lane *lane, const struct outbox_message *message)
{
	int error;

	lane->id = message->sms.id;
	lane->inbox = message->inbox;
	lane->part = message->sms.sequence;
	lane->parts = message->sms.total;
	memcpy(lane->dest, message->sms.dest, sizeof lane->dest);
	phone_mask(message->sms.dest, lane->masked);
	lane->state = LANE_SENDING;
	error = modem_send(lane->modem, &message->sms);
	if (error == -EMSGSIZE || error == -EINVAL)
		set_result(lane, MODEM_SENT_REFUSED, -1, CMS_OURS, strerror(-error));
	else if (error != 0)
		set_result(lane, MODEM_SENT_NOT, -1, 0, strerror(-error));
	/* It will say when it is there again; until then it would be asked and asked. */
	if (error == -ENODEV)
		lane->up = false;
}

/* -errno: kept for later. */
static int
write_result(struct outq *outq, struct lane *lane)
{
	struct outbox_message more;
	int error = 0;

	/* A part that could not be handed over has its result at once. */
	while (error == 0 && lane->state == LANE_RESULT) {
		error = store_result(outq, lane, &more);
		if (error == 1) {
			hand_over(lane, &more);
			error = 0;
		} else if (error == 0) {
			lane->state = LANE_IDLE;
		} else if (error == -ENOENT) {
			/* Someone else has settled it. Nothing can be gained by insisting. */
			log_error("out=%" PRId64 " was not under way any more when its result came", lane->id);
			lane->state = LANE_IDLE;
			error = 0;
		}
	}
	return error;
}

static int
write_results(struct outq *outq)
{
	int first = 0;

	for (size_t i = 0; i < outq->lane_count; i++) {
		int error = outq->lanes[i].state == LANE_RESULT ? write_result(outq, &outq->lanes[i]) : 0;

		if (first == 0)
			first = error;
	}
	return first;
}

/* --- status reports --- */

static void
forget_report(struct outq *outq, size_t index)
{
	outq->report_count--;
	memmove(&outq->reports[index], &outq->reports[index + 1],
		(outq->report_count - index) * sizeof outq->reports[0]);
}

static const char *
status_name(int status)
{
	return status < 0x20 ? "delivered" : status < 0x40 ? "still trying" : status < 0x80 ? "not delivered" : "unknown";
}

static const char *
tail_of(const char *number)
{
	size_t length = strlen(number);

	return length > TAIL ? number + length - TAIL : number;
}

/* A report may be quicker than the result of its message: it would find an older message then. */
static bool
is_early(const struct outq *outq, const struct report *report)
{
	for (size_t i = 0; i < outq->lane_count; i++) {
		const struct lane *lane = &outq->lanes[i];

		if (lane->modem == report->modem && lane->state != LANE_IDLE &&
		    strcmp(tail_of(lane->dest), tail_of(report->number)) == 0)
			return true;
	}
	return false;
}

/* 0: done with it, 1: nothing matches yet, -errno: the store cannot. */
static int
write_report(struct outq *outq, const struct report *report)
{
	const struct outbox_report told = {
		.modem = modem_name(report->modem), .dest = report->number, .time = report->time,
		.reference = report->reference, .status = report->status,
	};
	bool old = clock_monotonic_ms() - report->since_ms > REPORT_AGE_MS;
	char masked[PHONE_MASK_SIZE];
	int error;

	if (is_early(outq, report))
		return 1;
	error = outbox_report(outq->store, &told, clock_wall());
	phone_mask(report->number, masked);
	if (error == 0)
		log_info("report to=%s reference=%d %s", masked, report->reference, status_name(report->status));
	else if (error == -ENOENT && old)
		log_info("report to=%s reference=%d %s: nothing that was sent matches", masked, report->reference,
			 status_name(report->status));
	if (error == -ENOENT)
		return old ? 0 : 1;
	return error;
}

static int
write_reports(struct outq *outq)
{
	size_t i = 0;

	while (i < outq->report_count) {
		int error = write_report(outq, &outq->reports[i]);

		if (error < 0)
			return error;
		if (error == 0)
			forget_report(outq, i);
		else
			i++;
	}
	return 0;
}

/* --- handing out --- */

static void
doubt(struct outq *outq)
{
	if (outq->trust != NULL)
		outbox_set_doubt(outq->store, !trust_holds(outq->trust));
}

bool
outq_in_doubt(struct outq *outq)
{
	doubt(outq);
	return outbox_in_doubt(outq->store);
}

/* Claims a message for the lane and gives it to its modem. -ENOENT: nothing is due for it before *next. */
static int
feed_lane(struct outq *outq, struct lane *lane, int64_t *next)
{
	struct outbox_message message;
	int error;

	doubt(outq);
	error = outbox_claim(outq->store, modem_name(lane->modem), clock_wall(), &message, next);

	if (error < 0)
		return error;
	hand_over(lane, &message);
	return write_result(outq, lane);
}

/* -ENOENT: there was nothing for some lane, before *next. What has begun on one modem waits for that one. Poor ones come
 * last. */
static int
feed_lanes(struct outq *outq, int64_t *next)
{
	bool short_of_work = false;
	int error = 0;

	for (size_t i = 0; i < 2 * outq->lane_count && (error == 0 || error == -ENOENT); i++) {
		struct lane *lane = &outq->lanes[(outq->first + i) % outq->lane_count];

		if (!lane->up || lane->state != LANE_IDLE || lane->poor != (i >= outq->lane_count))
			continue;
		error = feed_lane(outq, lane, next);
		short_of_work |= error == -ENOENT;
	}
	if (outq->lane_count > 0)
		outq->first = (outq->first + 1) % outq->lane_count;
	return error == 0 && short_of_work ? -ENOENT : error;
}

static void
wait_longer(struct outq *outq, int error)
{
	if (outq->wait == 0)
		log_error("the outbox cannot be written: %s; will try again", health_words(error));
	outq->wait = outq->wait == 0 ? WAIT_FIRST : outq->wait * 2 > WAIT_MOST ? WAIT_MOST : outq->wait * 2;
	sleep_seconds(outq, outq->wait);
}

/* Results first: they free modems. Then as many messages as there are idle modems. */
static void
take_turn(struct outq *outq)
{
	int64_t next = 0, wall;
	int error = write_results(outq);

	if (error == 0)
		error = write_reports(outq);
	if (error == 0 && !outq->draining)
		error = feed_lanes(outq, &next);
	if (error != 0 && error != -ENOENT) {
		wait_longer(outq, error);
		return;
	}
	if (outq->wait != 0)
		log_warn("the outbox is written again");
	outq->wait = 0;
	wall = clock_wall();
	/* A row that is due and was passed over waits for a result, and that wakes us. */
	sleep_seconds(outq, error == 0 || next == 0 ? IDLE : next > wall ? next - wall : 1);
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	take_turn(arg);
}

void
outq_wake(struct outq *outq)
{
	/* While the store fails the back-off alone decides. */
	if (outq->wait == 0)
		sleep_seconds(outq, 0);
}

static void
settle(struct outq *outq)
{
	const struct timeval again = { .tv_sec = SETTLE_EVERY };
	/* While the store fails the next turn meets that, and this is not urgent. An error was logged by the store. */
	int count;

	doubt(outq);
	count = outq->wait == 0 ? outbox_settle(outq->store, clock_wall()) : 0;
	if (count > 0) {
		log_warn("%d messages of unknown fate, or alerts without a report, go on", count);
		outq_wake(outq);
	}
	evtimer_add(&outq->settle, &again);
}

static void
on_settle(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	settle(arg);
}

/* --- what the modems say --- */

static struct lane *
find_lane(struct outq *outq, const struct modem *modem)
{
	for (size_t i = 0; i < outq->lane_count; i++)
		if (outq->lanes[i].modem == modem)
			return &outq->lanes[i];
	return NULL;
}

void
outq_up(struct outq *outq, struct modem *modem)
{
	struct lane *lane = find_lane(outq, modem);

	if (lane == NULL)
		return;
	lane->up = true;
	outq_wake(outq);
}

void
outq_down(struct outq *outq, struct modem *modem)
{
	struct lane *lane = find_lane(outq, modem);

	if (lane != NULL)
		lane->up = false;
}

void
outq_sent(struct outq *outq, struct modem *modem, const struct modem_event *event)
{
	struct lane *lane = find_lane(outq, modem);
	int64_t id = event->sent.id;

	if (lane == NULL || lane->state != LANE_SENDING || lane->id != id || lane->part != event->sent.sequence) {
		log_error("out=%" PRId64 " modem=%s: a result that nobody waits for", id, modem_name(modem));
		return;
	}
	set_result(lane, event->sent.result, event->sent.reference, event->sent.cms,
		   event->sent.error != NULL ? event->sent.error : "");
	/* Now, if it can be: the sooner it is on the disk, the fewer are of unknown fate after a crash. */
	if (outq->wait == 0)
		take_turn(outq);
}

void
outq_report(struct outq *outq, struct modem *modem, const struct modem_event *event)
{
	struct report *report;
	char masked[PHONE_MASK_SIZE];

	if (outq->report_count == REPORTS_KEPT) {
		log_warn("modem=%s report to=%s reference=%d: nothing matches, and too many wait", modem_name(modem),
			 phone_mask(outq->reports[0].number, masked), outq->reports[0].reference);
		forget_report(outq, 0);
	}
	report = &outq->reports[outq->report_count++];
	snprintf(report->number, sizeof report->number, "%s", event->report.number);
	snprintf(report->time, sizeof report->time, "%s", event->report.time);
	report->modem = modem;
	report->reference = event->report.reference;
	report->status = event->report.status;
	report->since_ms = clock_monotonic_ms();
	outq_wake(outq);
}

/* --- life --- */

struct outq *
outq_new(struct event_base *base, struct store *store)
{
	struct outq *outq = xcalloc(1, sizeof *outq);

	outq->store = store;
	evtimer_assign(&outq->turn, base, on_turn, outq);
	evtimer_assign(&outq->settle, base, on_settle, outq);
	settle(outq);
	return outq;
}

void
outq_free(struct outq *outq)
{
	if (outq == NULL)
		return;
	evtimer_del(&outq->turn);
	evtimer_del(&outq->settle);
	free(outq->lanes);
	free(outq);
}

void
outq_set_trust(struct outq *outq, const struct trust *trust)
{
	outq->trust = trust;
}

void
outq_add_modem(struct outq *outq, struct modem *modem)
{
	outq->lanes = xgrow(outq->lanes, outq->lane_count, sizeof *outq->lanes);
	outq->lanes[outq->lane_count++] = (struct lane) { .modem = modem };
}

void
outq_set_poor(struct outq *outq, const struct modem *modem, bool poor)
{
	for (size_t i = 0; i < outq->lane_count; i++)
		if (outq->lanes[i].modem == modem)
			outq->lanes[i].poor = poor;
}

void
outq_drain(struct outq *outq)
{
	outq->draining = true;
}

bool
outq_busy(const struct outq *outq)
{
	for (size_t i = 0; i < outq->lane_count; i++)
		if (outq->lanes[i].state != LANE_IDLE)
			return true;
	return false;
}
