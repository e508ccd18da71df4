/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network: the service centre behind all modems: brings messages and status reports to them, takes what they send.
 * Knows memories and announcements, no commands. */
#ifndef NETWORK_H
#define NETWORK_H

#include "modem.h"
#include "pdu.h"

#include <event2/event.h>

enum { NETWORK_MODEMS_MAX = 64 };

typedef void network_change(void *arg);

struct network {
	struct event_base *base;
	struct modem      *modems;
	int                count;
	int                report_delay_ms;
	bool               reports;		/* made by themselves when a message asked for one */
	int                report_status;	/* TP-ST of those */
	int64_t            clock_offset;	/* seconds the network's clock is ahead of ours */
	const char        *clock_file;		/* its clock stands still and is kept there, for others to follow; NULL */
	int64_t            clock_stands;	/* where */
	uint8_t            ref;			/* of the next concatenated message */
	network_change    *on_change;		/* something was sent, or a slot or the queue became free */
	void              *change_arg;
	struct report     *due;			/* reports whose delay runs */
};

/* How a message gets into a modem. {0} with mem = -1 is the ordinary way. */
struct network_way {
	bool quiet;	/* stored without +CMTI */
	bool direct;	/* +CMT whatever CNMI says */
	int  mem;	/* -1: as CPMS says */
	int  slot;	/* 0: the first free one */
};

struct network_place {
	enum { NETWORK_STORED, NETWORK_SHOWN, NETWORK_WAITING, NETWORK_LOST } what;
	enum sim_memory mem;
	int             slot;
};

/* The network's time in Western Indonesian Time. */
struct stamp network_now(const struct network *net);

/* Sets it. 0, or -errno of the clock file. */
int network_set_clock(struct network *net, int64_t epoch);

/* Gives a PDU (service centre address first) to a modem; what does not fit waits until a slot frees. */
struct network_place network_deliver(struct modem *m, const uint8_t *pdu, size_t len, const struct network_way *way);

/* +CMTI or +CDSI for a slot, as the armed faults let it. */
void network_announce(struct modem *m, const char *code, enum sim_memory mem, int slot);

/* Takes a TPDU from a modem: notes it, answers with a reference, forwards it to another simulated modem and
 * sets up a status report. hex is the PDU as it came. Returns the reference, or a negative +CMS ERROR code
 * (TS 27.005, 3.2.5). */
int network_submit(struct modem *m, const uint8_t *tpdu, size_t len, const char *hex);

/* A status report for the recipient and reference, after delay_ms. */
void network_report(struct modem *m, const char *to, uint8_t mr, uint8_t status, int delay_ms);

/* Brings what waits for this modem as far as there is room: call when a slot was freed or it registered. */
void network_pump(struct modem *m);

/* Messages (not reports) that wait for the modem. */
int network_waiting(const struct modem *m);

bool network_registered(const struct modem *m);

/* Forgets what waits and the reports under way. */
void network_clear(struct network *net);

#endif
