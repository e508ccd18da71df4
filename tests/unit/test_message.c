/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_message: what is in a slot, read by us alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "modem/message.h"

#define SIM "510100000000001"
#define SMSC "07912618010000F0"
#define FROM "0D91264810000090F9"               /* +6284010000099 */
#define STAMP "62016021900082"
#define ANAK "06" "416770099A01"                /* ANAK 3 */

static struct message m;

static void
read_hex(const char *hex)
{
	struct rawat_bytes given;

	rawat_bytes_of(hex, &given);
	message_read(&given, 7, SIM, &m);
	assert_int_equal(m.part.slot, 7);
}

static const char *
text(void)
{
	static char out[SMS_UNITS_MAX * 3 + 1];

	assert_int_equal(m.kind, MESSAGE_PART);
	sms_text(m.part.units, m.part.units_length, out, sizeof out);
	return out;
}

static void
expect_broken(const char *hex, const char *why)
{
	static const struct sms_part nothing = { .slot = 7 };

	read_hex(hex);
	assert_int_equal(m.kind, MESSAGE_BROKEN);
	assert_string_equal(m.wrong, why);
	assert_memory_equal(&m.part, &nothing, sizeof nothing);
}

static void
test_plain(void **state)
{
	uint8_t key[SMS_KEY_SIZE];

	(void)state;
	read_hex(SMSC "04" FROM "0000" STAMP ANAK);
	assert_string_equal(text(), "ANAK 3");
	assert_string_equal(m.part.sender, "+6284010000099");
	assert_string_equal(m.part.time, "2026-10-06T12:09:00+07:00");
	assert_int_equal(m.part.pid, 0);
	assert_int_equal(m.part.dcs, 0);
	assert_int_equal(m.part.total, 1);
	assert_int_equal(m.part.pdu_length, 34);
	assert_memory_equal(m.part.pdu, m.raw.bytes, 34);
	sms_key(&m.part, SIM, key);
	assert_memory_equal(m.part.key, key, SMS_KEY_SIZE);
}

/* The way it was had and what surrounds it make no other message of it. */
static void
test_same_key(void **state)
{
	static const char *const same[] = {
		SMSC "04" FROM "0000" STAMP ANAK "FFFFFF", SMSC "04" FROM "0000" STAMP ANAK "0000",
		"00" "04" FROM "0000" STAMP ANAK, SMSC "24" FROM "0000" STAMP ANAK, SMSC "00" FROM "0000" STAMP ANAK,
	};
	uint8_t key[SMS_KEY_SIZE];

	(void)state;
	read_hex(SMSC "04" FROM "0000" STAMP ANAK);
	memcpy(key, m.part.key, sizeof key);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		read_hex(same[i]);
		assert_string_equal(text(), "ANAK 3");
		assert_memory_equal(m.part.key, key, sizeof key);
	}
	read_hex(SMSC "04" FROM "0000" "62016021901082" ANAK);          /* a second later */
	assert_memory_not_equal(m.part.key, key, sizeof key);
}

static void
test_senders(void **state)
{
	static const struct { const char *address, *sender; } cases[] = {
		{ "0D91264810000090F9", "+6284010000099" }, { "0D81264810000090F9", "6284010000099" },
		{ "0481" "6363", "3636" }, { "0391" "21F3", "+123" },
		{ "0B81" "8004100000F9", "08400100009" }, { "0B81" "800410000009", "08400100009" },      /* no filler */
		{ "0D" "11" "264810000090F9", "+6284010000099" },      /* bit 8 missing */
		{ "0D" "F1" "264810000090F9", "6284010000099" },       /* reserved type: unknown */
		{ "0D" "9F" "264810000090F9", "+6284010000099" },      /* reserved plan */
		{ "0681" "A1BCED", "1*a#bc" },
		{ "0BD0" "418030321400", "A@B_C$" },
		{ "00" "81", "" }, { "00" "91", "" }, { "00" "D0", "" },
		{ "1491" "26481000009026481000", "+62840100000962840100" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char hex[256];

		snprintf(hex, sizeof hex, SMSC "04%s0000" STAMP ANAK, cases[i].address);
		read_hex(hex);
		assert_string_equal(text(), "ANAK 3");
		assert_string_equal(m.part.sender, cases[i].sender);
	}
}

/* 23.038 4: what is reserved is read in the default alphabet. */
static void
test_reserved_schemes(void **state)
{
	static const char *const schemes[] = { "80", "90", "A0", "B0", "0C", "BF", "FB", "1F" };

	(void)state;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		char hex[256];

		snprintf(hex, sizeof hex, SMSC "04" FROM "00%s" STAMP ANAK, schemes[i]);
		read_hex(hex);
		assert_string_equal(text(), "ANAK 3");
		assert_int_equal(m.part.coding, SMS_GSM7);
	}
}

static void
test_alphabets(void **state)
{
	(void)state;
	read_hex(SMSC "04" FROM "0008" STAMP "06" "0041004ED83D");
	assert_int_equal(m.kind, MESSAGE_PART);
	assert_int_equal(m.part.units_length, 3);
	assert_int_equal(m.part.units[2], 0xD83D);                      /* half a pair: the next part has the rest */
	read_hex(SMSC "04" FROM "0008" STAMP "05" "0041004ED8");         /* half a character */
	assert_string_equal(text(), "AN");
	read_hex(SMSC "04" FROM "0004" STAMP "03" "00FF41");
	assert_int_equal(m.part.coding, SMS_8BIT);
	assert_int_equal(m.part.units_length, 3);
	assert_int_equal(m.part.units[1], 0xFF);
	read_hex(SMSC "04" FROM "0000" STAMP "00");
	assert_string_equal(text(), "");
}

/* 23.040 9.2.3.24: the text begins at the next septet behind the header. */
static void
test_header(void **state)
{
	(void)state;
	read_hex(SMSC "44" FROM "0000" STAMP "0D" "0500034D0201" "82CEE0124403");
	assert_string_equal(text(), "ANAK 4");
	assert_int_equal(m.part.reference_bits, 8);
	assert_int_equal(m.part.reference, 0x4D);
	assert_int_equal(m.part.udh_length, 6);
	assert_int_equal(m.part.udh[5], 1);
	read_hex(SMSC "44" FROM "0000" STAMP "0E" "06080412340302" "41677009A201");
	assert_string_equal(text(), "ANAK 4");
	assert_int_equal(m.part.reference_bits, 16);
	assert_int_equal(m.part.sequence, 2);
}

/* A time that does not exist is no reason to refuse a message. */
static void
test_times(void **state)
{
	static const struct { const char *stamp, *time; } cases[] = {
		{ "42209241322580", "2024-02-29T14:23:52+02:00" }, { "62209241322580", "" },        /* 29 February */
		{ "62016021900080", "2026-10-06T12:09:00+02:00" }, { "6201602190004A", "2026-10-06T12:09:00-06:00" },
		{ "62516021900082", "" }, { "62013321900082", "" }, { "62016042900082", "" }, { "62016021060082", "" },
		{ "00000000000000", "" }, { "FFFFFFFFFFFFFF", "" }, { "6201602190A082", "" },
		{ "62016021900008", "2026-10-06T12:09:00+00:00" },
		{ "99016021900082", "1999-10-06T12:09:00+07:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char hex[256];

		snprintf(hex, sizeof hex, SMSC "04" FROM "0000%s" ANAK, cases[i].stamp);
		read_hex(hex);
		assert_string_equal(text(), "ANAK 3");
		assert_string_equal(m.part.time, cases[i].time);
	}
}

static void
test_report(void **state)
{
	(void)state;
	read_hex(SMSC "06" "2A" FROM STAMP "62016021901082" "30");
	assert_int_equal(m.kind, MESSAGE_REPORT);
	assert_int_equal(m.report.reference, 0x2A);
	assert_int_equal(m.report.status, 0x30);
	assert_string_equal(m.report.number, "+6284010000099");
	assert_string_equal(m.report.time, "2026-10-06T12:09:01+07:00");
}

static void
test_broken(void **state)
{
	(void)state;
	expect_broken("", "no PDU");
	expect_broken("07 91", "not hexadecimal");
	expect_broken("079", "not hexadecimal");
	expect_broken(SMSC "04" FROM "0020" STAMP ANAK, "compressed");
	expect_broken(SMSC "07" FROM "0000" STAMP ANAK, "reserved type");
	expect_broken(SMSC "04" FROM "0000" STAMP "08" "416770099A01", "text cut off");
	expect_broken(SMSC "04" FROM "0000" STAMP ANAK "31", "more than the text");
	expect_broken(SMSC "11" "00" FROM "0000" "FF" ANAK, "a draft, not received");
	assert_int_equal(m.raw.length, 29);
}

/* Whatever it is, the value is in order. */
static void
test_any_octets(void **state)
{
	static const char right[] = SMSC "44" FROM "0008" STAMP "0F" "0C" "240101" "08041234" "0302" "010100" "0041";
	struct rawat_bytes given;

	(void)state;
	srandom(1);
	for (int n = 0; n < 100000; n++) {
		rawat_bytes_of(right, &given);
		given.length = 1 + (size_t)random() % given.length;
		for (int i = 0; i < 3; i++)
			given.bytes[(size_t)random() % given.length] = (uint8_t)random();
		message_read(&given, 1, SIM, &m);
		assert_true(m.kind == MESSAGE_PART || m.kind == MESSAGE_REPORT || (m.kind == MESSAGE_BROKEN && m.wrong));
		assert_true(sms_part_sane(&m.part) || m.kind != MESSAGE_PART);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_same_key),
		cmocka_unit_test(test_senders),
		cmocka_unit_test(test_reserved_schemes),
		cmocka_unit_test(test_alphabets),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_any_octets),
	};

	return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
