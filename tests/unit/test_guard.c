/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which requests an operator's gateway may have made. */
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "http/guard.h"

#define SECRET "an invented secret of the tests"
#define NOW 1760000000

static void
sign(const struct guard_claim *claim, const char *secret, char out[65])
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state state;
	char head[512];
	int length = snprintf(head, sizeof head, "%s\n%s\n%s\n", claim->time, claim->method, claim->target);

	crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)head, (unsigned long long)length);
	crypto_auth_hmacsha256_update(&state, claim->body, claim->length);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_bin2hex(out, 65, mac, sizeof mac);
}

static struct guard_claim
request(const char *time, const char *body)
{
	return (struct guard_claim){ .time = time, .method = "POST", .target = "/ussd/form", .body = body,
				     .length = strlen(body) };
}

static struct guard_digest digest;      /* of the last good one */

static enum guard_verdict
check(struct guard *guard, const struct guard_claim *claim, int64_t now)
{
	return guard_check(guard, claim, now, &digest);
}

static enum guard_verdict
check_signed(struct guard *guard, struct guard_claim claim, const char *secret, int64_t now)
{
	char signature[65];

	sign(&claim, secret, signature);
	claim.signature = signature;
	return check(guard, &claim, now);
}

static void
a_signature_is_good_once(void **state)
{
	struct guard *guard = guard_new(GUARD_HMAC, SECRET, NOW - 1000);
	struct guard_claim claim = request("1760000000", "session=a&seq=1");

	(void)state;
	assert_int_equal(check_signed(guard, claim, SECRET, NOW), GUARD_GOOD);
	assert_int_equal(check_signed(guard, claim, SECRET, NOW), GUARD_REPLAYED);
	assert_int_equal(check_signed(guard, claim, SECRET, NOW + GUARD_WINDOW), GUARD_REPLAYED);
	claim = request("1760000000", "session=a&seq=2");
	assert_int_equal(check_signed(guard, claim, SECRET, NOW), GUARD_GOOD);
	guard_free(guard);
}

/* Every part that is signed is a part that cannot be changed. */
static void
nothing_of_it_can_be_changed(void **state)
{
	struct guard *guard = guard_new(GUARD_HMAC, SECRET, NOW - 1000);
	struct guard_claim good = request("1760000000", "session=a&seq=1"), changed = good;
	char signature[65];

	(void)state;
	sign(&good, SECRET, signature);
	changed.signature = signature;
	changed.body = "session=b&seq=1";
	assert_int_equal(check(guard, &changed, NOW), GUARD_FORGED);
	changed = good, changed.signature = signature, changed.time = "1760000001";
	assert_int_equal(check(guard, &changed, NOW), GUARD_FORGED);
	changed = good, changed.signature = signature, changed.target = "/ussd/hubtel";
	assert_int_equal(check(guard, &changed, NOW), GUARD_FORGED);
	changed = good, changed.signature = signature, changed.method = "GET";
	assert_int_equal(check(guard, &changed, NOW), GUARD_FORGED);
	changed = good, changed.signature = signature, changed.time = NULL;
	assert_int_equal(check(guard, &changed, NOW), GUARD_FORGED);
	assert_int_equal(check(guard, &good, NOW), GUARD_FORGED);
	changed = good, changed.signature = "", assert_int_equal(check(guard, &changed, NOW), GUARD_FORGED);
	signature[63] = '\0';
	changed = good, changed.signature = signature;
	assert_int_equal(check(guard, &changed, NOW), GUARD_FORGED);
	assert_int_equal(check_signed(guard, good, "another secret of the same sort", NOW), GUARD_FORGED);
	/* The guess did not use the request up. */
	assert_int_equal(check_signed(guard, good, SECRET, NOW), GUARD_GOOD);
	guard_free(guard);
}

static void
the_time_is_now(void **state)
{
	struct guard *guard = guard_new(GUARD_HMAC, SECRET, NOW - 100);

	(void)state;
	assert_int_equal(check_signed(guard, request("1760000000", "1"), SECRET, NOW + GUARD_WINDOW + 1), GUARD_STALE);
	assert_int_equal(check_signed(guard, request("1760000000", "1"), SECRET, NOW - GUARD_WINDOW - 1), GUARD_STALE);
	assert_int_equal(check_signed(guard, request("1760000000", "1"), SECRET, NOW - GUARD_WINDOW), GUARD_GOOD);
	assert_int_equal(check_signed(guard, request("", "1"), SECRET, NOW), GUARD_STALE);
	assert_int_equal(check_signed(guard, request("1760000000x", "1"), SECRET, NOW), GUARD_STALE);
	assert_int_equal(check_signed(guard, request("99999999999999999999", "1"), SECRET, NOW), GUARD_STALE);
	/* Before we stood here, it may have been answered already. */
	assert_int_equal(check_signed(guard, request("1759999899", "1"), SECRET, NOW), GUARD_STALE);
	assert_int_equal(check_signed(guard, request("1759999900", "1"), SECRET, NOW), GUARD_GOOD);
	guard_free(guard);
}

static void
a_key_needs_a_time_too(void **state)
{
	struct guard *guard = guard_new(GUARD_KEY, SECRET, NOW - 1000);
	struct guard_claim claim = request("1760000000", "session=a&seq=1");

	(void)state;
	assert_int_equal(check(guard, &claim, NOW), GUARD_FORGED);
	claim.key = "an invented secret of the test";
	assert_int_equal(check(guard, &claim, NOW), GUARD_FORGED);
	claim.key = SECRET;
	claim.time = NULL;
	assert_int_equal(check(guard, &claim, NOW), GUARD_STALE);
	claim.time = "1760000000";
	assert_int_equal(check(guard, &claim, NOW), GUARD_GOOD);
	assert_int_equal(check(guard, &claim, NOW), GUARD_REPLAYED);
	guard_free(guard);
}

static void
a_fixed_key_knows_its_requests_for_a_while(void **state)
{
	struct guard *guard = guard_new(GUARD_FIXED, SECRET, NOW);
	struct guard_claim claim = request(NULL, "session=a&text=1");

	(void)state;
	claim.key = SECRET;
	assert_int_equal(check(guard, &claim, NOW), GUARD_GOOD);
	assert_int_equal(check(guard, &claim, NOW + 2 * GUARD_WINDOW), GUARD_REPLAYED);
	claim.body = "session=a&text=1*1", claim.length = strlen("session=a&text=1*1");
	assert_int_equal(check(guard, &claim, NOW), GUARD_GOOD);
	guard_free(guard);
}

/* Whoever has the secret and too much to say is told so; nothing that was remembered is forgotten for it. */
static void
what_cannot_be_remembered_is_refused(void **state)
{
	struct guard *guard = guard_new(GUARD_FIXED, SECRET, NOW);
	enum guard_verdict verdict = GUARD_GOOD;
	char body[32];
	int i;

	(void)state;
	for (i = 0; verdict == GUARD_GOOD && i < 1000000; i++) {
		struct guard_claim claim;

		snprintf(body, sizeof body, "seq=%d", i);
		claim = request(NULL, body);
		claim.key = SECRET;
		verdict = check(guard, &claim, NOW);
	}
	assert_int_equal(verdict, GUARD_FULL);
	assert_true(i > 1000);
	{
		struct guard_claim first = request(NULL, "seq=0");

		first.key = SECRET;
		assert_int_equal(check(guard, &first, NOW), GUARD_REPLAYED);
		first.body = "later", first.length = 5;
		assert_int_equal(check(guard, &first, NOW + 2 * GUARD_WINDOW + 1), GUARD_GOOD);
	}
	guard_free(guard);
}

/* The core did not answer: the gateway may try the very same request again, and that once. */
static void
what_was_not_answered_may_come_again(void **state)
{
	struct guard *guard = guard_new(GUARD_FIXED, SECRET, NOW);
	struct guard_claim claim = request(NULL, "session=a&text=1"), other = request(NULL, "session=b&text=1");

	(void)state;
	claim.key = other.key = SECRET;
	assert_int_equal(check(guard, &other, NOW), GUARD_GOOD);
	assert_int_equal(check(guard, &claim, NOW), GUARD_GOOD);
	guard_forget(guard, &digest);
	assert_int_equal(check(guard, &claim, NOW), GUARD_GOOD);
	assert_int_equal(check(guard, &claim, NOW), GUARD_REPLAYED);
	assert_int_equal(check(guard, &other, NOW), GUARD_REPLAYED);
	guard_free(guard);
}

static void
modes_have_names(void **state)
{
	(void)state;
	assert_int_equal(guard_mode("hmac"), GUARD_HMAC);
	assert_int_equal(guard_mode("KEY"), GUARD_KEY);
	assert_int_equal(guard_mode("fixed"), GUARD_FIXED);
	assert_int_equal(guard_mode("none"), GUARD_MODES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signature_is_good_once),
		cmocka_unit_test(nothing_of_it_can_be_changed),
		cmocka_unit_test(the_time_is_now),
		cmocka_unit_test(a_key_needs_a_time_too),
		cmocka_unit_test(a_fixed_key_knows_its_requests_for_a_while),
		cmocka_unit_test(what_cannot_be_remembered_is_refused),
		cmocka_unit_test(what_was_not_answered_may_come_again),
		cmocka_unit_test(modes_have_names),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
