/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard: whether a request comes from the operator's gateway, now, and for the first time. Reads no clock, knows no HTTP.
 *
 *   hmac    the headers X-Kentongan-Time (seconds since 1970) and X-Kentongan-Signature: HMAC-SHA-256 in hexadecimal, with
 *           the secret as its key, of time, method, path with query, and body, with a line feed behind each of the
 *           first three
 *   key     the secret and the time as they are, in the headers X-Kentongan-Key and X-Kentongan-Time or in the query as
 *           key and time
 *   fixed   the secret alone: for gateways that call one address that never changes. A request that was overheard
 *           can be sent once more when WINDOW is over; the session is over then, too
 *
 * The same request (path, query, body, time) is refused for as long as its time would be believed. */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include <stddef.h>
#include <stdint.h>

#define GUARD_WINDOW 300        /* s that the gateway's clock may differ from ours */
#define GUARD_SECRET_LEAST 16   /* octets */

enum guard_mode { GUARD_HMAC, GUARD_KEY, GUARD_FIXED, GUARD_MODES };
enum guard_verdict {
	GUARD_GOOD,
	GUARD_FORGED,           /* the secret is not in it */
	GUARD_STALE,            /* its time is not now, or from before the guard stood here */
	GUARD_REPLAYED,
	GUARD_FULL,             /* too many in the window to remember one more */
	GUARD_VERDICTS
};

struct guard;

/* The secret is copied; now: s. The caller frees. */
struct guard *guard_new(enum guard_mode mode, const char *secret, int64_t now);
void guard_free(struct guard *guard);

/* What a request says of itself; NULL is nothing. */
struct guard_claim {
	const char *time, *key, *signature;
	const char *method, *target;            /* "POST", "/ussd/form?x=y" */
	const void *body;
	size_t length;
};
/* What a request is remembered by. */
#define GUARD_DIGEST 16
struct guard_digest { unsigned char octets[GUARD_DIGEST]; };

/* GUARD_GOOD remembers it, and says by what. */
enum guard_verdict guard_check(struct guard *guard, const struct guard_claim *claim, int64_t now, struct guard_digest *out);
/* It was not answered after all: the gateway may ask the very same again. */
void guard_forget(struct guard *guard, const struct guard_digest *digest);

/* The mode of that name; GUARD_MODES: there is none. */
enum guard_mode guard_mode(const char *name);

#endif
