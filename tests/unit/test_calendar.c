/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_calendar: reminders as files declare them, the moments they become, and quiet hours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "grammar_copy.h"
#include "lang/calendar.h"

/* The shipped grammar with this file besides; the loader's words in *error if it takes none. */
static struct grammar *
load_calendar(const char *text, char **error)
{
	struct grammar *grammar;

	copy_grammars();
	write_bytes("66-test.grammar", text, strlen(text));
	grammar = grammar_load(copied, NULL, error);
	remove_copy();
	return grammar;
}

/* Every text must be sent by something. */
#define USED "reminder PAKAI \"x\"\n when day 1 at 0\n about last month\n to PSM\n deadline day 5\n valid 1 day\n send UJI_PER\n" \
	     "reminder PAKAI-2 \"x\"\n when day 1 at 0\n to PSM\n valid 1 day\n send UJI\n"
#define REPLIES "reply UJI \"Halo {nama}\"\nreply UJI_PER \"{per} {kapan} {tgl} {lapor}\"\n"

static struct grammar *
grammar_with(const char *reminders)
{
	char text[2048], *error;
	struct grammar *grammar;

	snprintf(text, sizeof text, "%s%s%s", REPLIES, USED, reminders);
	grammar = load_calendar(text, &error);
	if (grammar == NULL)
		fail_msg("%s", error);
	return grammar;
}

static int64_t
moment(int year, int month, int day, int hour, int minute)
{
	return civil_moment(&(struct civil){ year, month, day, hour, minute }, 7 * 3600);
}

/* The occasions of the reminder UJI from there on: "WIB 2026-10-25 08:00 2026-10" each. */
static void
expect_next(const struct grammar *grammar, int64_t after, size_t count, const char *const *lines)
{
	struct occasion occasion = { .due = after };
	char line[80], name[CALENDAR_PERIOD_SIZE];

	for (size_t i = 0; i < count; i++) {
		do
			assert_true(calendar_next(grammar, &occasion, &occasion));
		while (strcmp(occasion.reminder->name, "UJI") != 0);
		calendar_occasion_name(&occasion, name);
		snprintf(line, sizeof line, "%s %04d-%02d-%02d %02d:%02d %s", occasion.zone->name, occasion.day.year,
			 occasion.day.month, occasion.day.day, occasion.day.hour, occasion.day.minute, name);
		assert_string_equal(line, lines[i]);
		assert_int_equal(civil_moment(&occasion.day, occasion.zone->east), occasion.due);
	}
}

static void
expect_when(const char *when, const char *about, int64_t after, size_t count, const char *const *lines)
{
	char text[400];
	struct grammar *grammar;

	snprintf(text, sizeof text, "reminder UJI \"uji\"\n    when %s\n%s    to PSM\n    send UJI\n    valid 1 day\n", when, about);
	grammar = grammar_with(text);
	expect_next(grammar, after, count, lines);
	grammar_free(grammar);
}

#define WHEN(when, about, after, ...) \
	expect_when(when, about, after, sizeof (const char *const[]){ __VA_ARGS__ } / sizeof (char *), \
		    (const char *const[]){ __VA_ARGS__ })

/* The east is earlier; the very moment is over. */
static void
each_zone_has_its_own_morning(void **state)
{
	(void)state;
	WHEN("day 25 at 8", "    about this month\n", moment(2026, 10, 20, 0, 0), "WIT 2026-10-25 08:00 2026-10",
	     "WITA 2026-10-25 08:00 2026-10", "WIB 2026-10-25 08:00 2026-10", "WIT 2026-11-25 08:00 2026-11");
	WHEN("day 25 at 8", "    about this month\n", moment(2026, 10, 25, 8, 0), "WIT 2026-11-25 08:00 2026-11");
	WHEN("day 25 at 8", "    about this month\n", moment(2026, 10, 25, 8, 0) - 1, "WIB 2026-10-25 08:00 2026-10");
}

static void
days_of_the_calendar(void **state)
{
	(void)state;
	WHEN("day 31 at 8.30", "", moment(2026, 2, 1, 0, 0), "WIT 2026-02-28 08:30 2026-02-28",
	     "WITA 2026-02-28 08:30 2026-02-28", "WIB 2026-02-28 08:30 2026-02-28", "WIT 2026-03-31 08:30 2026-03-31");
	WHEN("last day at 8", "", moment(2028, 2, 1, 0, 0), "WIT 2028-02-29 08:00 2028-02-29");
	WHEN("day 29 of 2 at 8", "", moment(2026, 3, 1, 0, 0), "WIT 2027-02-28 08:00 2027-02-28");
	WHEN("first monday at 9", "", moment(2026, 10, 20, 0, 0), "WIT 2026-11-02 09:00 2026-11-02");
	WHEN("last friday of 12 at 9", "", moment(2026, 10, 20, 0, 0), "WIT 2026-12-25 09:00 2026-12-25");
	WHEN("sunday at 0", "", moment(2026, 10, 20, 0, 0), "WIT 2026-10-25 00:00 2026-10-25");
	WHEN("daily at 16", "", moment(2026, 12, 31, 16, 0), "WIT 2027-01-01 16:00 2027-01-01");
}

static void
periods(void **state)
{
	(void)state;
	WHEN("day 3 at 8", "    about last month\n", moment(2026, 12, 20, 0, 0), "WIT 2027-01-03 08:00 2026-12");
	WHEN("day 10 of 1, 4, 7, 10 at 8", "    about last quarter\n", moment(2026, 12, 20, 0, 0),
	     "WIT 2027-01-10 08:00 2026-TW4", "WITA 2027-01-10 08:00 2026-TW4", "WIB 2027-01-10 08:00 2026-TW4",
	     "WIT 2027-04-10 08:00 2027-TW1");
	WHEN("day 15 of 1, 7 at 8", "    about last semester\n", moment(2026, 7, 14, 0, 0), "WIT 2026-07-15 08:00 2026-S1");
	WHEN("day 20 of 1 at 8", "    about last year\n", moment(2026, 2, 1, 0, 0), "WIT 2027-01-20 08:00 2026");
}

/* Every occasion comes once, in the order of time, however the way to it is cut into pieces. */
static void
every_occasion_once(void **state)
{
	struct grammar *grammar;
	char *error;
	int64_t begin = moment(2026, 1, 1, 0, 0), end = moment(2026, 4, 1, 0, 0), at, last = 0;
	struct occasion whole = { .due = begin };
	int one = 0, pieces = 0;

	(void)state;
	grammar = grammar_load("grammars", NULL, &error);
	assert_non_null(grammar);
	while (calendar_next(grammar, &whole, &whole) && whole.due <= end) {
		assert_true(whole.due >= last);
		last = whole.due;
		one++;
	}
	srand(7);
	for (at = begin; at < end;) {
		int64_t until = at + rand() % 400000;
		struct occasion piece = { .due = at };

		until = until > end ? end : until;
		while (calendar_next(grammar, &piece, &piece) && piece.due <= until)
			pieces++;
		at = until;
	}
	assert_int_equal(one, pieces);
	assert_true(one > 3 * 3 * 6);
	grammar_free(grammar);
}

static void
what_texts_say_of_it(void **state)
{
	struct grammar *grammar = grammar_with("reminder UJI \"uji\"\n    when day 25 at 8\n    about this month\n"
					       "    to PSM\n    send UJI_PER\n    deadline day 5\n    valid 1 day\n");
	struct occasion occasion = { .due = moment(2026, 10, 20, 0, 0) };
	struct reply_form form;

	(void)state;
	do
		assert_true(calendar_next(grammar, &occasion, &occasion));
	while (strcmp(occasion.reminder->name, "UJI") != 0);
	reply_start(&form, "UJI_PER");
	calendar_fill(grammar, &occasion, &form);
	assert_string_equal(reply_value(&form, "per"), "OKT 2026");
	assert_string_equal(reply_value(&form, "kapan"), "BLN 10");
	assert_string_equal(reply_value(&form, "tgl"), "05-11-2026");
	occasion.first = 2026 * 12 + 6;
	occasion.last = occasion.first + 2;
	occasion.day.day = 5;
	calendar_fill(grammar, &occasion, &form);
	assert_string_equal(reply_value(&form, "per"), "TW3 2026");
	assert_string_equal(reply_value(&form, "kapan"), "TW 3");
	assert_string_equal(reply_value(&form, "tgl"), "05-10-2026");
	occasion.last = occasion.first + 5;
	calendar_fill(grammar, &occasion, &form);
	assert_string_equal(reply_value(&form, "kapan"), "SMT 2");
	occasion.first = 2026 * 12;
	occasion.last = occasion.first + 11;
	calendar_fill(grammar, &occasion, &form);
	assert_string_equal(reply_value(&form, "per"), "2026");
	assert_string_equal(reply_value(&form, "kapan"), "THN 2026");
	grammar_free(grammar);
}

static void
quiet_hours(void **state)
{
	struct grammar *grammar;
	const struct zone *wib, *wit;
	char *error;

	(void)state;
	grammar = grammar_load("grammars", NULL, &error);
	assert_non_null(grammar);
	wib = grammar_zone_of(grammar, "32.07");
	wit = grammar_zone_of(grammar, "91");
	assert_int_equal(calendar_open(grammar, wib, moment(2026, 10, 20, 12, 0)), moment(2026, 10, 20, 12, 0));
	assert_int_equal(calendar_open(grammar, wib, moment(2026, 10, 20, 19, 59)), moment(2026, 10, 20, 19, 59));
	assert_int_equal(calendar_open(grammar, wib, moment(2026, 10, 31, 20, 0)), moment(2026, 11, 1, 7, 0));
	assert_int_equal(calendar_open(grammar, wib, moment(2026, 10, 20, 6, 59)), moment(2026, 10, 20, 7, 0));
	assert_int_equal(calendar_open(grammar, wib, moment(2026, 10, 20, 7, 0)), moment(2026, 10, 20, 7, 0));
	assert_int_equal(calendar_open(grammar, wit, moment(2026, 10, 20, 18, 0)), moment(2026, 10, 21, 5, 0));
	grammar->limits[LIMIT_QUIET_FROM] = grammar->limits[LIMIT_QUIET_UNTIL];
	assert_int_equal(calendar_open(grammar, wib, moment(2026, 10, 20, 23, 0)), moment(2026, 10, 20, 23, 0));
	grammar_free(grammar);
}

/* --- the loader --- */

static void
expect_fault(const char *text, int line, const char *what)
{
	char expected[500], *error, *found;

	assert_null(load_calendar(text, &error));
	strip_dir(error);
	snprintf(expected, sizeof expected, "66-test.grammar:%d: %s", line, what);
	found = strstr(error, expected);
	if (found == NULL || (found != error && found[-1] != '\n'))
		fail_msg("expected\n%s\ngot\n%s", expected, error);
	free(error);
}

#define HEAD "reminder UJI \"uji\"\n"
#define REST "    to PSM\n    send INGAT_KBS\n    valid 1 day\n"

static void
faults_are_named(void **state)
{
	(void)state;
	expect_fault("reminder uji \"uji\"\n", 1, "reminder uji, expected at most 20 capital letters, digits and hyphens");
	expect_fault("reminder UJI\n", 1, "the line ends, expected what it is for in quotes");
	expect_fault(HEAD "    when day 1 at 8\n" REST HEAD, 6, "reminder UJI stands already at 66-test.grammar:1, expected it once");
	expect_fault(HEAD REST, 1, "nothing says \"when\" below this \"reminder\", expected it");
	expect_fault(HEAD "    when day 1 at 8\n    valid 1 day\n    send INGAT_KBS\n", 1,
		     "nothing says \"to\" below this \"reminder\", expected it");
	expect_fault(HEAD "    wen day 1 at 8\n", 2, "wen cannot stand below \"reminder\" (did you mean when?), expected when, "
		     "about, each, to, if, send, deadline or valid");
	expect_fault(HEAD "    when day 1 at 8\n    when day 2 at 8\n" REST, 3, "when stands twice below this \"reminder\", expected it once");
	expect_fault(HEAD "    when day 32 at 8\n" REST, 2, "32, expected a day from 1 to 31");
	expect_fault(HEAD "    when day 1 of 13 at 8\n" REST, 2, "13, expected months from 1 to 12");
	expect_fault(HEAD "    when day 1\n" REST, 2, "the line ends, expected \"at\"");
	expect_fault(HEAD "    when day 1 at 24\n" REST, 2, "24, expected an hour such as 8 or 16.30");
	expect_fault(HEAD "    when day 1 at 8.5\n" REST, 2, "8.5, expected an hour such as 8 or 16.30");
	expect_fault(HEAD "    when noon\n" REST, 2, "noon, expected day, daily, a weekday, first to fourth or last, a number "
		     "of days, or one of: submission");
	expect_fault(HEAD "    when day 1 at 8\n    about next month\n" REST, 3,
		     "next, expected this month, last month, last quarter, last semester or last year");
	expect_fault(HEAD "    when day 1 at 8\n    to PSN\n", 3,
		     "role PSN is not known, expected one that has a \"role\" statement (did you mean PSM?)");
	expect_fault(HEAD "    when day 1 at 8\n    if misssing\n" REST, 3, "condition misssing (did you mean missing?), "
		     "expected one of: always, missing, given, silent, unsent, reported, overlap, due, incomplete, idle, open");
	expect_fault(HEAD "    when day 1 at 8\n    if missing KUBEE\n" REST, 3,
		     "form KUBEE is not known, expected one that has a \"form\" statement");
	expect_fault(HEAD "    when day 1 at 8\n    if missing\n" REST, 1, "\"if missing\" without a period, expected a line \"about\"");
	expect_fault(HEAD "    when day 1 at 8\n    if due KUBE\n" REST, 1,
		     "\"if due\" without stages, expected the name of a form that has a line \"due\"");
	expect_fault(HEAD "    when day 1 at 8\n    if incomplete FCU-KBS\n" REST, 1, "\"if incomplete\" without numbers, expected the "
		     "name of a form whose fields are a number behind \"unique organisation by\" and collected numbers");
	expect_fault(HEAD "    when day 1 at 8\n    if idle\n" REST, 3, "the line ends, expected days");
	expect_fault(HEAD "    when day 1 at 8\n    if idle 60 weeks\n" REST, 3, "weeks, expected \"days\"");
	expect_fault(HEAD "    when day 1 at 8\n    if open\n" REST, 1,
		     "\"if open\" without stages, expected the name of a form that has a line \"due\"");
	expect_fault(HEAD "    when 3 days before meetin at 8\n" REST, 2,
		     "meetin, expected behind before one of: meeting, meeting-held, referral, program");
	expect_fault(HEAD "    when submission\n    about last month\n" REST, 1,
		     "a submission has its own period, expected no \"about\"");
	expect_fault(HEAD "    when day 1 at 8\n    each village\n" REST, 3,
		     "village, expected behind each one of: kecamatan, kabupaten, province");
	expect_fault(HEAD "    when day 1 at 8\n    to PSM\n    send INGAT_KBB\n    valid 1 day\n", 4, "reply INGAT_KBB is not known, "
		     "expected one that has a \"reply\" statement (did you mean INGAT_KBS?)");
	expect_fault(HEAD "    when day 1 at 8\n    to PSM\n    send INGAT_KBS\n    valid 40 days\n", 5, "960 hours, expected at most 744");
	expect_fault(HEAD "    when day 1 at 8\n    to PSM\n    send INGAT_KBS\n    valid 1 week\n", 5, "week, expected \"hours\"");
}

static void
texts_are_measured_against_their_reminders(void **state)
{
	(void)state;
	expect_fault("reply UJI_X \"Halo {per}\"\n" HEAD "    when day 1 at 8\n    to PSM\n    send UJI_X\n    valid 1 day\n", 1,
		     "{per} has no value in this reply, expected nama peran org desa kec wil kasus");
	expect_fault("reply UJI_X \"Halo {tgl}\"\n" HEAD "    when day 1 at 8\n    about this month\n    to PSM\n    send UJI_X\n"
		     "    valid 1 day\n", 1, "{tgl} has no value in this reply, expected nama peran org desa kec wil kasus per kapan "
		     "isi tumpang lapor belum tot pilih");
	expect_fault("reply UJI_X \"{nama} {desa} {wil} {kec} {pilih} {isi}\"\n" HEAD "    when day 1 at 8\n    about this month\n"
		     "    to PSM\n    send UJI_X\n    valid 1 day\n", 1,
		     "reply UJI_X may get 217 characters long, expected at most 160: take 57 away");
	expect_fault("reply UJI_X \"Halo\"\n", 1, "nothing ever sends reply UJI_X");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_zone_has_its_own_morning), cmocka_unit_test(days_of_the_calendar),
		cmocka_unit_test(periods), cmocka_unit_test(every_occasion_once), cmocka_unit_test(what_texts_say_of_it),
		cmocka_unit_test(quiet_hours), cmocka_unit_test(faults_are_named),
		cmocka_unit_test(texts_are_measured_against_their_reminders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
