/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lex: what shapes a folded text falls into. No word means anything yet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "lang/lex.h"

/* "W:ANAK N:3 P:2/1": kinds and texts of the tokens. */
static const char *
shapes_of(const char *text)
{
	static const char letters[TOKEN_KINDS + 1] = "WNVKDMPRC";
	static struct token tokens[TOKENS_MAX];
	static char out[600];
	size_t count = lex_text(text, tokens), used = 0, i;

	out[0] = '\0';
	for (i = 0; i < count && i < TOKENS_MAX; i++)
		used += (size_t)snprintf(out + used, sizeof out - used, "%s%c:%s", i != 0 ? " " : "",
					 letters[tokens[i].kind], tokens[i].text);
	return out;
}

static void
falls_into_shapes(void **state)
{
	static const struct { const char *text, *shapes; } cases[] = {
		{ "", "" }, { " .,;:=*#+-/&()?\n", "" },
		{ "ANAK 3", "W:ANAK N:3" }, { "ANAK3LANSIA2", "W:ANAK N:3 W:LANSIA N:2" }, { "3ORG", "N:3 W:ORG" },
		{ "ANAK=3;LANSIA:2", "W:ANAK N:3 W:LANSIA N:2" }, { "PMKS.ANAK.3", "W:PMKS W:ANAK N:3" },
		/* O for 0 */
		{ "1O", "N:1O" }, { "1O5", "N:1O5" }, { "O5", "N:O5" }, { "3ORANG", "N:3 W:ORANG" }, { "OKT26", "W:OKT N:26" },
		{ "O", "W:O" }, { "OO", "W:OO" },
		/* codes, dates, months */
		{ "32.07.34.2007", "V:32.07.34.2007" }, { "32.07.34", "K:32.07.34" }, { "25-10-2026", "D:25-10-2026" },
		{ "5/1/2026", "D:5/1/2026" }, { "10/2026", "M:10/2026" }, { "2026-09", "M:2026-09" }, { "9-2026", "M:9-2026" },
		/* pairs, ranges, fractions, thousands */
		{ "2/1", "P:2/1" }, { "002/001", "P:002/001" }, { "3-4", "R:3-4" }, { "3,5", "C:3,5" }, { "19:30", "C:19:30" },
		{ "1.200", "N:1.200" }, { "1.200.000", "N:1.200.000" }, { "12.00", "C:12.00" },
		{ "3 - 4", "N:3 N:4" }, { "3-LANSIA", "N:3 W:LANSIA" }, { "ANAK-3", "W:ANAK N:3" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(shapes_of(cases[i].text), cases[i].shapes);
}

static void
gives_numbers(void **state)
{
	static const struct { const char *text; long a, b, c; } cases[] = {
		{ "1O", 10, -1, -1 }, { "007", 7, -1, -1 }, { "1.200", 1200, -1, -1 }, { "0", 0, -1, -1 },
		{ "999999999", 999999999, -1, -1 }, { "1000000000", -1, -1, -1 }, { "0000000000012", 12, -1, -1 },
		{ "25-10-2026", 25, 10, 2026 }, { "2026-09", 9, 2026, -1 }, { "10/2026", 10, 2026, -1 }, { "2/1", 2, 1, -1 },
		{ "3-4", 3, 4, -1 }, { "3,5", 3, 5, -1 },
	};
	static struct token tokens[TOKENS_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(lex_text(cases[i].text, tokens), 1);
		assert_int_equal(tokens[0].a, cases[i].a);
		assert_int_equal(tokens[0].b, cases[i].b);
		assert_int_equal(tokens[0].c, cases[i].c);
	}
}

static void
remembers_what_stood_between(void **state)
{
	static const struct { const char *text; unsigned gap; char next; } cases[] = {
		{ "A3", 0, '\0' }, { "A 3.", GAP_BLANK, '.' }, { "A, 3", GAP_COMMA | GAP_BLANK, '\0' }, { "A\n3)", GAP_LINE, ')' },
		{ "A +3", GAP_BLANK | GAP_PLUS, '\0' }, { "A (3)", GAP_BLANK | GAP_BRACKET, ')' }, { "A-3", GAP_HYPHEN, '\0' },
		{ "A.3", GAP_DOT, '\0' }, { "A=3%", GAP_OTHER, '%' },
	};
	static struct token tokens[TOKENS_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(lex_text(cases[i].text, tokens), 2);
		assert_int_equal(tokens[0].gap, GAP_LINE);
		assert_int_equal(tokens[1].gap, cases[i].gap);
		assert_int_equal(tokens[1].next, cases[i].next);
	}
}

static void
bears_any_length(void **state)
{
	static struct token tokens[TOKENS_MAX];
	static char text[4000];

	(void)state;
	memset(text, 'A', 200);
	assert_int_equal(lex_text(text, tokens), 1);
	assert_int_equal(strlen(tokens[0].text), TOKEN_SIZE - 1);
	assert_int_equal(tokens[0].end, 200);
	memset(text, '9', 200);
	assert_int_equal(lex_text(text, tokens), 1);
	assert_int_equal(tokens[0].a, -1);
	for (size_t i = 0; i + 1 < sizeof text; i++)
		text[i] = i % 2 != 0 ? ' ' : 'A';
	assert_int_equal(lex_text(text, tokens), TOKENS_MAX + 1);
}

/* A NIK however it is grouped; but no two numbers that only stand in one message. */
static void
knows_an_identity_number(void **state)
{
	static const struct { const char *text; bool identity; } cases[] = {
		{ "3207341234567890", true }, { "32073412345678901", true }, { "320734123456789", false },
		{ "3207 3412 3456 7890", true }, { "3207.3412.3456.7890", true }, { "3207-3412-3456-7890", true },
		{ "32.07.34.120380.0001", true }, { "32O7341234567890", true },
		{ "3207 3412, 3456 7890", false }, { "3207 3412 X 3456 7890", false },
		/* a village by its code, and when */
		{ "32.07.34.2007 10-2026", false }, { "12345678 32.07.34.2007", false },
	};
	static struct token tokens[TOKENS_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(lex_is_identity(tokens, lex_text(cases[i].text, tokens), 0), cases[i].identity);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(falls_into_shapes), cmocka_unit_test(gives_numbers),
		cmocka_unit_test(remembers_what_stood_between), cmocka_unit_test(bears_any_length),
		cmocka_unit_test(knows_an_identity_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
