/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard: secret, time, and the requests of the last minutes. */
#include "http/guard.h"

#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xmalloc.h"

#define REMEMBERED 16384        /* 27 a second */

struct seen {
	struct guard_digest digest;
	int64_t until;
};

struct guard {
	enum guard_mode mode;
	char *secret;
	int64_t since;
	struct seen *seen;              /* a ring, oldest first: each is kept for the same time */
	size_t first, count;
};

struct guard *
guard_new(enum guard_mode mode, const char *secret, int64_t now)
{
	struct guard *guard = xcalloc(1, sizeof *guard);

	guard->mode = mode;
	guard->secret = xstrdup(secret);
	guard->since = now;
	guard->seen = xcalloc(REMEMBERED, sizeof *guard->seen);
	return guard;
}

void
guard_free(struct guard *guard)
{
	if (guard == NULL)
		return;
	sodium_memzero(guard->secret, strlen(guard->secret));
	free(guard->secret);
	free(guard->seen);
	free(guard);
}

enum guard_mode
guard_mode(const char *name)
{
	static const char *const names[GUARD_MODES] = { "hmac", "key", "fixed" };
	enum guard_mode mode;

	for (mode = 0; mode < GUARD_MODES && strcasecmp(names[mode], name) != 0; mode++)
		;
	return mode;
}

/* The line feeds keep what is signed from being cut in another way. */
static bool
is_signed(const struct guard *guard, const struct guard_claim *claim)
{
	crypto_auth_hmacsha256_state state;
	unsigned char ours[crypto_auth_hmacsha256_BYTES], theirs[sizeof ours];
	size_t length;

	if (claim->signature == NULL || claim->time == NULL ||
	    sodium_hex2bin(theirs, sizeof theirs, claim->signature, strlen(claim->signature), NULL, &length, NULL) != 0 ||
	    length != sizeof theirs)
		return false;
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)guard->secret, strlen(guard->secret));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)claim->time, strlen(claim->time));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)"\n", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)claim->method, strlen(claim->method));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)"\n", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)claim->target, strlen(claim->target));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)"\n", 1);
	crypto_auth_hmacsha256_update(&state, claim->body, claim->length);
	crypto_auth_hmacsha256_final(&state, ours);
	return sodium_memcmp(ours, theirs, sizeof ours) == 0;
}

/* Takes as long for a wrong key as for the right one. */
static bool
has_key(const struct guard *guard, const struct guard_claim *claim)
{
	unsigned char ours[crypto_generichash_BYTES], theirs[sizeof ours];

	if (claim->key == NULL)
		return false;
	crypto_generichash(ours, sizeof ours, (const unsigned char *)guard->secret, strlen(guard->secret), NULL, 0);
	crypto_generichash(theirs, sizeof theirs, (const unsigned char *)claim->key, strlen(claim->key), NULL, 0);
	return sodium_memcmp(ours, theirs, sizeof ours) == 0;
}

static bool
is_now(const struct guard *guard, const struct guard_claim *claim, int64_t now)
{
	char *end;
	long long time;

	if (guard->mode == GUARD_FIXED)
		return true;
	if (claim->time == NULL)
		return false;
	errno = 0;
	time = strtoll(claim->time, &end, 10);
	if (errno != 0 || end == claim->time || *end != '\0')
		return false;
	/* What was said before we stood here may have been heard before. */
	return time >= guard->since && time >= now - GUARD_WINDOW && time <= now + GUARD_WINDOW;
}

static void
digest_of(const struct guard_claim *claim, struct guard_digest *out)
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, GUARD_DIGEST);
	if (claim->time != NULL)
		crypto_generichash_update(&state, (const unsigned char *)claim->time, strlen(claim->time) + 1);
	crypto_generichash_update(&state, (const unsigned char *)claim->target, strlen(claim->target) + 1);
	crypto_generichash_update(&state, claim->body, claim->length);
	crypto_generichash_final(&state, out->octets, GUARD_DIGEST);
}

static struct seen *
find(const struct guard *guard, const struct guard_digest *digest)
{
	for (size_t i = 0; i < guard->count; i++) {
		struct seen *seen = &guard->seen[(guard->first + i) % REMEMBERED];

		if (memcmp(&seen->digest, digest, sizeof *digest) == 0)
			return seen;
	}
	return NULL;
}

static enum guard_verdict
remember(struct guard *guard, const struct guard_digest *digest, int64_t now)
{
	while (guard->count > 0 && guard->seen[guard->first].until < now) {
		guard->first = (guard->first + 1) % REMEMBERED;
		guard->count--;
	}
	if (find(guard, digest) != NULL)
		return GUARD_REPLAYED;
	if (guard->count == REMEMBERED)
		return GUARD_FULL;
	guard->seen[(guard->first + guard->count++) % REMEMBERED] = (struct seen){ *digest, now + 2 * GUARD_WINDOW };
	return GUARD_GOOD;
}

void
guard_forget(struct guard *guard, const struct guard_digest *digest)
{
	struct seen *seen = find(guard, digest);

	/* Its place is given back in its turn. */
	if (seen != NULL)
		seen->digest = (struct guard_digest){ { 0 } };
}

enum guard_verdict
guard_check(struct guard *guard, const struct guard_claim *claim, int64_t now, struct guard_digest *out)
{
	bool genuine = guard->mode == GUARD_HMAC ? is_signed(guard, claim) : has_key(guard, claim);

	if (!genuine)
		return GUARD_FORGED;
	if (!is_now(guard, claim, now))
		return GUARD_STALE;
	digest_of(claim, out);
	return remember(guard, out, now);
}
