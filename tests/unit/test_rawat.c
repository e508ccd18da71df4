/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_rawat: the reader of raw answers finds what is there, whatever stands around it, and survives any bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "modem/rawat.h"

static struct rawat_answer answer;

/* In pieces of that size; true when the end was found. */
static bool
feed(const char *bytes, size_t length, size_t piece)
{
	bool end = false;

	memset(&answer, 0, sizeof answer);
	rawat_begin(&answer, "AT+CMGR=1");
	for (size_t at = 0; at < length; at += piece) {
		size_t more = length - at < piece ? length - at : piece;
		char *copy = malloc(more);

		assert_non_null(copy);
		memcpy(copy, bytes + at, more);
		end = rawat_take(&answer, copy, more);
		free(copy);
	}
	return end;
}

static bool
feed_text(const char *text)
{
	return feed(text, strlen(text), 1000);
}

static void
test_plain(void **state)
{
	static const char text[] = "AT+CMGR=1\r\r\n+CMGR: 0,,23\r\n07aBfF\r\n\r\nOK\r\n";
	static const uint8_t wanted[] = { 0x07, 0xAB, 0xFF };

	(void)state;
	for (size_t piece = 1; piece < sizeof text; piece++) {
		assert_true(feed(text, sizeof text - 1, piece));
		assert_int_equal(answer.end, RAWAT_OK);
		assert_true(answer.message);
		assert_int_equal(answer.body.length, sizeof wanted);
		assert_memory_equal(answer.body.bytes, wanted, sizeof wanted);
	}
}

/* Blanks around a line are not part of it. */
static void
test_blanks(void **state)
{
	static const uint8_t wanted[] = { 0x07, 0xAB };

	(void)state;
	assert_true(feed_text("AT+CMGR=1\r\r\n  +CMGR: 0,,2 \r\n 07AB  \r\n\r\n OK \r\n"));
	assert_int_equal(answer.body.length, sizeof wanted);
	assert_memory_equal(answer.body.bytes, wanted, sizeof wanted);
	assert_true(feed_text("+CMGR: 0,,0 \r\nOK\r\n"));
	assert_false(answer.message);
}

/* What comes with the end, in the same piece or not, may tell of a message that nobody else will tell of. */
static void
test_behind_the_end(void **state)
{
	static const char text[] = "+CMGR: 0,,2\r\n07AB\r\nOK\r\n\r\n+CMTI: \"SM\",2\r\n+CMT: ,2\r\n0004\r\n+CMGR: 0,,2\r\nFFFF\r\n"
	                           "ERROR\r\n";

	(void)state;
	for (size_t piece = 1; piece < sizeof text; piece++) {
		assert_true(feed(text, sizeof text - 1, piece));
		assert_int_equal(answer.end, RAWAT_OK);
		assert_int_equal(answer.body.bytes[0], 0x07);
		assert_int_equal(answer.news_count, 2);
		assert_int_equal(answer.news[0].slot, 2);
		assert_int_equal(answer.news[1].direct.length, 2);
	}
}

static void
test_no_message(void **state)
{
	(void)state;
	assert_true(feed_text("\r\nOK\r\n"));
	assert_false(answer.message);
	assert_true(feed_text("\r\n+CMGR: 0,,0\r\n\r\nOK\r\n"));
	assert_false(answer.message);
	assert_true(feed_text("\r\n+CMGR: 1,,25\r\n\r\nOK\r\n"));       /* nothing could be had */
	assert_true(answer.message);
	assert_int_equal(answer.body.length, 0);
}

static void
test_errors(void **state)
{
	static const struct { const char *text; int code; } cases[] = {
		{ "\r\nERROR\r\n", -1 }, { "\r\n+CMS ERROR: 321\r\n", 321 }, { "\r\n+CME ERROR: 10\r\n", 10 },
		{ "\r\n+CMS ERROR: SIM busy\r\n", -1 }, { "\n+CMS ERROR:500\n", 500 }, { "+CMS ERROR\r", -1 },
		{ "+CMS ERROR:\r", -1 }, { "+CMS ERROR: 3210691261\r", -1 }, { "+CMS ERROR: 99999999999999999999\r", -1 },
		{ "+CMS ERROR: 32 1\r", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(feed_text(cases[i].text));
		assert_int_equal(answer.end, RAWAT_ERROR);
		assert_int_equal(answer.code, cases[i].code);
	}
}

/* What is not hexadecimal is kept as it is: evidence, and the same bytes at the next reading. */
static void
test_not_hexadecimal(void **state)
{
	static char text[9000] = "+CMGR: 0,,23\r\n";

	(void)state;
	assert_true(feed_text("+CMGR: 0,,23\r\n079\r\nOK\r\n"));        /* odd */
	assert_int_equal(answer.body.length, 3);
	assert_memory_equal(answer.body.bytes, "079", 3);
	assert_true(feed_text("+CMGR: 0,,23\r\n07 91\xFF\r\nOK\r\n"));
	assert_int_equal(answer.body.length, 6);
	assert_true(feed("+CMGR: 0,,23\r\n07\0x\r\nOK\r\n", 24, 24));
	assert_int_equal(answer.body.length, 4);
	/* 8 KiB: cut, and the end is still found */
	memset(text + strlen(text), '0', 8192);
	strcat(text, "\r\nOK\r\n");
	assert_true(feed_text(text));
	assert_int_equal(answer.end, RAWAT_OK);
	assert_int_equal(answer.body.length, SMS_RAW_MAX);
}

static void
test_lines_between(void **state)
{
	static const uint8_t wanted[] = { 0x07, 0x91 }, direct[] = { 0x00, 0x04 };

	(void)state;
	assert_true(feed_text("^RSSI: 17\r\n+CMTI: \"ME\",12\r\nAT+CMGR=1\r\r\n+CMGR: 0,,1\r\n+CREG: 1\r\n0791\r\n"
	                      "+CMT: ,2\r\n0004\r\n+CMTI: \"TOO LONG\",1\r\n\r\nOK\r\n"));
	assert_int_equal(answer.body.length, sizeof wanted);
	assert_memory_equal(answer.body.bytes, wanted, sizeof wanted);
	assert_int_equal(answer.news_count, 2);
	assert_string_equal(answer.news[0].memory, "ME");
	assert_int_equal(answer.news[0].slot, 12);
	assert_string_equal(answer.news[1].memory, "");
	assert_int_equal(answer.news[1].direct.length, sizeof direct);
	assert_memory_equal(answer.news[1].direct.bytes, direct, sizeof direct);
	/* what came between is kept over the next command */
	rawat_begin(&answer, "AT");
	assert_int_equal(answer.body.length, 0);
	assert_int_equal(answer.news_count, 2);
}

/* Several of each kind; of more than there is room for the first. */
static void
test_much_between(void **state)
{
	char text[1024] = "+CDSI: \"SR\",2\r\n+CDS: 3\r\n000601\r\n+CMTI: \"SM\",3\r\n+CMT: ,1\r\n0 4\r\n";

	(void)state;
	for (int i = 10; i < 20; i++)
		sprintf(text + strlen(text), "+CMTI: \"SM\",%d\r\n", i);
	strcat(text, "\r\nOK\r\n");
	assert_true(feed_text(text));
	assert_int_equal(answer.news_count, RAWAT_NEWS_MOST);
	assert_string_equal(answer.news[0].memory, "SR");
	assert_int_equal(answer.news[0].slot, 2);
	assert_int_equal(answer.news[1].direct.bytes[1], 0x06);
	assert_int_equal(answer.news[2].slot, 3);
	assert_true(answer.news[3].direct.characters);
	assert_int_equal(answer.news[7].slot, 13);
	assert_int_equal(answer.body.length, 0);
}

static void
test_any_bytes(void **state)
{
	static const char *const words[] = { "OK", "\r", "\n", "+CMGR: ", "+CMT: ", "ERROR", "+CMS ERROR: ", "07", "FF",
	                                     "+CMTI: \"SM\",", "\"", ",", "AT+CMGR=1", "-", "99999999999999999999" };
	char bytes[6000];

	(void)state;
	srandom(1);
	for (int n = 0; n < 20000; n++) {
		size_t length = 0, most = (size_t)random() % (n % 100 == 0 ? sizeof bytes : 200);

		while (length < most) {
			const char *word = words[(size_t)random() % (sizeof words / sizeof *words)];
			size_t more = strlen(word);

			if (random() % 3 == 0 || more > most - length) {
				bytes[length++] = (char)random();
			} else {
				memcpy(bytes + length, word, more);
				length += more;
			}
		}
		feed(bytes, length, 1 + (size_t)random() % 300);
		assert_true(answer.body.length <= SMS_RAW_MAX && answer.news_count <= RAWAT_NEWS_MOST);
		for (size_t i = 0; i < answer.news_count; i++)
			assert_true(answer.news[i].slot >= 0 && answer.news[i].direct.length <= SMS_RAW_MAX);
	}
}

/* Bytes without an end do not keep it waiting. */
static void
test_junk_ends_in_time(void **state)
{
	int pair[2], flags;
	int64_t begin = clock_monotonic_ms();
	pid_t child;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	flags = fcntl(pair[0], F_GETFL);
	fcntl(pair[0], F_SETFL, flags | O_NONBLOCK);
	child = fork();
	if (child == 0) {
		close(pair[0]);
		while (write(pair[1], "x\r\n", 3) == 3)
			usleep(20000);
		_exit(0);
	}
	close(pair[1]);
	memset(&answer, 0, sizeof answer);
	assert_int_equal(rawat_ask(pair[0], "AT", 300, &answer), -ETIMEDOUT);
	assert_in_range(clock_monotonic_ms() - begin, 250, 2000);
	close(pair[0]);
	waitpid(child, NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_behind_the_end),
		cmocka_unit_test(test_no_message),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_not_hexadecimal),
		cmocka_unit_test(test_lines_between),
		cmocka_unit_test(test_much_between),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_junk_ends_in_time),
	};

	return cmocka_run_group_tests_name("rawat", tests, NULL, NULL);
}
