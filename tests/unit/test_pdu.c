/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pdu: the strict reader takes what is right and refuses what is not, without touching a byte too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/sms.h"
#include "modem/pdu.h"

#define SMSC "07912618010000F0"
#define FROM "0C91261832547698"
#define STAMP "62016021900082"

/* Reads a copy of exactly the right size, so that the sanitizer sees every step beyond. */
static const char *
read_hex(const char *hex, struct pdu *out, uint8_t **copy)
{
	uint8_t bytes[256];
	size_t length = 0;

	assert_true(pdu_unhex(hex, bytes, sizeof bytes, &length));
	*copy = malloc(length);
	assert_non_null(*copy);
	memcpy(*copy, bytes, length);
	return pdu_read(*copy, length, out);
}

static const char *
wrong_with(const char *hex)
{
	struct pdu p;
	uint8_t *copy;
	const char *wrong = read_hex(hex, &p, &copy);

	free(copy);
	return wrong;
}

static void
test_plain(void **state)
{
	struct pdu p;
	uint8_t *copy;

	(void)state;
	assert_null(read_hex(SMSC "04" FROM "0000" STAMP "044D291404", &p, &copy));
	assert_int_equal(p.type, PDU_DELIVER);
	assert_int_equal(p.ton, 1);
	assert_int_equal(p.coding, SMS_GSM7);
	assert_int_equal(p.class, -1);
	assert_int_equal(p.text_length, 4);
	assert_int_equal(p.reference_bits, 0);
	assert_int_equal(p.total, 1);
	free(copy);
	assert_null(wrong_with("00" "04" FROM "0000" STAMP "00"));                       /* no SMSC, no text */
	assert_null(wrong_with("00" "04" "00D0" "0000" STAMP "00"));                     /* no sender */
	assert_null(wrong_with(SMSC "04" FROM "0000" STAMP "044D291404FFFFFF"));         /* filled slots */
	assert_null(wrong_with(SMSC "04" FROM "0000" STAMP "044D291404000000"));
}

static void
test_alphabets(void **state)
{
	static const struct { const char *dcs; int coding, class; } cases[] = {
		{ "00", SMS_GSM7, -1 }, { "04", SMS_8BIT, -1 }, { "08", SMS_UCS2, -1 }, { "10", SMS_GSM7, 0 },
		{ "18", SMS_UCS2, 0 }, { "11", SMS_GSM7, 1 }, { "F0", SMS_GSM7, 0 }, { "F5", SMS_8BIT, 1 },
		{ "C8", SMS_GSM7, -1 }, { "E0", SMS_UCS2, -1 }, { "40", SMS_GSM7, -1 }, { "58", SMS_UCS2, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char hex[256];
		struct pdu p;
		uint8_t *copy;

		snprintf(hex, sizeof hex, SMSC "04" FROM "00%s" STAMP "00", cases[i].dcs);
		assert_null(read_hex(hex, &p, &copy));
		assert_int_equal(p.coding, cases[i].coding);
		assert_int_equal(p.class, cases[i].class);
		free(copy);
	}
	assert_string_equal(wrong_with(SMSC "04" FROM "0020" STAMP "00"), "compressed");
}

static void
test_concatenation(void **state)
{
	struct pdu p;
	uint8_t *copy;

	(void)state;
	assert_null(read_hex(SMSC "44" FROM "0008" STAMP "08" "0500034D0201" "0041", &p, &copy));
	assert_int_equal(p.udh_length, 6);
	assert_int_equal(p.reference_bits, 8);
	assert_int_equal(p.concat_reference, 0x4D);
	assert_int_equal(p.total, 2);
	assert_int_equal(p.sequence, 1);
	assert_int_equal(p.text_length, 2);
	free(copy);
	/* 16 bits among other elements */
	assert_null(read_hex(SMSC "44" FROM "0008" STAMP "0F" "0C" "240101" "08041234" "0302" "010100" "0041", &p, &copy));
	assert_int_equal(p.reference_bits, 16);
	assert_int_equal(p.concat_reference, 0x1234);
	assert_int_equal(p.total, 3);
	assert_int_equal(p.sequence, 2);
	free(copy);
	/* impossible numbers: the element is ignored, the message stays */
	assert_null(read_hex(SMSC "44" FROM "0008" STAMP "08" "0500034D0200" "0041", &p, &copy));
	assert_int_equal(p.reference_bits, 0);
	assert_int_equal(p.total, 1);
	free(copy);
	assert_null(read_hex(SMSC "44" FROM "0008" STAMP "08" "0500034D0203" "0041", &p, &copy));
	assert_int_equal(p.reference_bits, 0);
	free(copy);
}

static void
test_refusals(void **state)
{
	static const char *const wrong[] = {
		"00", "0004", SMSC, SMSC "07" FROM "0000" STAMP "00",           /* cut off, reserved type */
		"0C9126180100000000000000F0" "04" FROM "0000" STAMP "00",       /* SMSC too long */
		SMSC "04" "1691" "2618325476982618325476" "0000" STAMP "00",    /* address of 22 digits */
		SMSC "04" FROM "0000" STAMP,                                    /* no length */
		SMSC "04" FROM "0000" STAMP "054D291404",                       /* a septet more than there is */
		SMSC "04" FROM "0000" STAMP "044D29140431",                     /* an octet too many */
		SMSC "04" FROM "0000" STAMP "044D291404FF00",
		SMSC "04" FROM "0000" STAMP "A1",                               /* 161 septets */
		SMSC "04" FROM "0008" STAMP "8D",                               /* 141 octets */
		SMSC "44" FROM "0008" STAMP "00",                               /* header without room for its length */
		SMSC "44" FROM "0008" STAMP "06" "0600034D0201",                /* header longer than the text */
		SMSC "44" FROM "0008" STAMP "06" "0500044D0201",                /* element longer than the header */
		SMSC "44" FROM "0008" STAMP "06" "05000000000A",                /* half an element at the end */
		SMSC "44" FROM "0000" STAMP "06" "0500034D0201",                /* 6 septets: no 7 for the header */
		SMSC "06" "07" FROM STAMP STAMP,                                /* report without a status */
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (!wrong_with(wrong[i]))
			fail_msg("believed: %s", wrong[i]);
}

static void
test_report(void **state)
{
	struct pdu p;
	uint8_t *copy;

	(void)state;
	assert_null(read_hex(SMSC "06" "2A" FROM STAMP STAMP "30", &p, &copy));
	assert_int_equal(p.type, PDU_REPORT);
	assert_int_equal(p.reference, 0x2A);
	assert_int_equal(p.status, 0x30);
	free(copy);
	assert_null(wrong_with(SMSC "06" "2A" FROM STAMP STAMP "00" "00"));
}

static void
test_hex(void **state)
{
	uint8_t out[4];
	size_t length;

	(void)state;
	assert_true(pdu_unhex("00aBfF", out, sizeof out, &length));
	assert_int_equal(length, 3);
	assert_int_equal(out[1], 0xAB);
	assert_false(pdu_unhex("", out, sizeof out, &length));
	assert_false(pdu_unhex("0", out, sizeof out, &length));
	assert_false(pdu_unhex("0G", out, sizeof out, &length));
	assert_false(pdu_unhex("0011223344", out, sizeof out, &length));
}

/* What is found lies within what was given, whatever that was: random changes of a right message. */
static void
test_any_bytes(void **state)
{
	static const char right[] = SMSC "44" FROM "0008" STAMP "0F" "0C" "240101" "08041234" "0302" "010100" "0041";
	uint8_t bytes[64];
	size_t length = 0;

	(void)state;
	assert_true(pdu_unhex(right, bytes, sizeof bytes, &length));
	srandom(1);
	for (int n = 0; n < 300000; n++) {
		size_t cut = 1 + (size_t)random() % length;
		uint8_t *copy = malloc(cut);
		struct pdu p;

		assert_non_null(copy);
		memcpy(copy, bytes, cut);
		for (int i = 0; i < 3; i++)
			copy[(size_t)random() % cut] = (uint8_t)random();
		if (pdu_read(copy, cut, &p) == NULL && p.type == PDU_DELIVER) {
			size_t octets = p.coding == SMS_GSM7 ? (size_t)p.text_length * 7 / 8 : p.text_length;

			assert_true(p.length <= cut);
			assert_true(p.text >= copy && p.text + octets <= copy + cut);
			assert_true(p.sequence >= 1 && p.sequence <= p.total);
		}
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_alphabets),
		cmocka_unit_test(test_concatenation),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests_name("pdu", tests, NULL, NULL);
}
