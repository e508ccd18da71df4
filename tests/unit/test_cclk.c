/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_cclk: the time that modems tell, and all that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "modem/cclk.h"

static void
test_times(void **state)
{
	static const char *const lines[][2] = {
		{ "+CCLK: \"26/11/22,16:35:01+28\"", "2026-11-22T16:35:01+07:00" },
		{ "+CCLK:\"2026/11/22,16:35:01+36\"", "2026-11-22T16:35:01+09:00" },
		{ "+CCLK: \"26/11/22,09:35:01+00\"", "2026-11-22T09:35:01+00:00" },
		{ "+CCLK: \"26/11/22,06:05:01-14\"", "2026-11-22T06:05:01-03:30" },
	};
	char out[SMS_TIME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		assert_true(cclk_read(lines[i][0], out));
		assert_string_equal(out, lines[i][1]);
	}
}

/* What modems count from that no network has told anything; halves; digits in excess; other shapes. */
static void
test_no_times(void **state)
{
	static const char *const lines[] = {
		"", "+CCLK:", "+CCLK: \"\"", "+CCLK: \"", "+CCLK: \"80/01/06,00:00:07+00\"", "+CCLK: \"70/01/01,00:00:07+28\"",
		"+CCLK: \"1980/01/06,00:00:07+00\"", "+CCLK: \"9999/12/31,00:00:07+00\"", "+CCLK: \"26/11/22,16:35:01\"",
		"+CCLK: \"26/11/22,16:35+28\"", "+CCLK: \"26/13/22,16:35:01+28\"", "+CCLK: \"26/00/22,16:35:01+28\"",
		"+CCLK: \"26/11/32,16:35:01+28\"", "+CCLK: \"26/11/00,16:35:01+28\"", "+CCLK: \"26/11/22,24:35:01+28\"",
		"+CCLK: \"26/11/22,16:60:01+28\"", "+CCLK: \"26/11/22,16:35:61+28\"", "+CCLK: \"26/11/22,16:35:01+57\"",
		"+CCLK: \"26/11/22,16:35:01+28", "+CCLK: \"26/11/22,16:35:01+2\"", "+CCLK: \"26/11/22,16:35:01+228\"",
		"+CCLK: \"26/11/22 16:35:01+28\"", "+CCLK: \"026/11/22,16:35:01+28\"", "+CCLK: \"-6/11/22,16:35:01+28\"",
		"+CCLK: \"26-11-22,16:35:01+28\"", "+CCLK: \"00320036002F00310031\"", "26/11/22,16:35:01+28",
	};
	char out[SMS_TIME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		strcpy(out, "before");
		if (cclk_read(lines[i], out))
			fail_msg("%s is taken for %s", lines[i], out);
		assert_string_equal(out, "");
	}
}

/* Any bytes: each cut and each change of a good line, in a copy of its own size. */
static void
test_any(void **state)
{
	static const char good[] = "+CCLK: \"26/11/22,16:35:01+28\"";
	char out[SMS_TIME_SIZE];

	(void)state;
	for (size_t length = 0; length < sizeof good; length++) {
		for (size_t at = 0; at < length; at++) {
			for (int byte = 1; byte < 256; byte += 3) {
				char *line = calloc(1, length + 1);

				assert_non_null(line);
				memcpy(line, good, length);
				line[at] = (char)byte;
				if (cclk_read(line, out))
					assert_int_equal(strlen(out), 25);
				free(line);
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_no_times),
		cmocka_unit_test(test_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
