/* SPDX-License-Identifier: GPL-3.0-or-later */
/* modem: the state of one modem that its commands, its memories and the network share. */
#ifndef MODEM_H
#define MODEM_H

#include "fault.h"
#include "pty.h"
#include "sim.h"

#include <stdbool.h>
#include <stdint.h>

struct network;
struct at;
struct ussd;
struct letter;
struct wire;

struct modem {
	int             index;
	struct network *net;
	struct pty      line;
	struct sim      sim;
	struct at      *at;
	struct ussd    *ussd;
	struct wire    *wire;
	struct fault_table faults;

	/* identity */
	char number[24], smsc[24];
	char imei[16], imsi[16];

	/* what the operator or the control socket sets */
	int  signal;		/* 0..31, 99 unknown (TS 27.007, 8.5) */
	int  registration;	/* <stat> of +CREG (TS 27.007, 7.2): 1 home, 5 roaming are registered */
	char cclk[40];		/* its clock says so; "" the network's time */
	int  latency_ms;	/* before each answer */
	int  send_ms;		/* more of it before the answer to +CMGS */
	int  empty_cms;		/* +CMS ERROR for reading an empty slot; 0: a bare OK, as some modems do */
	bool has_sr;		/* offers the SR memory and +CDSI */

	/* what the commands set */
	int  cnmi[5];		/* mode, mt, bm, ds, bfr (TS 27.005, 3.4.1) */
	enum sim_memory mem[3];	/* +CPMS (TS 27.005, 3.2.2) */
	int  creg, cgreg;	/* unsolicited registration codes */
	int  cops_format;	/* +COPS=3,<format> */
	int  announced;		/* octets the last +CMGS promised */
	uint8_t mr;		/* the next message reference */
	uint64_t submitted;	/* the part (sent.h) whose answer is under way, or 0 */

	/* the network: messages [0] and reports [1] that wait for this modem, oldest first */
	struct letter *waiting[2], *last[2];
	int            waiting_n[2];
};

#endif
