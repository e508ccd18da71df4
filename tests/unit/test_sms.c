/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_sms: the value in the middle: key, text, lengths, and what makes a part unbelievable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "base/sms.h"

static struct sms_part
sample(void)
{
	static const uint16_t text[] = { 'P', 'M', 'K', 'S' };
	struct sms_part p = {
		.slot = 3, .sender = "+628123456789", .ton = 1, .time = "2026-10-20T09:00:00+07:00",
		.class = -1, .sequence = 1, .total = 1, .units_length = 4,
	};

	memcpy(p.units, text, sizeof text);
	return p;
}

static bool
same_key(const struct sms_part *a, const struct sms_part *b)
{
	uint8_t one[SMS_KEY_SIZE], other[SMS_KEY_SIZE];

	sms_key(a, "510100000000001", one);
	sms_key(b, "510100000000001", other);
	return memcmp(one, other, sizeof one) == 0;
}

static void
test_key_ignores_what_changes_on_redelivery(void **state)
{
	struct sms_part a = sample(), b = sample();

	(void)state;
	b.slot = 100007;
	b.pdu_length = 5;
	b.pdu[0] = 7;
	memset(b.key, 1, sizeof b.key);
	assert_true(same_key(&a, &b));
}

static void
test_key_tells_messages_apart(void **state)
{
	struct sms_part a = sample(), b;
	uint8_t one[SMS_KEY_SIZE], other[SMS_KEY_SIZE];

	(void)state;
	b = a, b.time[18] = '1';
	assert_false(same_key(&a, &b));
	b = a, b.time[20] = '8';
	assert_false(same_key(&a, &b));
	b = a, b.ton = 2;
	assert_false(same_key(&a, &b));
	b = a, b.pid = 0x41;
	assert_false(same_key(&a, &b));
	b = a, b.dcs = 8;
	assert_false(same_key(&a, &b));
	b = a, b.units[3] = 'T';
	assert_false(same_key(&a, &b));
	b = a, b.udh_length = 1;
	assert_false(same_key(&a, &b));
	sms_key(&a, "510100000000001", one);
	sms_key(&a, "510100000000002", other);
	assert_memory_not_equal(one, other, sizeof one);
}

/* Letters that move from one field to the next must not give the same key. */
static void
test_key_is_unambiguous(void **state)
{
	struct sms_part a = sample(), b = sample();
	uint8_t one[SMS_KEY_SIZE], other[SMS_KEY_SIZE];

	(void)state;
	strcpy(a.sender, "+62811");
	strcpy(b.sender, "1+6281");
	sms_key(&a, "510", one);
	sms_key(&b, "51", other);
	assert_memory_not_equal(one, other, sizeof one);
	strcpy(b.sender, "0+62811");
	sms_key(&b, "51", other);
	assert_memory_not_equal(one, other, sizeof one);
}

/* The key is stored for ever: it must be the same after every change of the program.
 * Computed by another BLAKE2b: lengths of two octets, little-endian, before each field. */
static void
test_key_never_changes(void **state)
{
	static const uint8_t expected[SMS_KEY_SIZE] = {
		0x25, 0x36, 0x35, 0x9A, 0x63, 0x27, 0x4E, 0x8D,
		0xEF, 0x80, 0x0C, 0x27, 0xA6, 0xA9, 0xC0, 0x49,
	};
	struct sms_part a = sample();
	uint8_t key[SMS_KEY_SIZE];

	(void)state;
	sms_key(&a, "510100000000001", key);
	assert_memory_equal(key, expected, sizeof key);
}

static void
test_text(void **state)
{
	static const uint16_t emoji[] = { 'a', 0xD83D, 0xDE00, 0x20AC, 0xE9 };
	static const uint16_t broken[] = { 0xD83D, 'x', 0xDE00, 0, 0xD83D };
	char out[64];

	(void)state;
	assert_int_equal(sms_text(emoji, 5, out, sizeof out), 10);
	assert_string_equal(out, "a\xF0\x9F\x98\x80\xE2\x82\xAC\xC3\xA9");
	sms_text(broken, 5, out, sizeof out);
	assert_string_equal(out, "\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	assert_int_equal(sms_text(emoji, 5, out, 5), 1);        /* no half of a character */
	assert_string_equal(out, "a");
	assert_int_equal(sms_text(emoji, 5, out, 1), 0);
	assert_string_equal(out, "");
}

static void
test_lengths(void **state)
{
	(void)state;
	assert_int_equal(sms_septets(""), 0);
	assert_int_equal(sms_septets("Terima kasih @ _ $"), 18);
	assert_int_equal(sms_septets("\xE2\x82\xAC^{}[]~\\|"), 18);
	assert_int_equal(sms_septets("\xC3\xA9\xC3\xA0\n\r"), 4);
	assert_int_equal(sms_septets("\xC3\xA1"), -1);          /* a with acute: not in the alphabet */
	assert_int_equal(sms_septets("`"), -1);
	assert_int_equal(sms_septets("\t"), -1);
	assert_int_equal(sms_units("a\xF0\x9F\x98\x80\xE2\x82\xAC"), 4);
	assert_int_equal(sms_units("\xC3"), -1);
	assert_int_equal(sms_units("\xC0\x80"), -1);            /* overlong */
	assert_int_equal(sms_units("\xED\xA0\x80"), -1);        /* a surrogate */
	assert_int_equal(sms_units("\xF4\x90\x80\x80"), -1);    /* beyond Unicode */
	assert_int_equal(sms_units("\xFF"), -1);
	assert_int_equal(sms_septets("\xC3"), -1);
}

/* `count` times `piece`. */
static const char *
repeat(const char *piece, int count)
{
	static char text[8192];

	text[0] = '\0';
	for (int i = 0; i < count; i++)
		strcat(text, piece);
	return text;
}

static void
test_split_counts(void **state)
{
	static const struct { const char *piece; int times; size_t parts; bool ucs2; } cases[] = {
		{ "a", 1, 1, false }, { "a", 160, 1, false }, { "a", 161, 2, false }, { "a", 306, 2, false },
		{ "a", 307, 3, false }, { "a", 1530, 10, false }, { "a", 1531, 0, false },
		{ "\xE2\x82\xAC", 80, 1, false },              /* two septets each */
		{ "\xE2\x82\xAC", 81, 2, false }, { "\xE2\x82\xAC", 152, 2, false },
		{ "\xE2\x82\xAC", 153, 3, false },             /* 76 a part: the 153rd septet stays free */
		{ "\xE2\x82\xAC", 760, 10, false }, { "\xE2\x82\xAC", 761, 0, false },
		{ "`", 70, 1, true }, { "`", 71, 2, true }, { "`", 134, 2, true }, { "`", 135, 3, true },
		{ "`", 670, 10, true }, { "`", 671, 0, true },
		{ "\xF0\x9F\x98\x80", 35, 1, true },           /* two units each */
		{ "\xF0\x9F\x98\x80", 36, 2, true }, { "\xF0\x9F\x98\x80", 66, 2, true },
		{ "\xF0\x9F\x98\x80", 67, 3, true }, { "\xF0\x9F\x98\x80", 330, 10, true },
		{ "\xF0\x9F\x98\x80", 331, 0, true },
	};
	struct sms_out parts[SMS_OUT_PARTS_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t count = sms_split(repeat(cases[i].piece, cases[i].times), parts);

		assert_int_equal(count, cases[i].parts);
		for (size_t n = 0; n < count; n++) {
			int length = cases[i].ucs2 ? sms_units(parts[n].text) : sms_septets(parts[n].text);

			assert_int_equal(parts[n].sequence, n + 1);
			assert_int_equal(parts[n].total, count);
			assert_int_equal(parts[n].ucs2, cases[i].ucs2);
			assert_in_range(length, 1, cases[i].ucs2 ? count > 1 ? 67 : 70 : count > 1 ? 153 : 160);
		}
	}
}

/* One letter that needs UCS-2 makes all parts so, and nothing of the text is lost. */
static void
test_split_keeps_the_text(void **state)
{
	struct sms_out parts[SMS_OUT_PARTS_MAX];
	char text[1024], again[1024] = "";
	size_t count;

	(void)state;
	strcpy(text, repeat("a\xE2\x82\xAC", 100));
	strcat(text, "\xF0\x9F\x98\x80");
	count = sms_split(text, parts);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++) {
		assert_true(parts[i].ucs2);
		strcat(again, parts[i].text);
	}
	assert_string_equal(again, text);
}

static void
test_split_refuses(void **state)
{
	struct sms_out parts[SMS_OUT_PARTS_MAX];

	(void)state;
	assert_int_equal(sms_split("", parts), 0);
	assert_int_equal(sms_split("\xC3", parts), 0);
	assert_int_equal(sms_split("a\xED\xA0\x80", parts), 0);
}

static void
test_raw_key(void **state)
{
	static const uint8_t bytes[] = { 0x07, 0x91, 0x26 };
	uint8_t one[SMS_KEY_SIZE], other[SMS_KEY_SIZE];

	(void)state;
	sms_raw_key(bytes, 3, "510", one);
	sms_raw_key(bytes, 3, "510", other);
	assert_memory_equal(one, other, sizeof one);
	sms_raw_key(bytes, 2, "510", other);
	assert_memory_not_equal(one, other, sizeof one);
	sms_raw_key(bytes, 3, "511", other);
	assert_memory_not_equal(one, other, sizeof one);
	sms_raw_key(bytes, 0, "510", other);
	assert_memory_not_equal(one, other, sizeof one);
}

static void
test_sane(void **state)
{
	struct sms_part p = sample();

	(void)state;
	assert_true(sms_part_sane(&p));
	p.slot = -1;
	p.time[0] = '\0';
	p.pid = p.dcs = -1;
	assert_true(sms_part_sane(&p));
	p = sample(), p.reference_bits = 16, p.reference = 4660, p.sequence = 2, p.total = 3;
	assert_true(sms_part_sane(&p));
}

#define ASSERT_INSANE(change) \
	do { \
		struct sms_part p = sample(); \
		change; \
		assert_false(sms_part_sane(&p)); \
	} while (0)

static void
test_insane(void **state)
{
	(void)state;
	ASSERT_INSANE(p.slot = -2);
	ASSERT_INSANE(memset(p.sender, 'x', sizeof p.sender));
	ASSERT_INSANE(strcpy(p.sender, "a\nb"));
	ASSERT_INSANE(strcpy(p.sender, "\xC3"));
	ASSERT_INSANE(p.ton = 8);
	ASSERT_INSANE(memset(p.time, '1', sizeof p.time));
	ASSERT_INSANE(strcpy(p.time, "2026-10-20 09:00:00+07:00"));
	ASSERT_INSANE(strcpy(p.time, "2026-13-20T09:00:00+07:00"));
	ASSERT_INSANE(strcpy(p.time, "2026-10-20T24:00:00+07:00"));
	ASSERT_INSANE(strcpy(p.time, "2026-10-20T09:00:00Z"));
	ASSERT_INSANE(p.pid = 256);
	ASSERT_INSANE(p.dcs = -2);
	ASSERT_INSANE(p.class = 4);
	ASSERT_INSANE(p.coding = 3);
	ASSERT_INSANE(p.udh_length = 141);
	ASSERT_INSANE((p.udh_length = 6, p.udh[0] = 6));
	ASSERT_INSANE(p.reference_bits = 7);
	ASSERT_INSANE(p.total = 2);
	ASSERT_INSANE((p.reference_bits = 8, p.reference = 256));
	ASSERT_INSANE((p.reference_bits = 8, p.sequence = 3, p.total = 2));
	ASSERT_INSANE((p.reference_bits = 8, p.sequence = 0));
	ASSERT_INSANE(p.units_length = 161);
	ASSERT_INSANE(p.pdu_length = 181);
}

static struct sms_out
out_of(const char *dest, const char *text, int total, bool ucs2)
{
	struct sms_out out = { .sequence = 1, .total = (uint8_t)total, .ucs2 = ucs2 };

	strcpy(out.dest, dest);
	strcpy(out.text, text);
	return out;
}

static int
check(const char *dest, const char *text, int total, bool ucs2)
{
	const struct sms_out out = out_of(dest, text, total, ucs2);

	return sms_out_check(&out);
}

static void
test_out_check(void **state)
{
	char text[200];
	struct sms_out out;

	(void)state;
	assert_int_equal(check("+6284010000959", "Halo", 1, false), 0);
	assert_int_equal(check("3636", "Halo", 1, false), 0);
	assert_int_equal(check("36", "Halo", 1, false), -EINVAL);
	assert_int_equal(check("", "Halo", 1, false), -EINVAL);
	assert_int_equal(check("TELKOMSEL", "Halo", 1, false), -EINVAL);
	assert_int_equal(check("+628401000095900000000", "Halo", 1, false), -EINVAL);
	assert_int_equal(check("3636", "\xFF", 1, false), -EINVAL);
	assert_int_equal(check("3636", "\xE2\x80\x99", 2, false), -EINVAL);
	assert_int_equal(check("3636", "\xE2\x80\x99", 2, true), 0);
	assert_int_equal(check("3636", "Halo", 0, false), -EINVAL);
	assert_int_equal(check("3636", "Halo", SMS_OUT_PARTS_MAX + 1, false), -EINVAL);
	memset(text, 'a', sizeof text);
	text[161] = '\0';
	assert_int_equal(check("3636", text, 1, false), -EMSGSIZE);
	text[160] = '\0';
	assert_int_equal(check("3636", text, 1, false), 0);
	assert_int_equal(check("3636", text, 2, false), -EMSGSIZE);
	text[153] = '\0';
	assert_int_equal(check("3636", text, 2, false), 0);
	assert_int_equal(check("3636", text, 2, true), -EMSGSIZE);
	out = out_of("3636", "", 1, false);
	memset(out.text, 'a', sizeof out.text);
	assert_int_equal(sms_out_check(&out), -EMSGSIZE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_ignores_what_changes_on_redelivery),
		cmocka_unit_test(test_key_tells_messages_apart),
		cmocka_unit_test(test_key_is_unambiguous),
		cmocka_unit_test(test_key_never_changes),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_split_counts),
		cmocka_unit_test(test_split_keeps_the_text),
		cmocka_unit_test(test_split_refuses),
		cmocka_unit_test(test_raw_key),
		cmocka_unit_test(test_sane),
		cmocka_unit_test(test_insane),
		cmocka_unit_test(test_out_check),
	};

	return cmocka_run_group_tests_name("sms", tests, NULL, NULL);
}
