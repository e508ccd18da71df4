/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orders: what the control socket can ask for and set: a JSON object in, a JSON object out. Knows no sockets.
 *
 * Every answer has "ok"; a false one has "error". "modem" is a number, 0 unless given.
 *
 *   sms    modem from text [time notify class direct mem slot ref ucs2 split_surrogates pid]
 *                                       -> parts: [{mem, slot} | {shown} | {waiting}], waiting: count
 *   pdu    modem hex [notify direct mem slot]     raw PDU, service centre address first -> as sms
 *   urc    modem text                             an unsolicited line as it is
 *   report seq [part status delay_ms]             a status report for a sent message
 *   sent   [since]                                -> total, sent: [...], incomplete: [...]
 *   slots  modem                                  -> slots: [{mem, slot, state, pdu}], used, waiting
 *   set    modem key value                        signal registration latency_ms send_ms empty_cms sr smsc;
 *                                                 for all modems report_delay_ms reports report_status clock
 *   stats  modem                                  -> stats: {command: count}
 *   log    [lines]                                -> log: [line]
 *   info   modem                                  -> number imei imsi smsc and the settings
 *   clear                                         slots, what waits, what was sent, counts and log */
#ifndef ORDERS_H
#define ORDERS_H

#include "network.h"

#include <jansson.h>

/* Carries out one order; the answer is the caller's. */
json_t *orders_run(struct network *net, json_t *order);

/* The modem an order is about, or NULL if there is no such modem. */
struct modem *orders_modem(struct network *net, json_t *order);

json_t *orders_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
