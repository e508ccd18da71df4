/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated network's codec: texts to parts, SMS-DELIVER and SMS-STATUS-REPORT out, SMS-SUBMIT in. */
#include "../modemsim/utf16.c"
#include "../modemsim/gsm7.c"
#include "../modemsim/stamp.c"
#include "../modemsim/pdu.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static struct pdu_body parts[PDU_PARTS_MAX];

static int
split(const char *text)
{
	const struct pdu_split how = { .ref = 0x4D, .message_class = -1 };

	return pdu_split(text, &how, parts);
}

/* The same text n times. */
static const char *
repeat(const char *s, int n)
{
	static char text[100000];
	size_t len = strlen(s);

	for (int i = 0; i < n; i++)
		memcpy(text + (size_t)i * len, s, len);
	text[(size_t)n * len] = 0;
	return text;
}

static const char *
deliver(const char *from, const char *text, const char *iso)
{
	static char hex[2 * PDU_OUT_MAX + 1];
	struct pdu_deliver d = { .smsc = "+6281100000", .from = from, .body = parts };
	uint8_t out[PDU_OUT_MAX];
	int n;

	assert_int_equal(stamp_parse(iso, &d.time), 0);
	assert_int_equal(split(text), 1);
	n = pdu_encode_deliver(&d, out);
	if (n < 0)
		return NULL;
	pdu_to_hex(out, (size_t)n, hex);
	return hex;
}

static int
submit(const char *hex, struct pdu_submit *s)
{
	uint8_t pdu[256];
	int n = pdu_from_hex(hex, pdu, sizeof pdu), smsc;

	assert_true(n > 0);
	smsc = pdu_smsc_length(pdu, (size_t)n);
	assert_true(smsc > 0);
	return pdu_decode_submit(pdu + smsc, (size_t)(n - smsc), s);
}

static char *
text_of(const struct pdu_submit *s)
{
	return utf16_to_utf8(s->units, s->count);
}

/* What another encoder made of the same message, seen on a line with libGammu. */
static void
deliver_is_as_recorded(void **state)
{
	(void)state;
	assert_string_equal(deliver("+628123456789", "Hello", "2026-08-05T12:34:56+07:00"),
			    "06912618010000040C9126183254769800006280502143658205C8329BFD06");
	assert_string_equal(deliver("TELKOMSEL", "Paket 1GB", "2026-08-05T12:34:56+07:00"),
			    "069126180100000410D0D42273F96C4E8B4C00006280502143658209D0F0BA4C07C58E42");
}

static void
senders(void **state)
{
	(void)state;
	assert_non_null(strstr(deliver("3636", "x", "2026-01-01T00:00:00Z"), "04A16363"));
	assert_non_null(strstr(deliver("08123", "x", "2026-01-01T00:00:00Z"), "05A18021F3"));
	assert_null(deliver("", "x", "2026-01-01T00:00:00Z"));
	assert_null(deliver("+62a", "x", "2026-01-01T00:00:00Z"));
	assert_null(deliver("TWELVELETTER", "x", "2026-01-01T00:00:00Z"));
	assert_null(deliver("+123456789012345678901", "x", "2026-01-01T00:00:00Z"));
}

static void
zones(void **state)
{
	(void)state;
	assert_non_null(strstr(deliver("1", "x", "2026-10-20T09:00:00+07:00"), "62010290000082"));
	assert_non_null(strstr(deliver("1", "x", "2026-10-20T09:00:00-03:30"), "62010290000049"));
	assert_non_null(strstr(deliver("1", "x", "2026-10-20T09:00:00Z"), "62010290000000"));
	struct stamp s;
	assert_int_equal(stamp_parse("2026-10-20T09:00:00+07:00", &s), 0);
	assert_int_equal(s.epoch, 1792461600);
	assert_int_equal(stamp_parse("2026-10-20 09:00", &s), -EINVAL);
	assert_int_equal(stamp_parse("2026-10-20T09:00:00+07:00x", &s), -EINVAL);
	assert_int_equal(stamp_parse("kemarin", &s), -EINVAL);
}

static void
status_report_is_as_recorded(void **state)
{
	struct pdu_report r = { .smsc = "+6281100000", .mr = 0x2A, .to = "+628123456789", .status = 0 };
	uint8_t out[PDU_OUT_MAX];
	char hex[2 * PDU_OUT_MAX + 1];

	(void)state;
	assert_int_equal(stamp_parse("2026-08-05T12:34:56+07:00", &r.sent), 0);
	assert_int_equal(stamp_parse("2026-08-05T12:35:01+07:00", &r.done), 0);
	pdu_to_hex(out, (size_t)pdu_encode_report(&r, out), hex);
	assert_string_equal(hex, "06912618010000062A0C91261832547698628050214365826280502153108200");
}

static void
parts_of_gsm7(void **state)
{
	(void)state;
	assert_int_equal(split(""), 1);
	assert_int_equal(parts[0].udl, 0);
	assert_int_equal(split(repeat("a", 160)), 1);
	assert_int_equal(parts[0].udl, 160);
	assert_int_equal(parts[0].len, 140);
	assert_false(parts[0].udhi);
	assert_int_equal(split(repeat("a", 161)), 2);
	assert_int_equal(parts[0].udl, 160);
	assert_int_equal(parts[0].len, 140);
	assert_int_equal(parts[1].udl, 7 + 8);
	assert_memory_equal(parts[1].ud, "\x05\x00\x03\x4D\x02\x02", 6);
	assert_int_equal(split(repeat("a", 306)), 2);
	assert_int_equal(split(repeat("a", 307)), 3);
	assert_int_equal(split(repeat("a", 255 * 153)), 255);
	assert_int_equal(split(repeat("a", 255 * 153 + 1)), -E2BIG);
	assert_int_equal(split("\xFF"), -EILSEQ);
}

/* 80 euro signs are 160 septets; in parts of 153 only 76 pairs fit whole. */
static void
escapes_are_not_split(void **state)
{
	(void)state;
	assert_int_equal(split(repeat("\xE2\x82\xAC", 80)), 1);
	assert_int_equal(split(repeat("\xE2\x82\xAC", 81)), 2);
	assert_int_equal(parts[0].udl, 7 + 152);
	assert_int_equal(parts[1].udl, 7 + 10);
}

static void
parts_of_ucs2(void **state)
{
	struct pdu_split how = { .message_class = -1, .split_surrogates = true };
	const char *text;

	(void)state;
	assert_int_equal(split(repeat("\xE2\x80\x99", 70)), 1);
	assert_int_equal(parts[0].dcs, 0x08);
	assert_int_equal(parts[0].udl, 140);
	assert_int_equal(split(repeat("\xE2\x80\x99", 71)), 2);
	assert_int_equal(parts[0].udl, 6 + 134);
	text = repeat("\xF0\x9F\x98\x80", 36);
	assert_int_equal(split(text), 2);
	assert_int_equal(parts[0].udl, 6 + 132);
	assert_int_equal(pdu_split(text, &how, parts), 2);
	assert_int_equal(parts[0].udl, 6 + 134);
	assert_memory_equal(parts[1].ud + 6, "\xDE\x00", 2);
}

static void
classes(void **state)
{
	struct pdu_split how = { .message_class = 0 };

	(void)state;
	assert_int_equal(pdu_split("x", &how, parts), 1);
	assert_int_equal(parts[0].dcs, 0x10);
	how.force_ucs2 = true;
	assert_int_equal(pdu_split("x", &how, parts), 1);
	assert_int_equal(parts[0].dcs, 0x18);
}

static void
submit_is_read(void **state)
{
	struct pdu_submit s;
	char *text;

	(void)state;
	assert_int_equal(submit("0691261801000031000C912618325476980000FF05C8329BFD06", &s), 0);
	assert_string_equal(s.to, "+628123456789");
	assert_true(s.wants_report);
	assert_int_equal(s.validity_min, 63 * 7 * 24 * 60);
	assert_int_equal(s.alphabet, PDU_GSM7);
	assert_int_equal(s.message_class, -1);
	assert_int_equal(s.total, 1);
	text = text_of(&s);
	assert_string_equal(text, "Hello");
	free(text);
}

static void
broken_submits_are_refused(void **state)
{
	const char *whole = "31000C912618325476980000FF05C8329BFD06";
	uint8_t pdu[256];
	struct pdu_submit s;
	int n = pdu_from_hex(whole, pdu, sizeof pdu);

	(void)state;
	assert_int_equal(pdu_decode_submit(pdu, (size_t)n, &s), 0);
	for (int cut = 0; cut < n; cut++)
		assert_int_equal(pdu_decode_submit(pdu, (size_t)cut, &s), -EBADMSG);
	assert_int_equal(pdu_decode_submit(pdu, (size_t)n + 1, &s), -EBADMSG);
	pdu[0] = 0x30;	/* not a SUBMIT */
	assert_int_equal(pdu_decode_submit(pdu, (size_t)n, &s), -EBADMSG);
	assert_int_equal(submit("0051000C912618325476980000FF05050003010203", &s), -EBADMSG);	/* part 3 of 2 */
	assert_int_equal(submit("0051000C912618325476980004FF02FF00", &s), -EBADMSG);		/* header longer than data */
	assert_int_equal(submit("0011000C912618325476980008FF03004100", &s), -EBADMSG);		/* half a character */
}

/* Any octets: no answer matters, only that nothing outside them is touched (run with sanitizers). */
static void
noise_is_survived(void **state)
{
	uint32_t x = 1;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		struct pdu_submit s;
		size_t len;
		uint8_t *pdu;

		x = x * 1664525 + 1013904223;
		len = x >> 24;
		pdu = malloc(len + 1);
		for (size_t k = 0; k < len; k++) {
			x = x * 1664525 + 1013904223;
			pdu[k] = (uint8_t)(x >> 24);
		}
		if (len > 12) {
			pdu[0] = (uint8_t)(0x01 | (pdu[0] & 0x78));
			pdu[2] &= 0x0F;
			pdu[3] = 0x91;
		}
		if (pdu_decode_submit(pdu, len, &s) == 0)
			free(text_of(&s));
		free(pdu);
	}
}

/* A DELIVER body put into a SUBMIT comes back as the same text, whatever the alphabet. */
static void
texts_come_back(void **state)
{
	static const char *const texts[] = {
		"Halo dunia", "@\xC2\xA3$\n\r{}[]~\\^|\xE2\x82\xAC", "\xF0\x9F\x98\x80 \xE2\x80\x9Ckutip\xE2\x80\x9D", "",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		uint8_t pdu[200] = { 0x01, 0, 4, 0x81, 0x63, 0x63, 0 };
		struct pdu_submit s;
		char *text;

		assert_int_equal(split(texts[i]), 1);
		pdu[7] = parts[0].dcs;
		pdu[8] = parts[0].udl;
		memcpy(pdu + 9, parts[0].ud, parts[0].len);
		assert_int_equal(pdu_decode_submit(pdu, 9u + parts[0].len, &s), 0);
		text = text_of(&s);
		assert_string_equal(text, texts[i]);
		assert_string_equal(s.to, "3636");
		free(text);
	}
}

static void
parts_come_back(void **state)
{
	const char *long_text = repeat("sepuluh{\xE2\x82\xAC}.", 40);
	uint16_t units[2000];
	size_t n = 0;
	char *text;
	int count = split(long_text);

	(void)state;
	assert_int_equal(count, 4);
	for (int i = 0; i < count; i++) {
		uint8_t pdu[200] = { 0x41, 0, 4, 0x81, 0x63, 0x63, 0, parts[i].dcs, parts[i].udl };
		struct pdu_submit s;

		memcpy(pdu + 9, parts[i].ud, parts[i].len);
		assert_int_equal(pdu_decode_submit(pdu, 9u + parts[i].len, &s), 0);
		assert_int_equal(s.ref_bits, 8);
		assert_int_equal(s.ref, 0x4D);
		assert_int_equal(s.part, i + 1);
		assert_int_equal(s.total, count);
		memcpy(units + n, s.units, s.count * sizeof *units);
		n += s.count;
	}
	text = utf16_to_utf8(units, n);
	assert_string_equal(text, long_text);
	free(text);
}

/* More elements around that of concatenation, 8- and 16-bit references, both alphabets (9.2.3.24). */
static void
headers_come_back(void **state)
{
	static const struct {
		const char *text;
		int         n, count, room;
		bool        ref16;
		uint8_t     before, after;
	} cases[] = {
		{ "a", 161, 2, 152, true, 0, 0 },		/* 7 octets of header are 8 septets */
		{ "a", 161, 2, 146, false, 6, 0 },
		{ "a", 400, 3, 141, true, 6, 3 },
		{ "\xE2\x80\x99", 71, 2, 66, true, 0, 0 },
		{ "\xE2\x80\x99", 71, 2, 64, false, 0, 6 },
		{ "a", 152, 1, 0, false, 6, 0 },
		{ "a", 153, 2, 146, false, 6, 0 },
	};
	static const struct pdu_elements elements[] = {
		[0] = { 0 }, [3] = { 3, { 0x25, 1, 1 } }, [6] = { 6, { 0x05, 4, 0x0B, 0x84, 0x23, 0xF0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pdu_split how = { .ref = 0xABCD, .ref16 = cases[i].ref16, .message_class = -1,
			.before = elements[cases[i].before], .after = elements[cases[i].after] };
		int count = pdu_split(repeat(cases[i].text, cases[i].n), &how, parts), characters = 0;

		assert_int_equal(count, cases[i].count);
		for (int k = 0; k < count; k++) {
			uint8_t pdu[200] = { 0x41, 0, 4, 0x81, 0x63, 0x63, 0, parts[k].dcs, parts[k].udl };
			struct pdu_submit s;

			memcpy(pdu + 9, parts[k].ud, parts[k].len);
			assert_int_equal(pdu_decode_submit(pdu, 9u + parts[k].len, &s), 0);
			assert_int_equal(s.ref_bits, count == 1 ? 0 : cases[i].ref16 ? 16 : 8);
			assert_int_equal(s.ref, count == 1 ? 0 : cases[i].ref16 ? 0xABCD : 0xCD);
			assert_int_equal(s.part, count == 1 ? 1 : k + 1);
			assert_int_equal(s.total, count);
			if (k + 1 < count)
				assert_int_equal(s.count, cases[i].room);
			characters += (int)s.count;
		}
		assert_int_equal(characters, cases[i].n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deliver_is_as_recorded),
		cmocka_unit_test(senders),
		cmocka_unit_test(zones),
		cmocka_unit_test(status_report_is_as_recorded),
		cmocka_unit_test(parts_of_gsm7),
		cmocka_unit_test(escapes_are_not_split),
		cmocka_unit_test(parts_of_ucs2),
		cmocka_unit_test(classes),
		cmocka_unit_test(submit_is_read),
		cmocka_unit_test(broken_submits_are_refused),
		cmocka_unit_test(noise_is_survived),
		cmocka_unit_test(texts_come_back),
		cmocka_unit_test(parts_come_back),
		cmocka_unit_test(headers_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
