/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_line: unasked lines stay outside, answers go through, however the bytes are cut and the lines ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "modem/line.h"

static char seen[16384];
static struct line_filter filter;

/* In pieces of that size, each out buffer of exactly the promised size. */
static void
pass(const char *text, size_t piece)
{
	size_t length = strlen(text), made = 0;

	memset(&filter, 0, sizeof filter);
	for (size_t at = 0; at < length; at += piece) {
		size_t count = length - at < piece ? length - at : piece;
		char *out = malloc(2 * count + LINE_MOST);

		assert_non_null(out);
		size_t more = line_pass(&filter, text + at, count, out);
		memcpy(seen + made, out, more);
		made += more;
		free(out);
	}
	seen[made] = '\0';
}

/* What ends a line becomes one LF, empty lines are left out. */
static void
squeeze(const char *text, char *out)
{
	for (size_t made = 0; *text; text++) {
		if (*text != '\r' && *text != '\n')
			out[made++] = *text;
		else if (made > 0 && out[made - 1] != '\n')
			out[made++] = '\n';
		out[made] = '\0';
	}
}

static void
check(const char *text, const char *wanted)
{
	char lines[sizeof seen], wanted_lines[512];

	squeeze(wanted, wanted_lines);
	for (size_t piece = 1; piece <= strlen(text); piece++) {
		pass(text, piece);
		squeeze(seen, lines);
		assert_string_equal(lines, wanted_lines);
	}
}

static void
test_answers_go_through(void **state)
{
	static const char *const texts[] = {
		"AT\r\r\nOK\r\n",
		"AT+CMGR=1\r\r\n+CMGR: 0,,23\r\n0791AB\r\n\r\nOK\r\n",
		"AT+CGMM\r\r\nEMU100\r\n\r\nOK\r\n",
		"AT+CGSN\r\r\n+GSN: 490154203237518\r\n\r\nOK\r\n",
		"AT+CMGS=23\r\r\n> 0691AB\x1A\r\n+CMGS: 7\r\n\r\nOK\r\n",
		"AT+CMGS=23\r\r\n+CMS ERROR: 500\r\n",
		"AT^SYSINFO\r\r\n^SYSINFO:2,3,0\r\n\r\nOK\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		check(texts[i], texts[i]);
	pass("AT+CMGS=23\r\r\n> ", 1);
	assert_string_equal(seen, "AT+CMGS=23\r\n\r\n> ");     /* nobody ends this line */
}

static void
test_messages_go_through(void **state)
{
	static const char text[] = "AT\rOK\r\n+CMTI: \"SM\",3\r\n+CMT: ,23\r\n0791AB\r\n+CDS: 23\r\n06AB\r\n+CDSI: \"SR\",1\r\n";

	(void)state;
	check(text, text);
}

static void
test_others_do_not(void **state)
{
	(void)state;
	check("AT\rOK\r^RSSI: 17\r\nRING\r\nSOMETHING\r\n+CREG: 1\r\n", "AT\rOK\r\r\n\r\n\r\n\r\n");
	check("AT+CMGR=1\r^RSSI: 17\r\n+CMGR: 0,,1\r\n+FOO: 1\r\nRING\r\n0791\r\n$QC\r\nOK\r\n",
	      "AT+CMGR=1\r\r\n+CMGR: 0,,1\r\n\r\n\r\n0791\r\n\r\nOK\r\n");
}

static void
test_before_the_first_echo_all(void **state)
{
	(void)state;
	check("garbage\r\n+FOO: 1\r\nOK\r\n", "garbage\r\n+FOO: 1\r\nOK\r\n");
}

/* A menu has several lines; they are one for the library. A text that never ends takes nothing with it. */
static void
test_texts_of_several_lines(void **state)
{
	(void)state;
	check("AT\rOK\r+CUSD: 1,\"Menu:\r\n1 Pulsa\r\n\r\n2 Paket\",15\r\n+CMTI: \"SM\",3\r\n",
	      "AT\rOK\r+CUSD: 1,\"Menu: 1 Pulsa 2 Paket\",15\r\n+CMTI: \"SM\",3\r\n");
	check("AT\rOK\rAT+CUSD=1,\"*888#\",15\r+CUSD: 0,\"a\nOKE\nb\"\rOK\r",
	      "AT\rOK\rAT+CUSD=1,\"*888#\",15\r+CUSD: 0,\"a OKE b\"\rOK\r");
	check("AT\rOK\r+CUSD: 0,\"no end\r\nof it\r\nAT+CSQ\r+CSQ: 9,9\r\nOK\r\n",
	      "AT\rOK\r+CUSD: 0,\"no end of it\r\nAT+CSQ\r\n+CSQ: 9,9\r\nOK\r\n");
	check("AT\rOK\r+CUSD: 0,\"no end\r\n+CMTI: \"SM\",3\r\n", "AT\rOK\r+CUSD: 0,\"no end\r\n+CMTI: \"SM\",3\r\n");
}

static void
test_long_lines(void **state)
{
	static char text[9000] = "AT\rOK\r";

	(void)state;
	memset(text + 6, 'x', 8192);
	strcat(text, "\rOK\r");
	for (size_t piece = 1; piece <= 1000; piece += 999) {
		pass(text, piece);
		assert_memory_equal(seen, "AT\r\nOK\r\n", 8);
		assert_memory_equal(seen + 8, text + 6, 8192);
		assert_string_equal(seen + 8 + 8192, "\r\nOK\r\n");
	}
}

/* The library waits for CR LF at the end of an answer, whatever the modem ends its lines with. */
static void
test_line_ends(void **state)
{
	static const char *const ends[] = { "\r", "\n", "\r\n", "\n\r", "\r\r\n", "\r\n\r\n" };
	char text[100];

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		snprintf(text, sizeof text, "AT+CMGR=1\r%s+CMGR: 0,,1%s0791%s%sOK%s", ends[i], ends[i], ends[i], ends[i],
		         ends[i]);
		for (size_t piece = 1; piece <= strlen(text); piece++) {
			pass(text, piece);
			assert_non_null(strstr(seen, "AT+CMGR=1\r\n"));
			assert_non_null(strstr(seen, "+CMGR: 0,,1\r\n"));
			assert_non_null(strstr(seen, "0791\r\n"));
			assert_non_null(strstr(seen, "OK\r\n"));
		}
	}
}

/* Else the answer would be taken for something that nobody asked for. */
static void
test_noise_before_an_echo(void **state)
{
	(void)state;
	check("AT\rOK\r\x13\xF0RINATAT+CMGR=1\r+CMGR: 0,,1\r\n0791\r\nOK\r\n", "AT\rOK\rAT+CMGR=1\r+CMGR: 0,,1\r0791\rOK\r");
	check("AT\rOK\rxxATE1\rOK\r\nyAT\rOK\r", "AT\rOK\rATE1\rOK\rAT\rOK\r");
	check("AT\rOK\rSATU\rDATA\r+CREG: \"AT\"\rOK\r", "AT\rOK\rOK\r");
}

static size_t
portion(const char *text)
{
	return line_portion(text, strlen(text));
}

/* The library credits the result of what it reads last to what it reads first. */
static void
test_an_answer_comes_alone(void **state)
{
	(void)state;
	assert_int_equal(portion("\r\n+CMS ERROR: 321\r\n\r\n+CMTI: \"SM\",2\r\n"), 21);
	assert_int_equal(portion("\r\nOK\r\n+CMTI: \"SM\",2\r\n"), 6);
	assert_int_equal(portion("\r\n+CMTI: \"SM\",2\r\n\r\nOK\r\n"), 23);
	assert_int_equal(portion("\r\nOKAY\r\nOK"), 10);
	assert_int_equal(portion("\r\nERROR\r"), 8);
	assert_int_equal(portion(""), 0);
}

static void
test_any_bytes(void **state)
{
	static const char *const words[] = { "AT", "\r", "\n", "OK", "> ", "+CMT: ", "+", ":", "RING", "\x1b", "+CMS ERROR", "+CUSD: 0,\"", "\"" };
	static char in[3000], out[2 * sizeof in + LINE_MOST];

	(void)state;
	srandom(1);
	memset(&filter, 0, sizeof filter);
	for (int n = 0; n < 20000; n++) {
		size_t length = 0, most = (size_t)random() % (n % 50 == 0 ? sizeof in : 100);

		while (length < most) {
			const char *word = words[(size_t)random() % (sizeof words / sizeof *words)];
			size_t more = strlen(word);

			if (random() % 4 == 0 || more > most - length) {
				in[length++] = (char)random();
			} else {
				memcpy(in + length, word, more);
				length += more;
			}
		}
		most = 2 * length + LINE_MOST;
		length = line_pass(&filter, in, length, out);
		assert_true(length <= most);
		assert_true(line_portion(out, length) <= length);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers_go_through),
		cmocka_unit_test(test_messages_go_through),
		cmocka_unit_test(test_others_do_not),
		cmocka_unit_test(test_before_the_first_echo_all),
		cmocka_unit_test(test_texts_of_several_lines),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_noise_before_an_echo),
		cmocka_unit_test(test_an_answer_comes_alone),
		cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
