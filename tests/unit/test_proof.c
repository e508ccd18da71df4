/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_proof: what needs a PIN does not happen without it, by whichever door it comes; nobody guesses one; and nothing of it
 * stays. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grammar_copy.h"
#include "menu_box.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/pin.h"

#define HOUR 3600
#define TKSK 6
#define KAB 10
#define PSM 1
#define RIGHT "482913"

static struct grammar *strict;
static struct desk_answer *answer;

/* The shipped grammar with some PINs. */
static int
load_strict(void **state)
{
	char *error;

	if (load_shipped(state) != 0)
		return -1;
	copy_grammars();
	replace("50-roles.grammar", "    may SAH, SETUJU, TOLAK, UMUM, RUJUK", "    pin SAH, SETUJU, TOLAK, UMUM\n    may SAH, SETUJU, TOLAK, UMUM, RUJUK");
	replace("50-roles.grammar", "    may UMUM, RAPAT, HADIR, NOTULEN, SETUJU, TOLAK, KUNCI", "    pin KUNCI\n    may UMUM, RAPAT, HADIR, NOTULEN, SETUJU, TOLAK, KUNCI");
	replace("50-roles.grammar", "role PSM \"Pekerja Sosial Masyarakat\"\n", "role PSM \"Pekerja Sosial Masyarakat\"\n    pin LAPOR\n");
	strict = grammar_load(copied, NULL, &error);
	if (strict == NULL)
		fprintf(stderr, "%s\n", error);
	remove_copy();
	answer = calloc(1, sizeof *answer);
	return strict != NULL ? 0 : -1;
}

static int
free_strict(void **state)
{
	free(answer);
	grammar_free(strict);
	return free_shipped(state);
}

static void
give(int64_t person, const char *digits)
{
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(pin_set(store, person, digits, NOW), 0);
	assert_int_equal(store_commit(store), 0);
}

static int
open_box(void **state)
{
	if (set_up(state) != 0)
		return -1;
	desk_set_grammar(desk, strict);
	give(TKSK, RIGHT);
	give(KAB, RIGHT);
	return sqlite3_exec(store->db,
		"INSERT INTO person (state, area) VALUES ('WAITING', '32.07.34.2007');"
		"INSERT INTO phone (number, person) VALUES ('+6284010000017', last_insert_rowid());"
		"INSERT INTO registration (no, state, phone, role, body, name, area, rw, wall) VALUES (1, 'WAITING',"
		" '+6284010000017', 'PSM', 'PSM', 'BUDI', '32.07.34.2007', 0, 1792461000);", NULL, NULL, NULL);
}

static const char *
number_of(int64_t person)
{
	static char out[PHONE_SIZE];

	snprintf(out, sizeof out, "+62840100%05d", (int)person);
	return out;
}

/* Gives the name of the answer; "" silence. */
static const char *
write_at(int64_t person, const char *text, int64_t wall)
{
	const struct desk_message message = { .sender = number_of(person), .text = text, .time = "", .received = wall };

	assert_int_equal(desk_handle(desk, &message, answer), 0);
	parse_clear(&answer->parse);
	assert_true((answer->reply[0] == '\0') == answer->outcome.silent);
	return answer->outcome.silent ? "" : answer->outcome.reply.id;
}

static const char *
write_text(int64_t person, const char *text)
{
	return write_at(person, text, NOW);
}

static const char *
value(const char *sql)
{
	static char out[400];
	sqlite3_stmt *statement;
	const char *text;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
	text = sqlite3_step(statement) == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
	snprintf(out, sizeof out, "%s", text != NULL ? text : "");
	sqlite3_finalize(statement);
	return out;
}

/* Everything that a message may bring about, counted. */
#define EFFECTS "SELECT (SELECT count(*) FROM circular) + (SELECT count(*) FROM settlement) + (SELECT count(*) FROM period_lock)" \
		" + (SELECT count(*) FROM registration WHERE state <> 'WAITING') + (SELECT count(*) FROM record)"

static const struct { int64_t person; const char *text, *done; } needing[] = {
	{ TKSK, "UMUM PSM Rakor Kamis jam 9", "OK_SIAR" }, { TKSK, "SIAR KEC LUMBUNG: Rakor Kamis", "OK_SIAR" },
	{ TKSK, "SAH LANSIA 9 DESA RAWA", "OK_SAH" }, { KAB, "KUNCI BLN 8", "OK_KUNCI" },
	{ TKSK, "SETUJU 1", "OK_SETUJU" },
};
#define NEEDING (sizeof needing / sizeof *needing)

/* T1: anybody can send in the name of a number. */
static void
nothing_happens_without_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < NEEDING; i++) {
		assert_string_equal(write_text(needing[i].person, needing[i].text), "E_PIN");
		assert_non_null(strstr(answer->reply, " PIN ****"));
		assert_int_equal(answer->outcome.effect, EFFECT_NOTHING);
	}
	assert_string_equal(write_text(TKSK, "TOLAK 1"), "E_PIN");
	assert_string_equal(value(EFFECTS), "0");
	/* What the answer shows, sent as it stands. */
	assert_string_equal(write_text(TKSK, "UMUM Rakor PIN ****"), "E_PIN");
	assert_string_equal(write_text(TKSK, "UMUM Rakor PIN 0000"), "E_PIN");
	assert_string_equal(value(EFFECTS), "0");
	/* None of it was a try. */
	assert_string_equal(value("SELECT sum(wrong) FROM pin"), "0");
}

static void
it_happens_with_it_and_nothing_of_it_stays(void **state)
{
	char text[200];

	(void)state;
	for (size_t i = 0; i < NEEDING; i++) {
		snprintf(text, sizeof text, "%s PIN " RIGHT, needing[i].text);
		assert_string_equal(write_text(needing[i].person, text), needing[i].done);
		assert_null(strstr(answer->reply, RIGHT));
	}
	assert_string_equal(value("SELECT body FROM circular ORDER BY no LIMIT 1"), "UMUM dari TKSK Lumbung: Rakor Kamis jam 9");
	assert_string_equal(value("SELECT group_concat(body, '|') FROM sms_in"),
			    "UMUM PSM Rakor Kamis jam 9 PIN ****|SIAR KEC LUMBUNG: Rakor Kamis PIN ****|SAH LANSIA 9 DESA RAWA PIN ****|"
			    "KUNCI BLN 8 PIN ****|SETUJU 1 PIN ****");
	assert_string_equal(value("SELECT count(*) FROM outq WHERE body LIKE '%" RIGHT "%'"), "0");
}

/* Also of a message that is refused for another reason, or in which it could not be found. */
static void
nothing_of_it_stays_of_a_refused_message(void **state)
{
	static const char *const texts[] = {
		"UMUM PIN 482913", "SAH LANSAIAA 9 DESA RAWA PIN 482913", "KIRIM XYZ PIN 482913", "NIK 3207341234567890 PIN 482913",
		"UMUM Rakor pinku 482913", "SAH LANSIA 9 DESA RAWA 482913", "SETUJU 1 sandi482913", "UMUM Rakor PIN 482913 jam 9",
		"SETUJU 99 PIN 482913", "halo PIN 482913", "PIN 482913", "482913", " 48-29 13.", "pin nya 482913",
		"UMMU PSM PIN 482913 rapat jam 9",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		write_text(TKSK, texts[i]);
		assert_int_equal(answer->outcome.expect, EXPECT_REJECT);
		assert_null(strstr(answer->reply, RIGHT));
		if (value("SELECT body FROM sms_in WHERE body LIKE '%" RIGHT "%'")[0] != '\0')
			fail_msg("it stays: %s", texts[i]);
	}
	assert_string_equal(value(EFFECTS), "0");
}

/* A role or a verb that needs none: it is accepted, never counted, never sent on. */
static void
where_none_is_needed_it_is_taken_out(void **state)
{
	(void)state;
	assert_string_equal(write_text(TKSK, "anak 3 ds rawa PIN " RIGHT), "OK_LAPOR");
	assert_int_equal(answer->outcome.item_count, 1);
	assert_int_equal(answer->outcome.items[0].value, 3);
	assert_string_equal(write_text(KAB, "UMUM TKSK Rakor Jumat PIN " RIGHT), "OK_SIAR");
	assert_string_equal(value("SELECT body FROM circular"), "UMUM dari KAB Ciamis: Rakor Jumat");
	assert_string_equal(value("SELECT count(*) FROM sms_in WHERE body LIKE '%" RIGHT "%'"), "0");
	assert_string_equal(write_text(KAB, "REKAP PIN 1111"), "JWB_REKAP");
	assert_string_equal(value("SELECT sum(wrong) FROM pin"), "0");
}

/* Whoever needs none, and has none, has none to betray: a meeting's PIN is a part of the text, a count is not lost. */
static void
who_needs_none_and_has_none_may_write_the_word(void **state)
{
	(void)state;
	assert_string_equal(write_text(7, "UMUM Zoom 81234 PIN 4829"), "OK_SIAR");
	assert_string_equal(value("SELECT body FROM circular"), "UMUM dari KTKEC Lumbung: Zoom 81234 PIN 4829");
	assert_string_equal(write_text(2, "anak 3 pin 7"), "E_KATA_POLOS");
	assert_string_equal(value("SELECT count(*) FROM record"), "0");
	/* Somebody with another telephone. */
	write_text(777, "UMUM Rakor PIN " RIGHT);
	assert_string_equal(value("SELECT count(*) FROM sms_in WHERE body LIKE '%" RIGHT "%'"), "0");
}

/* Nobody means to send it to hundreds of people. */
static void
typed_twice_it_is_sent_on_neither_time(void **state)
{
	(void)state;
	assert_string_equal(write_text(TKSK, "UMUM PSM pin " RIGHT " Rakor jam 9 PIN " RIGHT), "OK_SIAR");
	assert_string_equal(value("SELECT body FROM circular"), "UMUM dari TKSK Lumbung: Rakor jam 9");
	assert_string_equal(value("SELECT count(*) FROM sms_in WHERE body LIKE '%" RIGHT "%'"), "0");
}

/* A part that stayed alone is read by nobody, and not kept with a PIN in it. */
static void
nothing_of_it_stays_of_half_a_message(void **state)
{
	static const char *const texts[] = {
		"di aula kecamatan PIN " RIGHT, "UMUM PIN " RIGHT " Rakor jam 9", "48-2913", "pin nya 48 29 13", "anak 3 desa rawa",
	};
	char sql[400];

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		snprintf(sql, sizeof sql, "INSERT INTO sms_in (sim, modem, sender, scts, ref_bits, ref, total, seq, raw, body, rx_wall, state)"
			 " VALUES ('', '', '%s', '', 8, %zu, 2, 2, X'726177', '%s', 1792461000, 'PARTIAL')", number_of(TKSK), i, texts[i]);
		assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
	}
	assert_int_equal(desk_look_through(desk, 100), 5);
	assert_string_equal(value("SELECT group_concat(body || coalesce(raw, ''), '|') FROM sms_in"), "||||anak 3 desa rawaraw");
}

static void
wrong_ones_lock_it_for_a_day(void **state)
{
	char text[64];

	(void)state;
	for (int i = 0; i < 4; i++) {
		snprintf(text, sizeof text, "UMUM Rakor PIN 17%d3", i);
		assert_string_equal(write_at(TKSK, text, NOW + i), "E_PIN_SALAH");
	}
	assert_non_null(strstr(answer->reply, "Sisa 1 kali"));
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN 9173", NOW + 10), "E_PIN_KUNCI");
	assert_non_null(strstr(answer->reply, "24 jam"));
	/* It is said once, and then once an hour; the right one is refused like any. */
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN 9174", NOW + 20), "");
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN " RIGHT, NOW + 30), "");
	assert_string_equal(write_at(TKSK, "UMUM Rakor", NOW + 40), "");
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN " RIGHT, NOW + 23 * HOUR), "E_PIN_KUNCI");
	assert_non_null(strstr(answer->reply, "terkunci 2 jam"));
	assert_string_equal(value(EFFECTS), "0");
	assert_int_equal(pin_count_locked(store, NOW + 23 * HOUR), 1);
	/* What needs none goes on. */
	assert_string_equal(write_at(TKSK, "anak 3 ds rawa", NOW + 50), "OK_LAPOR");
	/* The other's is open. */
	assert_string_equal(write_at(KAB, "KUNCI BLN 8 PIN " RIGHT, NOW + 60), "OK_KUNCI");
	assert_int_equal(pin_count_locked(store, NOW + 25 * HOUR), 0);
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN " RIGHT, NOW + 25 * HOUR), "OK_SIAR");
}

/* Four a day find nobody's, five within an hour are too many; a right one begins anew. */
static void
only_those_of_an_hour_count(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		assert_string_equal(write_at(TKSK, "UMUM Rakor PIN 9173", NOW), "E_PIN_SALAH");
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN " RIGHT, NOW + 60), "OK_SIAR");
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN 9173", NOW + 70), "E_PIN_SALAH");
	assert_non_null(strstr(answer->reply, "Sisa 4 kali"));
	assert_string_equal(write_at(TKSK, "UMUM Rakor PIN 9173", NOW + 80 + HOUR), "E_PIN_SALAH");
	assert_non_null(strstr(answer->reply, "Sisa 4 kali"));
}

/* 10,000 of them, in a day: five are looked at, and the right one among the rest helps nobody. */
static void
ten_thousand_are_five(void **state)
{
	static const struct pin_limits limits = { 5, 24 };
	struct pin_answer tried;
	char digits[12];
	int wrong = 0, told = 0;

	(void)state;
	give(TKSK, "4829");
	assert_int_equal(store_begin(store), 0);
	for (int i = 0; i < 10000; i++) {
		snprintf(digits, sizeof digits, "%04d", i);
		assert_int_equal(pin_try(store, TKSK, digits, NOW + i * 8, &limits, &tried), 0);
		assert_int_not_equal(tried.result, PIN_FITS);
		wrong += tried.result == PIN_FITS_NOT;
		told += tried.result == PIN_IS_LOCKED && !tried.told;
	}
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(wrong, 4);
	/* When it was locked, and in each of the 22 hours since. */
	assert_int_equal(told, 1 + 22);
}

/* What the owner hears of 300 in his name. */
static void
the_owner_is_not_flooded(void **state)
{
	char text[64];
	int said = 0;

	(void)state;
	for (int i = 0; i < 300; i++) {
		snprintf(text, sizeof text, "UMUM PSM Penipuan PIN %04d", 5000 + i);
		said += write_at(TKSK, text, NOW + i * 10)[0] != '\0';
	}
	assert_string_equal(value(EFFECTS), "0");
	assert_int_equal(said, 5);
}

/* A clock that nobody can believe ends no lock; one that is set back makes none longer. */
static void
a_lock_needs_a_clock_that_can_be_believed(void **state)
{
	static const struct pin_limits limits = { 5, 24 };
	struct pin_answer tried;

	(void)state;
	outbox_set_doubt(store, true);
	assert_int_equal(store_begin(store), 0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(pin_try(store, TKSK, "9173", 1000, &limits, &tried), 0);
	assert_int_equal(tried.result, PIN_IS_LOCKED);
	assert_int_equal(tried.until, 0);
	/* Years later, by a clock in doubt; then by one that is right: only now it runs. */
	assert_int_equal(pin_try(store, TKSK, RIGHT, NOW, &limits, &tried), 0);
	assert_int_equal(tried.result, PIN_IS_LOCKED);
	outbox_set_doubt(store, false);
	assert_int_equal(pin_try(store, TKSK, RIGHT, NOW, &limits, &tried), 0);
	assert_int_equal(tried.until, NOW + 24 * HOUR);
	/* It was a year ahead. */
	assert_int_equal(pin_try(store, TKSK, RIGHT, NOW - 365 * 24 * HOUR, &limits, &tried), 0);
	assert_int_equal(tried.until, NOW - 364 * 24 * HOUR);
	assert_int_equal(pin_try(store, TKSK, RIGHT, NOW - 364 * 24 * HOUR, &limits, &tried), 0);
	assert_int_equal(tried.result, PIN_FITS);
	assert_int_equal(store_commit(store), 0);
}

static void
who_has_none_is_told_whom_to_ask(void **state)
{
	(void)state;
	assert_string_equal(write_text(PSM, "anak 3"), "E_PIN_BELUM");
	assert_string_equal(write_text(PSM, "anak 3 PIN 1234"), "E_PIN_BELUM");
	assert_string_equal(value(EFFECTS), "0");
	assert_string_equal(write_text(PSM, "nihil"), "OK_NIHIL");
}

/* YA agrees to what was offered before the rule was, and an offer is none where the PIN has to be typed anyway. */
static void
ya_is_no_way_around_it(void **state)
{
	(void)state;
	give(PSM, RIGHT);
	assert_string_equal(write_text(PSM, "anak 3 kumpul PIN " RIGHT), "E_KATA_POLOS");
	assert_false(answer->offers);
	assert_string_equal(write_text(PSM, "YA"), "E_TIDAK_ADA_YA");

	desk_set_grammar(desk, grammar);
	assert_string_equal(write_text(PSM, "anak 3 kumpul"), "E_TAWAR");
	desk_set_grammar(desk, strict);
	assert_string_equal(write_text(PSM, "YA"), "E_PIN");
	assert_string_equal(value(EFFECTS), "0");

	desk_set_grammar(desk, grammar);
	assert_string_equal(write_text(PSM, "anak 3 kumpul"), "E_TAWAR");
	desk_set_grammar(desk, strict);
	assert_string_equal(write_text(PSM, "YA PIN " RIGHT), "OK_LAPOR");
}

static const char *
dial(struct menu_shown *out, int64_t person, const char *input, enum menu_how how)
{
	const struct menu_call call = { .session = "s1", .phone = number_of(person), .input = input, .how = how, .wall = NOW };

	assert_int_equal(menu_call(desk, &call, out), 0);
	return out->text;
}

/* The menu does not offer it; a session from before the rule ends in the answer of any other message. */
static void
the_menu_is_no_way_around_it(void **state)
{
	struct menu_shown shown;

	(void)state;
	give(PSM, RIGHT);
	assert_null(strstr(dial(&shown, PSM, "", MENU_NEXT), "PMKS"));
	dial(&shown, PSM, "", MENU_HUNG_UP);

	/* 1 PMKS, 7 LANSIA, how many, agreed. */
	desk_set_grammar(desk, grammar);
	assert_non_null(strstr(dial(&shown, PSM, "", MENU_NEXT), "PMKS"));
	dial(&shown, PSM, "1", MENU_NEXT);
	dial(&shown, PSM, "7", MENU_NEXT);
	assert_non_null(strstr(dial(&shown, PSM, "3", MENU_NEXT), "LANSIA 3"));
	desk_set_grammar(desk, strict);
	dial(&shown, PSM, "1", MENU_NEXT);
	assert_string_equal(value(EFFECTS), "0");

	desk_set_grammar(desk, grammar);
	write_text(PSM, "MENU");
	write_text(PSM, "1");
	write_text(PSM, "7");
	assert_non_null(strstr((write_text(PSM, "3"), answer->reply), "LANSIA 3"));
	desk_set_grammar(desk, strict);
	write_text(PSM, "1");
	assert_string_equal(value(EFFECTS), "0");
}

/* Sessions are kept for an hour, and gateways keep what passes through them. */
static void
a_menu_keeps_none(void **state)
{
	struct menu_shown shown;

	(void)state;
	dial(&shown, TKSK, "", MENU_NEXT);
	assert_non_null(strstr(dial(&shown, TKSK, "SAH LANSIA 9 DESA RAWA PIN " RIGHT, MENU_NEXT), "SMS biasa"));
	assert_true(shown.over);
	dial(&shown, TKSK, "1*UMUM Rakor PIN " RIGHT, MENU_ALL);
	assert_string_equal(value("SELECT count(*) FROM session WHERE inputs LIKE '%" RIGHT "%' OR state LIKE '%" RIGHT "%'"
				  " OR shown LIKE '%" RIGHT "%'"), "0");
	assert_string_equal(value("SELECT count(*) FROM sms_in WHERE body LIKE '%" RIGHT "%'"), "0");
	assert_string_equal(value(EFFECTS), "0");
}

/* Where no role needs one, PIN is the unknown word that it always was; only of whoever still has one it is taken out. */
static void
off_it_changes_nothing(void **state)
{
	(void)state;
	desk_set_grammar(desk, grammar);
	assert_string_equal(write_text(PSM, "lansia 3 PIN 1234"), "E_KATA_POLOS");
	assert_string_equal(value("SELECT body FROM sms_in WHERE id = 1"), "lansia 3 PIN 1234");
	assert_string_equal(write_text(7, "UMUM Zoom jam 9 PIN 4829"), "OK_SIAR");
	assert_string_equal(value("SELECT body FROM circular"), "UMUM dari KTKEC Lumbung: Zoom jam 9 PIN 4829");
	assert_string_equal(write_text(TKSK, "UMUM PSM Rakor PIN " RIGHT), "OK_SIAR");
	assert_string_equal(value("SELECT body FROM circular ORDER BY no DESC"), "UMUM dari TKSK Lumbung: Rakor");
}

/* Who is somebody else has none of his. */
static void
a_pin_is_one_persons(void **state)
{
	struct person person;
	struct pin_state is;

	(void)state;
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(people_find(store, number_of(TKSK), &person), 0);
	/* A second number, a new one: the same person. */
	assert_int_equal(people_add_number(store, number_of(TKSK), "+6284010000077"), 0);
	assert_int_equal(people_remove_number(store, "+6284010000006"), 0);
	assert_int_equal(pin_find(store, TKSK, &is), 0);
	snprintf(person.phone, sizeof person.phone, "+6284010000077");
	snprintf(person.name, sizeof person.name, "Siti");
	assert_int_equal(people_put(store, &person), 0);
	snprintf(person.name, sizeof person.name, "SITI");
	assert_int_equal(people_put(store, &person), 0);
	assert_int_equal(pin_find(store, TKSK, &is), 0);
	/* The telephone was passed on. */
	snprintf(person.name, sizeof person.name, "Wawan");
	assert_int_equal(people_put(store, &person), 0);
	assert_int_equal(pin_find(store, TKSK, &is), -ENOENT);
	assert_int_equal(people_retire(store, number_of(KAB)), 0);
	assert_int_equal(pin_find(store, KAB, &is), -ENOENT);
	assert_int_equal(store_commit(store), 0);
}

static void
a_fit_pin_is_not_the_first_guess(void **state)
{
	static const char *const unfit[] = { "", "123", "1234", "4321", "1111", "987654", "1234567", "48a9", "4829 " };
	char drawn[PIN_MOST + 1];

	(void)state;
	for (size_t i = 0; i < sizeof unfit / sizeof *unfit; i++)
		assert_false(pin_is_fit(unfit[i]));
	assert_true(pin_is_fit("4829"));
	assert_true(pin_is_fit(RIGHT));
	for (int i = 0; i < 100; i++) {
		pin_draw(drawn);
		assert_true(pin_is_fit(drawn));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_box, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_happens_without_it),
		TEST(it_happens_with_it_and_nothing_of_it_stays),
		TEST(nothing_of_it_stays_of_a_refused_message),
		TEST(where_none_is_needed_it_is_taken_out),
		TEST(who_needs_none_and_has_none_may_write_the_word),
		TEST(typed_twice_it_is_sent_on_neither_time),
		TEST(nothing_of_it_stays_of_half_a_message),
		TEST(wrong_ones_lock_it_for_a_day),
		TEST(only_those_of_an_hour_count),
		TEST(ten_thousand_are_five),
		TEST(the_owner_is_not_flooded),
		TEST(a_lock_needs_a_clock_that_can_be_believed),
		TEST(who_has_none_is_told_whom_to_ask),
		TEST(ya_is_no_way_around_it),
		TEST(the_menu_is_no_way_around_it),
		TEST(a_menu_keeps_none),
		TEST(off_it_changes_nothing),
		TEST(a_pin_is_one_persons),
		TEST(a_fit_pin_is_not_the_first_guess),
	};

	return cmocka_run_group_tests(tests, load_strict, free_strict);
}
