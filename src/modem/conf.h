/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conf: what a modem's section of the configuration says. Does not know files, devices or libGammu. */
#ifndef MODEM_CONF_H
#define MODEM_CONF_H

#include <stdint.h>

#include "modem/ussd.h"

#define MODEM_NAME_SIZE 32
#define MODEM_DEVICE_SIZE 256
#define MODEM_WORD_SIZE 50      /* libGammu's own limit for model */
#define MODEM_FEATURES_SIZE 512
#define MODEM_INITS 4
#define MODEM_INIT_SIZE 96
#define MODEM_SMSC_SIZE 24
#define MODEM_CNMI 5

/* How the fixed sleeps of libGammu are taken: as written (old serial phones), or 1 ms (USB, ptys). */
enum modem_pace { MODEM_PACE_STOCK, MODEM_PACE_USB, MODEM_PACES };

/* How long the worker may take for each request, ms; then it is killed and started again. For a slot (read) at most so
 * long: as long as the setup took is enough. Of dial a third is for the network. */
struct modem_deadlines {
	uint32_t setup, sweep, read, remove, send, status, dial;
};

/* What the SIM has left is asked for by a code; the core does it, a worker only dials what it is told. */
#define MODEM_CREDITS 2         /* balance in rupiah, quota in SMS */
struct modem_credit {
	char code[USSD_CODE_SIZE];      /* "" never dialled */
	int32_t low;                    /* people are told below this; 0 never */
};

/* A section [gammu], [gammu1]... of a gammurc or gammu-smsdrc, or of our own configuration. A flat value:
 * it crosses to the worker as it is. Keys (case does not matter) and their members:
 *
 *   device, port            device          path of the tty; /dev/serial/by-id/... is best
 *   connection              connection      at*, dku2at, each also with -nodtr; others are refused by name
 *   model                   model           "" or auto asks the modem
 *   features                features        libGammu's names: SMS_NO_ME,SMS_SR (F_ before them does no harm)
 *   atgen_setcnmi           cnmi            at most five digits "1,2,-1,1,0" or "12010"; each -1: libGammu chooses
 *   pace                    pace            stock | usb
 *   smsc                    smsc            +62...; "" reads it from the SIM
 *   init, init1 .. init3    init            raw AT commands before libGammu opens the device, without CR
 *   recover_after           recover_after   failures in a row until the modem is reset (AT+CFUN); twice as many: recover
 *   recover                 recover         a program, absolute path, that brings a dead modem back (cuts its power);
 *                                           called without a shell as: program <name of the modem> <device>
 *   balance_code, quota_code credit[].code USSD codes like *888#; empty: nothing is ever dialled
 *   balance_low, quota_low  credit[].low    below this (rupiah, SMS) people are told; 0 never
 *   balance_hours           credit_every    from one time that the codes are dialled to the next
 *   alarm_minutes           alarm_after     without a completed sweep for so long, the modem is in alarm
 *
 * Accepted and without meaning here: name, use_locking, synchronizetime, startinfo, gammuloc, gammucoding,
 * logfile, logformat, rssdevice, usephonedb, reminder, meeting, call, birthday, memo. */
struct modem_conf {
	char name[MODEM_NAME_SIZE];             /* the section: "gammu", "gammu1" */
	char device[MODEM_DEVICE_SIZE];
	char connection[MODEM_WORD_SIZE];
	char model[MODEM_WORD_SIZE];
	char features[MODEM_FEATURES_SIZE];
	char init[MODEM_INITS][MODEM_INIT_SIZE];
	char smsc[MODEM_SMSC_SIZE];
	int32_t cnmi[MODEM_CNMI];
	uint32_t pace;                          /* enum modem_pace */
	uint32_t send_wait;                     /* ms the worker waits for the modem's word on a sent message */
	struct modem_deadlines deadline;
	uint32_t sweep_every, status_every;     /* ms */
	uint32_t backoff_first, backoff_most;   /* ms between restarts, doubling */
	char recover[MODEM_DEVICE_SIZE];        /* "" none */
	uint32_t recover_after;
	uint32_t recover_every;                 /* ms between two calls of recover */
	uint32_t recover_deadline;              /* ms it may take; then it is killed */
	uint32_t alarm_after;                   /* ms */
	struct modem_credit credit[MODEM_CREDITS];
	uint32_t credit_every;                  /* ms */
};

/* All members as they are when the section says nothing; name is copied and cut. */
void modem_conf_default(struct modem_conf *conf, const char *name);

/* Reads the value of atgen_setcnmi into conf->cnmi. false: not at most five numbers -1..9. */
__attribute__((warn_unused_result))
_Bool modem_conf_cnmi(struct modem_conf *conf, const char *value);

/* NULL if the modem can be started, else what is wrong (a constant string; it names the key). */
__attribute__((warn_unused_result))
const char *modem_conf_check(const struct modem_conf *conf);

#endif
