/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trust: whether the wall clock can be believed. A box without a battery clock starts in 1970 or where it was switched
 * off; a reminder at a wrong time is worse than none. Until the time is proven nothing is sent unasked and nothing
 * becomes stale; messages are received, stored and answered all the same.
 *
 * Proof is: the system's clock is synchronised by network (adjtimex(2), or systemd-timesyncd's mark), or a message that
 * came while we ran bears a network time that agrees within five minutes, or so does the time that a modem has from its
 * network. A message from the future proves the opposite, and so does a jump of a clock that nobody synchronises; a
 * modem's clock that disagrees proves nothing, as many are never set. */
#ifndef GATE_TRUST_H
#define GATE_TRUST_H

#include <stdbool.h>
#include <stdint.h>

struct event_base;
struct store;
struct outq;
struct trust;

/* Borrowed. Keeps the store's clock mark, and tells the outbox of doubt. */
struct trust *trust_new(struct event_base *base, struct store *store);
void trust_free(struct trust *trust);
/* Whoever is to be woken when the time is proven; may be NULL. */
void trust_set_listener(struct trust *trust, void (*listener)(void *ctx), void *ctx);

/* A part with this network time (ISO 8601; "" unknown) has just been read. */
void trust_message(struct trust *trust, const char *time);

/* A modem that is in a network says that it is now this time (ISO 8601; "" it does not know). */
void trust_modem(struct trust *trust, const char *time);

/* Right at this moment: a jump is seen before the first that is done by the new time. */
bool trust_holds(const struct trust *trust);
/* In words, for the operator: "synchronised", "no proof yet", ... Borrowed. */
const char *trust_reason(const struct trust *trust);
/* What a modem has said last, "" nothing. Borrowed. */
const char *trust_modem_time(const struct trust *trust);

#endif
