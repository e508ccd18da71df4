/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_ussd: a text of the network is read whichever way the modem has written it, and never anything else of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "modem/ussd.h"

static void
check(const char *line, enum ussd_state state, const char *text)
{
	struct ussd_answer answer;

	assert_true(ussd_read(line, &answer));
	assert_int_equal(answer.state, state);
	assert_string_equal(answer.text, text);
}

/* As modems have given it: packed (E160), as it is, UCS-2 (E3276), UCS-2 with a language before and its memory behind
 * (HE910-D). */
static void
test_recorded(void **state)
{
	(void)state;
	check("+CUSD: 0,\"49B41C74ACD3D16171D90D32FBE52072BA0C5A86E5F432485CA6CBF7673AA8E6BAE140C5BAFCDD00\",15", USSD_DONE,
	      "Ihr Guthaben f\u00fcr die Karte betr\u00e4gt 5.78 Euro");
	check("+CUSD: 2,\"Maaf, permintaan Anda tidak dapat kami proses. Silakan coba beberapa saat lagi.\",0",
	      USSD_TERMINATED, "Maaf, permintaan Anda tidak dapat kami proses. Silakan coba beberapa saat lagi.");
	check("+CUSD: 0,\"0414043B044F00200441043F044004300432043A04380020043E002004310430043B0430043D04410435\",72",
	      USSD_DONE, "\u0414\u043b\u044f \u0441\u043f\u0440\u0430\u0432\u043a\u0438 \u043e \u0431\u0430\u043b\u0430\u043d\u0441\u0435");
	check("+CUSD: 2,\"613906310635064A062F06430020003100300037002E0039003300200000FFFF60B16260EEEEFFFF\",17",
	      USSD_TERMINATED, "\u0631\u0635\u064a\u062f\u0643 107.93");
}

static void
test_ways_to_write(void **state)
{
	(void)state;
	check("+CUSD: 0,\"Pulsa Rp25.000 aktif s/d 31-12-2026\",15", USSD_DONE, "Pulsa Rp25.000 aktif s/d 31-12-2026");
	check("+CUSD: 0,\"Pulsa Rp25.000\"", USSD_DONE, "Pulsa Rp25.000");
	check("+CUSD: 0,\"00500075006C0073006100200052007000320035002E003000300030\",15", USSD_DONE, "Pulsa Rp25.000");
	check("+CUSD: 0,\"00500075006c0073006100200052007000320035002e003000300030\",72", USSD_DONE, "Pulsa Rp25.000");
	check("+CUSD: 0,\"D03A7B1E0649E1B29A0B068301\",15", USSD_DONE, "Pulsa Rp25.000");
	check("+CUSD: 0,\"50756C73612052703235303030\",15", USSD_DONE, "Pulsa Rp25000");
	check("+CUSD:0,\"Pulsa Rp5\" , 15", USSD_DONE, "Pulsa Rp5");
}

/* A text of digits is no hexadecimal. */
static void
test_digits_are_themselves(void **state)
{
	(void)state;
	check("+CUSD: 0,\"25000\",15", USSD_DONE, "25000");
	check("+CUSD: 0,\"00250000\",15", USSD_DONE, "00250000");
	check("+CUSD: 0,\"628400001234\",15", USSD_DONE, "628400001234");
}

static void
test_states(void **state)
{
	(void)state;
	check("+CUSD: 4", USSD_NOT_SUPPORTED, "");
	check("+CUSD: 5", USSD_TIMEOUT, "");
	check("+CUSD: 2,\"\",15", USSD_TERMINATED, "");
	check("+CUSD: 1,\"1 Pulsa 2 Paket 0 Keluar\",15", USSD_REPLY_WANTED, "1 Pulsa 2 Paket 0 Keluar");
}

static void
test_one_clean_line(void **state)
{
	(void)state;
	check("+CUSD: 1,\"Menu:\r\n1 Kuota\n\n 2 Paket  \",15", USSD_REPLY_WANTED, "Menu: 1 Kuota 2 Paket");
	check("+CUSD: 0,\"a\x1b[31mb\x7f\x01\",15", USSD_DONE, "a [31mb");
	check("+CUSD: 0,\"Rp\xff\xfe 5\",15", USSD_DONE, "Rp?? 5");
	check("+CUSD: 0,\"kata \"Pulsa\" Rp5\",15", USSD_DONE, "kata \"Pulsa\" Rp5");
	check("+CUSD: 0,\"tanpa akhir", USSD_DONE, "tanpa akhir");
	check("+CUSD: 0,\"0041D8000042\",72", USSD_DONE, "A\ufffdB");
}

static void
test_too_long(void **state)
{
	char line[3000] = "+CUSD: 0,\"";
	struct ussd_answer answer;

	(void)state;
	memset(line + 10, 'x', sizeof line - 11);
	assert_true(ussd_read(line, &answer));
	assert_in_range(strlen(answer.text), 182, USSD_UNITS_MAX);
	memset(line + 10, 'D', sizeof line - 11);
	assert_true(ussd_read(line, &answer));
	assert_true(strlen(answer.text) < USSD_TEXT_SIZE);
}

static void
test_no_such_line(void **state)
{
	static const char *const lines[] = { "", "OK", "+CUSD", "+CUSD: ", "+CUSD: x", "+CUSD: 9", "+CUSD: 12", "+CMTI: \"SM\",1",
					     "+CUSD: -1,\"a\"" };
	struct ussd_answer answer;

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_false(ussd_read(lines[i], &answer));
}

static void
test_codes(void **state)
{
	static const char *const good[] = { "*888#", "*123*7#", "#100#", "*100*5*1#" };
	static const char *const bad[] = { "", "*", "888", "*888#;", "*888#\r", "AT", "*88 8#", "+628400001234", "*8a#",
					   "*1234567890123456789012345678901#" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(ussd_code_sane(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(ussd_code_sane(bad[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recorded),
		cmocka_unit_test(test_ways_to_write),
		cmocka_unit_test(test_digits_are_themselves),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_one_clean_line),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_no_such_line),
		cmocka_unit_test(test_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
