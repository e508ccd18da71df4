/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_loop: machines that answer back are met with silence soon, and for a day: another box like this one, a phone
 * that returns each message, one that says the same each time, one that counts (rule 3). */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gate/desk.h"
#include "lang/grammar.h"
#include "store/statement.h"
#include "store/store.h"

#define NOW 1792461600          /* 2026-10-20 09:00 in Ciamis */
#define HOUR 3600
#define ONE "+6284010000001"
#define OTHER "+6284010000002"
#define BLANK "+6284010000003"

/* A box, and what it calls the other. */
struct side {
	struct store *store;
	struct desk *desk;
	const char *other;
};

static struct grammar *grammar;
static struct desk_answer *answer;
static struct side sides[2];

static int
load(void **state)
{
	char *error;

	(void)state;
	grammar = grammar_load("grammars", NULL, &error);
	answer = calloc(1, sizeof *answer);
	return grammar != NULL ? 0 : -1;
}

static int
unload(void **state)
{
	(void)state;
	free(answer);
	grammar_free(grammar);
	return 0;
}

/* other is registered in the role, NULL a stranger. */
static void
open_side(struct side *side, const char *other, const char *role)
{
	static const struct desk_conf conf = { .own_numbers = BLANK, .destinations = DESK_DESTINATIONS };
	char sql[512];

	side->other = other;
	assert_int_equal(store_open(&side->store, ":memory:", STORE_CREATE), 0);
	side->desk = desk_new(side->store, grammar, &conf);
	assert_int_equal(sqlite3_exec(side->store->db,
		"INSERT INTO area (code, name, parent) VALUES ('32', 'Jawa Barat', ''), ('32.07', 'Kabupaten Ciamis', '32'),"
		" ('32.07.34', 'Lumbung', '32.07'), ('32.07.34.2007', 'Rawa', '32.07.34')", NULL, NULL, NULL), SQLITE_OK);
	if (role == NULL)
		return;
	snprintf(sql, sizeof sql, "INSERT INTO organisation (role, body, area, rw) VALUES ('%s', '%s', '%s', 0);"
		 "INSERT INTO person (state, organisation) VALUES ('ACTIVE', 1);"
		 "INSERT INTO phone (number, person) VALUES ('%s', 1);", role, role,
		 strcmp(role, "TKSK") == 0 ? "32.07.34" : "32.07.34.2007", other);
	assert_int_equal(sqlite3_exec(side->store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static int
close_sides(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		desk_free(sides[i].desk);
		store_close(sides[i].store);
		sides[i] = (struct side){ .store = NULL };
	}
	return 0;
}

/* What a side answers to a text of the other; "" silence. */
static const char *
say(struct side *side, const char *text, int64_t wall)
{
	const struct desk_message message = { .sender = side->other, .text = text, .time = "", .received = wall };

	assert_int_equal(desk_handle(side->desk, &message, answer), 0);
	parse_clear(&answer->parse);
	return answer->reply;
}

/* Both boxes answer each other from then on, a message every ten seconds. How many answers there are: one, to whoever
 * began. */
static int
converse(const char *first, int64_t wall)
{
	char text[REPLY_SIZE];
	int count = 0, turn = 0;

	snprintf(text, sizeof text, "%s", first);
	for (; text[0] != '\0' && count < 1000; turn = !turn, wall += 10) {
		snprintf(text, sizeof text, "%s", say(&sides[turn], text, wall));
		count += text[0] != '\0';
	}
	return count;
}

static void
two_boxes_fall_silent(void **state)
{
	static const char *const roles[][2] = {
		{ NULL, NULL }, { "PSM", NULL }, { NULL, "TKSK" }, { "PSM", "PSM" }, { "TKSK", "TKSK" }, { "TKSK", "PSM" },
	};
	static const char *const firsts[] = {
		"ANAK 3", "halo", "BANTUAN", "STOP", "anak 3 kumpul", "TELEPON 0812", "Pulsa Anda hampir habis",
		"DAFTAR PSM BUDI DESA RAWA KEC LUMBUNG", "KODE", "jumlah anak", "?",
	};

	(void)state;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		for (size_t j = 0; j < sizeof firsts / sizeof *firsts; j++) {
			open_side(&sides[0], OTHER, roles[i][0]);
			open_side(&sides[1], ONE, roles[i][1]);
			int count = converse(firsts[j], NOW);
			if (count > 1)
				fail_msg("%s between %s and %s: %d answers", firsts[j], roles[i][0], roles[i][1], count);
			close_sides(NULL);
		}
	open_side(&sides[0], OTHER, NULL);
	open_side(&sides[1], ONE, NULL);
}

/* Answers in so many hours to a phone that answers everything at once with what `reply` says. */
static int
answers_in(const char *(*reply)(const char *text, int turn), int hours)
{
	int count = 0;

	for (int turn = 0; turn < hours * 60; turn++) {
		char text[REPLY_SIZE];

		snprintf(text, sizeof text, "%s", reply(answer->reply, turn));
		count += say(&sides[0], text, NOW + turn * 60)[0] != '\0';
	}
	return count;
}

static const char *
the_same(const char *text, int turn)
{
	(void)turn;
	return text[0] != '\0' ? text : "Saya sedang menyetir, nanti saya balas";
}

static const char *
always(const char *text, int turn)
{
	(void)text;
	(void)turn;
	return "Saya sedang menyetir, nanti saya balas";
}

static const char *
counting(const char *text, int turn)
{
	static char out[64];

	(void)text;
	snprintf(out, sizeof out, "Pesan nomor %d diterima", turn);
	return out;
}

static void
an_echo_is_not_answered(void **state)
{
	char text[REPLY_SIZE];

	(void)state;
	open_side(&sides[0], OTHER, "PSM");
	open_side(&sides[1], ONE, NULL);
	snprintf(text, sizeof text, "%s", say(&sides[0], "ANAK 3", NOW));
	assert_true(text[0] != '\0');
	assert_string_equal(say(&sides[0], text, NOW + 5), "");
	assert_int_equal(answer->outcome.expect, EXPECT_IGNORE);
	/* An echo of everything, for a day: what comes back is never answered. */
	assert_int_equal(answers_in(the_same, 24), 2);
}

static void
the_same_words_are_not_answered_for_a_day(void **state)
{
	(void)state;
	open_side(&sides[0], OTHER, "PSM");
	open_side(&sides[1], ONE, NULL);
	assert_int_equal(answers_in(always, 24), 2);
	/* Other words are, and the next day these are again. */
	assert_string_not_equal(say(&sides[0], "LANSIA 2", NOW + 23 * HOUR), "");
	assert_string_not_equal(say(&sides[0], always("", 0), NOW + 49 * HOUR), "");
	assert_string_not_equal(say(&sides[0], always("", 0), NOW + 49 * HOUR + 1), "");
	assert_string_equal(say(&sides[0], always("", 0), NOW + 49 * HOUR + 2), "");
	assert_string_equal(say(&sides[0], always("", 0), NOW + 60 * HOUR), "");
}

static void
one_that_counts_is_stopped_by_numbers(void **state)
{
	(void)state;
	open_side(&sides[0], OTHER, "PSM");
	open_side(&sides[1], ONE, NULL);
	assert_int_equal(answers_in(counting, 1), 20);
	assert_int_equal(answers_in(counting, 23), 40);
	close_sides(NULL);
	/* A stranger that does. */
	open_side(&sides[0], OTHER, NULL);
	open_side(&sides[1], ONE, NULL);
	assert_true(answers_in(counting, 24) <= 6);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, NULL, close_sides)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_boxes_fall_silent),
		TEST(an_echo_is_not_answered),
		TEST(the_same_words_are_not_answered_for_a_day),
		TEST(one_that_counts_is_stopped_by_numbers),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
