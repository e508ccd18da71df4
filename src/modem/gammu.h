/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gammu: one modem through libGammu's AT driver; every call of that library is in here. Calls block, for
 * seconds: only for a worker. Knows no sockets and no frames. */
#ifndef MODEM_GAMMU_H
#define MODEM_GAMMU_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sms.h"
#include "modem/conf.h"
#include "modem/message.h"
#include "modem/supervisor.h"
#include "modem/ussd.h"

/* Slots: SM n, ME 100000 + n (libGammu's own), status reports 200000 + n (ours). */
#define GAMMU_MEMORY 100000

struct gammu;

struct gammu_identity {
	char imei[MODEM_ID_SIZE], imsi[MODEM_ID_SIZE];
	char manufacturer[MODEM_NETWORK_SIZE], model[MODEM_NETWORK_SIZE];
};

struct gammu_sent {
	enum modem_sent result;
	int reference;             /* TP-MR, -1 */
	int cms;                   /* 0 none */
	const char *error;         /* "" */
};

/* Opens the device and prepares it for sending and receiving. 0 and *out, free with gammu_close(); or -errno,
 * then *stage says what failed (a constant string) and gammu_error() why. */
__attribute__((warn_unused_result))
int gammu_open(const struct modem_conf *conf, struct gammu **out, const char **stage);
void gammu_close(struct gammu *gammu);

/* libGammu's name of the last error ("TIMEOUT"), for logs. */
const char *gammu_error(void);

/* Whether after this -errno the connection is of no use any more. */
bool gammu_lost(int error);

/* The descriptor of the tty, to poll. */
int gammu_tty(const struct gammu *gammu);

const struct gammu_identity *gammu_identity(const struct gammu *gammu);

/* Takes what the modem has said unasked; to be called when the tty is readable. */
void gammu_listen(struct gammu *gammu);

/* To be called between that and a command: of a line that it does not know libGammu takes the answer to the
 * next command for a continuation, and runs into its time-out (19 s measured). A bare AT, whose OK ends it;
 * waits for that at most a second. */
void gammu_clear(struct gammu *gammu);

/* What the modem has said since: false when nothing is left. PART, REPORT and BROKEN came directly, they are stored
 * nowhere (slot MODEM_NO_SLOT). */
__attribute__((warn_unused_result))
bool gammu_notice(struct gammu *gammu, struct message *out);

/* Slots used and there are, of the memory that begins at base (0, GAMMU_MEMORY). */
struct gammu_memory { int base, used, size; };
__attribute__((warn_unused_result))
int gammu_memories(struct gammu *gammu, struct gammu_memory out[2]);

/* The same of the status reports' memory, as the modem said when it was turned to: by a fetch from it after
 * gammu_memories(). size 0: it did not say. */
struct gammu_memory gammu_reports(const struct gammu *gammu);

/* Reads a slot. 0 also where the library did not understand what we do: out->foreign; -ENOENT empty; -EBADMSG out is
 * BROKEN, with an empty raw where it could not be had in passing; -EOPNOTSUPP no such memory; -EAGAIN try later; else
 * see gammu_lost(). */
__attribute__((warn_unused_result))
int gammu_fetch(struct gammu *gammu, int slot, struct message *out);

/* The same past the library, without a word from it; -EBADMSG: out is BROKEN. -ENOENT empty; -EAGAIN the modem would
 * not; -ETIMEDOUT, -EIO. */
__attribute__((warn_unused_result))
int gammu_fetch_raw(struct gammu *gammu, int slot, struct message *out);

/* Empties a slot. The library reads it first, and refuses what it cannot decode. */
__attribute__((warn_unused_result))
int gammu_delete(struct gammu *gammu, int slot);

/* Empties a slot past the library. Errors as of gammu_fetch_raw(). */
__attribute__((warn_unused_result))
int gammu_delete_raw(struct gammu *gammu, int slot);

/* Sends and waits for the modem's word, at most wait_ms after the text was handed over. After
 * MODEM_SENT_UNKNOWN the connection must be given up: a late word would be credited to the next message. */
void gammu_send(struct gammu *gammu, const struct sms_out *message, uint32_t wait_ms, struct gammu_sent *out);

/* dbm is MODEM_SIGNAL_UNKNOWN and network "" where the modem does not say. */
__attribute__((warn_unused_result))
int gammu_status(struct gammu *gammu, int *dbm, char network[MODEM_NETWORK_SIZE]);

/* The time that the modem has from its network, ISO 8601; "" where it does not say, or nothing to be believed. Of use only
 * where gammu_status() has found a network. Past the library, whose reader of times looks before the line's beginning.
 * Errors as of gammu_fetch_raw(), but for -EAGAIN: a modem that would not is not asked again. */
__attribute__((warn_unused_result))
int gammu_clock(struct gammu *gammu, char time[SMS_TIME_SIZE]);

struct gammu_dialled {
	enum modem_dialled result; /* never DOWN */
	struct ussd_answer answer;
	const char *error;         /* "" */
};

/* Dials a USSD code and waits at most wait_ms for the network's answer; afterwards no session is open. out is filled in
 * any case. 0, or the connection is of no use any more (gammu_lost()). */
__attribute__((warn_unused_result))
int gammu_dial(struct gammu *gammu, const char *code, uint32_t wait_ms, struct gammu_dialled *out);

#endif
