/* SPDX-License-Identifier: GPL-3.0-or-later */
/* box: the daemon and the network around it, in the current folder: box.conf, daemon.log, sim/control. */
#ifndef BOX_H
#define BOX_H

#include <jansson.h>
#include <stdio.h>
#include <sys/types.h>

#include "ledger.h"

struct box {
	const char *daemon;             /* program */
	pid_t pid;
	FILE *network;                  /* the simulator's control socket */
	int log;                        /* our own way into it */
	char line[1024];
	size_t length;                  /* of a line that is not whole yet */
	int modems, up;                 /* of them since the last start */
	char (*worked)[64];             /* occasions that the log has told of */
	size_t worked_count;
};

void box_open(struct box *box, const char *daemon, int modems);
/* Returns when all modems are up. */
void box_start(struct box *box);
void box_kill(struct box *box);         /* as a power cut */
void box_stop(struct box *box);         /* as a service manager; demands status 0 */
/* Takes the order; the caller's answer. */
json_t *box_order(struct box *box, json_t *order);
bool box_has_worked(struct box *box, const struct occasion *occasion);
void box_nap(struct box *box, long us);

#endif
