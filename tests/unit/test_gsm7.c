/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_gsm7: packed septets to characters, from any bit, without touching an octet too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/gsm7.h"
#include "base/sms.h"

/* Packs them behind so many bits, into memory of exactly the size they need. */
static uint8_t *
pack(const uint8_t *septets, size_t count, size_t bit)
{
	uint8_t *octets = calloc((bit + 7 * count + 7) / 8, 1);

	assert_non_null(octets);
	for (size_t i = 0; i < 7 * count; i++)
		if (septets[i / 7] >> i % 7 & 1)
			octets[(bit + i) / 8] |= (uint8_t)(1U << (bit + i) % 8);
	return octets;
}

static void
expect(const uint8_t *septets, size_t count, const char *text)
{
	for (size_t bit = 0; bit < 16; bit++) {
		uint16_t units[SMS_UNITS_MAX];
		char out[SMS_UNITS_MAX * 3 + 1];
		uint8_t *octets = pack(septets, count, bit);

		sms_text(units, gsm7_unpack(octets, bit, count, units), out, sizeof out);
		assert_string_equal(out, text);
		free(octets);
	}
}

static void
test_text(void **state)
{
	static const uint8_t anak[] = { 'A', 'N', 'A', 'K', ' ', '3' }, marks[] = { 0x00, 0x11, 0x02, 0x0A, 0x05 };

	(void)state;
	expect(anak, sizeof anak, "ANAK 3");
	expect(marks, sizeof marks, "@_$\né");
	expect(anak, 0, "");
}

static void
test_escapes(void **state)
{
	static const uint8_t euro[] = { 0x1B, 0x65, '1' };
	static const uint8_t all[] = { 0x1B, 0x14, 0x1B, 0x28, 0x1B, 0x29, 0x1B, 0x2F, 0x1B, 0x3C,
	                                                            0x1B, 0x3D, 0x1B, 0x3E, 0x1B, 0x40 };
	static const uint8_t unknown[] = { 0x1B, 'A', 0x1B, 0x1B, 'B' }, cut[] = { 'A', 0x1B };

	(void)state;
	expect(euro, sizeof euro, "€1");
	expect(all, sizeof all, "^{}\\[~]|");
	expect(unknown, sizeof unknown, "A B");
	expect(cut, sizeof cut, "A");
}

/* Every character comes back, and counts as what it takes. */
static void
test_each_septet(void **state)
{
	(void)state;
	for (unsigned septet = 0; septet < 128; septet++) {
		uint8_t escaped[2] = { 0x1B, (uint8_t)septet };
		uint16_t units[2];
		uint8_t *octets = pack(escaped + 1, 1, 3);
		size_t count = gsm7_unpack(octets, 3, 1, units);

		free(octets);
		assert_int_equal(count, septet != 0x1B);
		assert_int_equal(count ? gsm7_septets(units[0]) : 1, 1);
		octets = pack(escaped, 2, 5);
		assert_int_equal(gsm7_unpack(octets, 5, 2, units), 1);
		assert_in_range(gsm7_septets(units[0]), 1, 2);
		free(octets);
	}
	assert_int_equal(gsm7_septets(0x2019), -1);
	assert_int_equal(gsm7_septets(0), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_each_septet),
	};

	return cmocka_run_group_tests_name("gsm7", tests, NULL, NULL);
}
