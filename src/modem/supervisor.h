/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supervisor: the core's side of the modems. Starts a worker for each, holds a deadline for each request,
 * kills and restarts. Knows no libGammu, no database, nothing of what a message means. */
#ifndef MODEM_SUPERVISOR_H
#define MODEM_SUPERVISOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sms.h"
#include "modem/conf.h"

#define MODEM_ID_SIZE 24            /* IMEI, IMSI: at most 15 digits */
#define MODEM_NETWORK_SIZE 64
#define MODEM_ERROR_SIZE 48
#define MODEM_NO_SLOT (-1)          /* a part that the modem did not store: nothing to delete */
#define MODEM_SIGNAL_UNKNOWN 0      /* dBm are negative */

struct event_base;
struct modem;

enum modem_state { MODEM_DOWN, MODEM_STARTING, MODEM_UP, MODEM_HUNG, MODEM_STATES };

/* "DOWN", "STARTING", "UP", "HUNG" */
const char *modem_state_name(enum modem_state state);

enum modem_event_type {
	MODEM_EVENT_UP,        /* ready; a full sweep follows by itself */
	MODEM_EVENT_DOWN,      /* was UP; restart goes on by itself */
	MODEM_EVENT_PART,      /* a message part; store it, then modem_delete() unless its slot is MODEM_NO_SLOT */
	MODEM_EVENT_BROKEN,    /* what nobody can decode; store it in quarantine, then modem_clear() as above */
	MODEM_EVENT_DELETED,   /* to modem_delete() and modem_clear() */
	MODEM_EVENT_SENT,      /* exactly one for every modem_send() that returned 0; maybe after DOWN */
	MODEM_EVENT_REPORT,    /* a status report; the modem has forgotten it, maybe it comes twice */
	MODEM_EVENT_STATUS,    /* signal and network were read: see modem_info() */
	MODEM_EVENT_DIALLED,   /* exactly one for every modem_dial() that returned 0; maybe after DOWN */
	MODEM_EVENTS
};

enum modem_deleted {
	MODEM_DELETED_FREED,   /* the message is not in the slot any more */
	MODEM_DELETED_OTHER,   /* the slot holds another message now: it was left there */
	MODEM_DELETED_FAILED,  /* the modem would not; a later sweep shows the message again */
	MODEM_DELETED_RESULTS
};

enum modem_sent {
	MODEM_SENT_OK,         /* the network took it; reference is its TP-MR, -1 if the modem did not say */
	MODEM_SENT_REFUSED,    /* a definite no: cms is the CMS error (27.005 3.2.5), 0 when it was our own rule */
	MODEM_SENT_UNKNOWN,    /* it may have gone out: never repeat without a policy */
	MODEM_SENT_NOT,        /* it never reached the modem: may be tried again */
	MODEM_SENT_RESULTS
};

const char *modem_sent_name(enum modem_sent result);

/* What came of dialling a USSD code. The first three have a text, which may be "". */
enum modem_dialled {
	MODEM_DIALLED_ANSWERED,
	MODEM_DIALLED_MENU,            /* the network waits for a choice: the session was given up */
	MODEM_DIALLED_ENDED,           /* the network has ended the session */
	MODEM_DIALLED_REFUSED,         /* the modem says no; error says how */
	MODEM_DIALLED_NO_USSD,         /* and it does so to everything about USSD */
	MODEM_DIALLED_NOT_SUPPORTED,   /* the network does not know the code */
	MODEM_DIALLED_TIMEOUT,         /* no answer in time */
	MODEM_DIALLED_DOWN,            /* the modem went away meanwhile */
	MODEM_DIALLED_RESULTS
};

/* "ANSWERED", "MENU", ... */
const char *modem_dialled_name(enum modem_dialled result);

/* What is done before a worker is started again. */
enum modem_stage {
	MODEM_STAGE_RESTART,   /* nothing, but waiting longer each time */
	MODEM_STAGE_RESET,     /* AT+CFUN: after each conf.recover_after failures in a row */
	MODEM_STAGE_RECOVER,   /* the operator's program: instead of it from twice as many, not too often */
	MODEM_STAGES
};

/* "restart", "reset", "recover" */
const char *modem_stage_name(enum modem_stage stage);

struct modem_event {
	enum modem_event_type type;
	union {
		struct { const char *stage, *error; } down;                  /* borrowed for the call */
		const struct sms_part *part;                                 /* borrowed for the call; sane */
		struct {
			int32_t slot;
			const char *reason;          /* a few words; borrowed for the call */
			const uint8_t *pdu;          /* borrowed; what the modem gave, octets or (if it was not
			                              * hexadecimal) characters; at most SMS_RAW_MAX */
			size_t pdu_length;           /* 0: nothing could be had */
			uint8_t key[SMS_KEY_SIZE];   /* sms_raw_key() of it */
		} broken;
		struct {
			int32_t slot;
			enum modem_deleted result;
			uint8_t key[SMS_KEY_SIZE];
			bool stuck;                  /* with FAILED, once: no way empties the slot. The message is shown
			                              * again after 30 s, 1 min ... 10 min, in case the modem changes its mind */
		} deleted;
		struct { int64_t id; uint8_t sequence; enum modem_sent result; int reference, cms; const char *error; } sent;
		struct { const char *number, *time; uint8_t reference, status; } report; /* status: TP-ST (23.040 9.2.3.15) */
		struct { int signal_dbm; const char *network, *time; } status; /* time: cclk.h; "" unknown */
		struct { enum modem_dialled result; const char *text, *error; } dialled; /* borrowed for the call */
	};
};

/* Called from the event loop, never from inside a function of this header. It may call every function of
 * this header except modem_free() on the same modem. */
typedef void (*modem_event_fn)(void *ctx, struct modem *modem, const struct modem_event *event);

/* Starts supervising. conf is copied and must have passed modem_conf_check(). The worker is /proc/self/exe
 * with the arguments --modem 3: main() hands those to worker_main(3) before anything else. Dies only on
 * lack of memory; a worker that cannot be started is tried again like one that died. Free with modem_free(). */
struct modem *modem_start(struct event_base *base, const struct modem_conf *conf, modem_event_fn on_event, void *ctx);

/* Asks the worker to stop, kills it after a moment (at most 200 ms), frees. No event is given any more: a send
 * that is under way stays without an answer. NULL is fine. */
void modem_free(struct modem *modem);

/* As conf.name; borrowed until modem_free(). */
const char *modem_name(const struct modem *modem);

/* Asks for the slot to be emptied if it still holds the message of that key. Any number may wait; on the
 * worker's death they are forgotten (slots are reused; the next sweep shows what is still there) without an
 * event. -ENODEV when not UP, -EINVAL for a slot below 0. */
__attribute__((warn_unused_result))
int modem_delete(struct modem *modem, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* The same for a slot told as BROKEN, with the key of that event. */
__attribute__((warn_unused_result))
int modem_clear(struct modem *modem, int32_t slot, const uint8_t key[SMS_KEY_SIZE]);

/* Sends one part; MODEM_EVENT_SENT with its id and sequence follows, whatever happens to the worker. The claim
 * must be committed before. -ENODEV when not UP, -EBUSY when a send is waiting or under way; errors of
 * sms_out_check(). ucs2 of a single part does not matter. */
__attribute__((warn_unused_result))
int modem_send(struct modem *modem, const struct sms_out *message);

/* Dials a USSD code (ussd_code_sane(), else -EINVAL) when nothing of more hurry is to be done; MODEM_EVENT_DIALLED follows,
 * whatever happens to the worker. Dialling can cost money: only for an operator who asked for it. -ENODEV when not UP,
 * -EBUSY when a code is waiting or under way. */
__attribute__((warn_unused_result))
int modem_dial(struct modem *modem, const char *code);

/* Reads all slots soon (it happens by itself at UP and every conf.sweep_every). No-op when not UP. */
void modem_sweep(struct modem *modem);

/* For an operator's display. */
struct modem_info {
	const char *name;                   /* borrowed until modem_free() */
	enum modem_state state;
	int signal_dbm;                     /* MODEM_SIGNAL_UNKNOWN */
	char network[MODEM_NETWORK_SIZE];   /* "TELKOMSEL"; "" when unknown or not registered */
	char imei[MODEM_ID_SIZE], imsi[MODEM_ID_SIZE];
	char manufacturer[MODEM_NETWORK_SIZE], model[MODEM_NETWORK_SIZE];
	int slots_used, slots_size, slots_unreadable;   /* of the last sweep, all memories */
	int sim_used, sim_size, phone_used, phone_size; /* the same by memory; size 0: there is none */
	int slots_stuck;                    /* with a message that no way removes */
	int slots_deadly;                   /* on which workers died three times, not cleared yet */
	unsigned broken;                    /* BROKEN messages since the start, each once while it stays in its slot */
	int64_t success_mono_ms;            /* last answered request, clock_monotonic_ms(); 0 never */
	int64_t success_wall;               /* same, clock_wall() */
	int64_t swept_mono_ms;              /* last completed sweep; 0 never */
	unsigned restarts;                  /* worker starts after the first */
	unsigned failures;                  /* in a row: workers that ended, since a sweep was completed */
	enum modem_stage stage;             /* of the last start */
	bool alarm;                         /* no completed sweep for conf.alarm_after */
	bool crowded;                       /* twice in a row a sweep found a memory at least half full */
	bool undead;                        /* its worker, or the operator's program, was killed and lives on: it hangs in
	                                     * the kernel, in a driver */
	char error[MODEM_ERROR_SIZE];       /* why it was last down: "setup: DEVICENOTEXIST"; "" never */
};

void modem_info(const struct modem *modem, struct modem_info *out);

#endif
